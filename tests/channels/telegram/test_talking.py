"""What residents do on Telegram, and what comes back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.app import Core
from bot.core.reply import Button, Card, Link, Reply, Section
from bot.services.texts import Texts
from channels.telegram.commands import BY_NAME, COMMANDS
from tests.bot_api import BotApi, seen
from tests.channels.telegram.chatting import lines_of, log_of, until_worked_off
from tests.fakes import Answerer, FakeEngine

LONG_PAYLOAD = '/ask_service_documents{"service": "gyvenamosios-vietos-deklaravimas-ir-pazyma-apie-ja-seniunijoje"}'
CARD = Card(
    kind="service",
    title="Deklaravimas <b>",
    lead="Kas & kur",
    sections=(Section(lines=("Pasas",), heading="Dokumentai", style="list"), Section(("Ateikite",), style="steps")),
    warnings=("2018 m.",),
    links=(Link("Šaltinis", 'https://trakai.lt/?a=1&b="2"'),),
    checked_label="Patikrinta 2026-11-01",
)


def asking(*buttons: Button) -> Answerer:
    """Answer "?" with a choice and all else with "gerai"."""
    return lambda turn: (Reply(text="Kuri?", buttons=buttons) if turn.text == "?" else Reply(text="gerai"),)


async def test_a_new_resident_is_greeted_by_a_machine_and_answered(core: Core, api: BotApi) -> None:
    api.write("Kiek kainuoja leidimas?", chat=7)
    greeting, answer = await api.until_sent(2, chat=7)
    assert "Aš esu Langelis – robotas" in greeting.text
    assert answer.text == "atsakymas: Kiek kainuoja leidimas?"
    assert answer.given["link_preview_options"] == {"is_disabled": True}


async def test_the_sign_of_typing_is_shown_while_the_bot_works(core: Core, api: BotApi, engine: FakeEngine) -> None:
    api.write("Labas", chat=7)
    (action,) = await api.until_called("sendChatAction")
    assert (action.chat, action.given["action"]) == (7, "typing")


async def test_the_menu_of_commands_is_set_in_lithuanian(core: Core, api: BotApi) -> None:
    (menu,) = await api.until_called("setMyCommands")
    told = {command["command"]: command["description"] for command in menu.given["commands"]}
    assert set(told) == {
        *("start", "help", "pagalba", "paslaugos", "skundas", "problema", "busena", "operatorius"),
        *("savivaldybe", "privatumas", "istrinti", "atsaukti"),
    }
    assert told["skundas"] == "Pateikti skundą"
    assert all(3 <= len(description) <= 256 for description in told.values())


@pytest.mark.parametrize("name", [command.name for command in COMMANDS if command.payload])
async def test_a_command_asks_the_bot_what_its_button_would(
    name: str, core: Core, api: BotApi, engine: FakeEngine
) -> None:
    api.write(f"/{name}")
    await api.until_sent(2)
    assert [turn.text for turn in engine.turns] == [BY_NAME[name].payload]
    assert ("resident", f"/{name}") in await lines_of(core, 1)


async def test_what_stands_behind_a_command_is_not_lost(core: Core, api: BotApi, engine: FakeEngine) -> None:
    api.write("/skundas Šiukšlės neišvežtos")
    await api.until_sent(3)
    assert [turn.text for turn in engine.turns] == ["/file_complaint", "Šiukšlės neišvežtos"]


async def test_an_unknown_command_is_answered_with_the_list(core: Core, api: BotApi, engine: FakeEngine) -> None:
    api.write("/orai")
    _, answer = await api.until_sent(2)
    assert "/skundas – Pateikti skundą" in answer.text
    assert engine.turns == []


async def test_start_without_a_municipality_asks_for_one(core: Core, api: BotApi, engine: FakeEngine) -> None:
    api.write("/start")
    await api.until_sent(2)
    assert [turn.text for turn in engine.turns] == ["/inform_municipality"]


async def test_a_deep_link_names_the_municipality(core: Core, api: BotApi, engine: FakeEngine) -> None:
    api.write("/start trakai")
    await api.until_sent(2)
    assert [turn.text for turn in engine.turns] == ['/inform_municipality{"municipality":"trakai"}']


async def test_a_deep_link_to_nowhere_asks_for_the_municipality(core: Core, api: BotApi, engine: FakeEngine) -> None:
    api.write("/start vilnius")
    await api.until_sent(2)
    assert [turn.text for turn in engine.turns] == ["/inform_municipality"]


async def test_a_card_is_laid_out_and_nothing_in_it_is_markup(core: Core, api: BotApi, engine: FakeEngine) -> None:
    engine.answerer = lambda _: (Reply(text="kortelė", card=CARD),)
    api.write("deklaruoti")
    _, answer = await api.until_sent(2)
    assert "<b>Deklaravimas &lt;b&gt;</b>" in answer.text
    assert '<a href="https://trakai.lt/?a=1&amp;b=&quot;2&quot;">Šaltinis</a>' in answer.text
    assert seen(answer.text) == (
        "Deklaravimas <b>\n\nKas & kur\n\nDokumentai:\n• Pasas\n\n1. Ateikite\n\n"
        "⚠ 2018 m.\n\nŠaltinis\nPatikrinta 2026-11-01"
    )


async def test_a_long_answer_comes_in_order_and_whole_with_its_buttons_last(
    core: Core, api: BotApi, engine: FakeEngine
) -> None:
    sentences = [f"Sakinys numeris {number} 🏛." for number in range(400)]
    engine.answerer = lambda _: (Reply(text=" ".join(sentences), buttons=(Button("Taip", "/affirm"),)),)
    api.write("papasakok")
    _, *parts = await api.until_sent(4)
    assert " ".join(part.text for part in parts) == " ".join(sentences)
    assert [len(part.buttons) for part in parts] == [0] * (len(parts) - 1) + [1]


async def test_a_choice_is_pressed_once_and_its_keyboard_locks(core: Core, api: BotApi, engine: FakeEngine) -> None:
    engine.answerer = asking(Button("Gimimas", LONG_PAYLOAD), Button("Mirtis", "/b"))
    api.write("?")
    question = (await api.until_sent(2))[-1]
    api.press(question, "Gimimas", query="vienas")
    await api.until_sent(3)
    assert engine.turns[-1].text == LONG_PAYLOAD
    assert (await log_of(core, 1))[-2].reply.text == "Gimimas"
    (locked,) = await api.until_called("editMessageReplyMarkup")
    assert [key["text"] for key in locked.buttons] == ["✓ Gimimas"]
    api.press(question, "Mirtis", query="du")
    _, told = await api.until_called("answerCallbackQuery", 2)
    assert told.text.startswith("Jau pasirinkote: Gimimas")
    assert len(engine.turns) == 2


async def test_a_keyboard_from_long_ago_is_understood(core: Core, api: BotApi, engine: FakeEngine) -> None:
    engine.answerer = asking(Button("Gimimas", "/ask_service"), Button("Mirtis", "/b"))
    api.write("?")
    question = (await api.until_sent(2))[-1]
    for number in range(3):
        api.write(f"kitas {number}")
    await api.until_sent(5)
    api.press(question, "Gimimas")
    await api.until_sent(6)
    assert engine.turns[-1].text == "/ask_service"


@pytest.mark.parametrize("data", ["99.0", "1.7", "x", "kas", "1.0 ", "-1.0"])
async def test_a_button_that_nobody_knows_is_told_so(data: str, core: Core, api: BotApi, engine: FakeEngine) -> None:
    api.write("Labas")
    answer = (await api.until_sent(2))[-1]
    api.press_data(answer, data)
    (told,) = await api.until_called("answerCallbackQuery")
    assert "nebegalioja" in told.text
    assert len(engine.turns) == 1


async def test_an_edit_is_noted_once_and_not_answered_again(core: Core, api: BotApi, engine: FakeEngine) -> None:
    written = api.write("Kiek kainuoja?")
    await api.until_sent(2)
    edited = {**written, "text": "Kiek kainuoja leidimas? Mano kodas 39001010077", "edit_date": 1795255300}
    for _ in range(2):
        api.push({"edited_message": edited})
    api.write("ačiū")
    await api.until_sent(3)
    noted = [text for author, text in await lines_of(core, 1) if author == "system"]
    assert noted == [
        "Gyventojas pataisė savo žinutę („Kiek kainuoja?“). "
        "Dabar joje parašyta: „Kiek kainuoja leidimas? Mano kodas [asmens kodas paslėptas]“"
    ]
    assert [turn.text for turn in engine.turns] == ["Kiek kainuoja?", "ačiū"]
    assert len(api.sent()) == 3


async def test_an_edit_that_comes_before_its_message_counts_as_the_message(
    core: Core, api: BotApi, engine: FakeEngine
) -> None:
    written = api.message(1, "Kiek kainuoja?")
    api.push({"edited_message": {**written, "text": "Kiek kainuoja leidimas?", "edit_date": 1795255300}}, update_id=5)
    await api.until_sent(2)
    api.push({"message": written}, update_id=6)
    await until_worked_off(core, api)
    assert [turn.text for turn in engine.turns] == ["Kiek kainuoja leidimas?"]


async def test_an_answer_to_a_message_keeps_what_it_answers(core: Core, api: BotApi) -> None:
    api.write("Labas")
    answer = (await api.until_sent(2))[-1]
    api.write("O kodėl?", reply_to_message=api.message(1, "x", message_id=answer.given["message_id"]))
    await api.until_sent(3)
    rows = await log_of(core, 1)
    asked = next(row for row in rows if row.reply.text == "O kodėl?")
    assert asked.reply_to == next(row.seq for row in rows if row.reply.text == "atsakymas: Labas")


@pytest.mark.parametrize(
    ("kind", "label", "said"),
    [
        ({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}, "[balso žinutė]", "išklausyti nemoku"),
        (
            {"video_note": {"file_id": "v", "file_unique_id": "v", "duration": 3, "length": 1}},
            "[vaizdo įrašas]",
            "peržiūrėti nemoku",
        ),
        (
            {
                "sticker": {
                    "file_id": "v",
                    "file_unique_id": "v",
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                }
            },
            "[lipdukas]",
            "Smagu!",
        ),
        ({"dice": {"emoji": "🎲", "value": 3}}, "[kita žinutė]", "suprasti nemoku"),
    ],
    ids=["voice", "video", "sticker", "other"],
)
async def test_what_cannot_be_read_gets_a_kind_sentence(
    core: Core, api: BotApi, kind: dict[str, Any], label: str, said: str
) -> None:
    api.push({"message": api.message(1, **kind)})
    _, answer = await api.until_sent(2)
    assert said in answer.text
    assert [author for author, _ in await lines_of(core, 1)] == ["bot", "resident", "bot"]
    assert (await lines_of(core, 1))[1] == ("resident", label)


async def test_a_contact_is_read_as_words(core: Core, api: BotApi, engine: FakeEngine) -> None:
    contact = {"phone_number": "37061234567", "first_name": "Ona", "last_name": "Onaitė"}
    api.push({"message": api.message(1, contact=contact)})
    await api.until_sent(2)
    assert engine.turns[-1].text == "Ona Onaitė, +37061234567"


async def test_too_many_words_are_asked_to_be_fewer(core: Core, api: BotApi, engine: FakeEngine) -> None:
    api.write("Ilga istorija. " * 200)
    _, answer = await api.until_sent(2)
    assert answer.text == Texts().render("error.text_too_long")
    assert engine.turns == []


async def test_a_card_number_is_masked_before_it_is_stored(core: Core, api: BotApi) -> None:
    api.write("Mano kodas 39001010077")
    await api.until_sent(3)
    assert "39001010077" not in json.dumps(await lines_of(core, 1))
