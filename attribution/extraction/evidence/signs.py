"""The table of signs that decides about evidence, each with an example."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from attribution.extraction.candidates import CandidateKind
from attribution.extraction.evidence.facts import Facts
from attribution.extraction.evidence.source import THINGS
from attribution.extraction.people import SPEAKING_SUBJECTS
from attribution.records import Attitude, Evidence


class Sign(msgspec.Struct, frozen=True):
    """A row of the table: a name, the evidence (None: an act, which is no attribution), an example and a test."""

    name: str
    evidence: Evidence | None
    example: str
    holds: Callable[[Facts], bool]


PREDICATES = frozenset({"as", "predicate"})
"""Complements that say what somebody or something is (*seen as a threat*, *called a farce*)."""


PROPOSITIONS = frozenset({"clause", "quotation", "around", "question"})
"""Complements that state something by themselves."""


ACCUSATIONS = ("gerund:of", "gerund:for", "prep:of", "prep:for")
"""Complements that say what somebody is accused of or blamed for."""


VIEWPOINTS = frozenset(
    {"as far as {source} is concerned", "from the perspective of {source}"}
    | {"from the point of view of {source}", "from the standpoint of {source}"}
)
"""Cue phrases of thought that may also tell in what respect (*as far as price is concerned*)."""


MERE_OBJECTS = frozenset({"object", "subject", "adverbial", "advmod", "relative"})
"""Complements that state nothing, like prepositional phrases."""


SIGNS: tuple[Sign, ...] = (
    Sign(
        "negative-source",
        Evidence.SUPPOSED,
        "No official said that the bridge was safe.",
        lambda facts: facts.negative_source,
    ),
    Sign(
        "reader-addressed",
        Evidence.STANCE,
        "You think the tide is low, but the gauge is stuck.",
        lambda facts: facts.source == "pronoun:you",
    ),
    Sign("as-called", None, "“Gus,” as the crane is called, fell over.", lambda facts: facts.as_called),
    Sign(
        "likened",
        None,
        "It felt like the lake had shrunk.",
        lambda facts: facts.likened and facts.source == "pronoun:it" and facts.kind is CandidateKind.VERB,
    ),
    Sign(
        "apposed",
        None,
        "“Stay dry,” a line that echoes the hymn, is carved in the door.",
        lambda facts: facts.apposed and facts.thing,
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
        lambda facts: facts.kind is CandidateKind.VERB and facts.source == "pronoun:that" and facts.lemma == "say",
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
        lambda facts: (
            facts.agentless
            and (not facts.has("quotation") or "naming-verb" in facts.lists)
            and not _is_agentless_judgment(facts)
        ),
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
        "conversed",
        Evidence.STANCE,
        "The two sides discussed the ceasefire.",
        lambda facts: (
            "conversing" in facts.lists
            and facts.kind is CandidateKind.VERB
            and not facts.agentless
            and not facts.has("infinitive", "prep:against", "prep:for", "prep:of", *PROPOSITIONS, *PREDICATES)
        ),
    ),
    Sign(
        "thing-announced",
        None,
        "Lind bought the mill, a deal announced on Monday.",
        lambda facts: (
            facts.kind is CandidateKind.VERB
            and facts.tag in {"VBN", "VBD"}
            and facts.relation in {"acl", "parataxis"}
            and "announced-thing" in facts.lists
        ),
    ),
    Sign(
        "put-at",
        Evidence.REPORT,
        "Surveyors put the damage at two million.",
        lambda facts: (
            "gauging" in facts.lists
            and facts.has("figure")
            and facts.source in SPEAKING_SUBJECTS
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
        "counterfactual",
        Evidence.SUPPOSED,
        "The minister could have told us “the dam leaks”.",
        lambda facts: facts.counterfactual and facts.attitude == Attitude.ASSERTION and not facts.negated,
    ),
    Sign(
        "modal",
        Evidence.SUPPOSED,
        "The minister will say that the tax is fair.",
        lambda facts: facts.modal and not facts.negated and not facts.has("quotation"),
    ),
    Sign(
        "viewpoint-of-a-thing",
        None,
        "From the standpoint of safety, the new lock is better.",
        lambda facts: facts.kind is CandidateKind.PHRASE and facts.lemma in VIEWPOINTS and facts.thing,
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
        "When asked whether he would sell, the owner said no.",
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
            and not (facts.attitude == Attitude.BELIEF and facts.source in SPEAKING_SUBJECTS)
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
        lambda facts: (
            facts.source == "none"
            and not facts.has("quotation")
            # It is hard to say, worth noting, bears repeating: the writer's own remark
            and (facts.tag == "VB" or (facts.tag == "VBG" and facts.relation in {"csubj", "xcomp"}))
        ),
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
        "thing-causes",
        Evidence.STANCE,
        "A thicker wall guarantees that the cellar stays dry.",
        lambda facts: (
            facts.thing
            and facts.kind is CandidateKind.VERB
            and not facts.has("quotation", "around")
            and "causative" in facts.lists
        ),
    ),
    Sign(
        "document-shows",
        Evidence.REPORT,
        "The footage shows soldiers with rusty rifles.",
        lambda facts: (
            facts.source == "document"
            and "inference" in facts.lists
            and facts.has("object", "predicate")
            and not (facts.tag == "VB" and facts.relation == "advcl")  # was altered to show him failing
        ),
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
        "pondered",
        Evidence.STANCE,
        "The panel considered how the fire began.",
        lambda facts: "pondering" in facts.lists and facts.has("question") and not facts.has("clause", "quotation"),
    ),
    Sign(
        "allowing-for",
        None,
        "Considering that the pump is old, the flow is strong.",
        lambda facts: (
            "pondering" in facts.lists
            and facts.tag == "VBG"
            and facts.relation not in {"root", "conj", "xcomp", "ccomp"}
            and facts.has("clause")
        ),
    ),
    Sign(
        "belief-clause",
        Evidence.BELIEF,
        "The crew believe that the engine failed.",
        lambda facts: facts.attitude == Attitude.BELIEF and facts.has("clause", "around"),
    ),
    Sign(
        "nobody-quoted",
        None,
        "Asked about the “secret deal,” Lind said nothing.",
        lambda facts: (
            facts.kind is CandidateKind.VERB
            and facts.source == "none"
            and facts.has("quotation")
            and not facts.has(*PROPOSITIONS - {"quotation"})
            and not (facts.agentless and facts.framed)
        ),
    ),
    Sign(
        "clause",
        Evidence.REPORT,
        "The skipper said that the engine had failed.",
        lambda facts: (
            facts.licensed
            and facts.has(*PROPOSITIONS)
            and not _leads_into_quotation(facts)
            and (facts.kind is CandidateKind.VERB or facts.has("clause") or facts.source != "none")
        ),
    ),
    Sign(
        "quotation",
        Evidence.REPORT,
        "“It failed,” the skipper shrugged.",
        lambda facts: facts.has("quotation") and facts.source != "none" and not _leads_into_quotation(facts),
    ),
    Sign(
        "named-so",
        None,
        "The crew called him Mel.",
        lambda facts: facts.naming and facts.has("object", "subject"),
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
            and facts.source in SPEAKING_SUBJECTS
            and facts.has(*PREDICATES)
            and facts.has("object")
        ),
    ),
    Sign(
        "forecast",
        Evidence.BELIEF,
        "Analysts expect sales to fall.",
        lambda facts: (
            bool(facts.lists & {"expecting"})
            and "forecaster" in facts.lists
            and facts.has("infinitive")
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
            and facts.source in SPEAKING_SUBJECTS
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
                or (facts.confident and facts.source in SPEAKING_SUBJECTS and facts.has("gerund:for", "gerund:of"))
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
            and facts.source in SPEAKING_SUBJECTS
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
                facts.words_object
                or (
                    facts.confident
                    and not facts.has("subject")
                    and "appraising" not in facts.lists
                    and not ("untold" in facts.lists and not facts.has("infinitive"))
                )
            )
            and not _presents_thing(facts)
            and facts.framed
            and facts.source in SPEAKING_SUBJECTS
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
            and facts.source in SPEAKING_SUBJECTS
            and (facts.has("gerund", "gerund:to") or (facts.lemma == "deny" and facts.has("object")))
        ),
    ),
)
"""The signs in order: the first that holds decides."""


def _presents_thing(facts: Facts) -> bool:
    """Whether a thing is shown (*unveiled a boat*), or words are kept back (*offered no proof*)."""
    if "presenting" not in facts.lists or facts.source == "document":
        return False
    return facts.negated if facts.words_object else not facts.has("infinitive", "relative")


def _leads_into_quotation(facts: Facts) -> bool:
    """Whether a wish only leads into a quotation that goes on: *We need to “act now. The dam leaks,” he said*."""
    return facts.attitude == Attitude.INTENTION and facts.has("beyond") and not facts.has("clause")


def _is_agentless_judgment(facts: Facts) -> bool:
    """Whether an agentless cue says, thinks or alleges something of its subject."""
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
