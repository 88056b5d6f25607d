"""CLM501: A percentage, a sum of money or a large count in the paper's own voice, with no source nearby."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import BBC_STATISTICS, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.predicates import (
    has_words,
    is_printed_heading,
    is_share_unit,
    is_sourced_near,
    own_claims,
    speaks,
)
from attribution.linting.rule import Match, Need, Rule, Severity, Status
from attribution.parsing import Tree
from attribution.records import Sentence, Span, Token

LARGE = 1000
"""A bare count of at least this much is a statistic that somebody must have counted."""

CURRENCIES = frozenset("$£€¥₹")
"""Signs of money, also at the end of a token (US$)."""

PARAGRAPHS = 3
"""The fewest paragraphs for which the first, if it is a single sentence, may be a headline."""

FIGURES_APART = 12
"""The span of sentences within which figures are taken to share a source."""


@Rule(
    id="CLM501",
    name="unsourced-number",
    summary="A percentage, a sum of money or a large count in the paper's own voice, with no source nearby.",
    rationale="Somebody counted. Figures look like facts and are often one side's: a reader must know whose they are.",
    bad="Crime fell 14 percent.",
    good="Crime fell 14 percent in 2025, city police figures show.",
    severity=Severity.WARNING,
    status=Status.PREVIEW,
    guidelines=(BBC_STATISTICS, REUTERS_SOURCING),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    limits="One finding per paragraph. Any source in the paragraph counts as the number's; for a one-sentence"
    " paragraph, so does one in the paragraph above.",
)
def unsourced_number(context: Context) -> Iterator[Match]:
    reported: set[int] = set()
    for sentence in context.body:
        if (
            sentence.block in reported
            or is_sourced_near(context, sentence)
            or _is_figure_source_told(context, sentence)
        ):
            continue
        if (
            _is_printed_headline(context, sentence)
            or is_printed_heading(context, sentence)
            or _is_in_first_person(sentence)
        ):
            continue
        tree = context.tree(sentence)
        for token, span in _quantities(context, tree):
            claim = context.claim_at(token.span)
            if claim is None or claim not in tuple(own_claims(context, sentence)) or context.is_quoted(span):
                continue
            if grammar.is_supposed(tree, token.index) or not _is_asserted(tree, token) or _is_known(context, sentence):
                continue
            reported.add(sentence.block)
            yield Match(
                span,
                f"“{context.text(span)}” has no source",
                "Say who counted or published it, and when.",
                claim=claim.id,
            )
            break


def _is_known(context: Context, sentence: Sentence) -> bool:
    """Whether readers know the source of the numbers: a document in the sentence, a poll, a market or an election.

    CLM504 judges polls. Prices on an exchange and results of an election are public.
    """
    near = (*context.before(sentence, 2), *context.paragraph(sentence), *context.after(sentence, 1))
    if any(has_words(context, (*context.body[:3], *near), name) for name in ("survey", "poll")):
        return True
    if has_words(context, (*context.before(sentence, 1), sentence), "public-number"):
        return True
    if any(speaks(attribution) for near in context.after(sentence, 1) for attribution in context.attributions_in(near)):
        return True  # the source follows immediately
    return any(
        entry.kind == "document"
        for token in sentence.tokens
        if token.upos == "NOUN"
        for entry in context.lexicon.source_nouns_of(token.lemma)
    )


def _is_printed_headline(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence stands alone at the start of an article of several paragraphs, as a headline does."""
    alone = sentence == context.body[0] and len(context.paragraph(sentence)) == 1
    return alone and len({near.block for near in context.body}) > PARAGRAPHS


def _is_figure_source_told(context: Context, sentence: Sentence) -> bool:
    """Whether figures shortly before had a source, which a reader assumes to be the source of these as well."""
    for near in context.before(sentence, FIGURES_APART):
        for attribution in context.attributions_in(near):
            if speaks(attribution) and any(
                token.upos == "NUM"
                for token in context.tokens(near, attribution.content.spans)
                if token.lemma.lower() != "one"
            ):
                return True
    return False


def _is_in_first_person(sentence: Sentence) -> bool:
    """Whether somebody speaks for themselves, as in an interview printed as text."""
    return any(token.text.lower() in ("i", "we", "our", "my") for token in sentence.tokens)


def _quantities(context: Context, tree: Tree) -> Iterator[tuple[Token, Span]]:
    """Percentages, sums of money and large counts: the number and its words."""
    for token in tree.tokens:
        if token.upos != "NUM" or token.lemma.lower() == "one":
            continue
        if _is_magnitude(context, token) and not _is_counted(tree, token):
            continue  # a few thousand
        before = tree.tokens[token.index - 1] if token.index else None
        after = tree.tokens[token.index + 1] if token.index + 1 < len(tree) else None
        per_cent = " ".join(word.text.lower() for word in tree.tokens[token.index + 1 : token.index + 3])
        if _is_price(context, tree, token):
            continue
        if after is not None and is_share_unit(context, after):
            yield token, Span(token.start, after.end)
        elif per_cent in context.lexicon.words_for("share-unit"):
            yield token, Span(token.start, tree.tokens[token.index + 2].end)
        elif before is not None and before.text[-1] in CURRENCIES:
            last = after if after is not None and _is_magnitude(context, after) else token
            yield token, Span(before.start, last.end)
        elif _is_large(context, tree, token):
            noun = tree.head(token.index)
            near = noun is not None and token.index < noun <= token.index + 3
            first = before if before is not None and before.upos == "NUM" else token
            yield token, Span(first.start, tree.tokens[noun].end if near and noun is not None else token.end)


def _is_price(context: Context, tree: Tree, token: Token) -> bool:
    """Whether the sum is the movement of a price on an exchange: *Tarsk Lines fell $1.25*."""
    above = [tree.tokens[index] for index in tree.ancestors(token.index)]
    verb = next((token for token in above if token.upos == "VERB"), None)
    subject = None if verb is None else tree.child(verb.index, "nsubj")
    moved = verb is not None and verb.lemma.lower() in context.lexicon.words_for("price-move")
    return moved and subject is not None and tree.tokens[subject].upos == "PROPN"


def _is_counted(tree: Tree, token: Token) -> bool:
    """Whether a number comes before *million*; *millions* and *a few thousand* are not figures."""
    before = tree.tokens[token.index - 1] if token.index else None
    return before is not None and before.upos in ("NUM", "SYM")


def _is_magnitude(context: Context, token: Token) -> bool:
    return token.text.lower() in context.lexicon.words_for("magnitude")


def _is_large(context: Context, tree: Tree, token: Token) -> bool:
    """Whether the number is a large count of something: not a year, date, measure or time."""
    if not tree.matches(token.index, "nummod") or tree.head(token.index) is None:
        return False
    noun = tree.tokens[tree.tokens[token.index].head]
    if noun.xpos not in ("NNS", "NNPS") or noun.lemma.lower() in context.lexicon.words_for("measure-unit"):
        return False
    if _is_magnitude(context, token):
        return True
    figures = token.text.replace(",", "")
    return figures.isdigit() and int(figures) >= LARGE and ("," in token.text or not 1500 <= int(figures) <= 2100)


def _is_asserted(tree: Tree, token: Token) -> bool:
    """Whether the clause asserts the number, rather than having it in a name or a passing description."""
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
    """Whether the noun is a measure: *a fall of 14 percent*."""
    case = tree.child(index, "case")
    return case is not None and tree.tokens[case].text.lower() in ("of", "by", "to", "than", "from")
