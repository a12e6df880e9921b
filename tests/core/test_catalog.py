"""The catalogue file: transactions that hold, readers beside a writer, versions, crashes."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from core.catalog import catalogue as catalogue_module
from core.catalog.catalogue import Catalogue
from core.catalog.check import check_catalogue
from core.catalog.files import FileKey, FileStat
from core.catalog.folders import add_folder, list_folders
from core.catalog.migrations import MIGRATIONS
from core.catalog.photos import PhotoContent, photo_ids, store_photo
from core.errors import CatalogueError, LibraryVersionError


def store_some(tx: sqlite3.Connection, start: int, count: int) -> None:
    folder = add_folder(tx, "/photos")
    for number in range(start, start + count):
        content = PhotoContent(number.to_bytes(16, "big"), 1000 + number, "JPEG", 40, 30)
        key = FileKey(folder.id, "", f"{number}.jpg")
        store_photo(tx, key, FileStat(1000 + number, number, number), content)


def stored(catalogue: Catalogue) -> int:
    with catalogue.reader() as c:
        return len(photo_ids(c, "added", descending=False))


def test_a_new_catalogue_is_empty_sound_and_records_its_migrations(tmp_path: Path) -> None:
    with Catalogue(tmp_path / "deep" / "er" / "c.sqlite") as catalogue, catalogue.reader() as c:
        assert check_catalogue(c) == []
        assert [name for (name,) in c.execute("SELECT name FROM migrations")] == list(MIGRATIONS)
        assert c.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert c.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_was_committed_is_there_after_opening_again(tmp_path: Path) -> None:
    with Catalogue(tmp_path / "c") as catalogue, catalogue.transaction() as tx:
        store_some(tx, 0, 3)
    with Catalogue(tmp_path / "c") as catalogue:
        assert stored(catalogue) == 3
    assert [path.name for path in tmp_path.glob("c*")] == ["c"]  # the log was folded in


@pytest.mark.parametrize("raised", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_transaction_rolls_back_whatever_is_raised(
    tmp_path: Path, raised: type[BaseException]
) -> None:
    with Catalogue(tmp_path / "c") as catalogue:
        with pytest.raises(raised), catalogue.transaction() as tx:  # noqa: PT012
            store_some(tx, 0, 3)
            raise raised
        assert stored(catalogue) == 0
        with catalogue.transaction() as tx:
            store_some(tx, 0, 1)
        assert stored(catalogue) == 1


def test_a_transaction_inside_a_transaction_is_a_bug_said_at_once(tmp_path: Path) -> None:
    with Catalogue(tmp_path / "c") as catalogue, catalogue.transaction():
        with pytest.raises(RuntimeError), catalogue.transaction():
            pass
        with pytest.raises(RuntimeError):
            catalogue.close()


def test_threads_write_in_turn_and_read_meanwhile(tmp_path: Path) -> None:
    with Catalogue(tmp_path / "c") as catalogue:
        seen: list[int] = []

        def write(start: int) -> None:
            for batch in range(5):
                with catalogue.transaction() as tx:
                    store_some(tx, start + 10 * batch, 10)
                seen.append(stored(catalogue))

        threads = [threading.Thread(target=write, args=(1000 * n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert stored(catalogue) == 200
        assert all(count % 10 == 0 for count in seen)


def test_a_reader_sees_nothing_that_is_not_committed(tmp_path: Path) -> None:
    with Catalogue(tmp_path / "c") as catalogue:
        with catalogue.transaction() as tx:
            store_some(tx, 0, 3)
            assert stored(catalogue) == 0
        assert stored(catalogue) == 3


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with (
        Catalogue(tmp_path / "c") as catalogue,
        pytest.raises(CatalogueError, match="cannot be written"),
        catalogue.reader() as c,
    ):
        add_folder(c, "/photos")


def test_closing_closes_the_connections_of_every_thread(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "c")
    connections: list[sqlite3.Connection] = []

    def read() -> None:
        with catalogue.reader() as c:
            connections.append(c)

    for _ in range(3):
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    read()
    catalogue.close()
    catalogue.close()
    for connection in connections:
        with pytest.raises(sqlite3.ProgrammingError):
            connection.execute("SELECT 1")
    with pytest.raises(CatalogueError, match="closed"), catalogue.reader():
        pass
    with pytest.raises(CatalogueError, match="closed"), catalogue.transaction():
        pass


def test_closing_interrupts_a_read_that_would_take_forever(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "c")
    reading = threading.Event()
    errors: list[CatalogueError] = []

    def read() -> None:
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
        try:
            with catalogue.reader() as c:
                for _ in c.execute(endless):
                    reading.set()
        except CatalogueError as error:
            errors.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    reading.wait()
    catalogue.close()
    thread.join()
    assert "closed" in str(errors[0])


def test_read_only_works_beside_a_writer(tmp_path: Path) -> None:
    with Catalogue(tmp_path / "c") as writer:
        with writer.transaction() as tx:
            store_some(tx, 0, 3)
        with Catalogue(tmp_path / "c", read_only=True) as beside:
            assert stored(beside) == 3
            with writer.transaction() as tx:
                store_some(tx, 3, 2)
                assert stored(beside) == 3
            assert stored(beside) == 5
            with (
                pytest.raises(CatalogueError, match="for reading only"),
                beside.transaction(),
            ):
                pass


def test_read_only_works_where_nothing_may_be_written() -> None:
    script = """if True:
        import os
        from pathlib import Path
        from core.catalog.catalogue import Catalogue
        from core.catalog.photos import photo_ids
        if os.getuid() == 0:  # the superuser may write anywhere
            os.setuid(65534)
        with Catalogue(Path("c"), read_only=True) as catalogue, catalogue.reader() as c:
            print(len(photo_ids(c, "taken", descending=True)))
    """
    # Not in tmp_path, which only its owner may enter.
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder)
        with Catalogue(library / "c") as catalogue, catalogue.transaction() as tx:
            store_some(tx, 0, 3)
        (library / "c").chmod(0o644)  # only its person may read it, otherwise
        library.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=library, capture_output=True, text=True, check=False
        )
        library.chmod(0o755)
        assert [path.name for path in library.iterdir()] == ["c"]
    assert (done.stdout, done.stderr) == ("3\n", "")


def test_read_only_says_when_there_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="index a folder first"):
        Catalogue(tmp_path / "none" / "c", read_only=True)
    assert not (tmp_path / "none").exists()


def test_read_only_does_not_set_up_what_only_a_writer_may(tmp_path: Path) -> None:
    (tmp_path / "c").touch()
    with pytest.raises(CatalogueError, match="not set up"):
        Catalogue(tmp_path / "c", read_only=True)
    assert (tmp_path / "c").stat().st_size == 0


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_schema_is_refused_and_left_untouched(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "c"
    with Catalogue(path) as catalogue, catalogue.transaction() as tx:
        tx.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    with pytest.raises(LibraryVersionError, match="newer Souvenir"):
        Catalogue(path, read_only=read_only)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "c"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CatalogueError, match="another program"):
        Catalogue(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"no database" * 100, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_file_that_is_no_database_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "c").write_bytes(content)
    with pytest.raises(CatalogueError, match="put back a copy"):
        Catalogue(tmp_path / "c")
    assert (tmp_path / "c").read_bytes() == content


def test_a_library_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CatalogueError, match="choose another folder"):
        Catalogue(tmp_path / "file" / "library" / "c")
    (tmp_path / "c").mkdir()
    with pytest.raises(CatalogueError, match="in the way"):
        Catalogue(tmp_path / "c")


def test_a_path_that_is_special_in_an_address_is_just_a_path(tmp_path: Path) -> None:
    path = tmp_path / "100% mine?mode=memory#照片\udc80" / "c"
    with Catalogue(path) as catalogue:
        with catalogue.transaction() as tx:
            store_some(tx, 0, 1)
        assert stored(catalogue) == 1
    assert path.exists()


def test_a_full_disk_becomes_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    with Catalogue(tmp_path / "c") as catalogue:
        with catalogue.transaction() as tx:
            store_some(tx, 0, 10)
        with catalogue.reader() as c:
            (pages,) = c.execute("PRAGMA page_count").fetchone()
        with catalogue.transaction() as tx:
            tx.execute(f"PRAGMA max_page_count = {pages + 3}")
        with (
            pytest.raises(CatalogueError, match=r"no room left.*free some space"),
            catalogue.transaction() as tx,
        ):
            store_some(tx, 10, 2000)
        assert stored(catalogue) == 10
        with catalogue.transaction() as tx:
            tx.execute("PRAGMA max_page_count = 1000000")
        with catalogue.transaction() as tx:
            store_some(tx, 10, 2000)
            assert check_catalogue(tx) == []
        assert stored(catalogue) == 2010


def test_another_program_that_holds_the_file_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_module, "_BUSY_SECONDS", 0.05)
    with Catalogue(tmp_path / "c") as catalogue:
        other = sqlite3.connect(tmp_path / "c", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CatalogueError, match="Another program"), catalogue.transaction():
            pass
        other.close()
        with catalogue.transaction() as tx:
            store_some(tx, 0, 1)
        assert stored(catalogue) == 1


def test_damage_met_while_reading_becomes_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "c"
    with Catalogue(path) as catalogue, catalogue.transaction() as tx:
        store_some(tx, 0, 500)
    content = bytearray(path.read_bytes())
    content[8192 * 2 :] = random.Random(1).randbytes(len(content) - 8192 * 2)
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match="damaged"), Catalogue(path) as catalogue:
        stored(catalogue)


def test_kill_in_a_transaction_leaves_what_was_committed(tmp_path: Path) -> None:
    script = (
        "import sys, time\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from pathlib import Path\n"
        "from test_catalog import Catalogue, store_some\n"
        f"catalogue = Catalogue(Path({str(tmp_path / 'c')!r}))\n"
        "with catalogue.transaction() as tx:\n"
        "    store_some(tx, 0, 20)\n"
        "with catalogue.transaction() as tx:\n"
        "    tx.execute('PRAGMA cache_size = 1')  # so that it spills into the log\n"
        "    store_some(tx, 20, 300)\n"
        "    print('inside', flush=True)\n"
        "    time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        process.send_signal(signal.SIGKILL)
    with Catalogue(tmp_path / "c", read_only=True) as catalogue:
        assert stored(catalogue) == 20
    with Catalogue(tmp_path / "c") as catalogue:
        with catalogue.transaction() as tx:
            assert check_catalogue(tx) == []
            store_some(tx, 20, 1)
        assert stored(catalogue) == 21


def test_kill_while_a_catalogue_is_made_leaves_one_that_can_be_made(tmp_path: Path) -> None:
    # A rollback journal that was never finished, as a crash before the first commit leaves it.
    torn = sqlite3.connect(tmp_path / "torn", isolation_level=None)
    torn.execute("PRAGMA cache_size = 1")
    torn.execute("CREATE TABLE a (b)")
    torn.execute("DROP TABLE a")
    torn.execute("BEGIN")
    torn.execute("CREATE TABLE half (made)")
    torn.executemany("INSERT INTO half VALUES (?)", [("x" * 5000,)] * 50)
    for suffix in ("", "-journal"):
        content = (tmp_path / f"torn{suffix}").read_bytes()
        (tmp_path / f"c{suffix}").write_bytes(content)
    torn.close()
    with Catalogue(tmp_path / "c") as catalogue, catalogue.reader() as c:
        assert check_catalogue(c) == []
        assert list_folders(c) == []
