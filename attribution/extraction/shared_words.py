"""Words that two accepted cues of a sentence claim: which cue, source or content they belong to."""

from __future__ import annotations

import msgspec

from attribution.extraction.acceptance import is_hearsay
from attribution.extraction.candidates import CandidateKind
from attribution.extraction.found import Found, by_sentence, content_spans
from attribution.extraction.frames import entries_of
from attribution.extraction.spans import trim
from attribution.lexicon import Lexicon


def without_doubles(found: list[Found], lexicon: Lexicon) -> list[Found]:
    """The attributions less those whose cue is only a part of another's cue (*declined **to say***).

    Hearsay gives way to none (*reportedly **told***), and a verb that only the model takes for a cue gives way to
    hearsay that modifies it (*reportedly **fired***).
    """

    def wins(one: Found, other: Found) -> bool:
        carried = not entries_of(other.context, other.candidate, lexicon)
        if carried and one.candidate.head in other.roles.cue and _is_carried(one, other, lexicon):
            return True
        if _is_carried(other, one, lexicon) and not entries_of(one.context, one.candidate, lexicon):
            return False
        if is_hearsay(one.candidate) and carried:
            return True
        return other.candidate.head in one.roles.cue and one.log_odds > other.log_odds

    neighbours = by_sentence(found)

    def loses(one: Found) -> bool:
        for other in neighbours[one.context.sentence.id]:
            if other is one:
                continue
            if one.candidate.head in other.roles.cue and not wins(one, other) and not is_hearsay(one.candidate):
                return True
            if other.candidate.head in one.roles.cue and wins(other, one):
                return True
        return False

    return [one for one in found if not loses(one)]


def _is_carried(one: Found, other: Found, lexicon: Lexicon) -> bool:
    """Whether a noun or adjective with content is what a light or linking verb only carries (*took the **view***)."""
    return (
        one.candidate.kind in {CandidateKind.NOUN, CandidateKind.ADJECTIVE}
        and other.candidate.kind is CandidateKind.VERB
        and bool(one.content)
        and bool(one.source)
        and other.context.lemma(other.candidate.head) in lexicon.words_for("light-verb") | lexicon.words_for("linking")
    )


def part_hearsay(found: list[Found]) -> None:
    """*A witness reportedly told investigators*: the word of hearsay is a cue of its own and no part of the verb's."""
    neighbours = by_sentence(one for one in found if is_hearsay(one.candidate))
    for one in found:
        for other in neighbours[one.context.sentence.id]:
            if other is not one and one.roles.cue & other.roles.cue:
                one.roles = msgspec.structs.replace(one.roles, cue=one.roles.cue - other.roles.cue)
                one.cue = one.context.tree.spans(trim(one.context, one.roles.cue) or one.roles.cue)


def part_coordinated_cues(found: list[Found]) -> None:
    """*The mayor said it was open and added that …*: the second cue is no part of what the first one says."""
    neighbours = by_sentence(found)
    for later in found:
        tree, head = later.context.tree, later.candidate.head
        if not tree.matches(head, "conj") or later.context.subject(head) is not None or not later.source:
            continue
        for earlier in neighbours[later.context.sentence.id]:
            if earlier.source == later.source and earlier is not later:
                below = frozenset(tree.subtree(head))
                if earlier.candidate.head not in below:
                    earlier.roles = msgspec.structs.replace(earlier.roles, content=earlier.roles.content - below)
                    earlier.content = content_spans(earlier)


def lead_added_words_to_speaker(found: list[Found], lexicon: Lexicon) -> None:
    """*Lind said the boats had sailed to rest, **adding** that pay was low*: it is Lind who adds it.

    Only who speaks can add; the parse often takes the participle for a part of what was said.
    """
    neighbours = by_sentence(found)
    for later in found:
        tree, head = later.context.tree, later.candidate.head
        if later.context.lemma(head) not in lexicon.words_for("adding") or tree.tokens[head].xpos != "VBG":
            continue
        if head == 0 or tree.tokens[head - 1].text != "," or later.context.in_quotation[head]:
            continue
        earlier = [
            one
            for one in neighbours[later.context.sentence.id]
            if one.source and one.candidate.head < head and not one.context.in_quotation[one.candidate.head]
        ]
        outermost = min(earlier, key=lambda one: len(tree.ancestors(one.candidate.head)), default=None)
        if outermost is None or outermost.source == later.source:
            continue
        below = frozenset(tree.subtree(head))
        later.roles = msgspec.structs.replace(later.roles, source=outermost.roles.source)
        later.source = outermost.source
        outermost.roles = msgspec.structs.replace(outermost.roles, content=outermost.roles.content - below)
        outermost.content = content_spans(outermost)
