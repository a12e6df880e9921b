"""Writing tags with real kills: at no moment is a file half, and nothing of others is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import os, signal, sys
from pathlib import Path

from PIL import Image

from core.catalog.catalogue import Catalogue
from core.catalog.edits import SetTitle, apply_edit
from core.catalog.files import FileKey, FileStat
from core.catalog.folders import add_folder
from core.catalog.label_edits import CreateLabels, SetTags
from core.catalog.labels import Label, find_label
from core.catalog.photos import store_photo
from core.events import Events
from core.imaging.reading import read_photo
from core.imaging.xmp_packet import Packet
from core.library.tag_writing import TagWriting
from core.paths import LibraryPaths

base = Path(sys.argv[1])
WATCHED = ("open", "os.link", "os.remove", "os.rename", "os.utime", "os.chmod", "os.chown")
THEIRS = Packet.empty()
THEIRS.set_words("subject", ["somebody's"])
THEIRS.set_title("A lake")


def lay_out(n):
    root, paths = base / f"photos{n}", LibraryPaths(base / f"library{n}")
    root.mkdir()
    paths.root.mkdir()
    with Catalogue(paths.catalogue) as catalogue, catalogue.transaction() as tx:
        watched = add_folder(tx, root)
        tx.execute("UPDATE folders SET writes = 'file'")
        apply_edit(tx, CreateLabels((Label("heron", ("a heron",)),)))
        label = find_label(tx, "heron")
        for name, colour in (("a.jpg", "red"), ("b.png", "blue")):
            Image.new("RGB", (60, 40), colour).save(root / name)
            status = (root / name).stat()
            stat = FileStat(status.st_size, status.st_mtime_ns, status.st_ino)
            content = read_photo(root / name, model_input=None, thumbnail_dir=None).content
            photo, _ = store_photo(tx, FileKey(watched.id, "", name), stat, content)
            apply_edit(tx, SetTags(label.id, {photo: True}))
            apply_edit(tx, SetTitle({photo: "Ours"}))
    (root / "b.png.xmp").write_bytes(THEIRS.as_file())
    return root, paths


def in_a_child(work, kill_at=None):
    child = os.fork()
    if child == 0:
        left = [kill_at]

        def hook(event, _args):
            if event in WATCHED and left[0] is not None:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            work()
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def write(root, paths):
    with Catalogue(paths.catalogue) as catalogue:
        for change in TagWriting(catalogue, paths, Events()).write(root, lambda: False):
            assert change.problem is None, change


def take_back(root, paths):
    with Catalogue(paths.catalogue) as catalogue:
        with catalogue.transaction() as tx:
            photos = [i for (i,) in tx.execute("SELECT id FROM photos")]
            label = find_label(tx, "heron")
            apply_edit(tx, SetTags(label.id, dict.fromkeys(photos)))
            apply_edit(tx, SetTitle(dict.fromkeys(photos)))
        for change in TagWriting(catalogue, paths, Events()).write(root, lambda: False):
            assert change.problem is None, change


def said(root):
    with Image.open(root / "a.jpg") as image:
        image.load()
        assert image.getpixel((30, 20))[0] > 250
        inside = image.info.get("xmp")
    beside = Packet.parse((root / "b.png.xmp").read_bytes())
    seen = {path.name for path in root.iterdir() if path.name[0] != "."}
    assert seen == {"a.jpg", "b.png", "b.png.xmp"}, seen
    assert (root / "b.png").read_bytes() == png
    return inside and Packet.parse(inside), beside


n = 0
while True:
    root, paths = lay_out(n)
    jpeg, png = (root / "a.jpg").read_bytes(), (root / "b.png").read_bytes()
    code = in_a_child(lambda: write(root, paths), n)
    inside, beside = said(root)
    assert inside is None or (inside.words["subject"], inside.title) == (("heron",), "Ours")
    subject, title = beside.words["subject"], beside.title
    assert (subject, title) in ((("somebody's",), "A lake"), (("somebody's", "heron"), "Ours"))
    if code == 0:
        break
    assert code == -signal.SIGKILL, code
    # With its new content it is another file to the catalogue: indexing knows it again.
    if (root / "a.jpg").read_bytes() == jpeg:
        assert in_a_child(lambda: write(root, paths)) == 0
        inside, beside = said(root)
        assert "heron" in inside.words["subject"] and "heron" in beside.words["subject"]
        assert in_a_child(lambda: take_back(root, paths)) == 0
        inside, beside = said(root)
        assert not any(inside.words.values()) and inside.title is None
        assert (beside.words["subject"], beside.title) == (("somebody's",), "A lake")
    n += 1
assert n >= 10, n
print("nothing half", n)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_killed_at_any_moment_no_file_is_half_and_the_next_time_mends_it(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert ran.stdout.startswith("nothing half"), ran.stderr
