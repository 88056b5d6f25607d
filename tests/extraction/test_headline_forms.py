"""Each form of headlines that names a source, alone on the stored parse of its example."""

from __future__ import annotations

import pytest
from parsed_drafts import headlines

from attribution.extraction.headlines import FORMS, Form, Speakers
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc
from attribution.records import Frame

SOURCES = {"verb": "mayor", "after-mark": "coastguard", "before-colon": "Minister"}


def headline(form: Form) -> Doc:
    """The stored parse of a form's example, as a headline."""
    return next(doc for doc in headlines() if doc.draft.text == form.example)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_form_alone_reads_its_example(form: Form) -> None:
    doc = headline(form)
    attribution = form.read(doc, doc.trees[0], Speakers(doc, (), load_lexicon()))
    assert attribution is not None
    assert attribution.source.text == SOURCES[form.name]
    assert attribution.frame is Frame.HEADLINE
    outside = (attribution.source.text, attribution.cue.text)
    assert not any(words in attribution.content.text for words in outside)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_no_other_form_reads_the_example(form: Form) -> None:
    doc = headline(form)
    others = [other for other in FORMS if other is not form]
    assert [other.read(doc, doc.trees[0], Speakers(doc, (), load_lexicon())) for other in others] == [None, None]
