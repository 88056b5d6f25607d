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


class CueInTree:
    """A candidate cue with the facts about it that go into the features of every phrase around it."""

    def __init__(self, context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> None:
        tree, head = context.tree, candidate.head
        self.context = context
        self.lexicon = lexicon
        self.head = head
        self.kind = candidate.kind.value
        self.entries: tuple[CueVerb | CueNoun | CueAdjective, ...] = entries_of(context, candidate, lexicon)
        self.lemma = f"{self.entries[0].lemma if self.entries else context.lemma(head)}/{self.kind}"
        self.attitude = self.entries[0].attitude if self.entries else None
        self.passive = context.is_passive(head)
        self.dependents = {child: tree.relations[child][1] for child in tree.children(head)}
        """The universal relations of the cue's dependents."""
        self.frame = "+".join(sorted(FRAME_RELATIONS.intersection(self.dependents.values())))
        self.listed_frames = sorted({frame for entry in self.entries for frame in entry.frames})
        self.beside = [relation for relation in BESIDE if tree.has_child(head, relation)]


BESIDE = ("ccomp", "xcomp", "obj", "obl:agent", "parataxis")
"""Relations of dependents beside which a phrase is likelier or less likely to be source or content."""


def role_features(cue: CueInTree, node: Node) -> list[str]:
    """The facts that decide the role of a phrase."""
    if node.standing in INNER:
        return _inner_role_features(cue, node)
    context, tree, head, lemma = cue.context, cue.context.tree, cue.head, cue.lemma
    token, other = context.tokens[head], context.tokens[node.index]
    dependent = node.standing is Standing.DEPENDENT
    relation = other.relation if dependent else f"{node.standing}-{token.relation}"
    if dependent and node.parent != head:
        relation = f"under-{context.tokens[node.parent].relation.split(':')[0]}-{other.relation}"
    features = [
        f"is={relation}",
        f"is+kind={relation}/{cue.kind}",
        f"is+lemma={relation}:{lemma}",
        f"is+tag={relation}/{other.upos}",
        f"is+xpos={relation}/{other.xpos}",
        f"is+passive={relation}/{cue.passive}",
        f"is+side={relation}/{'before' if node.index < head else 'after'}",
        f"is+quoted={relation}/{context.in_quotation[node.index]}",
        f"is+cue-relation={relation}/{token.relation}",
    ]
    if cue.passive:
        features.append(f"is+passive-lemma={relation}:{lemma}")
    if cue.attitude is not None:
        features.append(f"is+attitude={relation}/{cue.attitude}")
    preposition = context.preposition(node.index) if dependent else "-"
    if preposition != "-":
        features += [
            f"is+preposition={relation}/{preposition}",
            f"is+preposition+lemma={relation}/{preposition}:{lemma}",
        ]
        if any(preposition in entry.prepositions for entry in cue.entries):
            features.append(f"is+licensed-preposition={relation}")
    if other.upos in {"ADV", "ADJ", "PRON", "NOUN", "SCONJ", "ADP", "AUX", "PART", "PROPN"}:
        features.append(f"is+word={relation}/{context.word(node.index)}")
    if other.upos == "NOUN":
        features.append(f"is+noun={relation}/{source_kind(context, node.index, cue.lexicon)}")
        if cue.lexicon.nouns_of(context.lemma(node.index)):
            features.append(f"is+cue-noun={relation}")
    features += [f"is+beside={relation}/{name}" for name in cue.beside if name != other.relation]
    if tree.has_child(node.index, "acl"):
        features.append(f"is+has-clause={relation}")
    between = context.tokens[min(head, node.index) : max(head, node.index)]
    if dependent and other.relation.split(":")[0] in {"advcl", "acl", "parataxis", "conj", "ccomp"}:
        finite = any(
            context.tokens[child].relation.startswith(("aux", "nsubj", "cop")) for child in tree.children(node.index)
        )
        features += [
            f"is+finite={relation}/{finite}",
            f"is+near={relation}/{abs(node.index - head) < 4}",
            f"is+comma={relation}/{any(word.text == ',' for word in between)}",
        ]
    if node.parent != head:
        parent = context.word(node.parent)
        features += [f"under={relation}/{parent}", f"under+preposition={relation}/{parent}/{preposition}"]
    if any(word.text in QUOTATION_MARKS for word in between):
        features.append(f"is+mark-between={relation}")
    return features + _frame_features(cue, node, relation)


FAR = 12
"""Distance in tokens beyond which it is not informative."""


def _inner_role_features(cue: CueInTree, node: Node) -> list[str]:
    """The facts that decide whether a clause or phrase still belongs to the source or content above it."""
    context, tree, head = cue.context, cue.context.tree, cue.head
    parent, other = context.tokens[node.parent], context.tokens[node.index]
    above = node.standing is Standing.ABOVE_CONTENT
    name = f"{node.standing}-{(parent if above else other).relation}"
    begin, end = sorted((node.index, node.parent))
    comma = any(context.tokens[place].text in {",", "--", "—", "–", ";"} for place in range(begin, end))
    subject = context.subject(node.index)
    preposition = context.preposition(node.index)
    auxiliaries = "+".join(context.lemma(child) for child in tree.children(node.index, "aux", "cop")) or "-"
    place = "before-both" if node.index < min(head, node.parent) else "after-both"
    if min(head, node.parent) < node.index < max(head, node.parent):
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
        f"is+lemma={name}:{cue.lemma}",
        f"is+word={name}/{context.word(node.index)}",
        f"is+cue-tag={name}/{context.tokens[head].xpos}/{other.xpos}",
    ]


FRAME_RELATIONS = frozenset({"nsubj", "obj", "ccomp", "xcomp", "obl", "parataxis", "csubj", "iobj", "expl"})
"""Relations that make up a predicate's frame."""


def _frame_features(cue: CueInTree, node: Node, name: str) -> list[str]:
    """The facts about the cue's frame, found and listed, and the phrase's place in it."""
    base = cue.context.tree.relations[node.index][1]
    alike = [child for child, relation in cue.dependents.items() if relation == base]
    rank = alike.index(node.index) if node.index in alike else -1
    side = "before" if node.index < cue.head else "after"
    return [
        f"is+frame={name}/{cue.frame}",
        f"is+frame+attitude={name}/{cue.frame}/{cue.attitude or 'none'}",
        f"is+frame+passive={name}/{cue.frame}/{cue.passive}",
        f"is+rank={name}/{rank}/{len(alike)}",
        f"is+distance={name}/{min(abs(node.index - cue.head), FAR) // 3}/{side}",
        *(
            feature
            for listed in cue.listed_frames
            for feature in (f"is+entry-frame={name}/{listed}", f"is+entry-frame+passive={name}/{listed}/{cue.passive}")
        ),
    ]
