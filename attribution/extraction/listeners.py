"""Takes the listener for no source: in *told the tribunal, “I had no radio”* the speaker is the subject of *told*."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution import grammar
from attribution.lexicon import Lexicon
from attribution.parsing import Doc, Tree
from attribution.records import Attribution, SourceMention, Span


def with_speakers_for_listeners(
    doc: Doc, attributions: Sequence[Attribution], lexicon: Lexicon
) -> tuple[Attribution, ...]:
    """The attributions; where the source found is whom the cue's subject tells, that subject is the source."""
    return tuple(_with_speaker(doc, attribution, lexicon) for attribution in attributions)


def _with_speaker(doc: Doc, attribution: Attribution, lexicon: Lexicon) -> Attribution:
    if not attribution.source.spans or not attribution.cue.spans:
        return attribution
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
    text = " … ".join(doc.draft.text[span.start : span.end] for span in spans)
    source = SourceMention(spans, text, attribution.source.kind, venue=attribution.source.venue)
    return msgspec.structs.replace(attribution, source=source)


def _telling_verb(tree: Tree, attribution: Attribution, lexicon: Lexicon) -> int | None:
    """The cue's verb, if it is one that has its listener for an object (*tell*, *inform*)."""
    for token in tree.tokens:
        if token.upos == "VERB" and any(span.covers(token.span) for span in attribution.cue.spans):
            if lexicon.holds("telling", token.lemma, token.text) and not grammar.is_passive(tree, token.index):
                return token.index
    return None


def _is_told(tree: Tree, verb: int, source: Sequence[Span]) -> bool:
    """Whether the source is an object of the verb, or stands behind *to*."""
    told = tree.children(verb, "iobj", "obj")
    told += [
        child
        for child in tree.children(verb, "obl")
        if any(tree.forms[case] == "to" for case in tree.children(child, "case"))
    ]
    return any(span.covers(tree.tokens[child].span) for child in told for span in source)


def _phrase(tree: Tree, head: int) -> list[int]:
    """The subject's phrase, without clauses and the punctuation at its end."""
    clauses = [child for child in tree.children(head) if tree.matches(child, "acl", "parataxis", "conj", "cc")]
    outside = {index for clause in clauses for index in tree.subtree(clause)}
    words = [index for index in tree.subtree(head) if index not in outside]
    while words and tree.tokens[words[-1]].upos == "PUNCT":
        words.pop()
    return words
