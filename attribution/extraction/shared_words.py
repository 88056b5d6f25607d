"""Words that two accepted cues of a sentence claim: which cue, source or content they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from attribution.extraction.acceptance import is_hearsay
from attribution.extraction.candidates import CandidateKind
from attribution.extraction.found import Found, by_number, by_sentence, content_spans
from attribution.extraction.frames import entries_of
from attribution.extraction.spans import trim
from attribution.lexicon import Lexicon


def without_doubles(attributions: Sequence[Found], lexicon: Lexicon) -> tuple[Found, ...]:
    """The attributions less those whose cue is only a part of another's cue (*declined **to say***).

    Hearsay never loses (*reportedly **told***), and a verb that only the model takes for a cue loses to hearsay that
    modifies it (*reportedly **fired***).
    """
    heads: defaultdict[tuple[str, int], list[Found]] = defaultdict(list)
    cues: defaultdict[tuple[str, int], list[Found]] = defaultdict(list)
    for attribution in attributions:
        heads[attribution.sentence, attribution.candidate.head].append(attribution)
        for word in attribution.roles.cue:
            cues[attribution.sentence, word].append(attribution)

    def loses(attribution: Found) -> bool:
        sentence = attribution.sentence
        for other in cues[sentence, attribution.candidate.head]:
            if (
                other is not attribution
                and not is_hearsay(attribution.candidate)
                and not _wins(attribution, other, lexicon)
            ):
                return True
        parts = (other for word in attribution.roles.cue for other in heads[sentence, word])
        return any(other is not attribution and _wins(other, attribution, lexicon) for other in parts)

    return tuple(attribution for attribution in attributions if not loses(attribution))


def _wins(first: Found, second: Found, lexicon: Lexicon) -> bool:
    """Whether the first attribution is kept where the cue of one contains the head of the other."""
    unlisted = not entries_of(second.context, second.candidate, lexicon)
    if unlisted and first.candidate.head in second.roles.cue and _is_carried(first, second, lexicon):
        return True
    if _is_carried(second, first, lexicon) and not entries_of(first.context, first.candidate, lexicon):
        return False
    if is_hearsay(first.candidate) and unlisted:
        return True
    return second.candidate.head in first.roles.cue and first.log_odds > second.log_odds


def _is_carried(telling: Found, verb: Found, lexicon: Lexicon) -> bool:
    """Whether a word with content is only carried by a verb (*took the **view***, *used her speech to **warn***)."""
    if verb.candidate.kind is not CandidateKind.VERB or not telling.content or not telling.source:
        return False
    if telling.candidate.kind is CandidateKind.VERB:
        return bool(entries_of(telling.context, telling.candidate, lexicon))
    carrying = lexicon.words_for("light-verb") | lexicon.words_for("linking")
    return (
        telling.candidate.kind in {CandidateKind.NOUN, CandidateKind.ADJECTIVE}
        and verb.context.lemma(verb.candidate.head) in carrying
    )


def hearsay_parted(attributions: Sequence[Found]) -> tuple[Found, ...]:
    """*A witness reportedly told investigators*: the adverb is a cue of its own and no part of the verb's cue."""
    neighbours = by_sentence(attribution for attribution in attributions if is_hearsay(attribution.candidate))
    known = by_number(attributions)
    for number in known:
        for hearsay in neighbours[known[number].sentence]:
            attribution, words = known[number], known[hearsay.number].roles.cue
            if hearsay.number != number and attribution.roles.cue & words:
                roles = replace(attribution.roles, cue=attribution.roles.cue - words)
                cue = attribution.context.tree.spans(trim(attribution.context, roles.cue) or roles.cue)
                known[number] = replace(attribution, roles=roles, cue=cue)
    return tuple(known.values())


def coordinated_cues_parted(attributions: Sequence[Found]) -> tuple[Found, ...]:
    """*The mayor said it was open and added that …*: the second cue is no part of the first one's content."""
    neighbours = by_sentence(attributions)
    known = by_number(attributions)
    for later in attributions:
        tree, head = later.context.tree, later.candidate.head
        if not tree.matches(head, "conj") or later.context.subject(head) is not None or not later.source:
            continue
        below = frozenset(tree.subtree(head))
        for earlier in neighbours[later.sentence]:
            if earlier.source == later.source and earlier is not later and earlier.candidate.head not in below:
                known[earlier.number] = _without_content(known[earlier.number], below)
    return tuple(known.values())


def _without_content(attribution: Found, words: frozenset[int]) -> Found:
    roles = replace(attribution.roles, content=attribution.roles.content - words)
    return replace(attribution, roles=roles, content=content_spans(attribution.context, roles))


def added_words_led_to_speaker(attributions: Sequence[Found], lexicon: Lexicon) -> tuple[Found, ...]:
    """*Lind said the boats had sailed to rest, **adding** that pay was low*: Lind is the source of *adding*.

    Only somebody who speaks can add, and a colon (*…, **warning**: “…”*) opens words of the same speaker; parsers often
    attach the participle to the words that were said.
    """
    neighbours = by_sentence(attributions)
    known = by_number(attributions)
    for number in known:
        later = known[number]
        tree, head = later.context.tree, later.candidate.head
        if tree.tokens[head].xpos != "VBG":
            continue
        before_colon = head + 1 < len(tree) and tree.tokens[head + 1].text == ":"
        if later.context.lemma(head) not in lexicon.words_for("adding") and not before_colon:
            continue
        if head == 0 or tree.tokens[head - 1].text != "," or later.is_quoted:
            continue
        earlier = [
            known[neighbour.number]
            for neighbour in neighbours[later.sentence]
            if known[neighbour.number].source and neighbour.candidate.head < head and not neighbour.is_quoted
        ]
        outermost = min(earlier, key=lambda speaker: len(tree.ancestors(speaker.candidate.head)), default=None)
        if outermost is None or outermost.source == later.source:
            continue
        roles = replace(later.roles, source=outermost.roles.source)
        known[number] = replace(later, roles=roles, source=outermost.source)
        known[outermost.number] = _without_content(outermost, frozenset(tree.subtree(head)))
    return tuple(known.values())
