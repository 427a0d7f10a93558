"""Several questions in one message: all are answered, and what cannot be is said."""

from __future__ import annotations

from bot.nlu.reading import Part
from tests.packs import TEXTS, ask, buttons_of, card_of, said

NURSERY, MUSIC = "Kokių dokumentų reikia į darželį?", "Kiek kainuoja meno mokykla?"
DOCUMENTS, PRICE, PLACE = "ask_service_documents", "ask_service_cost", "ask_service_where"
NOWHERE = "Ar galima virš vandenyno laikyti krokodilą?"


def part(intent: str, text: str) -> Part:
    """Return a question of a message."""
    return Part(text, intent)


def test_two_services_get_a_card_each_in_order_and_the_last_is_kept() -> None:
    answer = ask("trakai", DOCUMENTS, f"{NURSERY} {MUSIC}", parts=(part(DOCUMENTS, NURSERY), part(PRICE, MUSIC)))
    titles = [reply.card.title for reply in answer.replies if reply.card]
    assert [title.split()[0] for title in titles] == ["Vaiko", "Mokestis"]
    assert answer.service == "meno-mokyklos-mokestis"


def test_two_aspects_of_one_service_share_a_card() -> None:
    whole = f"{NURSERY} Ir kur kreiptis?"
    answer = ask("trakai", DOCUMENTS, whole, parts=(part(DOCUMENTS, whole), part(PLACE, "Ir kur kreiptis?")))
    assert len(answer.replies) == 1
    asked = [section.heading for section in card_of(answer).sections if section.asked]
    assert asked[0] == "Reikalingi dokumentai"
    assert len(asked) > 1
    pressed = [button.payload for button in buttons_of(answer)]
    assert not any(intent in payload for payload in pressed for intent in (DOCUMENTS, PLACE))


def test_a_wish_and_an_aspect_of_it_are_answered_with_the_aspect() -> None:
    wish = "Ar yra darželių Trakuose?"
    answer = ask("trakai", "ask_service", wish, parts=(part("ask_service", wish), part(DOCUMENTS, "Kokių dokumentų?")))
    assert len(answer.replies) == 1
    assert card_of(answer).sections[0].asked


def test_what_is_not_found_is_named_after_what_is() -> None:
    answer = ask(
        "trakai", DOCUMENTS, f"{NURSERY} {NOWHERE}", parts=(part(DOCUMENTS, NURSERY), part("out_of_scope", NOWHERE))
    )
    assert answer.understood
    assert answer.replies[0].card is not None
    assert answer.replies[-1].text == TEXTS.render("several.not_found", question=NOWHERE)
    assert buttons_of(answer)[-1].payload == "/request_human"


def test_contacts_and_a_service_are_both_answered() -> None:
    contacts = "Koks Lentvario seniūnijos telefonas?"
    answer = ask("trakai", PRICE, f"{MUSIC} {contacts}", parts=(part(PRICE, MUSIC), part("ask_contacts", contacts)))
    assert len(answer.replies) >= 2
    assert "19,80 Eur" in said(answer)


def test_when_nothing_is_found_the_message_is_not_understood_as_a_whole() -> None:
    answer = ask(
        "trakai",
        "out_of_scope",
        f"{NOWHERE} {NOWHERE}",
        parts=(part("out_of_scope", NOWHERE), part("nlu_fallback", NOWHERE)),
    )
    assert not answer.understood
    assert len(answer.replies) == 1


def test_a_price_asked_before_its_service_is_named_is_answered_as_a_whole() -> None:
    text = "Kiek kainuoja? Ar yra meno mokykla?"
    answer = ask(
        "trakai", PRICE, text, parts=(part(PRICE, "Kiek kainuoja?"), part("ask_service", "Ar yra meno mokykla?"))
    )
    assert len(answer.replies) == 1
    assert "19,80 Eur" in said(answer)


def test_a_question_by_itself_answers_a_story_that_names_too_much() -> None:
    story = f"Persikraustėme su vaikais iš Kauno, vyras dirba mokykloje, vyresnė lanko muziką ir būrelius. {NURSERY}"
    assert ask("trakai", DOCUMENTS, story).service != "priemimas-i-darzeli"
    answer = ask("trakai", DOCUMENTS, story, parts=(part(DOCUMENTS, NURSERY),))
    assert answer.service == "priemimas-i-darzeli"


def test_a_message_that_is_clear_as_a_whole_is_answered_as_a_whole() -> None:
    whole = f"Turime sūnų. {MUSIC}"
    assert ask("trakai", PRICE, whole, parts=(part(PRICE, NURSERY),)).service == "meno-mokyklos-mokestis"


def test_words_of_another_question_do_not_lead_away_from_the_service_that_is_named() -> None:
    own = "kokiu dokumentu reikia i darzeli"
    whole = f"{own} o kiek kainuoja?"
    answer = ask("trakai", DOCUMENTS, whole, parts=(Part(whole, DOCUMENTS, alone=own), part(PRICE, "o kiek kainuoja?")))
    assert answer.service == "priemimas-i-darzeli"
    assert [section.heading for section in card_of(answer).sections if section.asked] == [
        "Reikalingi dokumentai",
        "Kaina",
    ]
    fee, *others, last = buttons_of(answer)
    assert fee.title == "Mokestis už darželį"
    assert last.payload == "/request_human"
    assert not any(intent in button.payload for button in others for intent in (DOCUMENTS, PRICE))


def test_a_part_that_names_no_one_service_is_read_in_the_whole_message() -> None:
    own = "Kokių dokumentų reikia?"
    whole = f"Noriu į darželį. {own}"
    answer = ask("trakai", DOCUMENTS, whole, parts=(Part(whole, DOCUMENTS, alone=own), part(PLACE, "Ir kur kreiptis?")))
    assert answer.service == "priemimas-i-darzeli"
