"""Interviews and transcripts in the forms newsrooms use, and what only looks like one: text in, blocks out."""

from __future__ import annotations

import pytest

from attribution.ingest import read_text
from attribution.records import Draft


def turns(draft: Draft) -> list[tuple[str, str, str]]:
    """The kind, speaker and words of each block that is part of an exchange."""
    return [
        (
            block.kind.value,
            "" if block.speaker is None else draft.text[block.speaker.start : block.speaker.end],
            draft.text[block.span.start : block.span.end],
        )
        for block in draft.blocks
        if block.kind in ("speaker", "question", "turn") or block.speaker is not None
    ]


def spoken(draft: Draft) -> list[tuple[str, str]]:
    """The speaker and words of each turn, questions and labels left out; no speaker for answers without a label."""
    return [(speaker, words) for kind, speaker, words in turns(draft) if kind not in ("speaker", "question")]


QUESTION, ANSWER, MORE = "When did the pump fail?", "In March. I called the board.", "It never ran again."
LETTERS = f"Q: {QUESTION}\n\nA: {ANSWER}\n\nQ: Who paid?\n\nA: {MORE}"


def test_each_part_of_a_turn_is_a_block() -> None:
    assert turns(read_text(LETTERS)) == [
        ("speaker", "", "Q:"),
        ("question", "", QUESTION),
        ("speaker", "", "A:"),
        ("turn", "A", ANSWER),
        ("speaker", "", "Q:"),
        ("question", "", "Who paid?"),
        ("speaker", "", "A:"),
        ("turn", "A", MORE),
    ]


@pytest.mark.parametrize(
    ("asks", "answers", "speaker"),
    [
        ("Q:", "A:", "A"),
        ("Q.", "A.", "A"),
        ("Q1:", "A1:", "A"),
        ("Question:", "Answer:", "Answer"),
        ("Host:", "Guest:", "Guest"),
        ("Interviewer:", "Ida Bolt:", "Ida Bolt"),
        ("ADA QUILL:", "IDA BOLT:", "IDA BOLT"),
        ("Quill:", "Bolt-Kell:", "Bolt-Kell"),
        ("Ada Quill (host):", "Ida Bolt, nurse:", "Ida Bolt"),
        ("MR. HALE:", "THE WITNESS:", "THE WITNESS"),
        ("[00:01:12] Quill:", "[00:01:19] Velt:", "Velt"),
        ("00:12 Speaker 1:", "00:19 Speaker 2:", "Speaker 2"),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_labels_in_all_forms(asks: str, answers: str, speaker: str, gap: str) -> None:
    text = gap.join([f"{asks} {QUESTION}", f"{answers} {ANSWER}", f"{asks} Who paid?", f"{answers} {MORE}"])
    assert spoken(read_text(text)) == [(speaker, ANSWER), (speaker, MORE)]


def test_initials_are_labels_where_the_draft_has_the_name() -> None:
    text = f"Ida Bolt spoke to Tess Arlow.\n\nTA: {QUESTION}\n\nIB: {ANSWER}\n\nTA: Who paid?\n\nIB: {MORE}"
    assert spoken(read_text(text)) == [("IB", ANSWER), ("IB", MORE)]


def test_one_question_and_its_answer_need_a_name_that_the_draft_tells_of() -> None:
    pair = f"Quill: {QUESTION}\n\nVelt: {ANSWER}"
    assert spoken(read_text(f"Sister Velt runs the ward.\n\n{pair}")) == [("Velt", ANSWER)]
    assert spoken(read_text(pair)) == []


def test_an_answer_runs_over_paragraphs_up_to_the_next_label() -> None:
    draft = read_text(LETTERS.replace(ANSWER, f"{ANSWER}\n\nThe ward was cold.\n\nThe staff left."))
    assert [words for _, words in spoken(draft)] == [ANSWER, "The ward was cold.", "The staff left.", MORE]


@pytest.mark.parametrize(
    "end",
    [
        "This interview has been edited for length.",
        "Bolt’s book is out in May.",
        "Interview by Tess Arlow",
        "Photo: The ward in March",
        "Thanks, Ida!",
    ],
)
def test_what_ends_the_last_turn(end: str) -> None:
    text = LETTERS.replace("A:", "Ida Bolt:")
    assert spoken(read_text(f"{text}\n\n{end}")) == [("Ida Bolt", ANSWER), ("Ida Bolt", MORE)]


def test_an_article_that_gives_a_part_of_an_exchange_goes_on_in_its_own_voice() -> None:
    tail = "The ward was shut in May. It had nine beds.\n\nThe board met on Friday."
    assert [words for _, words in spoken(read_text(f"{LETTERS}\n\n{tail}"))] == [ANSWER, MORE]


def test_notes_of_a_transcript_are_nobody_s() -> None:
    text = f"MR. HALE: {QUESTION}\n\nTHE WITNESS: {ANSWER}\n\n(LAUGHTER)\n\nMR. HALE: Who paid?\n\nTHE WITNESS: {MORE}"
    assert [words for _, words in spoken(read_text(text))] == [ANSWER, MORE]


def test_speaker_lines_on_their_own() -> None:
    first, second = "I never saw the bill.", "You signed it. My lawyer has the paper."
    text = f"ADA QUILL\n{first}\n\nOTTO KELL\n{second}\n\nADA QUILL\nI signed nothing.\n\nOTTO KELL\nMy pen did."
    assert spoken(read_text(text)) == [
        ("ADA QUILL", first),
        ("OTTO KELL", second),
        ("ADA QUILL", "I signed nothing."),
        ("OTTO KELL", "My pen did."),
    ]


# --- Questions in bold type -------------------------------------------------------------------------------------------

BOLD = f"Ida Bolt talks to the Echo.\n\n**{QUESTION}**\n\n{ANSWER}\n\n**Who paid you?**\n\n{MORE}"


@pytest.mark.parametrize(
    ("text", "draft_format"),
    [
        (BOLD, "markdown"),
        (BOLD.replace("**", "*"), "markdown"),
        (BOLD.replace("**\n\n", "**\n").replace("**\n\n**", "**"), "markdown"),
        (
            f"<p>Ida Bolt talks to the Echo.</p><p><b>{QUESTION}</b></p><p>{ANSWER}</p>"
            f"<p><strong>Who paid you?</strong><br>{MORE}</p>",
            "html",
        ),
        (
            f"<p>Ida Bolt talks to the Echo.</p><dl><dt>{QUESTION}</dt><dd>{ANSWER}</dd>"
            f"<dt>Who paid you?</dt><dd>{MORE}</dd></dl>",
            "html",
        ),
    ],
)
def test_questions_set_apart_by_type(text: str, draft_format: str) -> None:
    assert spoken(read_text(text, draft_format)) == [("", ANSWER), ("", MORE)]


def test_what_the_interviewer_states_is_no_part_of_the_answer() -> None:
    text = f"{BOLD}\n\n**You must miss it.**\n\nI miss the noise.\n\nThe noise was the best of it."
    draft = read_text(text, "markdown")
    assert ("question", "", "You must miss it.") in turns(draft)
    assert spoken(draft)[2:] == [("", "I miss the noise."), ("", "The noise was the best of it.")]


def test_answers_to_bold_questions_may_be_long() -> None:
    more = "\n\n".join(["The board came.", "The pump was sold.", "Nobody wept."])
    text = BOLD.replace(ANSWER, f"{ANSWER}\n\n{more}")
    assert len(spoken(read_text(text, "markdown"))) == 5


def test_bold_questions_of_the_paper_itself_are_no_interview() -> None:
    text = (
        "# What we know about the dam\n\n**Why did the dam fail?**\n\nThe wall cracked in May.\n\n"
        "**Who will pay?**\n\nThe state will pay a third. You can claim your costs.\n\n"
        "**What next?**\n\nWe expect a report in June."
    )
    assert turns(read_text(text, "markdown")) == []


def test_plain_questions_are_an_interview_where_somebody_answers_somebody() -> None:
    text = (
        "How did you come to Velm?\n\nI came by boat. My father was a pilot.\n\nWhat do you miss?\n\nI swim.\n\n"
        "Would you stay?\n\nI would."
    )
    assert len(spoken(read_text(text))) == 3
    assert turns(read_text(text.replace("I would.", "“I would,” she said. Quill said she had a house here."))) == []


@pytest.mark.parametrize(
    ("text", "draft_format"),
    [
        (f"**Quill:** {QUESTION}\n\n**Velt:** {ANSWER}\n\n**Quill:** Who paid?\n\n**Velt:** {MORE}", "markdown"),
        (f"<p>Quill: {QUESTION}<br>Velt: {ANSWER}<br>Quill: Who paid?<br>Velt: {MORE}</p>", "html"),
        (
            f"<dl><dt>Quill:</dt><dd>{QUESTION}</dd><dt>Velt:</dt><dd>{ANSWER}</dd>"
            f"<dt>Quill:</dt><dd>Who paid?</dd><dt>Velt:</dt><dd>{MORE}</dd></dl>",
            "html",
        ),
    ],
)
def test_labels_in_markup(text: str, draft_format: str) -> None:
    assert spoken(read_text(text, draft_format)) == [("Velt", ANSWER), ("Velt", MORE)]


# --- What is no exchange ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Monday: the pool is drained.\n\nTuesday: the tiles are laid.\n\nMonday: the pool is filled.",
        "Cost: six euros.\n\nFerry: late.\n\nCost: two euros.\n\nFerry: on time.",
        "Thunder: Host the Lakers on Friday.\n\nLakers: Visit the Thunder.",
        "Claim: You pay twice.\n\nFact: The toll is paid once.\n\nClaim: We will all lose.\n\nFact: You will not.",
        "Velt: 12 of 20, two touchdowns.\n\nQuill: 3 of 4.\n\nVelt: hurt his knee.\n\nQuill: scored late.",
        "NEW ARDEN: Police held three men.\n\nNEW ARDEN: The market opened.",
        "Photo: The ward.\n\nPhoto: Do you see the pump?",
        "Note: the café is closed. You can call us.",
        "Ida M. Bolt: Possession of a stolen boat, held in jail.\n\nOtto L. Kell: Theft of a crane, held in jail.",
    ],
)
def test_labels_that_name_nobody_who_speaks(text: str) -> None:
    assert turns(read_text(text)) == []


def test_items_of_a_list_with_name_and_role_speak() -> None:
    text = (
        "Voices from the square:\n\n- Ida Bolt, baker: The flour is twice as dear.\n- Otto Kell: I sleep in the cab.\n"
        "- Monday: the market is shut.\n- Parking: the lot by the gate is closed."
    )
    assert spoken(read_text(text, "markdown")) == [
        ("Ida Bolt", "The flour is twice as dear."),
        ("Otto Kell", "I sleep in the cab."),
    ]


def test_a_dash_stands_for_the_colon_before_words_in_marks() -> None:
    text = "- Ida Bolt, baker – “I had no flour.”\n- Otto Kell, driver – “The road was shut.”"
    assert spoken(read_text(text)) == [("Ida Bolt", "“I had no flour.”"), ("Otto Kell", "“The road was shut.”")]


def test_the_labels_of_a_hearing_need_little_speech() -> None:
    text = (
        "CHAIR: The first item is the well.\n\nMRS BOLT: The well is dry. My hens drink from the ditch.\n\n"
        "CHAIR: That is noted.\n\nMRS BOLT: It was noted in May."
    )
    assert [speaker for speaker, _ in spoken(read_text(text))] == ["CHAIR", "MRS BOLT", "CHAIR", "MRS BOLT"]


def test_items_that_tell_of_the_named_do_not_speak() -> None:
    text = (
        "- Dino Falk, striker: He scored twice and was everywhere.\n- Una Falk, keeper: Saved a late penalty for them."
    )
    assert spoken(read_text(text, "markdown")) == []
