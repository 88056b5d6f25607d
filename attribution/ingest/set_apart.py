"""Words set apart as somebody's own: block quotations, pull quotes and embedded posts, and the signatures on them.

The signature names the speaker: a line after a dash, ``<cite>``, *Name, role* right below words in quotation marks, or
the name and account that platforms put above or below a post.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from attribution.ingest.labels import is_personal_name
from attribution.ingest.reading import Mark, MarkKind, trimmed
from attribution.ingest.shapes import ends_sentence, is_byline, is_caption, is_date
from attribution.ingest.span_cover import SpanCover
from attribution.ingest.text_words import index_of_words
from attribution.parsing.segmentation import is_seen_in_lower_case
from attribution.records import Block, BlockKind, Span

LONGEST_SIGNATURE = 120
"""The longest line, in characters, that names the speaker of the words above it."""

LONGEST_NAME = 6
"""The most words in the name of an account."""

LONGEST_POST = 6
"""The most paragraphs of a post copied as plain text, between the line with its account and the one with its date."""

_DASH = r"(?:—|–|―|--?|~)"
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’&-]*"
_SMALL = r"(?:al|bin|da|de|del|den|der|di|dos|du|el|ibn|la|le|ten|van|von|y|of|the|and|for)"
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|{_SMALL}))*"
_HANDLE = r"@[\w][\w.-]*"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*+\.?"
_DATE = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?|\d{{1,2}}[:.]\d{{2}}\s*[ap]\.?m\.?|"
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}\s?(?:m|h|d|hrs?|hours?|mins?|days?)(?:\s+ago)?)"
)
_DASHED = re.compile(rf"{_DASH}\s*(?P<name>(?:[Tt]he\s+)?{_NAME})(?P<rest>(?:,|\s+\(|\s+[·|•]|\s+{_DASH}\s)[^\n]*)?\.?")
_DASHED_WORDS = re.compile(r"(?:—|–|―|--)\s*(?P<name>[^\W\d_][^,.?!:;()]*)(?:[,(][^.?!]*)?")
_DESCRIBED = re.compile(rf"(?P<name>{_NAME})(?P<rest>(?:,\s|\s+\()[^\n.!?]*)?")
_INLINE = re.compile(rf"(?<=[.!?…\"”’])\s+(?=(?:—|–|―|--)\s*{_NAME}(?:,[^.!?\n]*)?$)")
_ACCOUNT_NAME = r"(?P<name>[^\s@:][^@:\n]{0,60}?)\s*(?:✓|☑️?|✔️?|[Vv]erified(?: account)?)?"
_DATES = rf"(?:{_DATE}[\s,·•|at–-]*)"
_ACCOUNT = re.compile(
    # — Ada Quill (@adaquill) March 3, 2024; Ada Quill @adaquill · Mar 3
    rf"(?:{_DASH}\s*)?{_ACCOUNT_NAME}\s*\({_HANDLE}\)\s*(?:[·•|,–—-]\s*)?(?P<date>{_DATES}*)|"
    rf"(?:{_DASH}\s*)?(?P<plain>[^\s@:][^@:\n]{{0,60}}?)\s+{_HANDLE}\s*(?:[·•|,–—-]\s*)?{_DATES}+",
    re.IGNORECASE,
)
_HANDLE_ALONE = re.compile(rf"@[\w][\w.-]*\w(?:\s*[·•|]\s*{_DATES}+)?", re.IGNORECASE)
_SHARED = re.compile(
    rf"(?:a\s+)?(?:post|photo|video|reel|story)?\s*(?:shared|posted|post|published)\s+by\s+(?P<name>[^@(\n]{{2,60}}?|{_HANDLE})"
    rf"\s*(?P<venue>\(\s*{_HANDLE}\s*\)|\bon\s+(?:facebook|instagram|threads|x|twitter|bluesky|tiktok)\b)?\s*(?:\b(?:on|at|view)\s.*)?",
    re.IGNORECASE,
)
_NO_ACCOUNT = re.compile(r"(?:follow|e-?mail|write|contact|tweet|twitter|by|photo|via|from|hat tip)\b", re.IGNORECASE)
_POST_END = re.compile(
    rf"(?:{_DATE}[\s,·•|at–-]*)+(?:\d{{4}})?[\s·•|]*|[\d.,]+[KM]?\s+(?:views|likes|reposts|retweets|replies|comments)\b.*|"
    r"(?:view|see) (?:this )?(?:post|more|on)\b.*|translate post|show more|read more on x",
    re.IGNORECASE,
)
_CREDITED = re.compile(r"\b(?:contribut|report|edit|writ|compil|files from|additional)\w*", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_ACCOUNT_GAP = re.compile(rf"(?<!\s)\s++(?={_DASH}\s*\S|A post shared by\s|Post by\s|Posted by\s)")
_DASH_FIRST = re.compile(_DASH)
_PULLED = re.compile(r"[“\"«][^“”\"«»]+[”\"»]")
_SPEECH_KINDS = (BlockKind.PARAGRAPH, BlockKind.BLOCK_QUOTE, BlockKind.LIST_ITEM, BlockKind.CAPTION)


def lay_out_quotes(text: str, blocks: Sequence[Block], marks: Sequence[Mark]) -> tuple[Block, ...]:
    """Give the blocks with the signatures of set-apart words split off, and each block with its speaker."""
    found = list(_with_inline_signatures(text, blocks, marks))
    signatures = SpanCover(mark.span for mark in marks if mark.kind is MarkKind.SIGNATURE)
    emphasis = SpanCover(mark.span for mark in marks if mark.kind is MarkKind.EMPHASIS)
    starts = [block.span.start for block in found]
    for region in [mark for mark in marks if mark.kind in (MarkKind.QUOTE, MarkKind.POST)]:
        first, last = bisect_left(starts, region.span.start), bisect_left(starts, region.span.end)
        while last > first and not region.span.covers(found[last - 1].span):
            last -= 1
        _sign_region(text, found, range(first, last), region, signatures, emphasis)
    _sign_runs(text, found, signatures)
    return tuple(_copied_posts(text, found))


def signs(text: str, words: Span, line: Span) -> bool:
    """Whether a line of plain text signs the words above it and so must not be joined to them."""
    for span in (words, line):
        if _HANDLE_ALONE.fullmatch(text, span.start, span.end) or _POST_END.fullmatch(text, span.start, span.end):
            return True
    if _account(text, line) is not None or _account(text, words) is not None:
        return True
    return _is_pulled(text, words) and _signature(text, line, pulled=True) is not None


# --- Regions that markup shows ----------------------------------------------------------------------------------------


def _with_inline_signatures(text: str, blocks: Sequence[Block], marks: Sequence[Mark]) -> Iterator[Block]:
    """Yield the blocks, with those split that end in their signature: *Nobody asked us. — Ida Bolt*."""
    breaks = sorted(mark.span.start for mark in marks if mark.kind is MarkKind.BREAK)
    signed = [mark.span for mark in marks if mark.kind is MarkKind.SIGNATURE]
    cites, signatures = _outermost(signed), SpanCover(signed)
    cite_starts = [cite.start for cite in cites]
    regions = SpanCover(mark.span for mark in marks if mark.kind in (MarkKind.QUOTE, MarkKind.POST))
    for block in blocks:
        start, end = block.span.start, block.span.end
        if block.kind not in _SPEECH_KINDS or signatures.covers(block.span):
            yield block
            continue
        apart = block.kind is BlockKind.BLOCK_QUOTE or regions.covers(block.span)
        within = cites[bisect_right(cite_starts, start) : bisect_left(cite_starts, end)]
        # A signature is the first or the last of the cited names.
        within = sorted({*within[:1], *within[-1:]})
        places = [cite.start for cite in within if _cite_signs(text, block.span, cite, apart=apart)]
        if not places:
            places = breaks[bisect_right(breaks, start) : bisect_left(breaks, end)]
            places = [place for place in places if apart or _is_pulled(text, trimmed(text, Span(start, place)))]
            places = [place for place in places if _signature(text, Span(place, end), pulled=True) is not None]
        if not places and apart:
            inline = _INLINE.search(text, start, end) or _inline_account(text, start, end)
            places = [] if inline is None else [inline.end()]
        if places:
            yield msgspec.structs.replace(block, span=trimmed(text, Span(start, places[0])))
            yield msgspec.structs.replace(block, span=trimmed(text, Span(places[0], end)))
        else:
            yield block


def _cite_signs(text: str, block: Span, cite: Span, *, apart: bool) -> bool:
    """Whether ``<cite>`` in a block names who said the words before it, rather than a work that they are about.

    It does at the end of words set apart, and behind a paragraph's only quotation.
    """
    before = trimmed(text, Span(block.start, cite.start))
    if not apart:
        return _is_pulled(text, before)
    ends = not any(map(str.isalnum, text[cite.end : block.end]))
    return ends or ends_sentence(text[before.start : before.end])


def _outermost(spans: Iterable[Span]) -> list[Span]:
    """Those spans that no other span holds, in text order."""
    found: list[Span] = []
    # Of spans that start together the longest comes first; the same span may come twice.
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not found or span.end > found[-1].end or span == found[-1]:
            found.append(span)
    return found


def _inline_account(text: str, start: int, end: int) -> re.Match[str] | None:
    """The gap before the account at the end of a post's only paragraph."""
    for gap in _ACCOUNT_GAP.finditer(text[start:end]):
        rest = Span(start + gap.end(), end)
        if _account(text, rest, set_apart=True) is not None:
            return _SPACE.match(text, start + gap.start(), end)
    return None


def _sign_region(
    text: str, blocks: list[Block], inside: range, region: Mark, signatures: SpanCover, emphasis: SpanCover
) -> None:
    """Attribute the blocks ``inside`` a block quotation or post to the speaker named in the signature.

    The signature may also be right below: after a dash, in italic or bold type, or marked as a signature or caption.
    """
    is_post = region.kind is MarkKind.POST
    if is_post:
        _part_dates(text, blocks, inside)
    if not inside or any(blocks[number].speaker is not None for number in inside):
        return
    for number in reversed(inside):
        span = blocks[number].span
        cited = signatures.covers(span)
        speaker = _account(text, span, set_apart=True) or _signature(text, span, pulled=cited) or _dashed(text, span)
        if speaker is None and cited:
            speaker = span
        if speaker is not None and (len(inside) > 1 or cited) and (is_post or cited or number >= inside[-2]):
            _give(blocks, inside, number, speaker)
            return
    after = inside[-1] + 1
    if after < len(blocks) and blocks[after].kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION):
        below = blocks[after].span
        cited = signatures.covers(below)
        speaker = _signature(text, below, pulled=cited or emphasis.covers(below))
        if speaker is not None and (cited or blocks[after].kind is BlockKind.PARAGRAPH):
            _give(blocks, inside, after, speaker)


def _part_dates(text: str, blocks: list[Block], inside: range) -> None:
    """Make the lines of a post that a platform adds, with its date or counts, no part of its words."""
    for number in inside:
        span = blocks[number].span
        if len(span) <= LONGEST_SIGNATURE and _POST_END.fullmatch(text, span.start, span.end):
            blocks[number] = msgspec.structs.replace(blocks[number], kind=BlockKind.DATELINE)


def _give(blocks: list[Block], words: Sequence[int], label: int, speaker: Span) -> None:
    """Make the block at ``label`` a label, and attribute those at ``words`` to the speaker it names."""
    for number in words:
        if blocks[number].kind is not BlockKind.DATELINE:
            blocks[number] = msgspec.structs.replace(blocks[number], kind=BlockKind.BLOCK_QUOTE, speaker=speaker)
    blocks[label] = msgspec.structs.replace(blocks[label], kind=BlockKind.SPEAKER, speaker=None)


# --- Signatures -------------------------------------------------------------------------------------------------------


def _signature(text: str, span: Span, *, pulled: bool) -> Span | None:
    """The name in a line that signs the words above it: after a dash, or *Name, role* below a pull quote."""
    if len(span) > LONGEST_SIGNATURE:
        return None
    words = text[span.start : span.end]
    if "\n" in words or _CREDITED.search(words) or is_caption(words):
        return None
    match = _DASHED.fullmatch(words)
    if match is None and pulled:
        match = _DESCRIBED.fullmatch(words.removesuffix("."))
        if match is None or not is_personal_name(match["name"]):
            return None
        common = all(is_seen_in_lower_case(word) for word in match["name"].split())
        if match["rest"] is None and (common or not _is_told_of(text, match["name"])):
            return None
    if match is None or is_date(match["name"]) or is_byline(words):
        return None
    return Span(span.start + match.start("name"), span.start + match.end("name"))


def _dashed(text: str, span: Span) -> Span | None:
    """Whatever comes after the dash in the last line of a block quotation (*— the board of the ward*)."""
    match = _DASHED_WORDS.fullmatch(text, span.start, span.end)
    if match is None or len(match["name"].split()) > LONGEST_NAME:
        return None
    return Span(*match.span("name"))


def _is_told_of(text: str, name: str) -> bool:
    """Whether the last word of a name also occurs elsewhere in the draft."""
    return index_of_words(text).count(name.split()[-1]) > 1


def _account(text: str, span: Span, *, set_apart: bool = False) -> Span | None:
    """The account name in the line that a platform adds to a post; ``set_apart`` if markup identifies the post."""
    if len(span) > LONGEST_SIGNATURE:
        return None
    words = text[span.start : span.end]
    shared = _SHARED.fullmatch(words)
    if shared is not None and (set_apart or shared["venue"] is not None or shared["name"].startswith("@")):
        found = shared.span("name")
    else:
        match = _ACCOUNT.fullmatch(words)
        if match is None:
            return None
        found = match.span("name" if match["name"] is not None else "plain")
    name = words[slice(*found)].strip(" ·•|-–—")
    if not any(map(str.isalnum, name)) or _NO_ACCOUNT.match(name):
        return None
    start = span.start + found[0] + words[slice(*found)].index(name)
    return Span(start, start + len(name))


def _is_pulled(text: str, words: Span) -> bool:
    """Whether a paragraph, without white space around it, is a single stretch of text in quotation marks."""
    return _PULLED.fullmatch(text, words.start, words.end) is not None


def _sign_runs(text: str, found: list[Block], signatures: SpanCover) -> None:
    """Attribute pull quotes and block quotations that no markup groups to the signature below."""
    for number in range(1, len(found)):
        above, below = found[number - 1], found[number]
        if above.speaker is not None or below.kind in (BlockKind.HEADLINE, BlockKind.SPEAKER):
            continue
        quoted = above.kind is BlockKind.BLOCK_QUOTE
        pulled = _is_pulled(text, trimmed(text, above.span))
        if not quoted and not (pulled and above.kind in _SPEECH_KINDS):
            continue
        speaker = _signature(text, below.span, pulled=pulled or (quoted and below.kind is BlockKind.BLOCK_QUOTE))
        if speaker is None and signatures.covers(below.span) and len(below.span) <= LONGEST_SIGNATURE:
            speaker = below.span
        if speaker is None:
            continue
        first = number - 1
        while quoted and first > 0 and found[first - 1].kind is BlockKind.BLOCK_QUOTE and not found[first - 1].speaker:
            first -= 1
        _give(found, range(first, number), number, speaker)


# --- Posts copied as plain text ---------------------------------------------------------------------------------------


def _copied_posts(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, with posts attributed to the account on a line above them, or after a dash below."""
    waiting: list[Block] = []
    number = 0
    while number < len(blocks):
        block = blocks[number]
        speaker = None
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and block.speaker is None:
            speaker = _account(text, block.span)
        if speaker is None and _HANDLE_ALONE.fullmatch(text[block.span.start : block.span.end]) and waiting:
            above = text[waiting[-1].span.start : waiting[-1].span.end]
            below = blocks[number + 1] if number + 1 < len(blocks) else None
            has_words = below is not None and not _POST_END.match(
                text[below.span.start : below.span.end].lstrip("-–— ")
            )
            if waiting[-1].kind is BlockKind.PARAGRAPH and has_words and _is_account_name(above):
                speaker = waiting[-1].span
                waiting[-1] = msgspec.structs.replace(waiting[-1], kind=BlockKind.SPEAKER)
        if speaker is None:
            waiting.append(block)
            number += 1
            continue
        label = msgspec.structs.replace(block, kind=BlockKind.SPEAKER)
        if _DASH_FIRST.match(text, block.span.start):
            place = len(waiting) - 1
            while place >= 0 and waiting[place].kind in _SPEECH_KINDS and waiting[place].speaker is None:
                waiting[place] = msgspec.structs.replace(waiting[place], kind=BlockKind.BLOCK_QUOTE, speaker=speaker)
                if not _is_line_below(text, waiting, place):
                    break
                place -= 1
            waiting.append(label)
            number += 1
            continue
        dated = re.search(_DATE, text[block.span.start : block.span.end], re.IGNORECASE) is not None
        size = _post_length(text, blocks[number + 1 : number + 2 + LONGEST_POST], dated=dated)
        waiting.append(label)
        for post in blocks[number + 1 : number + 1 + size]:
            waiting.append(msgspec.structs.replace(post, kind=BlockKind.BLOCK_QUOTE, speaker=speaker))
        number += 1 + size
    yield from waiting


def _is_line_below(text: str, blocks: Sequence[Block], number: int) -> bool:
    """Whether a block is on the line right after the block before it, without a blank line between."""
    return number > 0 and "\n\n" not in text[blocks[number - 1].span.end : blocks[number].span.start]


def _is_account_name(words: str) -> bool:
    return len(words.split()) <= LONGEST_NAME and words[0].isupper() and words[-1] not in ".!?:;,"


def _post_length(text: str, following: Sequence[Block], *, dated: bool) -> int:
    """How many paragraphs below the account belong to the post: up to its date or counts, otherwise just the first."""
    for size, block in enumerate(following[: LONGEST_POST + 1]):
        words = text[block.span.start : block.span.end]
        if _POST_END.fullmatch(words) and not dated:
            return size
        if block.kind is BlockKind.HEADLINE or block.speaker is not None or _account(text, block.span) is not None:
            break
        if _HANDLE_ALONE.fullmatch(words):
            break
    first = following[0] if following else None
    return int(first is not None and first.speaker is None and first.kind in _SPEECH_KINDS)
