"""The report as a web page: one self-contained file an article, and an index page for several.

``page`` is the shell (head, style, script, security policy), ``article`` the draft as it reads, ``notes`` what is said
of each claim, ``overview`` what stands beside the article, ``index`` the page for several articles, ``diff`` the page
of a comparison, ``elements`` how text becomes markup.
"""

from __future__ import annotations

from attribution.reporting.html.article import Remark
from attribution.reporting.html.index import Entry, entry_of, index_html
from attribution.reporting.html.page import report_html

__all__ = ["Entry", "Remark", "entry_of", "index_html", "report_html"]
