"""``attrib serve`` as a command: what it prints, how it ends, and what keeps it from starting."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from attribution.cli.serve import serve
from attribution.records import AttribError
from attribution.serve.running import TOKEN, Place, address_of, listening, token_of_environment

COMMAND = [sys.executable, "-c", "from attribution.cli.main import main; main()", "serve"]
WITHOUT_PACKAGES = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"starlette", "uvicorn"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
from attribution.cli.main import main
main()
"""


def test_without_its_packages_it_says_what_to_install() -> None:
    result = subprocess.run(
        [sys.executable, "-c", WITHOUT_PACKAGES, "serve"], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "attrib: attrib serve needs other packages; install them with pip install 'attrib[serve]'\n"


def test_a_place_that_is_taken_is_told() -> None:
    with listening(Place()) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AttribError, match=rf"^127\.0\.0\.1:{port}: .*--port"):
            listening(Place(port=port))


def test_it_listens_on_this_machine_alone_unless_told() -> None:
    with listening(Place()) as listener:
        host, port = listener.getsockname()
        assert host == "127.0.0.1"
        assert address_of(listener, "token") == f"http://127.0.0.1:{port}/#token"
    with listening(Place("0.0.0.0")) as listener:
        assert address_of(listener, "token").startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    "token", ["short", "with a space in it", "x" * 16 + "\n", "ü" * 20, "per%cent" * 3, "hash#" * 4]
)
def test_a_token_that_is_no_good_is_refused(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv(TOKEN, token)
    with pytest.raises(AttribError, match=TOKEN):
        token_of_environment()


def test_a_token_may_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "0123456789abcdef")
    assert token_of_environment() == "0123456789abcdef"
    monkeypatch.delenv(TOKEN)
    assert token_of_environment() is None


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_one_line_answers_and_ends(tmp_path: Path, ending: signal.Signals) -> None:
    environment = {name: value for name, value in os.environ.items() if name != TOKEN}
    process = subprocess.Popen(
        [*COMMAND, "--port", "0", "--no-browser"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline()
    found = re.fullmatch(r"(http://127\.0\.0\.1:\d+)/#([\w-]{32})\n", address)
    assert found is not None
    request = urllib.request.Request(
        f"{found[1]}/v1/analyse",
        json.dumps({"text": "The bridge will close, said Ola Brandt."}).encode(),
        {"content-type": "application/json", "authorization": f"Bearer {found[2]}"},
    )
    with urllib.request.urlopen(request) as response:
        assert [source["name"] for source in json.load(response)["sources"]] == ["Ola Brandt"]
    process.send_signal(ending)
    output, errors = process.communicate(timeout=60)
    assert (output, errors) == ("", "")
    assert process.returncode == (0 if ending is signal.SIGINT else -signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []
    with socket.socket() as client, pytest.raises(ConnectionRefusedError):
        client.connect(("127.0.0.1", int(found[1].rpartition(":")[2])))


@pytest.mark.slow
def test_a_mistake_in_the_configuration_is_told_before_it_serves(tmp_path: Path) -> None:
    (tmp_path / ".attrib.toml").write_text("selct = []\n")
    result = subprocess.run(
        [*COMMAND, "--no-browser"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(r"attrib: .*\.attrib\.toml:1: .*selct.*\n", result.stderr)


def test_the_container_starts_with_options_that_exist() -> None:
    lines = (Path(__file__).parents[2] / "scripts" / "Containerfile").read_text(encoding="utf-8").splitlines()
    (entry,) = (json.loads(line.removeprefix("ENTRYPOINT ")) for line in lines if line.startswith("ENTRYPOINT "))
    assert entry[:2] == ["attrib", "serve"]
    context = serve.make_context("serve", entry[2:])
    assert (context.params["address"], context.params["browser"]) == ("0.0.0.0", False)
    (exposed,) = (line.removeprefix("EXPOSE ") for line in lines if line.startswith("EXPOSE "))
    assert context.params["port"] == int(exposed)
