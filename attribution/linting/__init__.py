"""Newsroom rules over an analysis.

How a rule is made
==================

A rule is one frozen ``Rule`` record in the module of its family (``rules/sources.py``), listed in that module's
``RULES``. Its check is a generator that takes a ``Context`` and yields a ``Match`` for each thing that is wrong::

    def _media_reports(context: Context) -> Iterator[Match]:
        for one in context.attributions:
            head = context.source_head(one)
            if head is not None and ...:
                words = context.text(one.source.spans)
                yield Match(
                    one.source.spans[0],                            # the exact words, no more
                    f"“{words}” is not a source a reader can judge",  # names the words found; no full stop
                    "Name the outlet that reported it.",            # what would mend it; a full sentence
                    attribution=one.id,
                )

What the engine does for every rule, so that no check does it: it drops matches in the wrong place for the rule's
quotation policy and blocks, makes each place a finding once, and adds line, column, severity and fingerprint.

* Checks look at records (``context.attributions``, ``context.claims_in``, ``context.tree``), not at strings. Words are
  in ``lexicons/*.toml``; a check may name a closed class of grammar (*by*, *of*).
* Words that only a rule needs are a list of ``lexicons/rule-words.toml``: ``context.lexicon.words_for("pejorative")``;
  ``context.phrases(tokens, "rote-reason")`` finds those of several words.
* ``context.settings`` holds thresholds; a new one gets a field with a default and a meaning in ``settings.py``.
* Guidelines are constants of ``bibliography.py``.
* ``bad`` and ``good`` are whole drafts: the first fires the rule, the second does not. Traps, at least six of each kind
  for a stable rule, are in ``tests/rules/<ID>.md``, which ``tests/linting/rule_cases.py`` explains. Afterwards run
  ``python scripts/build_rule_parses.py <ID>`` and ``pytest tests/linting/test_linting_rules.py -k <ID>``.

A rule's name says what pattern it flags ("ignore unattributed-quote"). A rule that is right less than four times in
five is ``Status.PREVIEW``, one that is right less than three times in five does not ship (``docs/precision.csv``).
"""

from __future__ import annotations

from attribution.linting.engine import lint
from attribution.linting.findings import FileFindings, Finding
from attribution.linting.rule import Rule, Severity
from attribution.linting.rules import RULES, find_rule
from attribution.linting.settings import Settings

__all__ = ["RULES", "FileFindings", "Finding", "Rule", "Settings", "Severity", "find_rule", "lint"]
