"""The accuser of a passive accusation, named in the sentence before."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from attribution.extraction.found import Found, by_number, by_sentence
from attribution.extraction.frames import source_kind
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import Evidence


def led_to_accuser_before(doc: Doc, attributions: Sequence[Found], lexicon: Lexicon) -> tuple[Found, ...]:
    """*The trust accused Roth of fraud. He is accused of hiding reports.*: the trust is the accuser in both sentences.

    Only where the sentence before, in the same paragraph, holds one accusation, and of the same person or body; *also
    accused* may be somebody else's accusation.
    """
    accusing = lexicon.words_for("levelling")
    neighbours = by_sentence(attributions)
    known = by_number(attributions)
    for number, later in known.items():
        context, head = later.context, later.candidate.head
        if later.sign != "agentless-judgment" or later.source or context.lemma(head) not in accusing:
            continue
        position = doc.positions[later.sentence]
        if not position or doc.sentences[position - 1].block != context.sentence.block:
            continue
        if any(
            context.lemma(child) in lexicon.words_for("additive") for child in context.tree.children(head, "advmod")
        ):
            continue
        accusations = [
            known[earlier.number]
            for earlier in neighbours[doc.sentences[position - 1].id]
            if earlier.context.lemma(earlier.candidate.head) in accusing and earlier.evidence is Evidence.REPORT
        ]
        if len(accusations) == 1 and accusations[0].source and _is_about_accused(later, accusations[0], lexicon):
            known[number] = replace(later, source=accusations[0].source)
    return tuple(known.values())


def _is_about_accused(later: Found, earlier: Found, lexicon: Lexicon) -> bool:
    """Whether the accused is named by a word of the accusation before, or is *he* or *she* where a body accused.

    Where a person accuses, and for *it*, the pronoun may mean the accuser.
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
