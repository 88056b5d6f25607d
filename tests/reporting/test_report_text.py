"""The terminal report: its exact look at fixed widths, and what must hold at every width."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from rich.cells import cell_len

from attribution.records import (
    Analysis,
    Draft,
    Hedge,
    HedgeCategory,
    Sentence,
    SourceKind,
    Span,
    Summary,
    Voice,
    VoiceCounts,
)
from attribution.reporting import words
from attribution.reporting.look import STRIPE_STYLES, VOICE_STYLES, look_for
from attribution.reporting.text import report_text
from attribution.scoring.weights import NAMES

EXPECTED = Path(__file__).parent / "expected"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def report_of(analysis: Analysis, **options: object) -> str:
    return report_text(analysis, **options)  # type: ignore[arg-type]


LOOKS: tuple[tuple[str, dict[str, object]], ...] = (
    ("report-60.txt", {"width": 60}),
    ("report-80.txt", {"width": 80}),
    ("report-120.txt", {"width": 120}),
    ("report-explain.txt", {"explain": True}),
    ("report-only-hearsay.txt", {"only": Voice.HEARSAY}),
    ("report-ascii.txt", {"encoding": "ascii"}),
    ("report-color.txt", {"color": True}),
)


UNCLEAR_LOOKS: tuple[tuple[str, dict[str, object]], ...] = (
    ("unclear-60.txt", {"width": 60}),
    ("unclear-80.txt", {"width": 80}),
    ("unclear-120.txt", {"width": 120}),
    ("unclear-ascii.txt", {"encoding": "ascii"}),
    ("unclear-color.txt", {"color": True}),
)
"""Reports with quotations whose speaker is not clear."""


@pytest.mark.parametrize(("name", "options"), LOOKS)
def test_exact_look(sample: Analysis, name: str, options: dict[str, object]) -> None:
    """scripts/write_expected_reports.py writes the files anew after the look was changed on purpose."""
    assert report_of(sample, **options) == (EXPECTED / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "options"), UNCLEAR_LOOKS)
def test_exact_look_where_a_speaker_is_not_clear(unclear: Analysis, name: str, options: dict[str, object]) -> None:
    assert report_of(unclear, **options) == (EXPECTED / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 47, 60, 71, 72, 80, 99, 100, 120, 200])
@pytest.mark.parametrize("explain", [False, True])
def test_no_line_is_too_wide_or_ends_in_spaces(sample: Analysis, width: int, explain: bool) -> None:
    lines = report_of(sample, width=width, explain=explain).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_article_is_there_in_its_own_words(sample: Analysis, width: int) -> None:
    shown = report_of(sample, width=width)
    shown = shown[: shown.index("Sources ──")]
    margin = 10 if width < 72 else 16 if width < 100 else 21
    told = " ".join(line[margin:] for line in shown.splitlines())
    bare = re.sub(r"[\[\]*‹›~^]", "", " ".join(told.split()))
    for sentence in sample.sentences:
        assert sentence.text in bare


@pytest.mark.parametrize("width", [60, 80, 120])
def test_colour_adds_nothing_but_colour(sample: Analysis, width: int) -> None:
    colored = report_of(sample, width=width, color=True)
    assert ANSI.sub("", colored) == report_of(sample, width=width)
    codes = {code for sequence in ANSI.findall(colored) for code in sequence[2:-1].split(";")}
    assert codes <= {"0", "1", "2", "30", "31", "32", "33", "35", "36", "43"}


def test_ascii_report_is_ascii(sample: Analysis) -> None:
    assert report_of(sample, encoding="ascii", explain=True).isascii()


def test_only_leaves_out_the_other_voices(sample: Analysis) -> None:
    shown = report_of(sample, only=Voice.OWN)
    assert "northern docks" in shown
    assert "relieved of her duties" not in shown.split("Weakest")[0]
    assert "6 sentences in other voices" in shown


def test_explained_factors_add_up(sample: Analysis) -> None:
    shown = report_of(sample, explain=True, width=120)
    blocks = re.split(r"\b(?:sourcing|certainty) +(?=\d\.\d\d +[+−])", shown.split("Sources ──")[0])[1:]
    assert len(blocks) == 2 * len(sample.claims)
    for block in blocks:
        score, *effects = re.findall(r"(?:(?<=^)|(?<=\+)|(?<=−))\d\.\d\d", block)
        signs = re.findall(r"[+−](?=\d\.\d\d)", block)
        total = sum(float(effect) * (-1 if sign == "−" else 1) for sign, effect in zip(signs, effects, strict=True))
        assert total == pytest.approx(float(score), abs=0.011)


def test_the_chain_tells_who_and_why_nobody(sample: Analysis) -> None:
    shown = report_of(sample, width=120)
    assert "↳ the Harbour Post (news outlet) ← the sentence hides who (the passive has no “by”)" in shown
    assert "↳ they = Veldan’s transport ministry (organisation, withheld)" in shown
    assert "(organisation, on Telegram)" in shown


def test_sources_side_by_side_are_not_a_chain(sample: Analysis) -> None:
    claim = msgspec.structs.replace(sample.claims[3], attributions=("a1", "a4"))
    both = msgspec.structs.replace(sample, claims=(*sample.claims[:3], claim, *sample.claims[4:]))
    shown = report_of(both, width=120)
    assert "↳ Veldan’s transport ministry (organisation, on Telegram) + the Harbour Post (news outlet)" in shown


def test_chains_that_begin_alike_say_so_once(sample: Analysis) -> None:
    nested = msgspec.structs.replace(sample.attributions[5], parent="a4")
    claim = msgspec.structs.replace(sample.claims[5], attributions=("a4", "a5", "a6"))
    both = msgspec.structs.replace(
        sample,
        attributions=(*sample.attributions[:5], nested),
        claims=(*sample.claims[:5], claim, *sample.claims[6:7]),
    )
    shown = " ".join(report_of(both, width=120).replace("┃", "").split())
    nobody = "the sentence hides who (the passive has no “by”)"
    assert (
        f"↳ the Harbour Post (news outlet) ← {nobody} + the sentence hides who (the passive has no “by”, loaded"
        in shown
    )


def test_stances_are_in_no_part_of_the_report(unclear: Analysis) -> None:
    for explain in (False, True):
        shown = report_of(unclear, explain=explain, width=120)
        assert "The island council backs the sale." in shown  # the sentence without a mark in it
        assert "organisation" not in shown


def test_a_quotation_without_a_clear_speaker_says_so_and_how_to_fix_it(unclear: Analysis) -> None:
    article, _, rest = report_of(unclear, width=120).partition("Sources ──")
    assert article.count("↳ quotation, speaker not clear") == 2
    assert "speaker not clear      quotation       2    33%" in rest
    assert rest.count("Fix: name the speaker in or next to the sentence.") == 2
    assert "own 33% · unclear 33%" in rest


def test_no_report_speaks_of_unclear_speakers_without_need(sample: Analysis) -> None:
    assert "unclear" not in report_of(sample, width=120, explain=True)


def test_a_belief_is_told_from_a_report(unclear: Analysis) -> None:
    shown = report_of(unclear, width=120)
    assert "She = Ida Bolt (person, belief)" in shown
    assert "Ida Bolt, who chairs the firm = Ida Bolt (person)" in shown


def test_only_unclear_speakers(unclear: Analysis) -> None:
    shown = report_of(unclear, only=Voice.UNCLEAR).split("Sources ──")[0]
    assert "Nobody on the island slept" in shown
    assert "3 sentences in other voices" in shown
    assert "backs the sale" not in shown


def test_every_voice_has_words_and_signs() -> None:
    look = look_for()
    for told in (words.VOICES, words.VOICE_LABELS, VOICE_STYLES, STRIPE_STYLES, look.shares, look.stripes):
        assert set(told) == set(Voice)
    for signs in (look.shares, look.stripes):
        assert len(set(signs.values())) == len(Voice)


def test_weakest_claims_come_with_their_place(sample: Analysis) -> None:
    shown = report_of(sample).split("Weakest claims")[1]
    first = sample.claims[4]
    line = sample.draft.text[: first.spans[0].start].count("\n") + 1
    assert f"\n{line}:" in shown.split("(“Reportedly”)")[0]
    assert "nobody is named (“Reportedly”)" in shown


def test_every_scoring_weight_has_words() -> None:
    assert set().union(*NAMES.values()) <= set(words.FACTORS)


def test_every_source_kind_has_words() -> None:
    assert set(words.KINDS) == set(SourceKind)


def test_a_hedge_inside_a_cue_marks_the_cue_once(sample: Analysis) -> None:
    cue = sample.attributions[5].cue.spans[0]
    hedge = Hedge(
        "h3", "s8", (Span(cue.start + 4, cue.end),), "been accused of", HedgeCategory.AGENTLESS_PASSIVE, 0.5, (cue,)
    )
    shown = report_of(msgspec.structs.replace(sample, hedges=(*sample.hedges, hedge)), width=120)
    assert "‹She ~has been accused of~ ignoring warnings›." in shown


def one_sentence(text: str, path: str = "draft.txt") -> Analysis:
    from attribution.records import Block, BlockKind

    draft = Draft(text=text, blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),), path=path)
    sentence = Sentence("s1", 0, len(text), text, 0, ())
    summary = Summary(1, 0, VoiceCounts(), None, None, 0, 0)
    return Analysis(draft, "hand", (sentence,), (), (), (), (), (), (), summary, ())


@pytest.mark.parametrize("width", [40, 60, 80])
def test_wide_characters_and_emoji_keep_the_layout(width: int) -> None:
    text = "東京都の発表によると👩‍👩‍👧は元気だと言っている。" * 6 + " a" + "b" * 100
    lines = report_of(one_sentence(text, "東京/日本.txt"), width=width).splitlines()
    assert max(map(cell_len, lines)) <= width


def test_a_draft_cannot_control_the_terminal() -> None:
    shown = report_of(one_sentence("He\x1b[2J said\x07 so\u202e,\r\nthey\tsay."), color=True)
    assert "\x1b[2J" not in shown
    assert not set(shown) & set("\x07\u202e\r\t")
    assert "He\ufffd[2J said\ufffd so\ufffd, they say." in ANSI.sub("", shown)


def test_text_without_claims_says_so() -> None:
    shown = report_of(one_sentence("Why?"))
    assert "makes no claim" in shown
    assert "Weakest" not in shown


def test_problems_are_told_with_their_place(sample: Analysis) -> None:
    assert "X001 5:1: quotation mark is never closed" in report_of(sample)
