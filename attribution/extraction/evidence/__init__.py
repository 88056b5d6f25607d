"""The evidence that an attribution gives: a report, a belief, a stance, supposed words, or only an act.

An editor asks who vouches for a sentence. Somebody's words do (*said that*, *accused them of*), and so does a thought
with a clause as its content (*thinks that*). Being for or against something (*backs the plan*) does not, nor does a
deed (*filed a suit*, *was shown a red card*).

``signs.SIGNS`` is the ordered table that decides; it reads the facts collected by ``facts``. Where grammar does not
decide (*the union attacked the plan*), the odds of the cue model tell words from deeds.
"""

from __future__ import annotations

import msgspec

from attribution.extraction.candidates import CandidateKind
from attribution.extraction.evidence.facts import Facts, facts_of
from attribution.extraction.evidence.signs import PREDICATES, SIGNS
from attribution.extraction.evidence.source import source_head
from attribution.extraction.found import Found
from attribution.extraction.people import SPEAKING_SUBJECTS
from attribution.lexicon import Lexicon
from attribution.records import VOUCHING, Attitude, Evidence


class Decision(msgspec.Struct, frozen=True):
    """The evidence of an attribution (None: an act) and the name of the sign that gave it.

    ``further``: inside a report, the attribution is another speaker's report (*BBC said the ministry had told it that
    …*). Conclusions of the outer speaker from results are not, nor are words that nobody said.
    """

    evidence: Evidence | None
    sign: str
    further: bool = False


def evidence_of(found: Found, lexicon: Lexicon) -> Decision:
    """The evidence of an accepted cue: the first sign that holds, else a stance; an unlisted word is an act."""
    facts = facts_of(found, lexicon)
    sign = next((sign for sign in SIGNS if sign.holds(facts)), None)
    if sign is None:
        return Decision(Evidence.STANCE if facts.licensed or facts.likely else None, "otherwise")
    return Decision(sign.evidence, sign.name, sign.evidence in VOUCHING and _is_further_report(found, facts, sign.name))


def _is_further_report(found: Found, facts: Facts, sign: str) -> bool:
    if sign in {"hearsay-phrase", "phrase", "phrase-of-thought", "told-in-court"}:
        return True
    if facts.negated or facts.withheld or (facts.kind is CandidateKind.NOUN and not facts.has("clause")):
        return False
    wishes = facts.attitude == Attitude.INTENTION
    if wishes and (not facts.has("clause") or facts.has("object") or "obliging" in facts.lists):
        return False
    if facts.source == "document" and _is_of_the_speaker(found):
        return False
    if sign == "agentless-judgment":
        told = facts.raising or (facts.has("clause") and facts.attitude == Attitude.ASSERTION)
        return told and not facts.modal and "expecting" not in facts.lists
    if facts.attitude == Attitude.BELIEF and not facts.has("clause", "question", "around", *PREDICATES):
        return False  # her club has backed the sale “from the start”
    if sign == "document-shows":
        return not found.is_quoted
    if facts.source not in SPEAKING_SUBJECTS or (facts.source == "document" and "inference" in facts.lists):
        return False
    if sign in {"clause", "belief-clause", "quotation"}:
        return facts.framed and facts.has("clause", "question", "around", "quotation")
    return sign in {"called-a", "accused-of"}


def _is_of_the_speaker(found: Found) -> bool:
    """Whether the source is the quoted speaker's own document (*“My statements said …,” she said*)."""
    context, source = found.context, source_head(found.context, found.roles.source)
    if source is None or not context.in_quotation[source]:
        return False
    return any(context.lemma(owner) in {"my", "our"} for owner in context.tree.children(source, "nmod:poss"))
