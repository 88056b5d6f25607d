"""Records for the tests, told by the words they stand on."""

from __future__ import annotations

from pathlib import Path

import msgspec

from attribution.parsing import read_conllu
from attribution.records import (
    Attitude,
    Attribution,
    Block,
    BlockKind,
    Booster,
    Content,
    Cue,
    Draft,
    Frame,
    Hedge,
    HedgeCategory,
    Manner,
    Sentence,
    SourceKind,
    SourceMention,
    Span,
    Tone,
)

PARSES = Path(__file__).parent / "parses"


class Article:
    """Sentences of a hand-checked parse, chosen by id, and records on their words."""

    def __init__(
        self, *identifiers: str, parse: str = "clauses.conllu", block: BlockKind = BlockKind.PARAGRAPH
    ) -> None:
        draft, sentences = read_conllu((PARSES / parse).read_text(encoding="utf-8"))
        by_id = {sentence.id: sentence for sentence in sentences}
        self.draft: Draft = msgspec.structs.replace(
            draft, blocks=tuple(Block(block, placed.span) for placed in draft.blocks)
        )
        self.sentences: tuple[Sentence, ...] = tuple(by_id[identifier] for identifier in identifiers)

    def spans(self, sentence: str, *phrases: str) -> tuple[Span, ...]:
        """Where each phrase first stands in the sentence."""
        where = next(candidate for candidate in self.sentences if candidate.id == sentence)
        return tuple(
            Span(where.start + where.text.index(phrase), where.start + where.text.index(phrase) + len(phrase))
            for phrase in phrases
        )

    def attribution(
        self,
        sentence: str,
        cue: str,
        content: tuple[str, ...] | str = (),
        source: str = "",
        *,
        id: str = "a1",
        kind: SourceKind | None = None,
        entity: str | None = None,
        manner: Manner = Manner.INDIRECT,
        attitude: Attitude = Attitude.ASSERTION,
        tone: Tone = Tone.NEUTRAL,
        parent: str | None = None,
        withheld: bool = False,
        negated: bool = False,
    ) -> Attribution:
        """An attribution in one sentence; without a source it is agentless."""
        contents = (content,) if isinstance(content, str) else content
        if kind is None:
            kind = SourceKind.NAMED_PERSON if source else SourceKind.AGENTLESS
        return Attribution(
            id=id,
            sentence=sentence,
            cue=Cue(self.spans(sentence, cue), cue, cue),
            source=SourceMention(self.spans(sentence, source) if source else (), source, kind, entity),
            content=Content(self.spans(sentence, *contents), " … ".join(contents)),
            manner=manner,
            attitude=attitude,
            tone=tone,
            negated=negated or withheld,
            parent=parent,
            frame=Frame.OTHER,
            withheld=withheld,
        )

    def hedge(
        self,
        sentence: str,
        words: str,
        scope: str,
        category: HedgeCategory = HedgeCategory.MODAL,
        strength: float = 0.5,
        id: str = "h1",
    ) -> Hedge:
        """A hedge in one sentence."""
        return Hedge(id, sentence, self.spans(sentence, words), words, category, strength, self.spans(sentence, scope))

    def booster(self, sentence: str, words: str, scope: str, strength: float = 0.5, id: str = "b1") -> Booster:
        """A booster in one sentence."""
        return Booster(id, sentence, self.spans(sentence, words), words, strength, self.spans(sentence, scope))
