"""Whether a writer speaks for themselves, as in a column."""

from __future__ import annotations

from attribution.linting.context import Context
from attribution.records import Sentence, Token

FIRST_PERSONS = frozenset({"i", "my", "our", "us", "we"})
"""Words by which a writer speaks for themselves."""

NEARBY = 4
"""How many sentences before and after tell whether a writer speaks for themselves."""

ARGUED_SENTENCES = 2
"""How many questions, exclamations or sentences in the first person make a column."""


def is_in_first_person(context: Context, sentence: Sentence) -> bool:
    """Whether the writer says *I*, *we* or *our* outside quotation marks nearby, as in a column."""
    return any(
        _is_first_person(token) and _is_the_writers(context, token)
        for near in (*context.before(sentence, NEARBY), sentence, *context.after(sentence, NEARBY))
        for token in near.tokens
    )


def is_commentary(context: Context) -> bool:
    """Whether the writer asks, exclaims, or says *I* or *we* more than once: a column's judgements are meant."""
    return context.kept(_is_commentary)


def _is_commentary(context: Context) -> bool:
    return sum(_is_argued(context, sentence) for sentence in context.body) >= ARGUED_SENTENCES


def _is_argued(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence is a question or an exclamation of the writer's own, or is in the first person."""
    return any(
        (token.text in ("?", "!") or _is_first_person(token)) and _is_the_writers(context, token)
        for token in sentence.tokens
    )


def _is_first_person(token: Token) -> bool:
    """Whether the word is *I*, *we* or the like; *US* is a country."""
    return token.text == "I" or (token.text.lower() in FIRST_PERSONS and not token.text.isupper())


def _is_the_writers(context: Context, token: Token) -> bool:
    """Whether a word is neither quoted nor in what somebody is reported to say."""
    return not context.is_quoted(token.span) and not context.attributions_over(token.span)
