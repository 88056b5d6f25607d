"""The front of the house: how drafts are found, read, analysed and checked, the same for every command and program.

``Session`` knows the configuration in force for a draft, the words, the paper's own names, the model, the cache and the
processes. The commands go through it, and so may other programs (docs/API.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attribution.session.options import Options, RuleOptions
    from attribution.session.session import Session
    from attribution.session.work import AnalysedDraft

__all__ = ["AnalysedDraft", "Options", "RuleOptions", "Session"]


def __getattr__(name: str) -> Any:
    """The names above, imported when first asked for: the help of a command is shown without them."""
    if name in __all__:
        from importlib import import_module

        module = {"AnalysedDraft": "work", "Session": "session"}.get(name, "options")
        return getattr(import_module(f"attribution.session.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
