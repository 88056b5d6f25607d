"""The spinner on standard error stays out of the way of the result."""

from __future__ import annotations

import io
import sys

import pytest

from attribution.cli.progress import Progress


class Terminal(io.StringIO):
    """Standard error that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("done", "goes_on"), [(1, True), (2, False)])
def test_the_bar_comes_back_behind_a_result_unless_it_was_the_last(
    monkeypatch: pytest.MonkeyPatch, done: int, goes_on: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with Progress(["a.txt", "b.txt"]) as progress:
        for _ in range(done):
            progress.advance()
        with progress.paused():
            assert not progress._bar.live.is_started
        assert progress._bar.live.is_started is goes_on
