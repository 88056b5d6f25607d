"""The named features of the role model: what is this phrase to the cue?"""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum

import msgspec

from attribution.extraction.candidates import Candidate
from attribution.extraction.context import SentenceContext
from attribution.extraction.features import QUOTATION_MARKS
from attribution.extraction.frames import entries_of, source_kind
from attribution.lexicon import CueAdjective, CueNoun, CueVerb, Lexicon


class Standing(StrEnum):
    """How a phrase is related to a cue.

    ``dependent`` of the cue or of a word that belongs to it; ``head``, what the cue itself depends on; ``subject``, an
    understood subject; ``head-subject``, the subject of that head; ``inside-source``, ``inside-content``
    and ``inside-other``, a dependent of a phrase already taken as source, content or neither; ``above-content``, what
    the content depends on.
    """

    DEPENDENT = "dependent"
    HEAD = "head"
    SUBJECT = "subject"
    HEAD_SUBJECT = "head-subject"
    INSIDE_SOURCE = "inside-source"
    INSIDE_CONTENT = "inside-content"
    INSIDE_OTHER = "inside-other"
    ABOVE_CONTENT = "above-content"


class Node(msgspec.Struct, frozen=True):
    """A phrase that may have a role: its head token, its relation to the cue, and the token it was reached from."""

    standing: Standing
    index: int
    parent: int


def nodes_of(context: SentenceContext, cue: int) -> list[Node]:
    """The phrases around a cue that may be its source or content, before any is taken into the cue."""
    tree = context.tree
    found = [Node(Standing.DEPENDENT, child, cue) for child in dependents_of(context, cue)]
    head = tree.head(cue)
    if head is not None:
        found.append(Node(Standing.HEAD, head, cue))
    inherited = None
    if context.subject(cue) is None:
        inherited = context.inherited_subject(cue)
        if inherited is not None and inherited != head:
            found.append(Node(Standing.SUBJECT, inherited, cue))
    if head is not None and context.tokens[cue].relation in {"obj", "obl", "nsubj", "nsubj:pass", "xcomp"}:
        subject = context.subject(head)
        if subject is not None and subject not in (cue, inherited):
            found.append(Node(Standing.HEAD_SUBJECT, subject, cue))
    return found


INSIDE_SOURCE_RELATIONS = ("acl", "appos", "nmod", "advcl", "parataxis", "obl", "advmod", "conj", "ccomp", "dep")


INSIDE_CONTENT_RELATIONS = ("conj", "advcl", "parataxis", "acl:relcl", "obl", "advmod", "appos", "dep", "nmod", "acl")


INSIDE_OTHER_RELATIONS = ("acl", "ccomp", "advcl", "parataxis", "xcomp", "conj")


INSIDE_RELATIONS = {
    Standing.INSIDE_SOURCE: INSIDE_SOURCE_RELATIONS,
    Standing.INSIDE_CONTENT: INSIDE_CONTENT_RELATIONS,
    Standing.INSIDE_OTHER: INSIDE_OTHER_RELATIONS,
}


INNER = frozenset({*INSIDE_RELATIONS, Standing.ABOVE_CONTENT})
"""Standings of phrases below or above a phrase that already has its role."""


def nodes_inside(context: SentenceContext, index: int, standing: Standing, without: Container[int] = ()) -> list[Node]:
    """The dependents of a phrase's head that may have another role than the phrase."""
    relations = INSIDE_RELATIONS[standing]
    return [Node(standing, child, index) for child in context.tree.children(index, *relations) if child not in without]


def dependents_of(context: SentenceContext, index: int) -> list[int]:
    """The token's dependents other than punctuation."""
    return [child for child in context.tree.children(index) if context.tokens[child].relation != "punct"]


def role_features(context: SentenceContext, candidate: Candidate, node: Node, lexicon: Lexicon) -> list[str]:
    """The facts that decide the role of a phrase."""
    tree, cue = context.tree, candidate.head
    token, other = context.tokens[cue], context.tokens[node.index]
    entries = entries_of(context, candidate, lexicon)
    kind = candidate.kind.value
    lemma = f"{entries[0].lemma if entries else context.lemma(cue)}/{kind}"
    if node.standing in INNER:
        return _inner_role_features(context, candidate, node, lemma)
    dependent = node.standing is Standing.DEPENDENT
    relation = other.relation if dependent else f"{node.standing}-{token.relation}"
    if dependent and node.parent != cue:
        relation = f"under-{context.tokens[node.parent].relation.split(':')[0]}-{other.relation}"
    passive = context.is_passive(cue)
    features = [
        f"is={relation}",
        f"is+kind={relation}/{kind}",
        f"is+lemma={relation}:{lemma}",
        f"is+tag={relation}/{other.upos}",
        f"is+xpos={relation}/{other.xpos}",
        f"is+passive={relation}/{passive}",
        f"is+side={relation}/{'before' if node.index < cue else 'after'}",
        f"is+quoted={relation}/{context.in_quotation[node.index]}",
        f"is+cue-relation={relation}/{token.relation}",
    ]
    if passive:
        features.append(f"is+passive-lemma={relation}:{lemma}")
    for entry in entries[:1]:
        features.append(f"is+attitude={relation}/{entry.attitude}")
    preposition = context.preposition(node.index) if dependent else "-"
    if preposition != "-":
        features += [
            f"is+preposition={relation}/{preposition}",
            f"is+preposition+lemma={relation}/{preposition}:{lemma}",
        ]
        if any(preposition in entry.prepositions for entry in entries):
            features.append(f"is+licensed-preposition={relation}")
    if other.upos in {"ADV", "ADJ", "PRON", "NOUN", "SCONJ", "ADP", "AUX", "PART", "PROPN"}:
        features.append(f"is+word={relation}/{context.word(node.index)}")
    if other.upos == "NOUN":
        features.append(f"is+noun={relation}/{source_kind(context, node.index, lexicon)}")
        if lexicon.nouns_of(context.lemma(node.index)):
            features.append(f"is+cue-noun={relation}")
    for name in ("ccomp", "xcomp", "obj", "obl:agent", "parataxis"):
        if name != other.relation and tree.has_child(cue, name):
            features.append(f"is+beside={relation}/{name}")
    if tree.has_child(node.index, "acl"):
        features.append(f"is+has-clause={relation}")
    if dependent and other.relation.split(":")[0] in {"advcl", "acl", "parataxis", "conj", "ccomp"}:
        finite = any(
            context.tokens[child].relation.startswith(("aux", "nsubj", "cop")) for child in tree.children(node.index)
        )
        between = range(min(cue, node.index), max(cue, node.index))
        features += [
            f"is+finite={relation}/{finite}",
            f"is+near={relation}/{abs(node.index - cue) < 4}",
            f"is+comma={relation}/{any(context.tokens[place].text == ',' for place in between)}",
        ]
    if node.parent != cue:
        parent = context.word(node.parent)
        features += [f"under={relation}/{parent}", f"under+preposition={relation}/{parent}/{preposition}"]
    if any(
        context.tokens[place].text in QUOTATION_MARKS for place in range(min(cue, node.index), max(cue, node.index))
    ):
        features.append(f"is+mark-between={relation}")
    features += _frame_features(context, candidate, node, relation, entries)
    return list(dict.fromkeys(features))


FAR = 12
"""Distance in tokens beyond which it is not informative."""


def _inner_role_features(context: SentenceContext, candidate: Candidate, node: Node, lemma: str) -> list[str]:
    """The facts that decide whether a clause or phrase still belongs to the source or content above it."""
    tree, cue = context.tree, candidate.head
    parent, other = context.tokens[node.parent], context.tokens[node.index]
    above = node.standing is Standing.ABOVE_CONTENT
    name = f"{node.standing}-{(parent if above else other).relation}"
    begin, end = sorted((node.index, node.parent))
    comma = any(context.tokens[place].text in {",", "--", "—", "–", ";"} for place in range(begin, end))
    subject = context.subject(node.index)
    preposition = context.preposition(node.index)
    auxiliaries = "+".join(context.lemma(child) for child in tree.children(node.index, "aux", "cop")) or "-"
    place = "before-both" if node.index < min(cue, node.parent) else "after-both"
    if min(cue, node.parent) < node.index < max(cue, node.parent):
        place = "between"
    return [
        f"is={name}",
        f"is+place={name}/{place}",
        f"is+comma={name}/{comma}",
        f"is+place+comma={name}/{place}/{comma}",
        f"is+tag={name}/{other.upos}",
        f"is+tag+comma={name}/{other.upos}/{comma}",
        f"is+xpos={name}/{other.xpos}",
        f"is+xpos+parent={name}/{other.xpos}/{parent.xpos}",
        f"is+preposition={name}/{preposition}",
        f"is+preposition+comma={name}/{preposition}/{comma}",
        f"is+subject={name}/{'-' if subject is None else context.phrase_class(subject)}",
        f"is+auxiliaries={name}/{auxiliaries}",
        f"is+distance={name}/{min(abs(node.index - node.parent), FAR) // 3}",
        f"is+quoted={name}/{context.in_quotation[node.index]}/{context.in_quotation[node.parent]}",
        f"is+lemma={name}:{lemma}",
        f"is+word={name}/{context.word(node.index)}",
        f"is+cue-tag={name}/{context.tokens[cue].xpos}/{other.xpos}",
    ]


FRAME_RELATIONS = frozenset({"nsubj", "obj", "ccomp", "xcomp", "obl", "parataxis", "csubj", "iobj", "expl"})
"""Relations that make up a predicate's frame."""


def _frame_features(
    context: SentenceContext,
    candidate: Candidate,
    node: Node,
    name: str,
    entries: tuple[CueVerb | CueNoun | CueAdjective, ...],
) -> list[str]:
    """The facts about the cue's frame, found and listed, and the phrase's place in it."""
    tree, cue = context.tree, candidate.head
    attitude = entries[0].attitude if entries else "none"
    passive = context.is_passive(cue)
    bases = {child: tree.relations[child][1] for child in tree.children(cue)}
    frame = "+".join(sorted(FRAME_RELATIONS.intersection(bases.values())))
    base = tree.relations[node.index][1]
    alike = [child for child in bases if bases[child] == base]
    rank = alike.index(node.index) if node.index in alike else -1
    side = "before" if node.index < cue else "after"
    return [
        f"is+frame={name}/{frame}",
        f"is+frame+attitude={name}/{frame}/{attitude}",
        f"is+frame+passive={name}/{frame}/{passive}",
        f"is+rank={name}/{rank}/{len(alike)}",
        f"is+distance={name}/{min(abs(node.index - cue), FAR) // 3}/{side}",
        *(
            feature
            for listed in sorted({listed for entry in entries for listed in entry.frames})
            for feature in (f"is+entry-frame={name}/{listed}", f"is+entry-frame+passive={name}/{listed}/{passive}")
        ),
    ]
