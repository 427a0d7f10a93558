"""Look-ups in a catalogue."""

from datetime import date

from bot.core.catalogue import (
    Catalogue,
    Charter,
    Institution,
    Municipality,
    Provider,
    ReportChannels,
    Service,
    Source,
)

SOURCE = (Source("https://example.lt"),)


def service(service_id: str, life_event: str, provider: Provider) -> Service:
    """A service with only what it must have."""
    return Service(
        id=service_id,
        title=service_id.title(),
        description="Aprašymas.",
        life_event=life_event,
        audience="gyventojai",
        provider=provider,
        scope="pavyzdys",
        checked=date(2026, 11, 21),
        sources=SOURCE,
    )


CATALOGUE = Catalogue(
    municipality=Municipality(
        id="pavyzdys",
        name="Pavyzdžio savivaldybė",
        website="https://example.lt",
        charter=Charter(
            principles=(),
            requests_to_residents=(),
            commitments=(),
            report_channels=ReportChannels(),
            sources=SOURCE,
        ),
    ),
    institutions=(Institution(id="skyrius", name="Skyrius", kind="skyrius", sources=SOURCE),),
    services=(
        service("leidimas", "statyba", Provider(institution="skyrius")),
        service("pazyma", "šeima", Provider(text="seniūnija")),
        service("projektas", "statyba", Provider(institution="skyrius")),
    ),
)


def test_a_service_is_found_by_its_id() -> None:
    found = CATALOGUE.service("pazyma")
    assert found is not None
    assert found.title == "Pazyma"


def test_unknown_ids_give_none() -> None:
    assert CATALOGUE.service("nera") is None
    assert CATALOGUE.institution("nera") is None


def test_the_provider_is_the_institution_named_by_id() -> None:
    assert CATALOGUE.provider_of(CATALOGUE.services[0]) == CATALOGUE.institutions[0]


def test_a_provider_in_words_is_no_institution() -> None:
    assert CATALOGUE.provider_of(CATALOGUE.services[1]) is None


def test_life_events_keep_the_order_of_the_pack() -> None:
    events = CATALOGUE.life_events()
    assert list(events) == ["statyba", "šeima"]
    assert [found.id for found in events["statyba"]] == ["leidimas", "projektas"]
