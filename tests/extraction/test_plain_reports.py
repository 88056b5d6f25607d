"""Constructions that are reports whatever the cue model thinks of them."""

from __future__ import annotations

import pytest

from attribution.extraction.candidates import find_candidates
from attribution.extraction.context import contexts_of
from attribution.extraction.plain_reports import is_plain_report
from attribution.extraction.span_index import SpanIndex
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc, read_conllu

AS_CLAUSE = """
1	As	as	SCONJ	IN	_	3	mark	_	_
2	Lind	Lind	PROPN	NNP	_	3	nsubj	_	_
3	{form}	{lemma}	VERB	VBD	_	7	advcl	_	_
4	,	,	PUNCT	,	_	3	punct	_	_
5	the	the	DET	DT	_	6	det	_	_
6	dam	dam	NOUN	NN	_	7	nsubj	_	_
7	leaks	leak	VERB	VBZ	_	0	root	_	_

"""
INVERTED = """
1	{preposition}	{preposition}	ADP	IN	_	3	case	_	_
2	the	the	DET	DT	_	3	det	_	_
3	dead	dead	NOUN	NN	_	5	obl	_	_
4	were	be	AUX	VBD	_	5	aux:pass	_	_
5	said	say	VERB	VBN	_	0	root	_	_
6	to	to	PART	TO	_	8	mark	_	_
7	be	be	AUX	VB	_	8	cop	_	_
8	pupils	pupil	NOUN	NNS	_	5	xcomp	_	_

"""


def is_plain(parse: str, word: str) -> bool:
    draft, sentences = read_conllu(parse.lstrip())
    (context,) = contexts_of(Doc.of_sentences(draft, sentences), SpanIndex(()))
    lexicon = load_lexicon()
    candidates = [found for found in find_candidates(context, lexicon) if context.tokens[found.head].text == word]
    return any(is_plain_report(context, candidate, lexicon) for candidate in candidates)


@pytest.mark.parametrize(("form", "lemma", "plain"), [("revealed", "reveal", True), ("shouted", "shout", False)])
def test_a_clause_with_as_tells_what_came_to_light(form: str, lemma: str, plain: bool) -> None:
    assert is_plain(AS_CLAUSE.format(form=form, lemma=lemma), form) is plain


@pytest.mark.parametrize(("preposition", "plain"), [("Among", True), ("Beside", False)])
def test_a_place_among_others_is_spoken_of(preposition: str, plain: bool) -> None:
    assert is_plain(INVERTED.format(preposition=preposition), "said") is plain
