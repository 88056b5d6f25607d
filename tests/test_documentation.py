"""The commands in the documentation exist, and the pages that show what they print are right."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from script_modules import script_module

from attribution.cli.main import COMMANDS, attrib

CHECKOUT = Path(__file__).parent.parent
FILES = ["README.md", "EVALUATION.md", "CONTRIBUTING.md", "SECURITY.md", "lexicons/README.md", "seeds/README.md"]
PAGES = [
    *(CHECKOUT / name for name in FILES),
    *sorted(path for path in (CHECKOUT / "docs").rglob("*.md") if path.name != "RULES.md"),
]
CALL = re.compile(rf"\battrib ({'|'.join(COMMANDS)})\b([^`\n|;#]*)")
OPTION = re.compile(r"(?<![\w…-])(--?[a-zA-Z][\w-]*)")


examples = script_module("write_examples")
site = script_module("build_site")


def name_of(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def options_of(name: str) -> set[str]:
    context = click.Context(attrib, **attrib.context_settings)
    command = attrib.get_command(context, name)
    assert command is not None
    commands = [command]
    if isinstance(command, click.Group):
        commands += command.commands.values()
    return {
        option
        for described in commands
        for parameter in described.get_params(context)
        for option in (*parameter.opts, *parameter.secondary_opts)
    }


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_option_in_the_documentation_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    unknown = [
        f"attrib {name} {option}"
        for name, arguments in CALL.findall(text)
        for option in OPTION.findall(arguments)
        if option not in options_of(name) | {"-h", "--help"}
    ]
    assert unknown == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_address_is_made_up(path: Path) -> None:
    assert re.findall(r"https?://[^\s/)]*(?:\byour|\bexample\.)[^\s)]*", path.read_text(encoding="utf-8")) == []


def test_every_page_has_its_place_on_the_site() -> None:
    settings = (CHECKOUT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = re.findall(r"^ +- (?:\w+: )?([\w/-]+\.md)$", settings, re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == {site.page_of(file) for file in site.files()} | {"reference/commands.md", "reference/json.md"}


def test_there_are_commands_to_check() -> None:
    called = {name for path in PAGES for name, _ in CALL.findall(path.read_text(encoding="utf-8"))}
    assert called == set(COMMANDS)


@pytest.mark.slow
@pytest.mark.parametrize("path", examples.pages(), ids=name_of)
def test_the_commands_print_what_the_page_shows(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert examples.written(text, tmp_path) == text, f"run scripts/write_examples.py {path.stem}"


def test_there_is_a_tutorial_for_each_reader() -> None:
    assert {"reporter", "newsroom-developer", "researcher"} <= {path.stem for path in examples.pages()}


def test_every_promise_names_tests_that_exist() -> None:
    rows = [
        line for line in (CHECKOUT / "docs" / "RELIABILITY.md").read_text(encoding="utf-8").splitlines() if "**" in line
    ]
    for row in rows:
        named = re.findall(r"`(tests/[^`]+\.py)`", row)
        assert named, row
        assert [name for name in named if not (CHECKOUT / name).is_file()] == []
    assert len(rows) >= 10
