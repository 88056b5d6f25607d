"""Rules on presence and placement of attribution: ATT201 to ATT207."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.extraction.mentions import Mention
from attribution.linting.bibliography import (
    AP_ATTRIBUTION,
    BBC_ACCURACY,
    BBC_ALLEGATIONS,
    REUTERS_SOURCING,
    SMH_UNDERSTOOD,
    SPJ,
    SWAIM,
    WORDS_TO_WATCH,
)
from attribution.linting.context import Context
from attribution.linting.people import PRONOUN_GENDERS, gender_of, people_in
from attribution.linting.rule import Match, Need, Rule, Severity, Status
from attribution.linting.speakers import reports
from attribution.linting.support import (
    MODALS,
    cue_lemmas,
    cue_token,
    has_agent,
    has_words,
    identifier_of,
    is_negated,
    is_plain_passive,
    is_supposed,
    is_told_by_somebody,
    own_claims,
    speaks,
)
from attribution.parsing import Tree
from attribution.records import Attitude, Attribution, Claim, Sentence, SourceKind, Span, Token

PERSONAL_PRONOUNS = frozenset({"he", "she", "they"})
"""Pronouns for somebody who speaks."""


VIEW = 4
"""Sentences back in which somebody must stand for a pronoun to mean them."""

FORMS = {
    "he": frozenset({"he", "him", "his", "himself"}),
    "she": frozenset({"she", "her", "hers", "herself"}),
    "they": frozenset({"they", "them", "their", "theirs", "themselves"}),
}
"""The forms of a pronoun: where one stands before, the text goes on about the same."""

FIRST_PERSONS = frozenset({"i", "we", "you"})
"""How a source begins that is no source of the paper's: an interview printed as text."""

NAMING = frozenset({"NOUN", "PROPN"})
"""Word classes by which somebody is known again."""

POINTING = frozenset({"ADV", "AUX", "CCONJ", "DET", "PRON"})
"""Word classes of a clause that says nothing but *that is*."""


def _whole(attribution: Attribution) -> Span:
    """From the first to the last word of the cue."""
    return Span(attribution.cue.spans[0].start, attribution.cue.spans[-1].end)


def _agentless_passives(context: Context, words: str) -> Iterator[tuple[Attribution, Tree, Token]]:
    """Passives of these verbs that say what was or is, without an agent, in nobody's mouth but an outlet's."""
    wanted = context.lexicon.words_for(words)
    for one in context.attributions:
        verb = cue_token(context, one)
        if verb is None or one.frame != "passive" or verb.lemma.lower() not in wanted or one.negated:
            continue
        tree = context.tree(context.sentence(one.sentence))
        if _is_active_perfect(tree, verb):
            continue
        if not is_plain_passive(tree, verb.index) or has_agent(tree, verb.index) or is_supposed(tree, verb.index):
            continue
        if not is_told_by_somebody(context, one):
            yield one, tree, verb


def _agentless_accusations(context: Context) -> Iterator[Match]:
    for one, tree, verb in _agentless_passives(context, "accusing"):
        if _is_accuser_told(context, one) or _rests_on_document(context, tree, verb) or _is_charge(tree, verb):
            continue
        if verb.lemma.lower() == "accuse" and has_words(context, context.body, "court"):
            continue  # the accuser is the prosecution
        yield _accusation(context, _whole(one), verb, one.id)
    yield from _faced_accusations(context)


def _accusation(context: Context, span: Span, verb: Token, attribution: str | None) -> Match:
    return Match(
        span,
        f"“{context.text(span)}” does not say by whom",
        "Say who makes the accusation; if nobody is known to make it, leave it out.",
        claim=identifier_of(context.claim_at(verb.span)),
        attribution=attribution,
    )


def _is_active_perfect(tree: Tree, verb: Token) -> bool:
    """Whether a short *'s* may be *has*: *as he's often alleged*."""
    auxiliaries = [tree.tokens[index].text.lower() for index in tree.children(verb.index, "aux")]
    short = bool({"'s", "’s"}.intersection(auxiliaries)) and "been" not in auxiliaries
    if short and verb.lemma.lower() == "say":
        return True
    return short and not tree.children(verb.index, "obl", "xcomp", "advcl", "ccomp")


def _faced_accusations(context: Context) -> Iterator[Match]:
    """*The firm faces accusations of fraud*, *came under fire for its silence*, with nobody who accuses."""
    for sentence in context.body:
        tree = context.tree(sentence)
        for run in context.phrases(sentence.tokens, "accusation-faced"):
            verb, noun = run[0], run[-1]
            if verb.upos != "VERB" or context.is_quoted(verb.span) or context.attributions_over(verb.span):
                continue
            if verb.xpos == "VB" or (verb.xpos == "VBZ" and verb.lemma.lower() != "face"):
                continue  # foretold or repeated
            if is_supposed(tree, verb.index) or is_negated(tree, verb.index) or _has_maker(tree, verb, noun):
                continue
            if any(tree.tokens[index].lemma.lower() in MODALS for index in tree.children(verb.index, "aux")):
                continue
            if any(
                _accuses(context, one)
                for near in (*context.before(sentence, 1), sentence)
                for one in context.attributions_in(near)
            ):
                continue
            yield _accusation(context, Span(verb.start, noun.end), verb, None)


def _has_maker(tree: Tree, verb: Token, noun: Token) -> bool:
    """Whether those who accuse are told: *criticism from doctors*, *the council's accusations*."""
    if tree.children(noun.index, "nmod:poss"):
        return True
    return any(
        index > verb.index
        and tree.tokens[index].text.lower() in ("among", "by", "from")
        and tree.matches(index, "case")
        for index in (*tree.subtree(verb.index), *tree.subtree(noun.index))
    )


def _accuses(context: Context, attribution: Attribution) -> bool:
    return speaks(attribution) and bool(context.lexicon.words_for("accusing").intersection(cue_lemmas(attribution)))


def _is_accuser_told(context: Context, attribution: Attribution) -> bool:
    """Whether this sentence or the one before tells of somebody who accuses, or a court's business follows."""
    sentence = context.sentence(attribution.sentence)
    if has_words(context, (sentence, *context.after(sentence, 1)), "proceeding"):
        return True
    tree = context.tree(sentence)
    verb = cue_token(context, attribution)
    if verb is not None and any(
        entry.kind == "platform"
        for index in tree.subtree(verb.index)
        if index > verb.index and tree.matches(index, "obl")
        for entry in context.lexicon.source_nouns_of(tree.tokens[index].lemma)
    ):
        return True  # said where it can be read
    accusing = context.lexicon.words_for("accusing") | context.lexicon.words_for("passing-on")
    before = [one for one in context.before(sentence, 1) if verb is None or _is_about_same(tree, verb, one)]
    return any(
        speaks(one) and one.source.kind is not SourceKind.VAGUE_COLLECTIVE and accusing.intersection(cue_lemmas(one))
        for near in (*before, sentence)
        for one in context.attributions_in(near)
        if one.id != attribution.id
    ) or any(
        _accuses(context, one) and any(entity.named for entity in context.entities(one))
        for near in context.after(sentence, 1)
        for one in context.attributions_in(near)
    )


def _is_about_same(tree: Tree, verb: Token, sentence: Sentence) -> bool:
    """Whether the accused, if named by a name or noun, is already in the sentence: else others are accused there."""
    subject = tree.child(verb.index, "nsubj:pass", "nsubj")
    if subject is None or tree.tokens[subject].upos == "PRON":
        return True
    words = {tree.tokens[index].lemma for index in tree.subtree(subject) if tree.tokens[index].upos in NAMING}
    return not words.isdisjoint(token.lemma for token in sentence.tokens)


def _rests_on_document(context: Context, tree: Tree, verb: Token) -> bool:
    """Whether the accusation stands in something that can be read: *in a lawsuit*, *in an audit*."""
    for index in tree.subtree(verb.index):
        case = tree.child(index, "case")
        kinds = {entry.kind for entry in context.lexicon.source_nouns_of(tree.tokens[index].lemma)}
        if index > verb.index and case is not None and tree.tokens[case].text.lower() == "in" and "document" in kinds:
            return True
    return False


def _is_charge(tree: Tree, verb: Token) -> bool:
    """Whether somebody is charged with a crime, which prosecutors do and the reader knows."""
    if verb.lemma.lower() != "charge":
        return False
    complements = [*tree.children(verb.index, "obl", "advcl"), *tree.children(verb.index, "xcomp")]
    return not complements or any(
        tree.tokens[mark].text.lower() in ("with", "over", "in")
        for index in complements
        for mark in tree.children(index, "case", "mark")
    )


ATT201 = Rule(
    id="ATT201",
    name="agentless-accusation",
    summary="Somebody “has been accused”, blamed or criticised, and the text does not say by whom.",
    rationale="An accusation is worth what its maker is worth. Without one the paper makes it itself, and the reader"
    " cannot tell a prosecutor from a rival.",
    bad="The firm has been accused of dumping waste.",
    good="The river trust has accused the firm of dumping waste.",
    severity=Severity.WARNING,
    guidelines=(BBC_ALLEGATIONS, WORDS_TO_WATCH),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    check=_agentless_accusations,
    limits="A formal charge (“was charged with”) is a prosecutor's and passed over, and so is an accusation that"
    " somebody with a name or an office is said to have told of.",
)


def _agentless_beliefs(context: Context) -> Iterator[Match]:
    for one, tree, verb in _agentless_passives(context, "believing"):
        if one.attitude not in (Attitude.BELIEF, Attitude.ASSERTION, Attitude.HEARSAY):
            continue
        if verb.lemma.lower() in context.lexicon.words_for("believing-as") and not _has_as(tree, verb):
            continue
        if _is_naming(context, tree, verb) or _is_believer_told(context, one):
            continue
        yield _belief(context, one, _whole(one))
    for one in context.attributions:
        cue = cue_token(context, one)
        if one.frame != "phrase" or one.source.spans or cue is None:
            continue
        if cue.lemma.lower() in context.lexicon.words_for("believing") and not is_told_by_somebody(context, one):
            tree = context.tree(context.sentence(one.sentence))
            if is_plain_passive(tree, cue.index) and not has_agent(tree, cue.index):
                yield _belief(context, one, _whole(one))


def _has_as(tree: Tree, verb: Token) -> bool:
    """Whether the verb says what something is taken for: *seen as a failure*; not *seen shaking hands*."""
    complements = tree.children(verb.index, "obl", "advcl", "xcomp", "ccomp")
    complements = [index for index in complements if tree.child(index, "nsubj") is None]
    marks = [mark for index in complements for mark in tree.children(index, "case", "mark")]
    return any(tree.tokens[index].text.lower() in ("as", "like") for index in marks)


def _is_naming(context: Context, tree: Tree, verb: Token) -> bool:
    """Whether a rule or a document decides: *is considered a felony under the act*."""
    for index in tree.children(verb.index, "obl"):
        case = tree.child(index, "case")
        if case is not None and tree.tokens[case].text.lower() in ("under", "in", "for"):
            kinds = {entry.kind for entry in context.lexicon.source_nouns_of(tree.tokens[index].lemma)}
            if "document" in kinds:
                return True
    return False


def _is_believer_told(context: Context, attribution: Attribution) -> bool:
    """Whether the sentence before tells who believes it."""
    sentence = context.sentence(attribution.sentence)
    believing = context.lexicon.words_for("believing")
    return any(
        speaks(one) and believing.intersection(cue_lemmas(one))
        for near in context.before(sentence, 1)
        for one in context.attributions_in(near)
    )


def _belief(context: Context, one: Attribution, span: Span) -> Match:
    return Match(
        span,
        f"“{context.text(span)}” does not say who thinks so",
        "Say whose view it is, or give the facts that it rests on.",
        claim=identifier_of(context.claim_at(span)),
        attribution=one.id,
    )


ATT202 = Rule(
    id="ATT202",
    name="agentless-belief",
    summary="Something “is seen as”, “is believed to” or “has been dubbed”, and the text does not say by whom.",
    rationale="A view without a holder cannot be weighed; it stands where a citation should. Editors call it oblique"
    " sourcing.",
    bad="She is widely seen as the next leader.",
    good="Three of five party chairs we asked see her as the next leader.",
    severity=Severity.WARNING,
    guidelines=(WORDS_TO_WATCH, SWAIM, SMH_UNDERSTOOD),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    check=_agentless_beliefs,
    limits="A view that somebody with a name or an office is said to have told of is passed over; one that an outlet"
    " passes on is not.",
)


def _allegations_as_fact(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        tree = context.tree(sentence)
        for run in context.phrases(sentence.tokens, "wrongdoing"):
            verb = run[0]
            if verb.upos != "VERB" or verb.xpos not in ("VBD", "VBN", "VBZ", "VBP") or context.is_quoted(verb.span):
                continue
            claim = context.claim_at(verb.span)
            if claim is None or claim not in tuple(own_claims(context, sentence)) or claim.hedges:
                continue
            if is_supposed(tree, verb.index) or is_negated(tree, verb.index) or _is_somebodys_word(context, sentence):
                continue
            name = _doer(context, tree, verb)
            item = tree.child(verb.index, "obj")
            if item is not None and tree.tokens[item].lemma.lower() in context.lexicon.words_for("harmless-object"):
                continue
            if name is None or not _is_deceit(tree, verb) or _came_to_court(context, sentence, name):
                continue
            yield Match(
                Span(run[0].start, run[-1].end),
                f"that {context.text(name)} “{context.text(Span(run[0].start, run[-1].end))}” is told as fact, and the"
                " article tells of no charge or conviction",
                "Say who alleges it, what came of it, and what the accused says.",
                claim=claim.id,
            )


def _doer(context: Context, tree: Tree, verb: Token) -> Span | None:
    """The name of the person or firm that the verb says did it; None when nobody with a name did."""
    index = verb.index
    while (subject := tree.child(index, "nsubj")) is None and tree.matches(index, "conj", "xcomp"):
        above = tree.head(index)
        if above is None:
            return None
        index = above
    if subject is None or tree.matches(subject, "nsubj:pass"):
        return None
    named = [subject, *tree.children(subject, "appos")]
    heads = [one for one in named if tree.tokens[one].upos == "PROPN"]
    if not heads:
        return None
    parts = [heads[0], *tree.children(heads[0], "flat", "compound")]
    return Span(min(tree.tokens[one].start for one in parts), max(tree.tokens[one].end for one in parts))


def _is_deceit(tree: Tree, verb: Token) -> bool:
    """Whether *lie* is to tell a lie: with *to* or *about*, or with nothing; not *lie in ruins*."""
    if verb.lemma.lower() != "lie":
        return True
    cases = {
        tree.tokens[case].text.lower()
        for index in tree.children(verb.index, "obl")
        for case in tree.children(index, "case")
    }
    return verb.xpos in ("VBD", "VBN") and verb.text.lower() == "lied" and (not cases or bool(cases & {"to", "about"}))


def _is_somebodys_word(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence tells or continues what somebody else says: it, the one before or the one after does."""
    if any(speaks(one) for one in context.attributions_in(sentence)):
        return True
    if any(link.span.overlaps(sentence.span) for link in context.draft.links):
        return True
    accusing = context.lexicon.words_for("accusing") | context.lexicon.words_for("passing-on")
    before = [one for one in context.before(sentence, 1) if one.block == sentence.block]
    return any(
        speaks(one) and (reports(one) or accusing.intersection(cue_lemmas(one)))
        for near in before
        for one in context.attributions_in(near)
    ) or any(_looks_back(context, near) is not None for near in context.after(sentence, 2))


def _came_to_court(context: Context, sentence: Sentence, name: Span) -> bool:
    """Whether the article tells near the sentence, or in a sentence with the same name, of a charge or a verdict."""
    word = context.text(name).split()[-1]
    near = (*context.before(sentence, 3), sentence, *context.after(sentence, 3))
    also = [one for one in context.body if word in one.text]
    return has_words(context, (*near, *also), "proceeding")


ATT203 = Rule(
    id="ATT203",
    name="allegation-as-fact",
    summary="A named person or firm is said to have done wrong, with no source and no charge or conviction.",
    rationale="Unproven wrongdoing told as fact is unfair to its subject and the dearest mistake a paper can make.",
    bad="Mr Kade stole the fund's money.",
    good="Prosecutors say Mr Kade stole the fund's money; he denies it.",
    severity=Severity.WARNING,
    status=Status.PREVIEW,
    guidelines=(BBC_ACCURACY, BBC_ALLEGATIONS, WORDS_TO_WATCH),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    check=_allegations_as_fact,
    limits="The verbs of wrongdoing are a list. What history has settled and what was never in dispute is not told"
    " apart.",
)


def _buried_attributions(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        source = _looks_back(context, sentence)
        if source is None or context.is_quoted(source) or context.text(source).lower().split()[0] in FIRST_PERSONS:
            continue
        claims = _unsourced_run_before(context, sentence)
        if len(claims) < 2:
            continue
        yield Match(
            claims[0].spans[0],
            f"the reader learns only {len(claims)} sentences later that “{context.text(source)}” says so",
            "Put the source into the sentence that makes the claim.",
            claim=claims[0].id,
        )


def _looks_back(context: Context, sentence: Sentence) -> Span | None:
    """Who is given as the source of what was said before: *the board said so*, *that is according to the board*."""
    tree = context.tree(sentence)
    for verb in sentence.tokens[:-1]:
        speech = [entry for entry in context.lexicon.verbs_of(verb.lemma) if "clause" in entry.frames]
        subject = tree.child(verb.index, "nsubj")
        if verb.upos != "VERB" or not speech or subject is None or tree.tokens[subject].upos == "PRON":
            continue
        if tree.tokens[verb.index + 1].text.lower() == "so" and not tree.children(verb.index, "ccomp", "xcomp"):
            return tree.spans(tree.subtree(subject))[0]
    words = [token for token in sentence.tokens if token.upos != "PUNCT"]
    if len(words) > 2 and words[0].text.lower() in ("that", "this") and words[1].lemma.lower() == "be":
        if words[2].text.lower() in ("according", "what"):
            return _named_behind(tree, words[3:])
    for one in context.attributions_in(sentence):
        words = [token for token in context.tokens(sentence, one.content.spans) if token.upos != "PUNCT"]
        if one.frame == "phrase" and speaks(one) and words and all(token.upos in POINTING for token in words):
            return one.source.spans[0]
    return None


def _named_behind(tree: Tree, words: list[Token]) -> Span | None:
    """Who is named in *according **to the board*** or *what **the board** says*."""
    speaker = next((token for token in words if tree.matches(token.index, "nsubj", "obl", "root", "nmod")), None)
    if speaker is None:
        return None
    inside = [index for index in tree.subtree(speaker.index) if not tree.matches(index, "case", "cop", "punct")]
    parts = tree.spans([index for index in inside if index >= words[0].index and tree.tokens[index].upos != "VERB"])
    return parts[0] if parts else None


def _unsourced_run_before(context: Context, sentence: Sentence) -> list[Claim]:
    """The first claim of each sentence without a source that stands before in the paragraph, nothing between."""
    run: list[Claim] = []
    for near in reversed([one for one in context.paragraph(sentence) if one.start < sentence.start]):
        if any(speaks(one) for one in context.attributions_in(near)):
            break
        claims = list(own_claims(context, near))
        if not claims or context.is_quoted(claims[0].spans[0]):
            break
        run.insert(0, claims[0])
    return run


ATT204 = Rule(
    id="ATT204",
    name="buried-attribution",
    summary="A claim is made, and only two or more sentences later the reader learns whose it is.",
    rationale="A reader takes a claim without a source for the paper's own finding. The correction two sentences on"
    " comes too late, and is cut first.",
    bad="The vaccine batch was spoiled. Deliveries stopped. The health board said so on Monday.",
    good="The health board said on Monday the batch was spoiled. Deliveries stopped.",
    severity=Severity.WARNING,
    guidelines=(AP_ATTRIBUTION, REUTERS_SOURCING),
    needs=frozenset({Need.DOCUMENT, Need.SYNTAX}),
    check=_buried_attributions,
    limits="Only sources that point back (“said so”, “that is according to”) are found, in the same paragraph.",
)


def _lapsed_attributions(context: Context) -> Iterator[Match]:
    last: Attribution | None = None
    run: list[Sentence] = []
    for sentence in (*context.body, None):
        telling = () if sentence is None else tuple(one for one in context.attributions_in(sentence) if speaks(one))
        if sentence is not None and last is not None and not telling and _is_backshifted(context, sentence):
            run.append(sentence)
            continue
        if last is not None and len(run) > context.settings.lapsed_sentences:
            over = run[context.settings.lapsed_sentences]
            claims = context.claims_in(over)
            source = context.text(last.source.spans)
            yield Match(
                claims[0].spans[0] if claims else over.span,
                f"“{source}” was last named {context.settings.lapsed_sentences + 1} sentences ago, and this still reads"
                " as its account",
                "Name the source again, or make it plain that the paper says so.",
                claim=claims[0].id if claims else None,
                attribution=last.id,
            )
        run = []
        telling = tuple(one for one in telling if speaks(one) and reports(one))
        last = telling[-1] if telling and telling[-1].frame in ("ccomp", "inverted", "parataxis", "phrase") else None


def _is_backshifted(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence's main verb is in the tense of reported speech: *had failed*, *would close*."""
    tree = context.tree(sentence)
    if context.is_quoted(Span(sentence.start, sentence.start + 1)):
        return False
    auxiliaries = [tree.tokens[index] for index in tree.children(tree.root, "aux")]
    if any(token.text.lower() in ("would", "’d", "'d") for token in auxiliaries):
        return True
    return any(token.text.lower() == "had" for token in auxiliaries)


ATT205 = Rule(
    id="ATT205",
    name="lapsed-attribution",
    summary="Reported content runs on for more sentences than one attribution can carry.",
    rationale="A few sentences on, a reader no longer knows whether the source or the paper is speaking.",
    bad="The inspector said the wall had failed. It had leaked since May. The pump had stood still for a week."
    " Repairs would take a year. Nobody had paid for them.",
    good="The inspector said the wall had failed. It had leaked since May. The pump had stood still for a week."
    " Repairs would take a year, she said. Nobody had paid for them.",
    severity=Severity.INFO,
    guidelines=(AP_ATTRIBUTION,),
    needs=frozenset({Need.DOCUMENT, Need.SYNTAX}),
    check=_lapsed_attributions,
    settings=("lapsed-sentences",),
    limits="Reported content is known by its tense (“had failed”, “would close”); an account in the present tense is"
    " not found.",
)


def _orphan_follow_ups(context: Context) -> Iterator[Match]:
    for one in context.attributions:
        if one.attitude is not Attitude.ASSERTION or not (reports(one) or one.withheld or one.negated):
            continue
        sentence = context.source_sentence(one)
        tokens = context.tokens(sentence, one.source.spans)
        if len(tokens) != 1 or tokens[0].text.lower() not in PERSONAL_PRONOUNS or context.is_quoted(tokens[0].span):
            continue
        pronoun, tree = tokens[0], context.tree(sentence)
        if tree.head(pronoun.index) != tree.root or is_told_by_somebody(context, one):
            continue
        if is_supposed(tree, pronoun.index) or _somebody_before(context, sentence, pronoun):
            continue
        yield Match(
            one.source.spans[0],
            f"nobody whom “{pronoun.text}” could mean comes before “{one.cue.text}”",
            "Name the speaker: follow-up needs the source that it follows.",
            attribution=one.id,
        )


def _somebody_before(context: Context, sentence: Sentence, pronoun: Token) -> bool:
    """Whether anybody whom the pronoun could mean stands in view before; a source that just spoke counts, whoever."""
    for near in (*context.before(sentence, VIEW), sentence):
        for mention in context.mentions_in(near):
            if mention.span.start >= pronoun.start:
                break
            if _could_be(context, near, mention, pronoun.text.lower()):
                return True
        if near == sentence:
            continue
        tree = context.tree(near)
        if any(tree.tokens[index].upos == "PROPN" for index in tree.children(tree.root, "nsubj", "nsubj:pass")):
            return True
        if any(token.text.lower() in FORMS[pronoun.text.lower()] for token in near.tokens):
            return True  # it goes on about the same
        if context.is_quoted(Span(near.start, near.start + 1)) or context.is_quoted(Span(near.end - 1, near.end)):
            return True
    return False


def _could_be(context: Context, sentence: Sentence, mention: Mention, pronoun: str) -> bool:
    """Whether *they* could mean the mention, people or a body, or *he* or *she* could, a person who may be one."""
    if pronoun == "they":
        if mention.being in ("organisation", "outlet", "people") or mention.form == "group":
            return True
        if mention.being in ("unknown", "place") and mention.form == "name":
            return True
        return mention.plural is True and mention.being in ("person", "place", "unknown")
    if mention.being not in ("person", "unknown") or mention.plural or mention.form == "pronoun":
        return False
    if mention.being == "unknown" and mention.form != "name":
        return False
    if mention.name is None:
        return True  # a spokesman may be a woman
    return gender_of(context, sentence, mention) in (None, PRONOUN_GENDERS[pronoun])


ATT206 = Rule(
    id="ATT206",
    name="orphan-follow-up",
    summary="“They” or “she” speaks or keeps silent, and nobody who could be meant comes before.",
    rationale="Text that was cut or moved leaves follow-ups without their source. The reader cannot find out who did"
    " not answer.",
    bad="The new line opens in May. However, they did not mention the cost.",
    good="The new line opens in May. However, the auditors did not mention the cost.",
    severity=Severity.WARNING,
    status=Status.PREVIEW,
    guidelines=(AP_ATTRIBUTION, SPJ),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT}),
    check=_orphan_follow_ups,
    limits="Only “he”, “she” and “they”; a section in which any person or body came before is passed over.",
)


def _dangling_pronouns(context: Context) -> Iterator[Match]:
    for one in context.attributions:
        sentence = context.source_sentence(one)
        tokens = context.tokens(sentence, one.source.spans)
        if len(tokens) != 1 or tokens[0].text.lower() not in PRONOUN_GENDERS or not reports(one):
            continue
        pronoun = tokens[0]
        before = context.before(sentence, 1)
        if not before or before[0].block != sentence.block or not _opens(context, sentence, pronoun):
            continue
        if one.cue.lemma in context.lexicon.words_for("continuing") or is_told_by_somebody(context, one):
            continue
        people = _who_could_be_meant(context, before[0], pronoun)
        if len(people) != 2 or _has_topic(context, before[0]):
            continue
        yield Match(
            one.source.spans[0],
            f"“{pronoun.text}” could be {people[0]} or {people[1]}",
            "Put the name or the office in place of the pronoun.",
            attribution=one.id,
        )


def _opens(context: Context, sentence: Sentence, pronoun: Token) -> bool:
    """Whether the sentence opens with the pronoun as the subject of its verb, an adverb or a time aside."""
    tree = context.tree(sentence)
    if tree.head(pronoun.index) != tree.root or context.is_quoted(pronoun.span):
        return False
    return not any(mention.head < pronoun.index for mention in context.mentions_in(sentence))


def _who_could_be_meant(context: Context, sentence: Sentence, pronoun: Token) -> list[str]:
    """The people of a sentence whom *he* or *she* fits, when the one did something with the other."""
    tree = context.tree(sentence)
    wanted = PRONOUN_GENDERS[pronoun.text.lower()]
    people = people_in(context, sentence)
    fitting = [one for one in people if gender_of(context, sentence, one) in (None, wanted)]
    if len(fitting) != 2 or not any(tree.matches(one.head, "nsubj", "nsubj:pass") for one in fitting):
        return []
    heads = {tree.head(one.head) for one in fitting}
    if len(heads) != 1 or heads == {None}:
        return []
    return [context.text(one.span) for one in fitting]


def _has_topic(context: Context, sentence: Sentence) -> bool:
    """Whether somebody speaks in the sentence, or it goes on about somebody: the pronoun is then taken for theirs."""
    tree = context.tree(sentence)
    if any(speaks(one) and reports(one) for one in context.attributions_in(sentence)):
        return True
    return any(tree.tokens[index].upos == "PRON" for index in tree.children(tree.root, "nsubj"))


ATT207 = Rule(
    id="ATT207",
    name="dangling-speaker-pronoun",
    summary="The speaker is “he”, “she” or “they”, and two of those named before could be meant.",
    rationale="A statement put into the wrong mouth is an error of fact, and here the reader has to guess.",
    bad="The mayor met the union leader. He said talks failed.",
    good="The mayor met the union leader. The mayor said talks failed.",
    severity=Severity.WARNING,
    guidelines=(AP_ATTRIBUTION, REUTERS_SOURCING),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT}),
    check=_dangling_pronouns,
    limits="Rests on how the article's people are told apart; a reader who knows their pronouns may not stumble.",
)


RULES: tuple[Rule, ...] = (ATT201, ATT202, ATT203, ATT204, ATT205, ATT206, ATT207)
