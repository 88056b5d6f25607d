"""Predicates shared by several rules: who speaks, what is near a sentence, what a hedge modifies.

Questions of clause grammar (negation, passive, supposition) are answered by ``attribution.grammar``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attribution import grammar
from attribution.extraction.mentions import Gender, Mention
from attribution.extraction.names import SUFFIXES, same_person
from attribution.linting.context import Context
from attribution.parsing import Tree
from attribution.records import (
    Attitude,
    Attribution,
    BlockKind,
    Booster,
    Claim,
    Evidence,
    Frame,
    Hedge,
    Quotation,
    Sentence,
    SourceEntity,
    SourceKind,
    Span,
    Token,
    Voice,
)

INDEFINITE = frozenset({"a", "an", "another", "any", "few", "many", "most", "one", "other", "several", "some"})
"""Determiners and quantifiers of a first mention."""

QUANTIFIERS = frozenset({"few", "many", "most"})
"""Quantifiers that make a crowd of the people they count."""

CONDITIONS = frozenset({"if", "unless", "when", "whenever", "whether"})
"""Conjunctions that introduce something supposed or repeated."""

DESCRIBING = ("amod", "compound", "nmod", "acl", "appos", "nmod:poss", "flat")
"""Relations of words that describe a noun."""

ADDRESSEES = frozenset({"her", "him", "me", "them", "you"})
"""Pronouns for somebody in the story who is told something; *us* may be the paper."""

FIRST_PERSONS = frozenset({"i", "my", "our", "us", "we"})
"""Words by which a writer speaks for themselves."""

NEARBY = 4
"""How many sentences before and after tell whether a writer speaks for themselves."""

ARGUED_SENTENCES = 2
"""How many questions, exclamations or sentences in the first person make a column."""

OPENING_SENTENCES = 4
"""How many sentences, a dateline among them, tell on what occasion somebody spoke."""

LONGEST_DATELINE = 8
"""The most tokens of a dateline that opens a sentence."""

LISTENED = frozenset({"assure", "inform", "remind", "tell", "warn"})
"""Verbs whose object is the listener."""

PRONOUN_GENDERS = {"he": Gender.MALE, "she": Gender.FEMALE}
"""Pronouns that refer to a single person."""

OPENING = ("case", "mark", "advmod")
"""Relations of the word that opens a phrase or clause (*seen **as** dear*)."""

POINTING = frozenset({"ADV", "AUX", "CCONJ", "DET", "PRON"})
"""Word classes of a clause such as *that is*, which has no content of its own."""

MODIFYING = ("aux", "advmod", "discourse", "obl", "parataxis", "fixed", "cop")
"""Relations between a hedge and the predicate that it weakens."""

DEGREES = frozenset({"as", "least", "less", "more", "most", "very"})
"""Adverbs of degree: *more likely* is a comparison."""


# --- Attributions and their cues --------------------------------------------------------------------------------------


def speaks(attribution: Attribution) -> bool:
    """Whether the source is somebody other than the paper."""
    return bool(attribution.source.spans) and not attribution.source.kind.is_nobody_else


def gives_words(attribution: Attribution) -> bool:
    """Whether somebody other than the paper states, thinks or withholds something; a mere stance does not count."""
    return speaks(attribution) and (attribution.withheld or attribution.evidence is not Evidence.STANCE)


def reports(attribution: Attribution) -> bool:
    """Whether the source states or believes something, in a clause or in quotation marks."""
    return (
        attribution.frame.tells
        and attribution.evidence is not Evidence.STANCE
        and attribution.attitude in (Attitude.ASSERTION, Attitude.BELIEF)
        and not attribution.negated
        and not attribution.withheld
    )


def cue_token(context: Context, attribution: Attribution) -> Token | None:
    """The topmost word of an attribution's cue."""
    return context.head(context.sentence(attribution.sentence), attribution.cue.spans)


def cue_lemmas(attribution: Attribution) -> frozenset[str]:
    """The words of the cue's lemma, in lower case."""
    return frozenset(attribution.cue.lemma.lower().split())


def cue_span(attribution: Attribution) -> Span:
    """The span from the first to the last word of the cue."""
    return Span(attribution.cue.spans[0].start, attribution.cue.spans[-1].end)


def has_cue_of(context: Context, attribution: Attribution, *lists: str) -> bool:
    """Whether a word of the cue is in one of these lists."""
    return any(not context.lexicon.words_for(name).isdisjoint(cue_lemmas(attribution)) for name in lists)


def is_told_by_somebody(context: Context, attribution: Attribution) -> bool:
    """Whether the source is a person or organisation that states the content; outlets and documents only relay it."""
    return any(not other.source.kind.passes_on for other in _around(context, attribution))


def denies(context: Context, attribution: Attribution) -> bool:
    """Whether the source says that something is not so (*denied that*): a report, though it counts as negated."""
    tree, cue = context.tree(context.sentence(attribution.sentence)), cue_token(context, attribution)
    return (
        cue is not None
        and attribution.negated
        and attribution.attitude is Attitude.ASSERTION
        and not attribution.withheld
        and attribution.frame.tells
        and not grammar.is_negated(tree, cue.index)
    )


def is_hypothetical(context: Context, attribution: Attribution) -> bool:
    """Whether the statement is supposed, foretold or repeated: *if officials agree*, *when a man says*, *might say*."""
    tree, cue = context.tree(context.sentence(attribution.sentence)), cue_token(context, attribution)
    if cue is None:
        return False
    return bool(grammar.modals(tree, cue.index)) or any(
        tree.matches(index, "advcl")
        and any(tree.lemmas[mark] in CONDITIONS for mark in tree.children(index, "mark", "advmod"))
        for index in (cue.index, *tree.ancestors(cue.index))
    )


def tells_paper(context: Context, attribution: Attribution) -> bool:
    """Whether the source may have told the paper: nothing supposed, relayed, asked, shouted or told to others."""
    cue = cue_token(context, attribution)
    noise = cue is not None and not context.lexicon.words_for("no-telling").isdisjoint(context.words_of(cue))
    return not (
        noise
        or is_hypothetical(context, attribution)
        or tells_somebody_else(context, attribution)
        or is_relayed(context, attribution)
    )


def is_relayed(context: Context, attribution: Attribution) -> bool:
    """Whether another source relays what this source said."""
    return any(reports(other) for other in _around(context, attribution))


def tells_somebody_else(context: Context, attribution: Attribution) -> bool:
    """Whether the listener is in the story and is not the press.

    True of *officials told him*, *told Ada Quill, the mayor* and *told employees*.
    """
    sentence = context.sentence(attribution.sentence)
    tree, cue = context.tree(sentence), cue_token(context, attribution)
    if cue is None:
        return False
    persons = {
        mention.head
        for mention in context.mentions_in(sentence)
        if mention.being in ("person", "unknown") and mention.name is not None
    }
    press = context.lexicon.words_for("press-listener")
    for index in tree.children(cue.index, "obj", "iobj"):
        token = tree.tokens[index]
        if tree.forms[index] in ADDRESSEES if token.upos == "PRON" else index in persons:
            return True
        if token.upos == "NOUN" and cue.lemma.lower() in LISTENED and token.lemma.lower() not in press:
            return True
    return False


def told_with_verbs_of(context: Context, words: str) -> Iterator[tuple[Attribution, Tree, Token]]:
    """Attributions in the paper's own words whose cue is one of these verbs and whose source speaks."""
    wanted = context.lexicon.words_for(words)
    for attribution in context.attributions:
        verb = cue_token(context, attribution)
        if verb is None or verb.upos != "VERB" or not speaks(attribution) or attribution.withheld:
            continue
        tree = context.tree(context.sentence(attribution.sentence))
        particle = tree.child(verb.index, "compound:prt")
        lemma = verb.lemma.lower() if particle is None else f"{verb.lemma.lower()} {tree.forms[particle]}"
        if lemma in wanted and not is_told_by_somebody(context, attribution):
            yield attribution, tree, verb


def agentless_passives(context: Context, words: str) -> Iterator[tuple[Attribution, Tree, Token]]:
    """Passives of these verbs that state what was or is, without an agent, not attributed to anybody but an outlet."""
    wanted = context.lexicon.words_for(words)
    for attribution in context.attributions:
        verb = cue_token(context, attribution)
        phrase = attribution.frame is Frame.PHRASE and not attribution.source.spans
        if verb is None or not (phrase or attribution.frame is Frame.PASSIVE):
            continue
        tree = context.tree(context.sentence(attribution.sentence))
        if (
            not attribution.negated
            and not wanted.isdisjoint(context.words_of(verb))
            and grammar.is_plain_passive(tree, verb.index)
            and not grammar.is_short_perfect(tree, verb.index)
            and not grammar.has_agent(tree, verb.index)
            and not grammar.is_supposed(tree, verb.index)
            and not is_habitual(context, tree, verb)
            and not picks_out(tree, verb)
            and not is_told_by_somebody(context, attribution)
            and not any(other.source.kind is SourceKind.DOCUMENT for other in _around(context, attribution))
        ):
            yield attribution, tree, verb


def _around(context: Context, attribution: Attribution) -> Iterator[Attribution]:
    """The attributions with a source whose content contains the attribution."""
    over = context.attributions_over(attribution.cue.spans[0])
    return (other for other in over if other.id != attribution.id and speaks(other))


def is_habitual(context: Context, tree: Tree, verb: Token) -> bool:
    """Whether an adverb makes it a habit: *is often seen as*."""
    habits = context.lexicon.words_for("habit")
    return any(tree.lemmas[index] in habits for index in tree.children(verb.index, "advmod"))


def picks_out(tree: Tree, verb: Token) -> bool:
    """Whether the verb's clause defines which ones are meant, and states nothing about anybody in particular.

    True of *anybody who is suspected of spying*, *the groups that are seen as a threat*; false of *the man who is seen
    as …* and *a man, who is seen as …*.
    """
    antecedent = tree.head(verb.index)
    if antecedent is None or not tree.matches(verb.index, "acl:relcl") or grammar.is_set_off(tree, verb.index):
        return False
    noun = tree.tokens[antecedent]
    is_thing = not any(tree.forms[index] == "who" for index in tree.children(verb.index))
    return noun.upos != "PROPN" and (noun.upos == "PRON" or is_thing or is_indefinite(tree, noun))


def complements(tree: Tree, verb: Token, *markers: str) -> list[int]:
    """The tokens below a verb that one of these words introduces (*accused **of** fraud*), outside infinitives."""
    infinitives = [
        index
        for index in tree.children(verb.index, "xcomp", "advcl")
        if any(tree.forms[mark] == "to" for mark in tree.children(index, "mark"))
    ]
    return [
        index
        for index in tree.subtree(verb.index, without=infinitives)
        if index > verb.index and any(tree.forms[mark] in markers for mark in tree.children(index, *OPENING))
    ]


# --- The noun that stands for a source --------------------------------------------------------------------------------


def speaker(context: Context, attribution: Attribution) -> tuple[Sentence, Tree, Token] | None:
    """The sentence, its tree and the head noun of a source that is a single noun phrase; None for anything else.

    Badly parsed sources are excluded: those whose head is not a noun, or whose words belong to several phrases.
    """
    if len(attribution.source.spans) != 1:
        return None
    sentence = context.source_sentence(attribution)
    tree = context.tree(sentence)
    tokens = context.tokens(sentence, attribution.source.spans)
    inside = {token.index for token in tokens}
    heads = [token for token in tokens if token.head not in inside]
    if len(heads) != 1 or heads[0].upos not in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"):
        return None
    return sentence, tree, _antecedent(tree, heads[0]) or heads[0]


def _antecedent(tree: Tree, head: Token) -> Token | None:
    """The noun for *who* in *drew flak from legislators **who** warned that …*; None where the clause only defines it.

    *People who believe that …* are a kind of people, not a source.
    """
    verb = tree.head(head.index)
    if head.text.lower() != "who" or verb is None or not tree.matches(verb, "acl:relcl"):
        return None
    noun = tree.head(verb)
    told = tree.tokens[verb].xpos == "VBD" and noun is not None and tree.tokens[noun].upos == "NOUN"
    return tree.tokens[noun] if told and noun is not None and tree.lemmas[noun] != "people" else None


def speaker_or_noun_of_cue(context: Context, attribution: Attribution) -> tuple[Sentence, Tree, Token] | None:
    """The speaker of a report, or the source noun of a fixed phrase that is itself the cue (*sources say*)."""
    if attribution.source.spans:
        return speaker(context, attribution) if reports(attribution) else None
    sentence = context.sentence(attribution.sentence)
    tree = context.tree(sentence)
    subjects = [
        token for token in context.tokens(sentence, attribution.cue.spans) if tree.matches(token.index, "nsubj", "obl")
    ]
    return (sentence, tree, subjects[0]) if subjects else None


def place_of_speaker(attribution: Attribution, tree: Tree, head: Token) -> Span:
    """The source's words; for a noun in the cue or before *who*, the noun with its article and number."""
    if any(span.covers(head.span) for span in attribution.source.spans):
        return attribution.source.spans[0]
    return Span(
        min(token.start for token in (head, *words_with(tree, head, "det", "nummod", "amod", "compound"))), head.end
    )


def words_with(tree: Tree, head: Token, *relations: str) -> list[Token]:
    """The dependents of a noun with these relations."""
    return [tree.tokens[index] for index in tree.children(head.index, *relations)]


def noun_kinds(context: Context, token: Token) -> set[str]:
    """The kinds of source that a noun may denote (*official*, *document*)."""
    return {entry.kind for entry in context.lexicon.source_nouns_of(token.lemma)}


def is_described(tree: Tree, head: Token) -> bool:
    """Whether the text tells more about the noun than its number."""
    return bool(words_with(tree, head, *DESCRIBING))


def names_somebody(tree: Tree, head: Token) -> bool:
    """Whether there is a name in the noun phrase, or the head is one."""
    return any(tree.tokens[index].upos == "PROPN" for index in tree.subtree(head.index))


def is_indefinite(tree: Tree, head: Token) -> bool:
    """Whether the noun is a first mention: *a source*, *two officials*, *officials*, and not *the*, *his* or *this*."""
    if words_with(tree, head, "nmod:poss"):
        return False
    return all(token.lemma.lower() in INDEFINITE for token in words_with(tree, head, "det"))


def is_plural(token: Token) -> bool:
    """Whether the noun is tagged as a plural."""
    return token.xpos in ("NNS", "NNPS")


def has_own_name(tree: Tree, head: Token) -> bool:
    """Whether the noun has a name beside it (*columnist Dana Reyes*), rather than a name in it (*a Reyes aide*)."""
    if head.upos == "PROPN" or tree.matches(head.index, "appos"):
        return True
    following = tree.tokens[head.index + 1] if head.index + 1 < len(tree) else None
    if following is not None and following.upos == "PROPN" and following.text[0].isupper():
        return True
    if any(tree.forms[index] in ("including", "like") for index in tree.subtree(head.index)):
        return True
    return any(
        tree.tokens[index].upos == "PROPN" and index > head.index
        for index in tree.children(head.index, "flat", "appos")
    )


def is_crowd(context: Context, attribution: Attribution) -> bool:
    """Whether a quantifier makes a crowd of the source: *many officials*, *most insiders*."""
    tokens = context.tokens(context.source_sentence(attribution), attribution.source.spans)
    return any(token.text.lower() in QUANTIFIERS for token in tokens)


def is_title_of_name(tree: Tree, head: Token) -> bool:
    """Whether the noun is a title whose name the parse attached elsewhere: *executive director of the union Ida Marr*.

    A title before a name is the only singular count noun that takes no article.
    """
    bare = not is_plural(head) and not words_with(tree, head, "det", "nummod", "nmod:poss")
    return bare and any(tree.tokens[index].upos == "PROPN" for index in tree.subtree(head.index) if index > head.index)


def is_bare_source(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the noun is just *source* or *insider*, which SRC103 reports."""
    return head.lemma.lower() in context.lexicon.words_for("bare-source") and not is_described(tree, head)


def is_media(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the noun means reports, media or outlets without a name: *media reports*, *the Tolva press*, *a daily*.

    *The report*, *a report* and *reports by police* are documents, and *the newspaper* was named before.
    """
    if head.lemma.lower() in context.lexicon.words_for("media-outlet"):
        return is_indefinite(tree, head) and _is_without_identity(context, tree, head)
    if head.lemma.lower() not in context.lexicon.words_for("media-head"):
        return False
    if head.lemma.lower() in context.lexicon.words_for("media-report") or head.upos == "PROPN":
        return not names_somebody(tree, head) and _is_general_report(context, tree, head)
    return _is_without_identity(context, tree, head) and not words_with(tree, head, "nmod:poss")


def _is_without_identity(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the words around the noun tell no more than its kind and country: *the Tolva press*, *a Turkish daily*.

    *Al Ilm newspaper* has a name, and *state media* are few.
    """
    if words_with(tree, head, "acl", "appos", "flat", "acl:relcl", "nmod") or head.xpos in ("NNP", "NNPS"):
        return False
    if any(token.lemma.lower() in ("this", "that") for token in words_with(tree, head, "det")):
        return False
    known = context.lexicon.words_for("media-modifier")
    several = is_plural(head) or head.lemma.lower() in context.lexicon.words_for("media-head")
    return all(
        token.lemma.lower() in known
        or token.text.lower() in known
        or (token.text[0].isupper() and (token.upos == "ADJ" or (several and token.upos == "PROPN")))
        for token in words_with(tree, head, "amod", "compound")
    )


def _is_general_report(context: Context, tree: Tree, head: Token) -> bool:
    """Whether *reports* are nobody's: *media reports*, *unconfirmed reports*."""
    around = words_with(tree, head, "amod", "compound", "det", "nmod", "acl", "nmod:poss")
    modifiers = [token for token in around if token.relation in ("amod", "compound")]
    known = context.lexicon.words_for("media-modifier")
    if any(token.lemma.lower() not in known and token.text.lower() not in known for token in modifiers):
        return False
    if any(token.relation == "nmod:poss" or token.lemma.lower() in ("this", "that") for token in around):
        return False
    if any(token.relation == "compound" for token in modifiers):
        return True
    return is_plural(head) and not any(token.relation in ("det", "acl", "nmod") for token in around)


# --- What stands near a sentence --------------------------------------------------------------------------------------


def has_words(context: Context, sentences: Iterable[Sentence], *lists: str) -> bool:
    """Whether words of one of the lists occur in any of the sentences."""
    return any(context.phrases(sentence.tokens, name) for sentence in sentences for name in lists)


def without_adverbs(sentence: Sentence) -> list[Token]:
    """The sentence's tokens without adverbs in -ly, which may occur inside a fixed phrase."""
    return [token for token in sentence.tokens if not (token.upos == "ADV" and token.text.lower().endswith("ly"))]


def word_count(sentence: Sentence) -> int:
    """The number of words in the sentence."""
    return sum(any(map(str.isalnum, token.text)) for token in sentence.tokens)


def is_linked(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence contains a link."""
    return any(link.span.overlaps(sentence.span) for link in context.draft.links)


def is_printed_heading(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence is a headline printed as text: most of its words are capitalised."""
    words = [token for token in sentence.tokens if len(token.text) > 3 and token.text.isalpha()]
    return len(words) > 2 and grammar.is_title_case(context.tree(sentence))


def is_sourced_near(context: Context, sentence: Sentence, telling: bool = False) -> bool:
    """Whether there is a source, or a link to one, around the sentence.

    That is in its paragraph and the sentence before it; before a paragraph of one sentence, in the whole one before, as
    wire copy puts each sentence into a paragraph of its own. With ``telling`` only sources that state or believe
    something count, not those that know, see or want it.
    """
    cued = context.cued_by(_tells if telling else speaks)
    if is_linked(context, sentence) or sentence.block in cued.blocks:
        return True
    before = context.body_before(sentence)
    if before is not None:
        alone = len(context.paragraph(sentence)) == 1
        if before.id in cued.sentences or (alone and before.block in cued.blocks):
            return True
    return any(map(speaks, context.attributions_of(sentence.span)))


def _tells(attribution: Attribution) -> bool:
    """Whether somebody states or believes the content."""
    return speaks(attribution) and attribution.attitude in (Attitude.ASSERTION, Attitude.BELIEF)


def is_in_first_person(context: Context, sentence: Sentence) -> bool:
    """Whether the writer says *I*, *we* or *our* outside quotation marks nearby, as in a column."""
    return any(
        token.text.lower() in FIRST_PERSONS and token.text != "US" and _is_the_writers(context, token)
        for near in (*context.before(sentence, NEARBY), sentence, *context.after(sentence, NEARBY))
        for token in near.tokens
    )


def is_commentary(context: Context) -> bool:
    """Whether the writer asks, exclaims, or says *I* or *we* more than once: a column's judgements are meant."""
    return context.kept(_is_commentary)


def _is_commentary(context: Context) -> bool:
    return sum(_is_argued(context, sentence) for sentence in context.body) >= ARGUED_SENTENCES


def _is_argued(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence is a question or an exclamation of the writer's own, or is in the first person."""
    return any(
        (token.text in ("?", "!", "I") or (token.text.lower() in FIRST_PERSONS and not token.text.isupper()))
        and _is_the_writers(context, token)
        for token in sentence.tokens
    )


def _is_the_writers(context: Context, token: Token) -> bool:
    """Whether a word is neither quoted nor in what somebody is reported to say."""
    return not context.is_quoted(token.span) and not context.attributions_over(token.span)


def openly_about(context: Context, entity: SourceEntity) -> bool:
    """Whether the article says from the start whose words it gives.

    Its headline names the source, its lead opens with the source (*The minister said on Monday that …*), or its first
    sentences tell on what occasion the source spoke (*in an interview*).
    """
    return is_in_title(context, entity) or _opens_lead(context, entity) or _speaks_on_occasion(context, entity)


def _speaks_on_occasion(context: Context, entity: SourceEntity) -> bool:
    """Whether one of the first sentences tells that the source spoke in an interview, a speech or the like."""
    return any(
        entity in context.entities(attribution) and has_words(context, [sentence], "occasion")
        for sentence in context.body[:OPENING_SENTENCES]
        for attribution in context.attributions_in(sentence)
    )


def _opens_lead(context: Context, entity: SourceEntity) -> bool:
    """Whether the first sentence with a claim is about the source: it stands before the main verb and what is told.

    True of *Quill said the pier would close*; false of *The pier would close, Quill said*, which is about the pier.
    """
    lead = next((sentence for sentence in context.body if context.claims_in(sentence)), None)
    if lead is None:
        return False
    tree = context.tree(lead)
    verb = min((tree.root, *tree.children(tree.root, "ccomp", "parataxis")))
    names = [word for word in entity.name.split() if word.lower().strip(".") not in SUFFIXES]
    opens = any(
        speaks(attribution)
        and entity in context.entities(attribution)
        and attribution.source.spans[0].start <= lead.tokens[_length_of_dateline(lead)].start
        for attribution in context.attributions_in(lead)
    )
    return opens or (entity.named and any(token.text == names[-1] for token in lead.tokens[:verb] if names))


def _length_of_dateline(sentence: Sentence) -> int:
    """How many tokens at the sentence's start are a dateline that ends in a dash."""
    dashes = [token.index for token in sentence.tokens[:LONGEST_DATELINE] if token.text in ("-", "--", "–", "—")]
    return dashes[-1] + 1 if dashes and dashes[-1] + 1 < len(sentence.tokens) else 0


def is_sourced_next(context: Context, sentence: Sentence) -> bool:
    """Whether the next sentence of the paragraph, or of the article after a paragraph's last, has a source by name."""
    return any(
        reports(attribution) and any(entity.named for entity in context.entities(attribution))
        for near in context.after(sentence, 1)
        for attribution in context.attributions_in(near)
    )


def is_lead(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence is in the body's first paragraph with a source or a claim."""
    for near in context.body:
        if context.attributions_in(near) or context.claims_in(near):
            return near.block == sentence.block
    return False


def named_speaker_follows(context: Context, sentence: Sentence, count: int) -> bool:
    """Whether a named person or body not mentioned before speaks in one of the next sentences."""
    return any(
        speaks(attribution) and introduces_speaker(context, attribution)
        for near in context.after(sentence, count)
        for attribution in context.attributions_in(near)
    )


def introduces_speaker(context: Context, attribution: Attribution) -> bool:
    """Whether a named person or body speaks who was not mentioned before this sentence."""
    sentence = context.sentence(attribution.sentence)
    return any(
        entity.named
        and entity.kind in (SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANISATION)
        and entity.mentions[0].start >= sentence.start
        for entity in context.entities(attribution)
    )


def source_of_what_was_said(context: Context, sentence: Sentence) -> Span | None:
    """The source that a sentence gives for what came before: *the board said so*, *that is according to the board*."""
    tree = context.tree(sentence)
    for verb in sentence.tokens[:-1]:
        speech = [entry for entry in context.lexicon.verbs_of(verb.lemma) if "clause" in entry.frames]
        subject = tree.child(verb.index, "nsubj")
        if verb.upos != "VERB" or not speech or subject is None or tree.tokens[subject].upos == "PRON":
            continue
        if tree.forms[verb.index + 1] == "so" and not tree.children(verb.index, "ccomp", "xcomp"):
            return tree.spans(tree.subtree(subject))[0]
    words = [token for token in sentence.tokens if token.upos != "PUNCT"]
    if len(words) > 2 and words[0].text.lower() in ("that", "this") and words[1].lemma.lower() == "be":
        if words[2].text.lower() in ("according", "what"):
            return _named_behind(tree, words[3:])
    for attribution in context.attributions_in(sentence):
        words = [token for token in context.tokens(sentence, attribution.content.spans) if token.upos != "PUNCT"]
        points = bool(words) and all(token.upos in POINTING for token in words)
        if attribution.frame is Frame.PHRASE and speaks(attribution) and points:
            return attribution.source.spans[0]
    return None


def _named_behind(tree: Tree, words: list[Token]) -> Span | None:
    """The name in *according **to the board*** or *what **the board** says*."""
    named = next((token for token in words if tree.matches(token.index, "nsubj", "obl", "root", "nmod")), None)
    if named is None:
        return None
    inside = [index for index in tree.subtree(named.index) if not tree.matches(index, "case", "cop", "punct")]
    parts = tree.spans([index for index in inside if index >= words[0].index and tree.tokens[index].upos != "VERB"])
    return parts[0] if parts else None


# --- Claims, hedges and quotations ------------------------------------------------------------------------------------


def own_claims(context: Context, sentence: Sentence) -> tuple[Claim, ...]:
    """The sentence's claims in the paper's own voice."""
    return tuple(claim for claim in context.claims_in(sentence) if claim.voice is Voice.OWN)


def own_claim_at(context: Context, sentence: Sentence, span: Span) -> Claim | None:
    """The claim at this place in the sentence, if it is in the paper's own voice; otherwise None."""
    claim = context.claim_at(span)
    return claim if claim in own_claims(context, sentence) else None


def claim_id_at(context: Context, span: Span) -> str | None:
    """The identifier of the claim at this place; None if there is none."""
    claim = context.claim_at(span)
    return None if claim is None else claim.id


def marked_predicate(context: Context, sentence: Sentence, marker: Hedge | Booster) -> int | None:
    """The index of the predicate that a hedge or booster modifies, or that it is itself."""
    token = context.head(sentence, marker.spans)
    if token is None:
        return None
    tree = context.tree(sentence)
    if tree.matches(token.index, *MODIFYING) and token.head >= 0:
        return token.head
    return token.index


def is_single_word_hedge(context: Context, sentence: Sentence, hedge: Hedge) -> bool:
    """Whether the hedge is a single adverb or auxiliary that weakens its whole predicate.

    A verb or adjective may well take another hedge (*may seem*), a phrase sets a condition (*in theory*), *more likely*
    is a comparison, and a capitalised heading is not a sentence.
    """
    tokens = context.tokens(sentence, hedge.spans)
    if len(tokens) != 1 or tokens[0].upos not in ("ADV", "AUX") or tokens[0].text.isupper():
        return False
    before = sentence.tokens[max(0, tokens[0].index - 1) : tokens[0].index]
    return not any(token.text.lower() in DEGREES for token in before)


def hearsay_adverbs(context: Context) -> Iterator[Hedge]:
    """Hedges that relay what somebody unnamed says (*reportedly*)."""
    wanted = context.lexicon.words_for("sourceless-hedge")
    return (hedge for hedge in context.analysis.hedges if hedge.text.lower() in wanted)


def sentences_of(context: Context, quotation: Quotation) -> list[Sentence]:
    """The sentences that share words with a quotation."""
    return context.sentences_over(quotation.parts)


def is_inside(attribution: Attribution, quotation: Quotation) -> bool:
    """Whether the attribution is within the quoted words, so that it does not tell who is quoted."""
    return any(part.covers(attribution.cue.spans[0]) for part in quotation.parts)


# --- The article's sources and people ---------------------------------------------------------------------------------


def sources_in_body(context: Context) -> dict[str, SourceEntity]:
    """The sources that state something in the body, by their identifiers."""
    return {
        entity.id: entity
        for attribution in context.attributions
        if context.block(context.sentence(attribution.sentence)) is not BlockKind.HEADLINE
        for entity in context.entities(attribution)
        if not entity.kind.is_nobody_else
    }


def sources_reporting(context: Context) -> dict[str, SourceEntity]:
    """The sources that the paper itself has something from, not those that report only in others' words."""
    found: dict[str, SourceEntity] = {}
    for attribution in context.attributions:
        heading = context.block(context.sentence(attribution.sentence)) is BlockKind.HEADLINE
        telling = attribution.attitude in (Attitude.ASSERTION, Attitude.BELIEF) or attribution.withheld
        if heading or attribution.parent is not None or not gives_words(attribution) or not telling:
            continue
        found.update({entity.id: entity for entity in context.entities(attribution) if not entity.kind.is_nobody_else})
    return found


def first_place_as_source(context: Context, entity: SourceEntity) -> Span:
    """The first place where the entity is a source."""
    first = next(attribution for attribution in context.attributions if entity in context.entities(attribution))
    return first.source.spans[0] if first.source.spans else entity.mentions[0]


def is_in_title(context: Context, entity: SourceEntity) -> bool:
    """Whether the source's name is in the article's opening: it is openly about what this source says."""
    opening = [sentence for sentence in context.sentences if sentence.block == 0]
    title = {token.text.lower().strip("’'") for sentence in opening for token in sentence.tokens}
    words = [word for word in entity.name.lower().split() if word.rstrip(".") not in SUFFIXES]
    return len(context.draft.blocks) > 1 and bool(words) and words[-1] in title


def people_in(context: Context, sentence: Sentence) -> list[Mention]:
    """The individual people that the sentence mentions by name or noun outside quotation marks, each once."""
    tree = context.tree(sentence)
    found: list[Mention] = []
    for mention in context.mentions_in(sentence):
        if mention.being != "person" or mention.form not in ("name", "noun") or mention.plural or mention.quotation:
            continue
        beside = tree.matches(mention.head, "appos", "nmod:poss", "flat", "compound")
        if not beside and not any(_are_one(mention, other) for other in found):
            found.append(mention)
    return found


def gender_of(context: Context, sentence: Sentence, mention: Mention) -> Gender | None:
    """The gender told by the mention, by an apposition to it, or by another mention of the surname; otherwise None."""
    if mention.gender is not None:
        return mention.gender
    beside = set(context.tree(sentence).children(mention.head, "appos"))
    names = [mention.name] if mention.name is not None else []
    for other in context.mentions_in(sentence):
        if other.head in beside and other.gender is not None:
            return other.gender
        if other.head in beside and other.name is not None:
            names.append(other.name)
    for near in context.sentences:
        for other in context.mentions_in(near):
            if other.gender is not None and other.name is not None:
                if any(other.name.surname == name.surname and same_person(other.name, name) for name in names):
                    return other.gender
    return None


def _are_one(mention: Mention, other: Mention) -> bool:
    return mention.name is not None and other.name is not None and same_person(mention.name, other.name)
