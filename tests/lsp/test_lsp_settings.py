"""The settings that an editor gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from attribution.lsp.settings import Settings, options_with, read_settings
from attribution.session.options import Options, RuleOptions


@pytest.mark.parametrize("given", [None, [], "yes", {}, {"inlayHints": None, "config": "", "trace": "off"}])
def test_what_is_not_set_has_its_default(given: object) -> None:
    assert read_settings(given) == (Settings(), ())


def test_settings_are_read_by_their_names_in_the_editor() -> None:
    found, complaints = read_settings({"inlayHints": True, "extendSelect": ["SRC"], "ownWords": "words"})
    assert found == Settings(inlay_hints=True, extend_select=("SRC",), own_words="words")
    assert complaints == ()


def test_a_setting_that_cannot_be_read_leaves_the_others() -> None:
    found, complaints = read_settings({"inlayHints": "yes", "ignore": ["DOC601"]})
    assert found == Settings(ignore=("DOC601",))
    assert complaints == ("the setting attrib.inlayHints is not used: Expected `bool`, got `str`",)


def test_settings_are_added_to_the_options_of_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    settings = Settings(config="lint.toml", lexicons=("words",), own_words="ours", select=("SRC",), ignore=("SRC1",))
    options = Options(lexicons=("given",), rules=RuleOptions(ignore=("DOC",)))
    found = options_with(options, settings, tmp_path)
    assert found.config == str(tmp_path / "lint.toml")
    assert found.lexicons == ("given", str(tmp_path / "words"), str(tmp_path / "ours"))
    assert (found.rules.select, found.rules.ignore) == (("SRC",), ("DOC", "SRC1"))


def test_a_folder_of_own_words_that_is_still_to_be_made_is_no_error(tmp_path: Path) -> None:
    assert options_with(Options(), Settings(own_words="ours"), tmp_path).lexicons == ()
