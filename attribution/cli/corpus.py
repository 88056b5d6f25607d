"""``attrib corpus``: thousands to millions of articles, into tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from attribution.cli.inputs import (
    config_option,
    force_option,
    ignore_mark_option,
    isolated_option,
    lexicon_option,
    model_option,
    number_of_jobs,
    own_outlet_option,
    whole_page_option,
)
from attribution.cli.main import complain
from attribution.cli.output import Output, output_options

if TYPE_CHECKING:
    from attribution.corpus.run import Engine, Totals
    from attribution.session import Options


class CommandWithParts(click.Group):
    """A command that takes arguments of its own, unless the first is the name of one of its parts."""

    allow_extra_args = False
    allow_interspersed_args = True
    parse_args = click.Command.parse_args
    invoke = click.Command.invoke
    collect_usage_pieces = click.Command.collect_usage_pieces

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the command, or of the part that the first argument names."""
        part = self.commands.get(args[0]) if args else None
        if part is None:
            return super().make_context(info_name, args, parent, **extra)
        return part.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)


@click.command(cls=CommandWithParts)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FOLDER",
    help="Where the tables go: a new folder or address, or its own.",
)
@click.option("--text-column", default="text", show_default=True, metavar="NAME", help="Holds the articles' texts.")
@click.option(
    "--id-column", metavar="NAME", help="Holds what each article is called; id, if there is one, else file and row."
)
@click.option("--title-column", metavar="NAME", help="Holds headlines, which are read above the texts.")
@click.option("--format-column", metavar="NAME", help="Holds text, markdown or html; without it, texts are plain text.")
@click.option("--json", "with_json", is_flag=True, help="Keep the whole JSON of each article as well.")
@click.option(
    "--longest",
    type=click.IntRange(1),
    default=1_000_000,
    show_default=True,
    metavar="CHARACTERS",
    help="Longer articles are errors.",
)
@click.option(
    "--part-rows",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    metavar="N",
    help="About how many articles are written together; more for millions.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Processes of this machine, or Ray's on any number of machines.",
)
@click.option(
    "--ray-address", metavar="ADDRESS", help="The cluster to use with --engine ray (auto, HOST:PORT, ray://…)."
)
@click.option(
    "-j",
    "--jobs",
    callback=number_of_jobs,
    metavar="N",
    default="auto",
    show_default=True,
    help="Processes that read articles; auto means one for each processor.",
)
@config_option
@isolated_option
@model_option
@lexicon_option
@own_outlet_option
@ignore_mark_option
@whole_page_option
@force_option
@click.option("--overwrite", is_flag=True, help="Drop results for inputs that are there but not named any more.")
@click.option("-q", "--quiet", is_flag=True, help="Only errors on standard error.")
def corpus(
    inputs: tuple[str, ...],
    output: str,
    text_column: str,
    id_column: str | None,
    title_column: str | None,
    format_column: str | None,
    with_json: bool,
    longest: int,
    part_rows: int,
    engine: str,
    ray_address: str | None,
    jobs: int,
    overwrite: bool,
    quiet: bool,
    **reading: Any,
) -> None:
    """Analyse a corpus into tables of Parquet, a part at a time.

    Reads Parquet, CSV, TSV and JSON Lines (also .gz and .zst), and the drafts of folders; inputs may be patterns, and
    addresses such as s3://bucket/news/. Rows that cannot be analysed become a table of errors. Run it again, and it
    does only what is missing or has changed. `attrib corpus summary` sums up the tables; docs/CORPORA.md explains them.
    """
    if ray_address is not None and engine != "ray":
        raise click.UsageError("--ray-address goes with --engine ray", click.get_current_context())
    from attribution.corpus.inputs import Columns
    from attribution.corpus.run import Request, run_corpus

    request = Request(
        names=inputs,
        address=output.rstrip("/") or output,
        options=options_in_force(**reading),
        columns=Columns(text_column, id_column, title_column, format_column),
        longest=longest,
        with_json=with_json,
        rows=part_rows,
        overwrite=overwrite,
    )
    if quiet:
        run_corpus(request, _engine(engine, jobs, ray_address))
        return
    from attribution.cli.corpus_progress import CorpusProgress

    with CorpusProgress() as progress:
        totals = run_corpus(request, _engine(engine, jobs, ray_address), progress)
    complain(_told(output, totals))


@corpus.command()
@click.argument("folder", metavar="FOLDER")
@click.option(
    "--by", multiple=True, metavar="COLUMN", help="Group by a column of the input, such as outlet; may be repeated."
)
@click.option(
    "--every",
    type=click.Choice(["day", "week", "month", "year"]),
    help="The first column of --by holds dates; group them by this period.",
)
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="Rows of each table.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "csv", "html"]),
    default="text",
    show_default=True,
    help="For people, for spreadsheets (all rows of one table), or a web page with charts.",
)
@click.option(
    "--table",
    type=click.Choice(["groups", "quoted"]),
    default="groups",
    show_default=True,
    help="The table of -f csv: the groups, or who is quoted.",
)
@output_options
def summary(
    folder: str,
    by: tuple[str, ...],
    every: str | None,
    top: int,
    form: str,
    table: str,
    output: str | None,
    color: str,
    width: int | None,
) -> None:
    """Sum up the tables of a corpus: who answers for the claims, in all articles and by column, and who is quoted most.

    The names of people and bodies are merged over articles; names that may be the same are told, not merged. Reads what
    is finished, while a run is going on as well.
    """
    if every is not None and not by:
        raise click.UsageError("--every needs --by and the column of dates", click.get_current_context())
    from attribution.corpus.libraries import library
    from attribution.corpus.store import Store
    from attribution.corpus.summary import summarise
    from attribution.corpus.summary_page import summary_html
    from attribution.corpus.summary_tables import groups_csv, quoted_csv, summary_text

    library("pyarrow")
    target = Output(output, color, width)
    summed = summarise(Store(folder.rstrip("/") or folder), by, every)
    if form == "text":
        target.write(summary_text(summed, top=top, **target.look))
    elif form == "html":
        target.write(summary_html(summed, title=folder, top=top), data=True)
    else:
        target.write(groups_csv(summed) if table == "groups" else quoted_csv(summed), data=True)
    target.close()


def options_in_force(
    *,
    config: str | None,
    isolated: bool,
    model: str | None,
    lexicons: tuple[str, ...],
    own_outlets: tuple[str, ...],
    ignored_marks: tuple[str, ...],
    whole_page: bool,
    force: bool,
) -> Options:
    """How all articles are read: by the configuration of the working folder with these options over it.

    Paths are absolute, and no configuration is looked for any more: any process can read the articles in the same way.
    """
    from attribution.session import Options, Session
    from attribution.session.options import STDIN
    from attribution.session.session import reading_of

    if config is not None and isolated:
        raise click.UsageError("--config and --isolated exclude each other", click.get_current_context())
    given = Options(
        config=config, isolated=isolated, lexicons=lexicons, own_outlets=own_outlets, ignored_marks=ignored_marks
    )
    reading = reading_of(Session(given).configuration(STDIN))
    return Options(
        isolated=True,
        model=model if model in (None, "default") else str(Path(model).absolute()),
        lexicons=tuple(str(Path(folder).absolute()) for folder in reading.lexicons),
        own_outlets=reading.own_outlets,
        ignored_marks=reading.ignored_marks,
        whole_page=whole_page,
        force=force,
        caching=False,
        jobs=1,
    )


def _engine(name: str, jobs: int, address: str | None) -> Engine:
    if name == "ray":
        from attribution.corpus.ray_engine import RayEngine

        return RayEngine(jobs, address)
    from attribution.corpus.local import LocalEngine

    return LocalEngine(jobs)


def _told(output: str, totals: Totals) -> str:
    """What was done, in a line."""
    from attribution.reporting.words import count

    rows = totals.rows
    told = (
        f"{output}: {count(rows['articles'], 'article')}, {count(rows['claims'], 'claim')}, "
        f"{count(rows['errors'], 'error')}; {count(totals.analysed, 'article')} analysed now"
    )
    return f"{told}; {totals.bytes / rows['articles'] / 1000:.1f} kB an article" if rows["articles"] else told
