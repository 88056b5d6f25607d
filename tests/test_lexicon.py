from __future__ import annotations

import re
from pathlib import Path

import pytest

from attribution.lexicon import (
    FILE_NAMES,
    SOURCE_PLACE,
    CueAdjective,
    CueNoun,
    CueVerb,
    Lexicon,
    load_lexicon,
)
from attribution.records import Attitude, AttribError, Tone
from attribution.resources import lexicon_folder

ALL_FILES = (
    "cue-verbs.toml, cue-nouns.toml, cue-adjectives.toml, cue-phrases.toml, exceptions.toml, hedges.toml, "
    "boosters.toml, source-nouns.toml, outlets.toml, states.toml, titles.toml, rule-words.toml, exposure-words.toml, "
    "quotation-words.toml, reference-words.toml, commitment-words.toml, word-lists.toml and given-names.toml"
)
TAIL = 'example = "An example."\nsource = "newsroom usage"\n'
VERB = '[[entry]]\nlemma = "aver"\nframes = ["clause"]\nattitude = "assertion"\n' + TAIL

IRREGULAR = {
    "became": "become", "began": "begin", "chose": "choose", "came": "come", "dwelt": "dwell", "felt": "feel",
    "found": "find", "foresaw": "foresee", "foretold": "foretell", "forgot": "forget", "forswore": "forswear",
    "got": "get", "went": "go", "green-lit": "green-light", "heard": "hear", "held": "hold", "known": "know",
    "knew": "know", "laid": "lay", "made": "make", "meant": "mean", "overheard": "overhear", "said": "say",
    "saw": "see", "spoke": "speak", "spun": "spin", "spat": "spit", "struck": "strike", "swore": "swear",
    "took": "take", "told": "tell", "threw": "throw", "upheld": "uphold", "vying": "vie", "wept": "weep",
    "withheld": "withhold", "wrote": "write",
}  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "words"
    path.mkdir()
    return path


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def error_of(folder: Path) -> str:
    with pytest.raises(AttribError) as caught:
        load_lexicon([folder])
    message = str(caught.value)
    assert "\n" not in message
    return message.removeprefix(f"{folder}/").removeprefix(f"{folder}: ")


# --- The built-in words -----------------------------------------------------------------------------------------------


def test_there_are_words_for_every_beat(lexicon: Lexicon) -> None:
    assert len(lexicon.cue_verbs) >= 450
    assert len(lexicon.cue_nouns) >= 120
    assert len(lexicon.cue_phrases) >= 60
    assert len(lexicon.exceptions) >= 60
    for lemma in "testify rule forecast guide estimate tip hypothesise recall warn vow accuse refuse".split():
        assert lexicon.verbs_of(lemma), lemma


def test_examples_are_short_sentences_and_differ(lexicon: Lexicon) -> None:
    cues = (*lexicon.cue_verbs, *lexicon.cue_nouns, *lexicon.cue_adjectives, *lexicon.cue_phrases, *lexicon.exceptions)
    examples = [entry.example for entry in cues]
    assert len(examples) == len(set(examples))
    for example in examples:
        assert 2 <= len(example.split()) <= 20, example
        assert re.match(r"[“\"A-Z]", example), example
        assert re.search(r"[.?!]\W?$", example), example


def base_forms(word: str) -> set[str]:
    """A word with its regular inflection removed, implemented independently of the code under test."""
    forms = {word, IRREGULAR.get(word, word)}
    for ending, repair in [
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ed", ""),
        ("d", ""),
        ("ied", "y"),
        ("ing", ""),
        ("ing", "e"),
    ]:
        if word.endswith(ending):
            stem = word.removesuffix(ending) + repair
            forms |= {stem, stem[:-1]}
    return forms


def test_every_cue_stands_in_its_example(lexicon: Lexicon) -> None:
    for entry in (*lexicon.cue_verbs, *lexicon.cue_nouns, *lexicon.cue_adjectives):
        words = re.findall(r"[a-z]+(?:-[a-z]+)*", entry.example.lower())
        forms = {form for word in words for form in base_forms(word)}
        assert forms & {entry.lemma, *entry.spellings}, entry
        assert not isinstance(entry, CueVerb) or entry.particle is None or entry.particle in words, entry


def test_every_phrase_stands_in_its_example(lexicon: Lexicon) -> None:
    for entry in lexicon.cue_phrases:
        example = re.sub(r"(?<=s)' ", " 's ", entry.example.lower()).replace("'s ", " 's ")
        for part in entry.words.replace(f"{SOURCE_PLACE} 's", SOURCE_PLACE).split(SOURCE_PLACE):
            assert part.strip() in example, entry


def test_every_preposition_frame_can_be_met(lexicon: Lexicon) -> None:
    for entry in (*lexicon.cue_verbs, *lexicon.cue_nouns, *lexicon.cue_adjectives):
        needs = bool({"preposition", "object-preposition"} & set(entry.frames))
        assert needs == bool(entry.prepositions), entry


def test_exceptions_shadow_words_that_are_listed(lexicon: Lexicon) -> None:
    for entry in lexicon.exceptions:
        if entry.shadows == "hedge":
            assert lexicon.hedges_of(entry.lemma), entry
        else:
            assert any(
                (
                    lexicon.verbs_of(entry.lemma),
                    lexicon.nouns_of(entry.lemma),
                    lexicon.adjectives_of(entry.lemma),
                    lexicon.phrases_of(entry.lemma),
                )
            ), entry


@pytest.mark.parametrize("name", ["cue-verbs", "cue-nouns", "cue-adjectives", "exceptions"])
def test_files_are_in_alphabetical_order_with_one_blank_line_between_entries(name: str) -> None:
    text = (lexicon_folder() / f"{name}.toml").read_text(encoding="utf-8")
    lemmas = [lemma.replace("-", "") for lemma in re.findall(r'^lemma = "(.*)"$', text, re.MULTILINE)]
    assert lemmas == sorted(lemmas)
    assert "\n\n\n" not in text
    assert text.count("\n\n[[entry]]\n") == len(lemmas)


def test_meanings_are_told_apart(lexicon: Lexicon) -> None:
    readings = {frame: entry.attitude for entry in lexicon.verbs_of("see") for frame in entry.frames}
    assert readings["object-as"] is Attitude.BELIEF
    assert readings["clause"] is Attitude.PERCEPTION
    (claim,) = lexicon.verbs_of("claim")
    assert claim.tone is Tone.DOUBTING
    (decline,) = lexicon.verbs_of("decline")
    assert decline.withheld


@pytest.mark.parametrize(
    ("spelling", "lemma"),
    [("criticise", "criticise"), ("criticize", "criticise"), ("clamor", "clamour"), ("favor", "favour")],
)
def test_both_spellings_are_found(lexicon: Lexicon, spelling: str, lemma: str) -> None:
    assert lexicon.verbs_of(spelling)[0].lemma == lemma


@pytest.mark.parametrize(
    ("lemma", "form", "expected"),
    [
        ("say", "said", "say"),
        ("quipp", "quipped", "quip"),
        ("implie", "implies", "imply"),
        ("denie", "denied", "deny"),
        ("urg", "urging", "urge"),
        ("recalle", "recalled", "recall"),
        ("echoe", "echoes", "echo"),
        ("Slamms", "Slams", "slam"),
    ],
)
def test_a_misread_lemma_is_mended_by_the_form(lexicon: Lexicon, lemma: str, form: str, expected: str) -> None:
    assert lexicon.verbs_of(lemma, form)[0].lemma == expected


def test_a_word_that_is_not_a_cue_has_no_entry(lexicon: Lexicon) -> None:
    assert lexicon.verbs_of("swim", "swimming") == ()
    assert lexicon.verbs_of("quipp") == ()
    assert lexicon.verbs_of("ing", "ing") == ()
    assert lexicon.nouns_of("table") == lexicon.adjectives_of("blue") == lexicon.exceptions_of("table") == ()
    assert lexicon.phrases_of("table") == lexicon.hedges_of("table") == lexicon.source_nouns_of("xyzzy") == ()
    assert lexicon.outlet("No Such Paper") is None
    assert lexicon.title("xyzzy") is None
    assert lexicon.gender("xyzzy") is None


def test_phrases_are_found_by_their_first_word_longest_first(lexicon: Lexicon) -> None:
    lengths = [len(phrase.words.split()) for phrase in lexicon.phrases_of("in")]
    assert lengths == sorted(lengths, reverse=True)
    assert "in the eyes of {source}" in [phrase.words for phrase in lexicon.phrases_of("In")]


def test_built_in_words_are_read_once() -> None:
    assert load_lexicon() is load_lexicon()


# --- Adding, overriding and removing ----------------------------------------------------------------------------------


def test_a_folder_adds_entries_before_the_built_in_ones(folder: Path, lexicon: Lexicon) -> None:
    put(folder, "cue-verbs.toml", VERB.replace("aver", "kvetch"))
    mine = load_lexicon([folder])
    assert mine.cue_verbs[0].lemma == "kvetch"
    assert mine.cue_verbs[1:] == lexicon.cue_verbs
    assert mine.cue_nouns is lexicon.cue_nouns


def test_an_entry_with_the_same_key_replaces_the_earlier_one(folder: Path, lexicon: Lexicon) -> None:
    put(folder, "cue-verbs.toml", VERB.replace("aver", "claim") + 'tone = "loaded"\n')
    mine = load_lexicon([folder])
    (claim,) = mine.verbs_of("claim")
    assert (claim.tone, claim.frames) == (Tone.LOADED, ("clause",))
    assert len(mine.cue_verbs) == len(lexicon.cue_verbs)


def test_another_attitude_is_another_meaning_and_comes_first(folder: Path) -> None:
    put(folder, "cue-verbs.toml", VERB.replace("aver", "claim").replace('"assertion"', '"hearsay"'))
    assert [entry.attitude for entry in load_lexicon([folder]).verbs_of("claim")] == ["hearsay", "assertion"]


def test_the_last_folder_has_the_last_word(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for path, tone in zip(folders, ["loaded", "factive"], strict=True):
        path.mkdir()
        put(path, "cue-verbs.toml", VERB.replace("aver", "claim") + f'tone = "{tone}"\n')
    assert load_lexicon(folders).verbs_of("claim")[0].tone is Tone.FACTIVE
    assert load_lexicon(folders[::-1]).verbs_of("claim")[0].tone is Tone.LOADED


def test_remove_drops_all_meanings_of_the_word_and_no_other(folder: Path, lexicon: Lexicon) -> None:
    put(folder, "cue-verbs.toml", 'remove = ["see", "point out"]\n')
    mine = load_lexicon([folder])
    assert mine.verbs_of("see") == ()
    assert [entry.particle for entry in mine.verbs_of("point")] == [None]
    assert len(lexicon.verbs_of("point")) == 2


def test_a_removed_word_may_be_given_anew(folder: Path) -> None:
    put(folder, "cue-verbs.toml", 'remove = ["see"]\n' + VERB.replace("aver", "see"))
    assert [entry.attitude for entry in load_lexicon([folder]).verbs_of("see")] == ["assertion"]


def test_exceptions_of_a_word_are_kept_apart_by_condition(folder: Path, lexicon: Lexicon) -> None:
    text = f'[[entry]]\nlemma = "claim"\nshadows = "cue"\nwords = "claim to fame"\n{TAIL}'
    put(folder, "exceptions.toml", text)
    assert len(load_lexicon([folder]).exceptions) == len(lexicon.exceptions) + 1
    put(folder, "exceptions.toml", text.replace('words = "claim to fame"', "number_object = true"))
    mine = load_lexicon([folder])
    assert len(mine.exceptions) == len(lexicon.exceptions)
    assert mine.exceptions_of("claim")[0].source == "newsroom usage"


def test_files_of_every_kind_can_be_added(folder: Path) -> None:
    put(folder, "cue-nouns.toml", VERB.replace("aver", "kvetch"))
    put(folder, "cue-adjectives.toml", VERB.replace("aver", "gruntled"))
    put(folder, "cue-phrases.toml", f'[[entry]]\nwords = "pace {{source}}"\nattitude = "belief"\n{TAIL}')
    put(folder, "hedges.toml", f'[[entry]]\nwords = "belike"\ncategory = "epistemic"\nstrength = 1\n{TAIL}')
    put(folder, "boosters.toml", f'[[entry]]\nwords = "verily"\nstrength = 0.5\n{TAIL}')
    put(folder, "source-nouns.toml", f'[[entry]]\nwords = "village gossip"\nkind = "vague-collective"\n{TAIL}')
    put(folder, "outlets.toml", f'[[entry]]\nname = "Harwick Post"\naliases = ["HP"]\n{TAIL}')
    put(folder, "titles.toml", f'[[entry]]\nwords = "Gräf."\ngender = "female"\n{TAIL}')
    put(folder, "given-names.toml", 'female = ["Zorba"]\nmale = ["Quillon"]\nsource = "ours"\n')
    mine = load_lexicon([folder])
    assert mine.nouns_of("Kvetch")[0].lemma == "kvetch"
    assert mine.adjectives_of("gruntled")[0].frames == ("clause",)
    assert mine.phrases_of("pace")[0].words == "pace {source}"
    assert mine.hedges_of("belike")[0].strength == 1.0
    assert mine.boosters_of("verily")[0].strength == 0.5
    assert mine.source_nouns_of("gossip")[0].words == "village gossip"
    outlet = mine.outlet("HP")
    assert outlet is not None
    assert outlet.name == "Harwick Post"
    assert mine.outlet("hp") is None
    title = mine.title("gräf")
    assert title is not None
    assert title.gender == "female"
    assert (mine.gender("Zorba"), mine.gender("quillon")) == ("female", "male")


def test_a_given_name_moves_to_the_other_list_or_goes(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for path in folders:
        path.mkdir()
    put(folders[0], "given-names.toml", 'female = ["Zorba", "Quilla"]\nmale = []\nsource = "ours"\n')
    put(folders[1], "given-names.toml", 'remove = ["Quilla"]\nfemale = []\nmale = ["Zorba"]\nsource = "ours"\n')
    mine = load_lexicon(folders)
    assert (mine.gender("Zorba"), mine.gender("Quilla")) == ("male", None)


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    (folder / "cue-verbs.toml").write_bytes(b"\xef\xbb\xbf" + VERB.encode())
    assert load_lexicon([folder]).verbs_of("aver")


# --- Mistakes ---------------------------------------------------------------------------------------------------------

VERB_FRAMES = (
    "bare, clause, gerund, infinitive, object, object-as, object-clause, object-complement, object-infinitive, "
    "object-preposition, preposition and quotation"
)
VERB_FIELDS = (
    "example, source, lemma, spellings, particle, frames, prepositions, attitude, tone, subject, withheld, "
    "denies and bodily"
)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        pytest.param(
            "cue-verbs.toml",
            VERB.replace('["clause"]', '["clauses"]'),
            f'cue-verbs.toml:3: entry "aver": frames has "clauses" (did you mean "clause"?); allowed are {VERB_FRAMES}',
            id="frame",
        ),
        pytest.param(
            "cue-verbs.toml",
            "\n# a comment\n" + VERB + "\n" + VERB.replace("aver", "bleat") + "tome = 1\n",
            f'cue-verbs.toml:16: entry "bleat": unknown field "tome" (did you mean "tone"?); allowed are {VERB_FIELDS}',
            id="unknown field of the second entry",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace("attitude = ", 'particle = "out"\nxyzzy = '),
            f'cue-verbs.toml:5: entry "aver out": unknown field "xyzzy"; allowed are {VERB_FIELDS}',
            id="unknown field like no other",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace('attitude = "assertion"\n', ""),
            'cue-verbs.toml:1: entry "aver": lacks attitude; add it',
            id="missing field",
        ),
        pytest.param(
            "cue-verbs.toml",
            "[[entry]]\n" + TAIL,
            "cue-verbs.toml:1: entry 1: lacks lemma, frames and attitude; add them",
            id="missing fields",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace('"assertion"', '"asserting"'),
            'cue-verbs.toml:4: entry "aver": attitude has "asserting" (did you mean "assertion"?); '
            "allowed are assertion, belief, intention, perception and hearsay",
            id="attitude",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB + "tone = true\n",
            'cue-verbs.toml:7: entry "aver": tone has true; allowed are neutral, doubting, factive and loaded',
            id="tone",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace('["clause"]', "[]"),
            f'cue-verbs.toml:3: entry "aver": frames is empty; give one of {VERB_FRAMES.replace(" and ", " or ")}',
            id="no frames",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace('["clause"]', '"clause"'),
            'cue-verbs.toml:3: entry "aver": frames is "clause"; write a list: frames = ["clause"]',
            id="frames no list",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace('["clause"]', '["clause", "clause"]'),
            'cue-verbs.toml:3: entry "aver": frames has "clause" twice; keep one',
            id="frame twice",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace('["clause"]', '["clause", "preposition"]'),
            'cue-verbs.toml:3: entry "aver": frame "preposition" needs prepositions; add prepositions = ["…"]',
            id="frame without prepositions",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB + 'prepositions = ["to"]\n',
            'cue-verbs.toml:7: entry "aver": prepositions without a frame for them; '
            "add preposition or object-preposition to frames",
            id="prepositions without frame",
        ),
        pytest.param(
            "cue-nouns.toml",
            VERB + 'prepositions = ["to"]\n',
            'cue-nouns.toml:7: entry "aver": prepositions without a frame for them; add preposition to frames',
            id="prepositions of a noun without frame",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace("aver", ""),
            'cue-verbs.toml:2: entry 1: lemma has ""; give words in quotation marks, without spaces around them',
            id="empty lemma",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace("aver", " aver"),
            'cue-verbs.toml:2: entry " aver": lemma has " aver"; give words in quotation marks, '
            "without spaces around them",
            id="spaces",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace('"aver"', "7"),
            "cue-verbs.toml:2: entry 1: lemma has 7; give words in quotation marks, without spaces around them",
            id="lemma no text",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace("aver", "Aver"),
            'cue-verbs.toml:2: entry "Aver": lemma has a capital letter; write "aver"',
            id="capital",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB + 'withheld = "yes"\n',
            'cue-verbs.toml:7: entry "aver": withheld has "yes"; give true or false',
            id="true or false",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB + "\n" + VERB,
            'cue-verbs.toml:8: entry "aver": is given twice (same lemma, particle, attitude, subject and withheld); '
            "keep one",
            id="verb twice",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB + "\n" + VERB.replace('"assertion"', '"belief"'),
            'cue-verbs.toml:10: entry "aver": frame "clause" is also in another entry of the word; keep it in one',
            id="shared frame",
        ),
        pytest.param(
            "cue-adjectives.toml",
            VERB + "\n" + VERB,
            'cue-adjectives.toml:8: entry "aver": is given twice (same lemma and attitude); keep one',
            id="adjective twice",
        ),
        pytest.param(
            "cue-phrases.toml",
            f'[[entry]]\nwords = "as {{sorce}} avers"\nattitude = "belief"\n{TAIL}',
            'cue-phrases.toml:2: entry "as {sorce} avers": words have {sorce}; allowed is {source}, once at most',
            id="source place",
        ),
        pytest.param(
            "cue-phrases.toml",
            f'[[entry]]\nwords = "{{source}} or {{source}}"\nattitude = "belief"\n{TAIL}',
            'cue-phrases.toml:2: entry "{source} or {source}": words have {source} and {source}; '
            "allowed is {source}, once at most",
            id="two sources",
        ),
        pytest.param(
            "cue-phrases.toml",
            f'[[entry]]\nwords = "{{source}}"\nattitude = "belief"\n{TAIL}',
            'cue-phrases.toml:2: entry "{source}": words are {source} alone; add the words around the source',
            id="source alone",
        ),
        pytest.param(
            "exceptions.toml",
            f'[[entry]]\nlemma = "claim"\nshadows = "cue"\n{TAIL}',
            'exceptions.toml:1: entry "claim": has no condition; '
            "give exactly one of words, objects, number_object, obliques and modifies",
            id="no condition",
        ),
        pytest.param(
            "exceptions.toml",
            f'[[entry]]\nlemma = "claim"\nshadows = "cue"\nobjects = ["life"]\nnumber_object = true\n{TAIL}',
            'exceptions.toml:1: entry "claim": has objects and number_object; '
            "give exactly one of words, objects, number_object, obliques and modifies",
            id="two conditions",
        ),
        pytest.param(
            "exceptions.toml",
            f'[[entry]]\nlemma = "admit"\nshadows = "cue"\nobliques = ["hospital"]\n{TAIL}',
            'exceptions.toml:4: entry "admit": obliques has no "preposition noun" pair; write "to hospital"',
            id="oblique",
        ),
        pytest.param(
            "exceptions.toml",
            f'[[entry]]\nlemma = "admit"\nshadows = "cues"\nwords = "admit one"\n{TAIL}',
            'exceptions.toml:3: entry "admit": shadows has "cues" (did you mean "cue"?); allowed are cue and hedge',
            id="shadows",
        ),
        pytest.param(
            "exceptions.toml",
            2 * f'[[entry]]\nlemma = "admit"\nshadows = "cue"\nwords = "admit one"\n{TAIL}',
            'exceptions.toml:7: entry "admit": is given twice (same lemma, shadows and condition); keep one',
            id="exception twice",
        ),
        pytest.param(
            "rule-words.toml",
            f'[[entry]]\nlist = "seeming"\nwords = ["loom"]\n{TAIL}',
            'rule-words.toml:2: entry 1: "seeming" is a list of word-lists.toml; '
            "change it there, or use another name here",
            id="list of another file",
        ),
        pytest.param(
            "boosters.toml",
            f'[[entry]]\nwords = "verily"\nstrength = 1.5\n{TAIL}',
            'boosters.toml:3: entry "verily": strength has 1.5; give a number from 0 to 1',
            id="strength",
        ),
        pytest.param(
            "hedges.toml",
            2 * f'[[entry]]\nwords = "belike"\ncategory = "epistemic"\nstrength = 1\n{TAIL}',
            'hedges.toml:7: entry "belike": is given twice (same words and category); keep one',
            id="hedge twice",
        ),
        pytest.param(
            "titles.toml",
            2 * f'[[entry]]\nwords = "Gen."\n{TAIL}',
            'titles.toml:5: entry "Gen.": is given twice (same words); keep one',
            id="title twice",
        ),
        pytest.param(
            "outlets.toml",
            2 * f'[[entry]]\nname = "Harwick Post"\n{TAIL}',
            'outlets.toml:5: entry "Harwick Post": is given twice (same name); keep one',
            id="outlet twice",
        ),
        pytest.param(
            "given-names.toml",
            'female = ["Kim"]\nmale = ["Kim"]\nsource = "ours"\n',
            'given-names.toml:2: "Kim" is both female and male; omit names used for both',
            id="name of both",
        ),
        pytest.param(
            "given-names.toml",
            'females = ["Kim"]\n',
            'given-names.toml:1: unknown "females" (did you mean "female"?); '
            "allowed are female, male, source and remove",
            id="given-names field",
        ),
        pytest.param(
            "given-names.toml",
            'female = ["Kim"]\n',
            "given-names.toml:1: lacks male and source; add them",
            id="given-names lack",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB.replace("[[entry]]", "[[entries]]"),
            'cue-verbs.toml:1: unknown "entries" (did you mean "entry"?); allowed are entry and remove',
            id="table name",
        ),
        pytest.param(
            "cue-verbs.toml",
            "\n" + VERB.replace("[[entry]]", "[entry]"),
            "cue-verbs.toml:2: entry is not a list of tables; begin each entry with [[entry]]",
            id="single brackets",
        ),
        pytest.param(
            "cue-verbs.toml",
            'remove = ["clam"]\n',
            'cue-verbs.toml:1: remove names "clam", which is not an earlier entry (did you mean "claim"?)',
            id="remove",
        ),
        pytest.param(
            "cue-verbs.toml",
            'remove = "claim"\n',
            'cue-verbs.toml:1: remove is not a list of words; write remove = ["…", "…"]',
            id="remove no list",
        ),
        pytest.param(
            "cue-verbs.toml",
            VERB + "lemma =\n",
            "cue-verbs.toml: is not valid TOML: Invalid value (at line 7, column 8); fix that line",
            id="no TOML",
        ),
        pytest.param(
            "cue-verbs.toml",
            "a = " + "[" * 100_000,
            "cue-verbs.toml: is nested too deeply; the tables of attrib hold words and lists of words",
            id="nested",
        ),
        pytest.param(
            "cue-verb.toml",
            VERB,
            f'cue-verb.toml: is not a lexicon file (did you mean "cue-verbs.toml"?); allowed are {ALL_FILES}',
            id="file name",
        ),
    ],
)
def test_an_error_is_reported_with_file_line_entry_and_what_is_allowed(
    folder: Path, name: str, text: str, message: str
) -> None:
    put(folder, name, text)
    assert error_of(folder) == message


def test_text_in_another_encoding_is_reported(folder: Path) -> None:
    (folder / "titles.toml").write_bytes('[[entry]]\nwords = "Gräf."\n'.encode("latin-1"))
    assert error_of(folder) == "titles.toml: is not UTF-8; save it as UTF-8"


def test_an_unreadable_file_is_reported(folder: Path) -> None:
    (folder / "titles.toml").mkdir()
    assert error_of(folder) == "titles.toml: cannot be read (Is a directory); check the file and its permissions"


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(AttribError) as caught:
        load_lexicon([tmp_path / "nowhere"])
    assert str(caught.value) == f"{tmp_path}/nowhere: no such lexicon folder; give a folder with {ALL_FILES}"


def test_a_folder_without_words_is_reported(folder: Path) -> None:
    put(folder, "README.md", "Nothing here.")
    assert error_of(folder) == f"contains no lexicon file; allowed are {ALL_FILES}"


def test_a_mistake_leaves_the_built_in_words_alone(folder: Path, lexicon: Lexicon) -> None:
    put(folder, "cue-verbs.toml", "remove = 1\n")
    error_of(folder)
    assert load_lexicon() == lexicon


# --- What is explained to an editor -----------------------------------------------------------------------------------


def test_the_editors_readme_names_every_file_and_field() -> None:
    text = (lexicon_folder() / "README.md").read_text(encoding="utf-8")
    for name in FILE_NAMES:
        assert f"`{name}`" in text
    for entry_type in (CueVerb, CueNoun, CueAdjective):
        for field in entry_type.__struct_fields__:
            assert f"`{field}" in text, field
    for frame in VERB_FRAMES.replace(" and ", ", ").split(", "):
        assert f"| `{frame}` |" in text, frame


def test_a_word_is_looked_up_in_all_lists_at_once(lexicon: Lexicon) -> None:
    for name in ("raising", "presenting", "known-body"):
        assert all(name in lexicon.lists_of(entry) for entry in lexicon.words_for(name))
    assert lexicon.lists_of("no entry of any list") == frozenset()


def test_bodies_of_several_words_are_known_by_their_first_the_longest_first(lexicon: Lexicon) -> None:
    names = {" ".join(name) for names in lexicon.known_bodies.values() for name in names}
    assert names == {name for name in lexicon.words_for("known-body") if " " in name}
    for first, bodies in lexicon.known_bodies.items():
        assert {name[0] for name in bodies} == {first}
        assert [len(name) for name in bodies] == sorted((len(name) for name in bodies), reverse=True)
