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
from attribution.records import Attitude, Hedge, HedgeCategory

INFINITIVE_CLASSES = (
    "falling-short",
    "coming-true",
    "preventing",
    "ongoing",
    "allowing",
    "asking",
    "trying",
    "planning",
    "wanting",
    "needing",
    "likely",
    "bringing-about",
    "seeming",
    "thinking",
)
"""Word lists that tell what becomes of an infinitive or a gerund, the first that holds the governing word wins."""

CLAUSE_CLASSES = ("denying", "wanting", "asking", "planning", "likely", "seeming", "knowing", "thinking")
"""The same for a finite clause."""

NOUN_CLASSES = ("preventing", "denying", "allowing", "asking", "trying", "planning", "wanting", "needing", "thinking")
"""The same for a noun of an event."""

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
        HedgeCategory.AGENTLESS_PASSIVE: "is believed to",
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
FREE = frozenset(
    {"any", "every", "anyone", "anything", "anybody", "everyone", "everything", "whatever", "those", "each"}
)

POSSIBILITY = 0.5
"""The strength from which an epistemic hedge speaks of what is possible rather than likely."""

SUBORDINATORS: Mapping[str, str] = MappingProxyType(
    {
        "if": "condition",
        "unless": "unless clause",
        "whether": "condition",
        "until": "until or before clause",
        "till": "until or before clause",
        "before": "until or before clause",
        "when": "when clause",
        "whenever": "when clause",
        "once": "when clause",
        "as": "as clause",
        "while": "clause of circumstance",
        "after": "clause of circumstance",
        "since": "clause of circumstance",
        "because": "clause of circumstance",
        "although": "clause of circumstance",
        "though": "clause of circumstance",
        "whereas": "clause of circumstance",
        "so": "so that clause",
        "than": "than clause",
        "lest": "unless clause",
        "in": "in order clause",
        "by": "by gerund",
        "without": "without gerund",
        "instead": "without gerund",
        "for": "for gerund",
        "despite": "clause of circumstance",
    }
)
"""Words that open an adverbial clause, and the construction each makes."""

VERBAL = ("VERB", "AUX")
CONDITIONING = frozenset({"if", "unless"})
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
            (_hedge_name(hedge), tree.words_in((*hedge.scope, *hedge.spans)))
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

    def of(self, index: int) -> PredicateReading:
        """What is known of a word as a predicate."""
        known = self._known.get(index)
        if known is None:
            link, governor = self._link(index)
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
        if self._may_condition and self._is_conditioned(index):
            yield "under a condition"
        if self.hedged:
            yield from dict.fromkeys(name for name, words in self.hedged if index in words)

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
            return f"{name} have" if perfect and name != "can" else name
        if grammar.is_imperative(tree, head):
            return "present" if tree.lemmas[index] in self.lexicon.words_for("said-without-i") else "imperative"
        if token.upos not in VERBAL and index not in self._with_copula:
            if token.upos == "NOUN" or token.upos == "PROPN":
                return "noun"
            return "adjective without verb"
        if grammar.is_infinitive(tree, head):
            return None if link is not None else "infinitive on its own"
        if grammar.is_finite(tree, index) or (head != index and grammar.is_finite(tree, head)):
            return self._tense(index, auxiliaries)
        if tree.matches(index, "amod"):
            return "participle before its noun"
        match token.xpos:
            case "VBG":
                return "ing form"
            case "VBN" | "VBD":
                return "past participle"
        return "bare verb"

    def _tense(self, index: int, auxiliaries: Sequence[int]) -> str:
        tree = self.tree
        tags = {tree.tokens[verb].xpos for verb in (index, *auxiliaries)}
        lemmas = {tree.lemmas[auxiliary] for auxiliary in auxiliaries}
        is_verb = tree.tokens[index].upos in VERBAL
        if "VBD" in tags:
            return "past"
        if "have" in lemmas:
            return "perfect"
        if not is_verb or index in self._with_copula:
            return "present of be"
        if tree.tokens[index].xpos == "VBG":
            return "going to" if tree.lemmas[index] == "go" and tree.child(index, "xcomp") else "progressive"
        return "passive present" if grammar.is_passive(tree, index) else "present"

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
        if grammar.has_negation(tree, index):
            yield "negation"
        if any(grammar.is_negative_phrase(tree, child) for child in tree.children(index, "nsubj")):
            yield "negative subject"
        elif any(grammar.is_negative_phrase(tree, child) for child in tree.children(index, "obj")):
            yield "negative object"

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
        yield "wh question" if wh or tree.tokens[index].xpos in grammar.WH_TAGS else "yes-no question"

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
            tree.lemmas[mark] in CONDITIONING
            for clause in tree.children(index, "advcl")
            for mark in tree.children(clause, "mark", "advmod")
        )

    # --- The link to what governs it ----------------------------------------------------------------------------------

    def _link(self, index: int) -> tuple[str | None, int | None]:
        """The predicate's link and governor; coordinated predicates take those of the first conjunct."""
        tree = self.tree
        first = index
        while tree.matches(first, "conj"):
            first = tree.tokens[first].head
        governor = tree.head(first)
        if governor is None or (index != first and tree.children(index, "mark")):
            return None, None
        name = self._link_name(first, governor)
        return (None, None) if name is None else (name, governor)

    def _link_name(self, index: int, governor: int) -> str | None:
        tree = self.tree
        relation = tree.relations[index][1]
        token = tree.tokens[index]
        verbal = token.upos in VERBAL or index in self._with_copula
        if relation in ("obj", "nsubj", "obl", "nmod", "compound", "appos", "iobj", "amod") and not (
            relation in ("obl", "nmod", "nsubj", "obj") and token.xpos == "VBG" and token.upos == "VERB"
        ):
            if relation == "amod":
                return "attribute"
            return self._noun_link(index, governor)
        if not verbal and relation not in ("xcomp", "ccomp", "advcl", "acl", "csubj"):
            return None
        if relation == "acl" and tree.relations[index][0] == "acl:relcl":
            return "relative clause on any" if self._is_free(governor) else "relative clause"
        if relation in ("parataxis", "list", "dep", "discourse", "root", "orphan", "dislocated", "vocative"):
            return None
        if grammar.is_infinitive(tree, index):
            return self._infinitive_link(index, governor, relation)
        if grammar.is_finite(tree, index):
            return self._finite_link(index, governor, relation)
        return self._participle_link(index, governor, relation)

    def _is_free(self, noun: int) -> bool:
        return self.tree.forms[noun] in FREE or any(
            self.tree.forms[determiner] in FREE for determiner in self.tree.children(noun, "det")
        )

    def _class(self, word: int, classes: Sequence[str]) -> str | None:
        lemma, form = self.tree.lemmas[word], self.tree.forms[word]
        for name in classes:
            words = self.lexicon.words_for(name)
            if lemma in words or form in words:
                return name
        return None

    def _attitude(self, word: int) -> Attitude | None:
        lemma = self.tree.lemmas[word]
        match self.tree.tokens[word].upos:
            case "NOUN":
                entries: Sequence[object] = self.lexicon.nouns_of(lemma)
            case "ADJ":
                entries = self.lexicon.adjectives_of(lemma)
            case _:
                entries = self.lexicon.verbs_of(lemma)
        return next((entry.attitude for entry in entries), None)  # type: ignore[attr-defined]

    def _infinitive_link(self, index: int, governor: int, relation: str) -> str:
        tree = self.tree
        if relation == "advcl" and tree.tokens[governor].upos in VERBAL:
            found = self._class(governor, ("trying", "planning")) if index == governor + 2 else None
            return f"infinitive after {found}" if found else "infinitive of purpose"
        if relation in ("xcomp", "ccomp") and (tree.lemmas[governor] == "have" or tree.forms[governor] == "got"):
            return "infinitive after needing"
        if tree.lemmas[governor] in ("go", "use") and relation in ("xcomp", "ccomp"):
            return f"infinitive after {tree.lemmas[governor]}"
        found = self._class(governor, INFINITIVE_CLASSES)
        if found is None:
            match self._attitude(governor):
                case Attitude.INTENTION:
                    found = "planning"
                case Attitude.BELIEF:
                    found = "thinking"
                case Attitude.ASSERTION | Attitude.HEARSAY:
                    found = "report"
        if found is not None:
            return f"infinitive after {found}"
        if tree.tokens[governor].upos in ("NOUN", "PROPN", "PRON"):
            return "infinitive of a noun"
        return "infinitive of an adjective" if tree.tokens[governor].upos == "ADJ" else "other infinitive"

    def _finite_link(self, index: int, governor: int, relation: str) -> str:
        tree = self.tree
        if relation == "advcl":
            for child in tree.children(index, "mark", "advmod", "case"):
                name = SUBORDINATORS.get(tree.lemmas[child])
                if name is not None and child < index:
                    return name
            return "other adverbial clause"
        if grammar.is_embedded_question(tree, index):
            marks = {tree.lemmas[mark] for mark in tree.children(index, "mark")}
            return "whether clause" if marks & {"if", "whether"} else "embedded wh question"
        found = self._class(governor, CLAUSE_CLASSES)
        if found is None:
            match self._attitude(governor):
                case Attitude.ASSERTION | Attitude.HEARSAY:
                    found = "report"
                case Attitude.BELIEF:
                    found = "thinking"
                case Attitude.PERCEPTION:
                    found = "knowing"
                case Attitude.INTENTION:
                    found = "planning"
        return f"clause after {found or 'another word'}"

    def _participle_link(self, index: int, governor: int, relation: str) -> str:
        tree = self.tree
        for child in tree.children(index, "mark", "case"):
            lemma = tree.lemmas[child]
            if lemma == "from" and self._class(governor, ("preventing",)):
                return "infinitive after preventing"
            name = SUBORDINATORS.get(lemma)
            if name is not None and child < index and relation in ("advcl", "obl", "acl", "nmod"):
                return name
            if relation in ("acl", "nmod", "obl", "advcl"):
                found = self._class(governor, INFINITIVE_CLASSES)
                return f"infinitive after {found}" if found else "gerund after a preposition"
        if relation in ("xcomp", "ccomp", "obj"):
            found = self._class(governor, INFINITIVE_CLASSES)
            return f"infinitive after {found}" if found else "other complement"
        if relation == "acl":
            return "reduced relative"
        return "participle clause" if relation == "advcl" else "gerund as a noun"

    def _noun_link(self, index: int, governor: int) -> str | None:
        tree = self.tree
        if tree.matches(index, "compound"):
            return "noun in a compound"
        if tree.matches(index, "appos"):
            return None
        cases = {tree.lemmas[case] for case in tree.children(index, "case")}
        if "without" in cases:
            return "without noun"
        if tree.matches(index, "obj", "nsubj:pass", "nmod") or cases & {"for", "to", "on"}:
            found = self._class(governor, NOUN_CLASSES)
            if found is not None:
                return f"noun after {found}"
        return "noun of a noun" if tree.matches(index, "nmod") else "noun of a clause"


def _hedge_name(hedge: Hedge) -> str:
    if hedge.category is HedgeCategory.EPISTEMIC and hedge.strength >= POSSIBILITY:
        return "word of possibility"
    return HEDGE_NAMES[hedge.category]
