"""Whether the words of a hedge are used as one.

Three questions, in this order: do the words have what their entry needs; do they have the meaning of its category
(possibility, not permission or ability); and does their clause belong to what the sentence claims? A word of doubt in
a condition, in a question or in the description of a kind (*any woman who may have seen it*) hedges nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from attribution import grammar
from attribution.extraction.exceptions import exception_applies
from attribution.extraction.hedge_match import Match, readings_at
from attribution.extraction.hedge_scope import commented_clause, condition_clause, conditioned_claim, number_phrase
from attribution.lexicon import BoosterEntry, Complement, HedgeEntry, Lexicon
from attribution.parsing import Tree
from attribution.records import Attitude, HedgeCategory

SPEAKERS = frozenset({"i", "we"})
PERSONS = frozenset({"i", "we", "you", "he", "she", "they", "who"})
THINGS = frozenset({"it", "this", "that", "these", "which"})
ADDRESSEES = frozenset({"you"})
ANYBODY = frozenset("you we one someone somebody anyone anybody everyone everybody whoever people those nobody".split())
"""Subjects of rules and advice, which apply to nobody in particular."""

FREE_CHOICE = frozenset("any anyone anybody anything every everyone everybody everything each whatever".split())
FUTURE = frozenset({"will", "'ll", "wo", "shall"})

UNCLAIMED = grammar.SUPPOSING | {"than"}
"""Subordinators of clauses that are supposed or compared with, and not claimed."""

CIRCUMSTANCE = frozenset("because when whenever before after as since once so".split())
"""Subordinators of clauses of cause, time and purpose, where modals tell of ability or of anybody's chances."""

WRITERS_OWN = frozenset({"can", "ca", "could", "must", "should"})
"""Modals that make a passive of saying or thinking the writer's own advice."""

PAST_TAGS = frozenset({"VBD"})
PRESENT_TAGS = frozenset({"VBZ", "VBP"})

HIGH = 0.7
"""Lowest strength of a booster that counts before a noun (*irrefutable proof*)."""


def is_used(tree: Tree, match: Match, lexicon: Lexicon) -> bool:
    """Whether the words are used in the way their entry means."""
    if _is_shadowed(tree, match, lexicon):
        return False
    if isinstance(match.entry, BoosterEntry):
        return raises_commitment(tree, match)
    entry, anchor = match.entry, match.anchor(tree)
    return (
        COMPLEMENTS[entry.complement](tree, match)
        and has_subject(tree, anchor, entry, lexicon)
        and has_meaning(tree, match, entry.category, lexicon)
        and (entry.category is HedgeCategory.APPROXIMATOR or bears_on_claim(tree, anchor, entry.category))
    )


def _is_shadowed(tree: Tree, match: Match, lexicon: Lexicon) -> bool:
    """Whether an exception of the lexicon excludes one of the words; *as if* is no exception to *look as if*."""
    return any(
        exception.shadows == "hedge"
        and f" {exception.words} " not in f" {match.entry.words} "
        and exception_applies(tree, index, exception)
        for index in match.indices
        for word in readings_at(tree, index)
        for exception in lexicon.exceptions_of(word)
    )


def raises_commitment(tree: Tree, match: Match) -> bool:
    """A booster may not be negated; a verb must have a finite complement (*proves that*, not *proves difficult*)."""
    first, anchor = match.first, match.anchor(tree)
    if first > 0 and tree.lemmas[first - 1] in ("not", "no", "never", "hardly"):
        return False
    if len(match.indices) > 1:
        return tree.tokens[first].upos != "ADP" or not tree.matches(match.indices[-1], "amod")  # *for certain women*
    match tree.tokens[anchor].upos:
        case "ADV" if tree.matches(anchor, "advmod") and tree.tokens[tree.tokens[anchor].head].upos == "VERB":
            # After the verb it is an adverb of manner: *saw the road clearly*.
            return anchor < tree.tokens[anchor].head or tree.forms[anchor - 1] == ","
        case "ADJ" if tree.matches(anchor, "amod"):
            return match.entry.strength >= HIGH
        case "ADJ":
            return match.entry.strength >= 0.6 or bool(_finite_complements(tree, anchor))
        case "VERB":
            return not grammar.has_negation(tree, anchor) and bool(_finite_complements(tree, anchor))
    return True


# --- What an entry needs ----------------------------------------------------------------------------------------------


def governs_clause(tree: Tree, match: Match) -> bool:
    """Whether a clause depends on the words, comments on a clause, or is what their relative clause is about."""
    anchor = match.anchor(tree)
    return (
        bool(_stated_complements(tree, anchor))
        or _has_small_clause(tree, anchor)
        or _infinitive_follows(tree, match.indices[-1] + 1)
        or commented_clause(tree, anchor) is not None
        or _lacks_its_clause(tree, anchor)
    )


def governs_finite_clause(tree: Tree, match: Match) -> bool:
    """Whether a finite clause depends on one of the words (*no evidence that it leaked*), or they comment on one."""
    return commented_clause(tree, match.anchor(tree)) is not None or any(
        _finite_complements(tree, index) for index in match.indices
    )


def modifies_noun(tree: Tree, match: Match) -> bool:
    """Whether the word precedes its noun and qualifies it."""
    anchor = match.anchor(tree)
    return tree.matches(anchor, "amod") and not _follows_superlative(tree, anchor)


def _follows_superlative(tree: Tree, index: int) -> bool:
    """Whether the word measures: *the highest possible score*."""
    return index > 0 and tree.tokens[index - 1].xpos in ("JJS", "RBS")


def is_said_of_subject(tree: Tree, match: Match) -> bool:
    """Whether the word is, or modifies, what the sentence says of its subject or says to exist.

    *Delays are possible*, *it was a possible cause*, *there is a potential link*; not *they named possible candidates*.
    """
    anchor = match.anchor(tree)
    head = tree.head(anchor)
    if _follows_superlative(tree, anchor):
        return False
    if _stated_complements(tree, anchor) or not tree.matches(anchor, "amod", "advmod"):
        return True
    if head is not None and tree.matches(head, "amod") and tree.tokens[head].upos == "ADJ":
        head = tree.head(head)
    if head is None or tree.tokens[head].upos not in ("NOUN", "PROPN"):
        return head is not None
    while tree.matches(head, "conj"):
        head = tree.tokens[head].head
    governor = tree.head(head)
    if governor is None or tree.children(head, "cop"):
        return True
    # *There is a possible link*; *a possible cause is the valve*.
    equated = tree.children(governor, "cop") and tree.tokens[governor].upos != "ADJ"
    return tree.matches(head, "nsubj") and bool(equated or tree.children(governor, "expl"))


COMPLEMENTS: Mapping[Complement, Callable[[Tree, Match], bool]] = MappingProxyType(
    {
        "any": lambda tree, match: True,
        "clause": governs_clause,
        "that": governs_finite_clause,
        "noun": modifies_noun,
        "predicate": is_said_of_subject,
        "number": lambda tree, match: number_phrase(tree, match.indices) is not None,
    }
)
"""How what an entry needs is found."""


def _stated_complements(tree: Tree, index: int) -> list[int]:
    return [clause for clause in grammar.complements(tree, index) if not grammar.is_embedded_question(tree, clause)]


def _finite_complements(tree: Tree, index: int) -> list[int]:
    return [
        clause
        for clause in _stated_complements(tree, index)
        if grammar.is_finite(tree, clause) and not grammar.is_infinitive(tree, clause)
    ]


def _infinitive_follows(tree: Tree, index: int) -> bool:
    """Whether *to* and a verb follow here, whatever their relation."""
    return index + 1 < len(tree) and tree.forms[index] == "to" and tree.tokens[index + 1].xpos == "VB"


def _has_small_clause(tree: Tree, verb: int) -> bool:
    """Whether an adjective or participle is said of the verb's subject (*presumed dead*, *feared lost*)."""
    if tree.tokens[verb].upos != "VERB" or tree.children(verb, "obj"):
        return False
    return any(
        child > verb and (tree.tokens[child].upos == "ADJ" or tree.tokens[child].xpos == "VBN")
        for child in tree.children(verb, "advmod", "xcomp")
        if not grammar.is_infinitive(tree, child)
    )


def _lacks_its_clause(tree: Tree, verb: int) -> bool:
    """Whether the complement is what the relative clause is about (*the man who they think fled*)."""
    return (
        tree.matches(verb, "acl:relcl")
        and tree.tokens[verb].upos == "VERB"
        and all(tree.tokens[child].xpos in grammar.WH_TAGS for child in tree.children(verb, "obj", "obl"))
        and tree.child(verb, "nsubj") is not None
    )


def has_subject(tree: Tree, verb: int, entry: HedgeEntry, lexicon: Lexicon) -> bool:
    """Whether the verb's subject is of the kind that the entry asks for: the one who speaks, or evidence."""
    if entry.subject == "any":
        return True
    subject = grammar.subject(tree, verb)
    if subject is None:
        subject = grammar.understood_subject(tree, verb)
    if subject is None:
        return False
    if entry.subject == "speaker":  # in the present: what *we thought* may be given up
        return tree.forms[subject] in SPEAKERS and not _has_tag(tree, verb, PAST_TAGS | {"VBN"})
    return _is_evidence(tree, subject, lexicon)


def _is_evidence(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Whether a subject is no person or institution but what points to something: *estimates*, *the marks*, *this*."""
    if tree.tokens[noun].upos != "NOUN":
        return tree.forms[noun] in THINGS
    kinds = {entry.kind for entry in lexicon.source_nouns_of(tree.lemmas[noun])}
    return kinds <= {"document"}


# --- Which reading ----------------------------------------------------------------------------------------------------


def has_meaning(tree: Tree, match: Match, category: HedgeCategory, lexicon: Lexicon) -> bool:
    """Whether the words have the meaning of their category here."""
    match category:
        case HedgeCategory.MODAL:
            return len(match.indices) > 1 or is_possibility(tree, match.first, lexicon)
        case HedgeCategory.AGENTLESS_PASSIVE:
            return is_told_by_nobody(tree, match.anchor(tree))
        case HedgeCategory.CONDITIONAL:
            return restricts_forecast(tree, match)
        case _:
            return True


def is_told_by_nobody(tree: Tree, verb: int) -> bool:
    """Whether the verb is a passive without an agent.

    What *can be said* or *must be assumed* is the writer's own.
    """
    if tree.matches(verb, "amod") or not WRITERS_OWN.isdisjoint(grammar.modals(tree, verb)):
        return False
    return _is_passive(tree, verb) and not grammar.agents(tree, verb)


def _is_passive(tree: Tree, verb: int) -> bool:
    """As in ``grammar``, and in headlines without an auxiliary (*Three feared dead*)."""
    if grammar.is_passive(tree, verb) or _has_small_clause(tree, verb):
        return True
    if tree.tokens[verb].upos == "ADJ":  # *is forecast to rise*
        return bool(tree.children(verb, "cop"))
    auxiliaries = {tree.lemmas[child] for child in tree.children(verb, "aux")}
    is_participle = tree.tokens[verb].xpos == "VBN" and tree.child(verb, "obj") is None
    return is_participle and ("be" in auxiliaries or not auxiliaries)


def is_possibility(tree: Tree, modal: int, lexicon: Lexicon) -> bool:
    """Whether a modal expresses possibility, not permission, ability or duty (Palmer 2001, chapters 2, 3)."""
    verb = tree.head(modal)
    if verb is None or not tree.matches(modal, "aux", "cop") or _is_part_of_name(tree, modal):
        return False
    if "have" in _auxiliaries(tree, verb):
        return not (grammar.is_negated(tree, verb) and tree.forms[modal] == "could")
    match tree.forms[modal]:
        case "may":
            return not gives_leave(tree, verb, lexicon)
        case "could":
            return not grammar.is_negated(tree, verb) and not tells_ability(tree, verb, lexicon)
        case "must":
            return False
    return True


def _is_part_of_name(tree: Tree, index: int) -> bool:
    """Whether a capital in mid-sentence makes the word a part of a name (*Devil May Cry*)."""
    return (
        tree.tokens[index].text.istitle()
        and index > 0
        and tree.tokens[index - 1].upos != "PUNCT"
        and not grammar.is_title_case(tree)
    )


def _auxiliaries(tree: Tree, verb: int) -> set[str]:
    return {tree.lemmas[child] for child in tree.children(verb, "aux", "cop")}


def gives_leave(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether *may* wishes, permits or forbids: *may she rest*, *you may park*, *ruled that they may sell*."""
    if _stands_before_subject(tree, verb):
        return True
    subject = grammar.subject(tree, verb)
    if subject is not None and tree.forms[subject] in ADDRESSEES and "be" not in _auxiliaries(tree, verb):
        return True
    if grammar.is_passive(tree, verb) and (_is_only(tree, verb) or grammar.has_negation(tree, verb)):
        return True
    if _has_oblique(tree, verb, ("under", "by"), lexicon.words_for("statute")):
        return True
    governor = tree.head(verb)
    return governor is not None and tree.matches(verb, "ccomp") and _decrees(tree, governor, lexicon)


def _has_oblique(tree: Tree, verb: int, prepositions: tuple[str, ...], nouns: frozenset[str]) -> bool:
    """Whether a phrase of one of these prepositions and nouns stands with the verb (*under the new law*)."""
    return any(
        tree.lemmas[phrase] in nouns
        and any(tree.lemmas[case] in prepositions for case in tree.children(phrase, "case"))
        for phrase in tree.children(verb, "obl")
    )


def _stands_before_subject(tree: Tree, verb: int) -> bool:
    """Whether the first auxiliary stands before the only subject, as in a wish (*may she rest in peace*)."""
    subjects, auxiliaries = tree.children(verb, "nsubj", "expl"), tree.children(verb, "aux")
    return bool(subjects and auxiliaries) and min(auxiliaries) < min(subjects)


def _is_only(tree: Tree, verb: int) -> bool:
    return any(tree.lemmas[child] == "only" for child in tree.children(verb, "advmod"))


def _decrees(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether the verb decides or rules what is to be, in all its meanings with a clause."""
    clausal = [
        entry for entry in lexicon.verbs_of(tree.lemmas[verb]) if entry.particle is None and "clause" in entry.frames
    ]
    return bool(clausal) and all(entry.attitude is Attitude.INTENTION for entry in clausal)


def tells_ability(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether *could* expresses past ability: in a narrative in the past tense, and not in reported speech."""
    if _has_oblique(tree, verb, ("as", "at", "by", "from", "in"), lexicon.words_for("childhood")):
        return True
    if _senses(tree, verb, lexicon):
        return True
    clause = verb
    while not tree.matches(clause, "acl:relcl", "advcl:relcl"):
        beside = tree.children(clause, "conj", "advcl")
        if any(_has_tag(tree, child, PAST_TAGS) for child in beside):
            return True
        head = tree.head(clause)
        if head is None or _has_tag(tree, head, PRESENT_TAGS):
            return False
        if tree.matches(clause, "acl") or (
            tree.matches(clause, "ccomp", "parataxis") and lexicon.verbs_of(tree.lemmas[head])
        ):
            return False
        if _has_tag(tree, head, PAST_TAGS):
            return True
        clause = head
    return False


def _senses(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether somebody perceives: *she could hear it*, *it could be seen for miles*; not *the coast could see snow*."""
    if tree.lemmas[verb] in lexicon.words_for("sensing"):
        return True
    if tree.lemmas[verb] not in lexicon.words_for("sighting"):
        return False
    subject = grammar.subject(tree, verb)
    return grammar.is_passive(tree, verb) or (subject is not None and tree.forms[subject] in PERSONS)


def _has_tag(tree: Tree, clause: int, tags: frozenset[str]) -> bool:
    return any(tree.tokens[word].xpos in tags for word in (clause, *tree.children(clause, "aux", "cop")))


def restricts_forecast(tree: Tree, match: Match) -> bool:
    """Whether a condition restricts a claim on what will happen (*The pier will reopen if the inspection goes well*).

    Rules and advice (*if you pay late, you will be fined*) claim nothing but the rule, and what only *could* or *would*
    happen is hedged by its modal.
    """
    first = match.first
    if tree.tokens[first].upos == "AUX" and not grammar.is_inverted(tree, first):
        return False
    condition = condition_clause(tree, match)
    claim = conditioned_claim(tree, condition)
    if claim is None:
        return False
    subjects = [grammar.subject(tree, predicate) for predicate in (condition, claim)]
    if any(subject is None or tree.lemmas[subject] in ANYBODY for subject in subjects):
        return False
    return not FUTURE.isdisjoint(grammar.modals(tree, claim))


# --- Whether it bears on what is claimed ------------------------------------------------------------------------------


def bears_on_claim(tree: Tree, index: int, category: HedgeCategory) -> bool:
    """Whether the word's clause is claimed or reported, at every step up to the root."""
    if index in grammar.questions(tree):
        return False
    if category is HedgeCategory.CONDITIONAL:
        return True
    is_modal = category is HedgeCategory.MODAL
    own = tree.head(index) if is_modal else index
    return all(
        _is_claimed(tree, step, has_modal=is_modal and step == own)
        for step in (index, *tree.ancestors(index))
        if not (step == own and _describes(tree, index, step))
    )


def _describes(tree: Tree, word: int, predicate: int) -> bool:
    """Whether the word opens a free relative that names with reserve: *what may be a bomb*, *what appears to be …*.

    Parsers take it for an embedded question.
    """
    named = "be" in _auxiliaries(tree, predicate) or any(
        grammar.is_infinitive(tree, clause) for clause in tree.children(predicate, "xcomp")
    )
    return named and word > 0 and tree.forms[word - 1] == "what"


def _is_claimed(tree: Tree, index: int, has_modal: bool) -> bool:
    """Whether a dependent is claimed or reported along with its head."""
    if tree.matches(index, "acl:relcl"):
        return _adds(tree, index, has_modal)
    if tree.matches(index, "acl", "amod"):
        return not _is_of_any_kind(tree, tree.tokens[index].head)
    if tree.matches(index, "xcomp") and tree.tokens[index].upos == "ADJ":
        # Parsers attach *any plan likely to hurt them* so, too.
        return not any(_is_of_any_kind(tree, noun) for noun in tree.children(tree.tokens[index].head, "obj"))
    if tree.matches(index, "advcl"):
        return not _is_circumstance(tree, index, has_modal)
    return not grammar.is_embedded_question(tree, index)


def _is_circumstance(tree: Tree, clause: int, has_modal: bool) -> bool:
    """Whether a clause only supposes, or gives the reason, time or purpose for which something possible matters."""
    if grammar.opens_with(tree, clause, UNCLAIMED):
        return True
    if not has_modal:
        return False
    if any(tree.forms[child].endswith("ever") for child in tree.children(clause, "advmod", "obj", "nsubj")):
        return True  # *wherever they may be*
    if not grammar.opens_with(tree, clause, CIRCUMSTANCE):
        return False
    return not (grammar.opens_with(tree, clause, frozenset({"so"})) and grammar.is_set_off(tree, clause))


def _adds(tree: Tree, relative: int, has_modal: bool) -> bool:
    """Whether a relative clause states something or describes a kind of thing (*people who may disagree*)."""
    if grammar.is_set_off(tree, relative):
        return True
    noun = tree.tokens[relative].head
    return not _is_of_any_kind(tree, noun) and not (has_modal and _is_general(tree, noun))


def _is_of_any_kind(tree: Tree, noun: int) -> bool:
    """Whether a noun is free to choose: *any decision*, *everything*."""
    return tree.forms[noun] in FREE_CHOICE or any(
        tree.forms[determiner] in FREE_CHOICE for determiner in tree.children(noun, "det")
    )


def _is_general(tree: Tree, noun: int) -> bool:
    """Whether a noun refers to a kind: a plural or mass noun without determiner, or a pronoun (*those who*)."""
    if tree.tokens[noun].upos == "PROPN":
        return False
    return not tree.children(noun, "det", "nmod:poss", "nummod") or tree.forms[noun] in ANYBODY
