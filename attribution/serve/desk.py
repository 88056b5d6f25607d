"""What reads, analyses and checks the drafts that are sent."""

from __future__ import annotations

import gc
from collections.abc import Callable

from attribution.ingest.files import source_of_bytes
from attribution.linting import FileFindings
from attribution.parsing.form_parser import FormParser
from attribution.records import AttribError, Draft
from attribution.serve.limits import Limits
from attribution.session.incremental import IncrementalAnalyser, RememberingParser, SupersededError
from attribution.session.inputs import Input, draft_of
from attribution.session.options import Options
from attribution.session.session import itself
from attribution.session.work import AnalysedDraft

FIRST_NAME = "draft.txt"
FIRST = "The bridge will close on Friday, said Ola Brandt, the site engineer.\n"
"""A draft that loads all there is to load."""

IsWanted = Callable[[], bool]


class Desk:
    """Reads, analyses and checks drafts for one thread; sentences that it has read before are not parsed again.

    The configuration, the words and the rules are those of the working folder, whatever a draft is called.
    """

    def __init__(self, options: Options, limits: Limits, parser: FormParser | None = None) -> None:
        """``parser`` replaces the model of the options."""
        self._options = options
        self._limits = limits
        self._analyser = IncrementalAnalyser(options, parser)

    def check_configuration(self) -> None:
        """Load configuration, words, rules and model; AttribError for an error in them."""
        self._analyser.check_configuration(FIRST_NAME)

    def prepare(self) -> None:
        """Analyse a first draft, so that none of a user's has to wait for what is loaded with it."""
        self._analyser.findings(self._analyser.analyse(FIRST, FIRST_NAME))
        # What has been loaded stays for good; looking for garbage in it would take a tenth of the time.
        gc.collect()
        gc.freeze()

    def read(self, data: bytes, name: str) -> tuple[Draft, str]:
        """The draft in a file's bytes, whose format its name tells, and the file's text; AttribError without one."""
        draft, sentences = draft_of(data, name, force=self._options.force)
        self._check_length(draft.text, name)
        return draft, draft.text if sentences is not None else source_of_bytes(data, name)

    def analyse_text(self, text: str, name: str, form: str, is_wanted: IsWanted) -> AnalysedDraft:
        """The analysis of a text in a format; AttribError if it is no draft, SupersededError once it is not wanted."""
        self._check_length(text, name)
        return self._analyser.analyse(text, name, form, is_wanted)

    def analyse_file(self, data: bytes, name: str, is_wanted: IsWanted) -> AnalysedDraft:
        """The analysis of a file's bytes, whose format its name tells; errors as for ``analyse_text``."""
        session = self._analyser.session
        self.read(data, name)
        assert isinstance(session.parser, RememberingParser)
        session.parser.is_wanted = is_wanted
        (outcome,) = session.each([Input(name, data)], itself)
        if not is_wanted():
            raise SupersededError
        if outcome.traceback:
            raise RuntimeError(outcome.error)
        if outcome.error is not None:
            raise AttribError(outcome.error)
        analysed: AnalysedDraft = outcome.made
        return analysed

    def findings(self, analysed: AnalysedDraft) -> FileFindings:
        """What ``attrib lint`` reports of an analysed draft."""
        return self._analyser.findings(analysed)

    def _check_length(self, text: str, name: str) -> None:
        most = self._limits.most_characters
        if len(text) > most:
            raise TooLongError(
                f"{name}: has {len(text):,} characters, and at most {most:,} are read at a time; divide the draft, or "
                "use attrib report"
            )


class TooLongError(AttribError):
    """A draft has more characters than are read at a time."""
