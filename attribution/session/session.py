"""A session: one configuration, set of words, model, cache and pool of processes for all drafts of a run."""

from __future__ import annotations

import contextlib
import os
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from attribution.batches import BATCH, batches_of
from attribution.ingest.files import bytes_of
from attribution.lexicon import Lexicon, load_lexicon
from attribution.linting.baseline import Baseline
from attribution.linting.configuration import Configuration, FailOn, Names, fits
from attribution.linting.rule import Rule, Severity
from attribution.records import Analysis, AttribError, Draft, Sentence
from attribution.resources import cache_folder
from attribution.scoring import check_marks
from attribution.session.cache import Cache, fingerprint
from attribution.session.configuration import ConfigurationFiles, folder_of, place_of_rules
from attribution.session.findings import DraftFindings, Files, findings_in
from attribution.session.inputs import Found, Input, draft_of, find, source_of, told_left_out
from attribution.session.options import AUTO, STDIN, Options
from attribution.session.processes import NO_MEMORY, WORTHWHILE, in_order, processes_for
from attribution.session.work import AnalysedDraft, Outcome, Work

if TYPE_CHECKING:
    from attribution.analysis import Analyser
    from attribution.parsing import Parser

Maker = Callable[["Session", AnalysedDraft], Any]


class Reading(NamedTuple):
    """What of a configuration affects an analysis: folders of words, the paper's own names, marks not to read."""

    lexicons: Names
    own_outlets: Names
    ignored_marks: Names


class Session:
    """Reads, analyses and checks drafts; loads words, model and configuration once, when they are first needed.

    It may be kept for the life of a process, and used by one thread at a time. Files of configuration and suppressions
    are read once.
    """

    def __init__(self, options: Options | None = None, parser: Parser | None = None) -> None:
        """``parser`` replaces the model; AttribError if one of the ``ignored_marks`` is no mark of exposure."""
        self.options = options or Options()
        self._parser = parser
        self._configurations = ConfigurationFiles()
        self._in_force: dict[Path, Configuration] = {}
        self._files = Files()
        self._analysers: dict[Reading, Analyser] = {}
        self._caches: dict[Reading, Cache | None] = {}
        check_marks(self.options.ignored_marks)

    def renewed(self, options: Options | None = None) -> Session:
        """A session with the same model, and options unless given, which reads configuration, words and rules again."""
        _lexicon_of.cache_clear()
        return Session(options or self.options, self._parser)

    # ------------------------------------------------------------------------------------------------- configuration

    def configuration(self, path: str) -> Configuration:
        """The configuration in force for a draft: that of the files, overridden by the options.

        Raises AttribError for a configuration file with an error in it.
        """
        folder = Path(self.name_of(path)).absolute().parent
        if folder not in self._in_force:
            if self.options.config is not None:
                found = self._configurations.named(Path(self.options.config))
            elif self.options.isolated:
                found = Configuration()
            else:
                found = self._configurations.nearest(folder)
            self._in_force[folder] = _overridden(found, self.options)
        return self._in_force[folder]

    def known_rules(self, configuration: Configuration) -> tuple[Rule, ...]:
        """The rules that there are under a configuration: the built-in ones, and the newsroom's own after them."""
        return self._configurations.known_rules(configuration.rules, configuration.lexicons)

    def name_of(self, path: str) -> str:
        """The name by which a draft goes: that of ``stdin_filename`` for standard input."""
        return self.options.stdin_filename if path == STDIN else path

    def relative(self, path: str) -> str:
        """A draft's path as the globs of its configuration see it."""
        place = Path(self.name_of(path)).absolute()
        return Path(os.path.relpath(place, folder_of(self.configuration(path)))).as_posix()

    def find(self, names: Sequence[str]) -> Found:
        """The drafts that files and folders name, without those in folders that the configuration excludes."""
        return find(names, self.is_excluded, force_exclude=self.options.force_exclude)

    def is_excluded(self, path: str) -> bool:
        """Whether the configuration excludes a draft, unless somebody names it."""
        globs = self.configuration(path).exclude
        return any(fits(glob, self.relative(path)) for glob in globs)

    # ------------------------------------------------------------------------------------------------------ analyses

    def analyse(self, path: str | Path, data: bytes | None = None) -> AnalysedDraft:
        """The draft in a file, or in ``data`` under that name, analysed.

        Raises AttribError if it cannot be read, or if words or model are missing.
        """
        (outcome,) = self.each([Input(str(path), data)], itself)
        if outcome.error is not None:
            raise AttribError(outcome.error)
        analysed: AnalysedDraft = outcome.made
        return analysed

    def findings(self, analysed: AnalysedDraft, *, beside_baseline: bool = True) -> DraftFindings:
        """What lint finds in a draft under its configuration: its rules, severities, suppressions and baseline.

        With ``beside_baseline``, findings in the configured baseline count as suppressed.
        """
        path = analysed.analysis.draft.path
        place = Path(path).absolute()
        known = self.known_rules(analysed.configuration)
        return findings_in(analysed, self.relative(path), place, self._files, known, beside_baseline=beside_baseline)

    def baseline(self, name: str) -> Baseline:
        """The baseline in a file; AttribError if there is none."""
        return self._files.baseline(name)

    def each(self, inputs: Sequence[Input], make: Maker) -> Iterator[Outcome]:
        """The outcome of ``make`` on the analysis of each draft, in the order of the drafts.

        ``make`` may run in another process, so it must be a module's function with results that can be pickled.
        Unchanged drafts come from the cache. Raises AttribError if words or model are missing, without which no draft
        can be read, and for an error in a configuration.
        """
        most = 0 if self.options.one_by_one else BATCH
        works = (self._work(given) for given in inputs)
        batches = batches_of(works, lambda work: work.size if work.is_waiting else 0, most)
        processes = self._processes_for(inputs)
        if processes == 1:
            for batch in batches:
                analysed = iter(self._analysed([work for work in batch if work.is_waiting]))
                for work in batch:
                    yield self._outcome(work, next(analysed) if work.is_waiting else None, make)
            return
        tasks = ((batch, self._task(batch, make)) for batch in batches)
        for batch, outcomes in in_order(tasks, outcomes_elsewhere, processes):
            waiting = iter(outcomes or ())
            for work in batch:
                yield next(waiting) if work.is_waiting else self._outcome(work, None, make)

    def _processes_for(self, inputs: Sequence[Input]) -> int:
        """How many processes to use; drafts in the cache are too little work to start any."""
        jobs = self.options.jobs
        if jobs == 1 or (jobs == AUTO and len(inputs) < WORTHWHILE):
            return 1
        enough = WORTHWHILE if jobs == AUTO else jobs
        waiting = (given for given in inputs if self._work(given).is_waiting)
        return processes_for(jobs, sum(1 for _ in islice(waiting, enough)))

    def _work(self, given: Input) -> Work:
        work = Work(given, self.name_of(given.path))
        if given.draft is None:
            try:
                work.data = bytes_of(Path(given.path)) if given.data is None else given.data
            except AttribError as error:
                work.error = str(error)
                return work
        work.configuration = self.configuration(given.path)
        store = self._cache_for(work)
        work.is_cached = store is not None and work.content in store
        return work

    def _task(self, batch: Sequence[Work], make: Maker) -> tuple[Any, ...] | None:
        waiting = [work.given() for work in batch if work.is_waiting]
        # A process that reads drafts starts none itself.
        return (replace(self.options, jobs=1), waiting, make) if waiting else None

    def _analysed(self, works: Sequence[Work]) -> list[AnalysedDraft | Outcome]:
        """The analysis of each work, or an outcome that says why there is none; the parser reads them together."""
        read = [self._read(work) for work in works]
        drafts = [draft for draft, sentences in read if isinstance(draft, Draft) and sentences is None]
        parsed = iter(self._parsed(drafts))
        found: list[AnalysedDraft | Outcome] = []
        for work, (draft, sentences) in zip(works, read, strict=True):
            if isinstance(draft, str):
                found.append(Outcome(error=draft))
            elif sentences is None:
                found.append(self._analysis(work, draft, next(parsed), self.parser.name))
            else:
                found.append(self._analysis(work, draft, sentences, work.shown))
        return found

    def _read(self, work: Work) -> tuple[Draft | str, tuple[Sentence, ...] | None]:
        """A draft, with its sentences if its file holds their parse; or why it cannot be read."""
        if work.input.draft is not None:
            return work.input.draft, None
        try:
            draft, sentences = draft_of(
                work.data, work.name, force=self.options.force, whole_page=self.options.whole_page
            )
        except AttribError as error:
            return str(error), None
        return msgspec.structs.replace(draft, path=work.shown), sentences

    def _parsed(self, drafts: Sequence[Draft]) -> Sequence[Sequence[Sentence] | None]:
        """The sentences of each draft; None for all of them if a fault prevents parsing them together."""
        if not drafts:
            return ()
        parser = self.parser
        if len(drafts) == 1:
            return (None,)
        try:
            return parser.parse(drafts)
        except AttribError:
            raise
        except Exception:
            return [None] * len(drafts)

    def _analysis(
        self, work: Work, draft: Draft, sentences: Sequence[Sentence] | None, model: str
    ) -> AnalysedDraft | Outcome:
        """The analysis of a draft, which is parsed now if it has not been; ``model`` names what has parsed it."""
        analyser = self.analyser(work.configuration)
        started = time.perf_counter()
        try:
            if sentences is None:
                (sentences,) = self.parser.parse([draft])
            analysis = analyser.analyse_parsed(draft, sentences, model)
        except AttribError as error:
            return Outcome(error=str(error))
        except Exception as error:
            return _fault(draft.path, error)
        seconds = time.perf_counter() - started
        store = self._cache_for(work)
        if store is not None:
            store.keep(*work.content, analysis)
        return self._with_words(work, analysis, f"read by {analysis.model} in {seconds:.1f} s")

    def _outcome(self, work: Work, analysed: AnalysedDraft | Outcome | None, make: Maker) -> Outcome:
        """The outcome for a work; what has no analysis yet has one in the cache."""
        if work.error is not None:
            return Outcome(error=work.error)
        if analysed is None:
            store = self._cache_for(work)
            analysis = None if store is None else store.load(*work.content, work.shown)
            if analysis is None:
                (analysed,) = self._analysed([work])
            else:
                analysed = self._with_words(work, analysis, "from the cache")
        if isinstance(analysed, Outcome):
            return analysed
        try:
            made = make(self, analysed)
        except AttribError:
            raise
        except Exception as error:
            return _fault(analysed.analysis.draft.path, error)
        draft = analysed.analysis.draft
        return Outcome(made, None, draft.notices, analysed.origin, left_out=told_left_out(draft))

    def _with_words(self, work: Work, analysis: Analysis, origin: str) -> AnalysedDraft:
        draft = analysis.draft
        source = draft.text if work.input.draft is not None else source_of(work.data, work.name, draft)
        lexicon = _lexicon_of(reading_of(work.configuration).lexicons)
        return AnalysedDraft(analysis, work.configuration, lexicon, source, origin)

    # ------------------------------------------------------------------------------------------- words, model, cache

    @property
    def parser(self) -> Parser:
        """The parser; raises AttribError if its model is missing or broken."""
        if self._parser is None:
            from attribution.parsing import load_parser

            self._parser = load_parser(self.options.model)
        return self._parser

    def analyser(self, configuration: Configuration) -> Analyser:
        """The words and weights by which parsed drafts of a configuration are analysed."""
        from attribution.analysis import Analyser

        reading = reading_of(configuration)
        if reading not in self._analysers:
            folders = [Path(folder) for folder in reading.lexicons]
            self._analysers[reading] = Analyser(
                self.options.model, folders, reading.own_outlets, self._parser, reading.ignored_marks
            )
        return self._analysers[reading]

    def _cache_for(self, work: Work) -> Cache | None:
        """The cache that may hold a work's analysis; None without one, and for drafts that come with their parse."""
        if not self.options.caching or work.is_parsed:
            return None
        reading = reading_of(work.configuration)
        if reading not in self._caches:
            self._caches[reading] = None
            with contextlib.suppress(RuntimeError):  # a user without a home
                self._caches[reading] = Cache(
                    cache_folder(),
                    self.options.model,
                    *reading,
                    forced=self.options.force,
                    whole_page=self.options.whole_page,
                )
        return self._caches[reading]


def itself(session: Session, analysed: AnalysedDraft) -> AnalysedDraft:
    """The analysed draft itself, for callers that need all of it."""
    return analysed


@cache
def session_here(options: Options) -> Session:
    """The session of this process with these options, which is kept for further work."""
    return Session(options)


def fingerprint_of(options: Options) -> str:
    """A hash of what affects the analyses of an isolated session besides the drafts: version, code, words and model."""
    return fingerprint(
        options.model,
        [Path(folder) for folder in options.lexicons],
        options.own_outlets,
        options.ignored_marks,
        options.force,
        options.whole_page,
    )


def outcomes_elsewhere(options: Options, inputs: Sequence[Input], make: Maker) -> list[Outcome]:
    """The outcomes of ``Session.each``, in a process of ``--jobs``, which keeps its session."""
    return list(session_here(options).each(inputs, make))


@cache
def _lexicon_of(folders: Names) -> Lexicon:
    return load_lexicon([Path(folder) for folder in folders])


def reading_of(configuration: Configuration) -> Reading:
    """What of a configuration affects an analysis."""
    return Reading(configuration.lexicons, configuration.own_outlets, configuration.ignore_marks)


def _overridden(found: Configuration, options: Options) -> Configuration:
    """A configuration with the options over it, and its paths relative to the working folder."""
    rules = options.rules
    changes: dict[str, Any] = {
        "extend_select": (*found.extend_select, *rules.extend_select),
        "ignore": (*found.ignore, *rules.ignore),
        "thresholds": {**found.thresholds, **dict(rules.thresholds)},
        "own_outlets": (*found.own_outlets, *options.own_outlets),
        "ignore_marks": (*found.ignore_marks, *options.ignored_marks),
        "lexicons": (*(str(folder_of(found) / folder) for folder in found.lexicons), *options.lexicons),
        "rules": (
            *(place_of_rules(name, folder_of(found)) for name in found.rules),
            *(place_of_rules(name, Path.cwd()) for name in options.own_rules),
        ),
    }
    if rules.select is not None:
        changes["select"] = rules.select
    if rules.preview is not None:
        changes["preview"] = rules.preview
    if rules.severity is not None:
        changes["severity"] = Severity(rules.severity)
    if rules.fail_on is not None:
        changes["fail_on"] = FailOn(rules.fail_on)
    if rules.baseline is not None:
        changes["baseline"] = str(Path(rules.baseline).absolute())
    elif found.baseline:
        changes["baseline"] = str(folder_of(found) / found.baseline)
    return msgspec.structs.replace(found, **changes)


def _fault(path: str, error: Exception) -> Outcome:
    """The outcome for a draft that triggered a fault in attrib; it must not lose the results of the others."""
    if isinstance(error, MemoryError):
        return Outcome(error=f"{path}: {NO_MEMORY}")
    message = (
        f"{path}: internal error ({type(error).__name__}: {error}); "
        "run again with --verbose and report the output as a bug"
    )
    return Outcome(error=message, traceback=traceback.format_exc())
