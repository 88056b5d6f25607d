"""The terminal report: its exact look at fixed widths, and what must hold at every width."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from report_findings import finding_at, sample_findings
from rich.cells import cell_len

from attribution.records import (
    Analysis,
    Block,
    BlockKind,
    BlockRole,
    Carrier,
    Draft,
    Exposure,
    ExposureMark,
    Grade,
    Hedge,
    HedgeCategory,
    Mode,
    Polarity,
    Predicate,
    Sentence,
    SourceKind,
    Span,
    Summary,
    VoiceCounts,
)
from attribution.reporting import words
from attribution.reporting.attention import PointKind
from attribution.reporting.look import CARRIER_STYLES, look_for
from attribution.reporting.text import report_text
from attribution.scoring.weights import NAMES

EXPECTED = Path(__file__).parent / "expected"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
TEXT = "The text ──"


def report_of(analysis: Analysis, **options: object) -> str:
    """The report with the sample's findings, where the analysis is the sample's."""
    if "findings" not in options and analysis.draft.path == "harbour.txt":
        options["findings"] = sample_findings(analysis)
    return report_text(analysis, **options)  # type: ignore[arg-type]


LOOKS: tuple[tuple[str, dict[str, object]], ...] = (
    ("report-60.txt", {"width": 60}),
    ("report-80.txt", {"width": 80}),
    ("report-120.txt", {"width": 120}),
    ("report-brief.txt", {"full": False}),
    ("report-explain.txt", {"explain": True}),
    ("report-only-nobody.txt", {"only": [Carrier.NOBODY]}),
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
    shown = report_of(sample, width=width).split(TEXT)[1]
    told = " ".join(line[11:] for line in shown.splitlines())
    bare = re.sub(r"[‹›_~]", "", " ".join(told.split()))
    for sentence in sample.sentences:
        assert sentence.text in bare


def test_colours_stand_in_place_of_signs(sample: Analysis) -> None:
    colored = report_of(sample, color=True)
    codes = {code for sequence in ANSI.findall(colored) for code in sequence[2:-1].split(";")}
    assert codes <= {"0", "1", "2", "4", "30", "31", "32", "35", "36", "43"}
    assert not set(colored.split("The text")[1]) & set("‹›_~")
    bare = report_of(sample).split(TEXT)[1]
    told, signed = ANSI.sub("", colored).split(TEXT)[1].split(), re.sub(r"[‹›_~]", "", bare).split()
    assert " ".join(told).replace(" look here", "", 1).split() == signed


def test_ascii_report_is_ascii(sample: Analysis) -> None:
    assert report_of(sample, encoding="ascii", explain=True).isascii()


@pytest.mark.parametrize("role", BlockRole)
def test_what_a_block_is_called_is_ascii_for_a_terminal_of_ascii(sample: Analysis, role: BlockRole) -> None:
    blocks = tuple(msgspec.structs.replace(block, role=role) for block in sample.draft.blocks)
    draft = msgspec.structs.replace(sample.draft, blocks=blocks)
    told = report_of(msgspec.structs.replace(sample, draft=draft), encoding="ascii")
    assert told.isascii()
    assert words.ROLES[role].split(",")[0] in told


def test_the_answer_comes_first(sample: Analysis) -> None:
    shown = report_of(sample)
    heads = [shown.index(head) for head in ("8 claims:", "What to look at", "Who carries the story", TEXT)]
    assert heads == sorted(heads)
    assert report_of(sample, full=False) == shown[: heads[-1]].rstrip("\n") + "\n"
    assert shown.splitlines()[-1].startswith("4 places to look at: see the list at the top")


def test_the_head_line_counts(sample: Analysis, unclear: Analysis) -> None:
    told = " ".join(report_of(sample).split("What to look at")[0].split())
    assert told.endswith(
        "8 claims: 3 from named sources, 2 from nobody in particular, 3 the paper’s own, 1 of which needs a source."
    )
    assert "2 in quotation marks with no clear speaker" in " ".join(report_of(unclear).split())


def test_each_point_tells_its_place_its_words_why_and_what_to_do(sample: Analysis) -> None:
    listed = report_of(sample, width=120).split("What to look at")[1].split("Who carries")[0]
    assert "4 places" in listed
    first, *_, last = listed.strip().split("\n\n")
    assert "1  3:84   “Solt was in charge of the northern docks.”" in first
    assert "Needs a source: Blame for a named person" in first
    assert "→ Say who says so, or how the paper knows." in first
    assert last.strip().startswith("4  5:49   The whole article: Two sources carry the article.")


def test_reasons_about_the_same_words_stand_together(sample: Analysis) -> None:
    listed = report_of(sample, width=120).split("What to look at")[1].split("Who carries")[0]
    (accused,) = [part for part in listed.split("\n\n") if "accused" in part]
    assert accused.count("→") == 2
    assert accused.count("“She has been accused of ignoring warnings.”") == 1


def test_the_text_leads_to_the_list(sample: Analysis) -> None:
    text = report_of(sample).split(TEXT)[1]
    assert "\n1          Solt was in charge" in text
    assert "\n2 nobody   ~Reportedly~, the mayor" in text
    assert re.search(r"\n3 nobody   She _?has been", text)


def test_nothing_to_look_at_says_so(sample: Analysis) -> None:
    clean = msgspec.structs.replace(sample, places=())
    assert words.NOTHING_TO_LOOK_AT in " ".join(report_of(clean, findings=[]).split())


def test_long_words_of_a_point_are_cut_around_what_is_wrong() -> None:
    text = "The plan, " + "which nobody has read, " * 12 + "is reportedly dead, " + "as all agree, " * 12 + "too."
    analysis = one_sentence(text)
    shown = report_of(analysis, findings=[finding_at(analysis, "HDG303", "reportedly")], full=False)
    quoted = " ".join(shown.split("“")[1].split("”")[0].split())
    assert "reportedly dead" in quoted
    assert quoted[0] == quoted[-1] == "…"
    assert len(quoted) < 160


def test_only_leaves_out_what_others_answer_for(sample: Analysis) -> None:
    shown = report_of(sample, only=[Carrier.PAPER]).split(TEXT)[1]
    assert "northern docks" in shown
    assert "relieved of her duties" not in shown
    assert "6 sentences left out" in shown


def test_explained_factors_add_up(sample: Analysis) -> None:
    shown = report_of(sample, explain=True, width=120).split(TEXT)[1]
    blocks = re.split(r"\b(?:sourcing|certainty) +(?=\d\.\d\d +[+−])", shown)[1:]
    assert len(blocks) == 2 * len(sample.claims)
    for block in blocks:
        score, *effects = re.findall(r"(?:(?<=^)|(?<=\+)|(?<=−))\d\.\d\d", block)
        signs = re.findall(r"[+−](?=\d\.\d\d)", block)
        total = sum(float(effect) * (-1 if sign == "−" else 1) for sign, effect in zip(signs, effects, strict=True))
        assert total == pytest.approx(float(score), abs=0.011)


def test_a_sentence_tells_who_where_its_own_words_do_not(sample: Analysis) -> None:
    text = report_of(sample, width=120).split(TEXT)[1]
    assert "↳ the Harbour Post; the sentence hides who" in text
    assert "↳ Veldan’s transport ministry did not say" in text
    assert "↳ Veldan’s transport ministry, on Telegram" not in text
    assert text.count("↳") == 2


def test_no_field_terms_without_explain(sample: Analysis, unclear: Analysis) -> None:
    for analysis in (sample, unclear):
        shown = report_of(analysis, width=120)
        for term in ("hearsay", "vague collective", "agentless", "passive", "sourcing", "certainty", "withheld"):
            assert term not in shown


def test_stances_are_in_no_part_of_the_report(unclear: Analysis) -> None:
    for explain in (False, True):
        shown = report_of(unclear, explain=explain, width=120)
        assert "The island council backs the sale." in shown  # the sentence without a mark in it
        assert "organisation" not in shown


def test_a_quotation_without_a_clear_speaker_is_to_be_looked_at(unclear: Analysis) -> None:
    answer, text = report_of(unclear, width=120).split(TEXT)
    assert answer.count("→ Name the speaker in the sentence or next to it.") == 1
    assert re.search(r"no clear speaker +2 +33%", answer)
    assert text.count(" who?") == 2


def test_no_report_speaks_of_unclear_speakers_without_need(sample: Analysis) -> None:
    assert "clear" not in report_of(sample, width=120, explain=True).replace("clearly", "")


def test_no_row_of_the_ledger_is_empty(sample: Analysis) -> None:
    silent = msgspec.structs.replace(sample, sources=(msgspec.structs.replace(sample.sources[0], claims=()),))
    assert "transport ministry" not in report_of(silent, full=False, findings=[])
    assert " 0%" not in report_of(silent)


def test_a_belief_is_told_from_a_report(unclear: Analysis) -> None:
    text = report_of(unclear, width=120).split(TEXT)[1]
    assert "↳ the view of Ida Bolt" in text
    assert text.count("↳") == 1


def test_only_unclear_speakers(unclear: Analysis) -> None:
    shown = report_of(unclear, only=[Carrier.UNCLEAR]).split(TEXT)[1]
    assert "Nobody on the island slept" in shown
    assert "3 sentences left out" in shown
    assert "backs the sale" not in shown


def test_all_that_can_be_told_has_words_and_signs() -> None:
    assert set(words.CARRIERS) == set(CARRIER_STYLES) == set(Carrier)
    assert set(words.POINTS) == set(PointKind)
    for encoding in ("utf-8", "ascii"):
        shares = look_for(encoding).shares
        assert set(shares) == set(Carrier)
        assert len(set(shares.values())) == len(Carrier)


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
    assert "She ~has been accused of~ ignoring warnings." in shown


def test_approximators_are_not_marked(sample: Analysis) -> None:
    (may,) = [hedge for hedge in sample.hedges if hedge.text == "may"]
    about = msgspec.structs.replace(may, category=HedgeCategory.APPROXIMATOR)
    assert "~may~" in report_of(sample)
    assert "~may~" not in report_of(msgspec.structs.replace(sample, hedges=(sample.hedges[0], about)))


def test_the_name_of_the_file_survives_a_long_path(sample: Analysis) -> None:
    path = "/home/somebody/newsroom/desk/politics/drafts/2026/november/harbour-chief-to-leave.txt"
    far = msgspec.structs.replace(sample, draft=msgspec.structs.replace(sample.draft, path=path))
    for width in (40, 60, 80):
        head = report_of(far, width=width, findings=[]).splitlines()[0]
        assert "harbour-chief-to-leave.txt" in head
        assert head.startswith("…/")


def one_sentence(text: str, path: str = "draft.txt") -> Analysis:
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
    assert words.NO_CLAIMS in shown
    assert "What to look at" not in shown
    assert "Why?" in shown


def test_who_speaks_on_is_told_once(sample: Analysis) -> None:
    first, second = sample.claims[5:7]
    replaced = {"c7": msgspec.structs.replace(second, sentence="s9", attributions=first.attributions)}
    claims = tuple(replaced.get(claim.id, claim) for claim in sample.claims if claim.id != "c8")
    both = msgspec.structs.replace(sample, claims=claims)
    text = report_of(both, width=120, findings=[]).split(TEXT)[1]
    assert text.count("↳ the Harbour Post; the sentence hides who") == 2
    next_to_each_other = msgspec.structs.replace(both, sentences=(*sample.sentences[:7], sample.sentences[8]))
    text = report_of(next_to_each_other, width=120, findings=[]).split(TEXT)[1]
    assert text.count("↳ the Harbour Post; the sentence hides who") == 1


def test_a_long_ledger_is_cut(sample: Analysis) -> None:
    entity = sample.sources[1]
    many = tuple(msgspec.structs.replace(entity, id=f"e{number}", name=f"Source {number}") for number in range(12))
    shown = report_of(msgspec.structs.replace(sample, sources=many), full=False, findings=[])
    assert [f"Source {number}" in shown for number in range(12)] == [True] * 8 + [False] * 4
    assert re.search(r"4 more sources +2 +25%", shown)
    ten = msgspec.structs.replace(sample, sources=many[:9])
    assert "more sources" not in report_of(ten, full=False, findings=[])


def test_explain_tells_carrier_exposure_and_commitment(sample: Analysis) -> None:
    accused = sample.claims[7]
    cue = sample.attributions[5].cue
    mark = ExposureMark("accusation", 3, cue.spans, cue.text)
    predicate = Predicate(
        cue.spans, cue.text, Polarity.NEGATIVE, Grade.POSSIBLE, Mode.SUPPOSED, -0.4, ("wh question", "negation")
    )
    told = msgspec.structs.replace(
        accused, support=0, exposure=Exposure(3, (mark,)), predicates=(predicate,), commitment=-0.4
    )
    shown = report_of(msgspec.structs.replace(sample, claims=(*sample.claims[:7], told)), explain=True, width=160)
    rows = [line.split() for line in shown.split("c8 “She")[1].splitlines()]
    assert any(row[:2] == ["carrier", "nobody"] for row in rows)
    assert any(row[:4] == ["support", "0", "of", "4"] and "Nobody:" in row for row in rows)
    assert any(row[:6] == ["exposure", "3", "of", "3", "3", "accusation,"] for row in rows)
    (commitment,) = [row for row in rows if row[:1] == ["commitment"]]
    assert commitment[1:3] == ["−0.40", "−0.40"]
    assert " ".join(commitment[3:]).endswith("; wh question, negation")
    assert "Constructions" not in shown.split("c8 “She")[0]
    assert re.search(
        r"\nwh question +as in “Why did the dam fail\?”; leaves \d\.\d\d\nnegation|"
        r"\nnegation +as in “The dam did not fail.”; leaves \d\.\d\d\nwh question",
        shown,
    )


def test_a_cue_of_hyphened_words_is_marked_once(sample: Analysis) -> None:
    text = "Ada Quill kept her often-repeated vow that the bridge would open."
    starts = [text.index(word) for word in ("often", "repeated vow")]
    said = sample.attributions[3]
    vow = msgspec.structs.replace(
        said,
        sentence="s1",
        cue=msgspec.structs.replace(
            said.cue, spans=(Span(starts[0], starts[0] + 5), Span(starts[1], starts[1] + len("repeated vow")))
        ),
        source=msgspec.structs.replace(said.source, spans=(Span(0, 9),), entity=None),
        content=msgspec.structs.replace(said.content, spans=()),
    )
    analysis = msgspec.structs.replace(one_sentence(text), attributions=(vow,))
    assert "‹Ada Quill› kept her _often-repeated vow_ that" in report_of(analysis)
