"""``attrib convert``: from one format of annotated documents to another."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from attribution.cli.annotations import article_beside, article_endings, read_annotation_file, reported_draft
from attribution.cli.inputs import Inputs, session_options
from attribution.cli.output import Output, is_folder, made_folder, overwrite_option
from attribution.cli.pages import UniqueNames
from attribution.cli.schema import nearest
from attribution.session.options import STDIN

if TYPE_CHECKING:
    from attribution.conversion.formats import Format
    from attribution.conversion.readers import ReportFile
    from attribution.records import Analysis, Draft

READ = ("json", "citron", "brat", "conllu", "draft")
ENDINGS = {".json": "json", ".jsonl": "json", ".ann": "brat", ".conllu": "conllu"}
STANDOFF = ".ann"
IN_FOLDERS = {"json": (".json", ".jsonl"), "citron": (".json", ".jsonl"), "brat": (".ann",), "conllu": (".conllu",)}
"""The files of a folder that are read in a format given by ``--from``."""


class Source(NamedTuple):
    """A file to convert, and the format it is read in."""

    path: str
    form: str


@click.command()
@click.argument("sources", metavar="IN...", nargs=-1, required=True, type=click.Path())
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
@click.option(
    "-o",
    "--output",
    metavar="FILE | DIRECTORY/",
    help="Write the result to a file, completely or not at all; or each document to a file of its own in a directory.",
)
@overwrite_option
@click.option(
    "--text",
    "article",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The annotated article, if it is not at the path in the report or beside the standoff.",
)
@session_options
def convert(
    inputs: Inputs, sources: tuple[str, ...], form: str, given: str | None, output: str | None, article: Path | None
) -> int:
    """Convert annotated documents: reports of attrib, Citron's annotation, brat standoff, CoNLL-U.

    IN is attrib's JSON or JSON Lines (the draft must be available as well), Citron's JSON, NAME.ann beside NAME.txt,
    CoNLL-U written by attrib, or a draft, which is analysed first; - is standard input and needs --from. Of a folder,
    the standoff, the CoNLL-U and the drafts without either are read, or the files of the format after --from.
    docs/FORMATS.md lists what each format keeps. Writing brat to NAME.ann also writes the text to NAME.txt beside it.
    """
    from attribution.conversion.formats import FORMATS
    from attribution.records import AttribError

    if form not in FORMATS:
        raise AttribError(f"--to: there is no format {form!r}; {nearest(form, FORMATS)}")
    if given is not None and given not in READ:
        raise AttribError(f"--from: {given!r} cannot be read; {nearest(given, READ)}")
    wanted = FORMATS[form]
    into_folder = is_folder(output)
    target = Output(None if into_folder else output, "never", None)
    found = [source for path in sources for source in _sources(inputs, path, given)]
    read = [source.path for source in found] + ([str(article)] if article else [])
    target.refuse_inputs(read)
    if article is not None and len(found) > 1:
        raise AttribError(f"--text: is the article of one document, and there are {len(found)}; leave it out")
    analyses = list(_documents(inputs, found, article))
    if not analyses:
        return inputs.exit_code
    if form == "citron":
        _tell_of_left_out(inputs, analyses)
    if wanted.parsed:
        analyses = [_parsed(inputs, analysis) for analysis in analyses]
    if into_folder:
        _write_folder(str(output), wanted, analyses, read)
        return inputs.exit_code
    if len(analyses) > 1 and not wanted.several:
        raise AttribError(
            f"{sources[0]}: holds {len(analyses)} documents, but a {form} file holds one; name a directory after -o"
            if len(found) == 1
            else f"{len(analyses)} documents do not fit into one {form} file; name a directory after -o"
        )
    _write(target, wanted, analyses)
    return inputs.exit_code


def _tell_of_left_out(inputs: Inputs, analyses: Iterable[Analysis]) -> None:
    from attribution.conversion.citron import notice_of

    for analysis in analyses:
        if (notice := notice_of(analysis)) is not None:
            inputs.tell(f"{analysis.draft.path}: {notice}")


def _write(target: Output, wanted: Format, analyses: Sequence[Analysis]) -> None:
    target.write(wanted.write(analyses), data=True)
    text = _text_beside(target, analyses[0]) if wanted.ending == STANDOFF else None
    target.close()
    if text is not None:
        text.close()


def _write_folder(output: str, wanted: Format, analyses: Sequence[Analysis], read: Sequence[str]) -> None:
    """Write each document to a file of its own, named after its draft."""
    folder = made_folder(output)
    names = UniqueNames(wanted.ending)
    # Two documents may have the same path: each gets a file.
    files = [folder / names.of(str(number), analysis.draft.path) for number, analysis in enumerate(analyses)]
    targets = [Output(str(file), "never", None) for file in files]
    for target in targets:
        target.refuse_inputs(read)
    for target, analysis in zip(targets, analyses, strict=True):
        _write(target, wanted, [analysis])


# --- What is read -----------------------------------------------------------------------------------------------------


def _sources(inputs: Inputs, path: str, given: str | None) -> list[Source]:
    """The files that an argument names, each with its format."""
    from attribution.records import AttribError

    place = Path(path)
    if path != STDIN and place.is_dir():
        return _sources_in(inputs, place, given)
    name = inputs.session.name_of(path)
    form = given or ENDINGS.get(Path(name).suffix.lower()) or ("draft" if _is_draft(Path(name)) else None)
    if form is None and path == STDIN:
        raise AttribError(f"-: standard input has no name to tell its format; give one of {', '.join(READ)} to --from")
    if form is None:
        raise AttribError(f"{path}: the name does not tell the format; give one of {', '.join(READ)} to --from")
    return [Source(path, form)]


def _sources_in(inputs: Inputs, folder: Path, given: str | None) -> list[Source]:
    """The files of a folder that are read."""
    from attribution.records import AttribError

    forms = (given,) if given in IN_FOLDERS else () if given else ("brat", "conllu")
    endings = {ending: form for form in forms for ending in IN_FOLDERS[form]}
    files = sorted(
        file
        for file in folder.rglob("*")
        if file.suffix.lower() in endings
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        and file.is_file()
    )
    found = [Source(str(file), endings[file.suffix.lower()]) for file in files]
    if given in (None, "draft"):
        annotated = {file.with_suffix("") for file in files}
        drafts = inputs.session.find([str(folder)]).paths
        found += [Source(path, "draft") for path in drafts if Path(path).with_suffix("") not in annotated]
    if not found:
        raise AttribError(f"{folder}: the folder holds nothing to convert; name files, or their format with --from")
    return sorted(found)


def _documents(inputs: Inputs, sources: Sequence[Source], article: Path | None) -> Iterator[Analysis]:
    """The documents of all files; tells of those that cannot be read."""
    from attribution.records import AttribError
    from attribution.session.session import itself

    drafts = inputs.given([source.path for source in sources if source.form == "draft"])
    analysed = inputs.each_of(drafts, itself)
    for source in sources:
        if source.form == "draft":
            found = next(analysed)
            if found is not None:
                yield found.analysis
            continue
        try:
            documents = _annotated(inputs, source, article)
        except AttribError as error:
            inputs.fail(source.path, str(error))
            continue
        for document in documents:
            for notice in document.draft.notices:
                inputs.tell(f"{document.draft.path}: {notice}")
            yield document


def _annotated(inputs: Inputs, source: Source, article: Path | None) -> list[Analysis]:
    """The documents in a file of annotations."""
    from attribution.ingest import read_draft
    from attribution.records import AttribError

    is_stdin = source.path == STDIN
    name = inputs.session.name_of(source.path)
    data = _read_stdin() if is_stdin else read_annotation_file(Path(source.path))
    if source.form == "conllu":
        from attribution.conversion.conllu import read_annotated_conllu

        return [read_annotated_conllu(data, name)]
    if source.form == "brat":
        from attribution.conversion.analyses import analysis_of_annotation
        from attribution.conversion.brat import read_brat

        if is_stdin and article is None:
            raise AttribError("-: brat standoff needs its article; name it with --text")
        draft = article_beside(Path(source.path)) if article is None else read_draft(article)
        return [analysis_of_annotation(read_brat(draft.text, data, name), draft, "brat standoff")]
    return _read_json(data, name, source, article)


def _read_json(data: str, name: str, source: Source, article: Path | None) -> list[Analysis]:
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
            if source.form == "citron":
                raise AttribError(f"{name}: is a report of attrib, not Citron's annotation; give --from json")
            draft = read_draft(article) if article is not None else _reported_draft(result, Path(source.path))
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


def _parsed(inputs: Inputs, analysis: Analysis) -> Analysis:
    """The analysis with a parse of its sentences."""
    from attribution.conversion.analyses import with_sentences

    if all(sentence.tokens for sentence in analysis.sentences):
        return analysis
    (sentences,) = inputs.session.parser.parse([analysis.draft])
    return with_sentences(analysis, sentences)


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
