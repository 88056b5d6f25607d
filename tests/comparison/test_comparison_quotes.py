"""Which differences count as altered quotations; no parse is needed."""

from __future__ import annotations

import pytest
from pair_cases import words

from attribution.analysis import analyse_parsed
from attribution.comparison.quotes import Altered, altered_quotations
from attribution.comparison.version import Version
from attribution.ingest import read_text


def altered(old: str, new: str) -> list[Altered]:
    return altered_quotations(version(old), version(new), frozenset())


def version(text: str) -> Version:
    return Version(analyse_parsed(read_text(text), (), *words(), "none"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“We will sell the ferry this year,” she said.", "“We will sell the ferry this year!” she said."),
        ("“We will sell the ferry this year,” she said.", '"We will sell the ferry this year," she said.'),
        ("“We will sell the ferry this year,” she said.", "“We will sell the ferry,” she said, “this year.”"),
        ("“We will,” she said, “sell the ferry this year.”", "“We will sell the ferry this year,” she said."),
        ("“We will sell the ferry this year,” she said.", "She said they would “sell the ferry”."),
        ("“We will, I think, sell the ferry,” she said.", "“We will … sell the ferry,” she said."),
        ("“We will, I think, sell the ferry,” she said.", "“We will ... sell the ferry,” she said."),
        ("“They will sell it this year,” she said.", "“[The Danes] will sell it this year,” she said."),
        ("“We don’t want it,” she said.", "“We don't want it,” she said."),
        ("“We will sell the ferry this year,” she said.", "She said they would sell it."),
        ("She said they would sell it.", "“Nobody asked me about it,” she said."),
        ("“We will sell the ferry this year,” she said.", "“Rain is on its way,” he said."),
    ],
)
def test_not_altered(old: str, new: str) -> None:
    assert altered(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "gone", "came"),
    [
        ("“We will sell the ferry,” she said.", "“We may sell the ferry,” she said.", ["will"], ["may"]),
        ("“We will not sell the ferry,” she said.", "“We will sell the ferry,” she said.", ["not"], []),
        ("“We will sell the ferry,” she said.", "“We will soon sell the ferry,” she said.", [], ["soon"]),
        ("“We don’t want it at all,” she said.", "“We do not want it at all,” she said.", ["don’t"], ["do not"]),
        ("“Sell the ferry,” she said.", "“We have to sell the ferry,” she said.", [], ["We have to"]),
    ],
)
def test_altered(old: str, new: str, gone: list[str], came: list[str]) -> None:
    (found,) = altered(old, new)
    assert [old[span.start : span.end] for span in found.old_words] == gone
    assert [new[span.start : span.end] for span in found.new_words] == came
