"""Decides, from the corresponding claims, how the edit changed their sourcing."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from attribution.comparison.alignment import align
from attribution.comparison.attention import opened_and_closed
from attribution.comparison.changes import (
    Change,
    ChangeKind,
    ClaimSource,
    Comparison,
    Link,
    Relation,
    Row,
    Side,
    Words,
)
from attribution.comparison.figures import changed_figures
from attribution.comparison.firmness import firmness
from attribution.comparison.gravity import gravity
from attribution.comparison.matching import PARTLY_COMPARED
from attribution.comparison.quotes import Altered, altered_quotations
from attribution.comparison.rows import sentence_rows
from attribution.comparison.sides import side_of, words_at
from attribution.comparison.sources import SourceMatcher
from attribution.comparison.speech import MadeDirect, made_direct
from attribution.comparison.standing import Backer, Marker, Standing, cancelled, certainty, standing
from attribution.comparison.version import ClaimView, Term, Version
from attribution.comparison.wording import changed_words
from attribution.extraction.span_index import SpanIndex
from attribution.lexicon import Lexicon
from attribution.records import Analysis, Grade, Place, Span, Voice
from attribution.scoring import Weights, load_weights

NOTICEABLE = 0.12
"""If a marker replaces another, the logarithm of the certainty must change by at least this much to count."""

HOSTED = 0.5
"""The removal of a hedge on part of a claim counts only if this share of that part remains."""

ROUNDING = 1e-6
"""Sums of the same weights in another order differ by less."""

STILL_SAID = 0.85
"""A claim with this share of its words in a new sentence was not dropped, even if no claim corresponds to it."""

KIND_ORDER = {kind: number for number, kind in enumerate(ChangeKind)}


def compare(old: Analysis, new: Analysis, lexicon: Lexicon, weights: Weights | None = None) -> Comparison:
    """How the edit from ``old`` to ``new`` changed who says so and how sure the text is.

    ``lexicon`` and ``weights`` are those of the analyses; ``weights`` defaults to the built-in ones.
    """
    before, after = Version(old), Version(new)
    notices: dict[str, None] = {}
    links = align(before, after, lambda: notices.setdefault(PARTLY_COMPARED))
    rows = sentence_rows(before, after, links)
    judge = _Judge(before, after, lexicon, weights or load_weights(), links, rows)
    return Comparison(old, new, links, rows, judge.changes(), tuple(notices))


class _Finding(msgspec.Struct, frozen=True):
    """A change of a single pair of claims, before changes with the same cause are merged."""

    kind: ChangeKind
    old: str | None
    new: str | None
    old_words: tuple[Words, ...] = ()
    new_words: tuple[Words, ...] = ()
    gone: tuple[ClaimSource, ...] = ()
    came: tuple[ClaimSource, ...] = ()
    grades: tuple[Grade | None, Grade | None] = (None, None)

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
        self.news_beside: dict[str, set[str]] = defaultdict(set)
        self.olds_beside: dict[str, set[str]] = defaultdict(set)
        for before, after in self.partners:
            self.news_beside[before].add(after)
            self.olds_beside[after].add(before)
        self.unlinked: dict[str, list[str]] = defaultdict(list)
        for link in links:
            if link.old is None and link.new is not None:
                self.unlinked[new.claims[link.new].sentence].append(link.new)
        self._still_said: dict[tuple[Term, ...], bool] = {}
        self._changed: dict[tuple[str, str], tuple[tuple[Span, ...], tuple[Span, ...]]] = {}
        self.order = {identifier: number for number, row in enumerate(rows) for identifier in row.new}
        self.old_order = {identifier: number for number, row in enumerate(rows) for identifier in row.old}

    def changes(self) -> tuple[Change, ...]:
        """All changes in the order of the new version, numbered."""
        altered = altered_quotations(self.old, self.new, self.partners)
        findings = [finding for link in self.links for finding in self._judge(link)]
        altered_old = SpanIndex((alteration.old.span, alteration.old.id) for alteration in altered)
        altered_new = SpanIndex((alteration.new.span, alteration.new.id) for alteration in altered)
        findings = [finding for finding in findings if not self._is_within(finding, altered_old, altered_new)]
        changes = [self._change(group) for group in _grouped(findings)]
        changes += [self._quotation_change(quotation) for quotation in altered]
        quoted = [quotation.new for quotation in altered]
        changes += [self._made_direct(found) for found in made_direct(self.links, self.old, self.new, quoted)]
        changes = self._with_places(changes)
        changes.sort(key=self._place)
        return tuple(
            msgspec.structs.replace(change, id=f"d{number}", gravity=gravity(change, self.old, self.new))
            for number, change in enumerate(changes, 1)
        )

    def _place(self, change: Change) -> tuple[int, int, int]:
        if change.new is not None:
            return (self.order.get(change.new.sentences[0], 0), change.new.span.start, KIND_ORDER[change.kind])
        assert change.old is not None
        return (self.old_order.get(change.old.sentences[0], 0), change.old.span.start, KIND_ORDER[change.kind])

    def _is_within(self, finding: _Finding, old: SpanIndex[str], new: SpanIndex[str]) -> bool:
        """Whether a claim came, went or got another figure only because the words of its quotation were altered."""
        if finding.kind is ChangeKind.FIGURE_CHANGED:
            return any(new.overlapping(word.span) for word in finding.new_words)
        if finding.new is None and finding.old is not None:
            return any(old.overlapping(span) for span in self.old.claims[finding.old].spans)
        if finding.old is None and finding.new is not None:
            return any(new.overlapping(span) for span in self.new.claims[finding.new].spans)
        return False

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
        figures = self._figures(link) if link.relation not in (Relation.SPLIT, Relation.MERGED) else []
        return [*findings, *([commitment] if commitment is not None else []), *figures]

    def _only_describes(self, new: str) -> bool:
        """Whether a relative clause only repeats words of the old sentence (*its owner*, *who owns it*)."""
        view = self.new.view(new)
        described = [term.lemma for term in view.terms if not term.head]
        if not view.relative or not described:
            return False
        lemmas = self.old.lemmas(self.olds_beside[view.claim.sentence])
        return all(lemma in lemmas for lemma in described)

    def _is_said_otherwise(self, old: str) -> bool:
        """Whether the corresponding sentence has an unlinked claim of the same sources."""
        speakers = self.standings_old[old].speakers
        return bool(speakers) and any(
            self.matcher.pairs(speakers, self.standings_new[new].speakers) == ([], [])
            for sentence in self.news_beside[self.old.claims[old].sentence]
            for new in self.unlinked[sentence]
        )

    def _is_still_said(self, old: str) -> bool:
        """Whether a sentence of the new version contains the claim's words, even if no claim there corresponds.

        Not for a negated claim: the sentence might lack the negation.
        """
        if self.old.view(old).negated:
            return False
        terms = self.old.view(old).terms
        if terms not in self._still_said:
            self._still_said[terms] = self._has_words(terms)
        return self._still_said[terms]

    def _has_words(self, terms: Sequence[Term]) -> bool:
        """Whether a sentence of the new version has nearly all of these words."""
        total = sum(term.weight for term in terms)
        places = self.new.sentences_with
        rarest = sorted(terms, key=lambda term: len(places.get(term.lemma, ())))
        # A sentence without any of the rarest words that weigh more than may be missing cannot have enough.
        missing = 0.0
        looked_at: set[str] = set()
        for term in rarest:
            for sentence in places.get(term.lemma, ()):
                if sentence in looked_at:
                    continue
                looked_at.add(sentence)
                lemmas = self.new.lemmas_of_sentences[sentence]
                if sum(term.weight for term in terms if term.lemma in lemmas) >= STILL_SAID * total:
                    return True
            missing += term.weight
            if missing > (1 - STILL_SAID) * total + ROUNDING:
                break
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
        return [_Finding(ChangeKind.VOICE_CHANGED, old, new, words_at(self.old, gone), words_at(self.new, came))]

    def _figures(self, link: Link) -> list[_Finding]:
        """A finding for each figure of the claim that was replaced by another."""
        assert link.old is not None
        assert link.new is not None
        gone, came = changed_figures(self.old.claims[link.old], self.new.claims[link.new], self.old, self.new)
        return [
            _Finding(
                ChangeKind.FIGURE_CHANGED, link.old, link.new, words_at(self.old, [before]), words_at(self.new, [after])
            )
            for before, after in zip(gone, came, strict=True)
        ]

    def _touched(self, old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The words that differ between the sentences of two claims, and all text outside these sentences."""
        gone, came = self._changed_words(old, new)
        before = self.old.sentences[self.old.claims[old].sentence].span
        after = self.new.sentences[self.new.claims[new].sentence].span
        return (*gone, *_around(before, self.old.text)), (*came, *_around(after, self.new.text))

    def _changed_words(self, old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        sentences = self.old.claims[old].sentence, self.new.claims[new].sentence
        if sentences not in self._changed:
            before, after = self.old.sentences[sentences[0]].span, self.new.sentences[sentences[1]].span
            self._changed[sentences] = changed_words(self.old.text, [before], self.new.text, [after])
        return self._changed[sentences]

    def _commitment(self, old: str, new: str) -> _Finding | None:
        before, after = self.standings_old[old], self.standings_new[new]
        gone, came = cancelled(before.markers, after.markers)
        gone = [marker for marker in gone if not self._elsewhere(marker, self.news_of[old], self.standings_new)]
        came = [marker for marker in came if not self._elsewhere(marker, self.olds_of[new], self.standings_old)]
        touched_old, touched_new = self._touched(old, new)
        gone = [marker for marker in gone if _hosted(marker, self.new, new) and _overlap(marker.words, touched_old)]
        came = [marker for marker in came if _hosted(marker, self.old, old) and _overlap(marker.words, touched_new)]
        if not (before.backers and after.backers):
            gone = [marker for marker in gone if not marker.factive]
            came = [marker for marker in came if not marker.factive]
        claims = self.old.claims[old], self.new.claims[new]
        graded = firmness(*claims, self.old, self.new, *self._changed_words(old, new))
        if not gone and not came:
            if graded is None:
                return None
            kind = ChangeKind.HARDENED if graded.is_firmer else ChangeKind.SOFTENED
            return _Finding(kind, old, new, graded.old_words, graded.new_words, grades=(graded.old, graded.new))
        ratio = certainty(came) / max(certainty(gone), 0.01)
        if gone and came and abs(math.log(ratio)) < NOTICEABLE:
            return None
        old_words = tuple(word for marker in gone for word in marker.words)
        new_words = tuple(word for marker in came for word in marker.words)
        kind = ChangeKind.HARDENED if ratio > 1 else ChangeKind.SOFTENED
        if graded is None or graded.is_firmer != (ratio > 1):
            return _Finding(kind, old, new, old_words, new_words)
        words = old_words or graded.old_words, new_words or graded.new_words
        return _Finding(kind, old, new, *words, grades=(graded.old, graded.new))

    def _elsewhere(self, marker: Marker, claims: Iterable[str], standings: dict[str, Standing]) -> bool:
        """Whether another part of a split or merged claim has the marker."""
        return any(other.lemma == marker.lemma for claim in claims for other in standings[claim].markers)

    # --- Changes ------------------------------------------------------------------------------------------------------

    def _change(self, group: Sequence[_Finding]) -> Change:
        first = group[0]
        old = list(dict.fromkeys(finding.old for finding in group if finding.old is not None))
        new = list(dict.fromkeys(finding.new for finding in group if finding.new is not None))
        firm_before, firm_after = first.grades
        before = side_of(self.old, old, first.old_words, self.standings_old, grade=firm_before) if old else None
        after = side_of(self.new, new, first.new_words, self.standings_new, grade=firm_after) if new else None
        return Change("", first.kind, before, after, first.gone, first.came)

    def _quotation_change(self, altered: Altered) -> Change:
        before, after = (
            side_of(
                version,
                [claim.id for claim in version.claims_at(quotation.span)],
                words_at(version, spans),
                standings,
                span=quotation.span,
            )
            for version, quotation, spans, standings in (
                (self.old, altered.old, altered.old_words, self.standings_old),
                (self.new, altered.new, altered.new_words, self.standings_new),
            )
        )
        return Change("", ChangeKind.QUOTATION_ALTERED, before, after)

    def _made_direct(self, found: MadeDirect) -> Change:
        before = side_of(self.old, found.old, (), self.standings_old)
        words = words_at(self.new, found.quotation.parts)
        after = side_of(self.new, found.new, words, self.standings_new, span=found.quotation.span)
        return Change("", ChangeKind.MADE_DIRECT, before, after)

    def _with_places(self, changes: Sequence[Change]) -> list[Change]:
        """The changes with the places to look at that they opened and closed, and a change for each of the others."""
        opened, closed = opened_and_closed(self.old.analysis.places, self.new.analysis.places, self.partners)
        held: dict[int, tuple[list[Place], list[Place]]] = {}
        alone: list[Change] = []
        for places, is_new in ((opened, True), (closed, False)):
            causes = _Causes([change.new if is_new else change.old for change in changes])
            for place in places:
                number = causes.of(place)
                if number is not None:
                    held.setdefault(number, ([], []))[0 if is_new else 1].append(place)
                else:
                    alone.append(self._place_change(place, is_new))
        told = [
            msgspec.structs.replace(change, opened=tuple(held[number][0]), closed=tuple(held[number][1]))
            if number in held
            else change
            for number, change in enumerate(changes)
        ]
        return [*told, *alone]

    def _place_change(self, place: Place, is_new: bool) -> Change:
        """The change that an edit elsewhere opened or closed a place."""
        if is_new:
            before = self.olds_of.get(place.claim, [])
            return Change(
                "",
                ChangeKind.PLACE_OPENED,
                side_of(self.old, before, (), self.standings_old) if before else None,
                side_of(self.new, [place.claim], words_at(self.new, place.spans), self.standings_new),
                opened=(place,),
            )
        after = self.news_of.get(place.claim, [])
        return Change(
            "",
            ChangeKind.PLACE_CLOSED,
            side_of(self.old, [place.claim], words_at(self.old, place.spans), self.standings_old),
            side_of(self.new, after, (), self.standings_new) if after else None,
            closed=(place,),
        )


class _Causes:
    """Which change, of which these are the sides, opened or closed a place."""

    def __init__(self, sides: Sequence[Side | None]) -> None:
        self._of_claim: dict[str, int] = {}
        self._in_sentence: dict[str, int] = {}
        for number, side in enumerate(sides):
            if side is not None:
                for claim in side.claims:
                    self._of_claim.setdefault(claim, number)
                for sentence in side.sentences:
                    self._in_sentence.setdefault(sentence, number)

    def of(self, place: Place) -> int | None:
        """The first change of the place's claim, else the first in its sentence; None if there is none."""
        return self._of_claim.get(place.claim, self._in_sentence.get(place.sentence))


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
