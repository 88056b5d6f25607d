"""Word forms as the models know them; the tokens keep the draft's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Characters that show nothing: soft hyphen, zero-width space and joiners, direction marks, byte order mark, variation
# selectors.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def readable_forms(words: Sequence[str]) -> list[str]:
    """Give what the models read for the words of a sentence.

    Characters that show nothing are left out, and a sentence in capitals is put in lower case.
    """
    forms = [INVISIBLE.sub("", word) or "_" for word in words]
    if _is_shouted(forms):
        forms = [form if _is_acronym(form) else form.lower() for form in forms]
        forms[0] = forms[0][:1].upper() + forms[0][1:]
    return [unicodedata.normalize("NFC", form) for form in forms]


def _is_shouted(forms: Sequence[str]) -> bool:
    """Whether all letters of the sentence are capitals and it has words enough for that to be a style."""
    lettered = [form for form in forms if any(character.isalpha() for character in form)]
    return len(lettered) >= 3 and all(form.upper() == form for form in lettered) and any(len(f) > 3 for f in lettered)


def _is_acronym(form: str) -> bool:
    return "." in form
