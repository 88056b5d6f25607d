"""What an attribution gives the reader: a report, a belief, a stance, supposed words, or nothing but an act.

An editor asks of a sentence who vouches for it. Somebody's words do (*said that*, *accused them of*), so does a thought
with a clause for its content (*thinks that*); being for or against something (*backs the plan*) does not, nor does what
somebody did (*filed a suit*, *was shown a red card*).

``SIGNS`` is the ordered table that decides: the first sign that holds gives the evidence. Where the grammar ties (*the
union attacked the plan*), the cue model's odds tell words from deeds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from attribution import grammar
from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.features import entries_of, frames_of, source_kind
from attribution.extraction.found import Found
from attribution.extraction.names import TIME_WORDS
from attribution.extraction.repairs.stretches import quoted_runs
from attribution.lexicon import CueAdjective, CueNoun, CueVerb, Lexicon
from attribution.records import VOUCHING, Attitude, Evidence

CLAUSAL_RELATIONS = frozenset({"ccomp", "parataxis", "csubj", "acl", "advcl", "conj", "root", "xcomp", "dep"})

PROPOSITIONS = frozenset({"clause", "quotation", "around", "question"})
"""Complements that state something by themselves."""

PREDICATES = frozenset({"as", "predicate"})
"""Complements that say what somebody or something is (*seen as a threat*, *called a farce*)."""

ACCUSATIONS = ("gerund:of", "gerund:for", "prep:of", "prep:for")
"""Complements that say what somebody is accused of or blamed for."""

MERE_OBJECTS = frozenset({"object", "subject", "adverbial", "advmod", "relative"})
"""Complements that state nothing; neither does a prepositional phrase."""

THINGS = frozenset(
    {"noun", "nouns", "pronoun:it", "pronoun:this", "pronoun:that", "pronoun:which", "pronoun:these", "verb"}
)
"""Kinds of subject that neither speak nor can be read."""


SPEAKERS = frozenset(
    {"name", "role", "official", "anonymous", "organisation", "vague-collective", "outlet", "document", "platform"}
    | {
        f"pronoun:{word}"
        for word in ("i", "we", "you", "he", "she", "they", "who", "some", "many", "others", "all", "both")
    }
    | {"adj", "num"}
)
"""Kinds of subject that can say something."""


class Facts(msgspec.Struct, frozen=True):
    """What the decision about an attribution's evidence looks at.

    ``complements`` are the ways in which the content depends on the cue: ``clause`` (finite), ``question`` (*asked
    whether*), ``quotation``, ``infinitive``, ``gerund``, ``as``, ``predicate`` (*called it a farce*), ``object``,
    ``around`` (the cue is set into what it attributes: *…, she said*), ``beyond`` (it goes on in another sentence), or
    a preposition. ``source`` is the kind of the
    source's head by the lexicon, else its class, ``none`` without a source. ``lists`` are the word lists that the cue's
    lemma is in.
    """

    kind: CandidateKind
    lemma: str
    attitude: str
    complements: frozenset[str]
    source: str
    source_lemma: str
    bare_source: bool
    agentless: bool
    reduced: bool
    sort_named: bool
    agented: bool
    raising: bool
    negated: bool
    negative_source: bool
    supposed: bool
    unrealised: bool
    modal: bool
    tag: str
    relation: str
    opens: bool
    withheld: bool
    licensed: bool
    framed: bool
    words_object: bool
    person_object: bool
    measuring: bool
    likely: bool
    confident: bool
    lists: frozenset[str]
    adverbs: frozenset[str]

    def has(self, *complements: str) -> bool:
        """Whether the content depends on the cue in one of these ways."""
        return not self.complements.isdisjoint(complements)


class Sign(msgspec.Struct, frozen=True):
    """A row of the table: a name, what it gives (None: an act, which is no attribution), an example and a test."""

    name: str
    evidence: Evidence | None
    example: str
    holds: Callable[[Facts], bool]


# --- The table --------------------------------------------------------------------------------------------------------


def _is_agentless_judgment(facts: Facts) -> bool:
    """Whether nobody is named for what is said, thought or alleged of the subject."""
    if facts.attitude == Attitude.HEARSAY or "rumouring" in facts.lists:
        return True
    if facts.lists & {"naming-verb"} and not facts.has("clause"):
        return bool(facts.lists & {"judged-name"}) or facts.sort_named
    if facts.has("clause", "around") and not (facts.reduced and not facts.has("clause")):
        return facts.attitude in {Attitude.ASSERTION, Attitude.BELIEF} and not facts.lists & {"mental-event"}
    if not facts.raising or facts.lists & {"obliging"}:
        return False
    if facts.has("infinitive", *PREDICATES):
        return True
    titled = facts.has("prep:with")  # has been dubbed with the title
    return facts.attitude == Attitude.ASSERTION and (titled or (facts.framed and facts.has(*ACCUSATIONS)))


SIGNS: tuple[Sign, ...] = (
    Sign(
        "negative-source",
        Evidence.SUPPOSED,
        "No official said that the bridge was safe.",
        lambda facts: facts.negative_source,
    ),
    Sign("withheld", Evidence.REPORT, "The ministry declined to say why.", lambda facts: facts.withheld),
    Sign(
        "measure",
        None,
        "Seats are given out according to age.",
        lambda facts: facts.measuring,
    ),
    Sign(
        "that-said",
        None,
        "That said, the tax is fair.",
        lambda facts: facts.kind is CandidateKind.VERB and facts.source == "pronoun:that" and facts.relation == "advcl",
    ),
    Sign(
        "hearsay-phrase",
        Evidence.REPORT,
        "The ship reportedly sank.",
        lambda facts: facts.kind is CandidateKind.PHRASE and facts.attitude == Attitude.HEARSAY,
    ),
    Sign(
        "agentless-act",
        None,
        "She was shown a red card.",
        lambda facts: facts.agentless and not facts.has("quotation") and not _is_agentless_judgment(facts),
    ),
    Sign(
        "person-treated",
        None,
        "The keeper denied the striker from close range.",
        lambda facts: (
            facts.kind is CandidateKind.VERB
            and facts.person_object
            and "proposing" in facts.lists
            and not facts.agentless
            and not facts.has(*PROPOSITIONS, *PREDICATES)
        ),
    ),
    Sign(
        "questioned",
        None,
        "Counsel asked the witness about the keys.",
        lambda facts: (
            "inquiring" in facts.lists
            and not facts.agentless
            and (facts.person_object or not facts.has("object"))
            and not facts.words_object
            and not facts.has("infinitive", "around", *PROPOSITIONS, *PREDICATES)
            and not any(name.startswith("prep:for") for name in facts.complements)
        ),
    ),
    Sign(
        "put-at",
        Evidence.REPORT,
        "Surveyors put the damage at two million.",
        lambda facts: (
            "gauging" in facts.lists
            and facts.has("figure")
            and facts.source in SPEAKERS
            and not (facts.modal or facts.supposed or facts.unrealised)
        ),
    ),
    Sign(
        "deed",
        None,
        "The vet called at the farm.",
        lambda facts: (
            facts.kind is CandidateKind.VERB
            and not facts.agentless
            and not (facts.source == "document" and "inference" in facts.lists)
            and facts.attitude in {Attitude.ASSERTION, Attitude.PERCEPTION, "none"}
            and all(name in MERE_OBJECTS or name.startswith("prep:") for name in facts.complements)
            and not ((facts.likely or facts.words_object or facts.lemma == "deny") and facts.framed)
        ),
    ),
    Sign(
        "supposed",
        Evidence.SUPPOSED,
        "If the mayor says the dam is safe, people will stay.",
        lambda facts: facts.supposed and facts.kind is not CandidateKind.PHRASE,
    ),
    Sign(
        "unrealised",
        Evidence.SUPPOSED,
        "The pilot forgot to report that the flap was loose.",
        lambda facts: facts.unrealised and not facts.has("quotation"),
    ),
    Sign(
        "modal",
        Evidence.SUPPOSED,
        "The minister will say that the tax is fair.",
        lambda facts: facts.modal and not facts.negated and not facts.has("quotation"),
    ),
    Sign(
        "phrase-of-thought",
        Evidence.BELIEF,
        "In the eyes of the crew, the ship was doomed.",
        lambda facts: facts.kind is CandidateKind.PHRASE and facts.attitude == Attitude.BELIEF,
    ),
    Sign(
        "phrase",
        Evidence.REPORT,
        "According to the harbour office, two boats are missing.",
        lambda facts: facts.kind is CandidateKind.PHRASE,
    ),
    Sign(
        "agentless-judgment",
        Evidence.REPORT,
        "The mill is said to be haunted.",
        lambda facts: facts.agentless and _is_agentless_judgment(facts),
    ),
    Sign(
        "asked-frame",
        None,
        "Asked whether he would sell, the owner said no.",
        lambda facts: (
            facts.kind is CandidateKind.VERB
            and facts.attitude != Attitude.HEARSAY
            and facts.source == "none"
            and (facts.relation == "advcl" or facts.opens)
            and facts.tag in {"VBN", "VBD"}
            and not facts.has("quotation", "around")
        ),
    ),
    Sign(
        "rumour",
        Evidence.REPORT,
        "Rumours of a reshuffle have been doing the rounds.",
        lambda facts: (
            facts.kind is CandidateKind.NOUN
            and facts.attitude == Attitude.HEARSAY
            and bool(facts.complements)
            and not facts.negated
        ),
    ),
    Sign(
        "nobody-s-idea",
        Evidence.SUPPOSED,
        "The idea that the dam leaks is false.",
        lambda facts: (
            facts.kind is CandidateKind.NOUN
            and facts.has("clause")
            and facts.source == "none"
            and not facts.lists & {"collective-claim"}
        ),
    ),
    Sign(
        "evidence-denied",
        Evidence.SUPPOSED,
        "There is no proof that the referee was paid.",
        lambda facts: (
            facts.kind is CandidateKind.NOUN
            and facts.negated
            and not (facts.attitude == Attitude.BELIEF and facts.source in SPEAKERS)
        ),
    ),
    Sign(
        "impersonal",
        Evidence.STANCE,
        "It is unclear how the fire began.",
        lambda facts: facts.source == "none" and facts.kind is CandidateKind.ADJECTIVE and not facts.has("quotation"),
    ),
    Sign(
        "seeming",
        None,
        "The plan seems to have failed.",
        lambda facts: "seeming" in facts.lists and facts.source == "none",
    ),
    Sign(
        "nobody-says",
        Evidence.SUPPOSED,
        "It is hard to say what will happen.",
        lambda facts: facts.source == "none" and facts.tag == "VB" and not facts.has("quotation"),
    ),
    Sign(
        "told-in-court",
        Evidence.REPORT,
        "The jury heard that the guard slept.",
        lambda facts: (
            facts.lemma in {"hear", "tell"}
            and ("hearing" in facts.lists or (facts.source == "none" and facts.lemma == "hear"))
            and facts.has(*PROPOSITIONS)
        ),
    ),
    Sign(
        "thing-shows",
        Evidence.STANCE,
        "The delay shows that the plan was rushed.",
        lambda facts: (
            facts.source in THINGS
            and facts.kind is CandidateKind.VERB
            and not facts.has("quotation", "around")
            and bool(facts.lists & {"inference"})
        ),
    ),
    Sign(
        "document-shows",
        Evidence.REPORT,
        "The footage shows soldiers with rusty rifles.",
        lambda facts: facts.source == "document" and "inference" in facts.lists and facts.has("object", "predicate"),
    ),
    Sign(
        "mental-event",
        Evidence.STANCE,
        "The guard noticed that the gate was open.",
        lambda facts: (
            bool(facts.lists & {"mental-event"})
            and not facts.has("beyond", *PREDICATES)
            # A voice is heard saying: “…”
            and not (facts.lemma == "hear" and facts.tag == "VBN" and facts.has("quotation"))
        ),
    ),
    Sign(
        "belief-clause",
        Evidence.BELIEF,
        "The crew believe that the engine failed.",
        lambda facts: facts.attitude == Attitude.BELIEF and facts.has("clause", "around"),
    ),
    Sign(
        "clause",
        Evidence.REPORT,
        "The skipper said that the engine had failed.",
        lambda facts: (
            facts.licensed
            and facts.has(*PROPOSITIONS)
            and (facts.kind is CandidateKind.VERB or facts.has("clause") or facts.source != "none")
        ),
    ),
    Sign(
        "quotation",
        Evidence.REPORT,
        "“It failed,” the skipper shrugged.",
        lambda facts: facts.has("quotation") and facts.source != "none",
    ),
    Sign(
        "called-a",
        Evidence.REPORT,
        "Opponents called the election a farce.",
        lambda facts: (
            facts.attitude == Attitude.ASSERTION and facts.has(*PREDICATES) and facts.has("object", "subject")
        ),
    ),
    Sign(
        "deemed-a",
        Evidence.BELIEF,
        "The captain deemed the offer an insult.",
        lambda facts: (
            facts.attitude == Attitude.BELIEF
            and facts.raising
            and facts.source in SPEAKERS
            and facts.has(*PREDICATES)
            and facts.has("object")
        ),
    ),
    Sign(
        "judged-by",
        Evidence.BELIEF,
        "The painting is believed by experts to be a copy.",
        lambda facts: (
            facts.raising
            and facts.agented
            and facts.attitude == Attitude.BELIEF
            and facts.source in SPEAKERS
            and facts.has("infinitive", *PREDICATES)
        ),
    ),
    Sign(
        "accused-of",
        Evidence.REPORT,
        "The club accused the referee of taking bribes.",
        lambda facts: (
            facts.has("object", "subject")
            and (
                (facts.raising and facts.attitude == Attitude.ASSERTION and facts.has(*ACCUSATIONS))
                or (facts.confident and facts.source in SPEAKERS and facts.has("gerund:for", "gerund:of"))
            )
        ),
    ),
    Sign(
        "promised-to",
        Evidence.REPORT,
        "The owner promised to rebuild the pier.",
        lambda facts: (
            bool(facts.lists & {"commissive"})
            and (facts.has("infinitive", "gerund:to") or (facts.has("object") and facts.confident))
            and facts.source in SPEAKERS
        ),
    ),
    Sign(
        "speech-act",
        Evidence.REPORT,
        "The minister denied the allegations.",
        lambda facts: (
            facts.kind is CandidateKind.VERB
            and facts.attitude == Attitude.ASSERTION
            and (
                facts.words_object or (facts.confident and not facts.has("subject") and "appraising" not in facts.lists)
            )
            and facts.framed
            and facts.source in SPEAKERS
        ),
    ),
    Sign(
        "denied-doing",
        Evidence.REPORT,
        "The treasurer denies taking the money.",
        lambda facts: (
            facts.kind is CandidateKind.VERB
            and facts.attitude == Attitude.ASSERTION
            and "proposing" in facts.lists
            and facts.source in SPEAKERS
            and (facts.has("gerund", "gerund:to") or (facts.lemma == "deny" and facts.has("object")))
        ),
    ),
)
"""Read from the top: the first sign that holds gives the evidence."""


# --- The decision -----------------------------------------------------------------------------------------------------


class Decision(msgspec.Struct, frozen=True):
    """The evidence of an attribution (None: an act) and the name of the sign that gave it."""

    evidence: Evidence | None
    sign: str


def evidence_of(found: Found, lexicon: Lexicon) -> Decision:
    """What an accepted cue gives the reader: the first sign that holds, else a stance; an unlisted word is an act."""
    facts = facts_of(found, lexicon)
    sign = next((sign for sign in SIGNS if sign.holds(facts)), None)
    if sign is not None:
        return Decision(sign.evidence, sign.name)
    return Decision(Evidence.STANCE if facts.licensed or facts.likely else None, "otherwise")


def is_further_report(found: Found, lexicon: Lexicon) -> bool:
    """Whether an attribution within somebody's report is a report of its own: another speaker's, with what they said.

    *BBC said the ministry had told it that …*; not what the outer speaker concludes from results, nor what nobody said.
    """
    if found.evidence not in VOUCHING or not found.content:
        return False
    facts = facts_of(found, lexicon)
    if found.sign in {"hearsay-phrase", "phrase", "phrase-of-thought", "told-in-court"}:
        return True
    if facts.negated or facts.withheld or (facts.kind is CandidateKind.NOUN and not facts.has("clause")):
        return False
    if facts.attitude == Attitude.INTENTION and not facts.has("clause"):
        return False
    if facts.source == "document" and _is_of_the_speaker(found):
        return False
    if found.sign == "agentless-judgment":
        told = facts.raising or (facts.has("clause") and facts.attitude == Attitude.ASSERTION)
        return told and not facts.modal and "expecting" not in facts.lists
    if found.sign == "document-shows":
        return not found.context.in_quotation[found.candidate.head]
    if facts.source not in SPEAKERS or (facts.source == "document" and "inference" in facts.lists):
        return False
    if found.sign in {"clause", "belief-clause", "quotation"}:
        return facts.framed and facts.has("clause", "question", "around", "quotation")
    return found.sign in {"called-a", "accused-of"}


def _is_of_the_speaker(found: Found) -> bool:
    """Whether the source is a paper of the quoted speaker's own (*“My statements said …,” she said*)."""
    context, source = found.context, _source_head(found.context, found.roles.source)
    if source is None or not context.in_quotation[source]:
        return False
    return any(context.lemma(owner) in {"my", "our"} for owner in context.tree.children(source, "nmod:poss"))


# --- The facts --------------------------------------------------------------------------------------------------------

LIKELY = 0.5
"""Log-odds from which an assertion about an object is at least a stance."""

CONFIDENT = 1.5
"""Log-odds from which the cue model is sure enough that an assertion about an object is words and not a deed."""


def facts_of(found: Found, lexicon: Lexicon) -> Facts:
    """The facts of an attribution in its sentence."""
    context, candidate, roles = found.context, found.candidate, found.roles
    tree, head = context.tree, candidate.head
    entries = entries_of(context, candidate, lexicon)
    entry = entries[0] if entries else None
    attitude = str(entry.attitude) if entry is not None else "none"
    lemma = entry.lemma if entry is not None else context.lemma(head)
    if candidate.phrase is not None:
        attitude, lemma = str(candidate.phrase.attitude), candidate.phrase.words
    complements = frozenset(_complements(found))
    source = _source_head(context, roles.source)
    source_lemma = "" if source is None else context.lemma(source)
    adverbs = frozenset(context.lemma(child) for child in tree.children(head, "advmod"))
    return Facts(
        kind=candidate.kind,
        lemma=lemma,
        attitude=attitude,
        complements=complements,
        source="none" if source is None else _kind_of_source(context, source, lexicon),
        source_lemma=source_lemma,
        bare_source=source is not None and not tree.children(source, "det", "nmod:poss"),
        agentless=_is_agentless(found),
        reduced=not tree.children(head, "aux:pass"),
        sort_named=lemma in {"call", "term"} and _is_called_a_sort(context, head),
        agented=candidate.kind is CandidateKind.VERB and context.is_passive(head) and grammar.has_agent(tree, head),
        raising=lemma in lexicon.words_for("raising"),
        negated=any(grammar.has_negation(tree, index) for index in roles.cue),
        negative_source=source is not None and grammar.is_negative_phrase(tree, source),
        supposed=_is_supposed(context, head),
        unrealised=_is_unrealised(found, lexicon),
        modal=any(grammar.modals(tree, index) for index in roles.cue),
        tag=context.tokens[head].xpos,
        relation=context.tokens[head].relation,
        opens=not any(context.is_word(index) for index in range(min(roles.cue, default=head))),
        withheld=any(getattr(one, "withheld", False) for one in entries),
        licensed=bool(entries),
        framed=any(_fills_frame(context, head, entry, complements) for entry in entries),
        person_object=_has_person_object(context, head, lexicon),
        measuring=_is_measure(context, candidate, source, lexicon),
        words_object=any(
            noun.attitude is Attitude.ASSERTION and noun.lemma not in lexicon.words_for("put-forward")
            for child in tree.children(head, "obj", "nsubj:pass")
            for noun in lexicon.nouns_of(context.lemma(child))
        ),
        likely=found.log_odds > LIKELY,
        confident=found.log_odds > CONFIDENT,
        lists=frozenset(_lists(found, lemma, source_lemma, adverbs, lexicon)),
        adverbs=adverbs,
    )


FRAMES_OF_COMPLEMENTS = {
    "clause": frozenset({"clause", "object-clause"}),
    "question": frozenset({"clause", "object-clause"}),
    "infinitive": frozenset({"infinitive", "object-infinitive"}),
    "as": frozenset({"object-as"}),
    "predicate": frozenset({"object-complement"}),
}
"""The lexicon's frames that each complement fills, whatever the parse made of the listener."""


def _fills_frame(
    context: SentenceContext, head: int, entry: CueVerb | CueNoun | CueAdjective, complements: frozenset[str]
) -> bool:
    """Whether the word stands in a frame that its entry lists, with a preposition that the entry lists."""
    if any(FRAMES_OF_COMPLEMENTS.get(name, frozenset()).intersection(entry.frames) for name in complements):
        return True
    filled = frames_of(context, head).intersection(entry.frames)
    if filled - {"preposition", "object-preposition"}:
        return True
    below = context.tree.children(head, "obl", "nmod", "advcl")
    below += [clause for child in context.tree.children(head, "obl") for clause in context.tree.children(child, "acl")]
    prepositions = {
        _preposition(context, child) for child in below if context.tokens[child].text.lower() not in TIME_WORDS
    }
    return bool(filled) and bool(prepositions.intersection(entry.prepositions))


def _preposition(context: SentenceContext, phrase: int) -> str:
    """The preposition of a phrase, also where the parse hung it on a later conjunct."""
    preposition = context.preposition(phrase)
    first = context.tokens[context.tree.subtree(phrase)[0]]
    return first.lemma.lower() if preposition == "-" and first.upos == "ADP" else preposition


def _source_head(context: SentenceContext, source: Iterable[int]) -> int | None:
    """The head of the source: the word of it that is attached to something outside."""
    inside = frozenset(source)
    tops = [index for index in sorted(inside) if context.tree.head(index) not in inside and context.is_word(index)]
    nominal = [index for index in tops if context.tokens[index].upos in grammar.NOMINAL_TAGS]
    return next(iter(nominal or tops), None)


def _kind_of_source(context: SentenceContext, source: int, lexicon: Lexicon) -> str:
    """The kind of a source's head; an abbreviation is a name (*PM suggests he will stay*)."""
    if context.tokens[source].xpos in grammar.WH_TAGS or context.tree.forms[source] == "that":
        source = _antecedent(context, source, lexicon)
    if context.tree.child(source, "cop") is not None:
        return "verb"  # Being mayor means that you listen
    kind = source_kind(context, source, lexicon)
    word = context.tokens[source].text
    return "name" if kind in THINGS and word.isupper() and len(word) > 1 else kind


def _antecedent(context: SentenceContext, pronoun: int, lexicon: Lexicon) -> int:
    """The noun that a relative pronoun stands for: of several above it a document before others.

    *footage being circulated on social media **which** shows …*: the footage, wherever the parse hung the clause.
    """
    nouns = [index for index in context.tree.ancestors(pronoun) if context.tokens[index].upos in {"NOUN", "PROPN"}]
    if not nouns or source_kind(context, nouns[0], lexicon) not in {"platform", "vague-collective"}:
        return next(iter(nouns), pronoun)
    near = range(max(0, pronoun - LONGEST_REDUCED_CLAUSE), pronoun)
    return next((index for index in near if source_kind(context, index, lexicon) == "document"), nouns[0])


OCCASIONS = frozenset({"when", "while", "after", "before", "because", "since", "although", "though", "if", "unless"})
"""Subordinators of clauses that tell when or why, not who said what governs them (*it fell when he answered*)."""

LONGEST_REDUCED_CLAUSE = 8
"""Tokens that may stand between a document and the pronoun for it, telling where the document went round."""


def _has_person_object(context: SentenceContext, head: int, lexicon: Lexicon) -> bool:
    """Whether a verb's object is somebody, not a thing that can be said (*denied **him***, *announced **himself***)."""
    subject = context.subject(head)
    if subject is None or subject > head:
        return False  # reports Tova Lind in Velm
    return any(
        source_kind(context, child, lexicon) in PERSONS or context.tree.forms[child].endswith("self")
        for child in context.tree.children(head, "obj")
        if child > head and not context.in_quotation[child]
    )


PERSONS = frozenset(
    {"name", "role", "official", "anonymous", "pronoun:him", "pronoun:her", "pronoun:them", "pronoun:me", "pronoun:us"}
)
"""Kinds of objects that are people."""


def _is_measure(context: SentenceContext, candidate: Candidate, source: int | None, lexicon: Lexicon) -> bool:
    """Whether what follows *according to* tells how something is done: a measure, an order, a plan or a law.

    A noun that may also be a document is one where somebody saw it (*a schedule seen by the Gazette*). A noun that
    can not speak is a measure within the clause (*seen according to the urgency of their condition*), and so is a bare
    one (*sorted according to district*), or a question (*according to how many points they have*).
    """
    if candidate.phrase is None or candidate.phrase.words not in MEASURING or source is None:
        return False
    tree = context.tree
    kind = source_kind(context, source, lexicon)
    if kind == "name":
        return False
    first = candidate.tokens[-1] + 1
    if first < len(context) and context.tokens[first].xpos in {"WRB", "WP"}:
        return True
    if tree.lemmas[first] == "whether":
        return True
    if context.lemma(source) in lexicon.words_for("measure"):
        told = lexicon.words_for("disclosing")
        return not any(context.lemma(child) in told for child in tree.children(source, "acl"))
    within = candidate.head > 0 and context.is_word(candidate.head - 1)
    return within and kind in {"noun", "nouns"}


MEASURING = frozenset({"according to {source}", "in accordance with {source}"})
"""Cue phrases that also tell how something is done."""


def _is_called_a_sort(context: SentenceContext, head: int) -> bool:
    """Whether a finite passive of the past says what sort somebody is, and no name (*has been called a liar*)."""
    tree = context.tree
    if not any(context.tokens[child].xpos in {"VBD", "VBN"} for child in tree.children(head, "aux:pass")):
        return False
    for child in tree.children(head, "xcomp", "obj", "obl:unmarked"):
        opening = tree.forms[tree.subtree(child)[0]]
        if opening in {"a", "an"} or (context.tokens[child].upos == "ADJ" and not tree.children(child, "det")):
            return True
    return False


def _is_agentless(found: Found) -> bool:
    """Whether the cue is a passive that leaves out who says or thinks it."""
    context, head = found.context, found.candidate.head
    return (
        found.candidate.kind is CandidateKind.VERB
        and context.is_passive(head)
        and not found.roles.source
        and not grammar.agents(context.tree, head)
    )


def _is_supposed(context: SentenceContext, head: int) -> bool:
    """Whether the cue stands in a question of the writer's, or under *if*, *unless*, *whether* or *until*."""
    tree = context.tree
    if head in context.questions or grammar.is_awaited(tree, head):
        return True
    for above in (head, *tree.ancestors(head)):
        for mark in tree.children(above, "mark", "advmod"):
            if tree.lemmas[mark] in grammar.SUPPOSING and context.in_quotation[mark] == context.in_quotation[head]:
                return True
        if not tree.matches(above, "conj", "xcomp", "ccomp", "aux", "cop"):
            return False
    return False


def _is_unrealised(found: Found, lexicon: Lexicon) -> bool:
    """Whether saying so is only tried, meant or left undone: *tried to claim*, *is due to announce*."""
    context, head = found.context, found.candidate.head
    tree = context.tree
    words = lexicon.words_for("unrealised")
    yet = any(context.lemma(child) == "yet" and child < head for child in tree.children(head, "advmod"))
    if yet and grammar.is_infinitive(tree, head):
        return True  # has yet to confirm
    here = head
    while tree.matches(here, "xcomp", "conj") and (governor := tree.head(here)) is not None:
        if tree.matches(here, "xcomp") and context.lemma(governor) in words:
            return True
        here = governor
    return any(
        context.lemma(index) in words and any(child in found.roles.cue for child in tree.children(index, "xcomp"))
        for index in found.roles.cue
    )


LEMMA_LISTS = (
    "appraising",
    "collective-claim",
    "commissive",
    "doubting",
    "expecting",
    "gauging",
    "inference",
    "inquiring",
    "mental-event",
    "naming-verb",
    "obliging",
    "proposing",
    "rumouring",
    "seeming",
)
"""Word lists that the cue's lemma is looked up in."""


def _lists(found: Found, lemma: str, source_lemma: str, adverbs: frozenset[str], lexicon: Lexicon) -> Iterable[str]:
    for name in LEMMA_LISTS:
        if lemma in lexicon.words_for(name):
            yield name
    if adverbs & lexicon.words_for("judging-adverb"):
        yield "judged-name"
    if source_lemma in lexicon.words_for("hearing"):
        yield "hearing"


def _complements(found: Found) -> Iterable[str]:
    """The ways in which the content depends on the cue."""
    context, roles, head = found.context, found.roles, found.candidate.head
    tree = context.tree
    content = roles.content | (tree.words_in(found.content) if not roles.content else frozenset())
    spoken = content | tree.words_in(found.content)
    runs = [range(first, last + 1) for first, last in quoted_runs(context) if not first <= head <= last]
    beyond = any(not span.overlaps(context.sentence.span) for span in found.content)
    if beyond:
        yield "beyond"
    if beyond or any(spoken.intersection(run) for run in runs):
        yield "quotation"
    if grammar.predicate_of_object(tree, head) in content:
        yield "predicate"
    for index in content:
        # has been accused in the past of closing stores: wherever the parse hung it
        if tree.forms[index] in {"of", "for"} and index > head and _is_gerund(context, index + 1):
            yield f"gerund:{tree.forms[index]}"
    above = frozenset(tree.ancestors(head))
    for top in sorted(content):
        if tree.head(top) in content or context.tokens[top].upos == "PUNCT":
            continue
        if tree.matches(top, "obl", "xcomp", "nmod") and _is_figure(context, top):
            yield "figure"
        if top in above:
            inside = (
                _is_relative(found)
                or (tree.matches(head, "advcl") and tree.children(head, "obj"))
                or grammar.opens_with(tree, head, OCCASIONS)
            )
            yield "around" if grammar.is_finite(tree, top) and not inside else "above"
        else:
            for clause in tree.children(top, "acl"):
                if top > head and tree.matches(top, "obj") and context.tokens[clause].xpos == "VBG":
                    yield f"gerund:{context.preposition(clause)}"  # accused the referee of taking bribes
            name = _complement(context, top)
            if _is_set_behind(found, top):
                name = "around"  # The seal weighs forty kilos, the zoo said: however the parse reads the claim
            # He was dubbed a hero: what looks like an object is what he was called.
            yield "predicate" if name == "object" and context.is_passive(head) else name
    for time in tree.children(head, "obl") if context.is_passive(head) else ():
        for clause in tree.children(time, "acl"):
            if time > head and context.tokens[clause].xpos == "VBG":
                yield f"gerund:{context.preposition(clause)}"  # was accused on Tuesday of taking bribes


def _is_set_behind(found: Found, top: int) -> bool:
    """Whether speaker and verb stand behind a comma at the end of a sentence whose words before it are the content."""
    context, head = found.context, found.candidate.head
    if (
        found.candidate.kind is not CandidateKind.VERB
        or not found.roles.source
        or not context.tree.matches(top, "ccomp")
    ):
        return False
    first = min(min(found.roles.source), head)
    behind = [index for index in range(max(*found.roles.source, head) + 1, len(context)) if context.is_word(index)]
    return top < first and context.tokens[first - 1].text == "," and not behind and context.tree.root == head


def _is_figure(context: SentenceContext, top: int) -> bool:
    """Whether a phrase gives a number (*at 300*, *at two million dollars*)."""
    return any(context.tokens[index].upos == "NUM" for index in (top, *context.tree.children(top, "nummod")))


def _is_gerund(context: SentenceContext, index: int) -> bool:
    return index < len(context) and context.tokens[index].xpos == "VBG"


def _is_relative(found: Found) -> bool:
    """Whether the cue's clause modifies a noun (*the recovery we had hoped for*); one set off by a comma does not."""
    tree, head = found.context.tree, found.candidate.head
    if not tree.matches(head, "acl"):
        return False
    first = min(found.roles.source, default=head)
    return first == 0 or tree.tokens[first - 1].text != "," or tree.tokens[first].xpos in grammar.WH_TAGS


def _complement(context: SentenceContext, top: int) -> str:
    """How one phrase of the content depends on the cue."""
    tree = context.tree
    relation = tree.relations[top][1]
    marks = [context.lemma(mark) for mark in tree.children(top, "mark", "case")]
    if relation in CLAUSAL_RELATIONS and grammar.is_pied_piped(tree, top):
        return "relative"
    if relation in CLAUSAL_RELATIONS and grammar.is_embedded_question(tree, top):
        return "question"
    if relation in CLAUSAL_RELATIONS and grammar.is_finite(tree, top):
        adverbial = relation == "advcl" and not {"that", "whether", "like"}.intersection(marks)
        return "adverbial" if adverbial and marks else "clause"
    if relation == "ccomp" and any(context.tokens[index].xpos in grammar.FINITE_TAGS for index in tree.subtree(top)):
        return "clause"  # The seal weighs forty kilos, the zoo said: the parse may take the verb for a part of a noun
    if relation == "ccomp" and "that" in marks and grammar.subject(tree, top) is not None:
        return "clause"  # demanded that it be closed
    if "as" in marks or "as" in {context.lemma(child) for child in tree.children(top, "advmod") if child < top}:
        return "as"
    if relation in CLAUSAL_RELATIONS:
        if "to" in marks and (context.tokens[top].xpos != "VBG" or tree.children(top, "aux")):
            return "infinitive"  # also of the progressive: to be considering an offer
        if context.tokens[top].xpos == "VBG":
            if relation == "xcomp" and not marks and grammar.has_agent(tree, tree.tokens[top].head):
                return "predicate"  # was reported missing
            return f"gerund:{marks[0]}" if marks else "gerund"
        return "predicate" if relation == "xcomp" else relation
    if relation in {"obl", "nmod"}:
        return f"prep:{_preposition(context, top)}"
    return {"obj": "object", "iobj": "object", "nsubj": "subject"}.get(relation, relation)
