"""Hedges and boosters: which words lower or raise commitment, and which words they bear on.

The words are in ``lexicons/hedges.toml`` and ``lexicons/boosters.toml``; here is the grammar that decides whether a
word is used as a hedge, and its scope. Scope follows the dependency tree, not the sentence: a modal bears on its
clause, a belief verb on its complement, an adjective on its noun, an approximator on its number, a conditional on the
clause it conditions. Kinds of hedge after Hyland (1998, 2005) and Palmer (2001); scope as a matter of syntax after
Velldal, Øvrelid, Read and Oepen (2012), *Speculation and Negation: Rules, Rankers, and the Role of Syntax*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

import msgspec

from attribution.lexicon import BoosterEntry, CueException, HedgeEntry, Lexicon
from attribution.parsing import Doc, Tree
from attribution.records import Booster, Hedge, HedgeCategory, Span

NUMBER_WORDS = frozenset(
    "half quarter third dozen score hundred thousand million billion trillion double twice "
    "all every everyone everybody everything".split()
)
"""Numerals and universal quantifiers that an approximator can stand before besides figures (*nearly half*)."""

OPEN_TO_ASIDES = frozenset({"ADV", "ADJ"})
"""Parts of speech of a word that may stand inside an entry of several words (*no scientific evidence*)."""

INTERROGATIVES = frozenset("whether if who whom whose what which when where why how".split())
CAUSE_AND_CONCESSION = frozenset("although though while whereas because since".split())
"""Conjunctions of adverbial clauses that assert a fact of their own, outside a hedge's scope."""

PAST_TAGS = frozenset({"VBD"})
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
ADJUNCTS = ("advmod", "obl", "nmod", "case", "advcl", "discourse", "parataxis", "fixed")
"""Relations of adverbs and adverbial phrases, which bear on what they hang on."""


class _Match(msgspec.Struct, frozen=True):
    """An entry found at tokens of a sentence."""

    entry: HedgeEntry | BoosterEntry
    indices: tuple[int, ...]


def find_hedges(doc: Doc, lexicon: Lexicon) -> tuple[tuple[Hedge, ...], tuple[Booster, ...]]:
    """Give the draft's hedges and boosters in text order, with the character spans they bear on.

    Each word belongs to one hedge or booster at most: longer entries go before shorter ones (*no doubt* before
    *doubt*), an agentless passive before other meanings of its verb.
    """
    hedges: list[Hedge] = []
    boosters: list[Booster] = []
    for tree in doc.trees:
        sentence = tree.sentence
        for match in _matches(tree, lexicon):
            spans = tree.spans(_shown(tree, match))
            text = " … ".join(doc.draft.text[span.start : span.end] for span in spans)
            scope = _spans(tree, _scope(tree, match))
            match match.entry:
                case HedgeEntry(category=category, strength=strength):
                    number = f"h{len(hedges) + 1}"
                    hedges.append(Hedge(number, sentence.id, spans, text, category, strength, scope))
                case BoosterEntry(strength=strength):
                    number = f"b{len(boosters) + 1}"
                    boosters.append(Booster(number, sentence.id, spans, text, strength, scope))
    return tuple(hedges), tuple(boosters)


# --- Which words ------------------------------------------------------------------------------------------------------


def _matches(tree: Tree, lexicon: Lexicon) -> Iterator[_Match]:
    readings = [_readings(tree, index) for index in range(len(tree))]
    words = frozenset(chain.from_iterable(readings))
    taken: set[int] = set()
    for start, token in enumerate(tree.tokens):
        if start in taken:
            continue
        for entry in lexicon.markers_of(readings[start], token.upos):
            if not entry.fixed <= words:
                continue
            indices = _stand_at(tree, start, entry.row)
            if indices is None or taken.intersection(indices):
                continue
            match = _Match(entry, indices)
            if _fits(tree, match, lexicon):
                taken.update(indices)
                yield match
                break


def _stand_at(tree: Tree, start: int, words: Sequence[str]) -> tuple[int, ...] | None:
    """Give the tokens that are these words in a row from ``start`` on, with at most one aside between two."""
    indices = [start]
    for word in words[1:]:
        index = indices[-1] + 1
        if not _is_word(tree, index, word):
            if not (
                index < len(tree) and tree.tokens[index].upos in OPEN_TO_ASIDES and tree.tokens[index].head > index
            ):
                return None
            index += 1
            if not _is_word(tree, index, word):
                return None
        indices.append(index)
    return tuple(indices)


def _form(tree: Tree, index: int) -> str:
    return tree.forms[index]


def _lemma(tree: Tree, index: int) -> str:
    return tree.lemmas[index]


def _is_word(tree: Tree, index: int, word: str) -> bool:
    return index < len(tree) and word in _readings(tree, index)


def _readings(tree: Tree, index: int) -> tuple[str, ...]:
    """The token's form and lemma, and what an inflected verb may be a form of."""
    return _readings_of(tree.forms[index], tree.lemmas[index], tree.tokens[index].upos == "VERB")


@lru_cache(maxsize=2**15)
def _readings_of(form: str, lemma: str, is_verb: bool) -> tuple[str, ...]:
    """Lemmatisers that guess go wrong on the past of rare regular verbs (*branded*, *reckoned*)."""
    readings = dict.fromkeys((form, lemma))
    if is_verb:
        for ending in ("ed", "es", "s", "ing"):
            if form.endswith(ending) and len(form) > len(ending) + 2:
                stem = form[: -len(ending)]
                readings.update(dict.fromkeys((stem, stem + "e")))
                if stem[-1] == stem[-2]:
                    readings[stem[:-1]] = None
                if ending in ("ed", "es") and stem.endswith("i"):
                    readings[stem[:-1] + "y"] = None
    return tuple(readings)


def _fits(tree: Tree, match: _Match, lexicon: Lexicon) -> bool:
    """Whether the words are used in the way their entry means."""
    first = match.indices[0]
    if any(
        exception.shadows == "hedge"
        and f" {exception.words} " not in f" {match.entry.words} "  # *as if* is no exception to *look as if*
        and _shadows(tree, index, exception)
        for index in match.indices
        for word in _readings(tree, index)
        for exception in lexicon.exceptions_of(word)
    ):
        return False
    if isinstance(match.entry, BoosterEntry):
        return _raises_commitment(tree, match)
    if len(match.indices) == 1 and (_is_imperative(tree, first) or _names_a_kind(tree, first)):
        return False
    return _has_complement(tree, match, match.entry) and _fits_category(tree, match, match.entry, lexicon)


def _shadows(tree: Tree, index: int, exception: CueException) -> bool:
    """Whether the exception's condition holds of the token."""
    if exception.words is not None:
        words = exception.words.split()
        return any(
            all(_is_word(tree, start + offset, word) for offset, word in enumerate(words))
            for start in range(max(0, index - len(words) + 1), index + 1)
        )
    if exception.objects:
        return any(_lemma(tree, child) in exception.objects for child in tree.children(index, "obj", "nsubj:pass"))
    if exception.number_object:
        return any(tree.child(child, "nummod") is not None for child in tree.children(index, "obj", "nsubj:pass"))
    if exception.obliques:
        return any(
            f"{_lemma(tree, case)} {_lemma(tree, child)}" in exception.obliques
            for child in tree.children(index, "obl")
            for case in tree.children(child, "case")
        )
    head = tree.head(index)
    return (
        tree.matches(index, "amod") and head is not None and bool({"*", _lemma(tree, head)} & set(exception.modifies))
    )


def _raises_commitment(tree: Tree, match: _Match) -> bool:
    """A booster may not be negated; a verb must have a finite complement (*proves that*, not *proves difficult*)."""
    first, anchor = match.indices[0], _anchor(tree, match.indices)
    if first > 0 and _lemma(tree, first - 1) in ("not", "no", "never", "hardly"):
        return False
    if len(match.indices) > 1:
        return tree.tokens[first].upos != "ADP" or not tree.matches(match.indices[-1], "amod")  # *for certain women*
    token = tree.tokens[anchor]
    if token.upos == "ADV" and token.relation == "advmod" and tree.tokens[token.head].upos == "VERB":
        return anchor < token.head or _form(tree, anchor - 1) == ","  # *saw the road clearly* is manner
    if token.upos == "ADJ" and tree.matches(anchor, "amod"):
        return match.entry.strength >= 0.7
    if token.upos == "ADJ":
        return bool(_clauses(tree, anchor, finite=True)) or match.entry.strength >= 0.6
    if token.upos == "VERB":
        return not _is_negated(tree, anchor) and bool(_clauses(tree, anchor, finite=True))
    return True


# --- Conditions of the tree -------------------------------------------------------------------------------------------


def _has_complement(tree: Tree, match: _Match, entry: HedgeEntry) -> bool:
    anchor = _anchor(tree, match.indices)
    match entry.complement:
        case "any":
            return True
        case "number":
            return _number_phrase(tree, match.indices) is not None
        case "noun":
            head = tree.head(anchor)
            return tree.matches(anchor, "amod") and head is not None and not _follows_superlative(tree, anchor)
        case "as":
            return bool(_as_phrases(tree, anchor, of_object=True))
        case "that":
            return bool(_clauses(tree, anchor, finite=True)) or _host(tree, anchor) is not None
        case "clause":
            if _clauses(tree, anchor) or _host(tree, anchor) is not None:
                return True
            if entry.category not in (HedgeCategory.BELIEF, HedgeCategory.AGENTLESS_PASSIVE):
                return False
            small = bool(_as_phrases(tree, anchor)) or _has_small_clause(tree, anchor)
            return small or _lacks_its_clause(tree, anchor)


def _fits_category(tree: Tree, match: _Match, entry: HedgeEntry, lexicon: Lexicon) -> bool:
    first, anchor = match.indices[0], _anchor(tree, match.indices)
    match entry.category:
        case HedgeCategory.AGENTLESS_PASSIVE:
            return _is_passive(tree, anchor) and not _agents(tree, anchor)
        case HedgeCategory.MODAL:
            return len(match.indices) > 1 or _is_epistemic_modal(tree, first, lexicon)
        case HedgeCategory.CONDITIONAL:
            return _is_conditional(tree, match)
        case HedgeCategory.BELIEF:
            clauses = _clauses(tree, anchor)
            return not (clauses and all(_is_interrogative(tree, clause) for clause in clauses))
        case HedgeCategory.EPISTEMIC if tree.tokens[first].upos == "SCONJ" and len(match.indices) == 1:
            head = tree.head(first)
            if head is not None and _form(tree, first) == "if":
                return tree.matches(head, "ccomp", "csubj")
            return head is not None and not tree.matches(head, "advcl", "root", "parataxis")
        case _:
            return True


def _anchor(tree: Tree, indices: Sequence[int]) -> int:
    """The first of the tokens that hangs on none of the others."""
    return next(index for index in indices if tree.tokens[index].head not in indices)


def _is_negated(tree: Tree, verb: int) -> bool:
    return any(_lemma(tree, child) in ("not", "never", "no") for child in tree.children(verb, "advmod", "det", "aux"))


def _is_imperative(tree: Tree, index: int) -> bool:
    """Whether the token is a bare verb at the head of a sentence without subject (*Consider the following*)."""
    return (
        tree.tokens[index].upos == "VERB"
        and tree.tokens[index].xpos in ("VB", "VBP")
        and tree.matches(index, "root")
        and tree.child(index, "nsubj", "csubj", "expl", "aux", "mark") is None
    )


def _names_a_kind(tree: Tree, index: int) -> bool:
    """Whether the token is the first part of a compound (*rumour mill*, *uncertainty principle*)."""
    return tree.tokens[index].upos in ("NOUN", "PROPN") and tree.matches(index, "compound")


def _is_passive(tree: Tree, index: int) -> bool:
    """Whether the token is a verb in the passive, or a participle after its noun (*a trader accused of fraud*)."""
    if tree.child(index, "aux:pass", "nsubj:pass") is not None:
        return True
    token = tree.tokens[index]
    if token.xpos != "VBN" or tree.matches(index, "amod", "compound"):
        return False
    auxiliaries = {_lemma(tree, child) for child in tree.children(index, "aux")}
    return "be" in auxiliaries or ("have" not in auxiliaries and tree.child(index, "nsubj") is None)


def _agents(tree: Tree, verb: int) -> list[int]:
    return [
        child
        for child in tree.children(verb, "obl")
        if tree.matches(child, "obl:agent") or any(_lemma(tree, case) == "by" for case in tree.children(child, "case"))
    ]


def _clauses(tree: Tree, index: int, finite: bool = False) -> list[int]:
    """Heads of the clauses that the word governs: *believes that …*, *is likely to …*, *the theory that …*."""
    found = []
    agents = _agents(tree, index)
    for child in [*tree.children(index), *(clause for agent in agents for clause in tree.children(agent, "acl:relcl"))]:
        if tree.matches(child, "ccomp"):
            found.append(child)
        elif tree.matches(child, "csubj"):
            if tree.child(index, "expl") is not None or child > index:
                found.append(child)
        elif tree.matches(child, "xcomp"):
            gerund = tree.tokens[child].xpos == "VBG" and tree.child(index, "obj", "nsubj:pass") is None
            if not gerund:
                found.append(child)
        elif tree.matches(child, "acl", "advcl", "obl", "nmod") and child > index:
            # That-clauses of nouns and adjectives are labelled in several ways.
            to_clause = tree.tokens[index].upos == "ADJ" and tree.matches(child, "acl", "advcl")
            if _is_that_clause(tree, index, child) or (to_clause and _is_infinitive(tree, child)):
                found.append(child)
    return [clause for clause in found if _is_finite(tree, clause)] if finite else found


def _is_that_clause(tree: Tree, index: int, clause: int) -> bool:
    """Whether *that*, *whether* or *like* introduces the clause.

    Parsers often take the conjunction right after a noun for a relative pronoun, or hang it elsewhere (*the theory that
    he acted alone*); the clause then has a subject besides.
    """
    conjunctions = [child for child in tree.children(clause) if _form(tree, child) in ("that", "whether", "like")]
    if any(tree.tokens[child].upos == "SCONJ" for child in conjunctions):
        return True
    after = index + 1
    return (
        after < clause
        and _form(tree, after) == "that"
        and any(subject != after for subject in tree.children(clause, "nsubj"))
    )


def _has_marker(tree: Tree, clause: int, words: Iterable[str]) -> bool:
    return any(_lemma(tree, mark) in words for mark in tree.children(clause, "mark"))


def _is_infinitive(tree: Tree, clause: int) -> bool:
    return any(tree.tokens[mark].upos == "PART" for mark in tree.children(clause, "mark"))


def _is_finite(tree: Tree, clause: int) -> bool:
    if _is_infinitive(tree, clause):
        return False
    verbs = [clause, *tree.children(clause, "aux", "cop")]
    return any(tree.tokens[verb].xpos in FINITE_TAGS for verb in verbs)


def _is_interrogative(tree: Tree, clause: int) -> bool:
    """Whether a governed clause is a question: it has *whether*, or opens with a question word."""
    words = tree.subtree(clause)
    return bool(words) and _form(tree, words[0]) in INTERROGATIVES


def _as_phrases(tree: Tree, verb: int, of_object: bool = False) -> list[int]:
    """Heads of *as*-phrases on the verb, which are not clauses with a subject (*regard the tax as unfair*).

    Parsers hang some of them on the *by*-phrase, and (``of_object``) on the object.
    """
    places = [verb, *_agents(tree, verb), *(tree.children(verb, "obj") if of_object else [])]
    return [
        child
        for place in places
        for child in tree.children(place, "obl", "advcl", "xcomp", "nmod", "ccomp")
        if child > verb
        and any(_lemma(tree, word) == "as" for word in tree.children(child, "case", "mark", "advmod"))
        and tree.child(child, "nsubj") is None
    ]


def _host(tree: Tree, verb: int) -> int | None:
    """The clause that a parenthesis comments on (*The fire, police believe, was set*)."""
    if tree.tokens[verb].upos != "VERB" or not tree.matches(verb, "parataxis") or tree.child(verb, "obj") is not None:
        return None
    if tree.child(verb, "nsubj", "expl", "mark") is None:
        return None
    return next((above for above in tree.ancestors(verb) if _is_predicate(tree, above)), tree.head(verb))


def _has_small_clause(tree: Tree, verb: int) -> bool:
    """Whether a noun is said of the object (*consider it a risk*): parsers see two objects, or one in a passive."""
    return len(tree.children(verb, "obj")) > (0 if _is_passive(tree, verb) else 1)


def _lacks_its_clause(tree: Tree, verb: int) -> bool:
    """Whether the complement is what the relative clause is about (*the man who they think fled*)."""
    return (
        tree.matches(verb, "acl:relcl")
        and tree.tokens[verb].upos == "VERB"
        and tree.child(verb, "obj", "obl") is None
        and tree.child(verb, "nsubj") is not None
    )


def _follows_superlative(tree: Tree, index: int) -> bool:
    """*The highest possible score* measures, it does not doubt."""
    return index > 0 and tree.tokens[index - 1].xpos in ("JJS", "RBS")


def _number_phrase(tree: Tree, indices: Sequence[int]) -> list[int] | None:
    """The tokens of the number that stands right after the words (*about 40 people*) or right before (*40 or so*)."""
    after, before = indices[-1] + 1, indices[0] - 1
    while after < len(tree) and (tree.tokens[after].upos == "SYM" or _form(tree, after) in ("a", "an", "one")):
        after += 1
    number = after if _is_number(tree, after) else None
    if number is not None and tree.tokens[indices[0]].upos == "ADP" and _counts_nothing(tree, number):
        return None
    if number is None and len(indices) > 1:
        if _is_number(tree, before):
            number = before
        elif before > 0 and (counted := tree.child(before, "nummod")) is not None:
            number = counted
    if number is None:
        return None
    words = {*indices, *_phrase(tree, number)}
    head = number
    while (above := tree.head(head)) is not None and tree.tokens[above].upos in ("NOUN", "PROPN", "NUM", "SYM"):
        if not tree.matches(head, "nummod", "compound", "det", "amod", "advmod", "nmod:npmod", "nmod:unmarked"):
            break
        head = above
        words.update(tree.children(head, "amod", "compound", "nummod", "flat") + [head])
    first, last = min(indices[0], number), max(indices[-1], *words)
    return list(range(first, last + 1))


def _counts_nothing(tree: Tree, number: int) -> bool:
    """Whether a number after a preposition is an age, a price or a year (*voters under 45*), and counts no noun."""
    head = tree.head(number)
    return (
        tree.matches(number, "nmod") and head is not None and head < number and tree.child(number, "case") is not None
    )


def _is_number(tree: Tree, index: int) -> bool:
    if not 0 <= index < len(tree):
        return False
    return tree.tokens[index].upos == "NUM" or _lemma(tree, index) in NUMBER_WORDS


# --- Modals and conditionals ------------------------------------------------------------------------------------------


def _is_epistemic_modal(tree: Tree, index: int, lexicon: Lexicon) -> bool:
    """Whether a modal speaks of likelihood, not of permission, ability or duty (Palmer 2001, chapters 2 and 3)."""
    token = tree.tokens[index]
    if token.text.istitle() and index > 0 and tree.tokens[index - 1].upos != "PUNCT" and not _is_headline(tree):
        return False  # a name (*Devil May Cry*)
    verb = tree.head(index)
    if verb is None or not tree.matches(index, "aux", "cop"):
        return False
    subject = tree.child(verb, "nsubj", "expl", "csubj")
    perfect = any(_lemma(tree, child) == "have" for child in tree.children(verb, "aux"))
    negated = _is_negated(tree, verb)
    passive = tree.child(verb, "aux:pass") is not None
    if perfect:
        return not (negated and _form(tree, index) == "could")
    match _form(tree, index):
        case "may":
            if subject is not None and (index < subject or _form(tree, subject) == "you"):
                return False  # a wish (*may she rest*); leave given to the reader
            only = any(_lemma(tree, child) == "only" for child in tree.children(verb, "advmod"))
            return not (passive and (negated or only))  # *may not be copied*
        case "could":
            return not negated and not _is_past_ability(tree, verb, lexicon)
        case "must":
            return False
        case _:
            return True


def _is_headline(tree: Tree) -> bool:
    """Whether most longer words have a capital, as in a headline in title case."""
    words = [token.text for token in tree.tokens if len(token.text) > 3 and token.text.isalpha()]
    return sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _is_past_ability(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether *could* tells what somebody was able to do: in a story told in the past, and not as reported speech."""
    clause = verb
    while not tree.matches(clause, "acl:relcl"):
        words = {_lemma(tree, child) for child in tree.children(clause, "mark", "advmod", "cc")}
        if words & {"so", "before", "until"}:
            return True
        if any(_is_past(tree, child) for child in tree.children(clause, "conj", "advcl")):
            return True
        head = tree.head(clause)
        if head is None or (tree.matches(clause, "ccomp", "parataxis") and lexicon.verbs_of(_lemma(tree, head))):
            return False
        if _is_past(tree, head):
            return True
        clause = head
    return False


def _is_past(tree: Tree, clause: int) -> bool:
    return any(tree.tokens[word].xpos in PAST_TAGS for word in (clause, *tree.children(clause, "aux", "cop")))


def _is_conditional(tree: Tree, match: _Match) -> bool:
    first, anchor = match.indices[0], _anchor(tree, match.indices)
    if tree.tokens[first].upos in ("AUX", "VERB") and _form(tree, first) in ("should", "had", "were"):
        return _is_inverted(tree, first)
    if _form(tree, first) in ("would", "'d"):
        return _is_conditional_would(tree, first)
    if tree.tokens[first].upos == "SCONJ" and len(match.indices) == 1:
        clause = tree.head(anchor)
        return (
            tree.matches(anchor, "mark")
            and clause is not None
            and (
                not tree.matches(clause, "ccomp", "csubj", "xcomp")
                or _form(tree, anchor - 1) == "that"  # *he said that if …*
            )
            and not _is_concession(tree, clause)
        )
    if tree.tokens[anchor].upos == "VERB" and len(match.indices) == 1:
        return tree.matches(anchor, "mark", "case") or (tree.matches(anchor, "advcl") and bool(_clauses(tree, anchor)))
    if tree.tokens[anchor].upos == "NOUN" and _lemma(tree, match.indices[-1]) == _lemma(tree, anchor):
        return tree.child(anchor, "acl", "ccomp", "advcl") is not None  # *in case it rains*, not *in many cases*
    return True


def _is_concession(tree: Tree, clause: int) -> bool:
    """Whether an *if*-phrase without a verb grants a point (*respected, if not loved*) and makes no condition."""
    head = tree.head(clause)
    if head is None or _is_predicate(tree, clause):
        return False
    return _is_negated(tree, clause) or tree.tokens[clause].upos == tree.tokens[head].upos == "ADJ"


def _is_inverted(tree: Tree, index: int) -> bool:
    """Whether the auxiliary opens a clause before its subject and makes it a condition (*should he win*)."""
    verb = tree.head(index)
    if verb is None or not tree.matches(index, "aux", "cop") or not tree.matches(verb, "advcl", "ccomp", "parataxis"):
        return False
    subject = tree.child(verb, "nsubj", "expl")
    return subject is not None and index < subject and tree.child(verb, "mark") is None


def _is_conditional_would(tree: Tree, index: int) -> bool:
    """Whether *would* supposes something, and is no future seen from the past (*she said she would go*)."""
    verb = tree.head(index)
    if verb is None or not tree.matches(index, "aux"):
        return False
    if any(_lemma(tree, child) == "have" for child in tree.children(verb, "aux")):
        return True
    for clause in tree.children(verb, "advcl"):
        if _has_marker(tree, clause, {"if", "unless"}) or _opens_inverted(tree, clause):
            return True
    if any(_is_past(tree, above) for above in (verb, *tree.ancestors(verb))):
        return False
    return not any(_is_past(tree, child) for child in tree.children(verb, "conj", "advcl", "parataxis"))


def _opens_inverted(tree: Tree, clause: int) -> bool:
    return any(_is_inverted(tree, child) for child in tree.children(clause, "aux", "cop"))


# --- Scope ------------------------------------------------------------------------------------------------------------


def _shown(tree: Tree, match: _Match) -> list[int]:
    """The tokens to mark: the words, and for a passive its auxiliaries and the *to* or *as* after it."""
    if not isinstance(match.entry, HedgeEntry) or match.entry.category is not HedgeCategory.AGENTLESS_PASSIVE:
        return list(match.indices)
    first, last = match.indices[0], match.indices[-1]
    auxiliaries = [child for child in tree.children(_anchor(tree, match.indices), "aux") if child < first]
    start = first
    while start > 0 and start - 1 in auxiliaries and tree.tokens[start - 1].xpos != "MD":
        start -= 1
    end = last + 1
    if end < len(tree) and _form(tree, end) in ("to", "as"):
        end += 1
    return list(range(start, end))


def _spans(tree: Tree, indices: Iterable[int]) -> tuple[Span, ...]:
    """Character spans of the tokens, without punctuation, conjunctions and *that* at the ends of each."""
    runs: list[list[int]] = []
    for index in sorted(set(indices)):
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    kept: list[int] = []
    for run in runs:
        while run and _is_edge(tree, run[0]):
            run.pop(0)
        while run and tree.tokens[run[-1]].upos == "PUNCT":
            run.pop()
        kept += run
    return tree.spans(kept)


def _is_edge(tree: Tree, index: int) -> bool:
    token = tree.tokens[index]
    return token.upos in ("PUNCT", "CCONJ") or (_form(tree, index) == "that" and token.relation in ("mark", "obj"))


def _scope(tree: Tree, match: _Match) -> list[int]:
    """The tokens that the hedge or booster bears on."""
    anchor = _anchor(tree, match.indices)
    if isinstance(match.entry, HedgeEntry):
        match match.entry.category:
            case HedgeCategory.APPROXIMATOR if match.entry.complement == "number":
                return _number_phrase(tree, match.indices) or list(match.indices)
            case HedgeCategory.APPROXIMATOR if tree.tokens[anchor].upos not in ("VERB", "ADJ"):
                return _phrase(tree, anchor)
            case HedgeCategory.CONDITIONAL:
                return _conditioned(tree, match)
    token = tree.tokens[anchor]
    if token.upos == "AUX" or tree.matches(anchor, "aux"):
        verb = tree.head(anchor)
        return _clause(tree, anchor if verb is None else verb)
    if tree.matches(anchor, "mark"):
        clause = tree.head(anchor)
        return [] if clause is None else [index for index in _clause(tree, clause) if index != anchor]
    if tree.matches(anchor, "amod"):
        head = tree.head(anchor)
        return [] if head is None else _phrase(tree, head)
    if token.upos in ("VERB", "ADJ", "NOUN", "PROPN", "AUX") and not tree.matches(anchor, "advmod"):
        for index in (anchor, *match.indices):
            governed = _governed(tree, index, match.indices)
            if governed:
                return governed
        if token.upos in ("VERB", "ADJ") or tree.child(anchor, "cop") is not None or tree.matches(anchor, "root"):
            return _clause(tree, anchor)
    head = tree.head(anchor)
    if head is not None and tree.matches(anchor, *ADJUNCTS):
        return _clause(tree, head) if _is_predicate(tree, head) else _phrase(tree, head, with_preposition=True)
    return _clause(tree, anchor) if _is_predicate(tree, anchor) else _phrase(tree, anchor)


def _governed(tree: Tree, anchor: int, indices: Sequence[int]) -> list[int]:
    """What a verb, adjective or noun is said of: its complement clause, with the subject or object of that."""
    token = tree.tokens[anchor]
    host = _host(tree, anchor)
    clauses = _clauses(tree, anchor)
    if host is not None and not clauses:
        return [index for index in _clause(tree, host) if index not in tree.subtree(anchor)]
    parts: list[int] = []
    phrases = _as_phrases(tree, anchor, of_object=True) if token.upos == "VERB" else []
    for clause in clauses:
        parts += _clause(tree, clause)
    for phrase in phrases:
        parts += [index for index in tree.subtree(phrase) if tree.head(index) != phrase or _form(tree, index) != "as"]
    if token.upos in ("NOUN", "PROPN"):
        if not parts:
            parts = [index for child in tree.children(anchor, "nmod", "acl") for index in tree.subtree(child)]
        head = tree.head(anchor)
        if not parts and tree.matches(anchor, "nsubj") and head is not None:
            parts = [index for clause in _clauses(tree, head) for index in _clause(tree, clause)]
        return [index for index in parts if index not in indices]
    small = [clause for clause in clauses if tree.matches(clause, "xcomp") or _is_infinitive(tree, clause)]
    if token.upos == "VERB" and not clauses and not phrases:
        parts += _of_phrases(tree, anchor)
    if small or phrases or (token.upos == "VERB" and not clauses):
        if _is_passive(tree, anchor) or ((small or phrases) and tree.child(anchor, "obj") is None):
            parts += _subject(tree, anchor)
        for child in tree.children(anchor, "obj"):
            parts += tree.subtree(child)
    return [index for index in parts if index not in indices]


def _of_phrases(tree: Tree, verb: int) -> list[int]:
    """What somebody is accused *of*, blamed *for*, credited *with*, or a thing attributed *to*."""
    return [
        index
        for child in tree.children(verb, "obl", "advcl")
        if child > verb
        and any(_lemma(tree, word) in ("of", "for", "with", "to") for word in tree.children(child, "case", "mark"))
        for index in tree.subtree(child)
    ]


def _subject(tree: Tree, verb: int) -> list[int]:
    """The subject's words, or the noun's that the verb's participle or relative clause hangs on."""
    subjects = tree.children(verb, "nsubj")
    if subjects:
        return [index for child in subjects for index in tree.subtree(child)]
    head = tree.head(verb)
    if head is not None and tree.matches(verb, "acl"):
        return [index for index in _phrase(tree, head) if index < verb]
    if head is not None and tree.matches(verb, "conj"):
        return [index for child in tree.children(head, "nsubj") for index in tree.subtree(child)]
    return []


def _is_predicate(tree: Tree, index: int) -> bool:
    """Whether the token heads a clause."""
    token = tree.tokens[index]
    if tree.child(index, "nsubj", "csubj", "cop", "aux", "expl") is not None:
        return True
    is_verb = token.upos == "VERB" and not tree.matches(index, "amod")
    return is_verb or tree.matches(index, "root", "ccomp", "parataxis")


def _clause(tree: Tree, head: int) -> list[int]:
    """The clause's words: not coordinated clauses with a subject of their own, asides, or facts added to it.

    Facts added are relative clauses after a comma and adverbial clauses of cause and concession.
    """
    cut: list[int] = []
    for index in tree.subtree(head):
        if index == head:
            continue
        above = tree.head(index)
        added = tree.matches(index, "acl:relcl") and _stands_after_comma(tree, index)
        if added or tree.matches(index, "parataxis"):
            cut.append(index)
        elif above == head and tree.matches(index, "conj"):
            if tree.child(index, "nsubj", "expl", "csubj") is not None:
                cut += [index, *tree.children(index, "cc")]
        elif above == head and tree.matches(index, "advcl") and _has_marker(tree, index, CAUSE_AND_CONCESSION):
            cut.append(index)
    return tree.subtree(head, cut)


def _stands_after_comma(tree: Tree, clause: int) -> bool:
    words = tree.subtree(clause)
    first = next((index for index in words if tree.tokens[index].upos != "PUNCT"), clause)
    return first > 0 and _form(tree, first - 1) == ","


def _phrase(tree: Tree, head: int, with_preposition: bool = False) -> list[int]:
    """The phrase's words: no relative clauses, appositions, coordinated phrases or asides."""
    cut = [
        child
        for child in tree.children(head)
        if tree.matches(child, "acl:relcl", "parataxis", "conj", "appos", "cop", "nsubj", "csubj", "aux", "advcl")
        or (tree.matches(child, "case") and not with_preposition)
    ]
    cut += [index for child in cut if tree.matches(child, "conj") for index in tree.children(child, "cc")]
    return tree.subtree(head, cut)


def _conditioned(tree: Tree, match: _Match) -> list[int]:
    """The clause that the condition bears on, without the condition."""
    first, anchor = match.indices[0], _anchor(tree, match.indices)
    if _form(tree, first) in ("would", "'d"):
        verb = tree.head(first)
        return _clause(tree, first if verb is None else verb)
    condition = anchor
    if tree.matches(anchor, "mark", "case", "aux", "cop", "fixed", "advmod", "cc") and tree.head(anchor) is not None:
        condition = tree.tokens[anchor].head
    main = tree.head(condition)
    if main is None or (
        tree.matches(condition, "ccomp", "acl:relcl", "conj") and tree.child(condition, "nsubj", "cop") is not None
    ):
        main = condition
        own = [index for child in tree.children(main, "obl") for index in tree.subtree(child)]
    else:
        own = tree.subtree(condition)
    scope = _clause(tree, main) if _is_predicate(tree, main) else _phrase(tree, main)
    return [index for index in scope if index not in own]
