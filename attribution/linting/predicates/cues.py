"""Attributions and their cues: who states something, to whom, and in which construction."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.context import Context
from attribution.records import Attitude, Attribution, Evidence, Span, Token

CONDITIONS = frozenset({"if", "unless", "when", "whenever", "whether"})
"""Conjunctions that introduce something supposed or repeated."""

ADDRESSEES = frozenset({"her", "him", "me", "them", "you"})
"""Pronouns for somebody in the story who is told something; *us* may be the paper."""

LISTENED = frozenset({"assure", "inform", "remind", "tell", "warn"})
"""Verbs whose object is the listener."""


def speaks(attribution: Attribution) -> bool:
    """Whether the source is somebody other than the paper."""
    return bool(attribution.source.spans) and not attribution.source.kind.is_nobody_else


def gives_words(attribution: Attribution) -> bool:
    """Whether somebody other than the paper states, thinks or withholds something; a mere stance does not count."""
    return speaks(attribution) and (attribution.withheld or attribution.evidence is not Evidence.STANCE)


def reports(attribution: Attribution) -> bool:
    """Whether the source states or believes something, in a clause or in quotation marks."""
    return (
        attribution.frame.tells
        and attribution.evidence is not Evidence.STANCE
        and attribution.attitude in (Attitude.ASSERTION, Attitude.BELIEF)
        and not attribution.negated
        and not attribution.withheld
    )


def cue_token(context: Context, attribution: Attribution) -> Token | None:
    """The topmost word of an attribution's cue."""
    return context.head(context.sentence(attribution.sentence), attribution.cue.spans)


def cue_lemmas(attribution: Attribution) -> frozenset[str]:
    """The words of the cue's lemma, in lower case."""
    return frozenset(attribution.cue.lemma.lower().split())


def cue_span(attribution: Attribution) -> Span:
    """The span from the first to the last word of the cue."""
    return Span(attribution.cue.spans[0].start, attribution.cue.spans[-1].end)


def has_cue_of(context: Context, attribution: Attribution, *lists: str) -> bool:
    """Whether a word of the cue is in one of these lists."""
    return any(not context.lexicon.words_for(name).isdisjoint(cue_lemmas(attribution)) for name in lists)


def is_told_by_somebody(context: Context, attribution: Attribution) -> bool:
    """Whether the source is a person or organisation that states the content; outlets and documents only relay it."""
    return any(not other.source.kind.passes_on for other in attributions_around(context, attribution))


def denies(context: Context, attribution: Attribution) -> bool:
    """Whether the source says that something is not so (*denied that*): a report, though it counts as negated."""
    tree, cue = context.tree(context.sentence(attribution.sentence)), cue_token(context, attribution)
    return (
        cue is not None
        and attribution.negated
        and attribution.attitude is Attitude.ASSERTION
        and not attribution.withheld
        and attribution.frame.tells
        and not grammar.is_negated(tree, cue.index)
    )


def is_hypothetical(context: Context, attribution: Attribution) -> bool:
    """Whether the statement is supposed, conceded, foretold or repeated.

    True of *if officials agree*, *for all they say*, *when a man says* and *might say*.
    """
    tree, cue = context.tree(context.sentence(attribution.sentence)), cue_token(context, attribution)
    if cue is None:
        return False
    return bool(grammar.modals(tree, cue.index)) or any(
        tree.matches(index, "advcl")
        and any(
            tree.lemmas[mark] in CONDITIONS or grammar.concedes(tree, mark)
            for mark in tree.children(index, "mark", "advmod")
        )
        for index in (cue.index, *tree.ancestors(cue.index))
    )


def tells_paper(context: Context, attribution: Attribution) -> bool:
    """Whether the source may have told the paper: nothing supposed, relayed, asked, shouted or told to others."""
    cue = cue_token(context, attribution)
    noise = cue is not None and not context.lexicon.words_for("no-telling").isdisjoint(context.words_of(cue))
    return not (
        noise
        or is_hypothetical(context, attribution)
        or tells_somebody_else(context, attribution)
        or is_relayed(context, attribution)
    )


def is_relayed(context: Context, attribution: Attribution) -> bool:
    """Whether another source relays what this source said."""
    return any(reports(other) for other in attributions_around(context, attribution))


def tells_somebody_else(context: Context, attribution: Attribution) -> bool:
    """Whether the listener is in the story and is not the press.

    True of *officials told him*, *told Ada Quill, the mayor* and *told employees*.
    """
    sentence = context.sentence(attribution.sentence)
    tree, cue = context.tree(sentence), cue_token(context, attribution)
    if cue is None:
        return False
    persons = {
        mention.head
        for mention in context.mentions_in(sentence)
        if mention.being in ("person", "unknown") and mention.name is not None
    }
    press = context.lexicon.words_for("press-listener")
    for index in tree.children(cue.index, "obj", "iobj"):
        token = tree.tokens[index]
        if tree.forms[index] in ADDRESSEES if token.upos == "PRON" else index in persons:
            return True
        if token.upos == "NOUN" and cue.lemma.lower() in LISTENED and token.lemma.lower() not in press:
            return True
    return False


def attributions_around(context: Context, attribution: Attribution) -> Iterator[Attribution]:
    """The attributions with a source whose content contains the attribution."""
    over = context.attributions_over(attribution.cue.spans[0])
    return (other for other in over if other.id != attribution.id and speaks(other))
