from __future__ import annotations

import pytest
from rich.cells import cell_len

from attribution.parsing import Tree, read_conllu
from attribution.records import Analysis, Sentence, Summary, VoiceCounts
from attribution.reporting.look import look_for
from attribution.reporting.tree import branches, tree_text

PLAIN = """\
1	Officials	official	NOUN	NNS	_	2	nsubj	_	_
2	said	say	VERB	VBD	_	0	root	_	_
3	the	the	DET	DT	_	4	det	_	_
4	pier	pier	NOUN	NN	_	6	nsubj	_	_
5	was	be	AUX	VBD	_	6	cop	_	_
6	safe	safe	ADJ	JJ	_	2	ccomp	_	SpaceAfter=No
7	.	.	PUNCT	.	_	2	punct	_	_

"""
CROSSING = """\
1	A	a	DET	DT	_	2	det	_	_
2	vote	vote	NOUN	NN	_	4	nsubj:pass	_	_
3	was	be	AUX	VBD	_	4	aux:pass	_	_
4	held	hold	VERB	VBN	_	0	root	_	_
5	on	on	ADP	IN	_	7	case	_	_
6	the	the	DET	DT	_	7	det	_	_
7	pier	pier	NOUN	NN	_	2	nmod	_	SpaceAfter=No
8	.	.	PUNCT	.	_	4	punct	_	_

"""
SINGLE = "1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n\n"
TWO_ROOTS = """\
1	Yes	yes	INTJ	UH	_	0	root	_	_
2	she	she	PRON	PRP	_	3	nsubj	_	_
3	said	say	VERB	VBD	_	0	root	_	_

"""


def drawn(conllu: str, encoding: str = "utf-8") -> list[str]:
    (sentence,) = read_conllu(conllu)[1]
    lines = branches(Tree(sentence), look_for(encoding))
    return [line + token.text for line, token in zip(lines, sentence.tokens, strict=True)]


def analysis_of(*sentences: Sentence, text: str) -> Analysis:
    draft = read_conllu(PLAIN, text)[0]
    return Analysis(
        draft, "given", sentences, (), (), (), (), (), (), Summary(1, 0, VoiceCounts(), None, None, 0, 0), ()
    )


def test_projective_tree() -> None:
    assert drawn(PLAIN) == [
        "╭─ Officials",
        "┤ said",
        "│   ╭─ the",
        "│ ╭─╯ pier",
        "│ ├─ was",
        "├─╯ safe",
        "╰─ .",
    ]


def test_crossing_arcs_are_drawn_through_each_other() -> None:
    assert drawn(CROSSING) == [
        "  ╭─ A",
        "╭─┤ vote",
        "├─┼ was",
        "┼─┼ held",
        "│ │ ╭─ on",
        "│ │ ├─ the",
        "│ ╰─╯ pier",
        "╰─ .",
    ]


def test_ascii_tree() -> None:
    assert drawn(PLAIN, "ascii") == [
        ",- Officials",
        "| said",
        "|   ,- the",
        "| ,-' pier",
        "| |- was",
        "|-' safe",
        "`- .",
    ]


def test_odd_trees() -> None:
    assert drawn(SINGLE) == ["─ Yes"]
    assert drawn(TWO_ROOTS) == ["─ Yes", "╭─ she", "╯ said"]


def test_tree_of_one_sentence_with_what_was_found(sample: Analysis) -> None:
    shown = tree_text(sample, sentence=8)
    assert shown == (
        "s8  harbour.txt ────────────────────────────────────────────────────────────────\n"
        "{She} _has been accused of_ {ignoring warnings}.\n"
        "\n"
        "╮ She         root  X  content a6\n"
        "├─ has        dep   X  cue a6\n"
        "├─ been       dep   X  cue a6\n"
        "├─ accused    dep   X  cue a6\n"
        "├─ of         dep   X  cue a6\n"
        "├─ ignoring   dep   X  content a6\n"
        "╰─ warnings.  dep   X  content a6\n"
        "\n"
        "a6 has been accused of (passive, report, assertion, indirect, loaded,\n"
        "probability 0.91) ← (agentless, the passive has no “by”): She … ignoring\n"
        "warnings\n"
        "c8 claim, hearsay: She has been accused of ignoring warnings (sourcing 0.08,\n"
        "certainty 1.00)\n"
    )


def test_explain_lists_the_features_that_decided(sample: Analysis) -> None:
    shown = tree_text(sample, sentence=8, explain=True)
    assert "   +1.50 frame:passive\n   −0.25 bias\n" in shown


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_every_sentence_fits(sample: Analysis, width: int, encoding: str) -> None:
    shown = tree_text(sample, width=width, explain=True, encoding=encoding)
    assert all(f"s{number}  harbour.txt" in shown for number in range(1, 10))
    assert max(map(cell_len, shown.splitlines())) <= width
    assert encoding != "ascii" or shown.isascii()


def test_missing_sentence(sample: Analysis) -> None:
    with pytest.raises(IndexError, match="no sentence 10"):
        tree_text(sample, sentence=10)


def test_the_tree_shows_what_kind_of_evidence_each_attribution_is(unclear: Analysis) -> None:
    assert "a2 backs (ccomp, stance, intention, indirect, neutral, probability 0.91)" in tree_text(unclear, sentence=3)
    assert "c4 claim, unclear: We were never asked" in tree_text(unclear, sentence=4)
