"""Forms in which headlines name a source: *claim: speaker*, *speaker: claim*, *claim – police*, *claim, says she*.

Headlines leave out words, and parsers trained on running text fail on them. Their forms are few and fixed, so they are
recognised by word order and punctuation: the words after the last colon, dash or comma, or before the first colon, must
be a source noun of the lexicon or a person named in the article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import msgspec

from attribution.extraction.mentions import find_mentions
from attribution.extraction.names import TIME_WORDS
from attribution.extraction.spans import DASHES, stripped, text_of
from attribution.extraction.turns.regions import numbered
from attribution.ingest.labels import headline_tails, section_labels
from attribution.lexicon import Lexicon
from attribution.parsing import Doc, Tree
from attribution.records import (
    Attitude,
    Attribution,
    BlockKind,
    Content,
    Cue,
    Evidence,
    Frame,
    Manner,
    Quotation,
    SourceKind,
    SourceMention,
    Span,
    Tone,
)

LONGEST_SPEAKER = 6
"""Most words of a speaker in one of these forms."""

SHORTEST_CLAIM = 3
"""Fewest words of a claim in one of these forms."""


def add_headlines(
    doc: Doc, quotations: Sequence[Quotation], attributions: Sequence[Attribution], lexicon: Lexicon
) -> tuple[Attribution, ...]:
    """The attributions with those given by the form of a headline in place of what the grammar found there."""
    speakers = Speakers(doc, quotations, lexicon)
    attributions = [attribution for attribution in attributions if not _is_topic(doc, attribution, speakers)]
    added: list[Attribution] = []
    for tree in doc.trees:
        if doc.block_kind(tree.sentence) is BlockKind.HEADLINE and len(tree) > SHORTEST_CLAIM:
            forms = (form.read(doc, tree, speakers) for form in FORMS)
            found = next((attribution for attribution in forms if attribution is not None), None)
            if found is not None:
                added.append(found)
    replaced = {attribution.sentence: attribution for attribution in added}
    attributions = [
        msgspec.structs.replace(attribution, evidence=Evidence.REPORT)
        if attribution.sentence in replaced and _is_same(replaced[attribution.sentence], attribution)
        else attribution
        for attribution in attributions
    ]
    same = {
        attribution.sentence
        for attribution in attributions
        if attribution.sentence in replaced and _is_same(replaced[attribution.sentence], attribution)
    }
    added = [attribution for attribution in added if attribution.sentence not in same]
    replaced = {attribution.sentence: attribution for attribution in added}
    kept = [
        attribution
        for attribution in attributions
        if attribution.sentence not in replaced or not _is_rival(attribution, replaced[attribution.sentence])
    ]
    return numbered([*kept, *added])


def _is_topic(doc: Doc, attribution: Attribution, speakers: Speakers) -> bool:
    """Whether the grammar mistook a headline's topic before the colon for a speaker (*Velm: two dead in fire*)."""
    tree = doc.tree(attribution.sentence)
    if attribution.cue.text != ":" or doc.block_kind(tree.sentence) is not BlockKind.HEADLINE:
        return False
    quoted = attribution.manner is not Manner.INDIRECT
    words = sorted(tree.words_in(attribution.source.spans))
    return not quoted and not speakers.is_speaker(tree, words)


def _is_same(found: Attribution, other: Attribution) -> bool:
    """Whether the grammar has found it already: the same source words in the same headline."""
    return found.sentence == other.sentence and found.source.spans == other.source.spans and bool(other.content.spans)


def _is_rival(other: Attribution, found: Attribution) -> bool:
    """Whether an attribution of the grammar uses the form's mark, verb or speaker otherwise."""
    outer = (*found.cue.spans, *found.source.spans)
    return any(span.overlaps(part) for span in (*other.cue.spans, *other.source.spans) for part in outer)


class Speakers:
    """Decides whether words may name a speaker; finds the names of the draft on first use."""

    def __init__(self, doc: Doc, quotations: Sequence[Quotation], lexicon: Lexicon) -> None:
        self.doc = doc
        self.quotations = quotations
        self.lexicon = lexicon

    @cached_property
    def _people(self) -> frozenset[str]:
        """The last words of the full names of people in the article's body, lower case."""
        return frozenset(
            mention.name.keys[-1]
            for mention in find_mentions(self.doc, self.quotations, self.lexicon)
            if mention.name is not None
            and mention.being in ("person", "unknown")
            and (len(mention.name.keys) > 1 or mention.office)
            and not mention.heading
            and self.doc.block_kind(self.doc.sentences[mention.sentence]) is not BlockKind.BYLINE
        )

    def is_speaker(self, tree: Tree, words: Sequence[int]) -> bool:
        """Whether adjacent tokens are a source noun with its modifiers, or the name of a person."""
        tokens = [tree.tokens[index] for index in words]
        if not tokens or len(tokens) > LONGEST_SPEAKER or tokens[0].text.lower() in TIME_WORDS:
            return False
        last = next((number for number, token in enumerate(tokens) if number and token.upos == "ADP"), len(tokens))
        head = tokens[last - 1]
        if not head.text.isalpha() and "-" not in head.text:
            return False
        if any(token.text.lower() in section_labels() or token.lemma.lower() in section_labels() for token in tokens):
            return False
        if any(token.upos in ("VERB", "AUX", "PRON", "SCONJ") for token in tokens[: last - 1]):
            return False
        nouns = self.lexicon.source_nouns_of(head.lemma.lower()) or self.lexicon.source_nouns_of(head.text.lower())
        if any(noun.kind not in ("platform", "outlet") and len(noun.words.split()) == 1 for noun in nouns):
            return True
        capitals = all(token.text[0].isupper() for token in tokens)
        return capitals and tokens[-1].text.lower() in self._people

    def is_office(self, tree: Tree, words: Sequence[int]) -> bool:
        """Whether the tokens are only the noun of an office or body, which cannot be a topic (*police*, *minister*)."""
        nouns = self.lexicon.source_nouns_of(tree.forms[words[0]]) if len(words) == 1 else ()
        return any(noun.kind in ("official", "role") or noun.words == "police" for noun in nouns)


class Form(msgspec.Struct, frozen=True):
    """A form of headlines that names a source; ``read`` returns its attribution, or None if a headline differs."""

    name: str
    example: str
    read: Callable[[Doc, Tree, Speakers], Attribution | None]


def _with_verb(doc: Doc, tree: Tree, speakers: Speakers) -> Attribution | None:
    """*Claim, insists mayor* and *claim, mayor insists*; *claim, court told* without a source."""
    end = _end(tree)
    comma = next((token.index for token in reversed(tree.tokens[:end]) if token.text == ","), None)
    if comma is None:
        return None
    tail = _words(tree, comma + 1, end)
    claim = _words(tree, 0, comma)
    if len(claim) < SHORTEST_CLAIM or not 2 <= len(tail) <= LONGEST_SPEAKER + 1:
        return None
    if tree.lemmas[tail[-1]] in ("tell", "hear") and tree.lemmas[tail[-2]] in speakers.lexicon.words_for("hearing"):
        return _attribution(doc, tree, (tail[-1],), (), claim, speakers.lexicon)
    for verb, speaker in ((tail[0], tail[1:]), (tail[-1], tail[:-1])):
        if _says(tree, verb, speakers.lexicon) and speakers.is_speaker(tree, speaker):
            return _attribution(doc, tree, (verb,), speaker, claim, speakers.lexicon)
    return None


def _says(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether a word can, by its form, be the present or past of a verb that reports clauses."""
    form = tree.forms[verb]
    lemmas = {tree.lemmas[verb], form, form.removesuffix("s"), form.removesuffix("es")}
    return any(
        frame in entry.frames and not entry.withheld
        for lemma in lemmas
        for entry in lexicon.verbs_of(lemma)
        for frame in ("clause", "quotation")
    )


def _behind_mark(doc: Doc, tree: Tree, speakers: Speakers) -> Attribution | None:
    """*Claim – police* and *claim: police*."""
    end = _end(tree)
    marks = [token.index for token in tree.tokens[:end] if token.text == ":" or token.text in DASHES]
    mark = next(reversed(marks), None)
    if mark is None or not _is_spaced(tree, mark):
        return None
    tail, claim = _words(tree, mark + 1, end), _words(tree, 0, mark)
    if len(claim) < SHORTEST_CLAIM or not speakers.is_speaker(tree, tail):
        return None
    return _attribution(doc, tree, (mark,), tail, claim, speakers.lexicon)


def _before_colon(doc: Doc, tree: Tree, speakers: Speakers) -> Attribution | None:
    """*Speaker: claim*; the claim must have a verb, or the speaker an office (*Police: no link between fires*)."""
    colon = next((token.index for token in tree.tokens if token.text == ":"), None)
    if colon is None or not _is_spaced(tree, colon):
        return None
    head, claim = _words(tree, 0, colon), _words(tree, colon + 1, _end(tree))
    has_verb = any(tree.tokens[index].upos in ("VERB", "AUX") for index in claim)
    if len(claim) < SHORTEST_CLAIM or tree.tokens[-1].text == "?":
        return None
    if not has_verb and not (tree.tokens[claim[0]].upos == "DET" and speakers.is_office(tree, head)):
        return None
    return _attribution(doc, tree, (colon,), head, claim, speakers.lexicon) if speakers.is_speaker(tree, head) else None


FORMS = (
    Form("verb", "Bridge is safe, insists mayor", _with_verb),
    Form("after-mark", "Ferry hit rock in fog – coastguard", _behind_mark),
    Form("before-colon", "Minister: tax will not rise", _before_colon),
)
"""The forms, in the order in which they are tried."""


def _is_spaced(tree: Tree, mark: int) -> bool:
    """Whether a dash has spaces on both sides, or a colon one after it: no hyphen, score or time."""
    if not 0 < mark < len(tree) - 1:
        return False
    token, before, after = tree.tokens[mark], tree.tokens[mark - 1], tree.tokens[mark + 1]
    return token.end < after.start and (token.text == ":" or before.end < token.start)


def _end(tree: Tree) -> int:
    """The number of tokens before a tail that only gives the kind of page (*… – as it happened*)."""
    for token in reversed(tree.tokens):
        if token.text in DASHES or token.text == "|":
            words = " ".join(tree.forms[index] for index in range(token.index + 1, len(tree)))
            return token.index if words in headline_tails() else len(tree)
    return len(tree)


def _words(tree: Tree, start: int, end: int) -> list[int]:
    return [index for index in range(start, end) if any(map(str.isalnum, tree.tokens[index].text))]


def _attribution(
    doc: Doc, tree: Tree, cue: Sequence[int], speaker: Sequence[int], claim: Sequence[int], lexicon: Lexicon
) -> Attribution:
    text = doc.draft.text
    content = stripped(text, [Span(tree.tokens[claim[0]].start, tree.tokens[claim[-1]].end)])
    content = tuple(_with_marks(text, span, tree) for span in content)
    spans = tree.spans(range(speaker[0], speaker[-1] + 1)) if speaker else ()
    words = tree.spans(cue)
    entry = next(iter(lexicon.verbs_of(tree.lemmas[cue[0]])), None)
    source = SourceMention(spans, text_of(text, spans), SourceKind.NONE)
    if not speaker:
        source = SourceMention((), "", SourceKind.AGENTLESS, reason="passive without an agent")
    return Attribution(
        id=f"headline-{tree.sentence.id}",
        sentence=tree.sentence.id,
        cue=Cue(words, text_of(text, words), tree.lemmas[cue[0]]),
        source=source,
        content=Content(content, text_of(text, content)),
        manner=Manner.INDIRECT,
        attitude=Attitude.ASSERTION if entry is None else entry.attitude,
        tone=Tone.NEUTRAL if entry is None else entry.tone,
        negated=False,
        parent=None,
        frame=Frame.HEADLINE,
    )


def _with_marks(text: str, span: Span, tree: Tree) -> Span:
    """The span with the quotation marks right beside it."""
    start, end = span.start, span.end
    while start > tree.sentence.start and text[start - 1] in "\"'“‘":
        start -= 1
    while end < tree.sentence.end and text[end] in "\"'”’":
        end += 1
    return Span(start, end)
