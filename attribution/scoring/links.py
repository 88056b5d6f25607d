"""Finds how a predicate hangs on the word that governs it: the links among the constructions of commitment.

What a link does to polarity, mode and strength stands in ``attribution.scoring.construction_table``. Terms follow
Karttunen (1971), *Implicative verbs*, and Nairn, Condoravdi and Karttunen (2006), *Computing relative polarity for
textual inference*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from types import MappingProxyType

from attribution import grammar
from attribution.lexicon import Lexicon
from attribution.parsing import Tree
from attribution.records import Attitude

INFINITIVE_CLASSES = (
    "falling-short",
    "coming-true",
    "unlikely",
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
    "knowing",
)
"""Word lists that tell what becomes of an infinitive, the first that holds the governing word wins."""

ADJACENT_CLASSES = ("trying", "planning", "asking", "wanting", "needing", "allowing")
"""Those that tell it of an infinitive of purpose right behind them, which is their complement."""

WEIGHING = frozenset(f"infinitive after {name}" for name in ("go", "likely", "seeming", "unlikely"))
"""Links of what a clause asserts when its own verb only tells how sure that is (*is likely to*)."""

WEIGHING_WHEN_PASSIVE = frozenset(
    {"infinitive after report", "infinitive after thinking", "perfect infinitive after thinking"}
)
"""The same if that verb is passive (*is said to*, *is expected to*)."""

GERUND_CLASSES = ("falling-short", "ongoing", *INFINITIVE_CLASSES)
"""The same for a gerund: *kept closing* goes on, *kept them from closing* does not."""

ENJOYED = frozenset({"trying", "wanting"})
"""Classes whose gerund is done, not only wished for: *tried closing it*, *loved closing it*."""

DONE_IN_THE_PAST = frozenset({"allowing", "needing"})
"""Classes with words that bring about their infinitive in the past tense: *had to close it*, *was able to close it*."""

CLAUSE_CLASSES = ("denying", "wanting", "asking", "planning", "needing", "likely", "seeming", "knowing", "thinking")
"""The same for a finite clause."""

NOUN_CLASSES = ("preventing", "denying", "allowing", "asking", "trying", "planning", "wanting", "needing", "thinking")
"""The same for a noun of an event."""

FREE = frozenset(
    {"any", "every", "anyone", "anything", "anybody", "everyone", "everything", "whatever", "those", "each"}
)

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
"""Parts of speech of verbs."""


class Links:
    """Tells how each word of one tree hangs on another as a predicate; each is worked out once.

    ``with_copula`` are the words that *be* says of a subject.
    """

    def __init__(self, tree: Tree, lexicon: Lexicon, with_copula: Set[int]) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self._with_copula = with_copula
        self._known: dict[int, tuple[str | None, int | None]] = {}

    def of(self, index: int) -> tuple[str | None, int | None]:
        """The name of a word's link and the word it hangs on; None twice for what nothing governs."""
        if index not in self._known:
            self._known[index] = self._link(index)
        return self._known[index]

    def asserted(self, index: int) -> int:
        """The predicate that a clause asserts: behind a verb that only weighs it, its infinitive (*seems to leak*)."""
        weighing = WEIGHING | WEIGHING_WHEN_PASSIVE if grammar.is_passive(self.tree, index) else WEIGHING
        for complement in self.tree.children(index, "xcomp", "ccomp"):
            if self.of(complement)[0] in weighing:
                return self.asserted(complement)
        return index

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
            asking = tree.tokens[governor].xpos == "WRB"  # How to mend a dam.
            return None if asking else self._infinitive_link(index, governor, relation)
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
            found = self._class(governor, ADJACENT_CLASSES) if index == governor + 2 else None
            return f"infinitive after {found}" if found else "infinitive of purpose"
        if relation in ("xcomp", "ccomp") and (tree.lemmas[governor] == "have" or tree.forms[governor] == "got"):
            return self._actual("needing", governor)
        if tree.lemmas[governor] in ("go", "use") and relation in ("xcomp", "ccomp"):
            return f"infinitive after {tree.lemmas[governor]}"
        found = self._class(governor, INFINITIVE_CLASSES)
        if found == "knowing" and any(tree.tokens[child].xpos in grammar.WH_TAGS for child in tree.children(index)):
            return "other infinitive"  # know how to close it
        if found is None:
            match self._attitude(governor):
                case Attitude.INTENTION:
                    found = "planning"
                case Attitude.BELIEF:
                    found = "thinking"
                case Attitude.ASSERTION | Attitude.HEARSAY:
                    found = "report"
        if found == "thinking" and any(tree.lemmas[child] == "have" for child in tree.children(index, "aux")):
            return "perfect infinitive after thinking"
        if found is not None:
            return self._actual(found, governor)
        if tree.tokens[governor].upos in ("NOUN", "PROPN", "PRON"):
            return "infinitive of a noun"
        return "infinitive of an adjective" if tree.tokens[governor].upos == "ADJ" else "other infinitive"

    def _actual(self, name: str, governor: int) -> str:
        """The link of an infinitive: in the past it tells what was done (*had to close it*, *was able to close it*)."""
        words = [governor, *self.tree.children(governor, "aux", "cop")]
        past = any(self.tree.tokens[word].xpos in ("VBD", "VBN") for word in words)
        if past and name in DONE_IN_THE_PAST and self._class(governor, ("done-in-the-past",)):
            return f"infinitive after past {name}"
        return f"infinitive after {name}"

    def _finite_link(self, index: int, governor: int, relation: str) -> str:
        tree = self.tree
        if relation == "advcl":
            marks = {tree.lemmas[mark] for mark in tree.children(index, "mark")}
            if "as" in marks and self._class(governor, ("seeming",)):
                return "clause after seeming"  # looks as if it leaks
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
        token = tree.tokens[index]
        if token.text.lower() in self.lexicon.words_for("participle-as-preposition"):
            return "participle as a preposition"
        for child in tree.children(index, "mark", "case"):
            lemma = tree.lemmas[child]
            if lemma == "from" and self._class(governor, ("preventing",)):
                return "infinitive after preventing"
            name = SUBORDINATORS.get(lemma)
            if name is not None and child < index and relation in ("advcl", "obl", "acl", "nmod"):
                return name
            if relation in ("acl", "nmod", "obl", "advcl"):
                # *Looked forward to closing it*: the adverb tells more than the verb.
                adverb = self._class(child - 1, ("wanting",)) if child else None
                found = adverb or self._class(governor, GERUND_CLASSES)
                if found is not None:
                    return f"infinitive after {found}"
                accused = self._class(governor, ("accusing",))
                return "gerund after accusing" if accused else "gerund after a preposition"
        if relation in ("xcomp", "ccomp", "obj"):
            is_gerund = token.xpos == "VBG"
            found = self._class(governor, GERUND_CLASSES if is_gerund else INFINITIVE_CLASSES)
            if found is None or (is_gerund and found in ENJOYED):
                return "other complement"
            return self._actual(found, governor)
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
