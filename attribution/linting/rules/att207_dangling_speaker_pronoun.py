"""ATT207: The speaker is “he”, “she” or “they”, and two people mentioned before could be meant."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_ATTRIBUTION, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.predicates.cues import is_told_by_somebody, reports, speaks
from attribution.linting.predicates.people import PRONOUN_GENDERS, gender_of, people_in
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Sentence, Token


@Rule(
    id="ATT207",
    name="dangling-speaker-pronoun",
    summary="The speaker is “he”, “she” or “they”, and two people mentioned before could be meant.",
    rationale="Attributing a statement to the wrong person is an error of fact, and here the reader has to guess.",
    bad="The mayor met the union leader. He said talks failed.",
    good="The mayor met the union leader. The mayor said talks failed.",
    severity=Severity.WARNING,
    guidelines=(AP_ATTRIBUTION, REUTERS_SOURCING),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT}),
    limits="Depends on telling the article's people apart; readers who know their pronouns may not stumble.",
)
def dangling_speaker_pronoun(context: Context) -> Iterator[Match]:
    for attribution in context.attributions:
        sentence = context.source_sentence(attribution)
        tokens = context.tokens(sentence, attribution.source.spans)
        if len(tokens) != 1 or tokens[0].text.lower() not in PRONOUN_GENDERS or not reports(attribution):
            continue
        pronoun = tokens[0]
        before = context.before(sentence, 1)
        if not before or before[0].block != sentence.block or not _opens(context, sentence, pronoun):
            continue
        if attribution.cue.lemma in context.lexicon.words_for("continuing") or is_told_by_somebody(
            context, attribution
        ):
            continue
        people = _who_could_be_meant(context, before[0], pronoun)
        if len(people) != 2 or _has_topic(context, before[0]):
            continue
        yield Match(
            attribution.source.spans[0],
            f"“{pronoun.text}” could be {people[0]} or {people[1]}",
            "Replace the pronoun with the name or the office.",
            attribution=attribution.id,
        )


def _opens(context: Context, sentence: Sentence, pronoun: Token) -> bool:
    """Whether the sentence opens with the pronoun as its verb's subject, apart from an adverb or a time."""
    tree = context.tree(sentence)
    if tree.head(pronoun.index) != tree.root or context.is_quoted(pronoun.span):
        return False
    return not any(mention.head < pronoun.index for mention in context.mentions_in(sentence))


def _who_could_be_meant(context: Context, sentence: Sentence, pronoun: Token) -> list[str]:
    """The people in a sentence whom *he* or *she* fits, if one of them did something with the other."""
    tree = context.tree(sentence)
    wanted = PRONOUN_GENDERS[pronoun.text.lower()]
    people = people_in(context, sentence)
    fitting = [person for person in people if gender_of(context, sentence, person) in (None, wanted)]
    if len(fitting) != 2 or not any(tree.matches(person.head, "nsubj", "nsubj:pass") for person in fitting):
        return []
    heads = {tree.head(person.head) for person in fitting}
    if len(heads) != 1 or heads == {None}:
        return []
    return [context.text(person.span) for person in fitting]


def _has_topic(context: Context, sentence: Sentence) -> bool:
    """Whether somebody speaks in the sentence, or it is about somebody already: the pronoun then refers to them."""
    tree = context.tree(sentence)
    if any(speaks(attribution) and reports(attribution) for attribution in context.attributions_in(sentence)):
        return True
    return any(tree.tokens[index].upos == "PRON" for index in tree.children(tree.root, "nsubj"))
