"""An article's numbers beside what is usual in published news."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from html_pages import read_page

from attribution.records import Analysis
from attribution.reporting import words
from attribution.reporting.html import report_html
from attribution.reporting.text import report_text
from attribution.reporting.yardstick import MEASURES, Gauge, Range, Yardstick, gauges_of, load_yardstick
from attribution.resources import page_folder


@pytest.fixture
def long_enough(sample: Analysis) -> Analysis:
    """The sample with as many words as the yardstick asks for; it makes eight claims."""
    missing = load_yardstick().least_words - len(sample.draft.text.split())
    draft = msgspec.structs.replace(sample.draft, text=sample.draft.text + "\n\n" + "word " * missing)
    return msgspec.structs.replace(sample, draft=draft)


def test_every_measure_has_a_range_and_words() -> None:
    yardstick = load_yardstick()
    assert set(MEASURES) == set(words.GAUGES)
    assert yardstick.articles >= 40
    for genre in yardstick.genre:
        assert set(genre.measures) == set(MEASURES), genre.name
        for name, usual in genre.measures.items():
            assert 0 <= usual.low < usual.high, (genre.name, name)
            assert usual.high <= 1 or not MEASURES[name][0]


def test_a_number_is_out_of_the_ordinary_only_where_it_is_so_in_every_genre() -> None:
    ranges = (Range(2.0, 4.0), Range(1.0, 3.0))
    told = {value: Gauge("sources", value, ranges, is_share=False) for value in (0.5, 1.5, 3.5, 4.5)}
    assert [value for value, gauge in told.items() if gauge.is_less] == [0.5]
    assert [value for value, gauge in told.items() if gauge.is_more] == [4.5]
    assert (told[0.5].low, told[0.5].high) == (1.0, 4.0)


def test_numbers_are_those_of_the_article(long_enough: Analysis) -> None:
    gauges = {gauge.name: gauge for gauge in gauges_of(long_enough, points=3)}
    counts = long_enough.summary.carriers
    assert gauges["named"].value == counts.named / 8
    assert gauges["paper"].value == counts.paper / 8
    assert gauges["sources"].value == pytest.approx(2 * 500 / 150)
    assert gauges["points"].value == pytest.approx(3 * 500 / 150)
    assert gauges["points"].is_more
    assert not gauges["points"].is_less
    assert sum(gauges[name].value for name in ("named", "described", "nobody", "paper")) == pytest.approx(1)


def test_short_articles_are_not_compared(sample: Analysis, long_enough: Analysis) -> None:
    assert gauges_of(sample, points=3) == ()
    assert gauges_of(msgspec.structs.replace(long_enough, claims=long_enough.claims[:7]), points=3) == ()


def test_a_file_that_is_no_yardstick_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "yardstick.toml"
    path.write_text("least_claims = 8\nleast_words = 150\nmost = 2\ngenre = []\n", encoding="utf-8")
    with pytest.raises(msgspec.ValidationError, match="most"):
        load_yardstick(path)
    assert isinstance(load_yardstick(), Yardstick)


def test_the_page_tells_the_numbers_with_what_is_usual(long_enough: Analysis, sample: Analysis) -> None:
    page = read_page(report_html(long_enough))
    told = {row.one("dt").text: row.one("dd").text for row in page.one("section", "numbers").one("dl").all("div")}
    lowest = min(genre.measures["named"].low for genre in load_yardstick().genre)
    named = long_enough.summary.carriers.named / 8
    assert f"{named:.0%}" in told["claims from named sources"]
    assert f"usual: {lowest:.0%}".removesuffix("%") in told["claims from named sources"]
    (points,) = [text for label, text in told.items() if label.startswith("places to look at")]
    assert "usual: 0–" in points
    assert not read_page(report_html(sample)).all("section", "numbers")


def test_the_page_has_what_is_usual_in_each_genre_and_shows_that_of_the_chosen_one(long_enough: Analysis) -> None:
    page = read_page(report_html(long_enough)).one("section", "numbers")
    genres = load_yardstick().genre
    choices = [label.text.strip() for label in page.one("fieldset").all("label")]
    assert choices == ["any news", *(genre.name for genre in genres)]
    style = (page_folder() / "page.css").read_text(encoding="utf-8")
    for number, choice in enumerate(page.one("fieldset").all("input")):
        assert choice.attributes["id"] == f"genre-{number}"
        assert f".numbers:has(#genre-{number}:checked) .g-{number}" in style
        assert len(page.all("span", f"g-{number}")) == len(page.all("rect", f"g-{number}")) == len(MEASURES)
    (paper,) = [row.text for row in page.one("dl").all("div") if "of the paper’s own" in row.text]
    for genre in genres:
        usual = genre.measures["paper"]
        assert f"usual: {usual.low:.0%}".removesuffix("%") + f"–{usual.high:.0%}" in paper


def test_the_terminal_tells_the_numbers_beside_each_genre(long_enough: Analysis) -> None:
    told = report_text(long_enough, full=False).split("In numbers")[1]
    for genre in load_yardstick().genre:
        assert genre.name in told
    (points,) = [line for line in told.splitlines() if line.startswith("places to look at")]
    assert points.split()[-1 - len(load_yardstick().genre)] == "high"
    narrow = report_text(long_enough, full=False, width=60).split("In numbers")[1]
    assert load_yardstick().genre[0].name not in narrow
    assert "high" in narrow
