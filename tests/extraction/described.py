"""What the extraction finds in a parsed draft, in words: the lines of ``expected/*.txt``."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution.extraction.attributions import find_attributions
from attribution.extraction.candidates import Candidate, find_candidates
from attribution.extraction.context import SentenceContext, contexts_of
from attribution.extraction.discourse import Discourse
from attribution.extraction.entities import EntityStore
from attribution.extraction.evidence import evidence_of
from attribution.extraction.evidence.facts import facts_of
from attribution.extraction.features import cue_features
from attribution.extraction.found import Found, content_spans
from attribution.extraction.headlines import add_headlines
from attribution.extraction.hedges import find_hedges
from attribution.extraction.mention import THIRD_PERSON, Mention
from attribution.extraction.quotation_kinds import Judgement, judge_quotations, settle_quotations
from attribution.extraction.quotations import find_quotations
from attribution.extraction.repairs import repair
from attribution.extraction.retagging import mended
from attribution.extraction.roles import find_roles
from attribution.extraction.sieves import agreement, resolve, salience
from attribution.extraction.sources import discourse_of, resolve_sources
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.speakers import with_speakers
from attribution.extraction.turns import add_turns
from attribution.extraction.weights import built_in_weights
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc
from attribution.records import Attribution, Booster, Draft, Hedge, Quotation, Sentence, SourceEntity, joined

LEAST_ODDS = -0.5
"""Log-odds from which a candidate's roles and evidence are told."""


def described(draft: Draft, sentences: Sequence[Sentence]) -> str:
    """Each sentence with its mentions, attributions, quotations and hedges, then the ledger."""
    lexicon = load_lexicon()
    doc = Doc(draft, mended(sentences, lexicon))
    quotations, problems = find_quotations(draft)
    found = find_attributions(doc, quotations, lexicon)
    found = add_headlines(doc, quotations, found, lexicon)
    found = add_turns(doc, quotations, found, lexicon)
    quotations = settle_quotations(doc, quotations, found, lexicon)
    store = resolve(Discourse(doc, quotations, with_speakers(doc, found, lexicon), lexicon))
    attributions, ledger = resolve_sources(discourse_of(doc, quotations, found, lexicon))
    hedges, boosters = find_hedges(doc, lexicon, quotations)
    parts = SpanIndex((part, part) for quotation in quotations for part in quotation.parts)
    contexts = contexts_of(doc, parts)
    judgements = judge_quotations(doc, quotations, lexicon)
    lines = []
    for position, sentence in enumerate(doc.sentences):
        lines.append(" ".join(sentence.text.split()))
        mentions = store.discourse.mentions_in.get(position, ())
        lines += [f"  mention: {mention_line(store, mention)}" for mention in mentions]
        lines += [
            f"  antecedents: {antecedents_line(store, mention)}" for mention in mentions if mention.word in THIRD_PERSON
        ]
        context = contexts[position]
        for candidate in find_candidates(context, lexicon):
            odds = odds_of(context, candidate)
            lines.append(f"  candidate: {candidate_line(context, candidate, odds)}")
            if odds > LEAST_ODDS:
                lines.append(f"  evidence: {evidence_line(context, candidate, odds)}")
        lines += [
            f"  attribution: {attribution_line(draft, attribution)}"
            for attribution in attributions
            if attribution.sentence == sentence.id
        ]
        begun = [quotation for quotation in quotations if sentence.start <= quotation.start < sentence.end]
        lines += [
            f"  quotation: {quotation_line(draft, quotation, judgements.get(quotation.id))}" for quotation in begun
        ]
        lines += [f"  hedge: {hedge_line(draft, hedge)}" for hedge in hedges if hedge.sentence == sentence.id]
        lines += [
            f"  booster: {booster_line(draft, booster)}" for booster in boosters if booster.sentence == sentence.id
        ]
    lines += [f"source: {entry_line(draft, entry)}" for entry in ledger]
    lines += [f"problem: {problem.code} {problem.message}" for problem in problems]
    return "".join(f"{' '.join(line.split()) if not line.startswith(' ') else line}\n" for line in lines)


def line_of(*facts: str | None) -> str:
    """The facts that are told, side by side."""
    return " | ".join(" ".join(fact.split()) for fact in facts if fact)


def mention_line(store: EntityStore, mention: Mention) -> str:
    """A mention, and the entity it stands for by its number, or why for none."""
    entity = store.entity_of.get(mention.number)
    number = None if mention.plural is None else "plural" if mention.plural else "singular"
    name = None if mention.name is None else f"name: {' '.join((*mention.name.titles, '+', *mention.name.words))}"
    flags = ("crowd", mention.crowd), ("heading", mention.heading)
    return line_of(
        store.discourse.words(mention),
        f"{mention.form} {mention.being}",
        number,
        None if mention.gender is None else mention.gender.value,
        mention.kind,
        name,
        mention.office and f"office: {' '.join(mention.office)}",
        mention.determiner,
        None if mention.possessor is None else f"of {store.trees[mention.sentence].tokens[mention.possessor].text}",
        mention.quotation,
        *(flag for flag, holds in flags if holds),
        f"#{entity.number}" if entity is not None else store.reason_of.get(mention.number),
    )


def antecedents_line(store: EntityStore, mention: Mention) -> str:
    """A pronoun, and how much each entity weighs that it may stand for."""
    weights = salience.weigh(store, mention, store.in_view(mention)).weights
    agreeing = ((entity, weight) for entity, weight in weights.items() if agreement.agrees(store, mention, entity))
    return line_of(mention.word, *(f"#{entity.number} {weight:.1f}" for entity, weight in agreeing))


def candidate_line(context: SentenceContext, candidate: Candidate, odds: float) -> str:
    """A possible cue with its log-odds."""
    words = " ".join(context.tokens[index].text for index in candidate.tokens)
    source = None if candidate.source is None else f"source: {context.tokens[candidate.source].text}"
    return line_of(words, candidate.kind, source, f"{odds:.2f}")


def odds_of(context: SentenceContext, candidate: Candidate) -> float:
    """The log-odds of a possible cue by the shipped weights."""
    odds: float = built_in_weights().cue.scores(cue_features(context, candidate, load_lexicon()))[0]
    return odds


def found_of(context: SentenceContext, candidate: Candidate, odds: float) -> Found:
    """A possible cue with its repaired roles, as if it were accepted."""
    lexicon = load_lexicon()
    roles = repair(context, candidate, find_roles(context, candidate, lexicon, built_in_weights().role), lexicon)
    return Found(context, candidate, odds, (), roles, content=content_spans(context, roles))


def evidence_line(context: SentenceContext, candidate: Candidate, odds: float) -> str:
    """The roles around a likely cue, the sign that decides its evidence, and the facts that hold of it."""
    lexicon = load_lexicon()
    found = found_of(context, candidate, odds)
    roles = found.roles
    facts = msgspec.structs.asdict(facts_of(found, lexicon))
    lists = (name for field in ("complements", "lists") for name in sorted(facts[field]))
    return line_of(
        *(
            f"{role}: {' '.join(context.tokens[index].text for index in sorted(words))}"
            for role, words in (("source", roles.source), ("cue", roles.cue), ("content", roles.content))
        ),
        evidence_of(found, lexicon).sign,
        f"{facts['source']} {facts['attitude']}",
        " ".join(lists),
        " ".join(name for name, holds in facts.items() if holds is True),
    )


def attribution_line(draft: Draft, attribution: Attribution) -> str:
    """An attribution: who, by which words, what, and how."""
    source = attribution.source
    flags = ("negated", attribution.negated), ("withheld", attribution.withheld)
    return line_of(
        attribution.id,
        source.text or "-",
        f"[{source.kind}] {' '.join(filter(None, (source.entity, *source.also)))}",
        source.reason,
        source.venue and f"venue: {joined(draft.text, source.venue)}",
        f"{attribution.cue.text} ({attribution.cue.lemma})",
        attribution.content.text or "-",
        f"{attribution.manner} {attribution.attitude} {attribution.tone} {attribution.evidence} {attribution.frame}",
        attribution.parent and f"in {attribution.parent}",
        f"{attribution.probability:.2f}",
        *(flag for flag, holds in flags if holds),
    )


def quotation_line(draft: Draft, quotation: Quotation, judgement: Judgement | None) -> str:
    """A quotation, whose words it is, and what shows that it is speech or none."""
    flags = ("open", not quotation.closed), ("speech", quotation.speech)
    return line_of(
        joined(draft.text, quotation.parts),
        quotation.parent and f"in {quotation.parent}",
        quotation.attribution,
        judgement and f"{judgement.kind}: {' '.join(judgement.evidence)}",
        *(flag for flag, holds in flags if holds),
    )


def hedge_line(draft: Draft, hedge: Hedge) -> str:
    """A hedge, and the words it bears on."""
    return line_of(hedge.text, hedge.category, f"{hedge.strength:.2f}", joined(draft.text, hedge.scope))


def booster_line(draft: Draft, booster: Booster) -> str:
    """A booster, and the words it bears on."""
    return line_of(booster.text, f"{booster.strength:.2f}", joined(draft.text, booster.scope))


def entry_line(draft: Draft, entry: SourceEntity) -> str:
    """An entry of the ledger with the words of its mentions."""
    words = ", ".join(draft.text[span.start : span.end] for span in entry.mentions)
    return line_of(entry.id, entry.name, entry.kind, "named" if entry.named else None, words)
