"""SRC108: A named speaker appears for the first time, and the reader is not told who it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile

from attribution import grammar
from attribution.linting.bibliography import REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.predicates.cues import cue_lemmas, cue_token, reports, speaks
from attribution.linting.predicates.source_nouns import speaker
from attribution.linting.rule import Match, Need, Rule, Severity, Status
from attribution.parsing import Tree
from attribution.records import Attribution, Sentence, SourceKind, Span, Token

NAME_PARTS = ("flat", "compound", "goeswith")
"""Relations within a person's name."""

FULL_NAME = 2
"""The number of words in the name with which somebody is introduced."""

MAIN_CHARACTER = 4
"""A person with this many mentions is the article's subject, whom its headline and context introduce."""


@Rule(
    id="SRC108",
    name="source-without-role",
    summary="A named speaker appears for the first time, and the reader is not told who it is.",
    rationale="A name alone does not say why its bearer would know. Agencies ask for name and position.",
    bad="Lena Voss said the data were wrong.",
    good="Lena Voss, who audited the trial, said the data were wrong.",
    severity=Severity.INFO,
    status=Status.PREVIEW,
    guidelines=(REUTERS_SOURCING,),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT}),
    settings=("known-people",),
    limits="Only people who “said” or “told” something are checked: writers are quoted by name. Anything that comes"
    " with the name counts as a role, even an age or a place. People named four times or more are the article's subject"
    " and are skipped, and so are household names (a list in lexicons/rule-words.toml).",
)
def source_without_role(context: Context) -> Iterator[Match]:
    for attribution, entity in context.first_mentions(lambda kind: kind is SourceKind.NAMED_PERSON):
        found = speaker(context, attribution)
        if (
            found is None
            or entity is None
            or not reports(attribution)
            or attribution.source.venue
            or attribution.parent is not None
        ):
            continue
        if not context.lexicon.words_for("plain-speech").intersection(cue_lemmas(attribution)):
            continue  # thoughts and writings are not told to the paper
        verb = cue_token(context, attribution)
        if verb is None or verb.xpos not in grammar.FINITE_VERB_TAGS or _goes_on_about(context, attribution):
            continue
        sentence, tree, head = found
        name = _name(tree, head)
        if len(name) < FULL_NAME or any(token.upos != "PROPN" for token in name):
            continue
        if _comes_before(context, sentence, name) or _has_role(context, tree, head, name):
            continue
        if entity.name in context.settings.known_people or _is_published(context, sentence, name):
            continue
        if context.text(Span(name[0].start, name[-1].end)).lower() in context.lexicon.words_for("household-name"):
            continue
        if _mentions(context, name[-1]) >= MAIN_CHARACTER or _follows(context, sentence, name):
            continue
        if _is_one_of(context, sentence):
            continue
        words = context.text(Span(name[0].start, name[-1].end))
        yield Match(
            Span(name[0].start, name[-1].end),
            f"the reader is not told who {words} is, or why to listen",
            "Give the office, the employer or the part played in the story with the name.",
            attribution=attribution.id,
        )


def _name(tree: Tree, head: Token) -> list[Token]:
    """The words of the name without titles and descriptions."""
    indices = [head.index, *tree.children(head.index, *NAME_PARTS)]
    name = [tree.tokens[index] for index in sorted(indices)]
    return [token for token in name if token.upos != "PUNCT"]


def _is_surname(token: Token, name: Token) -> bool:
    return token.upos in ("PROPN", "NOUN", "X") and token.text.lower().strip("’'") == name.text.lower().strip("’'")


def _surnames(context: Context, name: Token) -> Iterator[tuple[Sentence, Token]]:
    """Where the surname stands in the article, in text order."""
    return (
        (sentence, token)
        for sentence, token in context.words_at.get(name.text.lower().strip("’'"), ())
        if _is_surname(token, name)
    )


def _comes_before(context: Context, sentence: Sentence, name: list[Token]) -> bool:
    """Whether the article's body, or the same sentence, has the surname before."""
    before = takewhile(lambda place: place[1].end <= name[0].start, _surnames(context, name[-1]))
    return any(near.id == sentence.id or context.is_in_body(near) for near, _ in before)


def _is_published(context: Context, sentence: Sentence, name: list[Token]) -> bool:
    """Whether the sentence names the outlet in which the speaker wrote or spoke, or brackets a source."""
    behind = [token for token in sentence.tokens if token not in name]
    if any(token.text in ("[", "~") for token in sentence.tokens):
        return True
    if context.lexicon.outlet(" ".join(token.text for token in name)) is not None:
        return True
    return any(
        context.lexicon.outlet(" ".join(token.text for token in behind[start : start + length])) is not None
        for start in range(len(behind))
        for length in (1, 2, 3)
        if behind[start].upos == "PROPN" or behind[start].text == "The"
    )


def _mentions(context: Context, surname: Token) -> int:
    return sum(1 for _ in islice(_surnames(context, surname), MAIN_CHARACTER))


def _has_role(context: Context, tree: Tree, head: Token, name: list[Token]) -> bool:
    """Whether anything but a courtesy title goes with the name, or the sentence says what the person is."""
    inside = {token.index for token in name}
    courtesy = context.lexicon.words_for("courtesy-title")
    for index in tree.subtree(head.index):
        token = tree.tokens[index]
        if index in inside or token.upos in ("PUNCT", "DET", "CCONJ", "PART", "ADP"):
            continue
        if token.text.lower().rstrip(".") in courtesy:
            continue
        return True
    if any(context.lexicon.title(token.text) and not _is_courtesy(token, courtesy) for token in name):
        return True
    if any(context.lexicon.source_nouns_of(token.lemma) for token in name[:-1]):
        return True
    # The name may itself be the apposition (*the mayor, Ada Quill*), or the subject of *was* and *is*.
    above = tree.head(head.index)
    if above is None:
        return False
    if tree.matches(head.index, "appos", "nmod", "flat", "compound", "conj", "list"):
        return True
    before = tree.tokens[name[0].index - 1] if name[0].index else None
    if before is not None and before.upos in ("NOUN", "PROPN", "ADJ", "NUM") and not _is_courtesy(before, courtesy):
        return True  # a role that the parser attached elsewhere
    behind = tree.tokens[name[-1].index + 1 : name[-1].index + 3]
    if len(behind) == 2 and behind[0].text in (",", "(", "—", "–", "-") and behind[1].relation != "punct":
        # *Quill, who …* and *Quill, of the union*; not *Quill, said on Monday*
        return behind[1].upos in ("NOUN", "PROPN", "DET", "ADJ", "NUM", "PRON", "ADP", "ADV")
    return bool(behind) and behind[0].text.lower() in ("of", "from", "at", "with", "for", "who", "whose")


def _is_courtesy(token: Token, courtesy: frozenset[str]) -> bool:
    return token.text.lower().rstrip(".") in courtesy


def _follows(context: Context, sentence: Sentence, name: list[Token]) -> bool:
    """Whether the next sentence says who the person is: *Quill chairs …*, *Quill, who runs …*, *Quill's firm*."""
    for near in context.after(sentence, 2):
        tree = context.tree(near)
        for token in near.tokens:
            if _is_surname(token, name[-1]) and (
                tree.children(token.index, "appos", "acl", "nmod", "amod", "nmod:poss") or _is_called(tree, token)
            ):
                return True
            if token.text.lower() in ("he", "she") and _is_called(tree, token):
                return True
    return False


def _goes_on_about(context: Context, attribution: Attribution) -> bool:
    """Whether the next sentence says more about the speaker: *He and his partner came to …*."""
    for near in context.after(context.sentence(attribution.sentence), 1):
        tree = context.tree(near)
        subjects = tree.children(tree.root, "nsubj", "nsubj:pass")
        is_attributed = any(speaks(other) for other in context.attributions_in(near))
        if not is_attributed and any(tree.tokens[index].text.lower() in ("he", "she") for index in subjects):
            return True
    return False


def _is_one_of(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence before, in the same paragraph, opens with people to whom the speaker then belongs."""
    for near in context.before(sentence, 1):
        tree = context.tree(near)
        subjects = tree.children(tree.root, "nsubj", "nsubj:pass")
        if near.block == sentence.block and any(
            attribution.head in subjects
            and attribution.plural
            and attribution.kind in ("official", "role", "anonymous")
            for attribution in context.mentions_in(near)
        ):
            return True
    return False


def _is_called(tree: Tree, token: Token) -> bool:
    """Whether the word is the subject of a statement of what somebody is."""
    head = tree.head(token.index)
    return (
        head is not None
        and tree.matches(token.index, "nsubj")
        and tree.tokens[head].upos in ("NOUN", "PROPN")
        and tree.child(head, "cop") is not None
    )
