"""Edits of quotations with an unclear speaker, and of stances; the analyses are made by hand."""

from __future__ import annotations

import msgspec
import pytest
from pair_cases import pairs, words

from attribution.comparison import Change, ChangeKind, compare
from attribution.comparison.standing import standing
from attribution.comparison.version import Version
from attribution.parsing import read_conllu
from attribution.records import (
    Analysis,
    Attitude,
    Attribution,
    Carrier,
    Claim,
    Content,
    Cue,
    Evidence,
    Frame,
    Manner,
    Quotation,
    SourceEntity,
    SourceKind,
    SourceMention,
    Span,
    Summary,
    Tone,
    Voice,
    VoiceCounts,
)
from attribution.reporting.diff_text import diff_text
from attribution.reporting.diff_words import message
from attribution.reporting.html.diff import diff_html

HEATING = """
1 The the DET DT 2 det
2 ward ward NOUN NN 4 nsubj
3 was be AUX VBD 4 cop
4 cold cold ADJ JJ 0 root
"""
SPOKEN = """
5 , , PUNCT , 4 punct
6 Ida Ida PROPN NNP 8 nsubj
7 Bolt Bolt PROPN NNP 6 flat
8 said say VERB VBD 4 parataxis
"""


def parse(rows: str, *, quoted: bool) -> str:
    """CoNLL-U of the rows and a full stop; the clause's four words between quotation marks if ``quoted``."""
    lines = [line.split() for line in rows.split("\n") if line]
    lines.append([str(len(lines) + 1), ".", ".", "PUNCT", ".", "4", "punct"])
    if quoted:
        shift = {"0": "0"} | {str(number): str(number + (1 if number <= 4 else 2)) for number in range(1, 12)}
        moved = [[shift[number], form, lemma, upos, xpos, shift[head], relation]
                 for number, form, lemma, upos, xpos, head, relation in lines]  # fmt: skip
        lines = [["1", "“", "“", "PUNCT", "``", "5", "punct"], *moved[:4]]
        lines += [["6", "”", "”", "PUNCT", "''", "5", "punct"], *moved[4:]]
    forms = [line[1] for line in lines]
    table = []
    for place, (number, form, lemma, upos, xpos, head, relation) in enumerate(lines):
        following = forms[place + 1] if place + 1 < len(forms) else ""
        misc = "SpaceAfter=No" if form == "“" or following in ("”", ",", ".") else "_"
        table.append("\t".join([number, form, lemma, upos, xpos, "_", head, relation, "_", misc]))
    return "\n".join(table) + "\n\n"


CARRIERS = {
    Voice.SOURCE: Carrier.NAMED,
    Voice.HEARSAY: Carrier.NOBODY,
    Voice.OWN: Carrier.PAPER,
    Voice.UNCLEAR: Carrier.UNCLEAR,
}


def version(
    voice: Voice, *, speaker: bool = False, quoted: bool = False, evidence: Evidence = Evidence.REPORT
) -> Analysis:
    """An article with a single claim, *The ward was cold*."""
    draft, sentences = read_conllu(parse(HEATING + (SPOKEN if speaker else ""), quoted=quoted), "ward.txt")
    start = draft.text.index("The ward was cold")
    content = Span(start, start + len("The ward was cold"))
    attributions: tuple[Attribution, ...] = ()
    sources: tuple[SourceEntity, ...] = ()
    if speaker:
        name, cue = draft.text.index("Ida Bolt"), draft.text.index("said")
        mention = Span(name, name + len("Ida Bolt"))
        sources = (SourceEntity("e1", "Ida Bolt", SourceKind.NAMED_PERSON, True, (mention,), ("c1",)),)
        attributions = (
            Attribution(
                id="a1",
                sentence=sentences[0].id,
                cue=Cue((Span(cue, cue + 4),), "said", "say"),
                source=SourceMention((mention,), "Ida Bolt", SourceKind.NAMED_PERSON, "e1"),
                content=Content((content,), "The ward was cold"),
                manner=Manner.DIRECT if quoted else Manner.INDIRECT,
                attitude=Attitude.ASSERTION,
                tone=Tone.NEUTRAL,
                negated=False,
                parent=None,
                frame=Frame.CCOMP,
                evidence=evidence,
            ),
        )
    chain = tuple(attribution.id for attribution in attributions)
    claim = Claim(
        "c1", sentences[0].id, (content,), "The ward was cold", voice, 0.5, 0.9, chain, (), (), (), CARRIERS[voice]
    )
    marks = Span(content.start - 1, content.end + 1)
    return Analysis(
        draft=draft,
        model="hand",
        sentences=sentences,
        quotations=(Quotation("q1", marks.start, marks.end, True, None, (marks,)),) if quoted else (),
        sources=sources,
        attributions=attributions,
        hedges=(),
        boosters=(),
        claims=(claim,),
        summary=Summary(1, 1, VoiceCounts.of([claim]), 0.5, 0.9, len(sources), len(sources)),
        problems=(),
    )


OWN = version(Voice.OWN)
UNCLEAR = version(Voice.UNCLEAR, quoted=True)
SAID = version(Voice.SOURCE, speaker=True, quoted=True)


def changes(old: Analysis, new: Analysis) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, message(change)) for change in compare(old, new, *words()).changes]


def only_change(old: Analysis, new: Analysis) -> Change:
    (change,) = compare(old, new, *words()).changes
    return change


def test_a_quotation_that_loses_its_speaker_is_a_source_dropped() -> None:
    assert changes(SAID, UNCLEAR) == [
        (ChangeKind.SOURCE_DROPPED, "Was attributed to Ida Bolt; is now a quotation with no clear speaker.")
    ]


def test_a_quotation_that_gains_its_speaker_is_a_source_added() -> None:
    assert changes(UNCLEAR, SAID) == [
        (ChangeKind.SOURCE_ADDED, "Was a quotation with no clear speaker; is now attributed to Ida Bolt.")
    ]


def test_words_put_between_quotation_marks_without_a_speaker_change_their_voice() -> None:
    assert changes(OWN, UNCLEAR) == [
        (
            ChangeKind.VOICE_CHANGED,
            "Was the paper’s own; is now a quotation with no clear speaker.",
        )
    ]
    change = only_change(OWN, UNCLEAR)
    assert change.new is not None
    assert [word.text for word in change.new.words] == ["“", "”"]
    assert change.new.voices == (Voice.UNCLEAR,)


def test_words_taken_out_of_quotation_marks_become_the_papers_own() -> None:
    assert changes(UNCLEAR, OWN) == [
        (
            ChangeKind.VOICE_CHANGED,
            "Was a quotation with no clear speaker; is now the paper’s own.",
        )
    ]


def test_a_new_quotation_without_a_speaker_is_a_claim_added_unsourced() -> None:
    nothing = msgspec.structs.replace(
        OWN, draft=msgspec.structs.replace(OWN.draft, text="", blocks=()), sentences=(), claims=()
    )
    assert changes(nothing, UNCLEAR) == [
        (
            ChangeKind.CLAIM_ADDED_UNSOURCED,
            "New, and a quotation with no clear speaker: “The ward was cold”.",
        )
    ]


@pytest.mark.parametrize("analysis", [OWN, UNCLEAR, SAID], ids=["own", "unclear", "source"])
def test_nothing_changes_between_a_version_and_itself(analysis: Analysis) -> None:
    assert changes(analysis, analysis) == []


def test_an_unclear_quotation_has_no_sources_whatever_its_attributions() -> None:
    linked = version(Voice.UNCLEAR, speaker=True, quoted=True)
    assert standing(linked.claims[0], Version(linked), *words()).backers == ()
    assert standing(SAID.claims[0], Version(SAID), *words()).speakers[0].name == "Ida Bolt"


@pytest.mark.parametrize("evidence", [Evidence.STANCE, Evidence.SUPPOSED])
def test_stances_and_supposed_words_decide_nothing(evidence: Evidence) -> None:
    other = version(Voice.OWN, speaker=True, evidence=evidence)
    assert Version(other).attributions == {}
    assert changes(OWN, other) == []
    assert changes(other, OWN) == []


def test_a_belief_is_a_source_of_a_claim_like_a_report() -> None:
    belief = version(Voice.SOURCE, speaker=True, evidence=Evidence.BELIEF)
    assert [kind for kind, _ in changes(OWN, belief)] == [ChangeKind.SOURCE_ADDED]


def test_a_change_of_voice_is_in_all_reports() -> None:
    comparison = compare(OWN, UNCLEAR, *words())
    assert "1 voice changed" in diff_text([comparison])
    assert "{+“+}The ward was cold{+”+}." in diff_text([comparison])
    assert "≠ voice changed" in diff_html([comparison])


@pytest.mark.parametrize(
    ("rows", "negated"),
    [
        (["No", "official", "came"], True),
        (["Officials", "never", "came"], True),
        (["Officials", "found", "nothing"], True),
        (["Officials", "came", "home"], False),
    ],
)
def test_negated_claims_are_recognised(rows: list[str], negated: bool) -> None:
    tags = {
        "No": ("no", "DET", "DT", "2", "det"),
        "official": ("official", "NOUN", "NN", "3", "nsubj"),
        "Officials": ("official", "NOUN", "NNS", "0", "nsubj"),
        "never": ("never", "ADV", "RB", "3", "advmod"),
        "came": ("come", "VERB", "VBD", "0", "root"),
        "found": ("find", "VERB", "VBD", "0", "root"),
        "nothing": ("nothing", "PRON", "NN", "2", "obj"),
        "home": ("home", "ADV", "RB", "2", "advmod"),
    }
    verb = next(str(number) for number, form in enumerate(rows, 1) if tags[form][4] == "root")
    lines = []
    for number, form in enumerate(rows, 1):
        lemma, upos, xpos, head, relation = tags[form]
        head = verb if relation == "nsubj" else head
        lines.append("\t".join([str(number), form, lemma, upos, xpos, "_", head, relation, "_", "_"]))
    draft, sentences = read_conllu("\n".join(lines) + "\n\n", "x.txt")
    span = sentences[0].span
    claim = Claim("c1", sentences[0].id, (span,), sentences[0].text, Voice.OWN, 0.2, 0.9, (), (), (), ())
    analysis = msgspec.structs.replace(OWN, draft=draft, sentences=sentences, claims=(claim,))
    assert Version(analysis).view("c1").negated is negated


def test_a_plan_that_becomes_a_fact_is_hardened_though_it_is_a_stance() -> None:
    comparison = next(pair for pair in pairs() if pair.name == "plan becomes fact").stored()
    (plan,) = comparison.old.attributions
    stance = msgspec.structs.replace(plan, evidence=Evidence.STANCE)
    (claim,) = comparison.old.claims
    bare = msgspec.structs.replace(claim, attributions=(), predicates=())
    old = msgspec.structs.replace(comparison.old, attributions=(stance,), claims=(bare,))
    assert [kind for kind, _ in changes(old, comparison.new)] == [ChangeKind.HARDENED]
    assert [kind for kind, _ in changes(comparison.new, old)] == [ChangeKind.SOFTENED]
    backing = msgspec.structs.replace(stance, attitude=Attitude.ASSERTION)
    assert changes(msgspec.structs.replace(old, attributions=(backing,)), comparison.new) == []
