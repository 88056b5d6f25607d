"""Clients of the server, in the same process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from serve.flat_parser import FlatParser
from starlette.testclient import TestClient

from attribution.parsing.form_parser import FormParser
from attribution.serve.application import make_application
from attribution.serve.desk import Desk
from attribution.serve.limits import Limits
from attribution.serve.worker import Worker
from attribution.session.options import Options

TOKEN = "a-token-for-the-tests"
AUTHORISED = {"authorization": f"Bearer {TOKEN}"}
ADDRESS = "http://127.0.0.1:8765"


@contextmanager
def served(limits: Limits | None = None, parser: FormParser | None = None) -> Iterator[TestClient]:
    """A client that sends the token, of a server that reads with a parser."""
    limits = limits or Limits()
    worker = Worker(Desk(Options(isolated=True), limits, parser or FlatParser()), limits)
    application = make_application(worker, limits, TOKEN)
    with TestClient(application, ADDRESS, raise_server_exceptions=False, headers=AUTHORISED) as client:
        yield client


EMPTY = "(text => { text.value = ''; text.dispatchEvent(new Event('input')); })(document.getElementById('text'))"
"""Empties the text of the page; a browser asks before it leaves one that is not saved."""
