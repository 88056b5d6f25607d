"""Reads subtitles (SubRip .srt, WebVTT .vtt; https://www.w3.org/TR/webvtt1/): their cues joined to paragraphs.

A cue is what stands on the screen at a time: a few words. Cues are joined until somebody else speaks, a sentence ends
before a pause, or the paragraph is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from attribution.ingest.html_tags import unescaped
from attribution.ingest.labels import label_at
from attribution.ingest.layouts import lay_out
from attribution.ingest.offsets import line_starts
from attribution.ingest.reading import Reading, ReadingText
from attribution.ingest.shapes import ends_sentence
from attribution.records import BlockKind, Span, TimeMark

LONGEST_PAUSE = 2.0
"""Seconds between two cues from which on a sentence's end ends the paragraph."""

LONG_PARAGRAPH = 600
"""Characters from which on a sentence's end ends the paragraph."""

LONGEST_SOUND = 200
"""The longest description of a sound, in characters."""

LONGEST_VOICE = 100
"""The most characters of a speaker's name in a voice tag."""

_TIME = r"(?:(?P<{0}h>\d{{1,6}}):)?(?P<{0}m>\d{{1,2}}):(?P<{0}s>\d{{1,2}})(?:[.,](?P<{0}f>\d{{1,3}}))?"
_TIMING = re.compile(rf"[ \t]*{_TIME.format('a')}[ \t]*-->[ \t]*{_TIME.format('b')}(?=\s|$)")
_PIECE = re.compile(
    r"(?P<space>[ \t]+)|<v(?:\.[^\s<>]{0,100})?[ \t]+(?P<voice>[^<>\n]*)>|(?P<tag></?[a-zA-Z0-9.:_ #=\"'-]{0,100}>)|"
    r"(?P<override>\{\\[^{}\n]*\})|(?P<reference>&(?:#[xX]?[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)|[^ \t<{&]+|."
)
# What is heard and not said: [applause], (MUSIC), ♪ words of a song ♪.
_SOUND = re.compile(r"\W*(?:\[[^\]]*\]|\([^()]*\)|♪.*)\W*")
_MARKUP = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_ANOTHER = re.compile(r"[ \t]*[-–—]{1,2}[ \t]*(?=[\w\"'“‘])")
_OTHER_SPEAKER = re.compile(r"[ \t]*>>+[ \t]*")


class _Cue(NamedTuple):
    """A cue: when it begins and ends, in seconds, and its lines."""

    start: float
    end: float
    lines: tuple[Span, ...]


def read_subtitles(source: str) -> Reading:
    """Read subtitles; a voice tag (``<v Ada Quill>``) names the speaker of a turn.

    Left out: sounds (*[applause]*), songs, tags, and lines that roll up from the cue before.
    """
    writer = _Writer(source)
    for cue in _cues(source):
        writer.add(cue)
    return lay_out(writer.finished())


def _cues(source: str) -> Iterator[_Cue]:
    """Yield the cues: below a line of times, the lines up to an empty one."""
    starts = line_starts(source)
    lines = [
        Span(start, start + len(source[start:end].rstrip("\r\n")))
        for start, end in zip(starts, (*starts[1:], len(source)), strict=True)
    ]
    number = 0
    while number < len(lines):
        timing = _TIMING.match(source, lines[number].start, lines[number].end)
        number += 1
        if timing is None:
            continue
        first = number
        while number < len(lines) and source[lines[number].start : lines[number].end].strip():
            if _TIMING.match(source, lines[number].start, lines[number].end):
                break  # without an empty line before it, the number of the next cue stands above its times
            number += 1
        last = number
        below = number < len(lines) and _TIMING.match(source, lines[number].start, lines[number].end) is not None
        if below and last > first and source[lines[last - 1].start : lines[last - 1].end].strip().isdigit():
            last -= 1
        yield _Cue(_seconds(timing, "a"), _seconds(timing, "b"), tuple(lines[first:last]))


def _seconds(timing: re.Match[str], side: str) -> float:
    fraction = timing[f"{side}f"] or "0"
    whole = int(timing[f"{side}h"] or 0) * 3600 + int(timing[f"{side}m"]) * 60 + int(timing[f"{side}s"])
    return whole + float(f"0.{fraction}")


class _Writer:
    """Writes cues as paragraphs."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._text = ReadingText()
        self._voice = ""
        self._length = 0
        self._last = ""  # the last line written
        self._end = 0.0
        self._before: Sequence[str] = ()
        self._times: list[TimeMark] = []

    def add(self, cue: _Cue) -> None:
        """Add a cue."""
        shown = [self._source[line.start : line.end].strip() for line in cue.lines]
        if self._length and ends_sentence(self._last):
            if cue.start - self._end >= LONGEST_PAUSE or self._length >= LONG_PARAGRAPH:
                self._new_paragraph()
        start = self._text.end()
        for line, words in zip(cue.lines, shown, strict=True):
            # Live captions show each line again when the next one comes below it.
            is_sound = len(words) <= LONGEST_SOUND and _SOUND.fullmatch(_without_tags(words)) is not None
            if words and words not in self._before and not is_sound:
                self._add_line(line)
        if self._text.end() > start:
            self._times.append(TimeMark(start, cue.start))
        self._before = shown
        self._end = cue.end

    def finished(self) -> Reading:
        """All that was written, with the turns of the voices that the tags name."""
        reading = self._text.result()
        blocks = list(reading.blocks)
        for number in range(1, len(blocks)):
            before, block = blocks[number - 1], blocks[number]
            if block.kind is BlockKind.TURN:
                speaker = before.span if before.kind is BlockKind.SPEAKER else before.speaker
                blocks[number] = msgspec.structs.replace(block, speaker=speaker)
        return reading._replace(blocks=tuple(blocks), times=tuple(self._times))

    def _new_paragraph(self) -> None:
        self._text.open_block(BlockKind.TURN if self._voice else BlockKind.PARAGRAPH)
        self._length = 0

    def _add_line(self, line: Span) -> None:
        place = line.start
        for mark in (_OTHER_SPEAKER, _ANOTHER):
            if found := mark.match(self._source, line.start, line.end):
                # The dash or arrows show that another speaks, without a name.
                self._voice = ""
                self._new_paragraph()
                place = found.end()
                break
        if label_at(self._source, place, line.end) is not None:
            self._voice = ""
            self._new_paragraph()
        self._text.write_space(place)
        for piece in _PIECE.finditer(self._source, place, line.end):
            if piece["voice"] is not None:
                self._change_voice(piece["voice"].strip()[:LONGEST_VOICE], piece.start("voice"))
            elif piece["space"]:
                self._text.write_space(piece.start())
            elif piece["reference"]:
                self._text.write_instead(unescaped(piece[0]), piece.start())
            elif piece["tag"] is None and piece["override"] is None:
                self._text.write(piece[0], piece.start())
        words = _without_tags(self._source[place : line.end]).strip()
        self._length += len(words)
        self._last = words or self._last

    def _change_voice(self, name: str, place: int) -> None:
        if name == self._voice:
            return
        self._voice = name
        if name:
            self._text.open_block(BlockKind.SPEAKER)
            self._text.write(name, place)
        self._new_paragraph()


def _without_tags(words: str) -> str:
    return _MARKUP.sub("", words).strip()
