"""Where the source of a fixed phrase ends, on parses that attach what follows to the source."""

from __future__ import annotations

from functools import cache

import pytest
from parsed_drafts import PARSES, comments_of

from attribution.extraction import source_ends
from attribution.extraction.candidates import CandidateKind, find_candidates
from attribution.extraction.context import contexts_of
from attribution.extraction.roles import Roles, find_roles
from attribution.extraction.source_ends import SOURCE_ENDS, SourceEnd
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.weights import built_in_weights
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc, read_conllu

FILE = "source-ends.conllu"


@cache
def doc() -> Doc:
    return Doc.of_sentences(*read_conllu((PARSES / FILE).read_text(encoding="utf-8")))


def told(end: SourceEnd) -> tuple[str, str, str]:
    """The sentence of the evidence's example, its source and its content."""
    found = next(comments for comments in map(dict, comments_of(FILE)) if comments["source_end"] == end.name)
    return found["sent_id"], found["source"], found["content"]


def read(identifier: str) -> tuple[str, str, str]:
    """The words of a sentence, and those found for the source and the content of its phrase, without outer marks."""
    lexicon = load_lexicon()
    (context,) = (context for context in contexts_of(doc(), SpanIndex([]), []) if context.sentence.id == identifier)
    (candidate,) = (found for found in find_candidates(context, lexicon) if found.kind is CandidateKind.PHRASE)
    roles: Roles = find_roles(context, candidate, lexicon, built_in_weights().role)

    def words(indices: frozenset[int]) -> str:
        runs = [context.tokens[index] for index in sorted(indices)]
        text = context.sentence.text
        joined = ""
        for token in runs:
            start = token.start - context.sentence.start
            spaced = start > 0 and text[start - 1].isspace()
            joined += (" " if spaced and joined else "") + token.text
        return joined.strip(" ,.")

    return context.sentence.text, words(roles.source), words(roles.content)


@pytest.mark.parametrize("end", SOURCE_ENDS, ids=lambda end: end.name)
def test_the_source_ends_at_its_comma(end: SourceEnd) -> None:
    identifier, source, content = told(end)
    assert read(identifier) == (end.example, source, content)


@pytest.mark.parametrize("end", SOURCE_ENDS, ids=lambda end: end.name)
def test_no_other_evidence_finds_the_end(end: SourceEnd, monkeypatch: pytest.MonkeyPatch) -> None:
    identifier, source, _ = told(end)
    monkeypatch.setattr(source_ends, "SOURCE_ENDS", tuple(other for other in SOURCE_ENDS if other is not end))
    assert read(identifier)[1] != source
