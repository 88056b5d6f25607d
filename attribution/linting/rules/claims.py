"""Rules on claims that need a source: CLM501 to CLM504."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import (
    AP_POLLS,
    BBC_ACCURACY,
    BBC_STATISTICS,
    NPR_CLAIMS,
    REUTERS_SOURCING,
    WORDS_TO_WATCH,
)
from attribution.linting.context import Context
from attribution.linting.rule import Match, Need, Rule, Severity, Status
from attribution.linting.support import (
    has_words,
    is_negated,
    is_sourced_near,
    is_supposed,
    own_claims,
    speaks,
)
from attribution.parsing import Tree
from attribution.records import Attribution, Sentence, SourceKind, Span, Token

LARGE = 1000
"""From this on a bare count is a statistic that somebody must have counted."""

CURRENCIES = frozenset("$£€¥₹")
"""Signs of money, also at the end of a token (US$)."""

PARAGRAPHS = 3
"""Paragraphs from which the first, if it is one sentence, may be a headline."""

FIGURES_APART = 12
"""Sentences within which figures are taken to have one source."""

POLL_DETAILS = 2
"""Missing details from which a poll cannot be judged, unless it is the pollster, who counts for all."""


def _unsourced_numbers(context: Context) -> Iterator[Match]:
    told: set[int] = set()
    for sentence in context.body:
        if sentence.block in told or is_sourced_near(context, sentence) or _is_figure_source_told(context, sentence):
            continue
        if _is_printed_headline(context, sentence) or _is_heading(sentence) or _is_in_first_person(sentence):
            continue
        tree = context.tree(sentence)
        for token, span in _quantities(context, tree):
            claim = context.claim_at(token.span)
            if claim is None or claim not in tuple(own_claims(context, sentence)) or context.is_quoted(span):
                continue
            if is_supposed(tree, token.index) or not _is_asserted(tree, token) or _is_known(context, sentence):
                continue
            told.add(sentence.block)
            yield Match(
                span,
                f"“{context.text(span)}” has no source",
                "Say who counted or published it, and when.",
                claim=claim.id,
            )
            break


def _is_known(context: Context, sentence: Sentence) -> bool:
    """Whether readers know whose the numbers are: a document's in the sentence, a poll's, a market's or an election's.

    CLM504 judges polls. Prices on an exchange and results of an election are public.
    """
    near = (*context.before(sentence, 2), *context.paragraph(sentence), *context.after(sentence, 1))
    if any(has_words(context, (*context.body[:3], *near), name) for name in ("survey", "poll")):
        return True
    if has_words(context, (*context.before(sentence, 1), sentence), "public-number"):
        return True
    if any(speaks(one) for near in context.after(sentence, 1) for one in context.attributions_in(near)):
        return True  # the source follows at once
    return any(
        entry.kind == "document"
        for token in sentence.tokens
        if token.upos == "NOUN"
        for entry in context.lexicon.source_nouns_of(token.lemma)
    )


def _is_printed_headline(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence stands alone at the start of an article of several paragraphs, as a headline does."""
    alone = sentence == context.body[0] and len(context.paragraph(sentence)) == 1
    return alone and len({one.block for one in context.body}) > PARAGRAPHS


def _is_figure_source_told(context: Context, sentence: Sentence) -> bool:
    """Whether figures shortly before had a source, which a reader takes for the source of these, too."""
    for near in context.before(sentence, FIGURES_APART):
        for one in context.attributions_in(near):
            if speaks(one) and any(
                token.upos == "NUM" for token in context.tokens(near, one.content.spans) if token.lemma.lower() != "one"
            ):
                return True
    return False


def _is_in_first_person(sentence: Sentence) -> bool:
    """Whether somebody speaks for themselves, as in an interview printed as text."""
    return any(token.text.lower() in ("i", "we", "our", "my") for token in sentence.tokens)


def _quantities(context: Context, tree: Tree) -> Iterator[tuple[Token, Span]]:
    """Percentages, sums of money and large counts: the number and its words."""
    for token in tree.tokens:
        if token.upos != "NUM" or token.lemma.lower() == "one":
            continue
        if _is_magnitude(context, token) and not _is_counted(tree, token):
            continue  # a few thousand
        before = tree.tokens[token.index - 1] if token.index else None
        after = tree.tokens[token.index + 1] if token.index + 1 < len(tree) else None
        per_cent = " ".join(one.text.lower() for one in tree.tokens[token.index + 1 : token.index + 3])
        if _is_price(context, tree, token):
            continue
        if after is not None and _is_share(context, after):
            yield token, Span(token.start, after.end)
        elif per_cent in context.lexicon.words_for("share-unit"):
            yield token, Span(token.start, tree.tokens[token.index + 2].end)
        elif before is not None and before.text[-1] in CURRENCIES:
            last = after if after is not None and _is_magnitude(context, after) else token
            yield token, Span(before.start, last.end)
        elif _is_large(context, tree, token):
            noun = tree.head(token.index)
            near = noun is not None and token.index < noun <= token.index + 3
            first = before if before is not None and before.upos == "NUM" else token
            yield token, Span(first.start, tree.tokens[noun].end if near and noun is not None else token.end)


def _is_price(context: Context, tree: Tree, token: Token) -> bool:
    """Whether the sum is how far a price on an exchange went: *Tarsk Lines fell $1.25*."""
    above = [tree.tokens[index] for index in tree.ancestors(token.index)]
    verb = next((one for one in above if one.upos == "VERB"), None)
    subject = None if verb is None else tree.child(verb.index, "nsubj")
    moved = verb is not None and verb.lemma.lower() in context.lexicon.words_for("price-move")
    return moved and subject is not None and tree.tokens[subject].upos == "PROPN"


def _is_counted(tree: Tree, token: Token) -> bool:
    """Whether a number stands before *million*; *millions* and *a few thousand* are no figures."""
    before = tree.tokens[token.index - 1] if token.index else None
    return before is not None and before.upos in ("NUM", "SYM")


def _is_share(context: Context, token: Token) -> bool:
    return token.text == "%" or token.text.lower() in context.lexicon.words_for("share-unit")


def _is_magnitude(context: Context, token: Token) -> bool:
    return token.text.lower() in context.lexicon.words_for("magnitude")


def _is_large(context: Context, tree: Tree, token: Token) -> bool:
    """Whether the number is a large count of something: no year, no date, no measure, no clock."""
    if not tree.matches(token.index, "nummod") or tree.head(token.index) is None:
        return False
    noun = tree.tokens[tree.tokens[token.index].head]
    if noun.xpos not in ("NNS", "NNPS") or noun.lemma.lower() in context.lexicon.words_for("measure-unit"):
        return False
    if _is_magnitude(context, token):
        return True
    figures = token.text.replace(",", "")
    return figures.isdigit() and int(figures) >= LARGE and ("," in token.text or not 1500 <= int(figures) <= 2100)


def _is_asserted(tree: Tree, token: Token) -> bool:
    """Whether the number is what the clause says, rather than a part of a name or a description on the side."""
    index = token.index
    while (head := tree.head(index)) is not None and tree.tokens[head].upos in ("NUM", "SYM"):
        index = head
    while (head := tree.head(index)) is not None and tree.tokens[head].upos in ("NUM", "NOUN", "SYM", "PROPN"):
        if tree.matches(index, "compound", "flat", "appos", "nmod:desc", "dep", "nmod:poss"):
            return False
        if tree.matches(index, "nmod") and tree.tokens[index].upos == "NOUN" and not _measures(tree, index):
            return False
        if tree.matches(index, "acl"):
            return False
        index = head
    if head is not None and tree.matches(head, "acl", "advcl") and not tree.matches(head, "acl:relcl"):
        return False
    return tree.matches(index, "nsubj", "obj", "obl", "root", "conj", "xcomp", "ccomp", "advmod", "nummod")


def _measures(tree: Tree, index: int) -> bool:
    """Whether the noun says how much: *a fall of 14 percent*."""
    case = tree.child(index, "case")
    return case is not None and tree.tokens[case].text.lower() in ("of", "by", "to", "than", "from")


CLM501 = Rule(
    id="CLM501",
    name="unsourced-number",
    summary="A percentage, a sum of money or a large count is told in the paper's own voice, and no source is near.",
    rationale="Somebody counted. Figures look like facts and are often one side's: a reader must know whose they are.",
    bad="Crime fell 14 percent.",
    good="Crime fell 14 percent in 2025, city police figures show.",
    severity=Severity.WARNING,
    status=Status.PREVIEW,
    guidelines=(BBC_STATISTICS, REUTERS_SOURCING),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    check=_unsourced_numbers,
    limits="One finding a paragraph. Any source in the paragraph is taken for the number's; before a paragraph of one"
    " sentence, one in the paragraph above.",
)


def _unsourced_superlatives(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        found = list(_superlatives(context, context.tree(sentence)))
        if not found or is_sourced_near(context, sentence, telling=True):
            continue
        for span, token in found:
            claim = context.claim_at(token.span)
            if claim is None or claim not in tuple(own_claims(context, sentence)) or claim.hedges:
                continue
            if context.is_quoted(span) or is_supposed(context.tree(sentence), token.index):
                continue
            yield Match(
                span,
                f"“{context.text(span)}” has no source",
                "Say by what measure, since when, and who says so; or give the facts and leave the ranking to readers.",
                claim=claim.id,
            )
            break


def _superlatives(context: Context, tree: Tree) -> Iterator[tuple[Span, Token]]:
    """*The biggest sale* and *the most violent year* where they are what the sentence says; *unprecedented*."""
    for token in tree.tokens:
        if context.lexicon.words_for("superlative").intersection((token.lemma.lower(), token.text.lower())):
            if tree.matches(token.index, "amod", "root", "conj", "xcomp") and not is_negated(tree, token.index):
                yield token.span, token
            continue
        if token.xpos not in ("JJS", "RBS"):
            continue
        adjective = token if token.xpos == "JJS" else tree.tokens[max(0, token.head)]
        if _is_said_alone(context, tree, token, adjective):
            yield Span(min(token.start, adjective.start), adjective.end), token
            continue
        if adjective.upos != "ADJ" or not tree.matches(adjective.index, "amod"):
            continue
        noun = tree.head(adjective.index)
        if noun is None or tree.tokens[noun].upos != "NOUN" or tree.child(noun, "nmod:poss") is not None:
            continue
        article = next((one for one in tree.children(noun, "det") if tree.tokens[one].text.lower() == "the"), None)
        if article is None or article > token.index:
            continue
        if tree.child(noun, "cop") is None and not tree.matches(noun, "obj"):
            continue
        if any(tree.tokens[subject].xpos in ("WP", "WDT") for subject in tree.children(noun, "nsubj")):
            continue
        if "-" in token.text or is_negated(tree, noun) or _is_among(tree, noun):
            continue
        if context.lexicon.words_for("idle-superlative").intersection(
            (adjective.lemma.lower(), adjective.text.lower())
        ):
            continue
        yield Span(tree.tokens[article].start, tree.tokens[noun].end), token


def _is_said_alone(context: Context, tree: Tree, token: Token, adjective: Token) -> bool:
    """Whether the adjective stands for its noun: *the hall is the oldest in the country*."""
    if adjective.upos != "ADJ" or tree.child(adjective.index, "cop") is None or is_negated(tree, adjective.index):
        return False
    if _is_among(tree, adjective.index):
        return False
    if not any(tree.tokens[one].text.lower() == "the" for one in tree.children(adjective.index, "det")):
        return False
    idle = context.lexicon.words_for("idle-superlative")
    return not idle.intersection((adjective.lemma.lower(), adjective.text.lower(), token.text.lower()))


def _is_among(tree: Tree, noun: int) -> bool:
    """Whether it is one of several: *among the youngest contenders*."""
    return any(tree.tokens[case].text.lower() == "among" for case in tree.children(noun, "case"))


CLM502 = Rule(
    id="CLM502",
    name="unsourced-superlative",
    summary="Something is the largest, the worst or unprecedented, and no source is near.",
    rationale="A superlative is a ranking of everything of its kind. Somebody must have looked at the rest, and the"
    " reader should know who and since when.",
    bad="It is the biggest sale ever.",
    good="It is the biggest sale since records began in 1990, the registry said.",
    severity=Severity.INFO,
    guidelines=(NPR_CLAIMS, WORDS_TO_WATCH),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    check=_unsourced_superlatives,
    limits="Only superlatives that are the sentence's own statement, not those in passing (“the largest city, Tolva”).",
)


def _unsourced_causes(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        tree = context.tree(sentence)
        for run in context.phrases(sentence.tokens, "causing"):
            verb = run[0]
            claim = context.claim_at(verb.span)
            if verb.upos != "VERB" or verb.xpos not in ("VBD", "VBN") or claim is None:
                continue
            if claim not in tuple(own_claims(context, sentence)) or claim.hedges or is_negated(tree, verb.index):
                continue
            if is_supposed(tree, verb.index) or is_sourced_near(context, sentence, telling=True):
                continue
            if not _links_events(context, tree, verb) or _is_heading(sentence):
                continue
            yield Match(
                Span(run[0].start, run[-1].end),
                f"“{context.text(Span(run[0].start, run[-1].end))}” tells a cause that nobody vouches for",
                "Say who sees the one as the cause of the other, or tell only that the one followed the other.",
                claim=claim.id,
            )


def _links_events(context: Context, tree: Tree, verb: Token) -> bool:
    """Whether a thing that happened is said to have brought about another.

    What fire and water do anybody can see, and that a meeting was put off after it is no reading of events.
    """
    subject = tree.child(verb.index, "nsubj")
    effect = tree.child(verb.index, "obj")
    effect = tree.child(verb.index, "obl") if effect is None else effect
    if subject is not None and tree.matches(subject, "nsubj:pass"):
        # The row was sparked by a new roster.
        subject, effect = next((one for one in tree.children(verb.index, "obl:agent")), None), subject
    if subject is None or effect is None:
        return False
    if tree.tokens[subject].lemma.lower() in context.lexicon.words_for("plain-cause"):
        return False
    if tree.tokens[effect].lemma.lower() in context.lexicon.words_for("plain-effect"):
        return False
    return tree.tokens[subject].upos == "NOUN" and tree.tokens[effect].upos == "NOUN"


def _is_heading(sentence: Sentence) -> bool:
    """Whether the sentence is a headline printed as text: most of its words begin with a capital."""
    words = [token for token in sentence.tokens if len(token.text) > 3 and token.text.isalpha()]
    return len(words) > 2 and sum(token.text[0].isupper() for token in words) > 0.7 * len(words)


CLM503 = Rule(
    id="CLM503",
    name="unsourced-cause",
    summary="One event is told to have caused another, and no source is near.",
    rationale="That one thing led to another is nearly always somebody's reading. Two things in a row are no cause.",
    bad="The new tax triggered an exodus of firms.",
    good="The chamber of commerce blames the new tax for an exodus of firms.",
    severity=Severity.INFO,
    status=Status.PREVIEW,
    guidelines=(BBC_ACCURACY,),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    check=_unsourced_causes,
    limits="Causes that anybody can see (a storm that flooded a cellar) are not told apart from readings.",
)


def _incomplete_polls(context: Context) -> Iterator[Match]:
    for one in context.attributions:
        if one.source.kind is not SourceKind.DOCUMENT or one.negated:
            continue
        sentence = context.sentence(one.sentence)
        place = context.source_sentence(one)
        head = context.source_head(one)
        if head is None or head.lemma.lower() not in context.lexicon.words_for("poll") or not _has_result(context, one):
            continue
        if [token.text.lower() for token in context.tokens(place, one.source.spans)][:-1] == ["the"]:
            continue  # it was introduced before
        missing = [words for words, known in _details(context, place, head) if not known]
        if "who asked" not in missing and len(missing) < POLL_DETAILS:
            continue
        if any(link.span.overlaps(sentence.span) for link in context.draft.links):
            continue
        words = context.text(one.source.spans)
        yield Match(
            one.source.spans[0],
            f"of “{words}” the article does not tell {_listed(missing)}",
            "Say who asked whom and how many, when, and who paid for it.",
            attribution=one.id,
        )
        return


def _has_result(context: Context, attribution: Attribution) -> bool:
    """Whether a number of the poll is told."""
    sentences = [one for one in context.sentences if any(part.overlaps(one.span) for part in attribution.content.spans)]
    tokens = [token for one in sentences for token in context.tokens(one, attribution.content.spans)]
    return any(token.upos == "NUM" or _is_share(context, token) for token in tokens)


def _details(context: Context, sentence: Sentence, head: Token) -> Iterator[tuple[str, bool]]:
    """What a reader needs to judge a poll, and whether the article tells it anywhere."""
    tree = context.tree(sentence)
    words = [tree.tokens[index] for index in tree.subtree(head.index) if index > 0]
    named = any(token.upos == "PROPN" or token.text[0].isupper() for token in words)
    near = [one for one in context.body if _mentions_poll(context, one)]
    by = any(
        token.text.lower() in ("by", "from", "for")
        and token.head >= 0
        and any(
            one.tokens[index].upos == "PROPN" for index in context.tree(one).subtree(token.head) if index > token.index
        )
        for one in near
        for token in one.tokens
    )
    made = any(
        one.tokens[index].upos == "PROPN"
        for one in near
        for token in one.tokens
        if token.lemma.lower() in context.lexicon.words_for("poll")
        for index in context.tree(one).subtree(token.index)
    )
    yield "who asked", named or by or made
    yield "how many were asked", any(_tells_sample(context, one) for one in context.body)
    dated = [*near, *(after for one in near for after in context.after(one, 1))]
    known = has_words(context, dated, "month") or has_words(context, dated, "weekday")
    yield "when", known or any(map(_has_year, dated))


def _mentions_poll(context: Context, sentence: Sentence) -> bool:
    return has_words(context, [sentence], "poll") or has_words(context, [sentence], "survey")


def _has_year(sentence: Sentence) -> bool:
    return any(
        len(token.text) == 4 and token.text.isdigit() and token.text[:2] in ("19", "20") for token in sentence.tokens
    )


def _tells_sample(context: Context, sentence: Sentence) -> bool:
    """Whether a number of people asked stands in the sentence: *1,004 adults*, *surveyed 600*."""
    tree = context.tree(sentence)
    for token in sentence.tokens:
        figures = token.text.replace(",", "")
        if token.upos != "NUM" or not figures.isdigit() or int(figures) < 100:
            continue
        noun = tree.head(token.index)
        if noun is None:
            continue
        above = tree.head(noun)
        heads = {tree.tokens[noun].lemma.lower(), *([tree.tokens[above].lemma.lower()] if above is not None else [])}
        if heads & (context.lexicon.words_for("respondent") | context.lexicon.words_for("survey")):
            return True
    return False


def _listed(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


CLM504 = Rule(
    id="CLM504",
    name="incomplete-poll",
    summary="A poll's result is told, but not who asked, how many were asked, or when.",
    rationale="Without pollster, sample and dates a reader cannot tell a poll from a click count.",
    bad="A poll shows that 60 percent back the bridge.",
    good="A Norstat poll of 1,004 adults for the Echo, taken from 2 to 5 May, shows that 60 percent back the bridge.",
    severity=Severity.WARNING,
    guidelines=(AP_POLLS,),
    needs=frozenset({Need.LEXICON, Need.DOCUMENT}),
    check=_incomplete_polls,
    limits="Fires when the pollster is missing, or both sample and dates; one finding an article. Who paid for the poll"
    " is not checked.",
)


RULES: tuple[Rule, ...] = (CLM501, CLM502, CLM503, CLM504)
