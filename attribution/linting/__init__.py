"""Newsroom rules over an analysis.

How to write a rule
===================

A rule is a module of ``rules/``, named after its identifier and name (``rules/src105_media_reports_as_source.py``); the
registry finds it by itself. The module reads top to bottom: the rule's record, its check, and what only this check
needs. The record decorates the check, a generator that takes a ``Context`` and yields a ``Match`` for each fault::

    @Rule(id="SRC105", name="media-reports-as-source", …)
    def media_reports_as_source(context: Context) -> Iterator[Match]:
        for attribution in context.attributions:
            found = speaker(context, attribution)
            if found is not None and ...:
                words = context.text(attribution.source.spans)
                yield Match(
                    attribution.source.spans[0],                     # the exact words, no more
                    f"“{words}” is not a source a reader can judge",  # quotes the words found; no full stop
                    "Name the outlet that reported it.",             # how to fix it; a full sentence
                    attribution=attribution.id,
                )

The engine drops matches in the wrong place for the rule's quotation policy and blocks, reports each place once, and
adds line, column, severity and fingerprint, so that no check has to. One fault is one finding: a rule that may see the
same words as a more general one names it in ``more_specific_than``, and the general one is silent there.

* Predicates shared by several rules are in ``predicates.py``, questions of clause grammar in ``grammar.py``.
* Checks look at records (``context.attributions``, ``context.claims_in``, ``context.tree``), not at strings. Words are
  in ``lexicons/*.toml``; a check may name a closed class of grammar (*by*, *of*).
* Words that only one rule needs are a list in ``lexicons/rule-words.toml``:
  ``context.lexicon.words_for("pejorative")``; ``context.phrases(tokens, "rote-reason")`` finds those of several words.
* ``context.settings`` holds thresholds; a new one gets a field with a default and a docstring in ``settings.py``.
* Guidelines are constants of ``bibliography.py``.
* ``bad`` and ``good`` are whole drafts: the rule fires on the first and not on the second. Traps, at least six of each
  kind for a stable rule, are in ``tests/rules/<ID>.md``, which ``tests/linting/rule_cases.py`` explains. Afterwards
  run ``python scripts/build_rule_parses.py <ID>`` and ``pytest tests/linting/test_linting_rules.py -k <ID>``.

A rule's name says what pattern it flags ("ignore unattributed-quote"). A rule that is right less than four times in
five is ``Status.PREVIEW``; one that is right less than three times in five is not shipped (``docs/precision.csv``).
"""

from __future__ import annotations

from attribution.linting.engine import lint
from attribution.linting.findings import FileFindings, Finding, UnreadDraft, unread_draft
from attribution.linting.rule import Rule, Severity
from attribution.linting.rules import RULES, find_rule
from attribution.linting.settings import Settings

__all__ = [
    "RULES",
    "FileFindings",
    "Finding",
    "Rule",
    "Settings",
    "Severity",
    "UnreadDraft",
    "find_rule",
    "lint",
    "unread_draft",
]
