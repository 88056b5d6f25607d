"""Rules on unnamed and vague sources: SRC101 to SRC105."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import (
    AP_ANONYMOUS,
    AP_CREDIT,
    NPR_ANONYMOUS,
    NPR_ATTRIBUTION,
    NPR_IDENTIFY,
    NYT_BOILERPLATE,
    NYT_CONFIDENTIAL,
    SPJ,
    WASHINGTON_POST,
    WORDS_TO_WATCH,
)
from attribution.linting.context import UNNAMED_PERSONS, Context
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.linting.speakers import (
    has_own_name,
    introduces_speaker,
    is_crowd,
    is_described,
    is_hypothetical,
    is_indefinite,
    is_media,
    is_plural,
    names_somebody,
    reports,
    speaker,
    tells_somebody_else,
    words_with,
)
from attribution.parsing import Tree
from attribution.records import Attitude, Attribution, Sentence, SourceKind, Span, Token


def _unexplained_anonymity(context: Context) -> Iterator[Match]:
    for one, _ in context.first_mentions(UNNAMED_PERSONS):
        found = speaker(context, one)
        if found is None or not reports(one):
            continue
        sentence, tree, head = found
        if not is_indefinite(tree, head) or not _is_guarded(context, tree, head) or is_hypothetical(context, one):
            continue
        if has_own_name(tree, head) or _is_bare(context, tree, head) or _gives_reason(context, sentence):
            continue
        if tells_somebody_else(context, one) or is_crowd(context, one):
            continue
        if one.frame == "phrase" and is_plural(head) and not is_described(tree, head):
            continue  # SRC110 finds "according to officials"
        words = context.text(one.source.spans)
        yield Match(
            one.source.spans[0],
            f"“{words}” has no name, and the article does not say why",
            "Name the source, or tell within two sentences why the name is withheld and how the source knows.",
            attribution=one.id,
        )


def _is_guarded(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the noun stands for somebody whose name was withheld.

    *A lawyer* and *two residents* may be such; *lawyers* and *residents* are a crowd, *officials* are not. A spokesman
    speaks on the record for somebody with a name.
    """
    kinds = {entry.kind for entry in context.lexicon.source_nouns_of(head.lemma)}
    if context.lexicon.words_for("spokesperson").intersection((head.lemma.lower(), head.text.lower())):
        return False
    if "official" in kinds or head.lemma.lower() in context.lexicon.words_for("bare-source"):
        return True
    if head.lemma.lower() in context.lexicon.words_for("published-role"):
        return False
    counted = not is_plural(head) or bool(words_with(tree, head, "nummod"))
    return counted and bool(kinds.intersection(("anonymous", "role")))


def _is_bare(context: Context, tree: Tree, head: Token) -> bool:
    """Whether SRC103 finds the source already."""
    return head.lemma.lower() in context.lexicon.words_for("bare-source") and not is_described(tree, head)


def _gives_reason(context: Context, sentence: Sentence) -> bool:
    near = (sentence, *context.after(sentence, context.settings.reason_sentences))
    return any(context.phrases(_words(one), "anonymity-reason") for one in near) or any(
        context.phrases(_words(one), "rote-reason") for one in near
    )


def _words(sentence: Sentence) -> list[Token]:
    """The sentence's tokens without adverbs in -ly, which may stand inside a fixed phrase."""
    return [token for token in sentence.tokens if not (token.upos == "ADV" and token.text.lower().endswith("ly"))]


SRC101 = Rule(
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
    check=_unexplained_anonymity,
    settings=("reason-sentences",),
    limits="Whether the reason is a good one, and whether an editor knows the source, is not checked.",
)


def _boilerplate_reasons(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        found = context.phrases(sentence.tokens, "rote-reason") or context.phrases(_words(sentence), "rote-reason")
        for run in found:
            if not _is_about_anonymity(context, sentence):
                continue
            span = Span(run[0].start, run[-1].end)
            yield Match(
                span,
                f"“{context.text(span)}” is a rote reason that tells a reader nothing",
                "Say what the source risks, or why nobody would say it on the record.",
            )


def _is_about_anonymity(context: Context, sentence: Sentence) -> bool:
    near = (*context.before(sentence, 1), sentence)
    return bool(context.phrases(sentence.tokens, "anonymity-reason")) or any(
        attribution.source.kind in UNNAMED_PERSONS and reports(attribution)
        for one in near
        for attribution in context.attributions_in(one)
    )


SRC102 = Rule(
    id="SRC102",
    name="boilerplate-anonymity-reason",
    summary="The reason given for anonymity is a set phrase.",
    rationale="“Not authorised to speak” is true of nearly every source and explains nothing; readers have learned to"
    " read past it.",
    bad="“The merger is off,” said a manager, who was not authorised to speak publicly.",
    good="“The merger is off,” said a manager, who spoke on condition of anonymity because the firm has threatened to"
    " sack staff who talk to reporters.",
    severity=Severity.INFO,
    guidelines=(NYT_BOILERPLATE,),
    needs=frozenset({Need.LEXICON}),
    check=_boilerplate_reasons,
)


def _bare_sources(context: Context) -> Iterator[Match]:
    for one in context.attributions:
        found = speaker(context, one) if one.source.spans else _speaker_in_cue(context, one)
        if found is None or (one.source.spans and not reports(one)):
            continue
        _, tree, head = found
        if not _is_bare(context, tree, head) or not is_indefinite(tree, head):
            continue
        span = one.source.spans[0] if one.source.spans else _with_number(tree, head)
        words = context.text(span)
        yield Match(
            span,
            f"“{words}” tells a reader nothing about who speaks",
            "Describe how the source knows: “two people briefed on the talks”, “an engineer who inspected the bridge”.",
            attribution=one.id,
        )


def _speaker_in_cue(context: Context, attribution: Attribution) -> tuple[Sentence, Tree, Token] | None:
    """The source noun of a fixed phrase that is cue as a whole (*sources say*)."""
    sentence = context.sentence(attribution.sentence)
    tree = context.tree(sentence)
    subjects = [
        token for token in context.tokens(sentence, attribution.cue.spans) if tree.matches(token.index, "nsubj", "obl")
    ]
    return (sentence, tree, subjects[0]) if subjects else None


def _with_number(tree: Tree, head: Token) -> Span:
    """The noun with its article and number."""
    return Span(min(token.start for token in (head, *words_with(tree, head, "det", "nummod"))), head.end)


SRC103 = Rule(
    id="SRC103",
    name="bare-source",
    summary="The speaker is a “source” or “insider” and nothing more.",
    rationale="Agencies reject “a source” without a description: it could be anybody, and the reader cannot tell"
    " whether the source can know.",
    bad="Sources said a deal is near.",
    good="Two people briefed on the talks said a deal is near.",
    severity=Severity.ERROR,
    guidelines=(AP_ANONYMOUS, NPR_ATTRIBUTION),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    check=_bare_sources,
)


def _vague_collectives(context: Context) -> Iterator[Match]:
    for one in context.attributions:
        found = speaker(context, one) if one.source.spans else _speaker_in_cue(context, one)
        if found is None or (one.source.spans and not reports(one)):
            continue
        sentence, tree, head = found
        if not _is_vague(context, head) or names_somebody(tree, head) or not is_indefinite(tree, head):
            continue
        if _is_told_apart(tree, head) or tells_somebody_else(context, one):
            continue
        if _is_made_concrete(context, one, sentence) or _is_survey(context, sentence):
            continue
        span = one.source.spans[0] if one.source.spans else _with_number(tree, head)
        words = context.text(span)
        yield Match(
            span,
            f"“{words}” could be anybody",
            "Name one of them, or say how many were asked and who they are.",
            attribution=one.id,
        )


def _is_told_apart(tree: Tree, head: Token) -> bool:
    """Whether the crowd is told apart: counted, described, *people familiar with the matter*, *many of you*."""
    if words_with(tree, head, "acl", "nummod"):
        return True
    if any(tree.children(token.index, "obl", "nmod") for token in words_with(tree, head, "amod")):
        return True
    return any(token.text.lower() in ("us", "you", "them") for token in words_with(tree, head, "nmod", "obl"))


def _is_vague(context: Context, head: Token) -> bool:
    return head.lemma.lower() in context.lexicon.words_for("crowd-head") and (is_plural(head) or head.upos != "NOUN")


def _is_made_concrete(context: Context, attribution: Attribution, sentence: Sentence) -> bool:
    """Whether somebody with a name speaks soon after: the collective was a topic sentence."""
    later = [other for other in context.attributions_in(sentence) if other.id != attribution.id]
    if any(entity.named for other in later for entity in context.entities(other) if other.parent != attribution.id):
        return True
    following = context.after(sentence, context.settings.collective_sentences)
    return any(introduces_speaker(context, other) for one in following for other in context.attributions_in(one))


def _is_survey(context: Context, sentence: Sentence) -> bool:
    near = (*context.before(sentence, 1), sentence)
    return any(context.phrases(one.tokens, "survey") for one in near)


SRC104 = Rule(
    id="SRC104",
    name="vague-collective-source",
    summary="Experts, critics, observers, some or many say so, and none of them is named soon after.",
    rationale="A crowd without a member cannot be asked and cannot be counted; it often hides one voice, or the"
    " writer's own. As a topic sentence it is fine when somebody with a name follows.",
    bad="Experts say the dam will hold.",
    good="Hydrologists Mara Ilic and Tom Okoro said the dam would hold.",
    severity=Severity.WARNING,
    guidelines=(WORDS_TO_WATCH, NPR_IDENTIFY),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    check=_vague_collectives,
    settings=("collective-sentences",),
    limits="That the named source who follows is one of the crowd is taken on trust.",
)


def _media_reports(context: Context) -> Iterator[Match]:
    for one in context.attributions:
        if one.source.kind is SourceKind.AGENTLESS or not one.source.spans:
            yield from _it_was_reported(context, one)
            continue
        found = speaker(context, one)
        if found is None or not reports(one) or one.attitude is not Attitude.ASSERTION:
            continue
        _, tree, head = found
        if not is_media(context, tree, head) or (_is_bare_media(tree, head) and one.frame != "phrase"):
            continue
        words = context.text(one.source.spans)
        yield Match(
            one.source.spans[0],
            f"“{words}” is not a source a reader can judge",
            "Name the outlet that reported it, and link to its report where you can.",
            attribution=one.id,
        )


def _is_bare_media(tree: Tree, head: Token) -> bool:
    """Whether the noun is *the media* or *the press*, which are as often spoken of as cited."""
    return not words_with(tree, head, "amod", "compound") and bool(words_with(tree, head, "det"))


def _it_was_reported(context: Context, attribution: Attribution) -> Iterator[Match]:
    verbs = context.lexicon.words_for("medium-verb")
    if attribution.cue.lemma.split()[-1:] == [] or attribution.frame != "passive" or attribution.negated:
        return
    if not verbs.intersection(attribution.cue.lemma.lower().split()):
        return
    sentence = context.sentence(attribution.sentence)
    cue = context.head(sentence, attribution.cue.spans)
    if cue is None:
        return
    tree = context.tree(sentence)
    if not tree.children(cue.index, "ccomp", "csubj", "xcomp") or tree.children(cue.index, "obl"):
        return  # no clause is passed on, or the place or the agent is told
    words = context.text(attribution.cue.spans)
    yield Match(
        Span(attribution.cue.spans[0].start, attribution.cue.spans[-1].end),
        f"“{words}” does not say who reported it",
        "Name the outlet that reported it, and link to its report where you can.",
        attribution=attribution.id,
    )


SRC105 = Rule(
    id="SRC105",
    name="media-reports-as-source",
    summary="The source is “media reports”, “the press” or “it was reported”.",
    rationale="Reports are somebody's work: without the outlet's name a reader cannot tell a wire agency from a rumour,"
    " and the newsroom that did the work gets no credit.",
    bad="According to media reports, the mayor has quit.",
    good="The Harbour Post reported that the mayor has quit.",
    severity=Severity.WARNING,
    guidelines=(NPR_ATTRIBUTION, AP_CREDIT),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    check=_media_reports,
)


RULES: tuple[Rule, ...] = (SRC101, SRC102, SRC103, SRC104, SRC105)
