"""What stands near a sentence: words, links, sources, and speakers who follow."""

from __future__ import annotations

from collections.abc import Iterable

from attribution import grammar
from attribution.linting.context import Context
from attribution.linting.predicates.cues import reports, speaks
from attribution.parsing import Tree
from attribution.records import Attitude, Attribution, Frame, Sentence, SourceKind, Span, Token

POINTING = frozenset({"ADV", "AUX", "CCONJ", "DET", "PRON"})
"""Word classes of a clause such as *that is*, which has no content of its own."""


def has_words(context: Context, sentences: Iterable[Sentence], *lists: str) -> bool:
    """Whether words of one of the lists occur in any of the sentences."""
    return any(context.phrases(sentence.tokens, name) for sentence in sentences for name in lists)


def without_adverbs(sentence: Sentence) -> list[Token]:
    """The sentence's tokens without adverbs in -ly, which may occur inside a fixed phrase."""
    return [token for token in sentence.tokens if not (token.upos == "ADV" and token.text.lower().endswith("ly"))]


def word_count(sentence: Sentence) -> int:
    """The number of words in the sentence."""
    return sum(any(map(str.isalnum, token.text)) for token in sentence.tokens)


def is_linked(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence contains a link."""
    return any(link.span.overlaps(sentence.span) for link in context.draft.links)


def is_printed_heading(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence is a headline printed as text: most of its words are capitalised."""
    words = [token for token in sentence.tokens if len(token.text) > 3 and token.text.isalpha()]
    return len(words) > 2 and grammar.is_title_case(context.tree(sentence))


def is_sourced_near(context: Context, sentence: Sentence, telling: bool = False) -> bool:
    """Whether there is a source, or a link to one, around the sentence.

    That is in its paragraph and the sentence before it; before a paragraph of one sentence, in the whole one before, as
    wire copy puts each sentence into a paragraph of its own. With ``telling`` only sources that state or believe
    something count, not those that know, see or want it.
    """
    cued = context.cued_by(_tells if telling else speaks)
    if is_linked(context, sentence) or sentence.block in cued.blocks:
        return True
    before = context.body_before(sentence)
    if before is not None:
        alone = len(context.paragraph(sentence)) == 1
        if before.id in cued.sentences or (alone and before.block in cued.blocks):
            return True
    return any(map(speaks, context.attributions_of(sentence.span)))


def _tells(attribution: Attribution) -> bool:
    """Whether somebody states or believes the content."""
    return speaks(attribution) and attribution.attitude in (Attitude.ASSERTION, Attitude.BELIEF)


def is_sourced_next(context: Context, sentence: Sentence) -> bool:
    """Whether the next sentence of the paragraph, or of the article after a paragraph's last, has a source by name."""
    return any(
        reports(attribution) and any(entity.named for entity in context.entities(attribution))
        for near in context.after(sentence, 1)
        for attribution in context.attributions_in(near)
    )


def is_lead(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence is in the body's first paragraph with a source or a claim."""
    for near in context.body:
        if context.attributions_in(near) or context.claims_in(near):
            return near.block == sentence.block
    return False


def named_speaker_follows(context: Context, sentence: Sentence, count: int) -> bool:
    """Whether a named person or body not mentioned before speaks in one of the next sentences."""
    return any(
        speaks(attribution) and introduces_speaker(context, attribution)
        for near in context.after(sentence, count)
        for attribution in context.attributions_in(near)
    )


def introduces_speaker(context: Context, attribution: Attribution) -> bool:
    """Whether a named person or body speaks who was not mentioned before this sentence."""
    sentence = context.sentence(attribution.sentence)
    return any(
        entity.named
        and entity.kind in (SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANISATION)
        and entity.mentions[0].start >= sentence.start
        for entity in context.entities(attribution)
    )


def source_of_what_was_said(context: Context, sentence: Sentence) -> Span | None:
    """The source that a sentence gives for what came before: *the board said so*, *that is according to the board*."""
    tree = context.tree(sentence)
    for verb in sentence.tokens[:-1]:
        speech = [entry for entry in context.lexicon.verbs_of(verb.lemma) if "clause" in entry.frames]
        subject = tree.child(verb.index, "nsubj")
        if verb.upos != "VERB" or not speech or subject is None or tree.tokens[subject].upos == "PRON":
            continue
        if tree.forms[verb.index + 1] == "so" and not tree.children(verb.index, "ccomp", "xcomp"):
            return tree.spans(tree.subtree(subject))[0]
    words = [token for token in sentence.tokens if token.upos != "PUNCT"]
    if len(words) > 2 and words[0].text.lower() in ("that", "this") and words[1].lemma.lower() == "be":
        if words[2].text.lower() in ("according", "what"):
            return _named_behind(tree, words[3:])
    for attribution in context.attributions_in(sentence):
        words = [token for token in context.tokens(sentence, attribution.content.spans) if token.upos != "PUNCT"]
        points = bool(words) and all(token.upos in POINTING for token in words)
        if attribution.frame is Frame.PHRASE and speaks(attribution) and points:
            return attribution.source.spans[0]
    return None


def _named_behind(tree: Tree, words: list[Token]) -> Span | None:
    """The name in *according **to the board*** or *what **the board** says*."""
    named = next((token for token in words if tree.matches(token.index, "nsubj", "obl", "root", "nmod")), None)
    if named is None:
        return None
    inside = [index for index in tree.subtree(named.index) if not tree.matches(index, "case", "cop", "punct")]
    parts = tree.spans([index for index in inside if index >= words[0].index and tree.tokens[index].upos != "VERB"])
    return parts[0] if parts else None
