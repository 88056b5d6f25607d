"""A newsroom's own rule, as it stands in a TOML file: the fields, what each may hold, and what it means.

The descriptions are part of the contract: ``attrib schema rules`` gives them to editors.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, TypeVar

import msgspec
from msgspec import Meta

from attribution.linting.rule import QuotationPolicy, Severity
from attribution.records import (
    Attitude,
    Carrier,
    Evidence,
    Frame,
    HedgeCategory,
    Manner,
    PlaceKind,
    SourceKind,
    Tone,
    Voice,
)

Words = Annotated[str, Meta(min_length=1)]
Identifier = Annotated[str, Meta(pattern="^[A-Z]{2,12}[0-9]{1,4}$")]
Name = Annotated[str, Meta(pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)+$")]
Address = Annotated[str, Meta(pattern="^https?://[^ ]+$")]
Value = TypeVar("Value")
Some: TypeAlias = Value | Annotated[tuple[Value, ...], Meta(min_length=1)]
"""A value or a list of values, of which one must fit."""

Part = Literal["source", "cue", "content"]
"""The part of an attribution in which words stand."""

Position = Literal["headline", "lead", "body", "caption"]
"""Where in an article a sentence stands. The lead is the first paragraph with a claim or source, the body the rest."""

Subject = Literal["attribution", "claim", "hedge", "quotation", "sentence"]
"""What of an analysis a rule looks at."""

Mark = Literal["words", "source", "cue", "content", "claim", "sentence"]
"""What a finding underlines."""

FixPolicy = Literal["safe", "suggested", "none"]


class Conditions(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Conditions that must all hold; a list holds if one of its values does.

    Those on the attribution must hold of one attribution together, and likewise those on the claim and on the hedge.
    """

    source: Annotated[Some[SourceKind] | None, Meta(description="The kind of source that readers are given.")] = None
    source_words: Annotated[
        Some[Words] | None, Meta(description="Words in the naming of the source; @name is a word list of the lexicon.")
    ] = None
    named: Annotated[bool | None, Meta(description="Whether the text names the source anywhere.")] = None
    first_mention: Annotated[
        bool | None, Meta(description="Whether the source speaks here for the first time in the article.")
    ] = None
    cue: Annotated[
        Some[Words] | None,
        Meta(description="The cue, in its dictionary form (say, point out); @name is a word list of the lexicon."),
    ] = None
    attitude: Annotated[Some[Attitude] | None, Meta(description="The source's attitude to the content.")] = None
    tone: Annotated[Some[Tone] | None, Meta(description="What the cue implies about the truth of the content.")] = None
    manner: Annotated[
        Some[Manner] | None, Meta(description="How much of the content is in the source's own words.")
    ] = None
    frame: Annotated[Some[Frame] | None, Meta(description="The construction in which the cue attributes.")] = None
    evidence: Annotated[
        Some[Evidence] | None, Meta(description="What the attribution tells: a report, a belief, a stance, or nothing.")
    ] = None
    negated: Annotated[bool | None, Meta(description="Whether the cue is negated (did not say).")] = None
    withheld: Annotated[bool | None, Meta(description="Whether the source declined to give the content.")] = None
    part: Annotated[
        Some[Part] | None, Meta(description="The part of an attribution in which the words of the rule stand.")
    ] = None
    voice: Annotated[Some[Voice] | None, Meta(description="Whose claim it is.")] = None
    carrier: Annotated[Some[Carrier] | None, Meta(description="Who answers for the claim.")] = None
    place: Annotated[
        Some[PlaceKind] | None, Meta(description="What the report asks for at the claim, if it is a place to look at.")
    ] = None
    exposure: Annotated[
        Some[Words] | None, Meta(description="A mark of exposure of the claim, such as crime, death or figure.")
    ] = None
    least_exposure: Annotated[
        Annotated[int, Meta(ge=0, le=3)] | None, Meta(description="The least exposure of the claim, from 0 to 3.")
    ] = None
    most_support: Annotated[
        Annotated[int, Meta(ge=0, le=4)] | None,
        Meta(description="The most support of the claim, from 0 to 4; a claim of the paper itself has none."),
    ] = None
    hedge: Annotated[Some[HedgeCategory] | None, Meta(description="The kind of hedge on the claim.")] = None
    hedge_words: Annotated[
        Some[Words] | None, Meta(description="The words of the hedge; @name is a word list of the lexicon.")
    ] = None
    position: Annotated[
        Some[Position] | None, Meta(description="Where the sentence stands: the lead is the first paragraph.")
    ] = None
    words: Annotated[
        Some[Words] | None, Meta(description="Words anywhere in the sentence; @name is a word list of the lexicon.")
    ] = None


OF_ATTRIBUTION = (
    "source", "source-words", "named", "first-mention", "cue", "attitude", "tone", "manner", "frame", "evidence",
    "negated", "withheld", "part",
)  # fmt: skip
OF_CLAIM = ("voice", "carrier", "place", "exposure", "least-exposure", "most-support")
OF_HEDGE = ("hedge", "hedge-words")
WORD_CONDITIONS = ("source-words", "cue", "hedge-words", "words")
"""The conditions that hold words, and so may name word lists."""


class HouseRule(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """A rule: what it looks for, what it says, and examples that show both.

    It looks for one of: ``tokens`` and ``phrases``, the old words of a ``substitution``, or what ``find`` names.
    """

    id: Annotated[Identifier, Meta(description="Two capitals or more, which are the family, and a number: ECHO101.")]
    name: Annotated[Name, Meta(description="What it flags, in small letters with hyphens: insider-as-source.")]
    message: Annotated[
        str,
        Meta(
            description="What is wrong, without a full stop; it quotes the draft with {words}, {source}, {cue}, "
            "{claim}, {hedge} and {replacement}."
        ),
    ]
    help: Annotated[str, Meta(description="How to mend it: a sentence.")]
    why: Annotated[str, Meta(description="The reason for the rule, for attrib explain.")] = ""
    severity: Annotated[Severity, Meta(description="How serious it is.")] = Severity.WARNING
    status: Annotated[
        Literal["stable", "preview"], Meta(description="A preview rule runs only with --preview, or named in full.")
    ] = "stable"
    link: Annotated[Address | None, Meta(description="Where the newsroom's guide explains it.")] = None
    tokens: Annotated[
        tuple[Words, ...], Meta(description="Single words to find; @name is a word list of the lexicon.", min_length=1)
    ] = ()
    phrases: Annotated[tuple[Words, ...], Meta(description="Several words in a row to find.", min_length=1)] = ()
    substitution: Annotated[
        dict[Words, Some[Words]],
        Meta(description="Words to find, each with what to write instead: a word or phrase, or a list to choose from."),
    ] = {}
    find: Annotated[Subject | None, Meta(description="What to find by its conditions, instead of words.")] = None
    by: Annotated[
        Literal["lemma", "form"],
        Meta(
            description="Whether words are found in all their forms (say: says, said) or only as written. A word with "
            "a capital letter is always found as written."
        ),
    ] = "lemma"
    where: Annotated[Conditions, Meta(description="What must hold for a finding.")] = Conditions()
    unless: Annotated[Conditions, Meta(description="What must not hold, all of it together.")] = Conditions()
    quotations: Annotated[
        QuotationPolicy | None,
        Meta(
            description="Whether the paper's own words are judged (outside, the default), those in quotation marks "
            "(inside), or both (the default where quotations are found)."
        ),
    ] = None
    mark: Annotated[Mark | None, Meta(description="What the finding underlines; the words found unless given.")] = None
    at_most: Annotated[
        Annotated[int, Meta(ge=1)] | None,
        Meta(description="How many there may be in an article; only those beyond are reported."),
    ] = None
    fix: Annotated[
        FixPolicy,
        Meta(
            description="Whether attrib lint --fix makes the substitution (safe), only suggests it (suggested), or "
            "does neither (none)."
        ),
    ] = "suggested"
    format: Annotated[Literal["text", "markdown", "html"], Meta(description="The format of the examples.")] = "text"
    bad: Annotated[
        tuple[Words, ...],
        Meta(description="Drafts that the rule finds; **these words** are where, if marked.", min_length=1),
    ]
    good: Annotated[tuple[Words, ...], Meta(description="Drafts in which it finds nothing.", min_length=1)]


class RulesFile(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """A file of a newsroom's own rules."""

    publisher: Annotated[Words | None, Meta(description="Whose rules they are; the folder's name unless given.")] = None
    link: Annotated[Address | None, Meta(description="Where the guide is, for rules without a link of their own.")] = (
        None
    )
    rule: Annotated[tuple[HouseRule, ...], Meta(description="The rules.", min_length=1)]
