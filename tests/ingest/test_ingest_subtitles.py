"""Subtitles: cues joined to paragraphs and turns, with the places of the file and the times of the recording."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from ingest_drafts import assert_well_formed, blocks

from attribution.cli.main import attrib
from attribution.ingest import locate, read_bytes, read_text
from attribution.records import AttribError, Draft


def srt(*cues: tuple[float, float, str]) -> str:
    return "\n".join(
        f"{number}\n{clock(start)} --> {clock(end)}\n{words}\n" for number, (start, end, words) in enumerate(cues, 1)
    )


def clock(seconds: float) -> str:
    return (
        f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02},{int(seconds * 1000) % 1000:03}"
    )


def words_of(draft: Draft) -> list[str]:
    return [words for _, words in blocks(draft)]


def test_cues_are_joined_to_paragraphs_at_pauses() -> None:
    draft = read_text(
        srt(
            (1, 2, "The ferry sank"),
            (2, 3, "in March, said the\nharbour office."),
            (3, 4, "It was old."),
            (9, 10, "It was raised"),
            (15, 16, "in May."),
        ),
        "srt",
    )
    assert words_of(draft) == [
        "The ferry sank in March, said the harbour office. It was old.",
        "It was raised in May.",
    ]


def test_places_and_times_are_those_of_the_file() -> None:
    source = srt((1, 2, "The ferry sank"), (62.5, 63, "in March."))
    draft = read_text(source, "srt")
    assert_well_formed(draft, source, "<&{")
    assert locate(draft, draft.text.index("in March")) == (7, 1)
    assert [draft.time_at(draft.text.index(words)) for words in ("The", "sank", "in", ".")] == [1.0, 1.0, 62.5, 62.5]
    assert read_text("She left.").time_at(3) is None


def test_voices_of_webvtt_are_turns() -> None:
    source = (
        "WEBVTT - Board\n\nNOTE by hand\nin two lines\n\nSTYLE\n::cue { color: red }\n\nopening\n"
        "00:01.000 --> 00:04.000 line:0\n<v Ada Quill>Good evening. The ferry sank\n\n"
        "00:04.000 --> 00:06.500\n<v.loud Ada Quill>in <i>March</i> &amp; rose<00:05.000> in May.</v>\n\n"
        "01:00:10.000 --> 01:00:12.000\n<v Ida Bolt>Nobody was hurt.\n"
    )
    draft = read_text(source, "vtt")
    assert_well_formed(draft, source, "<&{")
    assert blocks(draft) == [
        ("speaker", "Ada Quill"),
        ("turn", "Good evening. The ferry sank in March & rose in May."),
        ("speaker", "Ida Bolt"),
        ("turn", "Nobody was hurt."),
    ]
    speakers = [draft.text[block.speaker.start : block.speaker.end] for block in draft.blocks if block.speaker]
    assert speakers == ["Ada Quill", "Ida Bolt"]
    assert draft.time_at(len(draft.text) - 1) == 3610.0


def test_labels_with_a_colon_are_turns() -> None:
    draft = read_text(
        srt(
            (1, 2, "QUILL: Did anybody\nask you?"),
            (2, 3, "BOLT: Nobody asked us. I was there."),
            (3, 4, "QUILL: What did you see?"),
            (4, 5, "BOLT: I saw the hull."),
        ),
        "srt",
    )
    assert [kind for kind, _ in blocks(draft)] == ["speaker", "question", "speaker", "turn"] * 2


@pytest.mark.parametrize("words", ["[applause]", "(MUSIC)", "♪ Row the boat ♪", "<i>[horn]</i>", "{\\an8}(bell)"])
def test_what_is_heard_and_not_said_is_left_out(words: str) -> None:
    assert words_of(read_text(srt((1, 2, "The ferry sank"), (2, 3, words), (3, 4, "in March.")), "srt")) == [
        "The ferry sank in March."
    ]


def test_lines_that_roll_up_are_read_once() -> None:
    rolling = srt((1, 2, "the ferry sank"), (2, 3, "the ferry sank\nin march"), (3, 4, "in march\nsaid the office"))
    assert words_of(read_text(rolling, "srt")) == ["the ferry sank in march said the office"]


def test_dashes_and_arrows_tell_that_another_speaks() -> None:
    assert words_of(read_text(srt((1, 2, "- It sank.\n- It rose."), (2, 3, ">> It sank again.")), "srt")) == [
        "It sank.",
        "It rose.",
        "It sank again.",
    ]


def test_cues_without_an_empty_line_between_them_are_read() -> None:
    source = srt((1, 2, "It sank"), (2, 3, "in 1971")).replace("\n\n", "\n")
    assert words_of(read_text(source, "srt")) == ["It sank in 1971"]


@pytest.mark.parametrize("source", ["WEBVTT\n\n", srt((1, 2, "[music]")), "1\n00:00:01,000 --> \nIt sank.\n"])
def test_a_file_without_words_is_told_in_one_line(source: str) -> None:
    with pytest.raises(AttribError, match="holds no words"):
        read_bytes(source.encode(), "board.vtt")


@pytest.mark.slow
def test_the_report_tells_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "cache"))
    file = tmp_path / "board.srt"
    words = "The ferry sank in March, according to media reports. Experts said it will not be raised this year."
    file.write_text(srt((3661, 3670, words)), encoding="utf-8")
    report = CliRunner().invoke(attrib, ["report", str(file)])
    assert "at 1:01:01" in report.stdout
    assert '"time": 3661.0' in CliRunner().invoke(attrib, ["report", "-f", "json", str(file)]).stdout
