"""Small drafts from stored parses, with attributions told by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from attribution.extraction.discourse import Discourse
from attribution.extraction.entities import Entity, EntityStore
from attribution.extraction.mention import Mention
from attribution.extraction.quotations import find_quotations
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc, read_conllu
from attribution.records import (
    Attitude,
    Attribution,
    Block,
    BlockKind,
    Content,
    Cue,
    Draft,
    Manner,
    Sentence,
    SourceKind,
    SourceMention,
    Span,
    Tone,
)

PARSES = Path(__file__).parent / "parses"


@cache
def rows_of(file: str, comment: str = "newdoc id") -> dict[str, str]:
    """The CoNLL-U rows of each draft in a file, by the draft's name in the comment that begins it."""
    pieces = (PARSES / file).read_text(encoding="utf-8").split(f"# {comment} = ")[1:]
    return {name: rows for name, _, rows in (piece.partition("\n") for piece in pieces)}


def comments_of(file: str) -> list[list[tuple[str, str]]]:
    """The comments beside each sentence of a file, as names and values in their order."""
    sentences = (PARSES / file).read_text(encoding="utf-8").strip().split("\n\n")
    return [re.findall(r"(?m)^# (.*?) = (.*)$", rows) for rows in sentences]


@cache
def headlines() -> tuple[Doc, ...]:
    """The sentences of ``headlines.conllu``, each as the headline of a draft of its own."""
    docs = []
    for rows in (PARSES / "headlines.conllu").read_text(encoding="utf-8").split("\n\n"):
        draft, sentences = read_conllu(rows)
        block = msgspec.structs.replace(draft.blocks[0], kind=BlockKind.HEADLINE)
        docs.append(Doc.of_sentences(msgspec.structs.replace(draft, blocks=(block,)), sentences))
    return tuple(docs)


def span_of(words: str, sentence: Sentence, draft: Draft) -> Span:
    """Where whole words stand in the sentence, or from it on."""
    found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(draft.text, sentence.start)
    assert found is not None, words
    return Span(*found.span())


def attributed(
    number: int, draft: Draft, sentence: Sentence, source: str, content: str = "", cue: str = ""
) -> Attribution:
    """An attribution of the sentence; direct when its content begins with a quotation mark, mixed if it holds one."""
    start = draft.text.index(content) if content else 0
    cue_at = draft.text.rindex(cue, sentence.start, sentence.end) if cue else 0
    direct = Manner.DIRECT if content.startswith("“") else Manner.MIXED if "“" in content else Manner.INDIRECT
    return Attribution(
        id=f"a{number}",
        sentence=sentence.id,
        cue=Cue((Span(cue_at, cue_at + len(cue)),) if cue else (), cue, cue),
        source=SourceMention((span_of(source, sentence, draft),), source, SourceKind.NONE),
        content=Content((Span(start, start + len(content)),) if content else (), content),
        manner=direct,
        attitude=Attitude.ASSERTION,
        tone=Tone.NEUTRAL,
        negated=False,
        parent=None,
        frame="test",
    )


class ParsedDraft:
    """A draft of a stored file, with what the sieves need."""

    def __init__(self, rows: str, kinds: Sequence[BlockKind] = (), sections: Sequence[int] = ()) -> None:
        self.draft, self.sentences = read_conllu(rows)
        if kinds or sections:
            self._split(kinds or [BlockKind.PARAGRAPH] * len(sections), sections or [0] * len(kinds))
        self.doc = Doc.of_sentences(self.draft, self.sentences)

    def _split(self, kinds: Sequence[BlockKind], sections: Sequence[int]) -> None:
        """Make each sentence a block of its own."""
        blocks = tuple(
            Block(kind, sentence.span, section=section)
            for kind, section, sentence in zip(kinds, sections, self.sentences, strict=True)
        )
        self.draft = msgspec.structs.replace(self.draft, blocks=blocks)
        self.sentences = tuple(
            msgspec.structs.replace(sentence, block=number) for number, sentence in enumerate(self.sentences)
        )

    def discourse(self, *speaking: tuple[int, str] | tuple[int, str, str]) -> Discourse:
        """The discourse with attributions: the number of the sentence from 1, the source, and the content."""
        quotations, _ = find_quotations(self.draft)
        attributions = [
            attributed(number, self.draft, self.sentences[told[0] - 1], *told[1:])
            for number, told in enumerate(speaking, 1)
        ]
        return Discourse(self.doc, quotations, attributions, load_lexicon())

    def words(self, mention: Mention) -> str:
        """The mention's words."""
        return self.draft.text[mention.span.start : mention.span.end]

    def mention(self, store: EntityStore, words: str, number: int = 0) -> Mention:
        """The first mention with these words, or a later one; no coordination."""
        found = [
            mention for mention in store.discourse.mentions if self.words(mention) == words and mention.form != "group"
        ]
        return found[number]

    def entity(self, store: EntityStore, words: str, number: int = 0) -> Entity | None:
        """The entity of the mention with these words."""
        return store.entity_of.get(self.mention(store, words, number).number)
