"""Who speaks where the layout says so: turns of interviews, signed and announced block quotations, embedded posts.

Reading has told which blocks have a speaker. Each stretch of them becomes one attribution: the label's words are its
source, the colon or dash of the label its cue (else the label itself; for answers without one the mark of the
question), the blocks its content. What the grammar found within stands under it; what the speaker says of himself
(*I think*) is no second source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from attribution import grammar
from attribution.extraction.mention import FIRST_PERSON, Mention
from attribution.extraction.mentions import find_mentions
from attribution.extraction.name_words import singular
from attribution.extraction.names import TIME_WORDS
from attribution.extraction.spans import join, stripped, text_of, without
from attribution.ingest.labels import LONGEST_INITIALS, is_personal_name, part_of
from attribution.lexicon import Lexicon
from attribution.parsing import Doc, Tree
from attribution.parsing.segmentation import is_lower_case_word
from attribution.records import (
    Attitude,
    Attribution,
    Block,
    BlockKind,
    Content,
    Cue,
    Evidence,
    Frame,
    Manner,
    Quotation,
    Sentence,
    SourceKind,
    SourceMention,
    Span,
    Tone,
)

MARKS = ":—–―-~"
"""Characters by which a label or signature is told from what it stands with."""


"""The frame of attributions that the turns of an exchange give."""

ASKING = frozenset({"ask", "speak", "talk", "interview", "chat", "sit", "tell", "answer", "discuss", "meet", "catch"})
"""Lemmas of the verbs that introduce an interview."""

WRITING = frozenset({"write", "report", "say", "send", "add", "explain"})
"""Lemmas of the verbs that hand an entry of a live blog to somebody."""

OPENING_MARKS = ('"', "“", "‘", "'", "«", "„")

TOLD_OF = frozenset({"he", "she", "they"})
"""Pronouns for somebody whom an introduction has told of."""

NO_SPEAKERS = frozenset({"it", "this", "that", "here", "there", "what", "these", "those"})
"""Subjects of a sentence that announces words without naming who speaks them (*Here is what we know:*)."""

NOBODY_NAMED = "the answers have no label, and the introduction does not tell for sure who gives them"


REPEATED_WORDS = 4
"""Words from which a pull quote is known again in the article."""

QUOTED_WORDS = 4
"""Words and marks that a headline must quote to quote an interview."""


class _Region(msgspec.Struct, frozen=True):
    """Blocks that follow each other and are one speaker's words; ``first`` is the number of the first."""

    first: int
    blocks: tuple[Block, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(block.span for block in self.blocks)

    def holds(self, span: Span) -> bool:
        return any(block.span.covers(span) for block in self.blocks)


def add_turns(
    doc: Doc, quotations: Sequence[Quotation], attributions: Sequence[Attribution], lexicon: Lexicon
) -> tuple[Attribution, ...]:
    """The attributions with those that the layout gives, all numbered anew in text order.

    Attributions in labels and in an interviewer's questions are dropped; what the interviewer states is kept. No
    content reaches from one entry of a live blog into another, nor into a turn from outside of it.
    """
    regions = sorted([*_regions(doc), *_dispatches(doc, lexicon)], key=lambda region: region.first)
    kept = [one for one in attributions if not _is_label_of_nobody(doc, one, lexicon)]
    asking = (BlockKind.SPEAKER, BlockKind.QUESTION)
    if not regions and not any(block.section or block.kind in asking for block in doc.draft.blocks):
        return numbered(kept) if len(kept) < len(attributions) else tuple(attributions)
    kept = [one for one in kept if not _is_asked(doc, _sentence(doc, one))]
    kept = [_within_section(doc, one) for one in kept]
    answering = _Interviewee(doc, quotations, lexicon)
    added: list[Attribution] = []
    for region in regions:
        identifier = f"turn-{region.first}"
        told = (
            _turn(doc, region, answering, identifier)
            or _announced(doc, region, kept, identifier)
            or _repeated(doc, region, kept, identifier)
            or _going_on(doc, region, kept, identifier)
        )
        if told is None:
            continue
        kept = [one for one in kept if one.id != told.id and not _is_own(one, region)]
        inside = {one.id for one in kept if region.holds(one.cue.spans[0])}
        kept = [_beside(doc, one, region, told, inside) for one in kept]
        added.append(told)
    added += _quoted_above(doc, quotations, [*kept, *added], answering)
    return numbered([*kept, *added])


def numbered(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The attributions in the order of their cues, with identifiers to match; a parent that is gone is none."""
    order = sorted(attributions, key=lambda one: (one.cue.spans or one.content.spans or one.source.spans, one.id))
    names = {one.id: f"a{number}" for number, one in enumerate(order, 1)}
    return tuple(
        msgspec.structs.replace(one, id=names[one.id], parent=names.get(one.parent) if one.parent else None)
        for one in order
    )


def _is_asked(doc: Doc, sentence: Sentence) -> bool:
    """Whether nothing is reported in a sentence: a label, or a question of the interviewer's."""
    kind = doc.block_kind(sentence)
    asked = kind is BlockKind.QUESTION and sentence.text.rstrip("\"'”’)] ").endswith("?")
    return asked or kind is BlockKind.SPEAKER


def _sentence(doc: Doc, attribution: Attribution) -> Sentence:
    return doc.sentences[doc.positions[attribution.sentence]]


# --- Regions ----------------------------------------------------------------------------------------------------------


def _regions(doc: Doc) -> list[_Region]:
    """The stretches of blocks with one speaker, answers without a label, and block quotations that nobody signs."""
    found: list[_Region] = []
    run: list[Block] = []
    first = 0
    for number, block in enumerate(doc.draft.blocks):
        spoken = block.speaker is not None or block.kind in (BlockKind.TURN, BlockKind.BLOCK_QUOTE)
        goes_on = run and (block.speaker, block.section) == (run[-1].speaker, run[-1].section)
        if run and not (spoken and goes_on and (block.speaker is not None or block.kind is run[-1].kind)):
            if block.kind is BlockKind.SPEAKER and block.span.overlaps(run[-1].speaker or Span(0, 0)):
                continue
            found.append(_Region(first, tuple(run)))
            run = []
        if spoken:
            first = first if run else number
            run.append(block)
    if run:
        found.append(_Region(first, tuple(run)))
    return found


def _dispatches(doc: Doc, lexicon: Lexicon) -> Iterator[_Region]:
    """Yield what a reporter or reader writes in an entry of a live blog (*Ada Quill, at the quay, writes:*).

    It is the rest of the entry, up to words that have a speaker of their own or another such line.
    """
    blocks = doc.draft.blocks
    frames = {tree.sentence.block for tree in doc.trees if _opens_dispatch(doc, tree, lexicon)}
    for number in frames:
        told: list[Block] = []
        for place in range(number + 1, len(blocks)):
            block = blocks[place]
            words = doc.draft.text[block.span.start : block.span.end]
            if block.kind is not BlockKind.PARAGRAPH or block.section != blocks[number].section or place in frames:
                break
            if not told and words.startswith(OPENING_MARKS):
                break  # the quotation that the line announces
            told.append(block)
        if told:
            yield _Region(number + 1, tuple(told))


def _opens_dispatch(doc: Doc, tree: Tree, lexicon: Lexicon) -> bool:
    """Whether a sentence fills a paragraph of a live blog and says that somebody writes what follows."""
    block = doc.block(tree.sentence)
    if not block.section or block.kind is not BlockKind.PARAGRAPH or not tree.sentence.text.rstrip().endswith(":"):
        return False
    subject = grammar.subject(tree, tree.root)
    if len(block.span) > len(tree.sentence.span) + 2 or subject is None or tree.forms[subject] in NO_SPEAKERS:
        return False
    lemma = tree.lemmas[tree.root]
    return lemma in WRITING or lemma in lexicon.words_for("occasion-of-speech")


def _turn(doc: Doc, region: _Region, answering: _Interviewee, identifier: str) -> Attribution | None:
    """The attribution of a region whose speaker the layout names, or which answers an interviewer."""
    block = region.blocks[0]
    if block.speaker is None and block.kind is not BlockKind.TURN:
        return None
    if block.speaker is None:
        before = reversed(doc.draft.blocks[: region.first])
        question = next((one for one in before if one.kind is BlockKind.QUESTION), None)
        if question is None:
            return None
        cue = (Span(question.span.end - 1, question.span.end),)
        sentence = _sentence_at(doc, question.span.end - 1)
        source = answering.source() or SourceMention((), "", SourceKind.ANONYMOUS, reason=NOBODY_NAMED)
        frame = Frame.TURN
    else:
        sentence = _sentence_at(doc, block.speaker.start)
        words = doc.draft.text[block.speaker.start : block.speaker.end]
        cue = (_cue_of_label(doc, block.speaker),)
        source = answering.source_of_label(block.speaker, words)
        frame = _frame(doc, block)
    if sentence is None:
        return None
    return _attribution(doc, identifier, sentence, cue, source, region.spans, frame)


def _attribution(
    doc: Doc,
    identifier: str,
    sentence: Sentence,
    cue: tuple[Span, ...],
    source: SourceMention,
    content: Iterable[Span],
    frame: Frame,
) -> Attribution:
    text = doc.draft.text
    spans = join(text, content)
    return Attribution(
        id=identifier,
        sentence=sentence.id,
        cue=Cue(cue, text_of(text, cue), text_of(text, cue).lower()),
        source=source,
        content=Content(spans, text_of(text, spans)),
        manner=Manner.DIRECT,
        attitude=Attitude.ASSERTION,
        tone=Tone.NEUTRAL,
        negated=False,
        parent=None,
        frame=frame,
    )


def _sentence_at(doc: Doc, offset: int) -> Sentence | None:
    place = bisect_right(doc.sentences, offset, key=lambda one: one.start) - 1
    return doc.sentences[place] if place >= 0 and offset < doc.sentences[place].end else None


def _cue_of_label(doc: Doc, speaker: Span) -> Span:
    """The colon or dash of the label that names the speaker; the speaker's own words where there is none."""
    label = next((block.span for block in doc.draft.blocks if block.span.covers(speaker)), speaker)
    for offset in (label.end - 1, label.start):
        marks = MARKS + ".)" if len(speaker) == 1 else MARKS
        if doc.draft.text[offset] in marks and not speaker.start <= offset < speaker.end:
            return Span(offset, offset + 1)
    return speaker


def _frame(doc: Doc, block: Block) -> Frame:
    if block.kind is not BlockKind.BLOCK_QUOTE or block.speaker is None:
        return Frame.TURN
    label = next((one.span for one in doc.draft.blocks if one.span.covers(block.speaker)), block.speaker)
    return Frame.POST if "@" in doc.draft.text[label.start : label.end] else Frame.SIGNATURE


# --- Announced block quotations ---------------------------------------------------------------------------------------


def _announced(doc: Doc, region: _Region, attributions: Sequence[Attribution], identifier: str) -> Attribution | None:
    """What says a block quotation that nobody signs: the sentence before that ends in a colon (*The letter reads:*).

    The attribution of that sentence gets the block for its content; where the grammar found none, the subject speaks.
    """
    frame = next((one for one in reversed(doc.sentences) if one.block < region.first), None)
    if frame is None or frame.block != region.first - 1 or not frame.text.rstrip("\"'”’*_ ").endswith(":"):
        return None
    tree = doc.tree(frame.id)
    here = [one for one in attributions if one.sentence == frame.id and one.parent is None and not one.negated]
    if here:
        announcing = max(here, key=lambda one: (bool(one.source.spans), one.cue.spans))
        own = () if _is_announcement(tree, announcing) else announcing.content.spans
        spans = join(doc.draft.text, (*(span for span in own if frame.span.covers(span)), *region.spans))
        content = Content(spans, text_of(doc.draft.text, spans))
        manner = Manner.MIXED if own else Manner.DIRECT
        return msgspec.structs.replace(announcing, content=content, manner=manner, evidence=Evidence.REPORT)
    return _announcement(doc, tree, region, identifier)


def _is_announcement(tree: Tree, announcing: Attribution) -> bool:
    """Whether the content found in the announcing sentence is no statement of its own (*In a letter, Voss said:*)."""
    words = tree.words_in(announcing.content.spans) - tree.words_in(announcing.cue.spans)
    return not any(tree.matches(index, *grammar.CLAUSE_RELATIONS) and grammar.is_finite(tree, index) for index in words)


def _announcement(doc: Doc, tree: Tree, region: _Region, identifier: str) -> Attribution | None:
    """The attribution of an announcing sentence whose verb is no cue: its subject, else the noun it is made of."""
    root = tree.root
    subject = tree.child(root, "nsubj")
    if subject is not None and (tree.forms[subject] in NO_SPEAKERS or grammar.is_negated(tree, root)):
        return None
    colon = next((token.index for token in reversed(tree.tokens) if token.text.endswith(":")), None)
    if colon is None:
        return None
    if subject is None and tree.tokens[root].upos not in ("NOUN", "PROPN"):
        return None
    words = tree.subtree(root if subject is None else subject)
    spans = stripped(doc.draft.text, tree.spans(index for index in words if index != colon))
    if not spans:
        return None
    source = SourceMention(spans, text_of(doc.draft.text, spans), SourceKind.NONE)
    cue = (tree.tokens[colon].span,) if subject is None else (tree.tokens[root].span,)
    return _attribution(doc, identifier, tree.sentence, cue, source, region.spans, Frame.BLOCK_QUOTE)


# --- Block quotations that nobody signs or announces ------------------------------------------------------------------


def repeated_place(doc: Doc, region: Sequence[Block]) -> Span | None:
    """Where the article's running text has the words of a pull quote; None where it has not, or has but few of them."""
    words = [word for block in region for word, _ in _words_at(doc, block)]
    if len(words) < REPEATED_WORDS:
        return None
    for block in doc.draft.blocks:
        if block.kind in (BlockKind.HEADLINE, BlockKind.SPEAKER, BlockKind.CAPTION) or block in region:
            continue
        there = _words_at(doc, block)
        for start in range(len(there) - len(words) + 1):
            if there[start][0] == words[0] and [word for word, _ in there[start : start + len(words)]] == words:
                return Span(there[start][1].start, there[start + len(words) - 1][1].end)
    return None


def _words_at(doc: Doc, block: Block) -> list[tuple[str, Span]]:
    found = re.finditer(r"\w+", doc.draft.text[: block.span.end])
    return [(match[0].lower(), Span(*match.span())) for match in found if match.start() >= block.span.start]


def _repeated(doc: Doc, region: _Region, attributions: Sequence[Attribution], identifier: str) -> Attribution | None:
    """A pull quote belongs to whoever says its words in the article."""
    place = repeated_place(doc, region.blocks)
    sentence = _sentence_at(doc, region.spans[0].start)
    if place is None or sentence is None:
        return None
    named = [one for one in attributions if one.source.spans]
    owner = next((one for one in named if any(map(place.overlaps, one.content.spans))), None)
    if owner is None:
        return None
    return _attribution(doc, identifier, sentence, owner.cue.spans, owner.source, region.spans, Frame.BLOCK_QUOTE)


def _going_on(doc: Doc, region: _Region, attributions: Sequence[Attribution], identifier: str) -> Attribution | None:
    """A block quotation in the first person right behind a sentence in which somebody speaks is more of it."""
    before = next((one for one in reversed(doc.sentences) if one.block < region.first), None)
    first = any(tree.forms[index] in FIRST_PERSON for tree in doc.trees for index in tree.words_in(region.spans))
    if before is None or not first or before.block != region.first - 1:
        return None
    if region.blocks[0].section != doc.block(before).section:
        return None
    speaking = [
        one
        for one in attributions
        if one.sentence == before.id and one.parent is None and one.source.spans and not (one.negated or one.withheld)
    ]
    if len(speaking) != 1 or speaking[0].evidence is not Evidence.REPORT:
        return None
    told = speaking[0]
    return _attribution(doc, identifier, before, told.cue.spans, told.source, region.spans, Frame.BLOCK_QUOTE)


def _quoted_above(
    doc: Doc, quotations: Sequence[Quotation], attributions: Sequence[Attribution], answering: _Interviewee
) -> Iterator[Attribution]:
    """Yield who says what the headline over an interview quotes: the only one who answers."""
    if not any(block.kind is BlockKind.QUESTION for block in doc.draft.blocks):
        return
    speakers = {doc.draft.text[one.speaker.start : one.speaker.end] for one in doc.draft.blocks if one.speaker}
    if len({words.split()[-1].lower() for words in speakers}) > 1:
        return
    source = answering.source()
    for quotation in quotations:
        sentence = _sentence_at(doc, quotation.start)
        if sentence is None or source is None or doc.block_kind(sentence) is not BlockKind.HEADLINE:
            continue
        if quotation.parent is None and len(doc.tree(sentence.id).words_in([quotation.span])) > QUOTED_WORDS:
            if not any(quotation.span.overlaps(span) for one in attributions for span in one.content.spans):
                cue = (Span(quotation.start, quotation.start + 1),)
                yield _attribution(
                    doc, f"above-{quotation.id}", sentence, cue, source, (quotation.span,), Frame.HEADLINE
                )


# --- Labels of nobody -------------------------------------------------------------------------------------------------


def _is_label_of_nobody(doc: Doc, attribution: Attribution, lexicon: Lexicon) -> bool:
    """Whether a colon was taken for a cue behind a label that names no speaker (*Monday: …*, *Parking: …*).

    It does when it opens its block and is a day or month, or a common noun that the lexicon knows no source by; in a
    list it must be the full name of a person, or such a noun.
    """
    block = doc.block(_sentence(doc, attribution))
    spans = attribution.source.spans
    if attribution.cue.text != ":" or not spans or spans[0].start != block.span.start:
        return False
    words = attribution.source.text.split()
    if words[0].lower() in TIME_WORDS:
        return True
    last = words[-1].lower()
    if part_of(attribution.source.text) is not None or any(map(lexicon.source_nouns_of, (last, singular(last)))):
        return False
    if block.kind is BlockKind.LIST_ITEM:
        return not is_personal_name(attribution.source.text)
    return all(is_lower_case_word(word) for word in words)


# --- What the grammar found around and within -------------------------------------------------------------------------


def _is_own(attribution: Attribution, region: _Region) -> bool:
    """Whether the speaker of a region says of himself that he says or thinks something in it."""
    if not region.holds(attribution.cue.spans[0]):
        return False
    words = attribution.source.text.lower().split()
    return len(words) == 1 and words[0] in FIRST_PERSON


def _beside(
    doc: Doc, attribution: Attribution, region: _Region, turn: Attribution, inside: Collection[str]
) -> Attribution:
    """An attribution within the region under the turn; one outside without what it took of the region."""
    if region.holds(attribution.cue.spans[0]):
        outer = attribution.parent is None or attribution.parent not in inside
        return msgspec.structs.replace(attribution, parent=turn.id) if outer else attribution
    if not any(span.overlaps(part) for span in attribution.content.spans for part in region.spans):
        return attribution
    return _with_content(doc, attribution, without(attribution.content.spans, region.spans))


def _with_content(doc: Doc, attribution: Attribution, spans: Iterable[Span]) -> Attribution:
    kept = stripped(doc.draft.text, spans)
    return msgspec.structs.replace(attribution, content=Content(kept, text_of(doc.draft.text, kept)))


def _within_section(doc: Doc, attribution: Attribution) -> Attribution:
    """The attribution without what stands in another entry of a live blog than its cue."""
    blocks = doc.draft.blocks
    section = doc.block(_sentence(doc, attribution)).section
    elsewhere = [block.span for block in blocks if block.section != section]
    if not any(span.overlaps(other) for span in attribution.content.spans for other in elsewhere):
        return attribution
    return _with_content(doc, attribution, without(attribution.content.spans, elsewhere))


# --- Who answers ------------------------------------------------------------------------------------------------------


class _Interviewee:
    """Finds whom labels without a name stand for; looks at the names of the draft only when asked."""

    def __init__(self, doc: Doc, quotations: Sequence[Quotation], lexicon: Lexicon) -> None:
        self.doc = doc
        self.quotations = quotations
        self.lexicon = lexicon

    @cached_property
    def _names(self) -> list[Mention]:
        """The names of persons outside of labels, each with two words or more."""
        return [
            one
            for one in find_mentions(self.doc, self.quotations, self.lexicon)
            if one.name is not None
            and one.form == "name"
            and one.being in ("person", "unknown")
            and len(one.name.keys) > 1
            and self._kind(one) not in (BlockKind.SPEAKER, BlockKind.DATELINE)
        ]

    def _kind(self, mention: Mention) -> BlockKind:
        return self.doc.block_kind(self.doc.sentences[mention.sentence])

    def source_of_label(self, label: Span, words: str) -> SourceMention:
        """The label's words, unless they stand for somebody the introduction names: *A*, *Guest*, initials."""
        if part_of(words) == "answers":
            found = self.source()
            if found is not None:
                return found
            return SourceMention((label,), words, SourceKind.ANONYMOUS, reason=f"nothing tells who “{words}” is")
        letters = words.replace(".", "")
        if letters.isupper() and letters.isalpha() and len(letters) <= LONGEST_INITIALS:
            named = [one for one in self._names if one.name is not None and _initials(one.name.words) == letters]
            if named and len({one.name.keys for one in named if one.name is not None}) == 1:
                return self._mention(named[0])
        if words.isupper() and len(words.split()) == 1:
            named = [one for one in self._names if _surname(one) == words.lower()]
            if named and len({one.name.keys for one in named if one.name is not None}) == 1:
                return self._mention(named[0])
        return SourceMention((label,), words, SourceKind.NONE)

    def source(self) -> SourceMention | None:
        """The one whom the headline and the introduction name as the one who answers; None in doubt."""
        return self._source

    @cached_property
    def _source(self) -> SourceMention | None:
        blocks = self.doc.draft.blocks
        kinds = (BlockKind.SPEAKER, BlockKind.QUESTION, BlockKind.TURN)
        first = next((number for number, block in enumerate(blocks) if block.kind in kinds), 0)
        bylines = " ".join(
            self.doc.draft.text[block.span.start : block.span.end].lower()
            for block in blocks
            if block.kind is BlockKind.BYLINE
        )
        named = [
            one
            for one in self._names
            if self.doc.sentences[one.sentence].block < first
            and self._kind(one) is not BlockKind.BYLINE
            and one.name is not None
            and one.name.keys[-1] not in bylines
        ]
        for narrower in (self._is_introduced, _is_sure_person, self._is_described, self._is_subject):
            if len({_surname(one) for one in named}) > 1:
                named = [one for one in named if narrower(one)] or named
        return self._mention(named[0]) if len({_surname(one) for one in named}) == 1 else None

    def _is_subject(self, mention: Mention) -> bool:
        """Whether the mention is the subject of its sentence (*Ada Quill has watched Mount Sarr for years*)."""
        tree = self.doc.trees[mention.sentence]
        return tree.matches(mention.head, "nsubj") and tree.head(mention.head) == tree.root

    def _is_introduced(self, mention: Mention) -> bool:
        """Whether the mention hangs on a word of asking or talking (*We asked Ada Quill*, *an interview with …*)."""
        tree = self.doc.trees[mention.sentence]
        if not tree.matches(mention.head, "nsubj", "obj", "iobj", "obl", "nmod", "nsubj:pass"):
            return False
        verb = next((index for index in tree.ancestors(mention.head)[:2] if tree.lemmas[index] in ASKING), None)
        if verb is None:
            return False
        # She spoke to Jan Prett: the one who is told about answers, and the other asks.
        subject = tree.child(verb, "nsubj")
        return not tree.matches(mention.head, "obl", "nmod") or subject is None or tree.forms[subject] not in TOLD_OF

    def _is_described(self, mention: Mention) -> bool:
        """Whether an office or apposition tells who it is (*the climber Ada Quill*, *Ada Quill, 71, …*)."""
        tree = self.doc.trees[mention.sentence]
        return bool(mention.office) or bool(tree.children(mention.head, "appos", "nummod", "acl"))

    def _mention(self, mention: Mention) -> SourceMention:
        text = self.doc.draft.text
        name = mention.name
        words = {word.strip(".,") for word in name.words} if name is not None else set()
        tokens = [
            token
            for token in self.doc.trees[mention.sentence].tokens
            if token.index in mention.tokens and token.text.strip(".,") in words
        ]
        span = Span(tokens[0].start, tokens[-1].end) if tokens else mention.span
        return SourceMention((span,), text[span.start : span.end], SourceKind.NONE)


def _surname(mention: Mention) -> str:
    return "" if mention.name is None else mention.name.keys[-1]


def _is_sure_person(mention: Mention) -> bool:
    return mention.being == "person"


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper())
