"""Fixes that several rules propose: a neutral verb, a word less."""

from __future__ import annotations

from types import MappingProxyType

from attribution.linting.edits import Applicability, Edit, Fix, with_case_of
from attribution.parsing import Tree
from attribution.records import Span, Token

SAY = MappingProxyType({"VBD": "said", "VBN": "said", "VBZ": "says", "VBG": "saying", "VBP": "say", "VB": "say"})
DENY = MappingProxyType(
    {"VBD": "denied", "VBN": "denied", "VBZ": "denies", "VBG": "denying", "VBP": "deny", "VB": "deny"}
)
"""The forms of a verb by their tags."""


def write_verb(tree: Tree, verb: Token, forms: MappingProxyType[str, str]) -> tuple[Fix, ...]:
    """Write another verb in the form of this one, and without its particle beside it (*pointed out*): a suggestion.

    Empty for a form that is not a verb's, or a particle at a distance.
    """
    particle = tree.child(verb.index, "compound:prt")
    if verb.xpos not in forms or particle not in (None, verb.index + 1):
        return ()
    end = verb.end if particle is None else tree.tokens[particle].end
    replacement = with_case_of(verb.text, forms[verb.xpos])
    return (Fix(title=f"Write “{replacement}”", edits=(Edit(Span(verb.start, end), replacement),)),)


def drop_word(text: str, word: Span, applicability: Applicability = Applicability.SUGGESTED) -> tuple[Fix, ...]:
    """Leave out a word of the draft's text, with the space before it, or with the commas around it.

    Empty for a word that begins a sentence, whose neighbour would need a capital, or that stands next to a mark.
    """
    before, behind = text[: word.start], text[word.end :]
    start, end = word.start, word.end
    if before.endswith(", ") and behind.startswith(","):
        start, end = start - 2, end + 1
    elif before.endswith(" ") and behind[:1] in (" ", ".") and before[:-1][-1:].isalnum():
        start -= 1
    else:
        return ()
    dropped = text[word.start : word.end]
    return (Fix(title=f"Drop “{dropped}”", edits=(Edit(Span(start, end), ""),), applicability=applicability),)
