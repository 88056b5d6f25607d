"""The vocabulary in words for people: kinds of sources, voices, chains of sources, reasons of scores.

All reports speak in these words. They are plain: *unnamed group*, *the sentence hides who*, *would not say*,
*A, quoting B*. The terms of the field stand in ``FACTORS`` only, for those who ask for an explanation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from attribution.index import AnalysisIndex
from attribution.records import (
    OFFICE_FORMATS,
    Attribution,
    Block,
    BlockRole,
    Carrier,
    Evidence,
    Factor,
    Grade,
    Mode,
    Polarity,
    Predicate,
    Sentence,
    SourceEntity,
    SourceKind,
    Summary,
)
from attribution.reporting.attention import PointKind

KINDS = {
    SourceKind.NAMED_PERSON: "person",
    SourceKind.NAMED_ORGANISATION: "organisation",
    SourceKind.OUTLET: "news outlet",
    SourceKind.DOCUMENT: "document",
    SourceKind.UNNAMED_OFFICIAL: "unnamed official",
    SourceKind.ANONYMOUS: "unnamed source",
    SourceKind.VAGUE_COLLECTIVE: "unnamed group",
    SourceKind.AGENTLESS: "the sentence hides who",
    SourceKind.OWN_OUTLET: "the paper itself",
    SourceKind.PRONOUN_UNRESOLVED: "unclear who",
    SourceKind.NONE: "nobody named",
}
"""What a source is; a person or an organisation without further words has a name."""

UNNAMED_LINKS = {
    SourceKind.DOCUMENT: "a document (“{}”)",
    SourceKind.UNNAMED_OFFICIAL: "“{}” (no name)",
    SourceKind.ANONYMOUS: "“{}” (no name)",
    SourceKind.VAGUE_COLLECTIVE: "an unnamed group (“{}”)",
    SourceKind.OWN_OUTLET: "the paper itself (“{}”)",
    SourceKind.PRONOUN_UNRESOLVED: "“{}” (unclear who)",
}
"""Sources of a chain whose kind the name does not tell."""

INNER_QUOTES = str.maketrans('“”"', "‘’'")
"""Makes quotation marks single, for words that are put between double ones."""

POINTS = {
    PointKind.NEEDS_SOURCE: "Needs a source",
    PointKind.WEAK_SOURCE: "Weak source",
    PointKind.SPEAKER_UNCLEAR: "Speaker unclear",
    PointKind.WORDING: "Wording",
    PointKind.ARTICLE: "The whole article",
}
"""What an editor is asked to do at a point of the list."""


class CarrierWords(msgspec.Struct, frozen=True):
    """What the reports call those who answer for a claim.

    ``short`` is for margins and columns, ``name`` for a sentence, ``whose`` tells what a claim of theirs is, ``count``
    how many there are, and ``meaning`` is what docs/SCORING.md says.
    """

    short: str
    name: str
    whose: str
    count: str
    meaning: str

    @property
    def choice(self) -> str:
        """The short words as a value of an option."""
        return self.short.rstrip("?").replace(" ", "-")


CARRIERS: Mapping[Carrier, CarrierWords] = MappingProxyType(
    {
        Carrier.NAMED: CarrierWords(
            "named",
            "a named source",
            "from a named source",
            "{} from named sources",
            "somebody or something with a name, whom a reader could ask or look up",
        ),
        Carrier.DESCRIBED: CarrierWords(
            "no name",
            "a source without a name",
            "from a source without a name",
            "{} from unnamed sources",
            "somebody who is only described",
        ),
        Carrier.NOBODY: CarrierWords(
            "nobody",
            "nobody in particular",
            "from nobody in particular",
            "{} from nobody in particular",
            "it is passed on, and no one in particular is given for it",
        ),
        Carrier.UNCLEAR: CarrierWords(
            "who?",
            "no clear speaker",
            "a quotation with no clear speaker",
            "{} in quotation marks with no clear speaker",
            "a quotation whose speaker is not found",
        ),
        Carrier.PAPER: CarrierWords(
            "paper",
            "the paper itself",
            "the paper’s own",
            "{} the paper’s own",
            "the paper states it, and gives nobody for it",
        ),
    }
)
"""From those whom a reader could ask to the paper itself."""

YARDSTICK = "beside the middle half of published articles"

MODES = {
    Mode.HAPPENED: "as a fact",
    Mode.WILL: "as something to come",
    Mode.WANTED: "as something wanted",
    Mode.ABLE: "as something that can be done",
    Mode.SUPPOSED: "under a condition",
    Mode.ASKED: "as a question",
    Mode.GENERAL: "as a habit or a rule",
}
"""In what way the text tells what it tells."""

GRADES = {
    Grade.CERTAIN: "for certain",
    Grade.PROBABLE: "as likely",
    Grade.POSSIBLE: "as possible",
    Grade.OPEN: "left open",
}
"""How firmly the text tells what it tells."""

NO_CLAIMS = "The text makes no claim that could be checked."
GAUGES = {
    "named": "claims from named sources",
    "described": "claims from unnamed sources",
    "nobody": "claims from nobody in particular",
    "paper": "claims of the paper’s own",
    "sources": "named sources in 500 words",
    "points": "places to look at in 500 words",
}
"""The numbers that are told beside what is usual."""

NOTHING_TO_LOOK_AT = "Nothing: no rule finds a fault, and no claim of weight is without a source."

FACTORS = {
    "named-person": "a named person",
    "named-organisation": "a named organisation",
    "outlet": "a news outlet by name",
    "document": "a document that can be found",
    "unidentified-document": "a document nobody could find again",
    "unnamed-official": "an official without a name",
    "anonymous": "an anonymous source",
    "vague-collective": "many people and nobody",
    "agentless": "the grammar hides who says it",
    "own-outlet": "the paper names itself as the source",
    "pronoun-unresolved": "it is unclear who is meant",
    "none": "nobody is named",
    "own-voice": "the paper states it and gives no source",
    "unclear-speaker": "quotation, speaker not clear",
    "reported-silence": "somebody did not say it",
    "direct-quotation": "in the source’s own words",
    "mixed-quotation": "partly in the source’s own words",
    "venue": "told where it was said",
    "weakest-link": "no stronger than its weakest link",
    "unnamed-link": "a link of the chain names nobody",
    "plain-assertion": "stated plainly",
    "booster": "boosted",
    "factive-cue": "the cue takes it for true",
    "doubting-cue": "the cue casts doubt",
    "belief-attitude": "believed, not said to be so",
    "intention-attitude": "wanted or planned",
    "hearsay-attitude": "passed on",
    "hearsay": "hedged as hearsay",
    "modal": "hedged by a modal",
    "epistemic": "hedged as likely or possible",
    "belief": "hedged as belief",
    "agentless-passive": "hedged by a passive that hides who",
    "approximator": "approximate",
    "conditional": "under a condition",
    "in-part": "a part of it is hedged",
}
"""The names of the scoring weights as reasons."""

NOT_CHECKED = (
    "whether the sources are independent of each other",
    "whether an anonymous source is known to the editor",
    "whether anything is true",
)
"""What the scores say nothing about; an editor must."""


def same(name: str, other: str) -> bool:
    """Whether two mentions are the same words, an article and the case of letters aside."""
    return _bare(name) == _bare(other)


def _bare(name: str) -> str:
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def sentence(message: str) -> str:
    """A message as a sentence: with a capital and a full stop, unless it has one."""
    return capital(message).removesuffix(".") + "."


def place(offset: int, index: AnalysisIndex) -> str:
    """Where in the file an offset of the draft's text is, in the units of ``place_units``; of a recording, and when."""
    where = ":".join(map(str, index.place(offset)))
    seconds = index.analysis.draft.time_at(offset)
    return where if seconds is None else f"{where} at {clock(seconds)}"


def clock(seconds: float) -> str:
    """A time of a recording in hours, minutes and seconds (*0:01:02*)."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


ROLES = {
    BlockRole.TABLE_HEADER: "Table",
    BlockRole.TABLE_CELL: "Table",
    BlockRole.NOTE: "Note",
    BlockRole.POST: "Post, in its author’s words",
    BlockRole.PULL_QUOTE: "Pull quote: repeats the text and is not counted again",
}
"""What a block is that is no running text."""


def role_label(blocks: Sequence[Block], number: int) -> str:
    """What to call a block that is no running text; empty behind one of the same role, and in running text."""
    role = blocks[number].role if number < len(blocks) else None
    if role is None:
        return ""
    before = blocks[number - 1].role if number else None
    return "" if before is not None and ROLES[before] == ROLES[role] else ROLES[role]


def is_in_one_table(blocks: Sequence[Block]) -> bool:
    """Whether consecutive blocks are all cells of a table."""
    return all(block.role in (BlockRole.TABLE_HEADER, BlockRole.TABLE_CELL) for block in blocks)


def place_unit(form: str) -> str:
    """What the first number of a place counts in a draft of a format: a word processor's file has no lines."""
    return "paragraph" if form in OFFICE_FORMATS else "line"


def place_named(offset: int, index: AnalysisIndex) -> str:
    """Where in the file an offset of the draft's text is, with what the first number counts (*line 3:47*)."""
    return f"{place_unit(index.analysis.draft.format)} {place(offset, index)}"


def place_units(form: str) -> str:
    """What the two numbers of a place count in a draft of a format."""
    return f"{place_unit(form)}:{'character' if form in OFFICE_FORMATS else 'column'}"


def at_the_top(points: int) -> str:
    """Where the list of what to look at is, for those who read the end of the report first."""
    return f"{count(points, 'place')} to look at: see the list at the top; --brief leaves the text out."


def percent(share: float) -> str:
    """A share of more than nothing in whole per cent."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def counts_words(numbers: Summary) -> str:
    """How many of the article's claims each carrier answers for, as a sentence; carriers of none are left out."""
    if not numbers.claims:
        return NO_CLAIMS
    told = [
        words.count.format(f"{number:,}")
        for carrier, words in CARRIERS.items()
        if (number := getattr(numbers.carriers, carrier.value))
    ]
    needing = numbers.places.needs_source
    if needing:
        told.append(f"{needing:,} of which need{'s' if needing == 1 else ''} a source")
    return f"{count(numbers.claims, 'claim')}: {', '.join(told)}."


def provenance_words(chains: Sequence[Sequence[Attribution]], index: AnalysisIndex) -> str:
    """Who says so, for the chains of sources behind a claim; what several have in common is said once."""
    shared = 0
    shortest = min(map(len, chains)) if len(chains) > 1 else 0
    while shared < shortest - 1 and len({links[shared].id for links in chains}) == 1:
        shared += 1
    speakers = [{_speaker(link) for link in links[shared:]} for links in chains]
    kept = [
        links[shared:]
        for number, links in enumerate(chains)
        if not any(
            speakers[number] < others or (speakers[number] == others and place < number)
            for place, others in enumerate(speakers)
        )
    ]
    ends = [chain_words(links, index) for links in kept]
    together = ("; and " if any(";" in end for end in ends) else ", and ").join(ends)
    return f"{chain_words(chains[0][:shared], index)}, quoting {together}" if shared else together


def chain_words(links: Sequence[Attribution], index: AnalysisIndex) -> str:
    """A chain, outermost source first: *A*, *A, quoting B*, *A, giving the view of B*, *A; the sentence hides who*."""
    told = ""
    unsaid: list[str] = []
    before = None
    for link in links:
        if is_nobody(link):
            unsaid.append(link_words(link, index))
        elif _speaker(link) != before:
            name = link_words(link, index)
            told = f"{told}, {_passing_on(link, index)} {name}" if told else name
            before = _speaker(link)
    return "; ".join([told, *dict.fromkeys(unsaid)] if told else dict.fromkeys(unsaid))


def link_words(attribution: Attribution, index: AnalysisIndex) -> str:
    """One source of a chain, or that there is none: its name, what kind it is where the name does not tell, and how."""
    if is_nobody(attribution):
        if attribution.source.kind is SourceKind.AGENTLESS:
            return KINDS[SourceKind.AGENTLESS]
        return f"“{attribution.cue.text}” names nobody"
    source = attribution.source
    entity = index.entities.get(source.entity) if source.entity is not None else None
    kind = _kind(attribution, index)
    told = source.text if entity is None else index.name_in_sentence(entity)
    if kind in UNNAMED_LINKS:
        told = UNNAMED_LINKS[kind].format(told.translate(INNER_QUOTES))
    for span in source.venue:
        told += f", {index.analysis.draft.text[span.start : span.end]}"
    if attribution.withheld:
        told += " did not say" if _is_mere_silence(attribution) else " would not say"
    elif attribution.evidence is Evidence.BELIEF:
        told = f"the view of {told}"
    return told


def says_who(attribution: Attribution, sentence: Sentence, index: AnalysisIndex) -> bool:
    """Whether the sentence itself names the source: by its name, more words, a part (*Mr Brandt*) or initials."""
    source = attribution.source
    if not any(span.overlaps(sentence.span) for span in source.spans):
        return False
    entity = index.entities.get(source.entity or "")
    if entity is None or same(entity.name, source.text):
        return True
    name, mention = _name_words(entity.name), _name_words(source.text)
    initials = "".join(word[0] for word in entity.name.split() if word[0].isupper())
    described = {word.casefold() for word in name} <= {word.casefold() for word in mention}
    return described or bool(name & {word for word in mention if word[0].isupper()}) or initials in mention


def _name_words(name: str) -> set[str]:
    """The words of a name without punctuation, the possessive *'s* or *the*."""
    words = (word.strip(",.()").replace("’", "'").removesuffix("'s") for word in name.split())
    return {word for word in words if word and word.casefold() != "the"}


def is_nobody(attribution: Attribution) -> bool:
    """Whether the attribution names nobody, not even with a pronoun."""
    return attribution.source.entity is None and not attribution.source.spans


def _passing_on(attribution: Attribution, index: AnalysisIndex) -> str:
    """The participle for passing on what this source says: *giving*, *citing* or *quoting*."""
    if attribution.evidence is Evidence.BELIEF:
        return "giving"
    return "citing" if _kind(attribution, index) is SourceKind.DOCUMENT else "quoting"


def _speaker(attribution: Attribution) -> str:
    """What two attributions to the same source have in common."""
    source = attribution.source
    return source.entity or source.text or attribution.id


def _kind(attribution: Attribution, index: AnalysisIndex) -> SourceKind:
    entity = index.entities.get(attribution.source.entity or "")
    return attribution.source.kind if entity is None else entity.kind


def _is_mere_silence(attribution: Attribution) -> bool:
    """Whether the source is only reported not to have said it, rather than to have declined (*did not mention*)."""
    first = attribution.cue.text.casefold().split(maxsplit=1)[0].removesuffix("n't").removesuffix("n’t")
    return attribution.negated and first in {"do", "does", "did", "have", "has", "had"}


def predicate_words(predicate: Predicate) -> str:
    """How the text presents the predicate: *“was closed”: as a fact, for certain*."""
    told = f"“{predicate.text.translate(INNER_QUOTES)}”: {MODES[predicate.mode]}, {GRADES[predicate.grade]}"
    return f"{told}, that it is not so" if predicate.polarity is Polarity.NEGATIVE else told


def factor_words(factor: Factor, index: AnalysisIndex) -> str:
    """The factor as a reason, with the words of the draft that it is about."""
    name = FACTORS.get(factor.name, factor.name.replace("-", " "))
    about = because(factor.because, index)
    return f"{name} ({about})" if about else name


def because(identifier: str | None, index: AnalysisIndex) -> str:
    """The words of the record with this identifier: a source's name, a cue, a hedge, a booster, or nothing."""
    if identifier is None:
        return ""
    entity: SourceEntity | None = index.entities.get(identifier)
    if entity is not None:
        return entity.name
    if identifier in index.attributions:
        attribution = index.attributions[identifier]
        return f"“{attribution.cue.text}”"
    if identifier in index.hedges:
        return f"“{index.hedges[identifier].text}”"
    if identifier in index.boosters:
        return f"“{index.boosters[identifier].text}”"
    return identifier
