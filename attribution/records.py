r"""The vocabulary of attrib as frozen records.

All stages take and return these records. The module imports nothing of the project; methods of ``Analysis`` that show
it import what they need.

Offsets are half-open and count Unicode code points of ``Draft.text`` (the decoded input, with ``\n`` as line end).
Token indices count from 0 within the sentence; the head of a root is ``ROOT`` (-1).
Tuples of records are in text order, except the places to look at.

A field with a description (``Annotated[…, Meta(description="…")]``) is part of the JSON contract: it is written to
reports and read back, and the schema and docs/FORMATS.md quote its description. Other fields are internal.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta

ROOT = -1
"""The head index of a sentence's root token."""


Offset = Annotated[int, Meta(ge=0)]
Count = Annotated[int, Meta(ge=0)]
ExposureGrade = Annotated[int, Meta(ge=0, le=3)]
Support = Annotated[int, Meta(ge=0, le=4)]
Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Signed = Annotated[float, Meta(ge=-1.0, le=1.0)]


class Span(msgspec.Struct, frozen=True, order=True, array_like=True):
    """A half-open range of characters of the draft's text; ``[start, end]`` in JSON."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def __len__(self) -> int:
        return self.end - self.start


GAP = " … "
"""What separates the pieces of a record's text."""


def joined(text: str, spans: Iterable[Span]) -> str:
    """The characters of ``text`` in the spans, joined by ellipses."""
    return GAP.join(text[span.start : span.end] for span in spans)


class BlockKind(StrEnum):
    """The part of an article that a block of text is.

    In interviews and transcripts a ``speaker`` is the label of a turn (*Quill:*) or a signature, a ``question`` is what
    the interviewer says, and a ``turn`` what anybody else says.
    """

    HEADLINE = "headline"
    BYLINE = "byline"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    BLOCK_QUOTE = "block-quote"
    CAPTION = "caption"
    SPEAKER = "speaker"
    QUESTION = "question"
    TURN = "turn"
    LIST_ITEM = "list-item"


class BlockRole(StrEnum):
    """What a block is that is no part of the running text, besides its kind.

    The cells of a table and the text of a foot- or endnote (``note``) are told by the paper like its running text. A
    ``post`` is a social-media post that the page shows; it is its author's. A ``pull-quote`` repeats words of the
    article in larger type: it makes no claim of its own and is no second quotation.
    """

    TABLE_HEADER = "table-header"
    TABLE_CELL = "table-cell"
    NOTE = "note"
    POST = "post"
    PULL_QUOTE = "pull-quote"


class Block(msgspec.Struct, frozen=True):
    """A stretch of the draft whose borders no sentence crosses.

    ``speaker`` is the place where the layout names the speaker of the whole block: the label of a turn in an interview,
    the signature of a block quotation, the account of an embedded post. A turn without one answers an interviewer whose
    questions are marked only by their typeface. ``section`` numbers the parts of a draft that are separate contexts
    (entries of a live blog); it is 0 in a draft without them. ``role`` is None in running text.
    """

    kind: BlockKind
    span: Span
    speaker: Span | None = None
    section: int = 0
    role: BlockRole | None = None

    @property
    def interrupts(self) -> bool:
        """Whether it stands between paragraphs that go on behind it: a caption, a cell of a table, a note."""
        interrupting = (BlockRole.TABLE_HEADER, BlockRole.TABLE_CELL, BlockRole.NOTE)
        return self.kind is BlockKind.CAPTION or self.role in interrupting

    @property
    def is_repetition(self) -> bool:
        """Whether it repeats words of the article, so that what it says must not count twice."""
        return self.role is BlockRole.PULL_QUOTE


class LeftOut(msgspec.Struct, frozen=True):
    """A block of a page that is not part of the article: its code point offset in the file, how it begins, and why."""

    file: int
    words: str
    reason: str


class Link(msgspec.Struct, frozen=True):
    """A hyperlink of the draft: the linked words and the address."""

    span: Span
    target: str


class TimeMark(msgspec.Struct, frozen=True):
    """From which character of the draft on (at ``text``) a time of the recording holds, in seconds from its start."""

    text: int
    seconds: float


class Anchor(msgspec.Struct, frozen=True):
    """A point from which the characters of the draft (at ``text``) and the file (at code point ``file``) run in step.

    An anchor is valid until the next. Characters inserted by the reader (a space for ``<br>``) have an anchor of their
    own at the markup that they replace.
    """

    text: int
    file: int


class Problem(msgspec.Struct, frozen=True):
    """A fault of the input that readers of the report should know."""

    code: Annotated[str, Meta(description="X and three digits: X001, a quotation mark left open.")]
    message: Annotated[str, Meta(description="What is wrong, in words.")]
    start: Annotated[Offset, Meta(description="Offset of the first character concerned.")]
    end: Annotated[Offset, Meta(description="Offset after the last character concerned.")]


OFFICE_FORMATS = frozenset(("docx", "odt"))
"""The formats of word processors: a draft's places count paragraphs instead of lines."""


WRITTEN_FORMATS = frozenset(("text", "markdown", "html"))
"""The formats that people write in an editor: what lint finds in them can be mended where it stands."""


class Draft(msgspec.Struct, frozen=True):
    """An input document after reading.

    ``path`` is the name shown to people. ``format`` is ``text``, ``markdown``, ``html``, ``docx``, ``odt``,
    ``eml``, ``srt`` or ``vtt``.
    ``sha256`` is of the file's bytes (of the UTF-8 text if there was no file). ``line_starts`` are code point
    offsets of the decoded file's lines, which convert ``anchors`` to line and column. ``notices`` say what reading
    had to guess (an encoding), ``left_out`` which blocks of a page were taken for something around the article.
    ``times`` are those of a recording whose subtitles the draft is.
    """

    text: str
    blocks: tuple[Block, ...]
    path: str = "<text>"
    format: str = "text"
    sha256: str = ""
    anchors: tuple[Anchor, ...] = (Anchor(0, 0),)
    line_starts: tuple[int, ...] = (0,)
    links: tuple[Link, ...] = ()
    notices: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    times: tuple[TimeMark, ...] = ()

    def time_at(self, offset: int) -> float | None:
        """The seconds from the start of the recording at which the words at an offset are said; None without times."""
        number = bisect_right(self.times, offset, key=lambda time: time.text)
        return self.times[max(0, number - 1)].seconds if self.times else None


class Token(msgspec.Struct, frozen=True):
    """A syntactic word with its position in the text and in the tree (Universal Dependencies)."""

    index: int
    text: str
    start: int
    end: int
    lemma: str
    upos: str
    xpos: str
    head: int
    relation: str

    @property
    def span(self) -> Span:
        """The word's characters in the draft."""
        return Span(self.start, self.end)


class Sentence(msgspec.Struct, frozen=True):
    """A parsed sentence. ``block`` is an index into ``Draft.blocks``; ``text`` is the draft's text in the span."""

    id: str
    start: int
    end: int
    text: str
    block: int
    tokens: tuple[Token, ...]

    @property
    def span(self) -> Span:
        """The sentence's characters in the draft."""
        return Span(self.start, self.end)


class Quotation(msgspec.Struct, frozen=True):
    """A stretch between quotation marks, including the marks; it has a part for each paragraph.

    A block quotation without a known speaker also counts as a quotation.
    """

    id: Annotated[str, Meta(description="q and the quotation's number.")]
    start: Annotated[Offset, Meta(description="Offset of the first opening mark.")]
    end: Annotated[Offset, Meta(description="Offset after the last closing mark.")]
    closed: Annotated[bool, Meta(description="Whether a closing mark was found; otherwise it ends with its paragraph.")]
    parent: Annotated[str | None, Meta(description="The quotation that contains this one.")]
    parts: Annotated[tuple[Span, ...], Meta(description="A stretch for each paragraph.")]
    speech: Annotated[bool, Meta(description="Whether it is somebody's words, not a title, term or scare quote.")] = (
        False
    )
    attribution: Annotated[
        str | None, Meta(description="The attribution whose content it is; null when none is known.")
    ] = None

    @property
    def span(self) -> Span:
        """From the first opening mark to the last closing mark."""
        return Span(self.start, self.end)


class Manner(StrEnum):
    """How much of the content is the source's own words."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Attitude(StrEnum):
    """The source's attitude to the content (PARC: Pareti 2012, extended by hearsay)."""

    ASSERTION = "assertion"
    BELIEF = "belief"
    INTENTION = "intention"
    PERCEPTION = "perception"
    HEARSAY = "hearsay"


class Tone(StrEnum):
    """What the cue implies, on the writer's behalf, about the truth of the content."""

    NEUTRAL = "neutral"
    DOUBTING = "doubting"
    FACTIVE = "factive"
    LOADED = "loaded"


class SourceKind(StrEnum):
    """The kind of source that a reader is given."""

    NAMED_PERSON = "named-person"
    NAMED_ORGANISATION = "named-organisation"
    OUTLET = "outlet"
    DOCUMENT = "document"
    UNNAMED_OFFICIAL = "unnamed-official"
    ANONYMOUS = "anonymous"
    VAGUE_COLLECTIVE = "vague-collective"
    AGENTLESS = "agentless"
    OWN_OUTLET = "own-outlet"
    PRONOUN_UNRESOLVED = "pronoun-unresolved"
    NONE = "none"

    @property
    def is_nobody(self) -> bool:
        """Whether the reader is given nobody at all."""
        return self in (SourceKind.AGENTLESS, SourceKind.NONE)

    @property
    def is_nobody_else(self) -> bool:
        """Whether the reader is given nobody but the paper itself."""
        return self.is_nobody or self is SourceKind.OWN_OUTLET

    @property
    def passes_on(self) -> bool:
        """Whether the source may pass on what an unnamed source said, as outlets and documents do."""
        return self.is_nobody_else or self in (SourceKind.OUTLET, SourceKind.DOCUMENT)

    @property
    def is_unnamed_person(self) -> bool:
        """Whether the source is unnamed people."""
        return self in (SourceKind.ANONYMOUS, SourceKind.UNNAMED_OFFICIAL)

    @property
    def is_unnamed(self) -> bool:
        """Whether the source is unnamed people or a crowd, whom a reader cannot ask."""
        return self.is_unnamed_person or self is SourceKind.VAGUE_COLLECTIVE


class Frame(StrEnum):
    """The pattern by which an attribution was found.

    Most are named after the relation of the content to the cue verb; in ``inverted`` and ``parataxis`` the content is
    the main clause, in ``quotation`` it is only quoted words, and ``bare`` has none. From ``noun`` on cues are not
    verbs; from ``colon-before-speech`` on punctuation, the order of sentences or the layout attributes the words. The
    sentence of an ``introduction`` only mentions the speaker (*Holt was blunt. “We had no heat.”*).
    """

    CCOMP = "ccomp"
    XCOMP = "xcomp"
    ADVCL = "advcl"
    ACL = "acl"
    OBJ = "obj"
    OBL = "obl"
    INVERTED = "inverted"
    PARATAXIS = "parataxis"
    QUOTATION = "quotation"
    BARE = "bare"
    PASSIVE = "passive"
    PASSIVE_AGENT = "passive-agent"
    OTHER = "other"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    PHRASE = "phrase"
    COLON = "colon"
    COLON_BEFORE_SPEECH = "colon-before-speech"
    FRAME_LINE = "frame-line"
    BESIDE_QUOTATION = "beside-quotation"
    SIGNATURE = "signature"
    INTRODUCTION = "introduction"
    HEADLINE = "headline"
    TURN = "turn"
    POST = "post"
    BLOCK_QUOTE = "block-quote"
    ANNOTATED = "annotated"

    @classmethod
    def _missing_(cls, value: object) -> Frame:
        """Reads a pattern of another version of the program as ``other``."""
        return cls.OTHER

    @property
    def governs_sentence(self) -> bool:
        """Whether a verb governs a sentence of the source, quoted or reported."""
        return self in (Frame.CCOMP, Frame.INVERTED, Frame.PARATAXIS, Frame.QUOTATION)

    @property
    def tells(self) -> bool:
        """Whether the source states a proposition, rather than praises, urges or attacks."""
        return self.governs_sentence or self in (Frame.PHRASE, Frame.COLON) or self.gives_speech

    @property
    def gives_speech(self) -> bool:
        """Whether punctuation, the order of sentences or the layout attributes the words."""
        return self in (
            Frame.COLON_BEFORE_SPEECH,
            Frame.FRAME_LINE,
            Frame.BESIDE_QUOTATION,
            Frame.SIGNATURE,
            Frame.INTRODUCTION,
            Frame.HEADLINE,
            Frame.TURN,
            Frame.POST,
            Frame.BLOCK_QUOTE,
        )


class Evidence(StrEnum):
    """What an attribution tells the reader.

    A ``report`` is words or a document with a proposition; a ``belief`` is a thought with a clause as content; a
    ``stance`` is an attitude to something (*backs the plan*); ``supposed`` words are expected, imagined, or said not to
    have been said (*if the mayor says*, *no official has said*). Only reports and beliefs decide whose voice a claim is
    in. What somebody merely did (*filed a suit*, *was awarded a medal*) is an act, not an attribution.
    """

    REPORT = "report"
    BELIEF = "belief"
    STANCE = "stance"
    SUPPOSED = "supposed"


VOUCHING = frozenset({Evidence.REPORT, Evidence.BELIEF})
"""The evidence that decides the voice, scores, chain and ledger entry of a claim."""


class Cue(msgspec.Struct, frozen=True):
    """The words that signal an attribution."""

    spans: Annotated[tuple[Span, ...], Meta(description="Where the words are.")]
    text: Annotated[str, Meta(description="The words.")]
    lemma: Annotated[str, Meta(description="The dictionary form of the cue's head.")]


class SourceMention(msgspec.Struct, frozen=True):
    """Who speaks, in the draft's words."""

    spans: Annotated[tuple[Span, ...], Meta(description="Where the words are; empty if nobody is named.")]
    text: Annotated[str, Meta(description="The words; empty if nobody is named.")]
    kind: Annotated[SourceKind, Meta(description="The kind of source that readers are given, or why there is none.")]
    entity: Annotated[str | None, Meta(description="The ledger entry that the words refer to.")] = None
    reason: Annotated[str | None, Meta(description="Why there is no source or no ledger entry.")] = None
    venue: Annotated[tuple[Span, ...], Meta(description="The words that say where it was said (on Telegram).")] = ()
    also: Annotated[tuple[str, ...], Meta(description="Ledger entries of the further parts of a compound source.")] = ()


class Content(msgspec.Struct, frozen=True):
    """What is attributed."""

    spans: Annotated[tuple[Span, ...], Meta(description="Where the words are: one stretch or several.")]
    text: Annotated[str, Meta(description="The words, with stretches joined by an ellipsis.")]


class Feature(msgspec.Struct, frozen=True):
    """A named reason of the cue decision and its weight (log-odds)."""

    name: str
    weight: float


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """A cue with its source and content.

    ``features`` are the reasons of the cue decision.
    """

    id: Annotated[str, Meta(description="a and the attribution's number.")]
    sentence: Annotated[str, Meta(description="The sentence that contains the cue.")]
    cue: Annotated[Cue, Meta(description="The words that signal the attribution.")]
    source: Annotated[SourceMention, Meta(description="Who speaks.")]
    content: Annotated[Content, Meta(description="What is attributed.")]
    manner: Annotated[Manner, Meta(description="How much of the content is in the source's own words.")]
    attitude: Annotated[Attitude, Meta(description="The source's attitude to the content.")]
    tone: Annotated[
        Tone, Meta(description="What the cue implies, on the writer's behalf, about the truth of the content.")
    ]
    negated: Annotated[bool, Meta(description="Whether the cue is negated (did not say).")]
    withheld: Annotated[bool, Meta(description="Whether the source declined to give the content.")] = False
    parent: Annotated[str | None, Meta(description="The attribution whose content contains this one.")]
    frame: Annotated[
        Frame,
        Meta(
            description="The pattern by which it was found.",
            # The contract does not list the patterns, because later versions may have others.
            extra_json_schema={"type": "string"},
        ),
    ]
    evidence: Annotated[
        Evidence, Meta(description="What it tells the reader; only reports and beliefs decide a claim's voice.")
    ] = Evidence.REPORT
    probability: Annotated[Share, Meta(description="How sure attrib is that this is an attribution.")] = 1.0
    features: tuple[Feature, ...] = ()


class HedgeCategory(StrEnum):
    """The kind of word that lowers the commitment."""

    HEARSAY = "hearsay"
    MODAL = "modal"
    EPISTEMIC = "epistemic"
    BELIEF = "belief"
    AGENTLESS_PASSIVE = "agentless-passive"
    APPROXIMATOR = "approximator"
    CONDITIONAL = "conditional"


class Hedge(msgspec.Struct, frozen=True):
    """A marker that lowers commitment, and the words it bears on."""

    id: Annotated[str, Meta(description="h and the hedge's number.")]
    sentence: Annotated[str, Meta(description="The sentence that contains it.")]
    spans: Annotated[tuple[Span, ...], Meta(description="Where its words are.")]
    text: Annotated[str, Meta(description="Its words.")]
    category: Annotated[HedgeCategory, Meta(description="The kind of word.")]
    strength: Annotated[Share, Meta(description="How much it lowers commitment: 0 not at all, 1 completely.")]
    scope: Annotated[tuple[Span, ...], Meta(description="The words that it bears on.")]


class Booster(msgspec.Struct, frozen=True):
    """A marker that raises commitment, and the words it bears on."""

    id: Annotated[str, Meta(description="b and the booster's number.")]
    sentence: Annotated[str, Meta(description="The sentence that contains it.")]
    spans: Annotated[tuple[Span, ...], Meta(description="Where its words are.")]
    text: Annotated[str, Meta(description="Its words.")]
    strength: Annotated[Share, Meta(description="How much it raises commitment: 0 not at all, 1 completely.")]
    scope: Annotated[tuple[Span, ...], Meta(description="The words that it bears on.")]


class SourceEntity(msgspec.Struct, frozen=True):
    """A ledger entry: a source with its mentions and the claims it carries."""

    id: Annotated[str, Meta(description="e and the entry's number.")]
    name: Annotated[str, Meta(description="The fullest name or description that the text gives.")]
    kind: Annotated[SourceKind, Meta(description="What kind of source it is.")]
    named: Annotated[bool, Meta(description="Whether the text gives a name, not only a description.")]
    mentions: Annotated[tuple[Span, ...], Meta(description="Every mention of the source, including pronouns.")]
    claims: Annotated[tuple[str, ...], Meta(description="Identifiers of the claims that the source carries.")] = ()


class Voice(StrEnum):
    """Whose claim it is; ``unclear`` is a quotation without an identified speaker."""

    SOURCE = "source"
    HEARSAY = "hearsay"
    OWN = "own"
    UNCLEAR = "unclear"


class ScoreName(StrEnum):
    """The two scores."""

    SOURCING = "sourcing"
    CERTAINTY = "certainty"


class Factor(msgspec.Struct, frozen=True):
    """A named reason of a score."""

    score: Annotated[ScoreName, Meta(description="The score it belongs to.")]
    name: Annotated[str, Meta(description="Its name; attrib's documentation of the scores lists them all.")]
    effect: Annotated[float, Meta(description="Its effect; a score is the sum of its factors' effects.")]
    because: Annotated[str | None, Meta(description="Identifier of the record behind it.")] = None


class Carrier(StrEnum):
    """Who answers for a claim.

    ``paper``: the paper itself. ``named``: somebody or something with a name, whom a reader could ask or look up.
    ``described``: somebody without one (*an official*, *they*). ``nobody``: it is passed on and no one in particular is
    given (*reportedly*, *experts*, *has been accused*). ``unclear``: a quotation whose speaker is not found.
    """

    PAPER = "paper"
    NAMED = "named"
    DESCRIBED = "described"
    NOBODY = "nobody"
    UNCLEAR = "unclear"


MOST_SUPPORT: Support = 4
"""The support of a claim in the words of somebody with a name, or of a document that can be found."""


class ExposureMark(msgspec.Struct, frozen=True):
    """One reason why a claim would hurt to be wrong: its name, its grade (1 to 3) and the words that show it."""

    name: Annotated[str, Meta(description="What is exposed: crime, fault, figure …; docs/SCORING.md lists them.")]
    grade: Annotated[ExposureGrade, Meta(description="How much it would hurt to be wrong, from 1 to 3.")]
    spans: Annotated[tuple[Span, ...], Meta(description="Where the words that show it stand.")]
    text: Annotated[str, Meta(description="Those words, stretches joined by an ellipsis.")]


class Exposure(msgspec.Struct, frozen=True):
    """How much a claim would hurt to be wrong without a source: 0 not at all, 3 most. The marks tell why."""

    grade: Annotated[
        ExposureGrade,
        Meta(description="That of the gravest mark; marks of grade 1 come to 2 at most together; 0 for none."),
    ] = 0
    marks: Annotated[tuple[ExposureMark, ...], Meta(description="The reasons, the gravest first.")] = ()


class Polarity(StrEnum):
    """Whether the text tells that something is so, or that it is not."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Grade(StrEnum):
    """How firmly the text commits itself to a predicate, by the size of its commitment."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    OPEN = "open"


class Mode(StrEnum):
    """In what way the text speaks of a predicate.

    What ``happened`` is told as a fact or a state; ``will`` is foretold; ``wanted`` is wished, planned, tried, needed
    or asked for; ``able`` could be done; ``supposed`` holds under a condition; ``asked`` stands in a question; and
    ``general`` is a habit or a rule.
    """

    HAPPENED = "happened"
    WILL = "will"
    WANTED = "wanted"
    ABLE = "able"
    SUPPOSED = "supposed"
    ASKED = "asked"
    GENERAL = "general"


class Predicate(msgspec.Struct, frozen=True):
    """A word of a claim that tells what happened or how something is, and how firmly the text commits itself to it.

    ``spans`` hold its head with auxiliaries, particle and *not*. ``commitment`` goes from −1 (the text tells for
    certain that it is not so) over 0 (left open) to 1 (told for certain). ``constructions`` name the grammar that
    decides it, the outermost last.
    """

    spans: Annotated[tuple[Span, ...], Meta(description="Where its words stand: head, auxiliaries, particle and not.")]
    text: Annotated[str, Meta(description="Its words, stretches joined by an ellipsis.")]
    polarity: Annotated[Polarity, Meta(description="Whether the text tells that it is so, or that it is not.")]
    grade: Annotated[Grade, Meta(description="How firmly the text commits itself, in a word.")]
    mode: Annotated[Mode, Meta(description="Whether it is told as what happened, will happen, is wanted, and so on.")]
    commitment: Annotated[
        Signed,
        Meta(description="From -1, told for certain that it is not so, over 0, left open, to 1, told for certain."),
    ]
    constructions: Annotated[tuple[str, ...], Meta(description="The constructions of grammar that decide it.")]


class Claim(msgspec.Struct, frozen=True):
    """A checkable clause: whose claim it is, its scores and their factors.

    ``carrier`` tells who answers for the claim, ``support`` how near and how findable they are (0 nobody, 4 named and
    in their own words or a document that can be found; None where the paper itself answers), ``exposure`` how much it
    would hurt to be wrong. ``commitment`` is that of the head predicate; None where it is not known, as for claims that
    another program marked.
    """

    id: Annotated[str, Meta(description="c and the claim's number.")]
    sentence: Annotated[str, Meta(description="The sentence that contains it.")]
    spans: Annotated[tuple[Span, ...], Meta(description="Where its words are.")]
    text: Annotated[str, Meta(description="Its words, with stretches joined by an ellipsis.")]
    voice: Annotated[Voice, Meta(description="Whose claim it is.")]
    sourcing: Annotated[Share, Meta(description="How well readers are told where it comes from.")]
    certainty: Annotated[Share, Meta(description="How committed the text is to it.")]
    attributions: Annotated[tuple[str, ...], Meta(description="The attributions that it is under, outermost first.")]
    hedges: Annotated[tuple[str, ...], Meta(description="The hedges that bear on it.")]
    boosters: Annotated[tuple[str, ...], Meta(description="The boosters that bear on it.")]
    factors: Annotated[tuple[Factor, ...], Meta(description="The reasons of both scores.")]
    carrier: Annotated[Carrier, Meta(description="Who answers for it.")] = Carrier.PAPER
    support: Annotated[
        Support | None,
        Meta(
            description="How near and how findable they are, from 0 (nobody) to 4 (named and in their own words, or a "
            "document that can be found); null where the paper itself answers."
        ),
    ] = None
    exposure: Annotated[Exposure, Meta(description="How much it would hurt to be wrong without a source.")] = Exposure()
    commitment: Annotated[
        Signed | None, Meta(description="Commitment of the text to its head predicate; null where it is not known.")
    ] = None
    predicates: Annotated[
        tuple[Predicate, ...], Meta(description="Its predicates, with the commitment of the text to each.")
    ] = ()


class PlaceKind(StrEnum):
    """What an editor is asked to do at a place: give a source, give a better one, or say who speaks."""

    NEEDS_SOURCE = "needs-source"
    WEAK_SOURCE = "weak-source"
    SPEAKER_UNCLEAR = "speaker-unclear"


class Place(msgspec.Struct, frozen=True):
    """A place of the draft that an editor should look at.

    ``claim`` identifies the claim it is about, ``grade`` is that claim's exposure. ``reason`` says in plain words what
    is the matter and ``remedy`` how to mend it; ``spans`` are the words to look at.
    """

    kind: Annotated[PlaceKind, Meta(description="What an editor is asked to do there.")]
    claim: Annotated[str, Meta(description="The claim that it is about.")]
    sentence: Annotated[str, Meta(description="The sentence that it stands in.")]
    grade: Annotated[ExposureGrade, Meta(description="The exposure of the claim.")]
    reason: Annotated[str, Meta(description="What is the matter, in plain words.")]
    remedy: Annotated[str, Meta(description="How to mend it.")]
    spans: Annotated[tuple[Span, ...], Meta(description="The words to look at.")]


def _occurrences(kinds: type[StrEnum], values: Iterable[StrEnum]) -> dict[str, int]:
    """How often each kind occurs, by the name that the kind has as a field."""
    counts = Counter(values)
    return {kind.value.replace("-", "_"): counts[kind] for kind in kinds}


class CarrierCounts(msgspec.Struct, frozen=True):
    """For how many claims each carrier answers."""

    paper: Annotated[Count, Meta(description="Claims the paper itself answers for.")] = 0
    named: Annotated[Count, Meta(description="Claims carried by somebody or something with a name.")] = 0
    described: Annotated[Count, Meta(description="Claims carried by somebody without a name.")] = 0
    nobody: Annotated[Count, Meta(description="Claims passed on with nobody given.")] = 0
    unclear: Annotated[Count, Meta(description="Quoted claims whose speaker is not found.")] = 0

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> CarrierCounts:
        """The counts of the claims."""
        return cls(**_occurrences(Carrier, (claim.carrier for claim in claims)))

    def shares(self) -> dict[Carrier, float]:
        """The share of the claims that each carrier answers for; all are 0 where there are no claims."""
        counts = {carrier: int(getattr(self, carrier.value)) for carrier in Carrier}
        total = max(1, sum(counts.values()))
        return {carrier: count / total for carrier, count in counts.items()}


class PlaceCounts(msgspec.Struct, frozen=True):
    """How many places of each kind an editor should look at."""

    needs_source: Annotated[Count, Meta(description="Places that need a source.")] = 0
    weak_source: Annotated[Count, Meta(description="Places whose source is weak.")] = 0
    speaker_unclear: Annotated[Count, Meta(description="Quotations without a speaker.")] = 0

    @classmethod
    def of(cls, places: Iterable[Place]) -> PlaceCounts:
        """The counts of the places."""
        return cls(**_occurrences(PlaceKind, (place.kind for place in places)))


class VoiceCounts(msgspec.Struct, frozen=True):
    """Claims in each voice."""

    source: Annotated[Count, Meta(description="Claims that are attributed to a source.")] = 0
    hearsay: Annotated[Count, Meta(description="Claims that are passed on without a named source.")] = 0
    own: Annotated[Count, Meta(description="Claims in the paper's own voice.")] = 0
    unclear: Annotated[Count, Meta(description="Claims in quotation marks whose speaker is unclear.")] = 0

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> VoiceCounts:
        """The counts of the claims."""
        return cls(**_occurrences(Voice, (claim.voice for claim in claims)))


class Summary(msgspec.Struct, frozen=True):
    """The article in numbers; the two scores are means over its claims, null if it makes none."""

    sentences: Annotated[Count, Meta(description="How many sentences the article has.")] = 0
    claims: Annotated[Count, Meta(description="How many claims it makes.")] = 0
    voice: Annotated[VoiceCounts, Meta(description="How many claims are in each voice.")] = VoiceCounts()
    sourcing: Annotated[
        Share | None, Meta(description="Mean sourcing score: how well readers are told who says so.")
    ] = None
    certainty: Annotated[Share | None, Meta(description="Mean certainty score: how committed the text is.")] = None
    distinct_sources: Annotated[Count, Meta(description="Sources that carry a claim.")] = 0
    named_sources: Annotated[Count, Meta(description="Named sources that carry a claim.")] = 0
    carriers: Annotated[CarrierCounts, Meta(description="Who answers for how many claims.")] = CarrierCounts()
    places: Annotated[PlaceCounts, Meta(description="How many places there are to look at.")] = PlaceCounts()


class Analysis(msgspec.Struct, frozen=True):
    """The findings in a draft. ``model`` names the parser that read it.

    ``places`` are those an editor should look at, in the order to look at them: what needs a source, the most exposed
    first, then what has a weak one, then quotations whose speaker is unclear. ``unclaimed`` are the predicates that
    stand in no claim: reporting verbs, questions, requests and fragments.
    """

    draft: Draft
    model: str
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    sources: tuple[SourceEntity, ...]
    attributions: tuple[Attribution, ...]
    hedges: tuple[Hedge, ...]
    boosters: tuple[Booster, ...]
    claims: tuple[Claim, ...]
    summary: Summary
    problems: tuple[Problem, ...]
    places: tuple[Place, ...] = ()
    unclaimed: tuple[Predicate, ...] = ()

    def __repr__(self) -> str:
        """One line: the draft's name and who answers for how many claims."""
        from attribution.reporting.words import counts_words

        return f"<Analysis of {self.draft.path!r}: {counts_words(self.summary).removesuffix('.')}>"

    def _repr_html_(self) -> str:
        """The marked text, which a notebook shows below a cell that ends with an analysis."""
        from attribution.reporting.html import notebook_html

        return notebook_html(self)

    def to_rows(self) -> list[dict[str, Any]]:
        """The claims as flat dictionaries for a table: ``pandas.DataFrame(analysis.to_rows())``.

        ``start`` and ``end`` enclose the claim in code points of the draft's text. ``sources`` are the names of the
        claim's sources (the words of the mention if there is no ledger entry), outermost first, without unmentioned
        ones; ``kinds``, ``cues``, ``attitudes`` and ``evidence`` have a value for each attribution that the claim is
        under. ``named`` says whether any of the sources has a name.
        """
        from attribution.index import AnalysisIndex

        index = AnalysisIndex(self)
        rows = []
        for claim in self.claims:
            spans = claim.spans or (index.sentences[claim.sentence].span,)
            chain = index.provenance(claim)
            behind = [index.entities_of(attribution) for attribution in chain]
            names = [
                name
                for attribution, entities in zip(chain, behind, strict=True)
                for name in [entity.name for entity in entities] or [attribution.source.text]
            ]
            rows.append(
                {
                    "document": self.draft.path,
                    "claim": claim.id,
                    "sentence": claim.sentence,
                    "start": spans[0].start,
                    "end": spans[-1].end,
                    "text": claim.text,
                    "voice": claim.voice.value,
                    "sourcing": claim.sourcing,
                    "certainty": claim.certainty,
                    "sources": list(dict.fromkeys(filter(None, names))),
                    "kinds": [attribution.source.kind.value for attribution in chain],
                    "named": any(entity.named for entities in behind for entity in entities),
                    "cues": [attribution.cue.text for attribution in chain],
                    "attitudes": [attribution.attitude.value for attribution in chain],
                    "evidence": [attribution.evidence.value for attribution in chain],
                    "hedges": [hedge.text for hedge in index.hedges_on(claim)],
                    "boosters": [booster.text for booster in index.boosters_on(claim)],
                }
            )
        return rows


class AttribError(Exception):
    """An error that the user can fix: a line that says what, where and what to do. The command exits with 2."""
