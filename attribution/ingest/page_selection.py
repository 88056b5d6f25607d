"""Picks the article among the blocks of a web page.

The body is the run of blocks with the greatest sum of values, positive for prose and negative for what looks like
links and labels (maximum subsequence segmentation: J. Pasternack and D. Roth, *Extracting Article Text from the Web*,
WWW 2009). Values are higher in the element that holds the most prose close to it, as in Arc90's *Readability*. The
headline is found by the titles that the page gives for machines. Every step takes linear time.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution.ingest.clutter import is_contact
from attribution.ingest.page_blocks import MERE_LINK, PageBlock, normalised, page_blocks
from attribution.ingest.page_headline import find_headline, heading_above, may_be_headline, title_span, words_of_title
from attribution.ingest.page_labels import is_call, is_control_label, is_section_label
from attribution.ingest.page_metadata import Metadata
from attribution.ingest.reading import Element, Reading, file_place, reduced
from attribution.ingest.shapes import LINE_LENGTH, ends_sentence, is_byline, is_caption, is_date
from attribution.records import Block, BlockKind, LeftOut, Span

SHORTEST_PAGE = 400
"""The fewest characters of prose on a page for the edges of its article to be looked for."""

LEAST_ARTICLE = 0.5
"""The share of a short page's text that its only ``<article>`` must hold for the rest to be left out."""

MOST_VALUE = 400
"""The most that a block adds to the value of a run."""

LINK_VALUE, LABEL_VALUE, HEADING_VALUE, APART_VALUE = -60, -25, -15, -25
"""What blocks that are no prose add to the value of a run: links, labels, headings, and what is known as no part."""

OUTSIDE_PROSE, INSIDE_LABELS, LISTED = 0.4, 0.3, 0.3
"""The weight of prose outside the element that holds the article, of labels inside it, and of lists in finding it."""

DECAY, MOST_LEVELS = 0.8, 12
"""By how much prose counts less for each element farther out, and for how many elements it counts."""

FEWEST_SENTENCE_WORDS = 3
"""The fewest words of a short sentence."""

FEWEST_REPEATED_WORDS = 4
"""The fewest words of a block that is left out because the page has shown it before."""

REPEATED = 80
"""How many characters two captions or items must begin with alike for one to repeat the other."""

MOST_DATES = 3
"""The most dates of an article: of publication, of an update, and one more."""

SHORTEST_STANDFIRST = 40
"""The shortest text between headline and article, in characters, that belongs to it."""

BYLINE_WINDOW = 8
"""How many blocks above and below the place where the article begins may hold its byline."""

LEAST_IN_BODY, MOST_IN_BODY = 0.6, 0.8
"""The share of a paragraph's words that the article in the metadata must have for it to be its, and that of all
paragraphs for the others to be left out."""

MOST_TRAILING = 0.15
"""The most of the article's value that may stand below a heading that leads elsewhere, for all of it to be left out."""

LONGEST_TOLD = 80
"""How many characters of a block that is left out are told."""

_NO_CONTAINERS = frozenset(
    "p li title author h1 h2 h3 h4 h5 h6 tr td dt dd body html blockquote figure figcaption caption".split()
)


def select_article(reading: Reading, metadata: Metadata, *, whole_page: bool = False) -> Reading:
    """Give the reading of a page with the blocks of its article, or of the ``whole_page``; the others are left out."""
    blocks = page_blocks(reading)
    selection = _Selection(blocks, reading, metadata)
    if not whole_page:
        selection.select()
    selection.settle_title()
    selection.settle_byline(whole_page=whole_page)
    kept = tuple(block for block, reason in zip(selection.kept, selection.reasons, strict=True) if not reason)
    if not kept:
        return reduced(reading, [block.block for block in blocks if not block.is_author])
    left_out = tuple(
        LeftOut(file_place(reading.anchors, block.block.span.start), block.text[:LONGEST_TOLD], reason)
        for block, reason in zip(blocks, selection.reasons, strict=True)
        if reason and not (block.is_title or block.is_author)
    )
    return reduced(reading, kept)._replace(left_out=left_out)


class _Selection:
    """Which blocks of a page are left out, and why."""

    def __init__(self, blocks: Sequence[PageBlock], reading: Reading, metadata: Metadata) -> None:
        self.blocks = blocks
        self.kept: list[Block] = [block.block for block in blocks]
        self.reasons = [""] * len(blocks)
        self._reading = reading
        self._metadata = metadata
        self._headline = find_headline(blocks, metadata.titles)
        self._start = self._headline or 0

    def select(self) -> None:
        """Leave out what is not the article."""
        self.reasons = [block.apart for block in self.blocks]
        prose = sum(len(block.text) for block in self.blocks if block.is_prose and not block.apart)
        # A fragment has no surroundings of a page.
        is_fragment = not self._metadata.titles and not any(block.is_title for block in self.blocks)
        if is_fragment or prose < SHORTEST_PAGE:
            self._keep_only_article()
            return
        start = 0 if self._headline is None else self._headline + 1
        first, last = self._body(start)
        if self._headline is None:
            self._headline = heading_above(self.blocks, first)
            start = first if self._headline is None else self._headline + 1
        # The times of a live blog's entries tell where these begin.
        is_live = sum(is_date(block.text) for block in self.blocks[start:last]) > MOST_DATES
        for number, block in enumerate(self.blocks):
            if number < start:
                self._leave_out(number, "above the headline")
            elif number < first and not _opens(block):
                self._leave_out(number, "between headline and article")
            elif number < first and not is_live and is_date(block.text):
                self._leave_out(number, "the page's date")
            elif number >= last:
                self._leave_out(number, "below the article")
        self._leave_out_beside_body(first, last)
        self._leave_out_within(start, last)
        if self._headline is not None:
            self.reasons[self._headline] = ""
        self._start = first

    def settle_title(self) -> None:
        """Keep the page's ``<title>``, without the name of the site, only if no block is the headline."""
        title = words_of_title(self.blocks)
        headings = [
            number
            for number, block in enumerate(self.blocks)
            if block.tag == "h1" and not self.reasons[number] and may_be_headline(block, title)
        ]
        for number, block in enumerate(self.blocks):
            if block.is_title:
                if self._headline is not None or headings:
                    self.reasons[number] = "the page's title"
                else:
                    self.reasons[number] = ""
                    self.kept[number] = msgspec.structs.replace(
                        block.block, span=title_span(block, self._metadata.titles)
                    )

    def settle_byline(self, *, whole_page: bool) -> None:
        """Make the lines with the authors' names bylines; where there is none, the names of the metadata are it."""
        authors = [number for number, block in enumerate(self.blocks) if block.is_author]
        for number in authors:
            self.reasons[number] = "the page's metadata"
        if whole_page or not authors:
            return
        low, high = max(0, (self._headline or self._start) - BYLINE_WINDOW), self._start + BYLINE_WINDOW
        window = range(low, min(high, len(self.blocks)))
        for author in authors:
            name = f" {self.blocks[author].words} "
            lines = [number for number in window if self._may_be_byline(number) and name in self._words(number)]
            if not lines:
                self.reasons[author] = ""
            elif not any(self.kept[number].kind is BlockKind.BYLINE and not self.reasons[number] for number in lines):
                number = max(lines, key=lambda number: (not self.reasons[number], -abs(number - self._start)))
                self.kept[number] = msgspec.structs.replace(self.kept[number], kind=BlockKind.BYLINE)
                self.reasons[number] = ""

    def _words(self, number: int) -> str:
        return f" {self.blocks[number].words} "

    def _may_be_byline(self, number: int) -> bool:
        block = self.blocks[number]
        is_line = len(block.text) <= LINE_LENGTH and not block.is_prose and not is_caption(block.text)
        return is_line and not (block.is_title or block.is_author) and number != self._headline

    def _leave_out(self, number: int, reason: str) -> None:
        self.reasons[number] = self.reasons[number] or reason

    def _keep_only_article(self) -> None:
        """Leave out, of a short page, what is outside its only ``<article>`` or ``<main>``, if that holds the text."""
        tags = {element.tag for element in self._reading.elements}
        span = next((found for tag in ("article", "main") if tag in tags and (found := self._only(tag))), None)
        if span is None:
            return
        inside = [span.covers(block.block.span) for block in self.blocks]
        sizes = [
            0 if reason or block.tag else len(block.text)
            for block, reason in zip(self.blocks, self.reasons, strict=True)
        ]
        if sum(size for size, is_in in zip(sizes, inside, strict=True) if is_in) < LEAST_ARTICLE * sum(sizes):
            return
        has_heading = any(block.tag == "h1" and is_in for block, is_in in zip(self.blocks, inside, strict=True))
        for number, block in enumerate(self.blocks):
            if not inside[number] and (has_heading or not block.tag):
                self._leave_out(number, "outside the article")

    def _only(self, tag: str) -> Span | None:
        """The outermost element with a tag; None if there are several."""
        found: list[Span] = []
        for element in self._reading.elements:
            if element.tag == tag and (not found or element.span.start >= found[-1].end):
                found.append(element.span)
        return found[0] if len(found) == 1 else None

    def _body(self, start: int) -> tuple[int, int]:
        """The run of blocks with the greatest value, from ``start`` on: its first number, and that after its last."""
        holder = _holder(self.blocks, self._reading.elements)
        best, total, at = (0.0, start, start), 0.0, start
        for number in range(start, len(self.blocks)):
            if total <= 0:
                total, at = 0.0, number
            total += _value(self.blocks[number], is_inside=holder.covers(self.blocks[number].block.span))
            if total > best[0]:
                best = (total, at, number + 1)
        return best[1:]

    def _leave_out_beside_body(self, first: int, last: int) -> None:
        """Leave out paragraphs that are not in the text that the page gives for machines, if that is the article's."""
        body = _triples(normalised(self._metadata.article_body))
        if not body:
            return
        prose = [
            number
            for number in range(first, last)
            if self.blocks[number].is_prose and self.blocks[number].block.kind is BlockKind.PARAGRAPH
        ]
        shared = {number: _share(_triples(self.blocks[number].words), body) for number in prose}
        told = [number for number in prose if shared[number] >= LEAST_IN_BODY]
        sizes = [sum(len(self.blocks[number].text) for number in numbers) for numbers in (told, prose)]
        if sizes[0] < MOST_IN_BODY * sizes[1] or sizes[0] == 0:
            return
        for number in prose:
            if number > told[0] and shared[number] < 1 - MOST_IN_BODY:
                self._leave_out(number, "not in the article's text in the page's metadata")

    def _leave_out_within(self, start: int, last: int) -> None:
        """Leave out what stands in the article but is none of it: labels, links, repetitions, sections below it."""
        seen = {self.blocks[self._headline].words} if self._headline is not None else set()
        prose_after = [0] * (len(self.blocks) + 1)
        for number in range(last - 1, start - 1, -1):
            block = self.blocks[number]
            prose_after[number] = prose_after[number + 1] + (block.is_prose and not self.reasons[number]) * len(
                block.text
            )
        authors = [f" {block.words} " for block in self.blocks if block.is_author]
        leads_elsewhere = False
        for number in range(start, last):
            block = self.blocks[number]
            if self.reasons[number]:
                continue
            is_trailing = prose_after[number] <= MOST_TRAILING * prose_after[start]
            is_section = is_section_label(block.words)
            if is_trailing and block.tag and prose_after[number] < prose_after[start]:
                is_section = is_section or any(author in self._words(number) for author in authors)
            if block.is_prose or (block.tag and not is_section):
                leads_elsewhere = False
            elif is_section:
                leads_elsewhere = True
                if is_trailing:
                    for below in range(number, last):
                        self._leave_out(below, "below a heading that leads elsewhere")
                    break
            if leads_elsewhere:
                self.reasons[number] = "below a heading that leads elsewhere"
            elif is_control_label(block.words):
                self.reasons[number] = "a label of the page"
            elif is_call(block.words):
                self.reasons[number] = "a call to the reader"
            elif block.linked >= MERE_LINK and not block.tag and not ends_sentence(block.text):
                self.reasons[number] = "a link"
            elif _beginning(block) in seen and len(block.words.split()) >= FEWEST_REPEATED_WORDS:
                self.reasons[number] = "shown before on the page"
            seen.add(_beginning(block))
        for number in range(last - 1, start - 1, -1):
            if self.reasons[number]:
                continue
            if not is_contact(self.blocks[number].text):
                break
            self.reasons[number] = "how to reach the paper"


def _triples(words: str) -> frozenset[tuple[str, ...]]:
    """Each three words that follow each other."""
    found = words.split()
    return frozenset(zip(found, found[1:], found[2:], strict=False))


def _share(triples: frozenset[tuple[str, ...]], others: frozenset[tuple[str, ...]]) -> float:
    """The share of the triples of words that are among the others."""
    return len(triples & others) / max(1, len(triples))


def _beginning(block: PageBlock) -> str:
    """The words by which a block is known when it is repeated; captions and labels may be cut off."""
    return block.words if block.is_prose and block.block.kind is BlockKind.PARAGRAPH else block.words[:REPEATED]


def _opens(block: PageBlock) -> bool:
    """Whether a block between headline and article belongs to it: byline, date, caption or standfirst."""
    if block.block.kind in (BlockKind.BYLINE, BlockKind.CAPTION) or is_byline(block.text) or is_date(block.text):
        return True
    return len(block.text) >= SHORTEST_STANDFIRST and block.linked < MERE_LINK


def _value(block: PageBlock, *, is_inside: bool) -> float:
    """What a block adds to the value of a run."""
    labels = INSIDE_LABELS if is_inside else 1.0
    size = len(block.text)
    if block.is_title or block.is_author:
        return 0.0
    if block.apart:
        return (LINK_VALUE if block.linked >= MERE_LINK else APART_VALUE) * labels
    if block.is_teaser and not is_inside:
        return LABEL_VALUE
    if block.is_prose and not block.tag:
        return min(size, MOST_VALUE) * (1.0 if is_inside else OUTSIDE_PROSE)
    if block.linked >= 0.5:
        return LINK_VALUE * labels
    if block.tag:
        return HEADING_VALUE * labels
    if ends_sentence(block.text) and len(block.words.split()) >= FEWEST_SENTENCE_WORDS:
        return min(size, MOST_VALUE) / 2 * (1.0 if is_inside else OUTSIDE_PROSE)
    if size >= 80 and is_inside:
        return size / 4
    return LABEL_VALUE * labels


def _holder(blocks: Sequence[PageBlock], elements: Sequence[Element]) -> Span:
    """The part of the text in the element that holds the most prose, counted by how near it stands to the element."""
    holders = [element for element in elements if element.tag not in _NO_CONTAINERS]
    scores: dict[int, float] = {}
    around: list[int] = []
    following = 0
    for block in blocks:
        place = block.block.span.start
        while following < len(holders) and holders[following].span.start <= place:
            while around and holders[around[-1]].span.end <= holders[following].span.start:
                around.pop()
            around.append(following)
            following += 1
        while around and holders[around[-1]].span.end <= place:
            around.pop()
        if block.apart or block.is_teaser or not block.is_prose:
            continue
        worth = min(len(block.text), MOST_VALUE) * (LISTED if block.block.kind is BlockKind.LIST_ITEM else 1.0)
        for number in reversed(around[-MOST_LEVELS:]):
            scores[number] = scores.get(number, 0.0) + worth
            worth *= DECAY
    if not scores:
        return Span(0, blocks[-1].block.span.end if blocks else 0)
    return holders[max(scores, key=lambda number: (scores[number], -number))].span
