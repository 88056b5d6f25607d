"""Who is meant by labels without a name in an interview."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from attribution.extraction.mention import Mention
from attribution.extraction.mentions import find_mentions
from attribution.ingest.labels import part_of
from attribution.ingest.text_words import LONGEST_INITIALS
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import BlockKind, Quotation, SourceKind, SourceMention, Span


class Interviewee:
    """Finds the person meant by labels without a name; finds the names of the draft on first use."""

    def __init__(self, doc: Doc, quotations: Sequence[Quotation], lexicon: Lexicon) -> None:
        self.doc = doc
        self.quotations = quotations
        self.lexicon = lexicon

    @cached_property
    def _names(self) -> list[Mention]:
        """The names of persons outside labels, of two or more words."""
        return [
            mention
            for mention in find_mentions(self.doc, self.quotations, self.lexicon)
            if mention.name is not None
            and mention.form == "name"
            and mention.being in ("person", "unknown")
            and len(mention.name.keys) > 1
            and self._kind(mention) not in (BlockKind.SPEAKER, BlockKind.DATELINE)
        ]

    @cached_property
    def _by_initials(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}
        for mention in self._names:
            if mention.name is not None:
                found.setdefault(_initials(mention.name.words), []).append(mention)
        return found

    @cached_property
    def _by_surname(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}
        for mention in self._names:
            found.setdefault(_surname(mention), []).append(mention)
        return found

    def _kind(self, mention: Mention) -> BlockKind:
        return self.doc.block_kind(self.doc.sentences[mention.sentence])

    def source_of_label(self, label: Span, words: str) -> SourceMention:
        """The label's words, or the person named in the introduction that they refer to: *A*, *Guest*, initials."""
        if part_of(words) == "answers":
            found = self.source()
            if found is not None:
                return found
            return SourceMention((label,), words, SourceKind.ANONYMOUS, reason=f"nothing tells who “{words}” is")
        letters = words.replace(".", "")
        if letters.isupper() and letters.isalpha() and len(letters) <= LONGEST_INITIALS:
            named = self._by_initials.get(letters, [])
            if named and len({mention.name.keys for mention in named if mention.name is not None}) == 1:
                return self._mention(named[0])
        if words.isupper() and len(words.split()) == 1:
            named = self._by_surname.get(words.lower(), [])
            if named and len({mention.name.keys for mention in named if mention.name is not None}) == 1:
                return self._mention(named[0])
        return SourceMention((label,), words, SourceKind.NONE)

    def source(self) -> SourceMention | None:
        """The interviewee named in the headline and the introduction; None in doubt."""
        return self._source

    @cached_property
    def _source(self) -> SourceMention | None:
        blocks = self.doc.draft.blocks
        kinds = (BlockKind.SPEAKER, BlockKind.QUESTION, BlockKind.TURN)
        first = next((number for number, block in enumerate(blocks) if block.kind in kinds), 0)
        bylines = " ".join(
            self.doc.draft.text[block.span.start : block.span.end].lower()
            for block in blocks
            if block.kind is BlockKind.BYLINE
        )
        named = [
            mention
            for mention in self._names
            if self.doc.sentences[mention.sentence].block < first
            and self._kind(mention) is not BlockKind.BYLINE
            and mention.name is not None
            and mention.name.keys[-1] not in bylines
        ]
        for narrower in (self._is_introduced, _is_sure_person, self._is_described, self._is_subject):
            if len({_surname(mention) for mention in named}) > 1:
                named = [mention for mention in named if narrower(mention)] or named
        return self._mention(named[0]) if len({_surname(mention) for mention in named}) == 1 else None

    def _is_subject(self, mention: Mention) -> bool:
        """Whether the mention is the subject of its sentence (*Ada Quill has watched Mount Sarr for years*)."""
        tree = self.doc.trees[mention.sentence]
        return tree.matches(mention.head, "nsubj") and tree.head(mention.head) == tree.root

    def _is_introduced(self, mention: Mention) -> bool:
        """Whether the mention depends on a word of asking or talking (*We asked Ada Quill*, *an interview with …*)."""
        tree = self.doc.trees[mention.sentence]
        if not tree.matches(mention.head, "nsubj", "obj", "iobj", "obl", "nmod", "nsubj:pass"):
            return False
        verb = next(
            (
                index
                for index in tree.ancestors(mention.head)[:2]
                if tree.lemmas[index] in self.lexicon.words_for("interviewing")
            ),
            None,
        )
        if verb is None:
            return False
        # She spoke to Jan Prett: *she* is the interviewee, Prett the interviewer.
        subject = tree.child(verb, "nsubj")
        return not tree.matches(mention.head, "obl", "nmod") or subject is None or tree.forms[subject] not in TOLD_OF

    def _is_described(self, mention: Mention) -> bool:
        """Whether an office or apposition describes the person (*the climber Ada Quill*, *Ada Quill, 71, …*)."""
        tree = self.doc.trees[mention.sentence]
        return bool(mention.office) or tree.has_child(mention.head, "appos", "nummod", "acl")

    def _mention(self, mention: Mention) -> SourceMention:
        text = self.doc.draft.text
        name = mention.name
        words = {word.strip(".,") for word in name.words} if name is not None else set()
        tokens = [
            token
            for token in self.doc.trees[mention.sentence].tokens
            if token.index in mention.tokens and token.text.strip(".,") in words
        ]
        span = Span(tokens[0].start, tokens[-1].end) if tokens else mention.span
        return SourceMention((span,), text[span.start : span.end], SourceKind.NONE)


def _surname(mention: Mention) -> str:
    return "" if mention.name is None else mention.name.keys[-1]


def _is_sure_person(mention: Mention) -> bool:
    return mention.being == "person"


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper())


TOLD_OF = frozenset({"he", "she", "they"})
"""Pronouns for somebody introduced before."""
