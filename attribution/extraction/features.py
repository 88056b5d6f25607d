"""The named features of the two decisions: is this a cue, and what is this phrase to it?

A feature is a string that reads as a fact of the tree (``lemma=say``, ``dependent=ccomp:that``,
``lemma+subject=show:document``). The weights file lists the same strings.
"""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum

import msgspec

from attribution import grammar
from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.lexicon import CueAdjective, CueNoun, CueVerb, Lexicon

SILENT_RELATIONS = frozenset({"punct", "aux", "aux:pass", "cc", "det", "case", "nsubj", "nsubj:pass", "cop"})
"""Dependents of a verb that say nothing about its frame."""

SIGNATURE_LENGTH = 12
"""Tokens before a cue that still count as the signature of the quotation before its sentence."""

QUOTATION_MARKS = frozenset({'"', "“", "”", "``", "''"})
OPENING_MARKS = frozenset({'"', "“", "``", "‘", "'", "«"})


def entries_of(
    context: SentenceContext, candidate: Candidate, lexicon: Lexicon
) -> tuple[CueVerb | CueNoun | CueAdjective, ...]:
    """The lexicon's entries for a verb, noun or adjective candidate; of phrasal verbs those whose particle is there."""
    key = (candidate.kind.value, candidate.head)
    if key not in context.kept:
        context.kept[key] = _entries_of(context, candidate, lexicon)
    found: tuple[CueVerb | CueNoun | CueAdjective, ...] = context.kept[key]
    return found


def _entries_of(
    context: SentenceContext, candidate: Candidate, lexicon: Lexicon
) -> tuple[CueVerb | CueNoun | CueAdjective, ...]:
    lemma = context.lemma(candidate.head)
    if candidate.kind is CandidateKind.NOUN:
        return lexicon.nouns_of(lemma)
    if candidate.kind is CandidateKind.ADJECTIVE:
        return lexicon.adjectives_of(lemma) or lexicon.adjectives_of(context.tokens[candidate.head].text)
    if candidate.kind is not CandidateKind.VERB:
        return ()
    particles = {context.lemma(child) for child in context.tree.children(candidate.head, "compound:prt", "xcomp")}
    entries = lexicon.verbs_of(lemma, context.tokens[candidate.head].text)
    phrasal = tuple(entry for entry in entries if entry.particle is not None and entry.particle in particles)
    return phrasal or tuple(entry for entry in entries if entry.particle is None)


def frames_of(context: SentenceContext, index: int) -> frozenset[str]:
    """The lexicon's frames that the tree around a verb, noun or adjective could fill."""
    key = ("frames", index)
    if key not in context.kept:
        context.kept[key] = frozenset(_frames_of(context, index))
    found: frozenset[str] = context.kept[key]
    return found


def _frames_of(context: SentenceContext, index: int) -> set[str]:
    tree = context.tree
    frames: set[str] = set()
    token = context.tokens[index]
    if tree.children(index, "ccomp", "parataxis") or token.relation in {"parataxis", "ccomp"}:
        frames.add("clause")
    for child in tree.children(index, "xcomp", "acl", "advcl"):
        marks = {context.lemma(mark) for mark in tree.children(child, "mark")}
        if "to" in marks:
            frames.add("infinitive")
        elif "that" in marks:
            frames.add("clause")
        elif context.tokens[child].xpos == "VBG":
            frames.add("gerund")
        elif context.tokens[child].relation == "xcomp":
            frames.add("object-complement")
        if context.preposition(child) == "as":
            frames.add("object-as")
    has_object = bool(tree.children(index, "obj", "nsubj:pass"))
    if tree.children(index, "obj") and tree.children(index, "nsubj:pass"):
        frames.add("object-complement")  # he was dubbed a hero: what looks like an object is what he was called
    if has_object:
        frames.add("object")
        frames |= {f"object-{frame}" for frame in ("clause", "infinitive") if frame in frames}
    if grammar.predicate_of_object(tree, index) is not None:
        frames.add("object-complement")
    for child in tree.children(index, "obl", "nmod"):
        preposition = context.preposition(child)
        if preposition == "as":
            frames.add("object-as")
        frames.add("object-preposition" if has_object else "preposition")
    if context.has_quotation and not context.in_quotation[index]:
        frames.add("quotation")
    if token.upos == "NOUN" and (token.relation == "root" or tree.children(index, "cop") or token.relation == "nsubj"):
        frames.add("predicate")
    return frames or {"bare"}


def source_kind(context: SentenceContext, index: int, lexicon: Lexicon) -> str:
    """The source-noun kind of a phrase's head by the lexicon, else its phrase class."""
    nouns = lexicon.source_nouns_of(context.lemma(index)) if context.tokens[index].upos == "NOUN" else ()
    return nouns[-1].kind if nouns else context.phrase_class(index)


def unquoted(features: list[str]) -> list[str]:
    """A candidate's features without the fact that it is quoted, which says nothing where the speaker is known."""
    return ["quoted=False" if feature == "quoted=True" else feature for feature in features]


def cue_features(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> list[str]:
    """The facts that speak for or against a candidate."""
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
    features += [f"dependent={one}" for one in dependents]
    features += [f"lemma+dependent={lemma}:{one}" for one in dependents]
    if not any(one.startswith(("ccomp", "xcomp")) for one in dependents):
        features += ["no-clause", f"lemma+no-clause={lemma}"]
    if not dependents:
        features += ["no-dependents", f"lemma+no-dependents={lemma}"]
    for auxiliary in tree.children(index, "aux"):
        features.append(f"auxiliary={context.lemma(auxiliary)}")
    marks = tree.children(index, "mark")
    if marks:
        features += [f"mark={context.lemma(marks[0])}", f"lemma+mark={lemma}"]
    if tree.children(index, "cop"):
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
    """What kinds of subject and object go with the entry's attitude, and where in the sentence the word stands."""
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
        if context.tree.child(index, "obl:agent") is not None:
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
            if tree.children(child, "acl"):
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


class Standing(StrEnum):
    """How a phrase stands to a cue.

    ``dependent`` of the cue or of a word that belongs to it; ``head``, what the cue itself hangs on; ``subject``, an
    understood subject; ``head-subject``, the subject of what the cue hangs on; ``inside-source``, ``inside-content``
    and ``inside-other``, a dependent of a phrase already taken as source, content or neither; ``above-content``, what
    the content hangs on.
    """

    DEPENDENT = "dependent"
    HEAD = "head"
    SUBJECT = "subject"
    HEAD_SUBJECT = "head-subject"
    INSIDE_SOURCE = "inside-source"
    INSIDE_CONTENT = "inside-content"
    INSIDE_OTHER = "inside-other"
    ABOVE_CONTENT = "above-content"


class Node(msgspec.Struct, frozen=True):
    """A phrase that may play a role: its head token, how it stands to the cue, and the token it was reached from."""

    standing: Standing
    index: int
    parent: int


def nodes_of(context: SentenceContext, cue: int) -> list[Node]:
    """The phrases around a cue that may be its source or content, before any is taken into the cue."""
    tree = context.tree
    found = [Node(Standing.DEPENDENT, child, cue) for child in dependents_of(context, cue)]
    head = tree.head(cue)
    if head is not None:
        found.append(Node(Standing.HEAD, head, cue))
    inherited = None
    if context.subject(cue) is None:
        inherited = context.inherited_subject(cue)
        if inherited is not None and inherited != head:
            found.append(Node(Standing.SUBJECT, inherited, cue))
    if head is not None and context.tokens[cue].relation in {"obj", "obl", "nsubj", "nsubj:pass", "xcomp"}:
        subject = context.subject(head)
        if subject is not None and subject not in (cue, inherited):
            found.append(Node(Standing.HEAD_SUBJECT, subject, cue))
    return found


INSIDE_SOURCE_RELATIONS = ("acl", "appos", "nmod", "advcl", "parataxis", "obl", "advmod", "conj", "ccomp", "dep")
INSIDE_CONTENT_RELATIONS = ("conj", "advcl", "parataxis", "acl:relcl", "obl", "advmod", "appos", "dep", "nmod", "acl")


INSIDE_OTHER_RELATIONS = ("acl", "ccomp", "advcl", "parataxis", "xcomp", "conj")
INSIDE_RELATIONS = {
    Standing.INSIDE_SOURCE: INSIDE_SOURCE_RELATIONS,
    Standing.INSIDE_CONTENT: INSIDE_CONTENT_RELATIONS,
    Standing.INSIDE_OTHER: INSIDE_OTHER_RELATIONS,
}
INNER = frozenset({*INSIDE_RELATIONS, Standing.ABOVE_CONTENT})
"""Standings of phrases that hang on, or over, a phrase that has its role already."""


def nodes_inside(context: SentenceContext, index: int, standing: Standing, without: Container[int] = ()) -> list[Node]:
    """The dependents of a phrase's head that may have another role than the phrase."""
    relations = INSIDE_RELATIONS[standing]
    return [Node(standing, child, index) for child in context.tree.children(index, *relations) if child not in without]


def dependents_of(context: SentenceContext, index: int) -> list[int]:
    """The token's dependents other than punctuation."""
    return [child for child in context.tree.children(index) if context.tokens[child].relation != "punct"]


def role_features(context: SentenceContext, candidate: Candidate, node: Node, lexicon: Lexicon) -> list[str]:
    """The facts that tell what role a phrase plays to a cue."""
    tree, cue = context.tree, candidate.head
    token, other = context.tokens[cue], context.tokens[node.index]
    entries = entries_of(context, candidate, lexicon)
    kind = candidate.kind.value
    lemma = f"{entries[0].lemma if entries else context.lemma(cue)}/{kind}"
    if node.standing in INNER:
        return _inner_role_features(context, candidate, node, lemma)
    dependent = node.standing is Standing.DEPENDENT
    relation = other.relation if dependent else f"{node.standing}-{token.relation}"
    if dependent and node.parent != cue:
        relation = f"under-{context.tokens[node.parent].relation.split(':')[0]}-{other.relation}"
    passive = context.is_passive(cue)
    features = [
        f"is={relation}",
        f"is+kind={relation}/{kind}",
        f"is+lemma={relation}:{lemma}",
        f"is+tag={relation}/{other.upos}",
        f"is+xpos={relation}/{other.xpos}",
        f"is+passive={relation}/{passive}",
        f"is+side={relation}/{'before' if node.index < cue else 'after'}",
        f"is+quoted={relation}/{context.in_quotation[node.index]}",
        f"is+cue-relation={relation}/{token.relation}",
    ]
    if passive:
        features.append(f"is+passive-lemma={relation}:{lemma}")
    for entry in entries[:1]:
        features.append(f"is+attitude={relation}/{entry.attitude}")
    preposition = context.preposition(node.index) if dependent else "-"
    if preposition != "-":
        features += [
            f"is+preposition={relation}/{preposition}",
            f"is+preposition+lemma={relation}/{preposition}:{lemma}",
        ]
        if any(preposition in entry.prepositions for entry in entries):
            features.append(f"is+licensed-preposition={relation}")
    if other.upos in {"ADV", "ADJ", "PRON", "NOUN", "SCONJ", "ADP", "AUX", "PART", "PROPN"}:
        features.append(f"is+word={relation}/{context.word(node.index)}")
    if other.upos == "NOUN":
        features.append(f"is+noun={relation}/{source_kind(context, node.index, lexicon)}")
        if lexicon.nouns_of(context.lemma(node.index)):
            features.append(f"is+cue-noun={relation}")
    for name in ("ccomp", "xcomp", "obj", "obl:agent", "parataxis"):
        if name != other.relation and tree.children(cue, name):
            features.append(f"is+beside={relation}/{name}")
    if tree.children(node.index, "acl"):
        features.append(f"is+has-clause={relation}")
    if dependent and other.relation.split(":")[0] in {"advcl", "acl", "parataxis", "conj", "ccomp"}:
        finite = any(
            context.tokens[child].relation.startswith(("aux", "nsubj", "cop")) for child in tree.children(node.index)
        )
        between = range(min(cue, node.index), max(cue, node.index))
        features += [
            f"is+finite={relation}/{finite}",
            f"is+near={relation}/{abs(node.index - cue) < 4}",
            f"is+comma={relation}/{any(context.tokens[place].text == ',' for place in between)}",
        ]
    if node.parent != cue:
        parent = context.word(node.parent)
        features += [f"under={relation}/{parent}", f"under+preposition={relation}/{parent}/{preposition}"]
    if any(
        context.tokens[place].text in QUOTATION_MARKS for place in range(min(cue, node.index), max(cue, node.index))
    ):
        features.append(f"is+mark-between={relation}")
    features += _frame_features(context, candidate, node, relation, entries)
    return list(dict.fromkeys(features))


FAR = 12
"""Tokens between two heads beyond which distance tells nothing more."""


def _inner_role_features(context: SentenceContext, candidate: Candidate, node: Node, lemma: str) -> list[str]:
    """What tells whether a clause or phrase still belongs to the source or content it hangs on."""
    tree, cue = context.tree, candidate.head
    parent, other = context.tokens[node.parent], context.tokens[node.index]
    above = node.standing is Standing.ABOVE_CONTENT
    name = f"{node.standing}-{(parent if above else other).relation}"
    begin, end = sorted((node.index, node.parent))
    comma = any(context.tokens[place].text in {",", "--", "—", "–", ";"} for place in range(begin, end))
    subject = context.subject(node.index)
    preposition = context.preposition(node.index)
    auxiliaries = "+".join(context.lemma(child) for child in tree.children(node.index, "aux", "cop")) or "-"
    place = "before-both" if node.index < min(cue, node.parent) else "after-both"
    if min(cue, node.parent) < node.index < max(cue, node.parent):
        place = "between"
    return [
        f"is={name}",
        f"is+place={name}/{place}",
        f"is+comma={name}/{comma}",
        f"is+place+comma={name}/{place}/{comma}",
        f"is+tag={name}/{other.upos}",
        f"is+tag+comma={name}/{other.upos}/{comma}",
        f"is+xpos={name}/{other.xpos}",
        f"is+xpos+parent={name}/{other.xpos}/{parent.xpos}",
        f"is+preposition={name}/{preposition}",
        f"is+preposition+comma={name}/{preposition}/{comma}",
        f"is+subject={name}/{'-' if subject is None else context.phrase_class(subject)}",
        f"is+auxiliaries={name}/{auxiliaries}",
        f"is+distance={name}/{min(abs(node.index - node.parent), FAR) // 3}",
        f"is+quoted={name}/{context.in_quotation[node.index]}/{context.in_quotation[node.parent]}",
        f"is+lemma={name}:{lemma}",
        f"is+word={name}/{context.word(node.index)}",
        f"is+cue-tag={name}/{context.tokens[cue].xpos}/{other.xpos}",
    ]


FRAME_RELATIONS = frozenset({"nsubj", "obj", "ccomp", "xcomp", "obl", "parataxis", "csubj", "iobj", "expl"})
"""Relations whose set is a predicate's frame."""


def _frame_features(
    context: SentenceContext,
    candidate: Candidate,
    node: Node,
    name: str,
    entries: tuple[CueVerb | CueNoun | CueAdjective, ...],
) -> list[str]:
    """What the cue's whole frame, found and listed, and the phrase's place in it tell of the phrase's role."""
    tree, cue = context.tree, candidate.head
    attitude = entries[0].attitude if entries else "none"
    passive = context.is_passive(cue)
    bases = {child: tree.relations[child][1] for child in tree.children(cue)}
    frame = "+".join(sorted(FRAME_RELATIONS.intersection(bases.values())))
    base = tree.relations[node.index][1]
    alike = [child for child in bases if bases[child] == base]
    rank = alike.index(node.index) if node.index in alike else -1
    side = "before" if node.index < cue else "after"
    return [
        f"is+frame={name}/{frame}",
        f"is+frame+attitude={name}/{frame}/{attitude}",
        f"is+frame+passive={name}/{frame}/{passive}",
        f"is+rank={name}/{rank}/{len(alike)}",
        f"is+distance={name}/{min(abs(node.index - cue), FAR) // 3}/{side}",
        *(
            feature
            for listed in sorted({listed for entry in entries for listed in entry.frames})
            for feature in (f"is+entry-frame={name}/{listed}", f"is+entry-frame+passive={name}/{listed}/{passive}")
        ),
    ]
