"""Draw the program's icon for Windows (.ico) and macOS (.icns).

python packaging/icons.py FOLDER
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImageReader

DRAWING = Path(__file__).resolve().parents[1] / "resources" / "icons" / "souvenir.svg"
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
LARGEST = 1024


def drawn(size: int) -> Image.Image:
    """The icon, size × size pixels, RGBA."""
    reader = QImageReader(str(DRAWING))
    reader.setScaledSize(QSize(size, size))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not reader.read().save(buffer, "PNG"):  # type: ignore[call-overload]
        raise SystemExit(f"{DRAWING} could not be drawn: {reader.errorString()}")
    return Image.open(io.BytesIO(buffer.data().data())).convert("RGBA")


def write_icons(folder: Path) -> list[Path]:
    """Write souvenir.ico and souvenir.icns; every size in them is drawn, none is scaled."""
    folder.mkdir(parents=True, exist_ok=True)
    ico, icns = folder / "souvenir.ico", folder / "souvenir.icns"
    drawings = [drawn(size) for size in ICO_SIZES]
    sizes = [image.size for image in drawings]
    drawings[-1].save(ico, sizes=sizes, append_images=drawings[:-1])
    smaller = [drawn(size) for size in (32, 64, 128, 256, 512)]
    drawn(LARGEST).save(icns, append_images=smaller)
    return [ico, icns]


if __name__ == "__main__":
    for written in write_icons(Path(sys.argv[1])):
        print(written)
