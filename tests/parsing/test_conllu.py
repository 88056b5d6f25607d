"""CoNLL-U in and out."""

from __future__ import annotations

import pytest

from attribution.parsing import ConlluParser, Tree, read_conllu, write_conllu
from attribution.records import AttribError

CONTRACTION = """\
# newpar
# text = They don't know.
1	They	they	PRON	PRP	_	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	know	know	VERB	VB	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# text = We do.
1	We	we	PRON	PRP	_	2	nsubj	_	_
2	do	do	VERB	VBP	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

# newpar
# text = Good.
1	Good	good	ADJ	JJ	_	0	root	_	SpaceAfter=No
1.1	omitted	omit	VERB	VBN	_	_	_	_	_
2	.	.	PUNCT	.	_	1	punct	_	_
"""


def test_offsets_words_of_contractions_and_paragraphs() -> None:
    draft, sentences = read_conllu(CONTRACTION)
    assert draft.text == "They don't know. We do.\n\nGood."
    assert [(sentence.block, sentence.text) for sentence in sentences] == [
        (0, "They don't know."),
        (0, "We do."),
        (1, "Good."),
    ]
    assert [draft.text[block.span.start : block.span.end] for block in draft.blocks] == [
        "They don't know. We do.",
        "Good.",
    ]
    for sentence in sentences:
        assert all(draft.text[token.start : token.end] == token.text for token in sentence.tokens)
    assert [token.text for token in sentences[0].tokens] == ["They", "do", "n't", "know", "."]


def test_what_is_written_can_be_read_back() -> None:
    draft, sentences = read_conllu(CONTRACTION)
    again, same = read_conllu(write_conllu(sentences))
    assert again.text == draft.text
    assert same == sentences
    assert write_conllu([]) == ""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("1\tGood\tgood\n", "3"),
        ("one\tGood\tgood\tADJ\tJJ\t_\t0\troot\t_\t_\n", "one"),
        ("1\tGood\tgood\tADJ\tJJ\t_\tnone\troot\t_\t_\n", "none"),
        ("1\tGood\tgood\tADJ\tJJ\t_\t7\troot\t_\t_\n", "7"),
        ("1\tGood\tgood\tADJ\tJJ\t_\t1\troot\t_\t_\n", "root"),
        ("2\tGood\tgood\tADJ\tJJ\t_\t0\troot\t_\t_\n", "2"),
    ],
)
def test_wrong_rows_are_one_line_with_place(text: str, wrong: str) -> None:
    with pytest.raises(AttribError) as caught:
        read_conllu("# text = Good\n" + text, "parses.conllu")
    assert str(caught.value).startswith("parses.conllu:2: ")
    assert wrong in str(caught.value)
    assert "\n" not in str(caught.value)


def test_stored_parses_stand_in_for_a_parser() -> None:
    draft, sentences = read_conllu(CONTRACTION, "stored.conllu")
    parser = ConlluParser([(draft, sentences)])
    assert parser.parse([draft]) == [sentences]
    other, _ = read_conllu(CONTRACTION, "other.conllu")
    with pytest.raises(AttribError, match=r"other\.conllu"):
        parser.parse([other])
    assert Tree(sentences[0]).root == 3
