"""Questions that several rules ask about who speaks."""

from __future__ import annotations

from attribution.linting.context import Context
from attribution.parsing import Tree
from attribution.records import Attitude, Attribution, Sentence, SourceKind, Token

REPORTING_FRAMES = frozenset({"ccomp", "inverted", "parataxis", "quotation", "phrase", "colon"})
"""Frames in which somebody tells something, rather than praises, urges or attacks."""

INDEFINITE = frozenset({"a", "an", "another", "any", "few", "many", "most", "no", "one", "other", "several", "some"})
"""Determiners and quantifiers of a first mention."""

NEWCOMERS = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANISATION})
"""Kinds of source that can stand for a crowd."""

ADDRESSEES = frozenset({"her", "him", "me", "them", "you"})
"""Pronouns of somebody in the story who is told something; *us* may be the paper."""

CONDITIONS = frozenset({"if", "unless", "when", "whenever", "whether"})
"""Conjunctions of what is supposed or repeated."""

DESCRIBING = ("amod", "compound", "nmod", "acl", "appos", "nmod:poss", "flat")
"""Relations of words that tell the reader more about a noun."""


def reports(attribution: Attribution) -> bool:
    """Whether the source tells or believes something, in a clause or in quotation marks."""
    return (
        attribution.frame in REPORTING_FRAMES
        and attribution.attitude in (Attitude.ASSERTION, Attitude.BELIEF)
        and not attribution.negated
        and not attribution.withheld
    )


def speaker(context: Context, attribution: Attribution) -> tuple[Sentence, Tree, Token] | None:
    """The sentence, its tree and the head noun of a source that is one noun phrase; None for anything else.

    Sources that were cut out of a tree wrongly are passed over: their head is no noun, or their words are of several
    phrases.
    """
    if len(attribution.source.spans) != 1:
        return None
    sentence = context.source_sentence(attribution)
    tree = context.tree(sentence)
    tokens = context.tokens(sentence, attribution.source.spans)
    inside = {token.index for token in tokens}
    heads = [token for token in tokens if token.head not in inside]
    if len(heads) != 1 or heads[0].upos not in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"):
        return None
    return sentence, tree, heads[0]


def words_with(tree: Tree, head: Token, *relations: str) -> list[Token]:
    """The dependents of a noun by these relations."""
    return [tree.tokens[index] for index in tree.children(head.index, *relations)]


def is_described(tree: Tree, head: Token) -> bool:
    """Whether the reader is told more of the noun than its number."""
    return bool(words_with(tree, head, *DESCRIBING))


def names_somebody(tree: Tree, head: Token) -> bool:
    """Whether a name stands in the noun phrase, or is what the head is."""
    return any(tree.tokens[index].upos == "PROPN" for index in tree.subtree(head.index))


def is_indefinite(tree: Tree, head: Token) -> bool:
    """Whether the noun is a first mention: *a source*, *two officials*, *officials*, and not *the*, *his* or *this*."""
    if words_with(tree, head, "nmod:poss"):
        return False
    return all(token.lemma.lower() in INDEFINITE for token in words_with(tree, head, "det"))


def is_plural(token: Token) -> bool:
    """Whether the noun is a plural by its tag."""
    return token.xpos in ("NNS", "NNPS")


def has_own_name(tree: Tree, head: Token) -> bool:
    """Whether the noun has a name beside it (*columnist Dana Reyes*), rather than a name in it (*a Reyes aide*)."""
    if head.upos == "PROPN" or tree.matches(head.index, "appos"):
        return True
    following = tree.tokens[head.index + 1] if head.index + 1 < len(tree) else None
    if following is not None and following.upos == "PROPN" and following.text[0].isupper():
        return True
    if any(token.text.lower() in ("including", "like") for token in (tree.tokens[i] for i in tree.subtree(head.index))):
        return True
    return any(
        tree.tokens[index].upos == "PROPN" and index > head.index
        for index in tree.children(head.index, "flat", "appos")
    )


def is_crowd(context: Context, attribution: Attribution) -> bool:
    """Whether a quantifier makes a crowd of the source: *many officials*, *most insiders*."""
    tokens = context.tokens(context.source_sentence(attribution), attribution.source.spans)
    return any(token.text.lower() in ("few", "many", "most") for token in tokens)


def tells_somebody_else(context: Context, attribution: Attribution) -> bool:
    """Whether somebody in the story was told, and not the paper: *officials told him*."""
    sentence = context.sentence(attribution.sentence)
    tree = context.tree(sentence)
    cue = context.head(sentence, attribution.cue.spans)
    if cue is None:
        return False
    return any(
        tree.tokens[index].upos == "PRON" and tree.tokens[index].text.lower() in ADDRESSEES
        for index in tree.children(cue.index, "obj", "iobj")
    )


def is_media(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the noun is reports or media of nobody in particular: *media reports*, *the press*, *reports*.

    *The report*, *a report* and *reports by police* are documents.
    """
    if head.lemma.lower() not in context.lexicon.words_for("media-head") or names_somebody(tree, head):
        return False
    around = words_with(tree, head, "amod", "compound", "det", "nmod", "acl")
    modifiers = [token for token in around if token.relation in ("amod", "compound")]
    known = context.lexicon.words_for("media-modifier")
    if any(token.lemma.lower() not in known and token.text.lower() not in known for token in modifiers):
        return False
    if any(token.relation == "nmod:poss" or token.lemma.lower() in ("this", "that") for token in around):
        return False
    if head.lemma.lower() in ("report", "account") and not any(token.relation == "compound" for token in modifiers):
        return is_plural(head) and not any(token.relation in ("det", "acl", "nmod") for token in around)
    return True


def is_hypothetical(context: Context, attribution: Attribution) -> bool:
    """Whether the telling is supposed or repeated, not told: *if regulators agree*, *when a man says*."""
    sentence = context.sentence(attribution.sentence)
    tree = context.tree(sentence)
    cue = context.head(sentence, attribution.cue.spans)
    if cue is None:
        return False
    return any(
        tree.matches(index, "advcl")
        and any(tree.tokens[mark].lemma.lower() in CONDITIONS for mark in tree.children(index, "mark", "advmod"))
        for index in (cue.index, *tree.ancestors(cue.index))
    )


def introduces_speaker(context: Context, attribution: Attribution) -> bool:
    """Whether somebody with a name speaks who was not in the article before this sentence."""
    sentence = context.sentence(attribution.sentence)
    return any(
        entity.named and entity.kind in NEWCOMERS and entity.mentions[0].start >= sentence.start
        for entity in context.entities(attribution)
    )
