"""Single modules of NLTK without all the others."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType


def part_of_nltk(name: str) -> ModuleType:
    """Give a module of NLTK (``nltk.tokenize.destructive``) with what it needs itself.

    ``import nltk`` also loads NLTK's parsers and classifiers, and SciPy and scikit-learn where they are installed: up
    to a second and a half. While the module loads, empty packages stand in for those that hold it; afterwards Python
    knows of none of them, so that whoever imports NLTK later gets all of it. Raises ImportError without NLTK.
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
        for known in [one for one in sys.modules if one.partition(".")[0] == "nltk"]:
            del sys.modules[known]
