"""Rules on the article as a whole: DOC601 to DOC605."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attribution.extraction.names import SUFFIXES
from attribution.linting.bibliography import (
    BBC_ACCURACY,
    BBC_ALLEGATIONS,
    GUARDIAN_AUDIT,
    IPSO,
    NYT_ANONYMOUS,
    PROPUBLICA,
    REUTERS_ACCURACY,
    SPJ,
)
from attribution.linting.context import UNNAMED_PERSONS, Context
from attribution.linting.rule import EVERYWHERE, Match, Need, QuotationPolicy, Rule, Severity, Status
from attribution.linting.speakers import is_indefinite, names_somebody, reports, speaker
from attribution.linting.support import cue_token, has_words, headline, is_negated, is_supposed, speaks
from attribution.parsing import Tree
from attribution.records import (
    Attitude,
    Attribution,
    BlockKind,
    Claim,
    HedgeCategory,
    Sentence,
    SourceEntity,
    SourceKind,
    Span,
    Token,
    Tone,
    Voice,
)

UNNAMED = frozenset({*UNNAMED_PERSONS, SourceKind.VAGUE_COLLECTIVE})
"""Kinds of source that a reader cannot ask."""

LEDGERLESS = frozenset({SourceKind.AGENTLESS, SourceKind.NONE, SourceKind.OWN_OUTLET})
"""Kinds of ledger entry that are nobody beside the paper."""

ATTRIBUTED_SENTENCES = 6
"""Attributed sentences from which a share tells anything."""

SINGLE_KINDS = frozenset(
    {SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANISATION, SourceKind.UNNAMED_OFFICIAL, SourceKind.ANONYMOUS}
)
"""Kinds of source on which a whole article may rest; one that retells a document or an outlet says so openly."""

SOURCES = 3
"""Sources from which one can dominate the others."""

LEAD_SUPPORT = 3
"""Sentences after the lead within which somebody with a name may bear it out."""

DOUBTS = frozenset({HedgeCategory.HEARSAY, HedgeCategory.AGENTLESS_PASSIVE})
"""Categories of hedge that put a whole claim in doubt."""

LIKENESS = 0.6
"""Share of a headline's words from which a claim of the body says the same."""

CROWD_PRONOUNS = frozenset({"few", "many", "most", "one", "others", "several", "some", "two"})
"""Words that stand for people whom nobody can find."""

STEM = 5
"""Letters by which a headline's word and the body's are held to be the same."""


def _voices(context: Context) -> dict[str, SourceEntity]:
    """The sources that tell something in the body, by their identifiers."""
    found: dict[str, SourceEntity] = {}
    for one in context.attributions:
        if context.block(context.sentence(one.sentence)) is BlockKind.HEADLINE:
            continue
        for entity in context.entities(one):
            if entity.kind not in LEDGERLESS:
                found[entity.id] = entity
    return found


def _told_by(context: Context) -> dict[str, SourceEntity]:
    """The sources that the paper has something from: those who report something themselves, not in others' words."""
    found: dict[str, SourceEntity] = {}
    for one in context.attributions:
        if context.block(context.sentence(one.sentence)) is BlockKind.HEADLINE or one.parent is not None:
            continue
        if not speaks(one) or (one.attitude not in (Attitude.ASSERTION, Attitude.BELIEF) and not one.withheld):
            continue
        for entity in context.entities(one):
            if entity.kind not in LEDGERLESS:
                found[entity.id] = entity
    return found


def _first_source(context: Context, entity: SourceEntity) -> Span:
    """Where the entity is first given as a source."""
    first = next(one for one in context.attributions if entity in context.entities(one))
    return first.source.spans[0] if first.source.spans else entity.mentions[0]


def _single_source(context: Context) -> Iterator[Match]:
    number = len(context.body)
    if number < context.settings.single_source_sentences:
        return
    voices = list(_told_by(context).values())
    if not voices or len(voices) >= context.settings.minimum_sources or _has_loose_ends(context):
        return
    times = context.lexicon.words_for("weekday") | context.lexicon.words_for("month")
    if _is_column(context) or any(one.name.lower() in times for one in voices):
        return
    if any(one.kind not in SINGLE_KINDS or _is_in_title(context, one) for one in voices):
        return
    names = " and ".join(f"“{one.name}”" for one in voices)
    yield Match(
        _first_source(context, voices[0]),
        f"{names} {'is the only source' if len(voices) == 1 else 'are the only sources'} of {number} sentences",
        "Ask somebody else, or say that nobody else could be reached.",
    )


DOC601 = Rule(
    id="DOC601",
    name="single-source-article",
    summary="The article has fewer sources than it needs for its length.",
    rationale="One source is one view and one chance of error. Broadcasters are reluctant to rely on a single one.",
    bad="The pier will close in May, harbour master Ada Quill said. The wood is rotten, she said. Divers looked at it"
    " in March. The wood crumbled. The repair would cost more than a new pier, Quill said. The ferry will land"
    " at the mole. Tickets stay valid. The café has closed already.",
    good="The pier will close in May, harbour master Ada Quill said. The wood is rotten, she said. Divers looked at it"
    " in March. The wood crumbled. The repair would cost more than a new pier, according to the council's"
    " engineer, Tom Okoro. The ferry will land at the mole. Tickets stay valid. The café has closed already.",
    severity=Severity.WARNING,
    guidelines=(BBC_ACCURACY, GUARDIAN_AUDIT),
    needs=frozenset({Need.DOCUMENT}),
    check=_single_source,
    quotations=QuotationPolicy.BOTH,
    settings=("minimum-sources", "single-source-sentences"),
    limits="Whether two sources are independent is not checked. An article with its source's name in the headline, and"
    " a column that says “I”, are openly about one voice and passed over. Silent where a pronoun may hide a second one,"
    " and where nobody at all is a source.",
)


def _has_loose_ends(context: Context) -> bool:
    """Whether a second source may hide in a pronoun, a link or a source without a ledger entry."""
    return any(
        one.source.kind is SourceKind.PRONOUN_UNRESOLVED
        or (one.parent is None and speaks(one) and not one.source.entity)
        for one in context.attributions
    ) or bool(context.draft.links)


def _is_column(context: Context) -> bool:
    """Whether the writer says *I* outside quotation marks: what a column knows it knows from its writer."""
    return any(
        token.text in ("I", "my", "My") and not context.is_quoted(token.span)
        for sentence in context.body
        for token in sentence.tokens
    )


def _times_told(context: Context, voices: list[SourceEntity]) -> int:
    """In how many sentences the sources tell something."""
    wanted = {one.id for one in voices}
    return len(
        {
            one.sentence
            for one in context.attributions
            if speaks(one) and reports(one) and wanted.intersection(entity.id for entity in context.entities(one))
        }
    )


def _dominant_source(context: Context) -> Iterator[Match]:
    voices = _voices(context)
    if len(voices) < SOURCES:
        return
    sentences: Counter[str] = Counter()
    attributed = set()
    for sentence in context.body:
        speaking = {
            entity.id
            for one in context.attributions_in(sentence)
            for entity in context.entities(one)
            if entity.id in voices and speaks(one)
        }
        if speaking:
            attributed.add(sentence.id)
        sentences.update(speaking)
    if len(attributed) < ATTRIBUTED_SENTENCES:
        return
    [(identifier, count)] = sentences.most_common(1)
    share = count / len(attributed)
    entity = voices[identifier]
    if share > context.settings.maximum_source_share and not _is_in_title(context, entity):
        yield Match(
            _first_source(context, entity),
            f"“{entity.name}” speaks in {count} of {len(attributed)} attributed sentences ({share:.0%})",
            "Give the other sides more room, or say why this one carries the story.",
        )


def _is_in_title(context: Context, entity: SourceEntity) -> bool:
    """Whether the article opens with the source's name: it is openly about what this one says."""
    title = {token.text.lower().strip("’'") for one in context.sentences if one.block == 0 for token in one.tokens}
    words = [word for word in entity.name.lower().split() if word.rstrip(".") not in SUFFIXES]
    return len(context.draft.blocks) > 1 and bool(words) and words[-1] in title


DOC602 = Rule(
    id="DOC602",
    name="dominant-source",
    summary="One of several sources holds most of the attributed sentences.",
    rationale="Three sources of which one speaks nine times out of ten are one source. All sides should be heard.",
    bad="The pier will close in May, harbour master Ada Quill said. The wood is rotten, she said. The repair would"
    " cost more than a new pier, Quill said. The ferry will land at the mole, she said. Quill said that tickets would"
    " stay valid. “We are sorry,” Quill said. The café has closed, according to its owner, Ida Marr. The council's"
    " engineer, Tom Okoro, said that divers would go down again.",
    good="The pier will close in May, harbour master Ada Quill said. The wood is rotten, she said. The repair would"
    " cost more than a new pier, according to the council's engineer, Tom Okoro. Okoro said that tickets would stay"
    " valid. “We are sorry,” Quill said. The café has closed, according to its owner, Ida Marr. Marr said that she"
    " would reopen on the mole.",
    severity=Severity.INFO,
    guidelines=(REUTERS_ACCURACY,),
    needs=frozenset({Need.DOCUMENT}),
    check=_dominant_source,
    quotations=QuotationPolicy.BOTH,
    settings=("maximum-source-share",),
    limits="Counts sentences, not words. An article with the source's name in its headline is openly about that source,"
    " and passed over.",
)


def _anonymous_only(context: Context) -> Iterator[Match]:
    voices = list(_told_by(context).values())
    if (
        voices
        and all(_is_nobody_known(context, entity) for entity in voices)
        and _times_told(context, voices) > 1
        and not _pronouns(context)
        and not any(entity.named for entity in _voices(context).values())
    ):
        names = ", ".join(f"“{entity.name}”" for entity in voices[:3])
        yield Match(
            _first_source(context, voices[0]),
            f"no source of the article has a name: {names}",
            "Get somebody on the record, or have a senior editor agree to run it as it is.",
        )
        return
    lead = context.paragraph(context.body[0]) if context.body else ()
    if lead and (";" in lead[0].text or not lead[0].text.rstrip("”’\"'").endswith(".")):
        return  # a headline printed as text
    telling = [one for sentence in lead for one in context.attributions_in(sentence) if speaks(one) and reports(one)]
    if not telling or not all(_is_unnamed(context, one) for one in telling):
        return
    support = [one for sentence in context.after(lead[-1], LEAD_SUPPORT) for one in context.attributions_in(sentence)]
    if any(entity.named for one in support for entity in context.entities(one)):
        return
    yield Match(
        telling[0].source.spans[0],
        f"the article opens on the word of “{context.text(telling[0].source.spans)}” alone",
        "Add on-record support for the first sentence, or have a senior editor agree to run it as it is.",
        attribution=telling[0].id,
    )


def _is_nobody_known(context: Context, entity: SourceEntity) -> bool:
    """Whether the entity is of people without a name: not *the governor of Tolva*, and nothing misread as a source."""
    words = entity.name.split()
    if entity.kind not in UNNAMED or not words or any(word[0].isupper() for word in words[1:]):
        return False
    return words[0].lower() in CROWD_PRONOUNS or any(_is_people(context, word.lower()) for word in words)


def _is_people(context: Context, lemma: str) -> bool:
    kinds = {entry.kind for entry in context.lexicon.source_nouns_of(lemma)}
    known = bool(kinds.intersection(("anonymous", "official", "role", "vague-collective")))
    return known or lemma in context.lexicon.words_for("respondent")


def _pronouns(context: Context) -> bool:
    return any(one.source.kind is SourceKind.PRONOUN_UNRESOLVED for one in context.attributions)


def _is_unnamed(context: Context, attribution: Attribution) -> bool:
    """Whether nobody with a name stands in the source: *a White House aide* is told apart by where they work."""
    found = speaker(context, attribution)
    if attribution.source.kind not in UNNAMED or found is None:
        return False
    _, tree, head = found
    return is_indefinite(tree, head) and not names_somebody(tree, head) and _is_people(context, head.lemma.lower())


DOC603 = Rule(
    id="DOC603",
    name="anonymous-only-article",
    summary="No source of the article has a name, or its lead rests on an unnamed one alone.",
    rationale="An article that nobody stands up for cannot be checked by its readers. Papers ask for a senior editor's"
    " consent before one opens so.",
    bad="The mine will close in May, said a person familiar with the plans. Miners were told on Monday, said one of"
    " them.",
    good="The mine will close in May, said a person familiar with the plans. Graywater Minerals, which owns it, said"
    " on Monday that miners had been told.",
    severity=Severity.WARNING,
    status=Status.PREVIEW,
    guidelines=(NYT_ANONYMOUS, BBC_ALLEGATIONS),
    needs=frozenset({Need.DOCUMENT}),
    check=_anonymous_only,
    quotations=QuotationPolicy.BOTH,
    limits="Whether the anonymity was justified, and whether an editor knows the source, is not checked.",
)


def _unanswered_accusations(context: Context) -> Iterator[Match]:
    if has_words(context, context.body, "proceeding") or has_words(context, context.body, "court"):
        return
    seen: set[str] = set()
    for one in context.attributions:
        verb = cue_token(context, one)
        if verb is None or one.negated or verb.lemma.lower() not in context.lexicon.words_for("charging"):
            continue
        sentence = context.sentence(one.sentence)
        tree = context.tree(sentence)
        accused = _accused(tree, verb)
        if accused is None or is_negated(tree, verb.index) or is_supposed(tree, verb.index):
            continue
        names = _name_of(tree, accused)
        if not names or names[-1].text in seen or (len(names) == 1 and names[0].xpos == "NNPS"):
            continue
        seen.add(names[-1].text)
        if _is_heard(context, names[-1]) or _has_response(context):
            continue
        words = context.text(tree.spans([token.index for token in names])[0])
        yield Match(
            Span(names[0].start, names[-1].end),
            f"“{words}” is accused, and the article does not tell what {words} says to it",
            "Ask for a response, and say what it was or that none came.",
            claim=None if (claim := context.claim_at(verb.span)) is None else claim.id,
            attribution=one.id,
        )


def _name_of(tree: Tree, accused: Token) -> list[Token]:
    """The words of the accused's name, which may stand behind the office (*the owner, Rex Holliday*)."""
    heads = [accused.index] if accused.upos == "PROPN" else tree.children(accused.index, "appos")
    inside = [one for head in heads[:1] for one in (head, *tree.children(head, "flat", "compound"))]
    return [tree.tokens[index] for index in sorted(inside) if tree.tokens[index].upos == "PROPN"]


def _accused(tree: Tree, verb: Token) -> Token | None:
    """Whom the verb accuses: its object, or the subject of its passive."""
    passive = next((index for index in tree.children(verb.index, "nsubj:pass")), None)
    found = tree.child(verb.index, "obj") if passive is None else passive
    return None if found is None else tree.tokens[found]


def _is_heard(context: Context, name: Token) -> bool:
    """Whether the accused, or somebody who speaks for them, says anything in the article."""
    word = name.text.lower()
    for one in context.attributions:
        if word in {token.strip("’'.,").lower() for token in one.source.text.split()}:
            return True
        if any(word in entity.name.lower().split() for entity in context.entities(one)):
            return True
    return False


def _has_response(context: Context) -> bool:
    """Whether the article tells anywhere of an answer, or of an attempt to get one."""
    return any(
        len(run) > 1 or run[0].upos == "VERB" or run[0].lemma.lower() in ("denial", "response")
        for sentence in context.body
        for run in context.phrases(sentence.tokens, "response")
    )


DOC604 = Rule(
    id="DOC604",
    name="accusation-without-response",
    summary="Somebody with a name is accused, and neither says anything nor is said to have been asked.",
    rationale="Fairness asks that the accused be heard before the reader judges; the paper's own safety does, too.",
    bad="Residents accused Graywater Minerals of poisoning the river. They will march on Monday.",
    good="Residents accused Graywater Minerals of poisoning the river. The company did not respond to two emails.",
    severity=Severity.WARNING,
    guidelines=(SPJ, PROPUBLICA, BBC_ALLEGATIONS),
    needs=frozenset({Need.DOCUMENT, Need.SYNTAX}),
    check=_unanswered_accusations,
    limits="Any denial or “did not respond” in the article is taken for the accused's.",
)


def _unsupported_headline(context: Context) -> Iterator[Match]:
    title = headline(context)
    if title is None or not context.body or _is_guarded(context, title):
        return
    tree = context.tree(title)
    words = [token for token in title.tokens if token.upos in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")]
    if len(words) < 3:
        return
    span = Span(title.tokens[0].start, title.tokens[-1].end)
    stems = {_stem(token) for token in words}
    body = {_stem(token) for sentence in context.body for token in sentence.tokens}
    if not stems & body:
        yield Match(
            span,
            "the article does not tell what its headline says",
            "Make the headline say what the article does.",
        )
        return
    predicate = _stem(tree.tokens[tree.root])
    same = [
        claim
        for sentence in context.body
        for claim in context.claims_in(sentence)
        if predicate in (found := {_stem(token) for token in context.tokens(sentence, claim.spans)})
        and len(stems & found) / len(stems) >= LIKENESS
    ]
    if not same or not all(_is_in_doubt(context, claim, title, predicate) for claim in same):
        return
    yield Match(
        span,
        f"the headline asserts what the article {_standing(context, same[0])}",
        "Say in the headline who says so, or that it is alleged.",
        claim=same[0].id,
        severity=Severity.ERROR,
    )


def _stem(token: Token) -> str:
    return token.lemma.lower()[:STEM] if token.upos == "VERB" else token.text.lower()[:STEM]


def _is_guarded(context: Context, title: Sentence) -> bool:
    """Whether the headline itself hedges, attributes, quotes or asks."""
    marks = {"?", ":", "“", "”", "‘", '"', "'", "``", "''"}
    return (
        bool(context.hedges_in(title))
        or any(speaks(one) for one in context.attributions_in(title))
        or any(token.text in marks and token.xpos != "POS" for token in title.tokens)
        or bool(context.lexicon.verbs_of(title.tokens[-1].lemma, title.tokens[-1].text))
        or any(claim.voice is not Voice.OWN for claim in context.claims_in(title))
    )


def _is_in_doubt(context: Context, claim: Claim, title: Sentence, predicate: str) -> bool:
    """Whether the body hedges the claim, or has it from somebody whose word is no fact.

    What a body says of itself or of its own work (*police said they had arrested*) may stand in a headline.
    """
    said = [
        token.span
        for token in context.tokens(context.sentence(claim.sentence), claim.spans)
        if _stem(token) == predicate
    ]
    for hedge in map(context.hedge, claim.hedges):
        if hedge.category in DOUBTS and any(scope.covers(span) for scope in hedge.scope for span in said):
            return True  # the headline's own words are in doubt, and not a thing beside them
    if claim.voice is not Voice.SOURCE:
        return False
    chain = [context.attribution(identifier) for identifier in claim.attributions]
    headlined = {token.text.lower() for token in title.tokens}
    if any(headlined & set(one.source.text.lower().split()) - {"the", "a", "an", "of"} for one in chain):
        return False
    return any(one.tone is Tone.DOUBTING for one in chain)


def _standing(context: Context, claim: Claim) -> str:
    if claim.voice is Voice.SOURCE and claim.attributions:
        source = context.attribution(claim.attributions[0]).source
        return f"has from “{context.text(source.spans)}”" if source.spans else "attributes"
    return "hedges"


DOC605 = Rule(
    id="DOC605",
    name="unsupported-headline",
    summary="The headline asserts what the article only alleges, or does not tell at all.",
    rationale="More people read the headline than the article. Press codes ask that the text support it.",
    bad="Mayor took bribe from builder\n\nMayor Jon Harl reportedly took a bribe from a builder in May. The council"
    " meets on Friday.\n",
    good="Mayor took bribe from builder, rival alleges\n\nMayor Jon Harl reportedly took a bribe from a builder in"
    " May. The council meets on Friday.\n",
    severity=Severity.WARNING,
    guidelines=(IPSO, BBC_ACCURACY),
    needs=frozenset({Need.DOCUMENT, Need.MARKUP, Need.SYNTAX}),
    check=_unsupported_headline,
    blocks=EVERYWHERE,
    limits="An error where the article hedges or attributes what the headline asserts in the same words, a warning"
    " where no word of the headline occurs in the article. Paraphrase is not seen through.",
)


RULES: tuple[Rule, ...] = (DOC601, DOC602, DOC603, DOC604, DOC605)
