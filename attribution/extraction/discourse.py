"""A read-only view of a draft for coreference: its mentions, who speaks where, and the order of sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from attribution.extraction.mention import Mention
from attribution.extraction.mentions import find_mentions
from attribution.extraction.span_index import SpanIndex
from attribution.lexicon import Lexicon
from attribution.parsing import Doc, Tree
from attribution.records import Attribution, Frame, Manner, Quotation, Span

Place = tuple[int, int]
"""A sentence's number and a token's index in it."""

MOST_BETWEEN = 50
"""The most sentences of captions, tables and notes over which the text before is looked back to."""


class Discourse:
    """Look-ups over a draft's mentions and attributions; each index is built on first use."""

    def __init__(
        self, doc: Doc, quotations: Sequence[Quotation], attributions: Sequence[Attribution], lexicon: Lexicon
    ) -> None:
        self.doc = doc
        self.trees = doc.trees
        self.quotations = quotations
        self.attributions = attributions
        self.lexicon = lexicon

    # --- Mentions -----------------------------------------------------------------------------------------------------

    @cached_property
    def mentions(self) -> list[Mention]:
        """All mentions in text order; a mention's number is its position in the list."""
        given: dict[Place, list[int]] = {}
        for attribution in self.attributions:
            for top, tokens in self._tops[attribution.id][:1]:
                given.setdefault((self._position_of_source(attribution), top), tokens)
        return find_mentions(self.doc, self.quotations, self.lexicon, given)

    @cached_property
    def by_head(self) -> dict[Place, Mention]:
        """The mentions other than coordinations, by their head."""
        return {(mention.sentence, mention.head): mention for mention in self.mentions if mention.form != "group"}

    @cached_property
    def groups(self) -> dict[Place, Mention]:
        """The coordinations, by the head of their first part."""
        return {(mention.sentence, mention.head): mention for mention in self.mentions if mention.form == "group"}

    @cached_property
    def mentions_in(self) -> dict[int, list[Mention]]:
        """The mentions of each sentence."""
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.sentence, []).append(mention)
        return found

    @cached_property
    def names_by_first(self) -> dict[str, set[tuple[str, ...]]]:
        """The names of the draft by their first word."""
        return _by_word((mention.name.keys for mention in self.mentions if mention.name is not None), 0)

    @cached_property
    def names_by_last(self) -> dict[str, set[tuple[str, ...]]]:
        """The names of the draft by their last word; headings are left out, as the end of a name is uncertain there."""
        return _by_word(
            (mention.name.keys for mention in self.mentions if mention.name is not None and not mention.heading), -1
        )

    @cached_property
    def _copular(self) -> set[Place]:
        return {
            (number, token.head)
            for number, tree in enumerate(self.trees)
            for token in tree.tokens
            if token.relation[:3] == "cop"
        }

    def mention_at(self, sentence: int, token: int) -> Mention | None:
        """The mention headed by the token, else the shortest one whose core holds it."""
        headed = self.by_head.get((sentence, token))
        if headed is not None:
            return headed
        holding = [
            holder for holder in self.mentions_in.get(sentence, ()) if token in holder.tokens and holder.form != "group"
        ]
        return min(holding, key=lambda holder: len(holder.tokens), default=None)

    def group_with(self, mention: Mention) -> Mention | None:
        """The coordination that contains the mention."""
        groups = (group for (sentence, _), group in self.groups.items() if sentence == mention.sentence)
        return next((group for group in groups if mention.head in group.parts), None)

    def group_of(self, mention: Mention) -> Mention | None:
        """The coordination whose first part the mention is."""
        return self.groups.get((mention.sentence, mention.head))

    def words(self, mention: Mention) -> str:
        """The mention's words on one line."""
        return " ".join(self.doc.draft.text[mention.span.start : mention.span.end].split())

    def is_copular(self, mention: Mention) -> bool:
        """Whether the phrase has a copula (*is the minister*)."""
        return (mention.sentence, mention.head) in self._copular

    def is_topic(self, mention: Mention) -> bool:
        """Whether the mention is the subject of its sentence, outside quotations and headings."""
        return is_subject(mention) and mention.quotation is None and not mention.heading

    def is_main_subject(self, mention: Mention) -> bool:
        """Whether the mention is the subject of a main clause."""
        tree = self.trees[mention.sentence]
        clause = tree.head(mention.head)
        return is_subject(mention) and clause is not None and tree.matches(clause, "root", "conj", "parataxis")

    def has_subject_before(self, mention: Mention) -> bool:
        """Whether a subject precedes the mention in its sentence (*If Salo keeps **his** post, …*)."""
        return any(other.head < mention.head and is_subject(other) for other in self.mentions_in[mention.sentence])

    def just_before(self, mention: Mention) -> Mention | None:
        """The noun phrase that ends directly before a pronoun, or before its comma."""
        tokens = self.trees[mention.sentence].tokens
        last = mention.head - 1
        if last > 0 and tokens[last].text == ",":
            last -= 1
        phrases = (phrase for phrase in self.mentions_in[mention.sentence] if phrase.form in ("name", "noun"))
        return next((phrase for phrase in phrases if phrase.tokens[-1] == last), None)

    # --- Sentences before ---------------------------------------------------------------------------------------------

    @cached_property
    def _reach(self) -> dict[tuple[int, int], list[int]]:
        """Cache of ``back_from``."""
        return {}

    def back_from(self, sentence: int, window: int) -> list[int]:
        """The positions of this sentence and those before it within the window, the latest first.

        Other entries of a live blog, captions, tables and notes are left out.
        """
        known = self._reach.get((sentence, window))
        if known is not None:
            return known
        here = self.doc.block(self.doc.sentences[sentence])
        found = [sentence]
        for before in range(sentence - 1, max(-1, sentence - 1 - window - MOST_BETWEEN), -1):
            block = self.doc.block(self.doc.sentences[before])
            if len(found) > window or block.section != here.section:
                break
            if not block.interrupts or block is here:
                found.append(before)
        self._reach[sentence, window] = found
        return found

    # --- Speech -------------------------------------------------------------------------------------------------------

    def turn_of(self, mention: Mention) -> Attribution | None:
        """The attribution of the turn of an interview that the mention stands in."""
        near = (self.attributions[number] for number in sorted(set(self._turns.overlapping(mention.span))))
        return next(
            (turn for turn in near if any(span.covers(mention.span) for span in turn.content.spans)),
            None,
        )

    @cached_property
    def _turns(self) -> SpanIndex[int]:
        """The words of turns, with the numbers of their attributions."""
        return SpanIndex(
            (span, number)
            for number, attribution in enumerate(self.attributions)
            if attribution.frame == Frame.TURN
            for span in attribution.content.spans
        )

    @cached_property
    def _tops(self) -> dict[str, list[tuple[int, list[int]]]]:
        """By attribution, the tokens that may head its source, likeliest first, each with the source's tokens."""
        return {
            attribution.id: _tops_of(attribution, self.trees[self._position_of_source(attribution)])
            for attribution in self.attributions
        }

    def _position_of_source(self, attribution: Attribution) -> int:
        """The sentence that names the source: the cue's, except for the person who answers in an interview."""
        here = self.doc.positions[attribution.sentence]
        spans = attribution.source.spans
        if not spans or self.doc.sentences[here].span.overlaps(spans[0]):
            return here
        return self.doc.position_at(spans[0].start)

    @cached_property
    def sources(self) -> dict[str, tuple[Mention, ...]]:
        """The mentions that each attribution's source consists of."""
        return {
            attribution.id: self.source_mentions(attribution)
            for attribution in self.attributions
            if attribution.source.spans
        }

    @cached_property
    def speakers(self) -> set[int]:
        """The numbers of the mentions that speak."""
        speaking = {part.number for parts in self.sources.values() for part in parts}
        return speaking | {mention.number for mention in self.mentions if self._is_part_of_one(mention, speaking)}

    def source_mentions(self, attribution: Attribution) -> tuple[Mention, ...]:
        """The mentions that an attribution's source consists of: a single one, or the parts of a coordination."""
        sentence = self._position_of_source(attribution)
        for top, tokens in self._tops[attribution.id]:
            inside = set(tokens)
            mention = self.mention_at(sentence, top)
            if mention is None or mention.head not in inside:
                continue
            group = self.groups.get((sentence, mention.head))
            if group is not None and set(group.parts) <= inside:
                return tuple(self.by_head[sentence, part] for part in group.parts)
            return (mention,)
        return ()

    def is_part_of_speaker(self, mention: Mention) -> bool:
        """*One of **them** said*: the group that the speaker belongs to counts as speaking too."""
        return self._is_part_of_one(mention, self.speakers)

    def _is_part_of_one(self, mention: Mention, speaking: set[int]) -> bool:
        if mention.relation.partition(":")[0] != "nmod":
            return False
        whole = self.by_head.get((mention.sentence, self.trees[mention.sentence].tokens[mention.head].head))
        return whole is not None and whole.number in speaking and whole.form == "pronoun"

    @cached_property
    def words_of(self) -> dict[int, list[Span]]:
        """The content attributed to each speaking mention, by its number."""
        return self._words_of(self.attributions)

    @cached_property
    def direct_words(self) -> dict[int, list[Span]]:
        """The words quoted directly from each speaking mention, by its number."""
        return self._words_of([attribution for attribution in self.attributions if attribution.manner is Manner.DIRECT])

    def _words_of(self, attributions: Sequence[Attribution]) -> dict[int, list[Span]]:
        found: dict[int, list[Span]] = {}
        for attribution in attributions:
            for part in self.sources.get(attribution.id, ()):
                found.setdefault(part.number, []).extend(attribution.content.spans)
        return found

    @cached_property
    def _outer_speakers(self) -> list[Mention]:
        """The mentions that speak outside the content of others, in text order."""
        contents = SpanIndex((span, span) for attribution in self.attributions for span in attribution.content.spans)
        outer = [
            part
            for parts in self.sources.values()
            for part in parts
            if not any(span.covers(part.span) for span in contents.overlapping(part.span))
        ]
        first_at = {part.span.start: part for part in reversed(outer)}
        return [first_at[start] for start in sorted(first_at)]

    def last_speaker(self, mention: Mention) -> Mention | None:
        """The last speaker before the mention in its section, outside the content of others, or whom they asked."""
        place = bisect_left(self._outer_speakers, mention.span.start, key=lambda part: part.span.start)
        if not place:
            return None
        last = self._outer_speakers[place - 1]
        here, there = (self.doc.block(self.doc.sentences[place.sentence]) for place in (mention, last))
        return (self._asked_by(last) or last) if here.section == there.section else None

    def last_words_of(self, speaker: Mention) -> int:
        """The position of the sentence in which the speaker's words end."""
        end = max((span.end for span in self.words_of.get(speaker.number, ())), default=0)
        return max(speaker.sentence, bisect_left(self.doc.sentences, end, key=lambda sentence: sentence.start) - 1)

    def _asked_by(self, speaker: Mention) -> Mention | None:
        """The person the speaker asked, who is expected to answer (*Conroy asked Salo whether … "…," he said*)."""
        tree = self.trees[speaker.sentence]
        verb = tree.head(speaker.head)
        if verb is None or tree.lemmas[verb] != "ask":
            return None
        asked = tree.child(verb, "iobj", "obj")
        return None if asked is None else self.mention_at(speaker.sentence, asked)

    @cached_property
    def _quoted(self) -> SpanIndex[Span]:
        return SpanIndex((part, part) for quotation in self.quotations for part in quotation.parts)

    @cached_property
    def _spoken(self) -> SpanIndex[tuple[int, Attribution]]:
        return SpanIndex(
            (span, (number, mention))
            for number, mention in enumerate(self.attributions)
            if mention.manner is not Manner.INDIRECT
            for span in mention.content.spans
        )

    @cached_property
    def _speaker_of(self) -> dict[int, Attribution | None]:
        """Cache of ``speaker_of``."""
        return {}

    def speaker_of(self, mention: Mention) -> Attribution | None:
        """The attribution of the innermost quotation around the mention that has a speaker."""
        if mention.number not in self._speaker_of:
            around = [part for part in self._quoted.overlapping(mention.span) if part.covers(mention.span)]
            found = (self._speaking(mention, part) for part in sorted(around, key=len))
            self._speaker_of[mention.number] = next((speaking for speaking in found if speaking is not None), None)
        return self._speaker_of[mention.number]

    def mixed_speaker_of(self, mention: Mention) -> Attribution | None:
        """The speaker of an unquoted mention among quoted words (*We need to “make sure …,” Ms Brooks said*)."""
        return self._speaking(mention, mention.span) if mention.quotation is None else None

    def _speaking(self, mention: Mention, span: Span) -> Attribution | None:
        """The attribution with the shortest content around a span whose source is not the mention itself."""
        around = [
            (sum(map(len, attribution.content.spans)), number, attribution)
            for number, attribution in self._spoken.overlapping(span)
            if any(content.covers(span) for content in attribution.content.spans)
            and all(source.number != mention.number for source in self.sources.get(attribution.id, ()))
        ]
        return min(around, key=lambda found: found[:2])[2] if around else None


def is_subject(mention: Mention) -> bool:
    """Whether the mention is a subject."""
    return mention.relation.partition(":")[0] == "nsubj"


def _by_word(names: Iterator[tuple[str, ...]], place: int) -> dict[str, set[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for keys in names:
        if keys:
            found.setdefault(keys[place], set()).add(keys)
    return found


def _tops_of(attribution: Attribution, tree: Tree) -> list[tuple[int, list[int]]]:
    """The tokens that may head the source, the likeliest first, each with all tokens of the source."""
    inside = list(dict.fromkeys(index for span in attribution.source.spans for index in _tokens_in(span, tree)))
    tops = [
        index
        for index in inside
        if tree.tokens[index].upos not in ("PUNCT", "ADP", "CCONJ", "PART", "SCONJ", "ADV")
        and tree.tokens[index].head not in inside
    ]
    nominal = ("NOUN", "PROPN", "PRON")
    tops.sort(key=lambda index: (not tree.matches(index, "nsubj"), tree.tokens[index].upos not in nominal))
    with_words = [index for index in tops if tree.tokens[index].upos != "DET"] or tops
    return [(top, inside) for top in with_words]


def _tokens_in(span: Span, tree: Tree) -> Iterator[int]:
    """The indices of the tokens inside a span."""
    tokens = tree.tokens
    for index in range(bisect_left(tokens, span.start, key=lambda token: token.start), len(tokens)):
        if tokens[index].end > span.end:
            return
        yield index
