"""The noun that stands for a source: whether it is described, indefinite, named or a crowd."""

from __future__ import annotations

from attribution.linting.context import Context
from attribution.linting.predicates.cues import reports
from attribution.parsing import Tree
from attribution.records import Attribution, Sentence, Span, Token

INDEFINITE = frozenset({"a", "an", "another", "any", "few", "many", "most", "one", "other", "several", "some"})
"""Determiners and quantifiers of a first mention."""

QUANTIFIERS = frozenset({"few", "many", "most"})
"""Quantifiers that make a crowd of the people they count."""

DESCRIBING = ("amod", "compound", "nmod", "acl", "appos", "nmod:poss", "flat")
"""Relations of words that describe a noun."""


def speaker(context: Context, attribution: Attribution) -> tuple[Sentence, Tree, Token] | None:
    """The sentence, its tree and the head noun of a source that is a single noun phrase; None for anything else.

    Badly parsed sources are excluded: those whose head is not a noun, or whose words belong to several phrases.
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
    return sentence, tree, _antecedent(tree, heads[0]) or heads[0]


def _antecedent(tree: Tree, head: Token) -> Token | None:
    """The noun for *who* in *drew flak from legislators **who** warned that …*; None where the clause only defines it.

    *People who believe that …* are a kind of people, not a source.
    """
    verb = tree.head(head.index)
    if head.text.lower() != "who" or verb is None or not tree.matches(verb, "acl:relcl"):
        return None
    noun = tree.head(verb)
    told = tree.tokens[verb].xpos == "VBD" and noun is not None and tree.tokens[noun].upos == "NOUN"
    return tree.tokens[noun] if told and noun is not None and tree.lemmas[noun] != "people" else None


def speaker_or_noun_of_cue(context: Context, attribution: Attribution) -> tuple[Sentence, Tree, Token] | None:
    """The speaker of a report, or the source noun of a fixed phrase that is itself the cue (*sources say*)."""
    if attribution.source.spans:
        return speaker(context, attribution) if reports(attribution) else None
    sentence = context.sentence(attribution.sentence)
    tree = context.tree(sentence)
    subjects = [
        token for token in context.tokens(sentence, attribution.cue.spans) if tree.matches(token.index, "nsubj", "obl")
    ]
    return (sentence, tree, subjects[0]) if subjects else None


def place_of_speaker(attribution: Attribution, tree: Tree, head: Token) -> Span:
    """The source's words; for a noun in the cue or before *who*, the noun with its article and number."""
    if any(span.covers(head.span) for span in attribution.source.spans):
        return attribution.source.spans[0]
    return Span(
        min(token.start for token in (head, *words_with(tree, head, "det", "nummod", "amod", "compound"))), head.end
    )


def words_with(tree: Tree, head: Token, *relations: str) -> list[Token]:
    """The dependents of a noun with these relations."""
    return [tree.tokens[index] for index in tree.children(head.index, *relations)]


def noun_kinds(context: Context, token: Token) -> set[str]:
    """The kinds of source that a noun may denote (*official*, *document*)."""
    return {entry.kind for entry in context.lexicon.source_nouns_of(token.lemma)}


def is_described(tree: Tree, head: Token) -> bool:
    """Whether the text tells more about the noun than its number."""
    return bool(words_with(tree, head, *DESCRIBING))


def names_somebody(tree: Tree, head: Token) -> bool:
    """Whether there is a name in the noun phrase, or the head is one."""
    return any(tree.tokens[index].upos == "PROPN" for index in tree.subtree(head.index))


def is_indefinite(tree: Tree, head: Token) -> bool:
    """Whether the noun is a first mention: *a source*, *two officials*, *officials*, and not *the*, *his* or *this*."""
    if words_with(tree, head, "nmod:poss"):
        return False
    return all(token.lemma.lower() in INDEFINITE for token in words_with(tree, head, "det"))


def is_plural(token: Token) -> bool:
    """Whether the noun is tagged as a plural."""
    return token.xpos in ("NNS", "NNPS")


def has_own_name(tree: Tree, head: Token) -> bool:
    """Whether the noun has a name beside it (*columnist Dana Reyes*), rather than a name in it (*a Reyes aide*)."""
    if head.upos == "PROPN" or tree.matches(head.index, "appos"):
        return True
    following = tree.tokens[head.index + 1] if head.index + 1 < len(tree) else None
    if following is not None and following.upos == "PROPN" and following.text[0].isupper():
        return True
    if any(tree.forms[index] in ("including", "like") for index in tree.subtree(head.index)):
        return True
    return any(
        tree.tokens[index].upos == "PROPN" and index > head.index
        for index in tree.children(head.index, "flat", "appos")
    )


def is_crowd(context: Context, attribution: Attribution) -> bool:
    """Whether a quantifier makes a crowd of the source: *many officials*, *most insiders*."""
    tokens = context.tokens(context.source_sentence(attribution), attribution.source.spans)
    return any(token.text.lower() in QUANTIFIERS for token in tokens)


def is_title_of_name(tree: Tree, head: Token) -> bool:
    """Whether the noun is a title whose name the parse attached elsewhere: *executive director of the union Ida Marr*.

    A title before a name is the only singular count noun that takes no article.
    """
    bare = not is_plural(head) and not words_with(tree, head, "det", "nummod", "nmod:poss")
    return bare and any(tree.tokens[index].upos == "PROPN" for index in tree.subtree(head.index) if index > head.index)


def is_bare_source(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the noun is just *source* or *insider*, which SRC103 reports."""
    return head.lemma.lower() in context.lexicon.words_for("bare-source") and not is_described(tree, head)


def is_media(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the noun means reports, media or outlets without a name: *media reports*, *the Tolva press*, *a daily*.

    *The report*, *a report* and *reports by police* are documents, and *the newspaper* was named before.
    """
    if head.lemma.lower() in context.lexicon.words_for("media-outlet"):
        return is_indefinite(tree, head) and _is_without_identity(context, tree, head)
    if head.lemma.lower() not in context.lexicon.words_for("media-head"):
        return False
    if head.lemma.lower() in context.lexicon.words_for("media-report") or head.upos == "PROPN":
        return not names_somebody(tree, head) and _is_general_report(context, tree, head)
    return _is_without_identity(context, tree, head) and not words_with(tree, head, "nmod:poss")


def _is_without_identity(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the words around the noun tell no more than its kind and country: *the Tolva press*, *a Turkish daily*.

    *Al Ilm newspaper* has a name, and *state media* are few.
    """
    if words_with(tree, head, "acl", "appos", "flat", "acl:relcl", "nmod") or head.xpos in ("NNP", "NNPS"):
        return False
    if any(token.lemma.lower() in ("this", "that") for token in words_with(tree, head, "det")):
        return False
    known = context.lexicon.words_for("media-modifier")
    several = is_plural(head) or head.lemma.lower() in context.lexicon.words_for("media-head")
    return all(
        token.lemma.lower() in known
        or token.text.lower() in known
        or (token.text[0].isupper() and (token.upos == "ADJ" or (several and token.upos == "PROPN")))
        for token in words_with(tree, head, "amod", "compound")
    )


def _is_general_report(context: Context, tree: Tree, head: Token) -> bool:
    """Whether *reports* are nobody's: *media reports*, *unconfirmed reports*."""
    around = words_with(tree, head, "amod", "compound", "det", "nmod", "acl", "nmod:poss")
    modifiers = [token for token in around if token.relation in ("amod", "compound")]
    known = context.lexicon.words_for("media-modifier")
    if any(token.lemma.lower() not in known and token.text.lower() not in known for token in modifiers):
        return False
    if any(token.relation == "nmod:poss" or token.lemma.lower() in ("this", "that") for token in around):
        return False
    if any(token.relation == "compound" for token in modifiers):
        return True
    return is_plural(head) and not any(token.relation in ("det", "acl", "nmod") for token in around)
