r"""The vocabulary of attrib as frozen records.

Every stage takes and gives these records and nothing else. The module imports nothing of the project.

Offsets are half-open and count Unicode code points of ``Draft.text`` (the decoded input, with line ends made ``\n``).
Token indices count from 0 inside their sentence; a root's head is ``ROOT`` (-1).
Every tuple of records is in text order, but for the places to look at.

A field with a description (``Annotated[…, Meta(description="…")]``) is part of the JSON contract: reports give it,
readers of reports take it, and the schema and docs/FORMATS.md describe it in these words. A field without one stays
inside the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta

ROOT = -1
"""Head index of a sentence's root token."""


Offset = Annotated[int, Meta(ge=0)]
Count = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(ge=0.0, le=1.0)]


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
"""Stands for what lies between the pieces of a record's text."""


def joined(text: str, spans: Iterable[Span]) -> str:
    """The characters of ``text`` in the spans, with an ellipsis between one piece and the next."""
    return GAP.join(text[span.start : span.end] for span in spans)


class BlockKind(StrEnum):
    """What part of an article a block of text is.

    In interviews and transcripts a ``speaker`` is the label of a turn (*Quill:*) or a signature, a ``question`` are the
    words of whoever asks, and a ``turn`` those of anybody else.
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


class Block(msgspec.Struct, frozen=True):
    """A stretch of the draft that no sentence crosses.

    ``speaker`` is where the layout names who speaks all of the block's words: the label of a turn in an interview, the
    signature of a block quotation, the account of an embedded post; a turn without one answers an interviewer whose
    questions stand out by their type alone. ``section`` numbers the parts of a draft that are
    contexts of their own (entries of a live blog); 0 in a draft without any.
    """

    kind: BlockKind
    span: Span
    speaker: Span | None = None
    section: int = 0


class Link(msgspec.Struct, frozen=True):
    """A hyperlink of the draft: the linked words and where they lead."""

    span: Span
    target: str


class Anchor(msgspec.Struct, frozen=True):
    """From draft offset ``text`` on, characters stand one to one in the file from code point ``file`` on.

    An anchor holds until the next one. Characters that the reader added itself (a space for ``<br>``) get an anchor of
    their own that points at the markup they stand for.
    """

    text: int
    file: int


class Problem(msgspec.Struct, frozen=True):
    """Something about the input that readers of the report should know."""

    code: Annotated[str, Meta(description="X and three figures: X001, a quotation mark left open.")]
    message: Annotated[str, Meta(description="What is wrong, in words.")]
    start: Annotated[Offset, Meta(description="Offset of the first character concerned.")]
    end: Annotated[Offset, Meta(description="Offset after the last character concerned.")]


class Draft(msgspec.Struct, frozen=True):
    """One input document after reading.

    ``path`` is the name shown to people. ``format`` is ``text``, ``markdown`` or ``html``. ``sha256`` is of the file's
    bytes (of the UTF-8 text when there was no file). ``line_starts`` are code point offsets of the decoded file's
    lines, for ``anchors`` to be turned into line and column. ``notices`` tell what reading had to guess (an encoding).
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


class Token(msgspec.Struct, frozen=True):
    """A syntactic word with its place in the text and in the tree (Universal Dependencies)."""

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
        """Where the word stands in the draft."""
        return Span(self.start, self.end)


class Sentence(msgspec.Struct, frozen=True):
    """A parsed sentence. ``block`` indexes ``Draft.blocks``; ``text`` is the draft's text between start and end."""

    id: str
    start: int
    end: int
    text: str
    block: int
    tokens: tuple[Token, ...]

    @property
    def span(self) -> Span:
        """Where the sentence stands in the draft."""
        return Span(self.start, self.end)


class Quotation(msgspec.Struct, frozen=True):
    """A stretch between quotation marks, marks included; one part a paragraph when it runs over several.

    A block quotation that nobody is known to have said is one, too.
    """

    id: Annotated[str, Meta(description="q and the quotation's number.")]
    start: Annotated[Offset, Meta(description="Offset of the first opening mark.")]
    end: Annotated[Offset, Meta(description="Offset after the last closing mark.")]
    closed: Annotated[bool, Meta(description="Whether a closing mark was found; else it ends with its paragraph.")]
    parent: Annotated[str | None, Meta(description="The quotation that this one stands in.")]
    parts: Annotated[tuple[Span, ...], Meta(description="One stretch for each paragraph.")]
    speech: Annotated[bool, Meta(description="Whether it is somebody's words and no title, term or scare quote.")] = (
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
    """What the source is said to do with the content (PARC: Pareti 2012, widened by hearsay)."""

    ASSERTION = "assertion"
    BELIEF = "belief"
    INTENTION = "intention"
    PERCEPTION = "perception"
    HEARSAY = "hearsay"


class Tone(StrEnum):
    """What the cue says of the content's truth on the writer's behalf."""

    NEUTRAL = "neutral"
    DOUBTING = "doubting"
    FACTIVE = "factive"
    LOADED = "loaded"


class SourceKind(StrEnum):
    """What kind of source a reader is given."""

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
        """Whether somebody else may stand unnamed behind the source: an outlet or a document retells."""
        return self.is_nobody_else or self in (SourceKind.OUTLET, SourceKind.DOCUMENT)

    @property
    def is_unnamed_person(self) -> bool:
        """Whether the source is people without a name."""
        return self in (SourceKind.ANONYMOUS, SourceKind.UNNAMED_OFFICIAL)

    @property
    def is_unnamed(self) -> bool:
        """Whether the source is people, or a crowd, whom a reader cannot ask."""
        return self.is_unnamed_person or self is SourceKind.VAGUE_COLLECTIVE


class Frame(StrEnum):
    """The pattern of the sentence by which an attribution was found.

    Most name the relation of the content to the cue verb; ``inverted`` and ``parataxis`` have the content as the main
    clause, ``quotation`` has only quoted words, ``bare`` no content. From ``noun`` on cues are no verbs; from
    ``colon-before-speech`` on punctuation, the order of sentences or the layout gives the attribution. The sentence of
    an ``introduction`` only tells of the speaker (*Holt was blunt. “We had no heat.”*).
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
        """A name that another version of the program gave reads as ``other``."""
        return cls.OTHER

    @property
    def governs_sentence(self) -> bool:
        """Whether a verb governs somebody's sentence, in its own words or retold."""
        return self in (Frame.CCOMP, Frame.INVERTED, Frame.PARATAXIS, Frame.QUOTATION)

    @property
    def tells(self) -> bool:
        """Whether somebody tells a proposition, rather than praises, urges or attacks."""
        return self.governs_sentence or self in (Frame.PHRASE, Frame.COLON) or self.gives_speech

    @property
    def gives_speech(self) -> bool:
        """Whether punctuation, the order of sentences or the layout shows whose words they are."""
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
    """What an attribution gives the reader.

    A ``report`` is words or a document that carry a proposition; a ``belief`` is a thought with a clause for its
    content; a ``stance`` is an attitude to something (*backs the plan*); ``supposed`` words are awaited, imagined, or
    said not to have been said (*if the mayor says*, *no official has said*). Only reports and beliefs decide whose
    voice a claim is in. What somebody merely did (*filed a suit*, *was awarded a medal*) is an act and no attribution.
    """

    REPORT = "report"
    BELIEF = "belief"
    STANCE = "stance"
    SUPPOSED = "supposed"


VOUCHING = frozenset({Evidence.REPORT, Evidence.BELIEF})
"""The evidence that decides a claim's voice, scores, chain and ledger entry."""


class Cue(msgspec.Struct, frozen=True):
    """The words that signal an attribution."""

    spans: Annotated[tuple[Span, ...], Meta(description="Where the words stand.")]
    text: Annotated[str, Meta(description="The words.")]
    lemma: Annotated[str, Meta(description="The dictionary form of the cue's head.")]


class SourceMention(msgspec.Struct, frozen=True):
    """Who speaks, in the draft's words."""

    spans: Annotated[tuple[Span, ...], Meta(description="Where the words stand; empty when nobody is named.")]
    text: Annotated[str, Meta(description="The words; empty when nobody is named.")]
    kind: Annotated[SourceKind, Meta(description="What kind of source readers are given, or why there is none.")]
    entity: Annotated[str | None, Meta(description="The ledger entry that the words stand for.")] = None
    reason: Annotated[str | None, Meta(description="Why there is no source or no ledger entry.")] = None
    venue: Annotated[tuple[Span, ...], Meta(description="The words that tell where it was said (on Telegram).")] = ()
    also: Annotated[tuple[str, ...], Meta(description="Ledger entries of the further parts of a compound source.")] = ()


class Content(msgspec.Struct, frozen=True):
    """What is attributed."""

    spans: Annotated[tuple[Span, ...], Meta(description="Where the words stand: one stretch or several.")]
    text: Annotated[str, Meta(description="The words, stretches joined by an ellipsis.")]


class Feature(msgspec.Struct, frozen=True):
    """One named reason of the cue decision and its weight (log-odds)."""

    name: str
    weight: float


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """A cue with its source and content.

    ``features`` are the reasons of the cue decision.
    """

    id: Annotated[str, Meta(description="a and the attribution's number.")]
    sentence: Annotated[str, Meta(description="The sentence that the cue stands in.")]
    cue: Annotated[Cue, Meta(description="The words that signal the attribution.")]
    source: Annotated[SourceMention, Meta(description="Who speaks.")]
    content: Annotated[Content, Meta(description="What is attributed.")]
    manner: Annotated[Manner, Meta(description="How much of the content is in the source's own words.")]
    attitude: Annotated[Attitude, Meta(description="What the source is said to do with the content.")]
    tone: Annotated[Tone, Meta(description="What the cue says of the content's truth on the writer's behalf.")]
    negated: Annotated[bool, Meta(description="Whether the cue is negated (did not say).")]
    withheld: Annotated[bool, Meta(description="Whether the source declined to give the content.")] = False
    parent: Annotated[str | None, Meta(description="The attribution in whose content this one stands.")]
    frame: Annotated[
        Frame,
        Meta(
            description="The pattern of the sentence that it was found by.",
            # Later versions may find more patterns, so that the contract names none.
            extra_json_schema={"type": "string"},
        ),
    ]
    evidence: Annotated[
        Evidence, Meta(description="What it gives the reader; only reports and beliefs decide a claim's voice.")
    ] = Evidence.REPORT
    probability: Annotated[Share, Meta(description="How sure attrib is that this is an attribution.")] = 1.0
    features: tuple[Feature, ...] = ()


class HedgeCategory(StrEnum):
    """What kind of word lowers the commitment."""

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
    sentence: Annotated[str, Meta(description="The sentence that it stands in.")]
    spans: Annotated[tuple[Span, ...], Meta(description="Where its words stand.")]
    text: Annotated[str, Meta(description="Its words.")]
    category: Annotated[HedgeCategory, Meta(description="What kind of word it is.")]
    strength: Annotated[Share, Meta(description="How far it lowers commitment: 0 not at all, 1 wholly.")]
    scope: Annotated[tuple[Span, ...], Meta(description="The words that it bears on.")]


class Booster(msgspec.Struct, frozen=True):
    """A marker that raises commitment, and the words it bears on."""

    id: Annotated[str, Meta(description="b and the booster's number.")]
    sentence: Annotated[str, Meta(description="The sentence that it stands in.")]
    spans: Annotated[tuple[Span, ...], Meta(description="Where its words stand.")]
    text: Annotated[str, Meta(description="Its words.")]
    strength: Annotated[Share, Meta(description="How far it raises commitment: 0 not at all, 1 wholly.")]
    scope: Annotated[tuple[Span, ...], Meta(description="The words that it bears on.")]


class SourceEntity(msgspec.Struct, frozen=True):
    """A ledger entry: a source with its mentions and the claims it carries."""

    id: Annotated[str, Meta(description="e and the entry's number.")]
    name: Annotated[str, Meta(description="The fullest name or description that the text gives.")]
    kind: Annotated[SourceKind, Meta(description="What kind of source it is.")]
    named: Annotated[bool, Meta(description="Whether the text gives a name, and not only a description.")]
    mentions: Annotated[tuple[Span, ...], Meta(description="Every place that speaks of the source, pronouns included.")]
    claims: Annotated[tuple[str, ...], Meta(description="Identifiers of the claims that the source carries.")] = ()


class Voice(StrEnum):
    """Whose claim it is; ``unclear`` is a quotation whose speaker is not found."""

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
    name: Annotated[str, Meta(description="What it is; attrib's documentation of the scores lists all names.")]
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


MOST_SUPPORT = 4
"""The support of a claim in the words of somebody with a name, or of a document that can be found."""


class ExposureMark(msgspec.Struct, frozen=True):
    """One reason why a claim would hurt to be wrong: its name, its grade (1 to 3) and the words that show it."""

    name: str
    grade: int
    spans: tuple[Span, ...]
    text: str


class Exposure(msgspec.Struct, frozen=True):
    """How much a claim would hurt to be wrong without a source: 0 not at all, 3 most. The marks tell why."""

    grade: int = 0
    marks: tuple[ExposureMark, ...] = ()


class Claim(msgspec.Struct, frozen=True):
    """A checkable clause: whose claim it is, its scores and their factors.

    ``carrier`` tells who answers for the claim, ``support`` how near and how findable they are (0 nobody, 4 named and
    in their own words or a document that can be found; None where the paper itself answers), ``exposure`` how much it
    would hurt to be wrong.
    """

    id: Annotated[str, Meta(description="c and the claim's number.")]
    sentence: Annotated[str, Meta(description="The sentence that it stands in.")]
    spans: Annotated[tuple[Span, ...], Meta(description="Where its words stand.")]
    text: Annotated[str, Meta(description="Its words, stretches joined by an ellipsis.")]
    voice: Annotated[Voice, Meta(description="Whose claim it is.")]
    sourcing: Annotated[Share, Meta(description="How well readers are told where it comes from.")]
    certainty: Annotated[Share, Meta(description="How committed the text is to it.")]
    attributions: Annotated[tuple[str, ...], Meta(description="The attributions it stands under, outermost first.")]
    hedges: Annotated[tuple[str, ...], Meta(description="The hedges that bear on it.")]
    boosters: Annotated[tuple[str, ...], Meta(description="The boosters that bear on it.")]
    factors: Annotated[tuple[Factor, ...], Meta(description="The reasons of both scores.")]
    carrier: Carrier = Carrier.PAPER
    support: int | None = None
    exposure: Exposure = Exposure()


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

    kind: PlaceKind
    claim: str
    sentence: str
    grade: int
    reason: str
    remedy: str
    spans: tuple[Span, ...]


class CarrierCounts(msgspec.Struct, frozen=True):
    """For how many claims each carrier answers."""

    paper: int = 0
    named: int = 0
    described: int = 0
    nobody: int = 0
    unclear: int = 0

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> CarrierCounts:
        """The counts of the claims."""
        carriers = [claim.carrier for claim in claims]
        return cls(**{carrier.value: carriers.count(carrier) for carrier in Carrier})

    def shares(self) -> dict[Carrier, float]:
        """The share of the claims that each carrier answers for; all are 0 where there are no claims."""
        counts = {carrier: int(getattr(self, carrier.value)) for carrier in Carrier}
        total = max(1, sum(counts.values()))
        return {carrier: count / total for carrier, count in counts.items()}


class PlaceCounts(msgspec.Struct, frozen=True):
    """How many places of each kind an editor should look at."""

    needs_source: int = 0
    weak_source: int = 0
    speaker_unclear: int = 0

    @classmethod
    def of(cls, places: Iterable[Place]) -> PlaceCounts:
        """The counts of the places."""
        kinds = [place.kind for place in places]
        return cls(**{kind.value.replace("-", "_"): kinds.count(kind) for kind in PlaceKind})


class VoiceCounts(msgspec.Struct, frozen=True):
    """Claims in each voice."""

    source: Annotated[Count, Meta(description="Claims that are attributed to a source.")] = 0
    hearsay: Annotated[Count, Meta(description="Claims that are passed on with nobody named.")] = 0
    own: Annotated[Count, Meta(description="Claims in the paper's own voice.")] = 0
    unclear: Annotated[Count, Meta(description="Claims in quotation marks whose speaker is not clear.")] = 0

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> VoiceCounts:
        """The counts of the claims."""
        voices = [claim.voice for claim in claims]
        return cls(**{voice.value: voices.count(voice) for voice in Voice})

    def shares(self) -> dict[Voice, float]:
        """The share of the claims in each voice; all are 0 where there are no claims."""
        counts = {voice: int(getattr(self, voice.value)) for voice in Voice}
        total = max(1, sum(counts.values()))
        return {voice: count / total for voice, count in counts.items()}


class Summary(msgspec.Struct, frozen=True):
    """The article in numbers; the two scores are means over its claims, null when it makes none."""

    sentences: Annotated[Count, Meta(description="How many sentences the article has.")] = 0
    claims: Annotated[Count, Meta(description="How many claims it makes.")] = 0
    voice: Annotated[VoiceCounts, Meta(description="How many claims stand in each voice.")] = VoiceCounts()
    sourcing: Annotated[
        Share | None, Meta(description="Mean sourcing score: how well readers are told who says so.")
    ] = None
    certainty: Annotated[Share | None, Meta(description="Mean certainty score: how committed the text is.")] = None
    distinct_sources: Annotated[Count, Meta(description="Sources that carry a claim.")] = 0
    named_sources: Annotated[Count, Meta(description="Sources that carry a claim and go by a name.")] = 0
    carriers: CarrierCounts = CarrierCounts()
    places: PlaceCounts = PlaceCounts()


class Analysis(msgspec.Struct, frozen=True):
    """All that was found in one draft. ``model`` names the parser that read it.

    ``places`` are those an editor should look at, in the order to look at them: what needs a source, the most exposed
    first, then what has a weak one, then quotations whose speaker is unclear.
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

    def to_rows(self) -> list[dict[str, Any]]:
        """The claims as flat dictionaries, one a claim, for a table: ``pandas.DataFrame(analysis.to_rows())``.

        ``start`` and ``end`` enclose the claim in code points of the draft's text. ``sources`` are the names behind the
        claim (the words of the mention where there is no ledger entry), outermost first, without those who go unnamed;
        ``kinds``, ``cues``, ``attitudes`` and ``evidence`` have one value for each attribution the claim stands under.
        ``named`` tells whether any of the sources goes by a name.
        """
        # Imported late, as the index is made of these records.
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
    """An error a user can mend: one line that says what, where and what to do. The command exits with 2."""
