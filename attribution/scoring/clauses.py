"""What each clause of a sentence is: a claim, a frame, part of the clause it hangs on, or nothing that is claimed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import Enum, auto

import msgspec

from attribution import grammar
from attribution.extraction.spans import consecutive
from attribution.parsing import Tree
from attribution.records import (
    Attribution,
    Booster,
    Frame,
    Hedge,
    Manner,
    Span,
    joined,
)
from attribution.scoring.provenance import Parts, Provenance, is_unsaid

SCENE_SETTING = frozenset({"when", "as", "after", "before", "while", "until", "once", "since"})
"""Conjunctions of clauses that tell when something was said; what they tell is taken for granted, not claimed."""

CONTRASTS = frozenset({"although", "though", "while", "whilst", "whereas", "albeit"})
UNASSERTING = frozenset({"if", "unless", "whether", "lest", "than"})
OPENING_MARK, CLOSING_MARK = "``", "''"
LEAST_FRAGMENT = 4
"""Fewest words that make a sentence without a finite verb a statement."""


class ClaimClause(msgspec.Struct, frozen=True):
    """A claim before it is scored.

    ``head`` is the index of the clause's predicate in its sentence. ``attributions`` is the provenance chain, outermost
    first. ``hedges`` and ``boosters`` bear on the whole claim, ``partial_hedges`` on a part of it. ``withheld`` is the
    attribution whose source is claimed to have kept silent; it is no part of the chain, for that source did not say so.
    ``quotation`` is the one that most of the words stand in when it is speech and nobody is known to have said it;
    ``heading`` tells that a headline quotes it.
    """

    id: str
    sentence: str
    head: int
    spans: tuple[Span, ...]
    text: str
    attributions: tuple[str, ...]
    hedges: tuple[str, ...] = ()
    partial_hedges: tuple[str, ...] = ()
    boosters: tuple[str, ...] = ()
    withheld: str | None = None
    quotation: str | None = None
    heading: bool = False


class _Status(Enum):
    CLAIM = auto()
    FRAME = auto()
    FOLDED = auto()  # part of the clause it hangs on
    UNCLAIMED = auto()  # a question, or something that is said not to have been said


class SentenceReader:
    """Decides what each clause of a sentence is."""

    def __init__(
        self,
        tree: Tree,
        finite: Sequence[int],
        questions: frozenset[int],
        provenance: Provenance,
        markers: Sequence[Hedge | Booster],
    ) -> None:
        self.tree = tree
        self.questions = questions
        self.provenance = provenance
        self.markers = markers
        self.attributions = provenance.touching(tree.sentence.span)
        self.parts = {
            attribution.id: Parts(
                *(tree.words_in(part.spans) for part in (attribution.cue, attribution.source, attribution.content))
            )
            for attribution in self.attributions
        }
        self.with_parts = [(attribution, self.parts[attribution.id]) for attribution in self.attributions]
        self.quoted = frozenset(
            index
            for attribution, parts in self.with_parts
            if attribution.manner is not Manner.INDIRECT
            for index in parts.content
        )
        self.supposed = [
            (tree.words_in(attribution.content.spans), tree.words_in(attribution.cue.spans))
            for attribution in dict.fromkeys(provenance.supposed.overlapping(tree.sentence.span))
        ]
        self.cues: dict[int, list[Attribution]] = defaultdict(list)
        for attribution, parts in self.with_parts:
            for index in sorted(parts.cue):
                self.cues[index].append(attribution)
        self.marked = {marker.id: sorted(tree.words_in(marker.spans)) for marker in markers}
        self.scopes = {marker.id: tree.words_in((*marker.spans, *marker.scope)) for marker in markers}
        self.heads = {*finite, *self._cue_clauses()}
        self._behind_known: dict[int, frozenset[str]] = {}
        self.status: dict[int, _Status] = {}
        depths = {head: len(tree.ancestors(head)) for head in self.heads}
        for head in sorted(self.heads, key=lambda head: (depths[head], head)):
            self.status[head] = self._decide(head)

    def behind(self, index: int) -> frozenset[str]:
        """The attributions that a word is under; each word's are worked out once."""
        known = self._behind_known.get(index)
        if known is None:
            known = self._behind_known[index] = self._find_behind(index)
        return known

    def _find_behind(self, index: int) -> frozenset[str]:
        """The attributions that a word is under: its own, or those of the reported clause that its clause continues.

        *Wild said Roth took the money, bought a boat and fled*: all of what was said stays the speaker's.
        """
        behind = self.provenance.behind(index, self.tree.sentence.id, self.with_parts)
        if behind or index in self.cues:
            return behind
        tree = self.tree
        host = self._host(index) if tree.tokens[index].relation == "acl:relcl" else None
        if (
            host is not None
            and host not in self.cues
            and not any(host in parts.content for parts in self.parts.values())
        ):
            return self.behind(host)  # They say Roth left and hid a key, which was found
        for here in (index, *tree.ancestors(index)):
            governor = tree.head(here)
            if governor is None or here in self.cues or not tree.matches(here, "conj", "advcl", "ccomp", "parataxis"):
                return behind
            if any(here in parts.source for parts in self.parts.values()):
                return behind
            told = [parts for _, parts in self.with_parts if self._continues_report(here, governor, parts)]
            if told:
                return self.provenance.behind(
                    max(told[0].content - told[0].cue), self.tree.sentence.id, self.with_parts
                )
        return behind

    def _continues_report(self, clause: int, governor: int, parts: Parts) -> bool:
        """Whether a clause continues the content after a cue: attached to it, or to the cue as another complement."""
        told = parts.content - parts.cue
        if told and governor in parts.cue and self.tree.matches(clause, "ccomp", "parataxis"):
            last = max(parts.cue)
            if any(self.tree.tokens[index].text == ":" for index in range(last, min(self.tree.subtree(clause)))):
                return True  # “No gift,” she said: it would pay its own way.
        if not told or clause < max(told) or min(parts.cue, default=clause) > min(told):
            return False
        if governor in told:
            return True
        if governor not in parts.cue or self.quoted.intersection(told):
            return False
        if self.tree.matches(clause, "ccomp"):
            return True
        if self.tree.matches(clause, "conj", "parataxis"):
            return self._goes_on_with(clause, told, governor)
        if self.tree.matches(clause, "advcl") and grammar.opens_with(self.tree, clause, frozenset({"because"})):
            return True
        subject = grammar.subject(self.tree, clause)
        named = subject is not None and self.tree.tokens[subject].upos != "PRON"
        return named and self.tree.matches(clause, "advcl") and grammar.is_finite(self.tree, clause)

    def _goes_on_with(self, clause: int, told: frozenset[int], cue: int) -> bool:
        """Whether a verb attached to the cue continues the reported clause, rather than what its source does.

        *Roth said Kell hit her, locked the door and left*: three in a row, only the last with *and*. *He says Kell hit
        her and locked the door*: in the tense of what is told. *… didn't eat, didn't sleep*: no conjunction at all.
        *Said it was old, and left the room* is the speaker's own doing.
        """
        tree = self.tree
        if grammar.subject(tree, clause) is not None or not any(grammar.is_finite(tree, index) for index in told):
            return False
        opening = tree.tokens[tree.subtree(clause)[0]]
        if tree.matches(clause, "parataxis"):
            return opening.text == "," and grammar.is_finite(tree, clause)
        tenses = {grammar.tense(tree, index) for index in told} - {None}
        if grammar.tense(tree, clause) in tenses and grammar.tense(tree, cue) not in tenses | {None}:
            return True
        row = bool(tree.children(clause, "conj")) and not tree.children(clause, "cc")
        return row and opening.text == ","

    def _cue_clauses(self) -> list[int]:
        """Clauses without a finite verb that say who holds what: *with many blaming him*, *a man accused of fraud*."""
        return [
            index
            for index, attributions in self.cues.items()
            if self.tree.tokens[index].upos == "VERB"
            and self.tree.matches(index, *grammar.CLAUSE_RELATIONS)
            and any(attribution.content.spans or is_unsaid(attribution) for attribution in attributions)
        ]

    def _host(self, head: int) -> int | None:
        """The clause that a clause is part of."""
        return next((above for above in self.tree.ancestors(head) if above in self.heads), None)

    def _decide(self, head: int) -> _Status:
        tree = self.tree
        host = self._host(head)
        host_status = None if host is None else self.status[host]
        cues = self.cues.get(head, [])
        if head in self.questions or self._is_unsaid(head) or self._is_supposed(head):
            return _Status.UNCLAIMED
        if self._is_nobodys_thought(head):
            return _Status.UNCLAIMED
        if any(self._carries(attribution) for attribution in cues) or self._complement_of_marker(head):
            return _Status.FRAME
        if tree.matches(head, *grammar.MAIN_RELATIONS) or any(is_unsaid(attribution) for attribution in cues):
            return _Status.CLAIM
        if grammar.is_embedded_question(tree, head) or grammar.opens_with(tree, head, UNASSERTING):
            return _Status.FOLDED
        if self._describes_speaker(head) or (host_status is _Status.FRAME and self._sets_the_scene(head)):
            return _Status.FOLDED
        voice = self.behind(head)
        if tree.tokens[head].relation == "acl:relcl":
            around = self.behind(tree.tokens[head].head if host is None else host)
            return _Status.CLAIM if voice - around or grammar.is_set_off(tree, head) else _Status.FOLDED
        if host is None:
            return _Status.CLAIM
        # What only the host's own cue brings in is not expected to reach what hangs on it.
        own_cue = {attribution.id for attribution in self.cues.get(host, [])}
        same_voice = voice <= self.behind(host) and self.behind(host) - own_cue <= voice
        if tree.matches(head, "conj") and tree.head(head) == host:
            return _Status.FOLDED if host_status is _Status.FOLDED and same_voice else _Status.CLAIM
        if host_status is _Status.FRAME:
            return _Status.CLAIM
        if host_status is _Status.UNCLAIMED:
            return _Status.UNCLAIMED
        return _Status.FOLDED if same_voice and not grammar.opens_with(tree, head, CONTRASTS) else _Status.CLAIM

    def _describes_speaker(self, head: int) -> bool:
        """Whether a relative clause tells who the speaker is (*Hydrotek, which built it, said …*)."""
        if not self.tree.matches(head, "acl") or self.behind(head) or head in self.cues:
            return False
        return any(self.tree.head(head) in parts.source for parts in self.parts.values())

    def _sets_the_scene(self, head: int) -> bool:
        """Whether a clause only tells when or how something was said (*When asked about it, she said …*)."""
        if not self.tree.matches(head, "advcl") or self.behind(head) or head in self.cues:
            return False
        if grammar.subject(self.tree, head) is None or not grammar.is_finite(self.tree, head):
            return True
        return grammar.opens_with(self.tree, head, SCENE_SETTING)

    def _carries(self, attribution: Attribution) -> bool:
        """Whether the sentence has a clause that states the attribution's content."""
        return (attribution.id, self.tree.sentence.id) in self.provenance.carrying

    def _is_unsaid(self, head: int) -> bool:
        """Whether the clause is what a source is said not to have said.

        A clause that the cue itself hangs below is not, whatever the content's borders: *did not know or did not say*.
        """
        return any(
            is_unsaid(attribution)
            and head in parts.content
            and head not in parts.cue
            and parts.cue.isdisjoint(self.tree.subtree(head))
            for attribution, parts in self.with_parts
        )

    def _is_supposed(self, head: int) -> bool:
        """Whether the clause is what somebody may yet say, or what nobody has said."""
        return any(
            head in content and head not in cue and cue.isdisjoint(self.tree.subtree(head))
            for content, cue in self.supposed
        )

    def _is_nobodys_thought(self, head: int) -> bool:
        """Whether the clause only gives the content of a noun (*idea*, *proof*) that nobody vouches for.

        *There is no proof that it leaks*, *The idea that it leaks is false*.
        """
        tree = self.tree
        noun = tree.head(head)
        if noun is None or tree.tokens[noun].upos != "NOUN" or tree.tokens[head].relation not in ("acl", "ccomp"):
            return False
        opening = tree.forms[noun + 1] if noun + 1 < head else ""
        that = grammar.opens_with(tree, head, frozenset({"that"}))
        mistaken = opening == "that" and grammar.subject(tree, head) not in {None, noun + 1}
        if not (that or mistaken) or self.behind(head):
            return False
        return grammar.is_denied_noun(tree, noun) or tree.matches(noun, "nsubj")

    def _complement_of_marker(self, head: int) -> bool:
        """Whether the clause only grades another's certainty: *It is likely that …*, *There is no doubt that …*."""
        if not self.marked:
            return False
        tree = self.tree
        words = [head, *tree.children(head, "nsubj", "obj", "obl", "xcomp")]
        marked = [word for word in words if any(word in indices for indices in self.marked.values())]
        return bool(marked) and any(
            child in self.heads
            and not self._is_supposed(child)
            and tree.tokens[child].relation != "acl:relcl"
            and not grammar.is_embedded_question(tree, child)
            for word in {head, *marked}
            for child in tree.children(word, *grammar.COMPLEMENTS)
        )

    # --- What belongs to a claim --------------------------------------------------------------------------------------

    def claims(self, text: str) -> list[ClaimClause]:
        """The sentence's claims, not yet numbered."""
        tree = self.tree
        separate = [head for head, status in self.status.items() if status in (_Status.CLAIM, _Status.FRAME)]
        words = {
            head: tree.subtree(head, without=[other for other in separate if other != head])
            for head, status in self.status.items()
            if status is _Status.CLAIM
        }
        for index, head in self._stray_words(words).items():
            words[head] = sorted((*words[head], index))
        for head in sorted(words):
            others = {index for other, indices in words.items() if other != head for index in indices}
            said = [index for index in self._words_said(head) if index not in others]
            words[head] = said or words[head]
        owner = {index: head for head, indices in words.items() for index in indices}
        found = self._claims_of(words, owner, text)
        return found or self._whole_sentence(text)

    def _words_said(self, head: int) -> list[int]:
        """What a cue's clause claims where its content is no clause: the words said (*“Bring torches,” she said*).

        Only words that stand before the cue or in quotation marks: *promised to pay* claims what it says as a whole.
        """
        for attribution in self.cues.get(head, []):
            parts = self.parts[attribution.id]
            told = sorted(parts.content - parts.cue - parts.source)
            before = told and told[-1] < min(parts.cue | parts.source)
            if not self._carries(attribution) and told and (before or attribution.manner is Manner.DIRECT):
                return told
        return []

    def _whole_sentence(self, text: str) -> list[ClaimClause]:
        """The sentence as one claim where no clause of it makes one: somebody's fragment, or a verbless headline.

        *“Amazing,” Davis said.*, *Police to search the quarry*. Somebody's question is what they said; the writer's own
        questions, and fragments without a verb, claim nothing.
        """
        tree = self.tree
        spoken = {index for _, parts in self.with_parts for index in parts.content}
        spoken.difference_update(*(parts.cue | parts.source for _, parts in self.with_parts))
        indices = [index for index in sorted(spoken) if tree.tokens[index].upos != "PUNCT"]
        if not indices:
            indices = self._stated_fragment()
        if not indices:
            return []
        head = min(indices, key=lambda index: (len(tree.ancestors(index)), index))
        between = {index for index in range(indices[0], indices[-1]) if tree.tokens[index].upos == "PUNCT"}
        claim_words = sorted({*indices, *between} - self._attributing(head))
        return self._claims_of({head: claim_words}, dict.fromkeys(claim_words, head), text, fragment=True)

    def _attributing(self, head: int) -> set[int]:
        """The cues and sources of the attributions whose cue does not include the head."""
        return {
            index
            for attribution, parts in self.with_parts
            for index in parts.cue | parts.source
            if head not in parts.cue
        }

    def _stated_fragment(self) -> list[int]:
        """The words of a sentence that states something without a finite verb; none for a question."""
        tree = self.tree
        if self.questions or self.attributions or any(token.text == "?" for token in tree.tokens):
            return []
        words = [token.index for token in tree.tokens if token.upos != "PUNCT"]
        verbs = [index for index in words if tree.tokens[index].upos in ("VERB", "AUX")]
        predicates = [index for index in verbs if not tree.matches(index, "amod", "compound")]
        if any(grammar.is_imperative(tree, index) for index in verbs):
            return []
        return words if len(words) >= LEAST_FRAGMENT and predicates and not self.supposed else []

    def _claims_of(
        self, words: dict[int, list[int]], owner: dict[int, int], text: str, *, fragment: bool = False
    ) -> list[ClaimClause]:
        """The claims of clauses, given by their heads with their words; ``owner`` gives the clause of each word."""
        tree = self.tree
        hedges = [marker for marker in self.markers if isinstance(marker, Hedge)]
        boosting = [marker for marker in self.markers if isinstance(marker, Booster)]
        found: list[ClaimClause] = []
        for head, indices in words.items():
            spans = self._spans(head, indices)
            if not spans or (self._content_elsewhere(head, indices) and not fragment):
                continue
            full_hedges, partial_hedges = self._bearing(head, hedges, owner)
            boosters, _ = self._bearing(head, boosting, owner)
            withheld = next((attribution.id for attribution in self.cues.get(head, []) if attribution.withheld), None)
            found.append(
                ClaimClause(
                    id="",
                    sentence=tree.sentence.id,
                    head=head,
                    spans=spans,
                    text=joined(text, spans),
                    attributions=self.provenance.chain(self.behind(head)),
                    hedges=full_hedges,
                    partial_hedges=partial_hedges,
                    boosters=boosters,
                    withheld=withheld,
                )
            )
        return found

    def _stray_words(self, words: dict[int, list[int]]) -> dict[int, int]:
        """Words of a frame's content that the tree attaches to the frame, each with the nearest claim there."""
        tree = self.tree
        strays: dict[int, int] = {}
        for frame in (head for head, status in self.status.items() if status is _Status.FRAME):
            carried = [attribution for attribution in self.cues.get(frame, []) if self._carries(attribution)]
            for index in tree.subtree(frame, without=[head for head in self.heads if head != frame]):
                for attribution in carried:
                    parts = self.parts[attribution.id]
                    if index not in parts.content or index in parts.cue or index in parts.source:
                        continue
                    claims = [head for head in words if attribution.id in self.behind(head)]
                    if claims:
                        strays[index] = min(
                            claims, key=lambda head: (min(abs(word - index) for word in words[head]), head)
                        )
        return strays

    def _content_elsewhere(self, head: int, indices: Sequence[int]) -> bool:
        """Whether the clause only says that something was said, and what was said claims nothing: *"Run," she said*."""
        cues = [attribution for attribution in self.cues.get(head, []) if attribution.frame is not Frame.INTRODUCTION]
        contents = [self.parts[attribution.id].content for attribution in cues if attribution.content.spans]
        return bool(contents) and all(content.isdisjoint(indices) for content in contents)

    def _spans(self, head: int, indices: Sequence[int]) -> tuple[Span, ...]:
        """The clause's own characters, without who says so, opening conjunctions, and punctuation at the edges."""
        tree = self.tree
        behind = self.behind(head)
        cut: set[int] = set()
        for attribution, parts in self.with_parts:
            if attribution.id in behind and head not in parts.cue:
                cut.update(parts.source, (index for index in parts.cue if not tree.matches(index, "advmod")))
        runs = consecutive(index for index in indices if index not in cut)
        kept = [index for run in runs for index in self._trim(run, opening=run is runs[0])]
        return tree.spans(kept)

    def _trim(self, run: list[int], opening: bool) -> list[int]:
        """The run without punctuation at its edges; the claim's first run also without an opening *and* or *that*.

        A quotation mark stays, or is fetched from just outside, when its partner is inside.
        """
        tokens = self.tree.tokens
        first, last = 0, len(run)
        while first < last and self._is_edge(run[first], opening):
            first += 1
        while first < last and self._is_edge(run[last - 1], opening=False):
            last -= 1
        kept = run[first:last]
        if not kept:
            return []
        tags = [tokens[index].xpos for index in kept]
        open_marks = tags.count(OPENING_MARK) - tags.count(CLOSING_MARK)
        if open_marks > 0:
            kept = [*kept, *self._up_to(CLOSING_MARK, range(kept[-1] + 1, len(tokens)))]
        elif open_marks < 0:
            kept = [*reversed(self._up_to(OPENING_MARK, range(kept[0] - 1, -1, -1))), *kept]
        return kept

    def _up_to(self, mark: str, places: Iterable[int]) -> list[int]:
        """Tokens up to and including a quotation mark, if only punctuation precedes it; otherwise none."""
        passed: list[int] = []
        for index in places:
            if self.tree.tokens[index].upos != "PUNCT":
                break
            passed.append(index)
            if self.tree.tokens[index].xpos == mark:
                return passed
        return []

    def _is_edge(self, index: int, opening: bool) -> bool:
        token = self.tree.tokens[index]
        joins = token.relation == "cc" or (token.lemma.lower() == "that" and token.xpos == "IN")
        return token.upos == "PUNCT" or (opening and joins)

    def _bearing(
        self, head: int, markers: Sequence[Hedge | Booster], owner: dict[int, int]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The markers that bear on the whole claim, and those that bear on a part of it."""
        on_whole: list[str] = []
        on_part: list[str] = []
        for marker in markers:
            covers = head in self.scopes[marker.id]
            owners = {owner[index] for index in self.marked[marker.id] if index in owner}
            if not owners:
                if covers:
                    on_whole.append(marker.id)
            elif head in owners:
                (on_whole if covers else on_part).append(marker.id)
            elif covers and any(self._continues(head, other) for other in owners):
                on_whole.append(marker.id)
        return tuple(on_whole), tuple(on_part)

    def _continues(self, head: int, other: int) -> bool:
        """Whether a clause is coordinated with another or completes it, so that a marker there reaches it."""
        tree = self.tree
        while head != other:
            governor = tree.head(head)
            if governor is None or not tree.matches(head, "conj", "ccomp", "csubj", "xcomp"):
                return False
            head = governor
        return True
