"""X002: A verb of speech or a hedge stands twice in a row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from attribution.linting.bibliography import BBC_ACCURACY
from attribution.linting.context import Context
from attribution.linting.edits import Applicability, Edit, Fix
from attribution.linting.rule import EVERYWHERE, Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Sentence, Span, Token

OPENING_A_CLAUSE = frozenset({"all", "that", "those", "what", "whatever", "which", "who", "whoever"})
"""Words whose clause may end in the verb that the next one repeats: *what he said said a lot*."""


@Rule(
    id="X002",
    name="doubled-word",
    summary="A verb of speech or a hedge stands twice in a row.",
    rationale="A slip of the keyboard in the very words that tell who says so makes a reader doubt the rest.",
    bad="The mayor said said that the bridge was safe.",
    good="The mayor said that the bridge was safe.",
    severity=Severity.WARNING,
    guidelines=(BBC_ACCURACY,),
    needs=frozenset({Need.LEXICON}),
    blocks=EVERYWHERE,
    more_specific_than=("HDG301", "HDG303"),
    limits="Only words of attribution and of hedging; a spelling checker finds the others.",
)
def doubled_word(context: Context) -> Iterator[Match]:
    for sentence in context.sentences:
        for first, second in pairwise(sentence.tokens):
            if first.text != second.text or not _is_repeated(context, sentence, first, second):
                continue
            span = Span(first.start, second.end)
            yield Match(
                span,
                f"“{context.text(span)}” says the same word twice",
                f"Write “{first.text}” once.",
                fixes=(
                    Fix(
                        title=f"Write “{first.text}” once",
                        edits=(Edit(span, first.text),),
                        applicability=Applicability.SAFE,
                    ),
                ),
            )


def _is_repeated(context: Context, sentence: Sentence, first: Token, second: Token) -> bool:
    """Whether the two are one word of attribution or hedging, repeated by mistake."""
    if context.draft.text[second.end : second.end + 1] == "-":
        return False  # the second is part of another word
    if "PROPN" in (first.upos, second.upos) or not (first.text.isalpha() and first.text.islower()):
        return False
    if any(len(entry.words.split()) == 1 for entry in context.lexicon.hedges_of(first.text)):
        return True
    frames = {frame for entry in context.lexicon.verbs_of(first.lemma, first.text) for frame in entry.frames}
    if frames.isdisjoint(("clause", "object-clause")):
        return False
    tree = context.tree(sentence)
    return not _may_end_a_clause(tree, first)


def _may_end_a_clause(tree: Tree, verb: Token) -> bool:
    """Whether the verb may be the last of a clause that is the subject of the next: *what he said said a lot*."""
    opens = any(tree.forms[index] in OPENING_A_CLAUSE for index in range(verb.index))
    return opens or tree.matches(verb.index, "acl", "csubj")
