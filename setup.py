"""The part of the metadata that setup.cfg cannot give: a description whose links work on a package index."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

from setuptools import setup

CHECKOUT = Path(__file__).parent
RELATIVE_LINK = re.compile(r"\[([^\]]+)\]\((?![a-z]+:|#)([^)]+)\)")


def repository() -> str | None:
    """The project URL *Repository* of setup.cfg."""
    settings = ConfigParser()
    settings.read(CHECKOUT / "setup.cfg", encoding="utf-8")
    urls = settings.get("metadata", "project_urls", fallback="")
    found = re.search(r"^\s*Repository\s*=\s*(\S+)", urls, re.MULTILINE)
    return found[1].rstrip("/") if found else None


def description() -> str:
    """The README: its links to files lead into the repository or, if that has no address, are plain words."""
    address = repository()
    target = rf"[\1]({address}/blob/HEAD/\2)" if address else r"\1"
    return RELATIVE_LINK.sub(target, (CHECKOUT / "README.md").read_text(encoding="utf-8"))


setup(long_description=description())
