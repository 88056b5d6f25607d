"""``attrib lsp``: a language server for editors."""

from __future__ import annotations

import os
import sys
from typing import Any, BinaryIO

import click

from attribution.cli.inputs import config_option, lexicon_option, model_option, own_rules_option


@click.command()
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as is done without it too.")
@config_option
@model_option
@lexicon_option
@own_rules_option
def lsp(stdio: bool, **told: Any) -> int:
    """Serve an editor: findings, who says so and how sure the text is, while a draft is written (docs/EDITORS.md).

    An editor starts this command itself and speaks the Language Server Protocol with it over standard input and output.
    """
    from attribution.records import AttribError
    from attribution.session.options import Options

    try:
        from attribution.lsp.features import make_server
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "attrs", "cattrs"):
            raise
        raise AttribError("attrib lsp needs other packages; install them with pip install 'attrib[lsp]'") from None
    server = make_server(Options(**told))
    server.start_io(sys.stdin.buffer, _protocol_alone())
    server.stop()
    if server.is_at_work:
        # The editor has gone, and a thread would keep the process until it is done.
        os._exit(server.exit_code)
    return server.exit_code


def _protocol_alone() -> BinaryIO:
    """The standard output, for the protocol alone: whatever else is printed goes to standard error from now on."""
    sys.stdout.flush()
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return output
