"""The draft's text in the terminal report: beside each sentence who answers for it, below it what it leaves unsaid."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from attribution.index import AnalysisIndex, sentences_over
from attribution.records import Attribution, BlockKind, Carrier, Claim, Sentence
from attribution.reporting import words
from attribution.reporting.attention import Point
from attribution.reporting.drawing import Grid, Margin, heading
from attribution.reporting.explained import Ground, constructions_of, measures_of
from attribution.reporting.look import CARRIER_STYLES, HEADING, LABEL, PLAIN, QUIET, Look, printable
from attribution.reporting.marked import marked_sentence

CARRIER_CELLS = max(len(called.short) for called in words.CARRIERS.values())
SNIPPET = 48


def marked_draft(
    index: AnalysisIndex, points: Sequence[Point], look: Look, explain: bool, only: Collection[Carrier]
) -> list[RenderableType]:
    """The draft's text, paragraph by paragraph, and in each sentence by sentence, under a heading and a legend.

    ``only`` keeps the sentences with a claim that one of these answers for.
    """
    parts: list[RenderableType] = [heading("The text", look), *legend(index, points, look), Text()]
    numbers = numbers_of(points, index)
    digits = len(str(len(points))) if points else 0
    hidden = 0
    block = None
    blocks = index.analysis.draft.blocks
    said = ""
    for sentence in index.analysis.sentences:
        if only and not any(claim.carrier in only for claim in index.claims_in(sentence)):
            hidden += 1
            continue
        if hidden:
            parts += [_left_out(hidden, look), Text()]
            hidden = 0
        elif (
            block is not None
            and sentence.block != block
            and not words.is_in_one_table(blocks[block : sentence.block + 1])
        ):
            parts.append(Text())
        if sentence.block != block and (label := words.role_label(blocks, sentence.block)):
            parts.append(Text(printable(label, look), style=QUIET))
        block = sentence.block
        note = _note(sentence, index)
        lines = sentence_lines(
            sentence, "" if note == said else note, points, numbers.get(sentence.id, []), digits, index, look, explain
        )
        parts += lines
        # Whoever speaks on is not told again.
        said = note
    if hidden:
        parts += [Text(), _left_out(hidden, look)]
    if explain:
        parts += glossary([claim for claim in index.analysis.claims if not only or claim.carrier in only], look)
    return parts


def _left_out(hidden: int, look: Look) -> Text:
    return Text(f"{look.cut} {words.count(hidden, 'sentence')} left out", style=QUIET)


def legend(index: AnalysisIndex, points: Sequence[Point], look: Look) -> list[RenderableType]:
    """What the margin and the marks mean; only what occurs."""
    if not index.analysis.claims:
        return []
    told = "who answers for it; nothing where the paper does."
    if points:
        told = f"its number in the list above, and {told}"
    marks = [
        Text().append(role.opening + meaning + role.closing, style=role.style)
        for role, meaning, occurs in (
            (look.source, "who says so", any(link.source.spans for link in index.attributions.values())),
            (look.cue, "how", bool(index.attributions)),
            (look.hedge, "not quite sure", bool(index.analysis.hedges)),
            (look.flagged, "look here", bool(points) and not look.has_signs),
        )
        if occurs
    ]
    lines: list[RenderableType] = [Text(f"Left of a sentence: {told}", style=QUIET)]
    return [*lines, Text("  ").join(marks)] if marks else lines


def numbers_of(points: Sequence[Point], index: AnalysisIndex) -> dict[str, list[int]]:
    """For each sentence the numbers, in the list, of the points that are about words of it."""
    numbers: dict[str, list[int]] = {}
    for number, point in enumerate(points, 1):
        if point.sentence is None:
            continue
        near = {
            sentence.id: None for span in point.flagged for sentence in sentences_over(index.analysis.sentences, span)
        }
        for identifier in near:
            numbers.setdefault(identifier, []).append(number)
    return numbers


def sentence_lines(
    sentence: Sentence,
    note: str,
    points: Sequence[Point],
    numbers: Sequence[int],
    digits: int,
    index: AnalysisIndex,
    look: Look,
    explain: bool,
) -> list[RenderableType]:
    """The marked sentence, who says so, and one line for each of its claims that somebody else answers for."""
    blocks = index.analysis.draft.blocks
    kind = blocks[sentence.block].kind if sentence.block < len(blocks) else BlockKind.PARAGRAPH
    flagged = [span for number in numbers for span in points[number - 1].flagged]
    body = marked_sentence(
        sentence,
        index,
        look,
        HEADING if kind is BlockKind.HEADLINE else PLAIN,
        roles=(look.source, look.cue, look.hedge),
        flagged=flagged,
    )
    groups = grouped(index.claims_in(sentence))
    lines: list[RenderableType] = []
    for number, group in enumerate(groups or [[]]):
        content: list[RenderableType] = [body] if number == 0 else []
        told = note
        if number > 0:
            whose = _whose(group[0], index)
            known = whose == note or _is_told(group, groups[0], sentence, index)
            told = "" if known else f"{_quoted(group[0].text, look)}: {whose}"
        if told:
            content.append(_hanging(look, Text(printable(told, look), style=QUIET)))
        if explain:
            content += [_explained(claim, index, look) for claim in group]
        carrier = group[0].carrier if group else Carrier.PAPER
        labels = _labels(numbers if number == 0 else (), carrier, digits)
        if content:
            lines.append(Margin(labels, Text("  "), Group(*content), labels[0].cell_len))
    return lines


def _labels(numbers: Sequence[int], carrier: Carrier, digits: int) -> list[Text]:
    """The margin of a sentence: the points about it, one a line, and on the first line who answers for it."""
    labels = [Text().append(str(number).rjust(digits) if digits else "", style=LABEL) for number in numbers] or [
        Text(" " * digits)
    ]
    if digits:
        labels[0].append(" ")
    # The paper's own claims go unmarked.
    called = "" if carrier is Carrier.PAPER else words.CARRIERS[carrier].short
    return [
        labels[0].append(called.ljust(CARRIER_CELLS), style=CARRIER_STYLES[carrier]),
        *labels[1:],
    ]


def grouped(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that share carrier and provenance, in the order of their first."""
    groups: dict[tuple[Carrier, tuple[str, ...]], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.carrier, claim.attributions), []).append(claim)
    return list(groups.values())


def _note(sentence: Sentence, index: AnalysisIndex) -> str:
    """Who says so, where the sentence itself does not tell it."""
    groups = grouped(index.claims_in(sentence))
    chains = index.chains(groups[0][0]) if groups else []
    if chains and not _is_plain(chains, sentence, index):
        return words.provenance_words(chains, index)
    return _claimless(sentence, index)


def _whose(claim: Claim, index: AnalysisIndex) -> str:
    """Whose the claim is."""
    return words.provenance_words(index.chains(claim), index) or words.CARRIERS[claim.carrier].name


def _is_told(claims: Sequence[Claim], first: Sequence[Claim], sentence: Sentence, index: AnalysisIndex) -> bool:
    """Whether the sentence's first claims tell whose these are, too."""
    chains = index.chains(claims[0])
    above = {link.source.entity for links in index.chains(first[0]) for link in links}
    speakers = {link.source.entity for links in chains for link in links}
    return (
        claims[0].carrier is first[0].carrier is Carrier.NAMED
        and speakers <= above
        and _is_plain(chains, sentence, index)
    )


def _is_plain(chains: Sequence[Sequence[Attribution]], sentence: Sentence, index: AnalysisIndex) -> bool:
    """Whether the sentence itself says who: by the name, or that there is nobody, which the margin tells."""
    links = [link for links in chains for link in links]
    if len(links) > len(chains) or any(link.withheld for link in links):
        return False
    return all(words.is_nobody(link) or words.says_who(link, sentence, index) for link in links)


def _claimless(sentence: Sentence, index: AnalysisIndex) -> str:
    """Who speaks, or keeps silent, in a sentence that makes no claim."""
    blocks = index.analysis.draft.blocks
    if sentence.block < len(blocks) and blocks[sentence.block].kind is BlockKind.SPEAKER:
        return ""
    told = [
        words.chain_words(index.ancestry(attribution), index)
        for attribution in index.claimless(sentence)
        if not _is_plain([index.ancestry(attribution)], sentence, index)
    ]
    return "; ".join(told)


def _explained(claim: Claim, index: AnalysisIndex, look: Look) -> RenderableType:
    """In the terms of the field: who answers, what is exposed, how firmly it is told, and what both scores rest on."""
    rows: list[tuple[str, str, str, str]] = []
    for measure in measures_of(claim, index):
        name, value = f"  {measure.name}" if measure.name else "", printable(measure.value, look)
        for ground in measure.grounds or (Ground(""),):
            rows.append((name, value, printable(ground.effect, look), printable(ground.words, look)))
            name = value = ""
    told = _quoted(claim.text, look, len(claim.text))
    said = Text(f"{claim.id} {told}", style=QUIET, no_wrap=True, overflow=look.overflow)
    return Group(said, Grid(rows, (QUIET, LABEL, PLAIN, QUIET), (2,), look))


def glossary(claims: Sequence[Claim], look: Look) -> list[RenderableType]:
    """What the constructions behind the claims' commitment are."""
    found = constructions_of(claims)
    if not found:
        return []
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for name, meaning in found:
        table.add_row(Text(name), Text(printable(meaning, look), style=QUIET))
    return [Text(), heading("Constructions", look, "what each leaves of the commitment; see docs/SCORING.md"), table]


def _quoted(text: str, look: Look, longest: int = SNIPPET) -> str:
    """The text in quotation marks, its own marks made single, cut at a word when it is too long."""
    shown = printable(text, look).strip().translate(words.INNER_QUOTES)
    if len(shown) > longest:
        shown = shown[:longest].rsplit(" ", 1)[0].rstrip(" ,;:—–-") + look.cut
    return printable(f"“{shown}”", look)


def _hanging(look: Look, note: Text) -> RenderableType:
    return Margin([Text(look.under, style=QUIET)], Text(" "), note, len(look.under))
