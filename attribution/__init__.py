"""attrib: who says so, and how sure are they?

``analyse(text)`` gives the analysis of one text; ``Analyser`` loads the model once for many drafts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attribution.analysis import Analyser, analyse

__all__ = ["Analyser", "analyse"]

__version__ = "0.1.0"
"""The version; setup.cfg reads it from here."""

__distribution__ = "attrib"
"""The name under which this package is installed; another distribution has a package of the same name."""


def __getattr__(name: str) -> Any:
    """``analyse`` and ``Analyser``, imported when first asked for: the command line starts without them."""
    if name in __all__:
        from attribution import analysis

        return getattr(analysis, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
