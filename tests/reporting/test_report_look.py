from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from attribution.reporting.drawing import render
from attribution.reporting.look import look_for, printable, share_bar, short_path


@given(st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any), st.integers(1, 40))
def test_share_bar_fills_its_cells(counts: list[int], cells: int) -> None:
    shares = [(count / sum(counts), sign, Style.null()) for count, sign in zip(counts, "abc", strict=True)]
    bar = share_bar(shares, cells).plain
    assert len(bar) == cells
    for share, sign, _ in shares:
        assert abs(bar.count(sign) - share * cells) < 1


@given(st.text(), st.sampled_from(["utf-8", "ascii", "latin-1", "cp437", "no such encoding"]))
def test_printable_text_is_one_line_without_control_characters(text: str, encoding: str) -> None:
    look = look_for(encoding)
    shown = printable(text, look)
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in shown)
    assert not set(shown) & set("\u2028\u2029\u202e\u2066")
    assert "  " not in shown
    if encoding in ("ascii", "latin-1", "cp437"):
        shown.encode(encoding)


def test_printable_keeps_typography_readable_in_ascii() -> None:
    assert printable("“It’s – well … so,” 5\u00a0km", look_for("ascii")) == '"It\'s - well ... so," 5 km'


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "no such encoding"])
def test_signs_fall_back_to_ascii(encoding: str) -> None:
    look = look_for(encoding)
    signs = [
        look.full,
        look.empty,
        *look.shares.values(),
        look.remedy,
        look.under,
        look.arrow,
        look.cut,
        look.lines,
        look.rule,
    ]
    signs += [mark for role in look.roles for mark in (role.opening, role.closing)]
    assert "".join(signs).isascii()


def test_rendering_ignores_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Text("word " * 30, style="bold red")
    plain, colored = render([line], 60, color=False), render([line], 60, color=True)
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    assert render([line], 60, color=True) == colored
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert render([line], 60, color=False) == plain
    assert "\x1b" not in plain
    assert "\x1b[1;31m" in colored
    assert max(map(cell_len, plain.splitlines())) <= 60


def test_with_colours_no_part_is_marked_by_signs() -> None:
    assert all(not role.opening + role.closing for role in look_for(color=True).roles)
    assert all(role.opening and role.closing for role in look_for().roles)


@given(st.lists(st.text("ab東", min_size=1), min_size=1, max_size=6), st.integers(12, 80))
def test_a_short_path_fits_and_keeps_its_end(parts: list[str], cells: int) -> None:
    look = look_for()
    path = "/".join(parts)
    shown = short_path(path, look, cells)
    assert cell_len(shown) <= cells
    assert shown == path or (shown.startswith(look.cut) and path.endswith(shown.removeprefix(look.cut)))


def test_a_short_path_keeps_whole_folders_where_it_can() -> None:
    path = "newsroom/politics/drafts/harbour.txt"
    assert short_path(path, look_for(), 40) == path
    assert short_path(path, look_for(), 24) == "…/drafts/harbour.txt"
    assert short_path(path, look_for(), 8) == "…our.txt"
    assert short_path(path, look_for("ascii"), 24) == ".../drafts/harbour.txt"
