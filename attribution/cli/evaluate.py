"""``attrib evaluate``: precision, recall and F1 against annotated articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from attribution.cli.annotations import article_beside, article_endings, read_annotation_file, reported_draft
from attribution.cli.inputs import Inputs, session_options
from attribution.cli.output import Output, output_options, text_or_json_option

if TYPE_CHECKING:
    from attribution.conversion.documents import AnnotatedDocument
    from attribution.evaluation.results import Difference
    from attribution.records import Draft
    from attribution.session import AnalysedDraft, Session

ANNOTATION = ".ann"
JSON = (".json", ".jsonl")
ENDINGS = (ANNOTATION, *JSON)


class Gold(NamedTuple):
    """An annotated article: its annotation, and the draft to analyse."""

    document: AnnotatedDocument
    draft: Draft


class System(NamedTuple):
    """A system to score: a name and a document for each gold document."""

    name: str
    documents: Sequence[AnnotatedDocument | None]


@click.command()
@click.argument("gold", nargs=-1, required=True, metavar="GOLD...", type=click.Path(path_type=Path))
@click.option(
    "--against",
    metavar="PATH",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Score these results instead of analysing the texts: a file or folder of attrib's JSON, Citron's or .ann.",
)
@click.option(
    "--compare",
    metavar="PATH",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Score another system's results (as --against) in the same table; may be repeated.",
)
@click.option("--by-document", is_flag=True, help="Also show the scores of each document.")
@click.option("--disagreements", is_flag=True, help="Show the gold and each system side by side where they differ.")
@click.option("--strict", is_flag=True, help="With --disagreements: differing borders are disagreements as well.")
@text_or_json_option
@output_options
@session_options
def evaluate(
    inputs: Inputs,
    gold: tuple[Path, ...],
    against: tuple[Path, ...],
    compare: tuple[Path, ...],
    by_document: bool,
    disagreements: bool,
    strict: bool,
    form: str,
    output: str | None,
    color: str,
    width: int | None,
) -> int:
    """Score what attrib finds in annotated articles: precision, recall and F1 for each part.

    GOLD is brat standoff (NAME.ann beside NAME.txt, .md or .html), attrib's JSON, Citron's annotation, JSON Lines {doc,
    text, attributions}, or a folder of such files (without its subfolders). seeds/README.md explains the annotation
    conventions; the documentation of attribution.evaluation.scores explains what each part counts.
    """
    if strict and not disagreements:
        raise click.UsageError("--strict goes with --disagreements", click.get_current_context())
    target = Output(output, color, width)
    files = [file for path in gold for file in _files(path)]
    annotated = [article for file in files for article in _read_gold(file)]
    results = [file for path in (*against, *compare) for file in _files(path)]
    target.refuse_inputs([*(article.draft.path for article in annotated), *map(str, files), *map(str, results)])
    systems = [_read_system(inputs, path, annotated) for path in against]
    if not systems:
        systems.append(_analyse(inputs, annotated))
    systems += [_read_system(inputs, path, annotated) for path in compare]
    if form == "json":
        target.write(_json(annotated, systems, disagreements, strict), data=True)
    else:
        target.write(_text(annotated, systems, by_document, disagreements, strict, target))
    target.close()
    return inputs.exit_code


def _text(
    gold: Sequence[Gold],
    systems: Sequence[System],
    by_document: bool,
    disagreements: bool,
    strict: bool,
    target: Output,
) -> str:
    from attribution.evaluation.results import evaluate_system, find_differences
    from attribution.evaluation.tables import differences_text, scores_text

    documents = [article.document for article in gold]
    scores = [evaluate_system(system.name, documents, system.documents) for system in systems]
    text = scores_text(scores, by_document=by_document, **target.look)
    if disagreements:
        found = find_differences(documents, [system.documents for system in systems], strict=strict)
        names = [system.name for system in systems]
        text += "\n" + differences_text(found, names, _placed(gold), **target.look)
    return text


def _json(gold: Sequence[Gold], systems: Sequence[System], disagreements: bool, strict: bool) -> str:
    from attribution.evaluation.results import evaluate_system, find_differences
    from attribution.evaluation.tables import differences_data, scores_data
    from attribution.reporting.json import pretty

    documents = [article.document for article in gold]
    scores = [evaluate_system(system.name, documents, system.documents) for system in systems]
    data: dict[str, object] = {"documents": len(gold), "systems": scores_data(scores)}
    if disagreements:
        found = find_differences(documents, [system.documents for system in systems], strict=strict)
        data["disagreements"] = differences_data(found, [system.name for system in systems], _placed(gold))
    return pretty(data)


def _placed(gold: Sequence[Gold]) -> Callable[[Difference], str]:
    def place(difference: Difference) -> str:
        from attribution.ingest import locate

        draft = gold[difference.document].draft
        line, column = locate(draft, difference.start)
        return f"{draft.path}:{line}:{column}"

    return place


# --- What is scored ---------------------------------------------------------------------------------------------------


def _analyse(inputs: Inputs, gold: Sequence[Gold]) -> System:
    import msgspec

    from attribution.session.inputs import Input

    given = [Input(article.draft.path, draft=article.draft) for article in gold]
    analyses = inputs.each_of(given, _document_of)
    found = [
        document and msgspec.structs.replace(document, name=article.document.name)
        for article, document in zip(gold, analyses, strict=True)
    ]
    return System("attrib", found)


def _document_of(session: Session, analysed: AnalysedDraft) -> AnnotatedDocument:
    from attribution.conversion.documents import from_analysis

    return from_analysis(analysed.analysis, "")


def _read_system(inputs: Inputs, path: Path, gold: Sequence[Gold]) -> System:
    """The results of a system in a file or folder, matched to the gold by the names of the documents."""
    from attribution.conversion.brat import read_brat
    from attribution.conversion.documents import AnnotatedDocument
    from attribution.conversion.readers import read_json, with_text
    from attribution.records import AttribError

    wanted: dict[str, int] = {}
    for number, article in enumerate(gold):
        if wanted.setdefault(_key(article.document.name), number) != number:
            raise AttribError(f"{article.draft.path}: is the second document of this name; evaluate them one at a time")
    found: list[AnnotatedDocument | None] = [None] * len(gold)
    for file in _files(path):
        if file.suffix == ANNOTATION:
            place = wanted.get(_key(file.name))
            if place is not None:
                found[place] = read_brat(gold[place].document.text, read_annotation_file(file), str(file))
            continue
        for result in read_json(read_annotation_file(file), str(file)):
            name = result.name if isinstance(result, AnnotatedDocument) else result.path
            place = wanted.get(_key(name), wanted.get(_key(file.name)))
            if place is None:
                continue
            if found[place] is not None:
                raise AttribError(f"{file}: is the second result for {name}; keep one")
            text = gold[place].document.text
            if isinstance(result, AnnotatedDocument):
                found[place] = _same_text(result, text, file)
            else:
                found[place] = with_text(result, text, str(file))
    if not any(found):
        raise AttribError(f"{path}: holds no result for any of the documents; name results after the articles")
    missing = sum(document is None for document in found)
    if missing:
        inputs.tell(
            f"{path}: has no result for {missing} of {len(gold)} documents; they count as documents without findings"
        )
    return System(path.name, found)


def _same_text(document: AnnotatedDocument, text: str, file: Path) -> AnnotatedDocument:
    from attribution.records import AttribError

    if document.text and document.text.rstrip() != text.rstrip():
        raise AttribError(f"{file}: annotates another text than the gold's {document.name}; annotate the same text")
    return document


# --- Files ------------------------------------------------------------------------------------------------------------


def _read_gold(file: Path) -> Iterable[Gold]:
    return [_read_annotation(file)] if file.suffix == ANNOTATION else _read_annotated_json(file)


def _read_annotation(file: Path) -> Gold:
    """A standoff file with the article beside it."""
    import msgspec

    from attribution.conversion.brat import read_brat

    draft = article_beside(file)
    document = read_brat(draft.text, read_annotation_file(file), str(file))
    return Gold(msgspec.structs.replace(document, name=file.stem), draft)


def _read_annotated_json(file: Path) -> Iterable[Gold]:
    from attribution.conversion.documents import AnnotatedDocument
    from attribution.conversion.readers import read_json, with_text
    from attribution.ingest import read_text
    from attribution.records import AttribError

    for result in read_json(read_annotation_file(file), str(file)):
        if isinstance(result, AnnotatedDocument):
            if not result.text:
                raise AttribError(f"{file}: {result.name} comes without text; gold needs its text")
            draft = read_text(result.text, path=result.name)
            if draft.text != result.text:
                raise AttribError(f"{file}: {result.name} has line ends other than \\n; convert text and offsets")
            yield Gold(result, draft)
        else:
            draft = reported_draft(result, file)
            yield Gold(with_text(result, draft.text, str(file)), draft)


def _files(path: Path) -> list[Path]:
    """The file, or the folder's annotation files, sorted: brat's if there are any, otherwise JSON."""
    from attribution.records import AttribError

    if not path.is_dir():
        if path.suffix not in ENDINGS:
            raise AttribError(f"{path}: is not an annotation file; give {', '.join(ENDINGS)} or a folder of them")
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix in ENDINGS and not file.name.startswith("."))
    chosen = [file for file in files if file.suffix == ANNOTATION] or files
    if not chosen:
        raise AttribError(f"{path}: the folder holds no annotation; give files ending in {', '.join(ENDINGS)}")
    return chosen


def _key(name: str) -> str:
    """A document's name without folders and known extensions."""
    key = Path(name).name
    endings = (*ENDINGS, *article_endings())
    while key.endswith(endings):
        key = key[: key.rindex(".")]
    return key
