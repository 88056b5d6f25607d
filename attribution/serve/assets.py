"""What the pages are made of: the style sheet and the script of the report, our own, and the templates."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from attribution.reporting.words import capital, count
from attribution.resources import page_folder

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"

MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

OF_THE_REPORT = {"report.css": "page.css", "report.js": "page.js"}
"""Files of the report's pages, by the name under which they are served."""


@cache
def assets() -> dict[str, tuple[bytes, str]]:
    """The files that pages load, by their names, each with its media type."""
    files = {name: page_folder() / file for name, file in OF_THE_REPORT.items()}
    files |= {path.name: path for path in sorted(STATIC.iterdir()) if path.suffix in MEDIA_TYPES}
    return {name: (path.read_bytes(), MEDIA_TYPES[path.suffix]) for name, path in files.items()}


def rendered(template: str, **values: Any) -> bytes:
    """A page from its template."""
    return _environment().get_template(template).render(**values).encode()


def packaged(name: str) -> str:
    """A text that stands beside the templates."""
    return (FOLDER / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([FOLDER / "templates", page_folder() / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(count=count, capital=capital)
    return environment
