"""Reads and writes brat standoff (Stenetorp et al. 2012), the form of the gold annotation in ``seeds/``.

Text-bound annotations: ``Source``, ``Cue``, ``Content`` (in several pieces if necessary), ``Hedge``, ``Mention``, and
over sentences ``Voice-source``, ``Voice-hearsay``, ``Voice-own``, ``Voice-unclear``, ``Voice-none``. Relations start
at the cue (or at the content, if there is no cue): ``Source-of``, ``Content-of``. Attributes: ``Nested``, ``Withheld``
and ``Evidence`` (a report if absent) of cues, ``Category`` of hedges. A note on a mention gives the names it resolves
to, separated by `` / ``, or ``unresolved``. Other annotations are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from attribution.conversion.documents import (
    AnnotatedAttribution,
    AnnotatedDocument,
    AnnotatedHedge,
    AnnotatedMention,
    VoicedSpan,
)
from attribution.records import AttribError, Evidence, HedgeCategory, Span, Voice

UNRESOLVED = "unresolved"
NAME_SEPARATOR = " / "
SOURCE, CUE, CONTENT, HEDGE, MENTION = "Source", "Cue", "Content", "Hedge", "Mention"
EVIDENCE = "Evidence"
VOICE_PREFIX = "Voice-"
VOICES: dict[str, Voice | None] = {**{f"{VOICE_PREFIX}{voice.value}": voice for voice in Voice}, "Voice-none": None}
KNOWN = frozenset({SOURCE, CUE, CONTENT, HEDGE, MENTION, *VOICES})

_TEXT_BOUND = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_RELATION = re.compile(r"R\S+\t(\S+) Arg1:(\S+) Arg2:(\S+)\s*")
_ATTRIBUTE = re.compile(r"[AM]\S+\t(\S+) (\S+)(?: (\S+))?\s*")
_NOTE = re.compile(r"#\S*\tAnnotatorNotes (\S+)\t(.*)")
_SPACE = re.compile(r"\s")


class _Entity(msgspec.Struct, frozen=True):
    kind: str
    spans: tuple[Span, ...]


class _Standoff(msgspec.Struct, frozen=True):
    """The lines of a standoff file by type."""

    entities: dict[str, _Entity] = {}
    relations: list[tuple[str, str, str]] = []
    attributes: dict[tuple[str, str], str | None] = {}
    notes: dict[str, str] = {}


def read_brat(text: str, standoff: str, name: str) -> AnnotatedDocument:
    """The annotated document of a text and its standoff annotation; ``name`` is the annotation file, for messages.

    A layer without a single annotation counts as not annotated (None). Raises ``AttribError`` for a line that is not
    standoff, a span outside the text or with other words than the file says, and unknown references.
    """
    lines = _read_lines(text, standoff, name)
    entities = lines.entities
    if not any(entity.kind in KNOWN for entity in entities.values()):
        raise AttribError(f"{name}: has no Source, Cue, Content, Hedge, Mention or Voice; check the types")

    def of_kind(*kinds: str) -> list[tuple[str, _Entity]]:
        chosen = [(identifier, entity) for identifier, entity in entities.items() if entity.kind in kinds]
        return sorted(chosen, key=lambda pair: (pair[1].spans, pair[0]))

    hedges = tuple(
        AnnotatedHedge(entity.spans, _category(lines.attributes.get((identifier, "Category")), name))
        for identifier, entity in of_kind(HEDGE)
    )
    voices = tuple(VoicedSpan(entity.spans, VOICES[entity.kind]) for _, entity in of_kind(*VOICES))
    mentions = tuple(
        AnnotatedMention(Span(entity.spans[0].start, entity.spans[-1].end), _names(lines.notes.get(identifier, "")))
        for identifier, entity in of_kind(MENTION)
    )
    return AnnotatedDocument(
        name=name,
        text=text,
        attributions=tuple(_attributions(lines, name)),
        hedges=hedges or None,
        voices=voices or None,
        mentions=mentions or None,
    )


def write_brat(document: AnnotatedDocument) -> str:
    """The annotation as brat standoff; identical spans of the same kind are written once and shared.

    White space within a span's words or a name becomes a space, because brat has a line for each annotation.
    Attributions with neither cue nor content are left out: relations would have nothing to start at.
    """
    entities: dict[tuple[str, tuple[Span, ...]], str] = {}
    lines: list[str] = []
    relations: list[str] = []
    attributes: list[str] = []
    notes: list[str] = []

    def entity(kind: str, spans: tuple[Span, ...], *, shared: bool = True) -> str:
        if shared and (kind, spans) in entities:
            return entities[kind, spans]
        identifier = f"T{len(lines) + 1}"
        entities[kind, spans] = identifier
        words = " ".join(_SPACE.sub(" ", document.text[span.start : span.end]) for span in spans)
        lines.append(f"{identifier}\t{kind} {';'.join(f'{span.start} {span.end}' for span in spans)}\t{words}")
        return identifier

    for attribution in document.attributions:
        if not (attribution.cue or attribution.content):
            continue
        # Cues are not shared: the relations of an attribution start at its cue.
        anchor = (
            entity(CUE, attribution.cue, shared=False)
            if attribution.cue
            else entity(CONTENT, attribution.content, shared=False)
        )
        if attribution.source:
            relations.append(f"Source-of Arg1:{anchor} Arg2:{entity(SOURCE, attribution.source)}")
        if attribution.cue and attribution.content:
            relations.append(f"Content-of Arg1:{anchor} Arg2:{entity(CONTENT, attribution.content)}")
        attributes += [f"{flag} {anchor}" for flag, set_ in _flags(attribution) if set_]
        if attribution.evidence is not Evidence.REPORT:
            attributes.append(f"{EVIDENCE} {anchor} {attribution.evidence.value}")
    for hedge in document.hedges or ():
        identifier = entity(HEDGE, hedge.spans, shared=False)
        if hedge.category is not None:
            attributes.append(f"Category {identifier} {hedge.category.value}")
    for voiced in document.voices or ():
        voice = "none" if voiced.voice is None else voiced.voice.value
        entity(f"{VOICE_PREFIX}{voice}", voiced.spans, shared=False)
    for mention in document.mentions or ():
        identifier = entity(MENTION, (mention.span,), shared=False)
        names = NAME_SEPARATOR.join(map(_on_one_line, mention.names))
        notes.append(f"AnnotatorNotes {identifier}\t{names or UNRESOLVED}")
    for letter, rows in (("R", relations), ("A", attributes), ("#", notes)):
        lines += [f"{letter}{number}\t{row}" for number, row in enumerate(rows, start=1)]
    return "".join(f"{line}\n" for line in lines)


def _on_one_line(name: str) -> str:
    """The name with single spaces, as a note is one line, and without what separates names from each other."""
    return " ".join(name.split()).replace(NAME_SEPARATOR, NAME_SEPARATOR.strip())


def _flags(attribution: AnnotatedAttribution) -> Iterable[tuple[str, bool]]:
    return (("Nested", attribution.nested), ("Withheld", attribution.withheld))


def _read_lines(text: str, standoff: str, name: str) -> _Standoff:
    found = _Standoff(entities={}, relations=[], attributes={}, notes={})
    for number, line in enumerate(standoff.removeprefix("\ufeff").split("\n"), start=1):
        line = line.removesuffix("\r")
        if match := _TEXT_BOUND.fullmatch(line):
            found.entities[match[1]] = _Entity(match[2], _spans(text, match[3], match[4], f"{name}:{number}"))
        elif match := _RELATION.fullmatch(line):
            found.relations.append((match[1], match[2], match[3]))
        elif match := _ATTRIBUTE.fullmatch(line):
            found.attributes[match[2], match[1]] = match[3]
        elif match := _NOTE.fullmatch(line):
            found.notes[match[1]] = match[2].strip()
        elif line.strip() and line[0] not in "*EN#":
            raise AttribError(f"{name}:{number}: is not a line of brat standoff; see seeds/README.md for the form")
    return found


def _spans(text: str, offsets: str, words: str, place: str) -> tuple[Span, ...]:
    spans = tuple(Span(*map(int, pair.split())) for pair in offsets.split(";"))
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise AttribError(f"{place}: {span.start} {span.end} is not a span of the text ({len(text)} characters)")
    found = " ".join(_SPACE.sub(" ", text[span.start : span.end]) for span in spans)
    if found != words:
        raise AttribError(f"{place}: the text has {found[:40]!r}, not {words[:40]!r}, there; annotate the text again")
    return tuple(sorted(spans))


def _attributions(lines: _Standoff, name: str) -> list[AnnotatedAttribution]:
    """An attribution for each cue, and for each content that belongs to no cue."""
    parts: dict[str, dict[str, list[Span]]] = {
        identifier: {SOURCE: [], CONTENT: []} for identifier, entity in lines.entities.items() if entity.kind == CUE
    }
    taken: set[str] = set()
    for kind, first, second in lines.relations:
        if kind not in ("Source-of", "Content-of"):
            continue
        for identifier in (first, second):
            if identifier not in lines.entities:
                raise AttribError(f"{name}: a {kind} relation names {identifier}, which is not in the file")
        wanted = kind.removesuffix("-of")
        if lines.entities[first].kind not in (CUE, CONTENT) or lines.entities[second].kind != wanted:
            raise AttribError(f"{name}: {kind} must link a Cue to a {wanted}; fix {first} or {second}")
        parts.setdefault(first, {SOURCE: [], CONTENT: []})[wanted] += lines.entities[second].spans
        taken.add(second)
    for identifier, entity in lines.entities.items():
        if entity.kind == CONTENT and (identifier in parts or identifier not in taken):
            parts.setdefault(identifier, {SOURCE: [], CONTENT: []})[CONTENT] += entity.spans
    found = []
    for identifier, spans in parts.items():
        entity = lines.entities[identifier]
        attribution = AnnotatedAttribution(
            cue=entity.spans if entity.kind == CUE else (),
            source=tuple(sorted(spans[SOURCE])),
            content=tuple(sorted(spans[CONTENT])),
            nested=(identifier, "Nested") in lines.attributes,
            withheld=(identifier, "Withheld") in lines.attributes,
            evidence=_evidence(lines.attributes.get((identifier, EVIDENCE)), name),
        )
        found.append((entity.spans, attribution))
    return [attribution for _, attribution in sorted(found, key=lambda pair: pair[0])]


def _category(value: str | None, name: str) -> HedgeCategory | None:
    if value is None:
        return None
    try:
        return HedgeCategory(value)
    except ValueError:
        allowed = ", ".join(HedgeCategory)
        raise AttribError(f"{name}: {value!r} is not a hedge category; give one of {allowed}") from None


def _evidence(value: str | None, name: str) -> Evidence:
    try:
        return Evidence.REPORT if value is None else Evidence(value)
    except ValueError:
        raise AttribError(f"{name}: {value!r} is not a kind of evidence; give one of {', '.join(Evidence)}") from None


def _names(note: str) -> tuple[str, ...]:
    if note in ("", UNRESOLVED):
        return ()
    return tuple(part.strip() for part in note.split(NAME_SEPARATOR) if part.strip())
