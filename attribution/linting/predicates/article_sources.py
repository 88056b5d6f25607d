"""The sources of a whole article, and whether it is openly about one of them."""

from __future__ import annotations

from attribution.extraction.names import SUFFIXES
from attribution.linting.context import Context
from attribution.linting.predicates.cues import gives_words, speaks
from attribution.linting.predicates.surroundings import has_words
from attribution.parsing import Tree
from attribution.records import Attitude, BlockKind, Sentence, SourceEntity, Span, Token

OPENING_SENTENCES = 4
"""How many sentences, a dateline among them, tell on what occasion somebody spoke."""

ACTING_SENTENCES = 3
"""How many sentences tell whom an article is about, a printed headline among them."""

LONGEST_DATELINE = 8
"""The most tokens of a dateline that opens a sentence."""


def sources_in_body(context: Context) -> dict[str, SourceEntity]:
    """The sources that state something in the body, by their identifiers."""
    return {
        entity.id: entity
        for attribution in context.attributions
        if context.block(context.sentence(attribution.sentence)) is not BlockKind.HEADLINE
        for entity in context.entities(attribution)
        if not entity.kind.is_nobody_else
    }


def sources_reporting(context: Context) -> dict[str, SourceEntity]:
    """The sources that the paper itself has something from, not those that report only in others' words."""
    found: dict[str, SourceEntity] = {}
    for attribution in context.attributions:
        heading = context.block(context.sentence(attribution.sentence)) is BlockKind.HEADLINE
        telling = attribution.attitude in (Attitude.ASSERTION, Attitude.BELIEF) or attribution.withheld
        if heading or attribution.parent is not None or not gives_words(attribution) or not telling:
            continue
        found.update({entity.id: entity for entity in context.entities(attribution) if not entity.kind.is_nobody_else})
    return found


def first_place_as_source(context: Context, entity: SourceEntity) -> Span:
    """The first place where the entity is a source."""
    first = next(attribution for attribution in context.attributions if entity in context.entities(attribution))
    return first.source.spans[0] if first.source.spans else entity.mentions[0]


def openly_about(context: Context, entity: SourceEntity) -> bool:
    """Whether the article says from the start whose words it gives.

    Its headline names the source, its lead opens with the source (*The minister said on Monday that …*), or its first
    sentences tell on what occasion the source spoke (*in an interview*).
    """
    return is_in_title(context, entity) or _opens_lead(context, entity) or _speaks_on_occasion(context, entity)


def is_in_title(context: Context, entity: SourceEntity) -> bool:
    """Whether the source's name is in the article's opening: it is openly about what this source says."""
    opening = [sentence for sentence in context.sentences if sentence.block == 0]
    title = {token.text.lower().strip("’'") for sentence in opening for token in sentence.tokens}
    words = [word for word in entity.name.lower().split() if word.rstrip(".") not in SUFFIXES]
    return len(context.draft.blocks) > 1 and bool(words) and words[-1] in title


def acts_at_start(context: Context, entity: SourceEntity) -> bool:
    """Whether one of the first sentences tells what the source does, other than speak: *Quill resigned on Monday*."""
    names = [word for word in entity.name.split() if word.lower().strip(".") not in SUFFIXES]
    if not entity.named or not names:
        return False
    for sentence in context.body[:ACTING_SENTENCES]:
        tree = context.tree(sentence)
        cues = {
            token.index
            for other in context.attributions_in(sentence)
            for token in context.tokens(sentence, other.cue.spans)
        }
        for subject in (token for token in sentence.tokens if tree.matches(token.index, "nsubj", "nsubj:pass")):
            if subject.head not in cues and names[-1] in {tree.tokens[index].text for index in _of_name(tree, subject)}:
                return True
    return False


def _of_name(tree: Tree, noun: Token) -> list[int]:
    """The noun and the words of a name beside it."""
    beside = tree.children(noun.index, "appos", "flat", "compound")
    return [noun.index, *beside, *(index for other in beside for index in tree.children(other, "flat", "compound"))]


def _speaks_on_occasion(context: Context, entity: SourceEntity) -> bool:
    """Whether one of the first sentences tells that the source spoke in an interview, a speech or the like."""
    return any(
        entity in context.entities(attribution) and has_words(context, [sentence], "occasion")
        for sentence in context.body[:OPENING_SENTENCES]
        for attribution in context.attributions_in(sentence)
    )


def _opens_lead(context: Context, entity: SourceEntity) -> bool:
    """Whether the first sentence with a claim is about the source: it stands before the main verb and what is told.

    True of *Quill said the pier would close*; false of *The pier would close, Quill said*, which is about the pier.
    """
    lead = next((sentence for sentence in context.body if context.claims_in(sentence)), None)
    if lead is None:
        return False
    if _is_named_after_lead(context, lead, entity):
        return True
    tree = context.tree(lead)
    verb = min((tree.root, *tree.children(tree.root, "ccomp", "parataxis")))
    names = [word for word in entity.name.split() if word.lower().strip(".") not in SUFFIXES]
    opens = any(
        speaks(attribution)
        and entity in context.entities(attribution)
        and attribution.source.spans[0].start <= lead.tokens[_length_of_dateline(lead)].start
        for attribution in context.attributions_in(lead)
    )
    return opens or (entity.named and any(token.text == names[-1] for token in lead.tokens[:verb] if names))


def _is_named_after_lead(context: Context, lead: Sentence, entity: SourceEntity) -> bool:
    """Whether the lead gives *an official*, and the next sentence the name."""
    unnamed = [other for other in context.attributions_in(lead) if other.source.kind.is_unnamed_person]
    introduced = [
        near
        for near in context.after(lead, 1)
        for other in context.attributions_in(near)
        if entity in context.entities(other) and entity.mentions[0].start >= near.start
    ]
    return bool(unnamed and introduced) and not any(
        found.named for other in context.attributions_in(lead) for found in context.entities(other)
    )


def _length_of_dateline(sentence: Sentence) -> int:
    """How many tokens at the sentence's start are a dateline that ends in a dash."""
    dashes = [token.index for token in sentence.tokens[:LONGEST_DATELINE] if token.text in ("-", "--", "–", "—")]
    return dashes[-1] + 1 if dashes and dashes[-1] + 1 < len(sentence.tokens) else 0
