"""How much each claim would hurt to be wrong without a source: named marks, and the words that show them.

A mark is read from the claim's own words and tree. Who says it plays no part here, nor do the sentences around: a named
source added changes no mark.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

import msgspec

from attribution import grammar
from attribution.extraction.mentions import Mention
from attribution.extraction.span_index import SpanIndex
from attribution.parsing import Tree
from attribution.records import Claim, Exposure, ExposureMark, Span, Token, joined
from attribution.scoring.causes import links_events
from attribution.scoring.clauses import ClaimClause
from attribution.scoring.exposure_marks import KINDS
from attribution.scoring.figures import is_asserted, quantities
from attribution.scoring.scenes import Scene, counted_noun, doer_of, is_deceit
from attribution.scoring.superlatives import SUPERLATIVE_TAGS, superlatives
from attribution.scoring.surroundings import Surroundings

MOST_OF_LIGHT_MARKS = 2
"""The most that marks of grade 1 come to together."""

IDENTIFYING_DETERMINERS = frozenset({"the", "this", "that", "these", "those", "both"})
PERSONAL_PRONOUNS = frozenset({"he", "she", "they"})
IDENTIFYING_PRONOUNS = PERSONAL_PRONOUNS | {"it"}
PARTIES = frozenset({"person", "organisation", "outlet", "people"})
"""What mentions of those who can do wrong stand for."""

PARTY_KINDS = frozenset({"role", "official", "anonymous", "organisation", "outlet", "vague-collective"})
"""What nouns of those who can do wrong stand for."""

WORDS_OF_QUOTATION = 3
"""Quoted words from which they are somebody's and no term (*the “green list”*)."""

QUESTIONING = frozenset({"how", "whether", "when", "where"})
"""Words that open an infinitive that asks: *investigates whether to punish them*."""

OMITTING = frozenset({"fail", "neglect", "refuse"})
"""Verbs of not doing what ought to be done."""

SURE_OUTCOMES = frozenset({"will", "'ll", "wo", "shall"})
"""Forms of auxiliaries that foretell."""


class ExposureReader:
    """Reads the marks of a draft's claims; ``ignored`` are the names of marks that the newsroom does not ask for."""

    def __init__(self, surroundings: Surroundings, ignored: Collection[str] = ()) -> None:
        self.surroundings = surroundings
        self.doc = surroundings.doc
        self.quotations = surroundings.quotations
        self.lexicon = surroundings.lexicon
        self.finder = surroundings.finder
        self.ignored = frozenset(ignored)

    def exposure(self, clause: ClaimClause) -> Exposure:
        """The exposure of a claim: the grade of its gravest mark, or what its light ones come to together."""
        found: dict[str, ExposureMark] = {}
        for name, spans in self._marks(clause):
            if name not in self.ignored and name not in found:
                grade, text = KINDS[name].grade, joined(self.doc.draft.text, spans)
                found[name] = ExposureMark(name, grade, spans, text)
        marks = sorted(found.values(), key=lambda mark: (-mark.grade, mark.spans))
        light = min(MOST_OF_LIGHT_MARKS, sum(mark.grade for mark in marks if mark.grade == 1))
        return Exposure(max([light, *(mark.grade for mark in marks)], default=0), tuple(marks))

    def _marks(self, clause: ClaimClause) -> Iterator[tuple[str, tuple[Span, ...]]]:
        tree = self.doc.tree(clause.sentence)
        scene = Scene(tree, sorted(tree.words_in(clause.spans)), self.finder)
        for reader in self._readers:
            yield from reader(scene)

    @cached_property
    def _readers(self) -> tuple[Callable[[Scene], Iterator[tuple[str, tuple[Span, ...]]]], ...]:
        return (
            self._wrongs,
            self._accusations,
            self._faults,
            self._characters,
            self._harms,
            self._deaths,
            self._causes,
            self._figures,
            self._superlatives,
            self._predictions,
            self._motives,
            self._quoted_words,
        )

    # ------------------------------------------------------------------------------------------ what somebody did

    def _wrongs(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        for name in ("wrongdoing", "violence"):
            for run, verb in self._happened(scene, name):
                if not self._is_wrong(scene.tree, run, verb):
                    continue
                doer = doer_of(scene.tree, verb.index)
                if doer is None and grammar.is_plain_passive(scene.tree, verb.index):
                    yield "unknown-culprit", scene.spans(scene.tree.child(verb.index, "nsubj:pass"), run)
                if doer is None or not self._is_party(scene.tree, doer):
                    continue
                identified = self._is_identified(scene.tree, doer)
                yield "crime" if identified else "unknown-culprit", scene.spans(doer, run)

    def _is_wrong(self, tree: Tree, run: Sequence[Token], verb: Token) -> bool:
        """Whether the verb has its bad sense: not *stole the show*, *lay in ruins*, *shot a film*."""
        direct_object = tree.child(verb.index, "obj")
        if direct_object is not None and self._holds("harmless-object", tree, direct_object):
            return False
        if len(run) == 1 and tree.child(verb.index, "compound:prt", "xcomp") is not None:
            return False  # *shelled out*, *threatened to leave*
        lemma = verb.lemma.lower()
        if lemma == "lie" and len(run) == 1:
            return is_deceit(tree, verb)
        if "pocket" in self.finder.words_of(verb):
            return direct_object is not None and self._holds("money", tree, direct_object)
        if len(run) == 1 and self._holds("against-somebody", tree, verb.index):
            patient = tree.child(verb.index, "nsubj:pass") if grammar.is_passive(tree, verb.index) else direct_object
            return patient is not None and self._is_party(tree, patient)
        return True

    def _accusations(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        tree = scene.tree
        for name in ("charging", "alleging"):
            for run, verb in self._happened(scene, name):
                accused = tree.child(verb.index, "nsubj:pass")
                if accused is None or grammar.has_agent(tree, verb.index):
                    continue
                if self._is_identified(tree, accused) and self._is_party(tree, accused):
                    yield "accusation", scene.spans(accused, run)
        for run, verb in self._happened(scene, "accusation-faced"):
            if not self._holds("accusation-made", tree, run[-1].index):
                continue
            accused = doer_of(tree, verb.index)
            told = {tree.forms[case] for case in self._cases_below(tree, run)}
            if accused is not None and told.isdisjoint(("from", "by", "among")):
                if self._is_identified(tree, accused) and self._is_party(tree, accused):
                    yield "accusation", scene.spans(accused, run)

    def _cases_below(self, tree: Tree, run: Sequence[Token]) -> list[int]:
        """The prepositions and markers of what depends on the words of a run."""
        return [
            case
            for word in run
            for index in tree.children(word.index, "nmod", "obl", "advcl", "acl")
            for case in tree.children(index, "case", "mark")
        ]

    def _faults(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        tree = scene.tree
        for run, verb in self._happened(scene, "fault"):
            yield from self._fault_of(scene, verb, run)
        for run, verb in self._happened(scene, "fault-to-object"):
            patients = tree.children(verb.index, "obj", "nsubj:pass")
            if any(self._holds("fault-object", tree, patient) for patient in patients):
                yield from self._fault_of(scene, verb, [*run, *(tree.tokens[patient] for patient in patients)])
        for run, verb in self._happened(scene, "knowing-of"):
            if run[0].lemma.lower() not in ("be", "know"):
                continue
            below = [index for index in tree.subtree(verb.index) if index > verb.index]
            known = self.lexicon.words_for("fault-object") | self.lexicon.words_for("harm")
            if any(tree.lemmas[index] in known for index in below):
                yield from self._fault_of(scene, verb, run)
        for index in self._words(scene, "wrong"):
            owners = tree.children(index, "nmod:poss")
            if any(self._is_party(tree, owner) and self._is_identified(tree, owner) for owner in owners):
                yield "fault", tree.spans([*owners, index])
        for run in self._runs(scene, "wrongful-manner"):
            governor = tree.head(run[0].index)
            if governor is not None and tree.tokens[governor].upos == "VERB" and scene.is_stated(governor):
                if grammar.is_infinitive(tree, governor):
                    continue
                yield from self._fault_of(scene, tree.tokens[governor], [*run, tree.tokens[governor]])
        for index in scene.words_among(OMITTING):
            if not scene.is_stated(index):
                continue
            for inner in tree.children(index, "xcomp"):
                if self._holds("duty", tree, inner):
                    yield from self._fault_of(scene, tree.tokens[index], [tree.tokens[index], tree.tokens[inner]])

    def _fault_of(self, scene: Scene, verb: Token, run: Sequence[Token]) -> Iterator[tuple[str, tuple[Span, ...]]]:
        doer = doer_of(scene.tree, verb.index)
        if doer is not None and self._is_identified(scene.tree, doer) and self._is_party(scene.tree, doer):
            yield "fault", scene.spans(doer, run)

    def _characters(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        """What somebody or something is said to be: *is a liar*, *was drunk*, *are false*, *was a whitewash*."""
        if scene.lists.isdisjoint(("pejorative", "bad-state", "wrong")):
            return
        tree = scene.tree
        of_all = self.lexicon.words_for("bad-state") | self.lexicon.words_for("wrong")
        for index in scene.words_among(self.lexicon.words_for("pejorative") | of_all):
            if tree.child(index, "cop") is None:
                continue
            whom = grammar.subject(tree, index)
            if whom is None or not scene.is_stated(index) or not self._is_identified(tree, whom):
                continue
            mention = self._mention(tree, whom)
            person = mention is not None and mention.being in ("person", "organisation") and tree.forms[whom] != "it"
            if person or (tree.lemmas[index] in of_all and tree.tokens[whom].upos in ("NOUN", "PROPN")):
                yield "character", scene.spans(whom, [tree.tokens[index]])

    # ------------------------------------------------------------------------------------------------- what happened

    def _harms(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        tree = scene.tree
        for run, verb in self._happened(scene, "causing"):
            effects = tree.children(verb.index, "obj", "obl", "nsubj:pass")
            harms = self.lexicon.words_for("harm")
            harm = [
                effect for effect in effects if tree.lemmas[effect] in harms and not tree.children(effect, "nmod:poss")
            ]
            cause = doer_of(tree, verb.index)
            if harm and (cause is None or not self._holds("plain-cause", tree, cause)):
                yield "cause", tree.spans([*(token.index for token in run), *harm])
                if cause is not None and tree.tokens[cause].upos != "PRON":
                    yield from self._fault_of(scene, verb, [*run, *(tree.tokens[word] for word in harm)])
        for run in self._runs(scene, "because-phrase"):
            harmed = self._governor_of_reason(tree, run[0].index)
            if harmed is None or harmed not in scene.held or not scene.is_stated(harmed):
                continue
            reason = [index for index in tree.ancestors(run[0].index)[:1] if index != harmed]
            told = [index for head in reason for index in tree.subtree(head)]
            if any(self._holds(name, tree, index) for index in told for name in ("plain-cause", "attack-noun")):
                continue
            if self._holds("harmed", tree, harmed) or tree.lemmas[harmed] == "kill":
                yield "cause-of-harm", tree.spans([harmed, *(token.index for token in run)])

        for run, verb in self._happened(scene, "origin"):
            harmful = tree.child(verb.index, "nsubj")
            if harmful is None or not self._holds("harm", tree, harmful):
                continue
            reasons = [
                case
                for index in tree.children(verb.index, "obl", "advcl")
                for case in tree.children(index, "case", "mark")
                if tree.forms[case] in ("from", "because")
            ]
            if reasons:
                yield "cause-of-harm", scene.spans(harmful, [*run, *(tree.tokens[index] for index in reasons)])
        for index in scene.words:
            if tree.forms[index] != "blame" or tree.matches(index, "acl") or grammar.is_negated(tree, index):
                continue
            if any(tree.forms[subject] in ("who", "what") for subject in tree.children(index, "nsubj")):
                continue
            near = (*tree.children(index, "cop", "aux"), *tree.ancestors(index)[:1])
            if any(grammar.modals(tree, word) for word in (index, *tree.ancestors(index)[:1])):
                continue
            if any(tree.lemmas[word] == "be" for word in near) and not grammar.is_supposed(tree, index):
                yield "cause-of-harm", tree.spans([index])

    def _governor_of_reason(self, tree: Tree, index: int) -> int | None:
        """The predicate that a clause or phrase of reason gives the reason of."""
        for above in (index, *tree.ancestors(index)):
            if tree.matches(above, "advcl", "obl"):
                return tree.head(above)
        return None

    def _deaths(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        tree = scene.tree
        for run, verb in self._happened(scene, "dying"):
            dead = doer_of(tree, verb.index)
            aside = tree.matches(verb.index, "acl")  # who died in May
            told = verb.xpos in ("VBD", "VBN") and dead is not None and tree.tokens[dead].upos != "PRON"
            if dead is not None and told and not aside and self._is_human(tree, dead):
                yield "death", scene.spans(dead, run)
        for index in scene.words_among({"kill"}):
            killed = grammar.is_passive(tree, index) and scene.is_stated(index)
            if killed and not tree.matches(index, "acl"):
                dead = tree.child(index, "nsubj:pass")
                if dead is not None and self._is_human(tree, dead):
                    yield "death", scene.spans(dead, [tree.tokens[index]])

        for run, verb in self._happened(scene, "cost-of-life"):
            yield "death", scene.spans(None, [verb, *run[1:]])

    def _causes(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        for run, verb in self._happened(scene, "causing"):
            if verb.xpos in ("VBD", "VBN") and links_events(self.lexicon, scene.tree, verb):
                yield "cause", scene.tree.spans([token.index for token in run])

    def _figures(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        if not any(token.upos == "NUM" for token in scene.tokens):
            return
        for token, span in quantities(self.lexicon, scene.tree):
            if token.index in scene.held and is_asserted(scene.tree, token):
                if not grammar.is_supposed(scene.tree, token.index):
                    yield "figure", (span,)

    def _superlatives(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        if "superlative" not in scene.lists and not any(token.xpos in SUPERLATIVE_TAGS for token in scene.tokens):
            return
        for span, token in superlatives(self.lexicon, scene.tree):
            if token.index in scene.held and not grammar.is_supposed(scene.tree, token.index):
                yield "superlative", (span,)

    def _predictions(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        tree = scene.tree
        for name, mark in (("harmful-outcome", "forecast-of-harm"), ("outcome", "prediction")):
            for run in self._runs(scene, name):
                verb = run[0].index
                sure = [index for index in tree.children(verb, "aux") if tree.forms[index] in SURE_OUTCOMES]
                governor = tree.head(verb)
                if tree.matches(verb, "conj") and governor is not None and not sure:
                    sure = [index for index in tree.children(governor, "aux") if tree.forms[index] in SURE_OUTCOMES]
                negated = grammar.is_negated(tree, verb) or grammar.is_supposed(tree, verb)
                if sure and tree.tokens[verb].upos == "VERB" and not negated:
                    yield mark, tree.spans([*sure, *(token.index for token in run)])

    # -------------------------------------------------------------------------------------- what goes on in a mind

    def _motives(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        tree = scene.tree
        for index in self._words(scene, "bad-motive"):
            if not grammar.is_infinitive(tree, index):
                continue
            governor = self._done_for(tree, index)
            doer = None if governor is None else doer_of(tree, governor)
            if governor is None or doer is None or not scene.is_stated(governor):
                continue
            if self._is_party(tree, doer) and self._is_identified(tree, doer):
                yield "bad-motive", scene.spans(doer, [tree.tokens[governor], tree.tokens[index]])
        for run in self._runs(scene, "motive-phrase"):
            yield "bad-motive", scene.spans(None, run)
        for run, verb in self._happened(scene, "inner-state"):
            doer = doer_of(tree, verb.index)
            if doer is not None and self._is_human(tree, doer) and self._is_identified(tree, doer):
                yield "mind", scene.spans(doer, run)
        for index in self._words(scene, "emotion"):
            if tree.child(index, "cop") is not None:
                whom = grammar.subject(tree, index)
                if whom is not None and scene.is_stated(index) and self._is_human(tree, whom):
                    if self._is_identified(tree, whom):
                        yield "mind", scene.spans(whom, [tree.tokens[index]])

    def _done_for(self, tree: Tree, index: int) -> int | None:
        """The verb that an infinitive tells the purpose of; None for one that a verb, noun or adjective takes.

        Parsers hang the purpose on the object, too: *timed the notice **to distract** them*.
        """
        governor = tree.head(index)
        if governor is None or grammar.opens_with(tree, index, QUESTIONING):
            return None
        if tree.matches(index, "acl"):
            takes = any("infinitive" in entry.frames for entry in self.lexicon.nouns_of(tree.lemmas[governor]))
            return None if takes or not tree.matches(governor, "obj") else tree.head(governor)
        if not tree.matches(index, "advcl", "xcomp") or tree.tokens[governor].upos != "VERB":
            return None
        takes = any("infinitive" in entry.frames for entry in self.lexicon.verbs_of(tree.lemmas[governor]))
        return None if takes or self._holds("taking-infinitive", tree, governor) else governor

    def _quoted_words(self, scene: Scene) -> Iterator[tuple[str, tuple[Span, ...]]]:
        if not scene.tokens:
            return
        around = Span(min(token.start for token in scene.tokens), max(token.end for token in scene.tokens))
        for part in self.unattributed.overlapping(around):
            words = [index for index in scene.words if part.covers(scene.tree.tokens[index].span)]
            if sum(scene.tree.tokens[index].upos != "PUNCT" for index in words) >= WORDS_OF_QUOTATION:
                yield "quoted-words", scene.tree.spans(words)

    @cached_property
    def unattributed(self) -> SpanIndex[Span]:
        """The parts of the quotations of speech that nobody is known to have said."""
        return SpanIndex(
            (part, part)
            for quotation in self.quotations
            if quotation.speech and quotation.attribution is None
            for part in quotation.parts
        )

    # ------------------------------------------------------------------------------------------------------- parties

    def _happened(self, scene: Scene, name: str) -> Iterator[tuple[list[Token], Token]]:
        """Runs of a word list's entries whose verb states what is or was, neither supposed nor denied."""
        tree = scene.tree
        if name not in scene.lists:
            return
        runs = {run[0].index: run for run in self.finder.find_predicates(tree, scene.tokens, name, scene.places)}
        for run in self.finder.find(scene.tokens, name, scene.places):
            if len(run) > len(runs.get(run[0].index, ())):
                runs[run[0].index] = run
        for run in runs.values():
            verb = next((token for token in run if token.upos == "VERB"), None)
            if verb is None and run[0].lemma.lower() == "be":
                head = tree.head(run[0].index)  # is to blame, is at fault
                verb = run[-1] if head is None else tree.tokens[head]
            if verb is None or tree.matches(verb.index, "compound", "amod"):
                continue
            if scene.is_stated(verb.index):
                yield run, verb

    def _runs(self, scene: Scene, name: str) -> list[list[Token]]:
        """Where words of a list stand side by side in the claim."""
        return self.finder.find(scene.tokens, name, scene.places) if name in scene.lists else []

    def _words(self, scene: Scene, name: str) -> list[int]:
        """The words of the claim that a list has."""
        if name not in scene.lists:
            return []
        return [index for index in scene.words if self._holds(name, scene.tree, index)]

    def _holds(self, name: str, tree: Tree, index: int) -> bool:
        """Whether a list has the word."""
        return not self.lexicon.words_for(name).isdisjoint(self.finder.words_of(tree.tokens[index]))

    def _is_party(self, tree: Tree, index: int) -> bool:
        """Whether the word stands for a person or body, which can do wrong or suffer it."""
        if tree.tokens[index].upos == "PRON":
            return tree.forms[index] in IDENTIFYING_PRONOUNS
        counted = counted_noun(tree, index)
        mention = self._mention(tree, counted)
        if mention is None:
            return False
        named = mention.form == "name" and mention.being == "unknown"
        if any(entry.kind in PARTY_KINDS for entry in self.lexicon.source_nouns_of(tree.lemmas[counted])):
            return True
        return mention.being in PARTIES or mention.form == "group" or named

    def _is_human(self, tree: Tree, index: int) -> bool:
        """Whether the word stands for a person or people."""
        if tree.tokens[index].upos == "PRON":
            return tree.forms[index] in PERSONAL_PRONOUNS
        counted = counted_noun(tree, index)
        mention = self._mention(tree, counted)
        return (mention is not None and mention.being in ("person", "people")) or tree.tokens[index].upos == "NUM"

    def _is_identified(self, tree: Tree, index: int) -> bool:
        """Whether a reader can tell who is meant: by a name, *the* or a possessor, or a pronoun."""
        token = tree.tokens[index]
        if token.upos == "PRON":
            return tree.forms[index] in IDENTIFYING_PRONOUNS
        if token.upos == "PROPN":
            return True
        counted = counted_noun(tree, index)
        if counted != index:
            return self._is_identified(tree, counted)
        if tree.children(index, "nmod:poss"):
            return True
        if any(tree.forms[child] in IDENTIFYING_DETERMINERS for child in tree.children(index, "det")):
            return True
        if tree.children(index, "det") or tree.children(index, "nummod"):
            return False
        named = tree.children(index, "appos", "flat", "compound", "amod")
        return any(tree.tokens[child].upos in ("PROPN", "NOUN") for child in named)

    def _mention(self, tree: Tree, index: int) -> Mention | None:
        """The mention whose head or name the word is part of."""
        near = self.surroundings.mentions.get(tree.sentence.id, ())
        exact = next((mention for mention in near if mention.head == index), None)
        return exact or next((mention for mention in near if index in mention.tokens), None)


def with_exposure(claims: Sequence[Claim], clauses: Sequence[ClaimClause], reader: ExposureReader) -> tuple[Claim, ...]:
    """The claims with their exposure; ``clauses`` are those they were made of, in the same order."""
    return tuple(
        msgspec.structs.replace(claim, exposure=reader.exposure(clause))
        for claim, clause in zip(claims, clauses, strict=True)
    )
