"""Find hedges and boosters: words that weaken or strengthen the text's commitment to its claims.

The words are in ``lexicons/hedges.toml`` and ``lexicons/boosters.toml``. ``hedge_match`` finds them, ``hedge_readings``
decides whether they are used as a hedge, and ``hedge_scope`` finds their scope. Kinds of hedge after Hyland
(1998, 2005) and Palmer (2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attribution.extraction.hedge_match import Match, matches_at
from attribution.extraction.hedge_readings import is_used
from attribution.extraction.hedge_scope import scope_of
from attribution.extraction.spans import consecutive
from attribution.lexicon import BoosterEntry, HedgeEntry, Lexicon
from attribution.parsing import Doc, Tree
from attribution.records import Booster, Hedge, HedgeCategory, Quotation, Span


def find_hedges(
    doc: Doc, lexicon: Lexicon, quotations: Sequence[Quotation] = ()
) -> tuple[tuple[Hedge, ...], tuple[Booster, ...]]:
    """Give the draft's hedges and boosters in text order, with the character spans they bear on.

    Each word belongs to one hedge or booster at most: longer entries go before shorter ones (*no doubt* before
    *doubt*), an agentless passive before other meanings of its verb. *I think* inside ``quotations`` is an
    attribution to the speaker; only outside them is it a hedge.
    """
    quoted = [part for quotation in quotations for part in quotation.parts]
    hedges: list[Hedge] = []
    boosters: list[Booster] = []
    for tree in doc.trees:
        sentence = tree.sentence
        for match in _used_matches(tree, lexicon):
            spans = tree.spans(_shown(tree, match))
            if _is_belief(match) and any(part.covers(spans[0]) for part in quoted):
                continue
            text = " … ".join(doc.draft.text[span.start : span.end] for span in spans)
            scope = _spans(tree, scope_of(tree, match))
            match match.entry:
                case HedgeEntry(category=category, strength=strength):
                    number = f"h{len(hedges) + 1}"
                    hedges.append(Hedge(number, sentence.id, spans, text, category, strength, scope))
                case BoosterEntry(strength=strength):
                    number = f"b{len(boosters) + 1}"
                    boosters.append(Booster(number, sentence.id, spans, text, strength, scope))
    return tuple(hedges), tuple(boosters)


def _used_matches(tree: Tree, lexicon: Lexicon) -> Iterator[Match]:
    taken: set[int] = set()
    for matches in matches_at(tree, lexicon):
        for match in matches:
            if taken.isdisjoint(match.indices) and is_used(tree, match, lexicon):
                taken.update(match.indices)
                yield match
                break


def _is_belief(match: Match) -> bool:
    return isinstance(match.entry, HedgeEntry) and match.entry.category is HedgeCategory.BELIEF


def _shown(tree: Tree, match: Match) -> list[int]:
    """The tokens to mark: the words, and the *to* after a passive."""
    after = match.indices[-1] + 1
    is_passive = isinstance(match.entry, HedgeEntry) and match.entry.category is HedgeCategory.AGENTLESS_PASSIVE
    takes_to = is_passive and after < len(tree) and tree.forms[after] == "to"
    return [*match.indices, after] if takes_to else list(match.indices)


def _spans(tree: Tree, indices: Iterable[int]) -> tuple[Span, ...]:
    """Character spans of the tokens, without punctuation, conjunctions and *that* at the ends of each."""
    kept: list[int] = []
    for run in consecutive(indices):
        while run and _is_edge(tree, run[0]):
            run.pop(0)
        while run and tree.tokens[run[-1]].upos == "PUNCT":
            run.pop()
        kept += run
    return tree.spans(kept)


def _is_edge(tree: Tree, index: int) -> bool:
    token = tree.tokens[index]
    return token.upos in ("PUNCT", "CCONJ") or (tree.forms[index] == "that" and token.relation in ("mark", "obj"))
