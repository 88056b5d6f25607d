"""The whole pipeline, from draft to analysis."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, overload

import msgspec

from attribution.batches import BATCH, batches_of
from attribution.draft_errors import LONGEST, DraftError, check_length
from attribution.extraction.attributions import find_attributions
from attribution.extraction.headlines import add_headlines
from attribution.extraction.hedges import find_hedges
from attribution.extraction.quotation_kinds import settle_quotations
from attribution.extraction.quotations import find_quotations
from attribution.extraction.retagging import mended
from attribution.extraction.sources import discourse_of, resolve_sources
from attribution.extraction.turns import add_turns
from attribution.ingest import check_english, read_text
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
    trees = mended(sentences, lexicon)
    parsed = tuple(tree.sentence for tree in trees)
    # A pull quote says nothing that the article does not say.
    doc = Doc(draft, [tree for tree in trees if not draft.blocks[tree.sentence.block].is_repetition])
    quotations, problems = find_quotations(draft)
    notices: list[str] = []
    found = find_attributions(doc, quotations, lexicon, tell=notices.append)
    if notices:
        draft = msgspec.structs.replace(draft, notices=(*draft.notices, *notices))
    found = add_headlines(doc, quotations, found, lexicon)
    found = add_turns(doc, quotations, found, lexicon)
    quotations = settle_quotations(doc, quotations, found, lexicon)
    discourse = discourse_of(doc, quotations, found, lexicon)
    attributions, sources = resolve_sources(discourse, own_outlets)
    hedges, boosters = find_hedges(doc, lexicon, quotations)
    clauses = find_claims(doc, attributions, hedges, boosters, quotations)
    claims = score_claims(clauses, attributions, hedges, boosters, sources, weights)
    claims, unclaimed = add_commitment(claims, clauses, doc, hedges, lexicon)
    surroundings = Surroundings(discourse, attributions)
    claims = with_exposure(claims, clauses, ExposureReader(surroundings, ignored_marks))
    places = find_places(claims, surroundings)
    sources = credit_sources(sources, claims, attributions)
    return Analysis(
        draft=draft,
        model=model,
        sentences=parsed,
        quotations=quotations,
        sources=sources,
        attributions=attributions,
        hedges=hedges,
        boosters=boosters,
        claims=claims,
        summary=summarise(parsed, claims, sources, places),
        problems=problems,
        places=places,
        unclaimed=unclaimed,
    )


class Analyser:
    """Loads the lexicon at once and the model with the first draft, and keeps both for further drafts.

    It can be pickled, and is small then: only what it was made with goes to the other process, which loads words and
    model itself, the model once for all analysers that come to it.

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
        *,
        force: bool = False,
        longest: int = LONGEST,
    ) -> None:
        """``model`` as for ``parsing.load_parser``, unless ``parser`` is given; AttribError for a bad lexicon.

        ``ignored_marks`` are names of marks of exposure (``scoring.MARK_KINDS``) that are not to be read. ``force``
        analyses drafts that do not look like English, ``longest`` is the most characters of a draft.
        """
        self.lexicon = load_lexicon(lexicon_folders)
        self.weights = load_weights()
        self.own_outlets = tuple(own_outlets)
        self.ignored_marks = check_marks(ignored_marks)
        self.force = force
        self.longest = longest
        self._lexicon_folders = tuple(lexicon_folders)
        self._model = model
        self._given_parser = self._parser = parser
        self._load: Callable[[str | None], Parser] = load_parser

    def __reduce__(self) -> tuple[Any, ...]:
        made_with = (self._model, self._lexicon_folders, self.own_outlets, self._given_parser, self.ignored_marks)
        return _received, (made_with, self.force, self.longest)

    @property
    def parser(self) -> Parser:
        """The parser; raises AttribError if its model is missing or broken."""
        if self._parser is None:
            self._parser = self._load(self._model)
        return self._parser

    def analyse(self, draft: Draft) -> Analysis:
        """The analysis of a draft.

        Raises DraftError (``NotEnglishError``, ``TooLongError``) if it is none that attrib reads.
        """
        return self.analyse_all([draft])[0]

    def analyse_all(self, drafts: Sequence[Draft]) -> list[Analysis]:
        """The analyses of drafts, in their order; the parser processes the sentences of all drafts together.

        Raises DraftError for a draft that is none that attrib reads. ``analyse_iter`` needs less memory for many.
        """
        for draft in drafts:
            self.check(draft)
        return [
            self.analyse_parsed(draft, sentences)
            for draft, sentences in zip(drafts, self.parser.parse(drafts), strict=True)
        ]

    @overload
    def analyse_iter(
        self, drafts: Iterable[Draft | str], *, return_errors: Literal[False] = False
    ) -> Iterator[Analysis]: ...

    @overload
    def analyse_iter(
        self, drafts: Iterable[Draft | str], *, return_errors: Literal[True]
    ) -> Iterator[Analysis | DraftError]: ...

    def analyse_iter(
        self, drafts: Iterable[Draft | str], *, return_errors: bool = False
    ) -> Iterator[Analysis | DraftError]:
        """The analyses of any number of drafts, or of plain texts, one by one and in their order.

        The drafts may come from a generator: only some twenty thousand characters of them, or one longer draft, are in
        memory at a time, and are parsed together. A draft that is none that attrib reads (None or NaN, no words, not
        English, too long) raises its DraftError or, with ``return_errors``, the error stands in the place of its
        analysis.

        Examples:
            >>> from attribution import Analyser
            >>> texts = ["The pier is safe, said Ola Brandt.", None]
            >>> [type(found).__name__ for found in Analyser().analyse_iter(texts, return_errors=True)]
            ['Analysis', 'NotTextError']
        """
        checked = (self._checked(given, return_errors) for given in drafts)
        for batch in batches_of(checked, lambda item: len(item.text) if isinstance(item, Draft) else 1, BATCH):
            readable = [item for item in batch if isinstance(item, Draft)]
            parsed = iter(self.parser.parse(readable) if readable else ())
            for item in batch:
                yield item if isinstance(item, DraftError) else self.analyse_parsed(item, next(parsed))

    def analyse_parsed(self, draft: Draft, sentences: Sequence[Sentence], model: str | None = None) -> Analysis:
        """The analysis of a draft parsed elsewhere; ``model`` names the parser."""
        name = model or (self._parser.name if self._parser is not None else "given")
        return analyse_parsed(draft, sentences, self.lexicon, self.weights, name, self.own_outlets, self.ignored_marks)

    def check(self, draft: Draft) -> None:
        """Raise NotEnglishError or TooLongError if the draft is none that is to be analysed."""
        check_length(draft, self.longest)
        if not self.force:
            check_english(draft)

    def _checked(self, given: Draft | str, return_errors: bool) -> Draft | DraftError:
        try:
            draft = given if isinstance(given, Draft) else read_text(given)
            self.check(draft)
        except DraftError as error:
            if not return_errors:
                raise
            return error
        return draft


_parsers_here = threading.local()
"""The parsers of analysers that came to this thread from another process, by model; a parser is for one thread only."""


def _parser_here(model: str | None) -> Parser:
    parsers: dict[str | None, Parser] = _parsers_here.__dict__.setdefault("by_model", {})
    if model not in parsers:
        parsers[model] = load_parser(model)
    return parsers[model]


def _received(made_with: tuple[Any, ...], force: bool, longest: int) -> Analyser:
    """An analyser that comes from another process, as pools send one with every task: they share one parser."""
    analyser = Analyser(*made_with, force=force, longest=longest)
    analyser._load = _parser_here
    return analyser


def analyse(
    text: str, *, format: str = "text", model: str | None = None, force: bool = False, longest: int = LONGEST
) -> Analysis:
    """The analysis of a text; ``format`` is ``text``, ``markdown`` or ``html``.

    Loads the model at each call; for more texts keep an ``Analyser``. Raises a DraftError that says why for what is no
    text (None, NaN), has no words, is not in English (unless ``force``) or has more characters than ``longest``.
    """
    return Analyser(model, force=force, longest=longest).analyse(read_text(text, format))
