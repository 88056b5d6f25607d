"""SRC109: The source is “a study”, “research” or “documents”, and the reader is not told which."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import REUTERS_SOURCING, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates.cues import is_hypothetical, speaks
from attribution.linting.predicates.source_nouns import is_indefinite, is_media, noun_kinds, speaker, words_with
from attribution.linting.predicates.surroundings import is_lead, is_linked
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attribution, Frame, Sentence, SourceKind, Token

DOCUMENTS = (SourceKind.DOCUMENT, SourceKind.VAGUE_COLLECTIVE)
"""The kinds of source that documents are: *estimates* are a crowd of them."""

SOON = 2
"""How many sentences later a document's author may be given."""

FIGURES_APART = 10
"""How many sentences before may name the office whose figures these are."""

LEAD_SUPPORT = 8
"""How many sentences after the lead the author may be given."""


@Rule(
    id="SRC109",
    name="unidentified-document",
    summary="The source is “a study”, “research” or “documents”, and the reader is not told which.",
    rationale="A document can be read and checked, but only by those who know which one it is. “Research shows” is the"
    " paper's claim in a white coat.",
    bad="Research shows dogs reduce stress.",
    good="A 2024 Leiden University study of 300 patients shows dogs reduce stress.",
    severity=Severity.WARNING,
    guidelines=(WORDS_TO_WATCH, REUTERS_SOURCING),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    limits="A document is skipped if its author is given within two sentences (eight after the lead), or if a named"
    " source cites it.",
)
def unidentified_document(context: Context) -> Iterator[Match]:
    wanted = context.lexicon.words_for("generic-document")
    for attribution in context.attributions:
        found = speaker(context, attribution)
        if (
            found is None
            or attribution.source.kind not in DOCUMENTS
            or not _tells(attribution)
            or is_hypothetical(context, attribution)
        ):
            continue
        sentence, tree, head = found
        if head.lemma.lower() not in wanted or not is_indefinite(tree, head) or head.upos != "NOUN":
            continue
        if is_media(context, tree, head):  # SRC105 finds these
            continue
        if _continues_figures(context, sentence, tree, head):
            continue
        if attribution.parent is not None or _has_capital(tree, head) or _is_placed(context, tree, head):
            continue
        if _has_other_source(context, sentence, attribution) or _is_identified_later(context, sentence, head):
            continue
        words = context.text(attribution.source.spans)
        yield Match(
            attribution.source.spans[0],
            f"“{words}” cannot be found or judged by a reader",
            "Say who published it, what it is called, and when; link to it where you can.",
            attribution=attribution.id,
        )


def _continues_figures(context: Context, sentence: Sentence, tree: Tree, head: Token) -> bool:
    """Whether *figures* or *data* are official, or an office with a name gave figures before: they are its own."""
    if head.lemma.lower() not in context.lexicon.words_for("figure-noun"):
        return False
    if any(token.lemma.lower() == "official" for token in words_with(tree, head, "amod")):
        return True
    return any(
        entity.named and entity.kind in (SourceKind.NAMED_ORGANISATION, SourceKind.DOCUMENT)
        for near in context.before(sentence, FIGURES_APART)
        for other in context.attributions_in(near)
        for entity in context.entities(other)
    )


def _has_capital(tree: Tree, head: Token) -> bool:
    """Whether there is a name in the noun phrase, or it has a headline's capitals; a sentence's first word is moot."""
    words = [tree.tokens[index] for index in tree.subtree(head.index)]
    return any(token.text[0].isupper() and (token.index > 0 or token.upos == "PROPN") for token in words)


def _tells(attribution: Attribution) -> bool:
    return not attribution.negated and (
        attribution.frame.governs_sentence or attribution.frame in (Frame.PHRASE, Frame.OBJ, Frame.XCOMP)
    )


def _is_placed(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the noun is identified by a date, an author or where it is kept."""
    for index in tree.subtree(head.index):
        token = tree.tokens[index]
        if token.upos == "NUM" and not tree.matches(index, "nummod"):
            return True
        if token.upos == "NUM" and len(token.text) == 4 and token.text.isdigit():
            return True
    makers = {"organisation", "official"}
    if any(makers.intersection(noun_kinds(context, word)) for word in words_with(tree, head, "compound")):
        return True
    return bool(words_with(tree, head, "nmod:poss", "acl", "appos")) or any(
        tree.tokens[case].text.lower() in ("by", "from", "in")
        for index in tree.children(head.index, "nmod")
        for case in tree.children(index, "case")
    )


def _is_beside(other: Attribution, attribution: Attribution) -> bool:
    """Whether the other attribution is outside this one's content, or only attached there by the parser."""
    return other.id != attribution.id and (other.parent != attribution.id or other.frame is Frame.PHRASE)


def _has_other_source(context: Context, sentence: Sentence, attribution: Attribution) -> bool:
    return any(
        _is_beside(other, attribution) and speaks(other) and other.source.kind is not SourceKind.DOCUMENT
        for other in context.attributions_in(sentence)
    ) or is_linked(context, sentence)


def _is_identified_later(context: Context, sentence: Sentence, head: Token) -> bool:
    """Whether the sentence before or a later one names the document, or says who made it."""
    before = [close for close in context.before(sentence, 1) if close.block == sentence.block]
    for near in (*before, *context.after(sentence, LEAD_SUPPORT if is_lead(context, sentence) else SOON)):
        tree = context.tree(near)
        for token in near.tokens:
            again = token.lemma.lower() == head.lemma.lower() or (
                token.lemma.lower() in context.lexicon.words_for("generic-document") and token.upos == "NOUN"
            )
            if again and any(other.upos == "PROPN" for other in near.tokens):
                return True
            if token.lemma.lower() in context.lexicon.words_for("publishing") and tree.matches(token.index, "root"):
                return True
    return False
