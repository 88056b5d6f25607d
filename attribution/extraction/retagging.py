"""Repair words that were tagged or attached wrongly, before anything is read from the tree.

A tagger that meets *Will Hart said*, *WHO say* or *the i reported* sees an auxiliary or a pronoun, and the tree around
it goes wrong: the repair makes the word a proper noun and the head of the name that follows it, as Universal
Dependencies has it. In *On Monday Kern said* parsers make one name of day and subject: the repair gives the verb its
subject. A participle read as an adjective (*she says, boasting that …*) becomes a verb again.
Words that are attached wrongly are those of ``reattaching``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from attribution import grammar
from attribution.extraction.names import TIME_WORDS, WEEKDAYS
from attribution.extraction.reattaching import (
    Repair,
    auxiliary_of_progressive,
    clause_before_but,
    clause_behind_clause,
    clause_behind_passive,
    clause_with_subject,
    clause_with_that,
    clause_without_conjunction,
    clause_without_gap,
    conjunct,
    conjunct_of_nearest,
    day_as_object,
    day_behind_name,
    evaluation,
    inverted_verb,
    may_follow_clause,
    name_at_end,
    name_behind_role,
    name_behind_verb,
    name_beside_time,
    name_called_upon,
    opening_participle,
    participle_before_listener,
    participle_in_phrase,
    participle_of_speaker,
    phrase_behind_opener,
    possessive_of_neighbour,
    predicate_of_called,
    report_at_end,
    report_behind_clause,
    report_in_relative,
    role_with_name,
    speaking_it,
    state_of_mind,
    time_behind_speaker,
    verb_before_number,
    verb_behind_clause,
    way_of_spending,
)
from attribution.lexicon import Lexicon, regular_bases
from attribution.parsing import Tree
from attribution.records import ROOT, Sentence, Token

PRONOUN_ACRONYMS = frozenset({"WHO", "IT", "US"})
"""Pronouns that are the initials of a body or country when written in capitals."""

MODAL_NAMES = frozenset({"Will", "May"})
"""Given names that are modal auxiliaries in lower case."""

FINITE_WITHOUT_MODAL = frozenset({"VBD", "VBZ"})
"""Tags of verbs that cannot follow a modal: a capitalised *Will* before one is a name."""

CLAUSES = frozenset({"root", "conj", "ccomp", "advcl", "parataxis", "acl:relcl"})
"""Relations of words that head a clause."""

NOMINAL_RELATIONS = frozenset({"nsubj", "obj", "obl", "nmod"})
"""Relations of nouns, in which no verb stands."""

TELLING_WHEN = grammar.TIME_OPENERS - {"until"}
"""Words that open clauses that tell when something was said; *until* tells how long."""

CLAUSE_OPENERS = frozenset({"“", '"', "``", "‘", "'", ":", "(", "[", "—", "–", "-"})


def mended(sentences: Sequence[Sentence], lexicon: Lexicon) -> tuple[Tree, ...]:
    """The sentences' trees, with words that were tagged or attached wrongly put right."""
    return tuple(_with_names_beside_times(_with_words_repaired(Tree(sentence), lexicon)) for sentence in sentences)


def _with_names_beside_times(tree: Tree) -> Tree:
    """Part a name from the day or month beside it.

    *On Monday **Kern** said*: a name attached to a day is the clause's missing subject or possessor.
    """
    times = [token for token in tree.tokens if token.upos == "PROPN" and token.text.lower() in TIME_WORDS]
    changed: dict[int, Token] = {}
    for time in times:
        if time.index + 1 < len(tree) and tree.matches(time.index, "obl"):
            changed.update(name_beside_time(time, tree))
        elif tree.matches(time.index, "flat"):
            changed.update(day_behind_name(time, tree))
    return _with_tokens(tree, changed)


def _with_tokens(tree: Tree, changed: Mapping[int, Token]) -> Tree:
    """The tree with the changed tokens, by index, in place of its own."""
    if not changed:
        return tree
    tokens = tuple(changed.get(token.index, token) for token in tree.tokens)
    return Tree(msgspec.structs.replace(tree.sentence, tokens=tokens))


def _with_words_repaired(tree: Tree, lexicon: Lexicon) -> Tree:
    repairs = [(token, repair) for token in tree.tokens if (repair := _repair_for(token, lexicon)) is not None]
    changed: dict[int, Token] = {}
    for token, repair in repairs:
        if token.index not in changed:
            changed.update(repair(token, tree))
    return _with_tokens(tree, changed)


def _repair_for(token: Token, lexicon: Lexicon) -> Repair | None:
    """The repair that may change the token and others around it."""
    if token.text == "that" and token.relation == "obj":
        return clause_without_gap(lexicon)
    if token.upos == "PRON":
        if token.text in ("it", "It") and token.relation == "expl":
            return speaking_it(lexicon)
        return _acronym if token.text == "i" or token.text in PRONOUN_ACRONYMS else None
    if token.upos == "AUX":
        if token.relation == "cop":
            return auxiliary_of_progressive
        return _modal_name if token.text in MODAL_NAMES else None
    if token.text == "PM":
        return _prime_minister
    if token.index == 0 and token.upos == "PROPN" and token.relation == "compound":
        return _opening_noun if token.text.lower() in lexicon.words_for("opening-noun") else None
    if token.index == 0 and token.relation == "ccomp" and token.xpos in ("VBN", "VBD"):
        return opening_participle
    if token.upos in ("VERB", "NOUN", "ADJ") and token.text[0].isupper():
        return _word_name if token.text.lower() in lexicon.words_for("word-name") else None
    if token.upos in ("ADV", "ADJ", "INTJ") and token.index and token.text[0].isupper():
        return _capital_name
    if token.text in TELLING_WHEN and token.relation in ("advmod", "mark"):
        return time_behind_speaker
    if token.text == "according":
        return phrase_behind_opener
    if token.upos == "NOUN" and token.text.endswith("ing") and token.relation in ("advcl", "acl"):
        return _gerund(lexicon)
    if token.upos == "VERB" and token.relation in NOMINAL_RELATIONS:
        return role_with_name(lexicon)
    if token.upos == "VERB" and token.xpos in ("VBN", "JJ") and lexicon.adjectives_of(token.text):
        if not _takes_clause(token, lexicon):
            return state_of_mind(lexicon)
    if token.upos == "VERB" and token.xpos == "VBG" and token.relation in ("root", "ccomp", "conj", "parataxis"):
        moving = any(verb.subject == "content" for verb in lexicon.verbs_of(token.lemma, token.text))
        if moving or lexicon.adjectives_of(token.text):
            return evaluation
    if token.xpos == "POS" and token.relation == "case" and token.head < token.index - 1:
        return possessive_of_neighbour
    if token.xpos == "JJ" and token.text.endswith("ing"):
        return _participle
    if token.index and token.relation == "mark" and token.text == "that":
        return _first(report_at_end, clause_with_that(lexicon))
    if token.relation == "conj" and token.head > token.index and token.upos == "VERB":
        return conjunct
    if token.index and token.xpos == "NNS" and token.relation == "compound":
        return verb_before_number
    if token.index and token.xpos == "VBG" and token.relation == "advcl":
        return participle_of_speaker
    if token.relation == "advcl" and token.xpos in ("VBD", "VBZ", "VBN") and may_follow_clause(token, lexicon):
        return _first(report_behind_clause, inverted_verb(lexicon))
    if token.relation == "ccomp" and token.head < token.index:
        if token.xpos == "VBN":
            return _first(participle_in_phrase, clause_behind_clause)
        first = _verb_with_object if token.upos == "NOUN" else verb_behind_clause
        return _first(first, clause_behind_clause)
    if token.relation == "ccomp" and token.head > token.index:
        return _first(_verb_with_object, clause_before_but) if token.upos == "NOUN" else clause_before_but
    if token.relation == "acl" and token.xpos in ("VBD", "VBN"):
        return report_in_relative if _takes_clause(token, lexicon) else None
    if token.relation == "acl" and token.xpos == "VBG":
        return way_of_spending(lexicon)
    if token.relation == "vocative":
        return _first(name_called_upon, name_behind_verb)
    if token.relation == "csubj:pass":
        return clause_behind_passive
    if token.relation == "xcomp":
        if token.text in lexicon.words_for("only-adverb"):
            return _adverb
        bare = token.xpos in ("VBG", "VBN")
        return _first(participle_before_listener, clause_with_subject) if bare else clause_with_subject
    if token.relation == "obl" and token.upos == "PROPN" and token.index:
        return name_behind_role
    if token.upos == "NOUN" and token.relation in CLAUSES:
        return _verb_with_object
    if token.index and token.upos == "VERB" and token.relation in ("conj", "parataxis", "root"):
        inverted = (inverted_verb(lexicon),) if may_follow_clause(token, lexicon) else ()
        joined = (conjunct_of_nearest, clause_without_conjunction) if token.relation == "conj" else ()
        return _first(*inverted, *joined) if inverted or joined else None
    if token.relation == "appos":
        return name_at_end if token.upos == "PROPN" else predicate_of_called(lexicon)
    if token.relation == "obj" and token.text.lower() in WEEKDAYS:
        return day_as_object
    return None


def _first(*repairs: Repair) -> Repair:
    """The first of the repairs that changes anything."""
    return lambda token, tree: next(filter(None, (repair(token, tree) for repair in repairs)), {})


def _proper(token: Token, head: int, relation: str) -> Token:
    return msgspec.structs.replace(token, upos="PROPN", xpos="NNP", lemma=token.text, head=head, relation=relation)


def _takes_clause(verb: Token, lexicon: Lexicon) -> bool:
    """Whether an entry of the verb lists a clause without a listener."""
    return any("clause" in entry.frames for entry in lexicon.verbs_of(verb.lemma, verb.text))


def _gerund(lexicon: Lexicon) -> Repair:
    """*Accused of **dumping** waste*: what has an object is a verb."""

    def repair(noun: Token, tree: Tree) -> dict[int, Token]:
        if not tree.has_child(noun.index, "obj"):
            return {}
        known = (base for base in regular_bases(noun.text.lower()) if lexicon.verbs_of(base))
        lemma = next(known, noun.lemma)
        return {noun.index: msgspec.structs.replace(noun, upos="VERB", xpos="VBG", lemma=lemma)}

    return repair


def _prime_minister(token: Token, tree: Tree) -> dict[int, Token]:
    """*PM* away from a time of day, which parsers read as one (*The PM said*)."""
    before = tree.tokens[token.index - 1] if token.index else None
    if token.lemma == token.text or (
        before is not None and before.upos in {"NUM", "PUNCT"} and before.text[0].isdigit()
    ):
        return {}
    if before is not None and before.xpos == "DT" and token.head == before.index:
        minister = msgspec.structs.replace(
            token, lemma="PM", upos="NOUN", xpos="NN", head=before.head, relation=before.relation
        )
        return {
            token.index: minister,
            before.index: msgspec.structs.replace(before, head=token.index, relation="det"),
        }
    relation = "nsubj" if tree.matches(token.index, "obl") and _leads_to_verb(token, tree) else token.relation
    return {token.index: msgspec.structs.replace(token, lemma="PM", upos="NOUN", xpos="NN", relation=relation)}


def _leads_to_verb(token: Token, tree: Tree) -> bool:
    """Whether the word directly precedes its head, a verb without a subject."""
    return token.head == token.index + 1 and not tree.has_child(token.head, "nsubj")


def _acronym(token: Token, tree: Tree) -> dict[int, Token]:
    """*WHO* and *IT* in a sentence that is not all in capitals, and *the i*, the newspaper."""
    before = tree.tokens[token.index - 1] if token.index else None
    if token.text == "i" and before is not None and before.text.lower() == "the":
        article = msgspec.structs.replace(before, head=token.index, relation="det")
        return {token.index: _proper(token, token.head, token.relation), before.index: article}
    if token.text not in PRONOUN_ACRONYMS or not any(other.text.islower() for other in tree.tokens):
        return {}
    if token.text == "IT" and not tree.matches(token.index, "nsubj"):
        return {}  # emphasis: that's IT
    return {token.index: _proper(token, token.head, token.relation)}


def _modal_name(token: Token, tree: Tree) -> dict[int, Token]:
    """*Will* and *May* before a surname and a finite verb, or with no verb that they could belong to."""
    following = tree.tokens[token.index + 1] if token.index + 1 < len(tree) else None
    governor = tree.head(token.index)
    serves = tree.matches(token.index, "aux", "cop")
    if serves and governor is not None and not _excludes_modal(governor, tree):
        return {}
    if following is not None and following.upos == "PROPN" and following.text[0].isupper():
        return _headed_by(token, following, tree)
    if governor is None or _opens_clause(token, tree) != serves:
        return {}
    relation = "obl" if tree.has_child(governor, "nsubj") else "nsubj"
    return {token.index: _proper(token, governor, relation)}


def _excludes_modal(verb: int, tree: Tree) -> bool:
    """Whether a verb is finite already, or a participle that needs another auxiliary (*Will said*)."""
    tag = tree.tokens[verb].xpos
    return tag in FINITE_WITHOUT_MODAL or (tag == "VBN" and len(tree.children(verb, "aux", "aux:pass", "cop")) == 1)


def _opens_clause(token: Token, tree: Tree) -> bool:
    if token.index == 0:
        return True
    before = tree.tokens[token.index - 1].text
    return before in CLAUSE_OPENERS or before in ("”", "’", "''", ",")


def _word_name(token: Token, tree: Tree) -> dict[int, Token]:
    """*Hope Lind said*, *Rose said*: a word that is also a given name, in the subject of a finite verb."""
    if not token.text[0].isupper() or tree.has_child(token.index, "det", "amod", "nmod:poss", "compound"):
        return {}
    following = tree.tokens[token.index + 1] if token.index + 1 < len(tree) else None
    if following is None:
        return {}
    if following.upos == "PROPN" and following.text[0].isupper():
        verb = tree.head(following.index) if following.head != token.index else tree.head(token.index)
        subject = tree.matches(following.index, "nsubj") or tree.matches(token.index, "nsubj")
        if subject and verb is not None and tree.tokens[verb].xpos in FINITE_WITHOUT_MODAL:
            return _headed_by(token, following, tree)
        return {}
    verb = tree.head(token.index)
    if token.upos != "NOUN" or token.xpos != "NN" or verb is None or not tree.matches(token.index, "nsubj"):
        return {}
    return {token.index: _proper(token, token.head, token.relation)} if _speaks(verb, tree) else {}


def _capital_name(token: Token, tree: Tree) -> dict[int, Token]:
    """*“…,” says **Early***: a capital within a sentence makes a name of an adverb on a verb without a subject."""
    verb = tree.head(token.index)
    before = tree.tokens[token.index - 1]
    opens = before.text in CLAUSE_OPENERS and before.xpos != "''"
    if verb is None or opens or not tree.matches(token.index, "advmod", "discourse"):
        return {}
    if not _speaks(verb, tree) or tree.has_child(verb, "nsubj"):
        return {}
    return {token.index: _proper(token, verb, "nsubj")}


def _speaks(verb: int, tree: Tree) -> bool:
    """Whether the verb is a finite *say* or *tell*, which needs a person as its subject."""
    return tree.lemmas[verb] in ("say", "tell") and tree.tokens[verb].xpos in FINITE_WITHOUT_MODAL


def _participle(token: Token, tree: Tree) -> dict[int, Token]:
    """*he says, **boasting** that …*: an adjective with a clause as its object is a verb's participle."""
    behind_comma = token.index > 0 and tree.tokens[token.index - 1].text == ","
    if not behind_comma or not tree.has_child(token.index, "ccomp") or tree.has_child(token.index, "cop"):
        return {}
    return {token.index: msgspec.structs.replace(token, upos="VERB", xpos="VBG", relation="advcl")}


def _opening_noun(token: Token, tree: Tree) -> dict[int, Token]:
    """***Port** officials*: a common noun before another is no name for standing first."""
    noun = tree.tokens[token.index + 1] if token.index + 1 < len(tree) else token
    if noun.index != token.head or not noun.text[0].islower() or noun.upos != "NOUN":
        return {}
    return {token.index: msgspec.structs.replace(token, upos="NOUN", xpos="NN", lemma=token.text.lower())}


def _verb_with_object(token: Token, tree: Tree) -> dict[int, Token]:
    """*Police **promise** action*, *The roof **leaks**.*: a noun with a subject and an object, or a measure, is a verb.

    So is a plural behind its subject, if that is all the sentence has. A noun with an article of its own is a subject,
    and no part of a compound.
    """
    compound = tree.child(token.index, "compound")
    alone = compound if compound is not None and tree.has_child(compound, "det") else None
    subject = tree.child(token.index, "nsubj") if alone is None else alone
    if subject is None or tree.has_child(token.index, "cop", "case", "nmod:poss", "aux"):
        return {}
    articles = tree.children(token.index, "det")  # of the subject, where they stand before it
    if any(article > subject for article in articles):
        return {}
    plain = token.xpos == "NNS" and subject == token.index - 1 and tree.tokens[-1].text == "."
    if not tree.has_child(token.index, "obj", "ccomp", "obl:unmarked") and not plain:
        return {}
    changed = {article: msgspec.structs.replace(tree.tokens[article], head=subject) for article in articles}
    changed[subject] = msgspec.structs.replace(tree.tokens[subject], relation="nsubj")
    changed[token.index] = msgspec.structs.replace(token, upos="VERB", xpos="VBZ" if token.xpos == "NNS" else "VBP")
    return changed


def _adverb(token: Token, tree: Tree) -> dict[int, Token]:
    """*The idea was considered **aloud***: how it was considered, and not what it was considered to be."""
    return {token.index: msgspec.structs.replace(token, upos="ADV", xpos="RB", relation="advmod")}


def _headed_by(token: Token, surname: Token, tree: Tree) -> dict[int, Token]:
    """The name with its first word as head: it takes over the surname's place and dependents."""
    if surname.head == token.index:
        verb = tree.tokens[token.index]
        if verb.upos != "VERB" or tree.matches(token.index, "nsubj"):
            return {token.index: _proper(token, token.head, token.relation)}
    governor = surname.head
    if token.index in list(tree.ancestors(governor))[1:]:
        return {}  # the whole sentence depends on the supposed verb
    changed = {token.index: _proper(token, governor, surname.relation)}
    changed[surname.index] = msgspec.structs.replace(surname, head=token.index, relation="flat")
    for child in tree.children(surname.index):
        if child != token.index:
            changed[child] = msgspec.structs.replace(tree.tokens[child], head=token.index)
    for child in tree.children(token.index):
        if child != surname.index:  # dependents of the supposed verb go to the real one
            real = governor if governor != token.index else token.head
            if child == real:
                changed[child] = msgspec.structs.replace(tree.tokens[child], head=token.head, relation=token.relation)
            elif real != ROOT:
                changed[child] = msgspec.structs.replace(tree.tokens[child], head=real)
    return changed
