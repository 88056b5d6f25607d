"""The plain words in which reports tell who says so."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from attribution.index import AnalysisIndex
from attribution.records import (
    Analysis,
    Attribution,
    Cue,
    Evidence,
    Grade,
    Mode,
    Polarity,
    Predicate,
    SourceEntity,
    SourceKind,
    SourceMention,
)
from attribution.reporting.words import GRADES, KINDS, MODES, chain_words, predicate_words, provenance_words, says_who


def vouching(analysis: Analysis) -> AnalysisIndex:
    return AnalysisIndex(analysis, vouching_only=True)


def link(analysis: Analysis, identifier: str) -> Attribution:
    return next(attribution for attribution in analysis.attributions if attribution.id == identifier)


def with_source(analysis: Analysis, identifier: str, source: SourceMention) -> Attribution:
    return replace(link(analysis, identifier), source=source)


def test_a_name_stands_alone(sample: Analysis) -> None:
    assert chain_words([link(sample, "a4")], vouching(sample)) == "the Harbour Post"


def test_where_it_was_said_is_told(sample: Analysis) -> None:
    assert chain_words([link(sample, "a1")], vouching(sample)) == "Veldan’s transport ministry, on Telegram"


def test_a_pronoun_is_told_by_the_name_it_stands_for(sample: Analysis) -> None:
    assert chain_words([link(sample, "a3")], vouching(sample)) == "Veldan’s transport ministry did not say"


def test_declining_is_more_than_silence(sample: Analysis) -> None:
    declined = replace(link(sample, "a3"), cue=Cue((), "declined to say", "decline"), negated=False)
    refused = replace(link(sample, "a3"), cue=Cue((), "wouldn’t say", "say"))
    told = "Veldan’s transport ministry would not say"
    assert chain_words([declined], vouching(sample)) == told
    assert chain_words([refused], vouching(sample)) == told


def test_a_passive_hides_who_and_reportedly_names_nobody(sample: Analysis) -> None:
    lookup = vouching(sample)
    assert chain_words([link(sample, "a6")], lookup) == "the sentence hides who"
    assert chain_words([link(sample, "a2")], lookup) == "“Reportedly” names nobody"
    assert chain_words([link(sample, "a4"), link(sample, "a5")], lookup) == "the Harbour Post; the sentence hides who"


def test_an_inner_source_is_quoted_and_told_by_what_it_is(sample: Analysis) -> None:
    lookup = vouching(sample)
    outer = link(sample, "a4")
    for kind, told in (
        (SourceKind.VAGUE_COLLECTIVE, "quoting an unnamed group (“critics”)"),
        (SourceKind.ANONYMOUS, "quoting “critics” (no name)"),
        (SourceKind.DOCUMENT, "citing a document (“critics”)"),
    ):
        inner = with_source(sample, "a1", SourceMention(outer.source.spans, "critics", kind))
        assert chain_words([outer, inner], lookup) == f"the Harbour Post, {told}"


def test_a_belief_is_told_as_a_view(unclear: Analysis) -> None:
    lookup = vouching(unclear)
    report, belief = link(unclear, "a1"), link(unclear, "a3")
    assert chain_words([belief], lookup) == "the view of Ida Bolt"
    entity = SourceEntity("e9", "Ola Brandt", SourceKind.NAMED_PERSON, True, ())
    lookup.entities["e9"] = entity
    other = replace(belief, source=replace(belief.source, entity="e9"))
    assert chain_words([report, other], lookup) == "Ida Bolt, giving the view of Ola Brandt"


def test_nobody_quotes_himself(unclear: Analysis) -> None:
    report = link(unclear, "a1")
    again = replace(link(unclear, "a3"), evidence=Evidence.REPORT)
    assert chain_words([report, again], vouching(unclear)) == "Ida Bolt"


def test_what_chains_have_in_common_is_said_once(sample: Analysis) -> None:
    lookup = vouching(sample)
    outer, first, second = link(sample, "a4"), link(sample, "a1"), link(sample, "a6")
    quoting = "the Harbour Post, quoting Veldan’s transport ministry, on Telegram, and the sentence hides who"
    assert provenance_words([[outer, first], [outer, second]], lookup) == quoting


def test_sources_side_by_side_are_no_chain(sample: Analysis) -> None:
    told = provenance_words([[link(sample, "a1")], [link(sample, "a4")]], vouching(sample))
    assert told == "Veldan’s transport ministry, on Telegram, and the Harbour Post"


def test_a_source_that_speaks_twice_is_told_once(sample: Analysis) -> None:
    chains = [[link(sample, "a1")], [link(sample, "a4")], [replace(link(sample, "a1"), id="a9")]]
    assert provenance_words(chains, vouching(sample)) == provenance_words(chains[:2], vouching(sample))


@pytest.mark.parametrize(
    ("mention", "name", "told"),
    [
        ("Sir Keith", "Keith Arden", True),
        ("Ms Arden", "Keith Arden", True),
        ("the HB", "Harbour Board", True),
        ("the board", "Harbour Board", False),
        ("she", "Ada Quill", False),
        ("the Quill family", "Ada Quill", True),
    ],
)
def test_a_sentence_that_names_its_source_needs_no_note(sample: Analysis, mention: str, name: str, told: bool) -> None:
    lookup = vouching(sample)
    lookup.entities["e9"] = SourceEntity("e9", name, SourceKind.NAMED_PERSON, True, ())
    report = link(sample, "a1")
    source = SourceMention(report.source.spans, mention, SourceKind.NAMED_PERSON, "e9")
    assert says_who(replace(report, source=source), lookup.sentences[report.sentence], lookup) is told


def test_a_source_named_in_another_sentence_is_told(sample: Analysis) -> None:
    report = link(sample, "a1")
    assert not says_who(report, sample.sentences[0], vouching(sample))


def test_a_name_keeps_the_article_that_the_draft_gives_it(sample: Analysis) -> None:
    lookup = vouching(sample)
    lookup.entities["e2"] = replace(lookup.entities["e2"], name="Harbour Post")
    assert chain_words([link(sample, "a4")], lookup) == "the Harbour Post"


def test_a_predicate_is_told_with_its_mode_and_its_grade() -> None:
    predicate = Predicate((), "will not “close”", Polarity.NEGATIVE, Grade.PROBABLE, Mode.WILL, -0.6, ())
    assert predicate_words(predicate) == "“will not ‘close’”: as something to come, as likely, that it is not so"
    assert predicate_words(replace(predicate, polarity=Polarity.POSITIVE)).endswith(": as something to come, as likely")
    assert (set(MODES), set(GRADES)) == (set(Mode), set(Grade))


def test_a_source_without_a_name_may_be_a_body() -> None:
    """*Teachers unions* and *education advocacy groups* are of this kind, as a witness is."""
    assert KINDS[SourceKind.ANONYMOUS] == "unnamed source"
