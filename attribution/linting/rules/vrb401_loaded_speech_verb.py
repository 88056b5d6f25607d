"""VRB401: “Claimed”, “admitted”, “insisted” or a similar verb introduces what somebody said."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import BENDER, STOVALL
from attribution.linting.context import Context
from attribution.linting.predicates import told_with_verbs_of
from attribution.linting.rewording import SAY, write_verb
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import SourceKind


@Rule(
    id="VRB401",
    name="loaded-speech-verb",
    summary="“Claimed”, “admitted”, “insisted” or a similar verb introduces what somebody said.",
    rationale="“Claimed” casts doubt, “admitted” implies guilt, “insisted” that nobody believes it. “Said” leaves the"
    " judgement to the reader.",
    bad="The nurse claimed she was tired.",
    good="The nurse said she was tired.",
    severity=Severity.INFO,
    guidelines=(BENDER, STOVALL),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    limits="Whether the judgement is justified is for the editor to decide: a defendant may really admit something.",
)
def loaded_speech_verb(context: Context) -> Iterator[Match]:
    for attribution, tree, verb in told_with_verbs_of(context, "loaded-speech"):
        if (
            attribution.negated
            or not attribution.frame.governs_sentence
            or attribution.source.kind is SourceKind.DOCUMENT
        ):
            continue
        if any(tree.tokens[index].upos == "NUM" for index in tree.children(verb.index, "obj")):
            continue
        yield Match(
            verb.span,
            f"“{verb.text}” judges the words of “{context.text(attribution.source.spans)}”",
            "Write “said”, unless the judgement is intended and justified.",
            attribution=attribution.id,
            fixes=write_verb(tree, verb, SAY),
        )
