"""SRC101: An unnamed person is first used as a source, and no reason is given for withholding the name."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import NPR_ANONYMOUS, NYT_CONFIDENTIAL, SPJ, WASHINGTON_POST
from attribution.linting.context import Context
from attribution.linting.predicates import (
    has_own_name,
    is_bare_source,
    is_crowd,
    is_described,
    is_hypothetical,
    is_indefinite,
    is_plural,
    noun_kinds,
    reports,
    speaker,
    tells_somebody_else,
    without_adverbs,
    words_with,
)
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Frame, Sentence, Token


@Rule(
    id="SRC101",
    name="unexplained-anonymity",
    summary="An unnamed person is first used as a source, and no reason is given for withholding the name.",
    rationale="A reader cannot weigh the word of somebody unnamed without knowing why the name is withheld; every code"
    " allows anonymity only under conditions that the reader is told.",
    bad="A ministry official said the plan was dropped.",
    good="A ministry official, who feared losing her post for discussing it, said the plan was dropped.",
    severity=Severity.WARNING,
    guidelines=(SPJ, NYT_CONFIDENTIAL, NPR_ANONYMOUS, WASHINGTON_POST),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    settings=("reason-sentences",),
    limits="Whether the reason is a good one, and whether an editor knows the source, is not checked.",
)
def unexplained_anonymity(context: Context) -> Iterator[Match]:
    for attribution, _ in context.first_mentions(lambda kind: kind.is_unnamed_person):
        found = speaker(context, attribution)
        if found is None or not reports(attribution):
            continue
        sentence, tree, head = found
        if (
            not is_indefinite(tree, head)
            or not _is_guarded(context, tree, head)
            or is_hypothetical(context, attribution)
        ):
            continue
        if has_own_name(tree, head) or is_bare_source(context, tree, head) or _gives_reason(context, sentence):
            continue
        if tells_somebody_else(context, attribution) or is_crowd(context, attribution):
            continue
        if attribution.frame is Frame.PHRASE and is_plural(head) and not is_described(tree, head):
            continue  # SRC110 finds "according to officials"
        words = context.text(attribution.source.spans)
        yield Match(
            attribution.source.spans[0],
            f"“{words}” has no name, and the article does not say why",
            "Name the source, or tell within two sentences why the name is withheld and how the source knows.",
            attribution=attribution.id,
        )


def _is_guarded(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the noun stands for somebody whose name was withheld.

    *A lawyer* and *two residents* may be such; *lawyers* and *residents* are a crowd, *officials* are not. A spokesman
    speaks on the record for somebody with a name.
    """
    kinds = noun_kinds(context, head)
    if context.lexicon.words_for("spokesperson").intersection((head.lemma.lower(), head.text.lower())):
        return False
    if "official" in kinds or head.lemma.lower() in context.lexicon.words_for("bare-source"):
        return True
    if head.lemma.lower() in context.lexicon.words_for("published-role"):
        return False
    counted = not is_plural(head) or bool(words_with(tree, head, "nummod"))
    return counted and bool(kinds.intersection(("anonymous", "role")))


def _gives_reason(context: Context, sentence: Sentence) -> bool:
    near = (sentence, *context.after(sentence, context.settings.reason_sentences))
    return any(context.phrases(without_adverbs(close), "anonymity-reason") for close in near) or any(
        context.phrases(without_adverbs(close), "rote-reason") for close in near
    )
