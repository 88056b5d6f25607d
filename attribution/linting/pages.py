"""Where the documentation explains a rule.

The address of the documentation is the project URL *Documentation* of the installed package (``setup.cfg``). A newsroom
that serves the site itself names its own copy in ``ATTRIB_DOCS_URL``.
"""

from __future__ import annotations

import os
from functools import cache

DOCUMENTATION_ENVIRONMENT = "ATTRIB_DOCS_URL"
"""The environment variable that names another address of the documentation."""


def documentation_address() -> str | None:
    """The address of the documentation, with a slash at its end; None if it is published nowhere."""
    address = os.environ.get(DOCUMENTATION_ENVIRONMENT) or project_url("Documentation")
    return address.rstrip("/") + "/" if address else None


def rule_page(identifier: str) -> str | None:
    """The address of the page about a built-in rule, ``…/rules/SRC105/``; None if the documentation has no address.

    A newsroom's own rule has no page there. Without an address, ``attrib explain`` tells the same.
    """
    address = documentation_address()
    return f"{address}rules/{identifier}/" if address else None


@cache
def project_url(label: str) -> str | None:
    """The project URL of this label in the metadata of the installed package; None if there is none."""
    # Brings the parsers of mail, which are only needed where addresses are shown.
    from importlib import metadata

    try:
        urls = metadata.metadata("attrib").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return None
    return dict(url.split(", ", 1) for url in urls).get(label)
