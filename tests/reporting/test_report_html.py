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

from attribution.linting import pages
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
    Exposure,
    ExposureMark,
    Factor,
    Frame,
    Grade,
    Hedge,
    HedgeCategory,
    Manner,
    Mode,
    Polarity,
    Predicate,
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
from attribution.reporting.escaping import without_hidden
from attribution.reporting.html import entry_of, index_html, report_html
from attribution.reporting.html.templates import render
from attribution.resources import page_folder

NASTY = (
    "</script><script>alert(1)</script><img src=x onerror=alert(1)> \"quoted\" 'single' & &amp; \u202eturned\u202c ]]>"
)


class Found(msgspec.Struct, frozen=True):
    """What the page asks of a lint finding."""

    span: Span | None
    rule: str
    severity: str
    message: str
    help: str = "Mend it."
    sentence: str | None = None
    claim: str | None = None
    attribution: str | None = None


@pytest.fixture
def sample(sample: Analysis) -> Analysis:
    """The analysis without places to look at; what a test gives as findings is then all that there is to look at."""
    return msgspec.structs.replace(sample, places=())


def found_at(analysis: Analysis, words: str, rule: str = "HDG303", severity: str = "warning", **more: str) -> Found:
    """A finding about the first of these words in the draft."""
    start = analysis.draft.text.index(words)
    span = Span(start, start + len(words))
    sentence = next((sentence.id for sentence in analysis.sentences if sentence.span.covers(span)), None)
    return Found(span, rule, severity, more.pop("message", f"“{words}” does not say who"), sentence=sentence, **more)


def article_of(page: str) -> Node:
    return read_page(page).by_id("draft")


def renamed(analysis: Analysis, words: str) -> Analysis:
    """The analysis with these words wherever a draft's words can get into a page."""
    return msgspec.structs.replace(
        analysis,
        draft=msgspec.structs.replace(analysis.draft, path=words),
        sources=tuple(msgspec.structs.replace(source, name=words) for source in analysis.sources),
        attributions=tuple(
            msgspec.structs.replace(
                attribution,
                cue=msgspec.structs.replace(attribution.cue, text=words),
                source=msgspec.structs.replace(attribution.source, text=words, reason=words),
            )
            for attribution in analysis.attributions
        ),
        hedges=tuple(msgspec.structs.replace(hedge, text=words) for hedge in analysis.hedges),
        boosters=tuple(msgspec.structs.replace(booster, text=words) for booster in analysis.boosters),
        claims=tuple(msgspec.structs.replace(claim, text=words) for claim in analysis.claims),
        problems=tuple(msgspec.structs.replace(problem, message=words) for problem in analysis.problems),
    )


def elements_of(page: str) -> list[tuple[str, frozenset[str]]]:
    """Every element's name and the names of its attributes: what markup in a draft would add to."""
    return [(node.name, frozenset(node.attributes)) for node in read_page(page).all()]


# --- what the page says ---


def test_the_article_is_the_draft(sample: Analysis) -> None:
    assert article_of(report_html(sample)).text == sample.draft.text


def test_blocks_stand_as_what_they_are(sample: Analysis) -> None:
    article = article_of(report_html(sample))
    assert [block.name for block in article.all(kind="block")] == ["h2", "p", "p", "p"]
    assert "headline" in article.one("h2").classes


def test_every_kind_of_block_has_an_element() -> None:
    text = "\n".join(kind.value for kind in BlockKind)
    blocks = tuple(Block(kind, Span(text.index(kind.value), text.index(kind.value) + len(kind))) for kind in BlockKind)
    # list-item is the last kind; a second item joins the list.
    text += "\nanother item\n* * *\n"
    blocks += (Block(BlockKind.LIST_ITEM, Span(text.index("another"), text.index("another") + 12)),)
    article = article_of(report_html(bare(text, blocks)))
    assert article.text == text
    assert [item.text.strip() for item in article.one("ul").all("li")] == ["list-item", "another item"]
    assert article.one("blockquote").text == "block-quote"
    assert article.one("figure").one("figcaption").text == "caption"
    assert article.one(kind="outside").text.strip() == "* * *"


def test_only_what_needs_a_look_is_marked(sample: Analysis) -> None:
    plain = article_of(report_html(sample))
    assert not [node for node in plain.all() if node.classes & {"point", "flagged", "mark"}]
    marked = article_of(report_html(sample, findings=[found_at(sample, "Reportedly")]))
    assert [node.text for node in marked.all("span", "flagged")] == ["Reportedly"]
    assert len(marked.all("a", "mark")) == 1


def test_a_point_is_in_the_list_and_its_words_are_marked_with_its_number(sample: Analysis) -> None:
    findings = [
        found_at(sample, "has been accused", "ATT201", message="“has been accused” does not say by whom"),
        found_at(sample, "seen as", "ATT202", "error", help="Say whose view it is."),
    ]
    page = read_page(report_html(sample, findings=findings))
    assert page.one("h1").text == "2 places to look at"
    first, second = page.one("ol", "look-list").all("li", "item")
    assert "“seen as” does not say who" in first.text
    assert "Say whose view it is." in first.text
    assert first.one("q").text.startswith("According to the Harbour Post, the move has been seen as a punishment")
    assert "“has been accused” does not say by whom" in second.one("summary").text
    for number, item in enumerate((first, second), 1):
        mark = page.by_id(f"point-{number}")
        assert mark.text == ""
        assert page.by_id(mark.attributes["href"].removeprefix("#")) is item
        assert mark.attributes["aria-label"].startswith(f"Note {number}: “")
        assert item.one("a", "to-words").attributes["href"] == f"#point-{number}"
    pieces = [node for node in page.by_id("draft").all("span") if node.attributes.get("data-points") == "1"]
    assert "".join(piece.text for piece in pieces) == "the move has been seen as a punishment for Solt"
    assert [piece.text for piece in pieces if "flagged" in piece.classes] == ["seen as"]
    assert "g2" in first.classes
    assert "g1" in second.classes


def test_a_point_tells_every_reason_how_to_mend_it_and_a_good_example(sample: Analysis) -> None:
    findings = [
        found_at(sample, "has been accused", "ATT201", claim="c8", message="no accuser", help="Say who accuses."),
        found_at(sample, "She", "DOC604", claim="c8", message="no response", help="Ask for a response."),
    ]
    page = read_page(report_html(sample, findings=findings))
    (item,) = page.one("ol", "look-list").all("li", "item")
    told = item.one("div", "more").text
    for words in ("Say who accuses.", "Ask for a response.", "No accuser", "No response"):
        assert words in item.text
    assert "The river trust has accused the firm of dumping waste." in told
    assert {rule.text: rule.attributes["href"] for rule in item.all("a", "rule")} == {
        "ATT201": "https://docs.test/rules/ATT201/",
        "DOC604": "https://docs.test/rules/DOC604/",
    }


def test_without_documentation_a_rule_has_no_link(sample: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "documentation_address", lambda: None)
    page = read_page(report_html(sample, findings=[found_at(sample, "Reportedly")]))
    assert [rule.text for rule in page.one("ol", "look-list").all("span", "rule")] == ["HDG303"]
    assert page.all("a", "rule") == []


def test_rule_identifiers_stay_out_of_the_reading_text(sample: Analysis) -> None:
    page = read_page(report_html(sample, findings=[found_at(sample, "Reportedly")]))
    assert "HDG303" not in page.by_id("draft").text
    assert not any("HDG303" in value for node in page.by_id("draft").all() for value in node.attributes.values())
    assert "HDG303" not in page.one("ol", "look-list").one("summary").text
    assert "HDG303" in page.one("ol", "look-list").text


def test_a_point_about_the_whole_article_has_no_mark(sample: Analysis) -> None:
    page = read_page(report_html(sample, findings=[found_at(sample, "Harbour", "DOC601", message="one source only")]))
    assert "One source only" in page.one("ol", "look-list").text
    assert not page.by_id("draft").all("a", "mark")
    assert page.one("ol", "look-list").all("a", "to-words") == []


def test_nothing_to_look_at_is_an_answer(sample: Analysis) -> None:
    assert read_page(report_html(sample)).one("h1").text == "Nothing to look at"


def test_a_claim_has_its_words_a_place_and_a_note(sample: Analysis) -> None:
    page = read_page(report_html(sample))
    for claim in sample.claims:
        pieces = [
            node
            for node in page.by_id("draft").all("span")
            if claim.id in node.attributes.get("data-claims", "").split()
        ]
        assert "".join(piece.text for piece in pieces) == claim.text
        assert page.by_id(claim.id).text == ""
        assert page.by_id(f"note-{claim.id}").one("blockquote").text == claim.text


def test_notes_tell_source_chain_cue_hedges_and_factors(sample: Analysis) -> None:
    page = read_page(report_html(sample))
    nested = page.by_id("note-c6")
    assert nested.one("p", "says").text == "The Harbour Post; the sentence hides who"
    hedged = page.by_id("note-c7")
    assert "“may”" in hedged.one(kind="doubts").text
    assert "7:" in hedged.one(kind="where").text
    for claim in sample.claims:
        effects = [cell.text for cell in page.by_id(f"note-{claim.id}").all("td", "effect")]
        assert effects == [signed(factor.effect) for factor in ordered(claim)]


def signed(number: float) -> str:
    return f"{'−' if number < 0 else '+'}{abs(number):.2f}"


def test_notes_tell_support_exposure_and_commitment_in_detail(sample: Analysis) -> None:
    predicate = Predicate((), "will be replaced", Polarity.POSITIVE, Grade.CERTAIN, Mode.WILL, 0.9, ())
    first, second, *others = sample.claims
    mark = ExposureMark("accusation", 3, (), "fired")
    told = msgspec.structs.replace(
        second, predicates=(predicate,), commitment=0.9, support=3, exposure=Exposure(3, (mark,))
    )
    page = read_page(report_html(msgspec.structs.replace(sample, claims=(first, told, *others))))
    rows = [[cell.text for cell in row.all()] for row in page.by_id("note-c2").one("table", "factors").all("tr")]
    assert rows[:8] == [
        ["carrier", "paper"],
        ["the paper states it, and gives nobody for it"],
        ["support", "3 of 4"],
        ["Somebody with a name, retold."],
        ["exposure", "3 of 3"],
        ["accusation, “fired”: Somebody who can be identified is said to be accused, without the accuser.", "3"],
        ["commitment", "+0.90"],
        ["“will be replaced”: as something to come, for certain", "+0.90"],
    ]
    assert "commitment" not in page.by_id("note-c3").text


def ordered(claim: Claim) -> list[Factor]:
    return [factor for name in ScoreName for factor in claim.factors if factor.score is name]


def test_a_sentence_that_attributes_without_claiming_has_a_note(sample: Analysis) -> None:
    page = read_page(report_html(sample))
    note = page.by_id("note-s6")
    assert note.one("p", "says").text == "Veldan’s transport ministry did not say"
    assert "silent" in note.classes


def test_who_carries_the_story_leads_to_the_claims(sample: Analysis) -> None:
    rows = read_page(report_html(sample)).one("ol", "carriers").all("li")
    told = {row.one(kind="name").text: row.attributes["data-claims"].split() for row in rows}
    assert told == {
        "the Harbour Post": ["c6", "c7"],
        "Veldan’s transport ministry": ["c4"],
        "nobody in particular": ["c5", "c8"],
        "the paper itself": ["c1", "c2", "c3"],
    }
    assert [row.one("a").attributes["href"] for row in rows] == ["#c6", "#c4", "#c5", "#c1"]
    assert [row.one(kind="amount").text for row in rows] == ["2", "1", "2", "3"]


def test_filters_count_what_they_keep(unclear: Analysis) -> None:
    findings = [found_at(unclear, "said"), found_at(unclear, "backs", "VRB401", "info")]
    page = read_page(report_html(unclear, findings=findings))
    counts = {
        button.attributes["data-filter"]: int(button.one(kind="count").text)
        for button in page.all("button")
        if "data-filter" in button.attributes
    }
    assert counts == {"": 3, "weak-source": 1, "speaker-unclear": 1, "wording": 1}
    groups = [item.attributes["data-groups"].split() for item in page.one("ol", "look-list").all("li", "item")]
    assert all(sum(name in names for names in groups) == count for name, count in counts.items() if name)


def test_a_quotation_without_a_clear_speaker_is_to_be_looked_at(unclear: Analysis) -> None:
    page = read_page(report_html(unclear))
    items = page.one("ol", "look-list").all("li", "item")
    assert all("Name the speaker" in item.text for item in items)
    quoted = "".join(item.one("q").text for item in items)
    marked = "".join(node.text for node in page.by_id("draft").all("span", "flagged"))
    for words in ("We were never asked", "Nobody on the island slept that night"):
        assert words in quoted
        assert words in marked
    note = page.by_id("note-c4")
    assert {"note", "unclear"} <= note.classes
    assert note.one("span", "carrier").text == "No clear speaker"


def test_stances_are_not_on_the_page(unclear: Analysis) -> None:
    page = read_page(report_html(unclear))
    backing = [node for node in page.by_id("draft").all("span") if node.attributes.get("data-claims") == "c3"]
    assert not any({"data-sources", "data-cues"} & set(node.attributes) for node in backing)
    assert "island council" not in page.one("ol", "carriers").text


def test_the_page_says_what_was_not_checked(sample: Analysis) -> None:
    told = read_page(report_html(sample)).one("p", "unchecked").text
    assert "Not checked: whether the sources are independent" in told


def test_problems_are_told(sample: Analysis) -> None:
    assert "5:1 quotation mark is never closed" in read_page(report_html(sample)).one("section", "problems").text


def test_lint_findings_will_do() -> None:
    from attribution.linting.findings import Finding

    assert set(Found.__struct_fields__) <= set(Finding.__struct_fields__)


def test_a_text_without_claims_says_so() -> None:
    page = read_page(report_html(bare("Why?", (Block(BlockKind.PARAGRAPH, Span(0, 4)),))))
    assert "makes no claim" in page.one("span", "gist").text
    assert page.by_id("draft").text == "Why?"


def test_an_empty_draft_makes_a_page() -> None:
    assert article_of(report_html(bare("", ()))).text == ""


# --- what the page must not do ---


def test_markup_in_a_draft_stays_text(sample: Analysis) -> None:
    tame, wild = report_html(renamed(sample, "folder/words")), report_html(renamed(sample, NASTY))
    assert elements_of(wild) == elements_of(tame)
    hostile, harmless = (
        [Found(Span(0, 4), "HDG303", "error", told, told, "s1", "c1")] for told in (NASTY, "folder/words")
    )
    marked = report_html(renamed(sample, NASTY), findings=hostile)
    assert elements_of(marked) == elements_of(report_html(renamed(sample, "folder/words"), findings=harmless))
    index = index_html([entry_of(renamed(sample, NASTY), "a.html", findings=hostile)])
    assert elements_of(index) == elements_of(
        index_html([entry_of(renamed(sample, "folder/words"), "a.html", findings=harmless)])
    )


def test_whatever_a_template_writes_is_escaped() -> None:
    """Every text that a template can get is written with the same markup in it; none of it may come through."""
    words = "<b>&\"'\u202e\x00"
    page = render(
        "diff.html.jinja", title=words, headline=words, kinds=[(words, words, 1)] * 2, total=1, drafts=[], nothing=words
    )
    assert "<b>" not in page
    assert "\u202e" not in page
    assert "\x00" not in page
    body = read_page(page).one("body")
    assert body.one("h1").text == "<b>&\"'\ufffd\ufffd"
    assert [button.attributes["data-filter"] for button in body.all("button")[2:]] == ["<b>&\"'\ufffd\ufffd"] * 2


def test_a_template_never_writes_what_is_not_there() -> None:
    with pytest.raises(ValueError, match="not there"):
        render("diff.html.jinja", title=None, headline="", kinds=[], total=0, drafts=[], nothing="")


def test_markup_in_the_text_itself_stays_text() -> None:
    article = article_of(report_html(bare(NASTY, (Block(BlockKind.PARAGRAPH, Span(0, len(NASTY))),))))
    assert article.text == NASTY
    assert {node.name for node in article.all()} == {"p", "bdi"}


def test_turns_of_direction_are_shown_and_kept_in() -> None:
    text = "one \u202etwo\u202c three"
    article = article_of(report_html(bare(text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))))
    assert [(node.text, node.attributes["data-name"]) for node in article.all("bdi")] == [
        ("\u202e", "RLO"),
        ("\u202c", "PDF"),
    ]
    title = read_page(report_html(msgspec.structs.replace(bare(text, ()), draft=Draft(text, (), path="a\u202eb")))).one(
        "title"
    )
    assert title.text == "Nothing to look at – a\ufffdb – attrib"


def test_what_no_page_can_carry_is_replaced() -> None:
    text = "nul \x00, escape \x1b, lone \ud800."
    page = report_html(bare(text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),)))
    assert article_of(page).text == "nul \ufffd, escape \ufffd, lone \ufffd."
    page.encode("utf-8")


@pytest.mark.parametrize("index", [False, True])
def test_the_policy_allows_this_script_and_style_and_nothing_else(sample: Analysis, index: bool) -> None:
    report = report_html(sample, findings=[found_at(sample, "Reportedly")])
    page = read_page(index_html([entry_of(sample, "a.html")]) if index else report)
    (policy,) = (meta.attributes["content"] for meta in page.all("meta") if meta.attributes.get("http-equiv"))
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
    for node in page.all():
        assert not {name for name in node.attributes if name.startswith("on") or name in ("src", "style", "srcset")}
        address = node.attributes.get("href", "#")
        assert address.startswith(("#", "https://docs.test/rules/")) or address.partition("#")[0] == "a.html"


def test_script_and_style_hold_nothing_that_ends_or_fetches() -> None:
    for path in page_folder().iterdir():
        if path.suffix in (".css", ".js"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(
                r"</|<!--|https?:|@import|innerHTML|insertAdjacent|document\.write|eval\(|fetch\(", text
            )


# --- markup for those who hear the page ---


def test_labels_and_identifiers_lead_somewhere(sample: Analysis) -> None:
    page = read_page(report_html(sample, findings=[found_at(sample, "Reportedly")]))
    identifiers = [node.attributes["id"] for node in page.all() if "id" in node.attributes]
    assert len(identifiers) == len(set(identifiers))
    for node in page.all():
        for name in ("aria-labelledby", "aria-controls"):
            assert node.attributes.get(name, identifiers[0]) in identifiers
        if node.attributes.get("href", "").startswith("#"):
            assert node.attributes["href"][1:] in identifiers
    assert all(
        node.text.strip() or node.attributes.get("aria-label") for node in page.all("button") + page.all("a", "mark")
    )
    assert page.by_id("status").attributes["aria-live"] == "polite"
    assert page.by_id("panel").attributes["aria-label"]
    assert page.one("html").attributes["lang"] == "en"
    assert len(page.all("h1")) == len(page.all("main")) == 1


# --- contrast: WCAG 2.2, success criteria 1.4.3 (text, 4.5) and 1.4.11 (what is not text, 3) ---


def colours_of(sheet: str) -> dict[str, tuple[str, str]]:
    """The colours that a style sheet names, for light and for dark."""
    return {
        name: (light, dark)
        for name, light, dark in re.findall(
            r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);",
            (page_folder() / sheet).read_text(encoding="utf-8"),
        )
    }


COLOURS = colours_of("page.css")
NOTEBOOK = colours_of("notebook.css")
GROUNDS = ("paper", "surface")
CARRIERS = ("named", "described", "nobody", "unclear", "paper-voice")
LEVELS = ("grave", "plain", "slight")
TEXT_PAIRS = [
    *(
        (text, ground)
        for text in ("ink", "soft", "focus", "good", *LEVELS, *CARRIERS)
        for ground in (*GROUNDS, "slight-tint")
    ),
    *((level, f"{level}-tint") for level in LEVELS),
    *(("ink", ground) for ground in (*(f"{level}-tint" for level in LEVELS), "lit")),
    *(("soft", ground) for ground in ("lit", "slight-tint")),
    ("paper", "ink"),
    *(("removed-ink", "removed"), ("added-ink", "added")),
]
SHAPE_PAIRS = [
    *((carrier, f"{carrier.removesuffix('-voice')}-tint") for carrier in CARRIERS[1:]),
    *(("edge", ground) for ground in GROUNDS),
    *((carrier, "line") for carrier in CARRIERS),
    *(("focus", ground) for ground in ("lit", *(f"{level}-tint" for level in LEVELS))),
]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in parts
    ]
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


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_a_notebook_has_the_colours_of_the_page_and_shows_text_on_all_of_them(theme: int) -> None:
    grounds = [name for name in NOTEBOOK if name == "paper" or name.endswith("-tint")]
    assert len(grounds) == 5
    assert all(contrast(NOTEBOOK["ink"][theme], NOTEBOOK[ground][theme]) >= 4.5 for ground in grounds)
    assert contrast(NOTEBOOK["soft"][theme], NOTEBOOK["paper"][theme]) >= 4.5
    assert {name for name in NOTEBOOK if NOTEBOOK[name] != COLOURS.get(name)} == {"named-tint"}  # not on the page


def test_every_colour_used_is_one_of_those_measured() -> None:
    for path in page_folder().glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"--[\w-]+: light-dark\(.*?\);", "", text)
        # Black on white paper, and the shade behind a dialog or under a sheet.
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", text)) <= {"#000"}
        assert set(re.findall(r"rgb\([^)]*\)", text)) <= {"rgb(0 0 0 / 45%)", "rgb(0 0 0 / 18%)"}


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
    where = st.sampled_from([sentence.id for sentence in sentences])
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
            attributions=tuple(attribution.id for attribution in attributions if draw(st.booleans())),
            hedges=("h0",),
            boosters=(),
            factors=(Factor(ScoreName.SOURCING, text, -0.1, "e0"),),
        )
        for number in range(draw(st.integers(0, 4)))
    )
    analysis = msgspec.structs.replace(
        bare(text, blocks),
        sentences=tuple(sentences),
        sources=(SourceEntity("e0", text, SourceKind.OUTLET, True, draw(spans), tuple(claim.id for claim in claims)),),
        attributions=attributions,
        hedges=hedges,
        claims=claims,
    )
    rules = st.sampled_from(["HDG303", "VRB401", "DOC601"])
    findings = [
        Found(span, draw(rules), draw(st.sampled_from(["error", "info"])), text, text, draw(where))
        for span in draw(spans)
    ]
    return analysis, findings


@given(tangled())
def test_the_visible_article_is_the_draft_whatever_overlaps(given_case: tuple[Analysis, list[Found]]) -> None:
    analysis, findings = given_case
    page = read_page(report_html(analysis, findings=findings))
    assert page.by_id("draft").text == without_hidden(analysis.draft.text)
    identifiers = [node.attributes["id"] for node in page.all() if "id" in node.attributes]
    assert len(identifiers) == len(set(identifiers))
    assert {claim.id for claim in analysis.claims} <= set(identifiers)
    numbers = {link.attributes["data-point"] for link in page.all("a", "mark")}
    marked = [item for item in page.one("ol", "look-list").all("li", "item") if item.all("a", "to-words")]
    assert numbers == {item.attributes["data-point"] for item in marked}


# --- several articles, size and speed ---


def test_the_index_lists_each_draft_with_what_to_look_at(sample: Analysis) -> None:
    silent = bare("Why?", (Block(BlockKind.PARAGRAPH, Span(0, 4)),))
    findings = [found_at(sample, "Reportedly"), found_at(sample, "clearly", "VRB401", "info", message="judges")]
    entries = [entry_of(silent, "why%20not.html"), entry_of(sample, "harbour.html", findings=findings)]
    page = read_page(index_html(entries))
    assert page.one("h1").text == "2 places to look at in 2 drafts"
    assert page.one("main").one("p", "gist").text.startswith("8 claims: 3 from named sources")
    first, second = page.one("ol", "drafts").all("li", "entry")  # those with most to look at come first
    assert first.one("h2").text == "Harbour chief to leave as bridge inquiry widens"
    assert first.one("h2").one("a").attributes["href"] == "harbour.html"
    assert first.one("p", "tally").text == "2 to look at"
    assert [link.attributes["href"] for link in first.one("ol", "points").all("a")] == [
        "harbour.html#look-1",
        "harbour.html#look-2",
    ]
    assert "“Reportedly” does not say who" in first.one("ol", "points").text
    assert first.attributes["data-groups"].split() == ["weak-source", "wording"]
    assert "harbour.txt" in first.text
    assert second.one("h2").text == "Why?"
    assert second.attributes["data-groups"] == "nothing"
    counts = {
        button.attributes["data-filter"]: button.one(kind="count").text
        for button in page.all("button")
        if button.all(kind="count")
    }
    assert counts == {"": "2", "weak-source": "1", "wording": "1", "nothing": "1"}


def test_the_index_leaves_out_the_folders_that_all_drafts_share(sample: Analysis) -> None:
    paths = ("desk/2026/a.txt", "desk/2026/more/b.txt")
    entries = [
        entry_of(msgspec.structs.replace(sample, draft=msgspec.structs.replace(sample.draft, path=path)), "a.html")
        for path in paths
    ]
    page = read_page(index_html(entries))
    assert [node.text for node in page.one("ol", "drafts").all("span", "path")] == ["a.txt", "more/b.txt"]
    assert page.one("header").one("span", "folder").text == "desk/2026"


def long_article(sample: Analysis, least: int) -> Analysis:
    """The sample over and over, until it has this many words."""
    times = -(-least // len(sample.draft.text.split()))
    size = len(sample.draft.text) + 2

    def moved(record: Any, number: int) -> Any:
        def move(value: Any, name: str) -> Any:
            if isinstance(value, Span):
                return Span(value.start + number * size, value.end + number * size)
            if isinstance(value, tuple):
                return tuple(move(item, name) for item in value)
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
        return tuple(moved(record, number) for number in range(times) for record in records)

    draft = msgspec.structs.replace(
        sample.draft, text="\n\n".join([sample.draft.text] * times), blocks=all_of(sample.draft.blocks)
    )
    lists = ("sentences", "sources", "attributions", "hedges", "boosters", "claims")
    return msgspec.structs.replace(sample, draft=draft, **{name: all_of(getattr(sample, name)) for name in lists})


def test_a_page_of_a_thousand_words_is_small_and_quick(sample: Analysis) -> None:
    analysis = long_article(sample, 1000)
    report_html(sample)  # the templates are compiled once
    started = time.process_time()
    page = report_html(analysis)
    assert time.process_time() - started < 1
    assert len(page.encode()) < 300_000
    assert article_of(page).text == analysis.draft.text
