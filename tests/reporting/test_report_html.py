"""The web page: all of the text and nothing but, whatever is in it, in markup that is always well-formed."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from html_pages import Node, read_page
from hypothesis import given
from hypothesis import strategies as st

from attribution.records import (
    Analysis,
    Attitude,
    Attribution,
    Block,
    BlockKind,
    Claim,
    Content,
    Cue,
    Draft,
    Factor,
    Frame,
    Hedge,
    HedgeCategory,
    Manner,
    ScoreName,
    Sentence,
    SourceEntity,
    SourceKind,
    SourceMention,
    Span,
    Summary,
    Tone,
    Voice,
    VoiceCounts,
)
from attribution.reporting.html import entry_of, index_html, report_html
from attribution.reporting.html.elements import shown
from attribution.resources import page_folder

NASTY = (
    "</script><script>alert(1)</script><img src=x onerror=alert(1)> \"quoted\" 'single' & &amp; \u202eturned\u202c ]]>"
)


class Found(msgspec.Struct, frozen=True):
    """The least that the page asks of a lint finding."""

    span: Span
    rule: str
    severity: str
    message: str


def article_of(page: str) -> Node:
    return read_page(page).by_id("draft")


def renamed(analysis: Analysis, words: str) -> Analysis:
    """The analysis with these words wherever a draft's words can get into a page."""
    return msgspec.structs.replace(
        analysis,
        draft=msgspec.structs.replace(analysis.draft, path=words),
        sources=tuple(msgspec.structs.replace(one, name=words) for one in analysis.sources),
        attributions=tuple(
            msgspec.structs.replace(
                one,
                cue=msgspec.structs.replace(one.cue, text=words),
                source=msgspec.structs.replace(one.source, text=words, reason=words),
            )
            for one in analysis.attributions
        ),
        hedges=tuple(msgspec.structs.replace(one, text=words) for one in analysis.hedges),
        boosters=tuple(msgspec.structs.replace(one, text=words) for one in analysis.boosters),
        claims=tuple(msgspec.structs.replace(one, text=words) for one in analysis.claims),
        problems=tuple(msgspec.structs.replace(one, message=words) for one in analysis.problems),
    )


def elements_of(page: str) -> list[tuple[str, frozenset[str]]]:
    """Every element's name and the names of its attributes: what markup in a draft would add to."""
    return [(one.name, frozenset(one.attributes)) for one in read_page(page).all()]


# --- what the page says ---


def test_the_article_is_the_draft(sample: Analysis) -> None:
    assert article_of(report_html(sample)).text == sample.draft.text


def test_blocks_stand_as_what_they_are(sample: Analysis) -> None:
    article = article_of(report_html(sample))
    assert [one.name for one in article.all(kind="block")] == ["h2", "p", "p", "p"]
    assert "headline" in article.one("h2").classes


def test_every_kind_of_block_has_an_element() -> None:
    text = "\n".join(kind.value for kind in BlockKind)
    blocks = tuple(Block(kind, Span(text.index(kind.value), text.index(kind.value) + len(kind))) for kind in BlockKind)
    # list-item is the last kind; a second item joins the list.
    text += "\nanother item\n* * *\n"
    blocks += (Block(BlockKind.LIST_ITEM, Span(text.index("another"), text.index("another") + 12)),)
    article = article_of(report_html(bare(text, blocks)))
    assert article.text == text
    assert [one.text.strip() for one in article.one("ul").all("li")] == ["list-item", "another item"]
    assert article.one("blockquote").text == "block-quote"
    assert article.one("figure").one("figcaption").text == "caption"
    assert article.one(kind="outside").text.strip() == "* * *"


def test_claims_are_told_by_voice_and_score_and_name_their_note(sample: Analysis) -> None:
    page = read_page(report_html(sample))
    article = page.by_id("draft")
    for claim in sample.claims:
        pieces = [one for one in article.all("span") if claim.id in one.attributes.get("data-claims", "").split()]
        text = "".join(piece.text for piece in pieces)
        assert text == claim.text
        innermost = [one for one in pieces if one.attributes["data-claims"].split()[0] == claim.id]
        assert all(claim.voice.value in one.classes for one in innermost)
        badge = page.by_id(claim.id)
        assert badge.text == ""
        assert page.by_id(badge.attributes["href"].removeprefix("#")).one("blockquote").text == claim.text
        assert claim.voice.value in badge.attributes["aria-label"]


def test_notes_tell_source_chain_cue_hedges_and_factors(sample: Analysis) -> None:
    page = read_page(report_html(sample))
    nested = page.by_id("note-c6")
    assert [one.text for one in nested.all(kind="who")] == ["the Harbour Post", "the sentence hides who"]
    assert "has been seen as" in nested.text
    assert "news outlet" in nested.text
    boosted = page.by_id("note-c7")
    assert "“may”" in boosted.one(kind="doubts").text
    assert "“clearly”" in boosted.one(kind="doubts").text
    assert "7:" in boosted.one(kind="where").text
    for claim in sample.claims:
        effects = [one.text for one in page.by_id(f"note-{claim.id}").all("td") if one.classes & {"plus", "minus"}]
        assert effects == [f"{'−' if one.effect < 0 else '+'}{abs(one.effect):.2f}" for one in ordered(claim)]


def ordered(claim: Claim) -> list[Factor]:
    return [one for name in ScoreName for one in claim.factors if one.score is name]


def test_a_sentence_that_attributes_without_claiming_has_a_note(sample: Analysis) -> None:
    page = read_page(report_html(sample))
    note = page.by_id("note-s6")
    assert "withheld" in note.text
    assert "silent" in page.by_id("s6").classes


def test_the_ledger_leads_to_the_claims(sample: Analysis) -> None:
    rows = [
        one
        for one in read_page(report_html(sample)).one("table", "ledger").all("tr")
        if "data-claims" in one.attributes
    ]
    told = {row.one(kind="name").text: row.attributes["data-claims"].split() for row in rows}
    assert told == {
        "the Harbour Post": ["c6", "c7"],
        "Veldan’s transport ministry": ["c4"],
        "nobody named": ["c5", "c8"],
        "the paper itself": ["c1", "c2", "c3"],
    }
    assert [row.one("a").attributes["href"] for row in rows] == ["#c6", "#c4", "#c5", "#c1"]


def test_filters_count_what_they_keep(sample: Analysis) -> None:
    page = read_page(report_html(sample))
    counts = {
        one.attributes["data-filter"]: int(one.one(kind="count").text)
        for one in page.all("button")
        if "data-filter" in one.attributes
    }
    assert counts == {"all": 8, "own": 3, "hearsay": 2, "unnamed": 0, "weakest": 5}
    groups = [one.attributes.get("data-groups", "").split() for one in page.all("section", "note")]
    assert all(sum(name in one for one in groups) == count for name, count in counts.items() if name != "all")


def test_a_quotation_without_a_clear_speaker_has_a_look_of_its_own(unclear: Analysis) -> None:
    page = read_page(report_html(unclear))
    note = page.by_id("note-c4")
    assert {"note", "unclear"} <= note.classes
    assert note.attributes["aria-label"] == "Note 4: quotation, speaker not clear"
    assert note.one(kind="nobody").text == (
        "Quotation, speaker not clear: name the speaker in or next to the sentence."
    )
    badge = page.by_id("c4")
    assert badge.attributes["aria-label"] == "Claim 4: quotation, speaker not clear, sourcing 0.10"
    assert {"badge", "unclear", "weak"} == badge.classes
    pieces = [one for one in page.by_id("draft").all("span") if one.attributes.get("data-claims") == "c4"]
    assert all({"claim", "unclear"} <= piece.classes for piece in pieces)


def test_unclear_speakers_are_in_legend_filter_shares_and_ledger_where_there_are_some(
    sample: Analysis, unclear: Analysis
) -> None:
    page = read_page(report_html(unclear))
    (button,) = (one for one in page.all("button") if one.attributes.get("data-filter") == "unclear")
    assert button.text == "Speaker not clear 2"
    kept = [one for one in page.all("section", "note") if "unclear" in one.attributes.get("data-groups", "").split()]
    assert [one.attributes["id"] for one in kept] == ["note-c4", "note-c5"]
    assert "quotation, speaker not clear" in page.one("ul", "legend").text
    assert "unclear 33%" in page.one("section", "summary").text
    assert page.one("svg", "shares").attributes["aria-label"] == "source 33%, hearsay 0%, own 33%, unclear 33%"
    assert "no clear speaker" in page.one("table", "ledger").text
    assert "unclear" not in read_page(report_html(sample)).one("body").text


def test_stances_are_not_on_the_page(unclear: Analysis) -> None:
    page = read_page(report_html(unclear))
    backing = [one for one in page.by_id("draft").all("span") if one.attributes.get("data-claims") == "c3"]
    assert not any(one.classes & {"is-source", "is-cue"} or "data-source" in one.attributes for one in backing)
    assert "island council" not in page.one("table", "ledger").text


def test_the_index_shows_unclear_speakers(unclear: Analysis) -> None:
    page = read_page(index_html([entry_of(unclear, "ferry.html")]))
    assert len([one for one in page.one("svg", "profile").all("rect") if "unclear" in one.classes]) == 2


def test_an_unnamed_official_is_an_unnamed_source(sample: Analysis) -> None:
    official = msgspec.structs.replace(sample.sources[0], kind=SourceKind.UNNAMED_OFFICIAL, named=False)
    page = read_page(report_html(msgspec.structs.replace(sample, sources=(official, sample.sources[1]))))
    assert "unnamed" in page.by_id("note-c4").attributes["data-groups"].split()


def test_the_strip_sticks_out_where_sourcing_is_thin(sample: Analysis) -> None:
    lines = read_page(report_html(sample)).one(kind="strip").all("a")
    widths = {one.attributes["href"].removeprefix("#"): float(one.one("rect").attributes["width"]) for one in lines}
    by_width = sorted(sample.claims, key=lambda claim: widths[claim.id])
    assert [one.sourcing for one in by_width] == sorted((one.sourcing for one in sample.claims), reverse=True)


def test_the_summary_says_what_was_not_checked(sample: Analysis) -> None:
    summary = read_page(report_html(sample)).one("section", "summary")
    assert "Not checked: whether the sources are independent" in summary.text
    assert "2 of 2" in summary.text


def test_problems_are_told(sample: Analysis) -> None:
    assert "X001 5:1: quotation mark is never closed" in read_page(report_html(sample)).one("section", "problems").text


def test_findings_stand_in_the_text_and_in_the_notes(sample: Analysis) -> None:
    start = sample.draft.text.index("Reportedly")
    found = Found(Span(start, start + 10), "SRC105", "warning", "“Reportedly” <names> nobody")
    page = read_page(report_html(sample, findings=[found]))
    (piece,) = page.by_id("draft").all(kind="finding")
    assert piece.text == "Reportedly"
    assert "warning" in piece.classes
    assert found.message in page.by_id("note-c5").text
    assert found.message in page.by_id("finding-1").text
    assert page.one("a", "flag").attributes["href"] == "#finding-1"
    assert page.by_id("draft").text == sample.draft.text


def test_lint_findings_will_do() -> None:
    from attribution.linting.findings import Finding

    assert {"span", "rule", "severity", "message"} <= set(Finding.__struct_fields__)


def test_a_text_without_claims_says_so() -> None:
    page = read_page(report_html(bare("Why?", (Block(BlockKind.PARAGRAPH, Span(0, 4)),))))
    assert "makes no claim" in page.one("section", "summary").text
    assert page.by_id("draft").text == "Why?"


def test_an_empty_draft_makes_a_page() -> None:
    assert article_of(report_html(bare("", ()))).text == ""


# --- what the page must not do ---


def test_markup_in_a_draft_stays_text(sample: Analysis) -> None:
    tame, wild = report_html(renamed(sample, "folder/words")), report_html(renamed(sample, NASTY))
    assert elements_of(wild) == elements_of(tame)
    found = Found(Span(0, 4), NASTY, "error", NASTY)
    assert [name for name, _ in elements_of(report_html(sample, findings=[found]))].count("script") == 1
    index = index_html([entry_of(renamed(sample, NASTY), "a.html")])
    assert elements_of(index) == elements_of(index_html([entry_of(renamed(sample, "folder/words"), "a.html")]))


def test_markup_in_the_text_itself_stays_text() -> None:
    article = article_of(report_html(bare(NASTY, (Block(BlockKind.PARAGRAPH, Span(0, len(NASTY))),))))
    assert article.text == NASTY
    assert {one.name for one in article.all()} == {"p", "bdi"}


def test_turns_of_direction_are_shown_and_kept_in() -> None:
    text = "one \u202etwo\u202c three"
    article = article_of(report_html(bare(text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))))
    assert [(one.text, one.attributes["data-name"]) for one in article.all("bdi")] == [
        ("\u202e", "RLO"),
        ("\u202c", "PDF"),
    ]
    title = read_page(report_html(msgspec.structs.replace(bare(text, ()), draft=Draft(text, (), path="a\u202eb")))).one(
        "title"
    )
    assert title.text == "a\ufffdb – attrib"


def test_what_no_page_can_carry_is_replaced() -> None:
    text = "nul \x00, escape \x1b, lone \ud800."
    page = report_html(bare(text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),)))
    assert article_of(page).text == "nul \ufffd, escape \ufffd, lone \ufffd."
    page.encode("utf-8")


@pytest.mark.parametrize("index", [False, True])
def test_the_policy_allows_this_script_and_style_and_nothing_else(sample: Analysis, index: bool) -> None:
    page = read_page(index_html([entry_of(sample, "a.html")]) if index else report_html(sample))
    (policy,) = (one.attributes["content"] for one in page.all("meta") if one.attributes.get("http-equiv"))
    hashes = {
        name: base64.b64encode(hashlib.sha256(page.one(name).text.encode()).digest()).decode()
        for name in ("style", "script")
    }
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{hashes['style']}'",
        f"script-src 'sha256-{hashes['script']}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    for one in page.all():
        assert not {name for name in one.attributes if name.startswith("on") or name in ("src", "style", "srcset")}
        address = one.attributes.get("href", "#")
        assert address.startswith("#") or address == "a.html"


def test_script_and_style_hold_nothing_that_ends_or_fetches() -> None:
    for path in page_folder().iterdir():
        if path.suffix in (".css", ".js"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(
                r"</|<!--|https?:|@import|innerHTML|insertAdjacent|document\.write|eval\(|fetch\(", text
            )


# --- markup for those who hear the page ---


def test_labels_and_identifiers_lead_somewhere(sample: Analysis) -> None:
    found = Found(Span(0, 7), "SRC105", "info", "message")
    page = read_page(report_html(sample, findings=[found]))
    identifiers = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(identifiers) == len(set(identifiers))
    for one in page.all():
        for name in ("aria-labelledby", "aria-controls"):
            assert one.attributes.get(name, identifiers[0]) in identifiers
        if one.attributes.get("href", "").startswith("#"):
            assert one.attributes["href"][1:] in identifiers
    assert all(
        one.text.strip() or one.attributes.get("aria-label") for one in page.all("button") + page.all("a", "badge")
    )
    assert page.by_id("status").attributes["aria-live"] == "polite"
    assert page.by_id("panel").attributes["aria-label"]
    assert page.one("html").attributes["lang"] == "en"
    assert len(page.all("h1")) == len(page.all("main")) == 1


# --- contrast: WCAG 2.2, success criteria 1.4.3 (text, 4.5) and 1.4.11 (what is not text, 3) ---

COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);",
        (page_folder() / "look.css").read_text(encoding="utf-8"),
    )
}
GROUNDS = ("paper", "surface")
TINTS = tuple(f"{voice.value}-{band}" for voice in Voice for band in ("good", "fair", "weak"))
VOICE_NAMES = tuple(voice.value for voice in Voice)
TEXT_PAIRS = [
    *(("ink", ground) for ground in (*GROUNDS, *TINTS)),
    *(
        (text, ground)
        for text in ("soft", "dim", *VOICE_NAMES, "error", "warning", "info", "focus")
        for ground in GROUNDS
    ),
    *(("ink", "paper"), ("paper", "ink"), ("soft", "source-fair"), ("soft", "source-good")),
    *(("removed-ink", "removed"), ("added-ink", "added")),
]
SHAPE_PAIRS = [
    *((voice, f"{voice}-{band}") for voice in VOICE_NAMES for band in ("good", "fair", "weak")),
    *(("edge", ground) for ground in GROUNDS),
    *(("focus", ground) for ground in TINTS),
]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_what_wcag_says_it_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 4.5), (SHAPE_PAIRS, 3.0)], ids=["text", "shapes"])
def test_colours_that_meet_can_be_told_apart(pairs: list[tuple[str, str]], least: float, theme: int) -> None:
    measured = {pair: round(contrast(COLOURS[pair[0]][theme], COLOURS[pair[1]][theme]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < least} == {}


def test_every_colour_used_is_one_of_those_measured() -> None:
    for path in page_folder().glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"--[\w-]+: light-dark\(.*?\);", "", text)
        # Black on white paper, and the shade behind a dialog or under a sheet.
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", text)) <= {"#000"}
        assert set(re.findall(r"rgb\([^)]*\)", text)) <= {"rgb(0 0 0 / 45%)", "rgb(0 0 0 / 22%)"}


# --- whatever the spans ---


def bare(text: str, blocks: tuple[Block, ...]) -> Analysis:
    """An analysis that found nothing."""
    return Analysis(
        draft=Draft(text, blocks),
        model="hand",
        sentences=(),
        quotations=(),
        sources=(),
        attributions=(),
        hedges=(),
        boosters=(),
        claims=(),
        summary=Summary(0, 0, VoiceCounts(), None, None, 0, 0),
        problems=(),
    )


LETTERS = st.sampled_from([*"ab <>&\"'\n.“”é\u202e\u2066\U0001f600", "</p>", "-->", "&lt;", "<script>"])


@st.composite
def tangled(draw: st.DrawFn) -> tuple[Analysis, list[Found]]:
    """An analysis whose blocks and sentences are in order; its other spans lie anywhere, nested and overlapping."""
    text = "".join(draw(st.lists(LETTERS, max_size=60)))
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    kinds = st.sampled_from(list(BlockKind))
    blocks = tuple(
        Block(draw(kinds), Span(start, end))
        for start, end in zip(borders[::2], borders[1::2], strict=False)
        if start < end
    )
    sentences: list[Sentence] = []
    for number, block in enumerate(blocks):
        inner = sorted(draw(st.sets(st.integers(block.span.start, block.span.end), min_size=2, max_size=4)))
        for start, end in pairwise(inner):
            sentences.append(Sentence(f"s{len(sentences)}", start, end, text[start:end], number, ()))
    if not sentences:
        return bare(text, blocks), []
    spans = st.lists(
        st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: Span(min(pair), max(pair))),
        max_size=3,
    ).map(lambda found: tuple(sorted(found)))
    where = st.sampled_from([one.id for one in sentences])
    attributions = tuple(
        Attribution(
            id=f"a{number}",
            sentence=draw(where),
            cue=Cue(draw(spans), text, text),
            source=SourceMention(draw(spans), text, draw(st.sampled_from(list(SourceKind))), "e0"),
            content=Content(draw(spans), text),
            manner=Manner.MIXED,
            attitude=Attitude.ASSERTION,
            tone=Tone.LOADED,
            negated=False,
            parent=draw(st.sampled_from([None, "a0", "a1"])),
            frame=Frame.CCOMP,
        )
        for number in range(draw(st.integers(0, 3)))
    )
    hedges = (Hedge("h0", draw(where), draw(spans), text, HedgeCategory.MODAL, 0.5, draw(spans)),)
    score = st.floats(0, 1)
    claims = tuple(
        Claim(
            id=f"c{number}",
            sentence=draw(where),
            spans=draw(spans),
            text=text,
            voice=draw(st.sampled_from(list(Voice))),
            sourcing=draw(score),
            certainty=draw(score),
            attributions=tuple(one.id for one in attributions if draw(st.booleans())),
            hedges=("h0",),
            boosters=(),
            factors=(Factor(ScoreName.SOURCING, text, -0.1, "e0"),),
        )
        for number in range(draw(st.integers(0, 4)))
    )
    analysis = msgspec.structs.replace(
        bare(text, blocks),
        sentences=tuple(sentences),
        sources=(SourceEntity("e0", text, SourceKind.OUTLET, True, draw(spans), tuple(one.id for one in claims)),),
        attributions=attributions,
        hedges=hedges,
        claims=claims,
    )
    findings = [Found(span, text, draw(st.sampled_from(["error", "info", "odd"])), text) for span in draw(spans)]
    return analysis, findings


@given(tangled())
def test_the_visible_article_is_the_draft_whatever_overlaps(given_case: tuple[Analysis, list[Found]]) -> None:
    analysis, findings = given_case
    page = read_page(report_html(analysis, findings=findings))
    assert page.by_id("draft").text == shown(analysis.draft.text)
    identifiers = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(identifiers) == len(set(identifiers))
    assert {claim.id for claim in analysis.claims} <= set(identifiers)
    assert len(page.all("a", "flag")) == len(findings)


# --- several articles, size and speed ---


def test_the_index_lists_each_draft_with_its_numbers(sample: Analysis) -> None:
    silent = bare("Why?", (Block(BlockKind.PARAGRAPH, Span(0, 4)),))
    page = read_page(index_html([entry_of(sample, "harbour.html"), entry_of(silent, "why%20not.html")]))
    first, second = page.one("table", "drafts").one("tbody").all("tr")
    assert first.one("a").attributes["href"] == "harbour.html"
    assert first.one("a").text == "harbour.txt"
    values = {
        head.text: cell.attributes.get("data-value")
        for head, cell in zip(page.one("thead").all("th")[1:], first.all("td"), strict=True)
    }
    assert values == {
        "sourcing": f"{sample.summary.sourcing:.4f}",
        "own voice": "0.3750",
        "certainty": f"{sample.summary.certainty:.4f}",
        "claims": "8.0000",
        "words": f"{len(sample.draft.text.split())}.0000",
        "named": "2.0000",
        "thin places": None,
    }
    assert len(first.one("svg", "profile").all("rect")) == len(sample.claims)
    assert [second.all("td")[column].attributes["data-value"] for column in (0, 2)] == ["-1", "-1"]
    assert page.one("h1").text == "2 drafts"


def long_article(sample: Analysis, least: int) -> Analysis:
    """The sample over and over, until it has this many words."""
    times = -(-least // len(sample.draft.text.split()))
    size = len(sample.draft.text) + 2

    def moved(record: Any, number: int) -> Any:
        def move(value: Any, name: str) -> Any:
            if isinstance(value, Span):
                return Span(value.start + number * size, value.end + number * size)
            if isinstance(value, tuple):
                return tuple(move(one, name) for one in value)
            if isinstance(value, msgspec.Struct):
                return moved(value, number)
            if name in ("start", "end"):
                return value + number * size
            if name == "block":
                return value + number * len(sample.draft.blocks)
            names = ("id", "sentence", "parent", "entity", "attributions", "hedges", "boosters", "claims", "because")
            return f"{value}-{number}" if name in names and isinstance(value, str) else value

        return type(record)(**{name: move(getattr(record, name), name) for name in record.__struct_fields__})

    def all_of(records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(moved(one, number) for number in range(times) for one in records)

    draft = msgspec.structs.replace(
        sample.draft, text="\n\n".join([sample.draft.text] * times), blocks=all_of(sample.draft.blocks)
    )
    lists = ("sentences", "sources", "attributions", "hedges", "boosters", "claims")
    return msgspec.structs.replace(sample, draft=draft, **{name: all_of(getattr(sample, name)) for name in lists})


def test_a_page_of_a_thousand_words_is_small_and_quick(sample: Analysis) -> None:
    analysis = long_article(sample, 1000)
    started = time.process_time()
    page = report_html(analysis)
    assert time.process_time() - started < 1
    assert len(page.encode()) < 300_000
    assert article_of(page).text == analysis.draft.text
