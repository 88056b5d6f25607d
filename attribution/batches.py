"""Divides work into batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

BATCH = 30_000
"""Bytes of drafts that are parsed together: twice what goes through the networks at a time, and soon done."""

Item = TypeVar("Item")


def batches_of(items: Iterable[Item], size_of: Callable[[Item], int], most: int = BATCH) -> Iterator[list[Item]]:
    """The items in their order, divided into batches whose sizes add up to no more than ``most``."""
    batch: list[Item] = []
    size = 0
    for item in items:
        here = size_of(item)
        if batch and size + here > most:
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += here
    if batch:
        yield batch
