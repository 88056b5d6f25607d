"""Configuration: two kinds of file, which is nearest, which extends which, and every error in one line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from attribution.linting.configuration import (
    KEYS,
    THRESHOLDS,
    Configuration,
    FailOn,
    configuration_toml,
    fits,
    read_configuration,
    table_of,
)
from attribution.linting.rule import Severity
from attribution.linting.selection import select_rules, severities_of
from attribution.records import AttribError
from attribution.session.configuration import ConfigurationFiles, folder_of


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def read(text: str, name: str = ".attrib.toml") -> Configuration:
    table = table_of(text, name)
    assert table is not None
    return read_configuration(table, text, name)


def error_of(text: str, name: str = ".attrib.toml") -> str:
    with pytest.raises(AttribError) as caught:
        read(text, name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


TOML = """\
select = ["SRC", "HDG303"]
preview = true
fail-on = "error"
own-outlets = ["Valley Echo"]
ignore-marks = ["death", "figure"]
severities = { SRC105 = "error" }
per-file-ignores = { "columns/*" = ["SRC104"] }
per-file-severities = { "wire/*" = { HDG = "info" } }

[thresholds]
quotation-words = 6
maximum-source-share = 0.5
"""


def test_both_kinds_of_file_say_the_same() -> None:
    dotfile = read(TOML)
    nested = "\n".join(
        line.replace("[thresholds]", "[tool.attrib.thresholds]") for line in ("[tool.attrib]\n" + TOML).split("\n")
    )
    found = read(nested, "pyproject.toml")
    assert [getattr(found, key.replace("-", "_")) for key in KEYS] == [
        getattr(dotfile, key.replace("-", "_")) for key in KEYS
    ]
    assert dotfile.fail_on is FailOn.ERROR
    assert dotfile.settings().quotation_words == 6
    assert dotfile.settings().own_outlets == ("Valley Echo",)
    assert dotfile.ignore_marks == ("death", "figure")
    assert dotfile.severities_for("wire/a.txt") == {"SRC105": Severity.ERROR, "HDG": Severity.INFO}
    assert dotfile.ignores_for("columns/a.md") == ("SRC104",)
    assert dotfile.ignores_for("drafts/a.md") == ()


def test_files_without_our_section_hold_no_configuration() -> None:
    assert table_of("[tool.other]\na = 1\n", "pyproject.toml") is None


def test_what_is_shown_can_be_read_again() -> None:
    found = read(TOML)
    again = read(configuration_toml(found))
    assert again.settings() == found.settings()
    assert again.severities == found.severities
    assert again.per_file_severities == found.per_file_severities
    assert set(tomllib.loads(configuration_toml(Configuration()))["thresholds"]) <= set(THRESHOLDS)


def test_nearest_wins_and_the_dotfile_goes_first(folder: Path) -> None:
    put("pyproject.toml", '[tool.attrib]\nignore = ["SRC101"]\n')
    put("drafts/.attrib.toml", 'ignore = ["SRC102"]\n')
    put("drafts/deep/pyproject.toml", "[tool.other]\na = 1\n")
    assert ConfigurationFiles().nearest(folder).ignore == ("SRC101",)
    assert ConfigurationFiles().nearest(folder / "drafts" / "deep").ignore == ("SRC102",)
    assert folder_of(ConfigurationFiles().nearest(folder / "drafts" / "deep")) == folder / "drafts"
    put(".attrib.toml", 'ignore = ["SRC103"]\n')
    assert ConfigurationFiles().nearest(folder).ignore == ("SRC103",)


def test_a_file_without_the_dot_and_one_with_a_byte_order_mark(folder: Path) -> None:
    put("attrib.toml", '\ufeffignore = ["SRC101"]\n')
    assert ConfigurationFiles().nearest(folder).ignore == ("SRC101",)
    put(".attrib.toml", 'ignore = ["SRC102"]\n')
    assert ConfigurationFiles().nearest(folder).ignore == ("SRC102",)


def test_extend_joins_tables_and_moves_paths(folder: Path) -> None:
    put("house/base.toml", 'ignore = ["SRC101"]\nlexicons = ["words"]\n[severities]\nSRC105 = "error"\nHDG = "info"\n')
    put("desk/.attrib.toml", 'extend = "../house/base.toml"\n[severities]\nHDG = "error"\n')
    found = ConfigurationFiles().nearest(folder / "desk")
    assert found.ignore == ("SRC101",)
    assert found.severities == {"SRC105": Severity.ERROR, "HDG": Severity.ERROR}
    assert found.lexicons == (str(folder / "house" / "words"),)


def test_extend_in_a_circle_or_into_nothing(folder: Path) -> None:
    put("a/.attrib.toml", 'extend = "../b/.attrib.toml"\n')
    put("b/.attrib.toml", 'extend = "../a/.attrib.toml"\n')
    with pytest.raises(AttribError, match="extends itself"):
        ConfigurationFiles().nearest(folder / "a")
    put("c/.attrib.toml", 'extend = "nowhere.toml"\n')
    with pytest.raises(AttribError, match=r"c/.attrib.toml: extends nowhere.toml, and there is no such file"):
        ConfigurationFiles().nearest(folder / "c")


def test_a_named_file_must_hold_a_configuration() -> None:
    put("pyproject.toml", '[project]\nname = "x"\n')
    with pytest.raises(AttribError, match=r"pyproject.toml: holds no configuration; start one with \[tool.attrib\]"):
        ConfigurationFiles().named(Path("pyproject.toml"))
    with pytest.raises(AttribError, match=r"nowhere.toml: there is no such file"):
        ConfigurationFiles().named(Path("nowhere.toml"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nselct = ["SRC"]\n', '.attrib.toml:2: there is no key "selct"; did you mean "select"?'),
        ('preview = "yes"\n', '.attrib.toml:1: preview takes true or false, not "yes"'),
        ('\n\nown-outlets = "Echo"\n', '.attrib.toml:3: own-outlets takes a list of words, not "Echo"'),
        ("own-outlets = [1]\n", ".attrib.toml:1: own-outlets takes a list of words, not [1]"),
        ('fail-on = "warn"\n', '.attrib.toml:1: fail-on takes error, warning, info or never, not "warn"'),
        (
            '[severities]\nSRC101 = "bad"\n',
            '.attrib.toml:2: SRC101 takes error, warning or info, not "bad"',
        ),
        (
            "severities = 3\n",
            ".attrib.toml:1: severities takes a table of rules and severities (error, warning, info), not 3",
        ),
        (
            'severities = { SRC102 = "info", SRC101 = ["error"] }\n',
            '.attrib.toml:1: SRC101 takes error, warning or info, not ["error"]',
        ),
        (
            '# SRC999\n[per-file-ignores]\n"a/*" = ["SRC101"]\n"b/*" = ["SRC999"]\n',
            ".attrib.toml:4: SRC999: is not a rule, a family or a rule's name; did you mean SRC109?",
        ),
        ('[per-file-ignores]\n"a/*" = "SRC101"\n', '.attrib.toml:2: a/* takes a list of rules, not "SRC101"'),
        (
            '[per-file-severities."a/*"]\nSRC101 = "info"\nHDG = "loud"\n',
            '.attrib.toml:3: HDG takes error, warning or info, not "loud"',
        ),
        (
            "ignore = []\n\nown-outlets = [\n  'a', # b\n",
            ".attrib.toml:4: is not valid TOML (Invalid value); correct it",
        ),
        ('ignore = []\nselect = "SRC\n', ".attrib.toml:2: is not valid TOML (Illegal character '\\n'); correct it"),
        (
            "[thresholds]\nquotation-word = 3\n",
            '.attrib.toml:2: there is no key "quotation-word"; did you mean "quotation-words"?',
        ),
        (
            "[thresholds]\nquotation-words = -1\n",
            ".attrib.toml:2: quotation-words takes a whole number, 0 or more, not -1",
        ),
        (
            "[thresholds]\nmaximum-places = 2.5\n",
            ".attrib.toml:2: maximum-places takes a whole number, 0 or more, not 2.5",
        ),
        (
            "[thresholds]\nmaximum-source-share = 2\n",
            ".attrib.toml:2: maximum-source-share takes a number from 0 to 1, not 2",
        ),
        ("thresholds = 3\n", ".attrib.toml:1: thresholds takes a table of names and numbers, not 3"),
        (
            'ignore = [\n  "SRC101",\n  "SRC999",\n]\n',
            ".attrib.toml:3: SRC999: is not a rule, a family or a rule's name; did you mean SRC109?",
        ),
        (
            "ignore-marks = 3\n",
            ".attrib.toml:1: ignore-marks takes a list of words, not 3",
        ),
    ],
)
def test_mistakes(text: str, message: str) -> None:
    assert error_of(text) == message


def test_a_name_that_is_no_mark_is_told_with_its_line() -> None:
    assert error_of('ignore-marks = [\n  "death",\n  "figures",\n]\n').startswith(
        ".attrib.toml:3: figures: is no mark of exposure (did you mean figure?); there are "
    )


def test_mistakes_in_other_kinds_of_file() -> None:
    assert error_of("a = \n") == ".attrib.toml:1: is not valid TOML (Invalid value); correct it"
    assert error_of('[project]\nselect = 1\n\n[tool.attrib]\nselect = "SRC"\n', "pyproject.toml") == (
        'pyproject.toml:5: select takes a list of words, not "SRC"'
    )
    assert error_of("a = " + "[" * 100_000).startswith(".attrib.toml: is nested too deeply")
    assert error_of("[tool]\nattrib = 3\n", "pyproject.toml") == (
        "pyproject.toml:2: attrib is not a table; write [tool.attrib]"
    )


@pytest.mark.parametrize(
    ("glob", "path", "fit"),
    [
        ("columns/*", "columns/a.md", True),
        ("columns/*", "columns/2026/a.md", True),
        ("columns", "columns/a.md", True),
        ("columns/", "columns/a.md", True),
        ("*.html", "drafts/a.html", True),
        ("unfinished-*", "drafts/unfinished-a.txt", True),
        ("columns/*", "drafts/columns.md", False),
        ("drafts/a.md", "drafts/b.md", False),
    ],
)
def test_globs(glob: str, path: str, fit: bool) -> None:
    assert fits(glob, path) is fit


def test_longer_words_decide() -> None:
    def chosen(**words: tuple[str, ...]) -> set[str]:
        return {rule.id for rule in select_rules(**words)}  # type: ignore[arg-type]

    everything = chosen()
    assert "SRC105" in everything
    assert chosen(ignore=("SRC",)) == {identifier for identifier in everything if not identifier.startswith("SRC")}
    assert "SRC105" in chosen(select=("SRC105",), ignore=("SRC",))
    assert "SRC105" not in chosen(select=("SRC",), ignore=("SRC105",))
    assert chosen(select=()) == set()
    assert chosen(select=(), extend_select=("SRC105",)) == {"SRC105"}
    assert severities_of({"SRC105": Severity.ERROR, "SRC": Severity.INFO})["SRC105"] is Severity.ERROR
    assert severities_of({"SRC105": Severity.ERROR, "SRC": Severity.INFO})["SRC104"] is Severity.INFO


@pytest.mark.parametrize("word", ["SRC108", "src108", "source-without-role"])
def test_a_preview_rule_named_in_full_runs(word: str) -> None:
    def chosen(**words: object) -> list[str]:
        return [rule.id for rule in select_rules(**words)]  # type: ignore[arg-type]

    assert chosen(select=(word,)) == ["SRC108"]
    assert "SRC108" in chosen(extend_select=(word,))
    assert chosen(select=(word,), ignore=(word,)) == []
    assert "SRC108" not in chosen(select=("SRC", "ALL"))
    assert "SRC108" not in chosen(extend_select=("SRC10",))
    assert "SRC108" in chosen(select=("SRC10",), preview=True)


def test_fail_on() -> None:
    assert FailOn.WARNING.fails(Severity.ERROR)
    assert FailOn.WARNING.fails(Severity.WARNING)
    assert not FailOn.WARNING.fails(Severity.INFO)
    assert not FailOn.NEVER.fails(Severity.ERROR)
