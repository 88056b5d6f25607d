"""Imports single modules of NLTK without the rest."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType


def part_of_nltk(name: str) -> ModuleType:
    """Give a module of NLTK (``nltk.tokenize.destructive``) with the modules it needs itself.

    ``import nltk`` also loads NLTK's parsers and classifiers, and SciPy and scikit-learn if they are installed, which
    takes up to a second and a half. While the module loads, empty packages stand in for its parents; afterwards they
    are removed from ``sys.modules``, so that a later ``import nltk`` gets all of it. Raises ImportError without NLTK.
    """
    if "nltk" in sys.modules:
        return import_module(name)
    parents = name.split(".")[:-1]
    try:
        for depth in range(1, len(parents) + 1):
            package = ".".join(parents[:depth])
            spec = find_spec(package)
            if spec is None:
                raise ImportError(f"No module named {package!r}", name=package)
            sys.modules[package] = module_from_spec(spec)
        return import_module(name)
    finally:
        for known in [name for name in sys.modules if name.partition(".")[0] == "nltk"]:
            del sys.modules[known]
