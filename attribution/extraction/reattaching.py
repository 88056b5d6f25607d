"""Attach words that the parser gave to another word: clauses, conjuncts, subjects and days.

Each function is a ``Repair``, or gives the one that a lexicon makes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from attribution import grammar
from attribution.extraction.names import TIME_WORDS
from attribution.extraction.people import PEOPLE
from attribution.extraction.repairs.pattern import REPORTING_FRAMES
from attribution.lexicon import CueNoun, CueVerb, Lexicon
from attribution.parsing import Tree
from attribution.records import Attitude, Token

Repair = Callable[[Token, Tree], dict[int, Token]]
"""Gives the tokens that change, by index, for a token in its tree: none where nothing is wrong."""

QUOTATION_MARKS = frozenset({"“", "”", '"', "``", "''"})

FINITE_PAST_OR_PRESENT = frozenset({"VBD", "VBZ"})


def clause_with_that(lexicon: Lexicon) -> Repair:
    """*…, **adding that** boats that are old have leaked*: a clause that was not given to the word it belongs to.

    That is the verb or noun before it (*came to the **conclusion that** …*), or the verb before a time or place
    (***said** on Monday **that** …*). It must be one that takes clauses, and still lack one.
    """

    def repair(token: Token, tree: Tree) -> dict[int, Token]:
        clause, before = token.head, tree.tokens[token.index - 1]
        if (phrasal := _phrasal_verb(before, tree)) is not None and tree.head(clause) == before.index:
            return {clause: msgspec.structs.replace(tree.tokens[clause], head=phrasal, relation="ccomp")}
        governor = before.index if _takes_clauses(before) else _verb_over_places(token, tree)
        if governor is None or clause < governor or not _takes_clauses(tree.tokens[governor]):
            return {}
        relation = "ccomp" if tree.tokens[governor].upos == "VERB" else "acl"
        if tree.has_child(governor, relation) or governor in tree.subtree(clause):
            return {}
        if sum(between.text in QUOTATION_MARKS for between in tree.tokens[token.index : clause]) % 2:
            return {}  # “… that you reconsider that decision,” Lind wrote
        changed = {clause: msgspec.structs.replace(tree.tokens[clause], head=governor, relation=relation)}
        host = tree.head(clause)
        if clause in tree.subtree(governor):
            # Said that although it was fair it failed: the clause hangs on the one inside it.
            within = host is not None and tree.matches(host, "advcl") and tree.matches(clause, "conj")
            if host is None or not within or not token.index < host < clause or tree.head(host) != governor:
                return {}
            changed[host] = msgspec.structs.replace(tree.tokens[host], head=clause, relation="advcl")
        return changed

    def _phrasal_verb(noun: Token, tree: Tree) -> int | None:
        """The verb with a particle that a noun completes: *made up her **mind** that …*."""
        verb = tree.head(noun.index)
        if verb is None or noun.relation != "obj":
            return None
        particles = {tree.lemmas[child] for child in tree.children(verb, "compound:prt")}
        entries = (entry for entry in lexicon.verbs_of(tree.tokens[verb].lemma) if entry.particle in particles)
        return verb if any("object-clause" in entry.frames for entry in entries) else None

    def _takes_clauses(word: Token) -> bool:
        entries: Sequence[CueVerb | CueNoun] = ()
        if word.upos == "VERB":
            entries = lexicon.verbs_of(word.lemma, word.text)
        elif word.upos == "NOUN":
            entries = lexicon.nouns_of(word.lemma)
        return any("clause" in entry.frames for entry in entries)

    return repair


def _verb_over_places(that: Token, tree: Tree) -> int | None:
    """The verb before times, places and listeners that end at *that*: *told the inquest, on Monday, that …*."""
    set_off = tree.tokens[that.index - 1].text == ","
    last = that.index - 1 - set_off
    while last > 0:
        place = last
        while (above := tree.head(place)) is not None and above < last and not tree.matches(place, *PLACES):
            place = above
        words = [index for index in tree.subtree(place) if index < that.index and tree.tokens[index].text != ","]
        governor = tree.head(place)
        if not tree.matches(place, *PLACES) or governor is None or not governor < words[0] <= last == words[-1]:
            return None
        before = words[0] - 1 - (tree.tokens[words[0] - 1].text == ",")
        if before == governor:
            return governor if (before + 1 < words[0]) == set_off else None
        last = before
    return None


def clause_without_gap(lexicon: Lexicon) -> Repair:
    """*She **told** reporters at a conference **that** calls began coming in*: not the conference is told of.

    A relative clause lacks what *that* stands for; this one has its subject and its objects.
    """

    def repair(that: Token, tree: Tree) -> dict[int, Token]:
        clause = that.head
        if not tree.matches(clause, "acl:relcl") or tree.subtree(clause)[0] != that.index:
            return {}
        subject, noun = tree.child(clause, "nsubj", "nsubj:pass"), tree.head(clause)
        verb = _verb_over_places(that, tree)
        if subject is None or subject == that.index or verb is None or verb == noun or tree.has_child(verb, "ccomp"):
            return {}
        inner = (clause, *tree.children(clause, "xcomp"))
        objects = [child for part in inner for child in tree.children(part, "obj", "ccomp") if child != that.index]
        if not objects and not tree.has_child(verb, "expl"):  # It was reported in papers that …
            return {}
        frames = {frame for entry in lexicon.verbs_of(tree.tokens[verb].lemma) for frame in entry.frames}
        if frames.isdisjoint(REPORTING_FRAMES):
            return {}
        return {
            clause: msgspec.structs.replace(tree.tokens[clause], head=verb, relation="ccomp"),
            that.index: msgspec.structs.replace(that, upos="SCONJ", xpos="IN", relation="mark"),
        }

    return repair


def clause_before_but(clause: Token, tree: Tree) -> dict[int, Token]:
    """*The sale is off, **but** Lind told staff that …*: what a conjunction joins to a verb is not told by it."""
    joint = tree.child(clause.head, "cc")
    words = (index for index in tree.subtree(clause.index) if tree.tokens[index].upos != "PUNCT")
    if joint is None or max(words, default=clause.index) >= joint or tree.has_child(joint):
        return {}
    subject = tree.child(clause.head, "nsubj")
    if subject is None or not joint < subject < clause.head or tree.tokens[joint - 1].text != ",":
        return {}
    verb = tree.tokens[clause.head]
    return {
        clause.index: msgspec.structs.replace(clause, head=verb.head, relation=verb.relation),
        verb.index: msgspec.structs.replace(verb, head=clause.index, relation="conj"),
    }


def participle_before_listener(participle: Token, tree: Tree) -> dict[int, Token]:
    """*He told **chanting** workers that …*: a bare participle between a verb and its listeners describes them."""
    listener = next(
        (child for child in tree.children(participle.head, "iobj", "obj") if child > participle.index), None
    )
    if listener is None or participle.head != participle.index - 1 or tree.has_child(participle.index):
        return {}
    if tree.subtree(listener)[0] != participle.index + 1 or tree.has_child(listener, "det", "nmod:poss"):
        return {}
    return {participle.index: msgspec.structs.replace(participle, head=listener, relation="amod")}


def way_of_spending(lexicon: Lexicon) -> Repair:
    """*She spent an hour **explaining** why*: who spends the time explains, and not the hour."""

    def repair(participle: Token, tree: Tree) -> dict[int, Token]:
        time = participle.head
        verb = tree.head(time)
        if verb is None or not tree.matches(time, "obj") or time > participle.index:
            return {}
        if tree.lemmas[verb] not in lexicon.words_for("spending"):
            return {}
        if tree.tokens[participle.index - 1].text == "," or tree.has_child(participle.index, "nsubj", "mark"):
            return {}
        return {participle.index: msgspec.structs.replace(participle, head=verb, relation="advcl")}

    return repair


def name_behind_verb(name: Token, tree: Tree) -> dict[int, Token]:
    """*The key, says **Kern**, is the pump*: a name directly behind a verb without a subject is no one called upon."""
    verb = tree.tokens[tree.subtree(name.index)[0] - 1]
    if verb.index >= name.index or verb.xpos not in FINITE_PAST_OR_PRESENT or name.upos != "PROPN":
        return {}
    if tree.has_child(verb.index, "nsubj", "csubj", "expl") or verb.index in tree.subtree(name.index):
        return {}
    return {name.index: msgspec.structs.replace(name, head=verb.index, relation="nsubj")}


def name_called_upon(name: Token, tree: Tree) -> dict[int, Token]:
    """*According to her cousin, **Ida Roth**, she …*: a name between commas behind a source is no one called upon."""
    first, last = tree.subtree(name.index)[0], tree.subtree(name.index)[-1]
    if first < 2 or last + 1 >= len(tree) or tree.tokens[first - 1].text != "," or tree.tokens[last + 1].text != ",":
        return {}
    noun = tree.tokens[first - 2]
    above = noun.index
    while tree.head(above) is not None and not tree.matches(above, "obl"):
        above = tree.head(above) or 0
    according = any(tree.forms[child] == "according" for child in tree.children(above, "case"))
    if noun.upos != "NOUN" or not according or not tree.matches(above, "obl"):
        return {}
    return {name.index: msgspec.structs.replace(name, head=noun.index, relation="appos")}


PLACES = frozenset({"obl", "obl:unmarked", "advmod", "iobj"})
"""Relations of what may stand between a verb and its clause."""


def conjunct(token: Token, tree: Tree) -> dict[int, Token]:
    """*Kern, who fled **and hid** there, said …*: a verb is joined to one before it, never to one behind it."""
    verbs = (index for index in reversed(range(token.index)) if tree.tokens[index].upos == "VERB")
    before = next(verbs, None)
    if before is None or token.index in tree.ancestors(before):
        return {}
    return {token.index: msgspec.structs.replace(token, head=before)}


def name_at_end(name: Token, tree: Tree) -> dict[int, Token]:
    """*Cases of flu reached ninety in May, **Kern said**.*: a name that no comma parts from a verb is its subject.

    Parsers take a past form before it (*reached*) for a participle, and the noun for the subject of *said*.
    """
    topic, last = name.head, tree.subtree(name.index)[-1]
    verb = tree.head(topic)
    if verb is None or not topic < name.index <= last == verb - 1 or not tree.matches(topic, "nsubj"):
        return {}
    if tree.tokens[tree.subtree(name.index)[0] - 1].text != "," or tree.tokens[verb].xpos not in FINITE_PAST_OR_PRESENT:
        return {}
    participles = (child for child in tree.children(topic, "acl") if tree.tokens[child].relation == "acl")
    told = next((child for child in participles if tree.tokens[child].xpos == "VBD"), None)
    if told is None or not topic < told < name.index:
        return {}
    return {
        name.index: msgspec.structs.replace(name, head=verb, relation="nsubj"),
        told: msgspec.structs.replace(tree.tokens[told], head=verb, relation="ccomp"),
        topic: msgspec.structs.replace(tree.tokens[topic], head=told, relation="nsubj"),
    }


def inverted_verb(lexicon: Lexicon) -> Repair:
    """*The bridge is safe, **indicated the ministry**.*: who can speak, behind a comma and a verb, is its subject.

    Parsers take the verb for an infinitive or a conjunct, and the speakers for its object.
    """

    def repair(verb: Token, tree: Tree) -> dict[int, Token]:
        behind = tree.tokens[verb.index - 1].text in {",", *QUOTATION_MARKS}
        speaker = tree.child(verb.index, "obj")
        if not behind or speaker is None or tree.has_child(verb.index, "nsubj", "aux", "mark", "cc", "ccomp", "xcomp"):
            return {}
        words = tree.subtree(speaker)
        if words[0] != verb.index + 1 or not _speaks(tree, speaker):
            return {}
        ends = all(tree.tokens[index].upos == "PUNCT" for index in range(words[-1] + 1, len(tree)))
        if not ends and verb.lemma != "say":
            return {}
        relation = "parataxis" if verb.relation in ("conj", "advcl") else verb.relation
        finite = {"VB": "VBP", "VBN": "VBD"}.get(verb.xpos, verb.xpos)
        return {
            verb.index: msgspec.structs.replace(verb, relation=relation, xpos=finite),
            speaker: msgspec.structs.replace(tree.tokens[speaker], relation="nsubj"),
        }

    def _speaks(tree: Tree, index: int) -> bool:
        return tree.tokens[index].upos == "PROPN" or bool(lexicon.source_nouns_of(tree.lemmas[index]))

    return repair


def may_follow_clause(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb may follow the clause it reports, and then its speaker; the noun behind *warned* is a listener."""
    return any(
        entry.attitude is Attitude.ASSERTION
        and not {"clause", "quotation"}.isdisjoint(entry.frames)
        and "object-clause" not in entry.frames
        for entry in lexicon.verbs_of(verb.lemma, verb.text)
    )


def opening_participle(asked: Token, tree: Tree) -> dict[int, Token]:
    """***Asked** whether he would sell, the owner said no*: a verb without a subject that opens a sentence."""
    if asked.head < asked.index or tree.has_child(asked.index, "nsubj", "aux", "expl", "csubj"):
        return {}
    last = tree.subtree(asked.index)[-1]
    behind = next((token.index for token in tree.tokens[last : last + 2] if token.text == ","), None)
    subject = tree.child(asked.head, "nsubj")
    if behind is None or subject is None or subject < behind:
        return {}
    return {asked.index: msgspec.structs.replace(asked, xpos="VBN", relation="advcl")}


def report_in_relative(verb: Token, tree: Tree) -> dict[int, Token]:
    """*A study **found** more space may be added*: what was found has a verb of its own, behind it."""
    predicate, objects = tree.head(verb.head), tree.children(verb.index)
    if predicate is None or predicate < verb.index or not tree.matches(verb.head, "nsubj"):
        return {}
    if len(objects) != 1 or not tree.matches(objects[0], "obj"):
        return {}
    behind = tree.subtree(objects[0])[-1] + 1
    auxiliaries = tree.children(predicate, "aux", "cop")
    if min([*auxiliaries, predicate]) != behind:
        return {}
    first, clause = tree.subtree(verb.head)[0], tree.tokens[predicate]
    outside = [child for child in tree.children(predicate) if child < first or tree.tokens[child].upos == "PUNCT"]
    changed = {child: msgspec.structs.replace(tree.tokens[child], head=verb.index) for child in outside}
    subject = tree.tokens[verb.head]
    return changed | {
        verb.index: msgspec.structs.replace(verb, head=clause.head, relation=clause.relation),
        predicate: msgspec.structs.replace(clause, head=verb.index, relation="ccomp"),
        subject.index: msgspec.structs.replace(subject, head=verb.index, relation="nsubj"),
        objects[0]: msgspec.structs.replace(tree.tokens[objects[0]], head=predicate, relation=subject.relation),
    }


def name_behind_role(name: Token, tree: Tree) -> dict[int, Token]:
    """*According to spokeswoman **Ida Marr***: a name directly behind a noun, with its head and relation, names it."""
    noun = tree.tokens[name.index - 1]
    if noun.upos != "NOUN" or (noun.head, noun.relation) != (name.head, name.relation):
        return {}
    if not tree.has_child(noun.index, "case") or tree.has_child(name.index, "case"):
        return {}
    return {name.index: msgspec.structs.replace(name, head=noun.index, relation="appos")}


def clause_behind_clause(clause: Token, tree: Tree) -> dict[int, Token]:
    """*They concluded it was likely **they came***: of two complements the second is that of the first's adjective."""
    earlier = [other for other in tree.children(clause.head, "ccomp") if clause.head < other < clause.index]
    if not earlier or tree.tokens[earlier[-1]].upos != "ADJ" or not tree.has_child(clause.index, "nsubj"):
        return {}
    last = [index for index in tree.subtree(earlier[-1]) if tree.tokens[index].upos != "PUNCT"][-1]
    between = tree.tokens[last + 1 : tree.subtree(clause.index)[0]]
    if any(token.text not in QUOTATION_MARKS for token in between):
        return {}
    return {clause.index: msgspec.structs.replace(clause, head=earlier[-1])}


def verb_behind_clause(verb: Token, tree: Tree) -> dict[int, Token]:
    """*They alleged that he “read the news,” **dozed** and left*: a verb without a subject goes on with the clause."""
    earlier = [other for other in tree.children(verb.head, "ccomp") if verb.head < other < verb.index]
    if verb.xpos not in FINITE_PAST_OR_PRESENT or not earlier or not tree.has_child(earlier[-1], "nsubj"):
        return {}
    if tree.has_child(verb.index, "nsubj", "nsubj:pass", "expl", "mark", "aux", "cop", "advmod", "csubj"):
        return {}
    first = tree.subtree(verb.index)[0]
    behind_mark = first and tree.tokens[first - 1].text in {",", *QUOTATION_MARKS}
    if tree.tokens[earlier[-1]].xpos != verb.xpos or not behind_mark:
        return {}
    return {verb.index: msgspec.structs.replace(verb, head=earlier[-1], relation="conj")}


def report_at_end(that: Token, tree: Tree) -> dict[int, Token]:
    """*They were told **that** ten is the limit, Reuters reported.*: *that* opens the clause before the last verb."""
    verb = tree.tokens[that.head]
    subject = tree.child(verb.index, "nsubj")
    if subject is None or verb.relation != "ccomp" or tree.tokens[tree.subtree(subject)[0] - 1].text != ",":
        return {}
    if any(tree.tokens[index].upos != "PUNCT" for index in range(verb.index + 1, len(tree))):
        return {}
    clause = next((child for child in tree.children(verb.head, "ccomp") if that.index < child < subject), None)
    if clause is None:
        return {}
    return {
        that.index: msgspec.structs.replace(that, head=clause),
        verb.index: msgspec.structs.replace(verb, head=list(tree.ancestors(verb.index))[-1], relation="parataxis"),
    }


def clause_with_subject(clause: Token, tree: Tree) -> dict[int, Token]:
    """*Speculation grows the club **will be sold***: an open complement has no subject of its own."""
    if not tree.has_child(clause.index, "nsubj") or clause.upos not in ("VERB", "AUX"):
        return {}
    return {clause.index: msgspec.structs.replace(clause, relation="ccomp")}


def clause_behind_passive(clause: Token, tree: Tree) -> dict[int, Token]:
    """*It is speculated that the ship **carries** arms*: treebanks have it as the subject or as the complement."""
    if clause.head > clause.index:
        return {}
    return {clause.index: msgspec.structs.replace(clause, relation="ccomp")}


def speaking_it(lexicon: Lexicon) -> Repair:
    """***It** pointed out that the vote was close*: a verb that can open a quotation has a speaker for its subject."""

    def repair(it: Token, tree: Tree) -> dict[int, Token]:
        verb = tree.head(it.index)
        if verb is None or it.index > verb or grammar.is_passive(tree, verb):
            return {}
        speaks = any("quotation" in entry.frames for entry in lexicon.verbs_of(tree.tokens[verb].lemma))
        if not speaks or not any(clause > verb for clause in tree.children(verb, "ccomp")):
            return {}
        return {it.index: msgspec.structs.replace(it, relation="nsubj")}

    return repair


def report_behind_clause(verb: Token, tree: Tree) -> dict[int, Token]:
    """*Velm has won the vote, Ada Kern **announced** on Monday*: no word makes it a clause of time or reason."""
    words = (index for index in tree.subtree(verb.index) if tree.tokens[index].upos != "PUNCT")
    opening = next(words, verb.index)
    if opening < 2 or tree.tokens[opening - 1].text != "," or opening <= verb.head:
        return {}
    if not tree.has_child(verb.index, "nsubj") or tree.has_child(verb.index, "mark", "ccomp", "obj", "aux", "cop"):
        return {}
    if tree.tokens[opening].xpos in grammar.WH_TAGS or verb.xpos not in FINITE_PAST_OR_PRESENT:
        return {}
    return {verb.index: msgspec.structs.replace(verb, relation="parataxis")}


def auxiliary_of_progressive(auxiliary: Token, tree: Tree) -> dict[int, Token]:
    """*The dam **is** leaking*: no copula, as *leaking* is a verb."""
    verb = tree.head(auxiliary.index)
    if verb is None or (tree.tokens[verb].upos, tree.tokens[verb].xpos) != ("VERB", "VBG"):
        return {}
    return {auxiliary.index: msgspec.structs.replace(auxiliary, relation="aux")}


def state_of_mind(lexicon: Lexicon) -> Repair:
    """*Doctors are **concerned** the ward is full*, *are **alarmed** that …*: an adjective, no passive."""

    def repair(state: Token, tree: Tree) -> dict[int, Token]:
        clauses = tree.children(state.index, "ccomp") or [
            clause
            for clause in tree.children(state.index, "advcl")
            if any(tree.forms[mark] == "that" for mark in tree.children(clause, "mark"))
        ]
        if not clauses or not any("clause" in entry.frames for entry in lexicon.adjectives_of(state.text)):
            return {}
        changed = {state.index: msgspec.structs.replace(state, upos="ADJ", xpos="JJ", lemma=state.text.lower())}
        for clause in clauses:
            changed[clause] = msgspec.structs.replace(tree.tokens[clause], relation="ccomp")
        for relation, right in (("aux:pass", "cop"), ("nsubj:pass", "nsubj")):
            for child in tree.children(state.index, relation):
                changed[child] = msgspec.structs.replace(tree.tokens[child], relation=right)
        return changed

    return repair


def evaluation(participle: Token, tree: Tree) -> dict[int, Token]:
    """*It was **alarming** that the pit was open*: what somebody thinks of a fact, and nobody's report of it."""
    changed: dict[int, Token] = {}
    for child in tree.children(participle.index, "nsubj", "expl"):
        if tree.forms[child] == "it":
            changed[child] = msgspec.structs.replace(tree.tokens[child], relation="expl")
    for child in tree.children(participle.index, "aux", "cop"):
        if tree.lemmas[child] == "be":
            changed[child] = msgspec.structs.replace(tree.tokens[child], relation="cop")
    clauses = tree.children(participle.index, "ccomp", "csubj")
    if len(changed) < 2 or not clauses or tree.has_child(participle.index, "obj", "iobj"):
        return {}
    changed |= {clause: msgspec.structs.replace(tree.tokens[clause], relation="csubj") for clause in clauses}
    adjective = msgspec.structs.replace(participle, upos="ADJ", xpos="JJ", lemma=participle.text.lower())
    return changed | {participle.index: adjective}


def role_with_name(lexicon: Lexicon) -> Repair:
    """*According to **coach** Irma Vant*: a word before a name that heads it is a noun for people, and no verb."""

    def repair(role: Token, tree: Tree) -> dict[int, Token]:
        name = role.index + 1
        if name >= len(tree) or tree.tokens[name].upos != "PROPN" or tree.head(name) != role.index:
            return {}
        if not tree.matches(name, "flat") or not any(
            noun.kind in PEOPLE for noun in lexicon.source_nouns_of(role.text.lower())
        ):
            return {}
        return {role.index: msgspec.structs.replace(role, upos="NOUN", xpos="NN", lemma=role.text.lower())}

    return repair


def predicate_of_called(lexicon: Lexicon) -> Repair:
    """*They called the ruling on the pier **a disaster***: no comma sets it off, so it is no apposition to the pier."""

    def repair(noun: Token, tree: Tree) -> dict[int, Token]:
        first = tree.subtree(noun.index)[0]
        if tree.forms[first] not in ("a", "an") or first == 0 or tree.tokens[first - 1].upos == "PUNCT":
            return {}
        called = next((above for above in tree.ancestors(noun.index) if tree.matches(above, "obj")), None)
        verb = None if called is None else tree.head(called)
        if verb is None or tree.tokens[verb].lemma not in lexicon.words_for("calling-verb"):
            return {}
        if tree.has_child(verb, "xcomp") or grammar.is_passive(tree, verb):
            return {}
        return {noun.index: msgspec.structs.replace(noun, head=verb, relation="xcomp")}

    return repair


def clause_without_conjunction(clause: Token, tree: Tree) -> dict[int, Token]:
    """*Speculation grows the club **will be sold***: no comma or *and* joins it, so it is no conjunct."""
    between = tree.tokens[clause.head + 1 : clause.index]
    if not tree.has_child(clause.index, "nsubj") or tree.has_child(clause.index, "cc"):
        return {}
    if tree.subtree(clause.index)[0] <= clause.head or any(token.upos in ("PUNCT", "CCONJ") for token in between):
        return {}
    return {clause.index: msgspec.structs.replace(clause, relation="ccomp")}


def conjunct_of_nearest(verb: Token, tree: Tree) -> dict[int, Token]:
    """*The birds stopped, and Lind looked up **and said***: what has no subject goes on with the nearest clause."""
    if tree.has_child(verb.index, "nsubj") or not tree.has_child(verb.index, "cc"):
        return {}
    others = (other for other in tree.children(verb.head, "conj") if verb.head < other < verb.index)
    nearest = max((other for other in others if tree.has_child(other, "nsubj")), default=None)
    return {} if nearest is None else {verb.index: msgspec.structs.replace(verb, head=nearest)}


def participle_of_speaker(adding: Token, tree: Tree) -> dict[int, Token]:
    """*The deal could fail, two people said, **cautioning** that …*: who has just spoken goes on."""
    if tree.tokens[adding.index - 1].text != "," or not tree.has_child(adding.index, "ccomp"):
        return {}
    for verb in tree.children(adding.head, "parataxis"):
        before = [index for index in tree.subtree(verb, {adding.index}) if tree.tokens[index].upos != "PUNCT"]
        if tree.has_child(verb, "nsubj") and before[-1:] == [adding.index - 2]:
            return {adding.index: msgspec.structs.replace(adding, head=verb)}
    return {}


def participle_in_phrase(participle: Token, tree: Tree) -> dict[int, Token]:
    """*…, said the firm’s newly **named** chair*: what stands between *the* or *’s* and a noun belongs to the noun."""
    noun = tree.child(participle.index, "obj")
    first = participle.index
    while first and tree.tokens[first - 1].upos == "ADV" and tree.tokens[first - 1].head == participle.index:
        first -= 1
    if noun is None or noun < first or not first or tree.tokens[first - 1].xpos not in ("POS", "DT", "PRP$"):
        return {}
    if not set(range(participle.index + 1, noun)) <= set(tree.subtree(noun)):
        return {}
    governor = participle.head
    relation = "obj" if participle.relation == "ccomp" else participle.relation
    told = any(clause < governor for clause in tree.children(governor, "ccomp"))
    if told and relation == "obj" and not tree.has_child(governor, "nsubj"):
        relation = "nsubj"
    changed = {
        child: msgspec.structs.replace(tree.tokens[child], head=governor if child > noun else noun)
        for child in tree.children(participle.index)
        if child != noun and not first <= child < participle.index
    }
    changed[noun] = msgspec.structs.replace(tree.tokens[noun], head=governor, relation=relation)
    changed[participle.index] = msgspec.structs.replace(participle, head=noun, relation="amod")
    return changed


def time_behind_speaker(opener: Token, tree: Tree) -> dict[int, Token]:
    """*It is shut, said a spokesman **when asked***: what stands behind an inverted subject tells when it was said."""
    clause = opener.head
    speaker = tree.head(clause)
    verb = None if speaker is None else tree.head(speaker)
    if speaker is None or verb is None or not tree.matches(speaker, "nsubj") or not verb < speaker < opener.index:
        return {}
    if tree.subtree(clause)[0] != opener.index or not tree.matches(clause, "acl", "advcl"):
        return {}
    return {clause: msgspec.structs.replace(tree.tokens[clause], head=verb, relation="advcl")}


def phrase_behind_opener(according: Token, tree: Tree) -> dict[int, Token]:
    """*A hymn that, **according to Roth**, he had banned*: what interrupts a clause behind its first word is in it."""
    if according.index < 2 or according.head < according.index or tree.tokens[according.index - 1].text != ",":
        return {}
    speaker, clause = according.head, tree.tokens[according.index - 2].head
    opens = tree.tokens[according.index - 2].xpos in ("IN", "WDT", "WP")
    host = tree.head(speaker)
    inside = set(tree.subtree(host)) - set(tree.subtree(speaker)) if host is not None else set()
    if not opens or clause < speaker or clause == host or clause not in inside:
        return {}
    return {speaker: msgspec.structs.replace(tree.tokens[speaker], head=clause, relation="obl")}


def verb_before_number(plural: Token, tree: Tree) -> dict[int, Token]:
    """*The crane **lifts** ninety tonnes*: what stands before a number is no noun of its phrase, but a verb."""
    noun, subject = plural.head, tree.tokens[plural.index - 1]
    if noun < plural.index or plural.index + 1 not in tree.children(noun, "nummod") or tree.has_child(noun, "case"):
        return {}
    if subject.head not in (noun, plural.index) or not subject.xpos.startswith("NN") or not plural.text.islower():
        return {}
    changed = {
        plural.index: msgspec.structs.replace(
            plural, upos="VERB", xpos="VBZ", head=tree.tokens[noun].head, relation=tree.tokens[noun].relation
        ),
        noun: msgspec.structs.replace(tree.tokens[noun], head=plural.index, relation="obj"),
        subject.index: msgspec.structs.replace(
            subject, head=plural.index, relation="nsubj", upos="PROPN" if subject.upos == "PROPN" else "NOUN"
        ),
    }
    for child in (*tree.children(noun), *tree.children(plural.index)):
        if child < subject.index or child > noun:
            head = subject.index if child < subject.index else plural.index
            changed[child] = msgspec.structs.replace(tree.tokens[child], head=head)
    return changed


def possessive_of_neighbour(mark: Token, tree: Tree) -> dict[int, Token]:
    """*China’s firms copy it, Kell**’s** lawyer said.*: a possessive mark belongs to the phrase that ends before it."""
    before = mark.index - 1
    if not 0 <= mark.head < mark.index or before in tree.subtree(mark.head) or tree.has_child(mark.index):
        return {}
    return {mark.index: msgspec.structs.replace(mark, head=before)}


def day_as_object(day: Token, tree: Tree) -> dict[int, Token]:
    """*The union stressed **Wednesday** to the council …*: a day directly behind a verb tells when, not what."""
    verb = tree.head(day.index)
    if verb != day.index - 1 or tree.tokens[verb].upos != "VERB" or tree.has_child(day.index):
        return {}
    return {day.index: msgspec.structs.replace(day, relation="obl:unmarked")}


def day_behind_name(day: Token, tree: Tree) -> dict[int, Token]:
    """*Robert Kern **Saturday** predicted*: a day behind a name of two words or a title belongs to the verb."""
    name = tree.head(day.index)
    verb = None if name is None else tree.head(name)
    if name is None or verb is None or not name < day.index < verb or not tree.matches(name, "nsubj"):
        return {}
    parts = tree.children(name, "flat", "nmod:desc", "compound")
    if len(parts) < 2 or max(parts) > day.index:  # Sheffield Wednesday is a club
        return {}
    return {day.index: msgspec.structs.replace(day, head=verb, relation="obl:unmarked")}


def name_beside_time(time: Token, tree: Tree) -> dict[int, Token]:
    """*On Monday **Kern** said*: a name attached to a day or month is the clause's missing subject or possessor."""
    name = tree.tokens[time.index + 1]
    verb = tree.head(time.index)
    if verb is None or verb < time.index or name.head != time.index:
        return {}
    if name.upos != "PROPN" or name.text.lower() in TIME_WORDS:
        return {}
    if not tree.matches(name.index, "flat", "nmod:unmarked", "appos", "compound"):
        return {}
    last = name.index
    while last + 1 < len(tree) and tree.tokens[last + 1].upos == "PROPN" and tree.tokens[last + 1].head == time.index:
        last += 1
    changed = {
        index: msgspec.structs.replace(tree.tokens[index], head=name.index, relation="flat")
        for index in range(name.index + 1, last + 1)
    }
    after = tree.tokens[last + 1] if last + 1 < len(tree) else None
    if after is not None and after.xpos == "POS":
        owned = next((child for child in tree.children(verb, "nsubj") if child > after.index), None)
        if owned is None:
            return {}
        changed[name.index] = msgspec.structs.replace(name, head=owned, relation="nmod:poss")
        changed[after.index] = msgspec.structs.replace(after, head=name.index, relation="case")
    elif not tree.has_child(verb, "nsubj"):
        relation = "nsubj:pass" if tree.has_child(verb, "aux:pass") else "nsubj"
        changed[name.index] = msgspec.structs.replace(name, head=verb, relation=relation)
    else:
        return {}
    return changed
