"""Reads the HTML report as a browser would, strictly: an element left open or closed twice is an error."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "img", "input", "hr", "wbr", "col"})


class Node:
    """An element with its attributes, and its children in order."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node | str] = []

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def all(self, name: str | None = None, kind: str | None = None) -> list[Node]:
        """The elements below this one of a name and with a class, in the order of the page."""
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                if (name is None or child.name == name) and (kind is None or kind in child.classes):
                    found.append(child)
                found += child.all(name, kind)
        return found

    def one(self, name: str | None = None, kind: str | None = None) -> Node:
        (found,) = self.all(name, kind)
        return found

    def by_id(self, identifier: str) -> Node:
        (found,) = (node for node in self.all() if node.attributes.get("id") == identifier)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(text: str) -> Node:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [reader.root], f"<{reader.open[-1].name}> is left open"
    return reader.root
