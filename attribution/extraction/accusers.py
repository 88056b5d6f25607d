"""The accuser of a passive accusation, named in the sentence before."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.extraction.found import Found, by_sentence
from attribution.extraction.frames import source_kind
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import Evidence


def lead_to_accuser_before(doc: Doc, found: Sequence[Found], lexicon: Lexicon) -> None:
    """*The trust accused Roth of fraud. He is accused of hiding reports.*: the accuser stands plainly before.

    Only where the sentence before, in the same paragraph, holds one accusation, and of the same person or body; *also
    accused* may be somebody else's accusation.
    """
    accusing = lexicon.words_for("levelling")
    places = by_sentence(found)
    for one in found:
        context, head = one.context, one.candidate.head
        if one.sign != "agentless-judgment" or one.source or context.lemma(head) not in accusing:
            continue
        position = doc.positions[context.sentence.id]
        if not position or doc.sentences[position - 1].block != context.sentence.block:
            continue
        if any(context.lemma(child) in {"also", "separately"} for child in context.tree.children(head, "advmod")):
            continue
        accusations = [
            earlier
            for earlier in places[doc.sentences[position - 1].id]
            if earlier.context.lemma(earlier.candidate.head) in accusing and earlier.evidence is Evidence.REPORT
        ]
        if len(accusations) == 1 and accusations[0].source and _is_about_accused(one, accusations[0], lexicon):
            one.source = accusations[0].source


def _is_about_accused(later: Found, earlier: Found, lexicon: Lexicon) -> bool:
    """Whether who is accused is named by a word of the accusation before, or is *he* or *she* where a body accused.

    With a person for the accuser, or *it*, the pronoun may stand for the accuser.
    """
    subject = later.context.subject(later.candidate.head)
    if subject is None:
        return False
    if later.context.tree.forms[subject] in {"he", "she"}:
        accuser = earlier.context.subject(earlier.candidate.head)
        return accuser is not None and source_kind(earlier.context, accuser, lexicon) == "organisation"
    told = {earlier.context.lemma(index) for index in earlier.roles.content}
    nominal = later.context.tokens[subject].upos in {"NOUN", "PROPN"}
    return nominal and later.context.lemma(subject) in told
