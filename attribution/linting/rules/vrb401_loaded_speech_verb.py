"""VRB401: “Claimed”, “admitted”, “slammed” or a similar verb stands for what somebody said."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import BENDER, STOVALL
from attribution.linting.context import Context
from attribution.linting.edits import Fix
from attribution.linting.predicates import has_words, is_hypothetical, is_in_first_person, told_with_verbs_of
from attribution.linting.rewording import SAY, write_verb
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Attribution, SourceKind, Token

ADMITTING = frozenset({"admit", "concede", "confess"})
"""Verbs of what a defendant may really do in court."""


@Rule(
    id="VRB401",
    name="loaded-speech-verb",
    summary="“Claimed”, “admitted”, “slammed” or a similar verb stands for what somebody said.",
    rationale="“Claimed” casts doubt, “admitted” implies guilt, “insisted” that nobody believes it, and “slammed”"
    " makes a blow of a criticism. “Said” leaves the judgement to the reader.",
    bad="The nurse claimed she was tired.",
    good="The nurse said she was tired.",
    severity=Severity.INFO,
    guidelines=(BENDER, STOVALL),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    limits="Whether the judgement is justified is for the editor to decide: a defendant may really admit something.",
)
def loaded_speech_verb(context: Context) -> Iterator[Match]:
    for attribution, tree, verb in told_with_verbs_of(context, "loaded-speech"):
        if attribution.negated or not attribution.frame.governs_sentence:
            continue
        if any(tree.tokens[index].upos == "NUM" for index in tree.children(verb.index, "obj")):
            continue
        if not _is_due(context, attribution, verb):
            advice = "Write “said”, unless the judgement is intended and justified."
            yield _loaded(context, attribution, verb, advice, write_verb(tree, verb, SAY))
    for attribution, _, verb in told_with_verbs_of(context, "violent-speech"):
        if not attribution.negated and not is_hypothetical(context, attribution):
            yield _loaded(context, attribution, verb, "Write “criticised”, or quote the words and let readers judge.")


def _is_due(context: Context, attribution: Attribution, verb: Token) -> bool:
    """Whether the verb is only what it should be.

    Lawsuits claim, defendants admit in court, what somebody must admit is not reported, and a writer who says *I* may
    judge.
    """
    sentence = context.sentence(attribution.sentence)
    head = context.source_head(attribution)
    paper = head is not None and head.lemma.lower() in context.lexicon.words_for("legal-paper")
    if attribution.source.kind is SourceKind.DOCUMENT or paper or is_hypothetical(context, attribution):
        return True
    tried = has_words(context, [sentence], "proceeding", "legal-paper") and verb.lemma.lower() in ADMITTING
    return tried or is_in_first_person(context, sentence)


def _loaded(context: Context, attribution: Attribution, verb: Token, advice: str, fixes: tuple[Fix, ...] = ()) -> Match:
    return Match(
        verb.span,
        f"“{verb.text}” judges the words of “{context.text(attribution.source.spans)}”",
        advice,
        attribution=attribution.id,
        fixes=fixes,
    )
