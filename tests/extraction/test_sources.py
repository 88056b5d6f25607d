"""Who speaks: who is who over an article, kinds of sources and the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.extraction.quotations import find_quotations
from attribution.extraction.sources import discourse_of, resolve_sources
from attribution.lexicon import GivenName, Lexicon, Outlet, SourceNoun, SourceNounKind, Title, load_lexicon
from attribution.parsing import Doc, read_conllu
from attribution.records import (
    Attitude,
    Attribution,
    Content,
    Cue,
    Draft,
    Frame,
    Manner,
    Sentence,
    SourceEntity,
    SourceKind,
    SourceMention,
    Span,
    Tone,
)

PARSES = Path(__file__).parent / "parses"

NOUNS: dict[SourceNounKind, str] = {
    "role": "minister finance-minister defence-minister teacher engineer spokeswoman successor head"
    " barrister chairman judge",
    "official": "official aide",
    "anonymous": "source resident",
    "vague-collective": "critic expert",
    "organisation": "agency ministry police group club",
    "document": "report footage letter paper",
    "outlet": "newspaper",
    "platform": "social-media",
}

LEXICON = Lexicon(
    source_nouns=tuple(
        SourceNoun(words=words.replace("-", " "), kind=kind, example="x", source="test")
        for kind, all_words in NOUNS.items()
        for words in all_words.split()
    ),
    outlets=(
        Outlet(name="BBC", aliases=("BBC News",), example="x", source="test"),
        Outlet(name="The Tribune", ambiguous=True, example="x", source="test"),
    ),
    titles=(
        *(Title(words=words, example="x", source="test") for words in ("Gen", "General", "Col Gen", "Minister")),
        Title(words="Mrs", gender="female", example="x", source="test"),
    ),
    reference_words=load_lexicon().reference_words,
    given_names=GivenName(female=("Lena", "Sara", "Nora"), male=("Ivo", "Tomas", "Jonas"), source="test"),
)


class Article:
    """A stored parse, with attributions told by their words."""

    def __init__(self, name: str) -> None:
        self.draft, self.sentences = read_conllu((PARSES / f"sources-{name}.conllu").read_text(encoding="utf-8"))
        self.quotations, _ = find_quotations(self.draft)

    def attribution(self, number: int, source: str, content: str = "", manner: Manner = Manner.INDIRECT) -> Attribution:
        """The attribution of sentence ``number`` (from 1) with these source words; no words: nobody is named."""
        sentence = self.sentences[number - 1]
        spans = (self.span(sentence, source),) if source else ()
        parts = [part for part in content.split(" … ") if part]
        contents = tuple(Span(at := self.draft.text.index(part), at + len(part)) for part in parts)
        return Attribution(
            id=f"a{number}",
            sentence=sentence.id,
            cue=Cue((), "", "say"),
            source=SourceMention(spans, source, SourceKind.NONE if source else SourceKind.AGENTLESS),
            content=Content(contents, content),
            manner=manner,
            attitude=Attitude.ASSERTION,
            tone=Tone.NEUTRAL,
            negated=False,
            parent=None,
            frame=Frame.OTHER,
        )

    def span(self, sentence: Sentence, words: str) -> Span:
        start = self.draft.text.index(words, sentence.start)
        assert start + len(words) <= sentence.end
        return Span(start, start + len(words))

    def resolve(
        self, *attributions: Attribution, own_outlets: tuple[str, ...] = ()
    ) -> tuple[dict[str, SourceMention], dict[str, SourceEntity]]:
        """The sources by attribution, and the ledger by entry."""
        doc = Doc.of_sentences(self.draft, self.sentences)
        found, ledger = resolve_sources(discourse_of(doc, self.quotations, attributions, LEXICON), own_outlets)
        return {attribution.id: attribution.source for attribution in found}, {entity.id: entity for entity in ledger}

    def words(self, entity: SourceEntity) -> list[str]:
        return [self.draft.text[span.start : span.end] for span in entity.mentions]


@pytest.fixture(scope="module")
def people() -> Article:
    return Article("people")


@pytest.fixture(scope="module")
def bodies() -> Article:
    return Article("bodies")


@pytest.fixture(scope="module")
def doubt() -> Article:
    return Article("doubt")


@pytest.fixture(scope="module")
def kinds() -> Article:
    return Article("kinds")


@pytest.fixture(scope="module")
def links() -> Article:
    return Article("links")


# ------------------------------------------------------------------------------------------------------------- people


def test_one_person_under_many_words(people: Article) -> None:
    quoted = "“I have no plans to leave,”"
    sources, ledger = people.resolve(
        people.attribution(1, "Col Gen Ivo Marek, the head of the northern command,"),
        people.attribution(2, "The general"),
        people.attribution(3, "he", quoted, Manner.DIRECT),
        people.attribution(8, "Marek"),
    )
    assert {source.entity for source in sources.values()} == {"e1"}
    assert {source.kind for source in sources.values()} == {SourceKind.NAMED_PERSON}
    assert ledger["e1"].name == "Ivo Marek"
    assert ledger["e1"].named
    assert people.words(ledger["e1"]) == [
        "Col Gen Ivo Marek, the head of the northern command,",
        "The general",
        "he",
        "I",
        "he",
        "His",
        "The 60-year-old",
        "Marek",
    ]


def test_apposition_relative_clause_and_fronted_pronoun(people: Article) -> None:
    sources, ledger = people.resolve(
        people.attribution(4, "His successor, Lena Voss, who runs the depot,"),
        people.attribution(5, "Voss"),
        people.attribution(6, "Mrs Voss"),
    )
    assert [source.entity for source in sources.values()] == ["e1", "e1", "e1"]
    assert ledger["e1"].name == "Lena Voss"
    assert "her" in people.words(ledger["e1"])
    assert "His" not in people.words(ledger["e1"])


def test_relative_pronoun_is_its_antecedent(people: Article) -> None:
    sources, ledger = people.resolve(people.attribution(4, "who"))
    assert sources["a4"].kind is SourceKind.NAMED_PERSON
    assert ledger["e1"].name == "Lena Voss"


# ------------------------------------------------------------------------------------------------------------- bodies


def test_acronym_noun_and_spokeswoman_are_one_body(bodies: Article) -> None:
    sources, ledger = bodies.resolve(
        bodies.attribution(1, "The Federal Water Agency (FWA)"),
        bodies.attribution(2, "A spokeswoman for the agency"),
        bodies.attribution(3, "The FWA"),
    )
    assert {source.entity for source in sources.values()} == {"e1"}
    assert {source.kind for source in sources.values()} == {SourceKind.NAMED_ORGANISATION}
    assert ledger["e1"].name == "Federal Water Agency"


def test_outlet_by_any_of_its_names(bodies: Article) -> None:
    sources, ledger = bodies.resolve(bodies.attribution(4, "BBC News"), bodies.attribution(5, "The BBC"))
    assert [source.entity for source in sources.values()] == ["e1", "e1"]
    assert ledger["e1"].kind is SourceKind.OUTLET
    assert ledger["e1"].named


def test_they_may_be_an_institution_and_the_minister_is_not_the_ministry(bodies: Article) -> None:
    sources, ledger = bodies.resolve(
        bodies.attribution(7, "Norland’s defence minister"),
        bodies.attribution(8, "the ministry"),
        bodies.attribution(9, "they"),
    )
    assert sources["a7"].kind is SourceKind.UNNAMED_OFFICIAL
    assert sources["a8"].kind is SourceKind.NAMED_ORGANISATION
    assert sources["a8"].entity == sources["a9"].entity != sources["a7"].entity
    assert bodies.words(ledger["e2"]) == ["the ministry", "they"]


def test_police_are_an_institution(bodies: Article) -> None:
    sources, ledger = bodies.resolve(bodies.attribution(6, "Police"))
    assert sources["a6"].kind is SourceKind.NAMED_ORGANISATION
    assert ledger["e1"].named


# -------------------------------------------------------------------------------------------------------------- doubt


def test_two_likely_antecedents_leave_a_pronoun_unresolved(doubt: Article) -> None:
    sources, ledger = doubt.resolve(doubt.attribution(2, "He"))
    assert sources["a2"].kind is SourceKind.PRONOUN_UNRESOLVED
    assert sources["a2"].entity is None
    assert sources["a2"].reason == "“He” could be Tomas Reed or Jonas Hale"
    assert ledger == {}


def test_they_are_the_two_named_before(doubt: Article) -> None:
    sources, ledger = doubt.resolve(doubt.attribution(3, "They"))
    assert (sources["a3"].entity, sources["a3"].also) == ("e1", ("e2",))
    assert [entity.name for entity in ledger.values()] == ["Tomas Reed", "Jonas Hale"]


def test_pronoun_in_a_quotation_is_not_its_speaker_but_we_is(doubt: Article) -> None:
    content = "“She lied,” … “We have the papers.”"
    spoken = doubt.attribution(5, "Quill", content, Manner.DIRECT)
    inner = doubt.attribution(6, "We", "the papers")
    sources, ledger = doubt.resolve(spoken, inner)
    assert sources["a5"].entity == sources["a6"].entity == "e1"
    assert ledger["e1"].name == "Sara Quill"
    assert "She" not in doubt.words(ledger["e1"])
    lied, _ = doubt.resolve(spoken, doubt.attribution(5, "Quill", content, Manner.DIRECT))
    assert lied["a5"].entity == "e1"
    accused = doubt.resolve(spoken, doubt.attribution(6, "We"))[0]
    assert accused["a6"].kind is SourceKind.NAMED_PERSON


def test_she_in_a_quotation_is_the_other_woman(doubt: Article) -> None:
    spoken = doubt.attribution(5, "Quill", "“She lied,”", Manner.DIRECT)
    nested = doubt.attribution(4, "Nora Lund")
    _, ledger = doubt.resolve(nested, spoken)
    lund = next(entity for entity in ledger.values() if entity.name == "Nora Lund")
    assert doubt.words(lund) == ["Nora Lund", "She"]


def test_compound_sources(doubt: Article) -> None:
    sources, ledger = doubt.resolve(
        doubt.attribution(7, "Mara Quill and Peter Lund"), doubt.attribution(8, "Officials and residents")
    )
    assert (sources["a7"].entity, sources["a7"].also) == ("e1", ("e2",))
    assert [entity.name for entity in ledger.values()] == ["Mara Quill", "Peter Lund", "Officials and residents"]
    assert (sources["a8"].entity, sources["a8"].also) == ("e3", ())
    assert sources["a8"].kind is SourceKind.UNNAMED_OFFICIAL


def test_namesakes_stay_apart(doubt: Article) -> None:
    _, ledger = doubt.resolve(doubt.attribution(4, "Sara Quill"), doubt.attribution(7, "Mara Quill and Peter Lund"))
    assert [entity.name for entity in ledger.values()] == ["Sara Quill", "Mara Quill", "Peter Lund"]


# -------------------------------------------------------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    ("number", "source", "kind", "named"),
    [
        (1, "An aide", SourceKind.UNNAMED_OFFICIAL, False),
        (2, "A source close to the talks", SourceKind.ANONYMOUS, False),
        (3, "Many", SourceKind.VAGUE_COLLECTIVE, False),
        (4, "Critics", SourceKind.VAGUE_COLLECTIVE, False),
        (5, "A teacher", SourceKind.ANONYMOUS, False),
        (6, "Two engineers at Tarsk", SourceKind.UNNAMED_OFFICIAL, False),
        (7, "Some officials", SourceKind.UNNAMED_OFFICIAL, False),
        (8, "Norland’s finance minister", SourceKind.UNNAMED_OFFICIAL, False),
        (9, "The report", SourceKind.DOCUMENT, False),
        (10, "Footage shared on social media", SourceKind.DOCUMENT, False),
        (10, "which", SourceKind.DOCUMENT, False),
        (11, "One of the officials", SourceKind.UNNAMED_OFFICIAL, False),
        (12, "This newspaper", SourceKind.OWN_OUTLET, True),
        (13, "The Tribune", SourceKind.OUTLET, True),
    ],
)
def test_kinds(kinds: Article, number: int, source: str, kind: SourceKind, named: bool) -> None:
    sources, ledger = kinds.resolve(kinds.attribution(number, source))
    assert sources[f"a{number}"].kind is kind
    assert ledger["e1"].kind is kind
    assert ledger["e1"].named is named


def test_own_outlet_by_name(kinds: Article) -> None:
    sources, ledger = kinds.resolve(kinds.attribution(13, "The Tribune"), own_outlets=("Tribune",))
    assert sources["a13"].kind is SourceKind.OWN_OUTLET
    assert ledger["e1"].name == "Tribune"


def test_nobody_named_keeps_its_kind_and_is_in_no_entry(kinds: Article) -> None:
    sources, ledger = kinds.resolve(kinds.attribution(1, ""))
    assert sources["a1"].kind is SourceKind.AGENTLESS
    assert sources["a1"].entity is None
    assert ledger == {}


def test_entries_are_numbered_by_their_first_mention_as_a_source(kinds: Article) -> None:
    sources, ledger = kinds.resolve(kinds.attribution(9, "The report"), kinds.attribution(4, "Critics"))
    assert (sources["a4"].entity, sources["a9"].entity) == ("e1", "e2")
    assert [entity.name for entity in ledger.values()] == ["Critics", "report"]


# --------------------------------------------------------------------------------------------------------- properties


@st.composite
def random_attributions(draw: st.DrawFn) -> tuple[Article, list[Attribution]]:
    """An article with sources at any runs of its words, sensible or not."""
    article = Article(draw(st.sampled_from(["people", "bodies", "doubt", "kinds"])))
    attributions = []
    for number in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(article.sentences) - 1))
        sentence = article.sentences[at]
        first = draw(st.integers(0, len(sentence.tokens) - 1))
        last = draw(st.integers(first, min(first + 5, len(sentence.tokens) - 1)))
        span = Span(sentence.tokens[first].start, sentence.tokens[last].end)
        content = sentence.span if draw(st.booleans()) else None
        attributions.append(
            Attribution(
                id=f"a{number + 1}",
                sentence=sentence.id,
                cue=Cue((), "", draw(st.sampled_from(["say", "ask"]))),
                source=SourceMention((span,), article.draft.text[span.start : span.end], SourceKind.NONE),
                content=Content(() if content is None else (content,), ""),
                manner=draw(st.sampled_from(list(Manner))),
                attitude=Attitude.ASSERTION,
                tone=Tone.NEUTRAL,
                negated=False,
                parent=None,
                frame=Frame.OTHER,
            )
        )
    return article, attributions


def check_ledger(
    draft: Draft, before: list[Attribution], after: tuple[Attribution, ...], ledger: tuple[SourceEntity, ...]
) -> None:
    """What holds whatever the sources are."""
    assert [attribution.id for attribution in after] == [attribution.id for attribution in before]
    assert [entity.id for entity in ledger] == [f"e{number}" for number in range(1, len(ledger) + 1)]
    speaking = {
        entity
        for attribution in after
        for entity in (attribution.source.entity, *attribution.source.also)
        if entity is not None
    }
    assert speaking == {entity.id for entity in ledger}
    for old, new in zip(before, after, strict=True):
        assert (new.source.spans, new.source.text, new.content) == (old.source.spans, old.source.text, old.content)
        if any(letter.isalnum() for letter in new.source.text):
            assert new.source.kind is not SourceKind.NONE or "stands for nobody" in (new.source.reason or "")
            assert (new.source.entity is None) == (new.source.reason is not None)
    for entity in ledger:
        assert entity.name
        assert list(entity.mentions) == sorted(set(entity.mentions))
        assert all(0 <= span.start < span.end <= len(draft.text) for span in entity.mentions)
        its_own = [
            attribution.source
            for attribution in after
            if entity.id in (attribution.source.entity, *attribution.source.also)
        ]
        assert any(span.overlaps(mention) for source in its_own for span in source.spans for mention in entity.mentions)


@given(random_attributions())
def test_any_sources_give_a_sound_ledger(case: tuple[Article, list[Attribution]]) -> None:
    article, attributions = case
    doc = Doc.of_sentences(article.draft, article.sentences)
    found = resolve_sources(discourse_of(doc, article.quotations, attributions, LEXICON))
    check_ledger(article.draft, attributions, *found)
    again = resolve_sources(discourse_of(doc, article.quotations, attributions, LEXICON))
    assert again == found


# ------------------------------------------------------------------------------------- links that need the sentence


def test_a_club_by_the_end_of_its_name_by_its_noun_and_by_they(links: Article) -> None:
    sources, ledger = links.resolve(
        links.attribution(1, "Halden Rovers"), links.attribution(2, "The club"), links.attribution(3, "Rovers")
    )
    assert [source.entity for source in sources.values()] == ["e1", "e1", "e1"]
    assert ledger["e1"].name == "Halden Rovers"
    assert links.words(ledger["e1"]) == ["Halden Rovers", "they", "The club", "Rovers", "their"]


def test_the_paper_is_the_outlet_named_before(links: Article) -> None:
    sources, ledger = links.resolve(links.attribution(4, "The Tolva Echo"), links.attribution(5, "The paper"))
    assert [source.kind for source in sources.values()] == [SourceKind.OUTLET, SourceKind.OUTLET]
    assert links.words(ledger["e1"]) == ["The Tolva Echo", "The paper", "it"]


def test_a_barristers_client_is_whose_barrister_it_is(links: Article) -> None:
    sources, ledger = links.resolve(
        links.attribution(6, "Sara Falk’s barrister, Ivo Marek,"), links.attribution(7, "his client")
    )
    assert ledger[sources["a7"].entity or ""].name == "Sara Falk"
    assert sources["a6"].entity != sources["a7"].entity


def test_a_pronoun_below_two_clauses_stays_open(links: Article) -> None:
    sources, _ = links.resolve(links.attribution(8, "Nora Lind"), links.attribution(8, "she"))
    assert sources["a8"].kind is SourceKind.PRONOUN_UNRESOLVED
    assert sources["a8"].reason == "“she” could be Lena Voss or Nora Lind"


def test_a_ministry_is_named_after_its_minister(links: Article) -> None:
    sources, ledger = links.resolve(
        links.attribution(9, "Norland’s defence minister"), links.attribution(10, "The ministry")
    )
    assert [ledger[source.entity or ""].name for source in sources.values()] == [
        "Norland’s defence minister",
        "Norland’s defence ministry",
    ]
    assert ledger["e2"].kind is SourceKind.NAMED_ORGANISATION


def test_what_has_ministers_is_no_person(links: Article) -> None:
    sources, ledger = links.resolve(links.attribution(11, "Norland"))
    assert sources["a11"].kind is SourceKind.NAMED_ORGANISATION
    assert "it" in links.words(ledger["e1"])


def test_nobody_without_name_and_gender_wins_over_somebody_with_both(links: Article) -> None:
    sources, _ = links.resolve(links.attribution(12, "The judge"), links.attribution(13, "She"))
    assert sources["a13"].kind is SourceKind.PRONOUN_UNRESOLVED


def test_who_is_ordered_to_do_something_does_it(links: Article) -> None:
    _, ledger = links.resolve(links.attribution(12, "Sara Falk"))
    assert links.words(ledger["e1"])[-2:] == ["Sara Falk", "her"]


def test_a_possessive_in_a_clause_with_its_own_subject_is_that_subjects(links: Article) -> None:
    _, ledger = links.resolve(links.attribution(6, "Ivo Marek"), links.attribution(14, "Jonas Berg"))
    assert links.words(ledger["e1"])[-2:] == ["Ivo Marek", "his"]
    assert links.words(ledger["e2"]) == ["Jonas Berg", "Berg"]


def test_a_possessive_before_the_subject_is_the_subjects(links: Article) -> None:
    _, ledger = links.resolve(links.attribution(16, "the Water Agency"))
    assert links.words(ledger["e1"]) == ["its", "the Water Agency"]


def test_letters_after_a_name_are_an_office_and_no_name(links: Article) -> None:
    sources, ledger = links.resolve(links.attribution(17, "Tomas Brandt KC"), links.attribution(18, "The barrister"))
    assert [source.entity for source in sources.values()] == ["e1", "e1"]
    assert ledger["e1"].name == "Tomas Brandt"


def test_it_is_nobody_who_goes_by_a_surname(links: Article) -> None:
    _, ledger = links.resolve(links.attribution(19, "Zarel Orme"))
    assert links.words(ledger["e1"]) == ["Zarel Orme", "Orme"]


def test_an_entry_without_a_name_says_what_tells_who_is_meant(links: Article) -> None:
    _, ledger = links.resolve(links.attribution(22, "A source at the depot"))
    assert ledger["e1"].name == "source at the depot"
