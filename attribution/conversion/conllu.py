r"""Writes parsed analyses as CoNLL-U with the findings in the MISC column, and reads them back without loss.

Format: https://universaldependencies.org/format.html. The keys that this project adds to MISC hold IOB2 tags with the
identifiers of records, ``Content=B-a1,I-a2``: the word begins a piece of the content of a1 and continues one of a2.
Keys: ``Source``, ``Venue``, ``Cue``, ``Content``, ``Claim``, ``Hedge``, ``HedgeScope``, ``Booster``, ``BoosterScope``
and ``Mention`` (of a source in the ledger). Everything but spans is in comments, one for each record, in the form of
the JSON contract: ``# attrib.attribution = {…}`` before the sentence of the cue. So are spans that do not consist of
whole words.

White space other than a single space is kept as in UDPipe's output, in ``SpacesAfter`` and, before the first word,
``SpacesBefore`` (``\s \t \r \n``, ``\p`` for a bar, ``\\``; here also ``\u2028`` for other line ends). ``Surface``
holds the characters of a word whose form differs from them.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from attribution.conversion.analyses import analysis_of_report
from attribution.conversion.readers import ReportFile
from attribution.ingest.offsets import line_starts
from attribution.parsing import read_conllu, write_conllu
from attribution.records import Analysis, AttribError, Block, BlockKind, BlockRole, Draft, Sentence, Span, Token
from attribution.reporting.contract import explained, published
from attribution.reporting.escaping import encodable
from attribution.reporting.json import Report, report

PREFIX = "# attrib."
KEYS: dict[str, dict[str, tuple[str, ...]]] = {
    "source": {"Mention": ("mentions",)},
    "attribution": {
        "Source": ("source", "spans"),
        "Venue": ("source", "venue"),
        "Cue": ("cue", "spans"),
        "Content": ("content", "spans"),
    },
    "claim": {"Claim": ("spans",)},
    "hedge": {"Hedge": ("spans",), "HedgeScope": ("scope",)},
    "booster": {"Booster": ("spans",), "BoosterScope": ("scope",)},
}
"""For each kind of record the MISC keys that hold its spans, and the path of these in the JSON contract."""

PLURALS = {name: f"{name}s" for name in ("sentence", "quotation", "problem", "place", *KEYS)} | {
    "unclaimed": "unclaimed"
}
ABOUT_THE_DOCUMENT = ("schema_version", "tool", "document", "summary")
IN_SENTENCES = ("attribution", "claim", "hedge", "booster")

# Characters that end a line for Python's splitlines, and so for readers of CoNLL-U written with it.
_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ESCAPES = {" ": r"\s", "\t": r"\t", "\r": r"\r", "\n": r"\n", "|": r"\p", "\\": r"\\"}
# Half of a surrogate pair is no character.
_ESCAPED = re.compile(r"\\(?:u((?!d[89a-f])[0-9a-f]{4})|(.))")
_COMMENT = re.compile(r"# attrib\.(\w+) = (.*)")

Name = TypeVar("Name", BlockKind, BlockRole)

Tags = dict[tuple[str, str], list[tuple[int, str]]]
"""For each key and record the tagged words, by their number in the document, and their B or I."""


def conllu(analysis: Analysis) -> str:
    """The analysis as CoNLL-U; raises ``AttribError`` if its sentences have no tokens."""
    tokens = [token for sentence in analysis.sentences for token in sentence.tokens]
    if not all(sentence.tokens for sentence in analysis.sentences):
        raise AttribError(f"{analysis.draft.path}: has sentences without a parse, which CoNLL-U needs; parse the draft")
    reported = published(report(analysis))
    starts = [token.start for token in tokens]
    tags: list[dict[str, list[str]]] = [{} for _ in tokens]
    for kind, keys in KEYS.items():
        for record in reported[PLURALS[kind]]:
            for key, path in keys.items():
                _tag(record, key, path, tokens, starts, tags)
    rows = iter(zip(_misc(analysis.draft.text, tokens, tags), tokens, strict=True))
    lines: list[str] = []
    sentences = iter(reported["sentences"])
    document_comments = _document_comments(reported)
    kept: dict[str, list[str]] = {}
    for kind in IN_SENTENCES:
        for record in reported[PLURALS[kind]]:
            kept.setdefault(record["sentence"], []).append(_comment(kind, record))
    for line in write_conllu(analysis.sentences).removesuffix("\n").split("\n"):
        if line.startswith("# sent_id"):
            lines += document_comments
            document_comments = []
            sentence = next(sentences)
            lines += [line, f"{PREFIX}block = {sentence['block']}"]
            if sentence["role"] is not None:
                lines.append(f"{PREFIX}role = {sentence['role']}")
            lines += kept.get(sentence["id"], [])
        elif line and not line.startswith("#"):
            misc, token = next(rows)
            columns = line.split("\t")
            lines.append("\t".join([columns[0], _one_line(token.text), *columns[2:9], misc]))
        else:
            lines.append(line)
    return encodable("\n".join(lines) + "\n\n")


def read_annotated_conllu(data: str, name: str) -> Analysis:
    """The analysis in a CoNLL-U file written by ``conllu``, with its parse.

    Raises ``AttribError`` for a file that is not CoNLL-U, and for missing or broken comments of attrib.
    """
    _, sentences = read_conllu(data, name)
    tokens: list[Token] = []
    tags: Tags = {}
    comments: list[tuple[str, int, Any]] = []
    blocks: list[tuple[BlockKind, bool]] = []
    roles: dict[int, BlockRole] = {}
    names: list[str] = []
    pieces: list[str] = []
    length = 0
    parsed = iter([token for sentence in sentences for token in sentence.tokens])
    new_paragraph = False
    for number, line in enumerate(data.splitlines(), start=1):
        place = f"{name}:{number}"
        if line.startswith("# newpar"):
            new_paragraph = True
        elif line.startswith("# sent_id = "):
            names.append(line.removeprefix("# sent_id = "))
        elif match := _COMMENT.fullmatch(line):
            if match[1] == "block":
                blocks.append((_choice(BlockKind, match[2], place), new_paragraph))
                new_paragraph = False
            elif match[1] == "role":
                roles[len(blocks) - 1] = _choice(BlockRole, match[2], place)
            else:
                comments.append((match[1], number, _decoded(match[2], place)))
        elif line.strip() and not line.startswith("#"):
            columns = line.split("\t")
            if not columns[0].isdigit():
                raise AttribError(f"{place}: {columns[0]} is not a single word; convert the draft again")
            misc = dict(field.partition("=")[::2] for field in columns[9].split("|"))
            if not tokens and "SpacesBefore" in misc:
                pieces.append(_unescaped(misc["SpacesBefore"]))
                length += len(pieces[-1])
            token = next(parsed)
            surface = _unescaped(misc["Surface"]) if "Surface" in misc else columns[1]
            gap = "" if misc.get("SpaceAfter") == "No" else _unescaped(misc.get("SpacesAfter", r"\s"))
            for key, words in misc.items():
                if any(key in keys for keys in KEYS.values()):
                    _read_tags(key, words, len(tokens), tags, place)
            tokens.append(msgspec.structs.replace(token, start=length, end=length + len(surface)))
            pieces += [surface, gap]
            length += len(surface) + len(gap)
    text = "".join(pieces)
    value = _records(comments, tags, tokens, name)
    if not len(names) == len(blocks) == len(sentences):
        raise AttribError(
            f"{name}: has {len(sentences)} sentences, {len(names)} with sent_id and {len(blocks)} with attrib.block; "
            "convert the draft again"
        )
    placed = _sentences([*zip(names, sentences, blocks, strict=True)], tokens, text)
    value["sentences"] = [
        {
            "id": sentence.id,
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.text,
            "block": kind,
            "role": roles.get(number),
        }
        for number, (sentence, (kind, _)) in enumerate(zip(placed, blocks, strict=True))
    ]
    try:
        records = msgspec.convert(value, Report)
    except msgspec.ValidationError as error:
        raise AttribError(
            f"{name}: has invalid comments of attrib ({explained(error, Report)}); convert the draft again"
        ) from None
    document = records.document
    draft = Draft(text=text, blocks=_blocks(placed, blocks, roles), path=document.path, line_starts=line_starts(text))
    file = ReportFile(document.path, document.sha256, document.characters, records)
    analysis = analysis_of_report(file, draft, name)
    return msgspec.structs.replace(
        analysis, sentences=placed, draft=msgspec.structs.replace(analysis.draft, blocks=draft.blocks)
    )


# --- Writing ----------------------------------------------------------------------------------------------------------


def _document_comments(reported: Mapping[str, Any]) -> list[str]:
    lines = [_comment(name, reported[name]) for name in ABOUT_THE_DOCUMENT]
    for kind in ("source", "quotation", "problem", "place", "unclaimed"):
        lines += [_comment(kind, record) for record in reported[PLURALS[kind]]]
    return lines


def _comment(name: str, value: Any) -> str:
    words = json.dumps(value, ensure_ascii=False)
    return f"{PREFIX}{name} = " + _LINE_ENDS.sub(lambda match: f"\\u{ord(match[0]):04x}", words)


def _tag(
    record: dict[str, Any],
    key: str,
    path: Sequence[str],
    tokens: Sequence[Token],
    starts: Sequence[int],
    tags: Sequence[dict[str, list[str]]],
) -> None:
    """Replace the spans at the path of a record by tags, if tags can express them."""
    owner = record[path[0]] if len(path) > 1 else record
    spans = [Span(start, end) for start, end in owner[path[-1]]]
    marks = [
        (number, "B" if token.start == span.start else "I")
        for span in spans
        for number, token in _within(tokens, starts, span)
        if token.start < token.end <= span.end
    ]
    if _spans_of(sorted(marks), tokens) != spans:
        return
    for number, letter in marks:
        tags[number].setdefault(key, []).append(f"{letter}-{record['id']}")
    del owner[path[-1]]


def _within(tokens: Sequence[Token], starts: Sequence[int], span: Span) -> Iterator[tuple[int, Token]]:
    """The words that begin within the span, with their numbers."""
    for number in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
        yield number, tokens[number]


def _misc(text: str, tokens: Sequence[Token], tags: Sequence[dict[str, list[str]]]) -> list[str]:
    columns = []
    for number, (token, found) in enumerate(zip(tokens, tags, strict=True)):
        end = tokens[number + 1].start if number + 1 < len(tokens) else len(text)
        gap = text[token.end : end]
        surface = text[token.start : token.end]
        fields = []
        if number == 0 and token.start:
            fields.append(f"SpacesBefore={_escaped(text[: token.start])}")
        if not gap:
            fields.append("SpaceAfter=No")
        elif gap != " ":
            fields.append(f"SpacesAfter={_escaped(gap)}")
        if surface != _one_line(token.text):
            fields.append(f"Surface={_escaped(surface)}")
        fields += [f"{key}={','.join(values)}" for key, values in found.items()]
        columns.append("|".join(fields) or "_")
    return columns


def _one_line(form: str) -> str:
    return " ".join(form.split()) or "_"


def _escaped(words: str) -> str:
    words = "".join(_ESCAPES.get(character, character) for character in words)
    return _LINE_ENDS.sub(lambda match: f"\\u{ord(match[0]):04x}", words)


# --- Reading ----------------------------------------------------------------------------------------------------------


def _unescaped(words: str) -> str:
    back = {escape[1]: character for character, escape in _ESCAPES.items()}
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else back.get(match[2], match[0]), words)


def _decoded(words: str, place: str) -> Any:
    try:
        return msgspec.json.decode(words)
    except (msgspec.DecodeError, RecursionError) as error:
        raise AttribError(f"{place}: the comment is not JSON ({error}); convert the draft again") from None


def _choice(names: type[Name], words: str, place: str) -> Name:
    """The kind or role of a block."""
    try:
        return names(words)
    except ValueError:
        raise AttribError(f"{place}: {words!r} is not a kind of block; give one of {', '.join(names)}") from None


def _read_tags(key: str, value: str, number: int, tags: Tags, place: str) -> None:
    for tag in value.split(","):
        letter, _, identifier = tag.partition("-")
        if letter not in ("B", "I") or not identifier:
            raise AttribError(f"{place}: {key}={value} is not a list of tags like B-a1,I-a2; fix it")
        tags.setdefault((key, identifier), []).append((number, letter))


def _records(
    comments: Iterable[tuple[str, int, Any]], tags: Tags, tokens: Sequence[Token], name: str
) -> dict[str, Any]:
    """The report that comments and tags add up to, without its sentences."""
    value: dict[str, Any] = {
        PLURALS[kind]: [] for kind in ("source", "quotation", "problem", "place", "unclaimed", *IN_SENTENCES)
    }
    if not {"schema_version", "document"} <= {kind for kind, _, _ in comments}:
        raise AttribError(f"{name}: is CoNLL-U without comments of attrib; analyse it with attrib report")
    unused = dict(tags)
    for kind, number, content in comments:
        if kind not in PLURALS:
            if kind in ABOUT_THE_DOCUMENT:
                value[kind] = content
            continue
        for key, path in KEYS.get(kind, {}).items():
            try:
                owner = content[path[0]] if len(path) > 1 else content
                marks = unused.pop((key, content["id"]), [])
                owner.setdefault(path[-1], [[span.start, span.end] for span in _spans_of(marks, tokens)])
            except (AttributeError, KeyError, TypeError):
                raise AttribError(
                    f"{name}:{number}: the comment does not describe a {kind}; convert the draft again"
                ) from None
        value[PLURALS[kind]].append(content)
    if unused:
        key, identifier = next(iter(unused))
        raise AttribError(f"{name}: {key} tags name {identifier}, which no comment describes; convert the draft again")
    for kind in IN_SENTENCES:
        value[PLURALS[kind]].sort(key=_in_order)
    return value


def _in_order(record: dict[str, Any]) -> tuple[int, str]:
    return len(str(record.get("id"))), str(record.get("id"))


def _spans_of(marks: Iterable[tuple[int, str]], tokens: Sequence[Token]) -> list[Span]:
    """The stretches of tagged words: from each B to the last I that follows it without a gap."""
    spans: list[Span] = []
    last = -2
    for number, letter in marks:
        if letter == "I" and spans and number == last + 1:
            spans[-1] = Span(spans[-1].start, tokens[number].end)
        else:
            spans.append(Span(tokens[number].start, tokens[number].end))
        last = number
    return spans


def _sentences(
    parsed: Sequence[tuple[str, Sentence, tuple[BlockKind, bool]]], tokens: Sequence[Token], text: str
) -> tuple[Sentence, ...]:
    placed: list[Sentence] = []
    block, first = -1, 0
    for name, sentence, (_, new_paragraph) in parsed:
        block += new_paragraph or not placed
        words = tuple(tokens[first : first + len(sentence.tokens)])
        first += len(words)
        start, end = words[0].start, words[-1].end
        placed.append(Sentence(name, start, end, text[start:end], block, words))
    return tuple(placed)


def _blocks(
    sentences: Sequence[Sentence], blocks: Sequence[tuple[BlockKind, bool]], roles: Mapping[int, BlockRole]
) -> tuple[Block, ...]:
    found: list[Block] = []
    for number, (sentence, (kind, _)) in enumerate(zip(sentences, blocks, strict=True)):
        if sentence.block == len(found):
            found.append(Block(kind, sentence.span, role=roles.get(number)))
        else:
            found[-1] = msgspec.structs.replace(found[-1], span=Span(found[-1].span.start, sentence.end))
    return tuple(found)
