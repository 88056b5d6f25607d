"""The records of an analysis by identifier."""

from __future__ import annotations

from attribution.records import Analysis, Attribution, Booster, Claim, Evidence, Hedge, Sentence, SourceEntity


class Index:
    """Finds the records of one analysis by identifier; stances among the attributions only when wanted."""

    def __init__(self, analysis: Analysis, *, stances: bool = True) -> None:
        self.analysis = analysis
        self.sentences: dict[str, Sentence] = {sentence.id: sentence for sentence in analysis.sentences}
        self.attributions: dict[str, Attribution] = {
            attribution.id: attribution
            for attribution in analysis.attributions
            if stances or attribution.evidence is not Evidence.STANCE
        }
        self.entities: dict[str, SourceEntity] = {entity.id: entity for entity in analysis.sources}
        self.hedges: dict[str, Hedge] = {hedge.id: hedge for hedge in analysis.hedges}
        self.boosters: dict[str, Booster] = {booster.id: booster for booster in analysis.boosters}
        self.claims: dict[str, Claim] = {claim.id: claim for claim in analysis.claims}
