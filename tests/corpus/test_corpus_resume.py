"""A run does what is missing or has changed, and however one ends, nothing is lost, doubled or half-written."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from corpus_runs import FirstWords, content, numbered, read_by, rows, run, write_lines

from attribution.corpus.inputs import Columns
from attribution.corpus.places import Place
from attribution.corpus.run import LOCK, Watcher
from attribution.records import AttribError


@pytest.fixture(autouse=True)
def parser(monkeypatch: pytest.MonkeyPatch) -> FirstWords:
    return read_by(FirstWords(), monkeypatch)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "news.jsonl", numbered(60))


class Killed(BaseException):
    """As when the process is killed: no handler of errors sees it."""


def test_a_second_run_does_nothing_and_leaves_the_same_bytes(table: Path, tmp_path: Path, parser: FirstWords) -> None:
    first = run([table], tmp_path / "out", rows=8, with_json=True)
    assert first.made > 3
    before = content(tmp_path / "out")
    parser.texts.clear()
    again = run([table], tmp_path / "out", rows=8, with_json=True)
    assert (again.made, again.finished, again.analysed, parser.texts) == (0, first.made, 0, [])
    assert again.rows == first.rows
    assert content(tmp_path / "out") == before


@pytest.mark.parametrize("when", ["before", "half", "after"])
def test_killed_at_any_write_a_run_is_finished_by_the_next(
    when: str, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([table], tmp_path / "whole", rows=12)
    whole = content(tmp_path / "whole")
    write = Place.write
    left = 0

    def write_or_die(place: Place, data: bytes) -> None:
        nonlocal left
        left -= 1
        if left == 0 and when == "half":
            path = Path(place.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f".{path.name}.1").write_bytes(data[: len(data) // 2])
        if left == 0 and when != "after":
            raise Killed
        write(place, data)
        if left == 0:
            raise Killed

    monkeypatch.setattr(Place, "write", write_or_die)
    # Every run is killed at a later write than the last: all writes of a part and the manifest's are met.
    output = tmp_path / "out"
    deaths = 0
    for left_before in (1, 2, 3, 4, 5, 6, 7, 8, 13, 20, 1, 9, 1000):
        left = left_before
        try:
            run([table], output, rows=12)
        except Killed:
            deaths += 1
            found = Counter(row["article"] for row in rows(output, "articles"))
            assert set(found.values()) <= {1}
            claims = {row["article"] for row in rows(output, "claims")}
            assert set(found) <= claims  # an article that is seen has its rows
    assert deaths > 8
    assert content(output) == whole
    assert [path.name for path in output.rglob(".*")] == [LOCK]


def test_only_the_article_that_changed_is_analysed_again(table: Path, tmp_path: Path, parser: FirstWords) -> None:
    first = run([table], tmp_path / "out", rows=8, with_json=True)
    before = content(tmp_path / "out")
    changed = [{**record, "text": "New text."} if record["id"] == "n030" else record for record in numbered(60)]
    write_lines(table, changed)
    parser.texts.clear()
    second = run([table], tmp_path / "out", rows=8, with_json=True)
    assert parser.texts == ["New text."]
    assert second.analysed == 1
    assert second.finished >= first.made - 2
    run([table], tmp_path / "fresh", rows=8, with_json=True)
    assert content(tmp_path / "out") == content(tmp_path / "fresh")
    assert content(tmp_path / "out") != before


def test_inserted_and_removed_rows_touch_only_their_parts(table: Path, tmp_path: Path, parser: FirstWords) -> None:
    first = run([table], tmp_path / "out", rows=8)
    records = [{"id": "new", "text": "New first.", "n": -1}, *numbered(60)]
    del records[40]
    write_lines(table, records)
    parser.texts.clear()
    second = run([table], tmp_path / "out", rows=8)
    assert parser.texts == ["New first."]
    assert second.finished >= first.made - 4
    assert sorted(row["article"] for row in rows(tmp_path / "out", "articles")) == sorted(
        record["id"] for record in records
    )
    run([table], tmp_path / "fresh", rows=8)
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_another_kept_column_needs_no_analysis(table: Path, tmp_path: Path, parser: FirstWords) -> None:
    run([table], tmp_path / "out", rows=8)
    write_lines(table, ({**record, "outlet": "Echo"} for record in numbered(60)))
    parser.texts.clear()
    assert run([table], tmp_path / "out", rows=8).analysed == 0
    assert parser.texts == []
    assert {row["outlet"] for row in rows(tmp_path / "out", "articles")} == {"Echo"}


def test_other_settings_analyse_again_and_the_old_ones_find_what_a_killed_run_left(
    table: Path, tmp_path: Path, parser: FirstWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run([table], tmp_path / "out", rows=12)
    before = content(tmp_path / "out")
    written: list[Any] = []
    write = Place.write

    def die_at_once(place: Place, data: bytes) -> None:
        written.append(place)
        raise Killed

    monkeypatch.setattr(Place, "write", die_at_once)
    with pytest.raises(Killed):
        run([table], tmp_path / "out", rows=12, longest=1_000)
    assert rows(tmp_path / "out", "articles") == []
    monkeypatch.setattr(Place, "write", write)
    parser.texts.clear()
    again = run([table], tmp_path / "out", rows=12)
    assert (again.finished, parser.texts) == (first.made, [])
    assert content(tmp_path / "out") == before
    assert run([table], tmp_path / "out", rows=12, longest=1_000).analysed == 60


def test_results_are_not_dropped_because_an_input_is_not_named(table: Path, tmp_path: Path) -> None:
    other = write_lines(tmp_path / "other.jsonl", [{"id": "o", "text": "Ran.", "n": 1}])
    run([table], tmp_path / "out")
    before = content(tmp_path / "out")
    with pytest.raises(AttribError, match=r"holds the results for .*news\.jsonl, which is not among the inputs"):
        run([other], tmp_path / "out")
    assert content(tmp_path / "out") == before
    assert run([table, other], tmp_path / "out").analysed == 1
    assert run([other], tmp_path / "out", overwrite=True).rows["articles"] == 1
    assert run([table, other], tmp_path / "out").rows["articles"] == 61
    table.unlink()
    assert run([other], tmp_path / "out").rows["articles"] == 1


def test_a_folder_of_something_else_is_not_touched(table: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("Do not touch.")
    with pytest.raises(AttribError, match="holds other files; name a new folder"):
        run([table], tmp_path / "thesis")
    with pytest.raises(AttribError, match="is a file; name a folder"):
        run([table], table)


def test_two_runs_do_not_write_to_one_folder(table: Path, tmp_path: Path) -> None:
    class SecondRun(Watcher):
        message = ""

        def read(self, source: str, share: float, articles: int) -> None:
            if not self.message:
                with pytest.raises(AttribError) as caught:
                    run([table], tmp_path / "out", rows=12)
                self.message = str(caught.value)

    watcher = SecondRun()
    run([table], tmp_path / "out", watcher=watcher, rows=12)
    assert "another run is writing there" in watcher.message


def test_a_damaged_entry_is_told_with_its_remedy(table: Path, tmp_path: Path) -> None:
    run([table], tmp_path / "out")
    (entry, *_) = (tmp_path / "out" / "parts").iterdir()
    entry.write_text("{")
    with pytest.raises(AttribError, match="remove it, and the part is made again"):
        run([table], tmp_path / "out")


def test_progress_goes_from_nothing_to_all(table: Path, tmp_path: Path) -> None:
    shares: list[float] = []

    class Shares(Watcher):
        def read(self, source: str, share: float, articles: int) -> None:
            shares.append(share)

    run([table], tmp_path / "out", Columns(), watcher=Shares(), rows=8)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
