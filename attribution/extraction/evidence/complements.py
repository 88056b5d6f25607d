"""How the content of an attribution depends on its cue."""

from __future__ import annotations

from collections.abc import Iterable

from attribution import grammar
from attribution.extraction.candidates import CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.found import Found
from attribution.extraction.repairs.stretches import quoted_runs

NOT_AROUND = grammar.OCCASIONS | {"than"}
"""Words that open a clause of speech inside what it does not report (*fell when he spoke*, *deeper than he says*)."""

CLAUSAL_RELATIONS = frozenset({"ccomp", "parataxis", "csubj", "acl", "advcl", "conj", "root", "xcomp", "dep"})


def complements_of(found: Found) -> Iterable[str]:
    """The ways in which the content depends on the cue."""
    context, roles, head = found.context, found.roles, found.candidate.head
    tree = context.tree
    within = tree.words_in(found.content)
    content = roles.content or within
    spoken = content | within
    runs = [range(first, last + 1) for first, last in quoted_runs(context) if not first <= head <= last]
    beyond = any(not span.overlaps(context.sentence.span) for span in found.content)
    if beyond:
        yield "beyond"
    if beyond or any(spoken.intersection(run) for run in runs):
        yield "quotation"
    if grammar.predicate_of_object(tree, head) in content:
        yield "predicate"
    for index in content:
        # has been accused in the past of closing stores: wherever it is attached
        if tree.forms[index] in {"of", "for"} and index > head and _is_gerund(context, index + 1):
            yield f"gerund:{tree.forms[index]}"
    above = frozenset(tree.ancestors(head))
    for top in sorted(content):
        if tree.head(top) in content or context.tokens[top].upos == "PUNCT":
            continue
        if tree.matches(top, "obl", "xcomp", "nmod") and _is_figure(context, top):
            yield "figure"
        if top in above:
            inside = (
                _is_relative(found)
                or (tree.matches(head, "advcl") and tree.has_child(head, "obj"))
                or grammar.opens_with(tree, head, NOT_AROUND)
            )
            aim = found.candidate.kind is CandidateKind.NOUN and grammar.is_infinitive(tree, top)
            yield "around" if grammar.is_finite(tree, top) and not inside and not aim else "above"
        else:
            for clause in tree.children(top, "acl"):
                if top > head and tree.matches(top, "obj") and context.tokens[clause].xpos == "VBG":
                    yield f"gerund:{context.preposition(clause)}"  # accused the referee of taking bribes
            name = _complement(context, top)
            # He was dubbed a hero: what looks like an object is a predicate.
            yield "predicate" if name == "object" and context.is_passive(head) else name
    for time in tree.children(head, "obl") if context.is_passive(head) else ():
        for clause in tree.children(time, "acl"):
            if time > head and context.tokens[clause].xpos == "VBG":
                yield f"gerund:{context.preposition(clause)}"  # was accused on Tuesday of taking bribes


def _is_figure(context: SentenceContext, top: int) -> bool:
    """Whether a phrase is a number (*at 300*, *at two million dollars*)."""
    return any(context.tokens[index].upos == "NUM" for index in (top, *context.tree.children(top, "nummod")))


def _is_gerund(context: SentenceContext, index: int) -> bool:
    return index < len(context) and context.tokens[index].xpos == "VBG"


def _is_relative(found: Found) -> bool:
    """Whether the cue's clause modifies a noun (*the recovery we had hoped for*) and is not set off by a comma."""
    tree, head = found.context.tree, found.candidate.head
    if not tree.matches(head, "acl"):
        return False
    first = min(found.roles.source, default=head)
    return first == 0 or tree.tokens[first - 1].text != "," or tree.tokens[first].xpos in grammar.WH_TAGS


def _complement(context: SentenceContext, top: int) -> str:
    """How one phrase of the content depends on the cue."""
    tree = context.tree
    relation = tree.relations[top][1]
    marks = [context.lemma(mark) for mark in tree.children(top, "mark", "case")]
    if relation in CLAUSAL_RELATIONS and grammar.is_pied_piped(tree, top):
        return "relative"
    if relation in CLAUSAL_RELATIONS and grammar.is_embedded_question(tree, top):
        return "question"
    if relation in CLAUSAL_RELATIONS and grammar.is_finite(tree, top):
        adverbial = relation == "advcl" and not {"that", "whether", "like"}.intersection(marks)
        return "adverbial" if adverbial and marks else "clause"
    if relation == "ccomp" and any(context.tokens[index].xpos in grammar.FINITE_TAGS for index in tree.subtree(top)):
        return "clause"  # The seal weighs forty kilos, the zoo said: the parser may put the verb into a noun phrase
    if relation == "ccomp" and "that" in marks and grammar.subject(tree, top) is not None:
        return "clause"  # demanded that it be closed
    if "as" in marks or "as" in {context.lemma(child) for child in tree.children(top, "advmod") if child < top}:
        return "as"
    if relation in CLAUSAL_RELATIONS:
        if "to" in marks and (context.tokens[top].xpos != "VBG" or tree.has_child(top, "aux")):
            return "infinitive"  # also of the progressive: to be considering an offer
        if context.tokens[top].xpos == "VBG":
            if relation == "xcomp" and not marks and grammar.has_agent(tree, tree.tokens[top].head):
                return "predicate"  # was reported missing
            return f"gerund:{marks[0]}" if marks else "gerund"
        if any(context.tokens[verb].xpos == "VBG" for verb in tree.children(top, "cop")):
            return "gerund"  # denies being rude
        return "predicate" if relation == "xcomp" else relation
    if relation in {"obl", "nmod"}:
        return f"prep:{opening_preposition(context, top)}"
    return {"obj": "object", "iobj": "object", "nsubj": "subject"}.get(relation, relation)


def opening_preposition(context: SentenceContext, phrase: int) -> str:
    """The preposition of a phrase, also where it is attached to a later conjunct."""
    preposition = context.preposition(phrase)
    first = context.tokens[context.tree.subtree(phrase)[0]]
    return first.lemma.lower() if preposition == "-" and first.upos == "ADP" else preposition
