"""A file of many parts, packed so that the same parts make the same bytes on any day and any machine."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_ALWAYS = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o600 << 16


def unchanged(name: str, content: bytes) -> bytes:
    return content


def repacked(parcel: bytes, mend: Callable[[str, bytes], bytes] = unchanged) -> bytes:
    """The same parts in the same order, each as `mend` returns it, without the time of packing."""
    packed = BytesIO()
    with ZipFile(BytesIO(parcel)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, _ALWAYS)
            part.compress_type = ZIP_DEFLATED
            part.create_system, part.external_attr = 3, _READABLE
            new.writestr(part, mend(name, old.read(name)))
    return packed.getvalue()
