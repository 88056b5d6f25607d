"""Measures hedge detection on sentences with annotated uncertainty cues, beside a plain look-up of the same words.

The file has one sentence a line: ``{"doc": …, "id": …, "text": …, "cues": [[start, end, type]]}``, with the types of
the Szeged Uncertainty Corpus (Szarvas, Vincze, Farkas, Móra and Gurevych 2012, Computational Linguistics 38(2)).

How it counts:

* A hedge finds a cue if their spans share a character; each hedge finds at most one cue, and each cue is found once.
* The hedging figure is over modal and doxastic cues and our modals, epistemic words, belief words and agentless
  passives. Hearsay words (*reportedly*) that find a cue are hits; those that find none are not errors, because the
  corpus marks evidentials only occasionally. The strict line counts them as errors.
* A hedge on a condition or investigation cue is neither a hit nor an error in the hedging figure: the corpus agrees
  that the words are uncertain, under another type. Our conditionals are scored against condition cues, on a line of
  their own; we have no category for investigation, so that line only shows which of its cues any hedge finds.
* What the corpus marks and we do not call a hedge (*is considered*, the content of beliefs, conditions on what could
  merely happen) counts as missed.
* Approximators are left out: the corpus does not mark vague numbers.
* Folds are by document: the n-th document in order of first appearance is in fold n modulo the number of folds. The
  rules were written on folds 0 to 3 of 5, so fold 4 is the figure to quote.

Sentences are parsed once; the parses are stored in the cache folder, under the file's and the parser's name.

    python scripts/score_hedges.py wiki.jsonl --fold 4
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from attribution.extraction.hedges import find_hedges
from attribution.extraction.retagging import mended
from attribution.lexicon import HedgeEntry, Lexicon, load_lexicon
from attribution.parsing import Doc, load_parser
from attribution.records import Block, BlockKind, Draft, HedgeCategory, Sentence, Span

HEDGING_TYPES = ("speculation_modal_probable", "speculation_hypo_doxastic")
CONDITION_TYPE = "speculation_hypo_condition"
INVESTIGATION_TYPE = "speculation_hypo_investigation"
HEDGING = (HedgeCategory.MODAL, HedgeCategory.EPISTEMIC, HedgeCategory.BELIEF, HedgeCategory.AGENTLESS_PASSIVE)
BATCH = 2000


class Annotated(msgspec.Struct, frozen=True):
    """A sentence with its annotated cues: start, end, type."""

    doc: str
    id: str
    text: str
    cues: tuple[tuple[int, int, str], ...]


class Found(msgspec.Struct, frozen=True):
    """A hedge as it is scored: its place and its category."""

    spans: tuple[Span, ...]
    category: HedgeCategory


class Counts(msgspec.Struct):
    """Hits, errors and misses."""

    hits: int = 0
    errors: int = 0
    misses: int = 0

    def line(self) -> str:
        """Precision, recall, F1 in percent, and the counts."""
        precision = 100 * self.hits / max(1, self.hits + self.errors)
        recall = 100 * self.hits / max(1, self.hits + self.misses)
        score = 200 * self.hits / max(1, 2 * self.hits + self.errors + self.misses)
        return f"{precision:6.1f} {recall:6.1f} {score:6.1f}   {self.hits:5d} {self.errors:5d} {self.misses:5d}"


class Tally(msgspec.Struct):
    """All counts for a system."""

    hedging: Counts = msgspec.field(default_factory=Counts)
    strict: Counts = msgspec.field(default_factory=Counts)
    condition: Counts = msgspec.field(default_factory=Counts)
    investigation: Counts = msgspec.field(default_factory=Counts)
    by_category: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)


def main() -> None:
    """Read the arguments, parse or load the parses, and print the table."""
    arguments = argparse.ArgumentParser(description="Measure hedge detection on annotated uncertainty cues.")
    arguments.add_argument("sentences", type=Path, help="JSON lines with doc, id, text and cues")
    arguments.add_argument("--folds", type=int, default=5, help="number of folds (5)")
    arguments.add_argument("--fold", type=int, action="append", help="fold to score; may be repeated (default: all)")
    arguments.add_argument("--model", help="model folder, or 'default'; otherwise the embedded model")
    arguments.add_argument(
        "--cache", type=Path, default=default_cache(), help="folder for the parses, outside the project"
    )
    options = arguments.parse_args()
    wanted = set(options.fold if options.fold is not None else range(options.folds))
    annotated = read_annotated(options.sentences)
    parses = parse_all(annotated, options.sentences, options.model, options.cache)
    fold_of = folds(annotated, options.folds)
    lexicon = load_lexicon()
    ours, baseline = Tally(), Tally()
    for sentence, sentences in zip(annotated, parses, strict=True):
        if fold_of[sentence.doc] in wanted:
            hedges, _ = find_hedges(Doc(draft_of(sentence.text), mended(sentences, lexicon)), lexicon)
            score(sentence, [Found(hedge.spans, hedge.category) for hedge in hedges], ours)
            score(sentence, look_up(sentences, lexicon), baseline)
    print(f"{options.sentences.name}, fold {', '.join(map(str, sorted(wanted)))} of {options.folds}")
    print_table({"attrib": ours, "look-up": baseline})


def default_cache() -> Path:
    """The user's cache folder for the project."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "attrib"


def read_annotated(path: Path) -> list[Annotated]:
    """The annotated sentences of a file."""
    with path.open("rb") as lines:
        return [msgspec.json.decode(line, type=Annotated) for line in lines if line.strip()]


def folds(annotated: Iterable[Annotated], count: int) -> dict[str, int]:
    """The fold of each document."""
    numbers: dict[str, int] = {}
    for sentence in annotated:
        numbers.setdefault(sentence.doc, len(numbers))
    return {doc: number % count for doc, number in numbers.items()}


def draft_of(text: str) -> Draft:
    """A draft of one paragraph."""
    return Draft(text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))


def parse_all(annotated: Sequence[Annotated], path: Path, model: str | None, cache: Path) -> list[tuple[Sentence, ...]]:
    """The parses, from the cache if the file, the model and the project's parser are those of an earlier run."""
    parser = load_parser(model)
    name = hashlib.sha256(path.read_bytes() + parser.name.encode()).hexdigest()[:16]
    kept = cache / f"hedges-{name}.msgpack"
    if kept.is_file():
        return msgspec.msgpack.decode(kept.read_bytes(), type=list[tuple[Sentence, ...]])
    parses: list[tuple[Sentence, ...]] = []
    for start in range(0, len(annotated), BATCH):
        parses += parser.parse([draft_of(sentence.text) for sentence in annotated[start : start + BATCH]])
        print(f"parsed {len(parses)} of {len(annotated)} sentences", file=sys.stderr)
    cache.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(msgspec.msgpack.encode(parses))
    return parses


def look_up(sentences: Sequence[Sentence], lexicon: Lexicon) -> list[Found]:
    """Every place where the words of an entry occur, as forms or lemmas, longest first; no grammar."""
    found: list[Found] = []
    for sentence in sentences:
        words = [{token.text.lower().replace("’", "'"), token.lemma.lower()} for token in sentence.tokens]
        start = 0
        while start < len(words):
            entry = longest_at(words, start, lexicon)
            if entry is None:
                start += 1
                continue
            end = start + len(entry.words.split())
            span = Span(sentence.tokens[start].start, sentence.tokens[end - 1].end)
            found.append(Found((span,), entry.category))
            start = end
    return found


def longest_at(words: Sequence[set[str]], start: int, lexicon: Lexicon) -> HedgeEntry | None:
    """The longest entry whose words occur here."""
    entries = [entry for word in sorted(words[start]) for entry in lexicon.hedges_of(word)]
    for entry in sorted(entries, key=lambda entry: -len(entry.words.split())):
        row = entry.words.split()
        if start + len(row) <= len(words) and all(word in words[start + i] for i, word in enumerate(row)):
            return entry
    return None


def score(sentence: Annotated, found: Sequence[Found], tally: Tally) -> None:
    """Count one sentence's hits, errors and misses."""
    hedging = [cue for cue in sentence.cues if cue[2] in HEDGING_TYPES]
    condition = [cue for cue in sentence.cues if cue[2] == CONDITION_TYPE]
    investigation = [cue for cue in sentence.cues if cue[2] == INVESTIGATION_TYPE]
    ours = [hedge for hedge in found if hedge.category in HEDGING or hedge.category is HedgeCategory.HEARSAY]
    pairs = pair(ours, hedging)
    for index, hedge in enumerate(ours):
        elsewhere = any(shares(hedge, cue) for cue in [*condition, *investigation])
        outcome = "hit" if index in pairs else "other type" if elsewhere else "error"
        tally.by_category[hedge.category, outcome] += 1
        if outcome == "error":
            tally.strict.errors += 1
            tally.hedging.errors += hedge.category is not HedgeCategory.HEARSAY
    for counts in (tally.hedging, tally.strict):
        counts.hits += len(pairs)
        counts.misses += len(hedging) - len(pairs)
    conditionals = [hedge for hedge in found if hedge.category is HedgeCategory.CONDITIONAL]
    conditional_hits = len(pair(conditionals, condition))
    tally.condition.hits += conditional_hits
    tally.condition.errors += len(conditionals) - conditional_hits
    tally.condition.misses += len(condition) - conditional_hits
    touched = sum(any(shares(hedge, cue) for hedge in found) for cue in investigation)
    tally.investigation.hits += touched
    tally.investigation.misses += len(investigation) - touched


def pair(found: Sequence[Found], cues: Sequence[tuple[int, int, str]]) -> dict[int, int]:
    """Which hedge finds which cue, in text order, each once."""
    pairs: dict[int, int] = {}
    for index, hedge in enumerate(found):
        for number, cue in enumerate(cues):
            if number not in pairs.values() and shares(hedge, cue):
                pairs[index] = number
                break
    return pairs


def shares(hedge: Found, cue: tuple[int, int, str]) -> bool:
    """Whether hedge and cue have a character in common."""
    return any(span.overlaps(Span(cue[0], cue[1])) for span in hedge.spans)


def print_table(tallies: dict[str, Tally]) -> None:
    """The systems' figures, one line per measure."""
    print(f"{'':44} {'P':>6} {'R':>6} {'F1':>6}   {'hits':>5} {'error':>5} {'miss':>5}")
    measures = {
        "modal and doxastic (hearsay no error)": "hedging",
        "modal and doxastic, hearsay strict": "strict",
        "condition": "condition",
    }
    for label, field in measures.items():
        for system, tally in tallies.items():
            print(f"{label:36}{system:>8} {getattr(tally, field).line()}")
    for system, tally in tallies.items():
        counts = tally.investigation
        recall = 100 * counts.hits / max(1, counts.hits + counts.misses)
        print(f"{'investigation (recall only)':36}{system:>8} {'':6} {recall:6.1f}")
    print("\nattrib by category" + " " * 18 + "     hit  other type   error")
    for category in (*HEDGING, HedgeCategory.HEARSAY):
        counted = tallies["attrib"].by_category
        row = [counted[category, outcome] for outcome in ("hit", "other type", "error")]
        print(f"{category:36}{row[0]:8d}{row[1]:12d}{row[2]:8d}")


if __name__ == "__main__":
    main()
