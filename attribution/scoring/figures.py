"""Figures that somebody must have counted: percentages, sums of money and large counts."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.grammar import whole_number
from attribution.lexicon import Lexicon
from attribution.parsing import Tree
from attribution.records import Span, Token

LARGE = 1000
"""From this on a bare count is a statistic that somebody must have counted."""

CURRENCIES = frozenset("$£€¥₹")
"""Signs of money, also at the end of a token (US$)."""


def quantities(lexicon: Lexicon, tree: Tree) -> Iterator[tuple[Token, Span]]:
    """Percentages, sums of money and large counts: the number and its words."""
    for token in tree.tokens:
        if token.upos != "NUM" or token.lemma.lower() == "one":
            continue
        if _is_magnitude(lexicon, token) and not _is_counted(tree, token):
            continue  # a few thousand
        before = tree.tokens[token.index - 1] if token.index else None
        after = tree.tokens[token.index + 1] if token.index + 1 < len(tree) else None
        per_cent = " ".join(word.text.lower() for word in tree.tokens[token.index + 1 : token.index + 3])
        if _is_price(lexicon, tree, token):
            continue
        if after is not None and is_share_unit(lexicon, after):
            yield token, Span(token.start, after.end)
        elif per_cent in lexicon.words_for("share-unit"):
            yield token, Span(token.start, tree.tokens[token.index + 2].end)
        elif before is not None and before.text[-1] in CURRENCIES:
            last = after if after is not None and _is_magnitude(lexicon, after) else token
            yield token, Span(before.start, last.end)
        elif _is_large(lexicon, tree, token):
            noun = tree.head(token.index)
            near = noun is not None and token.index < noun <= token.index + 3
            first = before if before is not None and before.upos == "NUM" else token
            yield token, Span(first.start, tree.tokens[noun].end if near and noun is not None else token.end)


def _is_price(lexicon: Lexicon, tree: Tree, token: Token) -> bool:
    """Whether the sum is a price movement on an exchange: *Tarsk Lines fell $1.25*."""
    above = [tree.tokens[index] for index in tree.ancestors(token.index)]
    verb = next((token for token in above if token.upos == "VERB"), None)
    subject = None if verb is None else tree.child(verb.index, "nsubj")
    moved = verb is not None and verb.lemma.lower() in lexicon.words_for("price-move")
    return moved and subject is not None and tree.tokens[subject].upos == "PROPN"


def _is_counted(tree: Tree, token: Token) -> bool:
    """Whether a number stands before *million*; *millions* and *a few thousand* are no figures."""
    before = tree.tokens[token.index - 1] if token.index else None
    return before is not None and before.upos in ("NUM", "SYM")


def _is_magnitude(lexicon: Lexicon, token: Token) -> bool:
    return token.text.lower() in lexicon.words_for("magnitude")


def _is_large(lexicon: Lexicon, tree: Tree, token: Token) -> bool:
    """Whether the number is a large count: not a year, a date, a measurement or a time of day."""
    if not tree.matches(token.index, "nummod") or tree.head(token.index) is None:
        return False
    noun = tree.tokens[tree.tokens[token.index].head]
    if noun.xpos not in ("NNS", "NNPS") or noun.lemma.lower() in lexicon.words_for("measure-unit"):
        return False
    if _is_magnitude(lexicon, token):
        return True
    number = whole_number(token.text)
    return number is not None and number >= LARGE and ("," in token.text or not 1500 <= number <= 2100)


def is_asserted(tree: Tree, token: Token) -> bool:
    """Whether the number is what the clause says, rather than a part of a name or a description on the side."""
    index = token.index
    while (head := tree.head(index)) is not None and tree.tokens[head].upos in ("NUM", "SYM"):
        index = head
    while (head := tree.head(index)) is not None and tree.tokens[head].upos in ("NUM", "NOUN", "SYM", "PROPN"):
        if tree.matches(index, "compound", "flat", "appos", "nmod:desc", "dep", "nmod:poss"):
            return False
        if tree.matches(index, "nmod") and tree.tokens[index].upos == "NOUN" and not _measures(tree, index):
            return False
        if tree.matches(index, "acl"):
            return False
        index = head
    if head is not None and tree.matches(head, "acl", "advcl") and not tree.matches(head, "acl:relcl"):
        return False
    return tree.matches(index, "nsubj", "obj", "obl", "root", "conj", "xcomp", "ccomp", "advmod", "nummod")


def _measures(tree: Tree, index: int) -> bool:
    """Whether the noun says how much: *a fall of 14 percent*."""
    case = tree.child(index, "case")
    return case is not None and tree.tokens[case].text.lower() in ("of", "by", "to", "than", "from")


def is_share_unit(lexicon: Lexicon, token: Token) -> bool:
    """Whether the word marks a share: *%*, *percent*."""
    return token.text == "%" or token.text.lower() in lexicon.words_for("share-unit")
