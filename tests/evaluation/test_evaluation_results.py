from __future__ import annotations

import hashlib

from attribution.conversion.documents import (
    AnnotatedAttribution,
    AnnotatedDocument,
    AnnotatedHedge,
    AnnotatedMention,
    VoicedSpan,
)
from attribution.evaluation.folds import FOLDS, fold_of
from attribution.evaluation.results import Difference, evaluate_system, find_differences
from attribution.evaluation.scores import ATTRIBUTION_PARTS, Count, Part
from attribution.evaluation.tables import differences_data, differences_text, kind_of, scores_data, scores_text
from attribution.records import HedgeCategory, Manner, Span, Voice

TEXT = "The pier may fall, she said. The council denied it. It fell."


def at(*pieces: str) -> tuple[Span, ...]:
    return tuple(Span(TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in pieces)


SAID = AnnotatedAttribution(at("said"), at("she"), at("The pier may fall"))
DENIED = AnnotatedAttribution(at("denied"), at("The council"), at("it"))
GOLD = AnnotatedDocument(
    name="pier",
    text=TEXT,
    attributions=(SAID, DENIED),
    hedges=(AnnotatedHedge(at("may"), HedgeCategory.MODAL),),
    voices=(VoicedSpan(at("The pier may fall, she said."), Voice.SOURCE), VoicedSpan(at("It fell."), Voice.OWN)),
    mentions=(AnnotatedMention(at("she")[0], ("Ada Lund",)),),
)
FIRST = AnnotatedDocument("pier", TEXT, (SAID, AnnotatedAttribution(at("fell"), at("It"))))
SECOND = AnnotatedDocument(
    name="pier",
    text=TEXT,
    attributions=(
        AnnotatedAttribution(at("said"), at("she"), at("pier may fall")),
        AnnotatedAttribution(at("fell."), ()),
        AnnotatedAttribution(at("denied"), at("she"), ()),
    ),
    hedges=(AnnotatedHedge(at("may"), HedgeCategory.CONDITIONAL), AnnotatedHedge(at("fall"), None)),
    voices=(VoicedSpan(at("It fell."), Voice.HEARSAY),),
    mentions=(AnnotatedMention(at("she")[0], ("The council",)),),
)


def test_a_system_has_scores_by_part_level_manner_and_document() -> None:
    scores = evaluate_system("attrib", [GOLD, GOLD], [GOLD, None])
    assert scores.outer[Part.CUE] == Count(2, 2, 4)
    assert scores.outer[Part.HEDGE] == Count(1, 1, 1), "where nothing was given, no layer but attributions is counted"
    assert list(scores.all_levels) == list(ATTRIBUTION_PARTS)
    assert scores.manners[Manner.INDIRECT][Part.CUE] == Count(2, 2, 4)
    assert scores.manners[Manner.DIRECT][Part.CUE] == Count()
    assert [(name, counts[Part.CUE]) for name, counts in scores.documents] == [
        ("pier", Count(2, 2, 2)),
        ("pier", Count(0, 0, 2)),
    ]


def differences(*, strict: bool = False) -> list[tuple[str, int, tuple[str, ...]]]:
    found = find_differences([GOLD], [[FIRST], [SECOND]], strict=strict)
    return [
        (difference.layer, difference.start, tuple(" | ".join(words for _, words in side) for side in difference.sides))
        for difference in found
    ]


def test_differences_stand_side_by_side_in_text_order() -> None:
    said, denied, fell = TEXT.index("The pier"), TEXT.index("The council"), TEXT.index("It fell")
    assert differences() == [
        ("voice", said, ("source | The pier may fall, she said.", "", "none")),
        ("hedge", TEXT.index("may"), ("may | modal", "", "may | conditional")),
        ("hedge", TEXT.index("fall"), ("", "", "fall | none given")),
        ("mention", TEXT.index("she"), ("she | Ada Lund", "", "The council")),
        ("attribution", denied, ("The council | denied | it", "", "she | denied | ")),
        ("attribution", fell, ("", "It | fell | ", "nobody | fell. | ")),
        ("voice", fell, ("own | It fell.", "", "hearsay")),
    ]


def test_borders_differ_only_when_strict() -> None:
    strict = [row for row in differences(strict=True) if row not in differences()]
    assert strict == [
        (
            "attribution",
            0,
            ("she | said | The pier may fall", "she | said | The pier may fall", "she | said | pier may fall"),
        )
    ]


def test_the_gold_does_not_differ_from_itself() -> None:
    assert find_differences([GOLD], [[GOLD]], strict=True) == ()


def test_everything_is_missed_without_a_result() -> None:
    found = find_differences([GOLD], [[None]])
    assert [(difference.layer, kind_of(difference)) for difference in found] == [
        ("attribution", "missed"),
        ("attribution", "missed"),
    ]


def place(difference: Difference) -> str:
    return f"pier.txt:{difference.start}"


def test_the_tables_show_each_system_and_fit_their_width() -> None:
    systems = [evaluate_system(name, [GOLD], [guess]) for name, guess in (("attrib", FIRST), ("other", SECOND))]
    for width in (60, 80, 120):
        text = scores_text(systems, by_document=True, width=width)
        assert all(len(line) <= width for line in text.splitlines())
        assert "F1 2" in text
        assert "F1 by document: other" in text
    single = scores_text(systems[:1])
    row = next(line for line in single.splitlines() if line.startswith("cue "))
    assert row.split() == ["cue", "50.0", "50.0", "50.0", "1", "2", "2"]
    assert "\x1b[" not in single
    assert "\x1b[" in scores_text(systems, color=True)


def test_a_narrow_encoding_gets_its_own_signs() -> None:
    quoted = AnnotatedDocument("pier", "“Old” pier")
    wrong = AnnotatedDocument("pier", "", (AnnotatedAttribution((Span(0, 5),)),))
    text = differences_text(find_differences([quoted], [[wrong]]), ["other"], place, encoding="ascii")
    assert text.isascii()
    assert '"Old"' in text


def test_differences_are_shown_with_their_place() -> None:
    found = find_differences([GOLD], [[FIRST], [SECOND]])
    text = differences_text(found, ["attrib", "other"], place, width=90)
    assert f"pier.txt:{TEXT.index('It fell')}  attribution: not in the gold" in text
    data = differences_data(found, ["attrib", "other"], place)
    assert data[-1] == {
        "place": f"pier.txt:{TEXT.index('It fell')}",
        "layer": "voice",
        "start": TEXT.index("It fell"),
        "gold": {"voice": "own", "sentence": "It fell."},
        "systems": [{"name": "attrib", "says": None}, {"name": "other", "says": {"voice": "hearsay"}}],
    }


def test_scores_as_data() -> None:
    (data,) = scores_data([evaluate_system("attrib", [GOLD], [FIRST])])
    assert data["outer"]["cue"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "right": 1, "predicted": 2, "gold": 2}
    assert data["documents"][0]["name"] == "pier"
    assert set(data["manners"]) == {"direct", "indirect", "mixed"}


def test_folds_depend_on_the_name_alone() -> None:
    names = [f"document-{number}" for number in range(200)]
    assert {fold_of(name) for name in names} == set(range(FOLDS))
    # As sixteen leaves the remainder one, the fold is the sum of the digest's hexadecimal digits, modulo five.
    for name in ("pier", "Möwe", ""):
        digest = hashlib.sha256(name.encode()).hexdigest()
        assert fold_of(name) == sum(int(digit, 16) for digit in digest) % 5
