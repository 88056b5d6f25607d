"""Unsigned block quotations: announced, or continuing the sentence before."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution import grammar
from attribution.extraction.mention import FIRST_PERSON
from attribution.extraction.spans import join, stripped, text_of
from attribution.extraction.turns.regions import NO_SPEAKERS, Region, direct_speech
from attribution.index import sentences_over
from attribution.parsing import Doc, Tree
from attribution.records import (
    Attribution,
    Content,
    Evidence,
    Frame,
    Manner,
    Sentence,
    SourceKind,
    SourceMention,
)


def announced(
    doc: Doc, region: Region, frame: Sentence | None, attributions: Sequence[Attribution], identifier: str
) -> Attribution | None:
    """An unsigned block quotation after a sentence that ends in a colon (*The letter reads:*).

    ``frame`` is the last sentence before the region, ``attributions`` are those in it: one gets the block as content;
    without one, the subject is the source.
    """
    if frame is None or frame.block != region.first - 1 or not frame.text.rstrip("\"'”’*_ ").endswith(":"):
        return None
    tree = doc.tree(frame.id)
    here = [attribution for attribution in attributions if attribution.parent is None and not attribution.negated]
    if here:
        announcing = max(here, key=lambda attribution: (bool(attribution.source.spans), attribution.cue.spans))
        own = () if _is_announcement(tree, announcing) else announcing.content.spans
        spans = join(doc.draft.text, (*(span for span in own if frame.span.covers(span)), *region.spans))
        content = Content(spans, text_of(doc.draft.text, spans))
        manner = Manner.MIXED if own else Manner.DIRECT
        return msgspec.structs.replace(announcing, content=content, manner=manner, evidence=Evidence.REPORT)
    return _announcement(doc, tree, region, identifier)


def _is_announcement(tree: Tree, announcing: Attribution) -> bool:
    """Whether the announcing sentence has no statement as content (*In a letter, Voss said:*)."""
    words = tree.words_in(announcing.content.spans) - tree.words_in(announcing.cue.spans)
    return not any(tree.matches(index, *grammar.CLAUSE_RELATIONS) and grammar.is_finite(tree, index) for index in words)


def _announcement(doc: Doc, tree: Tree, region: Region, identifier: str) -> Attribution | None:
    """The attribution of an announcing sentence without a cue; the source is its subject, else its main noun."""
    root = tree.root
    subject = tree.child(root, "nsubj")
    if subject is not None and (tree.forms[subject] in NO_SPEAKERS or grammar.is_negated(tree, root)):
        return None
    colon = next((token.index for token in reversed(tree.tokens) if token.text.endswith(":")), None)
    if colon is None:
        return None
    if subject is None and tree.tokens[root].upos not in ("NOUN", "PROPN"):
        return None
    words = tree.subtree(root if subject is None else subject)
    spans = stripped(doc.draft.text, tree.spans(index for index in words if index != colon))
    if not spans:
        return None
    source = SourceMention(spans, text_of(doc.draft.text, spans), SourceKind.NONE)
    cue = (tree.tokens[colon].span,) if subject is None else (tree.tokens[root].span,)
    return direct_speech(doc, identifier, tree.sentence, cue, source, region.spans, Frame.BLOCK_QUOTE)


def going_on(
    doc: Doc, region: Region, before: Sentence | None, attributions: Sequence[Attribution], identifier: str
) -> Attribution | None:
    """The attribution of a block quotation in the first person to the only speaker of the sentence before.

    ``attributions`` are those of the sentence ``before``.
    """
    if before is None or before.block != region.first - 1:
        return None
    if not any(
        tree.forms[index] in FIRST_PERSON
        for span in region.spans
        for sentence in sentences_over(doc.sentences, span)
        for tree in (doc.tree(sentence.id),)
        for index in tree.words_in([span])
    ):
        return None
    if region.blocks[0].section != doc.block(before).section:
        return None
    speaking = [
        attribution
        for attribution in attributions
        if attribution.parent is None and attribution.source.spans and not (attribution.negated or attribution.withheld)
    ]
    if len(speaking) != 1 or speaking[0].evidence is not Evidence.REPORT:
        return None
    told = speaking[0]
    return direct_speech(doc, identifier, before, told.cue.spans, told.source, region.spans, Frame.BLOCK_QUOTE)
