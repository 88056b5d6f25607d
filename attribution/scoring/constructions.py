"""Finds the predicates of a sentence and the grammatical constructions that tell how firmly it commits itself to each.

A predicate is a word that tells what happened or how something is: a verb, a participle or an infinitive, what *be*
says of a subject, a noun of an event. Each has constructions of its own (a modal, a negation, a hedge over it) and at
most one **link**: how it hangs on the word that governs it (*failed to act*, *said that …*, *if …*). What the names
mean, and what each is worth, stands in ``attribution.scoring.commitment``.

Terms follow Quirk et al. (1985), Palmer (2001), and for verbs that decide whether their infinitive comes true
Karttunen (1971), *Implicative verbs*, and Nairn, Condoravdi and Karttunen (2006), *Computing relative polarity for
textual inference*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from attribution import grammar
from attribution.lexicon import Lexicon
from attribution.parsing import Tree
from attribution.records import Hedge, HedgeCategory
from attribution.scoring.links import VERBAL, Links

COUNTING = ("denying", "likely", "report", "seeming", "thinking")
"""How links end that count a word which may be a hedge, too."""

MODAL_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "'ll": "will",
        "'d": "would",
        "wo": "will",
        "ca": "can",
        "might": "may",
        "shall": "will",
        "ought": "should",
    }
)
"""Forms of modal auxiliaries, and the one that a construction is named by."""

HEDGE_NAMES: Mapping[HedgeCategory, str] = MappingProxyType(
    {
        HedgeCategory.HEARSAY: "hearsay word",
        HedgeCategory.EPISTEMIC: "word of likelihood",
        HedgeCategory.BELIEF: "I think",
    }
)
"""Hedges that count where their scope holds the predicate; modals and conditions are asked of the grammar."""

HABITS = frozenset(
    {"always", "usually", "often", "sometimes", "generally", "typically", "rarely", "seldom", "every", "regularly"}
)
NEAR_MISSES = frozenset({"nearly", "almost"})
SCARCELY = frozenset({"hardly", "barely", "scarcely", "rarely", "seldom"})
ANYBODY = frozenset(
    {"you", "one", "anyone", "anybody", "someone", "somebody", "people", "whoever", "everyone", "everybody"}
)

POSSIBILITY = 0.5
"""The strength from which an epistemic hedge speaks of what is possible rather than likely."""

FUTURATE = frozenset({"present", "passive present", "progressive"})
"""Forms that tell of the future when an adverbial does."""

CONDITIONING = frozenset({"if", "unless"})
NOT_CONDITIONING = frozenset({"as", "even", "like"})
"""Words before *if* with which it makes no condition of what governs it."""

ONLY = frozenset({"just", "only", "merely", "simply"})
"""Words after *not* with which it denies no more than that this is all: *not only leaks*."""

NEGATIVE_WORDS = (
    grammar.NEGATIONS | grammar.NEGATIVE_PRONOUNS | grammar.NEGATIVE_DETERMINERS | {"few", "hardly", "scarcely"}
)
"""Words without one of which nothing in a sentence is negated."""

STATING_RELATIONS = frozenset({"root", "ccomp", "advcl", "parataxis", "acl", "xcomp"})
"""Relations of a word that is said of something, verb or not."""


class PredicateReading(msgspec.Struct, frozen=True):
    """What is known of a predicate of a tree: the names of its own constructions, and how it hangs on ``governor``.

    ``link`` and ``governor`` are None for what nothing governs.
    """

    constructions: tuple[str, ...]
    link: str | None
    governor: int | None


class SentenceConstructions:
    """Tells the constructions of any word of one tree; each is worked out once."""

    def __init__(self, tree: Tree, lexicon: Lexicon, hedges: Sequence[Hedge] = ()) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.asked = grammar.questions(tree)
        self.hedged = [
            (_hedge_name(hedge), tree.words_in(hedge.scope), tree.words_in(hedge.spans))
            for hedge in hedges
            if hedge.category in HEDGE_NAMES
        ]
        self._events = lexicon.words_for("event")
        self._with_copula = {
            token.head for token, (_, relation) in zip(tree.tokens, tree.relations, strict=True) if relation == "cop"
        }
        words = frozenset(tree.lemmas).union(tree.forms)
        # Most sentences have no word of these kinds, and no predicate of theirs need be asked for it.
        self._may_negate = not words.isdisjoint(NEGATIVE_WORDS)
        self._may_qualify = not words.isdisjoint(NEAR_MISSES | SCARCELY | HABITS)
        self._may_condition = not words.isdisjoint(CONDITIONING)
        self._known: dict[int, PredicateReading] = {}
        self.links = Links(tree, lexicon, self._with_copula)

    def of(self, index: int) -> PredicateReading:
        """What is known of a word as a predicate."""
        known = self._known.get(index)
        if known is None:
            link, governor = self.links.of(index)
            known = self._known[index] = PredicateReading(tuple(self._own(index, link)), link, governor)
        return known

    def words(self, index: int) -> list[int]:
        """The tokens of a predicate: its head with auxiliaries, copula, particle and *not*."""
        tree = self.tree
        beside = tree.children(index, "aux", "cop", "compound:prt")
        if self._may_negate:
            beside += [child for child in tree.children(index, "advmod") if tree.forms[child] in grammar.NEGATIONS]
        return sorted({index, *beside})

    # --- What is a predicate ------------------------------------------------------------------------------------------

    def is_predicate(self, index: int) -> bool:
        """Whether a word tells what happened or how something is."""
        tree, token = self.tree, self.tree.tokens[index]
        match token.upos:
            case "VERB":
                return not tree.matches(index, "case", "mark", "fixed", "compound", "flat", "cc")
            case "AUX":
                return not tree.matches(index, "aux", "cop", "fixed")
            case "NOUN":
                if tree.lemmas[index] in self._events:
                    return True
                return self._is_stated(index) or token.xpos == "VBG"
            case "PUNCT" | "DET" | "PART" | "SCONJ" | "CCONJ" | "ADP" | "INTJ":
                return index in self._with_copula
        return self._is_stated(index)

    def _is_stated(self, index: int) -> bool:
        """Whether a non-verb is predicated of a subject (*is safe*, *found it empty*), or heads a fragment."""
        tree = self.tree
        relation = tree.relations[index][1]
        if relation in STATING_RELATIONS or index in self._with_copula:
            return True
        return relation == "conj" and tree.child(index, "nsubj") is not None

    # --- Constructions of its own -------------------------------------------------------------------------------------

    def _own(self, index: int, link: str | None) -> Iterable[str]:
        form = self._form(index, link)
        if form is not None:
            yield form
        if self._may_negate:
            yield from self._negations(index)
        if self._may_qualify:
            yield from self._qualifications(index)
        if index in self.asked:
            yield from self._question(index)
        if self.tree.tokens[index].upos in VERBAL:
            yield from self._generality(index)
        if form in FUTURATE and self._is_to_come(index):
            yield "time to come"
        if self._may_condition and self._is_conditioned(index):
            yield "under a condition"
        if self.hedged:
            yield from self._hedges(index)

    def _form(self, index: int, link: str | None) -> str | None:
        """The form of the predicate; None for an infinitive with a link, whose standing its governor decides."""
        tree = self.tree
        token = tree.tokens[index]
        head = self._sharing(index)
        auxiliaries = tree.children(head, "aux", "cop")
        modals = grammar.modals(tree, head) if auxiliaries else ()
        if modals:
            name = MODAL_NAMES.get(modals[0], modals[0])
            perfect = name != "will" and any(tree.lemmas[auxiliary] == "have" for auxiliary in auxiliaries)
            if name == "would" and not perfect and tree.lemmas[index] in self.lexicon.words_for("wished-politely"):
                return "present of a state"
            if name == "can" and not perfect and tree.lemmas[index] in self.lexicon.words_for("perceiving"):
                return "can perceive"
            return f"{name} have" if perfect and name != "can" else name
        head = self._requested_along_with(head)
        if grammar.is_imperative(tree, head) or grammar.is_prohibition(tree, head):
            return "present" if tree.lemmas[index] in self.lexicon.words_for("said-without-i") else "imperative"
        if token.upos not in VERBAL and index not in self._with_copula:
            if token.upos == "NOUN" or token.upos == "PROPN":
                return "noun on its own" if tree.matches(index, "root", "parataxis", "list") else "noun"
            return "adjective without verb"
        if grammar.is_infinitive(tree, head) or self._is_bare_infinitive_of_be(index):
            return None if link is not None else "infinitive on its own"
        if token.xpos == "VB" and not any(tree.lemmas[auxiliary] == "do" for auxiliary in auxiliaries):
            if self._is_request(index):
                return "imperative"
            return None if link is not None and link.startswith("infinitive") else "bare verb"
        if grammar.is_finite(tree, index) or (head != index and grammar.is_finite(tree, head)):
            return self._tense(index, auxiliaries)
        if tree.matches(index, "amod"):
            return "participle before its noun"
        match token.xpos:
            case "VBG":
                return "ing form"
            case "VBN" | "VBD":
                return "past participle"
        return None if link is not None and link.startswith("infinitive after") else "bare verb"

    def _requested_along_with(self, index: int) -> int:
        """The imperative that a word without a subject is coordinated with, or the word itself.

        Taggers take the second imperative of a row for a noun or a present tense (*go ahead and **forward** it*).
        """
        tree = self.tree
        first = tree.tokens[index].head
        if (
            tree.matches(index, "conj")
            and grammar.is_imperative(tree, first)
            and not tree.children(index, *grammar.SUBJECT_RELATIONS, "aux", "cop", "mark")
        ):
            return first
        return index

    def _is_going(self, index: int) -> bool:
        """Whether a verb of going has a goal (*is moving to Tarsk*)."""
        tree = self.tree
        return tree.lemmas[index] in self.lexicon.words_for("going") and any(
            tree.lemmas[case] == "to" for goal in tree.children(index, "obl") for case in tree.children(goal, "case")
        )

    def _is_bare_infinitive_of_be(self, index: int) -> bool:
        """Whether *be* introduces a verb in its base form: *all they did was **wait***."""
        tree = self.tree
        return tree.tokens[index].xpos == "VB" and any(
            tree.lemmas[word] == "be" for word in tree.children(index, "cop", "aux")
        )

    def _is_request(self, index: int) -> bool:
        """Whether a verb in its base form is a request: nobody stands before it as subject, or *please* is said."""
        tree = self.tree
        if any(tree.forms[child] == "please" for child in tree.children(index)):
            return True
        before = any(child < index for child in tree.children(index, *grammar.SUBJECT_RELATIONS, "mark"))
        return not before and tree.matches(index, "root", "parataxis", "conj") and not self.links.of(index)[0]

    def _is_to_come(self, index: int) -> bool:
        """Whether an adverbial of the predicate places it in the future (*tomorrow*, *next week*)."""
        tree = self.tree
        coming = self.lexicon.words_for("time-to-come")
        return any(
            tree.forms[word] in coming
            for child in tree.children(index, "advmod", "obl")
            for word in (child, *tree.children(child, "amod"))
        )

    def _tense(self, index: int, auxiliaries: Sequence[int]) -> str:
        tree = self.tree
        tags = {tree.tokens[verb].xpos for verb in (index, *auxiliaries)}
        lemmas = {tree.lemmas[auxiliary] for auxiliary in auxiliaries}
        is_verb = tree.tokens[index].upos in VERBAL
        if tree.lemmas[index] == "go" and tree.tokens[index].xpos == "VBG" and tree.child(index, "xcomp"):
            return "would" if "VBD" in tags else "will"
        if "VBD" in tags:
            return "past"
        if "have" in lemmas:
            return "perfect"
        if not is_verb or index in self._with_copula:
            return "present of be"
        if tree.tokens[index].xpos == "VBG":
            return "progressive of going" if self._is_going(index) else "progressive"
        if grammar.is_passive(tree, index):
            return "passive present"
        return "present of a state" if tree.lemmas[index] in self.lexicon.words_for("state") else "present"

    def _sharing(self, index: int) -> int:
        """The verb whose auxiliaries a coordinated verb shares (*will be dismissed and **moved***)."""
        tree = self.tree
        while tree.matches(index, "conj") and not tree.children(
            index, "aux", "cop", "mark", *grammar.SUBJECT_RELATIONS
        ):
            first = tree.tokens[index].head
            tags = {tree.tokens[first].xpos, tree.tokens[index].xpos}
            # Taggers take the second infinitive of a row for a present tense (*to sign it and leave*).
            if not (tags <= {"VB", "VBP"} or tags == {"VBN"} or tags == {"VBG"}):
                break
            index = first
        return index

    def _negations(self, index: int) -> Iterable[str]:
        tree = self.tree
        negations = [
            child for child in tree.children(index, "advmod", "det", "aux") if tree.forms[child] in grammar.NEGATIONS
        ]
        if any(tree.forms[min(child + 1, len(tree) - 1)] not in ONLY for child in negations):
            yield "negation"
        # One clause has one negation: *nobody found nothing* is a matter of dialect.
        for relation in ("nsubj", "obj"):
            if any(grammar.is_negative_phrase(tree, child) for child in tree.children(index, relation)):
                yield "negation"
                break

    def _qualifications(self, index: int) -> Iterable[str]:
        tree = self.tree
        adverbs = {tree.lemmas[child] for child in tree.children(index, "advmod") if child < index}
        if not adverbs.isdisjoint(SCARCELY):
            yield "scarcely"
        if tree.tokens[index].upos == "VERB" and not adverbs.isdisjoint(NEAR_MISSES):
            yield "near miss"
        if not adverbs.isdisjoint(HABITS):
            yield "habit"

    def _question(self, index: int) -> Iterable[str]:
        tree = self.tree
        governor = tree.head(index)
        if governor is not None and governor in self.asked and not tree.matches(index, "conj", "parataxis"):
            return
        opening = [child for child in tree.children(index) if child < index]
        wh = any(tree.tokens[word].xpos in grammar.WH_TAGS for child in opening for word in tree.subtree(child)[:2])
        if wh or tree.tokens[index].xpos in grammar.WH_TAGS:
            yield "wh question"
        else:
            yield "declarative question" if self._is_declarative(index) else "yes-no question"

    def _is_declarative(self, index: int) -> bool:
        """Whether a clause has its subject before its first verb, as a statement has."""
        tree = self.tree
        verbs = [index, *tree.children(index, "aux", "cop")]
        subjects = [child for child in tree.children(index, *grammar.SUBJECT_RELATIONS) if child < min(verbs)]
        return any(tree.forms[word] not in ANYBODY for word in subjects) and grammar.is_finite(tree, index)

    def _generality(self, index: int) -> Iterable[str]:
        tree = self.tree
        subject = grammar.subject(tree, index)
        if subject is None:
            return
        if tree.forms[subject] in ANYBODY:
            yield "anybody as subject"
        elif tree.tokens[subject].xpos == "NNS" and tree.tokens[index].xpos == "VBP":
            if not tree.children(subject, "det", "nmod:poss", "nummod", "acl"):
                yield "bare plural subject"

    def _is_conditioned(self, index: int) -> bool:
        tree = self.tree
        return any(
            tree.lemmas[mark] in CONDITIONING and (mark == 0 or tree.forms[mark - 1] not in NOT_CONDITIONING)
            for clause in tree.children(index, "advcl")
            for mark in tree.children(clause, "mark", "advmod")
        )

    def _hedges(self, index: int) -> Iterable[str]:
        """The hedges over a predicate: not over their own word (*it **seems***), nor where a link counts the word."""
        counted = {index}
        link, governor = self.links.of(index)
        while link is not None and governor is not None and governor not in counted:
            if link.endswith(COUNTING):
                counted.add(governor)
            link, governor = self.links.of(governor)
        return dict.fromkeys(name for name, scope, words in self.hedged if index in scope and counted.isdisjoint(words))


def _hedge_name(hedge: Hedge) -> str:
    if hedge.category is HedgeCategory.EPISTEMIC and hedge.strength >= POSSIBILITY:
        return "word of possibility"
    return HEDGE_NAMES[hedge.category]
