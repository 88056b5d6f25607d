"""Where the installed package keeps its data: the words and the language model.

In a checkout ``lexicons/`` stands at the top, in an installed wheel inside the package; the model is always in the
parsing room. Nothing else in the project may guess at these places.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def lexicon_folder() -> Path:
    """Give the folder of the built-in ``*.toml`` word lists: the installed copy, else the checkout's ``lexicons/``."""
    installed = PACKAGE / "lexicons"
    return installed if installed.is_dir() else PACKAGE.parent / "lexicons"


def model_folder() -> Path:
    """Give the folder of the embedded English model; whether the files are there is the model loader's business."""
    return PACKAGE / "parsing" / "model"


def scoring_weights_file() -> Path:
    """Give the file of the built-in weights of the scores."""
    return PACKAGE / "scoring" / "weights.toml"


def page_folder() -> Path:
    """Give the folder of the style sheets and scripts that the HTML report carries in it."""
    return PACKAGE / "reporting" / "html"
