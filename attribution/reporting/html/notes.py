"""What is said of a claim: who says so and through whom, what hedges it, and why its scores are what they are."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from attribution.records import Attribution, BlockKind, Claim, ScoreName, Voice
from attribution.reporting import words
from attribution.reporting.html.article import Remark, Stop, groups_of
from attribution.reporting.html.elements import element, scaled, words_of_draft
from attribution.reporting.look import score_number
from attribution.reporting.lookup import Lookup

METER = 100


def notes(lookup: Lookup, stops: Sequence[Stop], remarks: Sequence[Remark], weakest: set[str]) -> Element:
    """The notes on all stops, in text order."""
    return element(
        "ol",
        {"class": "notes-list"},
        [element("li", None, note(stop, lookup, remarks, weakest)) for stop in stops],
    )


def note(stop: Stop, lookup: Lookup, remarks: Sequence[Remark], weakest: set[str]) -> Element:
    """All there is to say about one stop."""
    claim = stop.claim
    said = claim.text if claim is not None else stop.sentence.text
    line, column = lookup.line_and_column(claim) if claim is not None else lookup.place(stop.sentence.start)
    blocks = lookup.analysis.draft.blocks
    kind = blocks[stop.sentence.block].kind if stop.sentence.block < len(blocks) else BlockKind.PARAGRAPH
    where = f"{line}:{column}" + ("" if kind is BlockKind.PARAGRAPH else f", {words.BLOCKS[kind]}")
    label = "no claim" if claim is None else words.VOICE_LABELS[claim.voice]
    voice = "silent" if claim is None else claim.voice.value
    attributions = list(claim.attributions) if claim is not None else []
    unclaimed = lookup.claimless(stop.sentence)
    if claim is None:
        attributions = [one.id for one in unclaimed]
    parts: list[Element] = [
        element(
            "p",
            {"class": "note-head"},
            element(
                "a",
                {"class": "number", "href": f"#{stop.id}", "aria-label": f"Note {stop.number}, to the text"},
                str(stop.number),
            ),
            element("span", {"class": f"voice {voice}"}, label),
            element("span", {"class": "where", "title": "line and column in the file"}, where),
        ),
        words_of_draft(said, "blockquote", "words"),
    ]
    if claim is not None:
        parts.append(scores(claim))
        parts += [*says(claim, lookup), *doubts(claim, lookup)]
    parts += also(unclaimed, lookup, alone=claim is None)
    here = [one for one in remarks if stop.sentence.span.overlaps(one.span)]
    if here:
        parts.append(element("h4", None, "Findings in this sentence"))
        parts.append(
            element("ul", {"class": "finding-list"}, [element("li", None, *remark_words(one)) for one in here])
        )
    if claim is not None:
        parts += reasons(claim, lookup)
    return element(
        "section",
        {
            "class": f"note {voice}",
            "id": f"note-{stop.id}",
            "data-stop": stop.id,
            "data-chain": " ".join(attributions) or None,
            "data-hedges": " ".join([*claim.hedges, *claim.boosters]) or None if claim is not None else None,
            "data-groups": " ".join(groups_of(claim, lookup, weakest)) or None if claim is not None else None,
            "data-score": f"{claim.sourcing:.2f}" if claim is not None else None,
            "aria-label": f"Note {stop.number}: {label}",
        },
        parts,
    )


def scores(claim: Claim) -> Element:
    """Both scores of a claim, as bars and numbers."""
    rows = []
    for name, score in ((ScoreName.SOURCING, claim.sourcing), (ScoreName.CERTAINTY, claim.certainty)):
        rows.append(
            element(
                "div",
                None,
                element("dt", None, name.value),
                element(
                    "dd", None, meter(score, claim.voice if name is ScoreName.SOURCING else None), score_number(score)
                ),
            )
        )
    return element("dl", {"class": "scores"}, rows)


def meter(score: float | None, voice: Voice | None = None) -> Element:
    """A score as a bar. The number stands beside it, so that the drawing says nothing to those who hear the page."""
    filled = scaled(max(0.0, min(1.0, score or 0.0)) * METER)
    return element(
        "svg",
        {
            "class": f"meter {voice.value}" if voice is not None else "meter",
            "viewBox": f"0 0 {METER} 8",
            "preserveAspectRatio": "none",
            "aria-hidden": "true",
        },
        element("rect", {"class": "fill", "width": filled, "height": 8}),
    )


def says(claim: Claim, lookup: Lookup) -> list[Element]:
    """Who says so: each chain, outermost source first."""
    heading = element("h4", None, "Who says so")
    chains = [chain(links, lookup) for links in lookup.chains(claim)]
    if claim.voice is Voice.UNCLEAR:
        told = f"{words.SPEAKER_NOT_CLEAR.capitalize()}: {words.NAME_THE_SPEAKER}."
        return [heading, element("p", {"class": "nobody"}, told), *chains]
    return [heading, *(chains or [element("p", {"class": "nobody"}, words.FACTORS["own-voice"])])]


def chain(links: Sequence[Attribution], lookup: Lookup) -> Element:
    """A chain as a list, outermost first."""
    items = []
    for link in links:
        named = bool(link.source.spans) or link.source.entity is not None
        cue = words_of_draft(f"“{link.cue.text}”", "i")
        items.append(
            element(
                "li",
                None,
                words_of_draft(words.who(link, lookup), "strong" if named else "em", "who"),
                " ",
                words_of_draft(f"({', '.join(words.notes_on(link, lookup))})", kind="about"),
                element("span", {"class": "how"}, "cue ", cue, f", {link.manner.value}, {link.attitude.value}"),
            )
        )
    return element("ol", {"class": "chain", "aria-label": "Chain of sources, outermost first"}, items)


def doubts(claim: Claim, lookup: Lookup) -> list[Element]:
    """What hedges or boosts the claim."""
    items = []
    for identifier in claim.hedges:
        if identifier in lookup.hedges:
            hedge = lookup.hedges[identifier]
            kind = hedge.category.value.replace("-", " ")
            items.append(_doubt(hedge.text, kind, hedge.strength))
    for identifier in claim.boosters:
        if identifier in lookup.boosters:
            booster = lookup.boosters[identifier]
            items.append(_doubt(booster.text, "booster", booster.strength))
    return [element("h4", None, "Hedged by"), element("ul", {"class": "doubts"}, items)] if items else []


def _doubt(text: str, kind: str, strength: float) -> Element:
    return element("li", None, words_of_draft(f"“{text}”"), f" {kind}, strength {strength:.2f}")


def also(unclaimed: Sequence[Attribution], lookup: Lookup, alone: bool) -> list[Element]:
    """Who else speaks in the sentence without a claim being made."""
    if not unclaimed:
        return []
    heading = "Attributed, but no claim" if alone else "Also in this sentence, without a claim"
    return [element("h4", None, heading), *(chain(lookup.ancestry(one), lookup) for one in unclaimed)]


def reasons(claim: Claim, lookup: Lookup) -> list[Element]:
    """The factors of both scores; each column sums to its score."""
    rows: list[Element] = []
    for name, score in ((ScoreName.SOURCING, claim.sourcing), (ScoreName.CERTAINTY, claim.certainty)):
        rows.append(
            element(
                "tr",
                {"class": "total"},
                element("th", {"scope": "row"}, name.value),
                element("td", None, score_number(score)),
            )
        )
        for factor in claim.factors:
            if factor.score is name:
                sign = "−" if factor.effect < 0 else "+"
                rows.append(
                    element(
                        "tr",
                        None,
                        element("td", None, words_of_draft(words.factor_words(factor, lookup))),
                        element(
                            "td", {"class": "minus" if factor.effect < 0 else "plus"}, f"{sign}{abs(factor.effect):.2f}"
                        ),
                    )
                )
    return [
        element("h4", None, "Why these scores"),
        element("table", {"class": "factors"}, element("tbody", None, rows)),
    ]


def remark_words(remark: Remark) -> list[Element | str]:
    """A lint finding in words."""
    severity = str(remark.severity)
    return [
        element("span", {"class": f"severity {severity}"}, severity),
        " ",
        element("code", None, remark.rule),
        " ",
        words_of_draft(remark.message),
    ]


def findings(remarks: Sequence[Remark], lookup: Lookup) -> Element | None:
    """All lint findings with their places."""
    if not remarks:
        return None
    items = []
    for number, remark in enumerate(remarks, 1):
        line, column = lookup.place(remark.span.start)
        items.append(
            element(
                "li",
                {"id": f"finding-{number}"},
                element("span", {"class": "where"}, f"{line}:{column}"),
                " ",
                *remark_words(remark),
            )
        )
    return element(
        "section",
        {"class": "findings", "id": "findings", "aria-labelledby": "findings-heading"},
        element("h2", {"id": "findings-heading"}, f"Findings ({len(remarks)})"),
        element("ol", {"class": "finding-list"}, items),
    )
