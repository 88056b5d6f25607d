"""The libraries of the extras, imported when a corpus is read; without them people are told what to install."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from attribution.records import AttribError


def library(name: str, extra: str = "corpus") -> Any:
    """A module of a library; AttribError with the extra that brings it if it is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        missing = name.partition(".")[0]
        if error.name is not None and error.name.partition(".")[0] != missing:
            missing = error.name
        raise AttribError(f"{missing} is not installed, which this needs; run pip install 'attrib[{extra}]'") from None
