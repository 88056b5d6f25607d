"""The parts of a Word file beside its text: its styles, and what its parts are called and lead to."""

from __future__ import annotations

import posixpath

from attribution.ingest.archives import Archive
from attribution.ingest.paragraphs import Style


def local(tag: str) -> str:
    """An element's name if it is of WordprocessingML or a wrapper around it; empty for drawings and the like."""
    namespace, _, name = tag.rpartition("}")
    if "wordprocessingml" in namespace or "markup-compatibility" in namespace:
        return name
    return ""


def values_of(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes by their names without a namespace."""
    return {name.rpartition("}")[2]: value for name, value in attributes.items()}


class Styles:
    """Takes the styles of a file by their identifiers."""

    def __init__(self) -> None:
        self.found: dict[str, Style] = {}
        self._open = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A style begins, or something is told of it."""
        name, values = local(tag), values_of(attributes)
        if name == "style":
            self._open = values.get("styleId", "")
            self.found[self._open] = Style(self._open)
        elif name == "name" and self._open in self.found:
            self.found[self._open] = self.found[self._open]._replace(name=values.get("val", ""))
        elif name == "basedOn" and self._open in self.found:
            self.found[self._open] = self.found[self._open]._replace(parent=values.get("val", ""))

    def end(self, tag: str) -> None:
        """A style ends."""
        if local(tag) == "style":
            self._open = ""

    def data(self, text: str) -> None:
        """Styles have no text."""


class Relations:
    """Takes what a part leads to: addresses of links by their identifiers, and parts by what they are."""

    def __init__(self, archive: Archive, part: str = "") -> None:
        """Read the relations of a part; of the file itself, for an empty name."""
        self.links: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        self._folder = posixpath.dirname(part)
        name = posixpath.join(self._folder, "_rels", f"{posixpath.basename(part)}.rels")
        if name in archive:
            archive.read(name, self)

    def part(self, kind: str, usual: str) -> str:
        """The name of the part of a kind (*officeDocument*, *styles*, *footnotes*); its usual name, if none is told."""
        return self._parts.get(kind, posixpath.join(self._folder, usual))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A relation is told."""
        if not tag.endswith("}Relationship"):
            return
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") == "External":
            self.links[attributes.get("Id", "")] = target
        else:
            kind = attributes.get("Type", "").rpartition("/")[2]
            self._parts[kind] = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")

    def end(self, tag: str) -> None:
        """A relation ends."""

    def data(self, text: str) -> None:
        """Relations have no text."""
