"""Elements built as a tree and written by the standard library: what is text stays text, and every tag is closed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

Child = Element | str | None
Value = str | int | float | None

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of the text around them (Unicode Standard Annex 9)."""


def element(name: str, attributes: dict[str, Value] | None = None, *children: Child | Iterable[Child]) -> Element:
    """An element with its attributes (those that are None left out) and children: elements, text, or lists of them."""
    made = Element(name, {key: plain(str(value)) for key, value in (attributes or {}).items() if value is not None})
    for child in children:
        if child is None or isinstance(child, (str, Element)):
            append(made, child)
        else:
            for one in child:
                append(made, one)
    return made


def append(parent: Element, child: Child) -> None:
    """Add a child, or text, behind what the parent holds."""
    if child is None:
        return
    if isinstance(child, Element):
        parent.append(child)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + shown(child)
    else:
        parent.text = (parent.text or "") + shown(child)


def shown(text: str) -> str:
    """The text, with a replacement character for each that no page can carry (controls, lone surrogates)."""
    return _UNSHOWABLE.sub("\ufffd", text)


def plain(text: str) -> str:
    """Text for an attribute or a title, where nothing could keep a turn of direction from spreading."""
    return BIDI.sub("\ufffd", shown(text))


def words_of_draft(text: str, name: str = "span", kind: str = "words") -> Element:
    """Words of the draft in an element of their own, which keeps turns of direction inside."""
    return element(name, {"class": kind}, text)


def path_words(path: str, name: str = "span") -> Element:
    """A file's path in an element of its own, the folder apart from the file's name."""
    folder, slash, file = path.rpartition("/")
    return element(
        name, {"class": "path"}, element("span", {"class": "folder"}, folder + slash) if slash else None, file
    )


def markup(root: Element) -> str:
    """The element as HTML."""
    return tostring(root, encoding="unicode", method="html")


def scaled(number: float) -> str:
    """A number for a drawing, short."""
    return f"{number:.1f}".removesuffix(".0")
