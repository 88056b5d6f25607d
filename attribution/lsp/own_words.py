"""The word under the pointer as an entry of the newsroom's own words (lexicons/README.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.lsp.additions import toml_entry
from attribution.lsp.checked import Checked
from attribution.records import Sentence, SourceKind, Token

ORIGIN = "our newsroom"
"""Where an entry added in an editor comes from."""


@dataclass(frozen=True)
class WordEntry:
    """An entry: what the editor is offered, the file that it is for, and its text."""

    title: str
    file: str
    toml: str


def word_entries(checked: Checked, offset: int) -> Iterator[WordEntry]:
    """What the word at an offset of the file could be, unless the words in force have it.

    That is a verb by which somebody says something, a noun for a person who may be a source, or a news outlet.
    """
    if checked.analysed is None:
        return
    lexicon = checked.analysed.lexicon
    for sentence, token in _words_at(checked, offset):
        lemma = token.lemma.lower()
        if token.upos == "VERB" and not lexicon.verbs_of(lemma, token.text):
            yield _entry(
                f"Add “{lemma}” to the newsroom’s words: a verb of saying",
                "cue-verbs.toml",
                sentence,
                lemma=lemma,
                frames=["clause", "quotation"],
                attitude="assertion",
            )
        if token.upos == "NOUN" and not lexicon.source_nouns_of(lemma):
            yield _entry(
                f"Add “{lemma}” to the newsroom’s words: an office or profession",
                "source-nouns.toml",
                sentence,
                words=lemma,
                kind="role",
            )
        for entity in checked.analysed.analysis.sources:
            named = entity.kind is SourceKind.NAMED_ORGANISATION and lexicon.outlet(entity.name) is None
            if named and any(mention.covers(token.span) for mention in entity.mentions):
                title = f"Add “{entity.name}” to the newsroom’s words: a news outlet"
                yield _entry(title, "outlets.toml", sentence, name=entity.name)


def _words_at(checked: Checked, offset: int) -> Iterator[tuple[Sentence, Token]]:
    assert checked.analysed is not None
    for sentence in checked.analysed.analysis.sentences:
        there = checked.span_in_file(sentence.span)
        if there.start <= offset <= there.end:
            for token in sentence.tokens:
                word = checked.span_in_file(token.span)
                if word.start <= offset < word.end:
                    yield sentence, token


def _entry(title: str, file: str, sentence: Sentence, **fields: str | list[str]) -> WordEntry:
    given = {**fields, "example": " ".join(sentence.text.split()), "source": ORIGIN}
    return WordEntry(title, file, toml_entry("entry", given))
