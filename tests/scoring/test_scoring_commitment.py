"""How firmly a text commits itself to each predicate: constructions, their shares, and what is promised of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.extraction.hedges import find_hedges
from attribution.lexicon import Lexicon, load_lexicon
from attribution.parsing import Doc, Tree, read_conllu
from attribution.records import AttribError, Draft, Mode, Sentence
from attribution.resources import commitment_shares_file
from attribution.scoring.commitment import PredicateJudge, load_commitment_shares
from attribution.scoring.construction_table import BY_NAME, CONSTRUCTIONS, Construction, ConstructionKind
from attribution.scoring.constructions import PredicateReading, SentenceConstructions
from attribution.scoring.reference import commitment_tables, with_blocks

PARSES = Path(__file__).parent / "parses"
LINKS = [one.name for one in CONSTRUCTIONS if one.kind is ConstructionKind.LINK]
OWN = [one.name for one in CONSTRUCTIONS if one.kind is not ConstructionKind.LINK]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def examples() -> dict[str, Sentence]:
    _, sentences = read_conllu((PARSES / "constructions.conllu").read_text(encoding="utf-8"))
    return {one.name: sentence for one, sentence in zip(CONSTRUCTIONS, sentences, strict=True)}


def marked(construction: Construction, tree: Tree) -> int:
    """The token that the example's asterisks enclose."""
    start = tree.sentence.start + construction.example.index("*")
    return next(token.index for token in tree.tokens if token.start == start)


@pytest.mark.parametrize("construction", CONSTRUCTIONS, ids=lambda one: one.name)
def test_a_construction_is_found_in_its_own_example(
    construction: Construction, examples: dict[str, Sentence], lexicon: Lexicon
) -> None:
    sentence = examples[construction.name]
    assert sentence.text == construction.example.replace("*", ""), "run scripts/build_construction_parses.py"
    tree = Tree(sentence)
    hedges, _ = find_hedges(Doc(Draft(sentence.text, ()), [sentence]), lexicon)
    reading = SentenceConstructions(tree, lexicon, hedges).of(marked(construction, tree))
    assert construction.name in (*reading.constructions, reading.link)


def test_names_of_constructions_are_unique() -> None:
    assert len(BY_NAME) == len(CONSTRUCTIONS)


class _Chain:
    """Stands in for the constructions of a sentence: each word hangs on the next."""

    def __init__(self, *readings: tuple[tuple[str, ...], str | None]) -> None:
        last = len(readings) - 1
        self._readings = [
            PredicateReading(own, link if index < last else None, index + 1 if link and index < last else None)
            for index, (own, link) in enumerate(readings)
        ]

    def of(self, index: int) -> PredicateReading:
        return self._readings[index]


def commitment(*readings: tuple[tuple[str, ...], str | None]) -> float:
    judge = PredicateJudge(_Chain(*readings), load_commitment_shares())  # type: ignore[arg-type]
    return judge.standing(0).commitment


HEDGES = ["hearsay word", "word of likelihood", "I think", "is believed to", "may", "could", "would"]
chains = st.lists(
    st.tuples(st.lists(st.sampled_from(OWN), max_size=3).map(tuple), st.none() | st.sampled_from(LINKS)),
    min_size=1,
    max_size=4,
)


@given(chains, st.data())
def test_a_hedge_taken_away_never_lowers_the_size_of_a_commitment(
    chain: list[tuple[tuple[str, ...], str | None]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    hedged = list(chain)
    hedged[place] = ((*chain[place][0], data.draw(st.sampled_from(HEDGES))), chain[place][1])
    assert abs(commitment(*chain)) >= abs(commitment(*hedged))


@given(chains)
def test_a_negation_turns_the_sign(chain: list[tuple[tuple[str, ...], str | None]]) -> None:
    plain = commitment(*chain)
    negated = commitment(((*chain[0][0], "negation"), chain[0][1]), *chain[1:])
    assert plain * negated <= 0
    assert (plain > 0) == (negated < 0)


@given(chains)
def test_a_commitment_lies_between_minus_one_and_one(chain: list[tuple[tuple[str, ...], str | None]]) -> None:
    assert -1 <= commitment(*chain) <= 1


def test_an_implicative_verb_passes_on_its_negation_and_a_report_does_not() -> None:
    assert commitment(((), "infinitive after coming-true"), (("past", "negation"), None)) < 0
    assert commitment(((), "infinitive after falling-short"), (("past", "negation"), None)) > 0
    assert commitment((("past",), "clause after report"), (("past", "negation"), None)) > 0


def test_the_mode_of_a_transparent_link_is_that_of_its_governor() -> None:
    judge = PredicateJudge(
        _Chain(((), "infinitive after coming-true"), (("will",), None)),  # type: ignore[arg-type]
        load_commitment_shares(),
    )
    assert judge.standing(0).mode is Mode.WILL


# --- The file of the shares -------------------------------------------------------------------------------------------


def test_the_built_in_shares_are_complete() -> None:
    shares = load_commitment_shares()
    assert set(shares.shares) == set(BY_NAME)
    assert set(shares.taken_over) == set(LINKS)


@pytest.mark.parametrize(
    ("table", "name", "value", "message"),
    [
        ("shares", "past", None, 'shares lacks "past"'),
        ("taken_over", "than clause", None, 'taken_over lacks "than clause"'),
        ("shares", "pluperfect", 0.5, 'shares has "pluperfect", which is no construction'),
        ("shares", "past", 1.5, "<= 1.0"),
    ],
)
def test_a_bad_file_of_shares_is_told(tmp_path: Path, table: str, name: str, value: float | None, message: str) -> None:
    tables = json.loads(commitment_shares_file().read_text(encoding="utf-8"))
    if value is None:
        del tables[table][name]
    else:
        tables[table][name] = value
    path = tmp_path / "shares.json"
    path.write_text(json.dumps(tables), encoding="utf-8")
    with pytest.raises(AttribError) as error:
        load_commitment_shares(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_a_missing_file_of_shares_is_told(tmp_path: Path) -> None:
    with pytest.raises(AttribError, match="cannot be read"):
        load_commitment_shares(tmp_path / "none.json")


# --- The documentation ------------------------------------------------------------------------------------------------


def test_the_tables_of_the_documentation_are_those_that_decide() -> None:
    page = (Path(__file__).parents[2] / "docs" / "SCORING.md").read_text(encoding="utf-8")
    blocks = {"commitment": commitment_tables(load_commitment_shares())}
    assert with_blocks(page, blocks) == page, "run scripts/write_scoring_reference.py"


def test_a_page_without_the_markers_is_told() -> None:
    with pytest.raises(AttribError, match="no block commitment"):
        with_blocks("# Scores\n", {"commitment": "table"})
