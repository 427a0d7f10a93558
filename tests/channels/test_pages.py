"""The pages: every municipality, escaped, and errors as pages for people and as JSON for programs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.app import Core
from tests.conftest import WebClient

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


async def test_the_landing_page_lists_every_municipality(client: WebClient, core: Core) -> None:
    response = await client.get("/")
    text = await response.text()
    assert (response.status, response.content_type, response.charset) == (200, "text/html", "utf-8")
    assert '<html lang="lt">' in text
    for loaded in core.catalogues.all:
        assert loaded.catalogue.municipality.name in text
        assert f'href="/m/{loaded.catalogue.municipality.id}"' in text
    assert len(core.catalogues.all) == 3


@pytest.mark.parametrize("municipality", ["trakai", "varena", "alytus-r"])
async def test_a_municipality_has_a_page_with_its_chat(client: WebClient, core: Core, municipality: str) -> None:
    response = await client.get(f"/m/{municipality}")
    text = await response.text()
    assert response.status == 200
    assert f'municipality="{municipality}"' in text
    assert core.catalogues.get(municipality).catalogue.municipality.name in text
    assert '<script async src="/widget.js"></script>' in text


@pytest.mark.parametrize("path", ["/", "/m/trakai", "/m/varena", "/m/alytus-r", "/m/kaunas"])
async def test_a_page_loads_nothing_from_elsewhere_and_has_no_inline_code(client: WebClient, path: str) -> None:
    text = await (await client.get(path, headers=BROWSER)).text()
    loaded = re.findall(r"<(?:script|img|iframe|source|audio|video)[^>]*\ssrc=\"([^\"]*)\"", text)
    loaded += re.findall(r"<link[^>]*\shref=\"([^\"]*)\"", text)
    assert loaded
    assert [url for url in loaded if not url.startswith("/") or url.startswith("//")] == []
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", text) == []


async def test_what_a_page_loads_is_there(client: WebClient) -> None:
    text = await (await client.get("/m/trakai")).text()
    for url in re.findall(r"(?:src|href)=\"(/(?:static/|widget)[^\"]*)\"", text):
        response = await client.get(url)
        assert response.status == 200, url
    assert (await client.get("/widget.js")).content_type in {"text/javascript", "application/javascript"}


async def test_what_a_pack_says_is_escaped(client: WebClient, core: Core) -> None:
    catalogue = core.catalogues.get("trakai").catalogue
    hostile = "<script>alert('x')</script>\" onload=\"x"
    changed = replace(catalogue.municipality, name=hostile, address=hostile, hours=hostile, examples=(hostile,))
    services = tuple(replace(service, life_event=hostile) for service in catalogue.services)
    await core.catalogues.store(replace(catalogue, municipality=changed, services=services), "hostile")
    await core.catalogues.refresh()
    for path in ("/", "/m/trakai"):
        text = await (await client.get(path)).text()
        assert "&lt;script&gt;alert(" in text
        assert "<script>alert" not in text
        assert '" onload="' not in text


@pytest.mark.parametrize(
    "path", ["/m/kaunas", "/m/%3Cscript%3E", "/m/..%2Ftrakai", "/m/TRAKAI", "/m/%00", "/m/%ED%A0%80", "/m/a%0d%0ab"]
)
async def test_an_unknown_municipality_is_a_page_that_says_so_and_repeats_nothing(client: WebClient, path: str) -> None:
    response = await client.get(path, headers=BROWSER)
    text = await response.text()
    assert (response.status, response.content_type) == (404, "text/html")
    assert "Tokios savivaldybės čia nėra." in text
    assert "<script>" not in text


async def test_an_unknown_path_is_a_page_for_people_and_json_for_programs(client: WebClient) -> None:
    page = await client.get("/nera-tokio", headers=BROWSER)
    assert (page.status, page.content_type) == (404, "text/html")
    assert "Tokio puslapio nėra." in await page.text()
    program = await client.get("/nera-tokio")
    assert (program.status, program.content_type) == (404, "application/json")
    assert (await program.json())["error"] == {"code": "not_found", "message": "Tokio puslapio nėra."}


@pytest.mark.parametrize("path", ["/static/", "/static/..%2f..%2f..%2fpyproject.toml", "/static/nera.css", "/static"])
async def test_static_files_are_no_way_out_and_list_nothing(client: WebClient, path: str) -> None:
    response = await client.get(path)
    assert response.status == 404
    assert "[project]" not in await response.text()


async def test_head_requests_are_answered_like_get(client: WebClient) -> None:
    for path in ("/", "/m/trakai", "/healthz"):
        response = await client.head(path)
        assert response.status == 200
        assert await response.read() == b""


async def test_an_error_inside_is_told_without_details(client: WebClient, core: Core) -> None:
    core.catalogues._loaded = None  # type: ignore[assignment]
    page = await client.get("/", headers=BROWSER)
    assert page.status == 500
    text = await page.text()
    assert "Įvyko klaida" in text
    assert "Traceback" not in text
    assert "NoneType" not in text
    program = await client.get("/")
    assert (await program.json())["error"]["code"] == "internal"
