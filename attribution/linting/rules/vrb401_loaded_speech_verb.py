"""VRB401: “Claimed”, “admitted”, “slammed” or a similar verb stands for what somebody said."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import BENDER, STOVALL
from attribution.linting.context import Context
from attribution.linting.edits import Fix
from attribution.linting.predicates.commentary import is_commentary, is_in_first_person
from attribution.linting.predicates.cues import is_hypothetical
from attribution.linting.predicates.surroundings import has_words
from attribution.linting.predicates.verbs import told_with_verbs_of
from attribution.linting.rewording import SAY, write_verb
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
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
        if _is_only_possible(tree, verb) or _takes_a_thing(context, attribution, tree, verb):
            continue
        if any(tree.tokens[index].upos == "NUM" for index in tree.children(verb.index, "obj")):
            continue
        if not _is_due(context, attribution, verb):
            advice = "Write “said”, unless the judgement is intended and justified."
            yield _loaded(context, attribution, verb, advice, write_verb(tree, verb, SAY))
    for attribution, _, verb in told_with_verbs_of(context, "violent-speech"):
        if is_commentary(context):
            break
        if not attribution.negated and not is_hypothetical(context, attribution):
            yield _loaded(context, attribution, verb, "Write “criticised”, or quote the words and let readers judge.")


def _is_due(context: Context, attribution: Attribution, verb: Token) -> bool:
    """Whether the verb is only what it should be.

    Lawsuits claim, defendants admit in court, what somebody must admit is not reported, and the writer of a column
    may judge.
    """
    sentence = context.sentence(attribution.sentence)
    head = context.source_head(attribution)
    paper = head is not None and head.lemma.lower() in context.lexicon.words_for("legal-paper")
    if attribution.source.kind is SourceKind.DOCUMENT or paper or is_hypothetical(context, attribution):
        return True
    tried = has_words(context, [sentence], "proceeding", "legal-paper") and verb.lemma.lower() in ADMITTING
    return tried or is_in_first_person(context, sentence) or is_commentary(context)


def _takes_a_thing(context: Context, attribution: Attribution, tree: Tree, verb: Token) -> bool:
    """Whether the verb's object is a thing and nothing is said: *claimed victory*, *claimed three lives*."""
    if tree.children(verb.index, "ccomp", "xcomp", "parataxis"):
        return False
    quoted = any(context.is_quoted(span) for span in attribution.content.spans)
    return verb.lemma.lower() == "claim" and bool(tree.children(verb.index, "obj")) and not quoted


def _is_only_possible(tree: Tree, verb: Token) -> bool:
    """Whether an infinitive tells what somebody may say: *allowed her to claim*; *went on to claim* is a report."""
    if not any(tree.forms[mark] == "to" for mark in tree.children(verb.index, "mark")):
        return False
    governor = tree.head(verb.index)
    return governor is None or not tree.matches(verb.index, "xcomp") or bool(tree.children(governor, "obj", "iobj"))


def _loaded(context: Context, attribution: Attribution, verb: Token, advice: str, fixes: tuple[Fix, ...] = ()) -> Match:
    return Match(
        verb.span,
        f"“{verb.text}” judges the words of “{context.text(attribution.source.spans)}”",
        advice,
        attribution=attribution.id,
        fixes=fixes,
    )
