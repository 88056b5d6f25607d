"""The commands: what goes to standard output and to standard error, and the exit codes. Parses are given."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

import attribution
from attribution import reporting
from attribution.cli.main import COMMANDS, attrib
from attribution.cli.report import CARRIERS, VOICES
from attribution.records import Voice
from attribution.reporting import words

PARSE = """\
# newpar
1	The	the	DET	DT	_	2	det	_	_
2	mayor	mayor	NOUN	NN	_	4	nsubj:pass	_	_
3	was	be	AUX	VBD	_	4	aux:pass	_	_
4	fired	fire	VERB	VBN	_	7	ccomp	_	SpaceAfter=No
5	,	,	PUNCT	,	_	4	punct	_	_
6	police	police	NOUN	NNS	_	7	nsubj	_	_
7	said	say	VERB	VBD	_	0	root	_	SpaceAfter=No
8	.	.	PUNCT	.	_	7	punct	_	_

1	The	the	DET	DT	_	2	det	_	_
2	pier	pier	NOUN	NN	_	4	nsubj	_	_
3	was	be	AUX	VBD	_	4	cop	_	_
4	old	old	ADJ	JJ	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

"""
SCHEMA = json.loads((Path(reporting.__file__).parent / "schema" / "report-1.0.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        Path(f"{name}.conllu").write_text(PARSE, encoding="utf-8")
    return tmp_path


def run(*arguments: str, data: str | None = None) -> Result:
    return CliRunner().invoke(attrib, arguments, input=data)


def assert_one_line(stderr: str, *pieces: str) -> None:
    assert stderr.startswith("attrib: ")
    assert stderr.count("\n") == 1
    for piece in pieces:
        assert piece in stderr


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from attribution.cli.main import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


# --- report -----------------------------------------------------------------------------------------------------------


def test_report_on_one_file(drafts: Path) -> None:
    result = run("report", "--full", "one.conllu")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "The mayor was fired, ‹police› _said_." in result.stdout
    assert "The pier was old." in result.stdout
    assert result.stdout.startswith("one.conllu  ")
    assert "documents ──" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) == 80


def test_report_on_several_files_ends_with_a_table(drafts: Path) -> None:
    result = run("report", "one.conllu", "two.conllu")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.count("2 claims: 1 from named sources, 1 the paper’s own.") == 2
    assert result.stdout.index("one.conllu") < result.stdout.index("two.conllu") < result.stdout.index("2 documents ──")
    assert "documents ──" not in run("report", "--quiet", "one.conllu", "two.conllu").stdout


def test_a_file_that_cannot_be_read_does_not_stop_the_others(drafts: Path) -> None:
    result = run("report", "gone.conllu", "one.conllu", "gone.txt")
    assert result.exit_code == 2
    assert "2 claims: " in result.stdout
    assert [line.split(":")[:2] for line in result.stderr.splitlines()] == [
        ["attrib", " gone.conllu"],
        ["attrib", " gone.txt"],
    ]


@pytest.mark.parametrize(
    ("content", "piece"),
    [(b"", "holds no sentences"), (b"1\tA\n", "columns"), (b"\xff\xfe\x00", "not UTF-8")],
)
def test_broken_parse(drafts: Path, content: bytes, piece: str) -> None:
    Path("bad.conllu").write_bytes(content)
    result = run("report", "bad.conllu")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert_one_line(result.stderr, "bad.conllu", piece)


@pytest.mark.parametrize(
    ("name", "content"), [("empty.txt", b""), ("binary.txt", b"\x00\x01\x02" * 50), ("gone.txt", None)]
)
def test_unreadable_drafts_do_not_need_the_model(drafts: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    result = run("report", "--model", "nowhere", name)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert_one_line(result.stderr, name)


def test_folder_without_drafts(drafts: Path) -> None:
    Path("empty").mkdir()
    result = run("report", "empty", "one.conllu")
    assert result.exit_code == 2
    assert "2 claims: " in result.stdout
    assert_one_line(result.stderr, "empty")


def test_missing_model_is_one_line(drafts: Path) -> None:
    Path("draft.txt").write_text("The bridge is safe, the mayor said on Friday.\n", encoding="utf-8")
    Path("other.txt").write_text("The bridge is safe, the mayor said on Monday.\n", encoding="utf-8")
    result = run("report", "--model", "nowhere", "draft.txt", "other.txt")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert_one_line(result.stderr, "nowhere")


def test_broken_lexicon_is_one_line(drafts: Path) -> None:
    Path("words").mkdir()
    Path("words/hedges.toml").write_text("[[entry]]\nwords = 3\n", encoding="utf-8")
    result = run("report", "--lexicon", "words", "one.conllu")
    assert result.exit_code == 2
    assert_one_line(result.stderr, "hedges.toml")


def test_not_english(drafts: Path) -> None:
    Path("draft.txt").write_text(
        "Der Bürgermeister wurde gestern entlassen, sagte die Polizei. Die Brücke bleibt bis auf weiteres gesperrt, "
        "weil niemand weiß, ob sie noch sicher ist.\n",
        encoding="utf-8",
    )
    result = run("report", "draft.txt")
    assert result.exit_code == 2
    assert_one_line(result.stderr, "draft.txt", "--force")
    forced = run("report", "--force", "--model", "nowhere", "draft.txt")
    assert_one_line(forced.stderr, "nowhere")


def test_no_files_on_a_terminal(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("report", data="")
    assert result.exit_code == 2
    assert_one_line(result.stderr, "<stdin>", "empty")
    result = run("report", "-", "--stdin-filename", "wire.md", data="")
    assert_one_line(result.stderr, "wire.md", "empty")


def test_the_text_is_shown_on_request_where_the_result_goes_into_a_pipe(drafts: Path) -> None:
    brief = run("report", "one.conllu").stdout
    assert "The pier was old." not in brief
    assert run("report", "--brief", "one.conllu").stdout == brief
    assert run("report", "--full", "one.conllu").stdout.startswith(brief)
    assert run("report", "--full", "one.conllu", "two.conllu").stdout.count("The pier was old.") == 2


def test_explain_and_only(drafts: Path) -> None:
    explained = run("report", "one.conllu", "--explain").stdout
    assert "the paper states it and gives no source" in explained.split("The text ──")[1]
    own = run("report", "one.conllu", "--only", "paper").stdout.split("The text ──")[1]
    assert "The pier was old." in own
    assert "police" not in own
    assert "1 sentence left out" in own
    unclear = run("report", "one.conllu", "--only", "who").stdout
    assert "sentences left out" in unclear


@pytest.mark.parametrize(
    ("voice", "word"), [("own", "paper"), ("hearsay", "nobody"), ("unclear", "who"), ("source", "named")]
)
def test_only_takes_the_voices_of_the_json_as_well(drafts: Path, voice: str, word: str) -> None:
    by_voice = run("report", "one.conllu", "--only", voice)
    assert by_voice.exit_code == 0
    assert by_voice.stdout == run("report", "one.conllu", "--only", word).stdout


def test_only_takes_the_words_of_the_margin() -> None:
    assert list(CARRIERS) == [called.choice for called in words.CARRIERS.values()]
    assert {word for choices in VOICES.values() for word in choices} == set(CARRIERS)
    assert set(VOICES) == {voice.value for voice in Voice}


@pytest.mark.parametrize(
    ("arguments", "piece"),
    [
        (["--brief", "--explain"], "--explain"),
        (["--brief", "--only", "own"], "--only"),
        (["--full", "-f", "json"], "-f text"),
        (["--brief", "-f", "html"], "-f text"),
    ],
)
def test_the_text_is_not_asked_for_and_refused_at_once(drafts: Path, arguments: list[str], piece: str) -> None:
    result = run("report", "one.conllu", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert_one_line(result.stderr, piece)


# --- formats ----------------------------------------------------------------------------------------------------------


def test_json_of_one_file_is_an_object(drafts: Path) -> None:
    result = run("report", "-f", "json", "one.conllu")
    report = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert report["document"]["path"] == "one.conllu"
    assert report["attributions"][0]["source"]["text"] == "police"


def test_json_of_several_files_is_an_array(drafts: Path) -> None:
    result = run("report", "-f", "json", "one.conllu", "two.conllu")
    assert [report["document"]["path"] for report in json.loads(result.stdout)] == ["one.conllu", "two.conllu"]
    partly = run("report", "-f", "json", "gone.conllu", "two.conllu")
    assert partly.exit_code == 2
    assert [report["document"]["path"] for report in json.loads(partly.stdout)] == ["two.conllu"]


def test_jsonl_is_a_line_a_file(drafts: Path) -> None:
    result = run("report", "-f", "jsonl", "one.conllu", "two.conllu")
    assert [json.loads(line)["document"]["path"] for line in result.stdout.splitlines()] == ["one.conllu", "two.conllu"]


def test_nothing_readable_gives_no_json(drafts: Path) -> None:
    result = run("report", "-f", "json", "gone.conllu")
    assert (result.exit_code, result.stdout) == (2, "")


def test_only_is_refused_with_json(drafts: Path) -> None:
    result = run("report", "-f", "json", "--only", "own", "one.conllu")
    assert result.exit_code == 2
    assert_one_line(result.stderr, "--only")


def test_json_is_utf8_whatever_the_terminal(drafts: Path) -> None:
    Path("é.conllu").write_text(PARSE, encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = process("report", "-f", "json", "é.conllu", env=environment)
    assert json.loads(result.stdout.decode("utf-8"))["document"]["path"] == "é.conllu"
    text = process("report", "--full", "é.conllu", env=environment)
    assert text.returncode == 0
    assert b"The mayor was fired, <police> _said_." in text.stdout
    assert text.stdout.isascii()


# --- colour and width -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--colour", "always"], {}, True),
    ],
)
def test_color(
    drafts: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    environment: dict[str, str],
    colored: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for command in ("report", "sources", "tree"):
        assert ("\x1b[" in run(command, *arguments, "one.conllu").stdout) is colored


def test_width(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert max(map(len, run("report", "one.conllu").stdout.splitlines())) == 80
    assert max(map(len, run("report", "--width", "60", "one.conllu").stdout.splitlines())) == 60
    narrow = run("report", "--width", "10", "one.conllu")
    assert narrow.exit_code == 2
    assert_one_line(narrow.stderr, "--width")


# --- output -----------------------------------------------------------------------------------------------------------


def test_output_file_holds_what_standard_output_would(drafts: Path) -> None:
    shown = run("report", "one.conllu", "two.conllu").stdout
    result = run("report", "one.conllu", "two.conllu", "-o", "report.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert Path("report.txt").read_text(encoding="utf-8") == shown
    assert sorted(path.name for path in drafts.iterdir()) == ["one.conllu", "report.txt", "two.conllu"]


def test_output_dash_is_standard_output(drafts: Path) -> None:
    assert run("report", "one.conllu", "-o", "-").stdout == run("report", "one.conllu").stdout
    assert not Path("-").exists()


def test_output_keeps_mode_and_symbolic_link(drafts: Path) -> None:
    Path("kept.txt").write_text("old", encoding="utf-8")
    Path("kept.txt").chmod(0o640)
    Path("link.txt").symlink_to("kept.txt")
    assert run("report", "one.conllu", "-o", "link.txt", "--overwrite").exit_code == 0
    assert Path("link.txt").is_symlink()
    assert "police" in Path("kept.txt").read_text(encoding="utf-8")
    assert Path("kept.txt").stat().st_mode & 0o777 == 0o640


def test_output_to_a_device(drafts: Path) -> None:
    before = Path(os.devnull).stat()
    assert run("report", "one.conllu", "-o", os.devnull).exit_code == 0
    assert Path(os.devnull).stat().st_rdev == before.st_rdev


@pytest.mark.parametrize("target", ["nowhere/report.txt", "."])
def test_output_that_cannot_be_written(drafts: Path, target: str) -> None:
    result = run("report", "one.conllu", "-o", target)
    assert result.exit_code == 2
    assert_one_line(result.stderr, f"attrib: {target}: cannot be written")


def test_output_never_overwrites_a_draft(drafts: Path) -> None:
    result = run("report", "one.conllu", "two.conllu", "-o", "./two.conllu")
    assert result.exit_code == 2
    assert_one_line(result.stderr, "./two.conllu", "files that are read")
    assert Path("two.conllu").read_text(encoding="utf-8") == PARSE


def test_output_is_untouched_when_nothing_could_be_read(drafts: Path) -> None:
    Path("report.txt").write_text("old", encoding="utf-8")
    assert run("report", "gone.conllu", "-o", "report.txt").exit_code == 2
    assert Path("report.txt").read_text(encoding="utf-8") == "old"


def test_broken_pipe_is_quiet(drafts: Path) -> None:
    names = [f"{number}.conllu" for number in range(60)]
    for name in names:
        Path(name).write_text(PARSE, encoding="utf-8")
    reading, writing = os.pipe()
    command = [sys.executable, "-c", "from attribution.cli.main import main; main()", "report", *names]
    with subprocess.Popen(command, stdout=writing, stderr=subprocess.PIPE) as running:
        os.close(writing)
        os.close(reading)
        assert running.communicate()[1] == b""
    assert running.returncode == 141


def test_interrupt_exits_with_130(drafts: Path) -> None:
    # A shell starts what runs in the background with the signal ignored, tests and their processes included.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from attribution.cli.main import main; main()"
    )
    command = [sys.executable, "-c", code, "report", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin is not None
        running.stdin.write(b"The bridge is safe.\n" * 10_000)  # accepted once the command reads
        running.stdin.flush()
        running.send_signal(signal.SIGINT)
        stdout, stderr = running.communicate()
    assert running.returncode == 130
    assert stdout == b""
    assert b"Traceback" not in stderr


# --- sources and tree -------------------------------------------------------------------------------------------------


def test_sources(drafts: Path) -> None:
    shown = run("sources", "one.conllu")
    assert shown.exit_code == 0
    assert "police" in shown.stdout
    assert "the paper itself" in shown.stdout


def test_sources_csv_is_one_table_for_all_files(drafts: Path) -> None:
    rows = list(csv.DictReader(StringIO(run("sources", "-f", "csv", "one.conllu", "two.conllu").stdout)))
    assert [(row["document"], row["source"], row["share"]) for row in rows] == [
        ("one.conllu", "police", "0.5"),
        ("two.conllu", "police", "0.5"),
    ]


def test_sources_json(drafts: Path) -> None:
    report = json.loads(run("sources", "-f", "json", "one.conllu").stdout)
    assert [entry["source"]["name"] for entry in report["sources"]] == ["police"]
    assert len(json.loads(run("sources", "-f", "json", "one.conllu", "two.conllu").stdout)) == 2


def test_tree(drafts: Path) -> None:
    shown = run("tree", "one.conllu").stdout
    assert "╭─┤ fired" in shown
    assert "nsubj:pass" in shown
    assert "source a1" in shown
    second = run("tree", "--sentence", "2", "one.conllu").stdout
    assert "pier" in second
    assert "police" not in second
    explained = run("tree", "--explain", "--sentence", "1", "one.conllu").stdout
    assert len(explained.splitlines()) > len(run("tree", "--sentence", "1", "one.conllu").stdout.splitlines())


def test_tree_of_a_missing_sentence(drafts: Path) -> None:
    result = run("tree", "--sentence", "3", "one.conllu")
    assert result.exit_code == 2
    assert_one_line(result.stderr, "one.conllu: there is no sentence 3; name one from 1 to 2")


# --- the group --------------------------------------------------------------------------------------------------------


def test_help_names_the_commands_and_shell_completion() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name, described in COMMANDS.items():
        assert name in result.stdout
        assert described in result.stdout
    assert "_ATTRIB_COMPLETE=bash_source" in result.stdout


@pytest.mark.parametrize("command", ["report", "sources", "tree"])
def test_help_of_commands(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "--model" in result.stdout
    assert run(command, "-h").stdout == result.stdout


def test_version() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout == f"attrib {attribution.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "piece"),
    [
        (["frobnicate"], "attrib --help"),
        (["report", "--frobnicate"], "attrib report --help"),
        (["report", "-f", "xml", "x"], "attrib report --help"),
    ],
)
def test_usage_errors_are_one_line(arguments: list[str], piece: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert_one_line(result.stderr, piece)


def test_shell_completion_completes() -> None:
    environment = {**os.environ, "_ATTRIB_COMPLETE": "bash_complete", "COMP_WORDS": "attrib re", "COMP_CWORD": "1"}
    result = process(env=environment)
    assert result.stdout.decode().split() == ["plain,report"]


def test_starting_is_light() -> None:
    script = (
        "import sys\n"
        "from attribution.cli.main import attrib\n"
        "try: attrib.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'stanza', 'nltk', 'numpy', 'rich', 'msgspec', 'jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    for arguments in (["--help"], ["--version"], ["report", "--help"], ["tree", "--help"]):
        result = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, check=True)
        assert result.stderr == b"[]\n"


def test_only_web_pages_load_the_templates(drafts: Path) -> None:
    script = (
        "import sys\n"
        "from attribution.cli.main import attrib\n"
        "try: attrib.main(['report', '-f', sys.argv[1], '-o', 'out', 'one.conllu'])\n"
        "except SystemExit: pass\n"
        "print('jinja2' in sys.modules, file=sys.stderr)\n"
    )
    for form, loaded in (("text", b"False\n"), ("json", b"False\n"), ("html", b"True\n")):
        result = subprocess.run([sys.executable, "-c", script, form], capture_output=True, check=True)
        assert result.stderr == loaded, form


def test_a_given_parse_needs_no_parser(drafts: Path) -> None:
    script = (
        "import sys\n"
        "from attribution.cli.main import attrib\n"
        "try: attrib.main(['report', 'one.conllu'])\n"
        "except SystemExit as stop: code = stop.code\n"
        "print(code, sorted({'torch', 'stanza'} & set(sys.modules)), file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert result.stderr == b"0 []\n"
