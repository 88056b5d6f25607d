"""attrib: who says so, and how sure are they?

``analyse(text)`` gives the analysis of one text; ``Analyser`` loads the model once for many drafts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attribution.analysis import Analyser, analyse

__all__ = ["Analyser", "analyse"]


def __getattr__(name: str) -> Any:
    """``analyse`` and ``Analyser``, imported when first asked for: the command line starts without them."""
    if name in __all__:
        from attribution import analysis

        return getattr(analysis, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
