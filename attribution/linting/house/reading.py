"""Reads a newsroom's own rules from TOML files, and says what is wrong with them: file, line, and what is allowed.

Rules come from folders and files that the configuration names, and from installed packages, which name their module in
the group ``attrib.rules`` of entry points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attribution.lexicon import Lexicon
from attribution.linting.bibliography import Reference
from attribution.linting.house.check import PLACEHOLDER, HouseCheck
from attribution.linting.house.conditions import Condition, several
from attribution.linting.house.records import OF_ATTRIBUTION, OF_CLAIM, OF_HEDGE, WORD_CONDITIONS, HouseRule, RulesFile
from attribution.linting.house.wording import LIST_SIGN, Wording, spelled_out
from attribution.linting.rule import EVERYWHERE, Need, Rule, Status
from attribution.linting.rules import FAMILIES, RULES
from attribution.records import AttribError
from attribution.scoring import MARK_KINDS
from attribution.toml_tables import TableReader, check_top_level, listed, nearest, quoted, read_toml, tables_of

ENTRY_POINTS = "attrib.rules"
"""The group of entry points in which installed packages name the module that holds their rules."""

BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
"""Words of an example that a finding must be on."""

PLACEHOLDERS = ("words", "source", "cue", "claim", "hedge", "replacement")
_SOUGHT = ("tokens", "phrases", "substitution", "find")


class NoRulesError(AttribError):
    """A name that stands for no rules; the message does not tell where it is written."""


@dataclass(frozen=True)
class OwnRule:
    """A rule of a newsroom: as it is written, as lint runs it, and the file and line where it is."""

    record: HouseRule
    rule: Rule
    path: Path
    line: int


def load_own_rules(names: Iterable[str], folder: Path, lexicon: Lexicon) -> tuple[OwnRule, ...]:
    """The rules of folders, files (relative to ``folder``) and installed packages, in the order of their names here.

    ``lexicon`` holds the word lists that rules refer to. Raises AttribError with file and line for a rule that is not
    right, or whose identifier or name is taken.
    """
    found: dict[str, OwnRule] = {}
    for path in dict.fromkeys(_near(path) for name in names for path in rule_files(name, folder)):
        for reader, own in _read_file(path, lexicon):
            taken = next((other for other in found.values() if other.rule.name == own.rule.name), None)
            taken = found.get(own.rule.id, taken)
            if taken is not None:
                field = "id" if taken.rule.id == own.rule.id else "name"
                raise reader.error(field, f"{field} is that of a rule in {taken.path}:{taken.line}; give another")
            found[own.rule.id] = own
    return tuple(found.values())


def rule_files(name: str, folder: Path) -> tuple[Path, ...]:
    """The files of rules that a name stands for: a folder, a file, or an installed package; NoRulesError if none."""
    place = folder / name
    if place.is_file():
        return (place,)
    if place.is_dir():
        return _files_in(place)
    installed = {point.name: point for point in metadata.entry_points(group=ENTRY_POINTS)}
    if name in installed:
        module = installed[name].module
        try:
            return _files_in(Path(str(resources.files(module))))
        except ImportError as error:
            raise AttribError(f"{name}: its package cannot be imported ({error}); install it again") from error
    known = f"; installed are {listed(sorted(installed))}" if installed else ""
    raise NoRulesError(
        f"rules names {quoted(name)}, and there is no such folder or file, and no installed package of that name"
        f"{nearest(name, installed)}{known}; correct the name"
    )


def unmarked(example: str) -> str:
    """An example without the asterisks around the words that the rule must find."""
    return BOLD.sub(r"\1", example)


def _near(path: Path) -> Path:
    """The path as a user would write it: relative if it lies below the working folder."""
    place = path.absolute()
    return place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place


def _files_in(folder: Path) -> tuple[Path, ...]:
    files = tuple(sorted(folder.glob("*.toml")))
    if not files:
        raise AttribError(f"{folder}: holds no rules; write them in a file that ends in .toml")
    return files


def _read_file(path: Path, lexicon: Lexicon) -> Iterator[tuple[TableReader, OwnRule]]:
    text, table = read_toml(path)
    check_top_level(path, text, table, RulesFile.__struct_encode_fields__)
    whole = _Reader(path, text, 1, "", {key: value for key, value in table.items() if key != "rule"})
    whole.check_fields_of_file()
    if not table.get("rule"):
        raise AttribError(f"{path}:1: holds no rule; begin one with [[rule]]")
    publisher, link = table.get("publisher", path.absolute().parent.name), table.get("link")
    for number, (line, fields) in enumerate(tables_of(path, text, table, "rule"), 1):
        name = fields.get("id")
        label = f"rule {name}" if isinstance(name, str) and name else f"rule {number}"
        reader = _Reader(path, text, line, label, fields)
        record = reader.read(HouseRule)
        reader.check_rule(record, lexicon)
        yield reader, OwnRule(record, _rule(record, lexicon, path, publisher, link), path, line)


def _rule(record: HouseRule, lexicon: Lexicon, path: Path, publisher: str, link: str | None) -> Rule:
    wanted = (*record.tokens, *record.phrases, *record.substitution)
    wording = Wording(spelled_out(wanted, lexicon), record.by == "form") if wanted else None
    check = HouseCheck(record, wording, Condition(record.where, lexicon), Condition(record.unless, lexicon))
    address = record.link or link
    return Rule(
        id=record.id,
        name=record.name,
        summary=_sentence(PLACEHOLDER.sub("…", record.message)),
        rationale=record.why or PLACEHOLDER.sub("…", record.help),
        bad="\n\n".join(map(unmarked, record.bad)),
        good="\n\n".join(record.good),
        severity=record.severity,
        guidelines=(Reference(path.stem, publisher, record.name, address),) if address else (),
        needs=frozenset({Need.LEXICON} if record.find is None else {Need.SYNTAX}),
        status=Status(record.status),
        quotations=check.quotations,
        blocks=EVERYWHERE,
        example_format=record.format,
        origin=str(path),
        check=check,
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")


class _Reader(TableReader):
    """Converts the table of a rule, and checks what the types of its fields cannot tell."""

    patterns = MappingProxyType(
        {
            "^[A-Z]{2,12}[0-9]{1,4}$": "two capitals or more and a number, such as ECHO101",
            "^[a-z][a-z0-9]*(-[a-z0-9]+)+$": "small letters with a hyphen or more, such as insider-as-source",
            "^https?://[^ ]+$": "an address that begins with https://",
        }
    )

    def check_fields_of_file(self) -> None:
        """Check the fields at the top of a file."""
        types = {"publisher": "publisher", "link": "link"}
        for field in types:
            value = self.fields.get(field)
            if value is None:
                continue
            if not isinstance(value, str) or not value.strip():
                raise self.error(field, f"{field} has {quoted(value)}; give words in quotation marks")
            if field == "link" and not re.search("^https?://[^ ]+$", value):
                raise self.error(field, f"link has {quoted(value)}; give {self.patterns['^https?://[^ ]+$']}")

    def check_rule(self, record: HouseRule, lexicon: Lexicon) -> None:
        """Check a rule whose fields have the right types."""
        self._check_identity(record)
        self._check_sought(record)
        self._check_conditions(record)
        self._check_texts(record)
        self._check_lists(record, lexicon)

    def _check_identity(self, record: HouseRule) -> None:
        family = record.id.rstrip("0123456789")
        for own in FAMILIES:
            if family.startswith(own) or own.startswith(family):
                raise self.error(
                    "id",
                    f"id begins like the built-in family {own}; built-in are {listed(FAMILIES)}: take other letters",
                )
        if any(rule.name == record.name for rule in RULES):
            raise self.error("name", "name is that of a built-in rule; give another")

    def _check_sought(self, record: HouseRule) -> None:
        sought = [name for name in _SOUGHT if name in self.fields]
        if not sought:
            raise self.error(None, f"does not say what to find; give one of {listed(_SOUGHT, 'or')}")
        if len(sought) > 1 and sought != ["tokens", "phrases"]:
            raise self.error(sought[-1], f"has {listed(sought)}; keep one (tokens and phrases go together)")
        for word in record.tokens:
            if " " in word:
                raise self.error("tokens", f"tokens has {quoted(word)}; what has a space is one of phrases")
        for old, new in record.substitution.items():
            if old.startswith(LIST_SIGN):
                raise self.error("substitution", f"substitution has {quoted(old)}; write the words themselves")
            if old in several(new):
                raise self.error("substitution", f"substitution has {quoted(old)} for itself; write another word")
        if record.find is not None and "by" in self.fields:
            raise self.error("by", "by is about words, and find names none; take it out")
        if not record.substitution and "fix" in self.fields:
            raise self.error("fix", "fix is about a substitution; take it out")

    def _check_conditions(self, record: HouseRule) -> None:
        where, unless = self.fields.get("where", {}), self.fields.get("unless", {})
        if record.find is not None and not where and not unless and record.at_most is None:
            raise self.error("find", f"finds every {record.find}; add a condition, such as where.position")
        if record.find is not None:
            for table, conditions in (("where", where), ("unless", unless)):
                if "part" in conditions:
                    raise self.error(f"{table}.part", "part is about words to find, and find names none; take it out")
        known = [kind.name for kind in MARK_KINDS]
        for table, conditions in (("where", record.where), ("unless", record.unless)):
            for mark in several(conditions.exposure):
                if mark not in known:
                    message = f"exposure has {quoted(mark)}{nearest(mark, known)}; allowed are {listed(known)}"
                    raise self.error(f"{table}.exposure", message)

    def _check_texts(self, record: HouseRule) -> None:
        known = self._known_placeholders(record)
        for field in ("message", "help"):
            text = getattr(record, field)
            for place in PLACEHOLDER.findall(text):
                if place not in PLACEHOLDERS:
                    message = f"{field} has {{{place}}}{nearest(place, PLACEHOLDERS)}; allowed are {listed(known)}"
                    raise self.error(field, message)
                if place not in known:
                    raise self.error(field, f"{field} has {{{place}}}, {_UNKNOWN_THERE[place]}")
        if record.message.endswith("."):
            raise self.error("message", "message ends in a full stop; leave it out, the formats add it")
        if not record.help.endswith((".", "!", "?", ".”", ".)")):
            raise self.error("help", "help is not a sentence; end it with a full stop")
        if record.mark in ("source", "cue", "content") and "source" not in known:
            raise self.error("mark", f"mark is {quoted(record.mark)}, {_UNKNOWN_THERE['source']}")
        if record.mark == "claim" and "claim" not in known:
            raise self.error("mark", f"mark is {quoted(record.mark)}, {_UNKNOWN_THERE['claim']}")

    def _known_placeholders(self, record: HouseRule) -> list[str]:
        given = set(self.fields.get("where", {}))
        known = ["words"]
        if record.find == "attribution" or not given.isdisjoint(OF_ATTRIBUTION):
            known += ["source", "cue"]
        if record.find == "claim" or not given.isdisjoint(OF_CLAIM):
            known.append("claim")
        if record.find == "hedge" or not given.isdisjoint(OF_HEDGE):
            known.append("hedge")
        return [*known, "replacement"] if record.substitution else known

    def _check_lists(self, record: HouseRule, lexicon: Lexicon) -> None:
        fields: list[tuple[str, Sequence[Any]]] = [("tokens", record.tokens), ("phrases", record.phrases)]
        for table, conditions in (("where", record.where), ("unless", record.unless)):
            for name in WORD_CONDITIONS:
                fields.append((f"{table}.{name}", several(getattr(conditions, name.replace("-", "_")))))
        known = lexicon.word_lists_by_name
        for field, entries in fields:
            for entry in entries:
                name = entry.removeprefix(LIST_SIGN)
                if entry.startswith(LIST_SIGN) and name not in known:
                    message = f"{field} names the list {quoted(name)}{nearest(name, known)}; there is none of that name"
                    raise self.error(field, f"{message} in the lexicon")


_UNKNOWN_THERE = {
    "source": 'but nothing says of which attribution; write find = "attribution", or a condition such as where.source',
    "cue": 'but nothing says of which attribution; write find = "attribution", or a condition such as where.cue',
    "claim": 'but nothing says which claim; write find = "claim", or a condition such as where.voice',
    "hedge": 'but nothing says which hedge; write find = "hedge", or the condition where.hedge',
    "replacement": "but there is no substitution; write what to replace",
}
