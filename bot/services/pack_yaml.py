"""Data packs as YAML text: strict reading, and writing in the one layout that the shipped packs have.

Reading follows YAML 1.2's core types: only null, true, false and plain decimal numbers are no text.  A date
or "9:30" stays as written, and a wrong date is a finding of ours instead of the parser's exception.
"""

import re
from collections.abc import Hashable, Mapping

import msgspec
import yaml

from bot.core.catalogue import Catalogue
from bot.core.pack_shape import as_date

_WIDTH = 110


class PackSyntaxError(Exception):
    """The text is no YAML that a pack may hold; `line` and `column` count from 1, 0 when not known."""

    def __init__(self, problem: str, line: int = 0, column: int = 0) -> None:
        super().__init__(f"line {line}, column {column}: {problem}" if line else problem)
        self.line = line
        self.column = column


def _problem(message: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=message, problem_mark=node.start_mark)


class _Loader(yaml.CSafeLoader):
    """The safe loader with YAML 1.2's core types, refusing a key that stands twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        """Build a mapping; its keys are plain words, each once."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _problem("a key must be a word", key)
            if key.value in seen:
                raise _problem(f'the key "{key.value}" stands twice in one entry', key)
            seen.add(key.value)
            key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep=deep)


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"(?:null|~|)", ["n", "~", ""]),
    ("bool", r"(?:true|false)", ["t", "f"]),
    ("int", r"-?(?:0|[1-9][0-9]*)", list("-0123456789")),
    ("float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", list("-0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"{_pattern}$"), _first)


class _Dumper(yaml.SafeDumper):
    """Lists indented below their key, nothing shared by anchors."""

    def ignore_aliases(self, data: object) -> bool:
        """Write equal values out in full."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists too."""
        super().increase_indent(flow=flow, indentless=False)


def parse_yaml(content: bytes) -> object:
    """The value that the bytes of one file write; None for an empty file.

    Raises `PackSyntaxError` for what is no UTF-8, no YAML, or has one key twice.
    """
    try:
        return yaml.load(content.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PackSyntaxError("not UTF-8", line, 1) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "not YAML"
        raise PackSyntaxError(problem, *((mark.line + 1, mark.column + 1) if mark else ())) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise PackSyntaxError(str(error) or "not YAML") from error


def pack_files(catalogue: Catalogue) -> dict[str, str]:
    """The catalogue as the files of a pack, by file name; read again they give an equal catalogue."""
    files = {
        "municipality.yml": _dumped(catalogue.municipality),
        "institutions.yml": _dumped({"institutions": catalogue.institutions}),
        "services.yml": _dumped({"services": catalogue.services}),
    }
    if catalogue.mobile_library:
        files["mobile_library.yml"] = _dumped(catalogue.mobile_library)
    if catalogue.problem_map:
        files["problem_map.yml"] = _dumped(catalogue.problem_map)
    return files


def _dumped(value: object) -> str:
    written = _written(msgspec.to_builtins(value))
    text = yaml.dump(written, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    # A blank line between the entries of a long list, none before the first.
    return re.sub(r"(?<!:)\n  - id: ", "\n\n  - id: ", text)


def _written(value: object) -> object:
    """The value as a pack writes it: without what is absent, providers and contacts in their short form."""
    if isinstance(value, dict):
        return {name: _written(inner) for name, inner in _shortened(value).items() if not _is_absent(name, inner)}
    if isinstance(value, list | tuple):
        return [_written(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return as_date(value) or value


def _shortened(entry: Mapping[str, object]) -> dict[str, object]:
    written: dict[str, object] = {}
    for name, value in entry.items():
        if name == "provider" and isinstance(value, dict):
            written |= {"provider": value["institution"], "provider_text": value["text"]}
        elif name == "other_contacts" and isinstance(value, list | tuple):
            written[name] = dict(value) or None
        else:
            written[name] = value
    return written


def _is_absent(name: str, value: object) -> bool:
    # An empty list of requests is a statement: the charter names none.
    return value is None or (value in ([], ()) and name != "requests_to_residents")
