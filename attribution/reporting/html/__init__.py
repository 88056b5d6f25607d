"""The report as a web page: one self-contained file an article, an index page for several, and the page of a diff.

``templates`` holds the one environment that all pages are written in, ``templates/`` the templates, ``page.css`` and
``page.js`` their look and what they do. ``report`` makes the page of an article, with the draft as it reads from
``article``; ``index`` the page for several articles; ``diff`` that of a comparison; ``notebook`` the marked text below
the cell of a notebook.
"""

from __future__ import annotations

from attribution.reporting.html.diff import diff_html
from attribution.reporting.html.index import Entry, entry_of, index_html
from attribution.reporting.html.notebook import notebook_html
from attribution.reporting.html.report import report_html

__all__ = ["Entry", "diff_html", "entry_of", "index_html", "notebook_html", "report_html"]
