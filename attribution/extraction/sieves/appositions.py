"""Apposition: adjacent phrases that refer to the same entity."""

from __future__ import annotations

from attribution.extraction.discourse import Discourse
from attribution.extraction.entities import BODIES, PLACES, go_together
from attribution.extraction.mention import INDEFINITE_PRONOUNS, Mention
from attribution.extraction.names import Name, same_body
from attribution.extraction.people import OFFICES


def appositions(discourse: Discourse) -> dict[int, list[Mention]]:
    """Mentions joined by apposition, by the number of each."""
    clusters: dict[int, list[Mention]] = {}
    for mention in discourse.mentions:
        apposed = mention.relation.split(":")[0]
        if mention.form == "group" or apposed not in ("appos", "conj") or _is_listed(discourse, mention):
            continue
        first = _before_relative_clause(discourse, mention)
        if first is None and apposed == "appos":
            first = _apposed_to(discourse, mention)
        if first is None:
            continue
        cluster = clusters.setdefault(first.number, [first])
        if mention not in cluster:
            cluster.append(mention)
        clusters[mention.number] = cluster
    return clusters


def _is_listed(discourse: Discourse, mention: Mention) -> bool:
    """Whether the phrase is in a list: *and* follows, and no comma after that (*Reed, her label and a judge met*)."""
    tree = discourse.trees[mention.sentence]
    after = mention.tokens[-1] + 1
    if after >= len(tree) or tree.forms[after] != "and":
        return False
    other = tree.head(after)
    if other is None or not tree.matches(other, "conj"):
        return False
    end = tree.subtree(other)[-1] + 1
    return end < len(tree) and tree.tokens[end].upos != "PUNCT"


def _apposed_to(discourse: Discourse, mention: Mention) -> Mention | None:
    """The mention that an apposition belongs to: the name directly before the comma, else the parser's choice."""
    tree = discourse.trees[mention.sentence]
    nearest = next(
        (
            name
            for name in discourse.mentions_in[mention.sentence]
            if name.form == "name"
            and name.tokens[-1] == mention.tokens[0] - 2
            and tree.tokens[name.tokens[-1] + 1].text == ","
        ),
        None,
    )
    parsed = discourse.mention_at(mention.sentence, tree.tokens[mention.head].head)
    for first in (nearest, _holder_above(discourse, mention, parsed), parsed, _before_bracket(discourse, mention)):
        if first is not None and first is not mention and _may_be_apposed(discourse, first, mention):
            return first
    return None


def _holder_above(discourse: Discourse, mention: Mention, parsed: Mention | None) -> Mention | None:
    """The office above the noun that the parser attaches a name to (*the director of prosecutions, Eva Persson*)."""
    if parsed is None or parsed.form != "noun" or mention.form != "name" or mention.being not in ("person", "unknown"):
        return None
    if mention.name is None or len(mention.name.keys) < 2:
        return None
    tree = discourse.trees[mention.sentence]
    above = parsed.head
    while tree.matches(above, "nmod") and not tree.matches(above, "nmod:poss"):
        above = tree.tokens[above].head
    holder = discourse.by_head.get((mention.sentence, above))
    if holder is None or holder is parsed or holder.plural or holder.kind not in OFFICES:
        return None
    return holder


def _before_relative_clause(discourse: Discourse, mention: Mention) -> Mention | None:
    """The body named after its relative clause (*The group that owns her songs, Silver Anchor, says*).

    Parsers attach the name to the noun before it, which it is only if that is a single thing (*the ship, Falcon*).
    """
    tree = discourse.trees[mention.sentence]
    first, last = mention.tokens[0], mention.tokens[-1]
    if mention.form != "name" or not mention.bare or mention.being not in ("unknown", "organisation", "outlet"):
        return None
    if first < 1 or last + 1 >= len(tree) or tree.tokens[first - 1].text != "," or tree.tokens[last + 1].text != ",":
        return None
    inside = tree.head(mention.head)
    if inside is None or tree.has_child(mention.head, "cc") or not _may_be_several(discourse, mention, inside):
        return None
    clause = next((above for above in tree.ancestors(mention.head) if tree.matches(above, "acl:relcl")), None)
    if clause is None:
        return None
    holder = discourse.by_head.get((mention.sentence, tree.tokens[clause].head))
    verb = None if holder is None else tree.head(holder.head)
    if holder is None or holder.form != "noun" or holder.being not in BODIES or not tree.matches(holder.head, "nsubj"):
        return None
    return holder if verb is not None and verb > last else None


def _may_be_several(discourse: Discourse, mention: Mention, inside: int) -> bool:
    """Whether the noun before a name is a plural, a part of something or itself a name, which the name is not."""
    tree = discourse.trees[mention.sentence]
    token = tree.tokens[inside]
    if token.xpos in ("NNS", "NNPS") or token.upos == "PROPN" or mention.being in BODIES:
        return True
    whole = tree.head(inside)
    return whole is not None and tree.matches(inside, "nmod") and tree.forms[whole] in INDEFINITE_PRONOUNS


def _before_bracket(discourse: Discourse, mention: Mention) -> Mention | None:
    """The office before a name in brackets, above its complement (*The Secretary of State (Mr Otto Kell)*)."""
    tree = discourse.trees[mention.sentence]
    before = mention.tokens[0] - 1
    if before < 0 or tree.tokens[before].text != "(":
        return None
    above = tree.head(mention.head)
    while above is not None and tree.matches(above, "nmod"):
        above = tree.head(above)
    return None if above is None else discourse.by_head.get((mention.sentence, above))


def _may_be_apposed(discourse: Discourse, first: Mention, second: Mention) -> bool:
    """Whether the two parts of a parsed apposition can corefer: same number, compatible beings, no dash."""
    if "pronoun" in (first.form, second.form):
        return False
    if first.plural is not None and second.plural is not None and first.plural != second.plural:
        return False
    between = discourse.doc.draft.text[first.span.end : second.span.start]
    if any(dash in between for dash in ("—", "–", "--", " - ")):
        return False
    if first.form == "name" and second.form == "name":
        assert first.name is not None
        assert second.name is not None
        return "(" in between and (same_body(first.name, second.name) or _abbreviates(second.name, first))
    if first.word in discourse.lexicon.words_for("body-role") and second.form == "name" and second.being in BODIES:
        return True
    return go_together(first.being, second.being)


def _abbreviates(short: Name, body: Mention) -> bool:
    """Whether capitals in brackets after a body's name may abbreviate it (*the Freethinkers’ Union (FTU)*)."""
    letters = short.text.replace(".", "")
    if body.name is None or body.being in {"person", *PLACES} or not letters.isupper() or len(short.keys) != 1:
        return False
    return 2 <= len(letters) <= 6 and len(body.name.keys) > 1 and letters[0].lower() == body.name.keys[0][0]
