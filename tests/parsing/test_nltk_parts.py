"""A module of NLTK loads without the others, and NLTK itself stays intact."""

from __future__ import annotations

import subprocess
import sys

import pytest

from attribution.parsing import nltk_parts


def test_part_is_the_same_code_and_loads_without_the_others() -> None:
    code = (
        "import sys\n"
        "from attribution.parsing.nltk_parts import part_of_nltk\n"
        "part = part_of_nltk('nltk.tokenize.destructive').NLTKWordTokenizer\n"
        "assert not {'scipy', 'sklearn', 'nltk'} & set(sys.modules), 'all of NLTK was loaded'\n"
        "assert not {'ssl', 'http', 'urllib.request'} & set(sys.modules), 'the network was loaded'\n"
        "from xml.sax.saxutils import escape\n"
        "assert escape('&') == '&amp;'\n"
        "import nltk\n"
        "from nltk.tokenize import NLTKWordTokenizer as original\n"
        "assert nltk.word_tokenize and part is not original\n"
        "text = 'The mayor said: it isn\\'t 5.5 %, \"nor\" was it.'\n"
        "assert list(part().span_tokenize(text)) == list(original().span_tokenize(text))\n"
        "assert part_of_nltk('nltk.tokenize.destructive').NLTKWordTokenizer is original\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_modules_loaded_before_are_kept() -> None:
    code = (
        "import xml.sax.saxutils as before\n"
        "import sys\n"
        "from attribution.parsing.nltk_parts import part_of_nltk\n"
        "part_of_nltk('nltk.tokenize.destructive')\n"
        "assert sys.modules['xml.sax.saxutils'] is before\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_version_that_needs_more_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nltk_parts, "NOT_NEEDED", {"nltk.tokenize.api": ()})
    assert nltk_parts.part_of_nltk("nltk.tokenize.destructive").NLTKWordTokenizer().tokenize("It is.")


def test_missing_nltk_is_an_import_error() -> None:
    code = (
        "import sys\n"
        "from importlib.machinery import PathFinder\n"
        "class Hides(PathFinder):\n"
        "    @classmethod\n"
        "    def find_spec(cls, name, path=None, target=None):\n"
        "        return None if name == 'nltk' else super().find_spec(name, path, target)\n"
        "from attribution.parsing.nltk_parts import part_of_nltk\n"
        "sys.meta_path = [finder for finder in sys.meta_path if finder is not PathFinder] + [Hides]\n"
        "try: part_of_nltk('nltk.tokenize.destructive')\n"
        "except ImportError as error: print(error.name)\n"
        "print([name for name in sys.modules if name.startswith('nltk')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("nltk\n[]\n", "")
