"""Selects the rules to run by identifier, family or name.

``known`` are the rules that there are: the built-in ones, and after them a newsroom's own.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from attribution.linting.rule import Rule, Severity, Status
from attribution.linting.rules import RULES, find_rule
from attribution.records import AttribError

ALL = "ALL"
"""Selects every rule that is not a preview rule."""
NAMED_IN_FULL = 100
"""The specificity of a rule's identifier or name."""


def rules_of(word: str, known: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    """The rules that a word selects: an identifier, the start of identifiers (``SRC``, ``SRC1``), a name or ALL.

    Raises AttribError for a word that selects none, with the most similar one that does.
    """
    wanted = word.strip()
    if wanted.upper() == ALL:
        return tuple(known)
    rule = find_rule(wanted, known)
    if rule is not None:
        return (rule,)
    found = tuple(rule for rule in known if wanted and rule.id.startswith(wanted.upper()))
    if not found:
        words = [
            ALL,
            *sorted({rule.family for rule in known}),
            *(word for rule in known for word in (rule.id, rule.name)),
        ]
        near = difflib.get_close_matches(wanted, words, n=1) or difflib.get_close_matches(wanted.upper(), words, n=1)
        hint = f"did you mean {near[0]}?" if near else "attrib rules lists them"
        raise AttribError(f"{wanted or 'an empty word'}: is not a rule, a family or a rule's name; {hint}")
    return found


def select_rules(
    select: Sequence[str] | None = None,
    extend_select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    preview: bool = False,
    known: Sequence[Rule] = RULES,
) -> tuple[Rule, ...]:
    """The rules to run, in the order in which they are known.

    ``select`` replaces the default (every stable rule), ``extend_select`` adds, and ``ignore`` removes; where two of
    them cover a rule, the more specific word (an identifier or name, before a family, before ALL) decides. Preview
    rules run if they are named in full or with ``preview``, deprecated ones only if they are named in full.
    """
    chosen: dict[str, tuple[int, bool]] = {}
    for words, wanted in ((select if select is not None else (ALL,), True), (extend_select, True), (ignore, False)):
        for word in words:
            specificity = _specificity(word, known)
            for rule in rules_of(word, known):
                if specificity >= chosen.get(rule.id, (-1, False))[0]:
                    chosen[rule.id] = (specificity, wanted)
    return tuple(rule for rule in known if _runs(rule, *chosen.get(rule.id, (-1, False)), preview))


def _specificity(word: str, known: Sequence[Rule]) -> int:
    """0 for ALL, the number of letters for a family, and more than any of them for a rule named in full."""
    wanted = word.strip()
    if find_rule(wanted, known) is not None:
        return NAMED_IN_FULL
    return 0 if wanted.upper() == ALL else len(wanted)


def _runs(rule: Rule, specificity: int, wanted: bool, preview: bool) -> bool:
    if specificity == NAMED_IN_FULL or rule.status is Status.STABLE:
        return wanted
    return wanted and rule.status is Status.PREVIEW and preview


def severities_of(table: Mapping[str, Severity], known: Sequence[Rule] = RULES) -> dict[str, Severity]:
    """The severities that a table of identifiers, families and names sets, by rule; longer words take precedence."""
    found: dict[str, Severity] = {}
    for word in sorted(table, key=lambda word: -len(rules_of(word, known))):
        found.update({rule.id: table[word] for rule in rules_of(word, known)})
    return found


def identifiers(rules: Iterable[Rule]) -> frozenset[str]:
    """The identifiers of rules."""
    return frozenset(rule.id for rule in rules)
