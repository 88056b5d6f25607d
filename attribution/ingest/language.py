"""Checks that a draft is in English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from attribution.draft_errors import NotEnglishError
from attribution.records import Draft

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Closed-class words that other languages in Latin script do not share; a third of the words of English prose.
_FUNCTION_WORDS = frozenset(
    "about after against and are as at because been before but by can could did does for from had has have he her his"
    " how i if into is it its not of on or our out over said she should than that the their them there these they this"
    " those through to up was we were what when where which while who why will with would you your".split()
)
_NAME_PARTICLES = frozenset("al bin da das de del den der di do dos du e el ibn la las le los ten van von y".split())
_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|\"[^\"]*\"|(?:``|'')(?:[^`']|'(?!'))*''")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "la": "Latin", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "nn": "Norwegian",
    "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

FEWEST_LETTERS = 20
"""The fewest letters in another script for a draft to be judged."""

FEWEST_WORDS = 6
"""The fewest words other than names for a draft in Latin script to be judged."""

ENGLISH_SHARE = 0.12
"""A text with this share of function words is English, whatever else it contains."""

FEWEST_PLAIN_SHARE = 0.3
"""A text with fewer lower-case words than this is mostly names, and is not judged."""

ENGLISH_PROBABILITY = 1e-4
"""The detector's probability of English must be below this."""


def check_english(draft: Draft) -> None:
    """Raise ``NotEnglishError`` if the draft is clearly in another language.

    In doubt the draft passes: short texts, texts of names, and text in quotation marks are not judged. English is
    recognised by its function words; only where they are missing is the language detector consulted (py3langid; Lui and
    Baldwin 2012).
    """
    text = "\n".join(draft.text[block.span.start : block.span.end] for block in draft.blocks)
    language = _other_language(text)
    if language is not None:
        raise NotEnglishError(
            f"{draft.path}: is {language}, not English; attrib reads English only (use --force, in Python "
            "force=True, to read it anyway)"
        )


def _other_language(text: str) -> str | None:
    """Give the name of the language that the text is clearly in; None for English or in doubt."""
    unquoted = _QUOTED.sub(" ", text)
    letters = [letter for letter in unquoted if letter.isalpha()]
    foreign = sum(not _is_latin(letter) for letter in letters)
    if foreign > len(letters) / 2:
        return _detected(text)[0] if len(letters) >= FEWEST_LETTERS else None
    words = _WORD.findall(unquoted)
    plain = _plain_words(words)
    if len(plain) < max(FEWEST_WORDS, FEWEST_PLAIN_SHARE * len(words)):
        return None
    if sum(word in _FUNCTION_WORDS for word in plain) >= ENGLISH_SHARE * len(plain):
        return None
    name, probability = _detected(" ".join(plain))
    return name if probability < ENGLISH_PROBABILITY else None


def _plain_words(words: Sequence[str]) -> list[str]:
    """Give the words that are not names: those in lower case, or all words of a text in capitals."""
    capitals = sum(word.isupper() for word in words)
    if capitals > len(words) / 2:
        return [word.lower() for word in words]
    return [word for word in words if word.islower() and word not in _NAME_PARTICLES]


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER", "FEMININE", "MASCULINE"))


def _detected(text: str) -> tuple[str, float]:
    """Give the name of the most likely language, and the detector's probability of English."""
    ranking = _identifier().rank(text)
    code = next(code for code, _ in ranking if code not in ("en", "sco", "pcm"))
    return _NAMES.get(code, f"in another language ({code})"), dict(ranking)["en"]


@cache
def _identifier() -> LanguageIdentifier:
    """Load the detector; it takes half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
