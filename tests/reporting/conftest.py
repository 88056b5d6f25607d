"""A rich analysis of a short article of our own, put together by hand: what the reports are tried on."""

from __future__ import annotations

import re

import pytest

from attribution.records import (
    ROOT,
    Analysis,
    Attitude,
    Attribution,
    Block,
    BlockKind,
    Booster,
    Carrier,
    CarrierCounts,
    Claim,
    Content,
    Cue,
    Draft,
    Evidence,
    Factor,
    Feature,
    Frame,
    Hedge,
    HedgeCategory,
    Manner,
    Place,
    PlaceCounts,
    PlaceKind,
    Problem,
    Quotation,
    ScoreName,
    Sentence,
    SourceEntity,
    SourceKind,
    SourceMention,
    Span,
    Summary,
    Token,
    Tone,
    Voice,
    VoiceCounts,
)

PARAGRAPHS = (
    (BlockKind.HEADLINE, ("Harbour chief to leave as bridge inquiry widens",)),
    (
        BlockKind.PARAGRAPH,
        (
            "The head of Veldan’s port authority, Mira Solt, will be replaced in June.",
            "Solt was in charge of the northern docks.",
        ),
    ),
    (
        BlockKind.PARAGRAPH,
        (
            "“Ms Solt has been relieved of her duties,” said Veldan’s transport ministry on Telegram on Monday.",
            "Reportedly, the mayor fired her over delays to the new bridge.",
            "However, they did not mention who takes over.",
        ),
    ),
    (
        BlockKind.PARAGRAPH,
        (
            "According to the Harbour Post, the move has been seen as a punishment for Solt, who clearly may appeal.",
            "She has been accused of ignoring warnings.",
            "Who gave those warnings?",
        ),
    ),
)


CARRIERS = {
    Voice.SOURCE: Carrier.NAMED,
    Voice.HEARSAY: Carrier.NOBODY,
    Voice.OWN: Carrier.PAPER,
    Voice.UNCLEAR: Carrier.UNCLEAR,
}
"""Who answers for the samples' claims: all sources in them have names."""


class Builder:
    """Finds phrases of an article, so that records can be written in words instead of numbers."""

    def __init__(self, paragraphs: tuple[tuple[BlockKind, tuple[str, ...]], ...]) -> None:
        self.text = "\n\n".join(" ".join(sentences) for _, sentences in paragraphs)
        self.blocks: list[Block] = []
        self.sentences: list[Sentence] = []
        start = 0
        for kind, sentences in paragraphs:
            first = start
            for sentence in sentences:
                self.sentences.append(self._sentence(sentence, start, len(self.blocks)))
                start += len(sentence) + 1
            self.blocks.append(Block(kind, Span(first, start - 1)))
            start += 1

    def _sentence(self, text: str, start: int, block: int) -> Sentence:
        tokens: list[Token] = []
        offset = start
        for word in text.split(" "):
            head = ROOT if not tokens else 0
            relation = "root" if head == ROOT else "dep"
            tokens.append(Token(len(tokens), word, offset, offset + len(word), word, "X", "X", head, relation))
            offset += len(word) + 1
        return Sentence(f"s{len(self.sentences) + 1}", start, start + len(text), text, block, tuple(tokens))

    def draft(self, path: str, sha256: str = "", notices: tuple[str, ...] = ()) -> Draft:
        """The article as a draft that was read from a file."""
        line_starts = (0, *(match.end() for match in re.finditer("\n", self.text)))
        return Draft(self.text, tuple(self.blocks), path, sha256=sha256, line_starts=line_starts, notices=notices)

    def at(self, phrase: str) -> Span:
        """Where the phrase stands; it must occur once as whole words."""
        (match,) = re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", self.text)
        return Span(match.start(), match.end())

    def sentence_of(self, span: Span) -> str:
        """The identifier of the sentence that holds the span."""
        return next(sentence.id for sentence in self.sentences if sentence.span.covers(span))

    def words(self, spans: tuple[Span, ...]) -> str:
        """The text of the spans."""
        return " … ".join(self.text[span.start : span.end] for span in spans)

    def attribution(
        self,
        identifier: str,
        cue: str,
        source: str | None,
        contents: tuple[str, ...],
        kind: SourceKind,
        entity: str | None = None,
        *,
        lemma: str = "say",
        reason: str | None = None,
        venue: str | None = None,
        parent: str | None = None,
        frame: Frame = Frame.CCOMP,
        manner: Manner = Manner.INDIRECT,
        attitude: Attitude = Attitude.ASSERTION,
        tone: Tone = Tone.NEUTRAL,
        withheld: bool = False,
        evidence: Evidence = Evidence.REPORT,
    ) -> Attribution:
        """An attribution of phrases."""
        cues = (self.at(cue),)
        sources = (self.at(source),) if source else ()
        content = tuple(self.at(phrase) for phrase in contents)
        return Attribution(
            id=identifier,
            sentence=self.sentence_of(cues[0]),
            cue=Cue(cues, cue, lemma),
            source=SourceMention(
                sources, self.words(sources), kind, entity, reason, (self.at(venue),) if venue else ()
            ),
            content=Content(content, self.words(content)),
            manner=manner,
            attitude=attitude,
            tone=tone,
            negated=withheld,
            parent=parent,
            frame=frame,
            evidence=evidence,
            withheld=withheld,
            probability=0.91234567,
            features=(Feature(f"frame:{frame}", 1.5), Feature("bias", -0.25)),
        )

    def claim(
        self,
        identifier: str,
        phrase: str,
        voice: Voice,
        factors: tuple[tuple[ScoreName, str, float, str | None], ...],
        attributions: tuple[str, ...] = (),
        hedges: tuple[str, ...] = (),
        boosters: tuple[str, ...] = (),
    ) -> Claim:
        """A claim whose scores are the sums of its factors."""
        span = self.at(phrase)
        records = tuple(Factor(*factor) for factor in factors)
        return Claim(
            id=identifier,
            sentence=self.sentence_of(span),
            spans=(span,),
            text=phrase,
            voice=voice,
            carrier=CARRIERS[voice],
            sourcing=sum(factor.effect for factor in records if factor.score is ScoreName.SOURCING),
            certainty=sum(factor.effect for factor in records if factor.score is ScoreName.CERTAINTY),
            attributions=attributions,
            hedges=hedges,
            boosters=boosters,
            factors=records,
        )


def build_sample() -> Analysis:
    """The analysis: direct speech with a venue, hearsay, a withheld statement, nesting, a bare passive, a hedge."""
    make = Builder(PARAGRAPHS)
    quote = "“Ms Solt has been relieved of her duties,”"
    sourcing, certainty = ScoreName.SOURCING, ScoreName.CERTAINTY
    own = ((sourcing, "own-voice", 0.1, None), (certainty, "plain-assertion", 1.0, None))
    attributions = (
        make.attribution(
            "a1",
            "said",
            "Veldan’s transport ministry",
            (quote,),
            SourceKind.NAMED_ORGANISATION,
            "e1",
            venue="on Telegram",
            manner=Manner.DIRECT,
            frame=Frame.PARATAXIS,
        ),
        make.attribution(
            "a2",
            "Reportedly",
            None,
            ("the mayor fired her over delays to the new bridge",),
            SourceKind.NONE,
            lemma="reportedly",
            attitude=Attitude.HEARSAY,
            frame=Frame.OTHER,
            reason="“Reportedly” names nobody",
        ),
        make.attribution(
            "a3", "did not mention", "they", ("who takes over",), SourceKind.NAMED_ORGANISATION, "e1", withheld=True
        ),
        make.attribution(
            "a4",
            "According to",
            "the Harbour Post",
            ("the move has been seen as a punishment for Solt, who clearly may appeal",),
            SourceKind.OUTLET,
            "e2",
            lemma="according to",
            frame=Frame.PHRASE,
        ),
        make.attribution(
            "a5",
            "has been seen as",
            None,
            ("the move", "a punishment for Solt, who clearly may appeal"),
            SourceKind.AGENTLESS,
            lemma="see",
            parent="a4",
            attitude=Attitude.BELIEF,
            frame=Frame.PASSIVE,
            reason="the passive has no “by”",
        ),
        make.attribution(
            "a6",
            "has been accused of",
            None,
            ("She", "ignoring warnings"),
            SourceKind.AGENTLESS,
            lemma="accuse",
            tone=Tone.LOADED,
            frame=Frame.PASSIVE,
            reason="the passive has no “by”",
        ),
    )
    hedges = (
        Hedge(
            "h1",
            "s5",
            (make.at("Reportedly"),),
            "Reportedly",
            HedgeCategory.HEARSAY,
            0.5,
            (make.at("the mayor fired her over delays to the new bridge"),),
        ),
        Hedge("h2", "s7", (make.at("may"),), "may", HedgeCategory.MODAL, 0.4, (make.at("who clearly may appeal"),)),
    )
    boosters = (Booster("b1", "s7", (make.at("clearly"),), "clearly", 0.3, (make.at("who clearly may appeal"),)),)
    claims = (
        make.claim("c1", "Harbour chief to leave as bridge inquiry widens", Voice.OWN, own),
        make.claim("c2", "The head of Veldan’s port authority, Mira Solt, will be replaced in June", Voice.OWN, own),
        make.claim("c3", "Solt was in charge of the northern docks", Voice.OWN, own),
        make.claim(
            "c4",
            "Ms Solt has been relieved of her duties",
            Voice.SOURCE,
            (
                (sourcing, "named-organisation", 0.7, "e1"),
                (sourcing, "direct-quotation", 0.1, "a1"),
                (certainty, "plain-assertion", 1.0, None),
            ),
            ("a1",),
        ),
        make.claim(
            "c5",
            "the mayor fired her over delays to the new bridge",
            Voice.HEARSAY,
            (
                (sourcing, "none", 0.05, "a2"),
                (certainty, "plain-assertion", 1.0, None),
                (certainty, "hedge", -0.5, "h1"),
            ),
            ("a2",),
            ("h1",),
        ),
        make.claim(
            "c6",
            "the move has been seen as a punishment for Solt",
            Voice.SOURCE,
            (
                (sourcing, "outlet", 0.6, "e2"),
                (sourcing, "agentless", -0.3, "a5"),
                (certainty, "plain-assertion", 1.0, None),
                (certainty, "belief", -0.2, "a5"),
            ),
            ("a4", "a5"),
        ),
        make.claim(
            "c7",
            "who clearly may appeal",
            Voice.SOURCE,
            (
                (sourcing, "outlet", 0.6, "e2"),
                (certainty, "plain-assertion", 1.0, None),
                (certainty, "hedge", -0.4, "h2"),
                (certainty, "booster", 0.0123456, "b1"),
            ),
            ("a4",),
            ("h2",),
            ("b1",),
        ),
        make.claim(
            "c8",
            "She has been accused of ignoring warnings",
            Voice.HEARSAY,
            ((sourcing, "agentless", 0.08, "a6"), (certainty, "plain-assertion", 1.0, None)),
            ("a6",),
        ),
    )
    places = (
        Place(
            kind=PlaceKind.NEEDS_SOURCE,
            claim="c3",
            sentence="s3",
            grade=2,
            reason="blame for a named person (“in charge of”), and nobody is given for it",
            remedy="Say who says so, or how the paper knows.",
            spans=(make.at("in charge of"),),
        ),
    )
    quotation = make.at(quote)
    return Analysis(
        draft=make.draft(
            "harbour.txt",
            sha256="0" * 64,
            notices=("read as windows-1252: the file does not say its encoding",),
        ),
        model="hand",
        sentences=tuple(make.sentences),
        quotations=(Quotation("q1", quotation.start, quotation.end, True, None, (quotation,)),),
        sources=(
            SourceEntity(
                "e1",
                "Veldan’s transport ministry",
                SourceKind.NAMED_ORGANISATION,
                True,
                (make.at("Veldan’s transport ministry"), make.at("they")),
                ("c4",),
            ),
            SourceEntity(
                "e2", "the Harbour Post", SourceKind.OUTLET, True, (make.at("the Harbour Post"),), ("c6", "c7")
            ),
        ),
        attributions=attributions,
        hedges=hedges,
        boosters=boosters,
        claims=claims,
        summary=Summary(
            sentences=9,
            claims=8,
            voice=VoiceCounts(source=3, hearsay=2, own=3),
            sourcing=sum(claim.sourcing for claim in claims) / len(claims),
            certainty=sum(claim.certainty for claim in claims) / len(claims),
            distinct_sources=2,
            named_sources=2,
            carriers=CarrierCounts.of(claims),
            places=PlaceCounts.of(places),
        ),
        places=places,
        problems=(Problem("X001", "quotation mark is never closed", quotation.start, quotation.start + 1),),
    )


UNCLEAR_PARAGRAPHS = (
    (BlockKind.HEADLINE, ("Linden Lines to sell its oldest ferry",)),
    (
        BlockKind.PARAGRAPH,
        ("The Aurora will be sold in May, Ida Bolt, who chairs the firm, said.", "The island council backs the sale."),
    ),
    (BlockKind.PARAGRAPH, ("“We were never asked.",)),
    (BlockKind.PARAGRAPH, ("“Nobody on the island slept that night.”",)),
    (BlockKind.PARAGRAPH, ("She believes that the boat will find a buyer.",)),
)


def build_unclear() -> Analysis:
    """An analysis with a report, a belief, a stance, and two quotations whose speaker is not clear."""
    make = Builder(UNCLEAR_PARAGRAPHS)
    sourcing, certainty = ScoreName.SOURCING, ScoreName.CERTAINTY
    plain = (certainty, "plain-assertion", 0.9, None)
    own = ((sourcing, "own-voice", 0.2, None), plain)
    nobody = ((sourcing, "unclear-speaker", 0.1, None), plain)
    named = ((sourcing, "named-person", 0.8, "e1"), plain)
    quotes = [make.at("“We were never asked."), make.at("“Nobody on the island slept that night.”")]
    claims = (
        make.claim("c1", "Linden Lines to sell its oldest ferry", Voice.OWN, own),
        make.claim("c2", "The Aurora will be sold in May", Voice.SOURCE, named, ("a1",)),
        make.claim("c3", "The island council backs the sale", Voice.OWN, own),
        make.claim("c4", "We were never asked", Voice.UNCLEAR, nobody),
        make.claim("c5", "Nobody on the island slept that night", Voice.UNCLEAR, nobody),
        make.claim("c6", "the boat will find a buyer", Voice.SOURCE, named, ("a3",)),
    )
    places = (
        Place(
            kind=PlaceKind.SPEAKER_UNCLEAR,
            claim="c4",
            sentence="s4",
            grade=1,
            reason="the reader is not told whose words these are",
            remedy="Name the speaker in the sentence or next to it.",
            spans=tuple(quotes),
        ),
    )
    return Analysis(
        draft=make.draft("ferry.txt"),
        model="hand",
        sentences=tuple(make.sentences),
        quotations=(Quotation("q1", quotes[0].start, quotes[1].end, True, None, tuple(quotes)),),
        sources=(
            SourceEntity(
                "e1", "Ida Bolt", SourceKind.NAMED_PERSON, True, (make.at("Ida Bolt"), make.at("She")), ("c2", "c6")
            ),
            SourceEntity("e2", "island council", SourceKind.NAMED_ORGANISATION, True, (make.at("The island council"),)),
        ),
        attributions=(
            make.attribution(
                "a1",
                "said",
                "Ida Bolt, who chairs the firm",
                ("The Aurora will be sold in May",),
                SourceKind.NAMED_PERSON,
                "e1",
            ),
            make.attribution(
                "a2",
                "backs",
                "The island council",
                ("the sale",),
                SourceKind.NAMED_ORGANISATION,
                "e2",
                lemma="back",
                attitude=Attitude.INTENTION,
                evidence=Evidence.STANCE,
            ),
            make.attribution(
                "a3",
                "believes",
                "She",
                ("that the boat will find a buyer",),
                SourceKind.NAMED_PERSON,
                "e1",
                lemma="believe",
                attitude=Attitude.BELIEF,
                evidence=Evidence.BELIEF,
            ),
        ),
        hedges=(),
        boosters=(),
        claims=claims,
        summary=Summary(
            sentences=6,
            claims=6,
            voice=VoiceCounts.of(claims),
            sourcing=sum(claim.sourcing for claim in claims) / len(claims),
            certainty=sum(claim.certainty for claim in claims) / len(claims),
            distinct_sources=1,
            named_sources=1,
            carriers=CarrierCounts.of(claims),
            places=PlaceCounts.of(places),
        ),
        problems=(),
        places=places,
    )


@pytest.fixture
def unclear() -> Analysis:
    """The hand-made analysis with quotations whose speaker is not clear."""
    return build_unclear()


@pytest.fixture
def sample() -> Analysis:
    """The hand-made analysis."""
    return build_sample()
