"""Entities in whole turns of the real server: found in what residents write, harmless to what is answered."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date

from tests.conftest import LiveServer
from tests.nlu.residents import Resident


def kept(live: LiveServer, first_words: str) -> list[list[tuple[str, str]]]:
    """Return kinds and values of the entities kept for each turn of the conversation with these words, in order."""
    query = (
        "SELECT nlu FROM messages WHERE nlu IS NOT NULL AND conversation_id ="
        " (SELECT conversation_id FROM messages WHERE text = ?) ORDER BY seq"
    )
    with closing(sqlite3.connect(live.database)) as database:
        rows = database.execute(query, (first_words,)).fetchall()
    return [[(found["entity"], found["value"]) for found in json.loads(nlu)["entities"]] for (nlu,) in rows]


def test_the_log_keeps_what_a_message_names_and_a_button_only_what_it_chose(live: LiveServer) -> None:
    resident = Resident(live.url, "trakai")
    text = "kada dirba savivaldybė 2026-11-23, rašykite jonas@pastas.lt"
    resident.say(text)
    resident.say('/ask_contacts{"institution": "lentvario-seniunija"}')
    first, second = kept(live, text)
    assert first == [("date", "2026-11-23"), ("email", "jonas@pastas.lt")]
    assert second == [("institution", "lentvario-seniunija")]


def test_a_day_in_the_message_does_not_change_the_answer(live: LiveServer) -> None:
    resident = Resident(live.url, "trakai")
    text = "ar savivaldybė dirba šeštadienį, sakykit"
    said = resident.say(text)
    (found,) = kept(live, text)
    assert [kind for kind, _ in found] == ["day"]
    assert date.fromisoformat(found[0][1]).weekday() == 5
    assert "I–IV 8.00–17.00" in said.text
