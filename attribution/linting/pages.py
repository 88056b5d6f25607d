"""Where the documentation explains a rule.

The address of the documentation is the project URL *Documentation* of the installed package (``setup.cfg``). A newsroom
that serves the site itself names its own copy in ``ATTRIB_DOCS_URL``.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import metadata

DOCUMENTATION_ENVIRONMENT = "ATTRIB_DOCS_URL"
"""The environment variable that names another address of the documentation."""


def documentation_address() -> str | None:
    """The address of the documentation, with a slash at its end; None if it is published nowhere."""
    address = os.environ.get(DOCUMENTATION_ENVIRONMENT) or _published_address()
    return address.rstrip("/") + "/" if address else None


def rule_page(identifier: str) -> str | None:
    """The address of the page about a built-in rule, ``…/rules/SRC105/``; None if the documentation has no address.

    A newsroom's own rule has no page there. Without an address, ``attrib explain`` tells the same.
    """
    address = documentation_address()
    return f"{address}rules/{identifier}/" if address else None


@cache
def _published_address() -> str | None:
    try:
        urls = metadata.metadata("attrib").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return None
    for line in urls:
        label, _, address = line.partition(", ")
        if label == "Documentation":
            return str(address)
    return None
