"""How firmly a text commits itself to each predicate: constructions, their shares, and what is promised of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.extraction.hedges import find_hedges
from attribution.extraction.retagging import mended
from attribution.lexicon import Lexicon, load_lexicon
from attribution.parsing import Doc, Tree, read_conllu
from attribution.records import AttribError, Claim, Draft, Grade, Mode, Polarity, Predicate, Sentence
from attribution.resources import commitment_shares_file
from attribution.scoring import add_commitment, find_claims, links, load_weights, score_claims
from attribution.scoring.commitment import PredicateJudge, load_commitment_shares
from attribution.scoring.construction_table import BY_NAME, CONSTRUCTIONS, Construction, ConstructionKind
from attribution.scoring.constructions import PredicateReading, SentenceConstructions
from attribution.scoring.reference import commitment_tables, with_blocks

PARSES = Path(__file__).parent / "parses"
LINKS = [construction.name for construction in CONSTRUCTIONS if construction.kind is ConstructionKind.LINK]
OWN = [construction.name for construction in CONSTRUCTIONS if construction.kind is not ConstructionKind.LINK]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@cache
def examples() -> tuple[Draft, dict[str, Sentence]]:
    """The sentences of all examples as one draft, by the name of the construction."""
    draft, sentences = read_conllu((PARSES / "constructions.conllu").read_text(encoding="utf-8"))
    by_name = {construction.name: sentence for construction, sentence in zip(CONSTRUCTIONS, sentences, strict=True)}
    return draft, by_name


@cache
def others() -> dict[str, Tree]:
    """The trees of further sentences, by their names."""
    text = (PARSES / "commitment.conllu").read_text(encoding="utf-8")
    names = [line.removeprefix("# name = ") for line in text.splitlines() if line.startswith("# name = ")]
    return dict(zip(names, map(Tree, read_conllu(text)[1]), strict=True))


def marked(construction: Construction, tree: Tree) -> int:
    """The token that the example's asterisks enclose."""
    start = tree.sentence.start + construction.example.index("*")
    return next(token.index for token in tree.tokens if token.start == start)


@pytest.mark.parametrize("construction", CONSTRUCTIONS, ids=lambda construction: construction.name)
def test_a_construction_is_found_in_its_own_example(construction: Construction, lexicon: Lexicon) -> None:
    sentence = examples()[1][construction.name]
    assert sentence.text == construction.example.replace("*", ""), "run scripts/build_construction_parses.py"
    (tree,) = mended([sentence], lexicon)
    hedges, _ = find_hedges(Doc(Draft(sentence.text, ()), [tree]), lexicon)
    reading = SentenceConstructions(tree, lexicon, hedges).of(marked(construction, tree))
    assert construction.name in (*reading.constructions, reading.link)


@pytest.mark.parametrize(
    ("name", "word", "constructions", "link"),
    [
        ("nobody", "left", ("past", "negation"), None),
        ("no crack", "found", ("past", "negation"), None),
        ("not only", "leaks", ("present",), None),
        ("it seems", "seems", ("present of a state",), None),
        ("it seems", "leaks", ("present",), "clause after seeming"),
        ("looks as if", "leaks", ("present",), "clause after seeming"),
        ("kept closing", "closing", ("ing form",), "infinitive after ongoing"),
        ("kept from closing", "closing", ("ing form",), "infinitive after preventing"),
        ("prohibition", "open", ("imperative", "negation"), None),
        ("two requests", "call", ("imperative",), None),
        ("go and forward", "forward", ("imperative",), None),
        ("all they did", "wait", ("infinitive on its own",), None),
        ("was going to", "going", ("would",), None),
        ("know how", "close", (), "other infinitive"),
        ("looked forward", "closing", ("ing form",), "infinitive after wanting"),
        ("have to", "close", (), "infinitive after needing"),
        ("perhaps", "failed", ("past", "word of possibility"), None),
    ],
)
def test_constructions_are_told_apart(
    name: str, word: str, constructions: tuple[str, ...], link: str | None, lexicon: Lexicon
) -> None:
    tree = others()[name]
    hedges, _ = find_hedges(Doc(Draft(tree.sentence.text, ()), [tree]), lexicon)
    index = next(token.index for token in tree.tokens if token.text == word)
    reading = SentenceConstructions(tree, lexicon, hedges).of(index)
    assert (reading.constructions, reading.link) == (constructions, link)


@pytest.mark.parametrize(
    ("name", "asserted"),
    [("is said to", "leak"), ("appears to have", "failed"), ("unlikely", "close"), ("expects to", "expects")],
)
def test_a_clause_asserts_what_a_word_of_likelihood_weighs(name: str, asserted: str, lexicon: Lexicon) -> None:
    tree = others()[name]
    head = next(token.index for token in tree.tokens if token.relation == "root")
    assert tree.tokens[SentenceConstructions(tree, lexicon).links.asserted(head)].text == asserted


def test_every_link_that_a_word_list_makes_is_in_the_table() -> None:
    made = {f"infinitive after {name}" for name in links.GERUND_CLASSES}
    made |= {f"infinitive after past {name}" for name in links.DONE_IN_THE_PAST}
    made |= {f"clause after {name}" for name in links.CLAUSE_CLASSES}
    made |= {f"noun after {name}" for name in links.NOUN_CLASSES}
    made |= links.WEIGHING | links.WEIGHING_WHEN_PASSIVE | set(links.SUBORDINATORS.values())
    assert made <= set(LINKS)


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


HEDGES = ["hearsay word", "word of likelihood", "word of possibility", "I think", "may", "could", "would"]
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


# --- Records of a draft -----------------------------------------------------------------------------------------------


def judged(*names: str) -> tuple[tuple[Claim, ...], tuple[Predicate, ...], str]:
    """The claims of some examples, as of one draft, with the predicates that stand in none."""
    draft, by_name = examples()
    doc = Doc.of_sentences(draft, [by_name[name] for name in names])
    lexicon = load_lexicon()
    hedges, boosters = find_hedges(doc, lexicon)
    clauses = find_claims(doc, (), hedges, boosters)
    claims = score_claims(clauses, (), hedges, boosters, (), load_weights())
    return (*add_commitment(claims, clauses, doc, hedges, lexicon), draft.text)


def test_a_claim_has_the_commitment_of_its_head_and_its_predicates_in_text_order() -> None:
    (claim,), unclaimed, text = judged("infinitive after falling-short")
    failed, close = claim.predicates
    assert ([failed.text, close.text], unclaimed) == (["failed", "close"], ())
    assert claim.commitment == failed.commitment
    assert [text[span.start : span.end] for span in close.spans] == ["close"]
    assert (failed.polarity, failed.grade, failed.mode) == (Polarity.POSITIVE, Grade.CERTAIN, Mode.HAPPENED)
    assert (close.polarity, close.constructions) == (Polarity.NEGATIVE, ("infinitive after falling-short", "past"))
    assert close.commitment < 0


@pytest.mark.parametrize(
    ("name", "words", "polarity", "grade", "mode"),
    [
        ("negation", "did not fail", Polarity.NEGATIVE, Grade.CERTAIN, Mode.HAPPENED),
        ("will", "will fail", Polarity.POSITIVE, Grade.CERTAIN, Mode.WILL),
        ("word of likelihood", "failed", Polarity.POSITIVE, Grade.PROBABLE, Mode.HAPPENED),
        ("may", "may fail", Polarity.POSITIVE, Grade.POSSIBLE, Mode.HAPPENED),
        ("infinitive after wanting", "close", Polarity.POSITIVE, Grade.OPEN, Mode.WANTED),
        ("condition", "leaks", Polarity.POSITIVE, Grade.OPEN, Mode.SUPPOSED),
    ],
)
def test_polarity_grade_and_mode_tell_how_the_text_speaks(
    name: str, words: str, polarity: Polarity, grade: Grade, mode: Mode
) -> None:
    claims, _, _ = judged(name)
    found = next(
        predicate for claim in claims for predicate in claim.predicates if predicate.text.replace(" … ", " ") == words
    )
    assert (found.polarity, found.grade, found.mode) == (polarity, grade, mode)


def test_predicates_of_requests_and_questions_stand_in_no_claim() -> None:
    claims, unclaimed, _ = judged("imperative", "yes-no question")
    assert claims == ()
    assert [predicate.mode for predicate in unclaimed] == [Mode.WANTED, Mode.ASKED]


@given(st.lists(st.sampled_from([construction.name for construction in CONSTRUCTIONS]), unique=True, max_size=4))
def test_unrelated_sentences_change_nothing(others: list[str]) -> None:
    name = "infinitive after planning"
    (alone,), _, _ = judged(name)
    among, _, _ = judged(*(other for other in others if other != name), name)
    assert alone.predicates in [claim.predicates for claim in among]


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
