"""Who is who in small drafts: names that parsers take apart, roles, pronouns, groups, crowds.

``parses/identity.conllu`` holds one draft a case, as the embedded model parsed it. In it ``# source = WORDS => NAME
[KIND]`` gives a source of the sentence and who it is; ``NAME`` is ``-`` where nobody is meant, and two names joined by
``+`` for two people. ``content`` are the words it is the source of, ``cue`` a word of the cue.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attribution.extraction.quotations import find_quotations
from attribution.extraction.retagging import with_names
from attribution.extraction.sources import resolve_sources
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc, read_conllu
from attribution.records import (
    Attitude,
    Attribution,
    Content,
    Cue,
    Draft,
    Manner,
    Sentence,
    SourceKind,
    SourceMention,
    Span,
    Tone,
)

PARSES = (Path(__file__).parent / "parses" / "identity.conllu").read_text(encoding="utf-8")
SOURCE = re.compile(r"# source = (?P<words>.*) => (?P<name>.*) \[(?P<kinds>.*?)\](?P<parts>.*)")


def drafts() -> dict[str, str]:
    """The stored parses by the name of their case."""
    found: dict[str, str] = {}
    for piece in PARSES.split("# newdoc id = ")[1:]:
        name, _, rows = piece.partition("\n")
        found[name] = rows
    return found


DRAFTS = drafts()


def span_of(words: str, sentence: Sentence, draft: Draft) -> Span:
    """Where the words stand in the sentence, or from it on."""
    found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(draft.text, sentence.start)
    assert found is not None, words
    return Span(*found.span())


def attribution(number: int, match: re.Match[str], sentence: Sentence, draft: Draft) -> Attribution:
    """The attribution that a comment of the case describes."""
    parts = dict(part.split(" = ", 1) for part in match["parts"].split(" | ")[1:])
    content = parts.get("content", "").strip()
    cue = parts.get("cue", "").strip()
    where = content[:1] in "“" and content
    start = draft.text.index(content) if content else 0
    spans = (Span(start, start + len(content)),) if content else ()
    if where:
        manner = Manner.DIRECT
    else:
        manner = Manner.MIXED if "“" in content else Manner.INDIRECT
    cue_at = draft.text.rindex(cue, sentence.start, sentence.end) if cue else 0
    return Attribution(
        id=f"a{number}",
        sentence=sentence.id,
        cue=Cue((Span(cue_at, cue_at + len(cue)),) if cue else (), cue, cue),
        source=SourceMention((span_of(match["words"], sentence, draft),), match["words"], SourceKind.NONE),
        content=Content(spans, content),
        manner=manner,
        attitude=Attitude.ASSERTION,
        tone=Tone.NEUTRAL,
        negated=False,
        parent=None,
        frame="test",
    )


@pytest.mark.parametrize("case", DRAFTS)
def test_who_is_meant(case: str) -> None:
    lexicon = load_lexicon()
    draft, sentences = read_conllu(DRAFTS[case])
    quotations, _ = find_quotations(draft)
    comments = [
        [match for line in piece.splitlines() if (match := SOURCE.match(line))]
        for piece in DRAFTS[case].strip().split("\n\n")
    ]
    wanted: list[re.Match[str]] = []
    attributions = []
    for sentence, matches in zip(sentences, comments, strict=True):
        for match in matches:
            wanted.append(match)
            attributions.append(attribution(len(wanted), match, sentence, draft))
    doc = Doc(draft, with_names(sentences, lexicon))
    found, ledger = resolve_sources(doc, quotations, attributions, lexicon)
    names = {entity.id: entity.name for entity in ledger}
    for match, one in zip(wanted, found, strict=True):
        said = [names[entity] for entity in (one.source.entity, *one.source.also) if entity is not None]
        assert " + ".join(said) == match["name"].replace("-", "" if match["name"] == "-" else "-"), match["words"]
        assert one.source.kind.value in match["kinds"].split("|"), match["words"]


def test_a_modal_stays_a_modal() -> None:
    _, sentences = read_conllu(DRAFTS["modal-questions"])
    assert with_names(sentences, load_lexicon()) == sentences
