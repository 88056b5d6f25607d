"""The kind of a quotation: speech, a fragment of it, or a title, name or term.

Each quotation is judged by the weights of named facts about its form and place (``EVIDENCE``); the speaker is found in
``speech``. Newsroom style puts titles, words as words and borrowed words between the same marks as speech
(Associated Press Stylebook, *composition titles*; Chicago Manual of Style 17, 7.57 and 13.37).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import islice
from types import MappingProxyType

import msgspec

from attribution import grammar
from attribution.extraction.context import is_word
from attribution.extraction.mention import FIRST_PERSON
from attribution.extraction.span_index import SpanIndex
from attribution.ingest.labels import section_labels
from attribution.lexicon import Lexicon
from attribution.parsing import Doc, Tree
from attribution.records import VOUCHING, Attribution, Block, BlockKind, Quotation, Span


class QuotationKind(StrEnum):
    """The kind of the words between the marks."""

    SPEECH = "speech"
    FRAGMENT = "fragment"  # a few words that are part of the sentence around them: quoted speech or scare quotes
    TITLE = "title"  # the name of a work, a nickname, a motto, a word as a word


EVIDENCE: Mapping[str, float] = MappingProxyType(
    {
        "clause": 2.5,  # “The pumps are new.”: a finite verb and its subject are inside
        "predicate": 2.0,  # the bridge “will fall within weeks”: the verb is inside, its subject outside
        "order": 1.5,  # “Bring torches.”
        "stop-inside": 1.5,  # “Amazing.”
        "comma-inside": 1.0,  # “No reason at all,” she said
        "alone": 1.0,  # nothing else is in its sentences
        "after-colon": 2.0,  # the mayor was blunt: “a disgrace”
        "long": 1.5,  # eight words and more
        "first-person": 1.0,  # “not in my street”
        "apart": 1.0,  # set off from the sentence around it by a comma, a dash or its beginning
        "heading": 1.5,  # headlines quote from the article
        "few-words": -1.5,  # three words at most
        "determiner": -1.5,  # the “special” train
        "capitals": -2.5,  # “Low Tide”, “The Last Ferry Home”
        "named": -4.0,  # nicknamed “the Needle”, the word “never”
        "work": -4.0,  # her novel, “Smoke,”; “Smoke,” a novel
    }
)
"""The facts for or against speech, and their weights."""

SPEECH_FROM = 2.0
"""Total weight from which a quotation is speech."""

LONG, FEW = 8, 3
APPOSITION_REACH = 4
"""Most words between a title's closing mark and the noun for the kind of work (*“Smoke,” a bleak first novel*)."""

MOST_SET_APART = 1200
"""Number of characters of block quotations that a draft may have whatever its length."""

STOPS = frozenset(".?!…")
SMALL_WORD = 3
"""Most letters of a word of a title that needs no capital."""


SENTENCE_RELATIONS = frozenset(grammar.CLAUSE_RELATIONS) - {"acl"}
"""Relations of clauses that can be a sentence, rather than part of a noun phrase."""


class Judgement(msgspec.Struct, frozen=True):
    """The kind of a quotation, and the facts that decided it."""

    kind: QuotationKind
    evidence: tuple[str, ...]

    @property
    def is_speech(self) -> bool:
        """Whether the words are somebody's utterance rather than a name or a few borrowed words."""
        return self.kind is QuotationKind.SPEECH


def judge_quotations(doc: Doc, quotations: Sequence[Quotation], lexicon: Lexicon) -> dict[str, Judgement]:
    """The judgement on each quotation, by its id; a quotation of several paragraphs is speech."""
    starts = [sentence.start for sentence in doc.sentences]
    judged: dict[str, Judgement] = {}
    for quotation in quotations:
        if len(quotation.parts) > 1:
            judged[quotation.id] = Judgement(QuotationKind.SPEECH, ("paragraphs",))
            continue
        first = max(0, bisect_right(starts, quotation.start) - 1)
        last = max(first, bisect_right(starts, quotation.end - 1) - 1)
        judged[quotation.id] = judge(doc, doc.trees[first : last + 1], quotation.span, lexicon)
    return judged


def settle_quotations(
    doc: Doc, quotations: Sequence[Quotation], attributions: Sequence[Attribution], lexicon: Lexicon
) -> tuple[Quotation, ...]:
    """The quotations with their kind and the attribution whose content they are, once the attributions are known.

    Of nested attributions it is the innermost one with its cue outside the quotation; for speech, only one that vouches
    for it. A few quoted words inside a sentence are speech if they have a speaker (*called it “a disgrace”*). A block
    quotation without marks or a speaker is added as a quotation.
    """
    judged = judge_quotations(doc, quotations, lexicon)
    contents = SpanIndex((span, attribution) for attribution in attributions for span in attribution.content.spans)
    depths = _depths(attributions)
    settled = []
    for quotation in quotations:
        first = quotation.parts[0]
        over = [
            attribution
            for attribution in contents.overlapping(first)
            if not any(map(first.overlaps, attribution.cue.spans))
        ]
        kind = judged[quotation.id].kind
        if kind is QuotationKind.SPEECH:
            over = [attribution for attribution in over if attribution.evidence in VOUCHING]
        owner = max(over, key=lambda attribution: depths[attribution.id], default=None)
        speech = kind is QuotationKind.SPEECH or (kind is QuotationKind.FRAGMENT and owner is not None)
        settled.append(
            msgspec.structs.replace(quotation, speech=speech, attribution=None if owner is None else owner.id)
        )
    return _with_block_quotations(doc, settled, attributions)


def _with_block_quotations(
    doc: Doc, quotations: Sequence[Quotation], attributions: Sequence[Attribution]
) -> tuple[Quotation, ...]:
    """The quotations with those shown only by the layout, renumbered in text order.

    Boxes, block quotations that contain marks, and pull quotes are left out; so are all, if they make up most of a
    longer draft.
    """
    blocks = doc.draft.blocks
    marked = SpanIndex((part, part) for quotation in quotations for part in quotation.parts)
    said = SpanIndex((span, attribution) for attribution in attributions for span in attribution.content.spans)
    found: list[list[Block]] = []
    for number, block in enumerate(blocks):
        if block.kind is not BlockKind.BLOCK_QUOTE or block.speaker is not None or block.is_repetition:
            continue
        if number and found and found[-1][-1] is blocks[number - 1]:
            found[-1].append(block)
        else:
            found.append([block])
    most = max(sum(len(block.span) for block in blocks) / 2, MOST_SET_APART)
    regions = [
        region
        for region in found
        if not any(
            list(marked.overlapping(block.span))
            or any(
                not block.span.covers(attribution.cue.spans[0])
                for attribution in said.overlapping(block.span)
                if attribution.cue.spans
            )
            for block in region
        )
        and _first_word(doc, region[0]) not in section_labels()  # a box: Summary, Note
    ]
    if not regions or sum(len(block.span) for region in regions for block in region) > most:
        return tuple(quotations)
    added = [
        Quotation(
            id=f"set-apart-{region[0].span.start}",
            start=region[0].span.start,
            end=region[-1].span.end,
            closed=True,
            parent=None,
            parts=tuple(block.span for block in region),
            speech=True,
        )
        for region in regions
    ]
    ordered = sorted([*quotations, *added], key=lambda quotation: (quotation.start, -quotation.end))
    names = {quotation.id: f"q{number}" for number, quotation in enumerate(ordered, 1)}
    return tuple(
        msgspec.structs.replace(
            quotation, id=names[quotation.id], parent=None if quotation.parent is None else names[quotation.parent]
        )
        for quotation in ordered
    )


def _first_word(doc: Doc, block: Block) -> str:
    return doc.draft.text[block.span.start : block.span.end].split(maxsplit=1)[0].strip(".:").lower()


def _depths(attributions: Sequence[Attribution]) -> dict[str, int]:
    """The number of attributions around each, by its id."""
    parents = {attribution.id: attribution.parent for attribution in attributions}
    depths = {}
    for attribution in attributions:
        above: list[str] = []
        parent = attribution.parent
        while parent is not None and parent not in above:
            above.append(parent)
            parent = parents.get(parent)
        depths[attribution.id] = len(above)
    return depths


def judge(doc: Doc, trees: Sequence[Tree], span: Span, lexicon: Lexicon) -> Judgement:
    """The judgement on the quotation at ``span``, whose sentences are ``trees``."""
    facts = {*_form(doc, trees, span), *_place(doc, trees, span, lexicon)} if trees else set()
    total = sum(EVIDENCE[fact] for fact in facts)
    if total >= SPEECH_FROM:
        kind = QuotationKind.SPEECH
    else:
        kind = QuotationKind.TITLE if facts & {"named", "work", "capitals"} else QuotationKind.FRAGMENT
    return Judgement(kind, tuple(fact for fact in EVIDENCE if fact in facts))


def _form(doc: Doc, trees: Sequence[Tree], span: Span) -> list[str]:
    """The facts about the words between the marks."""
    facts = []
    words: list[str] = []
    for tree in trees:
        inside = tree.words_in([span])
        words += [tree.tokens[index].text for index in sorted(inside)]
        # “any interest which a voter may have” is a phrase, despite its clause.
        heads = [index for index in inside if not SENTENCE_RELATIONS.isdisjoint(tree.relations[index])]
        if any(grammar.is_finite(tree, head) and _has_subject(tree, head, inside) for head in heads):
            facts.append("clause")
        elif any(grammar.is_finite(tree, head) and grammar.subject(tree, head) is not None for head in heads):
            facts.append("predicate")
        elif _is_quoted_root(doc, tree, inside):
            facts.append("predicate")  # School kitchen ‘crawling with rats’
        elif any(grammar.is_imperative(tree, head) and head == min(inside & set(heads)) for head in heads):
            facts.append("order")
        if any(tree.forms[index] in FIRST_PERSON for index in inside):
            facts.append("first-person")
    ending = doc.draft.text[span.start : span.end].rstrip("\"”’'»« ")[-1:]
    if ending in STOPS:
        facts.append("stop-inside")
    if ending == ",":
        facts.append("comma-inside")
    number = sum(map(is_word, words))
    if number >= LONG:
        facts.append("long")
    if number <= FEW:
        facts.append("few-words")
    if _has_capitals(words):
        headline = doc.block_kind(trees[0].sentence) is BlockKind.HEADLINE
        if not (headline and grammar.is_title_case(trees[0])):
            facts.append("capitals")
    return facts


def _is_quoted_root(doc: Doc, tree: Tree, inside: frozenset[int]) -> bool:
    """Whether a headline without an auxiliary has its verb inside the marks and words before them."""
    return (
        doc.block_kind(tree.sentence) is BlockKind.HEADLINE
        and tree.root in inside
        and tree.tokens[tree.root].upos == "VERB"
        and any(is_word(tree.tokens[index].text) for index in range(min(inside)))
    )


def _place(doc: Doc, trees: Sequence[Tree], span: Span, lexicon: Lexicon) -> list[str]:
    """The facts about the words around the marks."""
    facts = []
    first, last = trees[0], trees[-1]
    if not any(_has_word_outside(tree, span) for tree in trees):
        facts.append("alone")
    if doc.block_kind(first.sentence) is BlockKind.HEADLINE:
        facts.append("heading")
    before = [token for token in first.tokens if token.end <= span.start]
    text = doc.draft.text[first.sentence.start : span.start].rstrip()
    if text.endswith(":"):
        facts.append("after-colon")
    if not text or text[-1] in ",—–-":
        facts.append("apart")
    elif before and before[-1].upos == "DET":
        facts.append("determiner")
    spoken = [token for token in before if is_word(token.text)][-3:]
    words = [token.lemma.lower() for token in spoken]
    named = lexicon.words_for("naming")
    # *They called the plan, “a disgrace”* names nothing; *called “the Needle”* and *known as “the Needle”* do.
    opening = next((token for token in first.tokens if token.start >= span.start and is_word(token.text)), None)
    described = opening is not None and opening.text in ("a", "an")  # dubbed “a disgrace”
    if words and not described and text.endswith(",") and spoken[-1].upos == "NOUN" and words[-1] in named:
        facts.append("named")  # the motto, “Water first,”
    elif words and not described and not text.endswith((",", ":")):
        directly = words[-1] in named or (
            words[-1] in {"as", "like"} and len(words) > 1 and words[-2] in {*named, "know"}
        )
        if directly or " ".join(words[-2:]) == "stand for":
            facts.append("named")
    works = lexicon.words_for("work-of-art")
    apposed = doc.draft.text[span.start : span.end].rstrip("\"”’'» ").endswith(",") or _starts_with_comma(doc, span)
    if words and words[-1] in works and not text.endswith(":"):
        facts.append("work")
    elif apposed:
        following = (token for token in last.tokens if token.start >= span.end and is_word(token.text))
        behind = list(islice(following, APPOSITION_REACH))
        if behind and behind[0].upos == "DET" and any(token.lemma.lower() in works for token in behind):
            facts.append("work")
    return facts


def _starts_with_comma(doc: Doc, span: Span) -> bool:
    return doc.draft.text[span.end : span.end + 1] == ","


def _has_word_outside(tree: Tree, span: Span) -> bool:
    inside = tree.words_in([span])
    return any(token.index not in inside and is_word(token.text) for token in tree.tokens)


def _has_subject(tree: Tree, head: int, inside: frozenset[int]) -> bool:
    """Whether a clause's subject is inside as well, or understood (*and left*)."""
    subject = grammar.subject(tree, head)
    if subject is None:
        return any(child in inside for child in tree.children(head, "expl"))
    return subject in inside


def _has_capitals(words: Sequence[str]) -> bool:
    """Whether the words are written like a title: all long ones begin with a capital or figure."""
    long = [word for word in words if len(word) > SMALL_WORD and word[0].isalnum()]
    short = [word for word in words if word[0].isalpha()]
    if len(short) > 1:
        return bool(long) and all(word[0].isupper() or word[0].isdigit() for word in long)
    return False
