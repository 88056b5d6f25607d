"""Steps for people introduced in the sentence before, and for headings that quote the article."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.found import Found
from attribution.extraction.mention import FIRST_PERSON
from attribution.extraction.roles import Roles
from attribution.extraction.speech.persons import is_person
from attribution.extraction.speech.scene import HEADINGS, Passage, Scene
from attribution.parsing import Tree
from attribution.records import Frame


def _place_before_confession(scene: Scene, passage: Passage) -> int | None:
    """The sentence directly before a separate quotation in the first person, which may introduce the speaker."""
    place = scene.before(passage.first)
    if place is None or (scene.block(place) != scene.block(passage.first) and not scene.opens_block(passage)):
        return None
    alone = passage.judgement.is_speech and scene.is_alone(passage) and _in_first_person(scene, passage)
    return place if alone else None


def introduced(scene: Scene, passage: Passage) -> Found | None:
    """*Sergeant Roth was frustrated. “It bothers me.”*: the subject of the sentence before speaks.

    Only a living person with a name or pronoun, and only words in the first person.
    """
    place = _place_before_confession(scene, passage)
    if place is None:
        return None
    context = scene.contexts[place]
    root = context.tree.root
    subject = context.subject(root)
    if subject is None or context.in_quotation[subject] or not is_person(scene, context, subject):
        return None
    if not _is_named(context, subject) or _is_unable_to_speak(scene, context, root):
        return None
    candidate = Candidate(CandidateKind.VERB, root, (root,))
    cue = frozenset({root, *context.tree.children(root, "cop", "aux")})
    source = frozenset(context.tree.subtree(subject))
    return scene.add(place, candidate, Roles(cue, source, frozenset()), Frame.INTRODUCTION)


def concerned(scene: Scene, passage: Passage) -> Found | None:
    """*For Ada Brandt, the closure came as a shock. “I learned it from the radio.”*: the person concerned speaks."""
    place = _place_before_confession(scene, passage)
    if place is None:
        return None
    context = scene.contexts[place]
    tree, root = context.tree, context.tree.root
    if context.has_quotation or _is_unable_to_speak(scene, context, root):
        return None
    found = [
        (case, _name_head(tree, head))
        for case in range(len(context))
        if tree.forms[case] in {"for", "to"} and (head := tree.head(case)) is not None
    ]
    # at the beginning or the end of the sentence
    heads = [head for case, head in found if case == 0 or len(tree) - 2 in tree.subtree(head)]
    heads = [head for head in heads if context.tokens[head].upos == "PROPN" or _has_name(context, head)]
    if len(heads) != 1 or not tree.matches(heads[0], "obl", "nmod") or not is_person(scene, context, heads[0]):
        return None
    subject = context.subject(root)
    if subject is None or is_person(scene, context, subject):
        return None
    source = frozenset(index for index in tree.subtree(heads[0]) if tree.forms[index] not in {"for", "to"})
    candidate = Candidate(CandidateKind.VERB, root, (root,))
    return scene.add(place, candidate, Roles(frozenset({root}), source, frozenset()), Frame.INTRODUCTION)


def _name_head(tree: Tree, index: int) -> int:
    """The first word of the name that a word belongs to."""
    head = tree.head(index)
    return index if head is None or not tree.matches(index, "flat") else head


def _is_named(context: SentenceContext, index: int) -> bool:
    """Whether a noun phrase is a pronoun or has a name (*Goalkeeper Idris Penn*)."""
    return context.tokens[index].upos != "NOUN" or _has_name(context, index)


def _has_name(context: SentenceContext, index: int) -> bool:
    return any(context.tokens[child].upos == "PROPN" for child in context.tree.children(index, "flat", "appos"))


def repeated(scene: Scene, passage: Passage) -> Found | None:
    """*Mayor ‘lied about the depot’* over *“He lied about the depot,” Kell said*: a heading quotes the article."""
    if scene.doc.block_kind(scene.contexts[passage.first].sentence) not in HEADINGS:
        return None
    wanted = _plain_words(scene.text[passage.span.start : passage.span.end])
    if len(wanted) < REPEATED_WORDS:
        return None
    for attribution in scene.all_found():
        if attribution.source and any(
            _stand_in(wanted, _plain_words(scene.text[s.start : s.end])) for s in attribution.content
        ):
            return attribution
    return None


REPEATED_WORDS = 2
"""Fewest words of a heading's quotation, articles left out, that identify the article's quotation."""


def _in_first_person(scene: Scene, passage: Passage) -> bool:
    return any(
        context.tree.forms[index] in FIRST_PERSON
        for context in scene.contexts[passage.first : passage.last + 1]
        for index in context.tree.words_in([passage.span])
    )


def _is_unable_to_speak(scene: Scene, context: SentenceContext, predicate: int) -> bool:
    """*Roth died on Friday*: whether the predicate means that its subject cannot speak."""
    return context.lemma(predicate) in scene.lexicon.words_for("unable-to-speak")


def _plain_words(text: str) -> list[str]:
    """The words in lower case, without the articles that headings leave out."""
    words = "".join(character.lower() if character.isalnum() else " " for character in text.replace("’", "'")).split()
    return [word for word in words if word not in {"a", "an", "the"}]


def _stand_in(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words occur in a row among others."""
    return any(
        list(words[start : start + len(wanted)]) == list(wanted) for start in range(len(words) - len(wanted) + 1)
    )
