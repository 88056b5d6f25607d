"""The web page in a real browser: pointing, tapping, keys, filters, narrow and wide, dark, print, without scripts."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from chromium import Chromium, find_chromium

from attribution.records import Analysis, Voice
from attribution.reporting.attention import Point
from attribution.reporting.html import report_html

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason="needs Chromium on the path, or named by CHROMIUM"),
]

PHONE = (390, 844)
SMALL_PHONE = (360, 740)
DESK = (1280, 900)


VISIBLE = "[...document.querySelectorAll('{}')].filter(element => element.checkVisibility())".format
"""An expression that gives the elements of a selector that can be seen: neither hidden nor folded away."""


def chosen(browser: Chromium) -> str | None:
    """The number of the point whose note is shown."""
    number: str | None = browser.run("document.querySelector('.draft .mark.chosen')?.dataset.point ?? null")
    return number


def note(browser: Chromium) -> str:
    """What the note says that is shown: in the list, or in the panel."""
    text: str = browser.run(
        """(document.querySelector('#panel:not([hidden]) .panel-body')
            || document.querySelector('.look-list details[open]'))?.innerText ?? ''"""
    )
    return text


def lit(browser: Chromium) -> str:
    """The words that are not dimmed."""
    text: str = browser.run(
        "[...document.querySelectorAll('.draft .lit')].map(element => element.textContent).join('')"
    )
    return text


def in_window(browser: Chromium, selector: str) -> bool:
    """Whether the middle of the element's first line can be seen: in the window, with nothing before it."""
    seen: bool = browser.run(
        f"""(() => {{
            const element = document.querySelector({selector!r});
            const box = element.getClientRects()[0];
            const x = box.left + box.width / 2, y = box.top + box.height / 2;
            const top = document.elementFromPoint(x, y);
            return top !== null && (top === element || element.contains(top) || top.contains(element));
        }})()"""
    )
    return seen


def innermost(analysis: Analysis, voice: Voice) -> str:
    """A claim in this voice, in words that belong to no other claim within it."""
    for claim in analysis.claims:
        others = [span for other in analysis.claims if other.id != claim.id for span in other.spans]
        if claim.voice is voice and claim.attributions and not any(claim.spans[0].overlaps(span) for span in others):
            return claim.id
    raise AssertionError(f"the article makes no plain claim in the {voice} voice")


def sideways(browser: Chromium) -> int:
    """Pixels by which the page is wider than the window."""
    return int(browser.run("document.documentElement.scrollWidth - innerWidth"))


# --- looking and pointing ---


def test_a_mark_opens_its_entry_in_the_list_and_escape_closes_it(
    browser: Chromium, page: Path, points: tuple[Point, ...]
) -> None:
    browser.open(page)
    assert chosen(browser) is None
    for number in (2, 1):
        browser.click(f'.draft .flagged[data-points="{number}"]')
        assert chosen(browser) == str(number)
        assert browser.run("document.querySelectorAll('.look-list details[open]').length") == 1
        assert points[number - 1].reasons[0].help in note(browser)
        assert in_window(browser, f"#look-{number} .mend")
    assert browser.run("document.querySelector('#status').textContent").startswith("Note 1: ")
    browser.press("Escape")
    assert chosen(browser) is None
    assert note(browser) == ""


def test_the_list_leads_to_the_words(browser: Chromium, page: Path, points: tuple[Point, ...]) -> None:
    browser.open(page)
    last = len(points)
    browser.click(f"#look-{last} summary")
    assert chosen(browser) == str(last)
    assert in_window(browser, f"#point-{last}")
    lighted = browser.run(
        "[...document.querySelectorAll('.draft .chosen')].map(element => element.textContent).join('')"
    )
    quoted = browser.run(f"document.querySelector('#look-{last} q').textContent")
    assert lighted.startswith(quoted.split()[0])
    assert points[last - 1].reasons[0].help in note(browser)
    browser.click(f"#look-{last} summary")
    assert chosen(browser) is None


def test_pointing_at_one_lights_the_other(browser: Chromium, page: Path) -> None:
    browser.open(page)
    browser.move('.draft .flagged[data-points="1"]')
    assert browser.run("document.querySelector('.item.pointed')?.dataset.point") == "1"
    browser.move("#look-2 summary")
    assert browser.run("document.querySelector('.draft .pointed').dataset.points") == "2"


def test_a_claim_without_a_mark_tells_who_says_so(browser: Chromium, page: Path, analysis: Analysis) -> None:
    stop = innermost(analysis, Voice.SOURCE)
    claim = next(claim for claim in analysis.claims if claim.id == stop)
    browser.open(page)
    browser.click(f'[data-claims="{stop}"]:not([data-points])')
    assert browser.run("document.querySelector('#panel .note').dataset.note") == stop
    assert browser.run("document.querySelector('#panel .says').textContent.length") > 0
    marked = browser.run(
        "[...document.querySelectorAll('.speaks, .signals')].map(element => element.textContent).join('')"
    )
    for attribution in analysis.attributions:
        if attribution.id in claim.attributions:
            for span in (*attribution.source.spans, *attribution.cue.spans):
                assert analysis.draft.text[span.start : span.end].split()[0] in marked
    browser.press("Escape")
    assert browser.run("document.getElementById('panel').hidden")


def test_a_source_lights_its_claims_and_dims_the_others(browser: Chromium, page: Path, analysis: Analysis) -> None:
    browser.open(page)
    browser.click(".carriers a")
    carried = browser.run("document.querySelector('.carriers .chosen').dataset.claims").split()
    assert browser.run("document.documentElement.classList.contains('sifted')")
    shown = lit(browser)
    for claim in analysis.claims:
        if claim.id in carried:
            assert analysis.draft.text[claim.spans[0].start : claim.spans[0].end] in shown
    unlit = browser.run(
        "[...document.querySelectorAll('.draft [data-claims]:not(.lit)')]"
        ".map(element => element.dataset.claims).join(' ')"
    )
    assert not set(carried) & set(unlit.split())
    assert browser.run("document.querySelector('.carriers .chosen a').getAttribute('aria-pressed')") == "true"
    browser.press("Escape")
    assert not browser.run("document.documentElement.classList.contains('sifted')")


def test_a_filter_keeps_as_many_as_it_says(browser: Chromium, page: Path) -> None:
    browser.open(page)
    total = browser.run("document.querySelectorAll('.look-list .item').length")
    names = browser.run("[...document.querySelectorAll('[data-filter]')].map(element => element.dataset.filter)")
    assert len(names) > 2
    for name in names[1:]:
        browser.click(f'[data-filter="{name}"]')
        count = int(browser.run(f"document.querySelector('[data-filter=\"{name}\"] .count').textContent"))
        kept = browser.run(f"{VISIBLE('.look-list .item')}.map(element => element.id)")
        assert 0 < len(kept) == count < total
        shown = browser.run(f"{VISIBLE('.draft .mark')}.map(element => element.dataset.point)")
        assert {f"look-{number}" for number in shown} == set(kept)
        tinted = browser.run(
            """[...document.querySelectorAll('.draft .flagged')]
                .filter(element => getComputedStyle(element).textDecorationLine === 'underline')
                .map(element => element.dataset.points).join(' ')"""
        )
        assert set(tinted.split()) == set(shown)
        assert browser.run(f"document.querySelector('[data-filter=\"{name}\"]').getAttribute('aria-pressed')") == "true"
        seen = set()
        for _ in range(count + 1):
            browser.press("j")
            seen.add(f"look-{chosen(browser)}")
        assert seen == set(kept)
        browser.press("Escape")
    browser.press("Escape")
    assert browser.run(f"{VISIBLE('.item')}.length") == total


def test_the_numbers_stand_beside_the_genre_that_is_chosen(browser: Chromium, page: Path) -> None:
    for scripted in (True, False):
        browser.scripts(scripted)
        browser.open(page)
        for number in (0, 2, 1):
            browser.click(f"#genre-{number}")
            shown = browser.run(f"{VISIBLE('.numbers .usual')}.map(element => element.className)")
            assert shown
            assert all(f"g-{number}" in name for name in shown)


# --- keys ---


def test_keys_walk_through_all_points_and_keep_them_in_sight(browser: Chromium, page: Path) -> None:
    browser.open(page)
    stops = browser.run("[...document.querySelectorAll('.look-list .item')].map(element => element.dataset.point)")
    for stop in stops:
        browser.press("j")
        assert chosen(browser) == stop
        assert in_window(browser, f'.draft .flagged[data-points~="{stop}"]')
        assert browser.run("document.activeElement.id") == f"point-{stop}"
    browser.press("j")
    assert chosen(browser) == stops[-1]
    browser.press("k")
    assert chosen(browser) == stops[-2]


def test_keys_for_filters_sources_marks_and_help(browser: Chromium, page: Path) -> None:
    browser.open(page)
    browser.press("f")
    assert browser.run("document.activeElement.dataset.filter") == ""
    browser.press("ArrowRight")
    name = browser.run("document.activeElement.dataset.filter")
    assert name != ""
    browser.press("Enter")
    assert browser.run("document.activeElement.getAttribute('aria-pressed')") == "true"
    browser.press("Escape")
    assert browser.run("document.querySelectorAll('.item[hidden]').length") == 0
    browser.press("/")
    assert browser.run("document.activeElement.dataset.filter") == ""
    browser.press("s")
    assert browser.run("document.activeElement.closest('.carriers') !== null")
    browser.press("m")
    assert browser.run("getComputedStyle(document.querySelector('.draft .flagged')).textDecorationLine") == "none"
    browser.press("m")
    assert browser.run("getComputedStyle(document.querySelector('.draft .flagged')).textDecorationLine") == "underline"
    browser.press("?")
    assert browser.run("document.getElementById('keys').open")
    browser.press("j")
    assert chosen(browser) is None
    browser.press("Escape")
    assert not browser.run("document.getElementById('keys').open")
    browser.click("#help")
    browser.click("#keys [type=submit]")
    assert not browser.run("document.getElementById('keys').open")


def test_enter_leads_to_the_note_and_escape_back(browser: Chromium, page: Path) -> None:
    browser.open(page)
    browser.press("j")
    browser.press("Escape")
    assert chosen(browser) is None
    assert browser.run("document.activeElement.id") == "point-1"
    browser.press("Enter")
    assert chosen(browser) == "1"
    assert browser.run("document.activeElement.closest('.item').dataset.point") == "1"
    browser.press("Escape")
    assert browser.run("document.activeElement.id") == "point-1"
    assert chosen(browser) is None


def test_a_link_opens_the_note(browser: Chromium, page: Path, analysis: Analysis) -> None:
    browser.open(page, "#look-2")
    assert chosen(browser) == "2"
    stop = innermost(analysis, Voice.SOURCE)
    browser.open(page, f"#{stop}")
    assert browser.run("document.querySelector('#panel .note').dataset.note") == stop
    assert in_window(browser, f'[data-claims~="{stop}"]')


# --- phones ---


def test_a_phone_shows_the_answer_and_the_first_word_at_once(
    browser: Chromium, pages: Path, analysis: Analysis, tmp_path: Path
) -> None:
    """The article's first word stands within 250 pixels, whether scripts run or not."""
    browser.size(*SMALL_PHONE, touch=True)
    path = f"{'folder/' * 20}{'long-' * 20}name.txt"
    long_named = msgspec.structs.replace(analysis, draft=msgspec.structs.replace(analysis.draft, path=path))
    (tmp_path / "long.html").write_text(report_html(long_named, home="index.html"), encoding="utf-8")
    for scripted in (True, False):
        browser.scripts(scripted)
        for path in (*sorted(pages.iterdir()), tmp_path / "long.html"):
            if path.stem == "index":
                continue
            browser.open(path)
            top = browser.run(
                """(() => {
                    const nodes = document.createTreeWalker(document.getElementById('draft'), NodeFilter.SHOW_TEXT);
                    while (nodes.nextNode() && !nodes.currentNode.data.trim());
                    const range = document.createRange();
                    range.selectNodeContents(nodes.currentNode);
                    return range.getClientRects()[0].top;
                })()"""
            )
            assert top < 250, (path.name, scripted)
            assert "to look at" in browser.run("document.querySelector('h1').innerText")


def test_the_answer_unfolds_to_the_list_on_a_phone(browser: Chromium, page: Path) -> None:
    browser.size(*SMALL_PHONE, touch=True)
    browser.open(page)
    assert not browser.run(f"{VISIBLE('#look')}.length")
    browser.tap("#brief > summary")
    assert browser.run(f"{VISIBLE('#look')}.length")
    assert not browser.run(f"{VISIBLE('#look-1 .mend')}.length")
    browser.tap("#look-1 summary")
    assert browser.run(f"{VISIBLE('#look-1 .mend')}.length")
    browser.tap("#look-1 .to-words")
    assert chosen(browser) == "1"
    assert in_window(browser, '.draft .flagged[data-points="1"]')


def test_a_tap_brings_the_sheet_and_the_words_stay_in_sight(
    browser: Chromium, page: Path, points: tuple[Point, ...]
) -> None:
    browser.size(*PHONE, touch=True)
    browser.open(page)
    assert browser.run("document.getElementById('panel').hidden")
    browser.tap('.draft .flagged[data-points="1"]')
    assert chosen(browser) == "1"
    assert points[0].reasons[0].help in note(browser)
    box = browser.run(
        "(({top, bottom, width}) => [top, bottom, width])(document.getElementById('panel').getBoundingClientRect())"
    )
    assert box[0] >= PHONE[1] * 0.3
    assert box[1] == PHONE[1]
    assert box[2] == PHONE[0]
    assert in_window(browser, '.draft .flagged[data-points="1"]')
    browser.tap("#panel [data-step='1']")
    assert chosen(browser) == "2"
    assert in_window(browser, '.draft .flagged[data-points="2"]')
    browser.tap("#panel [data-close]")
    assert browser.run("document.getElementById('panel').hidden")


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE, (320, 640), (768, 1024), DESK])
def test_nothing_runs_out_of_the_window(browser: Chromium, pages: Path, size: tuple[int, int]) -> None:
    browser.size(*size, touch=size[0] < 1000)
    for path in sorted(pages.iterdir()):
        browser.open(path)
        browser.run("document.querySelectorAll('details').forEach(element => { element.open = true; })")
        assert sideways(browser) <= 0, path.name


def test_what_a_finger_presses_is_large_enough(browser: Chromium, pages: Path, page: Path) -> None:
    """24 pixels each way (WCAG 2.2, 2.5.8); marks within a line of text are excepted there, and so are links in one."""
    browser.size(*PHONE, touch=True)
    for path, fragment in ((page, "#look-1"), (pages / "index.html", "")):
        browser.open(path, fragment)
        browser.run("document.querySelectorAll('details').forEach(element => { element.open = true; })")
        small = browser.run(
            """[...document.querySelectorAll('button, select, summary, .carriers a, .points a, h2 a')]
            .filter(element => {
                const box = element.getBoundingClientRect();
                return box.width > 0 && (box.width < 24 || box.height < 24);
            }).map(element => element.outerHTML)"""
        )
        assert small == []


# --- the look ---


def test_dark_follows_the_system_and_the_button(browser: Chromium, page: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    browser.open(page)
    light = browser.run(ground)
    browser.media(prefers_color_scheme="dark")
    dark = browser.run(ground)
    assert (light, dark) == ("rgb(252, 251, 248)", "rgb(23, 25, 29)")
    browser.click("#theme")
    assert browser.run(ground) == light
    browser.open(page)
    assert browser.run(ground) == light  # remembered
    browser.click("#theme")
    assert browser.run(ground) == dark
    browser.run("localStorage.clear()")


def test_marks_are_told_by_more_than_colour(browser: Chromium, page: Path) -> None:
    browser.open(page)
    assert browser.run("getComputedStyle(document.querySelector('.draft .flagged')).textDecorationLine") == "underline"
    number = browser.run("getComputedStyle(document.querySelector('#point-1'), '::after').content")
    assert "attr(data-point)" in number or '"1"' in number


def test_the_filter_for_unclear_speakers_keeps_their_words(browser: Chromium, voices: Path) -> None:
    browser.open(voices)
    browser.click('[data-filter="speaker-unclear"]')
    kept = browser.run(f"{VISIBLE('.item')}.map(element => element.innerText)")
    assert kept
    assert all("who speaks" in text for text in kept)


@pytest.mark.parametrize("size", [PHONE, (320, 640), DESK])
def test_a_comparison_fits_the_window_and_filters_by_kind(
    browser: Chromium, comparison: Path, size: tuple[int, int]
) -> None:
    browser.size(*size, touch=size[0] < 1000)
    browser.open(comparison)
    assert sideways(browser) <= 0
    assert browser.run("document.querySelectorAll('.row.changed ins').length") > 0
    # Which version is which is told once: over the columns, or where there is only one column in each row.
    assert bool(browser.run(f"{VISIBLE('.heads')}.length")) == (size == DESK)
    assert bool(browser.run(f"{VISIBLE('.version')}.length")) == (size != DESK)
    rows = f"{VISIBLE('.row')}.length"
    everything = browser.run(rows)
    browser.click('[data-filter="claim-dropped"]')
    assert 0 < browser.run(rows) < everything
    count = int(browser.run("document.querySelector('[data-filter=\"claim-dropped\"] .count').textContent"))
    assert browser.run(f"{VISIBLE('.changes-list li')}.length") == count
    browser.click('[data-filter=""]')
    assert browser.run(rows) == everything


def test_motion_is_left_out_when_it_is_not_wanted(browser: Chromium, page: Path) -> None:
    browser.size(*PHONE, touch=True)
    duration = "getComputedStyle(document.getElementById('panel')).transitionDuration"
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    browser.open(page)
    assert (browser.run(duration), browser.run(behaviour)) == ("0s", "auto")
    browser.media(prefers_reduced_motion="no-preference")
    assert browser.run(duration) != "0s"
    assert browser.run(behaviour) == "smooth"


def test_print_holds_list_sources_and_article_on_two_pages(browser: Chromium, pages: Path, page: Path) -> None:
    browser.open(page)
    browser.press("j")
    browser.media("print", prefers_color_scheme="dark")
    assert browser.run("getComputedStyle(document.querySelector('.draft p')).color") == "rgb(0, 0, 0)"
    for selector in (".draft", ".carriers", ".look-list"):
        assert browser.run(f"{VISIBLE(selector)}.length") == 1
    for selector in (".filters", ".panel", ".tools", ".claims"):
        assert not browser.run(f"{VISIBLE(selector)}.length")
    assert browser.run(f"{VISIBLE('.look-list .mend')}.length") >= browser.run(
        "document.querySelectorAll('.item').length"
    )
    for scripted in (True, False):
        browser.scripts(scripted)
        for path in sorted(pages.iterdir()):
            if path.stem != "index":
                browser.media()
                browser.size(*PHONE)
                browser.open(path)
                assert len(re.findall(rb"/Type\s*/Page\b", browser.pdf())) <= 2, path.name


def test_without_scripts_the_page_is_whole(browser: Chromium, page: Path, points: tuple[Point, ...]) -> None:
    browser.scripts(False)
    browser.open(page)
    assert not browser.run("document.documentElement.classList.contains('js')")
    assert browser.run(
        "[...document.querySelectorAll('.js-only')].every(element => getComputedStyle(element).display === 'none')"
    )
    assert browser.run(f"{VISIBLE('.item')}.length") == len(points)
    assert not browser.run(f"{VISIBLE('.mend')}.length")
    browser.click("#point-1")
    assert browser.run("location.hash") == "#look-1"
    browser.click("#look-1 summary")
    assert browser.run(f"{VISIBLE('#look-1 .mend')}.length")
    browser.size(*PHONE, touch=True)
    browser.open(page)
    assert not browser.run(f"{VISIBLE('#look-1')}.length")
    browser.click("#point-1")  # leads into what is folded, and unfolds it
    assert browser.run(f"{VISIBLE('#look-1')}.length")


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
    for name, analysis in analyses.items():
        browser.open(pages / f"{Path(name).stem}.html")
        assert browser.run("document.getElementById('draft').textContent") == analysis.draft.text


# --- those who hear the page ---


def test_the_accessible_names_say_what_is_what(browser: Chromium, page: Path, points: tuple[Point, ...]) -> None:
    browser.open(page)
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    named = {(node["role"]["value"], node["name"]["value"]) for node in nodes if "name" in node and "role" in node}
    roles = {role for role, _ in named}
    assert {"main", "article", "region", "list", "button", "link", "heading"} <= roles
    links = [name for role, name in named if role == "link" and name.startswith("Note 1: ")]
    assert links == [f"Note 1: {points[0].reasons[0].message}"]
    assert ("heading", f"{len(points)} places to look at") in named


@pytest.mark.skipif(find_spec("axe_core_python") is None, reason="needs axe-core (the extra test)")
@pytest.mark.parametrize(
    ("name", "fragment", "size", "theme"),
    [
        ("report", "#look-1", SMALL_PHONE, "light"),
        ("report", "#look-1", DESK, "dark"),
        ("index", "", SMALL_PHONE, "dark"),
        ("comparison", "", DESK, "light"),
    ],
)
def test_axe_finds_no_violation(
    browser: Chromium,
    pages: Path,
    page: Path,
    comparison: Path,
    name: str,
    fragment: str,
    size: tuple[int, int],
    theme: str,
) -> None:
    axe = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    browser.size(*size, touch=size == SMALL_PHONE)
    browser.media(prefers_color_scheme=theme)
    browser.open({"report": page, "index": pages / "index.html", "comparison": comparison}[name], fragment)
    browser.run(f"{axe}; true")
    found = browser.run(
        """axe.run({resultTypes: ['violations']}).then(({violations}) => JSON.stringify(
            violations.map(violation => [violation.id, violation.nodes.map(node => node.html)])))"""
    )
    assert json.loads(found) == []


# --- the index ---


def test_the_index_leads_to_the_drafts_and_to_their_places(browser: Chromium, pages: Path) -> None:
    browser.open(pages / "index.html")
    browser.follow(".drafts .points a")
    assert chosen(browser) == "1"
    browser.follow(".home")
    browser.follow(".drafts .entry:last-child h2 a")
    assert browser.run("document.getElementById('draft') !== null")


def test_the_index_sorts_by_what_is_chosen(browser: Chromium, pages: Path, analyses: dict[str, Analysis]) -> None:
    browser.size(*PHONE, touch=True)
    browser.open(pages / "index.html")
    order = "[...document.querySelectorAll('.entry')].map(element => element.dataset.name)"
    given = browser.run(order)
    tallies = browser.run("[...document.querySelectorAll('.tally b')].map(element => Number(element.textContent))")
    assert tallies == sorted(tallies, reverse=True)

    def sort(name: str) -> list[str]:
        browser.run(
            f"(choice => {{ choice.value = '{name}'; choice.dispatchEvent(new Event('change')); }})"
            "(document.getElementById('sort'))"
        )
        names: list[str] = browser.run(order)
        return names

    assert sort("name") == sorted(analysis.draft.path for analysis in analyses.values())
    by_length = sorted(analyses.values(), key=lambda analysis: -len(analysis.draft.text.split()))
    assert sort("words") == [analysis.draft.path for analysis in by_length]
    assert sort("points") == given


@pytest.mark.parametrize("size", [SMALL_PHONE, DESK])
def test_the_index_filters_drafts_by_what_is_in_them(browser: Chromium, pages: Path, size: tuple[int, int]) -> None:
    browser.size(*size, touch=size == SMALL_PHONE)
    browser.open(pages / "index.html")
    names = browser.run("[...document.querySelectorAll('[data-filter]')].map(element => element.dataset.filter)")
    entries = VISIBLE(".entry")
    total = browser.run(f"{entries}.length")
    for name in names[1:]:
        browser.click(f'[data-filter="{name}"]')
        count = int(browser.run(f"document.querySelector('[data-filter=\"{name}\"] .count').textContent"))
        assert browser.run(f"{entries}.length") == count <= total
        assert browser.run(f"{entries}.every(element => element.dataset.groups.split(' ').includes('{name}'))")
        listed = browser.run(f"{VISIBLE('.points li')}.map(element => element.dataset.groups)")
        assert set(listed) <= {name}
    browser.click('[data-filter=""]')
    assert browser.run(f"{entries}.length") == total
