"""Decides, from the corresponding claims, how the edit changed their sourcing."""

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
"""Markers of the same category whose effects differ by less count as equal (*may*, *might*)."""

NOTICEABLE = 0.12
"""If a marker replaces another, the logarithm of the certainty must change by at least this much to count."""

HOSTED = 0.5
"""The removal of a hedge on part of a claim counts only if this share of that part remains."""

STILL_SAID = 0.85
"""A claim with this share of its words in a new sentence was not dropped, even if no claim corresponds to it."""

KIND_ORDER = {kind: number for number, kind in enumerate(ChangeKind)}


def compare(old: Analysis, new: Analysis, lexicon: Lexicon, weights: Weights | None = None) -> Comparison:
    """How the edit from ``old`` to ``new`` changed who says so and how sure the text is.

    ``lexicon`` and ``weights`` are those of the analyses; ``weights`` defaults to the built-in ones.
    """
    before, after = Version(old), Version(new)
    links = align(before, after)
    rows = sentence_rows(before, after, links)
    judge = _Judge(before, after, lexicon, weights or load_weights(), links, rows)
    return Comparison(old, new, links, rows, judge.changes())


class _Finding(msgspec.Struct, frozen=True):
    """A change of a single pair of claims, before changes with the same cause are merged."""

    kind: ChangeKind
    old: str | None
    new: str | None
    old_words: tuple[Words, ...] = ()
    new_words: tuple[Words, ...] = ()
    gone: tuple[ClaimSource, ...] = ()
    came: tuple[ClaimSource, ...] = ()

    @property
    def cause(self) -> tuple[object, ...]:
        """Equal for findings that are the same change."""
        return (self.kind, self.old_words, self.new_words, self.gone, self.came)


class _Judge:
    """Judges each pair of linked claims and merges changes with the same cause."""

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
        self.standings_old = {claim.id: standing(claim, old, lexicon, weights) for claim in old.analysis.claims}
        self.standings_new = {claim.id: standing(claim, new, lexicon, weights) for claim in new.analysis.claims}
        self.news_of: dict[str, list[str]] = defaultdict(list)
        self.olds_of: dict[str, list[str]] = defaultdict(list)
        for link in links:
            if link.old is not None and link.new is not None:
                self.news_of[link.old].append(link.new)
                self.olds_of[link.new].append(link.old)
        self.partners = frozenset((before, after) for row in rows for before in row.old for after in row.new)
        self.order = {identifier: number for number, row in enumerate(rows) for identifier in row.new}
        self.old_order = {identifier: number for number, row in enumerate(rows) for identifier in row.old}

    def changes(self) -> tuple[Change, ...]:
        """All changes in the order of the new version, numbered."""
        altered = altered_quotations(self.old, self.new, self.partners)
        findings = [finding for link in self.links for finding in self._judge(link)]
        findings = [finding for finding in findings if not self._is_within(finding, altered)]
        drafts = [self._change(group) for group in _grouped(findings)]
        drafts += [self._quotation_change(quotation) for quotation in altered]
        drafts.sort(key=self._place)
        return tuple(msgspec.structs.replace(change, id=f"d{number}") for number, change in enumerate(drafts, 1))

    def _place(self, change: Change) -> tuple[int, int, int]:
        if change.new is not None:
            return (self.order.get(change.new.sentences[0], 0), change.new.span.start, KIND_ORDER[change.kind])
        assert change.old is not None
        return (self.old_order.get(change.old.sentences[0], 0), change.old.span.start, KIND_ORDER[change.kind])

    def _is_within(self, finding: _Finding, altered: Sequence[Altered]) -> bool:
        """Whether a claim was added or removed only because the words of its quotation were altered."""
        if finding.new is None and finding.old is not None:
            claim, quotations = self.old.claims[finding.old], [alteration.old for alteration in altered]
        elif finding.old is None and finding.new is not None:
            claim, quotations = self.new.claims[finding.new], [alteration.new for alteration in altered]
        else:
            return False
        return any(quotation.span.overlaps(span) for quotation in quotations for span in claim.spans)

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
        """Whether a relative clause only repeats words of the old sentence (*its owner*, *who owns it*)."""
        view = self.new.view(new)
        lemmas = self.old.lemmas(before for before, after in self.partners if after == view.claim.sentence)
        described = [term.lemma for term in view.terms if not term.head]
        return view.relative and bool(described) and all(lemma in lemmas for lemma in described)

    def _is_said_otherwise(self, old: str) -> bool:
        """Whether the corresponding sentence has an unlinked claim of the same sources."""
        speakers = self.standings_old[old].speakers
        beside = {after for before, after in self.partners if before == self.old.claims[old].sentence}
        unlinked = [link.new for link in self.links if link.old is None and link.new is not None]
        return bool(speakers) and any(
            self.matcher.pairs(speakers, self.standings_new[new].speakers) == ([], [])
            for new in unlinked
            if self.new.claims[new].sentence in beside
        )

    def _is_still_said(self, old: str) -> bool:
        """Whether a sentence of the new version contains the claim's words, even if no claim there corresponds.

        Not for a negated claim: the sentence might lack the negation.
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
            # Those who act in an unchanged claim still do.
            before, after = _without_actors(before), _without_actors(after)
        gone, came = self.matcher.pairs(before.sources, after.sources)
        # A claim merged into another brings its own sources.
        others = [
            source
            for identifier in self.olds_of[new]
            if identifier != old
            for source in self.standings_old[identifier].sources
        ]
        came = [source for source in came if not any(self.matcher.same(other, source) for other in others)]
        gone = [source for source in gone if not _acts_in(source, before, self.new.view(new))]
        came = [source for source in came if not _acts_in(source, after, self.old.view(old))]
        touched_old, touched_new = self._touched(old, new)
        gone = [source for source in gone if _is_touched(source, before, touched_old)]
        came = [source for source in came if _is_touched(source, after, touched_new)]
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
        """The change to or from a quotation whose speaker is unclear, with the same sources."""
        before, after = self.standings_old[old].voice, self.standings_new[new].voice
        if before is after or Voice.UNCLEAR not in (before, after):
            return []
        gone, came = self._changed_words(old, new)
        return [_Finding(ChangeKind.VOICE_CHANGED, old, new, _words(self.old.text, gone), _words(self.new.text, came))]

    def _touched(self, old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The words that differ between the sentences of two claims, and all text outside these sentences."""
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
        gone = [marker for marker in gone if not self._elsewhere(marker, self.news_of[old], self.standings_new)]
        came = [marker for marker in came if not self._elsewhere(marker, self.olds_of[new], self.standings_old)]
        touched_old, touched_new = self._touched(old, new)
        gone = [marker for marker in gone if _hosted(marker, self.new, new) and _overlap(marker.words, touched_old)]
        came = [marker for marker in came if _hosted(marker, self.old, old) and _overlap(marker.words, touched_new)]
        if not (before.backers and after.backers):
            gone = [marker for marker in gone if not marker.factive]
            came = [marker for marker in came if not marker.factive]
        if not gone and not came:
            return None
        ratio = certainty(came) / max(certainty(gone), 0.01)
        if gone and came and abs(math.log(ratio)) < NOTICEABLE:
            return None
        return _Finding(
            ChangeKind.HARDENED if ratio > 1 else ChangeKind.SOFTENED,
            old,
            new,
            tuple(word for marker in gone for word in marker.words),
            tuple(word for marker in came for word in marker.words),
        )

    def _elsewhere(self, marker: Marker, claims: Iterable[str], standings: dict[str, Standing]) -> bool:
        """Whether another part of a split or merged claim has the marker."""
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
        claims = sorted((version.claims[identifier] for identifier in identifiers), key=lambda claim: claim.spans[0])
        span = Span(claims[0].spans[0].start, max(claim.spans[-1].end for claim in claims))
        return _side(version, span, words, claims, standings)

    def _quotation_change(self, altered: Altered) -> Change:
        sides = []
        for version, quotation, spans, standings in (
            (self.old, altered.old, altered.old_words, self.standings_old),
            (self.new, altered.new, altered.new_words, self.standings_new),
        ):
            claims = [
                claim for claim in version.analysis.claims if any(span.overlaps(quotation.span) for span in claim.spans)
            ]
            sides.append(_side(version, quotation.span, _words(version.text, spans), claims, standings))
        before, after = sides
        return Change("", ChangeKind.QUOTATION_ALTERED, before, after)


def _side(
    version: Version,
    span: Span,
    words: tuple[Words, ...],
    claims: Sequence[Claim],
    standings: dict[str, Standing],
) -> Side:
    line, column = locate(version.analysis.draft, span.start)
    sentences = [sentence.id for sentence in version.analysis.sentences if sentence.span.overlaps(span)]
    held = dict.fromkeys([*(claim.sentence for claim in claims), *([] if claims else sentences)])
    return Side(
        start=span.start,
        end=span.end,
        line=line,
        column=column,
        text=version.text[span.start : span.end],
        words=words,
        claims=tuple(claim.id for claim in claims),
        sentences=tuple(held),
        sources=tuple(dict.fromkeys(source for claim in claims for source in standings[claim.id].speakers)),
        voices=tuple(dict.fromkeys(claim.voice for claim in claims)),
    )


def _words(text: str, spans: Iterable[Span]) -> tuple[Words, ...]:
    return tuple(Words(span.start, span.end, text[span.start : span.end]) for span in spans)


def _without_actors(standing: Standing) -> Standing:
    """The standing without the sources that the claim is about."""
    backers = tuple(backer for backer in standing.backers if not backer.own_act)
    return msgspec.structs.replace(standing, backers=backers)


def _grouped(findings: Sequence[_Finding]) -> list[list[_Finding]]:
    """Findings by cause: a source dropped from three claims is a single change."""
    groups: dict[tuple[object, ...], list[_Finding]] = {}
    for number, finding in enumerate(findings):
        named = finding.old_words or finding.new_words
        groups.setdefault(finding.cause if named else (finding.kind, number), []).append(finding)
    return list(groups.values())


def _words_of(backers: Sequence[Backer], sources: Sequence[ClaimSource]) -> tuple[Words, ...]:
    found = {word for backer in backers if backer.source in sources for word in backer.words}
    return tuple(sorted(found, key=lambda word: word.span))


def _cancelled(old: Sequence[Marker], new: Sequence[Marker]) -> tuple[list[Marker], list[Marker]]:
    """The markers of each version without those that have a counterpart (same word or same effect) in the other."""
    gone, came = list(old), list(new)
    for same in (_same_word, _same_effect):
        for marker in list(gone):
            partner = next((candidate for candidate in came if same(marker, candidate)), None)
            if partner is not None:
                gone.remove(marker)
                came.remove(partner)
    return gone, came


def _same_word(first: Marker, second: Marker) -> bool:
    return first.lemma == second.lemma or set(first.lemma.split()) <= set(second.lemma.split())


def _same_effect(first: Marker, second: Marker) -> bool:
    return first.category == second.category and abs(first.share - second.share) < CLOSE


def _acts_in(source: ClaimSource, standing: Standing, view: ClaimView) -> bool:
    """Whether the claim is about an act of the source, and the other version's claim still is."""
    if not all(backer.own_act for backer in standing.backers if backer.source == source):
        return False
    return view.pronoun_subject or source.name.split()[-1].casefold() in view.subject


def _around(span: Span, text: str) -> tuple[Span, Span]:
    return Span(0, span.start), Span(span.end, len(text))


def _is_touched(source: ClaimSource, standing: Standing, touched: Sequence[Span]) -> bool:
    """Whether the edit touched the words that name the source and its cue.

    Words in both versions were neither added nor removed, even if the analyses attach them to different parts of the
    sentence.
    """
    return _overlap([word for backer in standing.backers if backer.source == source for word in backer.words], touched)


def _overlap(words: Iterable[Words], spans: Sequence[Span]) -> bool:
    return any(word.span.overlaps(span) for word in words for span in spans)


def _hosted(marker: Marker, there: Version, claim: str) -> bool:
    """Whether the part of the claim in the marker's scope is in the other version's sentence at all."""
    if not marker.host:
        return True
    tokens = there.sentences[there.claims[claim].sentence].tokens
    lemmas = {token.lemma.casefold() for token in tokens}
    return len(marker.host & lemmas) >= HOSTED * len(marker.host)
