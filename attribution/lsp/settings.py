"""The settings that an editor may give under the name ``attrib``; docs/EDITORS.md describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from attribution.session.options import Options


class Settings(msgspec.Struct, frozen=True, rename="camel"):
    """What an editor sets for all its drafts; the configuration files say the rest.

    ``inlay_hints`` shows who answers for a sentence behind it. ``config`` is the only configuration file to use,
    ``lexicons`` are folders of words to add, ``own_words`` is the folder that takes words added in the editor and is
    one of them. ``select``, ``extend_select``, ``ignore`` and ``preview`` say which rules run, as for ``attrib lint``.
    """

    inlay_hints: bool = False
    config: str | None = None
    lexicons: tuple[str, ...] = ()
    own_words: str | None = None
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool | None = None


def read_settings(given: Any) -> tuple[Settings, tuple[str, ...]]:
    """The settings in what an editor sent, and a line about each that cannot be read; those have their defaults.

    Names that are not known are left alone, since editors keep settings of their own there. Empty words and null stand
    for what is not set.
    """
    if not isinstance(given, Mapping):
        return Settings(), ()
    read: dict[str, Any] = {}
    complaints = []
    for field in msgspec.structs.fields(Settings):
        value = given.get(field.encode_name)
        if value is None or value == "":
            continue
        try:
            read[field.name] = msgspec.convert(value, field.type)
        except msgspec.ValidationError as error:
            complaints.append(f"the setting attrib.{field.encode_name} is not used: {error}")
    return Settings(**read), tuple(complaints)


def options_with(options: Options, settings: Settings, folder: Path) -> Options:
    """The options of the command line with the settings added; paths are relative to the editor's folder."""

    def placed(name: str) -> str:
        return str(folder / Path(name).expanduser())

    rules = options.rules
    own = (settings.own_words,) if settings.own_words and (folder / settings.own_words).is_dir() else ()
    return replace(
        options,
        config=placed(settings.config) if settings.config else options.config,
        lexicons=(*options.lexicons, *(placed(name) for name in (*settings.lexicons, *own))),
        rules=replace(
            rules,
            select=rules.select if settings.select is None else settings.select,
            extend_select=(*rules.extend_select, *settings.extend_select),
            ignore=(*rules.ignore, *settings.ignore),
            preview=rules.preview if settings.preview is None else settings.preview,
        ),
    )
