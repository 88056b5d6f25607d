#!/usr/bin/env python3
"""Convert a model folder from Stanza's format (.pt) to this project's, which can be checked before it is read, or back.

    scripts/convert_model.py to-attrib STANZA_FOLDER FOLDER
    scripts/convert_model.py to-stanza FOLDER STANZA_FOLDER      (needs torch: pip install 'attrib[stanza]')

Both hold the same numbers and words. Stanza's files are what Stanza itself reads, for training and for comparison.
"""

from __future__ import annotations

from pathlib import Path

import click

from attribution.parsing.model_files import read_model, write_model
from attribution.parsing.stanza_files import write_stanza_files


@click.group(help=__doc__)
def main() -> None:
    """Convert a model folder."""


@main.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
def to_attrib(source: Path, target: Path) -> None:
    """Write Stanza's model files in this project's format."""
    target.mkdir(parents=True, exist_ok=True)
    write_model(read_model(source), target)


@main.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
def to_stanza(source: Path, target: Path) -> None:
    """Write a model in this project's format as Stanza's model files."""
    write_stanza_files(source, target)


if __name__ == "__main__":
    main()
