"""Questions of English clause grammar, each answered in one place.

Every function asks about a token of a dependency tree by its index. Relations and tags follow Universal Dependencies v2
(de Marneffe et al. 2021) and the Penn Treebank; terms follow Quirk et al. (1985). The module knows closed classes of
function words; open-class words belong in ``lexicons/``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attribution.parsing import Tree
from attribution.records import ROOT

LONGEST_NUMBER = 15
"""Figures of the longest number that counts something; Python reads none of more than 4,300."""

NEGATIONS = frozenset({"not", "n't", "nt", "never", "no"})
"""Function words that negate the predicate they modify."""

NEGATIVE_PRONOUNS = frozenset({"nobody", "none", "no-one", "nothing", "neither"})
"""Pronouns for nobody: as a subject they negate the clause."""

NEGATIVE_DETERMINERS = frozenset({"no", "neither", "none"})

SCANT = frozenset({"little", "scant", "scarce", "insufficient", "hardly"})
"""Determiners that leave hardly any of a noun."""

PARTICLES_OF_PROOF = frozenset({"shred", "scrap", "iota", "lack", "absence", "hint", "piece", "jot"})
"""Nouns that, with *of*, leave the least or none of another."""

SUPPOSING = frozenset({"if", "unless", "whether", "until", "lest", "supposing", "assuming", "provided"})
"""Subordinators of a clause that is supposed or awaited rather than stated."""

OCCASIONS = frozenset({"when", "while", "after", "before", "because", "since", "although", "though", "if", "unless"})
"""Subordinators of clauses that give the circumstances of the main clause, not a report of it (*fell when he came*)."""

TIME_OPENERS = frozenset({"after", "before", "until", "when", "while"})
"""Subordinators of clauses of time."""

AWAITING = frozenset({"once", "before", "till", "after", "soon"})
"""Subordinators of a clause about the future, with a verb in the present tense; *soon* is that of *as soon as*."""

MODALS = frozenset(
    {"can", "could", "may", "might", "must", "shall", "should", "will", "would", "'ll", "'d", "wo", "ca"}
)
"""Forms of auxiliaries of supposition, prediction, permission and request."""

COUNTERFACTUAL_MODALS = frozenset({"could", "might", "should", "would", "'d"})
"""Modals that before a perfect tell what did not come about; *may have said* leaves it open."""

FINITE_VERB_TAGS = frozenset({"VBD", "VBZ", "VBP"})
"""Penn tags of verbs that are finite without an auxiliary."""

FINITE_TAGS = FINITE_VERB_TAGS | {"MD"}
"""Penn tags of finite verb forms."""

NOMINAL_TAGS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})
"""Parts of speech that a noun phrase can begin with or have as its head."""

FUNCTION_TAGS = frozenset({"ADP", "CCONJ", "DET", "PART", "PUNCT", "SCONJ"})
"""Parts of speech that say nothing by themselves."""

PREDICATE_RELATIONS = ("nsubj", "csubj", "expl", "cop", "aux")
"""Relations of words that only the head of a clause has."""

ADDING = frozenset({"although", "though", "while", "whereas", "because", "since"})
"""Subordinators of a clause that states a fact of its own, outside the clause it is attached to."""

AGENT_TAGS = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"})
"""Parts of speech of an agent after *by*."""

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


def whole_number(text: str) -> int | None:
    """The number in figures (*1,004*); None for anything else, such as raised figures (*¹*) or endless ones."""
    figures = text.replace(",", "")
    return int(figures) if figures.isdecimal() and len(figures) <= LONGEST_NUMBER else None


def is_negative_phrase(tree: Tree, nominal: int) -> bool:
    """Whether a noun phrase refers to nobody or nothing (*nobody*, *no official*, *none of the drivers*)."""
    if tree.forms[nominal] in NEGATIVE_PRONOUNS:
        return True
    if tree.forms[nominal].startswith("any") and nominal > 0 and tree.forms[nominal - 1] in {"hardly", "scarcely"}:
        return True
    before = tuple(tree.forms[tree.subtree(nominal)[0] : nominal])
    if tree.forms[nominal] == "one" and nominal > 0 and tree.forms[nominal - 1] in {"no", "not"}:
        return True
    if before[:2] in (("not", "a"), ("not", "one")) or (
        "few" in (*before[:1], tree.forms[nominal]) and "a" not in before
    ):
        return True  # not a single witness, few of the drivers
    if tree.tokens[nominal].upos == "NUM" or any(tree.tokens[child].upos == "NUM" for child in tree.children(nominal)):
        return False  # No 10, No. 3
    return any(tree.forms[child] in NEGATIVE_DETERMINERS for child in tree.children(nominal, "det", "det:predet"))


def has_negation(tree: Tree, predicate: int) -> bool:
    """Whether a negation modifies the predicate itself (*did not say*, *never said*, *no claim*)."""
    return any(tree.forms[child] in NEGATIONS for child in tree.children(predicate, "advmod", "det", "aux"))


def is_negated(tree: Tree, predicate: int) -> bool:
    """Whether a clause is negative: its predicate is negated, or its subject is nobody (*No official said …*)."""
    negative_subject = any(is_negative_phrase(tree, child) for child in tree.children(predicate, "nsubj"))
    return negative_subject or has_negation(tree, predicate)


def is_denied_noun(tree: Tree, noun: int) -> bool:
    """Whether there is none, or hardly any, of a noun (*no proof*, *little evidence*, *did not find proof*)."""
    if has_negation(tree, noun) or any(tree.lemmas[child] in SCANT for child in tree.children(noun, "amod", "det")):
        return True
    verb = tree.head(noun)
    if verb is None:
        return False
    if tree.matches(noun, "nsubj", "obj", "nsubj:pass") and has_negation(tree, verb):
        return True
    if tree.matches(noun, "nmod") and tree.lemmas[verb] in PARTICLES_OF_PROOF:
        return is_denied_noun(tree, verb)  # not a shred of evidence
    return any(tree.lemmas[case] == "without" for case in tree.children(noun, "case"))


def modals(tree: Tree, predicate: int) -> list[str]:
    """The modal auxiliaries of a predicate, in lower case (*may*, *would*)."""
    return [tree.forms[child] for child in tree.children(predicate, "aux") if tree.forms[child] in MODALS]


def is_counterfactual(tree: Tree, predicate: int) -> bool:
    """Whether a predicate tells what was possible or due and was not done (*could have said*, *should have warned*)."""
    perfect = any(tree.forms[child] in {"have", "'ve", "of"} for child in tree.children(predicate, "aux"))
    return perfect and not COUNTERFACTUAL_MODALS.isdisjoint(modals(tree, predicate))


def is_awaited(tree: Tree, index: int) -> bool:
    """Whether a clause in the present tense is awaited (*Once the vet says …*, *before the court rules that …*)."""
    present = [index, *tree.children(index, "aux")]
    if not any(tree.tokens[word].xpos in {"VBZ", "VBP"} for word in present) or not tree.matches(index, "advcl"):
        return False
    return any(tree.lemmas[mark] in AWAITING for mark in tree.children(index, "mark", "advmod"))


def concedes(tree: Tree, mark: int) -> bool:
    """Whether a subordinator is that of *for all they say*."""
    return tree.forms[mark : mark + 2] == ["for", "all"]


def supposes(tree: Tree, mark: int) -> bool:
    """Whether a subordinator only supposes or concedes its clause: *if*, *unless*, *until*, *for all* (they say)."""
    return tree.lemmas[mark] in SUPPOSING or concedes(tree, mark)


def is_supposed(tree: Tree, index: int) -> bool:
    """Whether the word is in a question, or under a word that only supposes or concedes (``supposes``)."""
    if any(token.text == "?" for token in tree.tokens[-2:]):
        return True
    return any(
        supposes(tree, mark)
        for above in (index, *tree.ancestors(index))
        for mark in tree.children(above, "mark", "advmod")
    )


# --- Voice, mood, finiteness ------------------------------------------------------------------------------------------


def is_passive(tree: Tree, index: int) -> bool:
    """Whether a verb is a finite or reduced passive (*was accused*, *a firm accused of fraud*)."""
    if tree.has_child(index, "aux:pass"):
        return True
    if tree.has_child(index, "nsubj:pass"):
        # have both criticised: without *been* it is active, whatever the relation of its subject.
        return not any(tree.lemmas[child] == "have" for child in tree.children(index, "aux"))
    reduced = tree.tokens[index].xpos == "VBN" and tree.matches(index, "acl", "amod", "advcl")
    return reduced and not tree.has_child(index, "aux", "nsubj", "obj")


def is_impersonal_passive(tree: Tree, verb: int) -> bool:
    """Whether a verb is a passive with *it* as its subject (*it was reported that …*)."""
    subject_index = subject(tree, verb)
    return subject_index is not None and tree.forms[subject_index] == "it" and is_passive(tree, verb)


def agents(tree: Tree, verb: int) -> list[int]:
    """The nouns of a passive's *by*-phrases (*was told by the **ministry***)."""
    return [
        child
        for child in tree.children(verb, "obl", "nmod")
        if tree.matches(child, "obl:agent") or any(tree.lemmas[case] == "by" for case in tree.children(child, "case"))
    ]


def is_agentless_passive(tree: Tree, verb: int) -> bool:
    """Whether a verb is a finite or reduced passive that names no agent (*was accused*, *a firm accused of fraud*)."""
    return is_passive(tree, verb) and not agents(tree, verb)


def has_agent(tree: Tree, verb: int) -> bool:
    """Whether there is an agent below the verb; a parser may attach it to the verb's complement."""
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
    return tree.lemmas[verb] == "say" or not tree.has_child(verb, "obl", "xcomp", "advcl", "ccomp")


def is_finite(tree: Tree, head: int) -> bool:
    """Whether a clause has a finite verb; a wrong tag is accepted if the tree leaves no other reading."""
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
            # Without a subject it is a participle: *an indictment unsealed on Tuesday*, *Asked about it, she said …*.
            return subject_index is not None or token.relation not in ("acl", "advcl")
        case "VBP":
            # Without a subject it may be an imperative, which only coordination with another clause rules out.
            return subject_index is not None or tree.matches(head, "conj")
        case "VBG":
            return False
    if auxiliaries:
        return False
    # What is left is a mistagged main verb: with a subject of its own, or coordinated with a bare past tense.
    if subject_index is not None and subject_index < head and tree.tokens[subject_index].relation == "nsubj":
        return tree.matches(head, *MAIN_RELATIONS, "ccomp")
    governor = tree.head(head)
    return (
        token.xpos == "VBN"
        and governor is not None
        and tree.matches(head, "conj")
        and tree.tokens[governor].xpos == "VBD"
        and not tree.has_child(governor, "aux", "cop")
    )


def tense(tree: Tree, head: int) -> str | None:
    """``past`` or ``present``, of the first finite form of a clause; None without one, and of what a modal leads."""
    words = sorted((*tree.children(head, "aux", "cop"), head))
    tag = next((tree.tokens[word].xpos for word in words if tree.tokens[word].xpos in FINITE_TAGS), None)
    return {"VBD": "past", "VBZ": "present", "VBP": "present"}.get(tag or "")


def is_imperative(tree: Tree, index: int) -> bool:
    """Whether a verb is an imperative (*Show me the tank*)."""
    return (
        tree.tokens[index].upos == "VERB"
        and tree.tokens[index].xpos in ("VB", "VBP")
        and not tree.has_child(index, *SUBJECT_RELATIONS, "aux", "mark")
        and tree.matches(index, "root", "parataxis", "ccomp")
    )


def is_prohibition(tree: Tree, index: int) -> bool:
    """Whether a verb is a negative imperative (*Do not open the gate*)."""
    if tree.tokens[index].xpos != "VB":
        return False
    auxiliaries = tree.children(index, "aux")
    return (
        bool(auxiliaries)
        and all(tree.lemmas[auxiliary] == "do" for auxiliary in auxiliaries)
        and has_negation(tree, index)
        and not tree.has_child(index, *SUBJECT_RELATIONS, "mark")
        and tree.matches(index, "root", "parataxis", "conj")
    )


def questions(tree: Tree) -> frozenset[int]:
    """The words before a question mark in the clause that it is attached to, with everything inside that clause."""
    if "?" not in tree.sentence.text:
        return frozenset()
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
    if tree.tokens[head].xpos in WH_TAGS or _follows_question_word(tree, head):
        return True
    return any(
        tree.tokens[word].xpos in WH_TAGS
        and tree.tokens[word].relation != "mark"
        and not tree.forms[word].endswith("ever")
        for child in opening
        if not tree.matches(child, *CLAUSE_RELATIONS)
        for word in tree.subtree(child)[:2]
        # *What they did is unlawful*: a free relative, not a question.
        if not tree.has_child(word, "acl:relcl")
    )


def is_pied_piped(tree: Tree, head: int) -> bool:
    """Whether a clause is a relative that opens with a preposition (*cases emerged **in which** patients died*)."""
    return any(
        tree.forms[child] == "which" and tree.has_child(child, "case")
        for child in tree.children(head, "obl")
        if child < head
    )


def _follows_question_word(tree: Tree, head: int) -> bool:
    """Whether the parser left the question word outside the clause (*explain | how | this happened*)."""
    before = tree.subtree(head)[0] - 1
    return before >= 0 and tree.tokens[before].xpos in WH_TAGS and tree.head(before) == tree.head(head)


def opens_with(tree: Tree, head: int, words: frozenset[str]) -> bool:
    """Whether a subordinator or adverb from ``words`` opens the clause (*although*, *if*)."""
    return any(tree.lemmas[child] in words for child in tree.children(head, "mark", "advmod", "cc") if child < head)


def is_set_off(tree: Tree, head: int) -> bool:
    """Whether a clause follows a comma, a dash or a bracket, and so is non-restrictive."""
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


def is_relative_behind(tree: Tree, verb: int, words: Collection[int]) -> bool:
    """Whether a verb with *that* or *which* as its subject describes a noun behind all the words.

    *“Stay dry,” a line **that** echoes the hymn*: the noun stands for the words and does not say them.
    """
    noun, subject = tree.head(verb), tree.child(verb, "nsubj")
    if noun is None or subject is None or not tree.matches(verb, "acl:relcl") or not words:
        return False
    return tree.forms[subject] in ("that", "which") and max(words) < noun


def understood_subject(tree: Tree, predicate: int) -> int | None:
    """The understood subject of a predicate without one.

    Coordination, open complements and participle clauses take it from the predicate they are attached to (from its
    object, for an open complement of one: *asked the board to resign*), noun modifiers from their noun. A comma frees a
    participle from the modifier before it (***Kern** praised the tea brewed there, **calling** it strong*). A predicate
    with an expletive needs none (*China will not agree, but **it** seems that …*).
    """
    if tree.has_child(predicate, "expl"):
        return None
    here = predicate
    for _ in range(LONGEST_CLIMB):
        relation = tree.relations[here][1]
        governor = tree.head(here)
        if governor is None:
            return None
        if relation == "acl" and here != predicate and _is_set_off(tree, predicate):
            subjects = (subject(tree, above) for above in tree.ancestors(governor))
            return next((found for found in subjects if found is not None), governor)
        if relation == "acl":
            return governor
        if relation not in {"conj", "xcomp", "advcl", "parataxis", "ccomp", "dep"}:
            return None
        if relation == "xcomp":
            controller = tree.child(governor, "obj", "iobj")
            if controller is not None:
                return controller
        found = subject(tree, governor)
        if found is None and tree.matches(governor, "parataxis") and relation == "advcl":
            found = _subject_behind(tree, governor)
        if found is not None:
            return found
        here = governor
    return None


def _is_set_off(tree: Tree, participle: int) -> bool:
    """Whether a comma directly precedes a present participle."""
    return participle > 0 and tree.tokens[participle].xpos == "VBG" and tree.tokens[participle - 1].text == ","


def _subject_behind(tree: Tree, verb: int) -> int | None:
    """The noun directly after a verb that is set off by a comma, parsed as its object (*…, repeated **Zhao***)."""
    nouns = tree.children(verb, "obj")
    set_off = verb > 0 and tree.tokens[verb - 1].text == "," and tree.tokens[verb].xpos in FINITE_TAGS
    return nouns[0] if set_off and nouns and tree.subtree(nouns[0])[0] == verb + 1 else None


def predicate_of_object(tree: Tree, verb: int) -> int | None:
    """The predicate of a verb's object, where it is attached to the object; None if there is none.

    *called the strike a disgrace*: the second noun has an article of its own and no comma before it.
    """
    for noun in tree.children(verb, "obj"):
        near = tree.children(noun, "nmod:unmarked", "appos", "dep", "nmod", "obj", "amod") + tree.children(
            verb, "obl:unmarked", "appos"
        )
        for child in near:
            words = tree.subtree(child)
            first = next((word for word in words if tree.tokens[word].upos != "PUNCT"), child)
            best = tree.forms[first] == "the" and any(tree.tokens[word].xpos in {"JJS", "RBS"} for word in words)
            judged = tree.forms[first] in {"a", "an"} or best
            follows = child > noun > verb and judged and tree.tokens[first - 1].text != ","
            if follows and tree.lemmas[child] not in TIMES:
                return child
    return None


TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "moment", "time", "while"})
"""Nouns that, with an article, give a time (*called the mayor a day later*)."""


# --- Words ------------------------------------------------------------------------------------------------------------


def words_stand_at(tree: Tree, start: int, words: Sequence[str]) -> bool:
    """Whether the words (forms or lemmas in lower case, straight apostrophes) occur in a row from ``start``."""
    forms, lemmas = tree.forms, tree.lemmas
    if start < 0 or start + len(words) > len(forms):
        return False
    return all(word in (forms[place], lemmas[place]) for place, word in enumerate(words, start))


def is_title_case(tree: Tree) -> bool:
    """Whether most longer words are capitalised, as in a headline in title case."""
    words = [token.text for token in tree.tokens if len(token.text) > 3 and token.text.isalpha()]
    return sum(word[0].isupper() for word in words) > 0.7 * len(words)


# --- Clauses and what they hold ---------------------------------------------------------------------------------------


def is_predicate(tree: Tree, index: int) -> bool:
    """Whether the word heads a clause."""
    if tree.has_child(index, *PREDICATE_RELATIONS):
        return True
    is_verb = tree.tokens[index].upos == "VERB" and not tree.matches(index, "amod")
    return is_verb or tree.matches(index, "root", "ccomp", "parataxis")


def is_infinitive(tree: Tree, head: int) -> bool:
    """Whether a clause has the marker *to*."""
    return any(tree.tokens[mark].upos == "PART" for mark in tree.children(head, "mark"))


def is_inverted(tree: Tree, auxiliary: int) -> bool:
    """Whether an auxiliary opens a subordinate clause before its subject (*should he win*, *had it rained*)."""
    verb = tree.head(auxiliary)
    if (
        verb is None
        or not tree.matches(auxiliary, "aux", "cop")
        or not tree.matches(verb, "advcl", "ccomp", "parataxis")
    ):
        return False
    subject_index = tree.child(verb, "nsubj", "expl")
    return subject_index is not None and auxiliary < subject_index and not tree.has_child(verb, "mark")


def complements(tree: Tree, index: int) -> list[int]:
    """Heads of the clauses that a word governs (*believes that …*, *is likely to …*, *the theory that …*)."""
    found = [child for child in tree.children(index) if _is_complement(tree, index, child)]
    for agent in agents(tree, index):
        # Parsers take *it is feared by some that …* for a relative clause on the agent.
        found += [child for child in tree.children(agent, "acl:relcl") if _opens_with_that(tree, agent, child)]
    return found


def _is_complement(tree: Tree, index: int, child: int) -> bool:
    if tree.matches(child, "ccomp"):
        return True
    if tree.matches(child, "csubj"):
        return child > index or tree.has_child(index, "expl")
    if tree.matches(child, "xcomp"):
        gerund = tree.tokens[child].xpos == "VBG"
        return not gerund or tree.has_child(index, "obj", "nsubj:pass")
    if child < index or not tree.matches(child, "acl", "advcl", "obl", "nmod"):
        return False
    # The clauses of nouns and adjectives are attached in several ways.
    if tree.tokens[index].upos == "ADJ" and tree.matches(child, "acl", "advcl") and is_infinitive(tree, child):
        return True
    return _opens_with_that(tree, index, child)


def _opens_with_that(tree: Tree, index: int, clause: int) -> bool:
    """Whether *that*, *whether* or *like* introduces the clause.

    Parsers often take *that* right after a noun for a relative pronoun, or attach it elsewhere (*the theory that he
    acted alone*); the clause then has another subject.
    """
    conjunctions = [child for child in tree.children(clause) if tree.forms[child] in ("that", "whether", "like")]
    if any(tree.tokens[child].upos == "SCONJ" for child in conjunctions):
        return True
    after = index + 1
    return (
        after < clause
        and tree.forms[after] == "that"
        and any(subject_index != after for subject_index in tree.children(clause, "nsubj"))
    )


def clause_words(tree: Tree, head: int) -> list[int]:
    """The words of a clause, without asides and without statements beside it.

    Those are coordinated clauses with a subject of their own, relative clauses after a comma, and adverbial clauses of
    cause and concession.
    """
    outside: list[int] = []
    for index in tree.subtree(head):
        if index == head:
            continue
        own = tree.head(index) == head
        if tree.matches(index, "parataxis") or (tree.matches(index, "acl:relcl") and is_set_off(tree, index)):
            outside.append(index)
        elif own and tree.matches(index, "conj") and tree.has_child(index, *SUBJECT_RELATIONS):
            outside += [index, *tree.children(index, "cc")]
        elif own and tree.matches(index, "advcl") and opens_with(tree, index, ADDING):
            outside.append(index)
    return tree.subtree(head, outside)


def phrase_words(tree: Tree, head: int, with_preposition: bool = False) -> list[int]:
    """The words of a phrase, without relative clauses, appositions, coordinated phrases and asides."""
    outside = [
        child
        for child in tree.children(head)
        if tree.matches(child, "acl:relcl", "parataxis", "conj", "appos", "advcl", *PREDICATE_RELATIONS)
        or (tree.matches(child, "case") and not with_preposition)
    ]
    outside += [index for child in outside if tree.matches(child, "conj") for index in tree.children(child, "cc")]
    return tree.subtree(head, outside)
