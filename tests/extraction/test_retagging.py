"""Words that were tagged or attached wrongly are mended before anything is read from the tree.

``retagging.conllu`` says beside each parse where a word must be attached afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_drafts import PARSES, ParsedDraft, comments_of, rows_of
from stored_drafts import drafts_of, files

from attribution.extraction.retagging import mended
from attribution.lexicon import load_lexicon
from attribution.parsing import read_conllu
from attribution.records import Sentence, Token

IDENTITY, SIEVES = rows_of("identity.conllu"), rows_of("sieves.conllu")

LEXICON = load_lexicon()

ATTACHED = [comments["attached"].split(" | ") for comments in map(dict, comments_of("retagging.conllu"))]


def mended_sentences(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [tree.sentence for tree in mended(sentences, LEXICON)]


@pytest.mark.parametrize(("number", "attached"), enumerate(ATTACHED), ids=lambda value: str(value))
def test_a_word_is_attached(number: int, attached: list[str]) -> None:
    _, sentences = read_conllu((PARSES / "retagging.conllu").read_text(encoding="utf-8"))
    tree = mended(sentences, LEXICON)[number]
    word, head, relation = attached
    token = next(token for token in tree.tokens if token.text == word)
    assert (tree.tokens[token.head].text, token.relation) == (head, relation)


@pytest.mark.parametrize("relation", ["obj", "obl:unmarked"])
def test_a_noun_with_a_measure_before_its_speaker_is_a_verb(relation: str) -> None:
    _, sentences = read_conllu(
        f"""
1	The	the	DET	DT	_	2	det	_	_
2	seal	seal	NOUN	NN	_	3	nsubj	_	_
3	weighs	weigh	NOUN	NNS	_	9	ccomp	_	_
4	ninety	ninety	NUM	CD	_	5	nummod	_	_
5	kilos	kilo	NOUN	NNS	_	3	{relation}	_	SpaceAfter=No
6	,	,	PUNCT	,	_	3	punct	_	_
7	the	the	DET	DT	_	8	det	_	_
8	aquarium	aquarium	NOUN	NN	_	9	nsubj	_	_
9	said	say	VERB	VBD	_	0	root	_	SpaceAfter=No
10	.	.	PUNCT	.	_	9	punct	_	_

""".lstrip()
    )
    (repaired,) = mended_sentences(sentences)
    assert (repaired.tokens[2].upos, repaired.tokens[2].xpos) == ("VERB", "VBZ")


def test_a_noun_with_an_object_is_a_gerund() -> None:
    _, sentences = read_conllu(
        """
1	Firms	firm	NOUN	NNS	_	3	nsubj:pass	_	_
2	were	be	AUX	VBD	_	3	aux:pass	_	_
3	accused	accuse	VERB	VBN	_	0	root	_	_
4	of	of	ADP	IN	_	5	mark	_	_
5	claiming	claiming	NOUN	NN	_	3	advcl	_	_
6	waste	waste	NOUN	NN	_	5	obj	_	_

""".lstrip()
    )
    (repaired,) = mended_sentences(sentences)
    assert (repaired.tokens[4].upos, repaired.tokens[4].xpos, repaired.tokens[4].lemma) == ("VERB", "VBG", "claim")


def test_a_role_before_its_name_is_a_noun() -> None:
    _, sentences = read_conllu(
        """
1	According	accord	VERB	VBG	_	3	case	_	_
2	to	to	ADP	IN	_	1	fixed	_	_
3	coach	coach	VERB	VB	_	7	obl	_	_
4	Irma	Irma	PROPN	NNP	_	3	flat	_	_
5	,	,	PUNCT	,	_	3	punct	_	_
6	boats	boat	NOUN	NNS	_	7	nsubj	_	_
7	leak	leak	VERB	VBP	_	0	root	_	_

""".lstrip()
    )
    (repaired,) = mended_sentences(sentences)
    assert (repaired.tokens[2].upos, repaired.tokens[2].xpos) == ("NOUN", "NN")


def test_names_that_look_like_words_head_their_names() -> None:
    draft = ParsedDraft(IDENTITY["modal-names"])
    tree = mended(draft.sentences, LEXICON)[0]
    may, reed = tree.tokens[0], tree.tokens[1]
    assert (may.upos, may.xpos, may.relation, may.head) == ("PROPN", "NNP", "nsubj", 2)
    assert (reed.relation, reed.head) == ("flat", 0)
    assert is_tree(tree.sentence)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_what_is_mended_is_a_tree(path: Path) -> None:
    for _, _, sentences in drafts_of(path):
        assert all(map(is_tree, mended_sentences(sentences)))


WORDS = "The Port bridge officials said say , “ that according when 's Lind mind but spend".split()
TAGS = (
    "VERB/VBD VERB/VB VERB/VBN VERB/VBG NOUN/NN NOUN/NNS PROPN/NNP PRON/WDT ADJ/JJ PUNCT/, PART/POS SCONJ/IN ADV/RB "
    "NUM/CD"
).split()
RELATIONS = (
    "nsubj obj obl ccomp xcomp advcl acl acl:relcl conj cc parataxis compound appos case mark advmod punct nummod "
    "csubj:pass flat iobj vocative"
).split()


@st.composite
def random_trees(draw: st.DrawFn) -> Sentence:
    """Any tree of a few words that the repairs look for, with any tags and relations."""
    size = draw(st.integers(2, 12))
    order = draw(st.permutations(range(size)))
    tokens: list[Token] = []
    for index in range(size):
        place = order.index(index)
        head = -1 if not place else order[draw(st.integers(0, place - 1))]
        upos, xpos = draw(st.sampled_from(TAGS)).split("/")
        word, relation = draw(st.sampled_from(WORDS)), draw(st.sampled_from(RELATIONS)) if place else "root"
        start = 10 * index
        tokens.append(Token(index, word, start, start + len(word), word.lower(), upos, xpos, head, relation))
    text = "".join(token.text.ljust(10) for token in tokens).rstrip()
    return Sentence("s1", 0, len(text), text, 0, tuple(tokens))


@given(random_trees())
@settings(max_examples=300, deadline=None)
def test_a_tree_stays_a_tree_whatever_is_mended(sentence: Sentence) -> None:
    assert is_tree(sentence)
    assert all(map(is_tree, mended_sentences([sentence])))


def is_tree(sentence: Sentence) -> bool:
    """Whether one word has no head, and all others come to it."""
    heads = [token.head for token in sentence.tokens]
    for index in range(len(heads)):
        steps = 0
        while index >= 0 and steps <= len(heads):
            index, steps = heads[index], steps + 1
        if index >= 0:
            return False
    return heads.count(-1) == 1


def test_a_verb_that_is_a_name_gives_its_place_to_the_real_one() -> None:
    draft = ParsedDraft(IDENTITY["word-names"])
    tree = mended(draft.sentences, LEXICON)[0]
    assert tree.tokens[tree.root].text == "said"
    assert [tree.tokens[child].text for child in tree.children(tree.root, "nsubj")] == ["Hope"]


def test_a_capital_adverb_on_a_verb_without_a_subject_is_its_subject() -> None:
    draft = ParsedDraft(IDENTITY["capital-adverbs"])
    for tree in mended(draft.sentences, LEXICON):
        (says,) = [index for index, form in enumerate(tree.forms) if form == "says"]
        (subject,) = tree.children(says, "nsubj")
        assert (tree.tokens[subject].text, tree.tokens[subject].upos) == ("Early", "PROPN")


def test_an_adjective_with_a_clause_as_its_object_is_a_participle() -> None:
    draft = ParsedDraft(IDENTITY["adjective-participle"])
    tree = mended(draft.sentences, LEXICON)[0]
    (boasting,) = [token for token in tree.tokens if token.text == "boasting"]
    assert (boasting.upos, boasting.xpos, boasting.relation) == ("VERB", "VBG", "advcl")


def test_a_day_is_no_part_of_the_name_after_it() -> None:
    draft = ParsedDraft(SIEVES["day-and-name"])
    trees = mended(draft.sentences, LEXICON)
    norland, kern = trees[0].tokens[2], trees[1].tokens[2]
    assert (norland.relation, trees[0].tokens[norland.head].text) == ("nmod:poss", "company")
    assert (kern.relation, trees[1].tokens[kern.head].text) == ("nsubj", "said")
    assert trees[2].tokens == draft.sentences[2].tokens
    assert trees[3].tokens == draft.sentences[3].tokens


TAGGED = {
    "a bare form before speakers is finite": (
        """
1	It	it	PRON	PRP	_	3	nsubj	_	_
2	is	be	AUX	VBZ	_	3	cop	_	_
3	safe	safe	ADJ	JJ	_	0	root	_	SpaceAfter=No
4	,	,	PUNCT	,	_	5	punct	_	_
5	say	say	VERB	VB	_	3	parataxis	_	_
6	officials	official	NOUN	NNS	_	5	obj	_	_
""",
        "say VERB VBP",
    ),
    "an infinitive keeps its object": (
        """
1	Please	please	INTJ	UH	_	3	discourse	_	SpaceAfter=No
2	,	,	PUNCT	,	_	3	punct	_	_
3	say	say	VERB	VB	_	0	root	_	_
4	something	something	PRON	NN	_	3	obj	_	_
""",
        "say VERB VB",
    ),
    "a noun with a subject and an object is a verb": (
        """
1	Police	police	NOUN	NNS	_	2	nsubj	_	_
2	promise	promise	NOUN	NN	_	0	root	_	_
3	action	action	NOUN	NN	_	2	obj	_	_
""",
        "promise VERB VBP",
    ),
    "a noun with a subject and a modifier is none": (
        """
1	Police	police	NOUN	NNS	_	2	nsubj	_	_
2	promise	promise	NOUN	NN	_	0	root	_	_
3	action	action	NOUN	NN	_	2	nmod	_	_
""",
        "promise NOUN NN",
    ),
    "a common noun that opens a sentence is no name": (
        """
1	Port	Port	PROPN	NNP	_	2	compound	_	_
2	officials	official	NOUN	NNS	_	3	nsubj	_	_
3	left	leave	VERB	VBD	_	0	root	_	_
""",
        "Port NOUN NN",
    ),
    "a name that opens a sentence is one": (
        """
1	Tolva	Tolva	PROPN	NNP	_	2	compound	_	_
2	officials	official	NOUN	NNS	_	3	nsubj	_	_
3	left	leave	VERB	VBD	_	0	root	_	_
""",
        "Tolva PROPN NNP",
    ),
    "a plural behind its subject is a verb": (
        """
1	The	the	DET	DT	_	3	det	_	_
2	roof	roof	NOUN	NN	_	3	nsubj	_	_
3	leaks	leak	NOUN	NNS	_	0	root	_	SpaceAfter=No
4	.	.	PUNCT	.	_	3	punct	_	_
""",
        "leaks VERB VBZ",
    ),
    "a passive of a verb that takes a clause by itself stays one": (
        """
1	It	it	PRON	PRP	_	3	nsubj:pass	_	_
2	was	be	AUX	VBD	_	3	aux:pass	_	_
3	determined	determine	VERB	VBN	_	0	root	_	_
4	that	that	SCONJ	IN	_	6	mark	_	_
5	nobody	nobody	PRON	NN	_	6	nsubj	_	_
6	slept	sleep	VERB	VBD	_	3	ccomp	_	SpaceAfter=No
7	.	.	PUNCT	.	_	3	punct	_	_
""",
        "determined VERB VBN",
    ),
}
"""Sentences, and a word of each with its tags once it is mended."""


@pytest.mark.parametrize(("rows", "wanted"), TAGGED.values(), ids=TAGGED.keys())
def test_a_word_is_tagged(rows: str, wanted: str) -> None:
    _, sentences = read_conllu(rows.strip() + "\n\n")
    word, upos, xpos = wanted.split()
    token = next(token for token in mended(sentences, LEXICON)[0].tokens if token.text == word)
    assert (token.upos, token.xpos) == (upos, xpos)
