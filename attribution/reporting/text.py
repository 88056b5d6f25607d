"""The report for the terminal: the article in its own words, and beside and below it who says so and how surely."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from attribution.ingest import locate
from attribution.records import Analysis, Attribution, BlockKind, Claim, ScoreName, Sentence, SourceEntity, Voice
from attribution.reporting import words
from attribution.reporting.look import (
    DEFAULT_WIDTH,
    HEADING,
    LABEL,
    NARROWEST,
    PLAIN,
    QUIET,
    SOURCE,
    STRIPE_STYLES,
    VOICE_STYLES,
    Look,
    Margin,
    heading,
    look_for,
    printable,
    render,
    score_bar,
    score_number,
    voice_bar,
    voice_shares,
)
from attribution.reporting.lookup import Lookup, ledger_entries
from attribution.reporting.marked import marked_sentence

NARROW = 72
WIDE = 100
VOICE_CELLS = 7
SUMMARY_CELLS = 20
LEDGER_CELLS = 16
WEAKEST = 5
SNIPPET = 48
_INNER_QUOTES = str.maketrans('“”"', "‘’'")


def report_text(
    analysis: Analysis,
    *,
    width: int = DEFAULT_WIDTH,
    color: bool = False,
    explain: bool = False,
    only: Voice | None = None,
    encoding: str = "utf-8",
) -> str:
    """The report as text of ``width`` cells, with ANSI colours when ``color``.

    ``explain`` adds the factors of both scores under each claim; ``only`` shows the sentences that make a claim in
    this voice and leaves the others out. ``encoding`` is the output's: one that cannot write the report's signs gets
    ASCII ones.
    """
    look = look_for(encoding)
    lookup = Lookup(analysis)
    width = max(NARROWEST, width)
    parts: list[RenderableType] = [
        header(lookup, look),
        legend(lookup, look, width),
        Text(),
        *article(lookup, look, width, explain, only),
        *ledger(lookup, look, width),
        *weakest(lookup, look),
        *summary(lookup, look, width),
        *problems(lookup, look),
    ]
    return render(parts, width, color)


def header(lookup: Lookup, look: Look) -> RenderableType:
    """The file and its size."""
    analysis = lookup.analysis
    counted = [
        _count(len(analysis.draft.text.split()), "word"),
        _count(analysis.summary.sentences, "sentence"),
        _count(analysis.summary.claims, "claim"),
    ]
    return heading(printable(analysis.draft.path, look), look, f" {look.dot} ".join(counted))


def legend(lookup: Lookup, look: Look, width: int) -> Text:
    """What the marks mean, as far as one line has room."""
    shown = [look.source, look.cue, look.content, look.hedge]
    if lookup.analysis.boosters:
        shown.append(look.booster)
    parts = [Text().append(role.opening + role.name + role.closing, style=role.style) for role in shown]
    parts.append(score_bar(0.8, look).append(" sourcing"))
    parts.append(Text().append(look.under, style=QUIET).append(" who says so"))
    while len(parts) > len(shown) and sum(part.cell_len + 2 for part in parts) - 2 > width:
        parts.pop()
    return Text("  ").join(parts)


def article(lookup: Lookup, look: Look, width: int, explain: bool, only: Voice | None) -> list[RenderableType]:
    """The article, paragraph by paragraph; in each, sentence by sentence."""
    parts: list[RenderableType] = []
    hidden = 0
    block = -1
    for sentence in lookup.analysis.sentences:
        if only is not None and not any(claim.voice is only for claim in lookup.claims_in(sentence)):
            hidden += 1
            continue
        if hidden:
            parts += [Text(f"{look.cut} {_count(hidden, 'sentence')} in other voices", style=QUIET), Text()]
            hidden = 0
        elif parts and sentence.block != block:
            parts.append(Text())
        block = sentence.block
        parts += sentence_lines(sentence, lookup, look, width, explain)
    if hidden:
        parts += [Text(), Text(f"{look.cut} {_count(hidden, 'sentence')} in other voices", style=QUIET)]
    return [*parts, Text()]


def sentence_lines(sentence: Sentence, lookup: Lookup, look: Look, width: int, explain: bool) -> list[RenderableType]:
    """The marked sentence with its voice and score in the margin, and below it one line for each other chain."""
    blocks = lookup.analysis.draft.blocks
    kind = blocks[sentence.block].kind if sentence.block < len(blocks) else BlockKind.PARAGRAPH
    body = marked_sentence(sentence, lookup, look, HEADING if kind is BlockKind.HEADLINE else PLAIN)
    claims = lookup.claims_in(sentence)
    groups = grouped(claims)
    main = groups[0] if groups else []
    lines: list[RenderableType] = []
    for group in [main, *(group for group in groups if group is not main)]:
        content: list[RenderableType] = [body] if group is main else []
        note = provenance(group, lookup, look, several=group is not main)
        if note:
            content.append(_hanging(look, note))
        if group is main:
            content += [_hanging(look, note) for note in claimless(sentence, lookup, look)]
        if explain:
            content += [factors(claim, lookup, look) for claim in group]
        voice = group[0].voice if group else None
        lines.append(Margin(labels(group, look, width), _stripe(voice, look), Group(*content), _margin(width)))
    return lines


def grouped(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that share voice and provenance, in the order of their first."""
    groups: dict[tuple[Voice, tuple[str, ...]], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.voice, claim.attributions), []).append(claim)
    return list(groups.values())


def labels(claims: Sequence[Claim], look: Look, width: int) -> list[Text]:
    """Voice, bar and (where there is room) number of the claims' mean sourcing score; on two lines when narrow."""
    if not claims:
        return []
    voice = claims[0].voice
    score = _mean([claim.sourcing for claim in claims])
    name = Text().append(words.VOICES[voice], style=VOICE_STYLES[voice])
    meter = score_bar(score, look, style=STRIPE_STYLES[voice])
    if width < NARROW:
        return [name, meter]
    name.append(" " * (VOICE_CELLS + 1 - name.cell_len)).append_text(meter)
    return [name.append(f" {score_number(score)}") if width >= WIDE else name]


def provenance(claims: Sequence[Claim], lookup: Lookup, look: Look, several: bool) -> Text | None:
    """The claims' sources and what hedges them, behind the claim's own words when the sentence has several chains."""
    if not claims:
        return None
    parts: list[Text] = []
    if several:
        parts.append(Text(_quoted(claims[0].text, look)))
    chains = lookup.chains(claims[0])
    voice = claims[0].voice
    if voice is Voice.UNCLEAR or (several and not chains):
        parts.append(Text().append(words.VOICE_LABELS[voice], style=LABEL))
    if chains:
        parts.append(side_by_side(chains, lookup, look))
    cues = {link.cue.spans for links in chains for link in links}
    hedges = [lookup.hedges[one] for claim in claims for one in claim.hedges if one in lookup.hedges]
    told = dict.fromkeys(printable(f"“{one.text}”", look) for one in hedges if one.spans not in cues)
    if told:
        certainty = score_number(_mean([claim.certainty for claim in claims]))
        parts.append(Text("hedged: " + ", ".join(told)).append(f" (certainty {certainty})", style=QUIET))
    return Text(f" {look.dot} ").join(parts) if parts else None


def side_by_side(chains: Sequence[Sequence[Attribution]], lookup: Lookup, look: Look) -> Text:
    """Several chains; what they have in common at their beginning is said once."""
    shared = 0
    shortest = min(map(len, chains)) if len(chains) > 1 else 0
    while shared < shortest - 1 and len({links[shared].id for links in chains}) == 1:
        shared += 1
    rest = Text(" + ").join(chain(links[shared:], lookup, look) for links in chains)
    if not shared:
        return rest
    return chain(chains[0][:shared], lookup, look).append(f" {look.arrow} ", style=LABEL).append_text(rest)


def chain(links: Sequence[Attribution], lookup: Lookup, look: Look) -> Text:
    """The attributions as a chain, outermost first: who, and in brackets what kind of source that is or why none."""
    shown = Text()
    for number, attribution in enumerate(links):
        if number:
            shown.append(f" {look.arrow} ", style=LABEL)
        named = bool(attribution.source.spans) or attribution.source.entity is not None
        shown.append(printable(words.who(attribution, lookup), look), style=SOURCE if named else LABEL)
        notes = words.notes_on(attribution, lookup)
        shown.append(printable(f" ({', '.join(notes)})", look), style=QUIET)
    return shown


def claimless(sentence: Sentence, lookup: Lookup, look: Look) -> list[Text]:
    """Chains that end in this sentence under no claim."""
    return [chain(lookup.ancestry(one), lookup, look) for one in lookup.claimless(sentence)]


def factors(claim: Claim, lookup: Lookup, look: Look) -> RenderableType:
    """Both scores of a claim and the reasons that make them up, one a line."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for justify in ("left", "left", "right"):
        table.add_column(no_wrap=True, overflow=look.overflow, justify=justify)
    table.add_column(overflow="fold")
    for name, score in ((ScoreName.SOURCING, claim.sourcing), (ScoreName.CERTAINTY, claim.certainty)):
        head = [Text(f"  {name}", style=QUIET), Text(score_number(score), style=LABEL)]
        for factor in claim.factors:
            if factor.score is name:
                sign = look.minus if factor.effect < 0 else "+"
                reason = Text(printable(words.factor_words(factor, lookup), look), style=QUIET)
                table.add_row(*(head or [Text(), Text()]), Text(f"{sign}{abs(factor.effect):.2f}"), reason)
                head = []
        if head:
            table.add_row(*head)
    told = _quoted(claim.text, look, len(claim.text))
    return Group(Text(f"{claim.id} {told}", style=QUIET, no_wrap=True, overflow=look.overflow), table)


def ledger(lookup: Lookup, look: Look, width: int) -> list[RenderableType]:
    """Who carries the story, under a heading; nothing for an article without claims and sources."""
    table = ledger_table(lookup, look, width)
    return [heading("Sources", look), table, Text()] if table.row_count else []


def ledger_table(lookup: Lookup, look: Look, width: int, places: bool = False) -> Table:
    """Each source, its kind, its claims, its share of all claims, and, with ``places``, where it is first mentioned."""
    analysis = lookup.analysis
    total = max(1, len(analysis.claims))
    bars = width >= NARROW
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=QUIET)
    table.add_column("source", overflow="fold")
    table.add_column("kind", overflow="fold")
    for name in ("claims", "share", "first") if places else ("claims", "share"):
        table.add_column(name, justify="right", no_wrap=True, overflow=look.overflow)
    if bars:
        table.add_column("", no_wrap=True, overflow=look.overflow)
    for row in ledger_rows(analysis):
        cells = [
            Text().append(printable(row.name, look), style=SOURCE if row.entry else PLAIN),
            Text(row.kind),
            Text(str(row.claims)),
            Text(f"{row.claims / total:.0%}"),
        ]
        if places:
            cells.append(Text(_place(locate(analysis.draft, row.first)) if row.first is not None else ""))
        if bars:
            sign = look.shares[row.voice]
            cells.append(Text().append(sign * round(row.claims / total * LEDGER_CELLS), style=STRIPE_STYLES[row.voice]))
        table.add_row(*cells)
    return table


class LedgerRow(msgspec.Struct, frozen=True):
    """Name, kind, number of claims, offset of the first mention, where there is one, and the identifiers behind it."""

    name: str
    kind: str
    claims: int
    voice: Voice
    entry: bool = False
    first: int | None = None
    id: str | None = None
    carried: tuple[str, ...] = ()


UNCARRIED = {
    Voice.SOURCE: ("unclear who", "source"),
    Voice.HEARSAY: ("nobody named", "hearsay"),
    Voice.UNCLEAR: ("speaker not clear", "quotation"),
    Voice.OWN: ("the paper’s own voice", "own"),
}
"""Name and kind of the ledger's rows for claims that no entry carries."""


def ledger_rows(analysis: Analysis) -> list[LedgerRow]:
    """The sources, most claims first; then what no entry carries, from a source that is unclear to the paper itself."""
    rows = [
        LedgerRow(
            entity.name,
            words.KINDS[entity.kind],
            len(entity.claims),
            Voice.SOURCE,
            True,
            entity.mentions[0].start if entity.mentions else None,
            entity.id,
            entity.claims,
        )
        for entity in ranked(ledger_entries(analysis))
    ]
    carried = {claim for entity in analysis.sources for claim in entity.claims}
    for voice, (name, kind) in UNCARRIED.items():
        claims = tuple(one.id for one in analysis.claims if one.voice is voice and one.id not in carried)
        if claims:
            rows.append(LedgerRow(name, kind, len(claims), voice, carried=claims))
    return rows


def ranked(entities: Sequence[SourceEntity]) -> list[SourceEntity]:
    """The entries that carry most claims first, then in text order."""
    return sorted(entities, key=lambda entity: (-len(entity.claims), entity.mentions[:1]))


def weakest(lookup: Lookup, look: Look) -> list[RenderableType]:
    """The claims with the lowest sourcing scores, the most certain first, with their places and reasons."""
    shown = lookup.weakest()[:WEAKEST]
    places = [_place(lookup.line_and_column(claim)) for claim in shown]
    longest = max(map(len, places), default=0)
    parts: list[RenderableType] = []
    for claim, place in zip(shown, places, strict=True):
        bar = score_bar(claim.sourcing, look, style=STRIPE_STYLES[claim.voice])
        label = Text().append(place.ljust(longest + 2), style=LABEL).append_text(bar)
        body = Text(_quoted(claim.text, look, 2 * SNIPPET))
        reasons = [factor for factor in claim.factors if factor.score is ScoreName.SOURCING and factor.effect]
        why = ", ".join(words.factor_words(one, lookup) for one in reasons)
        lines = [body, Text(printable(why, look), style=QUIET)]
        if claim.voice is Voice.UNCLEAR:
            lines.append(Text(f"Fix: {words.NAME_THE_SPEAKER}."))
        parts.append(Margin([label], Text("  "), Group(*lines), longest + 7))
    return [heading("Weakest claims", look, "line:column in the file"), *parts, Text()] if parts else []


def summary(lookup: Lookup, look: Look, width: int) -> list[RenderableType]:
    """The article in numbers, and what was not checked."""
    numbers = lookup.analysis.summary
    unchecked = Text("Not checked: " + "; ".join(words.NOT_CHECKED) + ".", style=QUIET)
    if not numbers.claims:
        return [heading("Summary", look), Text("The text makes no claim that could be checked.")]
    cells = SUMMARY_CELLS if width >= NARROW else SUMMARY_CELLS // 2
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column(overflow="fold")
    for name, score, meaning in (
        ("sourcing", numbers.sourcing, "how clear it is who says so"),
        ("certainty", numbers.certainty, "how committed the text is"),
    ):
        told = Text().append(score_number(score), style=LABEL).append(f"  {meaning}", style=QUIET)
        table.add_row(Text(name), score_bar(score, look, cells), told)
    percent = [f"{words.VOICES[voice]} {share:.0%}" for voice, share in voice_shares(numbers.voice)]
    table.add_row(Text("voices"), voice_bar(numbers.voice, look, cells), Text(f" {look.dot} ".join(percent)))
    named = 0 if not numbers.distinct_sources else numbers.named_sources / numbers.distinct_sources
    told = Text(f"{numbers.named_sources} named of {numbers.distinct_sources}")
    table.add_row(Text("sources"), score_bar(named, look, cells), told)
    return [heading("Summary", look), table, unchecked]


def problems(lookup: Lookup, look: Look) -> list[RenderableType]:
    """What the reader of the report should know about the input."""
    parts: list[RenderableType] = []
    for problem in lookup.analysis.problems:
        place = _place(locate(lookup.analysis.draft, problem.start))
        parts.append(Text(printable(f"{problem.code} {place}: {problem.message}", look)))
    return [Text(), heading("Problems", look), *parts] if parts else []


def _place(place: tuple[int, int]) -> str:
    return f"{place[0]}:{place[1]}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _quoted(text: str, look: Look, longest: int = SNIPPET) -> str:
    """The text in quotation marks, its own marks made single, cut at a word when it is too long."""
    shown = printable(text, look).strip().translate(_INNER_QUOTES)
    if len(shown) > longest:
        shown = shown[:longest].rsplit(" ", 1)[0].rstrip(" ,;:—–-") + look.cut
    return printable(f"“{shown}”", look)


def _hanging(look: Look, note: Text) -> RenderableType:
    return Margin([Text(look.under, style=QUIET)], Text(" "), note, len(look.under))


def _stripe(voice: Voice | None, look: Look) -> Text:
    style: Style = PLAIN if voice is None else STRIPE_STYLES[voice]
    return Text(f" {look.stripe(voice)} ", style=style)


def _margin(width: int) -> int:
    """Cells of the margin: voice, then bar, then number, as far as there is room."""
    return VOICE_CELLS if width < NARROW else VOICE_CELLS + 6 if width < WIDE else VOICE_CELLS + 11


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores)
