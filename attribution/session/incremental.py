"""Analyses a draft again and again while it is being written: only sentences that are new are parsed.

Parsing takes most of an analysis, and the parse of a sentence depends on its word forms alone; where sentences end
depends on more than their paragraph, but takes little time. So a draft is read and divided into sentences anew each
time, and the parses of sentences seen before are kept. Everything after the parse runs over the whole draft, since a
source may be introduced at its beginning and a quotation end many paragraphs later. The results are those of
``Session.analyse`` on the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from attribution.ingest import check_english, read_text
from attribution.linting import FileFindings
from attribution.parsing import load_parser
from attribution.parsing.form_parser import FormParser
from attribution.parsing.windows import Word
from attribution.session.inputs import form_of, refuse_tables
from attribution.session.options import Options
from attribution.session.session import Session
from attribution.session.work import AnalysedDraft

MOST_WORDS = 200_000
"""The words whose parses are kept, some hundred bytes each; those used longest ago are forgotten first."""

WORDS_AT_ONCE = 1_000
"""The words that are parsed before it is asked again whether the result is still wanted: about a quarter second."""

IsWanted = Callable[[], bool]


class SupersededError(Exception):
    """The analysis has been given up, because nobody wants its result any more."""


def always() -> bool:
    """The answer of one who wants the result whatever happens."""
    return True


class RememberingParser(FormParser):
    """A parser that keeps the parses of the sentences it has read; give it to a ``Session`` in the parser's place.

    While ``is_wanted`` says no, parsing raises SupersededError.
    """

    def __init__(self, parser: FormParser, most_words: int = MOST_WORDS) -> None:
        self.name = parser.name
        self.is_wanted: IsWanted = always
        self._parser = parser
        self._most_words = most_words
        self._known: dict[tuple[str, ...], list[Word]] = {}
        self._words = 0

    def read(self, sentences: Sequence[Sequence[str]]) -> list[list[Word]]:
        """Give the parsed words of each sentence, given as its word forms; those read before are not parsed again."""
        if not self.is_wanted():
            raise SupersededError
        keys = [tuple(sentence) for sentence in sentences]
        missing = [key for key in dict.fromkeys(keys) if key not in self._known]
        found = dict(zip(missing, self._parser.read(missing), strict=True)) if missing else {}
        for key in dict.fromkeys(keys):
            # What is used last stands last.
            found[key] = self._known[key] = found[key] if key in found else self._known.pop(key)
        self._words += sum(map(len, missing))
        self._forget()
        return [found[key] for key in keys]

    def parse_forms(self, sentences: Sequence[Sequence[str]], words_at_once: int = WORDS_AT_ONCE) -> list[list[Word]]:
        """Give the parsed words of each sentence; raises SupersededError as soon as they are not wanted any more."""
        return super().parse_forms(sentences, words_at_once)

    def _forget(self) -> None:
        while self._words > self._most_words:
            oldest = next(iter(self._known))
            del self._known[oldest]
            self._words -= len(oldest)


class IncrementalAnalyser:
    """Analyses the texts of drafts as an editor or a page holds them, again after each change.

    It keeps a session, whose configuration, words and rules ``renew`` reads again. Used by one thread at a time.
    """

    def __init__(self, options: Options | None = None, parser: FormParser | None = None) -> None:
        """``parser`` replaces the model of the options."""
        self._options = replace(options or Options(), caching=False)
        self._given = parser
        self._parser: RememberingParser | None = None
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The session by which drafts are read; AttribError if the model is missing or broken."""
        if self._session is None:
            if self._parser is None:
                self._parser = RememberingParser(self._given or load_parser(self._options.model))
            self._session = Session(self._options, self._parser)
        return self._session

    def renew(self, options: Options | None = None) -> None:
        """Read configuration, words and rules again before the next draft, with the model and the parses kept."""
        if options is not None:
            self._options = replace(options, caching=False, model=self._options.model)
        if self._session is not None:
            self._session = self._session.renewed(self._options)

    def check_configuration(self, path: str) -> None:
        """Read what drafts of this name are checked by; AttribError for an error in configuration, words or rules."""
        configuration = self.session.configuration(path)
        self.session.known_rules(configuration)
        self.session.analyser(configuration)

    def analyse(self, text: str, path: str, form: str | None = None, is_wanted: IsWanted = always) -> AnalysedDraft:
        """The analysis of a draft's text, which is that of ``Session.analyse`` for a file with this text.

        ``path`` is its name, by which its configuration is found, and its format unless ``form`` tells it. Raises
        AttribError if it is no draft, or not in English, and SupersededError once it is not wanted any more.
        """
        session = self.session
        assert self._parser is not None
        configuration = session.configuration(path)
        analyser = session.analyser(configuration)
        refuse_tables(text.encode("utf-8", "surrogatepass"), path)
        draft = read_text(text, form or form_of(path), path)
        if not self._options.force:
            check_english(draft)
        self._parser.is_wanted = is_wanted
        (sentences,) = self._parser.parse([draft])
        if not is_wanted():
            raise SupersededError
        analysis = analyser.analyse_parsed(draft, sentences, self._parser.name)
        return AnalysedDraft(analysis, configuration, analyser.lexicon, text, f"read by {analysis.model}")

    def findings(self, analysed: AnalysedDraft) -> FileFindings:
        """What ``attrib lint`` reports of an analysed draft."""
        return self.session.findings(analysed).file
