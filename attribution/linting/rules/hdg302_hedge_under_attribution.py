"""HDG302: “Allegedly” or “reportedly” hedges what is already attributed."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_ALLEGEDLY, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates.claims import claim_id_at
from attribution.linting.predicates.cues import reports
from attribution.linting.predicates.hedges import hearsay_adverbs
from attribution.linting.rewording import drop_word
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Attribution, Hedge

ASIDE = ("acl", "advcl", "csubj")
"""Relations of clauses inside what is stated that only mention something."""


@Rule(
    id="HDG302",
    name="hedge-under-attribution",
    summary="“Allegedly” or “reportedly” hedges what is already attributed.",
    rationale="The attribution already tells the reader that this is somebody's word. A hedge inside it leaves open"
    " whether the source or the writer is unsure.",
    bad="Police said he allegedly ran.",
    good="Police said he ran.",
    severity=Severity.WARNING,
    guidelines=(AP_ALLEGEDLY, WORDS_TO_WATCH),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
)
def hedge_under_attribution(context: Context) -> Iterator[Match]:
    for hedge in hearsay_adverbs(context):
        span = hedge.spans[0]
        over = [other for other in context.attributions_over(span) if _tells(context, other, hedge)]
        if over:
            source = context.text(over[-1].source.spans)
            yield Match(
                span,
                f"“{hedge.text}” hedges what is already attributed to “{source}”",
                f"Drop “{hedge.text}”; if it is somebody else’s claim, say whose.",
                claim=claim_id_at(context, span),
                attribution=over[-1].id,
                fixes=drop_word(context.draft.text, span),
            )


def _tells(context: Context, attribution: Attribution, hedge: Hedge) -> bool:
    """Whether the source states what the hedge weakens, rather than something that only mentions it.

    *Asked them to find the men who allegedly …* and *denied reports of a raid, which allegedly …* do not state it.
    """
    sentence = context.sentence(attribution.sentence)
    tree, cue = context.tree(sentence), context.head(sentence, attribution.cue.spans)
    word = context.head(sentence, hedge.spans)
    if cue is None or not attribution.source.spans or not reports(attribution):
        return False
    if word is None:
        return True  # the content is in another sentence
    content = set(tree.words_in(attribution.content.spans))
    above = [index for index in tree.ancestors(word.index) if index in content]
    if any(tree.matches(index, *ASIDE) and tree.head(index) in content for index in above):
        return False
    return word.index in tree.subtree(cue.index) or not tree.matches(cue.index, "acl")
