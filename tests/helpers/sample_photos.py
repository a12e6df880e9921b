"""Real photographs for the demo and the tests, from packages that development needs anyway.

scikit-image and scikit-learn ship them inside their wheels, so nothing is downloaded:

    python -m tests.helpers.sample_photos FOLDER      copies them there
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

# Our name for each photograph → the package and the file in it.
PHOTOS = {
    "astronaut.png": ("skimage", "data/astronaut.png"),
    "brick wall.png": ("skimage", "data/brick.png"),
    "cat.png": ("skimage", "data/chelsea.png"),
    "coffee.png": ("skimage", "data/coffee.png"),
    "flowers/flower.jpg": ("sklearn", "datasets/images/flower.jpg"),
    "galaxies.jpg": ("skimage", "data/hubble_deep_field.jpg"),
    "grass.png": ("skimage", "data/grass.png"),
    "gravel.png": ("skimage", "data/gravel.png"),
    "man with camera.png": ("skimage", "data/camera.png"),
    "moon.png": ("skimage", "data/moon.png"),
    "motorcycle.png": ("skimage", "data/motorcycle_left.png"),
    "old coins.png": ("skimage", "data/coins.png"),
    "rocket.jpg": ("skimage", "data/rocket.jpg"),
    "travel/china.jpg": ("sklearn", "datasets/images/china.jpg"),
    "travel/motorcycle from the right.png": ("skimage", "data/motorcycle_right.png"),
}


def copy_sample_photos(folder: Path) -> list[Path]:
    """Copy the photographs into `folder`; returns their paths, sorted."""
    copies = []
    for name, (package, inside) in PHOTOS.items():
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(f"{package} is not installed: run 'make setup'", name=package)
        copy = folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(spec.origin).parent / inside, copy)
        copies.append(copy)
    return sorted(copies)


if __name__ == "__main__":
    copy_sample_photos(Path(sys.argv[1]))
