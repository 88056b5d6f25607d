"""The check of a newsroom's own rule: what it finds, what it says there, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from attribution.linting.context import Context
from attribution.linting.edits import Applicability, Edit, Fix, with_case_of
from attribution.linting.house.candidates import Candidate, candidates_of, candidates_with_words, place_of
from attribution.linting.house.conditions import Condition, Holding, several
from attribution.linting.house.inflection import in_form_of
from attribution.linting.house.records import OF_ATTRIBUTION, OF_CLAIM, HouseRule
from attribution.linting.house.wording import Wording
from attribution.linting.rule import Match, QuotationPolicy
from attribution.records import Span

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
LONGEST_WORDS = 60
"""The most characters of the draft that a message quotes in one place."""

NOBODY = "nobody"
"""What a message calls a source without words."""


@dataclass(frozen=True)
class HouseCheck:
    """Yields what a rule finds; ``wording`` is None for a rule that finds records."""

    rule: HouseRule
    wording: Wording | None
    where: Condition
    unless: Condition

    @property
    def quotations(self) -> QuotationPolicy:
        """Which words the rule judges."""
        usual = QuotationPolicy.BOTH if self.rule.find == "quotation" else QuotationPolicy.OUTSIDE
        return self.rule.quotations or usual

    def __call__(self, context: Context) -> Iterator[Match]:
        """The rule's matches, in the order of what they are about; those that it allows are left out."""
        allowed = self.rule.at_most or 0
        for candidate in self._candidates(context):
            holding = self.where.holding(context, candidate)
            if holding is None or (self.unless.given and self.unless.holding(context, candidate) is not None):
                continue
            span = place_of(candidate, self.rule.mark or "words", holding.attribution, holding.claim)
            if not self.quotations.judges(context.is_quoted(span)):
                continue
            if allowed:
                allowed -= 1
                continue
            yield self._match(context, candidate, holding, span)

    def _candidates(self, context: Context) -> Iterable[Candidate]:
        if self.wording is not None:
            return candidates_with_words(context, self.wording)
        assert self.rule.find is not None
        return candidates_of(context, self.rule.find)

    def _match(self, context: Context, candidate: Candidate, holding: Holding, span: Span) -> Match:
        replacements = self._replacements(context, candidate)
        attribution, claim, hedge = holding.attribution, holding.claim, holding.hedge
        values = {
            "words": context.text(span),
            "source": context.text(attribution.source.spans) if attribution is not None else "",
            "cue": context.text(attribution.cue.spans) if attribution is not None else "",
            "claim": context.text(claim.spans) if claim is not None else "",
            "hedge": hedge.text if hedge is not None else "",
            "replacement": " or ".join(replacements),
        }
        about_attribution = self.rule.find == "attribution" or not self.where.given.isdisjoint(OF_ATTRIBUTION)
        about_claim = self.rule.find == "claim" or not self.where.given.isdisjoint(OF_CLAIM)
        return Match(
            span,
            filled_in(self.rule.message, values),
            filled_in(self.rule.help, values),
            claim=claim.id if claim is not None and (about_claim or not about_attribution) else None,
            attribution=attribution.id if attribution is not None and about_attribution else None,
            fixes=self._fixes(context, candidate.words, replacements),
        )

    def _replacements(self, context: Context, candidate: Candidate) -> tuple[str, ...]:
        """What to write instead, in the form of the words found."""
        written = several(self.rule.substitution.get(candidate.entry))
        tokens = context.tokens(candidate.sentence, candidate.words)
        head = context.head(candidate.sentence, candidate.words)
        words = context.text(candidate.words)
        if head is None or self.rule.by == "form":
            return tuple(with_case_of(words, replacement) for replacement in written)
        return tuple(in_form_of(tokens, head, candidate.entry, replacement, words) for replacement in written)

    def _fixes(self, context: Context, words: Span, replacements: tuple[str, ...]) -> tuple[Fix, ...]:
        if self.rule.fix == "none":
            return ()
        is_safe = self.rule.fix == "safe" and len(replacements) == 1
        return tuple(_fix(context, words, replacement, is_safe) for replacement in replacements)


def filled_in(template: str, values: dict[str, str]) -> str:
    """A message with the words of the draft in their places."""
    return PLACEHOLDER.sub(lambda place: _shortened(values[place[1]]) or NOBODY, template)


def _shortened(words: str) -> str:
    if len(words) <= LONGEST_WORDS:
        return words
    return words[:LONGEST_WORDS].rpartition(" ")[0] + " …"


def _fix(context: Context, words: Span, replacement: str, is_safe: bool) -> Fix:
    """Write the replacement; an article before it that no longer fits is changed too, which an editor must judge."""
    text = context.draft.text
    article = re.search(r"\b([Aa])(n?)(\s+)$", text[: words.start])
    title = f"Write “{replacement}”"
    if article is not None and text[words.start].lower() not in "aeiou" and replacement[:1].lower() in "aeiou":
        changed = f"{article[1]}n{article[3]}{replacement}"
    elif article is not None and text[words.start].lower() in "aeiou" and replacement[:1].lower() not in "aeiou":
        changed = f"{article[1]}{article[3]}{replacement}"
    else:
        applicability = Applicability.SAFE if is_safe else Applicability.SUGGESTED
        return Fix(title=title, edits=(Edit(words, replacement),), applicability=applicability)
    return Fix(title=title, edits=(Edit(Span(article.start(), words.end), changed),))
