"""Third-person pronouns: the running speaker, a fronted phrase, or the most salient entity that agrees."""

from __future__ import annotations

from attribution.extraction.discourse import is_subject
from attribution.extraction.entities import BODIES, PERSONS, Entity, EntityStore
from attribution.extraction.mention import REFLEXIVES, THIRD_PERSON, Mention
from attribution.extraction.sieves import agreement, nouns, salience
from attribution.records import Span

LONGEST_PAUSE = 2
"""Number of sentences within which *he said* continues the report of the last speaker."""

OWNERS = frozenset({"his", "her", "its"})
"""Possessives that usually refer to the subject when in a phrase before it (*In its report the firm …*)."""


def takes(store: EntityStore, mention: Mention) -> bool:
    """Whether the mention is a pronoun of the third person."""
    return mention.form == "pronoun" and mention.word in THIRD_PERSON and not store.is_placed(mention)


def place_pronoun(store: EntityStore, mention: Mention) -> None:
    """Resolve a third-person pronoun, or record why it stays unresolved."""
    if _is_empty(store, mention):
        return
    if mention.word in REFLEXIVES:
        beside = store.discourse.just_before(mention)
        own = None if beside is None else store.entity_of.get(beside.number)
        own = own or _own_subject(store, mention)
        if own is not None and agreement.agrees(store, mention, own):
            store.join(mention, own)
            return
    owner = _owner_beside(store, mention)
    if owner is not None:
        _join(store, mention, owner)
        return
    follows = _subject_that_follows(store, mention)
    fronted = follows is not None and mention.word in OWNERS and not store.discourse.has_subject_before(mention)
    if fronted and follows is not None and follows.being != "unknown":
        if mention.gender is None or follows.gender is mention.gender:
            store.join(mention, follows)
            return
    running = running_speaker(store, mention)
    if running is not None:
        store.join(mention, running)
        return
    candidates = [entity for entity in store.in_view(mention) if agreement.may_be(store, mention, entity)]
    weighing = salience.weigh(store, mention, candidates)
    best = salience.leader(store, weighing)
    if best is None and not weighing.likely:
        best = follows
    if best is None:
        store.reason_of[mention.number] = _why_unresolved(store, weighing)
        return
    _join(store, mention, best)


def _join(store: EntityStore, mention: Mention, entity: Entity) -> None:
    """Join a pronoun with who it stands for, whose gender it may tell."""
    if entity.gender is None and mention.gender is not None:
        entity.gender = mention.gender
        if entity.being == "unknown":
            entity.being = "person"
    store.join(mention, entity)


def _owner_beside(store: EntityStore, mention: Mention) -> Entity | None:
    """*Kern and **her** lawyers*: the owner is who stands before *and*."""
    tree = store.trees[mention.sentence]
    noun = tree.head(mention.head)
    if mention.word not in OWNERS or noun is None or not tree.matches(noun, "conj"):
        return None
    first = tree.head(noun)
    holder = None if first is None else store.discourse.mention_at(mention.sentence, first)
    owner = None if holder is None else store.entity_of.get(holder.number)
    return owner if owner is not None and agreement.agrees(store, mention, owner) else None


def running_speaker(store: EntityStore, mention: Mention) -> Entity | None:
    """*He said* continues the report of the last speaker, unless the text has turned to another man."""
    if mention.quotation is not None or mention.number not in store.discourse.speakers or not is_subject(mention):
        return None
    last = store.discourse.last_speaker(mention)
    if last is None or mention.sentence - store.discourse.last_words_of(last) > LONGEST_PAUSE:
        return None
    entity = store.entity_of.get(last.number)
    if mention.plural:
        together = store.discourse.group_with(last)
        entity = entity if together is None else store.entity_of.get(together.number)
    if entity is None or not agreement.may_be(store, mention, entity):
        return None
    if mention.gender is not None:
        sure = entity.gender is mention.gender or (entity.gender is None and _goes_on(store, mention))
    else:
        sure = entity.plural is True and entity.being in BODIES | PERSONS
    if not sure or agreement.turned_to_another(store, last, mention, entity):
        return None
    entity.gender = entity.gender or mention.gender
    return entity


def _goes_on(store: EntityStore, mention: Mention) -> bool:
    """Whether the verb implies that the same speaker continues (*he added*)."""
    tree = store.trees[mention.sentence]
    verb = tree.head(mention.head)
    return verb is not None and store.lexicon.holds("speaking-on", tree.lemmas[verb], tree.forms[verb])


def _is_empty(store: EntityStore, mention: Mention) -> bool:
    """Expletive *it* (*it is unclear whether*)."""
    if mention.word != "it" or mention.number in store.discourse.speakers:
        return False
    tree = store.trees[mention.sentence]
    token = tree.tokens[mention.head]
    if token.relation.startswith("expl"):
        return tree.tokens[token.head].lemma.lower() not in ("able", "unable")
    if token.head < 0 or not tree.matches(mention.head, "nsubj"):
        return False
    predicate = tree.tokens[token.head]
    that_clause = tree.child(token.head, "csubj", "ccomp")
    infinitive = tree.child(token.head, "xcomp", "advcl")
    if predicate.upos == "ADJ" and predicate.lemma.lower() not in store.lexicon.words_for("personal-adjective"):
        return any(clause is not None and clause > token.head for clause in (that_clause, infinitive))
    passive = tree.has_child(token.head, "aux:pass")
    return passive and that_clause is not None and that_clause > token.head


def _own_subject(store: EntityStore, mention: Mention) -> Entity | None:
    tree = store.trees[mention.sentence]
    governor = tree.head(mention.head)
    while governor is not None:
        subject = tree.child(governor, "nsubj")
        if subject is not None and subject != mention.head:
            holder = store.discourse.mention_at(mention.sentence, subject)
            return None if holder is None else store.entity_of.get(holder.number)
        governor = tree.head(governor)
    return None


def _subject_that_follows(store: EntityStore, mention: Mention) -> Entity | None:
    """*In his speech, Salo said*: the main clause's subject after a fronted phrase (Hobbs 1978, cataphora)."""
    tree = store.trees[mention.sentence]
    for index in tree.ancestors(mention.head):
        if not tree.matches(index, "obl", "advcl"):
            continue
        governor = tree.head(index)
        subject = None if governor is None else tree.child(governor, "nsubj")
        if subject is None or subject < mention.head:
            continue
        holder = store.discourse.mention_at(mention.sentence, subject)
        if holder is not None and holder.form == "noun" and holder.determiner == "the":
            nouns.place_noun(store, holder)
        entity = None if holder is None else store.entity_of.get(holder.number)
        if entity is not None and agreement.may_be(store, mention, entity):
            return entity
    return None


def _why_unresolved(store: EntityStore, weighing: salience.Weighing) -> str:
    word = store.discourse.words(weighing.mention)
    near = weighing.likely[:2]
    if len(near) < 2:
        return f"nothing before “{word}” is clearly meant by it"
    first, second = (_label(store, entity) for entity in near)
    return f"“{word}” could be {first} or {second}"


def _label(store: EntityStore, entity: Entity) -> str:
    if entity.name is not None:
        return entity.name.text
    described = [member.span for member in entity.mentions if member.form != "pronoun"]
    span = max(described or [member.span for member in entity.mentions[:1]], key=len, default=Span(0, 0))
    return " ".join(store.discourse.doc.draft.text[span.start : span.end].split())
