"""Each repair alone, on the parse of its own example: ``repairs.conllu`` has the roles before and after it.

Roles are one letter a token: k (cue), s (source), c (content), o (other), or a full stop for none.
"""

from __future__ import annotations

from functools import cache

import pytest
from parsed_drafts import PARSES, comments_of

from attribution.extraction.candidates import Candidate, find_candidates
from attribution.extraction.context import SentenceContext, contexts_of
from attribution.extraction.quotation_kinds import QuotationKind, judge_quotations
from attribution.extraction.quotations import find_quotations
from attribution.extraction.repairs import BY_QUOTATION, REPAIRS, repair
from attribution.extraction.repairs.pattern import Case, Repair
from attribution.extraction.repairs.stretches import is_set_off, quoted_runs
from attribution.extraction.roles import Roles
from attribution.extraction.span_index import SpanIndex
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc, read_conllu


@cache
def examples() -> dict[str, dict[str, str]]:
    """The comments beside each example parse, by the name of the repair."""
    return {comments["repair"]: comments for comments in map(dict, comments_of("repairs.conllu"))}


@cache
def contexts() -> dict[str, SentenceContext]:
    draft, sentences = read_conllu((PARSES / "repairs.conllu").read_text(encoding="utf-8"))
    doc = Doc.of_sentences(draft, sentences)
    quotations, problems = find_quotations(draft)
    assert not problems
    kinds = judge_quotations(doc, quotations, load_lexicon())
    titles = [quotation.span for quotation in quotations if kinds[quotation.id].kind is QuotationKind.TITLE]
    parts = SpanIndex((part, part) for quotation in quotations for part in quotation.parts)
    return {context.sentence.id: context for context in contexts_of(doc, parts, titles)}


def case_of(name: str) -> Case:
    """The case of a repair's example, looking at its first quoted run if it has one."""
    comments, lexicon = examples()[name], load_lexicon()
    context = contexts()[comments["sent_id"]]
    candidate: Candidate = next(
        candidate
        for candidate in find_candidates(context, lexicon)
        if context.tokens[candidate.head].text == comments["cue"]
    )
    return Case(context, candidate, lexicon, next(iter(quoted_runs(context)), (0, 0)))


def roles_of(letters: str) -> Roles:
    places: dict[str, set[int]] = {letter: set() for letter in "ksco."}
    for index, letter in enumerate(letters.split()):
        places[letter].add(index)
    return Roles(*(frozenset(places[letter]) for letter in "ksco"))


@pytest.mark.parametrize("pattern", REPAIRS, ids=lambda pattern: pattern.name)
def test_the_repair_mends_its_own_example(pattern: Repair) -> None:
    comments, case = examples()[pattern.name], case_of(pattern.name)
    assert pattern.apply(case, roles_of(comments["before"])) == roles_of(comments["after"])


@pytest.mark.parametrize("pattern", REPAIRS, ids=lambda pattern: pattern.name)
def test_the_example_parse_is_that_of_the_sentence_and_cue_of_the_repair(pattern: Repair) -> None:
    case = case_of(pattern.name)
    assert case.context.sentence.text == pattern.example
    assert case.candidate.kind in pattern.kinds


@pytest.mark.parametrize("pattern", REPAIRS, ids=lambda pattern: pattern.name)
def test_what_a_repair_leaves_needs_no_more_of_it(pattern: Repair) -> None:
    after = roles_of(examples()[pattern.name]["after"])
    assert (pattern.apply(case_of(pattern.name), after) or after) == after


@pytest.mark.parametrize("name", [pattern.name for pattern in REPAIRS])
def test_all_repairs_together_leave_the_example_as_its_own_repair_does(name: str) -> None:
    comments, case = examples()[name], case_of(name)
    repaired = repair(case.context, case.candidate, roles_of(comments["before"]), case.lexicon)
    after = roles_of(comments["after"])
    assert (repaired.source, repaired.content) == (after.source, after.content)


def test_every_repair_is_described_and_named_once() -> None:
    names = [pattern.name for pattern in REPAIRS]
    assert len(names) == len(set(names))
    assert set(names) == set(examples())
    assert all(pattern.description for pattern in REPAIRS)


def test_only_repairs_by_quotation_look_at_a_run() -> None:
    lexicon = load_lexicon()
    for pattern in set(REPAIRS) - set(BY_QUOTATION):
        case = case_of(pattern.name)
        moved = Case(case.context, case.candidate, lexicon, (1, 2))
        before = roles_of(examples()[pattern.name]["before"])
        assert pattern.apply(moved, before) == pattern.apply(case, before)


def repaired(rows: str, head: int, before: Roles) -> Roles:
    """The roles of the candidate with a head in a sentence of its own, after all repairs."""
    draft, sentences = read_conllu(rows.strip() + "\n\n")
    (context,) = contexts_of(Doc.of_sentences(draft, sentences), SpanIndex(()))
    lexicon = load_lexicon()
    candidate = next(found for found in find_candidates(context, lexicon) if found.head == head)
    return repair(context, candidate, before, lexicon)


def test_a_word_that_fills_the_place_of_a_subject_is_no_source() -> None:
    rows = """
1	It	it	PRON	PRP	_	2	expl	_	_
2	seems	seem	VERB	VBZ	_	0	root	_	_
3	that	that	SCONJ	IN	_	5	mark	_	_
4	Lind	Lind	PROPN	NNP	_	5	nsubj	_	_
5	left	leave	VERB	VBD	_	2	ccomp	_	_
"""
    before = Roles(frozenset({1}), frozenset({0}), frozenset({2, 3, 4}), frozenset())
    assert repaired(rows, 1, before).source == frozenset()


@pytest.mark.parametrize(
    ("modifier", "source"),
    [("two\ttwo\tNUM\tCD\t_\t6\tnummod", set()), ("court\tcourt\tNOUN\tNN\t_\t6\tcompound", {4, 5})],
)
def test_papers_without_a_name_are_no_source(modifier: str, source: set[int]) -> None:
    """The dam was described in *two* papers as unsafe; in *court* papers."""
    rows = f"""
1	Dams	dam	NOUN	NNS	_	3	nsubj:pass	_	_
2	are	be	AUX	VBP	_	3	aux:pass	_	_
3	described	describe	VERB	VBN	_	0	root	_	_
4	in	in	ADP	IN	_	6	case	_	_
5	{modifier}	_	_
6	papers	paper	NOUN	NNS	_	3	obl	_	_
7	as	as	ADP	IN	_	8	case	_	_
8	unsafe	unsafe	ADJ	JJ	_	3	obl	_	_
"""
    before = Roles(frozenset({1, 2}), frozenset(), frozenset({0, 6, 7}), frozenset())
    assert repaired(rows, 2, before).source == source


@pytest.mark.parametrize(
    ("participle", "set_off"), [("beating\tbeat\tVERB\tVBG", True), ("sank\tsink\tVERB\tVBD", False)]
)
def test_a_participle_behind_a_preposition_is_part_of_the_name(participle: str, set_off: bool) -> None:
    """“…,” Kern, the winner after *beating* Roth, said; “…,” Kern, a friend until she *sank* Roth, said."""
    draft, sentences = read_conllu(
        f"""
1	Kern	Kern	PROPN	NNP	_	9	nsubj	_	_
2	,	,	PUNCT	,	_	4	punct	_	_
3	the	the	DET	DT	_	4	det	_	_
4	winner	winner	NOUN	NN	_	1	appos	_	_
5	after	after	SCONJ	IN	_	6	mark	_	_
6	{participle}	_	4	acl	_	_
7	Roth	Roth	PROPN	NNP	_	6	obj	_	_
8	,	,	PUNCT	,	_	4	punct	_	_
9	said	say	VERB	VBD	_	0	root	_	_

""".lstrip()
    )
    (context,) = contexts_of(Doc.of_sentences(draft, sentences), SpanIndex(()))
    assert is_set_off(context, 8, range(8)) is set_off
