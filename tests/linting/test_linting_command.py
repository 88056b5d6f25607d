"""``attrib lint`` on the example newsroom: every option works. Analyses come from the cache, so no model is loaded."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import msgspec
import pytest
from click.testing import CliRunner, Result
from newsroom import keep_analyses, open_newsroom

from attribution import reporting
from attribution.cli.main import attrib
from attribution.linting import RULES
from attribution.linting.rule import Status
from attribution.resources import cache_folder
from attribution.session import configuration
from attribution.session.cache import Cache

SCHEMA = json.loads((Path(reporting.__file__).parent / "schema" / "lint-1.0.json").read_text(encoding="utf-8"))
STATISTICS_SCHEMA = json.loads(
    (Path(reporting.__file__).parent / "schema" / "lint-statistics-1.0.json").read_text(encoding="utf-8")
)
SELECTED = "--select=SRC103,SRC104,SRC105,HDG303,SUP"
EXPECTED = [
    "drafts/ferry.html:6:24: warning HDG303 “reportedly” does not say who says so",
    "drafts/strike.txt:3:14: error SRC105 “media reports” is not a source a reader can judge",
    "wire/match.txt:1:48: info HDG303 “reportedly” does not say who says so",
]


@pytest.fixture(autouse=True)
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the newsroom as working directory, and a cache with the analyses of its drafts."""
    return open_newsroom(tmp_path, monkeypatch)


def run(*arguments: str, data: bytes | None = None) -> Result:
    return CliRunner().invoke(attrib, ["lint", *arguments], input=data)


def lines(*arguments: str, code: int = 1) -> list[str]:
    result = run(*arguments, "-f", "line")
    assert result.exit_code == code, result.output
    assert result.stderr == ""
    return result.stdout.splitlines()


def rules_found(*arguments: str) -> list[str]:
    return [line.split(": ")[1].split()[1] for line in run(*arguments, "-f", "line").stdout.splitlines()]


def change(path: str, old: str, new: str) -> None:
    file = Path(path)
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new).encode())
    keep_analyses(Path.cwd())


# --- What is found, and exit codes ------------------------------------------------------------------------------------


def test_newsroom() -> None:
    assert lines(".", SELECTED) == EXPECTED


def test_clean_article_has_no_finding() -> None:
    result = run("wire/clean.txt")
    assert result.exit_code == 0
    assert result.stdout == "No findings in 1 draft.\n"


def test_a_draft_that_is_named_is_read_though_excluded() -> None:
    assert lines("drafts/unfinished-fire.txt", SELECTED) == [
        "drafts/unfinished-fire.txt:1:1: error SRC103 “Sources” tells a reader nothing about who speaks"
    ]


def test_unreadable_file_is_named_and_the_others_are_reported() -> None:
    result = run("nowhere.txt", "drafts/strike.txt", SELECTED, "-f", "line")
    assert result.exit_code == 2
    assert result.stdout.splitlines() == [EXPECTED[1]]
    assert result.stderr == "attrib: nowhere.txt: there is no such file; check the name\n"


def test_no_readable_draft_leaves_standard_output_empty() -> None:
    result = run("nowhere.txt")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert json.loads(run("nowhere.txt", "-f", "json").stdout)["files"] == []


def test_unread_drafts_are_in_the_formats_for_programs() -> None:
    Path("empty.txt").write_bytes(b"")
    named = ("nowhere.txt", "empty.txt", "drafts/strike.txt", SELECTED)
    result = run(*named, "-f", "json")
    assert result.exit_code == 2
    jsonschema.validate(json.loads(result.stdout), SCHEMA)
    assert json.loads(result.stdout)["unread"] == [
        {"path": "nowhere.txt", "error": "there is no such file; check the name"},
        {"path": "empty.txt", "error": "is empty; give a text to read"},
    ]
    (log,) = json.loads(run(*named, "-f", "sarif").stdout)["runs"]
    (invocation,) = log["invocations"]
    assert not invocation["executionSuccessful"]
    assert len(invocation["toolExecutionNotifications"]) == 2
    assert ElementTree.fromstring(run(*named, "-f", "junit").stdout).get("errors") == "2"
    assert "1 finding in 1 draft: 1 error (1 suppressed); 2 drafts could not be read." in run(*named).stdout
    assert run("-f", "github", "--stdin-filename", "desk.txt", data=b"").stdout.startswith("::error file=desk.txt,")


@pytest.mark.parametrize(
    ("level", "code"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)], ids=lambda value: str(value)
)
def test_fail_on(level: str, code: int) -> None:
    assert run(".", SELECTED, "--fail-on", level).exit_code == code


def test_fail_on_looks_at_the_heaviest_finding() -> None:
    assert run("wire/match.txt", SELECTED, "--fail-on", "warning").exit_code == 0
    assert run("wire/match.txt", SELECTED, "--fail-on", "info").exit_code == 1
    assert run("drafts/ferry.html", SELECTED, "--fail-on", "error").exit_code == 0


def test_exit_zero() -> None:
    assert lines(".", SELECTED, "--exit-zero", code=0) == EXPECTED
    assert run("nowhere.txt", "--exit-zero").exit_code == 2


# --- Which rules ------------------------------------------------------------------------------------------------------


def test_select_by_identifier_family_and_name() -> None:
    assert rules_found(".", "--select", "SRC105") == ["SRC105"]
    assert rules_found(".", "--select", "HDG") == ["HDG303", "HDG303"]
    assert rules_found(".", "--select", "media-reports-as-source,HDG303") == ["HDG303", "SRC105", "HDG303"]


def test_ignore_and_extend_select() -> None:
    assert rules_found(".", SELECTED, "--ignore", "HDG303") == ["SRC105"]
    assert "SRC105" not in rules_found(".", "--ignore", "SRC1")
    assert rules_found(".", "--select", "SRC105", "--extend-select", "HDG303") == ["HDG303", "SRC105", "HDG303"]
    assert rules_found(".", "--select", "SRC105", "--ignore", "ALL") == ["SRC105"]


def test_unknown_rule_is_reported_with_the_nearest() -> None:
    result = run(".", "--select", "media-report-as-source")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "attrib: media-report-as-source: is not a rule, a family or a rule's name;"
        " did you mean media-reports-as-source?\n"
    )


def test_severity() -> None:
    assert lines(".", SELECTED, "--severity", "error") == [EXPECTED[1]]
    assert lines(".", SELECTED, "--severity", "warning") == EXPECTED[:2]


def test_preview(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = tuple(
        msgspec.structs.replace(rule, status=Status.PREVIEW) if rule.id == "SRC105" else rule for rule in RULES
    )
    monkeypatch.setattr(configuration, "RULES", tried)
    assert rules_found("drafts/strike.txt", "--select", "SRC,HDG303", "--ignore", "SRC109") == []
    assert "SRC105" in rules_found("drafts/strike.txt", "--select", "SRC,HDG303", "--preview")


def test_minimum_sourcing() -> None:
    found = lines("drafts/strike.txt", "--select", "LIM", "--min-sourcing", "0.9")
    assert len(found) == 1
    assert "LIM701" in found[0]
    assert found[0].endswith("the claims of others are supported 0.33 on average, below the minimum of 0.90")
    assert lines("drafts/strike.txt", "--select", "LIM", code=0) == []


def test_maximum_places() -> None:
    found = lines("drafts/unfinished-fire.txt", "--select", "LIM", "--max-places", "0")
    assert [line.split(": ")[1].split()[1] for line in found] == ["LIM703"]
    assert found[0].endswith("1 place needs a source, a better one or a speaker, more than the maximum of 0")
    assert lines("drafts/unfinished-fire.txt", "--select", "LIM", "--max-places", "1", code=0) == []
    assert lines("drafts/unfinished-fire.txt", "--select", "LIM", code=0) == []


def test_limits_of_options_go_before_those_of_the_configuration() -> None:
    with Path(".attrib.toml").open("a", encoding="utf-8") as configuration:
        configuration.write("maximum-places = 0\nmaximum-hearsay = 0.5\n")
    assert rules_found("drafts/unfinished-fire.txt", "--select", "LIM") == ["LIM702", "LIM703"]
    assert rules_found("drafts/unfinished-fire.txt", "--select", "LIM", "--max-places", "2") == ["LIM702"]


def test_marks_that_are_ignored_make_no_places() -> None:
    keep_analyses(Path.cwd(), ignored_marks=("unknown-culprit",))
    limited = ("drafts/unfinished-fire.txt", "--select", "LIM", "--max-places", "0")
    assert rules_found(*limited) == ["LIM703"]
    assert lines(*limited, "--ignore-mark", "unknown-culprit", code=0) == []
    change(".attrib.toml", "fail-on", 'ignore-marks = ["unknown-culprit"]\nfail-on')
    assert lines(*limited, code=0) == []


def test_an_ignored_mark_that_is_none() -> None:
    result = run("drafts/strike.txt", "--ignore-mark", "culprit")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("attrib: culprit: is no mark of exposure")


def test_json_tells_the_support_that_the_minimum_is_for() -> None:
    files = json.loads(run("drafts/strike.txt", "wire/clean.txt", "-f", "json").stdout)["files"]
    assert [file["support"] for file in files] == [0.33, 0.85]


# --- Input ------------------------------------------------------------------------------------------------------------


def test_standard_input_takes_name_format_and_configuration_from_stdin_filename() -> None:
    data = Path("wire/match.txt").read_bytes()
    result = run("-", SELECTED, "-f", "line", "--stdin-filename", "wire/match.txt", data=data)
    assert result.stdout.splitlines() == [EXPECTED[2]]
    result = run("-", SELECTED, "-f", "line", "--stdin-filename", "drafts/match.txt", data=data)
    assert result.stdout.startswith("drafts/match.txt:1:48: warning HDG303")


def test_own_outlet_and_lexicon_change_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_analyses(Path.cwd(), ("Valley Echo", "Other Echo"))
    result = run("wire/match.txt", SELECTED, "--own-outlet", "Other Echo", "--show-config")
    assert 'own-outlets = ["Valley Echo", "Other Echo"]' in result.stdout
    words = Path("words")
    words.mkdir()
    (words / "cue-verbs.toml").write_text("[[entry]]\nlema = 'aver'\n", encoding="utf-8")
    result = run("wire/match.txt", "--lexicon", "words")
    assert result.exit_code == 2
    assert "words/cue-verbs.toml:2" in result.stderr


def test_not_english() -> None:
    Path("french.txt").write_text("Le maire a dit que le pont est fermé depuis lundi matin.\n" * 3, encoding="utf-8")
    result = run("french.txt")
    assert result.exit_code == 2
    assert "--force" in result.stderr or "English" in result.stderr


def test_nothing_named_on_a_terminal_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    result = subprocess.run(
        [sys.executable, "-c", "from attribution.cli.main import main; main()", "lint", "--config", "a", "--isolated"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert result.stderr == "attrib: --config and --isolated exclude each other; see attrib lint --help\n"


# --- Output -----------------------------------------------------------------------------------------------------------


def test_full_text() -> None:
    result = run("drafts/strike.txt", SELECTED, "-f", "full")
    assert result.exit_code == 1
    assert result.stdout == (
        "drafts/strike.txt ──────────────────────────────────────────────────────────────\n"
        "3:14 error SRC105 media-reports-as-source\n"
        "3 | According to media reports, the owner has left the town.\n"
        "  |              ^^^^^^^^^^^^^\n"
        "  = “media reports” is not a source a reader can judge\n"
        "  = help: Name the outlet that reported it, and link to its report where you\n"
        "    can.\n"
        "\n"
        "1 finding in 1 draft: 1 error (1 suppressed).\n"
        "attrib explain SRC105 tells what a rule means.\n"
        "https://docs.test/rules/SRC105/\n"
    )


def test_one_line_for_each_finding_unless_asked_for_more() -> None:
    assert run(".", SELECTED).stdout.splitlines() == [
        *EXPECTED,
        "3 findings in 6 drafts: 1 error, 1 warning, 1 info (3 suppressed).",
        "attrib explain HDG303 tells what a rule means; -f full shows the lines and the remedies.",
    ]


def test_colour_and_width() -> None:
    plain = run("drafts/strike.txt", SELECTED, "--color", "never").stdout
    assert "\x1b[" not in plain
    assert "\x1b[" in run("drafts/strike.txt", SELECTED, "--color", "always").stdout
    narrow = run("drafts/strike.txt", SELECTED, "-f", "full", "--width", "40").stdout
    assert max(map(len, narrow.splitlines())) <= 40


def test_json_keeps_its_schema() -> None:
    result = run(".", SELECTED, "-f", "json")
    jsonschema.validate(json.loads(result.stdout), SCHEMA)
    report = json.loads(result.stdout)
    severities = {"error": 1, "warning": 1, "info": 1}
    assert report["summary"] == {"files": 6, "findings": 3, **severities, "suppressed": 3, "unread": 0}
    text = Path("drafts/strike.txt").read_text(encoding="utf-8")
    found = report["findings"][1]
    assert text[found["start"]["offset"] : found["end"]["offset"]] == found["text"] == "media reports"


def test_json_lines() -> None:
    found = [json.loads(line) for line in run(".", SELECTED, "-f", "jsonl").stdout.splitlines()]
    assert [finding["rule"] for finding in found] == ["HDG303", "SRC105", "HDG303"]


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif", "rdjson"])
def test_formats_are_whole_when_nothing_is_found(form: str) -> None:
    result = run("wire/clean.txt", "-f", form)
    assert result.exit_code == 0
    json.loads(result.stdout)


def test_output_file() -> None:
    result = run(".", SELECTED, "-f", "junit", "-o", "report.xml")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert ElementTree.parse("report.xml").getroot().get("failures") == "3"


def test_statistics() -> None:
    assert run(".", SELECTED, "--statistics").stdout == (
        "2  HDG303  sourceless-hedge\n1  SRC105  media-reports-as-source\n"
    )


def test_statistics_as_json() -> None:
    result = run(".", "nowhere.txt", SELECTED, "--statistics", "-f", "json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    jsonschema.validate(found, STATISTICS_SCHEMA)
    assert [(rule["rule"], rule["findings"]) for rule in found["rules"]] == [("HDG303", 2), ("SRC105", 1)]
    assert [draft["path"] for draft in found["unread"]] == ["nowhere.txt"]


@pytest.mark.parametrize("form", ["jsonl", "line", "sarif", "gitlab"])
def test_statistics_have_no_other_form(form: str) -> None:
    result = run(".", "--statistics", "-f", form)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"--statistics has no {form} form; leave out -f, or give -f json" in result.stderr


def test_quiet_and_verbose() -> None:
    assert run(".", SELECTED, "-q").stderr == ""
    assert "attrib: drafts/strike.txt: from the cache\n" in run(".", SELECTED, "-v").stderr


# --- Configuration ----------------------------------------------------------------------------------------------------


def test_show_config_is_a_configuration() -> None:
    result = run("--show-config", "wire/match.txt", "--min-sourcing", "0.5", "--max-places", "3")
    assert result.exit_code == 0
    table = tomllib.loads(result.stdout)
    assert table["severities"] == {"SRC105": "error"}
    assert table["thresholds"]["single-source-sentences"] == 12
    assert table["thresholds"]["minimum-sourcing"] == 0.5
    assert table["thresholds"]["maximum-places"] == 3
    assert result.stdout.startswith("# .attrib.toml\n")


def test_isolated_uses_no_configuration() -> None:
    keep_analyses(Path.cwd(), ())
    assert lines("drafts/strike.txt", SELECTED, "--isolated")[0].startswith("drafts/strike.txt:3:14: warning SRC105")


def test_config_names_the_file() -> None:
    Path("strict.toml").write_text('own-outlets = ["Valley Echo"]\nignore = ["SRC105"]\n', encoding="utf-8")
    assert lines("drafts/strike.txt", SELECTED, "--config", "strict.toml", code=0) == []


def test_per_file_ignores_and_severities() -> None:
    assert lines("columns/weather.md", SELECTED, code=0) == []
    change(".attrib.toml", '"columns/*" = ["SRC104"]', '"wire/*" = ["HDG303"]')
    assert lines("columns/weather.md", SELECTED) == [
        "columns/weather.md:3:1: warning SRC104 “Experts” could be anybody"
    ]
    assert lines("wire/match.txt", SELECTED, code=0) == []


def test_mistake_in_the_configuration() -> None:
    change(".attrib.toml", "own-outlets", "own-outlet")
    result = run(".")
    assert result.exit_code == 2
    assert result.stderr == 'attrib: .attrib.toml:2: there is no key "own-outlet"; did you mean "own-outlets"?\n'


# --- Suppressions -----------------------------------------------------------------------------------------------------


def test_removing_a_comment_restores_the_finding() -> None:
    change("drafts/ferry.html", "<!-- attrib: ignore[SRC103] the desk knows them; names follow on Friday -->", "")
    assert "drafts/ferry.html:8:4: error SRC103 “Sources” tells a reader nothing about who speaks" in lines(
        ".", SELECTED
    )


def test_unused_and_reasonless_suppressions() -> None:
    change("drafts/dam.md", "ignore[SRC104] two of them are named in the caption", "ignore[SRC104, SRC105]")
    assert lines("drafts/dam.md", SELECTED) == [
        "drafts/dam.md:8:1: warning SUP901 the suppression of SRC105 has no effect",
        "drafts/dam.md:8:1: warning SUP902 the suppression gives no reason",
    ]


def test_sidecar() -> None:
    change("drafts/.attrib-ignore.toml", "Experts say the strike", "Experts doubt the strike")
    assert lines("drafts/strike.txt", SELECTED) == [
        EXPECTED[1],
        "drafts/strike.txt:5:62: warning SRC104 “Experts” could be anybody",
        "drafts/.attrib-ignore.toml:3:1: warning SUP901 the suppression of SRC104 has no effect",
    ]


def test_sidecar_for_a_whole_article() -> None:
    change("drafts/.attrib-ignore.toml", 'words = "Experts say the strike"\n', "")
    assert lines("drafts/strike.txt", SELECTED) == [EXPECTED[1]]


def test_sidecar_for_a_file_that_is_gone() -> None:
    with Path("drafts/.attrib-ignore.toml").open("a", encoding="utf-8") as sidecar:
        for name in ("gone.txt", "gone-*.md", "unfinished-*", "*/strike.txt"):
            sidecar.write(f'\n[[ignore]]\nfile = "{name}"\nrule = "SRC104"\nreason = "a vox pop"\n')
    gone = [line for line in lines("drafts/strike.txt", SELECTED) if "SUP901" in line]
    assert gone == [
        "drafts/.attrib-ignore.toml:9:1: warning SUP901 there is no file “gone.txt”",
        "drafts/.attrib-ignore.toml:14:1: warning SUP901 there is no file “gone-*.md”",
        "drafts/.attrib-ignore.toml:24:1: warning SUP901 there is no file “*/strike.txt”",
    ]


# --- Baseline and changed lines ---------------------------------------------------------------------------------------


def test_baseline_holds_what_was_there() -> None:
    result = run(".", SELECTED, "--baseline", "known.json", "--update-baseline")
    assert result.exit_code == 0
    assert result.stderr == "attrib: known.json: now holds 3 findings\n"
    assert lines(".", SELECTED, "--baseline", "known.json", code=0) == []
    # Lines move, and the baseline still holds.
    change("drafts/ferry.html", "<body>\r\n", "<body>\r\n\r\n\r\n")
    assert lines(".", SELECTED, "--baseline", "known.json", code=0) == []
    change("drafts/ferry.html", "<!-- attrib: ignore[SRC103] the desk knows them; names follow on Friday -->", "")
    assert lines(".", SELECTED, "--baseline", "known.json") == [
        "drafts/ferry.html:10:4: error SRC103 “Sources” tells a reader nothing about who speaks"
    ]


def test_a_baseline_holds_wherever_the_command_is_run(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(".attrib.toml", "fail-on", 'baseline = "known.json"\nfail-on')
    assert run(".", SELECTED, "--update-baseline").exit_code == 0
    monkeypatch.chdir(newsroom / "drafts")
    assert lines("strike.txt", SELECTED, code=0) == []
    assert lines("../wire", str(newsroom / "drafts" / "ferry.html"), SELECTED, code=0) == []
    monkeypatch.chdir(newsroom.parent)
    assert lines("newsroom", SELECTED, code=0) == []
    written = (newsroom / "known.json").read_text(encoding="utf-8")
    assert run("newsroom", SELECTED, "--update-baseline").exit_code == 0
    assert (newsroom / "known.json").read_text(encoding="utf-8") == written


def test_only_the_drafts_that_were_read_are_updated() -> None:
    change(".attrib.toml", "fail-on", 'baseline = "known.json"\nfail-on')
    assert run(".", SELECTED, "--update-baseline").exit_code == 0
    updated = run("wire", SELECTED, "--ignore", "HDG303", "--update-baseline")
    assert (updated.exit_code, updated.stderr) == (0, "attrib: known.json: now holds 2 findings\n")
    assert lines(".", SELECTED, code=0) == [EXPECTED[2]]
    # A draft that is gone from a folder that was read has nothing to hold; one that was not read keeps its entries.
    Path("drafts/ferry.html").unlink()
    assert run("wire", SELECTED, "--update-baseline").stderr == "attrib: known.json: now holds 3 findings\n"
    assert run("drafts", SELECTED, "--update-baseline").stderr == "attrib: known.json: now holds 2 findings\n"


def test_a_draft_that_is_named_is_excluded_by_force() -> None:
    assert lines("drafts/unfinished-fire.txt", "drafts/strike.txt", SELECTED, "--force-exclude") == [EXPECTED[1]]
    assert lines("drafts/unfinished-fire.txt", SELECTED, "--force-exclude", code=0) == []
    piped = run(
        "-", SELECTED, "--force-exclude", "--stdin-filename", "drafts/unfinished-fire.txt", data=b"Sources say."
    )
    assert (piped.exit_code, piped.stdout) == (0, "No findings in 0 drafts.\n")
    hooks = Path(__file__).parents[2].joinpath(".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "entry: attrib lint --force-exclude\n" in hooks


def test_baseline_that_is_missing_or_invalid() -> None:
    result = run(".", SELECTED, "--baseline", "known.json")
    assert result.exit_code == 2
    assert "known.json: there is no such baseline" in result.stderr
    endless = '{"version": 1, "findings": [{"path": "a", "rule": "b", "fingerprint": "c", "count": 1e999}]}'
    for text in ("[]", endless):
        Path("known.json").write_text(text, encoding="utf-8")
        assert "known.json: is not a baseline" in run(".", SELECTED, "--baseline", "known.json").stderr
    assert run(".", SELECTED, "--update-baseline").exit_code == 2


def test_changed_lines() -> None:
    diff = "--- a/drafts/ferry.html\n+++ b/drafts/ferry.html\n@@ -5,2 +5,2 @@\n <p>Old</p>\n-<p>Old</p>\n+<p>New</p>\n"
    Path("change.diff").write_text(diff, encoding="utf-8")
    assert lines(".", SELECTED, "--changed-lines", "change.diff") == [EXPECTED[0]]
    Path("empty.diff").write_text("", encoding="utf-8")
    assert lines(".", SELECTED, "--changed-lines", "empty.diff", code=0) == []
    Path("none.diff").write_text("hello\n", encoding="utf-8")
    assert run(".", SELECTED, "--changed-lines", "none.diff").stderr.startswith(
        "attrib: none.diff: is not a unified diff"
    )


def test_diff_against_a_revision() -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=Desk", "-c", "user.email=desk@valley.example"]
        subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "First")
    assert lines(".", SELECTED, "--diff", "HEAD", code=0) == []
    text = Path("wire/match.txt").read_text(encoding="utf-8")
    Path("wire/match.txt").write_text("\n" + text, encoding="utf-8")
    keep_analyses(Path.cwd())
    assert run(".", SELECTED, "--diff", "HEAD").stdout.startswith("No findings")
    Path("wire/match.txt").write_text(text.rstrip("\n") + " \n", encoding="utf-8")
    keep_analyses(Path.cwd())
    assert lines(".", SELECTED, "--diff", "HEAD", code=0) == [EXPECTED[2]]
    assert run(".", "--diff", "nonesuch").exit_code == 2
    assert run(".", "--diff", "-p").exit_code == 2


# --- Cache ------------------------------------------------------------------------------------------------------------


def test_cached_run_loads_no_model_and_is_quick(newsroom: Path) -> None:
    code = (
        "import sys; from attribution.cli.main import attrib\n"
        "try: attrib.main(['lint', '.', '-f', 'line', '--exit-zero'])\n"
        "except SystemExit: pass\n"
        "assert not {'torch', 'stanza', 'nltk'} & set(sys.modules), 'a model was loaded'\n"
    )
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "SRC105" in done.stdout
    assert time.perf_counter() - started < 20


def test_cache_is_shown_and_cleared(newsroom: Path) -> None:
    runner = CliRunner()
    told = runner.invoke(attrib, ["cache", "info"]).stdout.splitlines()
    assert told[0] == str(newsroom.parent / "cache")
    assert told[1].startswith("7 analyses, ")
    assert runner.invoke(attrib, ["cache", "clear"]).stdout == "7 analyses deleted\n"
    assert runner.invoke(attrib, ["cache", "info"]).stdout.splitlines()[1].startswith("0 analyses, ")


def test_broken_cache_entry_counts_as_missing(newsroom: Path) -> None:
    data = Path("wire/match.txt").read_bytes()
    kept = Cache(cache_folder(), None, (), ("Valley Echo",))
    assert kept.load(data, "text", "match.txt") is not None
    for path in (newsroom.parent / "cache").glob("*/*"):
        path.write_bytes(b"\x00")
    assert kept.load(data, "text", "match.txt") is None
    assert Cache(cache_folder()).load(data, "text", "match.txt") is None


def test_cache_is_safe_under_parallel_runs_and_after_a_crash(newsroom: Path) -> None:
    data = Path("wire/match.txt").read_bytes()
    kept = Cache(cache_folder(), None, (), ("Valley Echo",))
    analysis = kept.load(data, "text", "match.txt")
    assert analysis is not None
    with ThreadPoolExecutor(8) as pool:
        for _ in range(25):
            pool.submit(kept.keep, data, "text", analysis)
            assert pool.submit(kept.load, data, "text", "match.txt").result() == analysis, "half a file was read"
    # A run that is killed while writing leaves a partial file behind, under a name that is never read.
    folder = next((newsroom.parent / "cache").glob("*"))
    (folder / ".killed").write_bytes(b"\x00")
    assert lines("wire/match.txt", SELECTED, code=0) == [EXPECTED[2]]
    assert CliRunner().invoke(attrib, ["cache", "info"]).stdout.splitlines()[1].startswith("7 analyses")


def test_model_that_is_missing_is_one_line(newsroom: Path) -> None:
    result = run("wire/match.txt", "--model", "no-such-folder", "--no-cache")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "no-such-folder" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.slow
def test_no_cache_analyses_again_and_finds_the_same(newsroom: Path) -> None:
    runner = CliRunner()
    runner.invoke(attrib, ["cache", "clear"])
    assert lines(".", SELECTED, "--no-cache") == EXPECTED
    assert runner.invoke(attrib, ["cache", "info"]).stdout.splitlines()[1].startswith("0 analyses")
    assert lines(".", SELECTED) == EXPECTED
    assert runner.invoke(attrib, ["cache", "info"]).stdout.splitlines()[1].startswith("6 analyses")


# --- explain, rules ---------------------------------------------------------------------------------------------------


def test_explain_by_identifier_name_and_family() -> None:
    runner = CliRunner()
    by_identifier = runner.invoke(attrib, ["explain", "src105"])
    assert by_identifier.exit_code == 0
    assert by_identifier.stdout == runner.invoke(attrib, ["explain", "media-reports-as-source"]).stdout
    for piece in ("SRC105 media-reports-as-source", "Why", "Bad", "Good", "Guidelines", "ignore[SRC105]"):
        assert piece in by_identifier.stdout
    assert len(json.loads(runner.invoke(attrib, ["explain", "HDG", "-f", "json"]).stdout)) == 4
    assert runner.invoke(attrib, ["explain", "ZZZ"]).exit_code == 2


def test_rules_are_listed() -> None:
    runner = CliRunner()
    assert len(runner.invoke(attrib, ["rules"]).stdout.splitlines()) == len(RULES)
    listed = json.loads(runner.invoke(attrib, ["rules", "-f", "json"]).stdout)
    assert [entry["id"] for entry in listed] == [rule.id for rule in RULES]
    assert all(entry["guidelines"] for entry in listed)


# --- With the model ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_own_outlet_makes_the_paper_its_own_source() -> None:
    Path("own.txt").write_text(
        "The Harbour Echo has learned that the minister will go. Ada Quill, the mayor, said the vote was off.\n",
        encoding="utf-8",
    )
    assert rules_found("own.txt") == []
    assert rules_found("own.txt", "--own-outlet", "Harbour Echo") == ["SRC107"]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_reader_ignores_the_marks(jobs: str) -> None:
    fires = [f"drafts/fire-{number}.txt" for number in (1, 2)]
    for fire in fires:
        shutil.copy("drafts/unfinished-fire.txt", fire)
    limited = (*fires, "--no-cache", "--jobs", jobs, "--select", "LIM", "--max-places", "0")
    assert rules_found(*limited) == ["LIM703", "LIM703"]
    assert lines(*limited, "--ignore-mark", "unknown-culprit", code=0) == []


@pytest.mark.slow
def test_force_reads_what_does_not_look_like_english() -> None:
    Path("german.txt").write_text(
        "Der Minister sagte am Montag, die Brücke sei sicher gewesen, aber niemand wollte ihm glauben.\n",
        encoding="utf-8",
    )
    refused = run("german.txt")
    assert refused.exit_code == 2
    assert "is German" in refused.stderr
    forced = run("german.txt", "--force")
    assert forced.exit_code in (0, 1)
    assert "1 draft" in forced.stdout
