"""Own rules, fixes and templates on the command line, in a small newsroom; parses are stored."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from own_rules import EXAMPLES, ROOM, StoredParser

from attribution import parsing
from attribution.cli import watching
from attribution.cli.main import attrib
from attribution.records import AttribError

FIRST = "drafts/talks.md:3:11: warning AGENCY101 “claimed” casts doubt on “Ada Quill”"


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsroom with a folder of rules as working directory."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(parsing, "load_parser", lambda model=None: StoredParser())
    folder = tmp_path / "room"
    for name, (before, _) in ROOM.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(before, encoding="utf-8")
    shutil.copytree(EXAMPLES / "agency", folder / "house")
    (folder / ".attrib.toml").write_text('rules = ["house/"]\nselect = ["AGENCY"]\n', encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str, data: bytes | None = None) -> Result:
    return CliRunner().invoke(attrib, arguments, input=data)


def found(*arguments: str) -> list[str]:
    result = run("lint", *arguments, "-f", "line")
    assert result.stderr == ""
    return result.stdout.splitlines()


def put(path: str, text: str) -> None:
    Path(path).write_text(text, encoding="utf-8")


# --- Own rules --------------------------------------------------------------------------------------------------------


def test_own_rules_are_run() -> None:
    assert found(".") == [FIRST]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--ignore", "AGENCY101"),
        ("--ignore", "claimed-for-said"),
        ("--ignore", "AGENCY1"),
        ("--isolated", "--select", "SRC"),
    ],
)
def test_own_rules_are_ignored(arguments: tuple[str, ...]) -> None:
    assert found(".", *arguments) == []


def test_severities_of_own_rules() -> None:
    put(".attrib.toml", 'rules = ["house"]\nselect = ["AGENCY"]\nseverities = { claimed-for-said = "error" }\n')
    assert found(".") == [FIRST.replace("warning", "error")]


def test_rules_named_on_the_command_line() -> None:
    assert found("--isolated", "--rules", "house/attribution.toml", "--select", "AGENCY", ".") == [FIRST]


def test_a_word_that_names_no_rule_is_told_with_the_nearest_one() -> None:
    put(".attrib.toml", 'rules = ["house"]\nignore = ["claimed-for-sad"]\n')
    result = run("lint", ".")
    assert result.exit_code == 2
    assert result.stderr == (
        "attrib: .attrib.toml:2: claimed-for-sad: is not a rule, a family or a rule's name; "
        "did you mean claimed-for-said?\n"
    )


def test_rules_that_are_not_there() -> None:
    put(".attrib.toml", 'rules = ["hous"]\n')
    result = run("lint", ".")
    assert result.exit_code == 2
    assert result.stderr == (
        'attrib: .attrib.toml: rules names "hous", and there is no such folder or file, and no installed package of '
        "that name; correct the name\n"
    )


def test_rules_of_an_extended_configuration() -> None:
    put("drafts/.attrib.toml", 'extend = "../.attrib.toml"\nignore = ["AGENCY103"]\n')
    assert found("drafts") == [FIRST]
    put("drafts/.attrib.toml", 'extend = "../.attrib.toml"\nignore = ["AGENCY101"]\n')
    assert found("drafts") == []


def test_own_rules_are_suppressed_by_a_comment() -> None:
    text = ROOM["drafts/talks.md"][0].replace("\n\nAda", "\n\n<!-- attrib: ignore[AGENCY101] on trial -->\n\nAda")
    put("drafts/talks.md", text)
    assert found(".", "--extend-select", "SUP") == []
    counts = json.loads(run("lint", ".", "-f", "json").stdout)["summary"]
    assert (counts["findings"], counts["suppressed"]) == (0, 1)


def test_own_rules_are_suppressed_beside_the_draft() -> None:
    entry = (
        '[[ignore]]\nfile = "drafts/talks.md"\nrule = "claimed-for-said"\nwords = "Ada Quill claimed"\nreason = "x"\n'
    )
    put(".attrib-ignore.toml", entry)
    assert found(".", "--extend-select", "SUP") == []


def test_own_rules_are_kept_in_a_baseline() -> None:
    assert run("lint", ".", "--baseline", "base.json", "--update-baseline").exit_code == 0
    assert found(".", "--baseline", "base.json") == []


@pytest.mark.parametrize("form", ["concise", "full", "line", "json", "jsonl", "github", "gitlab", "sarif", "junit"])
def test_own_rules_are_in_every_format(form: str) -> None:
    output = run("lint", ".", "-f", form).stdout
    assert "AGENCY101" in output
    assert "casts doubt on" in output


def test_sarif_describes_own_rules() -> None:
    (described,) = json.loads(run("lint", ".", "-f", "sarif").stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert described["id"] == "AGENCY101"
    assert described["name"] == "ClaimedForSaid"


def test_several_processes_find_the_same() -> None:
    found(".")  # fills the cache, so that no other process needs a parser
    assert found(".", "--jobs", "2") == [FIRST]


def test_explaining_and_listing() -> None:
    explained = run("explain", "AGENCY101").stdout
    assert explained.startswith("AGENCY101 claimed-for-said\nwarning, stable; judges the paper's own words\n")
    assert explained.count("https://style.example.org/agency/attribution") == 1
    assert "house/attribution.toml" in explained
    assert "AGENCY105" in run("rules").stdout.splitlines()[-1]
    assert json.loads(run("explain", "AGENCY101", "-f", "json").stdout)[0]["family"] == "AGENCY"
    assert run("explain", "AGENCY101", "--isolated").exit_code == 2


def test_rules_are_tested_on_their_examples() -> None:
    result = run("rules", "test")
    assert result.stdout == "17 examples of 5 rules: all are as they should be.\n"
    assert result.exit_code == 0
    rules = Path("house/attribution.toml").read_text(encoding="utf-8")
    put("house/attribution.toml", rules.replace('good = ["The mill will reportedly close', 'bad = ["x"]\ngood = ["x'))
    assert run("rules", "test").exit_code == 2
    put("house/attribution.toml", rules.replace("at-most = 1", "at-most = 2"))
    result = run("rules", "test", "house")
    assert result.exit_code == 1
    assert result.stdout.endswith(
        "rule AGENCY105: bad example 1 has no finding: The mill will reportedly close in May. Forty jobs will …\n"
        "17 examples of 5 rules: 1 is not as it should be.\n"
    )


def test_no_rules_to_test() -> None:
    put(".attrib.toml", "")
    result = run("rules", "test")
    assert result.exit_code == 2
    assert result.stderr == (
        "attrib: there are no rules to test; name a folder, or give rules in .attrib.toml; "
        "see attrib rules test --help\n"
    )


# --- Options by path, and what is not judged --------------------------------------------------------------------------


def test_ignored_blocks_and_patterns() -> None:
    put(".attrib.toml", 'rules = ["house"]\nselect = ["AGENCY"]\nignore-patterns = ["claimed that"]\n')
    assert found(".") == []
    put(".attrib.toml", 'rules = ["house"]\nselect = ["AGENCY"]\nignore-blocks = ["paragraph"]\n')
    assert found(".") == []
    put(".attrib.toml", 'rules = ["house"]\nselect = ["AGENCY"]\nignore-blocks = ["headline"]\n')
    assert found(".") == [FIRST]


def test_thresholds_by_path() -> None:
    put(".attrib.toml", '[per-file-thresholds]\n"drafts/talks.md" = { maximum-places = 0 }\n')
    shown = run("lint", "--show-config", "drafts/talks.md").stdout
    assert tomllib.loads(shown)["per-file-thresholds"] == {"drafts/talks.md": {"maximum-places": 0}}


# --- Fixes ------------------------------------------------------------------------------------------------------------

ALL_FIXES = "--select=AGENCY,QUO004,X002,HDG301"


def test_fixes_are_shown_and_nothing_is_written() -> None:
    result = run("lint", ".", ALL_FIXES, "--fix", "--dry-run")
    assert result.exit_code == 1
    assert result.stderr == "attrib: would mend 4 findings in 2 drafts\n"
    assert [line for line in result.stdout.splitlines() if line.startswith("+")] == [
        "+++ drafts/lock.txt",
        "+“We heard a crack,” Ida Marr said. The lock may open in May.",
        "+++ drafts/talks.md",
        "+Ada Quill said that nobody was to blame.",
    ]
    assert all(Path(name).read_text(encoding="utf-8") == before for name, (before, _) in ROOM.items())


def test_fixes_are_made_and_what_is_left_is_reported() -> None:
    result = run("lint", ".", ALL_FIXES, "--fix")
    assert (result.exit_code, result.stderr) == (0, "attrib: mended 4 findings in 2 drafts\n")
    assert result.stdout == "No findings in 2 drafts.\n"
    assert all(Path(name).read_text(encoding="utf-8") == after for name, (_, after) in ROOM.items())
    result = run("lint", ".", ALL_FIXES, "--fix", "--dry-run")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_draft_on_standard_input_comes_back_fixed() -> None:
    before, after = ROOM["drafts/talks.md"]
    result = run("lint", "-", "--stdin-filename", "drafts/talks.md", "--fix", data=before.encode())
    assert (result.exit_code, result.stdout) == (0, after)
    result = run("lint", "-", "drafts/talks.md", "--fix", data=before.encode())
    assert result.exit_code == 2


def test_suppressed_findings_are_not_fixed() -> None:
    entry = '[[ignore]]\nfile = "drafts/*"\nrule = "AGENCY101"\nwords = "Ada Quill claimed"\nreason = "x"\n'
    put(".attrib-ignore.toml", entry)
    assert run("lint", ".", "--fix", "--dry-run").stdout == ""


def test_a_newsroom_decides_what_is_safe() -> None:
    put(".attrib.toml", 'rules = ["house"]\nselect = ["AGENCY"]\nextend-unsafe-fixes = ["AGENCY101"]\n')
    assert run("lint", ".", "--fix", "--dry-run").stdout == ""
    assert "+Ada Quill said" in run("lint", ".", "--fix", "--unsafe-fixes", "--dry-run").stdout


@pytest.mark.parametrize("option", ["--unsafe-fixes", "--dry-run"])
def test_options_of_fixes_need_fix(option: str) -> None:
    result = run("lint", ".", option)
    assert (result.exit_code, result.stderr) == (2, f"attrib: {option} goes with --fix; see attrib lint --help\n")


def test_concise_marks_what_can_be_fixed() -> None:
    output = run("lint", ".").stdout.splitlines()
    assert output == [
        "drafts/talks.md:3:11: warning AGENCY101 [*] “claimed” casts doubt on “Ada Quill”",
        "1 finding in 2 drafts: 1 warning.",
        "[*] 1 can be mended with --fix.",
        "attrib explain AGENCY101 tells what a rule means; -f full shows the lines and the remedies.",
    ]


def test_fixes_are_in_sarif_and_rdjson() -> None:
    (result,) = json.loads(run("lint", ".", "-f", "sarif").stdout)["runs"][0]["results"]
    (fix,) = result["fixes"]
    assert fix["description"]["text"] == "Write “said”"
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "said"}
    assert replacement["deletedRegion"] == {"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 18}
    (diagnostic,) = json.loads(run("lint", ".", "-f", "rdjson").stdout)["diagnostics"]
    place = {"start": {"line": 3, "column": 11}, "end": {"line": 3, "column": 18}}
    assert diagnostic["suggestions"] == [{"range": place, "text": "said"}]


# --- Templates --------------------------------------------------------------------------------------------------------


def test_a_template_sees_the_json_and_the_rules() -> None:
    put(
        "desk.md.jinja",
        "{% for finding in findings %}\n"
        "* {{ finding.path }}, line {{ finding.start.line }}: {{ finding.message }} ({{ rules[finding.rule].name }})\n"
        "{% endfor %}\n{{ summary.findings }} of {{ tool.name }}\n",
    )
    result = run("lint", ".", "-f", "template", "--template", "desk.md.jinja")
    assert result.stdout == (
        "* drafts/talks.md, line 3: “claimed” casts doubt on “Ada Quill” (claimed-for-said)\n1 of attrib\n"
    )
    assert result.exit_code == 1


def test_a_template_of_markup_is_escaped() -> None:
    put("desk.html", "<p>{{ '<' + findings[0].rule }}</p>")
    assert run("lint", ".", "-f", "template", "--template", "desk.html").stdout == "<p>&lt;AGENCY101</p>"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("a\n{% for %}", "desk.tmpl:2: "),
        ("a\n{{ finding.rule }}", "desk.tmpl:2: 'finding' is undefined; the template has schema_version, tool, "),
        ("{{ ''.__class__.__mro__ }}", "desk.tmpl:1: access to attribute '__class__' of 'str' object is unsafe"),
        ("{% include '/etc/passwd' %}", "desk.tmpl:1: /etc/passwd"),
        ("\n\n{{ 1 / 0 }}", "desk.tmpl:3: division by zero"),
    ],
)
def test_mistakes_in_a_template(template: str, message: str) -> None:
    put("desk.tmpl", template)
    result = run("lint", ".", "-f", "template", "--template", "desk.tmpl")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"attrib: {message}")
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [("-f", "template"), ("--template", "desk.tmpl")])
def test_template_and_its_format_go_together(arguments: tuple[str, ...]) -> None:
    result = run("lint", ".", *arguments)
    assert (result.exit_code, result.stderr) == (
        2,
        "attrib: -f template and --template FILE go together; see attrib lint --help\n",
    )


# --- Watching ---------------------------------------------------------------------------------------------------------


def test_drafts_are_checked_again_after_each_change(monkeypatch: pytest.MonkeyPatch) -> None:
    def changes(folders: list[Path]) -> Iterator[None]:
        assert folders == [Path.cwd()]
        put("drafts/talks.md", ROOM["drafts/talks.md"][1])
        yield
        put(".attrib.toml", "selects = []")
        yield
        put(".attrib.toml", 'rules = ["house"]\nselect = ["AGENCY"]\n')
        put("drafts/talks.md", ROOM["drafts/talks.md"][0])
        yield

    monkeypatch.setattr(watching, "changes_near", changes)
    result = run("lint", "drafts", "--watch", "-f", "line")
    assert result.stdout.splitlines() == [FIRST, FIRST]
    assert result.stderr.splitlines() == [
        "attrib: waits for changes; Ctrl-C ends it",
        'attrib: .attrib.toml:1: there is no key "selects"; did you mean "select"?',
    ]
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.md", True),
        ("a.txt", True),
        (".attrib.toml", True),
        ("house/verbs.toml", True),
        ("a.conllu", True),
        ("base.json", False),
        (".#a.md", False),
        ("~a.txt", False),
    ],
)
def test_watched_files(name: str, expected: bool) -> None:
    assert watching.is_watched(Path(name)) is expected


def test_watching_needs_files() -> None:
    assert run("lint", "-", "--watch", data=b"x").exit_code == 2


def test_watching_needs_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(AttribError, match="pip install"):
        next(watching.changes_near([Path.cwd()]))


# --- Schemas for editors ----------------------------------------------------------------------------------------------


def schema(name: str) -> jsonschema.Draft202012Validator:
    content = json.loads(run("schema", name).stdout)
    jsonschema.Draft202012Validator.check_schema(content)
    return jsonschema.Draft202012Validator(content)


def test_schema_of_rules() -> None:
    for path in (*EXAMPLES.glob("*/*.toml"), Path(__file__).parent / "own" / "conditions.toml"):
        schema("rules").validate(tomllib.loads(path.read_text(encoding="utf-8")))
    wrong = {"rule": [{"id": "A1", "name": "b", "massage": "c"}]}
    assert len(list(schema("rules").iter_errors(wrong))) >= 3


def test_schema_of_the_configuration() -> None:
    shown = run("lint", "--show-config", "drafts").stdout
    schema("config").validate(tomllib.loads(shown))
    for wrong in ({"selects": []}, {"thresholds": {"minimum-source": 1}}, {"ignore-blocks": ["captions"]}):
        assert list(schema("config").iter_errors(wrong))


# --- The other commands -----------------------------------------------------------------------------------------------


def test_the_report_has_findings_of_own_rules() -> None:
    page = run("report", "drafts/talks.md", "-f", "html").stdout
    assert "AGENCY101" in page
    assert "casts doubt on" in page
