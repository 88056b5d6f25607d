"""Who is who in small drafts: names that parsers take apart, roles, pronouns, groups, crowds.

``parses/identity.conllu`` holds one draft a case, as the embedded model parsed it. In it ``# source = WORDS => NAME
[KIND]`` gives a source of the sentence and who it is; ``NAME`` is ``-`` where nobody is meant, and two names joined by
``+`` for two people. ``content`` are the words it is the source of, ``cue`` a word of the cue.
"""

from __future__ import annotations

import re

import pytest
from parsed_drafts import ParsedDraft, attributed, rows_of

from attribution.extraction.mentions import find_mentions
from attribution.extraction.quotations import find_quotations
from attribution.extraction.retagging import mended
from attribution.extraction.sources import discourse_of, resolve_sources
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc, read_conllu

DRAFTS = rows_of("identity.conllu")
SOURCE = re.compile(r"# source = (?P<words>.*) => (?P<name>.*) \[(?P<kinds>.*?)\](?P<parts>.*)")


@pytest.mark.parametrize("case", DRAFTS)
def test_who_is_meant(case: str) -> None:
    lexicon = load_lexicon()
    draft = ParsedDraft(DRAFTS[case])
    wanted, attributions = [], []
    for sentence, rows in zip(draft.sentences, DRAFTS[case].strip().split("\n\n"), strict=True):
        for match in filter(None, map(SOURCE.match, rows.splitlines())):
            parts = {
                key: value.strip() for key, _, value in (part.partition(" = ") for part in match["parts"].split(" | "))
            }
            wanted.append(match)
            attributions.append(
                attributed(
                    len(wanted), draft.draft, sentence, match["words"], parts.get("content", ""), parts.get("cue", "")
                )
            )
    quotations, _ = find_quotations(draft.draft)
    doc = Doc(draft.draft, mended(draft.sentences, lexicon))
    found, ledger = resolve_sources(discourse_of(doc, quotations, attributions, lexicon))
    names = {entity.id: entity.name for entity in ledger}
    for match, attribution in zip(wanted, found, strict=True):
        said = [names[entity] for entity in (attribution.source.entity, *attribution.source.also) if entity is not None]
        assert (" + ".join(said) or "-") == match["name"], match["words"]
        assert attribution.source.kind.value in match["kinds"].split("|"), match["words"]


def test_a_modal_stays_a_modal() -> None:
    draft = ParsedDraft(DRAFTS["modal-questions"])
    assert tuple(tree.sentence for tree in mended(draft.sentences, load_lexicon())) == draft.sentences


def test_an_outlet_keeps_a_first_word_that_was_tagged_as_an_adjective() -> None:
    rows = """
1	The	the	DET	DT	_	3	det	_	_
2	Associated	associated	ADJ	JJ	_	3	amod	_	_
3	Press	Press	PROPN	NNP	_	4	nsubj	_	_
4	left	leave	VERB	VBD	_	0	root	_	_
"""
    draft, sentences = read_conllu(rows.strip() + "\n\n")
    (mention,) = find_mentions(Doc.of_sentences(draft, sentences), (), load_lexicon())
    assert mention.name is not None
    assert (mention.being, mention.name.text) == ("outlet", "Associated Press")
