"""Where the source of a fixed phrase ends: *According to Irma Vant*, | *the crew’s boat leaks*.

Parsers attach what follows the comma to the source, as an apposition, a clause or a conjunct. ``end_of_source`` decides
by the evidence of ``SOURCE_ENDS``: a comma, and why the words behind it are content.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from attribution import grammar
from attribution.extraction.context import SentenceContext


@dataclass(frozen=True)
class Phrase:
    """A fixed phrase with the tokens that the parse gives to its source and to its content.

    ``is_aside``: the phrase stands inside a relative clause, behind its pronoun.
    """

    context: SentenceContext
    cue: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]
    is_aside: bool

    @cached_property
    def commas(self) -> list[int]:
        """The commas inside the source."""
        texts = self.context.tokens
        return [index for index in sorted(self.source) if texts[index].text == "," and index > min(self.source)]

    def behind(self, comma: int) -> list[int]:
        """The source's tokens behind a comma."""
        return [index for index in sorted(self.source) if index > comma]

    @cached_property
    def opens(self) -> bool:
        """Whether the phrase opens the sentence."""
        return self.context.opens(min(self.cue))


@dataclass(frozen=True)
class SourceEnd:
    """Evidence that a source ends at a comma: ``comma`` gives that comma, or None where the pattern is absent."""

    name: str
    example: str
    comma: Callable[[Phrase], int | None]


def end_of_source(phrase: Phrase) -> int | None:
    """The comma at which the source ends, by the first evidence that applies; None if all of it is the source."""
    if not phrase.commas:
        return None
    return next((comma for end in SOURCE_ENDS if (comma := end.comma(phrase)) is not None), None)


def _verb_behind_aside(phrase: Phrase) -> int | None:
    """No comma closes an aside before a finite verb: the words behind the first comma are the verb's subject."""
    after = max(phrase.source) + 1
    if not phrase.is_aside or after >= len(phrase.context):
        return None
    return phrase.commas[0] if phrase.context.tokens[after].xpos in grammar.FINITE_TAGS else None


def _nothing_else_said(phrase: Phrase) -> int | None:
    """Without the words behind the first comma the phrase would have no content.

    They are content if the phrase opens the sentence, or if they are the root of the sentence or have a subject.
    """
    context = phrase.context
    if any(context.is_word(index) for index in phrase.content):
        return None
    comma = phrase.commas[0]
    if not phrase.content and phrase.opens:
        return comma
    if min(phrase.source) > min(phrase.content, default=len(context)) + 1:
        return None
    said = phrase.behind(comma)
    rooted = any(context.tree.head(index) is None and context.is_word(index) for index in said)
    return comma if rooted or any(context.subject(index) in said for index in said) else None


def _verb_without_subject(phrase: Phrase) -> int | None:
    """The finite predicate behind the source has no subject: that is the noun behind the first comma."""
    context, tree = phrase.context, phrase.context.tree
    if not phrase.content or not phrase.opens or min(phrase.content) < max(phrase.source):
        return None
    verbs = [index for index in phrase.content if tree.head(index) not in phrase.content and context.is_word(index)]
    if len(verbs) != 1 or not grammar.is_finite(tree, verbs[0]) or context.subject(verbs[0]) is not None:
        return None
    comma = phrase.commas[0]
    return comma if any(context.tokens[index].upos in grammar.NOMINAL_TAGS for index in phrase.behind(comma)) else None


SOURCE_ENDS = (
    SourceEnd(
        "verb-behind-aside",
        "It is a rule which, according to the Post, the League and the Union attack.",
        _verb_behind_aside,
    ),
    SourceEnd("nothing-else-said", "According to Irma Vant, the crew’s boat leaks.", _nothing_else_said),
    SourceEnd(
        "verb-without-subject",
        "According to Brook, his former bank Lind Trust, which holds the loan, has refused to pay.",
        _verb_without_subject,
    ),
)
"""The evidence, in the order in which it is looked for."""
