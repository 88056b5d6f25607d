"""CLM504: A poll's result is given, but not who asked, how many were asked, or when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from attribution.grammar import whole_number
from attribution.linting.bibliography import AP_POLLS
from attribution.linting.context import Context
from attribution.linting.predicates.surroundings import has_words, is_linked
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Attribution, Sentence, SourceKind, Token
from attribution.scoring.figures import is_share_unit

POLL_KINDS = (SourceKind.DOCUMENT, SourceKind.VAGUE_COLLECTIVE)
"""The kinds of source that polls are: a single poll is a document, *polls* are a crowd."""

POLL_DETAILS = 2
"""How many missing details make a poll impossible to judge; a missing pollster is enough by itself."""


@Rule(
    id="CLM504",
    name="incomplete-poll",
    summary="A poll's result is given, but not who asked, how many were asked, or when.",
    rationale="Without pollster, sample and dates a reader cannot tell a poll from a click count.",
    bad="A poll shows that 60 percent back the bridge.",
    good="A Norstat poll of 1,004 adults for the Echo, taken from 2 to 5 May, shows that 60 percent back the bridge.",
    severity=Severity.WARNING,
    guidelines=(AP_POLLS,),
    needs=frozenset({Need.LEXICON, Need.DOCUMENT}),
    limits="Fires if the pollster is missing, or both sample and dates; one finding per article. Who paid for the poll"
    " is not checked.",
)
def incomplete_poll(context: Context) -> Iterator[Match]:
    for attribution in context.attributions:
        if attribution.source.kind not in POLL_KINDS or attribution.negated:
            continue
        sentence = context.sentence(attribution.sentence)
        place = context.source_sentence(attribution)
        head = context.source_head(attribution)
        if (
            head is None
            or head.lemma.lower() not in context.lexicon.words_for("poll")
            or not _has_result(context, attribution)
        ):
            continue
        if [token.text.lower() for token in context.tokens(place, attribution.source.spans)][:-1] == ["the"]:
            continue  # it was introduced before
        missing = [words for words, known in _details(context, place, head) if not known]
        if "who asked" not in missing and len(missing) < POLL_DETAILS:
            continue
        if is_linked(context, sentence):
            continue
        words = context.text(attribution.source.spans)
        yield Match(
            attribution.source.spans[0],
            f"for “{words}” the article does not say {_listed(missing)}",
            "Say who asked whom and how many, when, and who paid for it.",
            attribution=attribution.id,
        )
        return


def _has_result(context: Context, attribution: Attribution) -> bool:
    """Whether a figure from the poll is given."""
    sentences = context.sentences_over(attribution.content.spans)
    tokens = [token for sentence in sentences for token in context.tokens(sentence, attribution.content.spans)]
    return any(token.upos == "NUM" or is_share_unit(context.lexicon, token) for token in tokens)


def _details(context: Context, sentence: Sentence, head: Token) -> Iterator[tuple[str, bool]]:
    """The details that a reader needs to judge a poll, and whether the article gives them anywhere."""
    tree = context.tree(sentence)
    words = [tree.tokens[index] for index in tree.subtree(head.index) if index > 0]
    named = any(token.upos == "PROPN" or token.text[0].isupper() for token in words)
    article = context.kept(_told_of_polls)
    yield "who asked", named or article.asker
    yield "how many were asked", article.sample
    yield "when", article.date


class _Told(NamedTuple):
    """What an article tells of its polls."""

    asker: bool
    sample: bool
    date: bool


def _told_of_polls(context: Context) -> _Told:
    close = [near for near in context.body if _mentions_poll(context, near)]
    by = any(
        token.text.lower() in ("by", "from", "for")
        and token.head >= 0
        and any(
            near.tokens[index].upos == "PROPN"
            for index in context.tree(near).subtree(token.head)
            if index > token.index
        )
        for near in close
        for token in near.tokens
    )
    made = any(
        near.tokens[index].upos == "PROPN"
        for near in close
        for token in near.tokens
        if token.lemma.lower() in context.lexicon.words_for("poll")
        for index in context.tree(near).subtree(token.index)
    )
    dated = [*close, *(after for near in close for after in context.after(near, 1))]
    known = has_words(context, dated, "month") or has_words(context, dated, "weekday")
    sample = any(_tells_sample(context, near) for near in context.body)
    return _Told(by or made, sample, known or any(map(_has_year, dated)))


def _mentions_poll(context: Context, sentence: Sentence) -> bool:
    return has_words(context, [sentence], "poll") or has_words(context, [sentence], "survey")


def _has_year(sentence: Sentence) -> bool:
    return any(
        len(token.text) == 4 and token.text.isdigit() and token.text[:2] in ("19", "20") for token in sentence.tokens
    )


def _tells_sample(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence has the number of people asked: *1,004 adults*, *surveyed 600*."""
    tree = context.tree(sentence)
    for token in sentence.tokens:
        if token.upos != "NUM" or (whole_number(token.text) or 0) < 100:
            continue
        noun = tree.head(token.index)
        if noun is None:
            continue
        above = tree.head(noun)
        heads = {tree.tokens[noun].lemma.lower(), *([tree.tokens[above].lemma.lower()] if above is not None else [])}
        if heads & (context.lexicon.words_for("respondent") | context.lexicon.words_for("survey")):
            return True
    return False


def _listed(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
