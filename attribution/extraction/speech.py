"""Whose speech a quotation is: quotations are taken whole, and each goes to a cue.

Each part of a quotation is asked about in text order. The steps of ``STEPS`` are tried one after another, the surest
first, and the first that knows a speaker decides; where none does, nobody is made up. A step is a plain function of
the scene so far and the part, and gives the attribution that the words belong to, a new one where no cue was known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

import msgspec

from attribution import grammar
from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.features import SIGNATURE_LENGTH, entries_of, source_kind
from attribution.extraction.found import Found, by_sentence, content_spans
from attribution.extraction.quotation_kinds import FIRST_PERSON, Judgement, QuotationKind
from attribution.extraction.repairs import repair
from attribution.extraction.repairs.repair import REPORTING_FRAMES
from attribution.extraction.roles import Roles, find_roles
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import DASHES, join, source_tokens, with_whole_quotations, without
from attribution.extraction.weights import LogLinear
from attribution.ingest.labels import leading_verbs
from attribution.lexicon import CueVerb, Lexicon
from attribution.parsing import Doc, Tree
from attribution.records import Attitude, BlockKind, Feature, Frame, Quotation, Span

SPEECH_LENGTH = 5
"""Words from which a quotation behind a colon is speech, whatever its form."""

LONGEST_GAP = 8
"""Characters, all of them white space, that may stand between a colon and the speech it introduces."""

WALK = 2
"""Sentences without a speaker that may stand between a speaker and the quotation that goes on in the same paragraph."""

SIGNATURE_WORDS = 12
"""Words that a name with its office may have behind the dash that signs a quotation."""

PERSON_KINDS = frozenset({"role", "official", "anonymous", "organisation", "vague-collective", "outlet", "name"})
PERSON_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "who"})
HEADINGS = frozenset({BlockKind.HEADLINE})
OPEN_ENDINGS = frozenset("?!…,-–—")


class Passage(msgspec.Struct, frozen=True):
    """A part of a quotation where it stands: its sentences run from number ``first`` to number ``last``."""

    quotation: Quotation
    number: int
    span: Span
    first: int
    last: int
    judgement: Judgement


class Scene:
    """What is known while the quotations of a draft are given to their speakers, in text order."""

    def __init__(
        self,
        doc: Doc,
        found: list[Found],
        candidates: Sequence[tuple[SentenceContext, Candidate]],
        contexts: Sequence[SentenceContext],
        lexicon: Lexicon,
        roles: LogLinear,
    ) -> None:
        self.doc = doc
        self.text = doc.draft.text
        self.contexts = contexts
        self.lexicon = lexicon
        self.roles = roles
        self.new: list[Found] = []
        """Attributions that no accepted cue gave."""
        self.dropped: list[Found] = []
        """Colons and participles that only stood beside the verb of saying and its words."""
        self.owners: dict[tuple[str, int], Found] = {}
        """The owner of each part so far, by quotation and number."""
        self.spoken_until: dict[int, Found] = {}
        """Who has the word at the end of a sentence that a quotation ends in or fills."""
        self._starts = [context.sentence.start for context in contexts]
        self._all = found
        self._found: Mapping[str, list[Found]] = by_sentence(found)
        self._candidates: dict[str, list[Candidate]] = {}
        for context, candidate in candidates:
            self._candidates.setdefault(context.sentence.id, []).append(candidate)
        self._contents = SpanIndex((span, one) for one in found for span in one.content)

    def place(self, offset: int) -> int:
        """The number of the sentence that holds an offset, or of the last before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def found_in(self, place: int) -> list[Found]:
        """The attributions whose cues stand in the sentence."""
        return self._found.get(self.contexts[place].sentence.id, [])

    def all_found(self) -> list[Found]:
        """The attributions so far, new ones included."""
        return [*self._all, *self.new]

    def candidates_in(self, place: int) -> list[Candidate]:
        """All candidates of the sentence, accepted or not."""
        return self._candidates.get(self.contexts[place].sentence.id, [])

    def block(self, place: int) -> int:
        """The number of the block that the sentence stands in."""
        return self.contexts[place].sentence.block

    def holding(self, part: Span) -> list[Found]:
        """The attributions whose content shares a character with the part and whose cue stands outside."""
        near = {id(one): one for one in self._contents.overlapping(part)}
        return [one for one in near.values() if not part.overlaps(one.head)]

    def before(self, place: int) -> int | None:
        """The sentence before, captions passed over; None at the beginning of the article and behind a heading."""
        place -= 1
        while place >= 0 and self._kind(place) is BlockKind.CAPTION:
            place -= 1
        return None if place < 0 or self._kind(place) in HEADINGS else place

    def _kind(self, place: int) -> BlockKind:
        return self.doc.block_kind(self.contexts[place].sentence)

    def marks_in(self, place: int) -> frozenset[int]:
        """The tokens of a sentence that are no words."""
        context = self.contexts[place]
        return frozenset(index for index in range(len(context)) if not context.is_word(index))

    def is_alone(self, passage: Passage) -> bool:
        """Whether the sentences of a passage hold nothing but it, or nothing but what a full stop ends before it."""
        start = self.contexts[passage.first].sentence.start
        stopped = self.text[start : passage.span.start].rstrip().endswith((".", "?", "!"))
        return all(
            passage.span.covers(token.span) or (stopped and token.end <= passage.span.start)
            for context in self.contexts[passage.first : passage.last + 1]
            for token in context.tokens
            if context.is_word(token.index)
        )

    def opens_block(self, passage: Passage) -> bool:
        """Whether a paragraph begins with the passage."""
        start = self.doc.block(self.contexts[passage.first].sentence).span.start
        return not self.text[start : passage.span.start].strip()

    def add(self, place: int, candidate: Candidate, roles: Roles, frame: Frame) -> Found:
        """A new attribution of the sentence by the given roles; ``frame`` tells what led to it."""
        context = self.contexts[place]
        one = Found(context, candidate, 0.0, (Feature(frame, 0.0),), roles, frame=frame)
        one.source = context.tree.spans(source_tokens(context, roles.source, candidate.head))
        one.cue = context.tree.spans(roles.cue)
        self.new.append(one)
        return one


# --- The steps --------------------------------------------------------------------------------------------------------


def held(scene: Scene, passage: Passage) -> Found | None:
    """*Brandt said: “…”*, *“…,” Brandt said*: the attribution whose content it is, the likeliest of several.

    A participle that hangs on another of them is not it (*Asked about it, Brandt said: “…”*).
    """
    holders = scene.holding(passage.span)
    owners = [one for one in holders if one.source and not _hangs_on(one, holders)] or holders
    return max(owners, key=lambda one: one.log_odds, default=None)


def _hangs_on(one: Found, others: Sequence[Found]) -> bool:
    """Whether a cue is a participle clause of another cue in its sentence."""
    tree, head = one.context.tree, one.candidate.head
    return (
        tree.matches(head, "advcl")
        and tree.tokens[head].xpos in {"VBN", "VBD"}
        and not tree.children(head, "nsubj")
        and any(other.context is one.context and other.candidate.head == tree.head(head) for other in others)
    )


def verb_first(scene: Scene, passage: Passage) -> Found | None:
    """*Added Brandt: “…”*, *Says Ada Roth, who runs the kiosk: “…”*: the verb opens the sentence, and a colon ends it.

    Parsers take such verbs for names or participles; so the order of words decides.
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
    known = [one for one in scene.found_in(place) if one.candidate.head == 0 and one.source]
    if known:
        return None
    for one in scene.found_in(place):
        if passage.span.overlaps(one.head):  # what the parse took for a part of what is said
            one.content = without(one.content, [Span(context.sentence.start, passage.span.start)])
    kind, head = (CandidateKind.VERB, 0) if context.tree.root == 0 else (CandidateKind.COLON, end - 1)
    roles = Roles(frozenset({0}), frozenset(named), quoted)
    return scene.add(place, Candidate(kind, head, (head,)), roles, Frame.BESIDE_QUOTATION)


def same_quotation(scene: Scene, passage: Passage) -> Found | None:
    """*“… ¶ “…”*: a quotation that goes on in the next paragraph stays its speaker's."""
    return scene.owners.get((passage.quotation.id, passage.number - 1))


def beside(scene: Scene, passage: Passage) -> Found | None:
    """*“Ready,” Brandt radioed*, *Said Brandt, who runs the kiosk: “…”*: a verb that only the marks make a cue.

    It must be a verb of saying, or stand with its subject between the quotation's comma and the next stop.
    """
    if passage.judgement.kind is QuotationKind.TITLE:
        return None
    for place in dict.fromkeys((passage.last, passage.first)):
        context = scene.contexts[place]
        quoted = context.tree.words_in([passage.span])
        for candidate in scene.candidates_in(place):
            if candidate.kind is not CandidateKind.VERB or context.in_quotation[candidate.head]:
                continue
            says = _says(scene, context, candidate)
            if not says and not _is_set_off_behind(context, candidate.head, quoted):
                continue
            roles = repair(
                context, candidate, find_roles(context, candidate, scene.lexicon, scene.roles), scene.lexicon
            )
            if roles.source and roles.content & quoted and not roles.source & quoted:
                return scene.add(place, candidate, _less_clause(context, roles, quoted), Frame.BESIDE_QUOTATION)
    return None


def coordinated(scene: Scene, passage: Passage) -> Found | None:
    """*called it “a farce” and “a waste of money”*: what is joined to the words of a speaker is his as well."""
    place = passage.first
    owner = scene.spoken_until.get(place)
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


def announced(scene: Scene, passage: Passage) -> Found | None:
    """*Brandt stated,* ¶ *“…”*: a frame without words of its own, in the sentence or on the line before."""
    cut = [one for one in scene.found_in(passage.first) if one.source and not passage.span.overlaps(one.head)]
    if cut and not scene.contexts[passage.first].tree.words_in([passage.span]) - scene.marks_in(passage.first):
        return cut[-1]  # … told the crowd that “ ¦ We will come.”
    place = scene.before(passage.first)
    if place is None:
        return None
    if scene.opens_block(passage) and scene.block(place) != scene.block(passage.first):
        place = _behind_caption(scene, place)
    context = scene.contexts[place]
    near = scene.block(place) == scene.block(passage.first)
    ending = context.tokens[-1].text
    here = [one for one in scene.found_in(place)[::-1] if not context.in_quotation[one.candidate.head]]
    if ending == ":":
        # Asked whether she would resign, Brandt answered: who asks says nothing of what follows.
        if context.tree.lemmas[0] == "ask":
            return _answering(scene, place, here) or next(iter(here), None)
        here = [one for one in here if one.source or not _is_asking(one)]
        return next((one for one in here if not one.content), next(iter(here), None)) or _frame(scene, place)
    cut_off = scene.opens_block(passage) and not near and context.tokens[-1].upos == "VERB"
    if ending == "," or (ending in DASHES and not near) or cut_off:
        return next((one for one in here if one.source), None) or _frame(scene, place)
    if near and context.before_speech:
        return next((one for one in here if not one.content), None)
    return None


def _answering(scene: Scene, place: int, here: Sequence[Found]) -> Found | None:
    """*Asked about the smell, Bolt said:*: the verb at the end, its subject behind the comma."""
    one = next((one for one in here if one.candidate.head and one.source and not _is_asking(one)), None)
    if one is None:
        return _frame(scene, place, behind_comma=True)
    context = one.context
    comma = max((i for i in range(one.candidate.head) if context.tokens[i].text == ","), default=0)
    before = Span(context.sentence.start, context.tokens[comma].end)
    one.source = without(one.source, [before]) or one.source
    one.content = without(one.content, [before])
    return one


def _is_asking(one: Found) -> bool:
    """Whether a cue is a participle clause before the main verb (*Asked whether …*)."""
    tree, head = one.context.tree, one.candidate.head
    return tree.matches(head, "advcl", "ccomp") and tree.tokens[head].xpos in {"VBN", "VBD"}


def _behind_caption(scene: Scene, place: int) -> int:
    """The frame line before a caption of one short sentence that is printed between it and the quotation.

    Where there is none, the sentence itself.
    """
    above = scene.before(place)
    if above is None or scene.block(above) == scene.block(place) or scene.contexts[place].has_quotation:
        return place
    short = sum(map(scene.contexts[place].is_word, range(len(scene.contexts[place])))) <= CAPTION_WORDS
    return above if short and scene.contexts[above].tokens[-1].text in {",", ":"} else place


CAPTION_WORDS = 25
"""Words that a caption printed as a paragraph may have."""


def behind_colon(scene: Scene, passage: Passage) -> Found | None:
    """*The mayor was blunt: “…”*: the subject of the clause before the colon speaks, if it can."""
    for place in dict.fromkeys((passage.first, max(0, passage.first - 1))):
        context = scene.contexts[place]
        for candidate in scene.candidates_in(place):
            colon = context.tokens[candidate.head]
            if candidate.kind is not CandidateKind.COLON or not 0 <= passage.span.start - colon.end <= LONGEST_GAP:
                continue
            words = len(scene.text[passage.span.start : passage.span.end].split())
            if scene.text[colon.end : passage.span.start].strip() or not (
                passage.judgement.is_speech or words >= SPEECH_LENGTH
            ):
                continue
            speaker = _subject_before(context, candidate.head)
            if speaker is None or not (_is_person(scene, context, speaker) or _is_document(scene, context, speaker)):
                continue
            source = frozenset(context.tree.subtree(speaker))
            return scene.add(
                place, candidate, Roles(frozenset({candidate.head}), source, frozenset()), Frame.COLON_BEFORE_SPEECH
            )
    return None


def signed_openly(scene: Scene, passage: Passage) -> Found | None:
    """*“Why me?” Brandt asked them.*: a quotation that ends on a mark of its own and waits for its signature."""
    inside = scene.text[passage.span.start : passage.span.end].rstrip("\"”’'»« ")
    return _signature(scene, passage) if inside[-1:] in OPEN_ENDINGS else None


def signed_by_dash(scene: Scene, passage: Passage) -> Found | None:
    """*“The closure is a scandal.” – Jane Doe, shopkeeper*: a name behind a dash, and nothing else."""
    for place in (passage.last, passage.last + 1):
        if place >= len(scene.contexts):
            break
        context = scene.contexts[place]
        behind = [token.index for token in context.tokens if token.start >= passage.span.end]
        if not behind or context.tokens[behind[0]].text not in DASHES:
            continue
        words = [index for index in behind if context.is_word(index)]
        if not words or len(words) > SIGNATURE_WORDS or any(context.tokens[index].upos == "VERB" for index in words):
            continue
        if context.tokens[words[0]].upos != "PROPN" or not passage.judgement.is_speech:
            continue
        dash = Candidate(CandidateKind.DASH, behind[0], (behind[0],))
        return scene.add(place, dash, Roles(frozenset({behind[0]}), frozenset(words), frozenset()), Frame.SIGNATURE)
    return None


def going_on(scene: Scene, passage: Passage) -> Found | None:
    """*Ida Bolt said the ward was cold. “We had no heat.”*: the one who has the word in the same paragraph goes on.

    Sentences between may not bring in anybody else. A few quoted words within a sentence of the writer's go on only
    right behind the speaker's sentence.
    """
    return _running_speaker(scene, passage, across=False)


def next_part(scene: Scene, passage: Passage) -> Found | None:
    """*“… ¶ “…,” Brandt said*: a later paragraph of the same quotation tells whose it is."""
    for part in passage.quotation.parts[passage.number + 1 :]:
        owners = [one for one in scene.holding(part) if one.source]
        if owners:
            return max(owners, key=lambda one: one.log_odds)
    return None


def signed(scene: Scene, passage: Passage) -> Found | None:
    """*“I was ill.” Brandt told reporters.*: the sentence behind says nothing else."""
    return _signature(scene, passage)


def next_paragraph(scene: Scene, passage: Passage) -> Found | None:
    """*…, Brandt said.* ¶ *“We had no heat.”*: a paragraph that opens with speech goes on with the one before."""
    return _running_speaker(scene, passage, across=True)


def _place_before_confession(scene: Scene, passage: Passage) -> int | None:
    """The sentence right before speech in the first person that stands alone, which may tell who speaks of himself."""
    place = scene.before(passage.first)
    if place is None or (scene.block(place) != scene.block(passage.first) and not scene.opens_block(passage)):
        return None
    alone = passage.judgement.is_speech and scene.is_alone(passage) and _in_first_person(scene, passage)
    return place if alone else None


def introduced(scene: Scene, passage: Passage) -> Found | None:
    """*Sergeant Roth was frustrated. “It bothers me.”*: who was just told of speaks of himself.

    Only somebody with a name or pronoun, alive, as the subject of the sentence right before, and only words that hold a
    first person.
    """
    place = _place_before_confession(scene, passage)
    if place is None:
        return None
    context = scene.contexts[place]
    root = context.tree.root
    subject = context.subject(root)
    if subject is None or context.in_quotation[subject] or not _is_person(scene, context, subject):
        return None
    if not _is_named(context, subject) or _is_unable_to_speak(scene, context, root):
        return None
    candidate = Candidate(CandidateKind.VERB, root, (root,))
    cue = frozenset({root, *context.tree.children(root, "cop", "aux")})
    source = frozenset(context.tree.subtree(subject))
    return scene.add(place, candidate, Roles(cue, source, frozenset()), Frame.INTRODUCTION)


def concerned(scene: Scene, passage: Passage) -> Found | None:
    """*For Ada Brandt, the closure came as a shock. “I learned it from the radio.”*: it is told how it was for her."""
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
    # It stands at the beginning of the sentence or at its end.
    heads = [head for case, head in found if case == 0 or len(tree) - 2 in tree.subtree(head)]
    heads = [head for head in heads if context.tokens[head].upos == "PROPN" or _has_name(context, head)]
    if len(heads) != 1 or not tree.matches(heads[0], "obl", "nmod") or not _is_person(scene, context, heads[0]):
        return None
    subject = context.subject(root)
    if subject is None or _is_person(scene, context, subject):
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
    for one in scene.all_found():
        if one.source and any(_stand_in(wanted, _plain_words(scene.text[s.start : s.end])) for s in one.content):
            return one
    return None


REPEATED_WORDS = 2
"""Words of a heading's quotation, articles left out, by which the article's own is known again."""

Step = Callable[[Scene, Passage], Found | None]

STEPS: tuple[Step, ...] = (
    verb_first,
    held,
    same_quotation,
    coordinated,
    beside,
    announced,
    behind_colon,
    signed_openly,
    signed_by_dash,
    going_on,
    next_part,
    signed,
    next_paragraph,
    introduced,
    concerned,
)
"""The questions after a quotation's speaker, in the order they are asked."""


def give_speakers(
    doc: Doc,
    found: list[Found],
    candidates: Sequence[tuple[SentenceContext, Candidate]],
    quotations: Sequence[Quotation],
    judgements: Mapping[str, Judgement],
    contexts: Sequence[SentenceContext],
    lexicon: Lexicon,
    roles: LogLinear,
) -> list[Found]:
    """Take quotations whole and give each to its speaker, where one is known; the attributions this adds are given.

    ``quotations`` are the outermost ones. Contents of ``found`` are changed in place.
    """
    if not contexts:
        return []
    text = doc.draft.text
    parts = SpanIndex((part, part) for quotation in quotations for part in quotation.parts)
    for one in found:
        touched = [part for span in one.content for part in parts.overlapping(span)]
        one.content = with_whole_quotations(text, one.content, touched, one.source + one.cue)
    scene = Scene(doc, found, candidates, contexts, lexicon, roles)
    passages = [
        Passage(quotation, number, part, scene.place(part.start), scene.place(part.end - 1), judgements[quotation.id])
        for quotation in quotations
        for number, part in enumerate(quotation.parts)
    ]
    for passage in passages:
        steps = (held,) if passage.judgement.kind is QuotationKind.TITLE else STEPS
        for step in steps:
            owner = step(scene, passage)
            if owner is not None:
                _assign(scene, passage, owner, step)
                break
    for passage in passages:
        if (passage.quotation.id, passage.number) not in scene.owners:
            owner = repeated(scene, passage)
            if owner is not None:
                _assign(scene, passage, owner, repeated)
        elif passage.judgement.kind is QuotationKind.TITLE:
            _drop_naming(scene, passage)
    found[:] = [one for one in found if not any(one is other for other in scene.dropped)]
    return scene.new


def _drop_naming(scene: Scene, passage: Passage) -> None:
    """*The episode, titled “She Left,” …*: who names something has not said its name."""
    owner = scene.owners[passage.quotation.id, passage.number]
    lemma = owner.context.lemma(owner.candidate.head)
    if lemma in scene.lexicon.words_for("naming") and all(map(passage.span.covers, owner.content)):
        scene.dropped.append(owner)


def without_self_links(found: Sequence[Found]) -> list[Found]:
    """*“I shouted twice,” said Aras*: what speakers say of themselves in their own quotation makes no second link.

    Attributions within one that is left out hang on the speaker's.
    """
    left_out = {id(one) for one in found if one.parent is not None and _is_self(one)}
    kept = [one for one in found if id(one) not in left_out]
    for one in kept:
        while one.parent is not None and id(one.parent) in left_out:
            one.parent = one.parent.parent
    return kept


def _is_self(one: Found) -> bool:
    """Whether an attribution in a quotation has its speaker for source: *I*, *we*."""
    context = one.context
    words = [context.tree.forms[index] for index in one.roles.source if context.is_word(index)]
    if not context.in_quotation[one.candidate.head] or not words or not set(words) <= FIRST_PERSON:
        return False
    speaker = one.parent
    while speaker is not None and _stands_quoted(speaker):
        speaker = speaker.parent
    return speaker is not None and bool(speaker.source)


def _stands_quoted(one: Found) -> bool:
    return one.context.in_quotation[one.candidate.head]


def _assign(scene: Scene, passage: Passage, owner: Found, step: Step) -> None:
    """Make the passage content of its owner, who has the word from there on, and of no silent cue.

    *Brandt added: “…”*: the colon is no cue of its own. *Asked to comment, Brandt said: “…”*: nobody who asks says it.
    """
    holders = scene.holding(passage.span)
    for other in holders:
        silent = not other.source or _hangs_on(other, holders)
        if other is owner or not owner.source or not silent or any(map(owner.head.overlaps, other.content)):
            continue
        other.content = without(other.content, [passage.span])
        if not other.content:
            scene.dropped.append(other)
    if step is not held:
        kept = () if step in (signed, signed_openly) else owner.content
        owner.content = join(scene.text, (*kept, passage.span))
    scene.owners[passage.quotation.id, passage.number] = owner
    scene.spoken_until[passage.last] = owner


# --- Who has the word -------------------------------------------------------------------------------------------------


def _running_speaker(scene: Scene, passage: Passage, *, across: bool) -> Found | None:
    """The one who has the word before the passage: in its paragraph, or ``across`` its border in the one before."""
    if not _can_go_on(scene, passage, across=across):
        return None
    earlier = scene.spoken_until.get(passage.first)
    if earlier is not None:
        return earlier
    place, block, missed = passage.first, scene.block(passage.first), 0
    reach = WALK if scene.is_alone(passage) else 0
    while (before := scene.before(place)) is not None and missed <= reach:
        if scene.block(before) != block:
            if not across:
                return None
            if scene.block(place) != scene.block(passage.first):
                return None  # a whole paragraph without a speaker lies between
            block = scene.block(before)
        speaker, stops = _word_at_end(scene, before)
        if speaker is not None or stops:
            return speaker
        missed += 1
        place = before
    return None


def _can_go_on(scene: Scene, passage: Passage, *, across: bool) -> bool:
    """Whether a quotation without a cue can be more of what the speaker before it said.

    It can when its sentences hold nothing else, or, in the speaker's paragraph, when it is speech within a sentence in
    which nobody else is found to speak.
    """
    if scene.is_alone(passage):
        return passage.judgement.is_speech or not across
    others = any(
        one.source and not passage.span.overlaps(one.head)
        for place in range(passage.first, passage.last + 1)
        for one in scene.found_in(place)
    )
    return not across and passage.judgement.is_speech and not others


def _word_at_end(scene: Scene, place: int) -> tuple[Found | None, bool]:
    """Who has the word at the end of a sentence, and whether it brings in somebody who ends an earlier speaker's."""
    if place in scene.spoken_until:
        return scene.spoken_until[place], True
    context = scene.contexts[place]
    speaking = [one for one in scene.found_in(place) if _speaks(scene, one)]
    if speaking:
        return min(speaking, key=lambda one: len(context.tree.ancestors(one.candidate.head))), True
    occasion = _occasion(scene, place)
    if occasion is not None:
        return occasion, True
    subject = context.subject(context.tree.root) if context.tokens else None
    # *She paused.*: a pronoun more likely means the one who has the word than brings in anybody.
    pronoun = subject is not None and context.tree.forms[subject] in {"he", "she", "i"}
    return None, subject is not None and not pronoun and _is_person(scene, context, subject)


def _speaks(scene: Scene, one: Found) -> bool:
    """Whether an attribution gives somebody the word who can keep it: somebody, and outside quotations."""
    context = one.context
    if not one.source or context.in_quotation[one.candidate.head] or _keeps_silent(scene, one):
        return False
    heads = [index for index in one.roles.source if context.tree.head(index) not in one.roles.source]
    return any(_is_person(scene, context, head) or _is_document(scene, context, head) for head in heads) and not any(
        grammar.is_negative_phrase(context.tree, head) for head in heads
    )


def _keeps_silent(scene: Scene, one: Found) -> bool:
    """*Brandt declined to comment*, *Brandt did not say why*: no words of his follow."""
    entries = entries_of(one.context, one.candidate, scene.lexicon)
    return any(entry.withheld for entry in entries) or one.context.is_negated(one.candidate.head)


def _occasion(scene: Scene, place: int) -> Found | None:
    """*Mayor Petra Holt spoke to reporters.*, *The club issued a statement.*: it is only told that somebody spoke."""
    context = scene.contexts[place]
    tree = context.tree
    words = scene.lexicon.words_for("occasion-of-speech")
    for candidate in scene.candidates_in(place):
        head = candidate.head
        if candidate.kind is not CandidateKind.VERB or context.in_quotation[head]:
            continue
        passive = tree.children(head, "aux:pass")
        lemma = context.lemma(head)
        partners = tree.children(head, "obj", "obl", "compound:prt")
        pairs = {f"{lemma} {context.lemma(child)}" for child in partners}
        pairs |= {f"{lemma} {context.preposition(child)}" for child in partners}
        names = {f"be {lemma}"} if passive else {lemma, *pairs}
        if names.isdisjoint(words) or grammar.has_negation(tree, head) or grammar.modals(tree, head):
            continue
        speaker = context.subject(head) or context.inherited_subject(head)
        if speaker is None or not _is_person(scene, context, speaker):
            continue
        source = frozenset(index for index in tree.subtree(speaker) if index != head)
        cue = frozenset({head, *(child for child in tree.children(head, "obj") if not passive)})
        return scene.add(place, candidate, Roles(cue, source, frozenset()), Frame.INTRODUCTION)
    return None


def _frame(scene: Scene, place: int, *, behind_comma: bool = False) -> Found | None:
    """*Rathe stated,* and *In a letter, Bolt wrote:*, where no cue was accepted: the last verb of saying.

    ``behind_comma`` leaves out of its subject what a comma parts from it (*Asked about the smell, Bolt said:*).
    """
    context = scene.contexts[place]
    for candidate in scene.candidates_in(place)[::-1]:
        if candidate.kind is not CandidateKind.VERB or context.in_quotation[candidate.head]:
            continue
        speaker = context.subject(candidate.head)
        if speaker is None or not _says(scene, context, candidate):
            continue
        source = frozenset(context.tree.subtree(speaker))
        if behind_comma:
            commas = [index for index in range(candidate.head) if context.tokens[index].text == ","]
            source = frozenset(index for index in source if index > max(commas, default=-1)) or source
        return scene.add(place, candidate, Roles(frozenset({candidate.head}), source, frozenset()), Frame.FRAME_LINE)
    return None


def _signature(scene: Scene, passage: Passage) -> Found | None:
    """The cue that opens the sentence after a quotation and says nothing else."""
    last = passage.last
    if last + 1 >= len(scene.contexts) or scene.contexts[last].sentence.end > passage.span.end:
        return None
    if scene.block(last + 1) != scene.block(last):
        return None
    after = scene.contexts[last + 1]
    if not scene.found_in(last + 1) and sum(map(after.is_word, range(len(after)))) <= NAME_WORDS:
        return _frame(scene, last + 1)
    near = [one for one in scene.found_in(last + 1) if one.candidate.head < SIGNATURE_LENGTH]
    near = [one for one in near if one.source and _says(scene, one.context, one.candidate)]
    return next((one for one in near if not one.content or _says_nothing(one, scene.lexicon)), None)


def _says_nothing(one: Found, lexicon: Lexicon) -> bool:
    """Whether a verb of saying has for content no more than an addressee or occasion (*said to reporters*)."""
    context, head = one.context, one.candidate.head
    entries = [entry for entry in entries_of(context, one.candidate, lexicon) if isinstance(entry, CueVerb)]
    frames = {frame for entry in entries if entry.attitude is Attitude.ASSERTION for frame in entry.frames}
    if not frames.intersection(REPORTING_FRAMES) or not one.source or one.content != content_spans(one):
        return False
    first = min(one.roles.content)
    bound = {"ccomp", "xcomp", "parataxis", "csubj"}
    if "object-clause" not in frames and context.tokens[first - 1].text != ",":
        bound.add("obj")
    return (
        first > head
        and not any(child in one.roles.content for child in context.tree.children(head, *bound))
        and not any(context.in_quotation[index] for index in one.roles.content)
    )


# --- Words ------------------------------------------------------------------------------------------------------------


SAYING_FRAMES = REPORTING_FRAMES | {"quotation"}


def _says(scene: Scene, context: SentenceContext, candidate: Candidate) -> bool:
    """Whether a candidate is a verb of saying that can stand beside the words themselves."""
    entries = [entry for entry in entries_of(context, candidate, scene.lexicon) if isinstance(entry, CueVerb)]
    return any(entry.attitude is Attitude.ASSERTION and SAYING_FRAMES.intersection(entry.frames) for entry in entries)


def _is_set_off_behind(context: SentenceContext, head: int, quoted: frozenset[int]) -> bool:
    """Whether a finite verb stands with its noun phrase right behind a quotation that a comma, ? or ! ends."""
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


NAME_WORDS = 5
"""Words a speaker may have between the quotation and a verb that is otherwise no verb of saying."""


def _less_clause(context: SentenceContext, roles: Roles, quoted: frozenset[int]) -> Roles:
    """The roles with only quoted words as content."""
    content = frozenset(index for index in roles.content if context.in_quotation[index])
    return Roles(roles.cue, roles.source, content | quoted, roles.other | (roles.content - content))


def _subject_before(context: SentenceContext, colon: int) -> int | None:
    """The subject of the clause that a colon ends."""
    predicates = [
        index
        for index in range(colon)
        if context.subject(index) is not None and context.tree.head(index) not in range(colon)
    ]
    return context.subject(predicates[0]) if predicates else None


def _is_person(scene: Scene, context: SentenceContext, index: int) -> bool:
    """Whether a noun phrase stands for somebody who can speak: a name, an office, a body, a personal pronoun."""
    token = context.tokens[index]
    if token.upos == "PRON":
        return token.text.lower() in PERSON_PRONOUNS
    return source_kind(context, index, scene.lexicon) in PERSON_KINDS


def _is_document(scene: Scene, context: SentenceContext, index: int) -> bool:
    return source_kind(context, index, scene.lexicon) == "document"


def _is_unable_to_speak(scene: Scene, context: SentenceContext, predicate: int) -> bool:
    """*Roth died on Friday*: the dead are quoted about."""
    return context.lemma(predicate) in scene.lexicon.words_for("unable-to-speak")


def _in_first_person(scene: Scene, passage: Passage) -> bool:
    return any(
        context.tree.forms[index] in FIRST_PERSON
        for context in scene.contexts[passage.first : passage.last + 1]
        for index in context.tree.words_in([passage.span])
    )


def _plain_words(text: str) -> list[str]:
    """The words in lower case without articles, which headings leave out."""
    words = "".join(character.lower() if character.isalnum() else " " for character in text.replace("’", "'")).split()
    return [word for word in words if word not in {"a", "an", "the"}]


def _stand_in(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words stand in a row among others."""
    return any(
        list(words[start : start + len(wanted)]) == list(wanted) for start in range(len(words) - len(wanted) + 1)
    )
