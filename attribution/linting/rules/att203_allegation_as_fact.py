"""ATT203: A named person or firm is said to have done wrong, with no source and no charge or conviction."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import BBC_ACCURACY, BBC_ALLEGATIONS, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates.claims import own_claim_at
from attribution.linting.predicates.cues import cue_lemmas, reports, speaks
from attribution.linting.predicates.surroundings import has_words, is_linked, source_of_what_was_said
from attribution.linting.rule import Match, Need, Rule, Severity, Status
from attribution.parsing import Tree
from attribution.records import Sentence, Span, Token


@Rule(
    id="ATT203",
    name="allegation-as-fact",
    summary="A named person or firm is said to have done wrong, with no source and no charge or conviction.",
    rationale="Stating unproven wrongdoing as fact is unfair to its subject and a paper's costliest mistake.",
    bad="Mr Kade stole the fund's money.",
    good="Prosecutors say Mr Kade stole the fund's money; he denies it.",
    severity=Severity.WARNING,
    status=Status.PREVIEW,
    guidelines=(BBC_ACCURACY, BBC_ALLEGATIONS, WORDS_TO_WATCH),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    limits="The verbs of wrongdoing come from a list. Settled history and undisputed facts are not recognised as such.",
)
def allegation_as_fact(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        tree = context.tree(sentence)
        for run in context.phrases(sentence.tokens, "wrongdoing"):
            verb = run[0]
            if verb.upos != "VERB" or verb.xpos not in ("VBD", "VBN", "VBZ", "VBP") or context.is_quoted(verb.span):
                continue
            claim = own_claim_at(context, sentence, verb.span)
            if claim is None or claim.hedges:
                continue
            if (
                grammar.is_supposed(tree, verb.index)
                or grammar.is_negated(tree, verb.index)
                or _is_somebodys_word(context, sentence)
            ):
                continue
            name = _doer(context, tree, verb)
            item = tree.child(verb.index, "obj")
            if item is not None and tree.tokens[item].lemma.lower() in context.lexicon.words_for("harmless-object"):
                continue
            if name is None or not _is_deceit(tree, verb) or _came_to_court(context, sentence, name):
                continue
            yield Match(
                Span(run[0].start, run[-1].end),
                f"that {context.text(name)} “{context.text(Span(run[0].start, run[-1].end))}” is stated as fact, and"
                " the article mentions no charge or conviction",
                "Say who alleges it, what came of it, and what the accused says.",
                claim=claim.id,
            )


def _doer(context: Context, tree: Tree, verb: Token) -> Span | None:
    """The name of the person or firm that, according to the verb, did it; None if the doer has no name."""
    index = verb.index
    while (subject := tree.child(index, "nsubj")) is None and tree.matches(index, "conj", "xcomp"):
        above = tree.head(index)
        if above is None:
            return None
        index = above
    if subject is None or tree.matches(subject, "nsubj:pass"):
        return None
    named = [subject, *tree.children(subject, "appos")]
    heads = [index for index in named if tree.tokens[index].upos == "PROPN"]
    if not heads:
        return None
    parts = [heads[0], *tree.children(heads[0], "flat", "compound")]
    return Span(min(tree.tokens[index].start for index in parts), max(tree.tokens[index].end for index in parts))


def _is_deceit(tree: Tree, verb: Token) -> bool:
    """Whether *lie* means to tell a lie: with *to* or *about*, or without complement; not *lie in ruins*."""
    if verb.lemma.lower() != "lie":
        return True
    cases = {
        tree.tokens[case].text.lower()
        for index in tree.children(verb.index, "obl")
        for case in tree.children(index, "case")
    }
    return verb.xpos in ("VBD", "VBN") and verb.text.lower() == "lied" and (not cases or bool(cases & {"to", "about"}))


def _is_somebodys_word(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence gives or continues somebody's words, judging by it and the sentences around it."""
    if any(speaks(attribution) for attribution in context.attributions_in(sentence)):
        return True
    if is_linked(context, sentence):
        return True
    accusing = context.lexicon.words_for("accusing") | context.lexicon.words_for("passing-on")
    before = [near for near in context.before(sentence, 1) if near.block == sentence.block]
    return any(
        speaks(attribution) and (reports(attribution) or accusing.intersection(cue_lemmas(attribution)))
        for near in before
        for attribution in context.attributions_in(near)
    ) or any(source_of_what_was_said(context, near) is not None for near in context.after(sentence, 2))


def _came_to_court(context: Context, sentence: Sentence, name: Span) -> bool:
    """Whether the article mentions a charge or verdict near the sentence, or in a sentence with the same name."""
    word = context.text(name).split()[-1]
    near = (*context.before(sentence, 3), sentence, *context.after(sentence, 3))
    return word in context.kept(_told_of_court) or has_words(context, near, "proceeding")


def _told_of_court(context: Context) -> str:
    """What the article says in sentences with a charge or verdict."""
    return "\n".join(near.text for near in context.body if has_words(context, [near], "proceeding"))
