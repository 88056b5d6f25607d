"""Pages of the sample articles, and a browser to read them in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from chromium import Chromium, find_chromium

from attribution.comparison import compare
from attribution.lexicon import Lexicon, load_lexicon
from attribution.linting import lint
from attribution.linting.selection import select_rules
from attribution.records import Analysis, Carrier, Draft, Place, PlaceKind, Voice, VoiceCounts
from attribution.reporting.attention import Point, points_of
from attribution.reporting.html import diff_html, report_html

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLES = ("conflict-logistics-chief.txt", "press-release-electric-buses.md", "sport-cup-final.html")
HOSTILE = "hostile.txt"
RUN = "</script></style></p><script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
"""Markup that tells on itself when a browser takes it for markup."""


@pytest.fixture(scope="session")
def analyses() -> dict[str, Analysis]:
    """The sample articles as the embedded model reads them, by name, and one that is full of markup."""
    from attribution.analysis import Analyser
    from attribution.ingest import read_draft, read_text

    hostile = (
        f"The mayor {RUN} resigned on Monday, said {RUN} Jane Doe.\n\n“It is \u202eover\u202c & &lt; out,” she said."
    )
    drafts = [*(read_draft(SEEDS / name) for name in ARTICLES), read_text(hostile, path=f"drafts{RUN}.txt")]
    return dict(zip((*ARTICLES, HOSTILE), Analyser().analyse_all(drafts), strict=True))


@pytest.fixture(scope="session")
def analysis(analyses: dict[str, Analysis]) -> Analysis:
    return analyses[ARTICLES[0]]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def points(analysis: Analysis, lexicon: Lexicon) -> tuple[Point, ...]:
    """What the page of the first article lists."""
    return points_of(analysis, lint(analysis, lexicon, select_rules()))


@pytest.fixture(scope="session")
def pages(analyses: dict[str, Analysis], lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a page for each article and the index."""
    from attribution.reporting.html import entry_of, index_html

    folder = tmp_path_factory.mktemp("pages")
    entries = []
    for name, analysis in analyses.items():
        address = Path(name).stem + ".html"
        findings = lint(analysis, lexicon, select_rules())
        (folder / address).write_text(report_html(analysis, findings=findings, home="index.html"), encoding="utf-8")
        entries.append(entry_of(analysis, address, findings=findings))
    (folder / "index.html").write_text(index_html(entries), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def voices(analysis: Analysis, lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with all voices in it: of the article's own claims every second is made one whose speaker is not clear."""
    own = [claim.id for claim in analysis.claims if claim.voice is Voice.OWN]
    claims = tuple(
        msgspec.structs.replace(claim, voice=Voice.UNCLEAR, carrier=Carrier.UNCLEAR) if claim.id in own[::2] else claim
        for claim in analysis.claims
    )
    places = tuple(
        Place(
            PlaceKind.SPEAKER_UNCLEAR,
            claim.id,
            claim.sentence,
            claim.exposure.grade,
            "The reader is not told who speaks.",
            "Say who said it.",
            claim.spans,
        )
        for claim in claims
        if claim.voice is Voice.UNCLEAR
    )
    summary = msgspec.structs.replace(analysis.summary, voice=VoiceCounts.of(claims))
    path = tmp_path_factory.mktemp("voices") / "voices.html"
    changed = msgspec.structs.replace(analysis, claims=claims, summary=summary, places=(*analysis.places, *places))
    path.write_text(report_html(changed, findings=lint(analysis, lexicon, select_rules())), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def comparison(analysis: Analysis, lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of two comparisons: all claims of the article are new in one, and gone in the other."""
    left = "sentences quotations sources attributions claims hedges boosters places unclaimed"
    nothing = dict.fromkeys(left.split(), ())
    empty = msgspec.structs.replace(analysis, draft=Draft("", ()), **nothing)
    path = tmp_path_factory.mktemp("comparison") / "diff.html"
    comparisons = [compare(empty, analysis, lexicon), compare(analysis, empty, lexicon)]
    path.write_text(diff_html(comparisons), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def page(pages: Path) -> Path:
    return pages / (Path(ARTICLES[0]).stem + ".html")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    program = find_chromium()
    assert program is not None
    with Chromium(program, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(running: Chromium) -> Iterator[Chromium]:
    """A desk's browser, light and with reduced motion; what a test opens in it may fetch nothing and fail nowhere."""
    running.scripts(True)
    running.media()
    running.size(1280, 900)
    yield running
    wrong = [event for event in running.events if event["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")]
    assert wrong == []
    asked = {
        event["params"]["request"]["url"] for event in running.events if event["method"] == "Network.requestWillBeSent"
    }
    assert {url for url in asked if not url.startswith(("file:", "about:"))} == set()
