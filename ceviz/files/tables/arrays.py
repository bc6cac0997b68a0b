"""NumPy's files, .npy and .npz, as arrays of numbers or text. Nothing in them is ever unpickled."""

from __future__ import annotations

import io
import math
import struct
import warnings
import zipfile

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from ceviz.core.document import MAX_CLASSES, MAX_NUMBERS, MAX_SAMPLES
from ceviz.files.tables.table import PredictionsError, shortened

Array = NDArray[np.generic]

MAX_ARRAY_BYTES = 64 * 2**20
"""What one array may unpack to: a million numbers, or ten thousand long names."""
MAX_ALL_BYTES = 2 * MAX_ARRAY_BYTES
_MAX_ARRAYS = 64
_MAX_DIRECTORY = 2**20
"""Bytes of a zip archive's list of members that are read at all."""
_PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ZIP_MARK = b"PK\x03\x04"
NPY_MARK = npy.MAGIC_PREFIX

_REFUSED = {
    "O": "holds Python objects; reading them would run whatever the file says, so it is not done."
    " Save an array of plain numbers",
    "V": "is a structured array; save each of its fields as an array of its own",
    "c": "holds complex numbers; predictions are real",
    "M": "holds dates, not numbers",
    "m": "holds spans of time, not numbers",
}


def read_npy(content: bytes, name: str) -> Array:
    """The array in a .npy file, (N,) or (N, K). PredictionsError, naming `name`, for anything else."""
    source = io.BytesIO(content)
    shape, fortran, dtype = _header(source, name)
    if what := _REFUSED.get(dtype.kind):
        raise PredictionsError(name, what)
    if dtype.kind == "f" and dtype.itemsize > 8:
        raise PredictionsError(name, "numbers longer than 64 bits would be rounded; save them as float64")
    if dtype.itemsize == 0:
        raise PredictionsError(name, "holds texts without a single character")
    _check_shape(shape, name)
    count, room = math.prod(shape), len(content) - source.tell()
    if count * dtype.itemsize > MAX_ARRAY_BYTES:
        raise PredictionsError(name, f"{_shaped(shape)} does not fit here")
    if count * dtype.itemsize > room:
        missing = f"{count * dtype.itemsize:,} bytes of numbers are announced, {room:,} are there"
        raise PredictionsError(name, f"cut off: {missing}")
    if count * dtype.itemsize < room:
        raise PredictionsError(name, "more bytes follow after the array; save one array to a .npy file")
    array: Array = np.frombuffer(content, dtype, count, source.tell())
    return array.reshape(shape, order="F" if fortran else "C")


def _header(source: io.BytesIO, name: str) -> tuple[tuple[int, ...], bool, np.dtype[np.generic]]:
    try:
        version = npy.read_magic(source)
        read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        with warnings.catch_warnings(action="ignore"):
            shape, fortran, dtype = read(source)
            return tuple(map(int, shape)), fortran, dtype  # NumPy lets True pass for a length
    except Exception:  # NumPy's reader of headers raises whatever Python's parser does
        raise PredictionsError(name, "not a .npy file of NumPy, or its header is damaged") from None


def _check_shape(shape: tuple[int, ...], name: str) -> None:
    if len(shape) not in (1, 2):
        what = f"an array of {len(shape)} dimensions, {_shaped(shape)}" if shape else "a single number"
        raise PredictionsError(name, f"{what}; one row for each sample is needed, (N, K) or (N,)")
    rows, columns = shape[0], math.prod(shape[1:])
    if min(shape) < 1:
        raise PredictionsError(name, f"an empty array, {_shaped(shape)}")
    for count, most, what in (
        (rows, MAX_SAMPLES, "rows"),
        (columns, MAX_CLASSES, "columns"),
        (rows * columns, MAX_NUMBERS, "numbers"),
    ):
        if count > most:
            limit = f"at most {most:,} fit here; the Dataset view is for larger sets"
            raise PredictionsError(name, f"{count:,} {what}, {limit}")


def _shaped(shape: tuple[int, ...]) -> str:
    return " x ".join(f"{length:,}" for length in shape)


def read_npz(content: bytes) -> dict[str, Array | PredictionsError]:
    """The arrays of a .npz file by name, or why one of them cannot be read here.

    PredictionsError for what is no .npz file at all, or unpacks to too much.
    """
    _check_directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_members(members)
            return {_name(member): _array(archive, member) for member in members}
    except PredictionsError:
        raise
    except Exception:  # a damaged archive raises more than BadZipFile: struct, zlib, EOF, Unicode...
        raise PredictionsError("", "not a .npz file of NumPy, or it is damaged") from None


def _check_directory(content: bytes) -> None:
    """Refuse an archive with an enormous list of members before it is read."""
    at = content.rfind(b"PK\x05\x06")
    if at < 0 or len(content) < at + 22:
        raise PredictionsError("", "not a .npz file of NumPy, or it is cut off")
    count, size = struct.unpack("<HI", content[at + 10 : at + 16])
    # Archives of 4 GB and more have a second, larger record, which overrides this one.
    enormous = content[max(at - 20, 0) : at].startswith(b"PK\x06\x07")
    if enormous or count > _MAX_ARRAYS or size > _MAX_DIRECTORY:
        raise PredictionsError("", f"a .npz file of at most {_MAX_ARRAYS} arrays is read, this lists more")
    if count == 0:
        raise PredictionsError("", "the .npz file holds no arrays")


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if other := next((m.filename for m in members if not m.filename.endswith(".npy")), None):
        raise PredictionsError("", f"a zip archive with “{shortened(other)}” in it, not a .npz file of NumPy")
    if any(m.compress_type not in _PACKED_AS for m in members):
        raise PredictionsError("", "packed in a way that NumPy does not use; save it with NumPy")
    if len({member.filename for member in members}) < len(members):
        raise PredictionsError("", "two arrays of the .npz file have the same name")
    fitting = [member.file_size for member in members if member.file_size <= MAX_ARRAY_BYTES]
    if sum(fitting) > MAX_ALL_BYTES:
        raise PredictionsError("", f"unpacks to more than the {MAX_ALL_BYTES // 10**6} MB that are read")


def _name(member: zipfile.ZipInfo) -> str:
    return member.filename.removesuffix(".npy")


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Array | PredictionsError:
    name = f"“{shortened(_name(member))}”"
    if member.file_size > MAX_ARRAY_BYTES:
        size = f"{member.file_size / 10**6:,.0f} MB"
        return PredictionsError(name, f"unpacks to {size}, more than fits here, so it was not unpacked")
    try:
        with archive.open(member) as file:
            # Not read(): that unpacks all there is, however little was announced.
            return read_npy(file.read(member.file_size + 1), name)
    except PredictionsError as problem:
        return problem
