"""Which named evidence decides what a name, a noun and a source are."""

from __future__ import annotations

import pytest
from parsed_drafts import ParsedDraft, attributed, rows_of

from attribution.extraction.beings import NAME_EVIDENCE, NOUN_EVIDENCE, name_evidence_for
from attribution.extraction.kinds import NOUN_EVIDENCE as KIND_EVIDENCE
from attribution.extraction.kinds import Sources, evidence_for, is_named, kind_of, kind_of_noun
from attribution.extraction.mention import Mention
from attribution.extraction.name_words import NameWords
from attribution.extraction.sentence_view import SentenceView
from attribution.extraction.sieves import resolve
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.speakers import with_speakers
from attribution.lexicon import load_lexicon
from attribution.records import SourceKind

LEXICON = load_lexicon()
SIEVES = rows_of("sieves.conllu")
EVIDENCE = rows_of("named-evidence.conllu")
IDENTITY = rows_of("identity.conllu")


def view_of(draft: ParsedDraft, mention: Mention) -> SentenceView:
    tree = draft.doc.trees[mention.sentence]
    return SentenceView(mention.sentence, tree, SpanIndex([]), NameWords(LEXICON), {})


# --- Names and nouns --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "evidence", "being"),
    [
        ("The BBC", "known-outlet", "outlet"),
        ("The Water Agency", "body-noun", "organisation"),
        ("the Hale Report", "document-noun", "document"),
        ("The Tolva Echo", "outlet-ending", "outlet"),
        ("The agency Norstat", "office-of-a-body", "organisation"),
        ("Snapchat", "platform", "platform"),
        ("Minister Hale", "person", "person"),
        ("Sara Falk", "person", "person"),
        ("Brandt & Lowe", "firm-form", "organisation"),
        ("NATO", "capital-letters", "organisation"),
        ("The Rovers", "plural-name", "people"),
        ("The Halden", "article", "organisation"),
        ("Aymer", "plural-verb", "organisation"),
        ("Ostrel", "where", "place"),
        ("Zarel Orme", None, "unknown"),
    ],
)
def test_name_evidence(words: str, evidence: str | None, being: str) -> None:
    draft = ParsedDraft(EVIDENCE["names"])
    store = resolve(draft.discourse())
    mention = draft.mention(store, words)
    assert mention.being == being
    assert mention.name is not None
    view = view_of(draft, mention)
    tokens = view.tree.tokens
    indices = [index for index in mention.tokens if tokens[index].text in mention.name.words]
    assert name_evidence_for(view, mention, mention.name, mention.determiner, indices) == evidence


@pytest.mark.parametrize(
    ("words", "being", "plural"),
    [
        ("The minister", "person", False),
        ("Critics", "people", True),
        ("The couple", "people", True),
        ("A couple", "thing", False),
        ("Police", "organisation", None),
        ("The report", "document", False),
        ("The widow", "person", False),
        ("Her cousins", "people", True),
        ("A zitherist", "unknown", False),
        ("The pier", "unknown", False),
        ("The eel", "thing", False),
    ],
)
def test_noun_evidence(words: str, being: str, plural: bool | None) -> None:
    draft = ParsedDraft(EVIDENCE["nouns"])
    mention = draft.mention(resolve(draft.discourse()), words)
    assert (mention.being, mention.plural) == (being, plural)


def test_evidence_is_named_once() -> None:
    for table in (NAME_EVIDENCE, NOUN_EVIDENCE, KIND_EVIDENCE):
        names = [evidence.name for evidence in table]
        assert len(set(names)) == len(names)


def test_a_widows_noun_tells_she() -> None:
    draft = ParsedDraft(EVIDENCE["nouns"])
    store = resolve(draft.discourse())
    widow = draft.mention(store, "The widow").gender
    assert widow is not None
    assert widow.value == "female"
    assert draft.mention(store, "The minister").gender is None
    assert draft.mention(store, "Her cousins").gender is None


# --- Kinds of sources -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "evidence", "kind"),
    [
        ("A majority", "quantity", SourceKind.ANONYMOUS),
        ("Her office", "office-of-somebody", SourceKind.NAMED_ORGANISATION),
        ("Analysts", "bare-crowd", SourceKind.VAGUE_COLLECTIVE),
        ("The ministry", "organisation", SourceKind.NAMED_ORGANISATION),
        ("A ministry", "organisation", SourceKind.ANONYMOUS),
        ("Some unions", "organisation", SourceKind.VAGUE_COLLECTIVE),
        ("The newspaper", "outlet", SourceKind.OUTLET),
        ("The newspapers", "outlet", SourceKind.VAGUE_COLLECTIVE),
        ("Police reports", "document", SourceKind.DOCUMENT),
        ("Officials", "official", SourceKind.UNNAMED_OFFICIAL),
        ("A Tarsk engineer", "role-in-office", SourceKind.UNNAMED_OFFICIAL),
        ("School leaders", "role-in-office", SourceKind.UNNAMED_OFFICIAL),
        ("A teacher", "person", SourceKind.ANONYMOUS),
        ("Many teachers", "person", SourceKind.VAGUE_COLLECTIVE),
        ("Residents", "person", SourceKind.ANONYMOUS),
        ("Two experts", "told-apart", SourceKind.ANONYMOUS),
        ("Experts", "told-apart", SourceKind.ANONYMOUS),
        ("Critics", "collective", SourceKind.VAGUE_COLLECTIVE),
        ("The eels", "number", SourceKind.VAGUE_COLLECTIVE),
        ("The eel", "number", SourceKind.ANONYMOUS),
    ],
)
def test_kind_evidence(words: str, evidence: str, kind: SourceKind) -> None:
    draft = ParsedDraft(EVIDENCE["kinds"])
    store = resolve(draft.discourse())
    sources, mention = Sources(store), draft.mention(store, words)
    assert evidence_for(sources, mention) == evidence
    assert kind_of_noun(sources, mention) is kind


@pytest.mark.parametrize(("words", "named"), [("the official Tolva news agency", True), ("State radio", False)])
def test_an_outlet_may_be_named_before_its_noun(words: str, named: bool) -> None:
    draft = ParsedDraft(EVIDENCE["outlets"])
    store = resolve(draft.discourse())
    entity = store.entity_of[draft.mention(store, words).number]
    assert is_named(Sources(store), entity, SourceKind.OUTLET) is named


@pytest.mark.parametrize(
    ("case", "name", "kind"),
    [("norland", "Norland", SourceKind.NAMED_ORGANISATION), ("zarel", "Zarel", SourceKind.NAMED_PERSON)],
)
def test_a_name_used_like_a_body_is_no_persons(case: str, name: str, kind: SourceKind) -> None:
    draft = ParsedDraft(SIEVES[case])
    store = resolve(draft.discourse())
    entity = draft.entity(store, name)
    assert entity is not None
    assert kind_of(Sources(store), entity, entity.mentions[0]) is kind


def test_the_subject_speaks_not_the_listener() -> None:
    draft = ParsedDraft(IDENTITY["listener"])
    told = attributed(1, draft.draft, draft.sentences[0], "the commission", cue="told")
    (repaired,) = with_speakers(draft.doc, [told], LEXICON)
    assert repaired.source.text == "Nurse Ane Roth"
    asked = attributed(1, draft.draft, draft.sentences[0], "the commission", cue="freezing")
    assert with_speakers(draft.doc, [asked], LEXICON) == (asked,)


def test_a_name_before_an_age_belongs_to_it() -> None:
    draft = ParsedDraft(IDENTITY["age"])
    said = attributed(1, draft.draft, draft.sentences[0], "31, of Port Orrin", "The race was fixed, Hanna Weil", "said")
    (repaired,) = with_speakers(draft.doc, [said], LEXICON)
    assert repaired.source.text == "Hanna Weil, 31, of Port Orrin"
    assert repaired.content.text == "The race was fixed"
