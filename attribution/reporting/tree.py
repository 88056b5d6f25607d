"""A sentence's dependency tree with what was found on it, to see why a cue matched, or why it did not."""

from __future__ import annotations

from functools import lru_cache

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from attribution.index import AnalysisIndex
from attribution.parsing import Tree
from attribution.records import ROOT, Analysis, Attribution, Feature, Sentence
from attribution.reporting.drawing import Columns, Row, heading, render
from attribution.reporting.look import (
    DEFAULT_WIDTH,
    LABEL,
    NARROWEST,
    PLAIN,
    QUIET,
    Look,
    look_for,
    printable,
    score_number,
)
from attribution.reporting.marked import marked_sentence

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
"""The directions in which a line leaves a character cell; their sum is the index into ``Look.lines``."""


def tree_text(
    analysis: Analysis,
    *,
    sentence: int | None = None,
    width: int = DEFAULT_WIDTH,
    color: bool = False,
    explain: bool = False,
    encoding: str = "utf-8",
) -> str:
    """The trees of all sentences, or of the one with this number (counted from 1), as text of ``width`` cells.

    Unlike the report it shows all kinds of evidence, to show why a verb makes no source. ``explain`` adds the features
    that decided each cue. Raises IndexError if there is no such sentence.
    """
    look = look_for(encoding, color=color)
    index = AnalysisIndex(analysis)
    if sentence is not None and not 1 <= sentence <= len(analysis.sentences):
        raise IndexError(f"there is no sentence {sentence}: there are {len(analysis.sentences)}")
    chosen = analysis.sentences if sentence is None else (analysis.sentences[sentence - 1],)
    parts: list[RenderableType] = []
    for shown in chosen:
        parts += [*sentence_tree(shown, index, look, max(NARROWEST, width), explain), Text()]
    return render(parts[:-1], width, color)


def sentence_tree(
    sentence: Sentence, index: AnalysisIndex, look: Look, width: int, explain: bool
) -> list[RenderableType]:
    """The marked sentence, its tree with one token per line, and the list of what was found on it."""
    tree = Tree(sentence)
    rows: list[Row] = []
    for token, line, (style, roles) in zip(
        tree.tokens, branches(tree, look), memberships(tree, index, look), strict=True
    ):
        shown = (Segment(line, QUIET), Segment(printable(token.text, look), style))
        rows.append((shown, (Segment(token.relation),), (Segment(token.upos, QUIET),), roles))
    parts: list[RenderableType] = [
        heading(sentence.id, look, printable(index.analysis.draft.path, look)),
        marked_sentence(sentence, index, look),
        Text(),
        Columns(rows, look.overflow),
    ]
    found = findings(sentence, index, look, explain)
    return [*parts, Text(), *found] if found else parts


def branches(tree: Tree, look: Look) -> list[str]:
    """For each token, the lines from its head to it, in text order; crossing arcs are drawn through each other.

    The drawing is that of Udapi's text-mode trees (Popel, Zabokrtsky and Vojtek 2017): a head's line runs down one
    column over all its children, as far left as there is room.
    """
    rows: list[list[int]] = [[] for _ in tree.tokens]
    reached = [False for _ in tree.tokens]
    waiting = [token.index for token in tree.tokens if token.head == ROOT]
    for root in waiting:
        rows[root].append(LEFT)
        reached[root] = True
    for head in waiting:
        children = tree.children(head)
        waiting.extend(children)
        if not children:
            continue
        first, last = min(head, *children), max(head, *children)
        widest = max(len(row) for row in rows[first : last + 1])
        column = 0 if widest == 1 else widest
        for index in range(first, last + 1):
            row = rows[index]
            upright = (UP if index > first else 0) | (DOWN if index < last else 0)
            if len(row) > column:  # a root has its own column
                row[column] |= upright
                continue
            if reached[index]:
                row[-1] |= RIGHT
                row.extend([LEFT | RIGHT] * (column - len(row)))
                row.append(upright | LEFT | (0 if index == head else RIGHT))
            else:
                row.extend([0] * (column - len(row)))
                row.append(upright)
            if index in children:
                row[-1] |= RIGHT
                row.append(LEFT | RIGHT)
                reached[index] = True
    return ["".join(look.lines[directions] for directions in row) + " " for row in rows]


def memberships(tree: Tree, index: AnalysisIndex, look: Look) -> list[tuple[Style, list[Segment]]]:
    """Each token's style, and the names of the records it belongs to (``source a1``)."""
    sentence = tree.sentence
    here = index.attributions_in(sentence)
    styles = [PLAIN] * len(tree.tokens)
    names: list[list[Segment]] = [[] for _ in tree.tokens]
    for role, holders in (
        (look.content, [(attribution.id, attribution.content.spans) for attribution in here]),
        (look.source, [(attribution.id, attribution.source.spans) for attribution in here]),
        (look.cue, [(attribution.id, attribution.cue.spans) for attribution in here]),
        (look.hedge, [(hedge.id, hedge.spans) for hedge in index.hedges_in(sentence)]),
        (look.booster, [(booster.id, booster.spans) for booster in index.boosters_in(sentence)]),
    ):
        held: dict[int, list[str]] = {}
        for identifier, spans in holders:
            for token in tree.words_in(spans):
                held.setdefault(token, [role.name]).append(identifier)
        for token, roles in held.items():
            styles[token] += role.style
            names[token] += [Segment(" "), Segment(" ".join(roles), role.style)]
    return [(style, roles[1:]) for style, roles in zip(styles, names, strict=True)]


def findings(sentence: Sentence, index: AnalysisIndex, look: Look, explain: bool) -> list[RenderableType]:
    """The sentence's attributions, hedges, boosters and claims, one per line."""
    parts: list[RenderableType] = []
    for attribution in index.attributions_in(sentence):
        parts.append(_attribution(attribution, index, look))
        if explain:
            parts += [
                _feature(printable(feature.name, look), feature.weight, look.minus)
                for feature in _decisive(attribution)
            ]
    for hedge in index.hedges_in(sentence):
        text = Text().append(hedge.id, style=LABEL).append(" hedge ")
        text.append(printable(hedge.text, look), style=look.hedge.style)
        scope = " ".join(index.analysis.draft.text[span.start : span.end] for span in hedge.scope)
        parts.append(
            text.append(f" {hedge.category}, strength {hedge.strength:.2f}, over ").append(printable(scope, look))
        )
    for booster in index.boosters_in(sentence):
        text = Text().append(booster.id, style=LABEL).append(" booster ")
        text.append(printable(booster.text, look), style=look.booster.style)
        parts.append(text.append(f" strength {booster.strength:.2f}"))
    for claim in index.claims_in(sentence):
        text = Text().append(claim.id, style=LABEL).append(f" claim, {claim.voice}: ")
        text.append(printable(claim.text, look))
        scores = f" (sourcing {score_number(claim.sourcing)}, certainty {score_number(claim.certainty)})"
        parts.append(text.append(scores, style=QUIET))
    return parts


def _attribution(attribution: Attribution, index: AnalysisIndex, look: Look) -> Text:
    source, content = attribution.source, attribution.content
    text = Text().append(attribution.id, style=LABEL).append(" ")
    text.append(printable(attribution.cue.text, look), style=look.cue.style)
    facts = (attribution.frame, attribution.evidence, attribution.attitude, attribution.manner, attribution.tone)
    text.append(f" ({', '.join(facts)}", style=QUIET)
    if attribution.parent is not None:
        text.append(f", within {attribution.parent}", style=QUIET)
    text.append(f", probability {attribution.probability:.2f})", style=QUIET)
    text.append(f" {look.arrow} ")
    if source.text:
        text.append(printable(source.text, look), style=look.source.style).append(" ")
    notes = ", ".join(note for note in (source.kind, source.entity, source.reason) if note)
    text.append(printable(f"({notes})", look), style=QUIET)
    return text.append(": ").append(printable(content.text, look), style=look.content.style)


def _decisive(attribution: Attribution) -> list[Feature]:
    return sorted(attribution.features, key=lambda feature: (-abs(feature.weight), feature.name))


@lru_cache(maxsize=1024)
def _feature(name: str, weight: float, minus: str) -> Text:
    sign = minus if weight < 0 else "+"
    return Text().append(f"   {sign}{abs(weight):.2f} ", style=LABEL).append(name)
