"""A server as users start it, and a browser to write in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from browser.chromium import Chromium, find_chromium
from serve.client import EMPTY

from attribution.serve.running import TOKEN

COMMAND = [sys.executable, "-c", "from attribution.cli.main import main; main()", "serve"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that a server has printed, with the token."""
    environment = {name: value for name, value in os.environ.items() if name != TOKEN}
    process = subprocess.Popen(
        [*COMMAND, "--port", "0", "--no-browser", "--isolated"],
        cwd=tmp_path_factory.mktemp("desk"),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.terminate()
    assert process.communicate(timeout=60)[1] == ""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    program = find_chromium()
    assert program is not None
    with Chromium(program, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(running: Chromium, address: str) -> Iterator[Chromium]:
    """A desk's browser on the page; what a test does in it may fetch nothing from elsewhere and fail nowhere."""
    running.media()
    running.size(1280, 900)
    running.visit(address)
    yield running
    # A draft that is not saved keeps the browser from leaving the page.
    running.run(EMPTY)
    wrong = [event for event in running.events if event["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")]
    assert wrong == []
    asked = {
        event["params"]["request"]["url"] for event in running.events if event["method"] == "Network.requestWillBeSent"
    }
    place = urlsplit(address)
    own = (f"{place.scheme}://{place.netloc}/", "blob:", "about:")
    assert {url for url in asked if not url.startswith(own)} == set()
