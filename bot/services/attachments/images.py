"""Photos without what nobody meant to send: place, camera, time and all that is hidden behind the picture."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps

from bot.core.attachment import MAX_PIXELS, AttachmentRefusedError, FileType

_FORMATS = {FileType.JPEG: "JPEG", FileType.PNG: "PNG", FileType.WEBP: "WEBP"}
_QUALITY = 90
_COLOUR_PROFILE = "icc_profile"
_WITHOUT_ALPHA = frozenset({"L", "RGB", "CMYK"})


def cleaned(path: Path, kind: FileType, target: Path) -> None:
    """Write the picture anew: upright, its first frame, with its colour profile and nothing else of the old file.

    Raises `AttachmentRefusedError` with `image_too_large` (before anything is unpacked) or `file_broken`.
    """
    try:
        with Image.open(path, formats=[_FORMATS[kind]]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise AttachmentRefusedError("image_too_large")
            upright = ImageOps.exif_transpose(picture)
            profile = picture.info.get(_COLOUR_PROFILE)
            _write(upright, kind, target, profile)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise AttachmentRefusedError("image_too_large") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        # Pillow's ways to say that a picture is cut off or was never one.
        raise AttachmentRefusedError("file_broken") from error


def _write(picture: Image.Image, kind: FileType, target: Path, profile: bytes | None) -> None:
    if kind is FileType.JPEG and picture.mode not in _WITHOUT_ALPHA:
        picture = picture.convert("RGB")
    # Whatever rides along with the picture - EXIF, XMP, comments - stands in `info` and is left behind.
    picture.info.clear()
    options = {_COLOUR_PROFILE: profile} if profile else {}
    if kind is FileType.PNG:
        picture.save(target, _FORMATS[kind], optimize=False, **options)
    else:
        picture.save(target, _FORMATS[kind], quality=_QUALITY, **options)
