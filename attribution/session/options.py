"""What the user of a session asks for; it goes before the configuration of the files."""

from __future__ import annotations

from dataclasses import dataclass

AUTO = 0
"""As many processes as pay off."""

STDIN = "-"
"""The name of a draft that comes on standard input."""

UNNAMED = "<stdin>"
"""The name that such a draft is given if the user gives none."""


@dataclass(frozen=True)
class RuleOptions:
    """What is checked; None and nothing leave it to the configuration.

    ``select`` replaces the configured rules, ``extend_select`` and ``ignore`` add to them; they hold identifiers,
    families and names of rules. ``severity`` and ``fail_on`` are words of the configuration, ``thresholds`` pairs of a
    name and a limit. ``baseline`` is a path.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool | None = None
    severity: str | None = None
    fail_on: str | None = None
    baseline: str | None = None
    thresholds: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Options:
    """How drafts are read.

    ``config`` is the only configuration file to use, ``isolated`` uses none; otherwise the nearest one above a draft
    holds. ``model`` is as for ``parsing.load_parser``. ``lexicons`` (folders of words), ``own_rules`` (folders, files
    and packages of rules), ``own_outlets`` and ``ignored_marks`` are added to those of the configuration.
    ``whole_page`` reads all of a web page instead of its article. ``force_exclude`` excludes files that are named as
    well. ``force`` reads drafts that do not look like English.
    ``stdin_filename`` names a draft on standard input. ``caching`` uses and fills the cache of analyses. ``jobs`` is a
    number of processes, or ``AUTO``. ``one_by_one`` parses drafts singly, to time them.
    """

    config: str | None = None
    isolated: bool = False
    model: str | None = None
    lexicons: tuple[str, ...] = ()
    own_rules: tuple[str, ...] = ()
    own_outlets: tuple[str, ...] = ()
    ignored_marks: tuple[str, ...] = ()
    force_exclude: bool = False
    force: bool = False
    whole_page: bool = False
    stdin_filename: str = UNNAMED
    caching: bool = True
    jobs: int = AUTO
    one_by_one: bool = False
    rules: RuleOptions = RuleOptions()
