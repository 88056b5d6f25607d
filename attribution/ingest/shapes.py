"""The shapes of newsroom text: which line is a headline, byline, dateline, caption or list item.

Reporters rarely mark these up, so they are recognised by their form. The forms are English-language wire conventions
(*By Jane Doe*, *LONDON (Reuters) —*, *Photo: …*, *-30-*).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from attribution.ingest.labels import leading_verbs
from attribution.parsing.segmentation import is_seen_in_lower_case
from attribution.records import Block, BlockKind, Span

HEADLINE_LENGTH = 140
"""The longest line, in characters, that may be a headline."""

CROSSHEAD_LENGTH = 60
"""The longest line, in characters, that may be a heading between paragraphs."""

LONGEST_DATELINE = 60
"""The longest dateline, in characters."""

LINE_LENGTH = 140
"""The longest line, in characters, that may be a byline, a date or a caption without a colon."""

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DAYS = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"

_LIST_MARK = re.compile(r"(?:[-*+•·▪◦‣]|\(?\d{1,2}[.)])\s+(?=\S)")
_CLOSING = r"[\"'”’»)\]]*"
_SENTENCE_END = re.compile(rf"[.!?…:;]{_CLOSING}$")
_QUESTION_END = re.compile(rf"\?{_CLOSING}$")
_HEADING_STOP = re.compile(rf"[.!…:;,]{_CLOSING}$")

_BYLINE = re.compile(
    r"(?:(?:(?:words|story|text|interview|written|compiled|edited|editing|analysis|report|(?:additional )?reporting)"
    r"\s+)?by\s*:?|(?:words|text|reporter)\s*:|(?:as )?told to)\s+"
    r"(?P<names>\S.*)",
    re.IGNORECASE,
)
# The names end where a role, a place or another credit begins.
_NAMES_END = re.compile(r"[,;|/–—(]|\s(?:in|at|for)\s", re.IGNORECASE)
_NAME_PARTICLES = frozenset("& al and bin da de del den der di dos du el ibn la le ten van von y".split())
_NOT_NAMES = re.compile(rf"(?:{_MONTHS}|{_DAYS}|the|this|that|then|now|all|any|far|law)\b", re.IGNORECASE)

_CAPTION = re.compile(
    r"[(\[]?(?:file\s+)?(?:photo(?:graph)?|picture|pic|image|graphic|illustration|caption|video|chart|map)s?"
    r"(?:\s+(?:credit|caption|courtesy))?\s*:\s",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:^[(\[]?(?:photo(?:graph)?|picture|image|illustration)s?\s+(?:by|courtesy of)\s|"
    r"\((?:[A-Z]+\s+)?(?:photo(?:graph)?|picture|image)\b[^()]*\)$)",
    re.IGNORECASE,
)

_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][\w.'’-]*(?:[ ,/]+[^\W\d_][\w.'’-]*){0,5})"
    rf"(?P<date>,?\s+(?:{_MONTHS}\.?\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTHS}\.?))?"
    r"(?P<agency>,?\s*\((?![RDI]-)[^()]{2,40}\))?"
    r"\s*(?:—|–|--?)\s+(?=[\"'“‘«\w])",
    re.IGNORECASE,
)
_PLACE = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*(?:[ /]+[^\W\d_a-zß-öø-ÿ][\w.'’-]*){0,3}"
_OPENING_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:, {_PLACE}){{0,2}})(?P<date>,?\s+(?i:{_MONTHS}\.?\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTHS}\.?))?"
    r"(?P<agency>,?\s*\((?![RDI]-)[^()]{2,40}\))?\s*(?::|\s[—–-]|—)\s+(?=[\"'“‘«]?[A-Z\d])"
)
_OPENING_MARKS = ('"', "'", "“", "‘", "«", "„")
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Mm]e)\b")
_DATE_WORD = re.compile(
    rf"(?:first|original(?:ly)?|published|posted|last|updated|modified|{_MONTHS}|{_DAYS}|\d{{1,4}}(?:st|nd|rd|th|am|pm|h|z|t\d\d)?|am|pm|a|p|m|"
    r"gmt|utc|bst|cet|cest|e[sd]?t|c[sd]t|m[sd]t|p[sd]?t|akst|hst|hkt|ist|msk|aest|aedt|at|on|and|of)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\W{0,3}\d{1,2}[:.]\d{2}(?::\d{2})?\W{0,3}")
_END_MARK = re.compile(r"\W*(?:30|ends?|more|mf)\W*", re.IGNORECASE)


_BEFORE_HEADLINE = (BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.CAPTION)


def list_mark(line: str) -> int:
    """Give the length of the mark (``- ``, ``• ``, ``2. ``) at the start of a line, 0 if there is none."""
    mark = _LIST_MARK.match(line)
    return mark.end() if mark else 0


def ends_sentence(line: str) -> bool:
    """Whether a line ends like a sentence, in a full stop, colon or similar, with or without a closing quote."""
    return _SENTENCE_END.search(line.rstrip()) is not None


def is_byline(line: str) -> bool:
    """Whether a line tells who wrote the article (*By Jane Doe in Leeds*, *(Reporting by Jane Doe; Editing by …)*)."""
    line = line.strip()
    if line.startswith("(") and line.endswith(")"):
        line = line[1:-1]
    match = _BYLINE.match(line)
    if match is None or len(line) > LINE_LENGTH or _NOT_NAMES.match(match["names"]):
        return False
    names = _NAMES_END.split(match["names"], maxsplit=1)[0].split()
    capitalised = [name for name in names if name[0].isupper()]
    if not capitalised or len(capitalised) + sum(name in _NAME_PARTICLES for name in names) < len(names):
        return False
    return not re.search(r"[^\W\d_]{3,}[.!?…]$", line) or line.lower().startswith(("reporting", "additional"))


def is_caption(line: str) -> bool:
    """Whether a line describes or credits a picture (*Photo: …*, *… (AP Photo/Jane Doe)*)."""
    line = line.strip()
    return _CAPTION.match(line) is not None or (len(line) <= 3 * LINE_LENGTH and _CREDIT.search(line) is not None)


def is_date(line: str) -> bool:
    """Whether a line is only a date or time (*Published 3 March 2024, 14:05 GMT*)."""
    line = line.strip()
    if len(line) > LINE_LENGTH or not any(map(str.isdigit, line)):
        return False
    if _CLOCK.fullmatch(line):
        return True
    words = re.findall(r"\w+", line)
    return any(map(str.isalpha, "".join(words))) and all(_DATE_WORD.fullmatch(word) for word in words)


def is_end_mark(line: str) -> bool:
    """Whether a line has no words of the article: ornaments, or the wire's *-30-*, *ENDS*, *(more)*."""
    return not any(map(str.isalnum, line)) or _END_MARK.fullmatch(line) is not None


def dateline_length(line: str, *, opens: bool = False) -> int:
    """Give the length of the dateline that opens a paragraph (*KYIV, March 3 (Reuters) —* with its dash), 0 for none.

    A place alone must be in capitals, so that *The mayor – who …* is not a dateline; it need not be if an agency in
    brackets or a date follows, or if the paragraph ``opens`` the article (*Tarsk, Velmark – Police …*). A colon may
    replace the dash.
    """
    return _dashed_dateline(line) or _opening_dateline(line, opens=opens)


def _opening_dateline(line: str, *, opens: bool) -> int:
    """The length of a dateline that ends in a colon, or whose place is not in capitals."""
    match = _OPENING_DATELINE.match(line)
    if match is None or line.isupper() or len(match[0]) > LONGEST_DATELINE:
        return 0
    place, is_colon = match["place"], match[0].rstrip().endswith(":")
    words = re.findall(r"[^\W\d_]{2,}", place)
    if all(is_seen_in_lower_case(word) for word in words) or re.match(_MONTHS + r"\b|" + _DAYS + r"\b", place, re.I):
        return 0
    if re.search(r"['’]s?$", place) or place.split()[0].lower() in leading_verbs():
        return 0
    dated = match["date"] is not None or match["agency"] is not None
    rest = line[match.end() :]
    if is_colon and not dated and not place.isupper() and rest.startswith(_OPENING_MARKS) and rest[-1] in "\"'”’“»":
        return 0  # Ida Bolt: “We had no heat.”
    in_capitals = is_colon and place.isupper() and len(place) > 2
    if not (dated or in_capitals or opens) or _FIRST_PERSON.search(line) or not ends_sentence(line):
        return 0
    return len(match[0].rstrip())


def _dashed_dateline(line: str) -> int:
    match = _DATELINE.match(line)
    if match is None:
        return 0
    place, rest = match["place"], line[match.end() :]
    if not place[0].isupper() or line.isupper():
        return 0
    if match["agency"] is None and match["date"] is None:
        city = place.split(",")[0]
        if not city.isupper() or len(city) < 3 or len(city.split()) > 3 or rest[0].islower():
            return 0
    return len(line[: match.end()].rstrip())


def shape_blocks(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Give the blocks, with paragraphs that have the form of headlines, bylines, datelines or captions reclassified.

    Only paragraphs change their kind. Blocks without words (ornaments, end marks) are dropped; a dateline that opens a
    paragraph becomes a block of its own.
    """
    shaped: list[Block] = []
    worded = [block for block in blocks if not is_end_mark(_written(text, block))]
    # Whether nothing of the article, or nothing of its body, has come so far.
    opens = opens_body = True
    for place, block in enumerate(worded):
        if shaped:
            opens = opens and shaped[-1].kind in _BEFORE_HEADLINE
            opens_body = opens_body and shaped[-1].kind in (BlockKind.HEADLINE, *_BEFORE_HEADLINE)
        if block.kind != BlockKind.PARAGRAPH:
            shaped.append(block)
            continue
        written = _written(text, block)
        following = [_written(text, later) for later in worded[place + 1 : place + 7]]
        kind = _kind(written, following, opens=opens)
        dateline = dateline_length(written, opens=opens_body) if kind == BlockKind.PARAGRAPH else 0
        if dateline:
            middle = block.span.start + dateline
            start = middle + len(text[middle : block.span.end]) - len(text[middle : block.span.end].lstrip())
            shaped.append(msgspec.structs.replace(block, kind=BlockKind.DATELINE, span=Span(block.span.start, middle)))
            shaped.append(msgspec.structs.replace(block, kind=kind, span=Span(start, block.span.end)))
        else:
            shaped.append(msgspec.structs.replace(block, kind=kind))
    return tuple(shaped)


def _written(text: str, block: Block) -> str:
    return text[block.span.start : block.span.end]


def _announces(written: str) -> bool:
    """Whether a line ends as if to introduce words: in a dash or a verb of saying (*Ida Bolt wrote*)."""
    return written[-1] in "–—-" or written.split()[-1].lower() in leading_verbs()


def _kind(written: str, following: Sequence[str], *, opens: bool) -> BlockKind:
    if is_caption(written):
        return BlockKind.CAPTION
    if is_byline(written):
        return BlockKind.BYLINE
    if is_date(written):
        return BlockKind.DATELINE
    if _announces(written) and following and following[0].startswith(_OPENING_MARKS):
        return BlockKind.PARAGRAPH
    heads = any(len(later) > len(written) and ends_sentence(later) for later in following)
    # Within an article a short question is more often somebody's words than a heading.
    may_head = looks_like_heading(written, HEADLINE_LENGTH if opens else CROSSHEAD_LENGTH)
    if heads and may_head and (opens or not _QUESTION_END.search(written)):
        return BlockKind.HEADLINE
    return BlockKind.PARAGRAPH


def looks_like_heading(line: str, length: int) -> bool:
    """Whether a line may be a heading: at most ``length`` characters, no final stop, a capital or digit first."""
    if len(line) > length or "\n" in line or _HEADING_STOP.search(line):
        return False
    first = line.lstrip("\"'“‘«")[:1]
    return first.isdigit() or (first.isalpha() and not first.islower())
