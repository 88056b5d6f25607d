"""Questions of English clause grammar, each answered in one place.

Every function asks about a token of a dependency tree by its index. Relations and tags follow Universal Dependencies v2
(de Marneffe et al. 2021) and the Penn Treebank; terms follow Quirk et al. (1985). The module knows closed classes of
function words; open-class words belong in ``lexicons/``.
"""

from __future__ import annotations

from collections.abc import Sequence

from attribution.parsing import Tree
from attribution.records import ROOT

NEGATIONS = frozenset({"not", "n't", "never", "no"})
"""Function words that negate the predicate they modify."""

NEGATIVE_PRONOUNS = frozenset({"nobody", "none", "no-one", "nothing", "neither"})
"""Pronouns that stand for nobody: as a subject they negate the clause."""

NEGATIVE_DETERMINERS = frozenset({"no", "neither", "none"})

SUPPOSING = frozenset({"if", "unless", "whether", "until", "lest"})
"""Subordinators of a clause that is supposed or awaited rather than stated."""

MODALS = frozenset(
    {"can", "could", "may", "might", "must", "shall", "should", "will", "would", "'ll", "'d", "wo", "ca"}
)
"""Forms of auxiliaries of what is supposed, foretold, allowed or asked for."""

FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Penn tags of finite verb forms."""

NOMINAL_TAGS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})
"""Parts of speech that a noun phrase can begin with or have as its head."""

AGENT_TAGS = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"})
"""Parts of speech of what follows *by* when somebody or something did it."""

SUBJECT_RELATIONS = ("nsubj", "csubj", "expl")
MAIN_RELATIONS = ("root", "parataxis", "list", "appos", "dep")
"""Relations of the predicate of a main clause."""

CLAUSE_RELATIONS = ("root", "conj", "parataxis", "ccomp", "csubj", "advcl", "acl", "list", "appos", "dep")
"""Relations by which the predicate of a clause with a finite verb may be attached."""

COMPLEMENTS = ("ccomp", "csubj", "acl")
WH_TAGS = frozenset({"WP", "WP$", "WRB", "WDT"})

LONGEST_CLIMB = 4
"""How many clauses up a missing subject is looked for; deeper ones are parse errors more often than not."""


# --- Negation and supposition -----------------------------------------------------------------------------------------


def is_negative_phrase(tree: Tree, nominal: int) -> bool:
    """Whether a noun phrase stands for nobody or nothing (*nobody*, *no official*, *none of the drivers*)."""
    if tree.forms[nominal] in NEGATIVE_PRONOUNS:
        return True
    if tree.forms[nominal] == "one" and nominal > 0 and tree.forms[nominal - 1] == "no":
        return True
    return any(tree.forms[child] in NEGATIVE_DETERMINERS for child in tree.children(nominal, "det", "det:predet"))


def has_negation(tree: Tree, predicate: int) -> bool:
    """Whether a negation modifies the predicate itself (*did not say*, *never said*, *no claim*)."""
    return any(
        tree.forms[child] in NEGATIONS or tree.lemmas[child] in NEGATIONS
        for child in tree.children(predicate, "advmod", "det", "aux")
    )


def is_negated(tree: Tree, predicate: int) -> bool:
    """Whether a clause is negative: its predicate is negated, or its subject is nobody (*No official said …*)."""
    negative_subject = any(is_negative_phrase(tree, child) for child in tree.children(predicate, "nsubj"))
    return negative_subject or has_negation(tree, predicate)


def modals(tree: Tree, predicate: int) -> list[str]:
    """The modal auxiliaries of a predicate, in lower case (*may*, *would*)."""
    return [tree.forms[child] for child in tree.children(predicate, "aux") if tree.forms[child] in MODALS]


def is_supposed(tree: Tree, index: int) -> bool:
    """Whether the word stands in a question, or under *if*, *unless*, *whether* or *until*."""
    if any(token.text == "?" for token in tree.tokens[-2:]):
        return True
    return any(
        tree.lemmas[mark] in SUPPOSING
        for above in (index, *tree.ancestors(index))
        for mark in tree.children(above, "mark", "advmod")
    )


# --- Voice, mood, finiteness ------------------------------------------------------------------------------------------


def is_passive(tree: Tree, index: int) -> bool:
    """Whether a verb is a finite or reduced passive (*was accused*, *a firm accused of fraud*)."""
    if tree.children(index, "aux:pass", "nsubj:pass"):
        return True
    reduced = tree.tokens[index].xpos == "VBN" and tree.matches(index, "acl", "amod", "advcl")
    return reduced and not tree.children(index, "aux", "nsubj", "obj")


def agents(tree: Tree, verb: int) -> list[int]:
    """The nouns of a passive's *by*-phrases (*was told by the **ministry***)."""
    return [
        child
        for child in tree.children(verb, "obl", "nmod")
        if tree.matches(child, "obl:agent") or any(tree.lemmas[case] == "by" for case in tree.children(child, "case"))
    ]


def has_agent(tree: Tree, verb: int) -> bool:
    """Whether a *by*-phrase names somebody below the verb; a parser may hang it on the verb's complement."""
    return any(
        tree.lemmas[case] == "by"
        for index in tree.subtree(verb)
        if index > verb and tree.tokens[index].upos in AGENT_TAGS
        for case in tree.children(index, "case")
        if case > verb
    )


def is_plain_passive(tree: Tree, verb: int) -> bool:
    """Whether the verb is a finite passive of what was or is: not *could be seen as*, *to be seen as* or *seen as*."""
    auxiliaries = [tree.tokens[index] for index in tree.children(verb, "aux", "cop")]
    if tree.tokens[verb].xpos != "VBN" or not any(token.lemma.lower() in ("be", "get") for token in auxiliaries):
        return False
    if modals(tree, verb) or any(token.xpos == "MD" for token in auxiliaries):
        return False
    return any(token.xpos in FINITE_TAGS for token in auxiliaries) and not is_negated(tree, verb)


def is_short_perfect(tree: Tree, verb: int) -> bool:
    """Whether the *'s* before a participle may be *has*: *as he's often alleged*."""
    auxiliaries = [tree.forms[index] for index in tree.children(verb, "aux")]
    if "'s" not in auxiliaries or "been" in auxiliaries:
        return False
    return tree.lemmas[verb] == "say" or not tree.children(verb, "obl", "xcomp", "advcl", "ccomp")


def is_finite(tree: Tree, head: int) -> bool:
    """Whether a clause has a finite verb, a wrong tag forgiven where the tree leaves no other reading."""
    token = tree.tokens[head]
    auxiliaries = tree.children(head, "aux", "cop")
    if any(tree.tokens[child].xpos in FINITE_TAGS for child in auxiliaries):
        return True
    if token.upos not in ("VERB", "AUX"):
        return False
    subject_index = tree.child(head, *SUBJECT_RELATIONS)
    match token.xpos:
        case "MD" | "VBZ":
            return True
        case "VBD":
            # After a noun and without a subject it is a participle: *an indictment unsealed on Tuesday*.
            return subject_index is not None or token.relation != "acl"
        case "VBP":
            # Without a subject it may be an imperative, which only coordination with another clause rules out.
            return subject_index is not None or tree.matches(head, "conj")
        case "VBG":
            return False
    if auxiliaries:
        return False
    # What is left is a mistagged main verb: with a subject of its own, or coordinated with a bare past tense.
    if subject_index is not None and subject_index < head and tree.tokens[subject_index].relation == "nsubj":
        return tree.matches(head, *MAIN_RELATIONS)
    governor = tree.head(head)
    return (
        token.xpos == "VBN"
        and governor is not None
        and tree.matches(head, "conj")
        and tree.tokens[governor].xpos == "VBD"
        and not tree.children(governor, "aux", "cop")
    )


def is_imperative(tree: Tree, index: int) -> bool:
    """Whether a verb tells the listener to do something (*Show me the tank*): nobody is said to have done it."""
    return (
        tree.tokens[index].upos == "VERB"
        and tree.tokens[index].xpos in ("VB", "VBP")
        and not tree.children(index, *SUBJECT_RELATIONS, "aux", "mark")
        and tree.matches(index, "root", "parataxis", "ccomp")
    )


def questions(tree: Tree) -> frozenset[int]:
    """The words before a question mark in the clause that it is attached to, with all that is part of that clause."""
    asked: set[int] = set()
    for token in tree.tokens:
        if "?" in token.text and token.head != ROOT:
            asked.update(index for index in tree.subtree(token.head) if index < token.index)
    return frozenset(asked)


def is_embedded_question(tree: Tree, head: int) -> bool:
    """Whether a complement asks (*whether it was safe*, *why it failed*) rather than states."""
    if not tree.matches(head, *COMPLEMENTS):
        return False
    opening = [child for child in tree.children(head) if child < head]
    if tree.tokens[head].relation == "acl:relcl":
        # *no clue what she meant*: relative pronouns proper are who, which and that.
        return any(tree.lemmas[child] == "what" for child in opening)
    if any(tree.lemmas[child] in ("if", "whether") for child in opening if tree.matches(child, "mark")):
        return True
    return tree.tokens[head].xpos in WH_TAGS or any(
        tree.tokens[word].xpos in WH_TAGS
        for child in opening
        if not tree.matches(child, *CLAUSE_RELATIONS)
        for word in tree.subtree(child)
        if word < head and tree.tokens[word].relation != "mark"
    )


def opens_with(tree: Tree, head: int, words: frozenset[str]) -> bool:
    """Whether a subordinator or adverb from ``words`` opens the clause (*although*, *if*)."""
    return any(tree.lemmas[child] in words for child in tree.children(head, "mark", "advmod", "cc") if child < head)


def is_set_off(tree: Tree, head: int) -> bool:
    """Whether a clause follows a comma, a dash or a bracket: it adds, where others identify."""
    first = tree.subtree(head)[0]
    while tree.tokens[first].upos == "PUNCT" and first < head:
        if tree.tokens[first].text in ",(–—-":
            return True
        first += 1
    return first > 0 and tree.tokens[first - 1].text in (",", "(", "–", "—", "--", "-")


# --- Subjects ---------------------------------------------------------------------------------------------------------


def subject(tree: Tree, predicate: int) -> int | None:
    """The predicate's own subject, the nearest to it when a parse has several."""
    subjects = tree.children(predicate, "nsubj", "csubj")
    return subjects[-1] if subjects else None


def understood_subject(tree: Tree, predicate: int) -> int | None:
    """The understood subject of a predicate without one.

    Coordination, open complements and participle clauses take it from the predicate they are attached to (its object
    where an open complement has one: *asked the board to resign*), noun modifiers from the noun they modify.
    """
    here = predicate
    for _ in range(LONGEST_CLIMB):
        relation = tree.relations[here][1]
        governor = tree.head(here)
        if governor is None:
            return None
        if relation == "acl":
            return governor
        if relation not in {"conj", "xcomp", "advcl", "parataxis", "ccomp", "dep"}:
            return None
        if relation == "xcomp":
            controller = tree.child(governor, "obj", "iobj")
            if controller is not None:
                return controller
        found = subject(tree, governor)
        if found is not None:
            return found
        here = governor
    return None


# --- Words ------------------------------------------------------------------------------------------------------------


def words_stand_at(tree: Tree, start: int, words: Sequence[str]) -> bool:
    """Whether the words (forms or lemmas in lower case, straight apostrophes) stand in a row from ``start``."""
    forms, lemmas = tree.forms, tree.lemmas
    if start < 0 or start + len(words) > len(forms):
        return False
    return all(word in (forms[place], lemmas[place]) for place, word in enumerate(words, start))


def is_title_case(tree: Tree) -> bool:
    """Whether most longer words have a capital, as in a headline in title case."""
    words = [token.text for token in tree.tokens if len(token.text) > 3 and token.text.isalpha()]
    return sum(word[0].isupper() for word in words) > 0.7 * len(words)
