"""Whatever goes wrong around attrib, or in it, is one line and an exit code; no traceback unless it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from attribution.cli.main import attrib
from attribution.session.processes import in_order

CODE = "from attribution.cli.main import main; main()"
PARSE = "1\tPolice\tpolice\tNOUN\tNN\t_\t2\tnsubj\t_\t_\n2\tagreed\tagree\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("ATTRIB_TRACEBACK", raising=False)
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("police.conllu").write_text(PARSE, encoding="utf-8")
    return folder


def run(*arguments: str, data: str | None = None) -> Result:
    return CliRunner().invoke(attrib, arguments, input=data)


def assert_one_line(result: Result, *pieces: str, code: int = 2) -> None:
    assert (result.exit_code, result.stderr.count("\n")) == (code, 1), result.stderr
    assert result.stderr.startswith("attrib: ")
    for piece in pieces:
        assert piece in result.stderr


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command line in a shell, in which ``attrib`` is this attrib."""
    function = f'attrib() {{ "{sys.executable}" -c "{CODE}" "$@"; }}; '
    return subprocess.run(
        ["/bin/sh", "-c", function + command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


# --- Around attrib ----------------------------------------------------------------------------------------------------


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", ["report police.conllu", "report police.conllu -f json", "--help", "cache info"])
def test_a_full_disk(command: str) -> None:
    done = shell(f"attrib {command} > /dev/full")
    assert done.returncode == 2
    assert done.stderr == (
        "attrib: cannot read or write (No space left on device); check the disk, and where the output goes\n"
    )


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    ("command", "code"),
    [("report police.conllu none.txt", 2), ("rules none", 2), ("lint none.txt", 2), ("report -v police.conllu", 0)],
)
def test_errors_that_cannot_be_told_change_neither_result_nor_code(command: str, code: int) -> None:
    told, untold = shell(f"attrib {command}"), shell(f"attrib {command} 2> /dev/full")
    assert (told.returncode, untold.returncode) == (code, code)
    assert untold.stdout == told.stdout


@posix
def test_closed_streams() -> None:
    done = shell("attrib report police.conllu >&-")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "where the output goes" in done.stderr
    assert shell("attrib report police.conllu -o out.txt >&-").returncode == 0
    assert "police" in Path("out.txt").read_text(encoding="utf-8").lower()
    done = shell("attrib report <&-")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    done = shell("attrib report police.conllu 2>&-")
    assert done.returncode == 0
    assert "agreed" in shell("attrib tree police.conllu 2>&-").stdout


@posix
def test_the_working_folder_is_gone() -> None:
    for command in ("report x.txt", "lint .", "report -o out.txt x.txt", "diff HEAD -- ."):
        done = shell(f"mkdir gone && cd gone && rmdir ../gone && attrib {command}")
        assert done.returncode == 2, command
        assert [line[:8] for line in done.stderr.splitlines() if "getcwd" not in line] == ["attrib: "], done.stderr


@posix
def test_no_home() -> None:
    done = shell("HOME= attrib cache info", ATTRIB_CACHE_DIR="", XDG_CACHE_HOME="")
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 2)


def test_names_that_are_too_long() -> None:
    name = "x" * 300
    assert_one_line(run("report", name + ".txt"), "cannot be read")
    assert_one_line(run("lint", name), "cannot be read")
    assert_one_line(run("report", "police.conllu", "-o", name), "cannot be written")
    assert_one_line(run("report", "police.conllu", "--config", name), "cannot be read")
    assert_one_line(run("lint", "police.conllu", "--baseline", name), "there is no such baseline")


def test_a_name_that_fits_only_just() -> None:
    name = "x" * 250
    assert run("report", "police.conllu", "-o", name).exit_code == 0
    assert Path(name).is_file()


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 200_000])
def test_deeply_nested_json(text: str) -> None:
    Path("deep.json").write_text(text, encoding="utf-8")
    assert_one_line(run("convert", "deep.json", "--to", "jsonl"), "deep.json")
    assert_one_line(run("evaluate", "deep.json"), "deep.json")
    assert_one_line(run("lint", "police.conllu", "--baseline", "deep.json"), "deep.json", "is not a baseline")


@pytest.mark.parametrize("name", [".attrib.toml", ".attrib-ignore.toml"])
def test_deeply_nested_toml(name: str) -> None:
    Path(name).write_text("a = " + "[" * 100_000, encoding="utf-8")
    assert_one_line(run("report", "police.conllu"), name)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x01", b"\x00" * 50])
def test_settings_that_are_no_text(content: bytes) -> None:
    for name in (".attrib.toml", ".attrib-ignore.toml"):
        Path(name).write_bytes(content)
        assert_one_line(run("lint", "police.conllu"), name)
        Path(name).unlink()


@pytest.mark.parametrize(
    "text",
    [
        'lexicons = ["a\\u0000b"]\n',
        'extend = "a\\u0000b"\n',
        'baseline = "a\\u0000b"\n',
        '[per-file-ignores]\n"a\\u0000b" = ["SRC101"]\n',
    ],
)
def test_nul_in_settings(text: str) -> None:
    Path(".attrib.toml").write_text(text, encoding="utf-8")
    assert_one_line(run("lint", "police.conllu"), ".attrib.toml:", "NUL")


def test_a_long_chain_of_settings() -> None:
    for number in range(2000):
        Path(f"{number}.toml").write_text(f'extend = "{number + 1}.toml"\n', encoding="utf-8")
    assert_one_line(run("lint", "police.conllu", "--config", "0.toml"), "extends more than 20 files")


@posix
def test_settings_that_are_a_link_to_themselves() -> None:
    Path("loop.toml").symlink_to("loop.toml")
    Path("extending.toml").write_text('extend = "loop.toml"\n', encoding="utf-8")
    for name in ("loop.toml", "extending.toml"):
        assert_one_line(run("lint", "police.conllu", "--config", name), "loop.toml")


@posix
def test_few_file_handles() -> None:
    done = shell("ulimit -n 6; attrib report police.conllu")
    assert "Traceback" not in done.stderr


# --- Files that are none ----------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("command", ["lint", "report", "sources"])
def test_pipes_and_links_out_of_a_folder_are_skipped(command: str) -> None:
    Path("drafts/inside").mkdir(parents=True)
    os.mkfifo("drafts/pipe.txt")
    Path("elsewhere.txt").write_text("Elsewhere.", encoding="utf-8")
    Path("drafts/out.txt").symlink_to("../elsewhere.txt")
    Path("drafts/up").symlink_to("..")
    Path("drafts/broken.txt").symlink_to("nowhere.txt")
    Path("drafts/loop.txt").symlink_to("loop.txt")
    Path("drafts/empty.txt").write_text("", encoding="utf-8")
    result = run(command, "drafts")
    assert result.exit_code == 2
    told = result.stderr.splitlines()
    assert sorted(line.split(":")[1].strip() for line in told) == [
        "drafts/broken.txt",
        "drafts/empty.txt",
        "drafts/loop.txt",
        "drafts/out.txt",
        "drafts/pipe.txt",
        "drafts/up",
    ]
    assert sum("skipped, because it is" in line for line in told) == 5
    assert run(command, "-q", "drafts").stderr.count("\n") == 1


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_cannot_be_read_is_told() -> None:
    Path("drafts/closed").mkdir(parents=True)
    Path("drafts/closed").chmod(0)
    assert_one_line(run("lint", "drafts"), "drafts")


def test_a_folder_that_cannot_be_listed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("drafts/closed").mkdir(parents=True)
    Path("drafts/a.txt").write_text("", encoding="utf-8")
    scandir: Callable[..., object] = os.scandir

    def refuse(path: str = ".") -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    told = run("lint", "drafts").stderr.splitlines()
    assert told[0] == "attrib: drafts/closed: skipped, because it cannot be read (Permission denied)"


@pytest.mark.parametrize("command", ["lint", "report", "tree"])
def test_an_empty_name(command: str) -> None:
    assert_one_line(run(command, ""), "the argument is empty")


@pytest.mark.parametrize(
    "command",
    [
        "convert|",
        "convert|police.conllu|--to=json|-o|",
        "evaluate|",
        "evaluate|police.conllu|--against|",
        "diff||police.conllu",
        "diff|police.conllu|",
        "report|police.conllu|-o|",
        "report|police.conllu|--config|",
        "report|police.conllu|--lexicon|",
        "report|police.conllu|--model|",
        "lint|police.conllu|--baseline|",
        "lint|police.conllu|--rules|",
        "lint|police.conllu|--template=|-f=template",
        "lint|police.conllu|--changed-lines|",
    ],
)
def test_an_empty_name_is_no_folder(command: str) -> None:
    """A variable of a shell that is not set must not stand for the working folder."""
    assert_one_line(run(*command.split("|")), "is empty")


# --- In attrib --------------------------------------------------------------------------------------------------------


def test_a_fault_is_one_line_and_asks_to_be_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("attribution.session.session.find", fail)
    result = run("report", "police.conllu")
    assert_one_line(result, "ZeroDivisionError: a fault", "please report it", "ATTRIB_TRACEBACK=1", code=3)
    monkeypatch.setenv("ATTRIB_TRACEBACK", "1")
    shown = run("report", "police.conllu")
    assert shown.exit_code == 3
    assert "Traceback (most recent call last)" in shown.stderr


@pytest.mark.parametrize("place", ["session.session.find", "analysis.Analyser.analyse_parsed"])
def test_too_little_memory_is_no_fault(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError("Unable to allocate 91.6 MiB")

    monkeypatch.setattr(f"attribution.{place}", fail)
    assert_one_line(run("report", "police.conllu"), "more memory than there is")


@posix
def test_an_interrupt_does_not_wait_for_running_work() -> None:
    def tasks() -> Iterator[tuple[str, tuple[float, ...]]]:
        yield "one draft", (600,)
        yield "another", (600,)
        raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(in_order(tasks(), time.sleep, 2))
    assert time.monotonic() - started < 60
