"""The tables of a corpus: their columns, types and meaning. The documentation and the files follow this module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from attribution.corpus.inputs import Kept

SCHEMA_VERSION = "1.0"
"""The version of the tables; 1.x only adds columns."""

ARTICLES, CLAIMS, ATTRIBUTIONS, SOURCES, HEDGES, ERRORS = (
    "articles",
    "claims",
    "attributions",
    "sources",
    "hedges",
    "errors",
)

KEY = "article"
"""The column by which all tables are joined."""


class Column(NamedTuple):
    """A column: its name, its type in Arrow's words, and what it holds; ``?`` after the type allows null."""

    name: str
    type: str
    description: str


class Table(NamedTuple):
    """A table: its name, what a row of it is, and its columns."""

    name: str
    row: str
    columns: tuple[Column, ...]


_ARTICLE = Column(KEY, "string", "Which article: the value of the id column, or file and row.")
_SENTENCE = Column("sentence", "string", "The sentence: s and its number.")
_START = Column("start", "int32", "Offset of the first character, in code points of the article's text.")
_END = Column("end", "int32", "Offset after the last character.")

TABLES = (
    Table(
        ARTICLES,
        "an article, with the other columns of the input after these",
        (
            _ARTICLE,
            Column("input", "string", "The file that it comes from."),
            Column("format", "string", "How it was read: text, markdown, html, docx or odt."),
            Column("sha256", "string", "SHA-256 of what was read, in hexadecimal."),
            Column("characters", "int32", "Length of the text in code points."),
            Column("words", "int32", "Words, separated by white space."),
            Column("sentences", "int32", "Sentences."),
            Column("claims", "int32", "Claims."),
            Column("own", "int32", "Claims in the paper's own voice."),
            Column("source", "int32", "Claims attributed to a source."),
            Column("hearsay", "int32", "Claims passed on with nobody in particular named."),
            Column("unclear", "int32", "Quoted claims whose speaker is not found."),
            Column("carried_by_paper", "int32", "Claims that the paper itself answers for."),
            Column("carried_by_named", "int32", "Claims that somebody or something with a name answers for."),
            Column("carried_by_described", "int32", "Claims that somebody without a name answers for."),
            Column("carried_by_nobody", "int32", "Claims that nobody answers for."),
            Column("carried_by_unclear", "int32", "Quoted claims whose speaker is not found."),
            Column("sourcing", "float32?", "Mean sourcing score of the claims; null without claims."),
            Column("certainty", "float32?", "Mean certainty score of the claims; null without claims."),
            Column("distinct_sources", "int32", "Sources that carry a claim."),
            Column("named_sources", "int32", "Named sources that carry a claim."),
            Column("needs_source", "int32", "Places that need a source."),
            Column("weak_source", "int32", "Places whose source is weak."),
            Column("speaker_unclear", "int32", "Quotations without a speaker."),
        ),
    ),
    Table(
        CLAIMS,
        "a claim",
        (
            _ARTICLE,
            Column("claim", "string", "The claim: c and its number."),
            _SENTENCE,
            Column("block", "string", "The kind of block: headline, paragraph, …"),
            _START,
            _END,
            Column("text", "string", "Its words."),
            Column("voice", "string", "Whose claim it is: own, source, hearsay or unclear."),
            Column("carrier", "string", "Who answers for it: paper, named, described, nobody or unclear."),
            Column("support", "int8?", "How near and findable they are, 0 to 4; null where the paper answers."),
            Column("sourcing", "float32", "How well readers are told where it comes from, 0 to 1."),
            Column("certainty", "float32", "How committed the text is to it, 0 to 1."),
            Column("commitment", "float32?", "Commitment of the text to its head predicate, -1 to 1."),
            Column("exposure", "int8", "How much it would hurt to be wrong without a source, 0 to 3."),
            Column("sources", "list<string>", "Names of its sources, outermost first."),
            Column("kinds", "list<string>", "The kind of source of each attribution that it is under."),
            Column("named", "bool", "Whether any of its sources has a name."),
            Column("attributions", "list<string>", "The attributions that it is under, outermost first."),
            Column("hedges", "list<string>", "The hedges that bear on it."),
        ),
    ),
    Table(
        ATTRIBUTIONS,
        "an attribution: a cue with its source and content",
        (
            _ARTICLE,
            Column("attribution", "string", "The attribution: a and its number."),
            _SENTENCE,
            Column("cue", "string", "The words that attribute."),
            Column("lemma", "string", "The dictionary form of the cue's head."),
            Column("source", "string?", "The entry of the table of sources; null if there is none."),
            Column("source_text", "string", "The words for the source; empty if nobody is named."),
            Column("kind", "string", "The kind of source."),
            Column("manner", "string", "direct, indirect or mixed: how much is in the source's own words."),
            Column("attitude", "string", "assertion, belief, intention, perception or hearsay."),
            Column("tone", "string", "neutral, doubting, factive or loaded: what the cue implies of the truth."),
            Column("evidence", "string", "report, belief, stance or supposed; only the first two give a voice."),
            Column("negated", "bool", "Whether the cue is negated."),
            Column("start", "int32?", "Offset of the content's first character; null without content."),
            Column("end", "int32?", "Offset after the content's last character."),
            Column("content", "string", "The words that are attributed."),
            Column("probability", "float32", "How sure attrib is that this is an attribution."),
        ),
    ),
    Table(
        SOURCES,
        "a source of an article, merged over its mentions there",
        (
            _ARTICLE,
            Column("source", "string", "The source: e and its number."),
            Column("name", "string", "The fullest name or description in the text."),
            Column("kind", "string", "What kind of source it is."),
            Column("named", "bool", "Whether the text gives a name."),
            Column("mentions", "int32", "How often it is mentioned, pronouns included."),
            Column("claims", "int32", "How many claims it carries."),
            Column("attributions", "int32", "How often something is attributed to it."),
        ),
    ),
    Table(
        HEDGES,
        "a word or phrase that takes back commitment",
        (
            _ARTICLE,
            Column("hedge", "string", "The hedge: h and its number."),
            _SENTENCE,
            Column("text", "string", "Its words."),
            Column(
                "category",
                "string",
                "hearsay, modal, epistemic, belief, agentless-passive, approximator or conditional.",
            ),
            Column("strength", "float32", "How much it lowers commitment, 0 to 1."),
            _START,
            _END,
        ),
    ),
    Table(
        ERRORS,
        "a row of the input that could not be analysed",
        (
            _ARTICLE,
            Column("input", "string", "The file that it comes from."),
            Column(
                "reason", "string", "not-text, empty, not-english, too-long, unreadable, duplicate-id, crash or fault."
            ),
            Column("message", "string", "What is wrong, in words."),
        ),
    ),
)
"""The tables, in the order in which they are documented."""

BY_NAME = {table.name: table for table in TABLES}


def arrow_schema(name: str, kept: Sequence[Kept] = (), metadata: dict[str, str] | None = None) -> pa.Schema:
    """The Arrow schema of a table, with the ``kept`` columns of the input after its own, and ``metadata``."""
    import pyarrow as pa

    fields = [_field(column) for column in BY_NAME[name].columns]
    fields += [pa.field(column.name, column.type) for column in kept]
    return pa.schema(fields, metadata)


def _field(column: Column) -> Any:
    import pyarrow as pa

    name = column.type.removesuffix("?")
    types = {
        "string": pa.string(),
        "bool": pa.bool_(),
        "int8": pa.int8(),
        "int32": pa.int32(),
        "float32": pa.float32(),
        "list<string>": pa.list_(pa.field("element", pa.string(), nullable=False)),
    }
    return pa.field(column.name, types[name], nullable=column.type.endswith("?"))


def tables_markdown() -> str:
    """The tables and their columns for the documentation."""
    parts = []
    for table in TABLES:
        rows = "".join(f"| `{column.name}` | {column.type} | {column.description} |\n" for column in table.columns)
        parts.append(f"### {table.name}\n\nA row is {table.row}.\n\n| column | type | |\n| --- | --- | --- |\n{rows}")
    return "\n".join(parts)
