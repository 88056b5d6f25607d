"""Estimates how much commitment each grammatical construction leaves, and measures it by blocks.

    python scripts/train_commitment.py parse GOLD.jsonl PARSES.pickle
    python scripts/train_commitment.py crossvalidate GOLD.jsonl PARSES.pickle [GOLD.jsonl PARSES.pickle]...
    python scripts/train_commitment.py fit SHARES.json GOLD.jsonl PARSES.pickle [GOLD.jsonl PARSES.pickle]...

GOLD.jsonl holds one sentence a line: ``{text, predicates: [{start, end, value}]}``, value from -3 (certainly did not
happen) to 3 (certainly did). The shipped shares were estimated from the development part of UDS "It Happened" v2
(White et al. 2016; Rudinger, White and Van Durme 2018) and from MEANTIME (Minard et al. 2016) as unified by Stanovsky
et al. (2017); nothing of the texts is in them.

What is minimised is one minus the squared correlation with the judgements, averaged over the sets, so that each set may
use its own scale. Shares are held near to those that the table of constructions expects, so that a construction that
was seldom or never judged keeps a sensible share. Negation, the future, questions and hedges are held more firmly:
readers of web text who are asked whether something happened give mixed answers for what did not happen and for what is
asked, and say no for what will. Folds are ten blocks of neighbouring sentences, so that hardly an article is in two.
Needs the ``dev`` extra.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from attribution.extraction.hedges import find_hedges
from attribution.extraction.quotations import find_quotations
from attribution.extraction.retagging import mended
from attribution.ingest import read_text
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc, load_parser
from attribution.records import Draft, Sentence
from attribution.scoring.construction_table import BY_NAME, CONSTRUCTIONS, ConstructionKind
from attribution.scoring.constructions import PredicateReading, SentenceConstructions

FOLDS = 10
NEAR_EXPECTED = 0.0003
"""Weight of the squared distance of a share's logarithm from the expected one in what is minimised."""
FIRMNESS: Mapping[str, float] = {
    **dict.fromkeys(("negation", "near miss"), 40.0),
    "will": 10.0,
    **dict.fromkeys(("yes-no question", "wh question"), 2.0),
    **dict.fromkeys(
        ("hearsay word", "word of likelihood", "word of possibility", "is believed to", "I think", "scarcely"), 60.0
    ),
}
"""How many times as much that distance weighs for what is held firmly."""
HIGHEST_EXPECTED = 0.98
"""An expected share of 1 is replaced by this one, because the gradient vanishes at 1."""
NEAR_USUAL = 0.0001
"""Weight of the squared distances, in log-odds, of what links take over from a quarter."""
FIRST_SET = 0.9
"""How much the first set counts where two are given; the second is smaller and nearly all certain."""
DIGITS = 2

Floats = NDArray[np.float64]
NAMES = [construction.name for construction in CONSTRUCTIONS]
LINKS = [construction.name for construction in CONSTRUCTIONS if construction.kind is ConstructionKind.LINK]


class Judged:
    """A set of judged predicates as numbers: for each predicate its constructions, its governor and its polarity."""

    def __init__(self, gold: Path, parses: Path) -> None:
        sentences = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        draft, parsed = pickle.loads(parses.read_bytes())
        self._rows: dict[tuple[str, int], int] = {}
        self._readings: list[PredicateReading] = []
        self._governors: list[int] = []
        places = _places(draft, parsed)
        rows: list[int] = []
        values: list[float] = []
        folds: list[int] = []
        start = 0
        for number, sentence in enumerate(sentences):
            for predicate in sentence["predicates"]:
                constructions, index = places[start + predicate["start"]]
                rows.append(self._row(constructions, _predicate_at(constructions, index)))
                values.append(predicate["value"])
                folds.append(number * FOLDS // len(sentences))
            start += len(sentence["text"]) + len(BETWEEN)
        self.rows = np.array(rows)
        self.values: Floats = np.array(values, dtype=float)
        self.folds = np.array(folds)
        self._encode()

    def _row(self, constructions: SentenceConstructions, index: int) -> int:
        key = (constructions.tree.sentence.id, index)
        if key not in self._rows:
            reading = constructions.of(index)
            row = self._rows[key] = len(self._readings)
            self._readings.append(reading)
            self._governors.append(-1)
            if reading.governor is not None:
                self._governors[row] = self._row(constructions, reading.governor)
        return self._rows[key]

    def _encode(self) -> None:
        count = len(self._readings)
        self.governors = np.array(self._governors)
        depths = np.zeros(count, dtype=int)
        for row in range(count):
            above = self.governors[row]
            while above >= 0:
                depths[row] += 1
                above = self.governors[above]
        self.levels = [np.flatnonzero(depths == depth) for depth in range(depths.max() + 1)]
        self.fired: Floats = np.zeros((count, len(NAMES)))
        self.links = np.full(count, -1)
        self.polarity: Floats = np.ones(count)
        for level in self.levels:
            for row in level:
                self._encode_row(int(row), self._readings[row])

    def _encode_row(self, row: int, reading: PredicateReading) -> None:
        for name in (*reading.constructions, *([reading.link] if reading.link else [])):
            self.fired[row, NAMES.index(name)] += 1
            if BY_NAME[name].negates:
                self.polarity[row] *= -1
        if reading.link is not None:
            self.links[row] = LINKS.index(reading.link)
            if BY_NAME[reading.link].transparent:
                self.polarity[row] *= self.polarity[self.governors[row]]

    def strengths(self, log_shares: Floats, taken_over: Floats) -> tuple[Floats, Floats]:
        """Each row's product of shares, and its strength."""
        product: Floats = np.exp(self.fired @ log_shares)
        strength = product.copy()
        for level in self.levels[1:]:
            above = self.governors[level]
            strength[level] *= 1 - taken_over[self.links[level]] * (1 - strength[above])
        return product, strength

    def commitments(self, log_shares: Floats, taken_over: Floats) -> Floats:
        """The commitment of each judged predicate."""
        _, strength = self.strengths(log_shares, taken_over)
        found: Floats = (strength * self.polarity)[self.rows]
        return found


BETWEEN = "\n\n"


def _text(gold: Path) -> str:
    lines = gold.read_text(encoding="utf-8").splitlines()
    return BETWEEN.join(json.loads(line)["text"] for line in lines) + "\n"


def _places(draft: Draft, sentences: Sequence[Sentence]) -> Mapping[int, tuple[SentenceConstructions, int]]:
    """For each character its sentence's constructions and its token."""
    lexicon = load_lexicon()
    doc = Doc(draft, mended(sentences, lexicon))
    quotations, _ = find_quotations(draft)
    hedges, _ = find_hedges(doc, lexicon, quotations)
    found = {}
    for tree in doc.trees:
        own = [hedge for hedge in hedges if hedge.sentence == tree.sentence.id]
        constructions = SentenceConstructions(tree, lexicon, own)
        for token in tree.tokens:
            for place in range(token.start, token.end):
                found[place] = (constructions, token.index)
    return found


def _predicate_at(constructions: SentenceConstructions, index: int) -> int:
    """The predicate to which a word belongs; the word itself if it belongs to none."""
    if constructions.is_predicate(index):
        return index
    above = (other for other in constructions.tree.ancestors(index) if index in constructions.words(other))
    return next(above, index)


EXPECTED: Floats = np.log([min(construction.expected, HIGHEST_EXPECTED) for construction in CONSTRUCTIONS])
TAKEN_OVER = np.array([BY_NAME[name].takes_over for name in LINKS])
LOG_ODDS: Floats = np.log(TAKEN_OVER / (1 - TAKEN_OVER))
HOLD: Floats = np.array([NEAR_EXPECTED * FIRMNESS.get(name, 1.0) for name in NAMES])


def estimate(sets: Sequence[Judged], training: Sequence[NDArray[np.bool_]]) -> tuple[Floats, Floats]:
    """The logarithms of the shares and what links take over, by gradient descent (L-BFGS) on the training rows."""
    count = len(NAMES)
    importance = [FIRST_SET, 1 - FIRST_SET] if len(sets) == 2 else [1 / len(sets)] * len(sets)

    def parts(parameters: Floats) -> tuple[Floats, Floats]:
        return EXPECTED + parameters[:count], 1 / (1 + np.exp(-parameters[count:]))

    def loss(parameters: Floats) -> tuple[float, Floats]:
        logs, taken_over = parts(parameters)
        shares_gradient, links_gradient = np.zeros(count), np.zeros(len(LINKS))
        total = 0.0
        for judged, chosen, weight in zip(sets, training, importance, strict=True):
            error = _one_minus_r2(
                judged, chosen, weight, np.minimum(logs, 0), taken_over, shares_gradient, links_gradient
            )
            total += weight * error
        shares_gradient[logs > 0] = 0
        away, unusual = parameters[:count], parameters[count:] - LOG_ODDS
        total += (HOLD * away) @ away + NEAR_USUAL * unusual @ unusual
        gradient = np.concatenate(
            [
                shares_gradient + 2 * HOLD * away,
                links_gradient * taken_over * (1 - taken_over) + 2 * NEAR_USUAL * unusual,
            ]
        )
        return total, gradient

    start = np.concatenate([np.zeros(count), LOG_ODDS])
    bounds = [(-4.0, None)] * count + [(-6.0, 6.0)] * len(LINKS)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
    logs, taken_over = parts(found.x)
    return np.minimum(logs, 0), taken_over


def _one_minus_r2(
    judged: Judged,
    chosen: NDArray[np.bool_],
    weight: float,
    log_shares: Floats,
    taken_over: Floats,
    shares_gradient: Floats,
    links_gradient: Floats,
) -> float:
    """One minus the squared correlation on the chosen predicates; adds its gradient, times ``weight``, to the two."""
    product, strength = judged.strengths(log_shares, taken_over)
    rows = judged.rows[chosen]
    guess = (strength * judged.polarity)[rows]
    guess = guess - guess.mean()
    truth = judged.values[chosen] - judged.values[chosen].mean()
    scale = np.sqrt((guess @ guess) * (truth @ truth))
    r = (guess @ truth) / scale
    slope = -2 * weight * r * (truth / scale - r * guess / (guess @ guess))
    adjoint = np.zeros(len(strength))
    np.add.at(adjoint, rows, slope * judged.polarity[rows])
    for level in reversed(judged.levels[1:]):
        above, links = judged.governors[level], judged.links[level]
        np.add.at(links_gradient, links, -adjoint[level] * product[level] * (1 - strength[above]))
        np.add.at(adjoint, above, adjoint[level] * product[level] * taken_over[links])
    shares_gradient += judged.fired.T @ (adjoint * strength)
    return float(1 - r * r)


def _sets(paths: Sequence[Path]) -> list[Judged]:
    if not paths or len(paths) % 2:
        raise click.UsageError("give each judged file with its parses")
    return [Judged(gold, parses) for gold, parses in zip(paths[::2], paths[1::2], strict=True)]


@click.group(help=__doc__)
def main() -> None:
    """Train and measure."""


@main.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True))
@click.argument("parses", type=click.Path(path_type=Path))
def parse(gold: Path, parses: Path) -> None:
    """Parse a judged file once and store the parses."""
    draft = read_text(_text(gold), path=gold.stem)
    parses.write_bytes(pickle.dumps((draft, load_parser().parse([draft])[0])))


@main.command()
@click.argument("paths", type=click.Path(path_type=Path, exists=True), nargs=-1)
def crossvalidate(paths: tuple[Path, ...]) -> None:
    """Print how well each set is predicted when each block is judged by shares estimated on the others."""
    sets = _sets(paths)
    guesses = [np.zeros(len(judged.values)) for judged in sets]
    for fold in range(FOLDS):
        log_shares, taken_over = estimate(sets, [judged.folds != fold for judged in sets])
        for judged, guess in zip(sets, guesses, strict=True):
            held_out = judged.folds == fold
            guess[held_out] = judged.commitments(log_shares, taken_over)[held_out]
    for path, judged, guess in zip(paths[::2], sets, guesses, strict=True):
        r = np.corrcoef(guess, judged.values)[0, 1]
        error, base = _errors(judged, guess)
        click.echo(
            f"{path.name}: r {r:.3f}, mean error {error:.3f} (of the median {base:.3f}), {len(guess)} predicates"
        )


def _errors(judged: Judged, guess: Floats) -> tuple[float, float]:
    """The mean absolute error of a linear fit by halves, each judged by the fit of the other, and of the median."""
    odd = np.arange(len(guess)) * 10 // len(guess) % 2 == 1
    errors, base = np.zeros(len(guess)), np.zeros(len(guess))
    for half in (odd, ~odd):
        slope, level = np.polyfit(guess[~half], judged.values[~half], 1)
        errors[half] = np.abs(level + slope * guess[half] - judged.values[half])
        base[half] = np.abs(np.median(judged.values[~half]) - judged.values[half])
    return float(errors.mean()), float(base.mean())


@main.command()
@click.argument("shares", type=click.Path(path_type=Path))
@click.argument("paths", type=click.Path(path_type=Path, exists=True), nargs=-1)
def fit(shares: Path, paths: tuple[Path, ...]) -> None:
    """Estimate the shares on all sets given, and write them."""
    sets = _sets(paths)
    log_shares, taken_over = estimate(sets, [np.ones(len(judged.values), dtype=bool) for judged in sets])
    tables: dict[str, Any] = {
        "shares": {name: round(float(np.exp(log)), DIGITS) for name, log in zip(NAMES, log_shares, strict=True)},
        "taken_over": {name: round(float(part), DIGITS) for name, part in zip(LINKS, taken_over, strict=True)},
    }
    shares.write_text(json.dumps(tables, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
