"""Mends the roles around a verb where quotation marks and commas show what the parse missed.

*“…,” Ola Brandt, 57, told the paper*: newsroom punctuation sets an attribution off from what is attributed, so that a
reader never doubts where the speaker's words end; parsers trained on other genres do doubt. Patterns, tried in order:

* quotation, then source and cue (*“…,” Brandt said*) or cue and source (*“…,” said Brandt*);
* cue, then quotation (*Brandt said: “…”*, *he told the paper, “…”*);
* clause, comma, inverted cue and source (*The bridge was safe, indicated the ministry.*);
* comma, source, cue, comma within a clause (*The bridge, engineers said, was safe*);
* clause, comma, source and cue at the sentence's end (*The bridge was safe, Brandt said*);
* dash, source, cue, clause, dash (*The dam – Kell said it was safe – failed*).

Where a quotation is the content, the occasion around it is not (*As the crowd booed, Brandt said, “…”*). A cue that is
left without a clause takes the one behind it, a finite cue without a subject the noun phrase before it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from attribution import grammar
from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.features import entries_of, source_kind
from attribution.extraction.roles import Roles
from attribution.extraction.spans import DASHES
from attribution.grammar import FINITE_VERB_TAGS, NOMINAL_TAGS, WH_TAGS
from attribution.lexicon import Lexicon
from attribution.records import Attitude

SPEECH_TOKENS = 4
"""Words from which a quoted run is speech, however it ends."""

SET_OFF_LENGTH = 30
"""Tokens an attribution set off by punctuation may have between the quotation and the cue."""

SPEECH_FRAMES = frozenset({"clause", "object-clause"})
"""Frames of verbs that can stand after the clause they report."""

CLAUSE_ENDS = frozenset({",", ".", "?", "!", "…", "--", "—", "–"})


def mend(context: SentenceContext, candidate: Candidate, roles: Roles, lexicon: Lexicon) -> Roles:
    """The roles, changed only where they contradict the punctuation; only verbs outside quotations are looked at."""
    cue = candidate.head
    if candidate.kind is CandidateKind.NOUN:
        roles = _with_carrier_subject(context, cue, roles, lexicon) or roles
        return _with_carrier(context, cue, _with_existential(context, cue, roles), lexicon)
    if candidate.kind is CandidateKind.ADJECTIVE:
        roles = _with_linking_verb(context, cue, roles, lexicon)
    roles = _without_brackets(context, cue, roles)
    if candidate.kind is CandidateKind.PHRASE:
        return _with_rest_as_content(context, roles) or roles
    if candidate.kind is CandidateKind.VERB:
        roles = _without_expletive(context, candidate, roles, lexicon)
        roles = _without_passive_subject(context, cue, roles)
        roles = _with_predicate_of_passive(context, candidate, roles, lexicon)
        roles = _with_hidden_agent(context, cue, roles, lexicon) or roles
        roles = _with_clause_of_listener(context, candidate, roles, lexicon) or roles
        roles = _with_named_object(context, cue, roles)
        roles = _with_seeming_verb(context, cue, roles, lexicon)
        roles = _without_accusation(context, candidate, roles, lexicon)
        roles = _with_clause_told_to(context, cue, roles, lexicon) or roles
        roles = _from_that(context, cue, roles)
    if candidate.kind is not CandidateKind.VERB or context.in_quotation[cue]:
        return roles
    frames = frozenset(frame for entry in entries_of(context, candidate, lexicon) for frame in entry.frames)
    mended = _less_titles(context, cue, _by_punctuation(context, cue, roles, frames, lexicon))
    if SPEECH_FRAMES & frames and not ("preposition" in frames and mended.content):
        mended = _with_missed_clause(context, cue, mended) or mended
    if SPEECH_FRAMES & frames:
        mended = _with_all_before(context, cue, mended, lexicon)
    if not mended.source and context.tokens[cue].xpos in FINITE_VERB_TAGS:
        return _with_missed_subject(context, cue, mended) or mended
    return mended


def _with_rest_as_content(context: SentenceContext, roles: Roles) -> Roles | None:
    """*According to Irma Vant, the crew’s boat leaks*: a phrase that opens the sentence has its source to the comma.

    The parse has taken the boat for an apposition, and left nothing that Vant says.
    """
    cue = sorted(roles.cue)
    if roles.content or not cue or any(context.is_word(index) for index in range(cue[0])):
        return None
    comma = next((index for index in sorted(roles.source) if context.tokens[index].text == ","), None)
    if comma is None or comma <= cue[-1]:
        return None
    rest = frozenset(range(comma + 1, len(context)))
    content = rest - _edge_marks(context, sorted(rest))
    return Roles(roles.cue, frozenset(range(cue[-1] + 1, comma)), content, roles.other - content)


def _without_brackets(context: SentenceContext, cue: int, roles: Roles) -> Roles:
    """*… said on Wednesday [14 November]*: what stands in brackets alone was not said."""
    inside: set[int] = set()
    depth = 0
    for index, token in enumerate(context.tokens):
        depth += token.text in {"[", "("}
        if depth:
            inside.add(index)
        depth -= token.text in {"]", ")"} and depth > 0
    beyond = {index for index in roles.content if index > cue}
    if beyond and beyond & inside and all(not context.is_word(index) or index in inside for index in beyond):
        if cue not in inside and beyond != roles.content:
            return Roles(roles.cue, roles.source, roles.content - beyond, roles.other | beyond)
    if not roles.content or not roles.content <= inside or cue in inside:
        return roles
    return Roles(roles.cue, roles.source, frozenset(), roles.other | roles.content)


def _with_carrier_subject(context: SentenceContext, cue: int, roles: Roles, lexicon: Lexicon) -> Roles | None:
    """*Brask came to the conclusion that …*: the subject of a verb that only carries the noun is the source."""
    if roles.source or not roles.content or not context.tree.matches(cue, "obj", "obl"):
        return None
    verb = context.tree.head(cue)
    if verb is None or context.lemma(verb) not in lexicon.words_for("light-verb") or context.is_passive(verb):
        return None
    subject = context.subject(verb)
    if subject is None:
        subject = context.inherited_subject(verb)
    if subject is None or context.lemma(subject) in {"it", "there"}:
        return None
    source = frozenset(context.tree.subtree(subject)) - roles.cue - roles.content
    return Roles(roles.cue, source, roles.content, roles.other - source) if source else None


def _with_carrier(context: SentenceContext, cue: int, roles: Roles, lexicon: Lexicon) -> Roles:
    """*took the view that …*: the light verb whose subject is the source belongs to the noun's cue."""
    tree, verb = context.tree, context.tree.head(cue)
    if verb is None or not tree.matches(cue, "obj", "obl") or verb in roles.cue | roles.source | roles.content:
        return roles
    if context.lemma(verb) not in lexicon.words_for("light-verb") or not roles.content or min(roles.content) < cue:
        return roles
    subject = context.subject(verb)
    if subject is None or subject not in roles.source or tree.children(verb, "ccomp", "xcomp"):
        return roles
    carrier = {verb, *tree.children(verb, "aux", "aux:pass"), *tree.children(cue, "case")}
    return Roles(roles.cue | carrier, roles.source, roles.content, roles.other - carrier)


def _with_existential(context: SentenceContext, cue: int, roles: Roles) -> Roles:
    """*There are reports that …*: the empty *there is* belongs to the cue."""
    tree, verb = context.tree, context.tree.head(cue)
    if verb is None or not roles.content or not tree.children(verb, "expl") or context.lemma(verb) != "be":
        return roles
    empty = {verb, *tree.children(verb, "expl", "aux")}
    return Roles(roles.cue | empty, roles.source - empty, roles.content - empty, roles.other - empty)


def _with_linking_verb(context: SentenceContext, cue: int, roles: Roles, lexicon: Lexicon) -> Roles:
    """*remain unconvinced that …*: the verb that links subject and adjective belongs to the cue."""
    verb = context.tree.head(cue)
    if verb is None or not context.tree.matches(cue, "xcomp") or verb in roles.content | roles.source:
        return roles
    if context.lemma(verb) not in lexicon.words_for("linking"):
        return roles
    return Roles(roles.cue | {verb}, roles.source, roles.content, roles.other - {verb})


def _without_expletive(context: SentenceContext, candidate: Candidate, roles: Roles, lexicon: Lexicon) -> Roles:
    """*It emerged that …*, *It was alleged that …*: the empty *it* is no source."""
    tree = context.tree
    subject = context.subject(candidate.head)
    if subject is None or tree.forms[subject] != "it" or "that" not in tree.forms[candidate.head :]:
        return roles
    entries = entries_of(context, candidate, lexicon)
    impersonal = any(
        entry.attitude is Attitude.HEARSAY or getattr(entry, "subject", "any") == "content" for entry in entries
    )
    if not context.is_passive(candidate.head) and not impersonal:
        return roles
    empty = {subject}
    return Roles(roles.cue, roles.source - empty, roles.content - empty, roles.other | empty)


def seems_to_show(context: SentenceContext, head: int, lexicon: Lexicon) -> bool:
    """*The footage appears **to show** armed men*: a document that only seems to show it does show it."""
    governor = context.tree.head(head)
    if governor is None or not context.tree.matches(head, "xcomp"):
        return False
    if context.lemma(head) not in lexicon.words_for("inference"):
        return False
    subject = context.subject(governor)
    return (
        context.lemma(governor) in lexicon.words_for("seeming")
        and subject is not None
        and source_kind(context, subject, lexicon) == "document"
    )


def _with_seeming_verb(context: SentenceContext, cue: int, roles: Roles, lexicon: Lexicon) -> Roles:
    """*The footage **appears to show** armed men*: the seeming is a part of the cue."""
    if not seems_to_show(context, cue, lexicon):
        return roles
    governor = context.tree.tokens[cue].head
    seeming = frozenset({governor, *context.tree.children(governor, "aux", "advmod")}) - roles.source - roles.content
    return Roles(roles.cue | seeming, roles.source, roles.content, roles.other - seeming)


def _with_named_object(context: SentenceContext, cue: int, roles: Roles) -> Roles:
    """*called the plan a disaster*: both nouns are content, however the role model took them."""
    predicate = grammar.predicate_of_object(context.tree, cue)
    if predicate is None or context.in_quotation[cue]:
        return roles
    said = {index for noun in context.tree.children(cue, "obj") for index in context.tree.subtree(noun)}
    said.update(context.tree.subtree(predicate), roles.content)
    return Roles(roles.cue - said, roles.source - said, frozenset(said), roles.other - said)


def _without_accusation(context: SentenceContext, candidate: Candidate, roles: Roles, lexicon: Lexicon) -> Roles:
    """*accused by critics of promoting high taxes*: what the parse hung on the agent is the accusation."""
    if not context.is_passive(candidate.head) or not roles.source:
        return roles
    entries = entries_of(context, candidate, lexicon)
    words = sorted(roles.source)
    for index in words[1:]:
        gerund = index + 1 < len(context) and context.tokens[index + 1].xpos == "VBG"
        if gerund and any(context.lemma(index) in entry.prepositions for entry in entries):
            accusation = frozenset(word for word in words if word >= index)
            return Roles(roles.cue, roles.source - accusation, roles.content | accusation, roles.other)
    return roles


def _with_clause_told_to(context: SentenceContext, cue: int, roles: Roles, lexicon: Lexicon) -> Roles | None:
    """*…, the court was told*; *…, it was reported on Monday*: the clause before was told, and nobody says by whom."""
    subject = context.subject(cue)
    if subject is None:
        return None
    heard = context.lemma(cue) == "hear" or (context.lemma(cue) == "tell" and context.is_passive(cue))
    told_in_court = heard and context.lemma(subject) in lexicon.words_for("hearing")
    told = context.tree.forms[subject] == "it" and context.is_passive(cue) and "that" not in context.tree.forms[cue:]
    if not told_in_court and not told:
        return None
    first = context.tree.subtree(subject)[0]
    if first < 2 or context.tokens[first - 1].text != "," or not _has_clause(context, range(first)):
        return None
    listener = frozenset(context.tree.subtree(subject))
    cue_words = frozenset(index for index in roles.cue - listener if index <= cue)
    return Roles(cue_words, frozenset(), frozenset(range(first - 1)), roles.other | listener)


def _without_passive_subject(context: SentenceContext, cue: int, roles: Roles) -> Roles:
    """*The men trapped* and *Among the dead were said to be pupils*: what a passive is said of is no source."""
    tree = context.tree
    if not tree.children(cue, "aux:pass"):
        return roles
    among = [index for index in tree.children(cue, "obl") if context.preposition(index) == "among"]
    spoken_of = {
        index
        for subject in (*tree.children(cue, "nsubj:pass"), *among)
        if subject in roles.source and subject < cue
        for index in tree.subtree(subject)
    }
    if not spoken_of:
        return roles
    return Roles(roles.cue, roles.source - spoken_of, roles.content | spoken_of - roles.cue, roles.other - spoken_of)


def _with_predicate_of_passive(context: SentenceContext, candidate: Candidate, roles: Roles, lexicon: Lexicon) -> Roles:
    """*He was branded a coward*: what somebody was called is content, though the role model took it into the cue."""
    entries = entries_of(context, candidate, lexicon)
    if not context.is_passive(candidate.head) or not any("object-complement" in entry.frames for entry in entries):
        return roles
    tree = context.tree
    said = {
        index
        for child in tree.children(candidate.head, "xcomp", "obj")
        if child in roles.cue and child > candidate.head and context.tokens[child].upos in {"NOUN", "ADJ", "PROPN"}
        for index in tree.subtree(child)
        if index in roles.cue
    }
    return Roles(roles.cue - said, roles.source, roles.content | said, roles.other - said) if said else roles


def _from_that(context: SentenceContext, cue: int, roles: Roles) -> Roles:
    """*It has been argued for years that …*: what stands between the impersonal cue and *that* was not said."""
    tree = context.tree
    subject = context.subject(cue)
    if subject is None or tree.forms[subject] != "it" or not context.is_passive(cue):
        return roles
    marks = [index for index in range(cue + 1, len(tree)) if tree.forms[index] == "that"]
    if not marks or marks[0] not in roles.content or min(roles.content) > marks[0]:
        return roles
    between = frozenset(index for index in roles.content if index < marks[0])
    return Roles(roles.cue, roles.source, roles.content - between, roles.other | between)


def _with_hidden_agent(context: SentenceContext, cue: int, roles: Roles, lexicon: Lexicon) -> Roles | None:
    """*The law was described as cruel by Bishop Roth*: the agent, though the parse attached it to the complement."""
    if roles.source or not context.is_passive(cue):
        return None
    tree = context.tree
    for nominal in tree.subtree(cue):
        if nominal < cue or not tree.matches(nominal, "obl", "nmod") or context.preposition(nominal) != "by":
            continue
        if (governor := tree.head(nominal)) not in (None, cue) and context.is_passive(governor):
            continue  # is said to have broken out, which was stopped by police
        if _may_be_agent(context, nominal, lexicon):
            by = frozenset(tree.children(nominal, "case"))
            agent = frozenset(tree.subtree(nominal, without=by))
            return Roles(roles.cue - agent, agent, roles.content - agent - by, roles.other - agent)
    return None


def _may_be_agent(context: SentenceContext, nominal: int, lexicon: Lexicon) -> bool:
    """Whether a noun behind *by* is somebody, also some of them (*by two of his former partners*)."""
    kind = source_kind(context, nominal, lexicon)
    if kind in AGENT_KINDS:
        return True
    if kind not in PARTS and context.lemma(nominal) not in lexicon.words_for("quantity"):
        return False
    wholes = [child for child in context.tree.children(nominal, "nmod") if context.preposition(child) == "of"]
    return any(source_kind(context, child, lexicon) in AGENT_KINDS for child in wholes)


PARTS = frozenset({"num", "pronoun:one", "pronoun:both", "pronoun:all", "pronoun:several", "pronoun:none", "adj"})
"""Kinds of words that stand for some of a group."""

AGENT_KINDS = frozenset(
    {"name", "role", "official", "organisation", "outlet", "anonymous", "vague-collective", "document"}
    | {f"pronoun:{word}" for word in ("him", "her", "them", "us", "me", "many", "some")}
)
"""Kinds of nouns behind *by* that can have said it: others tell how or when (*by June*)."""


def _with_clause_of_listener(
    context: SentenceContext, candidate: Candidate, roles: Roles, lexicon: Lexicon
) -> Roles | None:
    """*told cheering teachers that …*: a clause that the parse attached to the listener is what was said."""
    entries = entries_of(context, candidate, lexicon)
    if not any("object-clause" in entry.frames for entry in entries):
        return None
    for listener in context.tree.children(candidate.head, "obj", "iobj"):
        for clause in context.tree.children(listener, "acl", "ccomp"):
            subject = context.subject(clause)
            if subject is None or context.tree.forms[subject] == "that":
                continue
            marks = [index for index in context.tree.subtree(clause) if context.tree.forms[index] == "that"]
            if not marks and not _is_whole_clause(context, candidate.head, listener, clause, lexicon):
                continue
            start = marks[0] if marks else context.tree.subtree(clause)[0]
            content = frozenset(index for index in context.tree.subtree(clause) if index >= start)
            other = frozenset(context.tree.subtree(listener)) - content
            return Roles(roles.cue - content - other, roles.source - content, content, roles.other | other)
    return None


def _is_whole_clause(context: SentenceContext, cue: int, listener: int, clause: int, lexicon: Lexicon) -> bool:
    """Whether a clause without *that* right behind the listener leaves no gap for the listener to fill.

    *warned the council the wall would fall* was said; *told the man she loved* was not. A listener is somebody.
    """
    tree = context.tree
    if tree.children(cue, "ccomp", "parataxis") or any(context.in_quotation):
        return False
    first = tree.subtree(clause)[0]
    follows = first == listener + 1 and context.is_word(first) and context.tokens[first].xpos not in WH_TAGS
    if not follows or not (source_kind(context, listener, lexicon) in AGENT_KINDS or tree.matches(listener, "iobj")):
        return False
    return grammar.is_finite(tree, clause) and bool(
        tree.children(clause, "cop", "obj", "ccomp", "xcomp", "aux:pass") or tree.children(clause, "aux", "obl")
    )


def _by_punctuation(
    context: SentenceContext, cue: int, roles: Roles, frames: frozenset[str], lexicon: Lexicon
) -> Roles:
    """The roles by quotation marks and commas; ``frames`` are those of the cue's entries."""
    for first, last in quoted_runs(context):
        if last < cue:
            mended = _after_quotation(context, cue, roles, first, last, inverts="clause" in frames or not frames)
        else:
            mended = _before_quotation(context, cue, roles, first, last)
        if mended is not None:
            return mended
        roles = _less_what_frames_speech(context, cue, roles, first, last)
    inserted = _between_marks(context, cue, roles) if SPEECH_FRAMES & frames else None
    if inserted is not None:
        return inserted
    if SPEECH_FRAMES & frames:
        speaker = frozenset(_noun_phrase_after(context, cue))
        mended = None
        # insists the harbour master: who follows a verb that takes no object can only be the speaker.
        if "quotation" in frames or "object" not in frames or _may_speak(context, speaker, lexicon):
            mended = _inverted_after_clause(context, cue, roles, speaker)
        mended = mended or _parenthetical(context, cue, roles)
        if mended is not None:
            return mended
        if _is_finite(context, cue) or not roles.content:
            return _after_clause(context, cue, roles) or roles
    return roles


def _less_titles(context: SentenceContext, cue: int, roles: Roles) -> Roles:
    """*In her memoir, “Smoke,” Brook writes that …*: a title before the cue is no content where a clause follows."""
    before = frozenset(index for index in roles.content if index < cue)
    words = frozenset(index for index in before if context.is_word(index))
    if not words or not words <= context.in_title or not _has_clause(context, roles.content - before):
        return roles
    return Roles(roles.cue, roles.source, roles.content - before, roles.other | before)


def _with_missed_subject(context: SentenceContext, cue: int, roles: Roles) -> Roles | None:
    """The roles of a finite verb without a subject in the parse, with the noun phrase before it as source.

    *Brandt, who wrote the book, called it fair*: the phrase with what its commas enclose. *One member called it fair*,
    read as a member that was called so: the noun the verb was hung on.
    """
    if context.subject(cue) is not None or context.is_passive(cue):
        return None
    before = cue - 1
    while before >= 0 and (before in roles.cue or context.tokens[before].upos in {"ADV", "AUX", "PART"}):
        before -= 1
    end = before
    if before > 0 and context.tokens[before].text == ",":
        opening = next((index for index in reversed(range(before)) if context.tokens[index].text == ","), None)
        if opening is None:
            return None
        end = opening - 1
    start = end + 1
    while start > 0 and context.is_word(start - 1) and not _breaks_phrase(context, start - 1):
        start -= 1
    while start <= end and context.tokens[start].upos in {"ADV", "SCONJ", "CCONJ"}:
        start += 1
    phrase = range(start, end + 1)
    if not phrase or len(phrase) > LONGEST_PHRASE or context.tokens[start].upos not in NOMINAL_TAGS:
        return None
    if not any(context.tokens[index].upos in {"NOUN", "PROPN", "PRON"} for index in phrase):
        return None
    if any(context.subject(index) in phrase for index in range(len(context)) if index != cue):
        return None
    source = frozenset(range(start, before + 1)) - roles.cue
    if any(context.in_quotation[index] for index in source):
        return None
    return Roles(roles.cue, source, roles.content - source, roles.other - source)


def _with_missed_clause(context: SentenceContext, cue: int, roles: Roles) -> Roles | None:
    """The roles of a cue without a clause in the parse, with the clause behind it: *told voters who asked that …*.

    A clause with *that* may stand anywhere behind the cue, also within what was taken for content (*said in one of the
    letters to them that …*); one without stands right behind a cue that has no content. Both go on to the end.
    """
    complements = context.tree.children(cue, "ccomp", "xcomp", "parataxis", "csubj", "obj", "nsubj:pass")
    if roles.content and (min(roles.content) <= cue or roles.content.intersection(complements)):
        return None
    last = max(index for index in range(len(context)) if context.is_word(index) or index == cue)
    subject = context.subject(cue)
    impersonal = subject is not None and context.tree.forms[subject] == "it" and context.is_passive(cue)
    marks = [
        index
        for index in range(cue + 1, last)
        if _opens_clause(context, index) or (impersonal and context.tree.forms[index] == "that")
    ]
    if roles.content:
        marks = [index for index in marks if index in roles.content and not context.in_quotation[index]]
    if marks:
        content = frozenset(range(marks[0], last + 1))
        content = content & roles.content if roles.content else content
    else:
        content = frozenset(range(cue + 1, last + 1))
        begins = cue < last and context.tokens[cue + 1].upos in NOMINAL_TAGS
        if roles.content or not begins or not _has_clause(context, content):
            return None
    content -= roles.cue | roles.source
    return Roles(roles.cue, roles.source, content, roles.other - content) if content else None


def _opens_clause(context: SentenceContext, index: int) -> bool:
    """Whether a *that* or *whether* behind the cue opens a clause of saying: not the relative pronoun of a noun."""
    return context.lemma(index) in {"that", "whether"} and context.tokens[index].upos == "SCONJ"


LONGEST_PHRASE = 14
"""Tokens that a noun phrase before its verb may have."""


def _breaks_phrase(context: SentenceContext, index: int) -> bool:
    token = context.tokens[index]
    return token.upos in {"VERB", "AUX", "SCONJ"} and token.xpos not in {"VBG", "VBN"}


def quoted_runs(context: SentenceContext) -> list[tuple[int, int]]:
    """The first and last token of each quoted stretch of the sentence that is speech: no title, no lone term."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index in range(len(context.tokens) + 1):
        inside = index < len(context.tokens) and context.in_quotation[index] and index not in context.in_title
        if inside and start is None:
            start = index
        elif not inside and start is not None:
            words = sum(context.is_word(place) for place in range(start, index))
            ends = [context.tokens[place].text for place in range(max(start, index - 2), min(index + 1, len(context)))]
            if words >= SPEECH_TOKENS or (words and any(end in CLAUSE_ENDS for end in ends)):
                runs.append((start, index - 1))
            start = None
    return runs


def _after_quotation(
    context: SentenceContext, cue: int, roles: Roles, first: int, last: int, *, inverts: bool
) -> Roles | None:
    """*“…,” Brandt, 57, said* and *“…,” said Brandt*."""
    quoted = frozenset(range(first, last + 1))
    between = [index for index in range(last + 1, cue) if index not in roles.cue]
    end = last - 1
    while end > first and context.tokens[end].xpos == "''":
        end -= 1  # … and stand in it,’ ” recalled the defender
    closed = any(context.tokens[index].text in CLAUSE_ENDS for index in (end, last, last + 1) if index < cue)
    if not closed or len(between) > SET_OFF_LENGTH or not _is_set_off(context, cue, between):
        return None
    touches = bool(roles.content & quoted)
    misplaced = bool(roles.source & quoted) or bool(roles.content & set(between))
    if touches and roles.source and not misplaced:
        return None
    source = frozenset(between) - _edge_marks(context, between)
    if not any(context.tokens[index].upos in NOMINAL_TAGS for index in source):
        if not inverts:
            return None  # who stands behind *told* is the listener
        source = frozenset(_noun_phrase_after(context, cue))
    if not source:
        return None
    quoted |= _clause_around(context, first)
    later = {index for index in roles.content if context.in_quotation[index]}
    return Roles(roles.cue - source, source - roles.cue, quoted | later, roles.other - source - quoted)


def _clause_around(context: SentenceContext, first: int) -> frozenset[int]:
    """What stands before a quotation that is part of its clause: *| He wants to “shoot” him |, the leader said*."""
    if first < 2 or not context.is_word(first - 1) or not _states(context, range(first)):
        return frozenset()
    return frozenset(range(first))


def _is_set_off(context: SentenceContext, cue: int, between: Iterable[int]) -> bool:
    """Whether nothing stands between but the cue's own noun phrase: no finite verb of a clause of its own."""
    between = list(between)
    opening = next((index for index in between if context.is_word(index)), None)
    for index in between:
        token = context.tokens[index]
        relation = token.relation.split(":")[0]
        if token.upos == "VERB" and relation not in {"acl", "amod", "advcl"} and token.xpos not in {"VBG", "VBN"}:
            return False
        if token.upos == "CCONJ" and index == opening:
            return False
        if token.upos == "SCONJ" or context.in_quotation[index]:
            return False
    return True


def _before_quotation(context: SentenceContext, cue: int, roles: Roles, first: int, last: int) -> Roles | None:
    """*Brandt told the paper, “…”*: the quotation after the cue is the content when the roles give none of it.

    So it is, with what comes before, in *calling him “…”* and *claimed on Tuesday that “…”*.
    """
    quoted = frozenset(range(first, last + 1))
    between = range(cue + 1, first)
    opens = not any(context.is_word(index) for index in range(cue))
    if roles.content & quoted and roles.source and not (opens and roles.content & frozenset(between)):
        return None
    if len(between) > SET_OFF_LENGTH or any(
        context.tokens[index].upos == "VERB"
        and (index not in roles.cue | roles.other | roles.source or context.tree.matches(index, "conj"))
        for index in (() if opens else between)
    ):
        return None
    nearest = next((index for index in reversed(between) if context.is_word(index)), cue)
    set_off = any(context.tokens[index].text in SPEECH_OPENERS for index in range(nearest + 1, first + 1))
    if context.tokens[nearest].upos == "VERB" and nearest not in roles.cue and set_off and not opens:
        # *… that Roth had lied, adding: “It was bad.”*: the quotation is the nearer verb's.
        return Roles(roles.cue, roles.source, roles.content - quoted, roles.other | roles.content & quoted)
    if between and context.lemma(first - 1) in {"that", "whether"}:
        return Roles(roles.cue, roles.source - quoted, quoted | {first - 1}, roles.other | roles.content)
    introduced = any(context.tokens[index].text in {",", ":"} for index in (first - 1, first - 2) if index > cue)
    if introduced and opens:
        # *Said Ola Brandt, who runs the kiosk: “…”*
        speaker = frozenset(between) - _edge_marks(context, list(between)) - roles.other
        if speaker and context.tokens[min(speaker)].upos in NOMINAL_TAGS:
            return Roles(roles.cue - speaker, speaker, quoted, roles.other - speaker)
    if roles.content & quoted:
        return None
    before = {index for index in roles.content if index < cue}
    if introduced or not between:
        if (roles.content - before) <= frozenset(between):
            return Roles(roles.cue, roles.source - quoted, quoted, roles.other | roles.content)
    elif roles.content and max(roles.content) == first - 1:
        return Roles(roles.cue, roles.source - quoted, roles.content | quoted, roles.other)
    return None


def _less_what_frames_speech(context: SentenceContext, cue: int, roles: Roles, first: int, last: int) -> Roles:
    """*As the crowd booed, Brandt said, “…”* and *“…,” Brandt said after they booed*: occasions are the writer's.

    A quotation that a comma or colon sets off from its cue is the content, without what stands beyond the cue.
    """
    quoted = frozenset(range(first, last + 1))
    if not roles.content & quoted:
        return roles
    tree = context.tree
    if last < cue:
        if not any(context.tokens[index].text in CLAUSE_ENDS for index in (last - 1, last, last + 1) if index < cue):
            return roles
        said = {index for child in tree.children(cue, "ccomp", "xcomp", "conj") for index in tree.subtree(child)}
        beyond = {index for index in roles.content if index > cue and index not in said}
    else:
        opened = [context.tokens[index].text for index in (first - 1, first) if index > cue]
        if not SPEECH_OPENERS.intersection(opened):
            return roles
        beyond = {index for index in roles.content if index < cue}
        if tree.matches(cue, "advcl") and tree.children(cue, "mark"):
            # While the crowd chanted, “Out,” the mayor spoke of the budget.
            beyond |= {index for index in roles.content if index > last}
    beyond = {index for index in beyond if not context.in_quotation[index]}
    return Roles(roles.cue, roles.source, roles.content - beyond, roles.other | beyond)


SPEECH_OPENERS = frozenset({",", ":"})
"""Punctuation between a cue and the quotation it introduces."""


def _inverted_after_clause(context: SentenceContext, cue: int, roles: Roles, source: frozenset[int]) -> Roles | None:
    """*The bridge was safe, indicated the ministry.*: what stands before the comma is the content.

    So is what goes on after a second comma (*The bridge, said the ministry, was safe*).
    """
    if cue < 2 or context.tokens[cue - 1].text != "," or context.tokens[cue].xpos not in FINITE_VERB_TAGS:
        return None
    subject = context.subject(cue)
    if subject is not None and subject < cue and max(i for i in context.tree.subtree(subject) if i < cue) >= cue - 2:
        return None  # the comma closes an apposition of the subject: Brandt, who wrote it, said the bridge was safe
    if not source or source == roles.source:
        return None
    return _set_off_by_commas(context, roles, source, cue - 1, max(source) + 1)


def _may_speak(context: SentenceContext, phrase: frozenset[int], lexicon: Lexicon) -> bool:
    """Whether a noun phrase names somebody or something that can say a thing: *the ministry*, not *a lower offer*."""
    heads = [index for index in phrase if context.tree.head(index) not in phrase]
    return any(
        context.tokens[index].upos in {"PROPN", "PRON", "NUM", "DET", "ADJ"}
        or bool(lexicon.source_nouns_of(context.lemma(index)))
        for index in heads
    )


def _parenthetical(context: SentenceContext, cue: int, roles: Roles) -> Roles | None:
    """*The bridge, engineers said, was safe*: what stands around the two commas is the content."""
    if cue + 1 >= len(context) or context.tokens[cue + 1].text != "," or not _is_finite(context, cue):
        return None
    commas = [index for index in range(cue) if context.tokens[index].text == ","]
    if not commas:
        return None
    # A bare noun before its verb is at times taken for a part of it: the bridge, | sources said |, was safe.
    adverbs = {index for index in roles.cue if context.tokens[index].upos not in {"NOUN", "PROPN", "PRON"}}
    source = frozenset(range(commas[-1] + 1, cue)) - adverbs
    later = any(index > cue and context.is_word(index) for index in roles.content)
    known = source == roles.source and not roles.cue.intersection(range(commas[-1])) and later
    if len(source) > LONGEST_PARENTHETICAL or known or not _is_set_off(context, cue, sorted(source)):
        return None
    if not any(context.tokens[index].upos in {"NOUN", "PROPN", "PRON"} for index in source):
        return None
    # Words of the clause around it are none of the cue: she did not, | the affidavit adds |, know it.
    inside = roles.cue.intersection(range(commas[-1] + 1, cue + 1))
    return _set_off_by_commas(context, msgspec.structs.replace(roles, cue=inside), source, commas[-1], cue + 1)


LONGEST_PARENTHETICAL = 6
"""Tokens a source may have between a comma and its cue in an attribution that interrupts a clause."""


def _set_off_by_commas(
    context: SentenceContext, roles: Roles, source: frozenset[int], before: int, after: int
) -> Roles | None:
    """The sentence less an attribution from ``before`` (its comma) to ``after`` as content, if it makes a clause."""
    interrupted = after < len(context) and context.tokens[after].text == ","
    rest = frozenset(range(after + 1, len(context))) if interrupted else frozenset()
    content = frozenset(range(before)) | rest
    if content & roles.cue or not _has_clause(context, content):
        return None
    left = frozenset(range(after, len(context))) - content
    words = [index for index in sorted(left) if context.is_word(index)]
    participle = bool(words) and words[0] > after and context.tokens[words[0]].xpos == "VBG"  # …, emphasizing that …
    if not participle and any(context.tokens[index].upos in {"VERB", "AUX", "SCONJ", "CCONJ"} for index in left):
        return None
    return Roles(roles.cue - source, source, content, left)


def _between_marks(context: SentenceContext, cue: int, roles: Roles) -> Roles | None:
    """*The dam – Kell said it was safe – failed*: source and content lie between the dashes, or the brackets."""
    free = [token for token in context.tokens if not context.in_quotation[token.index]]
    before = [token.index for token in free if token.text in DASHES | {"("} and token.index < cue]
    ends = {")"} if before and context.tokens[before[-1]].text == "(" else DASHES
    after = [token.index for token in free if token.text in ends and token.index > cue]
    if not before or not after or not any(context.is_word(index) for index in range(before[0])):
        return None
    source = frozenset(range(before[-1] + 1, cue)) - roles.cue
    content = frozenset(range(cue + 1, after[0]))
    crossing = any(index < before[-1] for index in roles.source) or any(index > after[0] for index in roles.content)
    if not crossing or not source or len(source) > LONGEST_PARENTHETICAL or not _has_clause(context, content):
        return None
    opening = context.tokens[min(source)]
    if not _is_set_off(context, cue, sorted(source)) or opening.upos not in NOMINAL_TAGS or opening.xpos in WH_TAGS:
        return None
    return Roles(roles.cue, source, content - roles.cue, roles.other - source - content)


def _after_clause(context: SentenceContext, cue: int, roles: Roles) -> Roles | None:
    """*The bridge was safe, three engineers told the paper.*: what stands before the source's comma is the content.

    The source is the noun phrase between the last comma and the cue; where a comma stands right before the cue, the
    phrase with its apposition (*…, John Smith, an analyst, said*).
    """
    linked = context.tree.children(cue, "mark") or any(
        context.tokens[child].xpos in WH_TAGS for child in context.tree.children(cue, "advmod") if child < cue
    )
    if linked:
        return None  # …, when, in fact, he responded
    source: frozenset[int] = frozenset()
    clause = range(0)
    stretches = 2 if context.tokens[cue - 1].text == "," else 1
    for comma in reversed(range(cue)):
        if context.tokens[comma].text != ",":
            continue
        between = [index for index in range(comma + 1, cue) if index not in roles.cue]
        missed = not roles.content and _has_finite_verb(context, range(comma))
        if not _is_set_off(context, cue, between) or not (missed or _has_clause(context, range(comma))):
            break
        words = [index for index in between if context.is_word(index)]
        stretches -= bool(words)
        if not stretches and context.tokens[words[0]].upos in NOMINAL_TAGS:
            source, clause = frozenset(between) - _edge_marks(context, between), range(comma)
            break
    content = frozenset(clause) - roles.cue
    later = [index for index in sorted(roles.content) if index > cue and context.is_word(index)]
    aside = _is_occasion(context, cue, roles.content) and _states(context, clause)
    if (
        not source
        or (
            source & roles.source
            and roles.content
            and not aside
            and not _is_afterthought(context, cue, roles.content)
            and not _is_torn(context, roles.content, content)
        )
        or (later and not aside and not any(context.tokens[index].text == "," for index in range(cue, later[0])))
    ):
        return None
    return Roles(roles.cue, source, content, roles.other - source - content)


def _with_all_before(context: SentenceContext, cue: int, roles: Roles, lexicon: Lexicon) -> Roles:
    """*The deal is near, but talks go on, the agency reported*: both clauses are what the agency says.

    A parse that gives only the second one begins it with its conjunction.
    """
    if not roles.content or not roles.source or context.tokens[cue].xpos not in FINITE_VERB_TAGS:
        return roles
    first = min((index for index in roles.content if context.is_word(index)), default=0)
    closes = max(roles.content) < min(roles.source) <= cue and not any(
        context.tokens[index].upos == "VERB" for index in range(cue + 1, len(context))
    )
    joins = any(context.tokens[index].upos == "CCONJ" for index in (first - 1, first) if index >= 0)
    if first == 0 or not closes or not joins or not _has_clause(context, range(first)):
        return roles
    before = frozenset(range(first))
    if any(context.in_quotation[index] for index in before) or any(
        entry.attitude in {Attitude.ASSERTION, Attitude.BELIEF}
        for index in before
        if context.tokens[index].upos == "VERB" and context.tokens[index].xpos in FINITE_VERB_TAGS
        for entry in lexicon.verbs_of(context.lemma(index))
    ):
        return roles  # somebody else may speak there
    return Roles(roles.cue, roles.source, roles.content | before, roles.other - before)


def _is_occasion(context: SentenceContext, cue: int, content: frozenset[int]) -> bool:
    """Whether all there is of content tells when or where it was said: *…, the station reported live from Velm*."""
    tops = [index for index in content if context.is_word(index) and context.tree.head(index) not in content]
    return bool(tops) and all(
        index > cue
        and not context.in_quotation[index]
        and (
            (context.tokens[index].upos == "ADV" and context.tree.matches(index, "xcomp"))
            or (context.tree.matches(index, "obl") and context.preposition(index) in OCCASION_PREPOSITIONS)
        )
        for index in tops
    )


OCCASION_PREPOSITIONS = frozenset(
    {"-", "after", "around", "at", "before", "during", "from", "in", "late", "near", "outside"}
)
"""Prepositions that tell when and where something was said."""


def _states(context: SentenceContext, indices: Iterable[int]) -> bool:
    """Whether a stretch holds a statement of its own: a finite predicate without a subordinator, no relative clause."""
    return any(
        grammar.is_finite(context.tree, index)
        and context.subject(index) is not None
        and not context.tree.children(index, "mark")
        and context.tokens[index].relation != "acl:relcl"
        for index in indices
    )


def _has_finite_verb(context: SentenceContext, indices: Iterable[int]) -> bool:
    """Whether a verb of a finite form is among the tokens, whatever the parse made of it."""
    return any(context.tokens[index].xpos in grammar.FINITE_TAGS for index in indices)


def _is_torn(context: SentenceContext, known: frozenset[int], clause: frozenset[int]) -> bool:
    """Whether the content there is is a bare phrase of the clause: *| His song, “Cold Tea,” | sold well, they said*."""
    words = frozenset(index for index in known if context.is_word(index))
    return bool(words) and words < clause and not _has_clause(context, words)


def _is_afterthought(context: SentenceContext, cue: int, content: frozenset[int]) -> bool:
    """Whether all there is of content trails behind its cue: *…, the daily reported in May, | citing bankers*."""
    complements = context.tree.children(cue, "ccomp", "parataxis", "obj")
    return (
        bool(content)
        and min(content) > cue
        and not content.intersection(complements)
        and not _has_clause(context, content)
        and not any(context.in_quotation[index] for index in content)
    )


def _is_finite(context: SentenceContext, cue: int) -> bool:
    """Whether the cue is a finite verb; taggers take *said* after a noun phrase for a participle at times."""
    tag = context.tokens[cue].xpos
    return tag in FINITE_VERB_TAGS or (tag == "VBN" and not context.tree.children(cue, "aux"))


def _has_clause(context: SentenceContext, indices: Iterable[int]) -> bool:
    """Whether a predicate with its subject or auxiliary is among the tokens."""
    return any(context.tree.children(index, "nsubj", "aux", "cop") for index in indices)


def _edge_marks(context: SentenceContext, indices: list[int]) -> set[int]:
    """The tokens of a stretch that are no words and stand at its edges."""
    words = [index for index in indices if context.is_word(index)]
    if not words:
        return set(indices)
    return {index for index in indices if index < words[0] or index > words[-1]}


def _noun_phrase_after(context: SentenceContext, cue: int) -> list[int]:
    """The noun phrase that starts right after an inverted cue, with an adjective or participle behind its noun.

    *said a person | familiar with the plans*: what tells who it is is at times hung elsewhere.
    """
    start = cue + 1
    if start >= len(context) or context.tokens[start].upos not in NOMINAL_TAGS:
        return []
    here = start
    while True:
        head = context.tree.head(here)
        if head is None or head <= cue or context.tokens[head].upos not in NOMINAL_TAGS:
            break
        here = head
    phrase = [index for index in context.tree.subtree(here) if index >= start]
    end = phrase[-1] + 1
    if end < len(context) and (context.tokens[end].upos == "ADJ" or context.tokens[end].xpos in {"VBN", "VBG"}):
        while end < len(context) and (context.is_word(end) or context.tokens[end].text == "-"):
            phrase.append(end)
            end += 1
    return phrase
