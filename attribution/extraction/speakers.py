"""Repair sources that are not the speaker but the listener, or the age or place after a name.

In *told the tribunal, “I had no radio”* the subject of *told* speaks. In *The race was fixed, Hanna Weil, 31, of Port
Orrin, said* parsers leave the name in the content.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution import grammar
from attribution.extraction.spans import text_of
from attribution.lexicon import Lexicon
from attribution.parsing import Doc, Tree
from attribution.records import Attribution, Content, Frame, SourceMention, Span


def with_speakers(doc: Doc, attributions: Sequence[Attribution], lexicon: Lexicon) -> tuple[Attribution, ...]:
    """The attributions, with repaired sources."""
    repaired = []
    for attribution in attributions:
        if attribution.source.spans and attribution.cue.spans:
            attribution = _with_name_before_age(doc, attribution)
            if attribution.frame is not Frame.HEADLINE:  # Bed poisoned for years, warns watchdog
                attribution = _with_subject_for_listener(doc, attribution, lexicon)
        repaired.append(attribution)
    return tuple(repaired)


def _with_name_before_age(doc: Doc, attribution: Attribution) -> Attribution:
    """The attribution; a source that begins with an age gets the name before it from the end of the content."""
    tree = doc.tree(attribution.sentence)
    first = attribution.source.spans[0]
    place = next((token.index for token in tree.tokens if token.start == first.start), 0)
    if place < 3 or not tree.tokens[place].text.isdigit() or tree.tokens[place - 1].text != ",":
        return attribution
    start = place - 1
    while start > 0 and tree.tokens[start - 1].upos == "PROPN":
        start -= 1
    if start in (0, place - 1) or tree.tokens[start - 1].text != ",":
        return attribution
    name = Span(tree.tokens[start].start, tree.tokens[place - 2].end)
    content = [
        Span(span.start, tree.tokens[start - 2].end) if span.end == name.end and span.start < name.start else span
        for span in attribution.content.spans
    ]
    if tuple(content) == attribution.content.spans:
        return attribution
    spans = (Span(name.start, first.end), *attribution.source.spans[1:])
    return msgspec.structs.replace(
        attribution,
        source=msgspec.structs.replace(attribution.source, spans=spans, text=text_of(doc.draft.text, spans)),
        content=Content(tuple(content), text_of(doc.draft.text, content)),
    )


def _with_subject_for_listener(doc: Doc, attribution: Attribution, lexicon: Lexicon) -> Attribution:
    """The attribution; if its source is the listener, the cue's subject becomes the source."""
    tree = doc.tree(attribution.sentence)
    verb = _telling_verb(tree, attribution, lexicon)
    if verb is None or not _is_told(tree, verb, attribution.source.spans):
        return attribution
    subject = grammar.subject(tree, verb)
    if subject is None:
        subject = grammar.understood_subject(tree, verb)
    if subject is None:
        return attribution
    spans = tree.spans(_phrase(tree, subject))
    source = SourceMention(
        spans, text_of(doc.draft.text, spans), attribution.source.kind, venue=attribution.source.venue
    )
    return msgspec.structs.replace(attribution, source=source)


def _telling_verb(tree: Tree, attribution: Attribution, lexicon: Lexicon) -> int | None:
    """The cue's verb, if its object is the listener (*tell*, *inform*)."""
    for token in tree.tokens:
        if token.upos == "VERB" and any(span.covers(token.span) for span in attribution.cue.spans):
            if lexicon.holds("telling", token.lemma, token.text) and not grammar.is_passive(tree, token.index):
                return token.index
    return None


def _is_told(tree: Tree, verb: int, source: Sequence[Span]) -> bool:
    """Whether the source is an object of the verb, or follows *to*."""
    told = tree.children(verb, "iobj", "obj")
    told += [
        child
        for child in tree.children(verb, "obl")
        if any(tree.forms[case] == "to" for case in tree.children(child, "case"))
    ]
    return any(span.covers(tree.tokens[child].span) for child in told for span in source)


def _phrase(tree: Tree, head: int) -> list[int]:
    """The subject's phrase, without clauses and final punctuation."""
    clauses = [child for child in tree.children(head) if tree.matches(child, "acl", "parataxis", "conj", "cc")]
    outside = {index for clause in clauses for index in tree.subtree(clause)}
    words = [index for index in tree.subtree(head) if index not in outside]
    while words and tree.tokens[words[-1]].upos == "PUNCT":
        words.pop()
    return words
