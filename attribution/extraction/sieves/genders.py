"""The gender of people whose names do not tell it, from pronouns that can hardly mean anybody else.

*Sorring said **she** had missed the ferry*: the subject of what somebody says is, more often than not, who says it. If
all such pronouns of a draft agree, that is known before any other pronoun is read; a pronoun that only might refer to
the person no longer decides it.
"""

from __future__ import annotations

from attribution.extraction.entities import Entity, EntityStore
from attribution.extraction.mention import Mention


def takes(store: EntityStore, mention: Mention) -> bool:
    """Whether a pronoun is the subject of what somebody of unknown gender says, outside quotations."""
    speaker = _speaker_around(store, mention)
    return speaker is not None and speaker.gender is None and speaker.being in ("person", "unknown")


def note_gender(store: EntityStore, mention: Mention) -> None:
    """Give the speaker the pronoun's gender, unless another such pronoun has the other."""
    speaker = _speaker_around(store, mention)
    if speaker is None:
        return
    genders = {
        other.gender
        for sentence in speaker.by_sentence
        for other in store.discourse.mentions_in[sentence]
        if _speaker_around(store, other) is speaker
    }
    if len(genders) == 1:
        speaker.gender = mention.gender
        speaker.being = "person"


def _speaker_around(store: EntityStore, mention: Mention) -> Entity | None:
    """The entity whose name is the subject of the verb whose clause has the pronoun as its subject."""
    if mention.form != "pronoun" or mention.gender is None or mention.quotation is not None:
        return None
    tree = store.trees[mention.sentence]
    verb = tree.head(mention.head)
    if verb is None or not tree.matches(mention.head, "nsubj") or not tree.matches(verb, "ccomp"):
        return None
    saying = tree.head(verb)
    subject = None if saying is None else tree.child(saying, "nsubj")
    if subject is None or subject > mention.head:
        return None
    named = store.discourse.by_head.get((mention.sentence, subject))
    return store.entity_of.get(named.number) if named is not None and named.form == "name" else None
