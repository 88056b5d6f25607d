"""The records of an analysis by identifier."""

from __future__ import annotations

from attribution.records import VOUCHING, Analysis, Attribution, Booster, Claim, Hedge, Sentence, SourceEntity


class Index:
    """Finds the records of one analysis by identifier; on request only attributions that vouch for claims."""

    def __init__(self, analysis: Analysis, *, vouching_only: bool = False) -> None:
        self.analysis = analysis
        self.sentences: dict[str, Sentence] = {sentence.id: sentence for sentence in analysis.sentences}
        self.attributions: dict[str, Attribution] = {
            attribution.id: attribution
            for attribution in analysis.attributions
            if attribution.evidence in VOUCHING or not vouching_only
        }
        self.entities: dict[str, SourceEntity] = {entity.id: entity for entity in analysis.sources}
        self.hedges: dict[str, Hedge] = {hedge.id: hedge for hedge in analysis.hedges}
        self.boosters: dict[str, Booster] = {booster.id: booster for booster in analysis.boosters}
        self.claims: dict[str, Claim] = {claim.id: claim for claim in analysis.claims}
