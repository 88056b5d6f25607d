#!/usr/bin/env python3
"""Measure how many small faults put into the extraction are noticed by the tests that need no model.

    pip install cosmic-ray
    python scripts/mutation_score.py [--seed 1] [--sample 200] [TESTS…]

cosmic-ray (https://cosmic-ray.readthedocs.io) puts the faults, one at a time, into a copy of the checkout: an
off-by-one number, ``and`` for ``or``, a negated condition, a moved bound, a skipped loop, a removed decorator. A seeded
sample is drawn from all possible places. A fault is killed if a test fails or the tests compute for a minute. Survivors
are printed; equivalent mutants, which no input can show, must be subtracted by hand.
"""

from __future__ import annotations

import os
import random
import shlex
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.plugins import get_operator
from cosmic_ray.testing import run_tests
from cosmic_ray.work_item import MutationSpec, TestOutcome
from parso.tree import NodeOrLeaf
from rich.console import Console
from rich.table import Table

CHECKOUT = Path(__file__).resolve().parents[1]
COPIED = ("attribution", "lexicons", "seeds", "tests", "setup.cfg", "pyproject.toml")

MUTATED = "attribution/extraction"

TESTS = ("tests/test_grammar.py", "tests/extraction", "tests/linting/test_linting_articles.py")
"""The tests that reach the extraction, the quick ones first, because each surviving fault runs them all."""

PROCESSOR_SECONDS = 60
"""How long the tests may compute, in processor time, so that a busy machine does not kill a fault."""

MEMORY = 4_000_000
"""Kilobytes that the tests may take; a loop that never ends may fill a list."""

LONGEST_WAIT = 1800.0
"""Seconds after which a run that computes nothing is abandoned."""

COMPARISONS = "Eq_NotEq NotEq_Eq Is_IsNot IsNot_Is Lt_LtE Lt_GtE LtE_Lt LtE_Gt Gt_GtE Gt_LtE GtE_Gt GtE_Lt".split()
BINARY = "Add_Sub Sub_Add Mul_Div Div_Mul BitOr_BitAnd BitAnd_BitOr".split()
OPERATORS = (
    *"NumberReplacer AddNot ReplaceAndWithOr ReplaceOrWithAnd ReplaceTrueWithFalse ReplaceFalseWithTrue".split(),
    *"ReplaceUnaryOperator_Delete_Not ReplaceUnaryOperator_Delete_USub ZeroIterationForLoop RemoveDecorator".split(),
    *"ReplaceBreakWithContinue ReplaceContinueWithBreak ExceptionReplacer".split(),
    *(f"ReplaceComparisonOperator_{swap}" for swap in COMPARISONS),
    *(f"ReplaceBinaryOperator_{swap}" for swap in BINARY),
)
"""The closest replacement of each operator. Others that cosmic-ray has, such as ``<`` for ``is None``, always fail."""


def is_annotation(node: NodeOrLeaf) -> bool:
    """Whether a piece of code is part of a type annotation, which is never evaluated."""
    while node.parent is not None:
        child, node = node, node.parent
        if node.type == "tfpdef" or (node.type == "annassign" and child is node.children[1]):
            return True
        if node.type == "funcdef" and child is node.annotation:
            return True
    return False


def mutations_of(module: Path) -> Iterator[MutationSpec]:
    """All faults that can be put into a module."""
    nodes = list(ast_nodes(get_ast_from_path(module)))
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        places = [(node, *place) for node in nodes for place in operator.mutation_positions(node)]
        for occurrence, (node, start, end) in enumerate(places):
            if not is_annotation(node):
                yield MutationSpec(module, f"core/{name}", occurrence, start, end)


def print_survivor(console: Console, mutation: MutationSpec, diff: str) -> None:
    """Print the place of a fault that no test noticed, and the lines it changes."""
    console.print(f"\n{mutation.module_path}:{mutation.start_pos[0]}", style="bold", highlight=False)
    for line in diff.splitlines()[2:]:
        if line.startswith(("+", "-")):
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def print_scores(console: Console, modules: Sequence[Path], killed: Counter[Path], drawn: Counter[Path]) -> None:
    """Print how many faults were killed, by module and in total."""
    table = Table("module", "killed", "drawn")
    for column in table.columns[1:]:
        column.justify = "right"
    for module in modules:
        table.add_row(str(module), str(killed[module]), str(drawn[module]))
    table.add_section()
    share = killed.total() / drawn.total()
    table.add_row("all", f"{killed.total()} ({share:.1%})", str(drawn.total()))
    console.print(table)


@click.command(help=(__doc__ or "").partition("\n")[0])
@click.argument("tests", nargs=-1)
@click.option("--seed", default=1, show_default=True, help="Which sample is drawn.")
@click.option("--sample", default=200, show_default=True, help="How many faults are drawn.")
def main(tests: tuple[str, ...], seed: int, sample: int) -> None:
    """Draw the faults, test each, and print the survivors and a table by module."""
    run = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not slow", *(tests or TESTS)]
    command = shlex.join(["sh", "-c", f"ulimit -t {PROCESSOR_SECONDS}; ulimit -v {MEMORY}; exec {shlex.join(run)}"])
    console = Console()
    with tempfile.TemporaryDirectory() as copy:
        for name in COPIED:
            source = CHECKOUT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, Path(copy, name))
        os.chdir(copy)
        os.environ.update(PYTHONPATH=copy, OMP_NUM_THREADS="1")
        outcome, output = run_tests(command, LONGEST_WAIT)
        if outcome is not TestOutcome.SURVIVED:
            raise click.ClickException(f"the tests fail before any fault is put in:\n{output}")
        modules = sorted(Path(MUTATED).rglob("*.py"))
        mutations = [mutation for module in modules for mutation in mutations_of(module)]
        chosen = sorted(random.Random(seed).sample(range(len(mutations)), sample))
        killed: Counter[Path] = Counter()
        drawn: Counter[Path] = Counter()
        for mutation in (mutations[number] for number in chosen):
            result = mutate_and_test([mutation], command, LONGEST_WAIT)
            drawn[mutation.module_path] += 1
            if result.test_outcome is TestOutcome.SURVIVED:
                print_survivor(console, mutation, result.diff or "")
            else:
                killed[mutation.module_path] += 1
    print_scores(console, sorted(drawn), killed, drawn)


if __name__ == "__main__":
    main()
