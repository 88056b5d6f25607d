"""``attrib cache``: where the analyses of unchanged drafts are, and how to be rid of them."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click


@click.group()
def cache() -> None:
    """Show or clear the cache of analyses of unchanged drafts.

    The folder also holds the built-in words in a form that loads quickly.
    """


@cache.command()
def info() -> None:
    """Show where the cache is, how many analyses it holds, and their size."""
    from attribution.session.cache import SUFFIX

    folder = _folder()
    sizes = [path.stat().st_size for path in folder.glob(f"*/*{SUFFIX}")]
    click.echo(f"{folder}\n{len(sizes)} analyses, {sum(sizes) / 1e6:.1f} MB")


@cache.command()
def clear() -> None:
    """Delete all cached analyses and words."""
    from attribution.lexicon import kept_words_file
    from attribution.session.cache import SUFFIX

    folder = _folder()
    count = 0
    for path in folder.glob(f"*/*{SUFFIX}"):
        with contextlib.suppress(OSError):
            path.unlink()
            count += 1
    with contextlib.suppress(OSError):
        kept_words_file().unlink()
    click.echo(f"{count} analyses deleted")


def _folder() -> Path:
    from attribution.records import AttribError
    from attribution.resources import CACHE_ENVIRONMENT, cache_folder

    try:
        return cache_folder()
    except RuntimeError:
        raise AttribError(f"there is no cache without a home; name a folder for it with {CACHE_ENVIRONMENT}") from None
