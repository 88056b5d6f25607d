"""Imports single modules of NLTK without the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType

NOT_NEEDED: Mapping[str, tuple[str, ...]] = {
    "nltk.tokenize.api": ("TokenizerI",),
    "xml.sax.saxutils": ("escape", "unescape"),
}
"""Names that a tokenizer's modules import and its words do not need; their modules load ``ssl`` and ``http``."""


def part_of_nltk(name: str) -> ModuleType:
    """Give a module of NLTK (``nltk.tokenize.destructive``) with the modules it needs itself.

    ``import nltk`` also loads NLTK's parsers and classifiers, and SciPy and scikit-learn if they are installed, which
    takes up to a second and a half. While the module loads, empty packages stand in for its parents and empty classes
    for what is not needed; afterwards they are removed from ``sys.modules``, so that a later ``import nltk`` gets all
    of it. Raises ImportError without NLTK.
    """
    if "nltk" in sys.modules:
        return import_module(name)
    try:
        with _stand_ins(name, NOT_NEEDED):
            return import_module(name)
    except ImportError:  # another version of NLTK needs more
        with _stand_ins(name, {}):
            return import_module(name)


@contextmanager
def _stand_ins(name: str, not_needed: Mapping[str, tuple[str, ...]]) -> Iterator[None]:
    """Put empty packages in place of a module's parents, and empty classes in place of names, for a while."""
    parents = name.split(".")[:-1]
    before = {module: sys.modules[module] for module in not_needed if module in sys.modules}
    try:
        for depth in range(1, len(parents) + 1):
            package = ".".join(parents[:depth])
            spec = find_spec(package)
            if spec is None:
                raise ImportError(f"No module named {package!r}", name=package)
            sys.modules[package] = module_from_spec(spec)
        for module, names in not_needed.items():
            sys.modules[module] = stand_in = ModuleType(module)
            vars(stand_in).update({known: type(known, (), {}) for known in names})
        yield
    finally:
        for module in [known for known in sys.modules if known in not_needed or known.partition(".")[0] == "nltk"]:
            del sys.modules[module]
        sys.modules.update(before)
