"""Analyses of a draft that is being written: only new sentences are parsed, and the results are those of lint."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from attribution.parsing import load_parser
from attribution.parsing.form_parser import FormParser
from attribution.parsing.windows import Word
from attribution.records import ROOT, AttribError
from attribution.session import Options, Session
from attribution.session.incremental import IncrementalAnalyser, RememberingParser, SupersededError

SEEDS = Path(__file__).parents[2] / "seeds"
OPTIONS = Options(isolated=True, caching=False)
DRAFT = "The bridge was never safe, said Ola Brandt.\n\nIt will close on Friday. The mayor did not answer.\n"


class CountingParser(FormParser):
    """Makes every word depend on the first one, and keeps which sentences it was given."""

    name = "counting"

    def __init__(self) -> None:
        self.given: list[str] = []

    def read(self, sentences: Sequence[Sequence[str]]) -> list[list[Word]]:
        self.given += [" ".join(sentence) for sentence in sentences]
        return [
            [
                Word(form.lower(), "NOUN", "NN", 0 if index else ROOT, "dep" if index else "root")
                for index, form in enumerate(sentence)
            ]
            for sentence in sentences
        ]


@pytest.fixture
def parser() -> CountingParser:
    return CountingParser()


@pytest.fixture
def analyser(parser: CountingParser) -> IncrementalAnalyser:
    return IncrementalAnalyser(OPTIONS, parser)


def test_only_new_sentences_are_parsed(analyser: IncrementalAnalyser, parser: CountingParser) -> None:
    analyser.analyse(DRAFT, "dam.txt")
    assert len(parser.given) == 3
    parser.given.clear()
    changed = analyser.analyse(DRAFT.replace("Friday", "Monday"), "dam.txt")
    assert parser.given == ["It will close on Monday ."]
    assert [sentence.text for sentence in changed.analysis.sentences][1] == "It will close on Monday."
    parser.given.clear()
    analyser.analyse("A new line first.\n\n" + DRAFT, "dam.txt")
    assert parser.given == ["A new line first ."]


def test_sentences_that_a_change_moves_are_where_the_text_has_them(analyser: IncrementalAnalyser) -> None:
    analyser.analyse(DRAFT, "dam.txt")
    moved = analyser.analyse("A new line first.\n\n" + DRAFT, "dam.txt").analysis
    for sentence in moved.sentences:
        assert moved.draft.text[sentence.start : sentence.end] == sentence.text
        for token in sentence.tokens:
            assert moved.draft.text[token.start : token.end] == token.text


def test_a_parse_that_the_next_paragraph_decides_is_not_kept(analyser: IncrementalAnalyser) -> None:
    """Whether *(1)* at the end of a paragraph is a footnote mark depends on the first letter of the next."""
    noted = "The water is clean.(1)\n\nThe council said so in the spring."
    plain = noted.replace("The council", "the council")
    words = [
        [token.text for token in analyser.analyse(text, "dam.txt").analysis.sentences[0].tokens]
        for text in (noted, plain, noted)
    ]
    assert words[0] == words[2] == ["The", "water", "is", "clean", "."]
    assert words[1] == ["The", "water", "is", "clean.", "(", "1", ")"]


def test_parses_used_longest_ago_are_forgotten(parser: CountingParser) -> None:
    remembering = RememberingParser(parser, most_words=5)
    remembering.parse_forms([["one", "two"], ["three", "four"]])
    remembering.parse_forms([["one", "two"]])
    remembering.parse_forms([["five", "six"]])
    parser.given.clear()
    remembering.parse_forms([["one", "two"], ["five", "six"], ["three", "four"]])
    assert parser.given == ["three four"]


def test_a_sentence_that_stands_twice_is_parsed_once(parser: CountingParser) -> None:
    assert len(RememberingParser(parser).parse_forms([["one", "two"], ["one", "two"]])) == 2
    assert parser.given == ["one two"]


def test_what_is_not_wanted_any_more_is_given_up(analyser: IncrementalAnalyser, parser: CountingParser) -> None:
    wanted = iter([True, False])
    long = "\n\n".join(f"Sentence number {number} says {'so ' * 300}." for number in range(9))
    with pytest.raises(SupersededError):
        analyser.analyse(long, "dam.txt", is_wanted=lambda: next(wanted))
    assert 0 < len(parser.given) < 9
    assert len(analyser.analyse(DRAFT, "dam.txt").analysis.sentences) == 3


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("", "dam.txt", "is empty"),
        ("…", "dam.txt", "no words"),
        ("a,b\n1,2\n", "dam.csv", "holds a table"),
        ("Das Rathaus wurde am Montag geschlossen, weil das Dach nicht mehr sicher war. " * 4, "dam.txt", "English"),
    ],
)
def test_what_is_no_draft(analyser: IncrementalAnalyser, text: str, name: str, message: str) -> None:
    with pytest.raises(AttribError, match=message):
        analyser.analyse(text, name)


def test_a_format_that_the_name_does_not_tell(analyser: IncrementalAnalyser) -> None:
    assert analyser.analyse("# Dam\n\nIt is safe.", "draft", "markdown").analysis.draft.text.startswith("Dam")


def test_configuration_is_read_again_when_renewed(tmp_path: Path, parser: CountingParser) -> None:
    analyser = IncrementalAnalyser(Options(caching=False), parser)
    draft = tmp_path / "dam.md"
    assert analyser.analyse("The the dam is safe.", str(draft)).configuration.select != ("X002",)
    (tmp_path / ".attrib.toml").write_text('select = ["X002"]\n', encoding="utf-8")
    analyser.renew()
    parser.given.clear()
    assert analyser.analyse("The the dam is safe.", str(draft)).configuration.select == ("X002",)
    assert parser.given == []


def edits(text: str, chance: random.Random) -> str:
    """The text with a change such as people make while they write."""
    place = chance.randrange(len(text))
    end = min(len(text), place + chance.randint(1, 60))
    changes = [
        lambda: text[:place] + chance.choice("aeT .,“”\n'(") + text[place:],
        lambda: text[:place] + text[place + 1 :],
        lambda: text[:place] + text[end:],
        lambda: text[:place] + " officials said, " + text[place:],
        lambda: text[:place] + "\n\n" + text[place:],
        lambda: text[:end] + text[place:],
        lambda: text.replace("\n\n", "\n", 1),
    ]
    return chance.choice(changes)() or text


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["conflict-logistics-chief.txt", "press-release-electric-buses.md", "sport-cup-final.html"]
)
def test_results_are_those_of_a_full_analysis(name: str) -> None:
    model = load_parser()
    session = Session(OPTIONS, model)
    analyser = IncrementalAnalyser(OPTIONS, model)
    text = (SEEDS / name).read_text(encoding="utf-8")
    chance = random.Random(name)
    for _ in range(8):
        full = session.analyse(name, text.encode())
        again = analyser.analyse(text, name)
        assert again.analysis == full.analysis
        assert again.source == full.source
        assert analyser.findings(again) == session.findings(full).file
        text = edits(text, chance)
