"""Quotation marks: pairs, nesting, paragraphs, apostrophes, and marks without a partner."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attribution.extraction.quotations import find_quotations
from attribution.records import Block, BlockKind, Draft, Problem, Quotation, Span


def draft_of(text: str, kinds: tuple[BlockKind, ...] = ()) -> Draft:
    """A draft with one block a line, paragraphs unless told otherwise."""
    blocks: list[Block] = []
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            kind = kinds[len(blocks)] if kinds else BlockKind.PARAGRAPH
            blocks.append(Block(kind, Span(offset, offset + len(line))))
        offset += len(line) + 1
    return Draft(text=text, blocks=tuple(blocks))


def pieces(text: str) -> list[list[str]]:
    """The parts of each quotation, as text."""
    quotations, _ = find_quotations(draft_of(text))
    return [[text[part.start : part.end] for part in quotation.parts] for quotation in quotations]


def problems(text: str) -> list[str]:
    """The mark of each problem."""
    return [text[problem.start : problem.end] for problem in find_quotations(draft_of(text))[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We lost the bridge," she said. "All of it."', ['"We lost the bridge,"', '"All of it."']),
        ("“We lost the bridge,” she said.", ["“We lost the bridge,”"]),
        ("'We lost the bridge,' she said.", ["'We lost the bridge,'"]),
        ("‘We lost the bridge,’ she said.", ["‘We lost the bridge,’"]),
        ("``We lost the bridge,'' she said.", ["``We lost the bridge,''"]),
        ("''We lost the bridge,'' she said.", ["''We lost the bridge,''"]),
        ("‘‘We lost the bridge,’’ she said.", ["‘‘We lost the bridge,’’"]),
        ("`We lost the bridge,' she said.", ["`We lost the bridge,'"]),
        ("«We lost» and ‹the bridge›", ["«We lost»", "‹the bridge›"]),
        ("« We lost », »the bridge«", ["« We lost »", "»the bridge«"]),
        ("„Wir gehen“ and „idziemy” and ‚beide‘", ["„Wir gehen“", "„idziemy”", "‚beide‘"]),
        ("”Vi går,” she said.", ["”Vi går,”"]),
    ],
)
def test_every_kind_of_mark(text: str, expected: list[str]) -> None:
    assert pieces(text) == [[piece] for piece in expected]
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ("“He told me ‘never’ twice,” she said.", [None, "q1"]),
        ("\"He told me 'never' twice,\" she said.", [None, "q1"]),
        ("'He told me \"never\" twice,' she said.", [None, "q1"]),
        ("“'Never,' he told me.”", [None, "q1"]),
        ("“He told me, ‘Never.’”", [None, "q1"]),
        ("\"He told me, 'Never.'\"", [None, "q1"]),
        ("''He told me, 'Never.'''", [None, "q1"]),
        ("“a “list” of names”", [None, "q1"]),
        ('"a "list" of names"', [None, "q1"]),
        ("“a ‘b “c” d’ e”, “f”", [None, "q1", "q2", None]),
    ],
)
def test_nested_quotations_know_their_parent(text: str, parents: list[str | None]) -> None:
    quotations, found = find_quotations(draft_of(text))
    assert [quotation.parent for quotation in quotations] == parents
    assert all(quotation.closed for quotation in quotations)
    assert found == ()


@pytest.mark.parametrize(
    "text",
    [
        "They don't, and the boys' mother didn’t. It's James’ house.",
        "Get 'em, said the '90s rock 'n' roll band, ’til ’05.",
        "He is 5'10\" tall, she is 5’2”. A 12\" gun and a 6' fence; 5′ 10″.",
        "The class of '76 and the '60s, ol' man, goin' home.",
        "The U.S.'s and the E.U.’s plans, rock ’n’ roll, rock ‘n’ roll.",
        "he do n't know it 's gone",
        "Home » News » Regions",
        "» Read more about it",
        "The minister's, ministers' and the Jones' plans",
        "51°30'26\" north",
        "The Water Safety Board (WSB)'s rules and the Choir Union [CU]’s song",
    ],
)
def test_not_quotations(text: str) -> None:
    assert pieces(text) == []
    assert [mark for mark in problems(text) if mark != "»"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'The boys' toys aren't here.'", "'The boys' toys aren't here.'"),
        ('"The 12" gun jammed," he said.', '"The 12" gun jammed,"'),
        ('"He is 5\'10"," she said.', '"He is 5\'10","'),
        ("“Those ’90s songs,” she said.", "“Those ’90s songs,”"),
        ('(he said "no")', '"no"'),
        ('the plan--"a disaster"--failed', '"a disaster"'),
        ('He said:"No" and left.', '"No"'),
        ('"I was—" he began.', '"I was—"'),
        ('"...and then it fell," she said.', '"...and then it fell,"'),
        ("The so-called ‘peace plan’ failed.", "‘peace plan’"),
    ],
)
def test_straight_marks_read_by_what_stands_around_them(text: str, expected: str) -> None:
    assert pieces(text) == [[expected]]
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We lost,“ he said. “Yes.”", ["“We lost,“", "“Yes.”"]),
        ('“We lost," he said. “Yes.”', ['“We lost,"', "“Yes.”"]),
        ('"We lost,” he said. "Yes."', ['"We lost,”', '"Yes."']),
        ("”We lost,” he said. ”Yes.”", ["”We lost,”", "”Yes.”"]),
        ('"We lost, "she said, "and badly."', ['"We lost, "', '"and badly."']),
        ("“We lost,’’ he said.", ["“We lost,’’"]),
        ("“We lost.’ He left. “Yes.”", ["“We lost.’", "“Yes.”"]),
    ],
)
def test_sloppy_marks_are_still_paired(text: str, expected: list[str]) -> None:
    assert pieces(text) == [[piece] for piece in expected]


def test_paragraphs_that_each_open_are_one_quotation() -> None:
    text = "“The dam broke.\n“It broke ‘at night’ again.\n“Nobody slept,” Ola Brandt said. “Nobody.”"
    quotations, found = find_quotations(draft_of(text))
    assert [[text[part.start : part.end] for part in quotation.parts] for quotation in quotations] == [
        ["“The dam broke.", "“It broke ‘at night’ again.", "“Nobody slept,”"],
        ["‘at night’"],
        ["“Nobody.”"],
    ]
    assert [quotation.parent for quotation in quotations] == [None, "q1", None]
    assert quotations[0].closed
    assert quotations[0].span == Span(0, text.index(" Ola"))
    assert found == ()


def test_inner_quotation_runs_on_with_its_outer() -> None:
    text = "“‘The dam broke,\n“‘twice,’ he told me.”"
    quotations, found = find_quotations(draft_of(text))
    assert [len(quotation.parts) for quotation in quotations] == [2, 2]
    assert [quotation.parent for quotation in quotations] == [None, "q1"]
    assert found == ()


def test_closed_paragraph_is_not_continued() -> None:
    assert pieces("“The dam broke.”\n“It broke again.”") == [["“The dam broke.”"], ["“It broke again.”"]]


def test_other_mark_does_not_continue() -> None:
    text = "“The dam broke.\n'It broke again,' he said."
    assert pieces(text) == [["“The dam broke."], ["'It broke again,'"]]
    assert problems(text) == ["“"]


def test_headline_is_not_continued_but_a_picture_may_stand_between() -> None:
    text = "“The dam broke\n“It did.”"
    quotations, _ = find_quotations(draft_of(text, (BlockKind.HEADLINE, BlockKind.PARAGRAPH)))
    assert [quotation.closed for quotation in quotations] == [False, True]
    text = "“The dam broke.\nThe “old” dam\n“It did.”"
    kinds = (BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.PARAGRAPH)
    quotations, found = find_quotations(draft_of(text, kinds))
    assert [len(quotation.parts) for quotation in quotations] == [2, 1]
    assert quotations[1].parent is None
    assert found == ()


def test_unclosed_mark_ends_with_its_paragraph_and_is_reported() -> None:
    text = "She said: “The dam broke and nobody came. \nThe mayor said “no” to that."
    quotations, found = find_quotations(draft_of(text))
    assert [(text[quotation.start : quotation.end], quotation.closed) for quotation in quotations] == [
        ("“The dam broke and nobody came.", False),
        ("“no”", True),
    ]
    assert [(problem.code, problem.start, problem.end) for problem in found] == [("X001", 10, 11)]
    assert found[0].message == "quotation mark “ is never closed; its quotation was taken to end with the paragraph"


def test_unclosed_inner_mark_ends_with_the_quotation_around_it() -> None:
    text = "“He said ‘no and left.” Then it rained."
    quotations, found = find_quotations(draft_of(text))
    assert [(text[quotation.start : quotation.end], quotation.closed) for quotation in quotations] == [
        ("“He said ‘no and left.”", True),
        ("‘no and left.", False),
    ]
    assert found[0].message.endswith("was taken to end with the quotation around it")


def test_stray_closing_mark_is_reported_and_passed_over() -> None:
    text = "The dam broke,” she said. “Twice.”"
    assert pieces(text) == [["“Twice.”"]]
    assert problems(text) == ["”"]
    assert problems('A lone " here') == ['"']


def test_missing_space_inside_names_is_no_quotation_mark() -> None:
    assert problems("The 'Ndrangheta and the Hawai‘i coast, Sana’a and O’Neill") == []


def test_a_closing_mark_within_another_quotation_closes_none_of_an_earlier_paragraph() -> None:
    draft = draft_of("‹The lock is shut\n\n“Open it› she said")
    check(draft, *find_quotations(draft))


# ----------------------------------------------------------------------------------------------------------- properties

MARKS = "\"“”„'‘’«»‹›`‚"
WILD = st.text(alphabet=MARKS + "'\"“” \n.,—a1s", max_size=80)


def check(draft: Draft, quotations: tuple[Quotation, ...], found: tuple[Problem, ...]) -> None:
    """What holds for every draft."""
    by_id = {quotation.id: quotation for quotation in quotations}
    assert [quotation.id for quotation in quotations] == [f"q{number}" for number in range(1, len(quotations) + 1)]
    assert [quotation.start for quotation in quotations] == sorted(quotation.start for quotation in quotations)
    blocks = [block.span for block in draft.blocks]
    for quotation in quotations:
        assert quotation.start < quotation.end
        assert (quotation.parts[0].start, quotation.parts[-1].end) == (quotation.start, quotation.end)
        for part in quotation.parts:
            assert sum(block.covers(part) for block in blocks) == 1
        for left, right in zip(quotation.parts, quotation.parts[1:], strict=False):
            assert left.end <= right.start
            assert draft.text[left.end : right.start].isspace()
        if quotation.parent is not None:
            parent = by_id[quotation.parent]
            assert all(any(outer.covers(part) for outer in parent.parts) for part in quotation.parts)
    for first in quotations:
        for second in quotations:
            a, b = first.span, second.span
            assert not a.overlaps(b) or a.covers(b) or b.covers(a)
    for problem in found:
        assert problem.code == "X001"
        assert any(block.covers(Span(problem.start, problem.end)) for block in blocks)
    assert sum(not quotation.closed for quotation in quotations) <= len(found)


@given(WILD)
@example("“The dam broke.\n“It broke ‘at night’ again.\n“Nobody slept,” she said.")
def test_spans_are_ordered_nested_and_inside_their_paragraphs(text: str) -> None:
    draft = draft_of(text)
    quotations, found = find_quotations(draft)
    check(draft, quotations, found)
    assert find_quotations(draft) == (quotations, found)


@given(st.lists(st.text(alphabet=MARKS + " .,ab", max_size=25), min_size=1, max_size=5), st.data())
def test_inserted_mark_changes_no_paragraph_that_no_quotation_runs_into(lines: list[str], data: st.DataObject) -> None:
    lines = ["x" + line for line in lines]
    # A mark without a partner may be the other end of a quotation over paragraphs.
    lines = ["x" if find_quotations(draft_of(line))[1] else line for line in lines]
    chosen = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[chosen])))
    mark = data.draw(st.sampled_from(MARKS))
    changed = list(lines)
    changed[chosen] = lines[chosen][:place] + mark + lines[chosen][place:]

    def by_line(all_lines: list[str]) -> list[set[tuple[int, int]] | None]:
        """The quoted stretches of each line, or nothing for a line that a quotation over several lines takes in."""
        text = "\n".join(all_lines)
        quotations, _ = find_quotations(draft_of(text))
        found: list[set[tuple[int, int]] | None] = []
        start = 0
        for line in all_lines:
            inside = Span(start, start + len(line))
            here = [(part, quotation) for quotation in quotations for part in quotation.parts if inside.covers(part)]
            if any(len(quotation.parts) > 1 for _, quotation in here):
                found.append(None)
            else:
                found.append({(part.start - start, part.end - start) for part, _ in here})
            start += len(line) + 1
        return found

    for number, (before, after) in enumerate(zip(by_line(lines), by_line(changed), strict=True)):
        if number != chosen and before is not None and after is not None:
            assert before == after


PAIRS = [('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’"), ("«", "»"), ("‹", "›"), ("``", "''")]
SINGLE = "'‘`"
WORDS = st.lists(st.sampled_from(["river", "Bridge", "don't", "mayor", "1990"]), min_size=1, max_size=3).map(" ".join)


@st.composite
def nestings(draw: st.DrawFn, depth: int = 0, forbidden: str = "") -> tuple[str, list[tuple[int, int]]]:
    """Well-formed text, and the spans of its quotations; a mark is not nested in a mark of its own family."""
    text = draw(WORDS)
    spans: list[tuple[int, int]] = []
    for _ in range(draw(st.integers(0, 2)) if depth < 4 else 0):
        opening, closing = draw(st.sampled_from([pair for pair in PAIRS if pair[0][0] not in forbidden]))
        family = SINGLE if opening[0] in SINGLE else opening + closing
        inside, inner = draw(nestings(depth + 1, forbidden + family))
        inside += draw(st.sampled_from(["", ",", ".", "?"]))
        text += " "
        start = len(text)
        text += opening + inside + closing
        spans.append((start, len(text)))
        spans += [(start + len(opening) + left, start + len(opening) + right) for left, right in inner]
        text += " " + draw(WORDS)
    return text, spans


@given(nestings())
def test_well_formed_nestings_are_recovered(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    quotations, found = find_quotations(draft_of(text))
    assert found == ()
    assert sorted((quotation.start, quotation.end) for quotation in quotations) == sorted(spans)
    for quotation in quotations:
        around = [other for other in quotations if other.span.covers(quotation.span) and other.id != quotation.id]
        nearest = min(around, key=lambda other: len(other.span), default=None)
        assert quotation.parent == (None if nearest is None else nearest.id)


@pytest.mark.parametrize("pattern", ['"', "“", "a\" 'b ", "‘'\"”"])
def test_work_is_linear_in_the_marks(pattern: str) -> None:
    def calls(text: str) -> int:
        counted = 0

        def count(frame: object, event: str, argument: object) -> None:
            nonlocal counted
            counted += 1

        draft = draft_of(text)
        sys.setprofile(count)
        try:
            find_quotations(draft)
        finally:
            sys.setprofile(None)
        return counted

    assert calls(pattern * 800) < 9 * calls(pattern * 100)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Voss said, “We learned.\nIt was hard.” He left.", [["“We learned.", "It was hard.”"]]),
        ('Voss said, "We learned.\nIt was hard," Voss said.', [['"We learned.', 'It was hard,"']]),
        (
            "“We learned.\nIt rained.\nThen ‘hail’ fell.\nIt was hard.”",
            [["“We learned.", "It rained.", "Then ‘hail’ fell.", "It was hard.”"], ["‘hail’"]],
        ),
        ("“We learned.\nThe tug in 1908. Image: Port\n“It was hard.”", [["“We learned.", "“It was hard.”"]]),
    ],
    ids=["closed later", "straight marks", "several paragraphs", "past a caption"],
)
def test_a_quotation_runs_over_paragraphs_without_marks_of_their_own(text: str, expected: list[list[str]]) -> None:
    assert pieces(text) == expected
    assert problems(text) == []


def test_a_mark_inside_a_paragraph_that_a_quotation_runs_through_is_nested() -> None:
    quotations, _ = find_quotations(draft_of("“We learned.\nThen ‘hail’ fell.”"))
    assert [quotation.parent for quotation in quotations] == [None, "q1"]


@pytest.mark.parametrize(
    "text",
    [
        "“We learned.\nThe board disagreed.\nIt met on Monday.",
        "“We learned.\nThe board said “no” twice.\nIt was hard.”",
    ],
    ids=["never closed", "another quotation between"],
)
def test_a_mark_left_open_does_not_reach_into_other_paragraphs(text: str) -> None:
    assert pieces(text)[0] == ["“We learned."]
    assert "“" in problems(text)
