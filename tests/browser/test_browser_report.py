"""The web page in a real browser: pointing, tapping, keys, filters, narrow and wide, dark, print, without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import Chromium, find_chromium

from attribution.records import Analysis, Voice
from attribution.reporting.html import report_html

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="needs Chromium on the path, or named by CHROMIUM"),
]

PHONE = (390, 844)
DESK = (1280, 900)


def chosen(browser: Chromium) -> str | None:
    """The claim whose note the panel shows."""
    stop: str | None = browser.run("document.querySelector('#panel .note')?.dataset.stop ?? null")
    return stop


def lit(browser: Chromium) -> str:
    """The words that are not dimmed."""
    text: str = browser.run("[...document.querySelectorAll('.draft .lit')].map(one => one.textContent).join('')")
    return text


def in_window(browser: Chromium, selector: str) -> bool:
    """Whether the middle of the element's first line can be seen: in the window, with nothing before it."""
    seen: bool = browser.run(
        f"""(() => {{
            const one = document.querySelector({selector!r});
            const box = one.getClientRects()[0];
            const x = box.left + box.width / 2, y = box.top + box.height / 2;
            const top = document.elementFromPoint(x, y);
            return top !== null && (top === one || one.contains(top) || top.contains(one));
        }})()"""
    )
    return seen


def innermost(analysis: Analysis, voice: Voice) -> str:
    """A claim in this voice, in words that belong to no other claim within it."""
    for claim in analysis.claims:
        others = [span for one in analysis.claims if one.id != claim.id for span in one.spans]
        if claim.voice is voice and claim.attributions and not any(claim.spans[0].overlaps(one) for one in others):
            return claim.id
    raise AssertionError(f"the article makes no plain claim in the {voice} voice")


def sideways(browser: Chromium) -> int:
    """Pixels by which the page is wider than the window."""
    return int(browser.run("document.documentElement.scrollWidth - innerWidth"))


# --- looking and pointing ---


def test_pointing_at_a_claim_shows_its_note(browser: Chromium, page: Path, analysis: Analysis) -> None:
    browser.open(page)
    assert chosen(browser) is None
    first, second = innermost(analysis, Voice.SOURCE), innermost(analysis, Voice.HEARSAY)
    for stop in (first, second):
        browser.move(f'[data-claims="{stop}"]')
        browser.run("new Promise(done => setTimeout(done, 100))")
        assert chosen(browser) == stop
    text = browser.run("document.querySelector('#panel').innerText")
    assert "Who says so" in text
    assert "Why these scores" in text
    assert "cue" in text


def test_a_click_keeps_the_note_and_escape_lets_it_go(browser: Chromium, page: Path, analysis: Analysis) -> None:
    browser.open(page)
    kept, other = innermost(analysis, Voice.SOURCE), innermost(analysis, Voice.HEARSAY)
    browser.click(f'[data-claims="{kept}"]')
    browser.move(f'[data-claims="{other}"]')
    browser.run("new Promise(done => setTimeout(done, 100))")
    assert chosen(browser) == kept
    assert browser.run("document.querySelector('#status').textContent").startswith("Note ")
    browser.press("Escape")
    assert chosen(browser) is None


def test_a_chosen_claim_shows_who_speaks_and_what_signals_it(browser: Chromium, page: Path, analysis: Analysis) -> None:
    stop = innermost(analysis, Voice.SOURCE)
    claim = next(one for one in analysis.claims if one.id == stop)
    browser.open(page, f"#{stop}")
    assert in_window(browser, f'[data-claims~="{stop}"]')
    marked = browser.run("[...document.querySelectorAll('.speaks, .signals')].map(one => one.textContent).join('')")
    for attribution in analysis.attributions:
        if attribution.id in claim.attributions:
            for span in (*attribution.source.spans, *attribution.cue.spans):
                assert analysis.draft.text[span.start : span.end].split()[0] in marked


def test_a_source_lights_its_claims_and_dims_the_others(browser: Chromium, page: Path, analysis: Analysis) -> None:
    browser.open(page)
    browser.click(".ledger tbody tr a")
    carried = browser.run("document.querySelector('.ledger tr.chosen').dataset.claims").split()
    assert browser.run("document.documentElement.classList.contains('sifted')")
    shown = lit(browser)
    for claim in analysis.claims:
        words = analysis.draft.text[claim.spans[0].start : claim.spans[0].end]
        if claim.id in carried:
            assert words in shown
    unlit = [one.id for one in analysis.claims if one.id not in carried]
    badges = browser.run("[...document.querySelectorAll('.badge:not(.lit)')].map(one => one.id)")
    assert set(unlit) <= set(badges)
    assert browser.run("document.querySelector('.ledger tr.chosen a').getAttribute('aria-pressed')") == "true"
    browser.press("Escape")
    assert not browser.run("document.documentElement.classList.contains('sifted')")


@pytest.mark.parametrize("name", ["own", "hearsay", "unnamed", "weakest"])
def test_a_filter_keeps_as_many_as_it_says(browser: Chromium, page: Path, name: str) -> None:
    browser.open(page)
    browser.click(f'[data-filter="{name}"]')
    count = int(browser.run(f"document.querySelector('[data-filter=\"{name}\"] .count').textContent"))
    assert browser.run("document.querySelectorAll('.badge.lit').length") == count > 0
    assert browser.run(f"document.querySelector('[data-filter=\"{name}\"]').getAttribute('aria-pressed')") == "true"
    seen = []
    for _ in range(count + 1):
        browser.press("j")
        seen.append(chosen(browser))
    assert len(set(seen)) == count
    kept = browser.run("[...document.querySelectorAll('.badge.lit')].map(one => one.id)")
    assert set(seen) == set(kept)
    browser.click('[data-filter="all"]')
    assert browser.run("document.querySelectorAll('.lit').length") == 0


def test_the_strip_leads_to_the_claim(browser: Chromium, page: Path, analysis: Analysis) -> None:
    browser.open(page)
    last = analysis.claims[-1].id
    x, y = browser.run(
        f"""(() => {{
            const box = document.querySelector('.strip a[data-stop="{last}"] rect').getBoundingClientRect();
            const strip = document.querySelector('.strip').getBoundingClientRect();
            return [strip.left + 4, Math.min(box.top + box.height / 2, innerHeight - 2)];
        }})()"""
    )
    before = browser.run("scrollY")
    for kind in ("mousePressed", "mouseReleased"):
        browser.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
    browser.settle()
    stop = chosen(browser)
    assert stop is not None
    assert in_window(browser, f'[data-claims~="{stop}"]')
    assert browser.run("scrollY") > before


def test_the_lines_of_the_strip_stand_where_the_claims_are(browser: Chromium, page: Path) -> None:
    browser.open(page)
    pairs = browser.run(
        """[...document.querySelectorAll('.strip a')].map(line => {
            const whole = document.getElementById('draft').getBoundingClientRect();
            const piece = document.querySelector(`.draft [data-claims~="${line.dataset.stop}"]`);
            const top = (piece.getBoundingClientRect().top - whole.top) / whole.height;
            return [top, Number(line.querySelector('rect').getAttribute('y')) / 1000];
        })"""
    )
    assert all(abs(place - drawn) < 0.01 for place, drawn in pairs)


def test_the_strip_ends_with_the_article(browser: Chromium, page: Path) -> None:
    for size in (PHONE, DESK):
        browser.size(*size, touch=size == PHONE)
        browser.open(page)
        browser.run("scrollTo(0, document.documentElement.scrollHeight)")
        browser.settle()
        bottoms = browser.run(
            "['.strip svg', '.draft'].map(one => document.querySelector(one).getBoundingClientRect().bottom)"
        )
        assert bottoms[0] <= bottoms[1] + 1


# --- keys ---


def test_keys_walk_through_all_claims_and_keep_them_in_sight(browser: Chromium, page: Path) -> None:
    browser.open(page)
    stops = browser.run("[...document.querySelectorAll('.notes-list .note')].map(one => one.dataset.stop)")
    for stop in stops:
        browser.press("j")
        assert chosen(browser) == stop
        assert in_window(browser, f'[data-claims~="{stop}"]')
        assert browser.run("document.activeElement.id") == stop
    browser.press("j")
    assert chosen(browser) == stops[-1]
    browser.press("k")
    assert chosen(browser) == stops[-2]
    browser.press("ArrowDown")
    assert chosen(browser) == stops[-1]


def test_keys_for_filters_sources_marks_and_help(browser: Chromium, page: Path) -> None:
    browser.open(page)
    browser.press("f")
    assert browser.run("document.activeElement.dataset.filter") == "all"
    browser.press("ArrowRight")
    assert browser.run("document.activeElement.dataset.filter") == "own"
    browser.press("Enter")
    assert browser.run("document.activeElement.getAttribute('aria-pressed')") == "true"
    browser.press("Escape")
    assert browser.run("document.querySelectorAll('.lit').length") == 0
    browser.press("/")
    assert browser.run("document.activeElement.dataset.filter") == "all"
    browser.press("s")
    assert browser.run("document.activeElement.closest('.ledger') !== null")
    browser.press("m")
    assert browser.run("getComputedStyle(document.querySelector('.draft .claim')).textDecorationLine") == "none"
    browser.press("m")
    assert browser.run("getComputedStyle(document.querySelector('.draft .claim')).textDecorationLine") == "underline"
    browser.press("?")
    assert browser.run("document.getElementById('keys').open")
    browser.press("j")
    assert chosen(browser) is None
    browser.press("Escape")
    assert not browser.run("document.getElementById('keys').open")
    browser.click("#help")
    browser.click("#keys [type=submit]")
    assert not browser.run("document.getElementById('keys').open")


def test_focus_alone_shows_the_note(browser: Chromium, page: Path) -> None:
    browser.open(page)
    browser.run("document.querySelector('.skip').focus()")
    for _ in range(60):
        browser.press("Tab")
        if browser.run("document.activeElement.classList.contains('badge')"):
            break
    stop = browser.run("document.activeElement.id")
    assert chosen(browser) == stop


def test_a_finding_leads_to_the_note_of_its_claim(browser: Chromium, tmp_path: Path, analysis: Analysis) -> None:
    class Found:
        span = analysis.claims[-1].spans[-1]
        rule = "SRC105"
        severity = "warning"
        message = "nobody <b>knows</b> who says so"

    path = tmp_path / "findings.html"
    path.write_text(report_html(analysis, findings=[Found()]), encoding="utf-8")
    browser.open(path)
    browser.click(".flag")
    assert chosen(browser) == analysis.claims[-1].id
    assert Found.message in browser.run("document.querySelector('#panel .finding-list').textContent")


def test_enter_leads_to_the_note_and_escape_back(browser: Chromium, page: Path) -> None:
    browser.open(page)
    browser.press("j")
    browser.press("j")
    stop = chosen(browser)
    browser.press("Enter")
    assert browser.run("document.activeElement.id") == "panel"
    assert chosen(browser) == stop
    browser.press("Escape")
    assert browser.run("document.activeElement.id") == stop
    assert chosen(browser) is None


# --- phones ---


def test_a_tap_brings_the_sheet_and_the_claim_stays_in_sight(browser: Chromium, page: Path, analysis: Analysis) -> None:
    browser.size(*PHONE, touch=True)
    browser.open(page)
    assert browser.run("getComputedStyle(document.getElementById('panel')).visibility") == "hidden"
    stop = innermost(analysis, Voice.SOURCE)
    browser.tap(f'[data-claims="{stop}"]')
    assert chosen(browser) == stop
    box = browser.run(
        "(({top, bottom, width}) => [top, bottom, width])(document.getElementById('panel').getBoundingClientRect())"
    )
    assert box[0] >= PHONE[1] * 0.3
    assert box[1] == PHONE[1]
    assert box[2] == PHONE[0]
    assert in_window(browser, f'[data-claims="{stop}"]')
    browser.tap("#panel [data-step='1']")
    following = chosen(browser)
    assert following != stop
    assert in_window(browser, f'[data-claims~="{following}"]')
    browser.tap("#panel [data-close]")
    assert browser.run("getComputedStyle(document.getElementById('panel')).visibility") == "hidden"


@pytest.mark.parametrize("size", [PHONE, (320, 640), (768, 1024), DESK])
def test_nothing_runs_out_of_the_window(browser: Chromium, pages: Path, size: tuple[int, int]) -> None:
    browser.size(*size, touch=size[0] < 1000)
    for path in sorted(pages.iterdir()):
        browser.open(path)
        assert sideways(browser) <= 0, path.name


def test_what_a_finger_presses_is_large_enough(browser: Chromium, page: Path) -> None:
    """24 pixels each way (WCAG 2.2, 2.5.8); marks within a line of text are excepted there, and so is their line."""
    browser.size(*PHONE, touch=True)
    browser.open(page, "#c1")
    small = browser.run(
        """[...document.querySelectorAll('button, .filters a, .strip')].filter(one => {
            const box = one.getBoundingClientRect();
            return box.width > 0 && (box.width < 24 || box.height < 24);
        }).map(one => one.outerHTML)"""
    )
    assert small == []


# --- the look ---


def test_dark_follows_the_system_and_the_button(browser: Chromium, page: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    browser.open(page)
    light = browser.run(ground)
    browser.media(prefers_color_scheme="dark")
    dark = browser.run(ground)
    assert (light, dark) == ("rgb(251, 250, 247)", "rgb(22, 24, 28)")
    browser.click("#theme")
    assert browser.run(ground) == light
    browser.open(page)
    assert browser.run(ground) == light  # remembered
    browser.click("#theme")
    assert browser.run(ground) == dark
    browser.run("localStorage.clear()")


def test_voices_differ_without_colour(browser: Chromium, voices: Path) -> None:
    browser.open(voices)
    styles = [
        browser.run(f"getComputedStyle(document.querySelector('.draft .claim.{voice}')).textDecorationStyle")
        for voice in Voice
    ]
    marks = [
        browser.run(f"getComputedStyle(document.querySelector('.draft .badge.{voice}'), '::after').content")
        for voice in Voice
    ]
    assert len(set(styles)) == len(set(marks)) == len(Voice)


def test_the_filter_for_unclear_speakers_lights_their_claims(browser: Chromium, voices: Path) -> None:
    browser.open(voices)
    browser.click('[data-filter="unclear"]')
    kept = browser.run("[...document.querySelectorAll('.badge.lit')].map(badge => badge.className)")
    assert kept
    assert all("unclear" in name for name in kept)
    assert len(kept) == int(browser.run("document.querySelector('[data-filter=unclear] .count').textContent"))


@pytest.mark.parametrize("size", [PHONE, (320, 640), DESK])
def test_a_comparison_fits_the_window_and_keeps_to_itself(
    browser: Chromium, comparison: Path, size: tuple[int, int]
) -> None:
    browser.size(*size, touch=size[0] < 1000)
    browser.open(comparison)
    assert sideways(browser) <= 0
    shown = browser.run("document.querySelectorAll('.row.changed ins').length")
    assert shown > 0


def test_motion_is_left_out_when_it_is_not_wanted(browser: Chromium, page: Path) -> None:
    browser.size(*PHONE, touch=True)
    duration = "getComputedStyle(document.getElementById('panel')).transitionDuration"
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    browser.open(page)
    assert (browser.run(duration), browser.run(behaviour)) == ("0s", "auto")
    browser.media(prefers_reduced_motion="no-preference")
    assert browser.run(duration) != "0s"
    assert browser.run(behaviour) == "smooth"


def test_print_holds_article_ledger_and_every_factor(browser: Chromium, page: Path, analysis: Analysis) -> None:
    browser.open(page)
    browser.press("j")
    browser.click('[data-filter="own"]')
    browser.media("print", prefers_color_scheme="dark")
    assert browser.run("getComputedStyle(document.querySelector('.draft p')).color") == "rgb(0, 0, 0)"
    for selector in (".draft", ".ledger", ".notes-list .factors"):
        assert browser.run(f"document.querySelector('{selector}').getBoundingClientRect().height") > 0
    for selector in (".filters", ".panel", ".tools", ".strip", ".unfold"):
        assert browser.run(f"getComputedStyle(document.querySelector('{selector}')).display") == "none"
    printed = browser.run(
        "[...document.querySelectorAll('.notes-list .note')].filter(one => one.offsetHeight > 0).length"
    )
    assert printed >= len(analysis.claims)
    assert browser.pdf().startswith(b"%PDF-")


def test_without_scripts_the_page_is_whole(browser: Chromium, page: Path, analysis: Analysis) -> None:
    browser.scripts(False)
    browser.open(page)
    assert not browser.run("document.documentElement.classList.contains('js')")
    assert browser.run(
        "[...document.querySelectorAll('.js-only')].every(one => getComputedStyle(one).display === 'none')"
    )
    notes = browser.run(
        "[...document.querySelectorAll('.notes-list .note')].filter(one => one.offsetHeight > 0).length"
    )
    assert notes >= len(analysis.claims)
    number = browser.run("getComputedStyle(document.querySelector('.badge'), '::after').content")
    assert "attr(data-number)" in number or '"1"' in number
    browser.click(".badge")
    assert browser.run("location.hash").startswith("#note-")


def test_what_is_copied_from_the_article_is_the_article(browser: Chromium, page: Path, analysis: Analysis) -> None:
    browser.open(page)
    assert browser.run("document.getElementById('draft').textContent") == analysis.draft.text
    copied = browser.run("(getSelection().selectAllChildren(document.getElementById('draft')), String(getSelection()))")
    assert copied.split() == analysis.draft.text.split()


def test_no_markup_of_a_draft_is_taken_for_markup(
    browser: Chromium, pages: Path, analyses: dict[str, Analysis]
) -> None:
    for path in (pages / "hostile.html", pages / "index.html"):
        browser.open(path)
        assert browser.run("document.images.length") == 0
        assert browser.run("document.scripts.length") == 1
        assert "attrib" in browser.run("document.title")
    browser.open(pages / "hostile.html")
    browser.press("j")
    assert chosen(browser) is not None
    for name, one in analyses.items():
        browser.open(pages / f"{Path(name).stem}.html")
        assert browser.run("document.getElementById('draft').textContent") == one.draft.text


def test_the_accessible_names_say_what_is_what(browser: Chromium, page: Path, analysis: Analysis) -> None:
    browser.open(page)
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    named = {(one["role"]["value"], one["name"]["value"]) for one in nodes if "name" in one and "role" in one}
    roles = {role for role, _ in named}
    assert {"main", "article", "region", "table", "button", "link", "heading"} <= roles
    links = [name for role, name in named if role == "link" and name.startswith("Claim 1: ")]
    assert len(links) == 1
    assert "sourcing" in links[0]


# --- the index ---


def test_the_index_sorts_by_what_is_pressed(browser: Chromium, pages: Path, analyses: dict[str, Analysis]) -> None:
    browser.open(pages / "index.html")
    order = "[...document.querySelectorAll('.drafts tbody th a')].map(one => one.textContent)"
    by_score = sorted(analyses.values(), key=lambda one: one.summary.sourcing or 0)
    browser.click("th:nth-child(2) button")
    assert browser.run(order) == [one.draft.path for one in by_score]
    assert browser.run("document.querySelector('th:nth-child(2)').getAttribute('aria-sort')") == "ascending"
    browser.click("th:nth-child(2) button")
    by_score.sort(key=lambda one: -(one.summary.sourcing or 0))  # those alike stay as they were
    assert browser.run(order) == [one.draft.path for one in by_score]
    browser.click("th:nth-child(1) button")
    assert browser.run(order) == sorted(one.draft.path for one in analyses.values())
    assert browser.run("document.querySelectorAll('[aria-sort]').length") == 1
    browser.follow(".drafts tbody tr:first-child a")
    assert browser.run("document.getElementById('draft') !== null")
