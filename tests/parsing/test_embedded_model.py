"""The embedded model in use."""

from __future__ import annotations

import socket
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from attribution.parsing import Tree, lemmatizer, load_parser, networks, stanza_parser
from attribution.parsing.numpy_parser import NumpyParser
from attribution.parsing.stanza_files import write_stanza_files
from attribution.parsing.stanza_parser import StanzaParser
from attribution.records import ROOT, Block, BlockKind, Draft, Span
from attribution.resources import model_folder

pytestmark = pytest.mark.slow


def draft_of(*paragraphs: str) -> Draft:
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(BlockKind.PARAGRAPH, Span(start, start + len(paragraph))))
        start += len(paragraph) + 2
    return Draft(text, tuple(blocks))


ARTICLES = (
    draft_of(
        "The dam above Orrin held on Tuesday, engineers said, although a leaked survey warned that it might not.",
        "“We inspected every gate,” said Ruth Ames, the district’s chief engineer. “Nothing moved.” She declined to "
        "say who had ordered the survey, which was first reported by the Orrin Gazette and has been seen as a warning.",
    ),
    draft_of("Harrow Corp. will close its plant in Lowell, Mass. by June, according to two people who know of it."),
    draft_of("Reportedly, the coach was told to resign. He did not.", "MINISTER DENIES REPORT ON BRIDGE"),
    draft_of("Officials claimed that the road was safe and that nobody, as far as they knew, had complained; residents "
             "said they had written to the council twice, in May and in July, and had been told to wait."),
)  # fmt: skip


@cache
def parser() -> NumpyParser:
    loaded = load_parser()
    assert isinstance(loaded, NumpyParser)
    return loaded


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("The bosses of both mills came.", "boss"),
        ("Families waited at the gate.", "family"),
        ("Businesses closed early.", "business"),
        ("The board angered the crew.", "anger"),
        ("Two gunmen fled.", "gunman"),
    ],
)
def test_what_the_treebanks_lack_has_its_lemma(text: str, lemma: str) -> None:
    (sentence,) = parser().parse([draft_of(text)])[0]
    assert lemma in [token.lemma for token in sentence.tokens]


@cache
def stanza() -> StanzaParser:
    with TemporaryDirectory() as folder:
        write_stanza_files(model_folder(), Path(folder))
        return stanza_parser.load_folder(Path(folder), "Stanza")


def relations(draft: Draft) -> list[list[tuple[str, str, str]]]:
    (sentences,) = parser().parse([draft])
    return [
        [
            (token.text, token.relation, "" if token.head == ROOT else sentence.tokens[token.head].text)
            for token in sentence.tokens
        ]
        for sentence in sentences
    ]


def test_reads_without_a_network_and_prints_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the model asked for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    (sentences,) = load_parser().parse([ARTICLES[0]])
    assert len(sentences) == 4
    assert capfd.readouterr() == ("", "")


def test_finds_who_said_what() -> None:
    (first, second, *_), (plan,), _, _ = (relations(draft) for draft in ARTICLES)
    assert ("engineers", "nsubj", "said") in first
    assert ("Ames", "flat", "Ruth") in second
    assert ("Ruth", "nsubj", "said") in second
    assert ("According".lower(), "case", "people") in plan
    assert ("plant", "obj", "close") in plan


def test_tokens_keep_the_draft_s_own_characters() -> None:
    for draft, sentences in zip(ARTICLES, parser().parse(ARTICLES), strict=True):
        for number, sentence in enumerate(sentences, 1):
            assert sentence.id == f"s{number}"
            assert draft.text[sentence.start : sentence.end] == sentence.text
            assert draft.blocks[sentence.block].span.covers(sentence.span)
            for index, token in enumerate(sentence.tokens):
                assert token.index == index
                assert draft.text[token.start : token.end] == token.text
    assert parser().parse([]) == []
    assert parser().parse([Draft("", ())]) == [()]


def test_trees_do_not_depend_on_the_batch() -> None:
    together = parser().parse(ARTICLES)
    assert parser().parse(ARTICLES[::-1]) == together[::-1]
    assert [parser().parse([draft])[0] for draft in ARTICLES] == together


def forms() -> list[list[str]]:
    sentences = [
        [token.text for token in sentence.tokens] for parsed in parser().parse(ARTICLES) for sentence in parsed
    ]
    # Without order or sense, so that the best heads often do not make a tree, and heads have two subjects.
    sentences += [sentence[::-1] for sentence in sentences] + [sorted(sentence) for sentence in sentences]
    # Words in no vocabulary, words whose lemma must be spelt, and runs of marks that are read as one.
    return [
        *sentences,
        ["The", "grommelings", "re-unsplined", "Żółćs", "ğüşes", "!!!", "?!", "‍", "👍🏽s", "ANTENNÃS"],
        ["Zyxwvuts"],
        ["two words", "a" * 100, "COMMUNICATIONS", "A", "h", "_"],
    ]


def test_stanza_itself_reads_the_same() -> None:
    theirs = stanza().read_by_stanza_alone(forms())
    assert parser().parse_forms(forms()) == theirs
    assert stanza().parse_forms(forms()) == theirs


def test_batches_change_nothing() -> None:
    together = parser().parse_forms(forms())
    for words_at_once in (1, 40, 200):
        assert parser().parse_forms(forms(), words_at_once) == together


def test_a_full_table_starts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    together = parser().parse_forms(forms())
    monkeypatch.setattr(networks, "TABLE_ROWS", 60)
    monkeypatch.setattr(lemmatizer, "KEPT", 5)
    small = load_parser()
    assert isinstance(small, NumpyParser)
    assert small.parse_forms(forms(), 50) == together
    assert small.parse_forms(forms(), 50) == together


@pytest.mark.parametrize(
    "text",
    [
        ", ".join(f"item {number}" for number in range(700)),
        "officials said that the bridge was safe and " * 60,
        "a" * 20_000,
        '"' * 700,
        " - " * 700,
        ". " * 700,
        "He said 👍🏽 so 👩‍👩‍👧. \u200b \u200b Then \ufeff he 😀😀 left\u200b. \u200d",
        "Привет мир. 你好世界。 \x00 \x07 \x1b[31m",
    ],
    ids=["list", "no punctuation", "one word", "marks", "hyphens", "stops", "emoji", "other scripts"],
)
def test_any_text_gives_one_tree_per_sentence(text: str) -> None:
    (sentences,) = parser().parse([draft_of(text)])
    assert sentences
    for sentence in sentences:
        assert [token.head for token in sentence.tokens].count(ROOT) == 1
        tree = Tree(sentence)
        assert len(tree.subtree(tree.root)) == len(sentence.tokens)
