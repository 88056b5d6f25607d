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

    One that ``negates`` turns the polarity round; a link that is ``transparent`` passes on the polarity and the mode of
    the word it hangs on (*did not manage to leave*). ``mode`` is the way of speaking that it brings, if any.
    """

    name: str
    kind: ConstructionKind
    example: str
    mode: Mode | None = None
    negates: bool = False
    transparent: bool = False


def _form(name: str, example: str, mode: Mode | None = None) -> Construction:
    return Construction(name, ConstructionKind.FORM, example, mode)


def _bearing(name: str, example: str, mode: Mode | None = None, *, negates: bool = False) -> Construction:
    return Construction(name, ConstructionKind.BEARING, example, mode, negates)


def _link(
    name: str, example: str, mode: Mode | None = None, *, negates: bool = False, transparent: bool = False
) -> Construction:
    return Construction(name, ConstructionKind.LINK, example, mode, negates, transparent)


CONSTRUCTIONS: tuple[Construction, ...] = (
    _form("past", "The dam *failed*."),
    _form("perfect", "The dam has *failed*."),
    _form("present", "The dam *leaks* water."),
    _form("present of be", "The dam is *old*."),
    _form("passive present", "The dam is *watched*."),
    _form("progressive", "The dam is *leaking*."),
    _form("going to", "The dam is *going* to leak.", Mode.WILL),
    _form("will", "The dam will *fail*.", Mode.WILL),
    _form("would", "The dam would *fail*.", Mode.SUPPOSED),
    _form("would have", "The dam would have *failed*.", Mode.SUPPOSED),
    _form("may", "The dam may *fail*."),
    _form("may have", "The dam may have *failed*."),
    _form("can", "The crane can *lift* a bus.", Mode.ABLE),
    _form("could", "The dam could *fail*.", Mode.ABLE),
    _form("could have", "The dam could have *failed*.", Mode.ABLE),
    _form("should", "The council should *act*.", Mode.WANTED),
    _form("should have", "The council should have *acted*.", Mode.WANTED),
    _form("must", "The council must *act*.", Mode.WANTED),
    _form("must have", "The council must have *known*."),
    _form("imperative", "*Close* the gate.", Mode.WANTED),
    _form("bare verb", "They let him *close* it."),
    _form("infinitive on its own", "How to *mend* a dam.", Mode.WANTED),
    _form("ing form", "The dam burst, *flooding* the town."),
    _form("past participle", "The dam, *built* in 1950, burst."),
    _form("participle before its noun", "The *damaged* dam was closed."),
    _form("noun", "The *closure* angered residents."),
    _form("adjective without verb", "They left the gate *open*."),
    _bearing("negation", "The dam did not *fail*.", negates=True),
    _bearing("negative subject", "Nobody *left*.", negates=True),
    _bearing("negative object", "They *found* no crack.", negates=True),
    _bearing("scarcely", "The dam hardly *leaks*."),
    _bearing("near miss", "The dam nearly *failed*.", negates=True),
    _bearing("yes-no question", "Did the dam *fail*?", Mode.ASKED),
    _bearing("wh question", "Why did the dam *fail*?", Mode.ASKED),
    _bearing("habit", "The road often *floods*.", Mode.GENERAL),
    _bearing("anybody as subject", "You *need* a permit.", Mode.GENERAL),
    _bearing("bare plural subject", "Old dams *lose* water.", Mode.GENERAL),
    _bearing("under a condition", "If it rains, the road *floods*.", Mode.SUPPOSED),
    _bearing("hearsay word", "The dam reportedly *failed*."),
    _bearing("word of likelihood", "The dam probably *failed*."),
    _bearing("I think", "The dam *failed*, I think."),
    _bearing("is believed to", "The dam is believed to have *failed*."),
    _link("infinitive after coming-true", "They managed to *close* it.", transparent=True),
    _link("infinitive after falling-short", "They failed to *close* it.", negates=True, transparent=True),
    _link("infinitive after preventing", "It stopped them from *closing* it.", negates=True, transparent=True),
    _link("infinitive after ongoing", "They began to *close* it.", transparent=True),
    _link("infinitive after bringing-about", "It forced them to *close* it.", transparent=True),
    _link("infinitive after allowing", "It allowed them to *close* it.", Mode.ABLE, transparent=True),
    _link("infinitive after asking", "They asked her to *close* it.", Mode.WANTED),
    _link("infinitive after trying", "They tried to *close* it.", Mode.WANTED, transparent=True),
    _link("infinitive after planning", "They plan to *close* it.", Mode.WANTED, transparent=True),
    _link("infinitive after wanting", "They want to *close* it.", Mode.WANTED, transparent=True),
    _link("infinitive after needing", "They need to *close* it.", Mode.WANTED, transparent=True),
    _link("infinitive after likely", "They are likely to *close* it.", Mode.WILL, transparent=True),
    _link("infinitive after seeming", "They seem to *leave*.", transparent=True),
    _link("infinitive after thinking", "They are expected to *leave*.", Mode.WILL, transparent=True),
    _link("infinitive after report", "They are said to *own* it.", transparent=True),
    _link("infinitive after go", "They are going to *close* it.", Mode.WILL, transparent=True),
    _link("infinitive after use", "They used to *own* it.", transparent=True),
    _link("infinitive of purpose", "They came back to *discuss* it.", Mode.WANTED),
    _link("infinitive of a noun", "The firm to *close* it is small.", Mode.WANTED),
    _link("infinitive of an adjective", "It is easy to *close*.", Mode.ABLE, transparent=True),
    _link("other infinitive", "The wall serves to *protect* it."),
    _link("other complement", "They enjoyed *sailing* it.", transparent=True),
    _link("clause after report", "They said it *leaks*."),
    _link("clause after thinking", "They think it *leaks*.", transparent=True),
    _link("clause after knowing", "They know it *leaks*."),
    _link("clause after seeming", "It seems that it *leaks*.", transparent=True),
    _link("clause after likely", "It is likely that it *leaks*.", transparent=True),
    _link("clause after denying", "They denied that it *leaks*.", negates=True),
    _link("clause after wanting", "They hope it *closes*.", Mode.WANTED, transparent=True),
    _link("clause after planning", "They agreed that it *closes*.", Mode.WANTED),
    _link("clause after asking", "They demanded that it *close*.", Mode.WANTED),
    _link("clause after another word", "The odds improved that it *leaks*.", transparent=True),
    _link("whether clause", "They asked whether it *leaks*.", Mode.ASKED),
    _link("embedded wh question", "They told her why it *leaks*."),
    _link("condition", "If it *leaks*, it will be closed.", Mode.SUPPOSED),
    _link("unless clause", "Unless it is *mended*, it will be closed.", Mode.SUPPOSED, negates=True),
    _link("until or before clause", "It was closed before it *burst*."),
    _link("when clause", "It was closed when it *leaked*."),
    _link("as clause", "It was closed, as it *leaked*."),
    _link("clause of circumstance", "It was closed because it *leaked*."),
    _link("so that clause", "It was closed so that it could be *mended*."),
    _link("in order clause", "It was closed in order that it be *mended*.", Mode.WANTED),
    _link("than clause", "It cost more than it *earned*."),
    _link("other adverbial clause", "Wherever it *leaks*, it is mended."),
    _link("without gerund", "It was closed without *warning* anybody.", negates=True),
    _link("by gerund", "They saved it by *draining* it."),
    _link("for gerund", "He was fined for *speeding*."),
    _link("gerund after a preposition", "They talked about *draining* it."),
    _link("gerund as a noun", "*Draining* it took a week."),
    _link("participle clause", "It burst, *flooding* the town."),
    _link("reduced relative", "The dam *built* in 1950 is old."),
    _link("relative clause", "The dam which *burst* in May was old."),
    _link("relative clause on any", "Any dam that *leaks* water is closed.", Mode.GENERAL),
    _link("attribute", "The *damaged* dam was closed."),
    _link("noun of a clause", "They announced the *closure*."),
    _link("noun of a noun", "The date of the *closure* is known."),
    _link("noun in a compound", "The *closure* date is known."),
    _link("without noun", "It was closed without *debate*.", negates=True),
    _link("noun after preventing", "They cancelled the *closure*.", negates=True),
    _link("noun after denying", "They deny the *closure*."),
    _link("noun after allowing", "They allowed the *closure*.", Mode.ABLE),
    _link("noun after asking", "They urged a *closure*.", Mode.WANTED),
    _link("noun after trying", "They sought a *closure*.", Mode.WANTED),
    _link("noun after planning", "They plan a *closure*.", Mode.WANTED),
    _link("noun after wanting", "They want a *closure*.", Mode.WANTED),
    _link("noun after needing", "They need a *closure*.", Mode.WANTED),
    _link("noun after thinking", "They fear a *closure*.", Mode.WANTED),
)
"""Every construction that may be found, in the order of the documentation."""

BY_NAME: Mapping[str, Construction] = MappingProxyType({one.name: one for one in CONSTRUCTIONS})
"""The constructions by name."""
