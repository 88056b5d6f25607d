"""Work that kills its process at the worst moment; a module of its own, as processes import it by name."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

PATIENCE = 60.0


class Announced:
    """A result that writes a file when it is about to be handed over."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        Path(self._path).touch()
        return str, ("handed over",)


class Endless:
    """A result that takes all patience to hand over."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        Path(self._path).touch()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            os.sched_yield()
        return str, ("handed over",)


def die_handing_over(path: str) -> str:
    """Have this process die with the right to hand over a result, once another one waits for it."""

    def killed(connection: Connection, *args: Any) -> None:
        end = time.monotonic() + PATIENCE
        while not Path(path).exists() and time.monotonic() < end:
            os.sched_yield()
        os.kill(os.getpid(), signal.SIGKILL)

    Connection.send_bytes = killed  # type: ignore[method-assign, assignment]
    Path(f"{path}.held").touch()
    return "never handed over"


def die_at_once(path: str) -> str:
    """Have this process die."""
    os._exit(3)


def wait_to_hand_over(path: str) -> Announced:
    """A result that is ready once the other process hands its own over."""
    end = time.monotonic() + PATIENCE
    while not Path(f"{path}.held").exists() and time.monotonic() < end:
        os.sched_yield()
    return Announced(path)


def call(function: Any, path: str) -> Any:
    """What a function makes of a path."""
    return function(path)
