"""Sources: coreference over the whole article, and the kind of each attribution's source.

``speakers`` repairs sources that are not speakers, ``discourse`` and ``sieves`` resolve coreference, ``kinds``
classifies sources, ``descriptions`` labels them, and ``ledger`` groups them.
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


def discourse_of(
    doc: Doc, quotations: Sequence[Quotation], attributions: Sequence[Attribution], lexicon: Lexicon
) -> Discourse:
    """The draft as coreference reads it: with its mentions, and attributions whose sources can speak."""
    return Discourse(doc, quotations, with_speakers(doc, attributions, lexicon), lexicon)


def resolve_sources(
    discourse: Discourse, own_outlets: Sequence[str] = ()
) -> tuple[tuple[Attribution, ...], tuple[SourceEntity, ...]]:
    """The discourse's attributions with kind, ledger entry and reason of their sources filled in, and the ledger.

    Ledger entries are in the order in which they first speak; only sources have one. Each part of a compound source
    with a name (*Smith and residents*) gets its own entry: the first in ``entity``, the others in ``also``; without a
    name (*officials and residents*) they share an entry. Attributions without source words keep their kind.
    ``own_outlets`` are the names of the paper itself.
    """
    return Ledger(resolve(discourse), discourse.attributions, own_outlets).filled()
