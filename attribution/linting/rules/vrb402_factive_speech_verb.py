"""VRB402: “Pointed out”, “noted”, “revealed” or “refuted” introduces something disputable."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import NPR_CLAIMS, STOVALL
from attribution.linting.context import Context
from attribution.linting.edits import Fix
from attribution.linting.predicates.verbs import told_with_verbs_of
from attribution.linting.rewording import DENY, SAY, write_verb
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attribution, SourceKind, Token


@Rule(
    id="VRB402",
    name="factive-speech-verb",
    summary="“Pointed out”, “noted”, “revealed” or “refuted” introduces something disputable.",
    rationale="These verbs assert that the content is true. With a forecast, a demand or a judgement the paper takes"
    " sides, and “refute” means to prove wrong, not to deny.",
    bad="He refuted the charge.",
    good="He denied the charge.",
    severity=Severity.INFO,
    guidelines=(STOVALL, NPR_CLAIMS),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    limits="Forecasts, demands, comparisons and judgements are disputable; a disputed plain fact is not recognised.",
)
def factive_speech_verb(context: Context) -> Iterator[Match]:
    for attribution, tree, verb in told_with_verbs_of(context, "factive-speech"):
        if (
            attribution.frame.governs_sentence
            and attribution.source.kind is not SourceKind.DOCUMENT
            and not attribution.negated
        ):
            if _is_disputable(context, attribution, tree, verb):
                remedy = "Write “said”, unless the paper knows that it is true."
                yield _factive(context, attribution, verb, remedy, write_verb(tree, verb, SAY))
    for attribution, tree, verb in told_with_verbs_of(context, "refuting"):
        item = tree.child(verb.index, "obj")
        if item is not None and tree.tokens[item].lemma.lower() in context.lexicon.words_for("accusation-noun"):
            remedy = "Write “denied” or “rejected”, unless it was shown to be wrong."
            yield _factive(context, attribution, verb, remedy, write_verb(tree, verb, DENY))


def _is_disputable(context: Context, attribution: Attribution, tree: Tree, verb: Token) -> bool:
    """Whether the content predicts, demands, compares or judges, which nobody can know to be true."""
    for clause in tree.children(verb.index, "ccomp"):
        if _is_of_speaker(context, attribution, tree, clause) or _is_perfect(tree, clause):
            continue
        if verb.lemma.lower() != "confirm" and _foretells(tree, clause):
            return True
        inside = [tree.tokens[index] for index in (clause, *tree.children(clause, "amod", "xcomp"))]
        if any(token.xpos in ("JJS", "RBS") for token in inside):
            return True
        if any(token.lemma.lower() in context.lexicon.words_for("judging") for token in inside):
            return True
    return False


def _is_of_speaker(context: Context, attribution: Attribution, tree: Tree, clause: int) -> bool:
    """Whether the clause is about the speaker, who can know (*noted that he would vote*), or asks (*revealed who*)."""
    subject = next(iter(tree.children(clause, "nsubj", "nsubj:pass", "csubj", "expl")), None)
    if subject is None or tree.tokens[subject].text.lower() in ("he", "she", "i", "we", "they", "who", "what"):
        return True
    return tree.tokens[subject].upos == "PROPN" and tree.tokens[subject].text in attribution.source.text.split()


def _foretells(tree: Tree, clause: int) -> bool:
    """Whether a modal states what will, may or should be; what a rule allows and what sums require is known."""
    around = (*tree.children(clause, "aux", "aux:pass"), *tree.children(clause, "advmod"))
    words = {tree.tokens[index].text.lower() for index in around}
    modals = [index for index in tree.children(clause, "aux") if tree.tokens[index].xpos == "MD"]
    known = bool(words & {"must", "only"}) or tree.tokens[clause].xpos == "VBN"
    return bool(modals) and not known


def _is_perfect(tree: Tree, clause: int) -> bool:
    """Whether the clause states what may or would have been: *may have meant*, *would have been 105*."""
    return any(tree.tokens[index].text.lower() == "have" for index in tree.children(clause, "aux"))


def _factive(context: Context, attribution: Attribution, verb: Token, help: str, fixes: tuple[Fix, ...]) -> Match:
    return Match(
        verb.span,
        f"“{verb.text}” vouches for what “{context.text(attribution.source.spans)}” says",
        help,
        attribution=attribution.id,
        fixes=fixes,
    )
