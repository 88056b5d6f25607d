"""The sample articles: their gold is what their marked texts give, and it is sound."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from attribution.conversion.brat import read_brat
from attribution.conversion.documents import AnnotatedAttribution, AnnotatedDocument
from attribution.evaluation.words import ScoredText
from attribution.ingest import read_draft
from attribution.records import BlockKind, Draft, Span

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
ALL = sorted(SEEDS.rglob("*.ann"))
MENTIONS_ONLY = [path for path in ALL if SEEDS / "mentions" in path.parents]
ANNOTATIONS = [path for path in ALL if path not in MENTIONS_ONLY]
SENTENCE_BLOCKS = (BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.BLOCK_QUOTE, BlockKind.LIST_ITEM)


def article(annotation: Path) -> Path:
    (found,) = (path for path in annotation.parent.glob(f"{annotation.stem}.*") if path != annotation)
    return found


def read(annotation: Path) -> tuple[Draft, AnnotatedDocument]:
    draft = read_draft(article(annotation))
    return draft, read_brat(draft.text, annotation.read_text(encoding="utf-8"), str(annotation))


def test_there_are_eight_articles_and_three_held_out() -> None:
    assert sum(path.parent == SEEDS for path in ANNOTATIONS) >= 8
    assert sum(path.parent == SEEDS / "held-out" for path in ANNOTATIONS) >= 3
    assert {article(path).suffix for path in ANNOTATIONS} == {".txt", ".md", ".html"}


def test_three_articles_and_three_held_out_have_only_their_mentions_marked() -> None:
    assert sum(path.parent == SEEDS / "mentions" for path in MENTIONS_ONLY) >= 3
    assert sum(path.parent == SEEDS / "mentions" / "held-out" for path in MENTIONS_ONLY) >= 3
    for path in MENTIONS_ONLY:
        _, gold = read(path)
        assert gold.has_mentions_only
        assert len(gold.mentions or ()) >= 40


def test_articles_and_annotation_are_what_the_marked_texts_give() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "build_seeds.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=lambda path: path.stem)
def test_an_article_is_annotated_in_every_layer(annotation: Path) -> None:
    draft, gold = read(annotation)
    assert 250 <= len(draft.text.split()) <= 700
    assert len(gold.attributions) >= 20
    assert gold.hedges is not None
    assert all(hedge.category is not None for hedge in gold.hedges)
    assert gold.mentions is not None
    assert gold.voices is not None


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=lambda path: path.stem)
def test_every_attribution_has_cue_and_content_that_do_not_overlap(annotation: Path) -> None:
    _, gold = read(annotation)
    for attribution in gold.attributions:
        assert attribution.cue
        assert attribution.content
        parts = [*attribution.cue, *attribution.source, *attribution.content]
        assert not any(first.overlaps(second) for first in parts for second in parts if first is not second)


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=lambda path: path.stem)
def test_nested_cues_are_those_within_the_content_of_another(annotation: Path) -> None:
    _, gold = read(annotation)

    def within(inner: AnnotatedAttribution, outer: AnnotatedAttribution) -> bool:
        return inner is not outer and all(any(piece.covers(cue) for piece in outer.content) for cue in inner.cue)

    for attribution in gold.attributions:
        assert attribution.nested is any(within(attribution, other) for other in gold.attributions)


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=lambda path: path.stem)
def test_every_word_of_a_paragraph_is_in_one_sentence(annotation: Path) -> None:
    draft, gold = read(annotation)
    text = ScoredText(draft.text)
    sentences = [text.words_in(voice.spans) for voice in gold.voices or ()]
    assert sum(map(len, sentences)) == len(frozenset[int]().union(*sentences)), "two sentences share a word"
    covered = frozenset[int]().union(*sentences)
    for block in draft.blocks:
        if block.kind not in SENTENCE_BLOCKS:
            continue
        words = text.words_in([block.span])
        missing = sorted(words - covered)
        # A dateline before the first sentence, or a label, is outside.
        assert missing == sorted(words)[: len(missing)]
        assert len(missing) < 8


@pytest.mark.parametrize("annotation", ALL, ids=lambda path: path.stem)
def test_spans_begin_and_end_with_words_or_marks(annotation: Path) -> None:
    draft, gold = read(annotation)
    spans: list[Span] = [
        span
        for attribution in gold.attributions
        for span in (*attribution.cue, *attribution.source, *attribution.content)
    ]
    spans += [span for hedge in gold.hedges or () for span in hedge.spans]
    spans += [mention.span for mention in gold.mentions or ()]
    for span in spans:
        words = draft.text[span.start : span.end]
        assert words == words.strip()
        before, after = draft.text[: span.start][-1:], draft.text[span.end :][:1]
        assert not (before.isalnum() and words[0].isalnum()), f"{words!r} begins within a word"
        assert not (after.isalnum() and words[-1].isalnum()), f"{words!r} ends within a word"
