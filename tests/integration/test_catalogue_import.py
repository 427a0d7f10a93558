"""Importing data packs: whole or not at all, and taken up by a running server."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.errors import UnknownMunicipalityError
from bot.services.catalogues import Catalogues
from bot.services.importing import BrokenPackError, import_all, import_pack
from bot.services.packs import load_pack
from bot.settings import PROJECT_ROOT
from bot.storage import catalogue as storage
from bot.storage.database import Database
from tests.fakes import FakeClock

TODAY = date(2026, 11, 21)
PACKS = PROJECT_ROOT / "nlu_data" / "municipalities"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder with a copy of one pack, to be changed."""
    shutil.copytree(PACKS / "varena", tmp_path / "packs" / "varena")
    return tmp_path / "packs"


@pytest.fixture
def catalogues(database: Database, clock: FakeClock) -> Catalogues:
    """The catalogues of that database."""
    return Catalogues(database, clock)


def change(pack: Path, file: str, before: str, after: str) -> None:
    """Replace the first occurrence of some text in a file of a pack."""
    text = (pack / file).read_text(encoding="utf-8")
    assert before in text
    (pack / file).write_text(text.replace(before, after, 1), encoding="utf-8")


async def test_every_field_of_a_pack_comes_back_from_the_database(catalogues: Catalogues) -> None:
    await import_all(catalogues, PACKS, TODAY)
    await catalogues.refresh()
    assert [loaded.catalogue.municipality.id for loaded in catalogues.all] == ["alytus-r", "trakai", "varena"]
    for loaded in catalogues.all:
        assert loaded.catalogue == load_pack(PACKS / loaded.catalogue.municipality.id, TODAY).catalogue


async def test_an_unchanged_pack_is_not_imported_again(catalogues: Catalogues, packs: Path) -> None:
    assert await import_pack(catalogues, packs / "varena", TODAY)
    assert not await import_pack(catalogues, packs / "varena", TODAY)


async def test_a_changed_pack_replaces_the_one_before(catalogues: Catalogues, packs: Path) -> None:
    await import_pack(catalogues, packs / "varena", TODAY)
    await catalogues.refresh()
    title = catalogues.get("varena").catalogue.services[0].title
    change(packs / "varena", "services.yml", f"title: {title}", f"title: {title} (nauja)")
    assert await import_pack(catalogues, packs / "varena", TODAY)
    assert catalogues.get("varena").catalogue.services[0].title == title
    assert await catalogues.refresh()
    assert catalogues.get("varena").catalogue.services[0].title == f"{title} (nauja)"
    assert catalogues.get("varena").services.search(f"{title} nauja", 1)


async def test_what_a_new_version_lacks_is_gone(catalogues: Catalogues, packs: Path) -> None:
    await import_pack(catalogues, packs / "varena", TODAY)
    (packs / "varena" / "mobile_library.yml").unlink()
    await import_pack(catalogues, packs / "varena", TODAY)
    await catalogues.refresh()
    assert catalogues.get("varena").catalogue.mobile_library is None


@pytest.mark.parametrize(
    "fault",
    [
        ("services.yml", "title:", "tittle:"),
        ("services.yml", "checked: 2026-11-21", "checked: 2026-02-30"),
        ("institutions.yml", "sources:", "sorces:"),
        ("municipality.yml", "id: varena", "id: trakai"),
        ("municipality.yml", "website: https://", "website: javascript:"),
        ("services.yml", "services:", "services: ["),
    ],
)
async def test_a_broken_pack_changes_nothing(
    catalogues: Catalogues, packs: Path, database: Database, fault: tuple[str, str, str]
) -> None:
    await import_pack(catalogues, packs / "varena", TODAY)
    async with database.read() as session:
        stored = await storage.load(session, "varena")
    change(packs / "varena", *fault)
    with pytest.raises(BrokenPackError, match=fault[0]):
        await import_pack(catalogues, packs / "varena", TODAY)
    async with database.read() as session:
        assert await storage.load(session, "varena") == stored
        assert set(await storage.digests(session)) == {"varena"}


async def test_a_broken_pack_beside_good_ones_does_not_keep_them_out(catalogues: Catalogues, packs: Path) -> None:
    shutil.copytree(PACKS / "trakai", packs / "trakai")
    (packs / "varena" / "services.yml").unlink()
    (packs / "kaunas").mkdir()
    await import_all(catalogues, packs, TODAY)
    await catalogues.refresh()
    assert [loaded.catalogue.municipality.id for loaded in catalogues.all] == ["trakai"]


async def test_an_import_that_fails_in_the_database_leaves_the_pack_before(
    catalogues: Catalogues, packs: Path, database: Database, clock: FakeClock
) -> None:
    """The rows are deleted before they are inserted: a failure between must bring them back."""
    await import_pack(catalogues, packs / "varena", TODAY)
    async with database.read() as session:
        stored = await storage.load(session, "varena")
    assert stored is not None
    twice = (*stored.services, stored.services[0])
    with pytest.raises(Exception, match="UNIQUE"):
        async with database.write() as session:
            await storage.replace(
                session,
                storage.StoredCatalogue(
                    id="varena", digest="new", document=b"{}", institutions=stored.institutions, services=twice
                ),
                clock.now(),
            )
    async with database.read() as session:
        assert await storage.load(session, "varena") == stored


async def test_a_running_server_takes_up_an_import_of_another_process(
    catalogues: Catalogues, packs: Path, database: Database, clock: FakeClock
) -> None:
    server = Catalogues(database, clock)
    assert not await server.refresh()
    await import_pack(catalogues, packs / "varena", TODAY)
    assert server.find("varena") is None
    assert await server.refresh()
    assert server.find("varena") is not None
    assert not await server.refresh()


async def test_what_has_not_changed_keeps_its_indexes(catalogues: Catalogues, packs: Path) -> None:
    shutil.copytree(PACKS / "trakai", packs / "trakai")
    await import_all(catalogues, packs, TODAY)
    await catalogues.refresh()
    trakai, varena = catalogues.get("trakai"), catalogues.get("varena")
    change(packs / "varena", "municipality.yml", "examples:", "# pakeista\nexamples:")
    await import_all(catalogues, packs, TODAY)
    await catalogues.refresh()
    assert catalogues.get("trakai") is trakai
    assert catalogues.get("varena") is not varena


async def test_an_unknown_municipality_is_an_error_that_names_it(catalogues: Catalogues) -> None:
    with pytest.raises(UnknownMunicipalityError, match="kaunas"):
        catalogues.get("kaunas")
    assert catalogues.find("kaunas") is None
    assert catalogues.find(None) is None


async def test_two_municipalities_with_one_prefix_of_case_numbers_are_refused(
    catalogues: Catalogues, packs: Path
) -> None:
    shutil.copytree(PACKS / "trakai", packs / "trakai")
    change(packs / "trakai", "municipality.yml", "prefix: TR", "prefix: VAR")
    assert await import_pack(catalogues, packs / "varena", TODAY)
    with pytest.raises(BrokenPackError, match='"VAR" is the prefix of varena'):
        await import_pack(catalogues, packs / "trakai", TODAY)
    await catalogues.refresh()
    assert [loaded.catalogue.municipality.id for loaded in catalogues.all] == ["varena"]
