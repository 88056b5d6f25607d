"""``attrib serve``: the reporter's page, and an API, on this machine."""

from __future__ import annotations

from typing import Any

import click

from attribution.cli.inputs import config_option, lexicon_option, model_option, own_rules_option

PACKAGES = ("starlette", "uvicorn", "anyio", "h11")
"""What the extra brings."""


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=0, show_default=True, help="The port; 0 is any free one."
)
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser.  [default: browser]")
@click.option(
    "--bind",
    "address",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at; with another than this machine's own, its network can reach the server.",
)
@click.option(
    "--allow-host",
    "names",
    metavar="NAME",
    multiple=True,
    help="A further name by which the server may be addressed; may be repeated.",
)
@click.option(
    "--max-characters",
    type=click.IntRange(1),
    default=200_000,
    show_default=True,
    help="The longest draft that is read.",
)
@click.option(
    "--max-seconds",
    type=click.FloatRange(0, min_open=True),
    default=30.0,
    show_default=True,
    help="The longest time for an answer.",
)
@config_option
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@model_option
@lexicon_option
@own_rules_option
@click.option("--force", is_flag=True, help="Analyse drafts that do not look like English.")
def serve(
    port: int,
    browser: bool,
    address: str,
    names: tuple[str, ...],
    max_characters: int,
    max_seconds: float,
    **told: Any,
) -> int:
    """Serve a page to write in, and an API for other programs, on this machine (docs/SERVE.md).

    Prints the page's address, which holds a token that nobody else knows, and serves until Ctrl-C. Nothing is stored,
    and nothing leaves the machine. The configuration is that of the working folder. ATTRIB_SERVE_TOKEN gives another
    token than a random one.
    """
    from attribution.cli.main import complain, flush
    from attribution.records import AttribError
    from attribution.session.options import Options

    if told["config"] is not None and told["isolated"]:
        raise click.UsageError("--config and --isolated exclude each other", click.get_current_context())
    try:
        from attribution.serve.limits import Limits
        from attribution.serve.running import Place, run
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in PACKAGES:
            raise
        raise AttribError("attrib serve needs other packages; install them with pip install 'attrib[serve]'") from None

    def tell(url: str) -> None:
        click.echo(url)
        flush()
        if browser:
            import webbrowser

            if not webbrowser.open(url):
                complain("no browser could be opened; open the address above in one")

    limits = Limits(most_characters=max_characters, most_seconds=max_seconds)
    run(Place(address, port, names), Options(**told), limits, tell)
    return 0
