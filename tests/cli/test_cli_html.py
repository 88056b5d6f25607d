"""``attrib report -f html``: one page, or a directory of pages with an index. Parses are given."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from attribution.cli.main import attrib
from attribution.cli.pages import INDEX, SUFFIX, UniqueNames

PARSE = """\
# newpar
1	The	the	DET	DT	_	2	det	_	_
2	pier	pier	NOUN	NN	_	4	nsubj	_	_
3	was	be	AUX	VBD	_	4	cop	_	_
4	old	old	ADJ	JJ	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

"""


@pytest.fixture(autouse=True)
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("more").mkdir()
    for name in ("one", "two", "more/one"):
        Path(f"{name}.conllu").write_text(PARSE, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(attrib, ("report", "-f", "html", *arguments))


def test_one_draft_goes_to_standard_output_or_a_file() -> None:
    shown = run("one.conllu")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("<!doctype html>\n")
    assert "The pier was old" in shown.stdout
    assert run("-o", "page.html", "one.conllu").stdout == ""
    assert Path("page.html").read_text(encoding="utf-8") == shown.stdout


def test_several_drafts_go_to_a_directory_with_an_index() -> None:
    result = run("-o", "pages", "one.conllu", "two.conllu", "more/one.conllu")
    assert (result.exit_code, result.stdout) == (0, "")
    assert sorted(path.name for path in Path("pages").iterdir()) == ["index.html", "one-2.html", "one.html", "two.html"]
    index = Path("pages/index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"#]*)"', index)
    assert links == ["one.html", "two.html", "one-2.html"]
    for link in links:
        assert 'href="index.html"' in Path("pages", link).read_text(encoding="utf-8")


def test_one_draft_may_go_to_a_directory_too() -> None:
    assert run("-o", "pages/", "one.conllu").exit_code == 0
    assert sorted(path.name for path in Path("pages").iterdir()) == ["index.html", "one.html"]


def test_a_draft_that_fails_does_not_stop_the_others() -> None:
    result = run("-o", "pages", "missing.conllu", "one.conllu", "two.conllu")
    assert result.exit_code == 2
    assert "missing.conllu" in result.stderr
    assert "missing" not in Path("pages/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("one.conllu", "two.conllu"), "name a directory with -o"),
        (("-o", "one.conllu", "one.conllu", "two.conllu"), "is a file"),
        (("-o", "no/such/", "one.conllu", "two.conllu"), "cannot be"),
        (("--only", "own", "one.conllu"), "--only goes with -f text"),
    ],
)
def test_impossible_requests_get_one_line(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_no_page_overwrites_a_draft() -> None:
    draft = "<html><body><p>The pier in the old harbour of the town was closed to all visitors.</p></body></html>"
    Path("more/one.html").write_text(draft, encoding="utf-8")
    result = run("-o", "more", "more/one.html", "one.conllu")
    assert result.exit_code == 2
    assert "is one of the files that are read" in result.stderr
    assert Path("more/one.html").read_text(encoding="utf-8") == draft


def test_page_names_are_safe_and_each_draft_has_its_own() -> None:
    names = UniqueNames(SUFFIX, INDEX)
    given = [names.of(path, path) for path in ("a b&c.txt", "x/One.txt", "y/one.md", "index.txt", "../..", "x/One.txt")]
    assert given == ["a-b-c.html", "One.html", "one-2.html", "index-2.html", "draft.html", "One.html"]


REPORTED = """\
# newpar
1	The	the	DET	DT	_	2	det	_	_
2	pier	pier	NOUN	NN	_	5	nsubj	_	_
3	has	have	AUX	VBZ	_	5	aux	_	_
4	reportedly	reportedly	ADV	RB	_	5	advmod	_	_
5	closed	close	VERB	VBN	_	0	root	_	SpaceAfter=No
6	.	.	PUNCT	.	_	5	punct	_	_

"""


def test_the_page_shows_what_the_stable_rules_find() -> None:
    Path("reported.conllu").write_text(REPORTED, encoding="utf-8")
    assert "HDG303" in run("reported.conllu").stdout
    assert "HDG303" not in run("one.conllu").stdout
    assert run("-o", "site/", "reported.conllu", "one.conllu").exit_code == 0
    assert "HDG303" in Path("site/reported.html").read_text(encoding="utf-8")
