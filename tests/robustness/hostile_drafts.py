"""Drafts made to be slow to read, each of any length; shared by the tests and by ``scripts/growth.py``."""

from __future__ import annotations

from collections.abc import Callable

Made = Callable[[int], str]


WORDS = "He said so.\n\n"
"""Goes before what has no words."""


def repeated(unit: str, before: str = "", after: str = "") -> Made:
    """Give a maker of drafts that repeat a unit, ``#`` in which is its number, up to about the size asked for."""

    def made(size: int) -> str:
        pieces, length, number = [before], len(before) + len(after), 0
        while length < size:
            pieces.append(unit.replace("#", str(number)))
            length += len(pieces[-1])
            number += 1
        return "".join([*pieces, after])

    return made


def nested(opening: str, closing: str, inner: str = "x") -> Made:
    """Give a maker of drafts that open something as often as they close it."""

    def made(size: int) -> str:
        depth = max(1, size // (len(opening) + len(closing)))
        return opening * depth + inner + closing * depth

    return made


def _name(number: int) -> str:
    """A name that no other number has, in capitalised letters."""
    letters = ""
    while True:
        number, rest = divmod(number, 20)
        letters += "bcdfghklmnprstvwxzjq"[rest] + "aeiou"[rest % 5]
        if not number:
            return letters.capitalize()


def with_names(unit: str) -> Made:
    """Give a maker of drafts that repeat a unit with a new name, ``@``, each time."""

    def made(size: int) -> str:
        pieces, length, number = [], 0, 0
        while length < size:
            pieces.append(unit.replace("@", _name(number + 400)))
            length += len(pieces[-1])
            number += 1
        return "".join(pieces)

    return made


TEXT: dict[str, Made] = {
    "said": repeated("said "),
    "said that": repeated("said that "),
    "he said that": repeated("he said that "),
    "he said.": repeated("He said. "),
    "he said lines": repeated("He said.\n\n"),
    "said said lines": repeated("said said said\n\n"),
    "they say it": repeated("They say it is true. "),
    "officials": repeated("Officials said the bridge was safe. "),
    "officials lines": repeated("Officials said the bridge was safe.\n\n"),
    "according to": repeated("according to "),
    "according to sources": repeated("according to sources, "),
    "and": repeated("and "),
    "and list": repeated("cats and "),
    "comma list": repeated("item, "),
    "numbered list": repeated("item #, "),
    "one word": repeated("a"),
    "capitals": repeated("A"),
    "digits": repeated("1"),
    "letters": repeated("a "),
    "words": repeated("word# "),
    "capital words": repeated("Word# "),
    "full stops": repeated(".", before=WORDS),
    "spaced full stops": repeated(". ", before=WORDS),
    "sentences of a mark": repeated("A. "),
    "dots in words": repeated("a.b"),
    "long dotted": repeated("abba."),
    "dotted sentence": repeated("abba.abba.abba.abba.abba.abba.abba.abba.abba.abba!x "),
    "months": repeated("1 janaaa", before="He said so.\n", after="!"),
    "month lines": repeated("1 janaa1 janaa1 janaa1 janaa1 janaa1 janaa1 janaa1 janaa!\n"),
    "initials": repeated("U.S."),
    "commas": repeated(",", before=WORDS),
    "apostrophes": repeated("'", before=WORDS),
    "word with apostrophes": repeated("a'"),
    "quotation marks": repeated('"', before=WORDS),
    "spaced quotation marks": repeated('" ', before=WORDS),
    "curly openings": repeated("“", before=WORDS),
    "curly closings": repeated("”", before=WORDS),
    "spaced curly openings": repeated("“a "),
    "paragraphs of openings": repeated("“Yes, he went on.\n\n"),
    "quotations": repeated('"Yes," he said. '),
    "quotation fragments": repeated('It was "fine". '),
    "curly quotations": repeated("“Yes,” she said. “No.” "),
    "single quotations": repeated("'Yes,' he said. "),
    "quotation lines": repeated('"Yes," he said.\n\n'),
    "hyphens": repeated("-", before=WORDS),
    "spaced hyphens": repeated("- ", before=WORDS),
    "hyphenated": repeated("a-"),
    "dashes": repeated("— ", before=WORDS),
    "dash lines": repeated("— Ada Quill\n\n"),
    "colons": repeated(":", before=WORDS),
    "labels": repeated("Ada Quill: Yes, I did.\n\n"),
    "questions": repeated("Q: Why did you go?\n\nA: I had to.\n\n"),
    "capital labels": with_names("@ QUILL: I was there.\n\n"),
    "plain questions": repeated("Why did you go?\n\nI had to, you know.\n\n"),
    "blank lines": repeated("\n", before=WORDS),
    "spaces": repeated(" ", before="a", after="b"),
    "tabs": repeated("a\t"),
    "carriage returns": repeated("a\r"),
    "short lines": repeated("a\n"),
    "wrapped lines": repeated("This is a line of some forty characters.\nand one more of the same width as it\n"),
    "indented": repeated("    He said so.\n\n"),
    "list marks": repeated("- ", before=WORDS),
    "list items": repeated("- Ada Quill, baker: We had none.\n"),
    "brackets": repeated("(", before=WORDS),
    "nested brackets": nested("(", ")"),
    "square brackets": repeated("[", before=WORDS),
    "footnote marks": repeated("a[1]"),
    "addresses": repeated("http://a.b/"),
    "domains": repeated("a.com."),
    "mail": repeated("a@b."),
    "ats": repeated("@", before=WORDS),
    "accounts": repeated("Ada Quill @ada · Mar 3\n\nWe had none.\n\n"),
    "times": repeated("12:30 "),
    "time lines": repeated("12:30\n\nIt rained.\n\n"),
    "dates": repeated("March 3, "),
    "datelines": repeated("LONDON (AP) — It rained.\n\n"),
    "bylines": repeated("By Ada Quill\n\n"),
    "headlines": repeated("Minister: bridge is safe\n\nIt is.\n\n"),
    "captions": repeated("Photo: Ada Quill\n\n"),
    "names": with_names("@ "),
    "name list": with_names("Ada @, "),
    "named speakers": with_names("Ada @ said it rained. "),
    "named speaker lines": with_names("“It rained,” said Mayor Ada @.\n\n"),
    "offices": with_names("Mayor @ said it rained. "),
    "one surname": with_names("@ Quill said it rained. "),
    "same surname": repeated("Ada Quill said it rained. Bob Quill said it did not. Quill said so. "),
    "pronouns": repeated("He told her that she said that he knew it. "),
    "nested speech": repeated("He said she said ", after="it rained."),
    "relatives": repeated("the man who knew "),
    "prepositions": repeated("of the house in the town "),
    "hedges": repeated("might perhaps reportedly "),
    "hedged": repeated("It may reportedly have been the case. "),
    "clauses": repeated("it rained, and "),
    "semicolons": repeated("it rained; "),
    "conditionals": repeated("If it rains, he will go. "),
    "whether": repeated("whether it rains or "),
    "sources of a kind": repeated("A spokesman said so. An official denied it. "),
    "claims": repeated("The plan will certainly fail, critics warn. "),
    "emoji": repeated("👍🏽 ", before=WORDS),
    "combining": repeated("\u0301", before="e"),
    "zero width": repeated("\u200b", before=WORDS),
    "soft hyphens": repeated("a\u00ad"),
    "controls": repeated("a\x1c"),
    "surrogate-like": repeated("\ufffd", before=WORDS),
    "other script": repeated("你好世界"),
    "capitals sentence": repeated("THE MINISTER SAID SO. "),
    "not not": repeated("not "),
    "n't": repeated("don't "),
    "to to": repeated("to say to "),
    "thinks": repeated("He thinks he thinks "),
    "question marks": repeated("?", before=WORDS),
    "exclamations": repeated("a! "),
    "ellipses": repeated("... ", before=WORDS),
    "emoticons": repeated(":-) ", before=WORDS),
    "dollars": repeated("$1 "),
    "slashes": repeated("a/"),
    "ampersands": repeated("A&"),
    "underscores": repeated("_ ", before=WORDS),
}
"""Plain text."""

HTML: dict[str, Made] = {
    "html open a": repeated("<a "),
    "html comment": repeated("<!--", before=WORDS),
    "html open h1": repeated("<h1 "),
    "html div": repeated("<div>a "),
    "html p": repeated("<p>He said so."),
    "html b": repeated("<b>a"),
    "html closing": repeated("</b>a"),
    "html less": repeated("<", before=WORDS),
    "html less slash": repeated("</", before=WORDS),
    "html less bang": repeated("<!", before=WORDS),
    "html question": repeated("<?", before=WORDS),
    "html cdata": repeated("<![CDATA["),
    "html ampersands": repeated("&", before=WORDS),
    "html references": repeated("&amp;", before=WORDS),
    "html long reference": repeated("a", before="&"),
    "html number": repeated("1", before=WORDS + "&#"),
    "html attributes": repeated("a ", before="<p "),
    "html quoted attribute": repeated("<p a='"),
    "html script": repeated("<script>", before=WORDS),
    "html style": repeated("<style>a</style", before=WORDS),
    "html articles": repeated("<article><p>It rained.</article>"),
    "html nested": nested("<div>", "</div>"),
    "html nested article": nested("<article>", "</article>"),
    "html quotes": nested("<blockquote>", "</blockquote>"),
    "html quote list": repeated("<blockquote><p>We had none.<p>— Ada Quill</blockquote>"),
    "html links": repeated("<a href='x'>link</a> "),
    "html link items": repeated("<li><a href='x'>link</a></li>"),
    "html breaks": repeated("a<br>"),
    "html bold questions": repeated("<p><b>Why?</b> I had to.</p>"),
    "html sup": repeated("a<sup>"),
    "html notes": repeated("a<sup>1</sup>"),
    "html cite": repeated("<p>a<cite>b</cite></p>"),
    "html nested cite": nested("<cite>", "</cite>"),
    "html clutter": repeated("<div class=related>a</div>"),
    "html nested clutter": nested("<div class=related>a", "</div>"),
    "html class": repeated("pull-", before="<div class='", after="'>a</div>"),
    "html classes": repeated("a-b ", before="<div class='", after="'>a</div>"),
    "html live": repeated("<div class=liveblogupdate><p>It rained.</div>"),
    "html titles": repeated("<title>a</title>"),
    "html cells": repeated("<table><tr><td>a<td>b"),
    "html terms": repeated("<dl><dt>a<dd>b</dl>"),
    "html list in list": repeated("<ul><li>a"),
    "html hidden": repeated("<div hidden>", before=WORDS),
    "html textarea": repeated("<textarea>", before=WORDS),
    "html plaintext": repeated("<plaintext>", before=WORDS),
}
"""HTML."""

MARKDOWN: dict[str, Made] = {
    "md comment": repeated("<!--", before=WORDS),
    "md inline comment": repeated("a <!--"),
    "md comments": repeated("a <!-- b --> "),
    "md comment lines": repeated("<!-- b -->\n\na\n\n"),
    "md stars": repeated("*", before=WORDS),
    "md stars words": repeated("*a "),
    "md stars both": repeated("*a** "),
    "md underscores": repeated("_a__"),
    "md tildes": repeated("~~a "),
    "md backticks": lambda size: "".join("`" * number + "a" for number in range(1, int((2 * size) ** 0.5))),
    "md backtick": repeated("`a"),
    "md links": repeated("[", before=WORDS),
    "md links closed": repeated("[a](", before=WORDS),
    "md link text": nested("[", "](x)"),
    "md images": repeated("![", before=WORDS),
    "md references": repeated("[a]: x\n", before=WORDS),
    "md reference uses": repeated("[a] ", before="[a]: x\n\n"),
    "md quotes": repeated("> ", before=WORDS),
    "md quote lines": repeated("> a\n"),
    "md nested quotes": lambda size: "".join("> " * number + "a\n" for number in range(1, int(size**0.5))),
    "md lists": repeated("- a\n"),
    "md nested lists": lambda size: "".join("  " * number + "- a\n" for number in range(int(size**0.5))),
    "md list marks": repeated("- ", before=WORDS),
    "md numbered": repeated("1. a\n"),
    "md headings": repeated("# a\n"),
    "md underlines": repeated("a\n=\n"),
    "md tables": repeated("|a", before="|a|b|\n|-|-|\n"),
    "md table rows": repeated("|a|b|\n", before="|a|b|\n|-|-|\n"),
    "md wide table": lambda size: "|a" * (size // 8) + "\n" + "|-" * (size // 8) + "\n" + "|a" * (size // 8) + "\n",
    "md escapes": repeated("\\*", before=WORDS),
    "md entities": repeated("&amp;", before=WORDS),
    "md autolinks": repeated("<http://a>"),
    "md less": repeated("<", before=WORDS),
    "md html": repeated("a <b "),
    "md html lines": repeated("<div>\n\na\n\n"),
    "md front matter": repeated("a: b\n", before=WORDS + "---\n"),
    "md front matters": repeated("---\na: b\n", before=WORDS),
    "md pluses": repeated("+++\na = b\n", before=WORDS),
    "md footnotes": repeated("[^a", before=WORDS),
    "md footnote": repeated("a[^1] "),
    "md fences": repeated("```\n", before=WORDS),
    "md hard breaks": repeated("a  \n"),
    "md lines": repeated("He said so.\n"),
    "md strong": repeated("**He** said so. "),
    "md nulls": repeated("a\0"),
}
"""Markdown."""

DRAFTS: dict[str, tuple[str, Made]] = {
    **{name: ("text", made) for name, made in TEXT.items()},
    **{name: ("html", made) for name, made in HTML.items()},
    **{name: ("markdown", made) for name, made in MARKDOWN.items()},
}
"""The format and the maker of every draft, by name."""
