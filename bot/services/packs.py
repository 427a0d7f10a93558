"""Reading a municipality's data pack: files → YAML → rules → catalogue, every fault named by its place."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from bot.core import catalogue as catalogue_shape
from bot.core.catalogue import Catalogue, Institution, MobileLibrary, Municipality, ProblemMap, Service
from bot.core.pack_rules import (
    INSTITUTIONS_FILE,
    MOBILE_LIBRARY_FILE,
    MUNICIPALITY_FILE,
    PROBLEM_MAP_FILE,
    SERVICES_FILE,
    Finding,
    RawPack,
    Severity,
    check_pack,
    entry_name,
)
from bot.core.pack_shape import Entry, suggestion
from bot.services.pack_yaml import PackSyntaxError, parse_yaml

_REQUIRED = (MUNICIPALITY_FILE, INSTITUTIONS_FILE, SERVICES_FILE)
_FILES = (*_REQUIRED, MOBILE_LIBRARY_FILE, PROBLEM_MAP_FILE)
_LIST_KEYS = {INSTITUTIONS_FILE: "institutions", SERVICES_FILE: "services"}

_Shape = TypeVar("_Shape", Municipality, Institution, Service, MobileLibrary, ProblemMap)


@dataclass(frozen=True, slots=True)
class PackResult:
    """What a pack's folder gave: no catalogue when a finding is an error.

    `digest` is the SHA-256 of the files in hexadecimal, empty when there is no folder.
    """

    catalogue: Catalogue | None
    findings: tuple[Finding, ...]
    digest: str

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep the pack out."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)


_SHAPE = Path(catalogue_shape.__file__)


def list_packs(root: Path) -> tuple[str, ...]:
    """The municipalities that have a folder under `root`, sorted; none when there is no such folder."""
    if not root.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in root.iterdir() if entry.is_dir() and entry.name[0] not in "._"))


def load_pack(folder: Path, today: date) -> PackResult:
    """Read and check the pack in `folder`, which bears the municipality's id.

    Faults are findings, not exceptions, but for a file that the system refuses to open (`OSError`).  Files
    that are no YAML are reported alone: what refers to them could not be judged.
    """
    if not folder.is_dir():
        return PackResult(None, (_error(folder.name, None, None, "there is no such pack folder"),), "")
    contents = _contents(folder)
    digest = _digest(contents)
    reader = _Reader()
    reader.findings.extend(_check_files(folder, contents))
    pack = reader.raw_pack(contents)
    if reader.findings:
        return PackResult(None, tuple(reader.findings), digest)
    reader.findings.extend(_check_folder(folder, pack))
    reader.findings.extend(check_pack(pack, today))
    catalogue = reader.catalogue(pack)
    broken = any(found.severity is Severity.ERROR for found in reader.findings)
    return PackResult(None if broken else catalogue, tuple(reader.findings), digest)


def pack_digest(folder: Path) -> str:
    """The digest that `load_pack` gives for the folder, without reading what the files say."""
    return _digest(_contents(folder))


def _contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in _FILES if (folder / name).is_file()}


def _digest(contents: Mapping[str, bytes]) -> str:
    """The SHA-256 over names, lengths and bytes: moving text between files changes it.

    The code that gives the facts their shape counts too: after an update that changes it, packs are imported anew
    and no document of the old shape is left to be misread.
    """
    digest = hashlib.sha256(_SHAPE.read_bytes())
    for name in sorted(contents):
        digest.update(f"{name}\0{len(contents[name])}\0".encode() + contents[name])
    return digest.hexdigest()


def _check_files(folder: Path, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    for name in _REQUIRED:
        if name not in contents:
            yield _error(name, None, None, "the file is missing")
    for path in sorted(folder.iterdir()):
        if path.suffix in {".yml", ".yaml"} and path.name not in _FILES:
            yield _error(path.name, None, None, f"is no file of a pack{suggestion(path.name, _FILES)}")


def _check_folder(folder: Path, pack: RawPack) -> Iterator[Finding]:
    named = (pack.municipality or {}).get("id")
    if named != folder.name:
        yield _error(MUNICIPALITY_FILE, None, "id", f'"{named}" is not the name of the folder, "{folder.name}"')


def _error(file: str, entry: str | None, field_path: str | None, message: str) -> Finding:
    return Finding(Severity.ERROR, file, entry, field_path, message)


@dataclass
class _Reader:
    """Turns files into entries and entries into dataclasses, collecting what is wrong on the way."""

    findings: list[Finding] = field(default_factory=list)

    def raw_pack(self, contents: Mapping[str, bytes]) -> RawPack:
        """The parsed files."""
        parsed = {name: self._parsed(name, content) for name, content in contents.items()}
        return RawPack(
            municipality=parsed.get(MUNICIPALITY_FILE),
            institutions=self._entries(INSTITUTIONS_FILE, parsed.get(INSTITUTIONS_FILE)),
            services=self._entries(SERVICES_FILE, parsed.get(SERVICES_FILE)),
            mobile_library=parsed.get(MOBILE_LIBRARY_FILE),
            problem_map=parsed.get(PROBLEM_MAP_FILE),
        )

    def _parsed(self, file: str, content: bytes) -> dict[str, object] | None:
        try:
            value = parse_yaml(content)
        except PackSyntaxError as error:
            self.findings.append(_error(file, None, None, str(error)))
            return None
        if isinstance(value, dict):
            return value
        self.findings.append(_error(file, None, None, "must hold fields (name: value)"))
        return None

    def _entries(self, file: str, document: Entry | None) -> Sequence[Entry]:
        """The entries under the file's one key."""
        if document is None:
            return ()
        key = _LIST_KEYS[file]
        for other in document.keys() - {key}:
            self.findings.append(_error(file, None, other, f"is no known field{suggestion(other, [key])}"))
        entries = document.get(key)
        if not isinstance(entries, list):
            self.findings.append(_error(file, None, key, "is missing" if entries is None else "must be a list"))
            return ()
        for position, entry in enumerate(entries):
            if not isinstance(entry, dict):
                self.findings.append(_error(file, f"[{position}]", None, "must hold fields (name: value)"))
        return [entry for entry in entries if isinstance(entry, dict)]

    def catalogue(self, pack: RawPack) -> Catalogue | None:
        """The catalogue; None when any part of it has the wrong shape."""
        municipality = self._single(pack.municipality, Municipality, MUNICIPALITY_FILE)
        institutions = self._list(pack.institutions, Institution, INSTITUTIONS_FILE)
        services = self._list(pack.services, Service, SERVICES_FILE)
        mobile_library = self._single(pack.mobile_library, MobileLibrary, MOBILE_LIBRARY_FILE)
        problem_map = self._single(pack.problem_map, ProblemMap, PROBLEM_MAP_FILE)
        if municipality is None:
            return None
        return Catalogue(
            municipality=municipality,
            institutions=institutions,
            services=services,
            mobile_library=mobile_library,
            problem_map=problem_map,
        )

    def _single(self, entry: Entry | None, shape: type[_Shape], file: str) -> _Shape | None:
        return self._converted(entry, shape, file, None) if entry is not None else None

    def _list(self, entries: Sequence[Entry], shape: type[_Shape], file: str) -> tuple[_Shape, ...]:
        named = ((entry, entry_name(entry, position)) for position, entry in enumerate(entries))
        converted = (self._converted(entry, shape, file, name) for entry, name in named)
        return tuple(found for found in converted if found is not None)

    def _converted(self, entry: Entry, shape: type[_Shape], file: str, name: str | None) -> _Shape | None:
        try:
            return msgspec.convert(_expanded(entry, shape), shape)
        except msgspec.ValidationError as error:
            found = _error(file, name, *_place_and_message(str(error)))
        # What a rule has already said about this field need not be said again in msgspec's words.
        if not any((f.file, f.entry, f.field) == (file, name, found.field) for f in self.findings):
            self.findings.append(found)
        return None


def _expanded(entry: Entry, shape: type) -> dict[str, object]:
    """The entry with the pack's short forms written out as the dataclasses have them."""
    expanded = dict(entry)
    if shape is Service:
        text = expanded.pop("provider_text", None)
        expanded["provider"] = {"institution": expanded.get("provider"), "text": text}
    labelled = expanded.get("other_contacts")
    if shape is Institution and isinstance(labelled, dict):
        expanded["other_contacts"] = list(labelled.items())
    return expanded


_MSGSPEC_MESSAGE = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(?P<name>.*)`")
_SHORT_FORMS = {"provider.institution": "provider", "provider.text": "provider_text"}


def _place_and_message(error: str) -> tuple[str | None, str]:
    """The field path in the pack's own words, and the message, of a msgspec error."""
    match = _MSGSPEC_MESSAGE.fullmatch(error)
    what, path = (match["what"], match["path"] or "") if match else (error, "")
    if missing := _MISSING.fullmatch(what):
        return ".".join(part for part in (path, missing["name"]) if part), "is missing"
    path = _SHORT_FORMS.get(path, path)
    if path.startswith("other_contacts["):
        path = "other_contacts"
    return path or None, what[:1].lower() + what[1:].replace("`", "")
