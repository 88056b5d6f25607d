from __future__ import annotations

import pytest

from attribution.ingest import check_english, read_text
from attribution.records import AttribError

FRENCH = (
    "Le ministre a déclaré mardi que le gouvernement ne céderait pas, et que la loi serait votée avant la fin du mois."
)

OTHERS = {
    "French": FRENCH,
    "German": "Die Ministerin sagte am Dienstag, die Regierung werde nicht nachgeben. Das Gesetz solle bald kommen.",
    "Spanish": "La ministra dijo el martes que el gobierno no cederá. Según ella, la ley se aprobará este mes.",
    "Italian": "La ministra ha detto martedì che il governo non cederà. Secondo lei la legge sarà approvata presto.",
    "Portuguese": "A ministra disse na terça-feira que o governo não vai ceder. Segundo ela, a lei será aprovada logo.",
    "Dutch": "De minister zei dinsdag dat de regering niet zal toegeven. Volgens haar wordt de wet snel aangenomen.",
    "Swedish": "Ministern sade på tisdagen att regeringen inte kommer att ge sig. Enligt henne ska lagen antas snart.",
    "Polish": "Minister powiedziała we wtorek, że rząd nie ustąpi. Jej zdaniem ustawa zostanie przyjęta przed latem.",
    "Turkish": "Bakan salı günü hükümetin geri adım atmayacağını söyledi. Ona göre yasa yazdan önce kabul edilecek.",
    "Russian": "Министр заявила во вторник, что правительство не уступит, и закон будет принят до лета.",
    "Greek": "Η υπουργός δήλωσε την Τρίτη ότι η κυβέρνηση δεν θα υποχωρήσει και ότι ο νόμος θα ψηφιστεί.",
    "Chinese": "部长周二表示，政府不会让步。她说，法律将在夏天之前通过，议会已经同意。",
    "Arabic": "قالت الوزيرة يوم الثلاثاء إن الحكومة لن تتراجع وإن القانون سيقر قبل الصيف",
}


@pytest.mark.parametrize(("language", "text"), OTHERS.items())
def test_another_language_is_named(language: str, text: str) -> None:
    with pytest.raises(AttribError) as caught:
        check_english(read_text(text, path="draft.txt"))
    assert str(caught.value) == (
        f"draft.txt: is {language}, not English; attrib reads English only (use --force, in Python "
        "force=True, to read it anyway)"
    )


def test_another_language_in_capitals_is_named() -> None:
    with pytest.raises(AttribError, match="is French"):
        check_english(read_text(FRENCH.upper()))


@pytest.mark.parametrize(
    "text",
    [
        "Mayor quits",
        "MAYOR QUITS AFTER BRIDGE COLLAPSE",
        "Goal. Corner. Substitution. Yellow card Müller. Goal Götze.",
        "Bayern München 3, Borussia Dortmund 1; Real Madrid 2, Atlético Madrid 2",
        "Juan de la Cruz, María de los Ángeles, José García y López, Ramón del Valle",
        f"“{FRENCH}” said the minister in Paris, and repeated it twice.",
        f"« {FRENCH} »",
        "apples pears plums oranges bananas grapes melons cherries peaches apricots",
        "El Niño hits Peru fishing fleet",
        "Tested positive. Nine dead. Roads shut. Schools closed. Trains cancelled.",
        "Serve with crème fraîche, jus, foie gras, pommes frites, haricots verts and a glass of vin rouge.",
        "Привет",
    ],
)
def test_doubtful_drafts_pass(text: str) -> None:
    check_english(read_text(text))
