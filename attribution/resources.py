"""Where the installed package keeps its data: the words, the language model, and what it need not work out twice.

In a checkout ``lexicons/`` stands at the top, in an installed wheel inside the package; the model is always in the
parsing room. Nothing else in the project may guess at these places.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

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

    The file is moved into place, so runs side by side and crashes do no harm. Drafts may not be published yet: only the
    user can read what is kept of them, whatever the process's mask of modes says.
    """
    with contextlib.suppress(OSError, ValueError):
        for folder in reversed(_folders_of(path)):
            folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            if not _is_private(folder.stat()):
                folder.chmod(PRIVATE_FOLDER)
            if not _is_private(folder.stat()):
                return
        descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def kept(path: Path) -> bytes | None:
    """The content of a file of the cache; None if there is none, or none that can be trusted.

    Not trusted is what somebody else could have put there: a file or a folder that others own or may write to, a link,
    a pipe or a device.
    """
    try:
        if not all(_is_private(folder.stat()) for folder in _folders_of(path)):
            return None
        descriptor = os.open(path, _OPEN_FILE)
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(descriptor)
            return stream.read() if stat.S_ISREG(status.st_mode) and _is_private(status) else None
    except (OSError, ValueError):
        return None


PRIVATE_FOLDER = 0o700

_OPEN_FILE = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""How a file of the cache is opened: no link is followed, and no pipe is waited for."""


def _folders_of(path: Path) -> list[Path]:
    """The folders of the cache that hold a file, from the inside out."""
    top = cache_folder()
    inside = [folder for folder in path.parents if folder.is_relative_to(top)]
    return inside or [path.parent]


def _is_private(status: os.stat_result) -> bool:
    """Whether a file or folder belongs to the user, and nobody else may write to it."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


@cache
def tables_in(path: Path) -> dict[str, Any]:
    """The tables of a TOML file, read once; OSError or tomllib.TOMLDecodeError if it cannot be."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
