"""Runs the server until it is interrupted."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import secrets
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import uvicorn

from attribution.records import AttribError
from attribution.serve.application import make_application
from attribution.serve.desk import Desk
from attribution.serve.guard import LOOPBACK
from attribution.serve.limits import Limits
from attribution.serve.worker import Worker
from attribution.session.options import Options

TRACEBACK = "ATTRIB_TRACEBACK"
TOKEN = "ATTRIB_SERVE_TOKEN"
"""The environment variable that gives a token of one's own; the command line of a process is for all to see."""

SHORTEST_TOKEN = 16
_TOKEN = re.compile(rf"[\w.~-]{{{SHORTEST_TOKEN},}}", re.ASCII)
"""A token that stands in an address as it is."""

KEEP_ALIVE = 60
"""Seconds for which a connection without requests is kept."""

PATIENCE = 2
"""Seconds that requests have to end when the server does."""


@dataclass(frozen=True)
class Place:
    """Where the server listens: an address of this machine and a port, 0 for any free one.

    ``names`` are further names by which it may be addressed.
    """

    address: str = "127.0.0.1"
    port: int = 0
    names: tuple[str, ...] = ()


def run(place: Place, options: Options, limits: Limits, tell: Callable[[str], None]) -> None:
    """Serve until the process is interrupted; ``tell`` is called with the address, token included, once it listens.

    Raises AttribError if the place is taken or the token too short, or for an error in configuration, words or model.
    """
    _log_faults_alone()
    token = token_of_environment() or secrets.token_urlsafe(24)
    desk = Desk(options, limits)
    desk.check_configuration()
    worker = Worker(desk, limits)
    with listening(place) as listener:
        server = uvicorn.Server(
            uvicorn.Config(
                make_application(worker, limits, token, names_of(place)),
                loop="asyncio",
                http="h11",
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=KEEP_ALIVE,
                timeout_graceful_shutdown=PATIENCE,
            )
        )
        tell(address_of(listener, token))
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    if worker.is_at_work:
        # Nobody waits for the result, and the thread would keep the process until it is done.
        os._exit(0)


def _log_faults_alone() -> None:
    """Tell of faults in one line each on standard error, with ``ATTRIB_TRACEBACK=1`` also where they happened."""
    for name in ("uvicorn", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    told = logging.StreamHandler()
    told.setFormatter(_Line("attrib: %(message)s"))
    logging.getLogger("attribution.serve").addHandler(told)


class _Line(logging.Formatter):
    def formatException(self, ei: Any) -> str:  # noqa: N802  # the library's name
        return super().formatException(ei) if os.environ.get(TRACEBACK) else ""


def token_of_environment() -> str | None:
    """The token that the environment gives, if it gives one; AttribError if it is too short or not plain."""
    token = os.environ.get(TOKEN)
    if token and not _TOKEN.fullmatch(token):
        raise AttribError(
            f"{TOKEN}: is no good token; give at least {SHORTEST_TOKEN} letters and figures (openssl rand -hex 16)"
        )
    return token or None


def names_of(place: Place) -> Collection[str]:
    """The names by which the server may be addressed."""
    return {*LOOPBACK, *place.names}


def listening(place: Place) -> socket.socket:
    """A socket that listens at a place; AttribError if it cannot."""
    family = socket.AF_INET6 if ":" in place.address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((place.address, place.port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or error
        where = f"{place.address}:{place.port}"
        raise AttribError(f"{where}: nothing can listen there ({reason}); give another --port, or 0 for any") from None
    return listener


def address_of(listener: socket.socket, token: str) -> str:
    """The address of the page: what follows # stays in the browser and is not sent."""
    host, port = listener.getsockname()[:2]
    name = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/#{token}"
