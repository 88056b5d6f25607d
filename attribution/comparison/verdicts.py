"""From claims that correspond to what the edit did to their sourcing."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from attribution.comparison.alignment import align, sentence_rows
from attribution.comparison.changes import (
    Change,
    ChangeKind,
    ClaimSource,
    Comparison,
    Link,
    Row,
    Side,
    Words,
)
from attribution.comparison.quotes import Altered, altered_quotations
from attribution.comparison.sources import SourceMatcher
from attribution.comparison.standing import Backer, Marker, Standing, certainty, standing
from attribution.comparison.version import ClaimView, Version
from attribution.comparison.wording import changed_words
from attribution.ingest import locate
from attribution.lexicon import Lexicon
from attribution.records import Analysis, Claim, Span, Voice
from attribution.scoring import Weights, load_weights

CLOSE = 0.12
"""Markers of one category whose effects differ by less are the same (*may*, *might*)."""

NOTICEABLE = 0.12
"""When one marker takes another's place, the certainty must change by this share to count."""

HOSTED = 0.5
"""A hedge on a part of a claim is gone only when this share of that part is still there."""

STILL_SAID = 0.85
"""A claim with this share of its words in one new sentence is not gone, even if no claim there corresponds to it."""

KIND_ORDER = {kind: number for number, kind in enumerate(ChangeKind)}


def compare(old: Analysis, new: Analysis, lexicon: Lexicon, weights: Weights | None = None) -> Comparison:
    """What the edit from ``old`` to ``new`` did to who says so and how sure the text is.

    ``lexicon`` and ``weights`` are those that the analyses were made with; ``weights`` are the built-in ones unless
    given.
    """
    before, after = Version(old), Version(new)
    links = align(before, after)
    rows = sentence_rows(before, after, links)
    judge = _Judge(before, after, lexicon, weights or load_weights(), links, rows)
    return Comparison(old, new, links, rows, judge.changes())


class _Finding(msgspec.Struct, frozen=True):
    """A change of one pair of claims, before those of one cause are put together."""

    kind: ChangeKind
    old: str | None
    new: str | None
    old_words: tuple[Words, ...] = ()
    new_words: tuple[Words, ...] = ()
    gone: tuple[ClaimSource, ...] = ()
    came: tuple[ClaimSource, ...] = ()

    @property
    def cause(self) -> tuple[object, ...]:
        """What two findings share that are one change."""
        return (self.kind, self.old_words, self.new_words, self.gone, self.came)


class _Judge:
    """Judges linked claims one by one and puts together what has one cause."""

    def __init__(
        self,
        old: Version,
        new: Version,
        lexicon: Lexicon,
        weights: Weights,
        links: Sequence[Link],
        rows: Sequence[Row],
    ) -> None:
        self.old, self.new, self.links = old, new, links
        self.matcher = SourceMatcher(old, new, lexicon)
        self.standings_old = {one.id: standing(one, old, lexicon, weights) for one in old.analysis.claims}
        self.standings_new = {one.id: standing(one, new, lexicon, weights) for one in new.analysis.claims}
        self.news_of: dict[str, list[str]] = defaultdict(list)
        self.olds_of: dict[str, list[str]] = defaultdict(list)
        for link in links:
            if link.old is not None and link.new is not None:
                self.news_of[link.old].append(link.new)
                self.olds_of[link.new].append(link.old)
        self.partners = frozenset((one, other) for row in rows for one in row.old for other in row.new)
        self.order = {identifier: number for number, row in enumerate(rows) for identifier in row.new}
        self.old_order = {identifier: number for number, row in enumerate(rows) for identifier in row.old}

    def changes(self) -> tuple[Change, ...]:
        """All changes in the order of the new version, numbered."""
        altered = altered_quotations(self.old, self.new, self.partners)
        findings = [finding for link in self.links for finding in self._judge(link)]
        findings = [one for one in findings if not self._is_within(one, altered)]
        drafts = [self._change(group) for group in _grouped(findings)]
        drafts += [self._quotation_change(one) for one in altered]
        drafts.sort(key=self._place)
        return tuple(msgspec.structs.replace(change, id=f"d{number}") for number, change in enumerate(drafts, 1))

    def _place(self, change: Change) -> tuple[int, int, int]:
        if change.new is not None:
            return (self.order.get(change.new.sentences[0], 0), change.new.span.start, KIND_ORDER[change.kind])
        assert change.old is not None
        return (self.old_order.get(change.old.sentences[0], 0), change.old.span.start, KIND_ORDER[change.kind])

    def _is_within(self, finding: _Finding, altered: Sequence[Altered]) -> bool:
        """Whether a claim that came or went did so because the words of its quotation were altered."""
        if finding.new is None and finding.old is not None:
            claim, quotations = self.old.claims[finding.old], [one.old for one in altered]
        elif finding.old is None and finding.new is not None:
            claim, quotations = self.new.claims[finding.new], [one.new for one in altered]
        else:
            return False
        return any(one.span.overlaps(span) for one in quotations for span in claim.spans)

    # --- One pair of claims -------------------------------------------------------------------------------------------

    def _judge(self, link: Link) -> list[_Finding]:
        if link.old is None:
            assert link.new is not None
            if self.standings_new[link.new].backers or self._only_describes(link.new):
                return []
            return [_Finding(ChangeKind.CLAIM_ADDED_UNSOURCED, None, link.new)]
        if link.new is None and (self._is_said_otherwise(link.old) or self._is_still_said(link.old)):
            return []
        if link.new is None:
            return [_Finding(ChangeKind.CLAIM_DROPPED, link.old, None)]
        findings = self._sourcing(link.old, link.new)
        commitment = self._commitment(link.old, link.new)
        return [*findings, *([commitment] if commitment is not None else [])]

    def _only_describes(self, new: str) -> bool:
        """Whether a relative clause names nothing that the old sentence does not (*its owner*, *who owns it*)."""
        view = self.new.view(new)
        lemmas = self.old.lemmas(one for one, other in self.partners if other == view.claim.sentence)
        described = [term.lemma for term in view.terms if not term.head]
        return view.relative and bool(described) and all(lemma in lemmas for lemma in described)

    def _is_said_otherwise(self, old: str) -> bool:
        """Whether the sentence beside has a claim of the same sources that nothing else corresponds to."""
        speakers = self.standings_old[old].speakers
        beside = {other for one, other in self.partners if one == self.old.claims[old].sentence}
        unlinked = [link.new for link in self.links if link.old is None and link.new is not None]
        return bool(speakers) and any(
            self.matcher.pairs(speakers, self.standings_new[new].speakers) == ([], [])
            for new in unlinked
            if self.new.claims[new].sentence in beside
        )

    def _is_still_said(self, old: str) -> bool:
        """Whether one sentence of the new version has the claim's words, though no claim of its own for them.

        What was denied is not still said by a sentence without the *not*.
        """
        if self.old.view(old).negated:
            return False
        terms = self.old.view(old).terms
        total = sum(term.weight for term in terms)
        for sentence in self.new.sentences:
            lemmas = self.new.lemmas([sentence])
            if terms and sum(term.weight for term in terms if term.lemma in lemmas) >= STILL_SAID * total:
                return True
        return False

    def _sourcing(self, old: str, new: str) -> list[_Finding]:
        before, after = self.standings_old[old], self.standings_new[new]
        if self.old.view(old).wording == self.new.view(new).wording:
            # Whoever acts in a claim acts in it still.
            before, after = _without_actors(before), _without_actors(after)
        gone, came = self.matcher.pairs(before.sources, after.sources)
        # What was merged into one claim brings its own sources along.
        others = [source for one in self.olds_of[new] if one != old for source in self.standings_old[one].sources]
        came = [one for one in came if not any(self.matcher.same(other, one) for other in others)]
        gone = [one for one in gone if not _acts_in(one, before, self.new.view(new))]
        came = [one for one in came if not _acts_in(one, after, self.old.view(old))]
        touched_old, touched_new = self._touched(old, new)
        gone = [one for one in gone if _is_touched(one, before, touched_old)]
        came = [one for one in came if _is_touched(one, after, touched_new)]
        if not gone and not came:
            return self._voices(old, new)
        kind = ChangeKind.SOURCE_REPLACED
        if not came:
            kind = ChangeKind.SOURCE_DROPPED
        elif not gone:
            kind = ChangeKind.SOURCE_ADDED
        return [
            _Finding(
                kind,
                old,
                new,
                _words_of(before.backers, gone),
                _words_of(after.backers, came),
                tuple(gone),
                tuple(came),
            )
        ]

    def _voices(self, old: str, new: str) -> list[_Finding]:
        """A quotation whose speaker is not clear where there was none before, or the reverse, with the same sources."""
        before, after = self.standings_old[old].voice, self.standings_new[new].voice
        if before is after or Voice.UNCLEAR not in (before, after):
            return []
        gone, came = self._changed_words(old, new)
        return [_Finding(ChangeKind.VOICE_CHANGED, old, new, _words(self.old.text, gone), _words(self.new.text, came))]

    def _touched(self, old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The words that differ between the sentences of two claims; all of what stands outside these sentences."""
        gone, came = self._changed_words(old, new)
        before = self.old.sentences[self.old.claims[old].sentence].span
        after = self.new.sentences[self.new.claims[new].sentence].span
        return (*gone, *_around(before, self.old.text)), (*came, *_around(after, self.new.text))

    def _changed_words(self, old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        before = self.old.sentences[self.old.claims[old].sentence].span
        after = self.new.sentences[self.new.claims[new].sentence].span
        return changed_words(self.old.text, [before], self.new.text, [after])

    def _commitment(self, old: str, new: str) -> _Finding | None:
        before, after = self.standings_old[old], self.standings_new[new]
        gone, came = _cancelled(before.markers, after.markers)
        gone = [one for one in gone if not self._elsewhere(one, self.news_of[old], self.standings_new)]
        came = [one for one in came if not self._elsewhere(one, self.olds_of[new], self.standings_old)]
        touched_old, touched_new = self._touched(old, new)
        gone = [one for one in gone if _hosted(one, self.new, new) and _overlap(one.words, touched_old)]
        came = [one for one in came if _hosted(one, self.old, old) and _overlap(one.words, touched_new)]
        if not (before.backers and after.backers):
            gone = [one for one in gone if not one.factive]
            came = [one for one in came if not one.factive]
        if not gone and not came:
            return None
        ratio = certainty(came) / max(certainty(gone), 0.01)
        if gone and came and abs(math.log(ratio)) < NOTICEABLE:
            return None
        return _Finding(
            ChangeKind.HARDENED if ratio > 1 else ChangeKind.SOFTENED,
            old,
            new,
            tuple(word for one in gone for word in one.words),
            tuple(word for one in came for word in one.words),
        )

    def _elsewhere(self, marker: Marker, claims: Iterable[str], standings: dict[str, Standing]) -> bool:
        """Whether a further part of a claim that was split, or merged, has the marker."""
        return any(other.lemma == marker.lemma for claim in claims for other in standings[claim].markers)

    # --- Changes ------------------------------------------------------------------------------------------------------

    def _change(self, group: Sequence[_Finding]) -> Change:
        first = group[0]
        old = list(dict.fromkeys(finding.old for finding in group if finding.old is not None))
        new = list(dict.fromkeys(finding.new for finding in group if finding.new is not None))
        before = self._side(self.old, old, first.old_words, self.standings_old) if old else None
        after = self._side(self.new, new, first.new_words, self.standings_new) if new else None
        return Change("", first.kind, before, after, first.gone, first.came)

    def _side(
        self, version: Version, identifiers: Sequence[str], words: tuple[Words, ...], standings: dict[str, Standing]
    ) -> Side:
        claims = sorted((version.claims[one] for one in identifiers), key=lambda claim: claim.spans[0])
        span = Span(claims[0].spans[0].start, max(claim.spans[-1].end for claim in claims))
        sources = tuple(dict.fromkeys(source for claim in claims for source in standings[claim.id].speakers))
        voices = tuple(dict.fromkeys(claim.voice for claim in claims))
        return _side(version, span, words, claims, sources, voices)

    def _quotation_change(self, one: Altered) -> Change:
        sides = []
        for version, quotation, spans, standings in (
            (self.old, one.old, one.old_words, self.standings_old),
            (self.new, one.new, one.new_words, self.standings_new),
        ):
            claims = [
                claim for claim in version.analysis.claims if any(span.overlaps(quotation.span) for span in claim.spans)
            ]
            sources = tuple(dict.fromkeys(source for claim in claims for source in standings[claim.id].speakers))
            voices = tuple(dict.fromkeys(claim.voice for claim in claims))
            words = _words(version.text, spans)
            sides.append(_side(version, quotation.span, words, claims, sources, voices))
        before, after = sides
        return Change("", ChangeKind.QUOTATION_ALTERED, before, after)


def _side(
    version: Version,
    span: Span,
    words: tuple[Words, ...],
    claims: Sequence[Claim],
    sources: tuple[ClaimSource, ...],
    voices: tuple[Voice, ...],
) -> Side:
    line, column = locate(version.analysis.draft, span.start)
    sentences = [one.id for one in version.analysis.sentences if one.span.overlaps(span)]
    held = dict.fromkeys([*(claim.sentence for claim in claims), *([] if claims else sentences)])
    return Side(
        span=span,
        text=version.text[span.start : span.end],
        line=line,
        column=column,
        words=words,
        claims=tuple(claim.id for claim in claims),
        sentences=tuple(held),
        sources=sources,
        voices=voices,
    )


def _words(text: str, spans: Iterable[Span]) -> tuple[Words, ...]:
    return tuple(Words(span, text[span.start : span.end]) for span in spans)


def _without_actors(standing: Standing) -> Standing:
    """The standing without those whom the claim is about."""
    backers = tuple(backer for backer in standing.backers if not backer.own_act)
    return msgspec.structs.replace(standing, backers=backers)


def _grouped(findings: Sequence[_Finding]) -> list[list[_Finding]]:
    """Findings by their cause: a source that carried three claims was dropped once."""
    groups: dict[tuple[object, ...], list[_Finding]] = {}
    for number, finding in enumerate(findings):
        named = finding.old_words or finding.new_words
        groups.setdefault(finding.cause if named else (finding.kind, number), []).append(finding)
    return list(groups.values())


def _words_of(backers: Sequence[Backer], sources: Sequence[ClaimSource]) -> tuple[Words, ...]:
    found = {word for backer in backers if backer.source in sources for word in backer.words}
    return tuple(sorted(found, key=lambda word: word.span))


def _cancelled(old: Sequence[Marker], new: Sequence[Marker]) -> tuple[list[Marker], list[Marker]]:
    """The markers of each version without those that the other has as well, or one of the same effect."""
    gone, came = list(old), list(new)
    for same in (_same_word, _same_effect):
        for one in list(gone):
            other = next((marker for marker in came if same(one, marker)), None)
            if other is not None:
                gone.remove(one)
                came.remove(other)
    return gone, came


def _same_word(one: Marker, other: Marker) -> bool:
    return one.lemma == other.lemma or set(one.lemma.split()) <= set(other.lemma.split())


def _same_effect(one: Marker, other: Marker) -> bool:
    return one.category == other.category and abs(one.share - other.share) < CLOSE


def _acts_in(source: ClaimSource, standing: Standing, view: ClaimView) -> bool:
    """Whether a claim about what a source does is, in the other version, a claim about that source still."""
    if not all(backer.own_act for backer in standing.backers if backer.source == source):
        return False
    return view.pronoun_subject or source.name.split()[-1].casefold() in view.subject


def _around(span: Span, text: str) -> tuple[Span, Span]:
    return Span(0, span.start), Span(span.end, len(text))


def _is_touched(source: ClaimSource, standing: Standing, touched: Sequence[Span]) -> bool:
    """Whether the edit touched the words that name the source and say that it speaks.

    Words that stand in both versions were neither put in nor taken out, even where they are read as bearing on another
    part of the sentence.
    """
    return _overlap([word for backer in standing.backers if backer.source == source for word in backer.words], touched)


def _overlap(words: Iterable[Words], spans: Sequence[Span]) -> bool:
    return any(word.span.overlaps(span) for word in words for span in spans)


def _hosted(marker: Marker, there: Version, claim: str) -> bool:
    """Whether the part of the claim that the marker bears on is in the other version's sentence at all."""
    if not marker.host:
        return True
    tokens = there.sentences[there.claims[claim].sentence].tokens
    lemmas = {token.lemma.casefold() for token in tokens}
    return len(marker.host & lemmas) >= HOSTED * len(marker.host)
