"""Steps that find the speaker in the quotation's own sentences."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from attribution import grammar
from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.found import Found
from attribution.extraction.quotation_kinds import QuotationKind
from attribution.extraction.repairs import repair
from attribution.extraction.roles import Roles, find_roles
from attribution.extraction.spans import without
from attribution.extraction.speech.persons import NAME_WORDS, says
from attribution.extraction.speech.scene import Passage, Scene
from attribution.ingest.labels import leading_verbs
from attribution.records import Frame, Span


def held(scene: Scene, passage: Passage) -> Found | None:
    """*Brandt said: “…”*, *“…,” Brandt said*: the attribution whose content it is, the likeliest of several.

    A participle that depends on another of them is left out (*Asked about it, Brandt said: “…”*).
    """
    holders = scene.holding(passage.span)
    owners = [
        attribution for attribution in holders if attribution.source and not hangs_on(attribution, holders)
    ] or holders
    return max(owners, key=lambda attribution: attribution.log_odds, default=None)


def tells_occasion(owner: Found, other: Found) -> bool:
    """Whether the owner's clause only tells when or why the other's verb holds."""
    if owner.sentence != other.sentence:
        return False
    tree, head = owner.context.tree, owner.candidate.head
    return other.candidate.head in tree.ancestors(head) and grammar.opens_with(tree, head, grammar.OCCASIONS)


def leads_into(scene: Scene, first: Found, owner: Found) -> bool:
    """*We need to “act now. The dam leaks,” Lind said*: a verb that says nothing leads into another's quotation."""
    return (
        first.sentence != owner.sentence
        and says(scene, owner.context, owner.candidate)
        and not says(scene, first.context, first.candidate)
    )


def hangs_on(attribution: Found, others: Sequence[Found]) -> bool:
    """Whether a cue is a participle clause of another cue in its sentence."""
    tree, head = attribution.context.tree, attribution.candidate.head
    return (
        tree.matches(head, "advcl")
        and tree.tokens[head].xpos in {"VBN", "VBD"}
        and not tree.has_child(head, "nsubj")
        and any(other.context is attribution.context and other.candidate.head == tree.head(head) for other in others)
    )


def verb_first(scene: Scene, passage: Passage) -> Found | None:
    """*Added Brandt: “…”*, *Says Ada Roth, who runs the kiosk: “…”*: the verb opens the sentence, and a colon ends it.

    Parsers take such verbs for names or participles, so word order decides.
    """
    place = passage.first
    context = scene.contexts[place]
    quoted = context.tree.words_in([passage.span])
    if scene.contexts[place].sentence.start == passage.span.start and place and scene.opens_block(passage):
        place, quoted = place - 1, frozenset()
        context = scene.contexts[place]
    end = min(quoted, default=len(context))
    if end < len(context) and not quoted:
        return None
    words = [index for index in range(1, end) if context.is_word(index)]
    if not words or context.tokens[0].text.lower() not in leading_verbs() or context.tokens[end - 1].text != ":":
        return None
    comma = next((index for index in range(1, end) if context.tokens[index].text in {",", "("}), end - 1)
    named = [index for index in words if index < comma]
    if not named or len(named) > NAME_WORDS or any(context.tokens[index].upos in {"AUX", "PRON"} for index in named):
        return None
    if context.tokens[named[0]].upos in {"ADP", "SCONJ", "ADV", "PART"} or context.tokens[words[-1]].upos == "VERB":
        return None  # Asked about the smell, Brandt said: “…”
    known = [
        attribution for attribution in scene.found_in(place) if attribution.candidate.head == 0 and attribution.source
    ]
    if known:
        return None
    for attribution in scene.found_in(place):
        if passage.span.overlaps(attribution.head):  # a cue that is only part of the quotation
            before = Span(context.sentence.start, passage.span.start)
            scene.update(replace(attribution, content=without(attribution.content, [before])))
    kind, head = (CandidateKind.VERB, 0) if context.tree.root == 0 else (CandidateKind.COLON, end - 1)
    roles = Roles(frozenset({0}), frozenset(named), quoted)
    return scene.add(place, Candidate(kind, head, (head,)), roles, Frame.BESIDE_QUOTATION)


def same_quotation(scene: Scene, passage: Passage) -> Found | None:
    """*“… ¶ “…”*: a quotation that continues in the next paragraph keeps its speaker."""
    return scene.owner(passage.quotation.id, passage.number - 1)


def beside(scene: Scene, passage: Passage) -> Found | None:
    """*“Ready,” Brandt radioed*, *Said Brandt, who runs the kiosk: “…”*: a verb that is a cue only beside a quotation.

    It must be a verb of saying, or be with its subject between the quotation's comma and the next stop.
    """
    if passage.judgement.kind is QuotationKind.TITLE:
        return None
    for place in dict.fromkeys((passage.last, passage.first)):
        context = scene.contexts[place]
        quoted = context.tree.words_in([passage.span])
        for candidate in scene.candidates_in(place):
            if candidate.kind is not CandidateKind.VERB or context.in_quotation[candidate.head]:
                continue
            if grammar.is_relative_behind(context.tree, candidate.head, quoted):
                continue  # “…,” a detail that fits the plot
            if not says(scene, context, candidate) and not _is_set_off_behind(context, candidate.head, quoted):
                continue
            roles = repair(
                context, candidate, find_roles(context, candidate, scene.lexicon, scene.roles), scene.lexicon
            )
            if roles.source and roles.content & quoted and not roles.source & quoted:
                return scene.add(place, candidate, _less_clause(context, roles, quoted), Frame.BESIDE_QUOTATION)
    return None


def coordinated(scene: Scene, passage: Passage) -> Found | None:
    """*called it “a farce” and “a waste of money”*: coordinated quotations have the same speaker."""
    place = passage.first
    owner = scene.speaker_at_end(place)
    if owner is None:
        return None
    context = scene.contexts[place]
    earlier = [index for index in range(len(context)) if context.in_quotation[index]]
    earlier = [index for index in earlier if context.tokens[index].end <= passage.span.start]
    if not earlier:
        return None
    between = [token for token in context.tokens[earlier[-1] + 1 :] if token.end <= passage.span.start]
    words = [token for token in between if context.is_word(token.index)]
    joined = bool(words) and all(token.upos in {"CCONJ", "SCONJ", "ADV", "DET", "ADP", "PART"} for token in words)
    return owner if joined and any(token.upos == "CCONJ" for token in words) else None


def _is_set_off_behind(context: SentenceContext, head: int, quoted: frozenset[int]) -> bool:
    """Whether a finite verb and its noun phrase directly follow a quotation that ends with a comma, ? or !."""
    if not quoted or max(quoted) >= head or context.tokens[head].xpos not in grammar.FINITE_TAGS:
        return False
    ends = {context.tokens[index].text for index in sorted(quoted)[-2:]}
    between = [index for index in range(max(quoted) + 1, head) if context.is_word(index)]
    phrase = between or ([head + 1] if head + 1 < len(context) else [])
    return (
        bool(ends & {",", "?", "!"})
        and len(between) <= NAME_WORDS
        and bool(phrase)
        and all(context.tokens[index].upos in grammar.NOMINAL_TAGS for index in phrase)
        and any(context.tokens[index].upos in {"PROPN", "PRON", "NOUN"} for index in phrase)
    )


def _less_clause(context: SentenceContext, roles: Roles, quoted: frozenset[int]) -> Roles:
    """The roles with only quoted words as content."""
    content = frozenset(index for index in roles.content if context.in_quotation[index])
    return Roles(roles.cue, roles.source, content | quoted, roles.other | (roles.content - content))
