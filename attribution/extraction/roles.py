"""Which words around a cue are its source, which its content, and which belong to the cue itself.

The tree is labelled from the cue outwards: each dependent of the cue, the cue's head, and an understood subject get
one of four roles by the log-linear role model; a phrase taken into the cue (*raised **concerns** that …*) has its
own dependents labelled in turn, and a phrase taken as source or content may lose a dependent that is the writer's
addition. Fixed phrases (*according to*) and colons need no model: their pattern gives the roles.
"""

from __future__ import annotations

import msgspec

from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.frames import entries_of, frames_of
from attribution.extraction.role_features import (
    CueInTree,
    Node,
    Standing,
    dependents_of,
    nodes_inside,
    nodes_of,
    role_features,
)
from attribution.extraction.source_ends import Phrase, end_of_source
from attribution.extraction.weights import LogLinear
from attribution.lexicon import SOURCE_PLACE, Lexicon
from attribution.records import Attitude

SOURCE, CONTENT, CUE, OTHER = "source", "content", "cue", "other"
"""The four roles, as the weights file names them."""


class Roles(msgspec.Struct, frozen=True):
    """The token indices of each part of an attribution within its sentence."""

    cue: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]
    other: frozenset[int] = frozenset()


def find_roles(context: SentenceContext, candidate: Candidate, lexicon: Lexicon, model: LogLinear) -> Roles:
    """The roles of the words around a candidate."""
    if candidate.kind is CandidateKind.PHRASE:
        return _phrase_roles(context, candidate)
    if candidate.kind is CandidateKind.COLON:
        return _colon_roles(context, candidate)
    return _Labelling(context, candidate, lexicon, model).roles()


class _Labelling:
    """One pass of the role model over the phrases around a cue."""

    def __init__(self, context: SentenceContext, candidate: Candidate, lexicon: Lexicon, model: LogLinear) -> None:
        self.context = context
        self.candidate = candidate
        self.lexicon = lexicon
        self.model = model
        self.tree = context.tree
        self.facts = CueInTree(context, candidate, lexicon)
        self.below = frozenset(self.tree.subtree(candidate.head))
        self.cue: set[int] = {candidate.head}
        self.source: set[int] = set()
        self.content: set[int] = set()
        self.other: set[int] = set()

    def roles(self) -> Roles:
        waiting = nodes_of(self.context, self.candidate.head)
        spare: list[tuple[float, Node]] = []
        subjects: list[tuple[float, Node]] = []
        complements: list[Node] = []
        while waiting:
            node = waiting.pop(0)
            scores = self._scores(node)
            role = max(self.model.classes, key=scores.__getitem__)
            if role == CUE and node.index > self.candidate.head and self.context.subject(node.index) is not None:
                role = CONTENT  # a phrase with a subject of its own is a clause, whatever its relation
            if role == CUE and self._is_plain_subject(node):
                role = SOURCE
            if role in {SOURCE, OTHER} and self._is_spoken_of(node):
                role = CONTENT
            if node.standing is Standing.SUBJECT or self.tree.matches(node.index, "nsubj"):
                subjects.append((scores[SOURCE] - scores[role], node))
            if role == CUE and node.standing is Standing.DEPENDENT:
                self.cue.add(node.index)
                if self.tree.matches(node.index, "xcomp"):
                    complements.append(node)
                waiting += [
                    Node(Standing.DEPENDENT, child, node.index) for child in dependents_of(self.context, node.index)
                ]
            elif role == SOURCE:
                self._take_source(node)
            elif role == CONTENT:
                self._take_content(node)
            else:
                spare.append((scores[CONTENT] - scores[role], node))
                if node.standing is Standing.DEPENDENT:
                    self.other.update(self.tree.subtree(node.index))
                    for inner in nodes_inside(self.context, node.index, Standing.INSIDE_OTHER):
                        if self._belongs(inner, CONTENT):
                            self.content.update(self._content_below(inner.index, frozenset()))
        if not self.content - self.source - self.cue and spare:
            self._take_likeliest_content(spare)
        if not self.content - self.source and len(complements) == 1:
            # A cue that includes the only possible content gives it back: declined | to comment.
            (complement,) = complements
            self.cue.difference_update(self.tree.subtree(complement.index))
            self._take_content(complement)
        if not self.source and subjects and not self.context.is_passive(self.candidate.head):
            self._take_likeliest_source(subjects)
        return Roles(
            frozenset(self.cue),
            frozenset(self.source - self.cue),
            frozenset(self.content - self.source - self.cue),
            frozenset(self.other - self.content - self.source - self.cue),
        )

    def _is_plain_subject(self, node: Node) -> bool:
        """Whether a phrase is the subject of a verb, a pronoun or name rather than a document (*his letter said*)."""
        return (
            self.candidate.kind is CandidateKind.VERB
            and node.parent == self.candidate.head
            and self.tree.matches(node.index, "nsubj")
            and self.context.tokens[node.index].upos in {"PRON", "DET", "PROPN", "NUM"}
        )

    def _is_spoken_of(self, node: Node) -> bool:
        """Whether a phrase is the subject of a passive of assertion or belief.

        *He was dubbed a hero*, *she is believed to be abroad*: the subject is not a speaker but part of the content;
        unlike *she was convinced*.
        """
        head = self.candidate.head
        auxiliaries = self.tree.children(head, "aux:pass")
        entries = entries_of(self.context, self.candidate, self.lexicon)
        return (
            self.tree.matches(node.index, "nsubj:pass")
            and node.parent == head
            # 's may be *is* or *has*.
            and any(self.context.tokens[index].text not in {"'s", "’s"} for index in auxiliaries)
            and (
                any(entry.attitude is Attitude.ASSERTION for entry in entries[:1])
                or any(RAISING_FRAMES.intersection(entry.frames, frames_of(self.context, head)) for entry in entries)
            )
        )

    def _scores(self, node: Node) -> dict[str, float]:
        """The score of each role for a phrase."""
        scores = self.model.scores(role_features(self.facts, node))
        return dict(zip(self.model.classes, scores, strict=True))

    def _belongs(self, node: Node, role: str) -> bool:
        """Whether an inner phrase has the role rather than none; the other two roles are not possible inside."""
        scores = self._scores(node)
        return scores[role] >= scores[OTHER]

    def _take_source(self, node: Node) -> None:
        if node.standing is not Standing.DEPENDENT and self.source:
            return
        without = {self.candidate.head} if node.standing is not Standing.DEPENDENT else set()
        without.update(child for child in self.tree.children(node.index, "case") if child < node.index)
        for inner in nodes_inside(self.context, node.index, Standing.INSIDE_SOURCE, without):
            if not self._belongs(inner, SOURCE):
                without.add(inner.index)
        self.source.update(self.tree.subtree(node.index, without=without))

    def _take_content(self, node: Node) -> None:
        if node.standing is Standing.DEPENDENT:
            self.content.update(self._content_below(node.index, frozenset()))
        elif node.standing is Standing.HEAD:
            top = node.index
            reached = [top]
            while (head := self.tree.head(top)) is not None and self._belongs(
                Node(Standing.ABOVE_CONTENT, head, top), CONTENT
            ):
                top = head
                reached.append(top)
            self.content.update(self._content_below(top, frozenset(reached) | {self.candidate.head}) - self.below)
        elif not self.below.intersection(subtree := self.tree.subtree(node.index)):
            self.content.update(subtree)

    def _content_below(self, index: int, without: frozenset[int]) -> set[int]:
        """The subtree of a content's head, without clauses that are the writer's addition."""
        cut = {
            inner.index
            for inner in nodes_inside(self.context, index, Standing.INSIDE_CONTENT, without)
            if not self._belongs(inner, CONTENT)
        }
        return set(self.tree.subtree(index, without=cut))

    def _take_likeliest_content(self, spare: list[tuple[float, Node]]) -> None:
        """A cue needs content: take the phrase without a role that is nearest to content, if near enough."""
        margin, node = max(spare, key=lambda pair: pair[0])
        if margin > LEAST_CONTENT_MARGIN and node.standing in {Standing.DEPENDENT, Standing.HEAD}:
            self._take_content(node)

    def _take_likeliest_source(self, subjects: list[tuple[float, Node]]) -> None:
        """Take the likeliest subject as the source if it is near enough and has no other role."""
        margin, node = max(subjects, key=lambda pair: pair[0])
        if margin > LEAST_SOURCE_MARGIN and node.index not in self.content | self.cue:
            self._take_source(node)


RAISING_FRAMES = frozenset({"object-infinitive", "object-as", "object-complement"})
"""Frames whose passive subject is the topic of the words or thoughts."""

LEAST_SOURCE_MARGIN = -1.0
"""Log-odds against source up to which a subject is still taken when a cue would be left without a source."""

LEAST_CONTENT_MARGIN = -2.0
"""Log-odds against content up to which a phrase is still taken when a cue would be left without any."""


def _phrase_roles(context: SentenceContext, candidate: Candidate) -> Roles:
    """*According to the ministry, …*: the noun phrase is the source, the clause above it the content."""
    assert candidate.phrase is not None
    tree = context.tree
    cue = frozenset(candidate.tokens)
    if SOURCE_PLACE in candidate.phrase.words:
        if candidate.source is None:
            return Roles(cue, frozenset(), frozenset())
        outermost = candidate.source
        while (head := tree.head(outermost)) is not None and head in cue:
            outermost = head
        cut = [
            child
            for child in tree.children(candidate.source, "parataxis", "advcl", "ccomp", "conj")
            if tree.has_child(child, "nsubj", "cop") or context.tokens[child].upos == "VERB"
        ]
        source = frozenset(tree.subtree(candidate.source, without=[*cut, *cue]))
        relative = _relative_clause_around(context, outermost)
        top = clause_above(context, outermost) if relative is None else relative
        above = range(len(tree)) if top is None else tree.subtree(top)
        content = frozenset(above) - source - cue
        return _up_to_its_end(Phrase(context, cue, source, content, relative is not None))
    top = candidate.head
    while top in cue and (governor := tree.head(top)) is not None:
        top = governor
    content = frozenset(tree.subtree(top)) - cue
    end = candidate.tokens[-1]
    marks = [index for index in content if index > end and tree.forms[index] == "that"]
    if tree.forms[candidate.tokens[0]] == "it" and marks:
        # It has been claimed on social media | that …
        content = frozenset(index for index in content if index >= min(marks))
    return Roles(cue, frozenset(), content)


def _up_to_its_end(phrase: Phrase) -> Roles:
    """The roles of a phrase; what the parse attaches to its source behind the source's end is content."""
    comma = end_of_source(phrase)
    if comma is None:
        return Roles(phrase.cue, phrase.source, phrase.content)
    said = frozenset(range(comma + 1, max(phrase.source) + 1)) - phrase.cue
    return Roles(phrase.cue, frozenset(index for index in phrase.source if index < comma), phrase.content | said)


def _relative_clause_around(context: SentenceContext, phrase: int) -> int | None:
    """The relative clause around a phrase (*a hymn that, according to Roth, the bishop had banned*)."""
    tree = context.tree
    verb = tree.head(phrase)
    if verb is None or not phrase < verb:
        return None
    pronouns = [child for child in tree.children(verb) if context.tokens[child].xpos in {"WDT", "WP"}]
    return verb if pronouns and pronouns[0] < tree.subtree(phrase)[0] else None


def clause_above(context: SentenceContext, index: int) -> int | None:
    """The head of the sentence's main clause above a phrase; None when the phrase itself is the root."""
    ancestors = context.tree.ancestors(index)
    return ancestors[-1] if ancestors else None


def _colon_roles(context: SentenceContext, candidate: Candidate) -> Roles:
    """*Ministry: bridge is safe*: a noun phrase before the colon is the source, the words after it the content."""
    left = range(candidate.head)
    content = frozenset(range(candidate.head + 1, len(context.tree)))
    has_verb = any(context.tokens[index].upos in {"VERB", "AUX"} for index in left)
    source = frozenset() if has_verb else frozenset(left)
    return Roles(frozenset(candidate.tokens), source, content)
