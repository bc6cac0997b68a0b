"""JSON text of a document: its shape, and what is wrong with a text that does not have it."""

from __future__ import annotations

import codecs
import re
from typing import Any, Literal, NoReturn

import msgspec

from ceviz.core.document import MAX_MODELS, MAX_NUMBERS, MAX_SAMPLES, Task

VERSION = 1
_MOST = {
    b"{": 2 * len(Task) * MAX_SAMPLES,
    b"[": 2 * len(Task) * MAX_SAMPLES * (1 + MAX_MODELS),
    b",": 2 * len(Task) * 2 * MAX_NUMBERS,
}
"""Objects, lists and values in a text: about twice as many as in the largest document."""
# Possessive, so that a string of megabytes takes a moment and no memory.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"')


class DocumentError(Exception):
    """A text that is no document. Reads "WHERE: WHAT"."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


class SampleJson(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    target: list[float]
    weight: float = 1.0
    ignored: bool = False


class ModelJson(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    input: str
    predictions: list[list[float | Literal["inf", "-inf"]]]


class OptionsJson(msgspec.Struct, forbid_unknown_fields=True):
    unit: str = "nats"
    convention: str = "exact"
    call: str | None = None
    precision: str = "float64"
    reduction: str = "mean"
    temperature: float = 1.0
    label_smoothing: float = 0.0
    class_weights: list[float] | None = None
    pos_weight: list[float] | None = None
    focal_gamma: float | None = None
    focal_alpha: float | list[float] | None = None


class TaskJson(msgspec.Struct, forbid_unknown_fields=True):
    classes: list[str]
    samples: list[SampleJson]
    models: list[ModelJson]
    options: OptionsJson = msgspec.field(default_factory=OptionsJson)


class TasksJson(msgspec.Struct, forbid_unknown_fields=True):
    multiclass: TaskJson | None = None
    soft: TaskJson | None = None
    binary: TaskJson | None = None
    multilabel: TaskJson | None = None


class TaskViewJson(msgspec.Struct, forbid_unknown_fields=True):
    sample: int = 1
    lens: str | None = None
    overlay: bool = False
    compare: bool = False
    fresh: bool = False


class ViewJson(msgspec.Struct, forbid_unknown_fields=True):
    multiclass: TaskViewJson | None = None
    soft: TaskViewJson | None = None
    binary: TaskViewJson | None = None
    multilabel: TaskViewJson | None = None


class DocumentJson(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    version: int
    active_task: str
    tasks: TasksJson
    view: ViewJson = msgspec.field(default_factory=ViewJson)


class _Header(msgspec.Struct):
    """What tells a document from another program's JSON; all else is passed over."""

    format: Any = None
    version: Any = None


def decode(text: str | bytes) -> DocumentJson:
    """The document in a JSON text. DocumentError where the text does not have the shape of one."""
    data = _utf8(text)
    try:
        _check_header(msgspec.json.decode(data, type=_Header))
        _check_size(data)
        document = msgspec.json.decode(data, type=DocumentJson)
    except msgspec.ValidationError as error:
        _raise_shape(str(error))
    except msgspec.DecodeError as error:
        _raise_syntax(str(error), data)
    except RecursionError:
        raise DocumentError("document", "nested too deeply") from None
    _check_repeated_keys(data.decode())
    return document


def _check_size(data: bytes) -> None:
    """Refuse what holds more values than any document, before they take many times its size in memory."""
    # Names may hold commas and brackets, too.
    if _is_too_large(data) and _is_too_large(_STRING.sub(b"", data)):
        raise DocumentError("document", "far more numbers than fit here; the Dataset view is for larger sets")


def _is_too_large(data: bytes) -> bool:
    return any(data.count(sign) > most for sign, most in _MOST.items())


def quoted(text: str) -> str:
    """A text of the file for use in a message: quoted, on one line, not endless."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:60])
    return f'"{shown}{"..." if len(text) > 60 else ""}"'


def _utf8(text: str | bytes) -> bytes:
    try:
        data = text.encode() if isinstance(text, str) else text
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise DocumentError("document", "UTF-16 text; documents are UTF-8")
        data.decode()
    except UnicodeEncodeError:
        raise DocumentError("document", "not Unicode text") from None
    except UnicodeDecodeError as error:
        raise DocumentError(_line(data, error.start), "not UTF-8 text") from None
    # Some editors put a byte order mark in front of UTF-8.
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise DocumentError("line 1", "the file is empty")
    return data


def _line(data: bytes, position: int) -> str:
    number = data.count(b"\n", 0, position) + 1
    return f"line {number}"


def _check_header(header: _Header) -> None:
    if header.format != "ceviz":
        raise DocumentError("format", 'expected "ceviz"; this is not a ceviz document')
    if type(header.version) is not int or header.version < 1:
        raise DocumentError("version", f"expected {VERSION}")
    if header.version > VERSION:
        raise DocumentError("version", "written by a newer ceviz")


def _raise_syntax(message: str, data: bytes) -> NoReturn:
    found = re.search(r"^JSON is malformed: (.*) \(byte (\d+)\)$", message)
    if not found:
        raise DocumentError(_line(data, len(data)), "the text ends too early")
    position = int(found[2])
    token = re.compile(rb"-?(NaN|Infinity)").match(data, position - (data[position - 1 : position] == b"-"))
    if token:
        raise DocumentError(_line(data, position), f"{token[0].decode()} is not a JSON number")
    raise DocumentError(_line(data, position), f"not JSON: {found[1]}")


_KINDS = {
    "float": "a number",
    "int": "a whole number",
    "str": "a string",
    "array": "a list",
    "object": "an object",
    "bool": "true or false",
    "null": "null",
}


def _raise_shape(message: str) -> NoReturn:
    what, _, path = message.rpartition(" - at `$")
    what, where = (what, path.removesuffix("`").lstrip(".")) if what else (message, "")
    if field := re.search(r"^Object (contains unknown|missing required) field `(.*)`$", what, re.DOTALL):
        key = field[2] if re.fullmatch(r"\w{1,60}", field[2]) else quoted(field[2])
        problem = "unknown key" if field[1].startswith("contains") else "missing"
        raise DocumentError(f"{where}.{key}" if where else key, problem)
    if not where:
        raise DocumentError("format", 'expected "ceviz"; this is not a ceviz document')
    raise DocumentError(where, _plain(what))


def _plain(what: str) -> str:
    """A type complaint of msgspec in the words of a person."""
    if "out of range" in what:
        return "too large a number"
    if wrong := re.search(r"^Invalid enum value '(.*)'$", what, re.DOTALL):
        return f'expected a number, "inf" or "-inf", got {quoted(wrong[1])}'
    if types := re.search(r"^Expected `(.*)`, got `(.*)`$", what):
        # "str" beside "float" stands for the two strings that logits may be.
        expected = types[1].replace("float | str", "float").split(" | ")
        got = "a number" if types[2] in ("int", "float") and "int" not in expected else _KINDS[types[2]]
        return f"expected {' or '.join(_KINDS[kind] for kind in expected)}, got {got}"
    return what


# Possessive, so that a string of megabytes takes a moment and no memory.
_TOKEN = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+")(\s*+:)?|[\[\]{}]')


def _check_repeated_keys(text: str) -> None:
    """Refuse an object that has a key twice, which a JSON decoder settles silently. `text` is valid."""
    seen: list[set[str] | None] = []  # of the containers around this token: an object's keys, None for a list
    path: list[str | int] = []
    for token in _TOKEN.finditer(text):
        symbol = token[0]
        if symbol in "[{":
            if seen and seen[-1] is None:
                path[-1] = int(path[-1]) + 1
            seen.append(set() if symbol == "{" else None)
            path.append("" if symbol == "{" else -1)
        elif symbol in "]}":
            seen.pop()
            path.pop()
        elif token[2] and (keys := seen[-1]) is not None:
            key = path[-1] = str(msgspec.json.decode(token[1]))
            if key in keys:
                raise DocumentError(_dotted(path), "appears twice")
            keys.add(key)


def _dotted(path: list[str | int]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
