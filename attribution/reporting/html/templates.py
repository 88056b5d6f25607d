"""Pages are written from templates: one environment, one escaping, one style sheet and one script for all of them."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from attribution.reporting.escaping import REPLACEMENT, TURNING, TURNING_NAMES, without_hidden
from attribution.reporting.words import capital, count
from attribution.resources import page_folder


def render(template: str, **values: Any) -> str:
    """A page from its template; its policy forbids it to fetch anything and to run anything but its own script."""
    style, script = _packaged("page.css"), _packaged("page.js")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{digest(style)}'",
            f"script-src '{digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    written = _environment().get_template(template)
    return written.render(style=Markup(style), script=Markup(script), policy=policy, **values)


def render_part(template: str, sheet: str, **values: Any) -> str:
    """A piece for a page that is not ours, from its template and style sheet."""
    return _environment().get_template(template).render(style=Markup(_packaged(sheet)), **values)


def plain(text: str) -> str:
    """The text, with a replacement character also for each that would turn the direction of what stands around it."""
    return TURNING.sub(REPLACEMENT, without_hidden(text))


def directed(text: str) -> Markup:
    """The draft's own text, each character that turns its direction shown by name and kept from turning anything."""
    parts: list[str] = []
    last = 0
    for found in TURNING.finditer(text):
        parts.append(Markup.escape(without_hidden(text[last : found.start()])))
        parts.append(
            Markup('<bdi class="turn" data-name="{}">{}</bdi>').format(TURNING_NAMES[found.group()], found.group())
        )
        last = found.end()
    return Markup("").join([*parts, Markup.escape(without_hidden(text[last:]))])


def digest(text: str) -> str:
    """The hash by which a content security policy knows an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(page_folder() / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_final,
    )
    environment.filters.update(directed=directed, count=count, capital=capital)
    return environment


def _final(value: object) -> object:
    """Check each template expression before it is escaped: None is an error, bidirectional controls are replaced."""
    if value is None:
        raise ValueError("a template writes a value that is not there")
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _packaged(name: str) -> str:
    return (page_folder() / name).read_text(encoding="utf-8")
