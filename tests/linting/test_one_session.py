"""Every command reads the example newsroom alike: its configuration, its suppressions, its cache, its formats."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from newsroom import open_newsroom

from attribution.cli.main import attrib
from attribution.session import AnalysedDraft, Options, RuleOptions, Session

COMMANDS = ("report", "sources", "tree", "lint")
PARSE = """\
1	Experts	expert	NOUN	NNS	_	2	nsubj	_	_
2	say	say	VERB	VBP	_	0	root	_	_
3	the	the	DET	DT	_	4	det	_	_
4	pier	pier	NOUN	NN	_	6	nsubj	_	_
5	is	be	AUX	VBZ	_	6	cop	_	_
6	old	old	ADJ	JJ	_	2	ccomp	_	SpaceAfter=No
7	.	.	PUNCT	.	_	2	punct	_	_

"""


@pytest.fixture(autouse=True)
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the newsroom as working directory, a cache with the analyses of its drafts, and no model."""
    monkeypatch.setattr("attribution.parsing.load_parser", lambda model: pytest.fail("the model was loaded"))
    return open_newsroom(tmp_path, monkeypatch)


def run(*arguments: str, data: bytes | None = None) -> Result:
    return CliRunner().invoke(attrib, arguments, input=data)


@pytest.mark.parametrize("command", COMMANDS)
def test_unchanged_drafts_come_from_the_cache(command: str) -> None:
    result = run(command, "-v", "wire/match.txt")
    assert result.exit_code == 0
    assert result.stderr == "attrib: wire/match.txt: from the cache\n"


def test_comparing_and_converting_use_the_cache() -> None:
    shutil.copy("wire/match.txt", "wire/rewrite.txt")
    assert run("diff", "wire/match.txt", "wire/rewrite.txt").exit_code == 0
    converted = run("convert", "wire/match.txt", "--to", "json")
    assert (converted.exit_code, converted.stdout) == (0, run("report", "-f", "json", "wire/match.txt").stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_cache(command: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="the model was loaded"):
        CliRunner().invoke(attrib, [command, "--no-cache", "wire/match.txt"], catch_exceptions=False)


@pytest.mark.parametrize("form", ["text", "html"])
def test_findings_and_report_agree(form: str) -> None:
    """What lint ignores, suppresses or makes grave is so in the report."""

    def report(*options: str) -> str:
        return run("report", "-f", form, "drafts/strike.txt", *options).stdout

    assert "media reports" in report()
    assert "could be anybody" not in report(), "suppressed in the file beside the drafts"
    settings = Path(".attrib.toml").read_text(encoding="utf-8")
    Path(".attrib.toml").write_text('ignore = ["SRC105"]\n' + settings, encoding="utf-8")
    assert "Name the outlet that reported it" not in report()
    Path("drafts/.attrib-ignore.toml").unlink()
    assert "could be anybody" in report()


def test_the_papers_own_name_is_known_to_every_command() -> None:
    # Without the paper's name the analysis is another one, and not in the cache.
    for command in COMMANDS:
        assert run(command, "wire/match.txt", "--config", ".attrib.toml").exit_code == 0
        with pytest.raises(pytest.fail.Exception):
            CliRunner().invoke(attrib, [command, "wire/match.txt", "--isolated"], catch_exceptions=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_excluded_drafts_are_left_out_by_every_command(command: str) -> None:
    told = run(command, "-v", "drafts")
    assert "drafts/strike.txt" in told.stderr
    assert "unfinished" not in told.stderr + told.stdout


@pytest.mark.parametrize("command", [*COMMANDS, "convert", "diff"])
def test_an_error_in_the_configuration_stops_every_command(command: str) -> None:
    Path(".attrib.toml").write_text('selct = ["SRC"]\n', encoding="utf-8")
    more = {"convert": ["--to", "json"], "diff": ["wire/clean.txt"]}.get(command, [])
    result = run(command, "wire/match.txt", *more)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == 'attrib: .attrib.toml:1: there is no key "selct"; did you mean "select"?\n'


@pytest.mark.parametrize("name", ["wire.csv", "wire.TSV", "wire.json", "wire.jsonl", "wire.txt", "-"])
@pytest.mark.parametrize("command", [*COMMANDS, "diff"])
def test_tables_and_json_are_not_prose(command: str, name: str) -> None:
    data = b'{"text": "The mayor said so."}\n{"text": "The mayor did not."}\n'
    if name != "-":
        Path(name).write_bytes(data)
    result = run(command, name, *(["wire/clean.txt"] if command == "diff" else []), data=data)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "attrib reads drafts (text, Markdown, HTML or CoNLL-U)" in result.stderr


def test_a_parse_is_linted_as_a_parse() -> None:
    Path("pier.conllu").write_text(PARSE, encoding="utf-8")
    assert run("lint", "pier.conllu", "--select", "SRC104", "-f", "line").stdout == (
        "pier.conllu:1:1: warning SRC104 “Experts” could be anybody\n"
    )
    piped = run("lint", "-", "--stdin-filename", "x.conllu", "--select", "SRC104", "-f", "line", data=PARSE.encode())
    assert piped.stdout.startswith("x.conllu:1:1: warning SRC104")


def test_many_files_and_folders_are_converted() -> None:
    lines = run("convert", "wire", "drafts/strike.txt", "--to", "jsonl").stdout.splitlines()
    paths = [json.loads(line)["document"]["path"] for line in lines]
    assert paths == ["wire/clean.txt", "wire/match.txt", "drafts/strike.txt"]
    assert run("convert", "wire", "--to", "brat", "-o", "standoff/").exit_code == 0
    assert sorted(path.name for path in Path("standoff").iterdir()) == [
        "clean.ann",
        "clean.txt",
        "match.ann",
        "match.txt",
    ]
    again = run("convert", "standoff", "--to", "claims-csv")
    assert again.exit_code == 0
    assert {line.split(",")[0] for line in again.stdout.splitlines()[1:]} == {
        "standoff/clean.txt",
        "standoff/match.txt",
    }
    refused = run("convert", "wire", "--to", "brat", "-o", "one.ann")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "2 documents do not fit into one brat file; name a directory after -o" in refused.stderr


def test_a_program_sees_what_the_commands_see() -> None:
    session = Session(Options(rules=RuleOptions(select=("SRC105", "SRC104"))))
    analysed = session.analyse("drafts/strike.txt")
    assert isinstance(analysed, AnalysedDraft)
    assert analysed.origin == "from the cache"
    found = session.findings(analysed).file
    assert [finding.rule for finding in found.findings] == ["SRC105"]
    assert [finding.rule for finding in found.suppressed] == ["SRC104"]
