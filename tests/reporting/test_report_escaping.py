"""Hostile strings, as words of a draft and as names of files, in every output of every command."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from hostile import HOSTILE
from report_findings import finding_at

from attribution.analysis import analyse_parsed
from attribution.cli.main import attrib
from attribution.conversion.formats import FORMATS as CONVERSIONS
from attribution.lexicon import load_lexicon
from attribution.linting import FileFindings, UnreadDraft
from attribution.parsing import read_conllu
from attribution.records import Analysis
from attribution.reporting import escaping
from attribution.reporting.findings.checkstyle import findings_checkstyle
from attribution.reporting.findings.full import findings_full
from attribution.reporting.findings.github import findings_github
from attribution.reporting.findings.gitlab import findings_gitlab
from attribution.reporting.findings.json import findings_json
from attribution.reporting.findings.jsonl import findings_jsonl
from attribution.reporting.findings.junit import findings_junit
from attribution.reporting.findings.line import findings_line
from attribution.reporting.findings.rdjson import findings_rdjson
from attribution.reporting.findings.sarif import findings_sarif
from attribution.reporting.findings.statistics import statistics_full, statistics_json
from attribution.reporting.findings.template import findings_template
from attribution.scoring import load_weights

CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)

SAID = """\
1	The	the	DET	DT	_	2	det	_	_
2	pier	pier	NOUN	NN	_	4	nsubj	_	_
3	was	be	AUX	VBD	_	4	cop	_	_
4	old	old	ADJ	JJ	_	8	ccomp	_	SpaceAfter=No
5	,	,	PUNCT	,	_	4	punct	_	_
6	{0}	{1}	PROPN	NNP	_	7	compound	_	_
7	{2}	{3}	NOUN	NNS	_	8	nsubj	_	_
8	said	say	VERB	VBD	_	0	root	_	SpaceAfter=No
9	.	.	PUNCT	.	_	8	punct	_	_

"""

CLAIMED = """\
1	The	the	DET	DT	_	2	det	_	_
2	pier	pier	NOUN	NN	_	4	nsubj	_	_
3	was	be	AUX	VBD	_	4	cop	_	_
4	sound	sound	ADJ	JJ	_	6	ccomp	_	SpaceAfter=No
5	,	,	PUNCT	,	_	4	punct	_	_
6	claimed	claim	VERB	VBD	_	0	root	_	_
7	{0}	{1}	PROPN	NNP	_	6	nsubj	_	SpaceAfter=No
8	.	.	PUNCT	.	_	6	punct	_	_

"""


def word_of(text: str) -> str:
    """The string as a word of CoNLL-U, which holds no white space at which it could be parted."""
    return (
        "".join(re.split(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029 ]+", text)).encode("utf-8", "replace").decode() or "x"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For each string a draft of that name and with that word in it, in an old and a new version."""
    root = tmp_path_factory.mktemp("hostile")
    for version, noun in (("old", "engineers"), ("new", "sources")):
        (root / version).mkdir()
        for number, text in enumerate(HOSTILE):
            word = word_of(text)
            parse = CLAIMED.format(word, word.lower()) + SAID.format(word, word.lower(), noun, noun.removesuffix("s"))
            (root / version / f"{text} {number}.conllu".replace("/", "_")).write_text(parse, encoding="utf-8")
    return root


def run(folder: Path, *arguments: str) -> Result:
    here = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(attrib, arguments)
    finally:
        os.chdir(here)


def drafts_of(folder: Path, version: str = "new") -> list[str]:
    """The drafts as somebody in their folder names them."""
    return sorted(path.name for path in (folder / version).iterdir())


def output_of(folder: Path, *arguments: str, codes: Sequence[int] = (0, 1)) -> str:
    """What a command prints about all the drafts."""
    result = run(folder / "new", *arguments, "--", *drafts_of(folder))
    assert result.exit_code in codes, result.stderr + str(result.exception)
    return result.stdout_bytes.decode()


def assert_json(text: str) -> None:
    """JSON with the drafts' words in it, and no character that a terminal obeys."""
    assert not CONTROLS.search(text.replace("\n", ""))
    assert "alert(1)" in json.dumps(json.loads(text), ensure_ascii=False)


def assert_plain(text: str) -> None:
    """No control character, nothing that turns, nothing that a CI runner takes for a command."""
    text = COLOURS.sub("", text)
    assert not CONTROLS.search(text), [line for line in text.split("\n") if CONTROLS.search(line)][:3]
    assert not COMMAND.search(text), [line for line in text.split("\n") if COMMAND.search(line)][:3]


TEXTS = [
    ("report",),
    ("report", "--full", "--color", "always"),
    ("report", "--explain", "--width", "40"),
    ("sources",),
    ("sources", "--color", "always", "--width", "40"),
    ("tree",),
    ("tree", "--explain", "--color", "always"),
    ("lint", "--show-config"),
]


@pytest.mark.parametrize("arguments", TEXTS, ids=" ".join)
def test_text_commands_nothing(folder: Path, arguments: Sequence[str]) -> None:
    text = output_of(folder, *arguments)
    assert_plain(text)
    assert text.strip()


def analyses(folder: Path) -> Iterator[Analysis]:
    lexicon, weights = load_lexicon(), load_weights()
    for name in drafts_of(folder):
        draft, sentences = read_conllu((folder / "new" / name).read_text(encoding="utf-8"), name)
        yield analyse_parsed(draft, sentences, lexicon, weights, "given")


@pytest.fixture(scope="module")
def files(folder: Path) -> list[FileFindings]:
    """Findings about the drafts, whose messages have the words in them."""
    found = []
    for analysis in analyses(folder):
        word = next(token.text for token in analysis.sentences[0].tokens if token.index == 6)
        finding = finding_at(analysis, "VRB401", "claimed", message=f"“claimed” judges the words of “{word}”")
        found.append(FileFindings(analysis.draft.path, analysis.draft.text, (finding,)))
    return found


@pytest.mark.parametrize(
    "written",
    [
        findings_line,
        statistics_full,
        findings_full,
        partial(findings_full, color=True, width=40),
        partial(findings_full, encoding="ascii"),
    ],
)
def test_findings_command_nothing(files: list[FileFindings], written: Callable[[list[FileFindings]], str]) -> None:
    assert_plain(written(files))


LISTED = """{% for found in findings %}
{{ found.message }} | {{ found.path }} | {{ found.text }}
{% endfor %}
{% for draft in unread %}
{{ draft.error }}
{{ draft.path }}
{% endfor %}
"""


def test_a_template_gets_texts_that_command_nothing(files: list[FileFindings]) -> None:
    unread = [UnreadDraft(hostile, hostile) for hostile in HOSTILE]
    text = findings_template(files, unread, LISTED, "listed.txt.jinja")
    assert_plain(text)
    assert len(text.splitlines()) == len(files) + 2 * len(unread)
    page = findings_template(files, unread, f"<style></style><script></script>{LISTED}", "listed.html.jinja")
    assert_page(page)


OWN_RULE = """
[[rule]]
id = "OWN{number}"
name = "own-rule-{number}"
message = {text}
help = {sentence}
why = {sentence}
tokens = ["claim"]
bad = ["He **claimed** it."]
good = ["He said it."]
"""

FINDING_FORMATS = ("concise", "full", "line", "json", "jsonl", "gitlab", "sarif", "rdjson", "junit", "checkstyle")


def toml_of(text: str) -> str:
    """The text as a string of TOML."""
    return json.dumps(text.encode("utf-8", "replace").decode()).replace("\x7f", "\\u007f")


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft, and for each string a rule of the newsroom's own that tells it."""
    folder = tmp_path_factory.mktemp("newsroom")
    rules = [
        OWN_RULE.format(number=number, text=toml_of(hostile.strip()), sentence=toml_of(f"{hostile.strip()}."))
        for number, hostile in enumerate(HOSTILE, 100)
        if "{" not in hostile  # a message puts words in place of it
    ]
    (folder / "own.toml").write_text('publisher = "Us"\n' + "".join(rules), encoding="utf-8")
    (folder / "a.conllu").write_text(CLAIMED.format("Quill", "quill"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ("rules",),
        ("rules", "-f", "json"),
        ("explain", "OWN"),
        ("explain", "OWN", "-f", "json"),
        *(("lint", "-f", form, "--select", "OWN", "a.conllu") for form in FINDING_FORMATS),
        ("lint", "--statistics", "--select", "OWN", "a.conllu"),
        ("lint", "--statistics", "-f", "json", "--select", "OWN", "a.conllu"),
    ],
    ids=" ".join,
)
def test_own_rules_command_nothing(arguments: Sequence[str], newsroom: Path) -> None:
    """What a rule says of itself may come from a stranger's package as much as a draft."""
    name, *rest = arguments
    result = run(newsroom, name, "--isolated", "--rules", "own.toml", *rest)
    assert result.exit_code in (0, 1), result.stderr
    text = result.stdout_bytes.decode()
    assert "OWN100" in text
    assert not CONTROLS.search(COLOURS.sub("", text).replace("\n", ""))
    if not {"json", "jsonl", "gitlab", "sarif", "rdjson"}.intersection(rest):
        assert_plain(text)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_arguments_are_told_of_on_one_plain_line(hostile: str, tmp_path: Path) -> None:
    (tmp_path / "a.conllu").write_text(CLAIMED.format("Quill", "quill"), encoding="utf-8")
    for arguments in (
        ("schema", "--", hostile),
        ("explain", "--", hostile),
        ("tree", "--", hostile),
        ("lint", f"--select={hostile}", "a.conllu"),
        ("lint", f"--changed-lines={hostile}", "a.conllu"),
        ("lint", "-f", "template", f"--template={hostile}", "a.conllu"),
        ("lint", f"--baseline={hostile}", "a.conllu"),
        ("diff", "--", hostile, "a.conllu"),
        ("convert", f"--to={hostile}", "a.conllu"),
    ):
        result = run(tmp_path, *arguments)
        if "\x00" in hostile and result.exit_code == 1:
            continue
        assert result.exit_code == 2, (arguments, result.stdout)
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1, arguments
        assert_plain(result.stderr.removesuffix("\n"))


def test_statistics_and_changed_lines_command_nothing(folder: Path, tmp_path: Path) -> None:
    drafts = drafts_of(folder)
    change = tmp_path / "a.diff"
    names = [
        name.encode("utf-8", "replace").decode()
        for name in drafts
        if not re.search(r"[\r\n\x0b\x0c\x85\u2028\u2029\x1c-\x1e]", name)
    ]
    change.write_text("".join(f"--- a/{name}\n+++ b/{name}\n@@ -0,0 +1,1 @@\n+x\n" for name in names), encoding="utf-8")
    for form in ("concise", "full", "line"):
        assert_plain(output_of(folder, "lint", "--changed-lines", str(change), "-f", form))
    assert_plain(output_of(folder, "lint", "--statistics"))
    assert not CONTROLS.search(output_of(folder, "lint", "--statistics", "-f", "json").replace("\n", ""))


def test_every_line_of_findings_is_of_a_draft(files: list[FileFindings]) -> None:
    lines = findings_line(files).split("\n")[:-1]
    assert len(lines) == len(HOSTILE)
    assert all(re.search(r"\.conllu:\d+:\d+: (error|warning|info) [A-Z]+\d+ ", line) for line in lines)


@pytest.mark.parametrize("written", [findings_json, findings_gitlab, findings_sarif, findings_rdjson])
def test_findings_in_json_show_no_control(
    files: list[FileFindings], written: Callable[[list[FileFindings]], str]
) -> None:
    assert_json(written(files))


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "-f", "json"),
        ("sources", "-f", "json"),
    ],
    ids=" ".join,
)
def test_json_is_json_and_shows_no_control(folder: Path, arguments: Sequence[str]) -> None:
    assert_json(output_of(folder, *arguments))


def test_each_line_of_jsonl_is_an_object(folder: Path, files: list[FileFindings]) -> None:
    for text in (output_of(folder, "report", "-f", "jsonl"), findings_jsonl(files)):
        lines = text.splitlines()
        assert len(lines) == len(HOSTILE)
        assert all(isinstance(json.loads(line), dict) and not CONTROLS.search(line) for line in lines)


@pytest.mark.parametrize("written", [findings_junit, findings_checkstyle])
def test_xml_is_well_formed(files: list[FileFindings], written: Callable[[list[FileFindings]], str]) -> None:
    text = written(files)
    assert len(ElementTree.fromstring(text.encode())) == len(HOSTILE)
    assert_plain(text)


def test_annotations_of_github_are_those_of_findings(files: list[FileFindings]) -> None:
    lines = findings_github(files).split("\n")[:-1]
    assert len(lines) == len(HOSTILE)
    assert all(re.fullmatch(r"::(error|warning|notice) file=[^:,]+(,\w+=[^:,]+)+::.+", line) for line in lines)
    assert not CONTROLS.search("".join(lines))


@pytest.mark.parametrize(
    "written",
    [
        findings_json,
        findings_jsonl,
        findings_gitlab,
        findings_sarif,
        findings_rdjson,
        findings_junit,
        findings_checkstyle,
        findings_github,
        statistics_json,
    ],
)
def test_drafts_that_were_not_read_show_no_control(
    written: Callable[[Sequence[FileFindings], Sequence[UnreadDraft]], str],
) -> None:
    text = written([], [UnreadDraft(hostile, f"holds {hostile}") for hostile in HOSTILE])
    assert not CONTROLS.search(text)
    if written is findings_github:
        assert len(text.splitlines()) == len(HOSTILE)
        assert all(re.fullmatch(r"::error file=[^:,]+,title=unread-draft::.+", line) for line in text.splitlines())


def assert_table(text: str) -> None:
    """Rows of the same length, of cells none of which is a formula, and no line that is a command."""
    assert not CONTROLS.search(text.replace("\r\n", ""))
    header, *rows = csv.reader(StringIO(text, newline=""))
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert not [cell for row in rows for cell in row if re.match(r"\s*[=+\-@＝]", cell)]
    assert not COMMAND.search(text)


def test_no_cell_of_a_table_is_a_formula(folder: Path) -> None:
    assert_table(output_of(folder, "sources", "-f", "csv"))


class _Page(HTMLParser):
    """Collects the tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]


def assert_page(page: str) -> None:
    """The page has the one script of all pages, no markup of a draft, and turns only what stands apart."""
    found = _Page(page)
    assert found.tags.count("script") == found.tags.count("style") == 1
    assert "img" not in found.tags
    assert not [name for name in found.attributes if name.startswith("on")]
    apart = re.sub(r'<bdi class="turn" data-name="\w+">.</bdi>', "", page)
    assert not CONTROLS.search(re.sub("[\n\f\u2028\u2029]", "", apart))
    assert "{{" not in page.replace("{{ 7 * 7 }}", "").replace("{{7*7}}", "")
    assert ">49<" not in page


def test_pages_have_no_markup_of_drafts(folder: Path, tmp_path: Path) -> None:
    result = run(folder / "new", "report", "-f", "html", "-o", f"{tmp_path}/", "--", *drafts_of(folder))
    assert result.exit_code == 0, result.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) == len(HOSTILE) + 1
    for page in pages:
        assert_page(page.read_text(encoding="utf-8"))


def pairs(folder: Path) -> list[list[str]]:
    return [[f"old/{name}", f"new/{name}"] for name in drafts_of(folder)]


@pytest.mark.parametrize("form", ["text", "json", "html", "github", "gitlab"])
def test_comparisons_obey_nothing(folder: Path, form: str) -> None:
    for old, new in pairs(folder):
        result = run(folder, "diff", old, new, "-f", form, "--color", "always")
        assert result.exit_code == 0, result.stderr + str(result.exception)
        text = result.stdout_bytes.decode()
        if form == "text":
            assert_plain(text)
        elif form == "html":
            assert_page(text)
        elif form in ("json", "gitlab"):
            assert json.loads(text)
            assert not CONTROLS.search(text.replace("\n", ""))
        else:
            assert re.fullmatch(r"(::(error|warning|notice) file=[^:,]+(,\w+=[^:,]+)+::[^\n]+\n)+", text)
            assert not CONTROLS.search(text.replace("\n", ""))


@pytest.mark.parametrize("form", sorted(CONVERSIONS))
def test_every_conversion_of_a_hostile_draft_can_be_read(folder: Path, form: str) -> None:
    """Formats of data keep the words of the draft; tables have no formula, and JSON no control."""
    for analysis in analyses(folder):
        text = CONVERSIONS[form].write([analysis])
        assert text.encode()
        if form.endswith("csv"):
            assert_table(text)
        elif form == "jsonl" or text.startswith(("{", "[")):
            assert json.loads(text)
            assert not CONTROLS.search(text.replace("\n", ""))


def test_errors_are_one_plain_line(folder: Path) -> None:
    for text in HOSTILE:
        name = text.replace("/", "_").replace("\x00", "")
        result = run(folder, "report", "--", f"./{name}.txt")
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
        assert_plain(result.stderr.removesuffix("\n"))


# --- The functions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "escape",
    [
        escaping.path_in_line,
        lambda text: escaping.without_commands(escaping.one_line(text)),
        lambda text: escaping.without_commands(escaping.for_terminal(text, "utf-8")),
        lambda text: escaping.without_commands(escaping.for_terminal(text, "ascii")).encode("ascii").decode(),
        lambda text: (
            escaping.without_commands(escaping.for_terminal(text, "latin-1")).encode("latin-1").decode("latin-1")
        ),
        lambda text: escaping.without_commands(escaping.for_terminal(text, "no-such-encoding")),
    ],
)
def test_what_is_escaped_is_plain(escape: Callable[[str], str]) -> None:
    for text in HOSTILE:
        assert_plain(escape(text))
        assert "\n" not in escape(text)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_what_is_for_a_terminal_can_be_written_in_its_encoding(encoding: str) -> None:
    for text in HOSTILE:
        assert escaping.for_terminal(text, encoding).encode(encoding)


def test_harmless_text_stays_as_it_is() -> None:
    told = "“The pier – 40% of it – is old,” said Ada Quill: #1, ##2, a::b, 9:30 [sic] “naïve” 日本 👩‍🚒"
    assert escaping.one_line(told) == told
    assert escaping.for_terminal(told, "utf-8") == told
    assert escaping.without_commands(f"a :: b\n{told}\n") == f"a :: b\n{told}\n"
    assert escaping.csv_cell(told) == told
    assert escaping.csv_cell(-0.5) == -0.5
    assert escaping.json_text(told) == told
    assert escaping.path_in_line("drafts/pier.txt") == "drafts/pier.txt"
    assert escaping.without_hidden(told) == told


def test_a_path_that_reads_as_a_command_is_the_same_file() -> None:
    assert escaping.path_in_line("::stop-commands::x") == "./::stop-commands::x"


def test_escaped_json_says_the_same() -> None:
    for text in HOSTILE:
        written = escaping.json_text(json.dumps(text, ensure_ascii=False))
        assert json.loads(written) == re.sub("[\ud800-\udfff]", "\ufffd", text)


def test_a_file_name_that_is_not_utf_8_is_the_same_in_a_uri() -> None:
    assert escaping.path_in_uri(os.fsdecode(b"p\xe4r.txt")) == "p%E4r.txt"
