"""What must hold of every draft, whatever it says; shared by the tests and ``scripts/fuzz.py``.

Each check raises AssertionError, or whatever attrib itself raises.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import resources
from xml.etree import ElementTree

import jsonschema
import msgspec
from random_drafts import RandomFile, damaged

from attribution.analysis import Analyser
from attribution.comparison import Comparison, compare
from attribution.conversion.analyses import analysis_of_report
from attribution.conversion.brat import read_brat, write_brat
from attribution.conversion.conllu import read_annotated_conllu
from attribution.conversion.documents import AnnotatedDocument, from_analysis
from attribution.conversion.formats import FORMATS
from attribution.conversion.readers import ReportFile, read_json
from attribution.evaluation.reported import read_labelled
from attribution.evaluation.voices import read_gold
from attribution.extraction.spans import text_of
from attribution.ingest import locate, read_bytes
from attribution.linting import RULES, FileFindings, Finding, UnreadDraft, lint
from attribution.linting.baseline import read_baseline
from attribution.linting.fixes import apply_fixes, with_applicable_fixes
from attribution.linting.suppressions import read_sidecar, silence
from attribution.parsing import read_conllu
from attribution.records import ROOT, Analysis, AttribError, Draft, Span
from attribution.reporting.contract import SCHEMA_VERSION
from attribution.reporting.diff_github import diff_github
from attribution.reporting.diff_json import diff_json
from attribution.reporting.diff_text import diff_text
from attribution.reporting.escaping import without_commands
from attribution.reporting.findings.checkstyle import findings_checkstyle
from attribution.reporting.findings.concise import findings_concise
from attribution.reporting.findings.full import findings_full
from attribution.reporting.findings.github import findings_github
from attribution.reporting.findings.gitlab import findings_gitlab
from attribution.reporting.findings.json import findings_json
from attribution.reporting.findings.jsonl import findings_jsonl
from attribution.reporting.findings.junit import findings_junit
from attribution.reporting.findings.line import findings_line
from attribution.reporting.findings.rdjson import findings_rdjson
from attribution.reporting.findings.sarif import findings_sarif
from attribution.reporting.findings.statistics import statistics_json
from attribution.reporting.html import diff_html, report_html
from attribution.reporting.json import report_json
from attribution.reporting.sources import sources_json
from attribution.reporting.text import report_text
from attribution.reporting.tree import tree_text
from attribution.reporting.units import OffsetUnit
from attribution.session.cache import Cache
from attribution.session.inputs import source_of

NOT_IN_TEXT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that a terminal obeys; the text of a report has none of them."""


def check_file(file: RandomFile, analyser: Analyser, store: Cache, *, with_outputs: bool) -> int:
    """Check what is read from a file, and, ``with_outputs``, what every writer makes of it and every reader of that.

    ``store`` is a cache to use. Gives the number of claims; 0 for a file that attrib refuses with a line.
    """
    try:
        draft = read_bytes(file.data, file.name)
    except AttribError as error:
        check_error(error)
        return 0
    source = source_of(file.data, file.name, draft)
    check_draft(draft, source)
    analysis = analyser.analyse(draft)
    check_analysis(analysis)
    if with_outputs:
        assert report_json(analyser.analyse(draft)) == report_json(analysis)
        check_cache(analysis, file, store)
        check_reports(analysis)
        check_conversions(analysis, analyser)
        check_damaged_files(analysis, file.number)
        check_findings(analysis, analyser, source)
        check_comparisons(analysis, analyser, file)
    return len(analysis.claims)


def check_error(error: AttribError) -> None:
    """A file is refused with a single line."""
    assert str(error).strip()
    assert len(str(error).splitlines()) == 1, str(error)


# --- Drafts and analyses ----------------------------------------------------------------------------------------------


def check_draft(draft: Draft, source: str) -> None:
    """Blocks are in order, apart and without white space at their ends; every character is where it is said to be."""
    end = 0
    for block in draft.blocks:
        assert end <= block.span.start < block.span.end <= len(draft.text)
        written = draft.text[block.span.start : block.span.end]
        assert written == written.strip()
        assert block.speaker is None or 0 <= block.speaker.start < block.speaker.end <= len(draft.text)
        end = block.span.end
    assert draft.blocks
    for link in draft.links:
        assert 0 <= link.span.start < link.span.end <= len(draft.text)
    assert [anchor.text for anchor in draft.anchors] == sorted(anchor.text for anchor in draft.anchors)
    assert [anchor.file for anchor in draft.anchors] == sorted(anchor.file for anchor in draft.anchors)
    check_places(draft, source)


def check_places(draft: Draft, source: str) -> None:
    """Letters and digits of the draft stand in the file at their line and column, unless an HTML reference is there."""
    step = max(1, len(draft.text) // 500)
    for offset in range(0, len(draft.text), step):
        line, column = locate(draft, offset)
        assert 1 <= line <= len(draft.line_starts)
        assert column >= 1
        character = draft.text[offset]
        if character.isascii() and character.isalnum():
            there = source[draft.line_starts[line - 1] + column - 1]
            assert there == character or (there == "&" and draft.format != "text"), (offset, character, there)


def check_analysis(analysis: Analysis) -> None:
    """Texts are those at their spans, identifiers are unique and known, scores are within their bounds."""
    check_sentences(analysis)
    records = (
        analysis.sentences, analysis.quotations, analysis.sources, analysis.attributions, analysis.hedges,
        analysis.boosters, analysis.claims,
    )  # fmt: skip
    known = {record.id for group in records for record in group}
    assert len(known) == sum(map(len, records))
    check_attributions(analysis, known)
    check_claims(analysis, known)
    text = analysis.draft.text
    for word in (*analysis.hedges, *analysis.boosters):
        check_words(text, word.spans, word.text)
        check_spans(text, word.scope)
        assert 0 <= word.strength <= 1
    for quotation in analysis.quotations:
        check_spans(text, quotation.parts)
        assert (quotation.parts[0].start, quotation.parts[-1].end) == (quotation.start, quotation.end)
        assert {quotation.parent, quotation.attribution} <= {*known, None}
    for entity in analysis.sources:
        # Mentions may be within each other: in what somebody says of himself.
        assert list(entity.mentions) == sorted(set(entity.mentions))
        for mention in entity.mentions:
            check_spans(text, [mention])
        assert set(entity.claims) <= known
    for problem in analysis.problems:
        assert 0 <= problem.start < problem.end <= len(text)
    for place in analysis.places:
        check_spans(text, place.spans)
        assert place.claim in known


def check_sentences(analysis: Analysis) -> None:
    """Sentences and their tokens are in order, within their block, and are the words at their offsets."""
    text = analysis.draft.text
    end = 0
    for sentence in analysis.sentences:
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == sentence.text
        assert analysis.draft.blocks[sentence.block].span.covers(sentence.span)
        assert [token.head for token in sentence.tokens].count(ROOT) == 1
        behind = sentence.start
        for token in sentence.tokens:
            assert behind <= token.start < token.end <= sentence.end
            assert text[token.start : token.end] == token.text
            assert not any(map(str.isspace, token.text))
            behind = token.end
        end = sentence.end


def check_attributions(analysis: Analysis, known: set[str]) -> None:
    """Attributions have a cue and the words at their spans, and refer to what there is."""
    for attribution in analysis.attributions:
        assert attribution.cue.spans
        for part in (attribution.cue, attribution.source, attribution.content):
            check_words(analysis.draft.text, part.spans, part.text)
        entities = {attribution.source.entity, *attribution.source.also}
        assert {attribution.sentence, attribution.parent, *entities} <= {*known, None}
        assert attribution.parent != attribution.id
        assert 0 <= attribution.probability <= 1


def check_claims(analysis: Analysis, known: set[str]) -> None:
    """Claims have the words at their spans and scores from 0 to 1, and refer to what there is."""
    text = analysis.draft.text
    for claim in analysis.claims:
        check_words(text, claim.spans, claim.text)
        assert {claim.sentence, *claim.attributions, *claim.hedges, *claim.boosters} <= known
        assert 0 <= claim.sourcing <= 1
        assert 0 <= claim.certainty <= 1
        for predicate in claim.predicates:
            check_words(text, predicate.spans, predicate.text)
            assert predicate.commitment is None or -1 <= predicate.commitment <= 1


def check_words(text: str, spans: Sequence[Span], words: str) -> None:
    """The words are those at the spans, which are in order."""
    check_spans(text, spans)
    assert words == text_of(text, spans), (words, spans)


def check_spans(text: str, spans: Iterable[Span]) -> None:
    """The spans are in order, apart, not empty, and within the text."""
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text), (span, end)
        end = span.end


# --- Outputs ----------------------------------------------------------------------------------------------------------


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """The validator of the published schema of this name (``attrib schema``)."""
    schema = resources.files("attribution.reporting") / "schema" / f"{name}-{SCHEMA_VERSION}.json"
    return jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


def check_json(written: str, name: str | None = None) -> None:
    """The text is JSON, without values that other readers do not know, and as the schema of this name says."""
    value = json.loads(written, parse_constant=_no_number)
    written.encode()
    if name is not None:
        validator(name).validate(value)


def _no_number(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


def check_text(written: str) -> None:
    """The text has nothing that a terminal or a CI runner obeys."""
    assert not NOT_IN_TEXT.search(written), repr(written)
    assert without_commands(written) == written


def check_cache(analysis: Analysis, file: RandomFile, store: Cache) -> None:
    """What was kept is found again, the same."""
    store.keep(file.data, analysis.draft.format, analysis)
    found = store.load(file.data, analysis.draft.format, analysis.draft.path)
    assert found is not None
    assert msgspec.json.encode(found) == msgspec.json.encode(analysis)


def check_reports(analysis: Analysis) -> None:
    """Reports are what they should be, with any characters in the draft."""
    for unit in OffsetUnit:
        check_json(report_json(analysis, unit), "report")
    check_json(sources_json([analysis], array=False), "sources")
    for encoding in ("utf-8", "ascii"):
        written = report_text(analysis, explain=True, encoding=encoding)
        check_text(written)
        written.encode(encoding)
    check_text(tree_text(analysis, explain=True))
    report_html(analysis).encode()


def check_conversions(analysis: Analysis, analyser: Analyser) -> None:
    """Every format is written, and what can be read back is the same."""
    draft, report = analysis.draft, report_json(analysis)
    texts = {name: form.write([analysis]) for name, form in FORMATS.items()}
    for name, text in texts.items():
        text.encode()
        if FORMATS[name].ending == ".json":
            check_json(text)
        if FORMATS[name].ending == ".csv":
            assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1
    for unit in OffsetUnit:
        assert report_json(analysis_of_report(_report_file(report_json(analysis, unit)), draft, "x.json")) == report
    assert report_json(analysis_of_report(_report_file(texts["jsonl"]), draft, "x.jsonl")) == report
    assert report_json(read_annotated_conllu(texts["conllu"], "x.conllu")) == report
    check_annotation(analysis, texts)
    parsed, sentences = read_conllu(texts["conllu"], "x.conllu")
    check_analysis(analyser.analyse_parsed(parsed, sentences))


def _report_file(text: str) -> ReportFile:
    (file,) = read_json(text, "x.json")
    assert isinstance(file, ReportFile)
    return file


def check_annotation(analysis: Analysis, texts: dict[str, str]) -> None:
    """Annotations read back have the attributions that the format can express."""
    text = analysis.draft.text
    expected = [found for found in from_analysis(analysis, "x").attributions if found.cue and found.content]
    (citron,) = read_json(texts["citron"], "x.json")
    assert isinstance(citron, AnnotatedDocument)
    assert citron.text == text
    assert [found.content for found in citron.attributions] == [found.content for found in expected]
    if not texts["brat"]:
        return
    brat = read_brat(text, texts["brat"], "x.ann")
    # Attributions with the very same words are one in brat.
    assert {found.cue for found in brat.attributions} >= {found.cue for found in expected}
    assert read_brat(text, write_brat(brat), "x.ann").attributions == brat.attributions


def check_damaged_files(analysis: Analysis, number: int) -> None:
    """A file that something has happened to is read, or refused with a line."""
    draft = analysis.draft
    report = report_json(analysis)
    findings = json.dumps({"version": 1, "findings": [{"path": "a", "rule": "SRC101", "fingerprint": "0" * 16}]})
    conllu, brat, citron = (FORMATS[name].write([analysis]) for name in ("conllu", "brat", "citron"))
    labels = json.dumps({"doc": "x", "text": draft.text, "sentences": [{"start": 0, "end": 1, "label": "speech"}]})
    gold = labels.replace('"label": "speech"', '"voice": "own"')
    sidecar = '[[ignore]]\nfile = "*"\nrules = ["SRC101"]\nreason = "why"\n'
    readings: tuple[tuple[Callable[[str], object], str], ...] = (
        (lambda text: _analyses(read_json(text, "x.json"), draft), report),
        (lambda text: read_json(text, "x.json"), citron),
        (lambda text: read_brat(draft.text, text, "x.ann"), brat),
        (lambda text: read_annotated_conllu(text, "x.conllu"), conllu),
        (lambda text: read_conllu(text, "x.conllu"), conllu),
        (lambda text: read_labelled(text, "x.json"), labels),
        (lambda text: read_gold(text, "x.json"), gold),
        (lambda text: read_baseline(text, "x.json"), findings),
        (lambda text: read_sidecar(text, "x.toml"), sidecar),
    )
    for place, (read, text) in enumerate(readings):
        try:
            read(damaged(text, number + place))
        except AttribError as error:
            check_error(error)


def _analyses(files: Sequence[object], draft: Draft) -> list[str]:
    return [report_json(analysis_of_report(file, draft, "x")) for file in files if isinstance(file, ReportFile)]


def check_findings(analysis: Analysis, analyser: Analyser, source: str) -> None:
    """Findings are at places of the file, their fixes change words that are there, and every format writes them."""
    findings = lint(analysis, analyser.lexicon, RULES)
    lines = [len(line) for line in re.split("\r\n|\r|\n", source)]
    for finding in findings:
        for place in (finding.start, finding.end):
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= lines[place.line - 1] + 1
    kept = silence(analysis, source, findings, frozenset(rule.id for rule in RULES))
    assert len(kept.findings) + len(kept.suppressed) == len(findings)
    check_fixes(kept.findings, source, analysis.draft)
    files = [FileFindings(analysis.draft.path, source, kept.findings, kept.suppressed)]
    check_text(report_text(analysis, findings=findings))
    report_html(analysis, findings=findings).encode()
    check_finding_formats(files, [UnreadDraft("other.txt", "is empty")])


def check_fixes(findings: Iterable[Finding], source: str, draft: Draft) -> None:
    """Fixes leave a file that can be read again."""
    applicable = [with_applicable_fixes(finding, source) for finding in findings]
    fixed = apply_fixes(source, applicable, suggested=True)
    assert len(fixed.mended) <= len(applicable)
    if not fixed.mended:
        assert fixed.source == source
    try:
        read_bytes(fixed.source.encode(errors="replace"), draft.path)
    except AttribError as error:
        check_error(error)


def check_finding_formats(files: Sequence[FileFindings], unread: Sequence[UnreadDraft]) -> None:
    """Findings are JSON, XML or safe lines in every format."""
    check_json(findings_json(files, unread), "lint")
    check_json(statistics_json(files, unread), "lint-statistics")
    for written in (findings_gitlab(files, unread), findings_sarif(files, unread), findings_rdjson(files, unread)):
        check_json(written)
    for line in findings_jsonl(files, unread).splitlines():
        check_json(line)
    for written in (findings_junit(files, unread), findings_checkstyle(files, unread)):
        ElementTree.fromstring(written)
    for written in (findings_full(files, unread), findings_concise(files, unread), findings_line(files, unread)):
        check_text(written)
    commands = findings_github(files, unread)
    assert not NOT_IN_TEXT.search(commands)
    assert all(re.match("::(error|warning|notice) ", line) for line in commands.splitlines() if line.startswith("::"))


def check_comparisons(analysis: Analysis, analyser: Analyser, file: RandomFile) -> None:
    """A draft does not differ from itself; any edit of it is compared and written."""
    same = compare(analysis, analysis, analyser.lexicon, analyser.weights)
    assert not same.changes, same.changes
    cut = len(file.data) // 3
    try:
        shortened = read_bytes(file.data[:cut] + file.data[2 * cut :], file.name)
    except AttribError as error:
        check_error(error)
        return
    edited = analyser.analyse(shortened)
    check_analysis(edited)
    for old, new in ((analysis, edited), (edited, analysis)):
        check_comparison(compare(old, new, analyser.lexicon, analyser.weights))


def check_comparison(comparison: Comparison) -> None:
    """The words of changes are those of their versions; every format writes them."""
    for change in comparison.changes:
        for side, version in ((change.old, comparison.old), (change.new, comparison.new)):
            if side is not None:
                text = version.draft.text
                assert side.text == text[side.start : side.end]
                for words in side.words:
                    assert 0 <= words.start < words.end <= len(text)
    check_json(diff_json([comparison]), "diff")
    check_text(diff_text([comparison]))
    assert not NOT_IN_TEXT.search(diff_github([comparison]))
    diff_html([comparison]).encode()
