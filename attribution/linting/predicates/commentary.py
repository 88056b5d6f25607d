"""Whether a writer speaks for themselves, as in a column."""

from __future__ import annotations

from attribution.linting.context import Context
from attribution.linting.predicates.cues import gives_words
from attribution.parsing import Tree
from attribution.records import Sentence, Token

FIRST_PERSONS = frozenset({"i", "my", "our", "us", "we"})
"""Words by which a writer speaks for themselves."""

NEARBY = 4
"""How many sentences before and after tell whether a writer speaks for themselves."""

ARGUED_SENTENCES = 2
"""How many questions, exclamations or sentences in the first person make a column."""

LONG = 15
"""The fewest sentences of an article in which a writer's own voice can be told from a report."""

FEWEST_TOLD = 0.15
"""The share of sentences with somebody else's words below which a long article is the writer's own."""

LABELLED = 3
"""How many sentences at an article's head may label it as opinion."""

LONGEST_LABEL = 8
"""The most words of such a label."""


def is_in_first_person(context: Context, sentence: Sentence) -> bool:
    """Whether the writer says *I*, *we* or *our* outside quotation marks nearby, as in a column."""
    return any(
        _is_first_person(token) and _is_the_writers(context, token)
        for near in (*context.before(sentence, NEARBY), sentence, *context.after(sentence, NEARBY))
        for token in near.tokens
    )


def is_commentary(context: Context) -> bool:
    """Whether the article is a column or an editorial, whose judgements are meant.

    It says so at its head, the writer argues more than once (asks, exclaims, says *I*, *we*, *should* or *alas*), or it
    is long and hardly anybody else has a say.
    """
    return context.kept(_is_commentary)


def _is_commentary(context: Context) -> bool:
    if any(_is_label(context, sentence) for sentence in context.sentences[:LABELLED]):
        return True
    if sum(_is_argued(context, sentence) for sentence in context.body) >= ARGUED_SENTENCES:
        return True
    told = sum(any(map(gives_words, context.attributions_in(sentence))) for sentence in context.body)
    return len(context.body) >= LONG and told < FEWEST_TOLD * len(context.body)


def _is_label(context: Context, sentence: Sentence) -> bool:
    """Whether a short line at the head is a label: *Opinion*, *Commentary by Ida Marr*."""
    words = [token for token in sentence.tokens if token.text[0].isalpha()]
    labels = context.lexicon.words_for("column-label")
    return 0 < len(words) <= LONGEST_LABEL and any(token.text.lower() in labels for token in words[:2])


def _is_argued(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence is a question, an exclamation or a judgement of the writer's own, or in the first person."""
    tree = context.tree(sentence)
    stance = [run[0] for run in context.phrases(sentence.tokens, "stance") if _is_of_main_clause(tree, run[0])]
    personal = [token for token in sentence.tokens if token.text in ("?", "!") or _is_first_person(token)]
    return any(_is_the_writers(context, token) for token in (*personal, *stance))


def _is_of_main_clause(tree: Tree, token: Token) -> bool:
    """Whether the word belongs to what the sentence itself states: not *decided whether it should act*."""
    clauses = (token.index, *tree.ancestors(token.index))
    return not any(
        tree.matches(index, "ccomp", "xcomp", "acl", "acl:relcl", "advcl", "csubj")
        and any(child < token.index for child in tree.children(index, "mark", "nsubj", "advmod", "obj"))
        for index in clauses
    )


def _is_first_person(token: Token) -> bool:
    """Whether the word is *I*, *we* or the like; *US* is a country."""
    return token.text == "I" or (token.text.lower() in FIRST_PERSONS and not token.text.isupper())


def _is_the_writers(context: Context, token: Token) -> bool:
    """Whether a word is neither quoted nor in what somebody is reported to say."""
    return not context.is_quoted(token.span) and not context.attributions_over(token.span)
