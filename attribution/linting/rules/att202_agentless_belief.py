"""ATT202: Something “is seen as”, “is believed to” or “has been dubbed”, and the text does not say by whom."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import SMH_UNDERSTOOD, SWAIM, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates.claims import claim_id_at
from attribution.linting.predicates.cues import cue_span, has_cue_of, speaks
from attribution.linting.predicates.source_nouns import is_plural, noun_kinds
from attribution.linting.predicates.surroundings import has_words
from attribution.linting.predicates.verbs import agentless_passives, complements
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.linting.views import views_of_nobody
from attribution.parsing import Tree
from attribution.records import Attitude, Attribution, Frame, Token

CONTENT = ("xcomp", "ccomp", "csubj", "obj", "advcl")
"""Relations between the verb and what is believed."""


@Rule(
    id="ATT202",
    name="agentless-belief",
    summary="Something “is seen as”, “is believed to” or “has been dubbed”, and the text does not say by whom.",
    rationale="A view without a holder cannot be weighed; it takes the place of a citation. Editors call it oblique"
    " sourcing.",
    bad="She is widely seen as the next leader.",
    good="Three of five party chairs we asked see her as the next leader.",
    severity=Severity.WARNING,
    guidelines=(WORDS_TO_WATCH, SWAIM, SMH_UNDERSTOOD),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    limits="Views relayed by a source with a name or an office are skipped; those that an outlet relays are not.",
)
def agentless_belief(context: Context) -> Iterator[Match]:
    for attribution, tree, verb in agentless_passives(context, "believing"):
        if attribution.attitude not in (Attitude.BELIEF, Attitude.ASSERTION, Attitude.HEARSAY):
            continue
        is_said = attribution.frame is Frame.PHRASE and attribution.content.spans  # *it is said*
        if not (is_said or _says_what(context, tree, verb)) or _is_ruling(context, tree, verb):
            continue
        if _is_believer_told(context, attribution, tree, verb):
            continue
        span = cue_span(attribution)
        yield Match(
            span,
            f"“{context.text(span)}” does not say who thinks so",
            "Say whose view it is, or give the facts that it rests on.",
            claim=claim_id_at(context, span),
            attribution=attribution.id,
        )
    nouns = (("view-noun", False), ("demand-noun", True))
    for _, span in (found for name, only in nouns for found in views_of_nobody(context, name, only_spreading=only)):
        yield Match(
            span,
            f"“{context.text(span)}” does not say who thinks so",
            "Say whose view it is, or give the facts that it rests on.",
            claim=claim_id_at(context, span),
        )


def _says_what(context: Context, tree: Tree, verb: Token) -> bool:
    """Whether the verb has what is believed: *seen as a failure*, *said to be ill*; not *seen shaking hands*."""
    lemmas = frozenset(context.words_of(verb))
    below = [index for index in tree.children(verb.index) if tree.child(index, "nsubj") is None]
    taken = any(tree.forms[mark] in ("as", "like") for index in below for mark in tree.children(index, "case", "mark"))
    if not lemmas.isdisjoint(context.lexicon.words_for("believing-as")):
        return taken
    if not lemmas.isdisjoint(context.lexicon.words_for("believing-if-widely")):
        adverbs = {tree.lemmas[index] for index in tree.children(verb.index, "advmod")}
        if adverbs.isdisjoint(context.lexicon.words_for("spread")):
            return False
    if not lemmas.isdisjoint(context.lexicon.words_for("believing-a-clause")):
        clauses = tree.children(verb.index, "xcomp", "ccomp", "csubj")
        return any(
            tree.tokens[word].upos in ("PART", "SCONJ") or tree.matches(word, "nsubj")
            for clause in clauses
            for word in tree.children(clause)
        )
    content = [index for index in tree.children(verb.index, *CONTENT) if tree.tokens[index].upos != "ADV"]
    return taken or bool(content or complements(tree, verb, "of", "for"))


def _is_ruling(context: Context, tree: Tree, verb: Token) -> bool:
    """Whether a rule or a document decides: *is considered a felony under the act*, *… and pays nothing under it*."""
    for index in range(len(tree)):
        if "document" in noun_kinds(context, tree.tokens[index]):
            cases = {tree.forms[case] for case in tree.children(index, "case")}
            if "under" in cases or (tree.head(index) == verb.index and not cases.isdisjoint(("in", "for"))):
                return True
    return False


def _is_believer_told(context: Context, attribution: Attribution, tree: Tree, verb: Token) -> bool:
    """Whether this sentence or the one before tells who believes it, or who suspects it in a court case."""
    sentence = context.sentence(attribution.sentence)
    if "suspect" in context.words_of(verb) and has_words(context, context.body, "court", "proceeding"):
        return True
    holders = [index for index in tree.children(verb.index, "obl") if _is_holder(tree, index)]
    return bool(holders) or any(
        speaks(other) and has_cue_of(context, other, "believing", "agreeing")
        for near in context.before(sentence, 1)
        for other in context.attributions_in(near)
    )


def _is_holder(tree: Tree, index: int) -> bool:
    """Whether *among* or *for* introduces those who hold the view: *for many fans, it is considered a classic*."""
    words = {tree.forms[case] for case in tree.children(index, "case")}
    in_front = index < (tree.head(index) or 0)
    return is_plural(tree.tokens[index]) and ("for" in words if in_front else "among" in words)
