"""The label of an entity in the ledger: its fullest name, else its longest description."""

from __future__ import annotations

from attribution.extraction.entities import Entity, EntityStore
from attribution.extraction.institutions import TELLING
from attribution.extraction.mention import Mention
from attribution.records import Span

LONGEST_DESCRIPTION = 60
"""Most characters of a description used in place of a name."""


def name_of(store: EntityStore, entity: Entity) -> str:
    """The fullest name, else the longest description, without a leading article."""
    if entity.name is not None:
        return entity.name.text
    ministry = _ministry_name(store, entity)
    if ministry is not None:
        return ministry
    described = [_description(store, member) for member in entity.mentions if member.form != "pronoun"]
    if not described:
        described = [_description(store, entity.mentions[0])]
    longest = max(described, key=lambda span: (len(span), -span.start))
    words = tidy(store.discourse.doc.draft.text[longest.start : longest.end])
    owner = next((_owner(store, member) for member in entity.mentions if member.span.start == longest.start), None)
    if owner is not None and owner is not entity and owner.name is not None:
        return f"{owner.name.text}’s {' '.join(words.split()[1:])}"
    return words


def _description(store: EntityStore, mention: Mention) -> Span:
    """The phrase with a short identifying modifier after it (*a person familiar with the matter, briefed on it*)."""
    tree = store.trees[mention.sentence]
    if mention.form == "group" or mention.head != mention.tokens[-1]:
        return mention.span
    people = mention.being in ("person", "people")
    after = {
        index
        for child in tree.children(mention.head, "nmod", "amod", "acl")
        if child > mention.head
        and (
            tree.matches(child, "amod")
            or (people and tree.tokens[child].relation == "acl" and tree.tokens[child].xpos == "VBN")
            or tree.tokens[tree.subtree(child)[0]].text.lower() in TELLING
        )
        for index in tree.subtree(child)
    }
    last = mention.head
    while last + 1 in after and tree.tokens[last + 1].text not in (",", ";", ":", "(", "—", "–"):
        last += 1
    if not after or last != max(after):
        return mention.span
    span = Span(mention.span.start, tree.tokens[last].end)
    return span if len(span) <= LONGEST_DESCRIPTION else mention.span


def _ministry_name(store: EntityStore, entity: Entity) -> str | None:
    """Name an unnamed ministry after its minister's country, if the article mentions exactly one."""
    nouns = [noun for noun in entity.mentions if noun.form == "noun" and noun.office[-1:] == ("ministry",)]
    if not nouns:
        return None
    fullest = max(nouns, key=lambda noun: len(noun.office))
    if _named_owner(store, fullest) is not None:
        return None  # the article names its owner
    ranks = store.lexicon.words_for("rank")
    ministers = [
        (portfolio, bool(ranks.intersection(ministry.office)), _named_owner(store, ministry))
        for ministry in store.discourse.mentions
        if ministry.office[-1:] == ("minister",) and not ministry.plural
        if (portfolio := tuple(word for word in ministry.office[:-1] if word not in ranks))
    ]
    portfolios = {portfolio for portfolio, _, _ in ministers}
    own = fullest.office[:-1] or (next(iter(portfolios)) if len(portfolios) == 1 else ())
    if not own:
        return None
    for deputies in (False, True):
        owners = {
            owner: None
            for portfolio, ranked, owner in ministers
            if portfolio == own and ranked is deputies and owner is not None
        }
        if owners:
            break
    words = " ".join((*own, "ministry"))
    name = next(iter(owners)).name if len(owners) == 1 else None
    return words if name is None else f"{name.text}’s {words}"


def _named_owner(store: EntityStore, mention: Mention) -> Entity | None:
    """The possessor of the phrase, if it has a name."""
    if mention.possessor is None:
        return None
    owner = store.discourse.mention_at(mention.sentence, mention.possessor)
    entity = None if owner is None else store.entity_of.get(owner.number)
    return entity if entity is not None and entity.names else None


def _owner(store: EntityStore, mention: Mention) -> Entity | None:
    """The antecedent of the possessive pronoun that begins a phrase (*her office*)."""
    if mention.possessor != mention.tokens[0]:
        return None
    owner = store.discourse.mention_at(mention.sentence, mention.possessor)
    if owner is None or owner.form != "pronoun":
        return None
    return store.entity_of.get(owner.number)


def tidy(text: str) -> str:
    """The words on one line, without a final comma or a leading article."""
    words = " ".join(text.split()).rstrip(",;:").split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() in ("a", "an", "the") else words)
