"""Makes of a picture somebody sent a small plain one. Runs in a child process: see core/confined.py."""

from io import BytesIO

import pi_heif
from PIL import Image, ImageOps

from disputes.rules.files import PictureFault as Fault

PREVIEW_SIDE = 1600
PIXEL_LIMIT = 25_000_000  # what is decoded whole; a JPEG is read at a fraction of its size
QUALITY = 82
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError)


def preview(data: bytes) -> bytes:
    """A JPEG of at most 1600 pixels a side, turned upright, with nothing but its pixels; or a Fault's value.

    A picture of more than 25 million pixels is refused, unless it is a JPEG, whose decoder shrinks while reading.
    """
    pi_heif.register_heif_opener()
    try:
        return _shrunk(data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Fault.TOO_MANY_PIXELS.encode()
    except UNREADABLE:
        return Fault.UNREADABLE.encode()


def _shrunk(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as image:
        image.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
        if image.width * image.height > PIXEL_LIMIT:
            return Fault.TOO_MANY_PIXELS.encode()
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    out = BytesIO()
    plain.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
