"""CoNLL-U in and out: parses made by others, stored parses of the tests, and our own for other tools.

Format: https://universaldependencies.org/format.html. Character offsets come from ``# text`` and ``SpaceAfter=No``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from attribution.records import ROOT, AttribError, Block, BlockKind, Draft, Sentence, Span, Token

COLUMNS = 10

# No sentence has a thousand million words.
_WORD_NUMBER = re.compile(r"[0-9]{1,9}([-.][0-9]{1,9})?")
_HEAD = re.compile(r"[0-9]{1,9}")


def read_conllu(text: str, path: str = "<conllu>") -> tuple[Draft, tuple[Sentence, ...]]:
    """The draft that the sentences make up, and the sentences.

    ``# newpar`` starts a paragraph; the sentences of a paragraph are joined by a space, paragraphs by a blank line.
    The characters of a multi-word token (``3-4``) are divided among its words. Raises AttribError with the line of the
    first row that is not CoNLL-U.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    length = 0
    paragraph_start = 0

    def append(piece: str) -> None:
        nonlocal length
        pieces.append(piece)
        length += len(piece)

    for new_paragraph, rows in _sentences(text, path):
        if sentences:
            if new_paragraph:
                blocks.append(Block(BlockKind.PARAGRAPH, Span(paragraph_start, length)))
                append("\n\n")
                paragraph_start = length
            else:
                append(" ")
        sentence_start = length
        tokens: list[Token] = []
        range_end = 0
        for row in rows:
            identifier, form, space = row[0], row[1], "" if "SpaceAfter=No" in row[9].split("|") else " "
            if "." in identifier:
                continue
            if "-" in identifier:
                first, last = identifier.split("-")
                words = [other for other in rows if other[0].isdigit() and int(first) <= int(other[0]) <= int(last)]
                start = length
                append(form)
                for number, (left, right) in zip(words, _share(form, [word[1] for word in words]), strict=True):
                    tokens.append(_token(number, start + left, start + right))
                append(space)
                range_end = int(last)
            elif int(identifier) > range_end:
                tokens.append(_token(row, length, length + len(form)))
                append(form + space)
        while pieces and pieces[-1].endswith(" "):
            pieces[-1] = pieces[-1][:-1]
            length -= 1
        sentences.append(Sentence(f"s{len(sentences) + 1}", sentence_start, length, "", len(blocks), tuple(tokens)))
    blocks.append(Block(BlockKind.PARAGRAPH, Span(paragraph_start, length)))
    draft_text = "".join(pieces)
    return (
        Draft(text=draft_text, blocks=tuple(blocks), path=path),
        tuple(replace(sentence, text=draft_text[sentence.start : sentence.end]) for sentence in sentences),
    )


def write_conllu(sentences: Sequence[Sentence]) -> str:
    """The sentences as CoNLL-U, with ``# sent_id``, ``# newpar``, ``# text`` and ``SpaceAfter=No``."""
    lines: list[str] = []
    block = -1
    for sentence in sentences:
        if sentence.block != block:
            lines.append("# newpar")
            block = sentence.block
        lines += [f"# sent_id = {sentence.id}", f"# text = {' '.join(sentence.text.split())}"]
        for token, following in zip(sentence.tokens, [*sentence.tokens[1:], None], strict=True):
            glued = following is not None and following.start == token.end
            head = 0 if token.head == ROOT else token.head + 1
            lines.append(
                "\t".join(
                    [str(token.index + 1), token.text, token.lemma, token.upos, token.xpos, "_", str(head)]
                    + [token.relation, "_", "SpaceAfter=No" if glued else "_"]
                )
            )
        lines.append("")
    return "\n".join(lines) + "\n" if lines else ""


def _sentences(text: str, path: str) -> list[tuple[bool, list[list[str]]]]:
    """Each sentence's rows, and whether the sentence starts a paragraph."""
    found: list[tuple[bool, list[list[str]]]] = []
    rows: list[list[str]] = []
    new_paragraph = False
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.startswith("#"):
            new_paragraph = new_paragraph or line.startswith("# newpar")
        elif line.strip():
            row = line.split("\t")
            if len(row) != COLUMNS:
                raise AttribError(f"{path}:{number}: a CoNLL-U row has {COLUMNS} columns, this one {len(row)}")
            if not _WORD_NUMBER.fullmatch(row[0]):
                raise AttribError(f"{path}:{number}: {row[0]!r} is not a word number (1, 2-3 or 4.1)")
            rows.append(row)
        elif rows:
            _check_tree(rows, f"{path}:{number - len(rows)}")
            found.append((new_paragraph, rows))
            rows, new_paragraph = [], False
    return found


def _check_tree(rows: list[list[str]], place: str) -> None:
    """Raise AttribError at the sentence's first line unless its words count from 1 and their heads make one tree."""
    words = [row for row in rows if row[0].isdigit()]
    if [row[0] for row in words] != [str(number) for number in range(1, len(words) + 1)]:
        raise AttribError(
            f"{place}: words are not numbered from 1 to {len(words)}: {' '.join(row[0] for row in words)}"
        )
    for row in words:
        if not _HEAD.fullmatch(row[6]) or int(row[6]) > len(words):
            raise AttribError(
                f"{place}: {row[6]!r} is not a valid head of word {row[0]}; a head is a number from 0 to {len(words)}"
            )
    heads = [0, *(int(row[6]) for row in words)]
    for number in range(1, len(heads)):
        steps = 0
        while number and steps < len(heads):
            number, steps = heads[number], steps + 1
        if number:
            raise AttribError(f"{place}: the heads of the sentence form a cycle that never reaches the root")


def _token(row: list[str], start: int, end: int) -> Token:
    return Token(int(row[0]) - 1, row[1], start, end, row[2], row[3], row[4], int(row[6]) - 1, row[7])


def _share(form: str, words: list[str]) -> list[tuple[int, int]]:
    """The characters of a multi-word token that belong to each word, in turn; the last word gets the rest."""
    shares: list[tuple[int, int]] = []
    start = 0
    for number, word in enumerate(words):
        end = len(form) if number == len(words) - 1 else min(len(form), start + len(word))
        shares.append((start, end))
        start = end
    return shares
