"""``attrib watch``: the list of what to look at, again after each save. Changes are given by the tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from attribution.cli import watching
from attribution.cli.main import attrib
from attribution.cli.watch import since_last_save

OTHER = """\
# newpar
1	The	the	DET	DT	_	2	det	_	_
2	pier	pier	NOUN	NN	_	4	nsubj	_	_
3	was	be	AUX	VBD	_	4	cop	_	_
4	old	old	ADJ	JJ	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

"""
EXPERTS = """\
1	Experts	expert	NOUN	NNS	_	2	nsubj	_	_
2	say	say	VERB	VBP	_	0	root	_	_
3	the	the	DET	DT	_	4	det	_	_
4	pier	pier	NOUN	NN	_	6	nsubj	_	_
5	is	be	AUX	VBZ	_	6	cop	_	_
6	unsafe	unsafe	ADJ	JJ	_	2	ccomp	_	SpaceAfter=No
7	.	.	PUNCT	.	_	2	punct	_	_

"""
DRAFT = "pier.conllu"
WAITING = "attrib: waits for changes; Ctrl-C ends it"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    save(OTHER + EXPERTS)
    return tmp_path


def save(text: str) -> None:
    Path(DRAFT).write_text(text, encoding="utf-8")


def watch(monkeypatch: pytest.MonkeyPatch, *saves: str | None, arguments: tuple[str, ...] = (DRAFT,)) -> Result:
    """The command while these texts are saved one after another; None takes the draft away."""

    def changes(folders: list[Path]) -> Iterator[None]:
        assert folders == [Path.cwd()]
        for text in saves:
            if text is None:
                Path(DRAFT).unlink()
            else:
                save(text)
            yield

    monkeypatch.setattr(watching, "changes_near", changes)
    return CliRunner().invoke(attrib, ("watch", *arguments))


def test_the_list_is_written_again_after_each_save(monkeypatch: pytest.MonkeyPatch) -> None:
    result = watch(monkeypatch, OTHER, OTHER + EXPERTS, EXPERTS + OTHER)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [WAITING]
    assert result.stdout.count("“Experts” could be anybody") == 3
    assert [line for line in result.stdout.splitlines() if line.startswith("Since")] == [
        "Since the last save: 1 gone.",
        "Since the last save: 1 new.",
        "Since the last save: nothing else to look at, and nothing less.",
    ]


def test_it_shows_the_list_alone_or_the_whole_report(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Who carries the story" not in watch(monkeypatch).stdout
    whole = watch(monkeypatch, arguments=(DRAFT, "--full")).stdout
    assert "Who carries the story" in whole
    assert "The pier was old." in whole


def test_a_draft_that_an_editor_takes_away_for_a_moment_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    result = watch(monkeypatch, None, OTHER)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [WAITING, f"attrib: {DRAFT}: there is no such file; check the name"]
    assert "Since the last save: 1 gone." in result.stdout


def test_a_draft_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    result = watch(monkeypatch, arguments=("peir.conllu",))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "attrib: peir.conllu: there is no such file; check the name\n"


def test_standard_input_cannot_be_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    result = watch(monkeypatch, arguments=("-",))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "only files and directories can be watched" in result.stderr


def test_an_interrupt_ends_it_with_the_code_of_the_last_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def changes(folders: list[Path]) -> Iterator[None]:
        yield
        raise KeyboardInterrupt

    monkeypatch.setattr(watching, "changes_near", changes)
    result = CliRunner().invoke(attrib, ("watch", DRAFT))
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [WAITING, "attrib: ends"]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("", "", "nothing else to look at, and nothing less"),
        ("ab", "a", "1 gone"),
        ("a", "abb", "2 new"),
        ("aab", "acd", "2 gone, 2 new"),
        ("ab", "ba", "nothing else to look at, and nothing less"),
    ],
)
def test_what_a_save_has_changed(before: str, now: str, told: str) -> None:
    points = [Counter((letter, "message") for letter in letters) for letters in (before, now)]
    assert since_last_save(*points) == f"Since the last save: {told}."
