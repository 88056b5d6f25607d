"""The engine: what it does for every rule, and the queries of a context."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from newsroom import NEWSROOM, newsroom_analysis
from rule_cases import words

from attribution.ingest import read_draft
from attribution.linting import Rule, Severity, find_rule, lint
from attribution.linting.context import Context
from attribution.linting.engine import matches
from attribution.linting.findings import fingerprint, normalised
from attribution.linting.rule import BODY, EVERYWHERE, Match, QuotationPolicy
from attribution.records import BlockKind, Span


def each_experts(context: Context) -> Iterator[Match]:
    """Every *Experts* and *Critics*, twice."""
    for word in ("Experts", "Critics", "Experts"):
        start = context.draft.text.find(word)
        if start >= 0:
            yield Match(Span(start, start + len(word)), f"“{word}”", "Name them.")


def rule(**changes: object) -> Rule:
    found = find_rule("SRC104")
    assert found is not None
    return msgspec.structs.replace(found, check=each_experts, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def dam() -> Context:
    return Context(newsroom_analysis(read_draft(NEWSROOM / "drafts" / "dam.md")), words()[0])


def found(rule: Rule, context: Context) -> list[str]:
    return [context.text(match.span) for match in matches(rule, context)]


def test_quotation_policy_counts_block_quotes_as_quoted(dam: Context) -> None:
    assert found(rule(quotations=QuotationPolicy.OUTSIDE), dam) == ["Critics"]
    assert found(rule(quotations=QuotationPolicy.INSIDE), dam) == ["Experts"]
    assert found(rule(quotations=QuotationPolicy.BOTH), dam) == ["Critics", "Experts"]


def test_blocks(dam: Context) -> None:
    quoted = rule(quotations=QuotationPolicy.BOTH, blocks=frozenset({BlockKind.BLOCK_QUOTE}))
    assert found(quoted, dam) == ["Experts"]
    assert BODY < EVERYWHERE
    assert BlockKind.HEADLINE not in BODY


def test_severity_of_match_rule_and_configuration(dam: Context) -> None:
    def severities(rule: Rule, table: dict[str, Severity] | None = None) -> list[Severity]:
        return [finding.severity for finding in lint(dam.analysis, words()[0], [rule], severities=table)]

    def heavy(context: Context) -> Iterator[Match]:
        for match in each_experts(context):
            yield msgspec.structs.replace(match, severity=Severity.ERROR)

    assert severities(rule()) == [Severity.WARNING]
    assert severities(msgspec.structs.replace(rule(), check=heavy)) == [Severity.ERROR]
    assert severities(rule(), {"SRC104": Severity.INFO}) == [Severity.INFO]


def test_findings_are_in_text_order_and_marked(dam: Context) -> None:
    findings = lint(dam.analysis, words()[0], [rule(quotations=QuotationPolicy.BOTH)])
    assert [finding.text for finding in findings] == ["Critics", "Experts"]
    assert [finding.start.line for finding in findings] == [9, 11]
    assert all(len(finding.fingerprint) == 16 for finding in findings)
    assert all(finding.path.endswith("dam.md") for finding in findings)


def test_one_fault_is_one_finding(dam: Context) -> None:
    everywhere = {"quotations": QuotationPolicy.BOTH}
    general = rule(**everywhere)

    def first_word(context: Context) -> Iterator[Match]:
        start = context.draft.text.index("Critics")
        yield Match(Span(start, start + len("Critics say")), "“Critics say”", "Name them.")

    specific = msgspec.structs.replace(
        rule(**everywhere), id="SRC105", check=first_word, more_specific_than=(general.id,)
    )

    def rules_and_words(*rules: Rule) -> list[tuple[str, str]]:
        return [(finding.rule, finding.text) for finding in lint(dam.analysis, words()[0], rules)]

    assert rules_and_words(general) == [("SRC104", "Critics"), ("SRC104", "Experts")]
    for both in ((general, specific), (specific, general)):
        assert rules_and_words(*both) == [("SRC105", "Critics say"), ("SRC104", "Experts")]


def test_fingerprint_knows_words_and_not_marks() -> None:
    assert normalised("“Experts”  say: “No”.\n") == "experts say no"
    assert fingerprint("SRC104", "“Experts” say.", 0) == fingerprint("SRC104", "Experts say", 0)
    assert fingerprint("SRC104", "Experts say.", 0) != fingerprint("SRC104", "Experts say.", 1)
    assert fingerprint("SRC104", "Experts say.", 0) != fingerprint("SRC105", "Experts say.", 0)


def test_context_looks_things_up(dam: Context) -> None:
    analysis = dam.analysis
    for attribution in analysis.attributions:
        assert attribution in dam.attributions_in(dam.sentence(attribution.sentence))
        entity = dam.entity(attribution)
        assert (entity is None) == (attribution.source.entity is None)
        if attribution.source.spans:
            head = dam.source_head(attribution)
            assert head is not None
            assert any(span.covers(head.span) for span in attribution.source.spans)
    for claim in analysis.claims:
        assert claim in dam.claims_in(dam.sentence(claim.sentence))
        assert dam.claim_at(claim.spans[0]) is not None
    first, last = dam.sentences[0], dam.sentences[-1]
    assert dam.before(first, 3) == () == dam.after(last, 3)
    assert dam.before(last, 2) == dam.sentences[-3:-1]
    assert dam.paragraph(first) == (first,)
    assert dam.block(first) is BlockKind.HEADLINE
    assert first not in dam.body
    assert dam.sentence_at(first.start) is first
    assert dam.sentence_at(len(dam.draft.text) + 1) is None


def test_phrases_take_the_longest_and_each_word_once(dam: Context) -> None:
    sentence = newsroom_analysis(read_draft(NEWSROOM / "drafts" / "strike.txt")).sentences[1]
    runs = dam.phrases(sentence.tokens, "media-head")
    assert [[token.text for token in run] for run in runs] == [["media"], ["reports"]]
    assert dam.phrases(sentence.tokens, "no such list") == []


def test_every_rule_has_its_page() -> None:
    for path in Path(NEWSROOM.parent / "rules").glob("*.md"):
        head = path.read_text(encoding="utf-8").splitlines()[0]
        rule = find_rule(path.stem)
        assert rule is not None
        assert head == f"# {rule.id} {rule.name}"
