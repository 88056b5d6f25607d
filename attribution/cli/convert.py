"""``attrib convert``: from one format of annotated documents to another."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from attribution.cli.annotations import article_beside, article_endings, read_annotation_file, reported_draft
from attribution.cli.main import complain
from attribution.cli.output import Output
from attribution.cli.schema import nearest

if TYPE_CHECKING:
    from attribution.analysis import Analyser
    from attribution.conversion.readers import ReportFile
    from attribution.records import Analysis, Draft

STDIN = "-"
READ = ("json", "citron", "brat", "conllu", "draft")
ENDINGS = {".json": "json", ".jsonl": "json", ".ann": "brat", ".conllu": "conllu"}
STANDOFF = ".ann"


@click.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "form",
    required=True,
    metavar="FORMAT",
    help="json, jsonl, citron, brat, conllu, web-annotation, claims-csv, sources-csv or displacy.",
)
@click.option(
    "--from",
    "given",
    metavar="FORMAT",
    help="json (or JSON Lines), citron, brat, conllu or draft; by default the extension and the JSON's content tell.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the result to a file, completely or not at all.")
@click.option(
    "--text",
    "article",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The annotated article, if it is not at the path in the report or beside the standoff.",
)
@click.option("--model", metavar="default|DIR", help="Stanza models to parse with, if a parse is needed.")
def convert(
    source: Path, form: str, given: str | None, output: str | None, article: Path | None, model: str | None
) -> int:
    """Convert annotated documents: reports of attrib, Citron's annotation, brat standoff, CoNLL-U.

    IN is attrib's JSON or JSON Lines (the draft must be available as well), Citron's JSON, NAME.ann beside NAME.txt,
    CoNLL-U written by attrib, or a draft, which is analysed first; - is standard input and needs --from.
    docs/FORMATS.md lists what each format keeps. Writing brat to NAME.ann also writes the text to NAME.txt beside it.
    """
    from attribution.conversion.formats import FORMATS
    from attribution.records import AttribError

    if form not in FORMATS:
        raise AttribError(f"--to: there is no format {form!r}; {nearest(form, FORMATS)}")
    if given is not None and given not in READ:
        raise AttribError(f"--from: {given!r} cannot be read; {nearest(given, READ)}")
    target = Output(output, "never", None)
    target.refuse_inputs([str(path) for path in (source, article) if path is not None])
    parser = _Parsing(model)
    analyses = _read(source, given, article, parser)
    wanted = FORMATS[form]
    if len(analyses) > 1 and not wanted.several:
        raise AttribError(
            f"{source}: holds {len(analyses)} documents, but a {form} file holds one; convert one at a time"
        )
    if wanted.parsed:
        analyses = [parser.parsed(analysis) for analysis in analyses]
    for analysis in analyses:
        for notice in analysis.draft.notices:
            complain(notice)
    target.write(wanted.write(analyses), data=True)
    text = _text_beside(target, analyses[0]) if form == "brat" else None
    target.close()
    if text is not None:
        text.close()
    return 0


class _Parsing:
    """Parses the documents that need it, with one model for all."""

    def __init__(self, model: str | None) -> None:
        self._model = model
        self._analyser: Analyser | None = None

    @property
    def analyser(self) -> Analyser:
        """The analyser, loaded on first use."""
        if self._analyser is None:
            from attribution.analysis import Analyser

            self._analyser = Analyser(self._model)
        return self._analyser

    def parsed(self, analysis: Analysis) -> Analysis:
        """The analysis with a parse of its sentences."""
        from attribution.conversion.analyses import with_sentences

        if all(sentence.tokens for sentence in analysis.sentences):
            return analysis
        (sentences,) = self.analyser.parser.parse([analysis.draft])
        return with_sentences(analysis, sentences)


def _read(source: Path, given: str | None, article: Path | None, parser: _Parsing) -> list[Analysis]:
    from attribution.ingest import check_english, read_bytes, read_draft
    from attribution.records import AttribError

    stdin = str(source) == STDIN
    if stdin and given is None:
        raise AttribError(f"-: standard input has no name to tell its format; give one of {', '.join(READ)} to --from")
    form = given or ENDINGS.get(source.suffix.lower()) or ("draft" if _is_draft(source) else None)
    if form is None:
        raise AttribError(f"{source}: the name does not tell the format; give one of {', '.join(READ)} to --from")
    if form == "draft":
        draft = read_bytes(sys.stdin.buffer.read(), "<stdin>") if stdin else read_draft(source)
        check_english(draft)
        return [parser.analyser.analyse(draft)]
    name = "<stdin>" if stdin else str(source)
    data = _read_stdin() if stdin else read_annotation_file(source)
    if form == "conllu":
        from attribution.conversion.conllu import read_annotated_conllu

        return [read_annotated_conllu(data, name)]
    if form == "brat":
        from attribution.conversion.analyses import analysis_of_annotation
        from attribution.conversion.brat import read_brat

        if stdin and article is None:
            raise AttribError("-: brat standoff needs its article; name it with --text")
        draft = article_beside(source) if article is None else read_draft(article)
        return [analysis_of_annotation(read_brat(draft.text, data, name), draft, "brat standoff")]
    return _read_json(data, name, form, source, article)


def _read_json(data: str, name: str, form: str, source: Path, article: Path | None) -> list[Analysis]:
    """The documents of a JSON file, in any of the forms that can be read."""
    from attribution.conversion.analyses import analysis_of_annotation, analysis_of_report
    from attribution.conversion.readers import ReportFile, read_json
    from attribution.ingest import read_draft, read_text
    from attribution.records import AttribError

    found: list[Analysis] = []
    results = read_json(data, name)
    if article is not None and len(results) > 1:
        raise AttribError(f"{name}: holds {len(results)} documents, and --text is the article of one; leave it out")
    for result in results:
        if isinstance(result, ReportFile):
            if form == "citron":
                raise AttribError(f"{name}: is a report of attrib, not Citron's annotation; give --from json")
            draft = read_draft(article) if article is not None else _reported_draft(result, source)
            found.append(analysis_of_report(result, draft, name))
            continue
        if not result.text:
            raise AttribError(f"{name}: {result.name} comes without text; add its text to the file")
        draft = read_text(result.text, path=result.name)
        if draft.text != result.text:
            raise AttribError(f"{name}: {result.name} has line ends other than \\n; convert text and offsets")
        found.append(analysis_of_annotation(result, draft, "annotation in JSON"))
    return found


def _reported_draft(report: ReportFile, source: Path) -> Draft:
    from attribution.records import AttribError

    try:
        return reported_draft(report, source)
    except AttribError as error:
        raise AttribError(f"{error}, or name it with --text") from None


def _text_beside(target: Output, analysis: Analysis) -> Output | None:
    """The output for the text that a standoff file needs beside it; None if it exists or the file is not .ann."""
    from attribution.ingest import read_draft
    from attribution.records import AttribError

    if target.path is None or target.path.suffix != STANDOFF:
        return None
    for ending in article_endings():
        article = target.path.with_suffix(ending)
        if article.is_file():
            if read_draft(article).text != analysis.draft.text:
                raise AttribError(f"{article}: is not the text that was annotated; write to another name")
            return None
    text = Output(str(target.path.with_suffix(".txt")), "never", None)
    text.write(analysis.draft.text, data=True)
    return text


def _read_stdin() -> str:
    from attribution.records import AttribError

    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AttribError("<stdin>: is not UTF-8; save it as UTF-8") from None


def _is_draft(source: Path) -> bool:
    return source.suffix.lower() in article_endings()
