"""Topics elsewhere: what a catalogue lacks competes for a message, what it has does not."""

from dataclasses import replace

import pytest

from bot.nlu.elsewhere import Topic, lacking, topics
from bot.nlu.resolver import ServiceIndex, Verdict, decide
from tests.unit.nlu.catalogues import SERVICES, service

PASSPORT = Topic("Paso keitimas", ("baigiasi pasas", "naujas pasas kelionei", "tapatybės kortelė"))
WEDDING = Topic("Santuokos registravimas", ("vestuvės", "noriu susituokti", "tuoktis vasarą"))


def test_a_topic_that_a_service_is_about_is_left_out() -> None:
    assert lacking(SERVICES, (PASSPORT, WEDDING)) == (PASSPORT,)


def test_a_new_alias_takes_its_topic_away() -> None:
    other = service("dokumentai", "Dokumentų išdavimas")
    assert lacking((*SERVICES, other), (PASSPORT,)) == (PASSPORT,)
    assert lacking((*SERVICES, replace(other, aliases=("paso keitimas",))), (PASSPORT,)) == ()


def test_a_topic_that_only_shares_words_with_a_service_is_lacking() -> None:
    grave = service("kapas", "Leidimas laidoti", "kapavietė", "naujas kapas", "laidoti šalia artimojo")
    grave = replace(grave, phrases=("mirė mama, reikia vietos kapinėse", "mirties liudijimas ir kapavietė"))
    death = Topic("Mirties registravimas", ("mirė mama", "mirties liudijimas", "kur gauti mirties liudijimą"))
    assert lacking((*SERVICES, grave), (death,)) == (death,)


def test_an_empty_catalogue_lacks_all_and_no_topics_are_lacked_by_none() -> None:
    assert lacking((), (PASSPORT,)) == (PASSPORT,)
    assert lacking(SERVICES, ()) == ()


def test_a_service_whose_words_are_all_fillers_is_no_trouble() -> None:
    assert lacking((service("tau", "TAU"),), (PASSPORT, Topic("Ar", ()))) == (PASSPORT, Topic("Ar", ()))


def test_the_shipped_topics_are_many_and_none_is_twice() -> None:
    titles = [topic.title for topic in topics()]
    assert len(titles) > 400
    assert len(set(titles)) == len(titles)
    assert all(len(topic.phrases) >= 5 for topic in topics())


@pytest.mark.parametrize("text", ["noriu pasikeisti pasą", "baigėsi vairuotojo pažymėjimas", "kada gausiu pensiją"])
def test_what_is_elsewhere_is_not_answered(text: str) -> None:
    assert decide(ServiceIndex.build(SERVICES).search(text)).verdict is Verdict.NOTHING


def test_a_new_service_on_a_topic_is_found_at_once() -> None:
    passports = service("pasai", "Paso keitimas", "naujas pasas")
    index = ServiceIndex.build((*SERVICES, passports))
    assert index.search("reikia naujo paso")[0].id == "pasai"
    assert decide(index.search("reikia naujo paso")).verdict is Verdict.ANSWER
