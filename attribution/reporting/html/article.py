"""The draft as it reads: its blocks, its sentences, and in them the words cut wherever anything marked begins or ends.

Claims, sources, cues and hedges nest, overlap and come in pieces, so no element stands for one of them. Each piece of
text between two borders is one element that says all it belongs to: markup is always well-formed, and nothing but the
draft's own characters is in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol
from xml.etree.ElementTree import Element

import msgspec

from attribution.records import BlockKind, Claim, Sentence, SourceKind, Span, Voice
from attribution.reporting import words
from attribution.reporting.html.elements import BIDI, append, element
from attribution.reporting.look import score_number
from attribution.reporting.lookup import Lookup, ledger_entries

WEAK, FAIR = 0.25, 0.5
"""Sourcing below the first is thin, below the second middling."""

BLOCK_TAGS = {
    BlockKind.HEADLINE: ("h2",),
    BlockKind.BYLINE: ("p",),
    BlockKind.DATELINE: ("p",),
    BlockKind.PARAGRAPH: ("p",),
    BlockKind.BLOCK_QUOTE: ("blockquote", "p"),
    BlockKind.CAPTION: ("figure", "figcaption"),
    BlockKind.LIST_ITEM: ("li",),
    BlockKind.SPEAKER: ("p",),
    BlockKind.QUESTION: ("p",),
    BlockKind.TURN: ("p",),
}

BIDI_NAMES = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}

UNNAMED = frozenset(
    {
        SourceKind.UNNAMED_OFFICIAL,
        SourceKind.ANONYMOUS,
        SourceKind.VAGUE_COLLECTIVE,
        SourceKind.PRONOUN_UNRESOLVED,
    }
)
"""Somebody says so, and the reader is not told who."""


class Remark(Protocol):
    """What a lint rule found: any record with these four will do."""

    @property
    def span(self) -> Span:
        """Where, in characters of the draft's text."""

    @property
    def rule(self) -> str:
        """The rule's identifier."""

    @property
    def severity(self) -> str:
        """``error``, ``warning`` or ``info``."""

    @property
    def message(self) -> str:
        """What is wrong."""


class Stop(msgspec.Struct, frozen=True):
    """A place in the article that has a note: a claim, or a sentence that attributes something but claims nothing."""

    id: str
    number: int
    sentence: Sentence
    claim: Claim | None = None

    @property
    def end(self) -> int:
        """The offset behind which the stop's mark stands, within its sentence."""
        end = self.claim.spans[-1].end if self.claim is not None and self.claim.spans else self.sentence.end
        return end if self.sentence.start < end <= self.sentence.end else self.sentence.end


class Layer(msgspec.Struct, frozen=True):
    """A stretch of the draft and one thing it is."""

    span: Span
    role: str
    id: str


def stops_of(lookup: Lookup) -> list[Stop]:
    """The stops in text order, numbered from 1; a sentence without claims is one when somebody speaks in it."""
    stops: list[Stop] = []
    for sentence in lookup.analysis.sentences:
        claims = lookup.claims_in(sentence)
        for claim in claims:
            stops.append(Stop(claim.id, len(stops) + 1, sentence, claim))
        if not claims and lookup.claimless(sentence):
            stops.append(Stop(sentence.id, len(stops) + 1, sentence))
    return stops


def band(score: float) -> str:
    """How well a claim is sourced, in three steps."""
    return "weak" if score < WEAK else "fair" if score < FAIR else "good"


def has_unnamed(claim: Claim, lookup: Lookup) -> bool:
    """Whether somebody without a name stands in the claim's chain."""
    for links in lookup.chains(claim):
        for link in links:
            entity = lookup.entities.get(link.source.entity or "")
            if (entity.kind if entity is not None else link.source.kind) in UNNAMED:
                return True
    return False


def article(lookup: Lookup, stops: Sequence[Stop], remarks: Sequence[Remark]) -> Element:
    """The draft's text, all of it and nothing else, in blocks and marked pieces."""
    draft = lookup.analysis.draft
    layers = layers_of(lookup, stops, remarks)
    marks: dict[int, list[Element]] = defaultdict(list)
    for number, remark in enumerate(remarks, 1):
        marks[remark.span.end].append(flag(number, remark))
    for stop in stops:
        marks[stop.end].append(badge(stop))
    root = element("article", {"class": "draft", "id": "draft", "aria-label": "The draft"})
    sentences = Places([one.span for one in lookup.analysis.sentences])
    blocks = Places([one.span for one in draft.blocks])
    block_place: int | None = None
    sentence_place: int | None = None
    block: Element = root
    container: Element = root
    items: Element | None = None
    waiting = marks.pop(0, [])  # marks that fall between blocks go with the next one
    listed = [one.kind is BlockKind.LIST_ITEM for one in draft.blocks]
    sizes = {stop.id: sum(map(len, stop.claim.spans)) for stop in stops if stop.claim is not None}
    for start, end, covering in swept(draft.text, layers, [*sentences.spans, *blocks.spans], marks):
        text = draft.text[start:end]
        here = blocks.at(start)
        if here is None:
            within = items is not None and not text.strip() and blocks.after(start, listed)
            outside = items if within and items is not None else root
            items = items if outside is items else None
            append(outside, element("p", {"class": "outside"}, directed(text)) if text.strip() else text)
            waiting += marks.pop(end, [])
            block_place = sentence_place = None
            continue
        if here != block_place:
            kind = draft.blocks[here].kind
            if kind is BlockKind.LIST_ITEM and items is None:
                items = element("ul", {"class": "items"})
                append(root, items)
            elif kind is not BlockKind.LIST_ITEM:
                items = None
            block = block_element(kind, items if items is not None else root)
            block_place, sentence_place, container = here, None, block
        spoken = sentences.at(start)
        if spoken != sentence_place or spoken is None:
            sentence_place = spoken
            container = block
            if spoken is not None:
                container = element(
                    "span", {"class": "sentence", "data-sentence": lookup.analysis.sentences[spoken].id}
                )
                append(block, container)
        for part in (*waiting, *piece(text, covering, lookup, remarks, sizes), *marks.pop(end, [])):
            append(container, part)
        waiting = []
    for mark in waiting:
        append(root, mark)
    return root


class Places:
    """Which of several spans, in text order and apart from each other, an offset lies in."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = spans
        self._starts = [span.start for span in spans]

    def at(self, offset: int) -> int | None:
        """The index of the span that holds the offset."""
        place = bisect_right(self._starts, offset) - 1
        return place if place >= 0 and offset < self.spans[place].end else None

    def after(self, offset: int, wanted: Sequence[bool]) -> bool:
        """Whether the first span behind the offset is a wanted one."""
        place = bisect_right(self._starts, offset)
        return place < len(wanted) and wanted[place]


def layers_of(lookup: Lookup, stops: Sequence[Stop], remarks: Sequence[Remark]) -> list[Layer]:
    """All that any stretch of the draft is."""
    analysis = lookup.analysis
    layers: list[Layer] = []

    def add(spans: Iterable[Span], role: str, identifier: str) -> None:
        layers.extend(Layer(span, role, identifier) for span in spans if len(span) > 0)

    for stop in stops:
        add(stop.claim.spans if stop.claim is not None else [stop.sentence.span], "claim", stop.id)
    for attribution in lookup.attributions.values():
        add(attribution.cue.spans, "cue", attribution.id)
        add(attribution.source.spans, "source", attribution.id)
    for hedge in analysis.hedges:
        add(hedge.spans, "hedge", hedge.id)
    for booster in analysis.boosters:
        add(booster.spans, "booster", booster.id)
    for entity in ledger_entries(analysis):
        add(entity.mentions, "mention", entity.id)
    for number, remark in enumerate(remarks, 1):
        add([remark.span], "finding", str(number))
    return layers


def swept(
    text: str, layers: Sequence[Layer], others: Iterable[Span], offsets: Iterable[int]
) -> Iterable[tuple[int, int, list[Layer]]]:
    """The text from border to border, each stretch with the layers that cover it."""
    starting: dict[int, list[Layer]] = defaultdict(list)
    for layer in layers:
        starting[layer.span.start].append(layer)
    borders = {0, len(text), *offsets}
    for span in (*others, *(layer.span for layer in layers)):
        borders.update((span.start, span.end))
    ordered = sorted(border for border in borders if 0 <= border <= len(text))
    active: list[Layer] = []
    for start, end in pairwise(ordered):
        active = [layer for layer in active if layer.span.end > start] + starting.get(start, [])
        yield start, end, active


def piece(
    text: str, covering: Sequence[Layer], lookup: Lookup, remarks: Sequence[Remark], sizes: dict[str, int]
) -> Iterable[Element | str]:
    """A stretch of text with what it is; nothing around it when it is nothing."""
    roles: dict[str, list[str]] = defaultdict(list)
    for layer in covering:
        roles[layer.role].append(layer.id)
    stops = sorted(roles["claim"], key=lambda identifier: sizes.get(identifier, len(lookup.analysis.draft.text) + 1))
    claim = lookup.claims.get(stops[0]) if stops else None
    classes = [f"is-{role}" for role in ("source", "cue", "hedge", "booster") if roles[role]]
    if claim is not None:
        classes += ["claim", claim.voice.value, band(claim.sourcing)]
    if roles["finding"]:
        classes += ["finding", worst(remarks[int(number) - 1].severity for number in roles["finding"])]
    content = directed(text)
    if not stops and not classes and not roles["mention"]:
        return content
    attributes = {
        "class": " ".join(classes) or None,
        "data-claims": " ".join(stops) or None,
        "data-cue": " ".join(roles["cue"]) or None,
        "data-source": " ".join(dict.fromkeys([*roles["source"], *roles["mention"]])) or None,
        "data-hedge": " ".join([*roles["hedge"], *roles["booster"]]) or None,
    }
    return [element("span", dict(attributes), content)]


def directed(text: str) -> list[Element | str]:
    """The text, each character that turns its direction shown by name and kept from turning anything."""
    parts: list[Element | str] = []
    last = 0
    for found in BIDI.finditer(text):
        parts.append(text[last : found.start()])
        parts.append(element("bdi", {"class": "turn", "data-name": BIDI_NAMES[found.group()]}, found.group()))
        last = found.end()
    return [*parts, text[last:]]


def worst(severities: Iterable[str]) -> str:
    """The gravest of the severities."""
    order = ("info", "warning", "error")
    return max((str(one) for one in severities), key=lambda one: order.index(one) if one in order else -1)


def block_element(kind: BlockKind, parent: Element) -> Element:
    """An empty block at the end of the parent; gives the element that the text goes into."""
    for name in BLOCK_TAGS[kind]:
        inner = element(name, {"class": f"block {kind.value}"} if parent.tag in ("article", "ul") else None)
        append(parent, inner)
        parent = inner
    return parent


def badge(stop: Stop) -> Element:
    """The mark behind a claim: a link to its note without any text of its own, named for those who hear the page."""
    if stop.claim is None:
        label, kind = f"Note {stop.number}: no claim, but an attribution", "badge silent"
    else:
        claim = stop.claim
        voice = words.VOICE_LABELS[claim.voice]
        label = f"Claim {stop.number}: {voice}, sourcing {score_number(claim.sourcing)}"
        kind = f"badge {claim.voice.value} {band(claim.sourcing)}"
    return element(
        "a",
        {
            "class": kind,
            "id": stop.id,
            "href": f"#note-{stop.id}",
            "data-stop": stop.id,
            "data-number": stop.number,
            "aria-label": label,
        },
    )


def flag(number: int, remark: Remark) -> Element:
    """The mark behind the words that a lint rule complains about: a link to the finding, without text of its own."""
    severity = str(remark.severity)
    return element(
        "a",
        {
            "class": f"flag {severity}",
            "href": f"#finding-{number}",
            "data-rule": remark.rule,
            "aria-label": f"{severity} {remark.rule}: {remark.message}",
            "title": f"{remark.rule}: {remark.message}",
        },
    )


def groups_of(claim: Claim, lookup: Lookup, weakest: set[str]) -> list[str]:
    """The filters that keep the claim."""
    groups = [] if claim.voice is Voice.SOURCE else [claim.voice.value]
    if has_unnamed(claim, lookup):
        groups.append("unnamed")
    if claim.id in weakest:
        groups.append("weakest")
    return groups
