"""What an edit did, in a sentence for an editor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attribution.comparison import Change, ChangeKind, ClaimSource, Comparison, Side, Words
from attribution.records import MOST_SUPPORT, Analysis, Place
from attribution.reporting.attention import PointKind
from attribution.reporting.words import CARRIERS, GRADES, INNER_QUOTES, KINDS, POINTS, capital

SHORT = 70

TELLS_WHO = frozenset(
    {
        ChangeKind.SOURCE_DROPPED,
        ChangeKind.SOURCE_REPLACED,
        ChangeKind.SOURCE_ADDED,
        ChangeKind.VOICE_CHANGED,
        ChangeKind.CLAIM_ADDED_UNSOURCED,
        ChangeKind.CLAIM_DROPPED,
    }
)
"""Changes whose message says who answered for the claim and who does now."""

NOTHING_CHANGED = "Nothing changed in who says so and how sure the text is."


def drafts_name(comparison: Comparison, arrow: str) -> str:
    """The draft's name, or with an arrow what it was and is; a version that does not exist has none."""
    old, new = (_name(analysis) for analysis in (comparison.old, comparison.new))
    return new if old == new else f"{old} {arrow} {new}"


def _name(analysis: Analysis) -> str:
    return analysis.draft.path if analysis.draft.text else "(no file)"


def message(change: Change) -> str:
    """One or two sentences without line breaks: what was so before, and what is so now."""
    old, new = change.old, change.new
    old_sources, new_sources = old.sources if old else (), new.sources if new else ()
    old_words, new_words = old.words if old else (), new.words if new else ()
    match change.kind:
        case ChangeKind.SOURCE_DROPPED:
            if new_sources:
                return f"No longer attributed to {_named(change.gone)}; what is left is {_named(new_sources)}."
            return f"Was attributed to {_named(change.gone)}; is now {_whose(new)}."
        case ChangeKind.SOURCE_REPLACED:
            before, after = _named(change.gone, kinds=True), _named(change.came, kinds=True)
            return f"Was attributed to {before}; is now attributed to {after}."
        case ChangeKind.SOURCE_ADDED:
            if old_sources:
                return f"Now also attributed to {_named(change.came)}, besides {_named(old_sources)}."
            return f"Was {_whose(old)}; is now attributed to {_named(change.came)}."
        case ChangeKind.HARDENED | ChangeKind.SOFTENED:
            return _commitment(change)
        case ChangeKind.QUOTATION_ALTERED:
            return f"Words inside quotation marks changed: {_differences(old_words, new_words)}."
        case ChangeKind.CLAIM_ADDED_UNSOURCED:
            return f"New, and {_whose(new)}: {quoted(new.text if new else '')}."
        case ChangeKind.CLAIM_DROPPED:
            whose = f" (source: {_named(old_sources)})" if old_sources else ""
            return f"No longer said: {quoted(old.text if old else '')}{whose}."
        case ChangeKind.VOICE_CHANGED:
            return f"Was {_whose(old)}; is now {_whose(new)}."
        case ChangeKind.MADE_DIRECT:
            return f"Was told without quotation marks; now stands between them: {quoted(new.text if new else '')}."
        case ChangeKind.FIGURE_CHANGED:
            return f"{_list(old_words)} became {_list(new_words)}."
        case ChangeKind.PLACE_OPENED:
            return f"What stands around it changed: {quoted(new.text if new else '')}."
        case ChangeKind.PLACE_CLOSED:
            return f"What stood around it changed: {quoted(old.text if old else '')}."


def notes(change: Change) -> list[str]:
    """What came of the change: who answers now and how near they are, and what there is to look at."""
    closed = [f"No longer to look at ({_point(place)}): {place.reason}" for place in change.closed]
    opened = [f"Now to look at ({_point(place)}): {place.reason}" for place in change.opened]
    measures = _measures(change)
    return [*([measures] if measures else []), *closed, *opened]


def remedies(change: Change) -> list[str]:
    """How to mend what the change opened."""
    return list(dict.fromkeys(place.remedy for place in change.opened))


def _measures(change: Change) -> str:
    """How the change moved who answers and how near they are, where the message does not tell it; mostly nothing."""
    old, new = change.old, change.new
    if old is None or new is None:
        return ""
    told: list[str] = []
    if old.carriers != new.carriers and change.kind not in TELLS_WHO:
        told.append(f"who answers: {_shorts(old)} → {_shorts(new)}")
    if old.support is not None and new.support is not None and old.support != new.support:
        how = "nearer" if new.support > old.support else "less near"
        told.append(f"the source is {how} (support {old.support} → {new.support} of {MOST_SUPPORT})")
    return capital("; ".join(told)) + "." * bool(told)


def summary(change: Change) -> str:
    """All that is told of the change, on one line."""
    return " ".join([message(change), *notes(change), *remedies(change)])


def _point(place: Place) -> str:
    label = POINTS[PointKind(place.kind.value)]
    return label[:1].lower() + label[1:]


def _whose(side: Side | None) -> str:
    return " and ".join(CARRIERS[carrier].whose for carrier in side.carriers) if side is not None else ""


def _shorts(side: Side) -> str:
    return ", ".join(CARRIERS[carrier].short for carrier in side.carriers)


def quoted(text: str, most: int = SHORT) -> str:
    """The text on one line between quotation marks, cut at a word when it is long."""
    line = " ".join(text.split())
    if len(line) > most:
        line = line[:most].rsplit(" ", 1)[0].rstrip(",;:–—- ") + " …"
    return f"“{line.translate(INNER_QUOTES)}”"


def _commitment(change: Change) -> str:
    """What became firmer or weaker, by which words, and from which grade to which, if they differ."""
    assert change.old is not None
    assert change.new is not None
    old, new = change.old.words, change.new.words
    effect = "stated more firmly" if change.kind is ChangeKind.HARDENED else "stated less firmly"
    if change.old.grade is not None and change.new.grade is not None:
        effect += f" ({GRADES[change.new.grade]}, no longer {GRADES[change.old.grade]})"
    if old and new:
        return f"{_list(old)} became {_list(new)}: the claim is {effect}."
    if old:
        return f"{_list(old)} is gone: the claim is {effect}."
    return f"{_list(new)} was put in: the claim is {effect}."


def _differences(old: Sequence[Words], new: Sequence[Words]) -> str:
    if old and new:
        return f"{_list(old)} became {_list(new)}"
    if old:
        return f"{_list(old)} left out without an ellipsis"
    return f"{_list(new)} put in" if new else "the words stand in another order"


def _list(words: Iterable[Words]) -> str:
    return ", ".join(dict.fromkeys(quoted(word.text, 40) for word in words))


def _named(sources: Sequence[ClaimSource], kinds: bool = False) -> str:
    called = [(source.told or source.name, KINDS[source.kind]) for source in sources]
    names = [f"{name} ({kind})" if kinds else name for name, kind in called]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
