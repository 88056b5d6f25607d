"""The table of marks of exposure: what each means, how grave it is, and what to tell an editor."""

from __future__ import annotations

import difflib
from collections.abc import Collection

import msgspec

from attribution.records import AttribError


class MarkKind(msgspec.Struct, frozen=True):
    """A mark of exposure: its name, its grade, what it means and a claim that has it.

    For an editor, ``concern`` says what it is that nobody vouches for, and ``remedy`` what to do about it.
    """

    name: str
    grade: int
    meaning: str
    example: str
    concern: str
    remedy: str


SAY_WHO_ACCUSES = "Say who says so, what came of it, and what the accused says."
SAY_WHO_KNOWS = "Say who says so, or what it rests on."

MARK_KINDS = (
    MarkKind(
        "crime", 3, "Somebody who can be identified is said to have done wrong or violence.",
        "The treasurer stole the fund's money.", "an accusation of wrongdoing", SAY_WHO_ACCUSES,
    ),
    MarkKind(
        "accusation", 3, "Somebody who can be identified is said to be accused, without the accuser.",
        "The treasurer has been accused of fraud.", "an accusation", SAY_WHO_ACCUSES,
    ),
    MarkKind(
        "unknown-culprit", 2, "Somebody who is not identified is said to have done wrong or violence.",
        "A man robbed the pharmacy.", "a crime", SAY_WHO_KNOWS,
    ),
    MarkKind(
        "fault", 2, "Somebody who can be identified is said to be to blame, to have failed or to hide something.",
        "The council ignored three warnings.", "blame", SAY_WHO_ACCUSES,
    ),
    MarkKind(
        "character", 2, "Somebody or something that can be identified is said to be bad or false.",
        "The mayor is corrupt.", "a judgement on somebody", "Say whose judgement it is, or tell what was done.",
    ),
    MarkKind(
        "cause-of-harm", 2, "Harm is said to have come from something.",
        "A sailor drowned because of a worn seal.", "a cause of harm", "Say who found the cause, or who suspects it.",
    ),
    MarkKind(
        "death", 2, "Somebody is said to have died or been killed.",
        "Four residents died.", "a death", "Say who confirms it.",
    ),
    MarkKind(
        "forecast-of-harm", 2, "Harm is foretold as certain.",
        "The dam will fail within a year.", "harm to come", "Say who expects it.",
    ),
    MarkKind(
        "bad-motive", 2, "Somebody who can be identified is said to have done something for a shabby reason.",
        "The firm published the letter to distract its shareholders.", "a motive",
        "Say who takes it so, or tell only what was done.",
    ),
    MarkKind(
        "cause", 1, "One event is said to have brought about another.",
        "The tax triggered an exodus.", "a cause", "Say who sees the one as the cause of the other.",
    ),
    MarkKind(
        "figure", 1, "A share, a sum or a large count that nobody on the spot could count.",
        "Crime fell 14 percent.", "a figure", "Say who counted or published it, and when.",
    ),
    MarkKind(
        "superlative", 1, "Something is ranked first of all its kind.",
        "It is the biggest sale.", "a ranking", "Say by what measure, since when, and who says so.",
    ),
    MarkKind(
        "prediction", 1, "How something will turn out is told as certain.",
        "Prices will double by the autumn.", "how it will turn out", "Say who expects it.",
    ),
    MarkKind(
        "mind", 1, "What somebody else wanted, knew or felt is told.",
        "The owner was furious.", "what somebody had in mind",
        "Say who told, or who takes it so.",
    ),
    MarkKind(
        "quoted-words", 1, "Words are quoted, and nobody is given who said them.",
        "The plan is “a gift to thieves”.", "quoted words", "Say whose words they are.",
    ),
)  # fmt: skip
"""All marks of exposure, the gravest first. docs/SCORING.md lists them from this table."""

KINDS = {kind.name: kind for kind in MARK_KINDS}


def check_marks(names: Collection[str]) -> frozenset[str]:
    """The names of marks, as a set; raises AttribError for one that is no mark."""
    for name in names:
        if name not in KINDS:
            near = difflib.get_close_matches(name, KINDS, 1)
            meant = f" (did you mean {near[0]}?)" if near else ""
            raise AttribError(f"{name}: is no mark of exposure{meant}; there are {', '.join(KINDS)}")
    return frozenset(names)
