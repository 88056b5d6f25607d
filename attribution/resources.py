"""Where the installed package keeps its data: the words, the language model, and what it need not work out twice.

In a checkout ``lexicons/`` stands at the top, in an installed wheel inside the package; the model is always in the
parsing room. Nothing else in the project may guess at these places.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).parent

CACHE_ENVIRONMENT = "ATTRIB_CACHE_DIR"
"""The environment variable that names another cache folder."""


def lexicon_folder() -> Path:
    """Give the folder of the built-in ``*.toml`` word lists: the installed copy, else the checkout's ``lexicons/``."""
    installed = PACKAGE / "lexicons"
    return installed if installed.is_dir() else PACKAGE.parent / "lexicons"


def model_folder() -> Path:
    """Give the folder of the embedded English model; whether the files are there is the model loader's business."""
    return PACKAGE / "parsing" / "model"


def attribution_weights_file() -> Path:
    """Give the file of the built-in weights that tell cues and their parts."""
    return PACKAGE / "extraction" / "attribution-weights.json"


def scoring_weights_file() -> Path:
    """Give the file of the built-in weights of the scores."""
    return PACKAGE / "scoring" / "weights.toml"


def yardstick_file() -> Path:
    """Give the file of what is usual in published news."""
    return PACKAGE / "reporting" / "yardstick.toml"


def commitment_shares_file() -> Path:
    """Give the file of the built-in shares by which commitment is told."""
    return PACKAGE / "scoring" / "commitment-shares.json"


def page_folder() -> Path:
    """Give the folder of the style sheet, the script and the templates of the web pages."""
    return PACKAGE / "reporting" / "html"


def cache_folder() -> Path:
    """Give the folder of what need not be worked out twice: ``ATTRIB_CACHE_DIR``, else in the user's cache folder.

    Raises RuntimeError for a user without a home.
    """
    if os.environ.get(CACHE_ENVIRONMENT):
        return Path(os.environ[CACHE_ENVIRONMENT])
    import platformdirs

    folder = platformdirs.user_cache_path("attrib", appauthor=False)
    if not folder.is_absolute():
        raise RuntimeError("the user has no home")
    return folder


def keep(path: Path, data: bytes) -> None:
    """Write a file of the cache whole or not at all; a cache that cannot be written is no error.

    The file is moved into place, so runs side by side and crashes do no harm.
    """
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
