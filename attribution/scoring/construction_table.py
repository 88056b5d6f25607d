"""The table of constructions that decide commitment: what each is, an example, and what it does beside its share.

The shares themselves are the numbers of ``commitment-shares.json``, estimated from readers' judgements by
``scripts/train_commitment.py``. ``docs/SCORING.md`` is written from both by ``scripts/write_scoring_reference.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import msgspec

from attribution.records import Mode


class ConstructionKind(StrEnum):
    """What a construction tells of: the predicate's form, what bears on it, or how it hangs on another word."""

    FORM = "form"
    BEARING = "bearing"
    LINK = "link"


class Construction(msgspec.Struct, frozen=True):
    """A named grammatical construction, with an example whose predicate stands between asterisks.

    ``expected`` is the share of the strength that it leaves by the literature's scale (Saurí and Pustejovsky 2009,
    *FactBank*: certain 1, probable about 2/3, possible about 1/3, left open about 0), before any judgement is counted.
    One that ``negates`` turns the polarity round; a link that is ``transparent`` passes on the polarity and the mode of
    the word it hangs on (*did not manage to leave*). ``mode`` is the way of speaking that it brings, if any.
    """

    name: str
    kind: ConstructionKind
    example: str
    expected: float
    mode: Mode | None = None
    negates: bool = False
    transparent: bool = False
    takes_over: float = 0.0


USUAL = 0.25
"""The part of its governor's weakness that a link is expected to take over where nothing more is known."""

WHOLE = 0.9
"""The part that the link of a word takes over which does or does not happen along with its governor."""


def _form(name: str, example: str, expected: float, mode: Mode | None = None) -> Construction:
    return Construction(name, ConstructionKind.FORM, example, expected, mode)


def _bearing(
    name: str, example: str, expected: float, mode: Mode | None = None, *, negates: bool = False
) -> Construction:
    return Construction(name, ConstructionKind.BEARING, example, expected, mode, negates)


def _link(
    name: str,
    example: str,
    expected: float,
    mode: Mode | None = None,
    *,
    negates: bool = False,
    transparent: bool = False,
    takes_over: float = USUAL,
) -> Construction:
    return Construction(name, ConstructionKind.LINK, example, expected, mode, negates, transparent, takes_over)


CONSTRUCTIONS: tuple[Construction, ...] = (
    _form("past", "The dam *failed*.", 1.0),
    _form("perfect", "The dam has *failed*.", 1.0),
    _form("present", "The dam *leaks* water.", 1.0),
    _form("present of be", "The dam is *old*.", 1.0),
    _form("present of a state", "The council *owns* the dam.", 1.0),
    _form("passive present", "The dam is *watched*.", 1.0),
    _form("progressive", "The dam is *leaking*.", 1.0),
    _form("progressive of going", "The firm is *moving* to Tarsk.", 0.8, Mode.WILL),
    _form("will", "The dam will *fail*.", 0.8, Mode.WILL),
    _form("would", "The dam would *fail*.", 0.4, Mode.SUPPOSED),
    _form("would have", "The dam would have *failed*.", 0.4, Mode.SUPPOSED),
    _form("may", "The dam may *fail*.", 0.35),
    _form("may have", "The dam may have *failed*.", 0.35),
    _form("can", "The crane can *lift* a bus.", 0.3, Mode.ABLE),
    _form("can perceive", "You can *see* the dam.", 0.9),
    _form("could", "The dam could *fail*.", 0.3, Mode.ABLE),
    _form("could have", "The dam could have *failed*.", 0.3, Mode.ABLE),
    _form("should", "The council should *act*.", 0.15, Mode.WANTED),
    _form("should have", "The council should have *acted*.", 0.3, Mode.WANTED),
    _form("must", "The council must *act*.", 0.4, Mode.WANTED),
    _form("must have", "The council must have *known*.", 0.7),
    _form("imperative", "*Close* the gate.", 0.05, Mode.WANTED),
    _form("bare verb", "They did nothing except *wait*.", 0.6),
    _form("infinitive on its own", "How to *mend* a dam.", 0.15, Mode.WANTED),
    _form("ing form", "The dam burst, *flooding* the town.", 1.0),
    _form("past participle", "The dam, *built* in 1950, burst.", 1.0),
    _form("participle before its noun", "The *damaged* dam was closed.", 1.0),
    _form("noun", "The *closure* angered residents.", 1.0),
    _form("noun on its own", "A *closure*?", 1.0),
    _form("adjective without verb", "They left the gate *open*.", 1.0),
    _bearing("negation", "The dam did not *fail*.", 1.0, negates=True),
    _bearing("scarcely", "The dam hardly *leaks*.", 0.5),
    _bearing("near miss", "The dam nearly *failed*.", 0.9, negates=True),
    _bearing("yes-no question", "Did the dam *fail*?", 0.1, Mode.ASKED),
    _bearing("declarative question", "So the dam *failed*?", 0.6, Mode.ASKED),
    _bearing("wh question", "Why did the dam *fail*?", 0.4, Mode.ASKED),
    _bearing("time to come", "The crew is *leaving* tomorrow.", 0.8, Mode.WILL),
    _bearing("habit", "The road often *floods*.", 1.0, Mode.GENERAL),
    _bearing("anybody as subject", "You *need* a permit.", 1.0, Mode.GENERAL),
    _bearing("bare plural subject", "Old dams *lose* water.", 1.0, Mode.GENERAL),
    _bearing("under a condition", "If it rains, the road *floods*.", 0.6, Mode.SUPPOSED),
    _bearing("hearsay word", "The dam reportedly *failed*.", 0.6),
    _bearing("word of likelihood", "The dam probably *failed*.", 0.6),
    _bearing("word of possibility", "Perhaps the dam *failed*.", 0.4),
    _bearing("I think", "The dam *failed*, I think.", 0.8),
    _link("infinitive after coming-true", "They managed to *close* it.", 0.9, transparent=True, takes_over=WHOLE),
    _link(
        "infinitive after falling-short",
        "They failed to *close* it.",
        0.9,
        negates=True,
        transparent=True,
        takes_over=WHOLE,
    ),
    _link(
        "infinitive after preventing",
        "It stopped them from *closing* it.",
        0.9,
        negates=True,
        transparent=True,
        takes_over=WHOLE,
    ),
    _link("infinitive after ongoing", "They began to *close* it.", 0.95, transparent=True, takes_over=WHOLE),
    _link("infinitive after bringing-about", "It forced them to *close* it.", 0.9, transparent=True, takes_over=WHOLE),
    _link("infinitive after allowing", "It allows them to *close* it.", 0.4, Mode.ABLE, transparent=True),
    _link("infinitive after past allowing", "They were able to *close* it.", 0.9, transparent=True, takes_over=WHOLE),
    _link("infinitive after asking", "They asked her to *close* it.", 0.15, Mode.WANTED),
    _link("infinitive after trying", "They tried to *close* it.", 0.15, Mode.WANTED, transparent=True),
    _link("infinitive after planning", "They plan to *close* it.", 0.35, Mode.WANTED, transparent=True),
    _link("infinitive after wanting", "They want to *close* it.", 0.15, Mode.WANTED, transparent=True),
    _link("infinitive after needing", "They need to *close* it.", 0.15, Mode.WANTED, transparent=True),
    _link("infinitive after past needing", "They had to *close* it.", 0.9, transparent=True, takes_over=WHOLE),
    _link("infinitive after likely", "They are likely to *close* it.", 0.6, Mode.WILL, transparent=True),
    _link(
        "infinitive after unlikely", "They are unlikely to *close* it.", 0.6, Mode.WILL, negates=True, transparent=True
    ),
    _link("infinitive after seeming", "They seem to *leave*.", 0.65, transparent=True),
    _link("infinitive after thinking", "They are expected to *leave*.", 0.5, Mode.WILL, transparent=True),
    _link("perfect infinitive after thinking", "They are believed to have *left*.", 0.65, transparent=True),
    _link("gerund after accusing", "They accused him of *closing* it.", 0.5),
    _link("infinitive after knowing", "They were glad to *close* it.", 0.9, transparent=True),
    _link("infinitive after report", "They are said to *own* it.", 0.6, transparent=True),
    _link("infinitive after go", "They are going to *close* it.", 1.0, Mode.WILL, transparent=True, takes_over=WHOLE),
    _link("infinitive after use", "They used to *own* it.", 1.0, transparent=True, takes_over=WHOLE),
    _link("infinitive of purpose", "They came back to *discuss* it.", 0.4, Mode.WANTED),
    _link("infinitive of a noun", "The firm to *close* it is small.", 0.4, Mode.WANTED, transparent=True),
    _link("infinitive of an adjective", "It is easy to *close*.", 0.5, Mode.ABLE, transparent=True),
    _link("other infinitive", "They knew how to *mend* it.", 0.5),
    _link("other complement", "They enjoyed *sailing* it.", 1.0, transparent=True, takes_over=WHOLE),
    _link("clause after report", "They said it *leaks*.", 1.0),
    _link("clause after thinking", "They think it *leaks*.", 0.7, transparent=True),
    _link("clause after knowing", "They know it *leaks*.", 1.0),
    _link("clause after seeming", "It seems that it *leaks*.", 0.65, transparent=True),
    _link("clause after likely", "It is likely that it *leaks*.", 0.6, transparent=True),
    _link("clause after denying", "They denied that it *leaks*.", 0.6, negates=True),
    _link("clause after wanting", "They hope it *closes*.", 0.2, Mode.WANTED, transparent=True),
    _link("clause after planning", "They agreed that it *closes*.", 0.4, Mode.WANTED),
    _link("clause after needing", "It is vital that it *closes*.", 0.15, Mode.WANTED),
    _link("clause after asking", "They demanded that he *leave*.", 0.3, Mode.WANTED),
    _link("clause after another word", "The odds improved that it *leaks*.", 1.0, transparent=True),
    _link("whether clause", "They asked whether it *leaks*.", 0.1, Mode.ASKED),
    _link("embedded wh question", "They told her why it *leaks*.", 1.0),
    _link("condition", "If it *leaks*, it will be closed.", 0.15, Mode.SUPPOSED),
    _link("unless clause", "Unless it is *mended*, it will be closed.", 0.3, Mode.SUPPOSED, negates=True),
    _link("until or before clause", "It was closed before it *burst*.", 0.7),
    _link("when clause", "It was closed when it *leaked*.", 1.0),
    _link("as clause", "It was closed, as it *leaked*.", 1.0),
    _link("clause of circumstance", "It was closed because it *leaked*.", 1.0),
    _link("so that clause", "It was closed so that it could be *mended*.", 1.0),
    _link("in order clause", "It was closed in order that it be *mended*.", 0.3, Mode.WANTED),
    _link("than clause", "It cost more than it *earned*.", 1.0),
    _link("other adverbial clause", "Wherever it *leaks*, it is mended.", 1.0),
    _link("without gerund", "It was closed without *warning* anybody.", 0.9, negates=True),
    _link("by gerund", "They saved it by *draining* it.", 1.0, takes_over=WHOLE),
    _link("for gerund", "He was fined for *speeding*.", 1.0),
    _link("gerund after a preposition", "They talked about *draining* it.", 1.0),
    _link("gerund as a noun", "*Draining* it took a week.", 1.0),
    _link("participle as a preposition", "They made calls *regarding* the dam.", 1.0),
    _link("participle clause", "It burst, *flooding* the town.", 1.0, takes_over=WHOLE),
    _link("reduced relative", "The dam *built* in 1950 is old.", 1.0),
    _link("relative clause", "The dam which *burst* in May was old.", 1.0),
    _link("relative clause on any", "Any dam that *leaks* water is closed.", 1.0, Mode.GENERAL),
    _link("attribute", "The *damaged* dam was closed.", 1.0),
    _link("noun of a clause", "They announced the *closure*.", 1.0),
    _link("noun of a noun", "The date of the *closure* is known.", 1.0),
    _link("noun in a compound", "The *closure* date is known.", 1.0),
    _link("without noun", "It was closed without *debate*.", 0.9, negates=True),
    _link("noun after preventing", "They cancelled the *closure*.", 0.8, negates=True),
    _link("noun after denying", "They deny the *closure*.", 0.6),
    _link("noun after allowing", "They allowed the *closure*.", 0.4, Mode.ABLE),
    _link("noun after asking", "They urged a *closure*.", 0.4, Mode.WANTED),
    _link("noun after trying", "They sought a *closure*.", 0.4, Mode.WANTED),
    _link("noun after planning", "They plan a *closure*.", 0.5, Mode.WANTED),
    _link("noun after wanting", "They want a *closure*.", 0.2, Mode.WANTED),
    _link("noun after needing", "They need a *closure*.", 0.4, Mode.WANTED),
    _link("noun after thinking", "They fear a *closure*.", 0.5, Mode.WANTED),
)
"""Every construction that may be found, in the order of the documentation."""

BY_NAME: Mapping[str, Construction] = MappingProxyType(
    {construction.name: construction for construction in CONSTRUCTIONS}
)
"""The constructions by name."""
