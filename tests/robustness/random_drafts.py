"""Random drafts in every format, as hypothesis strategies; shared by the tests and ``scripts/fuzz.py``."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from attribution.ingest.files import FORMATS

WORDS = """
said says told according to that claimed denied asked warned thinks wants by the a an of in for and but or who which
officials police minister spokeswoman court report Ada Quill Bolt Orrin Reuters NATO UN U.S. Mr. Mrs. Dr. he she they it
I we you his her their not never might may reportedly allegedly perhaps clearly will would rained fell killed lied was
were is has been did bridge ward mayor 3 1,200 2024 £5m 40% Monday March yesterday because if whether when while after
""".split()
ODDITIES = [
    "“", "”", '"', "'", "’", "‘", "«", "»", "„", "(", ")", "[", "]", "[1]", "—", "–", "-", "--", "…", "...", ".",
    "!", "?", ":", ";", ",", "/", "\\", "&", "*", "_", "#", ">", "<", "`", "~~", "|", "@ada", "#tag",
    "http://a.b/c?d=e", "a@b.c", "👍🏽", "é", "e\u0301", "\u200b", "\u00ad", "\u202e", "\ufeff", "\u2028", "\x0b",
    "\x1f", "你好", "Привет", "ﬁ", "İ", "ß", "\U0001f468\u200d",
]  # fmt: skip
LINES = [
    "By Ada Quill", "Photo: Ada Quill", "LONDON, March 3 (Reuters) —", "- ", "> ", "1. ", "Q: ", "A: ",
    "Ada Quill: ", "MR. BOLT: ", "— Ada Quill, baker", "Ada Quill @ada · Mar 3", "14:05", "-30-", "***", "# ",
    "## ", "“", "    ", "\t", "Minister: ", "Why did you go?", "Ada Quill (@ada) March 3, 2024",
    "Published 3 March 2024, 14:05 GMT", "ENDS", "| a | b |", "| - | - |", "```",
    "<!-- attrib: ignore SRC101 -- why -->", "[a]: b", "[^1]: ", "---", "title: a", "<div>",
]  # fmt: skip
TAGS = [
    "p", "div", "b", "em", "a href='x'", "h1", "h2", "blockquote", "cite", "li", "ul", "br", "hr", "article",
    "main", "q", "sup", "figure", "figcaption", "footer", "table", "tr", "td", "dl", "dt", "dd", "script", "title",
    "pre", "code", "p class=byline", "div class=related", "div class=pull-quote", "div class='twitter-tweet'",
    "div class=liveblogupdate", "p hidden", "svg", "i",
]  # fmt: skip

DAMAGE = ["\n", "\t", "\0", '"', "{", "]", ",", "|", "=", "_", "null", "[[", "[" * 3000, "1e999", "\\ud800", "# ", "T1"]
"""What damaged files have in place of what was there."""

word = st.sampled_from(WORDS) | st.sampled_from(WORDS) | st.sampled_from(ODDITIES) | st.text(max_size=4)
sentence = st.builds(
    lambda words, end: " ".join(words) + end,
    st.lists(word, min_size=1, max_size=14),
    st.sampled_from([".", ".", "?", "!", ",", ":", ".”", "”.", '."', "", " "]),
)
quoted = st.builds(
    lambda opening, words, closing, after: f"{opening}{words}{closing} {after}",
    st.sampled_from(["“", '"', "'", "‘", "«", ""]),
    sentence,
    st.sampled_from(["”", '"', "'", "’", "»", ""]),
    st.sampled_from(
        ["Ada Quill said.", "said the minister.", "he told Reuters.", "according to police.", "she lied.", ""]
    ),
)
paragraph = st.lists(sentence | quoted, min_size=1, max_size=4).map(" ".join)
line = st.builds(lambda start, rest: start + rest, st.sampled_from(LINES), st.just("") | sentence)
separator = st.sampled_from(["\n\n", "\n\n", "\n", "\r\n\r\n", "\r\n", "\r", "\n \n", "\n\n\n"])
pieces = st.lists(st.tuples(paragraph | paragraph | line, separator), min_size=1, max_size=6)
plain = pieces.map(lambda parts: "".join(text + end for text, end in parts))


def _element(tag: str, inner: str, closing: str) -> str:
    name = tag.split()[0]
    return f"<{tag}>{inner}" + {"close": f"</{name}>", "open": "", "other": "</p>", "cut": f"</{name}"}[closing]


closings = st.sampled_from(["close"] * 8 + ["open", "other", "cut"])
html = st.recursive(
    paragraph
    | st.sampled_from(["&amp;", "&#8217;", "&#x", "&nbsp;", "<!-- a -->", "<!--", "<![CDATA[a]]>", "<", "\n"]),
    lambda inner: st.builds(
        _element, st.sampled_from(TAGS), st.lists(inner, min_size=1, max_size=3).map("".join), closings
    ),
    max_leaves=8,
)
markdown = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", "# ", "> ", "- ", "1. ", "**", "*", "~~", "[", "![", "    ", "| "]), plain | html
    ),
    min_size=1,
    max_size=3,
).map(lambda parts: "\n\n".join(start + text for start, text in parts))
encodings = st.sampled_from(["utf-8"] * 12 + ["utf-16", "cp1252", "utf-8-sig"])
extensions = st.sampled_from([".txt", ".txt", ".md", ".html"])
contents = {"text": plain, "markdown": markdown, "html": html}

LONGEST = 20_000
"""Characters of the longest drafts."""


class RandomFile(NamedTuple):
    """A file's name and content, and a number for whatever else is to be random about it."""

    name: str
    data: bytes
    number: int


def shuffled(parts: list[str], length: int, number: int) -> str:
    """The parts in random order, again and again until they have this length."""
    random = Random(number)
    written = ""
    while len(written) < length:
        written += "\n\n".join(random.sample(parts, len(parts))) + "\n\n"
    return written


@st.composite
def files(draw: st.DrawFn) -> RandomFile:
    """Files of every format, as an editor may have them: most of a few paragraphs, one in fifty or so long."""
    extension, number = draw(extensions), draw(st.integers(0, 2**32 - 1))
    content = contents[FORMATS[extension]]
    text = draw(content)
    if draw(st.integers(1, 50)) == 25:
        text = shuffled([text, *draw(st.lists(content, min_size=3, max_size=8))], number % LONGEST, number)
    return RandomFile(f"draft{extension}", text.encode(draw(encodings), errors="replace"), number)


def damaged(text: str, number: int) -> str:
    """The text with a few stretches of it cut out, doubled or written over."""
    random = Random(number)
    for _ in range(random.randint(1, 3)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice((1, 1, 3, 30)))
        instead = random.choice(("", "", text[start:end] * 2, random.choice(DAMAGE), str(random.randint(-9, 10**9))))
        text = text[:start] + instead + text[end:]
    return text
