"""Finds a draft's configuration: the nearest file that holds one, in the draft's folder or above."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from attribution.linting.configuration import FILES, PYPROJECT, SETUP, Configuration, over, read_configuration, table_of
from attribution.records import AttribError


def configuration_for(folder: Path) -> Configuration:
    """The configuration that applies to drafts in a folder; the defaults if no file is found.

    Raises AttribError for a file with an error in it.
    """
    place = folder.absolute()
    for near in (place, *place.parents):
        for name in FILES:
            path = near / name
            if path.is_file():
                found = _load(path)
                if found is not None:
                    return found
    return Configuration()


def configuration_of(path: Path) -> Configuration:
    """The configuration in a file given by name; AttribError if the file holds none."""
    found = _load(path.absolute())
    if found is None:
        raise AttribError(f"{path}: holds no configuration; start one with {_section(path)}")
    return found


@cache
def _load(path: Path) -> Configuration | None:
    table = _table(path, ())
    return None if table is None else read_configuration(table, _text(path), _name(path))


def _table(path: Path, seen: tuple[Path, ...]) -> dict[str, Any] | None:
    """The file's table, merged over those that it extends."""
    text, name = _text(path), _name(path)
    table = table_of(text, name)
    if table is None or "extend" not in table:
        return table
    # A file's own errors are reported with its own lines.
    extends = read_configuration(table, text, name).extend
    base = (path.parent / str(extends)).resolve()
    if base in (path, *seen):
        raise AttribError(f"{name}: extends itself through {extends}; remove one extend")
    if not base.is_file():
        raise AttribError(f"{name}: extends {extends}, and there is no such file; correct the name")
    below = _table(base, (*seen, path))
    if below is None:
        raise AttribError(f"{name}: extends {extends}, which holds no configuration; start one with {_section(base)}")
    read_configuration({key: value for key, value in below.items() if key != "extend"}, _text(base), _name(base))
    inherited = {key: _moved(key, value, base.parent) for key, value in below.items() if key != "extend"}
    return over(table, inherited)


def _moved(key: str, value: Any, folder: Path) -> Any:
    """A value with paths made absolute, because it was written in another folder."""
    if key == "lexicons":
        return [str(folder / entry) for entry in value]
    return str(folder / value) if key == "baseline" else value


@cache
def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise AttribError(f"{_name(path)}: cannot be read ({error.strerror}); check its permissions") from error
    except UnicodeDecodeError as error:
        raise AttribError(f"{_name(path)}: is not UTF-8; save it as UTF-8") from error


def _name(path: Path) -> str:
    """The path as a user would write it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _section(path: Path) -> str:
    return {PYPROJECT: "[tool.attrib]", SETUP: "[attrib]"}.get(path.name, "its keys")


def folder_of(configuration: Configuration) -> Path:
    """The folder that a configuration's paths and globs are relative to; the working folder for the defaults."""
    return Path(configuration.origin).absolute().parent if configuration.origin else Path.cwd()


def forget() -> None:
    """Forget the files read so far, for programs that run the command more than once."""
    _load.cache_clear()
    _text.cache_clear()
