"""Tables of labelled messages: what is read, and how what is wrong with them is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.examples import (
    EvaluationInputError,
    foreign_test_set,
    own_test_set,
    placed,
    read_nlu,
    read_table,
    unknown_services,
)
from bot.settings import PROJECT_ROOT

KNOWN = {"trakai": {"darzelis"}, "varena": {"licencija"}}


def table(folder: Path, *lines: str) -> Path:
    """A file of these lines."""
    path = folder / "klausimai.tsv"
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def complaint(path: Path) -> str:
    """What is said when the file is read, without the path."""
    with pytest.raises(EvaluationInputError) as caught:
        read_table(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: ")
    return said.removeprefix(f"{path}: ")


def test_labels_are_read_in_any_order_of_columns(tmp_path: Path) -> None:
    path = table(tmp_path, "action\tintent\ttext\tservice\tmunicipality", "answer|choose\tgreet\tlabas\tx | y\ttrakai")
    (found,) = read_table(path)
    assert (found.text, found.intents, found.services) == ("labas", ("greet",), ("x", "y"))
    assert (found.actions, found.municipality) == (("answer", "choose"), "trakai")
    assert (found.source, found.line) == ("klausimai.tsv", 2)


def test_quotation_marks_blank_lines_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "klausimai.tsv"
    path.write_bytes('\ufefftext\tintent\r\n"labas\tgreet\r\n\r\nkiek \u2028 kainuoja\r\n'.encode())
    first, second = read_table(path)
    assert (first.text, first.intents) == ('"labas', ("greet",))
    assert (second.text, second.intents, second.line) == ("kiek \u2028 kainuoja", (), 4)


def test_a_message_longer_than_the_bot_reads_is_cut(tmp_path: Path) -> None:
    (found,) = read_table(table(tmp_path, "text\tintent", "a" * 5000 + "\tgreet"))
    assert len(found.text) == 2000


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("labas\tgreet",), "line 1: column text is missing; the first line names labas, greet"),
        ((), "line 1: column text is missing; the first line names nothing"),
        (
            ("text\ttown", "labas\tTrakai"),
            "line 1: there is no column to judge by, one of intent, service, action, lang",
        ),
        (("text\tintent\tintent", "labas\tgreet\tgreet"), "line 1: column intent is named twice"),
        (("text\tintent",), "line 2: there is no message below the header"),
        (("text\tintent", "labas\tgreet\ttrakai"), "line 2: 3 cells under 2 columns"),
        (("text\tintent", "labas\tgreet", "\tgreet"), "line 3, column text: is empty"),
        (("text\taction", "labas\tother", "ačiū\tanwser"), "line 3, column action: unknown action 'anwser'; known are"),
    ],
    ids=["no header", "empty", "no labels", "twice", "no rows", "too many cells", "no text", "unknown action"],
)
def test_what_is_wrong_is_named_by_file_line_and_column(tmp_path: Path, lines: tuple[str, ...], said: str) -> None:
    assert complaint(table(tmp_path, *lines)).startswith(said)


def test_a_file_that_is_not_utf_8_is_named_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "klausimai.tsv"
    path.write_bytes("text\tintent\nlabas\tgreet\nšuo\tgreet\n".encode("cp1257"))
    assert complaint(path) == "line 3: is not UTF-8"


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path: Path) -> None:
    assert complaint(tmp_path / "nera.tsv") == "no such file"
    assert complaint(tmp_path) == "is a folder, not a file"


def test_columns_that_mean_nothing_are_told_and_do_no_harm(tmp_path: Path) -> None:
    tests = foreign_test_set(table(tmp_path, "id\ttext\tintent\ttown", "7\tlabas\tgreet\tTrakai"))
    assert tests.ignored == ("id", "town")
    assert tests.messages[0].text == "labas"


def test_what_is_measured_depends_on_the_columns(tmp_path: Path) -> None:
    path = table(tmp_path, "text\tintent\tlang\tbase", "labas\tgreet\t\tb1", "привет\t\tru\t")
    tests = foreign_test_set(path)
    assert [example.text for example in tests.messages] == ["labas"]
    assert [example.text for example in tests.styles] == ["labas"]
    assert [example.text for example in tests.languages] == ["привет"]
    assert not tests.own


def test_an_unknown_municipality_is_named_with_those_that_are_known(tmp_path: Path) -> None:
    tests = foreign_test_set(table(tmp_path, "text\tintent\tmunicipality", "labas\tgreet\tkaunas"))
    with pytest.raises(EvaluationInputError) as caught:
        placed(tests, KNOWN, None)
    said = "klausimai.tsv: line 2, column municipality: unknown municipality 'kaunas'; known are trakai, varena"
    assert str(caught.value) == said


def test_a_row_about_a_service_needs_a_municipality_and_one_about_an_intent_does_not(tmp_path: Path) -> None:
    path = table(tmp_path, "text\tintent\tservice", "labas\tgreet\t", "darželis\t\tdarzelis")
    tests = foreign_test_set(path)
    with pytest.raises(EvaluationInputError, match=r"line 3, column municipality: is empty; fill it in or give --muni"):
        placed(tests, KNOWN, None)
    assert [example.municipality for example in placed(tests, KNOWN, "trakai").messages] == ["trakai", "trakai"]


def test_with_a_municipality_the_rows_of_others_are_left_out(tmp_path: Path) -> None:
    path = table(tmp_path, "text\tintent\tmunicipality", "a\tgreet\ttrakai", "b\tgreet\tvarena", "c\tgreet\t")
    tests = placed(foreign_test_set(path), KNOWN, "varena")
    assert [(example.text, example.municipality) for example in tests.messages] == [("b", "varena"), ("c", "varena")]


def test_a_service_that_the_catalogue_lacks_is_named(tmp_path: Path) -> None:
    path = table(tmp_path, "text\tservice\tmunicipality", "a\tdarzelis\ttrakai", "b\tdarzelis\tvarena")
    (said,) = unknown_services(foreign_test_set(path).messages, KNOWN)
    assert said == "klausimai.tsv: line 3, column service: 'darzelis' is not in the catalogue of varena"


def test_a_rasa_file_gives_its_examples_with_their_intents(tmp_path: Path) -> None:
    path = tmp_path / "nlu.yml"
    path.write_text("nlu:\n- intent: greet\n  examples: |\n    - labas\n    - sveiki - gyvi\n", encoding="utf-8")
    assert [(found.text, found.intents) for found in read_nlu(path)] == [
        ("labas", ("greet",)),
        ("sveiki - gyvi", ("greet",)),
    ]


def test_the_projects_own_test_set_is_read_whole() -> None:
    tests = own_test_set(PROJECT_ROOT / "nlu_data" / "test")
    assert tests.own
    assert len(tests.messages) >= 800
    assert {example.style for example in tests.styles} >= {"clean", "folded", "typo1", "layout"}
    assert {example.language for example in tests.languages} == {"lt", "ru", "pl", "en", "uk"}
