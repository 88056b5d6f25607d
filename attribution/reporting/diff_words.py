"""What an edit did, in a sentence for an editor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attribution.comparison import Change, ChangeKind, ClaimSource, Comparison, Side, Words
from attribution.records import Analysis, Voice
from attribution.reporting.words import INNER_QUOTES, KINDS

SHORT = 70

VOICES = {
    Voice.SOURCE: "in a source’s voice",
    Voice.HEARSAY: "hearsay",
    Voice.OWN: "in the paper’s own voice",
    Voice.UNCLEAR: "a quotation without a clear speaker",
}
"""The voices as what a claim was and is."""

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
            if _is_unclear(new):
                return f"Was attributed to {_named(change.gone)}; is now {VOICES[Voice.UNCLEAR]}."
            return f"Was attributed to {_named(change.gone)}; now nobody is named for it."
        case ChangeKind.SOURCE_REPLACED:
            before, after = _named(change.gone, kinds=True), _named(change.came, kinds=True)
            return f"Was attributed to {before}; is now attributed to {after}."
        case ChangeKind.SOURCE_ADDED:
            if old_sources:
                return f"Now also attributed to {_named(change.came)}, besides {_named(old_sources)}."
            if _is_unclear(old):
                return f"Was {VOICES[Voice.UNCLEAR]}; is now attributed to {_named(change.came)}."
            return f"Had nobody named for it; is now attributed to {_named(change.came)}."
        case ChangeKind.HARDENED | ChangeKind.SOFTENED:
            return _commitment(change.kind, old_words, new_words)
        case ChangeKind.QUOTATION_ALTERED:
            return f"Words inside quotation marks changed: {_differences(old_words, new_words)}."
        case ChangeKind.CLAIM_ADDED_UNSOURCED if _is_unclear(new):
            return f"New, and {VOICES[Voice.UNCLEAR]}: {quoted(new.text if new else '')}."
        case ChangeKind.CLAIM_ADDED_UNSOURCED:
            return f"New, and nobody is named for it: {quoted(new.text if new else '')}."
        case ChangeKind.CLAIM_DROPPED:
            whose = f" (source: {_named(old_sources)})" if old_sources else ""
            return f"No longer said: {quoted(old.text if old else '')}{whose}."
        case ChangeKind.VOICE_CHANGED:
            return f"Was {_voices(old)}; is now {_voices(new)}."


def _is_unclear(side: Side | None) -> bool:
    return side is not None and side.voices == (Voice.UNCLEAR,)


def _voices(side: Side | None) -> str:
    return " and ".join(VOICES[voice] for voice in side.voices) if side is not None else ""


def quoted(text: str, most: int = SHORT) -> str:
    """The text on one line between quotation marks, cut at a word when it is long."""
    line = " ".join(text.split())
    if len(line) > most:
        line = line[:most].rsplit(" ", 1)[0].rstrip(",;:–—- ") + " …"
    return f"“{line.translate(INNER_QUOTES)}”"


def _commitment(kind: ChangeKind, old: Sequence[Words], new: Sequence[Words]) -> str:
    effect = "stated more firmly" if kind is ChangeKind.HARDENED else "stated less firmly"
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
    names = [f"{source.name} ({KINDS[source.kind]})" if kinds else source.name for source in sources]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
