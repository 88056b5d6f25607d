"""``attrib schema``: the JSON Schemas of what attrib writes, and of the files that it reads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from attribution.cli.output import Output, overwrite_option


@click.command()
@click.argument("name", metavar="NAME")
@click.option("-o", "--output", metavar="FILE", help="Write the schema to a file, completely or not at all.")
@overwrite_option
def schema(name: str, output: str | None) -> int:
    """Print the JSON Schema (2020-12) of the output of `attrib NAME -f json`, or of a file that you write.

    NAME is report (also for jsonl, line by line), sources, lint or diff; config for .attrib.toml, or rules for files of
    your own rules, which editors complete and check by them (docs/OWN_RULES.md). The schemas describe every field and
    allow no others; under one schema_version fields are added, but none is removed or given another type.
    """
    target = Output(output, "never", None)
    target.write(_schema(name).read_text(encoding="utf-8"), data=True)
    target.close()
    return 0


def _schema(name: str) -> Path:
    from attribution import reporting
    from attribution.records import AttribError

    folder = Path(reporting.__file__).parent / "schema"
    # The newest version of each name comes last.
    schemas = {file.stem.rpartition("-")[0]: file for file in sorted(folder.glob("*-*.json"))}
    if name not in schemas:
        raise AttribError(f"there is no schema {name!r}; {nearest(name, schemas)}")
    return schemas[name]


def nearest(name: str, names: Iterable[str]) -> str:
    """Suggestions for an unknown name: the most similar one, if any is similar, and all names."""
    from difflib import get_close_matches

    known = sorted(names)
    near = get_close_matches(name.lower(), known, 1, 0.5)
    return (f"did you mean {near[0]}? " if near else "") + f"give one of {', '.join(known)}"
