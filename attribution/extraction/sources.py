"""Sources: who is who over the whole article, and what kind of source each attribution gives its reader.

``speakers`` puts sources right that are no speaker, ``discourse`` and ``sieves`` tell who is meant, ``kinds`` what kind
of source they are, ``descriptions`` what they are called, and ``ledger`` groups them.
"""

from __future__ import annotations

from collections.abc import Sequence

from attribution.extraction.discourse import Discourse
from attribution.extraction.ledger import Ledger
from attribution.extraction.sieves import resolve
from attribution.extraction.speakers import with_speakers
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import Attribution, Quotation, SourceEntity


def resolve_sources(
    doc: Doc,
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
    lexicon: Lexicon,
    own_outlets: Sequence[str] = (),
) -> tuple[tuple[Attribution, ...], tuple[SourceEntity, ...]]:
    """The attributions with kind, ledger entry and reason of their sources filled in, and the ledger.

    Ledger entries are in the order in which they first speak; only who is the source of something has one. A compound
    source of which a part has a name (*Smith and residents*) gives each part its entry: the first in ``entity``, the
    others in ``also``; of which none has (*officials and residents*), one entry for all. Kinds of attributions that
    have no source words are kept. ``own_outlets`` are the names of the paper itself.
    """
    speaking = with_speakers(doc, attributions, lexicon)
    store = resolve(Discourse(doc, quotations, speaking, lexicon))
    return Ledger(store, speaking, own_outlets).filled()
