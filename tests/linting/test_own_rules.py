"""A newsroom's own rules, declared in TOML: what they find, and what is said about a mistake in them."""

from __future__ import annotations

import importlib
import sys
from importlib import metadata
from pathlib import Path

import msgspec
import pytest
from own_rules import EXAMPLES, PACKAGES, own_rules, stored_analyses
from rule_cases import words

from attribution.ingest import read_text
from attribution.lexicon import Lexicon
from attribution.linting import RULES, lint
from attribution.linting.house import load_own_rules
from attribution.linting.house.examples import Example, examples_of, problems_in
from attribution.linting.house.reading import unmarked
from attribution.linting.house.records import Conditions
from attribution.linting.selection import rules_of, select_rules
from attribution.records import AttribError

LEXICON: Lexicon = words()[0]

RULE = """
[[rule]]
id = "ECHO101"
name = "insider-as-source"
message = "“{words}” tells nothing"
help = "Say what they do."
tokens = ["insider"]
bad = ["An insider left."]
good = ["The mayor left."]
"""


def example_name(example: Example) -> str:
    return f"{example.own.rule.id}-{example.kind}-{example.number}"


@pytest.mark.parametrize("example", examples_of(own_rules()), ids=example_name)
def test_examples(example: Example) -> None:
    assert [str(problem) for problem in problems_in([example], stored_analyses, LEXICON)] == []


def test_each_condition_is_part_of_an_example() -> None:
    given = {
        name
        for own in own_rules()
        for conditions in (own.record.where, own.record.unless)
        for name in Conditions.__struct_fields__
        if getattr(conditions, name) is not None
    }
    assert given == set(Conditions.__struct_fields__)


def test_example_packages_have_a_reason_and_a_link() -> None:
    for own in own_rules():
        if own.path.parent.name in PACKAGES:
            assert own.rule.guidelines[0].where.startswith("https://style.example.org/")
            assert own.rule.rationale


# --- Findings ---------------------------------------------------------------------------------------------------------


def finding(text: str, identifier: str):  # type: ignore[no-untyped-def]
    (own,) = [own for own in own_rules() if own.rule.id == identifier]
    (analysis,) = stored_analyses([read_text(text)])
    (found,) = lint(analysis, LEXICON, [own.rule])
    return found


def test_message_and_help_quote_the_draft() -> None:
    found = finding("The mayor claimed that the bridge was safe.", "AGENCY101")
    assert found.message == "“claimed” casts doubt on “The mayor”"
    assert found.help == "Write “said”; if there is reason to doubt it, tell the reason."
    assert (found.severity, found.name, found.text) == ("warning", "claimed-for-said", "claimed")
    assert found.attribution == "a1"


def test_substitution_gives_a_fix_in_the_form_of_the_words() -> None:
    found = finding("The mayor claimed that the bridge was safe.", "AGENCY101")
    (fix,) = found.fixes
    assert (fix.title, fix.applicability) == ("Write “said”", "safe")
    assert [(edit.text, edit.replacement, edit.start.column) for edit in fix.edits] == [("claimed", "said", 11)]


def test_several_replacements_are_suggestions() -> None:
    found = finding("Ada Quill refuted the claim that she had been told.", "CAST202")
    assert [(fix.title, fix.applicability) for fix in found.fixes] == [
        ("Write “denied”", "suggested"),
        ("Write “rejected”", "suggested"),
    ]
    assert found.help == "Write “denied or rejected” unless proof was given."


def test_an_article_that_no_longer_fits_is_changed_and_the_fix_only_suggested() -> None:
    (fix,) = finding("It was a contention of the union.", "SUBST203").fixes
    assert [(edit.text, edit.replacement) for edit in fix.edits] == [("a contention", "an argument")]
    assert fix.applicability == "suggested"


def test_capitals_are_kept() -> None:
    (fix,) = finding("Whilst it rained, they sang.", "SUBST202").fixes
    assert fix.edits[0].replacement == "While"


# --- Selecting --------------------------------------------------------------------------------------------------------


def test_own_rules_are_selected_like_built_in_ones() -> None:
    known = (*RULES, *(own.rule for own in own_rules()))
    assert [rule.id for rule in rules_of("claimed-for-said", known)] == ["AGENCY101"]
    assert [rule.id for rule in rules_of("AGENCY", known)] == [f"AGENCY10{number}" for number in range(1, 6)]
    chosen = [rule.id for rule in select_rules(["CAST", "SRC103"], ignore=["CAST203"], known=known)]
    assert chosen == ["SRC103", "CAST201", "CAST202", "CAST205", "CAST206"]
    assert "CAST204" in [rule.id for rule in select_rules(["CAST"], preview=True, known=known)]
    with pytest.raises(AttribError, match="did you mean AGENCY101"):
        rules_of("AGENCY1O1", known)


# --- Examples that are wrong ------------------------------------------------------------------------------------------


def test_an_example_that_does_not_show_what_it_should() -> None:
    (own,) = [own for own in own_rules() if own.rule.id == "AGENCY101"]
    bad, good = own.record.bad[0], own.record.good[0]
    record = msgspec.structs.replace(own.record, bad=(good, bad.replace("claimed", "bridge", 1)), good=(unmarked(bad),))
    wrong = type(own)(record, own.rule, own.path, own.line)
    drafts = {
        unmarked(text): stored_analyses([read_text(unmarked(text))])[0] for text in own.record.bad + own.record.good
    }
    record = msgspec.structs.replace(record, bad=(good, "The **mayor** claimed that the bridge was safe."))
    wrong = type(own)(record, own.rule, own.path, own.line)
    found = problems_in(
        examples_of([wrong]), lambda several: [drafts.get(draft.text, drafts[good]) for draft in several], LEXICON
    )
    assert [problem.message for problem in found] == [
        "has no finding",
        "has a finding on “claimed” instead of “mayor”",
        "has a finding on “claimed”",
    ]
    assert str(found[0]).startswith(f"{own.path}:")
    assert str(found[0]).endswith(f"rule AGENCY101: bad example 1 has no finding: {good}")


# --- Mistakes in a file -----------------------------------------------------------------------------------------------


def error(folder: Path, text: str) -> str:
    (folder / "house.toml").write_text(text, encoding="utf-8")
    with pytest.raises(AttribError) as raised:
        load_own_rules(["house.toml"], folder, LEXICON)
    return str(raised.value).removeprefix(f"{folder}/")


def changed(old: str, new: str) -> str:
    assert old in RULE
    return RULE.replace(old, new)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[rule]", "house.toml: is not valid TOML: "),
        ("", "house.toml:1: holds no rule; begin one with [[rule]]"),
        ("rules = 1", 'house.toml:1: unknown "rules" (did you mean "rule"?); allowed are publisher, link and rule'),
        (
            "link = 'style guide'\n" + RULE,
            'house.toml:1: link has "style guide"; give an address that begins with https://',
        ),
        (
            changed('id = "ECHO101"', 'id = "Echo 1"'),
            'house.toml:3: rule Echo 1: id has "Echo 1"; give two capitals or ',
        ),
        (changed("ECHO101", "SRC901"), "house.toml:3: rule SRC901: id begins like the built-in family SRC; "),
        (changed("ECHO101", "XY1"), "house.toml:3: rule XY1: id begins like the built-in family X; "),
        (
            changed("insider-as-source", "insider"),
            'house.toml:4: rule ECHO101: name has "insider"; give small letters ',
        ),
        (changed("insider-as-source", "bare-source"), "house.toml:4: rule ECHO101: name is that of a built-in rule; "),
        (changed('help = "Say what they do."', ""), "house.toml:2: rule ECHO101: lacks help; add it"),
        (changed("help =", "helps ="), 'house.toml:6: rule ECHO101: unknown field "helps" (did you mean "help"?); '),
        (changed("they do.", "they do"), "house.toml:6: rule ECHO101: help is not a sentence; end it with a full stop"),
        (changed("nothing", "nothing."), "house.toml:5: rule ECHO101: message ends in a full stop; leave it out"),
        (changed("{words}", "{word}"), 'house.toml:5: rule ECHO101: message has {word} (did you mean "words"?); '),
        (
            changed("{words}", "{source}"),
            "house.toml:5: rule ECHO101: message has {source}, but nothing says of which ",
        ),
        (
            changed("{words}", "{replacement}"),
            "house.toml:5: rule ECHO101: message has {replacement}, but there is no ",
        ),
        (changed('tokens = ["insider"]', ""), "house.toml:2: rule ECHO101: does not say what to find; give one of "),
        (changed('["insider"]', '"insider"'), 'house.toml:7: rule ECHO101: tokens is "insider"; write a list: '),
        (changed('["insider"]', "[]"), "house.toml:7: rule ECHO101: tokens is empty; give words in quotation marks"),
        (changed('"insider"]', '"insider", "insider"]'), 'house.toml:7: rule ECHO101: tokens has "insider" twice; '),
        (changed('"insider"]', '"the insider"]'), 'house.toml:7: rule ECHO101: tokens has "the insider"; what has a '),
        (changed('"insider"]', '"@insiders"]'), 'house.toml:7: rule ECHO101: tokens names the list "insiders"'),
        (
            changed("tokens = ", "find = 'claim'\ntokens = "),
            "house.toml:7: rule ECHO101: has tokens and find; keep one",
        ),
        (changed("tokens = ", "fix = 'safe'\ntokens = "), "house.toml:7: rule ECHO101: fix is about a substitution; "),
        (
            changed("tokens = ", "severity = 'eror'\ntokens = "),
            'house.toml:7: rule ECHO101: severity has "eror" (did you ',
        ),
        (
            changed("tokens = ", "at-most = 0\ntokens = "),
            "house.toml:7: rule ECHO101: at-most has 0; give a whole number ",
        ),
        (changed('tokens = ["insider"]', "find = 'claim'"), "house.toml:7: rule ECHO101: finds every claim; add a "),
        (
            changed('tokens = ["insider"]', "find = 'claim'\nwhere.voice = 'owned'"),
            'house.toml:8: rule ECHO101: where.voice has "owned" (did you mean "own"?); allowed are source, hearsay, ',
        ),
        (
            changed('tokens = ["insider"]', "find = 'claim'\nwhere.voices = 'own'"),
            'house.toml:8: rule ECHO101: unknown field "where.voices" (did you mean "voice"?); allowed are ',
        ),
        (
            changed('tokens = ["insider"]', "find = 'claim'") + "[rule.where]\nexposure = 'crimes'",
            'house.toml:11: rule ECHO101: exposure has "crimes" (did you mean "crime"?); allowed are crime, ',
        ),
        (
            changed('tokens = ["insider"]', "find = 'claim'\nwhere = { least-exposure = 4 }"),
            "house.toml:8: rule ECHO101: where.least-exposure has 4; give a whole number from 0 to 3",
        ),
        (
            changed('tokens = ["insider"]', "find = 'claim'\nwhere.voice = 'own'\nwhere.part = 'cue'"),
            "house.toml:9: rule ECHO101: part is about words to find, and find names none; take it out",
        ),
        (
            changed('tokens = ["insider"]', "find = 'claim'\nwhere.voice = 'own'\nmark = 'source'"),
            'house.toml:9: rule ECHO101: mark is "source", but nothing says of which attribution; write find = ',
        ),
        (
            changed('tokens = ["insider"]', "find = 'claim'\nwhere.voice = 'own'\nby = 'form'"),
            "house.toml:9: rule ECHO101: by is about words, and find names none; take it out",
        ),
        (
            changed('tokens = ["insider"]', "substitution = { claim = 'claim' }"),
            'house.toml:7: rule ECHO101: substitution has "claim" for itself; write another word',
        ),
        (
            changed('tokens = ["insider"]', "substitution = { claim = 1 }"),
            "house.toml:7: rule ECHO101: substitution.claim has 1; give words in quotation marks",
        ),
        (RULE + RULE, "house.toml:12: rule ECHO101: id is that of a rule in "),
        (RULE + RULE.replace("ECHO101", "ECHO102"), "house.toml:13: rule ECHO102: name is that of a rule in "),
    ],
    ids=lambda value: value[:60] if value.startswith("house.toml") else "",
)
def test_mistakes_are_told_with_file_line_and_what_is_allowed(tmp_path: Path, text: str, message: str) -> None:
    assert error(tmp_path, text).startswith(message)


# --- Folders and packages ---------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AttribError, match="and there is no such folder or file, and no installed package"):
        load_own_rules(["house"], tmp_path, LEXICON)
    (tmp_path / "house").mkdir()
    with pytest.raises(AttribError, match="holds no rules; write them in a file"):
        load_own_rules(["house"], tmp_path, LEXICON)


def test_folders_are_relative_to_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "one.toml").write_text(RULE, encoding="utf-8")
    (own,) = load_own_rules(["house"], tmp_path, LEXICON)
    assert own.rule.id == "ECHO101"
    assert own.line == 2
    assert own.rule.guidelines == ()


def test_rules_of_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "echo_house"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "rules.toml").write_text(RULE, encoding="utf-8")
    information = tmp_path / "echo_house-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: echo-house\nVersion: 1.0\n", encoding="utf-8")
    (information / "entry_points.txt").write_text("[attrib.rules]\necho = echo_house\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    monkeypatch.delitem(sys.modules, "echo_house", raising=False)
    assert "echo" in metadata.entry_points(group="attrib.rules").names
    (own,) = load_own_rules(["echo"], EXAMPLES, LEXICON)
    assert own.rule.id == "ECHO101"
    with pytest.raises(AttribError, match='did you mean "echo"'):
        load_own_rules(["ecko"], EXAMPLES, LEXICON)
