"""The worked example and the table of weights in docs/SCORING.md are what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scoring_records import Article

from attribution.parsing import Doc
from attribution.records import Attitude, Claim, HedgeCategory, Manner, ScoreName, SourceEntity, SourceKind
from attribution.scoring import find_claims, load_weights, score_claims, summarise
from attribution.scoring.reference import blocks, with_blocks
from attribution.scoring.weights import NAMES

PAGE = (Path(__file__).parents[2] / "docs" / "SCORING.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example() -> tuple[Article, tuple[Claim, ...], tuple[SourceEntity, ...]]:
    article = Article(*(f"s{number}" for number in range(1, 7)), parse="example.conllu")
    attributions = (
        article.attribution(
            "s1", "said", "The Larch Bridge has reportedly been closed", "the Harbour Post",
            id="a1", kind=SourceKind.OUTLET, entity="e1",
        ),
        article.attribution(
            "s1", "reportedly", "The Larch Bridge has reportedly been closed",
            id="a2", kind=SourceKind.NONE, attitude=Attitude.HEARSAY, parent="a1",
        ),
        article.attribution(
            "s2", "said", "“The deck is cracked and it may not hold,”", "Ada Quill, the county engineer",
            id="a3", entity="e2", manner=Manner.DIRECT,
        ),
        article.attribution(
            "s3", "believe", "that the council knew", "Critics",
            id="a4", kind=SourceKind.VAGUE_COLLECTIVE, entity="e3", attitude=Attitude.BELIEF,
        ),
        article.attribution("s4", "has been accused of", ("The contractor", "fraud"), id="a5"),
        article.attribution(
            "s5", "declined to comment", (), "It",
            id="a6", kind=SourceKind.NAMED_ORGANISATION, entity="e4", withheld=True,
        ),
    )  # fmt: skip
    hedges = (
        article.hedge(
            "s1", "reportedly", "The Larch Bridge has reportedly been closed", HedgeCategory.HEARSAY, 0.7, id="h1"
        ),
        article.hedge("s2", "may", "it may not hold", HedgeCategory.MODAL, 0.6, id="h2"),
    )
    sources = (
        SourceEntity("e1", "the Harbour Post", SourceKind.OUTLET, True, ()),
        SourceEntity("e2", "Ada Quill", SourceKind.NAMED_PERSON, True, ()),
        SourceEntity("e3", "critics", SourceKind.VAGUE_COLLECTIVE, False, ()),
        SourceEntity("e4", "the contractor", SourceKind.NAMED_ORGANISATION, True, ()),
    )
    clauses = find_claims(Doc.of_sentences(article.draft, article.sentences), attributions, hedges, ())
    return article, score_claims(clauses, attributions, hedges, (), sources, load_weights()), sources


def test_the_page_shows_the_text_of_the_example(
    example: tuple[Article, tuple[Claim, ...], tuple[SourceEntity, ...]],
) -> None:
    assert example[0].draft.text in PAGE.replace("\n> ", " ")


def test_the_page_shows_each_claim_with_its_scores_and_factors(
    example: tuple[Article, tuple[Claim, ...], tuple[SourceEntity, ...]],
) -> None:
    for claim in example[1]:
        cells = [
            claim.text,
            claim.voice.value,
            *(
                " ".join(f"{factor.effect:+.2f} {factor.name}" for factor in claim.factors if factor.score is name)
                .removeprefix("+")
                .replace("-0", "−0")
                + f" = **{value:.2f}**"
                for name, value in ((ScoreName.SOURCING, claim.sourcing), (ScoreName.CERTAINTY, claim.certainty))
            ),
        ]
        assert f"| {' | '.join(cells)} |" in PAGE


def test_the_page_shows_the_summary_of_the_example(
    example: tuple[Article, tuple[Claim, ...], tuple[SourceEntity, ...]],
) -> None:
    article, claims, sources = example
    summary = summarise(article.sentences, claims, sources)
    assert (
        f"{summary.claims} claims: {summary.voice.source} source, {summary.voice.hearsay} hearsay, "
        f"{summary.voice.own} own; sourcing {summary.sourcing:.2f}, certainty {summary.certainty:.2f}"
    ) in PAGE


def test_the_page_lists_every_weight_with_its_value() -> None:
    weights = load_weights()
    rows = dict(re.findall(r"^\| `([\w.-]+)` \| ([\d.]+) \|", PAGE, flags=re.MULTILINE))
    assert rows == {
        f"{section}.{name}": f"{weights.value(section, name):.2f}" for section in NAMES for name in NAMES[section]
    }


def test_the_page_shows_the_tables_that_decide() -> None:
    assert with_blocks(PAGE, blocks()) == PAGE
