"""What a web page says of its article for machines: headline, authors and text, from JSON-LD and ``<meta>``.

JSON-LD is read as schema.org's Article and its subtypes (https://schema.org/Article), ``<meta>`` as the Open Graph
protocol (https://ogp.me). Errors in them are passed over, because only machines read them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from attribution.ingest.html_tags import StartTag, Text, tokens, unescaped

LONGEST_AUTHOR = 80
"""The longest name of an author, in characters."""

MOST_AUTHORS = 12
"""The most authors of an article that are taken from its metadata."""

MOST_TITLES = 8
"""The most titles of a page that are taken from its metadata."""

LONGEST_TITLE = 300
"""The longest title, in characters."""

MOST_ARTICLES = 5
"""The most articles in a script of JSON-LD that are looked at."""

_ARTICLE_TYPE = re.compile(r"Article$|BlogPosting$|^Report$|LiveBlogPosting$")
_TITLE_FIELDS = frozenset(("og:title", "twitter:title", "dc.title", "headline", "title"))
_NO_NAME = re.compile(r"https?:|www\.|@|[<>{}]")
_NAME_LEAD = re.compile(r"^\s*by:?\s+", re.IGNORECASE)


class Author(NamedTuple):
    """An author's name and its offset in the file."""

    name: str
    place: int


class Metadata(NamedTuple):
    """The titles of a page's article, the most reliable first; its authors, by the offset of their script; its text."""

    titles: tuple[str, ...]
    author_places: dict[int, tuple[Author, ...]]
    article_body: str


def read_metadata(source: str) -> Metadata:
    """Read the metadata of a page; each part is empty if the page does not give it."""
    headlines: list[str] = []
    titles: list[str] = []
    bodies: list[str] = []
    authors: dict[int, tuple[Author, ...]] = {}
    script: StartTag | None = None
    for token in tokens(source, 0, len(source)):
        if isinstance(token, Text):
            continue
        if script is not None:  # The content of a script is no token.
            content = Text(source.find(">", script.start) + 1, token.start)
            for article in islice(_articles(source[content.start : content.end]), MOST_ARTICLES):
                headlines += _strings(article.get("headline"))
                bodies += _strings(article.get("articleBody"))
                if not authors:
                    found = tuple(_authors(article, source, content))
                    authors.update({script.start: found} if found else {})
            script = None
        if isinstance(token, StartTag) and token.name == "script":
            script = token if "ld+json" in (token.attributes.get("type") or "").lower() else None
        elif isinstance(token, StartTag) and token.name == "meta":
            field = token.attributes.get("property") or token.attributes.get("name") or ""
            if field.lower() in _TITLE_FIELDS:
                titles += _strings(token.attributes.get("content"))
    known = (title for title in dict.fromkeys(headlines + titles) if len(title) <= LONGEST_TITLE)
    return Metadata(tuple(islice(known, MOST_TITLES)), authors, max(bodies, key=len, default=""))


def _articles(script: str) -> Iterator[dict[str, Any]]:
    """Yield the articles that a script of JSON-LD describes, in its order."""
    try:
        waiting = [json.loads(script.strip().removesuffix(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            if any(_ARTICLE_TYPE.search(kind) for kind in _strings(value.get("@type"))):
                yield value
            waiting.extend(part for part in reversed(value.values()) if isinstance(part, list | dict))


def _strings(value: object) -> list[str]:
    """The texts in a value that may be a text, a list of texts or something else."""
    values = value if isinstance(value, list) else [value]
    return [" ".join(unescaped(text).split()) for text in values if isinstance(text, str) and text.strip()]


def _authors(article: dict[str, Any], source: str, script: Text) -> Iterator[Author]:
    """Yield the authors of an article whose names are found in its script."""
    places: dict[str, int] = defaultdict(int)
    for name in _author_names(article)[:MOST_AUTHORS]:
        for written in (name, json.dumps(name)[1:-1]):
            place = source.find(f'"{written}"', places[name] or script.start, script.end)
            words = _NAME_LEAD.sub("", unescaped(name)).strip()
            if place >= 0 and 0 < len(words) <= LONGEST_AUTHOR and not _NO_NAME.search(words):
                places[name] = place + 1
                yield Author(words, place + 1)
                break


def _author_names(article: dict[str, Any]) -> Sequence[str]:
    author = article.get("author") or article.get("creator")
    authors = author if isinstance(author, list) else [author]
    found: list[str] = []
    for person in authors:
        name = person.get("name") if isinstance(person, dict) else person
        names = name if isinstance(name, list) else [name]
        found += [text for text in names if isinstance(text, str)]
    return list(dict.fromkeys(found))
