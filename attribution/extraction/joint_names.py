"""Names of bodies that parsers take apart, as they hold *and*, or words that are no names.

* names of the lexicon: *Save the Children*, *British Airways*, *No 10*;
* two places that share a body: *Devon and Marsh Police*;
* fields before the body's noun: *Food and Drug Administration*, *House Ways and Means Committee*;
* fields after it: *Department for Work and Pensions*, *Centers for Disease Control*;
* people and their cause: *Physicians for Social Responsibility*, *Mothers Against Drunk Driving*.

A field is what bodies are named after (the list ``field``); *the Department of Justice and the FBI* are two bodies.
"""

from __future__ import annotations

from attribution.extraction.mention import Mention
from attribution.extraction.name_words import singular
from attribution.extraction.names import is_body_noun, is_field
from attribution.extraction.sentence_view import SentenceView
from attribution.records import Span

_AND = frozenset({"and", "&"})
_OF = frozenset({"of", "for", "on"})
_INNER = frozenset({"of", "for", "on", "to", "from", "in", "against", "with"})
"""Prepositions between two fields (*Prevention of Cruelty to Animals*)."""

_OF_ALONE = frozenset({"of"})
_CAUSE = frozenset({"for", "against", "without"})
"""Prepositions between people and their cause."""

_NAMING_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "VERB"})


def joint_bodies(view: SentenceView) -> dict[int, Mention]:
    """The bodies with such names in a sentence, by their heads; the other words of the names are claimed."""
    tree = view.tree
    known = [token.index for token in tree.tokens if token.text in view.lexicon.known_bodies and not view.heading]
    words_of_names = (_AND, view.lexicon.words_for("field"), _CAUSE)
    if not known and all(words.isdisjoint(tree.forms) for words in words_of_names):
        return {}
    found: dict[int, Mention] = {}
    end = 0
    for token in tree.tokens:
        if token.index < end or not (token.index in known or _is_capital(view, token.index)):
            continue
        words = _known(view, token.index) if token.index in known else None
        words = words or _two_places(view, token.index) or _fields_before(view, token.index)
        words = words or _fields_behind(view, token.index) or _members_and_cause(view, token.index)
        if words is None:
            continue
        head = next((index for index in words if tree.head(index) not in words), words[-1])
        if tree.matches(head, "compound", "flat", "amod", "nmod:desc"):
            continue  # Food and Drug Administration officials
        end = words.stop
        view.claimed.update(index for index in words if index != head)
        found[head] = _body(view, words, head)
    return found


def _body(view: SentenceView, words: range, head: int) -> Mention:
    tokens = view.tree.tokens
    before = tokens[words.start - 1] if words.start else None
    return Mention(
        number=0,
        sentence=view.position,
        head=head,
        tokens=tuple(words),
        span=Span(tokens[words.start].start, tokens[words[-1]].end),
        form="name",
        being="organisation",
        name=view.words.name(tuple(view.joined(words))),
        determiner=before.text.lower() if before is not None and before.upos == "DET" else None,
        word=tokens[words[-1]].lemma.lower(),
        relation=tokens[head].relation,
        quotation=view.quotation_of(head),
    )


def _known(view: SentenceView, start: int) -> range | None:
    """The longest name of the lexicon that begins here, unless a name goes on (*Manchester United Kell*)."""
    tokens = view.tree.tokens
    for name in view.lexicon.known_bodies[tokens[start].text]:
        end = start + len(name)
        if tuple(token.text for token in tokens[start:end]) != name:
            continue
        if end < len(tokens) and tokens[end].upos == "PROPN" and tokens[end].text[0].isupper():
            return None
        return range(start, end)
    return None


def _two_places(view: SentenceView, start: int) -> range | None:
    """*Devon and Marsh Police*: a police force or council of two places, without an article."""
    tokens = view.tree.tokens
    last = start + 3
    if last >= len(tokens) or tokens[start + 1].text.lower() != "and":
        return None
    parts = (tokens[start], tokens[start + 2], tokens[last])
    if any(token.upos != "PROPN" or not token.text[0].isupper() for token in parts):
        return None
    if (start > 1 and tokens[start - 1].text[0].isupper()) or (start and tokens[start - 1].upos == "PROPN"):
        return None
    if last + 1 < len(tokens) and tokens[last + 1].upos == "PROPN":
        return None
    kinds = [view.words.noun_kind((token.text,)) for token in parts]
    if kinds[2] != "organisation" or kinds[:2] != [None, None]:
        return None
    if any(view.lexicon.gender(token.text) or view.lexicon.outlet(token.text) for token in parts[:2]):
        return None
    return range(start, last + 1)


def _fields_before(view: SentenceView, start: int) -> range | None:
    """*Food and Drug Administration*: fields that *and* joins, then the noun of a body."""
    joined = _joined_fields(view, start)
    if joined is None or (start and view.tree.forms[start - 1] in _OF):
        return None  # Ministry of Defence and Foreign Office
    last = _last_capital(view, joined)
    nouns = [index for index in range(joined + 1, last + 1) if _is_body(view, index)]
    return range(start, nouns[-1] + 1) if nouns else None


def _fields_behind(view: SentenceView, start: int) -> range | None:
    """*Department for Work and Pensions*: the noun of a body, a preposition, then several fields."""
    forms = view.tree.forms
    noun = _last_capital(view, start)
    if _behind_preposition(view, noun, _OF) is None or not _is_body(view, noun) or view.heading:
        return None
    last, parts = noun, 0
    while (first := _behind_preposition(view, last, _OF if last == noun else _INNER)) is not None:
        end = _last_capital(view, first)
        joined = _joined_fields(view, first)
        if joined is not None and is_field(forms[_last_capital(view, joined)], view.lexicon):
            last, parts = _last_capital(view, joined), parts + 2
        elif is_field(forms[end], view.lexicon) and not _is_body(view, end):
            last, parts = end, parts + 1
        else:
            break
    least = 1 if singular(forms[noun]) != forms[noun] else 2  # the rest of the reading sees the Ministry of Health
    if parts < least or forms[last] in _AND or (parts == 1 and _goes_on(view, last)):
        return None
    return range(start, last + 1)


def _members_and_cause(view: SentenceView, start: int) -> range | None:
    """*Physicians for Social Responsibility*, *Mothers Against Drunk Driving*: people who act together for a cause.

    Those who speak for others make no such name (*Lawyers for Velm*), and neither do people with a cause in small
    letters (*Mothers against the war*).
    """
    tokens, forms = view.tree.tokens, view.tree.forms
    if view.heading or forms[start] not in view.lexicon.words_for("members-with-cause"):
        return None
    if (first := _behind_preposition(view, start, _CAUSE)) is None:
        return None
    if forms[start + 1] != "for" and tokens[start + 1].text.islower():
        return None
    last = _last_capital(view, first)
    while (further := _behind_preposition(view, last, _OF_ALONE)) is not None:
        last = _last_capital(view, further)  # People for the Ethical Treatment of Animals
    return None if _goes_on(view, last) else range(start, last + 1)


def _goes_on(view: SentenceView, last: int) -> bool:
    """Whether a phrase goes on in small letters (*Teachers for Norland’s schools*, *Disease Control officials*)."""
    after = view.tree.tokens[last + 1] if last + 1 < len(view.tree) else None
    return after is not None and (after.xpos == "POS" or after.upos in ("NOUN", "ADJ"))


def _behind_preposition(view: SentenceView, last: int, prepositions: frozenset[str]) -> int | None:
    """The capitalised word after a preposition and perhaps *the*."""
    forms = view.tree.forms
    if last + 2 >= len(forms) or forms[last + 1] not in prepositions:
        return None
    first = last + 3 if forms[last + 2] == "the" else last + 2
    return first if first < len(forms) and _is_capital(view, first) else None


def _joined_fields(view: SentenceView, start: int) -> int | None:
    """The first word after *and* where fields come before it, with commas between more than two; None for others."""
    forms = view.tree.forms
    end = _last_capital(view, start)
    while end + 2 < len(forms) and is_field(forms[end], view.lexicon) and _is_capital(view, end + 2):
        if forms[end + 1] in _AND:
            return end + 2
        if forms[end + 1] != ",":
            return None
        end = _last_capital(view, end + 2)
    return None


def _last_capital(view: SentenceView, index: int) -> int:
    """The last word of the run of capitalised words that begins here."""
    while index + 1 < len(view.tree) and (_is_capital(view, index + 1) or view.joins(index + 1)):
        index += 1
    return index


def _is_capital(view: SentenceView, index: int) -> bool:
    token = view.tree.tokens[index]
    return token.text[0].isupper() and token.upos in _NAMING_TAGS


def _is_body(view: SentenceView, index: int) -> bool:
    """Whether the word is the noun of a body, perhaps in the plural (*Centers for Disease Control*)."""
    form = view.tree.forms[index]
    if form in view.lexicon.words_for("body-behind-fields"):
        return True
    return any(is_body_noun(noun, view.lexicon) for noun in (form, singular(form)))
