"""The API: who may ask, what may be sent, and that the answers are those of the commands."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ingest.office_files import opendocument_file, paragraph, word_file
from jsonschema import Draft202012Validator
from serve.client import ADDRESS, TOKEN, served
from serve.flat_parser import FlatParser
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message

from attribution import reporting
from attribution.reporting.findings.json import findings_json
from attribution.reporting.json import report_json
from attribution.reporting.units import OffsetUnit
from attribution.serve.bodies import TYPES, base_name
from attribution.serve.desk import Desk, IsWanted
from attribution.serve.guard import HEADERS
from attribution.serve.limits import Limits
from attribution.serve.openapi import REFERENCE
from attribution.serve.worker import Worker
from attribution.session import Options, Session

TEXT = "The 🌉 bridge will close, said Ola Brandt.\n\nIt is “never safe, said Ada Quill.\n"
GERMAN = "Die Brücke wird am Freitag geschlossen, und niemand weiß, wann sie wieder geöffnet werden kann.\n"
SCHEMAS = Path(reporting.__file__).parent / "schema"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with served() as client:
        yield client


def session() -> Session:
    return Session(Options(isolated=True, caching=False), FlatParser())


def schema(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((SCHEMAS / f"{name}-1.0.json").read_text(encoding="utf-8"))
    return read


def detail(response: Any, status: int) -> str:
    """What is told of a refused request: problem details with one line."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert "\n" not in told["detail"]
    assert told["detail"]
    return str(told["detail"])


# --- who may ask ---


@pytest.mark.parametrize("host", ["attrib.test", "127.0.0.1.attrib.test:8765", "localhost@attrib.test", "", "[::2]:80"])
@pytest.mark.parametrize("path", ["/v1/lint", "/v1", "/static/serve.css"])
def test_another_host_is_refused(client: TestClient, host: str, path: str) -> None:
    detail(client.get(path, headers={"host": host}), 421)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9000", "LOCALHOST:8765", "[::1]:8765"])
def test_this_machine_may_be_called_by_its_names(client: TestClient, host: str) -> None:
    assert client.get("/v1/openapi.json", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://attrib.test", "null", "http://127.0.0.1", "http://localhost:8765", f"{ADDRESS}.attrib.test"]
)
def test_the_pages_of_other_origins_are_refused(client: TestClient, origin: str) -> None:
    response = client.post("/v1/lint", json={"text": TEXT}, headers={"origin": origin})
    assert "other servers" in detail(response, 403)
    assert "access-control-allow-origin" not in response.headers
    preflight = client.options("/v1/lint", headers={"origin": origin, "access-control-request-method": "POST"})
    detail(preflight, 403)


def test_the_page_of_this_server_is_heard(client: TestClient) -> None:
    assert client.post("/v1/lint", json={"text": TEXT}, headers={"origin": ADDRESS}).status_code == 200


@pytest.mark.parametrize("told", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \xff"])
@pytest.mark.parametrize("path", ["/v1/analyse", "/v1/lint", "/page/check", "/nowhere"])
def test_without_the_token_nothing_is_analysed(client: TestClient, told: str, path: str) -> None:
    response = client.post(path, json={"text": TEXT}, headers={"authorization": told.encode("latin-1")})
    assert "Authorization: Bearer" in detail(response, 401)


def test_the_description_needs_no_token(client: TestClient) -> None:
    for path in ("/v1", "/v1/openapi.json", "/static/report.css"):
        assert client.get(path, headers={"authorization": ""}).status_code == 200


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    answers = [
        client.get("/v1"),
        client.post("/v1/lint", json={"text": TEXT}),
        client.get("/nowhere"),
        client.get("/v1/lint"),
        client.get("/v1", headers={"host": "attrib.test"}),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 405, 421]
    for answer in answers:
        assert HEADERS.items() <= dict(answer.headers).items()
    assert "'unsafe" not in HEADERS["content-security-policy"]
    assert HEADERS["content-security-policy"].startswith("default-src 'none'")


# --- what is answered ---


@pytest.mark.parametrize(("form", "name"), [("text", "draft.txt"), ("markdown", "draft.md"), ("html", "draft.html")])
def test_a_text_is_answered_as_the_commands_answer_for_a_file(client: TestClient, form: str, name: str) -> None:
    analysed = session().analyse(name, TEXT.encode())
    sent = {"text": TEXT, "format": form}
    assert client.post("/v1/analyse", json=sent).text == report_json(analysed.analysis)
    assert client.post("/v1/lint", json=sent).text == findings_json([session().findings(analysed).file])


@pytest.mark.parametrize("unit", OffsetUnit)
def test_offsets_count_what_is_asked_for(client: TestClient, unit: OffsetUnit) -> None:
    analysed = session().analyse("draft.txt", TEXT.encode())
    response = client.post("/v1/analyse", params={"offsets": unit.value}, json={"text": TEXT})
    assert response.text == report_json(analysed.analysis, unit)
    assert response.json()["document"]["offsets"] == unit.value


FILES = {
    "text/plain": TEXT.encode("utf-16"),
    "text/markdown": b"# Harbour\n\n" + TEXT.encode(),
    "text/html": f"<article><h1>Harbour</h1><p>{TEXT}</p></article>".encode(),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": word_file(paragraph(TEXT)),
    "application/vnd.oasis.opendocument.text": opendocument_file(f"<text:p>{TEXT}</text:p>"),
    "message/rfc822": b"From: Jane Doe <jane@post.test>\nSubject: Harbour\n\n" + TEXT.encode(),
    "text/vtt": f"WEBVTT\n\n00:01.000 --> 00:04.000\n{TEXT}".encode(),
    "application/x-subrip": f"1\n00:00:01,000 --> 00:00:04,000\n{TEXT}".encode(),
    "text/x-conllu": b"1\tRain\train\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No\n2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_\n\n",
}


@pytest.mark.parametrize("media_type", FILES)
def test_files_of_every_type_are_read(client: TestClient, media_type: str) -> None:
    name = f"draft{TYPES[media_type]}"
    analysed = session().analyse(name, FILES[media_type])
    by_type = client.post("/v1/analyse", content=FILES[media_type], headers={"content-type": f"{media_type}; x=y"})
    assert by_type.text == report_json(analysed.analysis)
    by_name = client.post("/v1/lint", params={"name": f"../../desk/{name}"}, content=FILES[media_type])
    assert by_name.text == findings_json([session().findings(analysed).file])
    assert set(FILES) == set(TYPES)


@pytest.mark.parametrize(("path", "name"), [("/v1/analyse", "report"), ("/v1/lint", "lint")])
def test_answers_fit_the_published_schemas(client: TestClient, path: str, name: str) -> None:
    Draft202012Validator(schema(name)).validate(client.post(path, json={"text": TEXT}).json())


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("/etc/draft.md", "draft.md"),
        ("..\\..\\draft.md", "draft.md"),
        ("C:draft.md", "draft.md"),
        ("a\nb\0.md", "a b.md"),
        ("..", ""),
        ("-", ""),
        ("/", ""),
        ("x" * 500 + ".md", "x" * 117 + ".md"),
    ],
)
def test_of_a_name_only_the_last_part_is_used(client: TestClient, given: str, name: str) -> None:
    assert base_name(given) == name
    report = client.post("/v1/analyse", json={"text": TEXT, "name": given}).json()
    assert report["document"]["path"] == (name or "draft.txt")


# --- what is refused ---


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "no JSON"),
        (b'{"text": 1}', "str"),
        (b"{}", "text"),
        (b'{"text": "a", "form": "html"}', "form"),
        (b'{"text": "a", "format": "docx"}', "docx"),
        (b'{"text": "\\ud800"}', "JSON"),
        (b'{"text": "\xff"}', "JSON"),
        (b"[" * 100_000, "array"),
        (b'{"text": "a", "more": ' + b"[" * 100_000, ""),
    ],
)
def test_what_is_no_draft_in_json_is_refused(client: TestClient, body: bytes, said: str) -> None:
    assert said in detail(client.post("/v1/lint", content=body, headers={"content-type": "application/json"}), 400)


@pytest.mark.parametrize(
    ("text", "said"), [("", "is empty"), (" \n", "holds no words"), (GERMAN, "German"), ('{"a": 1}', "JSON")]
)
def test_a_text_that_is_no_draft_is_refused(client: TestClient, text: str, said: str) -> None:
    assert said in detail(client.post("/v1/analyse", json={"text": text}), 422)
    sent = client.post("/v1/analyse", content=text.encode(), headers={"content-type": "text/plain"})
    assert said in detail(sent, 422)


def test_a_broken_word_file_is_refused(client: TestClient) -> None:
    assert "not a Word file" in detail(client.post("/v1/lint", params={"name": "draft.docx"}, content=b"PK"), 422)


def test_an_unknown_type_and_an_unknown_unit_are_refused(client: TestClient) -> None:
    assert "application/json" in detail(client.post("/v1/lint", content=b"GIF89a"), 415)
    assert "utf16" in detail(client.post("/v1/analyse", params={"offsets": "bytes"}, json={"text": TEXT}), 400)


def test_too_much_is_refused() -> None:
    with served(Limits(most_bytes=1000, most_characters=100)) as client:
        many = b"x" * 1001
        assert "0.001 MB" in detail(client.post("/v1/lint", params={"name": "a.txt"}, content=many), 413)
        pieces = client.post("/v1/lint", params={"name": "a.txt"}, content=iter([many[:500], many[500:]]))
        assert "0.001 MB" in detail(pieces, 413)
        long = "word " * 30
        assert "at most 100 are read" in detail(client.post("/v1/lint", json={"text": long}), 413)
        sent = client.post("/v1/lint", params={"name": "a.docx"}, content=word_file(paragraph(long)))
        assert "0.001 MB" in detail(sent, 413) or "at most 100" in detail(sent, 413)
        assert client.post("/v1/lint", json={"text": TEXT}).status_code == 200


def test_a_long_word_file_is_refused_before_it_is_analysed() -> None:
    read = threading.Event()
    with served(Limits(most_characters=100), FlatParser(read.set)) as client:
        client.post("/v1/lint", json={"text": TEXT})  # after what is loaded at the beginning
        read.clear()
        sent = client.post("/v1/lint", params={"name": "a.docx"}, content=word_file(paragraph("word " * 30)))
        assert "at most 100" in detail(sent, 413)
        assert not read.is_set()


def test_a_draft_that_takes_too_long_is_given_up() -> None:
    going, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        if going.is_set():
            assert go_on.wait(60)

    with served(Limits(most_seconds=0.2), FlatParser(wait)) as client:
        assert client.post("/v1/lint", json={"text": "It rains, said Ola Brandt."}).status_code in (200, 503)
        going.set()
        assert "0.2 seconds" in detail(client.post("/v1/lint", json={"text": "Snow falls, said Ada Quill."}), 503)
        go_on.set()


def test_a_draft_that_nobody_waits_for_any_more_is_given_up() -> None:
    going, go_on, given_up = threading.Event(), threading.Event(), threading.Event()

    def job(desk: Desk, is_wanted: IsWanted) -> None:
        going.set()
        assert go_on.wait(60)
        if not is_wanted():
            given_up.set()

    async def receive() -> Message:
        await asyncio.to_thread(going.wait, 60)
        return {"type": "http.disconnect"}

    async def asked() -> int:
        worker = Worker(Desk(Options(isolated=True), Limits(), FlatParser()), Limits())
        try:
            await worker.result(Request({"type": "http"}, receive), job)
        except HTTPException as error:
            go_on.set()
            assert await asyncio.to_thread(given_up.wait, 60)
            worker.stop()
            return error.status_code
        return 200

    assert asyncio.run(asked()) == 503


def test_when_too_many_wait_the_next_is_told_to_come_again() -> None:
    with served(Limits(most_waiting=0)) as client:
        response = client.post("/v1/lint", json={"text": TEXT})
        assert "wait already" in detail(response, 503)
        assert response.headers["retry-after"] == "5"


def test_a_fault_is_told_without_the_draft(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise KeyError("secret words of the draft")

    with served(parser=FlatParser(fail)) as client, caplog.at_level(logging.ERROR):
        for sent in ({"json": {"text": TEXT}}, {"content": TEXT.encode(), "headers": {"content-type": "text/plain"}}):
            response = client.post("/v1/lint", **sent)  # type: ignore[arg-type]
            assert "please report it" in detail(response, 500)
            assert "secret" not in response.text
    assert len(caplog.messages) == 2
    assert not any("secret" in message for message in caplog.messages)


# --- the description ---


def test_the_description_has_the_published_schemas(client: TestClient) -> None:
    document = client.get("/v1/openapi.json").json()
    schemas = document["components"]["schemas"]
    published = {**schema("report")["$defs"], **schema("lint")["$defs"]}
    moved = json.loads(json.dumps(published).replace("#/$defs/", REFERENCE))
    assert moved.items() <= schemas.items()
    assert len(published) == len(schema("report")["$defs"]) + len(schema("lint")["$defs"])
    Draft202012Validator.check_schema(schemas["Report"])


def test_every_reference_of_the_description_leads_somewhere(client: TestClient) -> None:
    text = client.get("/v1/openapi.json").text
    names = json.loads(text)["components"]["schemas"]
    for part in text.split('"$ref": "')[1:]:
        assert part.partition('"')[0].removeprefix(REFERENCE) in names


def test_the_description_tells_every_route_and_the_page_shows_it(client: TestClient) -> None:
    document = client.get("/v1/openapi.json").json()
    assert set(document["paths"]) == {"/v1/analyse", "/v1/lint"}
    page = client.get("/v1").text
    for path, operations in document["paths"].items():
        assert f"POST {path}" in page
        assert client.get(path).status_code == 405
        assert set(operations["post"]["requestBody"]["content"]) == {"application/json", *TYPES}
    assert "http" not in page.replace("http://127.0.0.1:8765/", "").replace("http-equiv", "")
