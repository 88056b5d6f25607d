"""Names that parsers split after a long office."""

from __future__ import annotations

from attribution.extraction.mention import Mention
from attribution.extraction.names import PARTICLES
from attribution.extraction.people import OFFICES
from attribution.extraction.phrases import OFFICE_PREPOSITIONS, core, without_possessor
from attribution.extraction.sentence_view import SentenceView
from attribution.records import Span

OFFICE_SMALL_WORDS = frozenset({"of", "to", "for", "at", "in", "on", "the", "and", "&"})


def long_title(view: SentenceView, head: int) -> Mention | None:
    """A name after a title that contains *of* (*General of the Army Anton Berezkov*), which parsers split."""
    tokens = view.tree.tokens
    if head + 2 >= len(tokens) or tokens[head + 1].text.lower() != "of" or not tokens[head].text[0].isupper():
        return None
    for size in (4, 3):
        end = head + size
        if view.lexicon.title(" ".join(token.text for token in tokens[head:end])) is None:
            continue
        last = end
        while last < len(tokens) and tokens[last].upos == "PROPN" and tokens[last].text[0].isupper():
            last += 1
        if last == end:
            continue
        core = tuple(range(head, last))
        office = tuple(token.text.lower() for token in tokens[head:end])
        name = view.words.name(tuple(view.joined(range(end, last))), (office[0],))
        return Mention(
            number=0,
            sentence=view.position,
            head=head,
            tokens=core,
            span=Span(tokens[head].start, tokens[last - 1].end),
            form="name",
            being="person",
            plural=False,
            gender=view.given_gender(name),
            name=name,
            office=(office[0],),
            word=tokens[head].lemma.lower(),
            relation=tokens[head].relation,
            quotation=view.quotation_of(head),
        )
    return None


def office_with_name(view: SentenceView, head: int) -> Mention | None:
    """A name after an office and its complement (*Ambassador to the United States Ada Kern*, *CEO of the Trust …*).

    Without a comma in between, parsers attach the name anywhere.
    """
    tokens = view.tree.tokens
    if head + 3 >= len(tokens) or not _is_office_noun(view, head):
        return None
    last = _end_of_capitals(view, head)
    start = _start_of_name(view, head, last)
    if start is None:
        return None
    before = [index for index in core(view, head) if index <= head]
    own = without_possessor(view, before)
    words = [index for index in own if tokens[index].upos not in ("DET", "PUNCT")]
    titles, name_words = view.words.split_titles(tuple(view.joined(range(start, last + 1))))
    if not name_words:
        return None
    office = (*(word.lower() for word in view.joined(words, lemmas=True)), *titles)
    name = view.words.name(name_words, office)
    view.claimed.update(range(start, last + 1))
    return Mention(
        number=0,
        sentence=view.position,
        head=head,
        tokens=(*before, *range(head + 1, last + 1)),
        span=Span(tokens[before[0]].start, tokens[last].end),
        form="name",
        being="person",
        plural=False,
        gender=view.words.gender(office) or view.given_gender(name),
        name=name,
        office=tuple(word.lower() for word in view.joined(words, lemmas=True)),
        word=tokens[head].lemma.lower(),
        relation=tokens[head].relation,
        quotation=view.quotation_of(head),
    )


def _is_office_noun(view: SentenceView, head: int) -> bool:
    """Whether the noun is a person's office, in the singular, with a preposition after it."""
    tokens = view.tree.tokens
    token = tokens[head]
    if token.upos not in ("NOUN", "PROPN") or token.xpos in ("NNS", "NNPS"):
        return False
    if tokens[head + 1].upos not in ("ADP", "SCONJ") or tokens[head + 1].text.lower() not in OFFICE_PREPOSITIONS:
        return False
    return view.office_kind((token.text.lower(),)) in OFFICES or view.is_title((token.text.lower(),))


def _end_of_capitals(view: SentenceView, head: int) -> int:
    """The last word of the run of names and small words after an office."""
    tokens = view.tree.tokens
    last = head
    for token in tokens[head + 1 :]:
        small = token.text.lower() in OFFICE_SMALL_WORDS or token.text.lower() in PARTICLES
        joined = token.upos == "PUNCT" and view.joins(token.index)
        capital = token.text[0].isupper() and token.upos in ("PROPN", "NOUN", "ADJ", "VERB")
        capital |= view.joins(token.index - 1) and tokens[token.index - 1].text == "-"  # Lin-mei
        if not (small or joined or capital or token.xpos == "POS"):
            break
        if capital:
            last = token.index
    return last


def _start_of_name(view: SentenceView, head: int, last: int) -> int | None:
    """Where a person's name starts in the capitalised words after an office; None if all belong to the complement."""
    tokens = view.tree.tokens
    first = next((index for index in range(head + 2, last + 1) if tokens[index].text[0].isupper()), last)
    names = [index for index in range(first + 1, last + 1) if tokens[index].upos == "PROPN"]
    if not names or tokens[last].upos != "PROPN":
        return None
    for index in names:
        words = tuple(view.joined(range(index, last + 1)))
        if not _may_be_person(view, index, last, words):
            continue
        own = tokens[index].head == head and not view.tree.has_child(index, "case")
        titled = view.lexicon.title(tokens[index].text) is not None and len(words) > 1
        if own or titled or (len(words) > 1 and _opens_name(view, index)):
            return index
    unmarked = not view.tree.has_child(head, "det", "nmod:poss")
    return (
        names[-2]
        if unmarked
        and len(names) > 1
        and names[-2] + 1 == last
        and _may_be_person(view, names[-2], last, tuple(view.joined(range(names[-2], last + 1))))
        else None
    )


def _may_be_person(view: SentenceView, first: int, last: int, words: tuple[str, ...]) -> bool:
    """Whether capitalised words after an office can be a person's name: not a body's, at most four words."""
    tokens = view.tree.tokens
    if len(words) > 4 or tokens[first - 1].text.lower() in OFFICE_SMALL_WORDS or view.words.noun_kind(words):
        return False
    inside = tokens[first : last + 1]
    return not any(token.text.lower() in OFFICE_SMALL_WORDS or token.xpos in ("POS", "NNPS") for token in inside)


def _opens_name(view: SentenceView, index: int) -> bool:
    """Whether a word is a given name, or comes after a state, a body's noun or initials."""
    tokens = view.tree.tokens
    if view.lexicon.gender(tokens[index].text) is not None:
        return True
    if tokens[index - 1].upos == "PROPN" and view.lexicon.state(tokens[index - 1].text):
        return True  # Velmar's ambassador to Norland Ola Brandt
    before = tokens[index - 1].text
    initials = before.replace(".", "")
    return view.words.noun_kind((before,)) == "organisation" or (len(initials) > 1 and initials.isupper())
