"""Drafts whose layout tells who speaks, with their stored parses (``parses/turns.conllu``)."""

from __future__ import annotations

from parsed_drafts import rows_of
from placed_parses import laid_over

from attribution.ingest import read_text
from attribution.parsing import Doc, read_conllu

ANSWERS = """\
Mira Toll runs the harbour.

Q: Did the crane fall? They say it did.

A: It fell in March. I think the wall is safe.

My foreman said the rope broke.
"""

ANNOUNCED = """\
The letter reads:

    The road was built at night.
    Nobody told us.

It was signed by forty people.

It is dry.
"""

SIGNED = """\
“The toll is a scandal,” and so on.

“The toll is a scandal and the board knew.”
— Ida Bolt, baker

The mayor said it was not.
"""

BLOG = """\
14:05

Mira Toll said the crane was safe.

14:20

The crane fell.

14:30

It rained.
"""

WARDEN = """\
*Hedda Vance has watched Mount Orr for nineteen years. Ned Fell asks the questions*

Words: Ned Fell

**How worried should you be?**

I have a bag packed. The ground has risen.

My colleague left on Monday.

**The mayor says it is safe.**

He has no instruments. The mountain does not care.

**Will you stay?**

I will.
"""

STUDIO = """\
Ida Bolt runs the ward. She spoke to Jan Prett.

**Is the ward safe?**

It is. I sleep there.

**Who paid you?**

The state did. I signed for it.
"""

REPORTER = """\
14:05

Mira Toll, at the quay, writes:

The crane lies in the water. The crew are safe.

It rains.

14:20

The crane was old.

14:30

It rained.
"""

UNSIGNED = (
    "<p>The pier shut on Monday.</p>"
    "<blockquote><p>There is sand in the bolts. My dog would not cross it.</p></blockquote><p>It opened in 1902.</p>"
)

GOESON = (
    "<p>Otto Kell says that she asked him for work.</p><blockquote><p>She stood in my yard. I said there was no money."
    "</p></blockquote><p>It rained.</p>"
)

PULLED = (
    "<p>“The river never forgave us,” said Ada Linn.</p><p>Otto Kell said the wall was dry.</p>"
    '<blockquote class="pullquote"><p>The river never forgave us</p></blockquote><p>It rained.</p>'
)

INITIALS = """\
Ada Kern built the pier. Otto Kell asked her about it.

OK: Is it safe?

AK: It is. I built it. My brother says it will stand.

OK: And the dam?

AK: Nobody asked me.
"""

LETTERS = """\
In a letter, Ada Kern said:

> The pier is safe. I built it.

The board was told that it leaks and that it is old:

> It leaks.

No minister replied:

> We know.

A note on the door:

> Gone to the sea.

It rained.
"""

LISTS = """\
Monday: the pier was shut.

Parking: the yard is full.

Officials: the dam could fail.

- Ada Kern: the pier is safe.
- Weather: rain is likely.
- Police: two were held.
"""

POSTS = (
    "<p>The pier shut.</p><blockquote class='twitter-tweet'><p>The pier is safe. I walked on it.</p>"
    "&mdash; Ada Kern (@adakern) <a href='#'>May 3</a></blockquote><p>It rained. Kern said so again.</p>"
)

ABOVE = """\
# “I will never leave the pier”, says its keeper

*Ada Kern has kept the pier for nine years.*

**Will you stay?**

I will. The sea does not frighten me.

**Who pays you?**

Nobody does.
"""

ENTRIES = """\
14:05

Mira Toll, at the quay, writes:

“The crane is safe,” the mayor said.

14:20

Otto Kell reports:

The crane fell at noon.

The mayor said it was old.

14:30

It rains:

The sea is high.
"""

DRAFTS = {
    "answers": (ANSWERS, "text"),
    "announced": (ANNOUNCED, "text"),
    "signed": (SIGNED, "text"),
    "blog": (BLOG, "text"),
    "warden": (WARDEN, "markdown"),
    "studio": (STUDIO, "markdown"),
    "reporter": (REPORTER, "text"),
    "unsigned": (UNSIGNED, "html"),
    "goeson": (GOESON, "html"),
    "pulled": (PULLED, "html"),
    "initials": (INITIALS, "text"),
    "letters": (LETTERS, "markdown"),
    "lists": (LISTS, "markdown"),
    "posts": (POSTS, "html"),
    "above": (ABOVE, "markdown"),
    "entries": (ENTRIES, "text"),
}
"""Each draft's text and format, by the name of its parse."""


def doc_of(name: str, text: str | None = None, skipped: int = 0) -> Doc:
    """The draft with its stored parse, less the first sentences, laid over it; ``text`` may be another of its words."""
    full_text, draft_format = DRAFTS[name]
    draft = read_text(full_text if text is None else text, draft_format)
    return Doc.of_sentences(draft, laid_over(draft, read_conllu(rows_of("turns.conllu", "draft")[name])[1][skipped:]))
