"""The named features of the cue model: is this word a cue?

A feature is a string that states a fact about the tree (``lemma=say``, ``dependent=ccomp:that``,
``lemma+subject=show:document``). The weights file lists the same strings.
"""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.frames import SILENT_RELATIONS, entries_of, frames_of, source_kind
from attribution.lexicon import CueAdjective, CueNoun, CueVerb, Lexicon

SIGNATURE_LENGTH = 12
"""Most tokens before a cue that may be the signature of the quotation before its sentence."""


QUOTATION_MARKS = frozenset({'"', "“", "”", "``", "''"})


OPENING_MARKS = frozenset({'"', "“", "``", "‘", "'", "«"})


def unquoted(features: list[str]) -> list[str]:
    """A candidate's features without ``quoted``, which is not informative inside the words of a known speaker."""
    return ["quoted=False" if feature == "quoted=True" else feature for feature in features]


def cue_features(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> list[str]:
    """The facts for or against a candidate."""
    if candidate.kind is CandidateKind.PHRASE:
        return _phrase_features(context, candidate)
    if candidate.kind is CandidateKind.COLON:
        return _colon_features(context, candidate, lexicon)
    tree, index = context.tree, candidate.head
    token = context.tokens[index]
    entries = entries_of(context, candidate, lexicon)
    kind = candidate.kind.value
    lemma = f"{entries[0].lemma if entries else context.lemma(index)}/{kind}"
    relation = token.relation
    features = [
        f"kind={kind}",
        f"lemma={lemma}",
        f"tag={token.xpos}",
        f"relation={relation}",
        f"kind+relation={kind}/{relation}",
    ]
    features += _entry_features(context, candidate, entries)
    features += _subject_features(context, index, lemma, lexicon)
    features += _attitude_features(context, index, str(entries[0].attitude) if entries else "none", lexicon)
    features.append(f"quoted={context.in_quotation[index]}")
    if context.has_quotation and not context.in_quotation[index]:
        features += ["beside-quotation", f"lemma+beside-quotation={lemma}"]
    if context.after_speech and index < SIGNATURE_LENGTH:
        features += ["after-speech", f"lemma+after-speech={lemma}"]
    if context.before_speech:
        ending = context.tokens[-1].text
        features += [f"before-speech={ending}", f"lemma+before-speech={lemma}:{ending}"]
    dependents = _dependent_features(context, index, lemma, features)
    features += [f"dependent={dependent}" for dependent in dependents]
    features += [f"lemma+dependent={lemma}:{dependent}" for dependent in dependents]
    if not any(dependent.startswith(("ccomp", "xcomp")) for dependent in dependents):
        features += ["no-clause", f"lemma+no-clause={lemma}"]
    if not dependents:
        features += ["no-dependents", f"lemma+no-dependents={lemma}"]
    for auxiliary in tree.children(index, "aux"):
        features.append(f"auxiliary={context.lemma(auxiliary)}")
    marks = tree.children(index, "mark")
    if marks:
        features += [f"mark={context.lemma(marks[0])}", f"lemma+mark={lemma}"]
    if tree.has_child(index, "cop"):
        features.append("copula")
    head = tree.head(index)
    if head is not None:
        head_lemma = context.word(head)
        features += [
            f"head={head_lemma}",
            f"head-tag={context.tokens[head].upos}",
            f"relation+head={relation}:{head_lemma}",
        ]
        if relation in {"parataxis", "ccomp", "advcl", "conj"}:
            side = "before" if head < index else "after"
            features.append(f"hangs={relation}:{'quoted' if context.in_quotation[head] else 'unquoted'}:{side}")
    if candidate.kind is not CandidateKind.VERB:
        for child in tree.children(index, "nmod:poss", "amod", "compound", "det"):
            word = (
                context.phrase_class(child)
                if context.tokens[child].upos in {"PRON", "PROPN", "NOUN"}
                else context.lemma(child)
            )
            features.append(f"modifier={context.tokens[child].relation}:{word}")
    return list(dict.fromkeys(features))


def _entry_features(
    context: SentenceContext, candidate: Candidate, entries: tuple[CueVerb | CueNoun | CueAdjective, ...]
) -> list[str]:
    if not entries:
        return ["entry=none", f"kind+entry={candidate.kind}/none"]
    frames = frames_of(context, candidate.head)
    features = [f"entry={entries[0].attitude}/{candidate.kind}", f"tone={entries[0].tone}"]
    licensed = sorted({frame for entry in entries for frame in entry.frames if frame in frames})
    features += [f"licensed={candidate.kind}:{frame}" for frame in licensed]
    features += [f"licensed+attitude={frame}:{entries[0].attitude}" for frame in licensed]
    if not licensed:
        features.append(f"licensed={candidate.kind}:none")
    prepositions = {context.preposition(child) for child in context.tree.children(candidate.head, "obl", "nmod")}
    if prepositions & {preposition for entry in entries for preposition in entry.prepositions}:
        features.append(f"licensed-preposition={candidate.kind}")
    if any(isinstance(entry, CueVerb) and entry.withheld for entry in entries):
        features.append("withheld")
    return features


def _attitude_features(context: SentenceContext, index: int, attitude: str, lexicon: Lexicon) -> list[str]:
    """The kinds of subject and object, with the entry's attitude, and the word's position in the sentence."""
    subject = context.subject(index)
    own = subject is not None
    if subject is None:
        subject = context.inherited_subject(index)
    kind = "-" if subject is None else source_kind(context, subject, lexicon)
    features = [
        f"attitude+subject={attitude}:{'own' if own else 'inherited'}:{kind}",
        f"sentence-length={min(len(context) // 8, 6)}",
        f"sentence-part={min(index * 5 // len(context), 4)}",
    ]
    for child in context.tree.children(index, "obj"):
        kind = "cue-noun" if lexicon.nouns_of(context.lemma(child)) else source_kind(context, child, lexicon)
        features += [f"object-kind={kind}", f"attitude+object={attitude}:{kind}"]
    return features


def _subject_features(context: SentenceContext, index: int, lemma: str, lexicon: Lexicon) -> list[str]:
    features = []
    subject = context.subject(index)
    if subject is not None:
        kind = source_kind(context, subject, lexicon)
        features += [f"subject={kind}", f"subject-lemma={context.word(subject)}", f"lemma+subject={lemma}:{kind}"]
    else:
        relation = context.tokens[index].relation.split(":")[0]
        inherited = context.inherited_subject(index)
        if inherited is not None:
            features += [
                f"inherits={relation}:{source_kind(context, inherited, lexicon)}",
                f"inherited-lemma={context.word(inherited)}",
            ]
        else:
            features += ["subject=none", f"lemma+no-subject={lemma}"]
    if context.is_passive(index):
        features += ["passive", f"lemma+passive={lemma}"]
        if context.tree.has_child(index, "obl:agent"):
            features.append("agent")
    return features


def _dependent_features(context: SentenceContext, index: int, lemma: str, features: list[str]) -> list[str]:
    """The frame-building dependents, sorted; facts about adverbs and objects are added to ``features``."""
    tree = context.tree
    found: set[str] = set()
    for child in tree.children(index):
        relation = context.tokens[child].relation
        word = context.lemma(child)
        if relation in SILENT_RELATIONS:
            continue
        if relation == "advmod":
            features.append(f"adverb={word}")
            if word in grammar.NEGATIONS:
                features += ["negated", f"lemma+negated={lemma}"]
            continue
        name = relation
        if relation in {"obl", "nmod", "obl:unmarked", "obl:tmod", "nmod:unmarked"}:
            name = f"oblique:{context.preposition(child)}"
        elif relation in {"ccomp", "xcomp", "acl", "advcl", "parataxis"}:
            marks = tree.children(child, "mark")
            name = f"{relation}:{context.lemma(marks[0]) if marks else '-'}"
            if relation == "xcomp":
                features.append(f"open-complement={word}")
            if relation in {"parataxis", "ccomp"} and context.in_quotation[child]:
                name += ":quoted"
        elif relation == "compound:prt":
            name = f"particle:{word}"
        elif relation == "obj":
            features += [
                f"object-lemma={context.word(child)}",
                f"object={context.phrase_class(child)}",
                f"lemma+object={lemma}:{context.word(child)}",
                f"object-quoted={context.in_quotation[child]}",
            ]
            if tree.has_child(child, "acl"):
                features.append("object-has-clause")
        found.add(name)
    return sorted(found)


def _phrase_features(context: SentenceContext, candidate: Candidate) -> list[str]:
    assert candidate.phrase is not None
    words = candidate.phrase.words
    features = [
        "kind=phrase",
        f"phrase={words}",
        f"phrase-attitude={candidate.phrase.attitude}",
        f"phrase+relation={words}:{context.tokens[candidate.head].relation}",
        f"quoted={context.in_quotation[candidate.head]}",
    ]
    if candidate.source is not None:
        features += [
            f"phrase-source={context.phrase_class(candidate.source)}",
            f"phrase+source={words}:{context.phrase_class(candidate.source)}",
        ]
    return features


def _colon_features(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> list[str]:
    index, tokens = candidate.head, context.tokens
    left, right = tokens[:index], tokens[index + 1 :]
    heads = [token.index for token in left if token.head not in range(index)]
    only_names = all(token.upos in {"PROPN", "PUNCT"} for token in left)
    return [
        "kind=colon",
        f"colon-left={min(len(left), 8)}",
        f"colon-right={min(len(right) // 4, 6)}",
        f"colon-after={left[-1].upos if left else 'nothing'}",
        f"colon-left-has-verb={any(token.upos in {'VERB', 'AUX'} for token in left)}",
        f"colon-right-has-verb={any(token.upos in {'VERB', 'AUX'} for token in right)}",
        f"colon-before-quotation={bool(right) and right[0].text in OPENING_MARKS}",
        f"colon-left-names={only_names}",
        f"colon-left-names+length={only_names}:{min(len(left), 5)}",
        f"colon-right-start={right[0].upos if right else 'nothing'}",
        f"colon-left-head={source_kind(context, heads[0], lexicon) if heads else 'nothing'}",
    ]
