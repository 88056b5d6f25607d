"""SRC101: An unnamed person is first used as a source, and no reason is given for withholding the name."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import NPR_ANONYMOUS, NYT_CONFIDENTIAL, SPJ, WASHINGTON_POST
from attribution.linting.context import Context
from attribution.linting.predicates import (
    DESCRIBING,
    denies,
    has_own_name,
    has_words,
    is_bare_source,
    is_crowd,
    is_described,
    is_indefinite,
    is_lead,
    is_plural,
    is_title_of_name,
    named_speaker_follows,
    noun_kinds,
    reports,
    speaker,
    tells_paper,
    without_adverbs,
    words_with,
)
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attribution, Frame, Sentence, Token

REPEATED = 3
"""The span of sentences within which the same unnamed people are reported once."""

NAMED_SOON = 2
"""How many sentences after the lead the name may follow."""


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
    limits="Silent where the next sentences name the source of the lead."
    " Whether the reason is a good one, and whether an editor knows the source, is not checked.",
)
def unexplained_anonymity(context: Context) -> Iterator[Match]:
    reported: list[tuple[Sentence, frozenset[str]]] = []
    for attribution, _ in context.first_mentions(lambda kind: kind.is_unnamed_person):
        found = speaker(context, attribution)
        if found is None or not (reports(attribution) or denies(context, attribution)):
            continue
        sentence, tree, head = found
        if not _is_withheld(context, tree, head) or not tells_paper(context, attribution):
            continue
        if _is_judged_elsewhere(context, attribution, tree, head) or _is_explained(context, sentence, head):
            continue
        words_of_noun = frozenset(token.lemma.lower() for token in (head, *words_with(tree, head, *DESCRIBING)))
        repeated = any(
            words_of_noun <= other and near in context.before(sentence, REPEATED) for near, other in reported
        )
        reported.append((sentence, words_of_noun))
        if repeated and not any(token.text.lower() == "another" for token in words_with(tree, head, "det")):
            continue
        words = context.text(attribution.source.spans)
        yield Match(
            attribution.source.spans[0],
            f"no name is given for “{words}”, and the article does not say why",
            "Name the source, or tell within two sentences why the name is withheld and how the source knows.",
            attribution=attribution.id,
        )


def _is_withheld(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the noun denotes somebody whose name was withheld.

    This may be so for *a lawyer*, *two residents* and *officials*; *lawyers* and *residents* are a crowd. A spokesman
    speaks on the record for somebody with a name.
    """
    words = {head.lemma.lower(), head.text.lower()}
    if not is_indefinite(tree, head) or has_own_name(tree, head) or is_title_of_name(tree, head):
        return False
    if any(not words.isdisjoint(context.lexicon.words_for(name)) for name in ("spokesperson", "published-role")):
        return False
    kinds = noun_kinds(context, head)
    if "official" in kinds or not words.isdisjoint(context.lexicon.words_for("withheld-head")):
        return True
    counted = not is_plural(head) or bool(words_with(tree, head, "nummod"))
    return counted and not kinds.isdisjoint(("anonymous", "role"))


def _is_judged_elsewhere(context: Context, attribution: Attribution, tree: Tree, head: Token) -> bool:
    """Whether SRC103 (*sources*), SRC104 (*many officials*) or SRC110 (*according to officials*) reports the source."""
    plain = attribution.frame is Frame.PHRASE and is_plural(head) and not is_described(tree, head)
    return plain or is_bare_source(context, tree, head) or is_crowd(context, attribution)


def _is_explained(context: Context, sentence: Sentence, head: Token) -> bool:
    """Whether a reason or the name follows soon: wire copy opens with *an official* and then gives the name."""
    soon = (sentence, *context.after(sentence, context.settings.reason_sentences))
    for near in soon:
        tokens = without_adverbs(near)
        if context.phrases(tokens, "anonymity-reason") or context.phrases(tokens, "rote-reason"):
            return True
    if has_words(context, soon[1:], "making-remarks"):
        return True
    if is_lead(context, sentence):
        return named_speaker_follows(context, sentence, NAMED_SOON)
    return "role" in noun_kinds(context, head) and named_speaker_follows(context, sentence, 1)
