"""The page in a real browser: writing, pasting, files, phones, keys alone, screen readers, hostile drafts, two tabs."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from browser.chromium import Chromium, find_chromium
from ingest.office_files import paragraph, styled, word_file
from serve.client import EMPTY

from attribution.ingest import read_bytes, read_text
from attribution.records import Analysis
from attribution.reporting.attention import Point, points_of
from attribution.reporting.html import report_html
from attribution.reporting.json import report_json
from attribution.session import Options, Session

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="needs Chromium on the path, or named by CHROMIUM"),
]

SMALL_PHONE = (360, 740)
TABLET = (768, 1024)
DESK = (1280, 900)

TEXT = (
    "Bridge 🌉 to close\n\nThe bridge will close on Friday, according to media reports.\n\n“It was never safe,” said "
    "Ola Brandt, the engineer. The nurse claimed she was tired. Experts believe it could take a year.\n"
)
SEEDS = Path(__file__).parents[2] / "seeds"
RUN = "</textarea></template><script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
TURNED = "\u202eevil\u202c \u2067drow\u2069"


@pytest.fixture(scope="module")
def session() -> Session:
    return Session(Options(isolated=True, caching=False))


def analysis_of(session: Session, text: str) -> tuple[Analysis, tuple[Point, ...]]:
    analysed = session.analyse("draft.txt", text.encode())
    return analysed.analysis, points_of(analysed.analysis, session.findings(analysed).file.findings)


def checked(browser: Chromium) -> None:
    """Wait until the newest text has been checked."""
    browser.wait_for("(({changes, shown}) => changes && changes === shown)(document.getElementById('sheet').dataset)")
    browser.settle()


def write(browser: Chromium, text: str) -> None:
    browser.run("document.getElementById('text').focus()")
    browser.paste(text)
    checked(browser)


def value(browser: Chromium) -> str:
    text: str = browser.run("document.getElementById('text').value")
    return text


def marked(browser: Chromium) -> list[str]:
    """The words of each point that is marked, by its number; pieces joined."""
    words: list[str] = browser.run(
        """(() => {
            const found = {};
            for (const piece of document.querySelectorAll('.layer .flagged:not(.off)'))
                for (const point of piece.dataset.points.split(' '))
                    found[point] = (found[point] || '') + piece.textContent;
            return Object.values(found);
        })()"""
    )
    return words


def first_reasons(points: tuple[Point, ...]) -> list[str]:
    return [point.reasons[0].message[:1].upper() + point.reasons[0].message[1:] for point in points]


def listed(browser: Chromium) -> list[str]:
    """What the list says of each place first."""
    found: list[str] = browser.run(
        "[...document.querySelectorAll('#list .item summary .why')].map(element => element.textContent)"
    )
    return found


def chosen(browser: Chromium) -> str | None:
    number: str | None = browser.run(
        "document.querySelector('#list details[open]')?.closest('.item').dataset.point ?? null"
    )
    return number


def focused(browser: Chromium) -> str:
    name: str = browser.run("document.activeElement.id || document.activeElement.className")
    return name


def is_aligned(browser: Chromium) -> bool:
    """Whether the layer has the words of the text, and its lines break at the same places."""
    same: bool = browser.run(
        """(() => {
            const text = document.getElementById('text'), layer = document.getElementById('layer');
            const words = [...layer.children].map(line => line.textContent).join('\\n');
            return words === text.value && text.scrollHeight === text.clientHeight
                && Math.abs(layer.scrollHeight - text.scrollHeight) <= 1;
        })()"""
    )
    return same


# --- writing ---


def test_marks_and_list_are_those_of_the_report(browser: Chromium, session: Session) -> None:
    write(browser, TEXT)
    analysis, points = analysis_of(session, TEXT)
    assert listed(browser) == first_reasons(points)
    texts = {
        str(number): "".join(analysis.draft.text[span.start : span.end] for span in point.flagged)
        for number, point in enumerate(points, 1)
    }
    assert marked(browser) == [texts[number] for number in sorted(texts)]
    assert browser.run("document.getElementById('headline').textContent") == f"{len(points)} places to look at"


def test_typing_keeps_caret_focus_and_undo(browser: Chromium) -> None:
    write(browser, TEXT)
    at = TEXT.index(" could take")
    browser.run(f"document.getElementById('text').setSelectionRange({at + 1}, {at + 1})")  # UTF-16: the bridge is two
    for letter in " say and nurses":
        browser.press(letter)
    checked(browser)
    assert " it say and nurses could take" in value(browser)
    caret = browser.run("document.getElementById('text').selectionStart")
    assert caret == at + 1 + len(" say and nurses")
    assert focused(browser) == "text"
    assert is_aligned(browser)
    while value(browser) != TEXT:
        browser.press("z", "Control", command="undo")
        assert len(value(browser)) >= len(TEXT)
    checked(browser)
    assert is_aligned(browser)


def test_what_is_open_stays_open_while_the_text_before_it_changes(browser: Chromium) -> None:
    write(browser, TEXT)
    number = next(place for place, why in enumerate(listed(browser), 1) if "claimed" in why)
    browser.click(f"#look-{number} summary")
    browser.run("document.getElementById('text').focus(); document.getElementById('text').setSelectionRange(0, 0)")
    browser.paste("Critics say it will reportedly rain. ")
    checked(browser)
    opened = chosen(browser)
    assert opened is not None
    assert "claimed" in listed(browser)[int(opened) - 1]
    assert focused(browser) == "text"


def test_words_that_an_input_method_composes_are_left_alone(browser: Chromium) -> None:
    browser.run("document.getElementById('text').focus()")
    for composed in ("E", "Ex", "Exp"):
        browser.call("Input.imeSetComposition", text=composed, selectionStart=len(composed), selectionEnd=len(composed))
        checked(browser)
    browser.call("Input.insertText", text="Experts say it will rain.")
    checked(browser)
    assert value(browser) == "Experts say it will rain."
    assert marked(browser) == ["Experts"]


def test_what_has_no_words_yet_is_no_trouble(browser: Chromium) -> None:
    browser.run("document.getElementById('text').focus()")
    browser.paste("– ")
    assert browser.run("document.getElementById('brief').hidden")
    browser.paste("Experts say it will rain.")
    checked(browser)
    assert marked(browser) == ["Experts"]
    browser.run("document.getElementById('text').select()")
    browser.press("Backspace")
    assert browser.run("document.getElementById('brief').hidden && !document.getElementById('start').hidden")
    assert browser.run("document.querySelectorAll('.item').length") == 0


def test_a_text_in_another_language_is_told_once_it_is_known(browser: Chromium) -> None:
    browser.run("document.getElementById('text').focus()")
    browser.paste("Die Brücke wird am Freitag geschlossen, und niemand weiß, wann sie wieder geöffnet wird.")
    browser.wait_for("!document.getElementById('trouble').hidden")
    assert browser.run("document.getElementById('trouble').textContent").startswith("This text is German, not English")
    browser.events.clear()  # the browser logs the refusal
    browser.run("document.getElementById('text').select()")
    browser.paste(TEXT)
    checked(browser)
    assert browser.run("document.getElementById('trouble').hidden")
    assert listed(browser)


def test_a_paste_of_five_thousand_words_is_checked(browser: Chromium, session: Session) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    words = ("\n\n".join(texts) * 20).split(" ")[:5000]
    text = " ".join(words)
    write(browser, text)
    _, points = analysis_of(session, text)
    assert listed(browser) == first_reasons(points)
    assert is_aligned(browser)
    browser.press("x")
    checked(browser)
    assert is_aligned(browser)


def test_a_fix_is_made_in_the_text_and_can_be_undone(browser: Chromium) -> None:
    write(browser, TEXT)
    number = next(place for place, why in enumerate(listed(browser), 1) if "claimed" in why)
    browser.click(f"#look-{number} summary")
    browser.click(f"#look-{number} [data-fix]")
    checked(browser)
    mended = TEXT.replace("nurse claimed", "nurse said")
    assert value(browser) == mended
    assert not any("claimed" in why for why in listed(browser))
    browser.press("z", "Control", command="undo")
    checked(browser)
    assert value(browser) == TEXT
    assert any("claimed" in why for why in listed(browser))


def test_a_place_is_told_in_the_words_of_the_report(browser: Chromium, session: Session) -> None:
    write(browser, TEXT)
    analysed = session.analyse("draft.txt", TEXT.encode())
    page = report_html(analysed.analysis, findings=session.findings(analysed).file.findings)
    for where in browser.run("[...document.querySelectorAll('#list .to-words')].map(element => element.textContent)"):
        assert f">{where}</a>" in page


def test_a_click_on_marked_words_opens_their_note_and_tells_who_says_so(browser: Chromium) -> None:
    write(browser, TEXT)
    for number in ("2", "1"):
        browser.click(f'.layer .flagged[data-points="{number}"]')
        assert chosen(browser) == number
        assert browser.run("document.querySelectorAll('#list details[open]').length") == 1
    browser.run("document.getElementById('text').setSelectionRange(90, 90)")
    browser.wait_for("document.querySelector('#here .says').textContent.includes('Ola Brandt')")
    assert "A named source" in browser.run("document.getElementById('here').innerText")
    browser.click("#here summary")
    assert "a named person" in browser.run("document.querySelector('.here-body').innerText")


def test_filters_and_sources_sift_the_marks(browser: Chromium) -> None:
    write(browser, TEXT)
    kinds = browser.run("[...document.querySelectorAll('[data-filter]')].map(element => element.dataset.filter)")
    browser.click('[data-filter="wording"]')
    assert marked(browser) == ["claimed"]
    assert browser.run("document.querySelectorAll('#list .item:not([hidden])').length") == 1
    browser.click('[data-filter=""]')
    assert len(marked(browser)) > 1
    assert kinds[0] == ""
    browser.click(".carriers li:nth-child(1) button")
    assert browser.run("document.querySelectorAll('.layer .lit').length") > 0
    browser.press("Escape")
    assert browser.run("document.querySelectorAll('.layer .lit').length") == 0


# --- files ---


def test_a_word_file_is_opened_as_its_text(browser: Chromium) -> None:
    data = word_file(styled("Harbour", "berschrift1") + paragraph("*Some* experts say so.") + styled("Rain", "Quote"))
    given = base64.b64encode(data).decode()
    browser.run(
        f"""(() => {{
            const bytes = Uint8Array.from(atob("{given}"), letter => letter.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], "../desk/<b>draft.docx"));
            window.dispatchEvent(new DragEvent("drop", {{dataTransfer: transfer, cancelable: true, bubbles: true}}));
        }})()"""
    )
    browser.wait_for("document.getElementById('text').value !== ''")
    checked(browser)
    assert value(browser) == "# Harbour\n\n\\*Some\\* experts say so.\n\n> Rain\n"
    assert browser.run("document.getElementById('format').value") == "markdown"
    assert browser.run("document.getElementById('name').textContent") == "<b>draft.docx"
    assert "copy of its text" in browser.run("document.getElementById('problem-list').textContent")


def test_a_file_that_cannot_be_read_is_told_of_and_the_text_stays(browser: Chromium) -> None:
    write(browser, TEXT)
    browser.run(
        """(() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["PK"], "draft.docx"));
            window.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, cancelable: true, bubbles: true}));
        })()"""
    )
    browser.wait_for("!document.getElementById('trouble').hidden")
    assert "not a Word file" in browser.run("document.getElementById('trouble').textContent")
    assert value(browser) == TEXT
    browser.events.clear()  # the browser logs the refusal


@pytest.mark.parametrize("form", ["text", "docx", "html", "json"])
def test_the_draft_is_saved(browser: Chromium, session: Session, tmp_path: Path, form: str) -> None:
    write(browser, TEXT)
    browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path), eventsEnabled=True)
    browser.click("#save summary")
    browser.click(f'[data-save="{form}"]')
    browser.hear(
        lambda event: event.get("method") == "Browser.downloadProgress" and event["params"]["state"] == "completed"
    )
    (path,) = tmp_path.iterdir()
    assert path.name == f"draft.{'txt' if form == 'text' else form}"
    analysed = session.analyse("draft.txt", TEXT.encode())
    if form == "text":
        assert path.read_text(encoding="utf-8") == TEXT
    elif form == "html":
        wanted = report_html(analysed.analysis, findings=session.findings(analysed).file.findings)
        assert path.read_text(encoding="utf-8") == wanted
    elif form == "json":
        assert path.read_text(encoding="utf-8") == report_json(analysed.analysis)
    else:
        draft = read_bytes(path.read_bytes(), "draft.docx")
        assert draft.text == analysed.analysis.draft.text.strip()
        assert "comments" in draft.notices[0]


# --- phones ---


@pytest.mark.parametrize("size", [SMALL_PHONE, (320, 640), TABLET, DESK])
def test_nothing_runs_out_of_the_window(browser: Chromium, size: tuple[int, int]) -> None:
    browser.size(*size, touch=size[0] < 1000)
    write(browser, TEXT + "x" * 500)
    browser.run("document.querySelectorAll('details:not(.menu)').forEach(element => { element.open = true; })")
    assert browser.run("document.documentElement.scrollWidth - innerWidth") <= 0
    assert is_aligned(browser)


def test_on_a_phone_a_tap_brings_the_note_and_the_fix(browser: Chromium) -> None:
    browser.size(*SMALL_PHONE, touch=True)
    write(browser, TEXT)
    number = next(place for place, why in enumerate(listed(browser), 1) if "claimed" in why)
    assert browser.run("document.getElementById('panel').hidden")
    assert not browser.run("document.querySelector('#list').checkVisibility()")
    browser.tap(f'.layer .flagged[data-points="{number}"]')
    assert "claimed" in browser.run("document.querySelector('#panel .why').textContent")
    assert "the nurse" in browser.run("document.querySelector('#panel .who-says').textContent")
    browser.tap("#panel [data-fix]")
    checked(browser)
    assert "The nurse said she" in value(browser)
    assert browser.run("document.getElementById('panel').hidden")


def test_on_a_phone_the_list_unfolds_and_leads_to_the_words(browser: Chromium) -> None:
    browser.size(*SMALL_PHONE, touch=True)
    write(browser, TEXT)
    browser.tap("#brief > summary")
    assert browser.run("document.querySelector('#list').checkVisibility()")
    browser.tap("#look-1 summary")
    assert browser.run("document.querySelector('#look-1 .mend').checkVisibility()")
    browser.tap("#look-1 .to-words")
    assert not browser.run("document.querySelector('#list').checkVisibility()")
    assert focused(browser) == "text"


def test_what_a_finger_presses_is_large_enough(browser: Chromium) -> None:
    browser.size(*SMALL_PHONE, touch=True)
    write(browser, TEXT)
    browser.run("document.querySelectorAll('details').forEach(element => { element.open = true; })")
    small = browser.run(
        """[...document.querySelectorAll('button, select, summary')].filter(element => {
            const box = element.getBoundingClientRect();
            return box.width > 0 && (box.width < 24 || box.height < 24);
        }).map(element => element.outerHTML)"""
    )
    assert small == []


# --- keys alone, and those who hear the page ---


def test_all_can_be_done_with_keys_alone(browser: Chromium) -> None:
    assert focused(browser) == "text"
    browser.paste(TEXT)
    checked(browser)
    browser.press("F6")
    assert browser.run("document.activeElement.closest('.item') !== null")
    browser.press("f")
    assert browser.run("document.activeElement.dataset.filter") == ""
    browser.press("ArrowRight")
    browser.press("Enter")
    assert browser.run("document.activeElement.getAttribute('aria-pressed')") == "true"
    browser.press("ArrowLeft")
    browser.press("Enter")
    browser.press("F6")
    browser.run("document.getElementById('text').setSelectionRange(0, 0)")
    seen = []
    for _ in listed(browser):
        browser.press("F8")
        seen.append(chosen(browser))
        assert focused(browser) == "text"
    assert len(set(seen)) == len(seen)
    browser.press("F8", "Shift")
    assert chosen(browser) == seen[-2]
    while "claimed" not in listed(browser)[int(chosen(browser) or 1) - 1]:
        browser.press("F8")
    browser.press(".", "Control")
    assert browser.run("document.activeElement.localName") == "summary"
    assert browser.run("document.getElementById('status').textContent").startswith("Note ")
    browser.press("Tab")
    assert "Write “said”" in browser.run("document.activeElement.textContent")
    browser.press("Enter")
    checked(browser)
    assert "The nurse said she" in value(browser)
    assert focused(browser) == "text"
    browser.press("F6")
    browser.press("m")
    assert browser.run("document.documentElement.classList.contains('bare')")
    browser.press("?")
    assert browser.run("document.getElementById('keys').open")
    browser.press("Escape")
    browser.press("F6")
    assert focused(browser) == "text"
    browser.press("m")
    assert value(browser).count("m") == TEXT.count("m") - "claimed".count("m") + 1


def test_the_accessible_names_say_what_is_what(browser: Chromium) -> None:
    write(browser, TEXT)
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    named = {
        (node["role"]["value"], node["name"]["value"])
        for node in nodes
        if "name" in node and "role" in node and not node.get("ignored")
    }
    number = len(listed(browser))
    for wanted in (
        ("textbox", "The draft"),
        ("heading", f"{number} places to look at"),
        ("region", "What to look at"),
        ("region", "Who carries the story"),
        ("group", "Show"),
        ("combobox", "Read as"),
        ("button", "Keys and help"),
    ):
        assert wanted in named
    # The layer's words are the text's: they are not heard twice.
    assert sum("according to" in name for role, name in named if role == "StaticText") <= 1


def test_the_number_of_places_is_told_once_it_is_quiet(browser: Chromium) -> None:
    write(browser, TEXT)
    browser.wait_for("document.getElementById('status').textContent.endsWith('places to look at')")


@pytest.mark.skipif(find_spec("axe_core_python") is None, reason="needs axe-core (the extra test)")
@pytest.mark.parametrize(
    ("size", "theme", "state"),
    [
        (DESK, "light", "empty"),
        (DESK, "light", "note"),
        (DESK, "dark", "note"),
        (TABLET, "light", "menu"),
        (SMALL_PHONE, "dark", "panel"),
        (SMALL_PHONE, "light", "list"),
        (DESK, "light", "api"),
    ],
)
def test_axe_finds_no_violation(browser: Chromium, address: str, size: tuple[int, int], theme: str, state: str) -> None:
    axe = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    browser.size(*size, touch=size == SMALL_PHONE)
    browser.media(prefers_color_scheme=theme)
    if state == "api":
        browser.visit(f"{address.partition('#')[0]}v1")
    elif state != "empty":
        write(browser, TEXT)
        browser.run("document.getElementById('here').open = true")
    if state == "note":
        browser.click("#look-1 summary")
    elif state == "menu":
        browser.click("#save summary")
    elif state == "panel":
        browser.tap('.layer .flagged[data-points="1"]')
    elif state == "list":
        browser.tap("#brief > summary")
        browser.tap("#look-1 summary")
    browser.run(f"{axe}; true")
    found = browser.run(
        """axe.run({resultTypes: ['violations']}).then(({violations}) => JSON.stringify(
            violations.map(violation => [violation.id, violation.nodes.map(node => node.html)])))"""
    )
    assert json.loads(found) == []
    if state == "api":
        browser.visit(address)


# --- hostile drafts, other origins, two tabs ---


def test_no_markup_of_a_draft_is_taken_for_markup(browser: Chromium) -> None:
    text = f"The mayor {RUN} resigned, said {RUN} experts {TURNED}.\n\n“It is {TURNED} out,” she claimed.\0\n"
    write(browser, text)
    browser.run("document.querySelectorAll('details').forEach(element => { element.open = true; })")
    assert browser.run("document.images.length") == 0
    assert browser.run("document.scripts.length") == 2
    assert "attrib" in browser.run("document.title")
    assert is_aligned(browser)
    shown = browser.run("document.getElementById('brief').textContent + document.getElementById('here').textContent")
    assert not set("\u202e\u2067") & set(shown)
    with pytest.raises(RuntimeError, match="TrustedHTML"):
        browser.run("document.body.innerHTML = '<b>'")
    browser.events.clear()  # the browser logs that it refused


def test_a_line_of_a_megabyte_is_refused_and_the_page_goes_on(browser: Chromium) -> None:
    browser.run("document.getElementById('text').focus()")
    browser.paste("word " * 200_000)
    browser.wait_for("!document.getElementById('trouble').hidden")
    assert browser.run("document.getElementById('trouble').textContent").startswith("This text has 1,000,000 char")
    assert browser.run("document.getElementById('text').clientHeight") > 300
    assert "1,000,000 characters" in browser.run("document.getElementById('trouble').textContent")
    assert browser.run("document.getElementById('layer').childElementCount") == 0
    browser.events.clear()  # the browser logs the refusal
    browser.run("document.getElementById('text').select()")
    browser.paste(TEXT)
    checked(browser)
    assert len(listed(browser)) > 0
    assert is_aligned(browser)


@pytest.mark.parametrize("text", ["word" * 20_000, "\n" * 3_000 + "It rains.", "a\tb " * 2_000, "字 漢 " * 2_000])
def test_odd_texts_keep_the_marks_at_their_words(browser: Chromium, text: str) -> None:
    browser.run("document.getElementById('text').focus()")
    browser.paste(text)
    browser.wait_for("document.getElementById('sheet').dataset.shown || !document.getElementById('trouble').hidden")
    assert is_aligned(browser)
    browser.events.clear()


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of an empty page of another origin on this machine."""

    class Empty(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Empty)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_page_of_another_origin_is_refused_even_with_the_token(
    browser: Chromium, address: str, elsewhere: str
) -> None:
    own, _, token = address.partition("#")
    browser.visit(elsewhere)
    sent = {"method": "POST", "body": json.dumps({"text": TEXT}), "headers": {"authorization": f"Bearer {token}"}}
    for path in ("v1/analyse", "page/check"):
        refused = browser.run(f"fetch('{own}{path}', {json.dumps(sent)}).then(() => 'answered', () => 'refused')")
        assert refused == "refused"
    framed = browser.run(
        f"""new Promise(done => {{
            const frame = document.createElement('iframe');
            frame.src = '{own}';
            frame.onload = () => done((() => {{
                try {{ return String(frame.contentDocument?.title ?? 'closed'); }} catch (error) {{ return 'closed'; }}
            }})());
            document.body.append(frame);
        }})"""
    )
    assert framed in ("closed", "")
    browser.visit(address)


def test_two_tabs_work_independently(browser: Chromium, address: str) -> None:
    write(browser, TEXT)
    first = browser.new_tab()
    browser.size(*DESK)
    browser.visit(address)
    second = browser.session
    write(browser, "Critics say it will rain.\n")
    assert len(listed(browser)) == 1
    browser.use(first)
    assert value(browser) == TEXT
    browser.run("document.getElementById('text').focus()")
    browser.paste(" Sources say no.")
    checked(browser)
    number = len(listed(browser))
    assert number > 1
    browser.use(second)
    assert value(browser) == "Critics say it will rain.\n"
    assert len(listed(browser)) == 1
    browser.run(EMPTY)
    browser.call("Page.close")
    browser.use(first)


def test_the_token_stays_in_the_tab_and_out_of_the_address(browser: Chromium, address: str) -> None:
    own, _, token = address.partition("#")
    assert browser.run("location.href") == own
    browser._go(own)
    browser.settle()
    write(browser, TEXT)  # loaded again, in the same tab
    assert listed(browser)
    assert token not in browser.run("document.documentElement.outerHTML")


def test_without_the_token_the_page_says_what_to_do(browser: Chromium, address: str) -> None:
    own, _, _ = address.partition("#")
    browser.visit(f"{own}#{'wrong' * 5}")
    browser.run("document.getElementById('text').focus()")
    browser.paste(TEXT)
    browser.wait_for("!document.getElementById('trouble').hidden")
    assert "behind #" in browser.run("document.getElementById('trouble').textContent")
    browser.events.clear()  # the browser logs the refusal


def test_nothing_is_stored_but_the_token(browser: Chromium) -> None:
    write(browser, TEXT)
    stored = browser.run("JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie])")
    assert json.loads(stored) == [[], ["attrib-token"], ""]
    assert read_text(TEXT).text  # what was written is not among it
