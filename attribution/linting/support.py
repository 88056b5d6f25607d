"""Questions that several rules ask about what stands behind a statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attribution.linting.context import Context
from attribution.parsing import Tree
from attribution.records import Attitude, Attribution, BlockKind, Claim, Sentence, SourceKind, Token, Voice

SPEECHLESS = frozenset({SourceKind.AGENTLESS, SourceKind.NONE, SourceKind.OWN_OUTLET})
"""Kinds of source that are nobody beside the paper."""

PASSING_ON = frozenset({*SPEECHLESS, SourceKind.OUTLET, SourceKind.DOCUMENT})
"""Kinds of source that may themselves hide who says so."""

MODALS = frozenset({"can", "could", "may", "might", "must", "shall", "should", "will", "would"})
"""Auxiliaries of what is supposed, foretold or asked for."""

NEGATIONS = frozenset({"never", "no", "nobody", "none", "not", "n't", "n’t"})


def speaks(attribution: Attribution) -> bool:
    """Whether somebody other than the paper is given as the source."""
    return bool(attribution.source.spans) and attribution.source.kind not in SPEECHLESS


def cue_token(context: Context, attribution: Attribution) -> Token | None:
    """The topmost word of an attribution's cue."""
    return context.head(context.sentence(attribution.sentence), attribution.cue.spans)


def cue_lemmas(attribution: Attribution) -> frozenset[str]:
    """The cue's lemma in single words, lower case."""
    return frozenset(attribution.cue.lemma.lower().split())


def is_told_by_somebody(context: Context, attribution: Attribution) -> bool:
    """Whether the attribution is itself told by a person or body; outlets and documents only pass it on."""
    return any(
        one.id != attribution.id and speaks(one) and one.source.kind not in PASSING_ON
        for one in context.attributions_over(attribution.cue.spans[0])
    )


def is_negated(tree: Tree, verb: int) -> bool:
    """Whether the verb or its subject is negated."""
    near = tree.children(verb, "advmod", "nsubj")
    near += [child for subject in tree.children(verb, "nsubj") for child in tree.children(subject, "det")]
    return any(tree.tokens[index].text.lower() in NEGATIONS for index in near)


def is_plain_passive(tree: Tree, verb: int) -> bool:
    """Whether the verb is a finite passive of what was or is: not *could be seen as*, *to be seen as* or *seen as*."""
    auxiliaries = [tree.tokens[index] for index in tree.children(verb, "aux", "cop")]
    if tree.tokens[verb].xpos != "VBN" or not any(token.lemma.lower() in ("be", "get") for token in auxiliaries):
        return False
    if any(token.lemma.lower() in MODALS or token.xpos == "MD" for token in auxiliaries):
        return False
    if not any(token.xpos in ("VBD", "VBZ", "VBP") for token in auxiliaries):
        return False
    return not is_negated(tree, verb)


def has_agent(tree: Tree, verb: int) -> bool:
    """Whether *by somebody* stands below the verb; a parser may hang it on the verb's complement."""
    for index in tree.subtree(verb):
        if index > verb and tree.tokens[index].text.lower() == "by" and tree.matches(index, "case"):
            head = tree.head(index)
            if head is not None and tree.tokens[head].upos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"):
                return True
    return False


def is_supposed(tree: Tree, index: int) -> bool:
    """Whether the word stands in a question or under *if*, *unless* or *whether*."""
    if tree.tokens[-1].text == "?" or any(token.text == "?" for token in tree.tokens[-2:]):
        return True
    for here in (index, *tree.ancestors(index)):
        for mark in tree.children(here, "mark", "advmod"):
            if tree.tokens[mark].lemma.lower() in ("if", "unless", "whether"):
                return True
    return False


def around(context: Context, sentence: Sentence) -> tuple[Sentence, ...]:
    """The sentence's paragraph and the last sentence of the one before, all of it before a paragraph of one sentence.

    Wire copy gives each sentence a paragraph of its own: what stands before it there is read as one with it.
    """
    paragraph = context.paragraph(sentence)
    earlier = [one for one in context.body if one.block < sentence.block]
    before = context.paragraph(earlier[-1]) if earlier else ()
    return (*(before if len(paragraph) == 1 else before[-1:]), *paragraph)


def is_sourced_near(context: Context, sentence: Sentence, telling: bool = False) -> bool:
    """Whether anybody or any document is given as a source around the sentence, or it links to one.

    With ``telling`` those who state or believe something count, and not those who know, see or want it.
    """
    if any(
        speaks(one) and (not telling or one.attitude in (Attitude.ASSERTION, Attitude.BELIEF))
        for near in around(context, sentence)
        for one in context.attributions_in(near)
    ):
        return True
    if any(
        any(content.overlaps(sentence.span) for content in one.content.spans)
        for one in context.attributions
        if speaks(one)
    ):
        return True
    return any(link.span.overlaps(sentence.span) for link in context.draft.links)


def own_claims(context: Context, sentence: Sentence) -> Iterator[Claim]:
    """The sentence's claims in the paper's own voice."""
    return (claim for claim in context.claims_in(sentence) if claim.voice is Voice.OWN)


def claim_tokens(context: Context, claim: Claim) -> list[Token]:
    """The words of a claim."""
    return context.tokens(context.sentence(claim.sentence), claim.spans)


def identifier_of(claim: Claim | None) -> str | None:
    """The claim's identifier."""
    return None if claim is None else claim.id


def has_words(context: Context, sentences: Iterable[Sentence], name: str) -> bool:
    """Whether words of a list stand in any of the sentences."""
    return any(context.phrases(sentence.tokens, name) for sentence in sentences)


def headline(context: Context) -> Sentence | None:
    """The first sentence of the article's first headline; None when it has none."""
    return next((one for one in context.sentences if context.block(one) is BlockKind.HEADLINE), None)
