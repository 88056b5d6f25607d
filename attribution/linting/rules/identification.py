"""Rules on how a source is identified: SRC106 to SRC110."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import (
    AP_ANONYMOUS,
    AP_CREDIT,
    BBC_UNDERSTANDS,
    CJR_LINKS,
    NPR_IDENTIFY,
    REUTERS_SOURCING,
    SMH_UNDERSTOOD,
    WORDS_TO_WATCH,
)
from attribution.linting.context import UNNAMED_PERSONS, Context
from attribution.linting.rule import Match, Need, Rule, Severity, Status
from attribution.linting.speakers import (
    has_own_name,
    introduces_speaker,
    is_described,
    is_hypothetical,
    is_indefinite,
    is_media,
    names_somebody,
    reports,
    speaker,
    words_with,
)
from attribution.linting.support import cue_lemmas, cue_token, has_agent, is_plain_passive, is_told_by_somebody, speaks
from attribution.parsing import Tree
from attribution.records import Attribution, Sentence, SourceKind, Span, Token

NAME_PARTS = ("flat", "compound", "goeswith")
"""Relations within a person's name."""

FULL_NAME = 2
"""Words of a name with which somebody is introduced."""

MAIN_CHARACTER = 4
"""Mentions from which a person is what the article is about, and its headline and context tell who it is."""


def _unlinked_credits(context: Context) -> Iterator[Match]:
    if context.draft.format == "text":
        return
    for one, entity in context.first_mentions({SourceKind.OUTLET}):
        sentence = context.sentence(one.sentence)
        if entity is None or not entity.named or context.lexicon.outlet(_plain(entity.name)) is None:
            continue
        if not context.lexicon.words_for("crediting").intersection(cue_lemmas(one)):
            continue
        if any(link.span.overlaps(sentence.span) for link in context.draft.links) or _is_linked_next(context, sentence):
            continue
        if any(link.span.overlaps(mention) for link in context.draft.links for mention in entity.mentions):
            continue
        words = context.text(one.source.spans)
        yield Match(
            one.source.spans[0],
            f"“{words}” is credited without a link to its report",
            "Link to the report, so that readers can judge it and its newsroom is credited.",
            attribution=one.id,
        )


def _is_linked_next(context: Context, sentence: Sentence) -> bool:
    """Whether the next sentence links to the report as such: *its report*, *the story*."""
    words = context.lexicon.words_for("linked-report")
    return any(
        link.span.overlaps(near.span) and words.intersection(context.text(link.span).lower().split())
        for near in context.after(sentence, 1)
        if near.block == sentence.block
        for link in context.draft.links
    )


def _plain(name: str) -> str:
    return name.removeprefix("The ").removeprefix("the ")


SRC106 = Rule(
    id="SRC106",
    name="unlinked-outlet-credit",
    summary="Another outlet's reporting is used, and the sentence does not link to it.",
    rationale="On the web a credit is a link: the reader can look at the report, and the newsroom that did the work is"
    " found.",
    bad="Reuters reported that the ferry line had been sold.",
    good="Reuters [reported](https://example.org/ferry) that the ferry line had been sold.",
    severity=Severity.INFO,
    guidelines=(AP_CREDIT, CJR_LINKS),
    needs=frozenset({Need.MARKUP, Need.DOCUMENT}),
    check=_unlinked_credits,
    example_format="markdown",
    limits="Only Markdown and HTML drafts have links; in plain text the rule is silent. One link an outlet is enough.",
)


def _own_outlet(context: Context) -> Iterator[Match]:
    for one in context.attributions:
        verb = cue_token(context, one)
        if verb is None or one.negated or is_told_by_somebody(context, one):
            continue
        if _is_understood(context, one, verb):
            span = Span(one.cue.spans[0].start, one.cue.spans[-1].end)
            yield Match(
                span,
                f"“{context.text(span)}” does not say who told the paper",
                "Say who said so, or describe them.",
                attribution=one.id,
            )
        elif _understands(context, one):
            words = f"{context.text(one.source.spans)} {verb.text}"
            yield Match(
                one.source.spans[0],
                f"“{words}” makes the paper its own source",
                "Say who told the paper, or describe them: “two committee members told the Echo”.",
                attribution=one.id,
            )


def _is_understood(context: Context, one: Attribution, verb: Token) -> bool:
    """*It is understood that*, *the minister is understood to*."""
    if one.source.spans or verb.lemma.lower() != "understand":
        return False
    tree = context.tree(context.sentence(one.sentence))
    complement = tree.child(verb.index, "ccomp", "xcomp", "csubj")
    return complement is not None and is_plain_passive(tree, verb.index) and not has_agent(tree, verb.index)


def _understands(context: Context, one: Attribution) -> bool:
    if not one.source.spans or one.frame not in ("ccomp", "inverted", "parataxis"):
        return False
    own = one.source.kind is SourceKind.OWN_OUTLET and one.source.entity is not None
    if own:
        return bool(context.lexicon.words_for("own-outlet-verb").intersection(cue_lemmas(one)))
    return one.source.kind is SourceKind.OUTLET and "understand" in cue_lemmas(one)


SRC107 = Rule(
    id="SRC107",
    name="own-outlet-as-source",
    summary="The paper “understands” or “has learned”, or “it is understood”.",
    rationale="The paper is no source. The phrase tells insiders that somebody briefed the reporter and tells readers"
    " nothing; broadcasters have told their staff to drop it.",
    bad="It is understood that the vote is off.",
    good="Two committee members told the Echo that the vote is off.",
    severity=Severity.WARNING,
    guidelines=(BBC_UNDERSTANDS, NPR_IDENTIFY, SMH_UNDERSTOOD),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    check=_own_outlet,
    settings=("own-outlets",),
    limits="“Has learned” is found for the configured names of the paper only.",
)


def _sources_without_role(context: Context) -> Iterator[Match]:
    for one, entity in context.first_mentions({SourceKind.NAMED_PERSON}):
        found = speaker(context, one)
        if found is None or entity is None or not reports(one) or one.source.venue or one.parent is not None:
            continue
        if not context.lexicon.words_for("plain-speech").intersection(cue_lemmas(one)):
            continue  # what somebody thinks or writes is not said to the paper
        verb = cue_token(context, one)
        if verb is None or verb.xpos not in ("VBD", "VBZ", "VBP") or _goes_on_about(context, one):
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
            f"who {words} is, and why the reader should listen, is not said",
            "Give the office, the employer or the part played in the story with the name.",
            attribution=one.id,
        )


def _name(tree: Tree, head: Token) -> list[Token]:
    """The words of the name without titles and all that describes."""
    indices = [head.index, *tree.children(head.index, *NAME_PARTS)]
    name = [tree.tokens[index] for index in sorted(indices)]
    return [token for token in name if token.upos != "PUNCT"]


def _is_surname(token: Token, name: Token) -> bool:
    return token.upos in ("PROPN", "NOUN", "X") and token.text.lower().strip("’'") == name.text.lower().strip("’'")


def _comes_before(context: Context, sentence: Sentence, name: list[Token]) -> bool:
    """Whether the article's body, or the same sentence, has the surname before."""
    earlier = [one for one in context.body if one.start < sentence.start]
    tokens = [token for one in (*earlier, sentence) for token in one.tokens if token.end <= name[0].start]
    return any(_is_surname(token, name[-1]) for token in tokens)


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
    return sum(_is_surname(token, surname) for one in context.sentences for token in one.tokens)


def _has_role(context: Context, tree: Tree, head: Token, name: list[Token]) -> bool:
    """Whether anything but a courtesy title stands with the name, or says in the sentence what the person is."""
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
        return True  # a role that the parser hung elsewhere
    behind = tree.tokens[name[-1].index + 1 : name[-1].index + 3]
    if len(behind) == 2 and behind[0].text in (",", "(", "—", "–", "-") and behind[1].relation != "punct":
        # *Quill, who …* and *Quill, of the union*; not *Quill, said on Monday*
        return behind[1].upos in ("NOUN", "PROPN", "DET", "ADJ", "NUM", "PRON", "ADP", "ADV")
    return bool(behind) and behind[0].text.lower() in ("of", "from", "at", "with", "for", "who", "whose")


def _is_courtesy(token: Token, courtesy: frozenset[str]) -> bool:
    return token.text.lower().rstrip(".") in courtesy


def _follows(context: Context, sentence: Sentence, name: list[Token]) -> bool:
    """Whether the sentence after tells who the person is: *Quill chairs …*, *Quill, who runs …*, *Quill's firm*."""
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


def _goes_on_about(context: Context, one: Attribution) -> bool:
    """Whether the next sentence tells more of the speaker: *He and his partner came to …*."""
    for near in context.after(context.sentence(one.sentence), 1):
        tree = context.tree(near)
        subjects = tree.children(tree.root, "nsubj", "nsubj:pass")
        told = any(speaks(other) for other in context.attributions_in(near))
        if not told and any(tree.tokens[index].text.lower() in ("he", "she") for index in subjects):
            return True
    return False


def _is_one_of(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence before, in the same paragraph, opens on people of whom the speaker is then one."""
    for near in context.before(sentence, 1):
        tree = context.tree(near)
        subjects = tree.children(tree.root, "nsubj", "nsubj:pass")
        if near.block == sentence.block and any(
            one.head in subjects and one.plural and one.kind in ("official", "role", "anonymous")
            for one in context.mentions_in(near)
        ):
            return True
    return False


def _is_called(tree: Tree, token: Token) -> bool:
    """Whether the word is the subject of what somebody is."""
    head = tree.head(token.index)
    return (
        head is not None
        and tree.matches(token.index, "nsubj")
        and tree.tokens[head].upos in ("NOUN", "PROPN")
        and tree.child(head, "cop") is not None
    )


SRC108 = Rule(
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
    check=_sources_without_role,
    settings=("known-people",),
    limits="Only those who “said” or “told” something are looked at: writers are quoted by name. Anything that stands"
    " with the name counts as a role, also an age or a place. Who is named four times or more is what the article is"
    " about, and passed over, and so are household names (a list in lexicons/rule-words.toml).",
)


def _unidentified_documents(context: Context) -> Iterator[Match]:
    wanted = context.lexicon.words_for("generic-document")
    for one in context.attributions:
        found = speaker(context, one)
        if (
            found is None
            or one.source.kind is not SourceKind.DOCUMENT
            or not _tells(one)
            or is_hypothetical(context, one)
        ):
            continue
        sentence, tree, head = found
        if head.lemma.lower() not in wanted or not is_indefinite(tree, head) or head.upos != "NOUN":
            continue
        if is_media(context, tree, head):  # SRC105 finds these
            continue
        if one.parent is not None or _has_capital(tree, head) or _is_placed(tree, head):
            continue
        if _has_other_source(context, sentence, one) or _is_identified_later(context, sentence, head):
            continue
        words = context.text(one.source.spans)
        yield Match(
            one.source.spans[0],
            f"“{words}” cannot be found or judged by a reader",
            "Say who published it, what it is called, and when; link to it where you can.",
            attribution=one.id,
        )


def _has_capital(tree: Tree, head: Token) -> bool:
    """Whether a name stands in the noun phrase, or the words are a headline's; the sentence's first word tells not."""
    words = [tree.tokens[index] for index in tree.subtree(head.index)]
    return any(token.text[0].isupper() and (token.index > 0 or token.upos == "PROPN") for token in words)


def _tells(attribution: Attribution) -> bool:
    return not attribution.negated and attribution.frame in (
        "ccomp",
        "inverted",
        "parataxis",
        "phrase",
        "obj",
        "xcomp",
        "quotation",
    )


def _is_placed(tree: Tree, head: Token) -> bool:
    """Whether the noun is told apart by a date, a maker or where it is kept."""
    for index in tree.subtree(head.index):
        token = tree.tokens[index]
        if token.upos == "NUM" and not tree.matches(index, "nummod"):
            return True
        if token.upos == "NUM" and len(token.text) == 4 and token.text.isdigit():
            return True
    return bool(words_with(tree, head, "nmod:poss", "acl", "appos")) or any(
        tree.tokens[case].text.lower() in ("by", "from", "in")
        for index in tree.children(head.index, "nmod")
        for case in tree.children(index, "case")
    )


def _is_beside(other: Attribution, one: Attribution) -> bool:
    """Whether the other attribution is no part of what the one tells, save for one the parser hung there."""
    return other.id != one.id and (other.parent != one.id or other.frame == "phrase")


def _has_other_source(context: Context, sentence: Sentence, one: Attribution) -> bool:
    return any(
        _is_beside(other, one) and speaks(other) and other.source.kind is not SourceKind.DOCUMENT
        for other in context.attributions_in(sentence)
    ) or any(link.span.overlaps(sentence.span) for link in context.draft.links)


def _is_identified_later(context: Context, sentence: Sentence, head: Token) -> bool:
    """Whether the sentence before or one of the next has the document with a name, or tells who made it."""
    before = [one for one in context.before(sentence, 1) if one.block == sentence.block]
    for near in (*before, *context.after(sentence, 2)):
        tree = context.tree(near)
        for token in near.tokens:
            again = token.lemma.lower() == head.lemma.lower() or (
                token.lemma.lower() in context.lexicon.words_for("generic-document") and token.upos == "NOUN"
            )
            if again and any(other.upos == "PROPN" for other in near.tokens):
                return True
            if token.lemma.lower() in context.lexicon.words_for("publishing") and tree.matches(token.index, "root"):
                return True
    return False


SRC109 = Rule(
    id="SRC109",
    name="unidentified-document",
    summary="The source is “a study”, “research” or “documents”, and the reader is not told which.",
    rationale="A document can be read and checked, but only by those who know which one it is. “Research shows” is the"
    " paper's claim in a white coat.",
    bad="Research shows dogs reduce stress.",
    good="A 2024 Leiden University study of 300 patients shows dogs reduce stress.",
    severity=Severity.WARNING,
    guidelines=(WORDS_TO_WATCH, REUTERS_SOURCING),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    check=_unidentified_documents,
    limits="A document that two sentences later is given a maker is passed over; so is one that a named source cites.",
)


def _unnamed_according_to(context: Context) -> Iterator[Match]:
    for one in context.attributions:
        if one.frame != "phrase" or "according" not in cue_lemmas(one):
            continue
        found = speaker(context, one)
        if found is None or one.source.kind not in UNNAMED_PERSONS | {SourceKind.VAGUE_COLLECTIVE}:
            continue
        sentence, tree, head = found
        if _is_judged_elsewhere(context, tree, head) or names_somebody(tree, head) or has_own_name(tree, head):
            continue
        kinds = {entry.kind for entry in context.lexicon.source_nouns_of(head.lemma)}
        if not kinds.intersection(("official", "anonymous", "role", "vague-collective")):
            continue
        if not is_indefinite(tree, head) or not _is_thin(context, tree, head):
            continue
        if _is_made_concrete(context, one, sentence):
            continue
        words = context.text(one.source.spans)
        yield Match(
            one.source.spans[0],
            f"“according to {words}” names nobody",
            "Give the name and the office, or say how they know.",
            attribution=one.id,
        )


def _is_judged_elsewhere(context: Context, tree: Tree, head: Token) -> bool:
    """Whether SRC103 or SRC104 finds the source already."""
    if head.lemma.lower() in context.lexicon.words_for("bare-source"):
        return not is_described(tree, head)
    return head.lemma.lower() in context.lexicon.words_for("crowd-head")


def _is_thin(context: Context, tree: Tree, head: Token) -> bool:
    """Whether what stands with the noun tells the reader no more: *local officials*, *several residents*."""
    thin = context.lexicon.words_for("thin-modifier")
    if words_with(tree, head, "acl", "appos", "nmod"):
        return False
    return all(
        token.lemma.lower() in thin or token.text.lower() in thin
        for token in words_with(tree, head, "amod", "compound")
    )


def _is_made_concrete(context: Context, attribution: Attribution, sentence: Sentence) -> bool:
    """Whether somebody with a name speaks in the sentence or soon after."""
    near = (sentence, *context.after(sentence, context.settings.collective_sentences))
    return any(
        introduces_speaker(context, other)
        for one in near
        for other in context.attributions_in(one)
        if other.id != attribution.id
    )


SRC110 = Rule(
    id="SRC110",
    name="unnamed-according-to",
    summary="“According to officials”, residents or others of whom the reader learns nothing.",
    rationale="“According to” promises a source. Without a name or a description the promise is empty.",
    bad="According to officials, the road is closed.",
    good="According to Dana Reyes, the county's fire chief, the road is closed.",
    severity=Severity.WARNING,
    guidelines=(AP_ANONYMOUS, NPR_IDENTIFY),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    check=_unnamed_according_to,
    settings=("collective-sentences",),
    limits="Silent where somebody with a name speaks soon after; bare sources and crowds are SRC103 and SRC104.",
)


RULES: tuple[Rule, ...] = (SRC106, SRC107, SRC108, SRC109, SRC110)
