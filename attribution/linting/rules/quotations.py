"""Rules on quotations: QUO001 to QUO003."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import (
    AP_ATTRIBUTION,
    AP_VALUES,
    GUARDIAN_QUOTES,
    GUARDIAN_SOURCES,
    NPR_ANONYMOUS,
    REUTERS_SOURCING,
)
from attribution.linting.context import Context
from attribution.linting.rule import BODY, Match, Need, QuotationPolicy, Rule, Severity
from attribution.linting.speakers import has_own_name, is_indefinite, speaker
from attribution.linting.support import has_words, speaks
from attribution.parsing import Tree
from attribution.records import Attribution, Manner, Quotation, Sentence, SourceKind, Span, Token

PERSONS = frozenset({"he", "her", "him", "i", "she"})
"""Pronouns of one person, who may be the one that is quoted next."""

STAGE = 3
"""Words from which a sentence is more than a stage direction (*Pause.*)."""

SHOUT = 4
"""Quoted words from which a reader waits for the speaker: *I know. I know.* keeps nobody waiting."""

UNNAMED = frozenset({SourceKind.ANONYMOUS, SourceKind.UNNAMED_OFFICIAL, SourceKind.VAGUE_COLLECTIVE})
"""Kinds of source behind which an attack can hide."""


def _unattributed_quotes(context: Context) -> Iterator[Match]:
    for quotation in context.quotations:
        if quotation.parent is not None or not quotation.closed or not _is_speech(context, quotation):
            continue
        if not _stands_alone(context, quotation) or _has_speaker(context, quotation):
            continue
        if _is_introduced(context, quotation) or _carries_on(context, quotation) or _is_taken_up(context, quotation):
            continue
        words = context.text(quotation.span)
        yield Match(
            quotation.parts[0],
            f"nobody is named as the speaker of {_shortened(words)}",
            "Say who said it, at the latest where the first sentence of the quotation ends.",
        )


def _is_speech(context: Context, quotation: Quotation) -> bool:
    """Whether somebody's sentence is quoted: long enough, with a finite verb and its subject, and no title."""
    tokens = _tokens_of(context, quotation)
    words = [token for token in tokens if any(map(str.isalnum, token.text))]
    if len(words) < context.settings.quotation_words or _is_title(words):
        return False
    indices = {(token.start, token.end) for token in tokens}
    for sentence in _sentences_of(context, quotation):
        tree = context.tree(sentence)
        for token in sentence.tokens:
            if (token.start, token.end) in indices and token.upos in ("VERB", "AUX", "ADJ", "NOUN", "PRON"):
                subject = tree.child(token.index, "nsubj")
                if subject is not None and (tree.tokens[subject].start, tree.tokens[subject].end) in indices:
                    return True
    return False


def _is_title(words: list[Token]) -> bool:
    """Whether the words are written like a title: all but the small ones with a capital."""
    long = [word for word in words if len(word.text) > 3]
    return bool(long) and all(word.text[0].isupper() or word.text[0].isdigit() for word in long)


def _tokens_of(context: Context, quotation: Quotation) -> list[Token]:
    return [
        token for sentence in _sentences_of(context, quotation) for token in context.tokens(sentence, quotation.parts)
    ]


def _sentences_of(context: Context, quotation: Quotation) -> list[Sentence]:
    return [one for one in context.sentences if any(part.overlaps(one.span) for part in quotation.parts)]


def _stands_alone(context: Context, quotation: Quotation) -> bool:
    """Whether the quotation is made of whole sentences: words beside it in them would tell whose it is."""
    return not any(
        any(map(str.isalnum, token.text)) and not any(part.covers(token.span) for part in quotation.parts)
        for sentence in _sentences_of(context, quotation)
        for token in sentence.tokens
    )


def _has_speaker(context: Context, quotation: Quotation) -> bool:
    """Whether an attribution from outside takes the quotation, or a part of it, as content."""
    return any(
        one.source.spans
        and not _is_within(one, quotation)
        and any(part.overlaps(content) for part in quotation.parts for content in one.content.spans)
        for one in context.attributions
    )


def _is_within(attribution: Attribution, quotation: Quotation) -> bool:
    """Whether the quoted words themselves tell of somebody speaking: that is not who is quoted."""
    return any(part.covers(attribution.cue.spans[0]) for part in quotation.parts)


def _is_introduced(context: Context, quotation: Quotation) -> bool:
    """Whether a colon, a dash or a question leads up to the quotation."""
    return context.draft.text[: quotation.start].rstrip().endswith((":", "—", "–", "-", "?", "…", "..."))


def _carries_on(context: Context, quotation: Quotation) -> bool:
    """Whether the sentence before has a speaker, is quoted itself, or has somebody in it, who then speaks."""
    first = _sentences_of(context, quotation)[0]
    before = context.before(first, 1)
    if not before:
        return context.paragraph(first)[-1].end <= quotation.end  # a heading printed as text
    if _length(before[0]) < STAGE or not any(token.upos in ("VERB", "AUX") for token in before[0].tokens):
        return True  # a heading or a stage direction stands before it
    return context.block(before[0]) in BODY and _has_voice(context, before[0])


def _is_taken_up(context: Context, quotation: Quotation) -> bool:
    """Whether the next sentence tells who said so, or is the quotation's signature (*Ada Quill, Tarsk.*)."""
    last = _sentences_of(context, quotation)[-1]
    for one in context.after(last, 1):
        if one.block == last.block and _has_voice(context, one):
            return True
        verbs = [token for token in one.tokens if token.upos in ("VERB", "AUX")]
        if not verbs and any(token.upos == "PROPN" for token in one.tokens):
            return True
    return False


def _has_voice(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence is quoted, tells of somebody who speaks or could, or of something that can be quoted."""
    if context.is_quoted(Span(sentence.start, sentence.start + 1)) or context.is_quoted(
        Span(sentence.end - 1, sentence.end)
    ):
        return True
    if any(speaks(one) for one in context.attributions_in(sentence)) or has_words(context, [sentence], "quoted-thing"):
        return True
    if any(token.text.lower() in PERSONS for token in sentence.tokens):
        return True
    return any(
        (one.form == "name" and one.being in ("person", "unknown")) or (one.being == "person" and one.definite)
        for one in context.mentions_in(sentence)
    )


def _shortened(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:40].rsplit(' ', 1)[0]}…”"


QUO001 = Rule(
    id="QUO001",
    name="unattributed-quote",
    summary="A quotation has no speaker.",
    rationale="Words in quotation marks are somebody's. A reader who is not told whose cannot judge them, and may take"
    " them for the paper's.",
    bad="“The bridge was never safe.” Work stops on Friday.",
    good="“The bridge was never safe,” site engineer Ola Brandt said.",
    severity=Severity.ERROR,
    guidelines=(REUTERS_SOURCING, GUARDIAN_QUOTES, AP_ATTRIBUTION),
    needs=frozenset({Need.QUOTATIONS, Need.SYNTAX, Need.DOCUMENT}),
    check=_unattributed_quotes,
    quotations=QuotationPolicy.INSIDE,
    settings=("quotation-words",),
    limits="Titles, terms and quotations shorter than the configured number of words are passed over, and so is a"
    " quotation where the sentence before or after has anybody who could be its speaker.",
)


def _late_attributions(context: Context) -> Iterator[Match]:
    for quotation in context.quotations:
        if quotation.parent is not None or not quotation.closed:
            continue
        sentences = [one for one in _sentences_of(context, quotation) if quotation.start <= one.start + 1]
        over = [
            one
            for one in context.attributions
            if one.source.spans
            and not _is_within(one, quotation)
            and any(quotation.parts[0].overlaps(content) for content in one.content.spans)
        ]
        if not over or any(_place(one) < quotation.end for one in over):
            continue
        told = min(map(_place, over))
        whole = [one for one in sentences if one.end <= told and one.end <= quotation.end]
        if sum(map(_length, whole)) < SHOUT:
            continue
        if len(whole) < context.settings.late_quotation_sentences or _is_known_already(context, quotation, over[0]):
            continue
        if not any(entity.kind is SourceKind.NAMED_PERSON for entity in context.entities(over[0])):
            continue
        if _answers(context, quotation) or _is_hinted_at(context, quotation, over[0]):
            continue
        speaker = over[0]
        yield Match(
            quotation.parts[0],
            f"the reader learns only after {len(whole)} quoted sentences that “{context.text(speaker.source.spans)}” is"
            " speaking",
            "Name the speaker before the quotation or after its first sentence.",
            attribution=speaker.id,
        )


def _length(sentence: Sentence) -> int:
    """How many words the sentence has."""
    return sum(any(map(str.isalnum, token.text)) for token in sentence.tokens)


def _is_hinted_at(context: Context, quotation: Quotation, attribution: Attribution) -> bool:
    """Whether the two paragraphs before have a word that begins like the speaker's surname: misspelt, or a plural."""
    names = [entity.name.split()[-1] for entity in context.entities(attribution) if entity.name]
    first = context.sentence_at(quotation.start)
    if first is None or not names:
        return False
    start = context.draft.blocks[max(0, first.block - 2)].span.start
    words = context.draft.text[start : quotation.start].lower().split()
    return any(word.strip("“”‘’'\"(").startswith(name.lower()[:5]) for name in names for word in words)


def _answers(context: Context, quotation: Quotation) -> bool:
    """Whether the quotation answers a question before it, as in an interview."""
    return "?" in context.draft.text[: quotation.start].rstrip()[-60:]


def _place(attribution: Attribution) -> int:
    """Where the reader first learns of the speaker."""
    return min(span.start for span in (*attribution.source.spans, *attribution.cue.spans))


def _is_known_already(context: Context, quotation: Quotation, attribution: Attribution) -> bool:
    """Whether the paragraph so far, or the one before, mentions the speaker; a pronoun stands for somebody known."""
    sentence = context.sentence_at(quotation.start)
    if sentence is None:
        return False
    entity = context.entity(attribution)
    start = context.draft.blocks[max(0, sentence.block - 1)].span.start
    names = context.tokens(context.source_sentence(attribution), attribution.source.spans)
    if names and all(name.upos in ("PRON", "DET") for name in names):
        return True
    if any(name.upos == "PROPN" and name.text in context.draft.text[start : quotation.start] for name in names):
        return True
    if entity is not None and any(start <= mention.start < quotation.start for mention in entity.mentions):
        return True
    return entity is None and any(
        one.source.spans
        and one.cue.spans[0].start < quotation.start
        and (one.source.entity == entity or entity is None)
        for near in context.sentences
        if sentence.block - 1 <= near.block <= sentence.block
        for one in context.attributions_in(near)
    )


QUO002 = Rule(
    id="QUO002",
    name="late-quote-attribution",
    summary="A quotation runs over several sentences before the reader learns who is speaking.",
    rationale="A reader weighs words by who says them. Agencies ask that the speaker be known by the end of the first"
    " quoted sentence.",
    bad="“It failed. We knew. Nobody acted. It was on paper for a year,” said Ola Brandt, the site engineer.",
    good="“It failed,” said Ola Brandt, the site engineer. “We knew. Nobody acted. It was on paper for a year.”",
    severity=Severity.WARNING,
    guidelines=(REUTERS_SOURCING, GUARDIAN_QUOTES),
    needs=frozenset({Need.QUOTATIONS}),
    check=_late_attributions,
    quotations=QuotationPolicy.INSIDE,
    settings=("late-quotation-sentences",),
)


def _anonymous_attacks(context: Context) -> Iterator[Match]:
    pejorative = context.lexicon.words_for("pejorative")
    for one in context.attributions:
        if one.source.kind not in UNNAMED or one.manner is Manner.INDIRECT:
            continue
        found = speaker(context, one)
        if found is None or found[2].upos == "PRON" or not is_indefinite(*found[1:]) or has_own_name(*found[1:]):
            continue
        attack = next(_attacks(context, one, pejorative), None)
        if attack is not None:
            yield Match(
                attack.span,
                f"“{context.text(one.source.spans)}”, unnamed, calls somebody “{attack.text}”",
                "Name the speaker, or leave the attack out: anonymity is for information, not for opinion.",
                attribution=one.id,
            )


def _attacks(context: Context, one: Attribution, pejorative: frozenset[str]) -> Iterator[Token]:
    """The quoted words of attack on a person in the content of an attribution."""
    for sentence in context.sentences:
        if sentence.end <= one.content.spans[0].start or sentence.start >= one.content.spans[-1].end:
            continue
        tree = context.tree(sentence)
        for token in context.tokens(sentence, one.content.spans):
            if token.lemma.lower() in pejorative and context.is_quoted(token.span) and _is_on_person(tree, token):
                yield token


def _is_on_person(tree: Tree, token: Token) -> bool:
    """Whether the word is said of a person: its subject or object, or the noun it modifies, is one."""
    holder = token.index
    if tree.matches(token.index, "amod", "compound", "conj"):
        holder = tree.head(token.index) or token.index
    subjects = tree.children(holder, "nsubj")
    head = tree.head(holder)
    if tree.matches(holder, "xcomp") and head is not None:
        subjects += tree.children(head, "obj", "nsubj")
    return any(_is_person(tree, tree.tokens[subject]) for subject in subjects)


def _is_person(tree: Tree, token: Token) -> bool:
    """A pronoun for people, or a name with a title or of two parts; *Norway* may be no person."""
    if token.text.lower() in ("he", "she", "him", "her", "you", "who", "they"):
        return True
    return token.upos == "PROPN" and bool(tree.children(token.index, "flat", "compound"))


QUO003 = Rule(
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
    check=_anonymous_attacks,
    quotations=QuotationPolicy.INSIDE,
    limits="The words of attack are a list; irony and plain description with such a word are not told apart.",
)


RULES: tuple[Rule, ...] = (QUO001, QUO002, QUO003)
