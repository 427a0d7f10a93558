"""Files as residents send them, good and bad."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

GPS, CAMERA = 0x8825, 0x010F


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), *, secret: str = "", orientation: int = 1) -> bytes:
    """Return a photo; with `secret` it carries the place, the camera and a comment that nobody meant to send."""
    made = Image.effect_noise(size, 40).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    more = {}
    if secret:
        exif[CAMERA] = secret
        exif.get_ifd(GPS)[29] = "2026:11:21"
        more = {"comment": secret.encode()} if kind == "JPEG" else {}
    written = io.BytesIO()
    made.save(written, kind, exif=exif, **more)
    return written.getvalue()


def packed(*names: str, mimetype: str | None = None, content: bytes = b"x") -> bytes:
    """Return a ZIP archive with these entries; OpenDocument and its like say what they are in the first one."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype is not None:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            archive.writestr(name, content)
    return written.getvalue()


DOCX = packed("[Content_Types].xml", "_rels/.rels", "word/document.xml")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"
