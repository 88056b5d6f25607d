"""SRC101: An unnamed person is first used as a source, and no reason is given for withholding the name."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import NPR_ANONYMOUS, NYT_CONFIDENTIAL, SPJ, WASHINGTON_POST
from attribution.linting.context import Context
from attribution.linting.predicates.bodies import speaks_for_body, words_of_body
from attribution.linting.predicates.cues import (
    cue_span,
    cue_token,
    denies,
    gives_words,
    has_cue_of,
    reports,
    tells_paper,
)
from attribution.linting.predicates.source_nouns import (
    DESCRIBING,
    has_own_name,
    is_bare_source,
    is_crowd,
    is_described,
    is_indefinite,
    is_plural,
    is_title_of_name,
    noun_kinds,
    place_of_speaker,
    speaker,
    words_with,
)
from attribution.linting.predicates.surroundings import (
    has_words,
    introduces_speaker,
    is_lead,
    named_speaker_follows,
    without_adverbs,
)
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attitude, Attribution, Frame, Sentence, SourceKind, Token

OPINIONS = frozenset({Frame.OBJ, Frame.OBL, Frame.XCOMP})
"""Frames in which an opinion has a noun or an infinitive as its content."""

REPEATED = 3
"""The span of sentences within which the same unnamed people are reported once."""

MANY = 12
"""The number above which people who are counted are respondents, not sources whose names are withheld."""

NAMED_SOON = 3
"""How many sentences after the lead the name may follow."""

LEAD_SUPPORT = 8
"""How many sentences after the lead somebody may speak by name whom its *officials* sum up."""

NAMED_BEFORE = 2
"""How many sentences before may name the body whose officials speak."""


@Rule(
    id="SRC101",
    name="unexplained-anonymity",
    summary="An unnamed person is first used as a source, and no reason is given for withholding the name.",
    rationale="A reader cannot weigh the word of somebody unnamed without knowing why the name is withheld; every code"
    " allows anonymity only under conditions that the reader is told.",
    bad="A ministry official said the plan was dropped.",
    good="A ministry official, who feared losing her post for discussing it, said the plan was dropped.",
    severity=Severity.WARNING,
    guidelines=(SPJ, NYT_CONFIDENTIAL, NPR_ANONYMOUS, WASHINGTON_POST),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    settings=("reason-sentences",),
    limits="Silent where the next sentences name the source of the lead."
    " Whether the reason is a good one, and whether an editor knows the source, is not checked.",
)
def unexplained_anonymity(context: Context) -> Iterator[Match]:
    reported: list[tuple[Sentence, frozenset[str]]] = []
    for attribution, _ in context.first_mentions(lambda kind: kind.is_unnamed_person):
        found = speaker(context, attribution)
        if found is None or not _says_something(context, attribution):
            continue
        sentence, tree, head = found
        if not _is_withheld(context, attribution, tree, head) or not tells_paper(context, attribution):
            continue
        if _is_judged_elsewhere(context, attribution, tree, head) or _is_explained(
            context, attribution, sentence, head
        ):
            continue
        if _is_named_beside(context, attribution, sentence, tree, head) or _is_post(context, attribution, tree, head):
            continue
        if speaks_for_body(context, attribution, tree, head):
            continue
        words_of_noun = frozenset(token.lemma.lower() for token in (head, *words_with(tree, head, *DESCRIBING)))
        repeated = any(
            words_of_noun <= other and near in context.before(sentence, REPEATED) for near, other in reported
        )
        reported.append((sentence, words_of_noun))
        if repeated and not any(token.text.lower() == "another" for token in words_with(tree, head, "det")):
            continue
        place = place_of_speaker(attribution, tree, head)
        words = context.text(attribution.source.spans if attribution.source.spans[0] == place else place)
        yield Match(
            place,
            f"no name is given for “{words}”, and the article does not say why",
            "Name the source, or tell within two sentences why the name is withheld and how the source knows.",
            attribution=attribution.id,
        )


def _says_something(context: Context, attribution: Attribution) -> bool:
    """Whether the source states, denies or thinks something, or has an opinion of something: *criticised the plan*.

    What somebody exclaims (*“Got her!” an officer said*) is part of the story.
    """
    if any(context.text(span).rstrip("\"'”’ ").endswith("!") for span in attribution.content.spans):
        return False
    if reports(attribution) or denies(context, attribution) or _denies_charge(context, attribution):
        return True
    return (
        attribution.frame in OPINIONS
        and not attribution.negated
        and not attribution.withheld
        and has_cue_of(context, attribution, "opining")
    )


def _denies_charge(context: Context, attribution: Attribution) -> bool:
    """*Denied the charge*, but not *denied entry*."""
    cue = cue_token(context, attribution)
    if cue is None or cue.lemma.lower() != "deny" or attribution.frame is not Frame.OBJ:
        return False
    tree = context.tree(context.sentence(attribution.sentence))
    denied = context.lexicon.words_for("accusation-noun")
    return any(tree.lemmas[index] in denied for index in tree.children(cue.index, "obj"))


def _is_withheld(context: Context, attribution: Attribution, tree: Tree, head: Token) -> bool:
    """Whether the noun denotes somebody whose name was withheld.

    This may be so for *a lawyer*, *two residents*, *officials* and *the mayor's aides*; *lawyers* and *residents* are a
    crowd. A spokesman speaks on the record for somebody with a name. What *a resident* merely thinks is told by others.
    """
    words = {head.lemma.lower(), head.text.lower()}
    if has_own_name(tree, head) or is_title_of_name(tree, head):
        return False
    if any(not words.isdisjoint(context.lexicon.words_for(name)) for name in ("spokesperson", "published-role")):
        return False
    if not is_indefinite(tree, head):
        return not words.isdisjoint(context.lexicon.words_for("entourage")) and _is_somebodys(tree, head)
    kinds = noun_kinds(context, head)
    if not words.isdisjoint(context.lexicon.words_for("withheld-head")) or _is_privy(context, tree, head):
        return True
    if _is_without_article(tree, head):
        return False
    if "official" in kinds:
        return True
    numbers = words_with(tree, head, "nummod")
    if any(token.text.replace(",", "").isdigit() and int(token.text.replace(",", "")) > MANY for token in numbers):
        return False
    counted = not is_plural(head) or bool(numbers)
    told = attribution.attitude is not Attitude.BELIEF or is_plural(head)
    return counted and told and not kinds.isdisjoint(("anonymous", "role"))


def _is_privy(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the people are only said to know: *people familiar with the talks*."""
    known = context.lexicon.words_for("privy-word")
    return head.lemma.lower() in ("people", "person") and any(
        token.index > head.index and not known.isdisjoint(context.words_of(token))
        for token in words_with(tree, head, "acl", "amod", "nmod", "acl:relcl")
    )


def _is_without_article(tree: Tree, head: Token) -> bool:
    """Whether the noun is a title or a headline's: *Analyst says*, *PM suggests*."""
    return head.xpos == "NN" and not words_with(tree, head, "det", "nummod", "nmod:poss")


def _is_somebodys(tree: Tree, head: Token) -> bool:
    """Whether the people are somebody's who has a name or an office, and no other determiner picks them out."""
    owners = words_with(tree, head, "nmod:poss")
    return is_plural(head) and bool(owners) and all(owner.upos in ("NOUN", "PROPN") for owner in owners)


def _is_judged_elsewhere(context: Context, attribution: Attribution, tree: Tree, head: Token) -> bool:
    """Whether SRC103 (*sources*), SRC104 (*many officials*) or SRC110 (*according to officials*) reports the source."""
    plain = attribution.frame is Frame.PHRASE and is_plural(head) and not is_described(tree, head)
    return plain or is_bare_source(context, tree, head) or is_crowd(context, attribution)


def _is_named_beside(context: Context, attribution: Attribution, sentence: Sentence, tree: Tree, head: Token) -> bool:
    """Whether somebody with a name says the same, or the body whose officials they are has just spoken itself."""
    inside = [
        other
        for other in context.attributions_in(sentence)
        if other.id != attribution.id
        and any(content.covers(other.cue.spans[0]) for content in attribution.content.spans)
        and _opens_with_as(context, other)
    ]
    if any(entity.named for other in inside for entity in context.entities(other)):
        return True
    if _is_passed_on(context, attribution):
        return True
    names = set(words_of_body(tree, head))
    if names and _is_one_of_body(context, attribution, sentence, names):
        return True
    if "official" not in noun_kinds(context, head) or (not names and _is_told_apart(tree, head)):
        return False
    return any(
        entity.kind is SourceKind.NAMED_ORGANISATION and names <= set(entity.name.split())
        for near in context.before(sentence, NAMED_BEFORE)
        for other in context.attributions_in(near)
        if gives_words(other)
        for entity in context.entities(other)
    )


def _is_passed_on(context: Context, attribution: Attribution) -> bool:
    """Whether somebody with a name tells that they said so: *one detainee threatened him, according to Ada Quill*."""
    return any(
        other.frame is Frame.PHRASE
        and (any(entity.named for entity in context.entities(other)) or _ends_with_name(context, other))
        and any(span.overlaps(content) for span in other.content.spans for content in attribution.content.spans)
        for other in context.attributions_in(context.sentence(attribution.sentence))
        if other.id != attribution.id
    )


def _ends_with_name(context: Context, attribution: Attribution) -> bool:
    """Whether a name follows the noun in the source's words, whatever the parser makes of it: *spokesman Capt. Ide*."""
    tokens = context.tokens(context.source_sentence(attribution), attribution.source.spans)
    return len(tokens) > 1 and tokens[-1].upos == "PROPN" and any(token.upos == "NOUN" for token in tokens[:-1])


def _is_one_of_body(context: Context, attribution: Attribution, sentence: Sentence, names: set[str]) -> bool:
    """Whether somebody with a name speaks for the same body soon after: *Tolva Power officials*, then its engineer.

    *Sources from the Forest Board* are followed by *the board's chair*.
    """
    return any(
        introduces_speaker(context, other)
        and not names.isdisjoint(_words_of_source(context, other))
        and other.source.kind is SourceKind.NAMED_PERSON
        for near in (sentence, *context.after(sentence, NAMED_SOON))
        for other in context.attributions_in(near)
        if other.id != attribution.id
    )


def _words_of_source(context: Context, attribution: Attribution) -> set[str]:
    """The words of a source as they may stand in a name: *the board* may be the Forest Board."""
    tokens = context.tokens(context.source_sentence(attribution), attribution.source.spans)
    return {form for token in tokens for form in (token.text, token.text.capitalize())}


def _is_told_apart(tree: Tree, head: Token) -> bool:
    """Whether more is said of the officials than that they are officials: *some officials*, *senior officials*."""
    return is_described(tree, head) or bool(words_with(tree, head, "det", "nummod"))


def _opens_with_as(context: Context, attribution: Attribution) -> bool:
    cue = cue_token(context, attribution)
    tree = context.tree(context.sentence(attribution.sentence))
    return cue is not None and grammar.opens_with(tree, cue.index, frozenset({"as"}))


def _is_post(context: Context, attribution: Attribution, tree: Tree, head: Token) -> bool:
    """Whether the words are a post that anybody can read, or the writer goes by a name of their own choosing."""
    if has_cue_of(context, attribution, "posting"):
        return True
    if any(tree.matches(index, "acl") and _is_by_name(tree, index) for index in tree.children(head.index)):
        return True  # sources cited by an outlet are the outlet's
    below = [tree.tokens[index] for index in tree.subtree(head.index)]
    return any(token.text.startswith("@") or token.lemma.lower() == "account" for token in below) or any(
        tree.lemmas[index] == "call" for index in tree.children(head.index, "acl")
    )


def _is_by_name(tree: Tree, verb: int) -> bool:
    """Whether the agent of a participle is a name: *sources cited by the Tolva Times*."""
    return any(
        tree.tokens[index].upos == "PROPN" and any(tree.forms[case] == "by" for case in tree.children(agent, "case"))
        for agent in tree.children(verb, "obl", "obl:agent")
        for index in tree.subtree(agent)
    )


def _is_explained(context: Context, attribution: Attribution, sentence: Sentence, head: Token) -> bool:
    """Whether a reason or the name follows soon: wire copy opens with *an official* and then gives the name."""
    soon = (sentence, *context.after(sentence, context.settings.reason_sentences))
    for near in soon:
        tokens = without_adverbs(near)
        if any(span.covers(head.span) for span in attribution.source.spans):  # *officials fear* gives no reason
            tokens = [token for token in tokens if not cue_span(attribution).covers(token.span)]
        if context.phrases(tokens, "anonymity-reason") or context.phrases(tokens, "rote-reason"):
            return True
    if has_words(context, soon[1:], "making-remarks"):
        return True
    if is_lead(context, sentence):
        return named_speaker_follows(context, sentence, LEAD_SUPPORT if is_plural(head) else NAMED_SOON)
    kinds = noun_kinds(context, head)
    if "role" in kinds and named_speaker_follows(context, sentence, 1):
        return True
    if "official" in kinds and _is_person_quoted_next(context, sentence):
        return True
    return not is_plural(head) and _is_named_later(context, sentence, head)


def _is_named_later(context: Context, sentence: Sentence, head: Token) -> bool:
    """Whether one of the next sentences gives the name: *A diplomat said …*, and then *the diplomat, Ola Brandt*."""
    return any(
        token.lemma.lower() == head.lemma.lower() and not is_plural(token) and has_own_name(context.tree(near), token)
        for near in context.after(sentence, NAMED_SOON)
        for token in near.tokens
        if token.upos == "NOUN"
    )


def _is_person_quoted_next(context: Context, sentence: Sentence) -> bool:
    """Whether the next sentence gives the words of a person with a name: *Officials said …*, and then one of them."""
    return any(
        other.source.kind is SourceKind.NAMED_PERSON and introduces_speaker(context, other)
        for near in context.after(sentence, 1)
        for other in context.attributions_in(near)
        if reports(other)
    )
