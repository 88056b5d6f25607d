"""Optimal assignment: pairs of rows and columns with the greatest sum of scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

LARGEST = 120
"""Larger groups are paired greedily, best score first, because the exact method takes cubic time."""


def assign(scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Pairs of row and column, each used once, with the greatest sum of scores; sorted.

    Only the pairs in ``scores`` are allowed, and scores are positive. Connected components are solved separately, each
    exactly, by the Hungarian method (Kuhn 1955) with potentials (Jonker and Volgenant 1987).
    """
    by_row: defaultdict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for pair, score in scores.items():
        by_row[pair[0]][pair] = score
    pairs: list[tuple[int, int]] = []
    for rows, columns in _components(scores):
        own = {pair: score for row in sorted(rows) for pair, score in by_row[row].items()}
        if max(len(rows), len(columns)) > LARGEST:
            pairs += _greedy(own)
        else:
            pairs += _exact(sorted(rows), sorted(columns), own)
    return sorted(pairs)


def _components(scores: Mapping[tuple[int, int], float]) -> list[tuple[set[int], set[int]]]:
    columns_of: dict[int, list[int]] = defaultdict(list)
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, column in scores:
        columns_of[row].append(column)
        rows_of[column].append(row)
    found: list[tuple[set[int], set[int]]] = []
    seen: set[int] = set()
    for start in sorted(columns_of):
        if start in seen:
            continue
        rows, columns, waiting = {start}, set[int](), [start]
        while waiting:
            for column in columns_of[waiting.pop()]:
                if column not in columns:
                    columns.add(column)
                    fresh = [row for row in rows_of[column] if row not in rows]
                    rows.update(fresh)
                    waiting += fresh
        seen |= rows
        found.append((rows, columns))
    return found


def _greedy(scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    rows: set[int] = set()
    columns: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for (row, column), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((row, column))
    return pairs


def _exact(rows: list[int], columns: list[int], scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The Hungarian method; a pair that is not allowed costs nothing, like a row without a partner."""
    if len(rows) > len(columns):
        turned = {(column, row): score for (row, column), score in scores.items()}
        return [(row, column) for column, row in _exact(columns, rows, turned)]
    costs = [[-scores.get((row, column), 0.0) for column in columns] for row in rows]
    infinite = float("inf")
    row_potential = [0.0] * (len(rows) + 1)
    column_potential = [0.0] * (len(columns) + 1)
    partner = [0] * (len(columns) + 1)  # the row of each column, from 1; a search starts at column 0
    for row in range(1, len(rows) + 1):
        partner[0] = row
        here = 0
        least = [infinite] * (len(columns) + 1)
        came_from = [0] * (len(columns) + 1)
        used = [False] * (len(columns) + 1)
        while partner[here]:
            used[here] = True
            step, best = infinite, 0
            for column in range(1, len(columns) + 1):
                if used[column]:
                    continue
                cost = costs[partner[here] - 1][column - 1] - row_potential[partner[here]] - column_potential[column]
                if cost < least[column]:
                    least[column], came_from[column] = cost, here
                if least[column] < step:
                    step, best = least[column], column
            for column in range(len(columns) + 1):
                if used[column]:
                    row_potential[partner[column]] += step
                    column_potential[column] -= step
                else:
                    least[column] -= step
            here = best
        while here:
            partner[here] = partner[came_from[here]]
            here = came_from[here]
    found = [
        (rows[partner[column] - 1], columns[column - 1]) for column in range(1, len(columns) + 1) if partner[column]
    ]
    return [pair for pair in found if pair in scores]
