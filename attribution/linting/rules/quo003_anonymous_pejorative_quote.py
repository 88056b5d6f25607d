"""QUO003: Somebody unnamed is quoted attacking a person's character."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_VALUES, GUARDIAN_SOURCES, NPR_ANONYMOUS
from attribution.linting.context import Context
from attribution.linting.predicates.source_nouns import has_own_name, is_indefinite, speaker
from attribution.linting.rule import Match, Need, QuotationPolicy, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attribution, Manner, Span, Token


@Rule(
    id="QUO003",
    name="anonymous-pejorative-quote",
    summary="Somebody unnamed is quoted attacking a person's character.",
    rationale="Anonymity protects people who give information. An attack from behind it cannot be answered, and most"
    " codes bar it.",
    bad="“He is a coward,” one insider said.",
    good="“He voted against the inquiry,” one insider said.",
    severity=Severity.WARNING,
    guidelines=(GUARDIAN_SOURCES, NPR_ANONYMOUS, AP_VALUES),
    needs=frozenset({Need.QUOTATIONS, Need.SYNTAX, Need.LEXICON}),
    quotations=QuotationPolicy.INSIDE,
    limits="The words of attack come from a list; irony and plain description with such words are not recognised.",
)
def anonymous_pejorative_quote(context: Context) -> Iterator[Match]:
    pejorative = context.lexicon.words_for("pejorative")
    for attribution in context.attributions:
        if not attribution.source.kind.is_unnamed or attribution.manner is Manner.INDIRECT:
            continue
        found = speaker(context, attribution)
        if found is None or found[2].upos == "PRON" or not is_indefinite(*found[1:]) or has_own_name(*found[1:]):
            continue
        attack = next(_attacks(context, attribution, pejorative), None)
        if attack is not None:
            yield Match(
                attack.span,
                f"“{context.text(attribution.source.spans)}”, unnamed, calls somebody “{attack.text}”",
                "Name the speaker, or leave the attack out: anonymity is for information, not for opinion.",
                attribution=attribution.id,
            )


def _attacks(context: Context, attribution: Attribution, pejorative: frozenset[str]) -> Iterator[Token]:
    """The quoted words of attack on a person in the content of an attribution."""
    content = attribution.content.spans
    for sentence in context.sentences_over([Span(content[0].start, content[-1].end)]):
        tree = context.tree(sentence)
        for token in context.tokens(sentence, attribution.content.spans):
            if token.lemma.lower() in pejorative and context.is_quoted(token.span) and _is_on_person(tree, token):
                yield token


def _is_on_person(tree: Tree, token: Token) -> bool:
    """Whether the word describes a person: its subject or object, or the noun it modifies, is one."""
    holder = token.index
    if tree.matches(token.index, "amod", "compound", "conj"):
        holder = tree.head(token.index) or token.index
    subjects = tree.children(holder, "nsubj")
    head = tree.head(holder)
    if tree.matches(holder, "xcomp") and head is not None:
        subjects += tree.children(head, "obj", "nsubj")
    return any(_is_person(tree, tree.tokens[subject]) for subject in subjects)


def _is_person(tree: Tree, token: Token) -> bool:
    """Whether the word is a pronoun for people, or a name with a title or two parts; *Norway* may be no person."""
    if token.text.lower() in ("he", "she", "him", "her", "you", "who", "they"):
        return True
    return token.upos == "PROPN" and bool(tree.children(token.index, "flat", "compound"))
