"""The whole pipeline, from draft to analysis."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from attribution.extraction.attributions import find_attributions
from attribution.extraction.headlines import add_headlines
from attribution.extraction.hedges import find_hedges
from attribution.extraction.quotation_kinds import settle_quotations
from attribution.extraction.quotations import find_quotations
from attribution.extraction.retagging import mended
from attribution.extraction.sources import resolve_sources
from attribution.extraction.turns import add_turns
from attribution.ingest import read_text
from attribution.lexicon import Lexicon, load_lexicon
from attribution.parsing import Doc, Parser, load_parser
from attribution.records import Analysis, Draft, Sentence
from attribution.scoring import (
    ExposureReader,
    Surroundings,
    Weights,
    add_commitment,
    check_marks,
    credit_sources,
    find_claims,
    find_places,
    load_weights,
    score_claims,
    summarise,
    with_exposure,
)


def analyse_parsed(
    draft: Draft,
    sentences: Sequence[Sentence],
    lexicon: Lexicon,
    weights: Weights,
    model: str,
    own_outlets: Sequence[str] = (),
    ignored_marks: Collection[str] = (),
) -> Analysis:
    """The analysis of a draft with parsed sentences; ``model`` names the parser.

    ``ignored_marks`` are names of marks of exposure that the newsroom does not ask for.
    """
    doc = Doc(draft, mended(sentences, lexicon))
    quotations, problems = find_quotations(draft)
    found = find_attributions(doc, quotations, lexicon)
    found = add_headlines(doc, quotations, found, lexicon)
    found = add_turns(doc, quotations, found, lexicon)
    quotations = settle_quotations(doc, quotations, found, lexicon)
    attributions, sources = resolve_sources(doc, quotations, found, lexicon, own_outlets)
    hedges, boosters = find_hedges(doc, lexicon, quotations)
    clauses = find_claims(doc, attributions, hedges, boosters, quotations)
    claims = score_claims(clauses, attributions, hedges, boosters, sources, weights)
    claims, unclaimed = add_commitment(claims, clauses, doc, hedges, lexicon)
    surroundings = Surroundings(doc, quotations, attributions, lexicon)
    claims = with_exposure(claims, clauses, ExposureReader(surroundings, ignored_marks))
    places = find_places(claims, surroundings)
    sources = credit_sources(sources, claims, attributions)
    return Analysis(
        draft=draft,
        model=model,
        sentences=doc.sentences,
        quotations=quotations,
        sources=sources,
        attributions=attributions,
        hedges=hedges,
        boosters=boosters,
        claims=claims,
        summary=summarise(doc.sentences, claims, sources, places),
        problems=problems,
        places=places,
        unclaimed=unclaimed,
    )


class Analyser:
    """Loads the lexicon at once and the model with the first draft, and keeps both for further drafts.

    Examples:
        >>> from attribution import Analyser
        >>> from attribution.ingest import read_text
        >>> analyser = Analyser()
        >>> analysis = analyser.analyse(read_text("The bridge is safe, said the mayor, Ada Quill."))
        >>> [(found.source.text, found.cue.text, found.content.text) for found in analysis.attributions]
        [('the mayor, Ada Quill', 'said', 'The bridge is safe')]
    """

    def __init__(
        self,
        model: str | None = None,
        lexicon_folders: Sequence[Path] = (),
        own_outlets: Sequence[str] = (),
        parser: Parser | None = None,
        ignored_marks: Collection[str] = (),
    ) -> None:
        """``model`` as for ``parsing.load_parser``, unless ``parser`` is given; AttribError for a bad lexicon.

        ``ignored_marks`` are names of marks of exposure (``scoring.MARK_KINDS``) that are not to be read.
        """
        self.lexicon = load_lexicon(lexicon_folders)
        self.weights = load_weights()
        self.own_outlets = tuple(own_outlets)
        self.ignored_marks = check_marks(ignored_marks)
        self._model = model
        self._parser = parser

    @property
    def parser(self) -> Parser:
        """The parser; raises AttribError if its model is missing or broken."""
        if self._parser is None:
            self._parser = load_parser(self._model)
        return self._parser

    def analyse(self, draft: Draft) -> Analysis:
        """The analysis of a draft."""
        return self.analyse_all([draft])[0]

    def analyse_all(self, drafts: Sequence[Draft]) -> list[Analysis]:
        """The analyses of drafts, in their order; the parser processes the sentences of all drafts together."""
        return [
            self.analyse_parsed(draft, sentences)
            for draft, sentences in zip(drafts, self.parser.parse(drafts), strict=True)
        ]

    def analyse_parsed(self, draft: Draft, sentences: Sequence[Sentence], model: str | None = None) -> Analysis:
        """The analysis of a draft parsed elsewhere; ``model`` names the parser."""
        name = model or (self._parser.name if self._parser is not None else "given")
        return analyse_parsed(draft, sentences, self.lexicon, self.weights, name, self.own_outlets, self.ignored_marks)


def analyse(text: str, *, format: str = "text", model: str | None = None) -> Analysis:
    """The analysis of a text; ``format`` is ``text``, ``markdown`` or ``html``.

    Loads the model at each call; for more texts keep an ``Analyser``.
    """
    return Analyser(model).analyse(read_text(text, format))
