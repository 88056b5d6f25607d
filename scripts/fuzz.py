#!/usr/bin/env python3
"""Read many random drafts and check what must hold of every draft.

    .venv/bin/python scripts/fuzz.py --count 20000 --state build/fuzz.json

Each kind of fault is printed once, with a draft that shows it. With --state, a campaign that was interrupted goes on
where it was. The drafts are made by tests/robustness/random_drafts.py and checked by tests/robustness/draft_checks.py;
the tests read a few dozen of them.
"""

from __future__ import annotations

import sys
import time
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "robustness")]

from draft_checks import check_file  # noqa: E402
from random_drafts import RandomFile, files  # noqa: E402

from attribution.analysis import Analyser  # noqa: E402
from attribution.session.cache import Cache  # noqa: E402

BATCH = 250
"""Drafts generated from one seed."""


class Campaign(msgspec.Struct):
    """What has been read so far, and the faults found, by their kind."""

    batches: int = 0
    drafts: int = 0
    characters: int = 0
    with_outputs: int = 0
    claims: int = 0
    faulty: int = 0
    faults: dict[str, str] = msgspec.field(default_factory=dict)
    slowest: float = 0.0
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.drafts:,} drafts ({self.characters / 1e6:.1f} MB), {self.with_outputs:,} of them with all outputs, "
            f"{self.claims:,} claims, {self.faulty} faults of {len(self.faults)} kinds, slowest {self.slowest:.1f} s, "
            f"{self.seconds:.0f} s in all"
        )


def check(file: RandomFile, campaign: Campaign, analyser: Analyser, store: Cache, *, with_outputs: bool) -> None:
    """Check a draft, and add to the campaign what comes of it."""
    started = time.process_time()
    try:
        campaign.claims += check_file(file, analyser, store, with_outputs=with_outputs)
    except Exception as error:
        campaign.faulty += 1
        note(file, error, campaign.faults)
    campaign.drafts += 1
    campaign.characters += len(file.data)
    campaign.with_outputs += with_outputs
    campaign.slowest = max(campaign.slowest, round(time.process_time() - started, 2))


def note(file: RandomFile, error: Exception, faults: dict[str, str]) -> None:
    """Print a fault that is the first of its kind: an exception from a line of code."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    kind = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"
    if kind not in faults:
        faults[kind] = f"{file!r}\n" + "".join(traceback.format_exception(error))
        click.echo(f"{kind}\n{faults[kind]}", err=True)


def run_batch(campaign: Campaign, seed: int, every: int, count: int, analyser: Analyser, store: Cache) -> None:
    """Check ``count`` drafts generated from a seed."""
    started = time.perf_counter()
    done = campaign.drafts

    @seeded(seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(files())
    def attempt(file: RandomFile) -> None:
        if campaign.drafts < done + count:
            check(file, campaign, analyser, store, with_outputs=campaign.drafts % every == 0)

    attempt()
    campaign.batches += 1
    campaign.seconds += round(time.perf_counter() - started, 1)


@click.command(help=__doc__)
@click.option("--count", default=1000, show_default=True, help="How many drafts.")
@click.option("--seed", default=1, show_default=True, help="The seed of the first batch; the next have the next.")
@click.option("--every", default=4, show_default=True, help="Check all outputs of every so manieth draft.")
@click.option("--state", type=click.Path(path_type=Path), help="A file to go on from, and to keep the counts in.")
def main(count: int, seed: int, every: int, state: Path | None) -> None:
    """Print faults and figures; exit with 1 if there are faults."""
    campaign = Campaign()
    if state is not None and state.exists():
        campaign = msgspec.json.decode(state.read_bytes(), type=Campaign)
    analyser = Analyser(force=True)
    while campaign.drafts < count:
        # A cache of its own for each batch does not fill the disk.
        with TemporaryDirectory() as folder:
            of_batch = min(BATCH, count - campaign.drafts)
            run_batch(campaign, seed + campaign.batches, every, of_batch, analyser, Cache(Path(folder)))
        click.echo(f"batch {campaign.batches}: {campaign}")
        if state is not None:
            state.parent.mkdir(parents=True, exist_ok=True)
            state.write_bytes(msgspec.json.encode(campaign))
    click.echo(campaign)
    sys.exit(1 if campaign.faults else 0)


if __name__ == "__main__":
    main()
