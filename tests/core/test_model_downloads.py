"""Downloads of models from servers that are slow, cut off, lie or are gone, onto full disks."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.embedding.install import discard_download, download_model
from core.embedding.models import find_model, list_models
from core.embedding.network import Network
from core.embedding.partial import DOWNLOADS, paused_downloads
from core.errors import ModelDownloadError, ModelError
from tests.helpers.hub_server import Hub, hub_server
from tests.helpers.small_disk import fill_up, small_disk
from tests.helpers.small_hub import NAME, OTHER, WEIGHTS_PATH, small_hub, use_hub

pytestmark = pytest.mark.usefixtures("torch_at_hand")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with small_hub(tmp_path, monkeypatch) as hub:
        yield hub


def fetched(name: str, cache: Path) -> int:
    return {info.name: info.fetched for info in list_models(cache)}.get(name, 0)


def pause(name: str, cache: Path, hub: Hub, size: int) -> None:
    """Pause a download when exactly so many bytes of it have come."""
    told = [0]
    hub.hold_after = size
    with pytest.raises(ModelDownloadError, match="goes on where it was"):
        download_model(
            name,
            cache,
            progress=lambda done, _: told.append(done),
            cancel=lambda: told[-1] == size,
        )
    hub.go_on()
    assert fetched(name, cache) == size < len(hub.files[WEIGHTS_PATH])


def test_on_a_slow_line_progress_is_told_before_the_end(hub: Hub, cache: Path) -> None:
    hub.hold_after, hub.piece = 1_000, 20_000
    told: list[tuple[int, int | None]] = []

    def progress(done: int, total: int | None) -> None:
        told.append((done, total))
        hub.go_on()  # nothing more comes before something was told

    download_model(NAME, cache, progress=progress)
    whole = len(hub.files[WEIGHTS_PATH])
    assert told == sorted(told)
    assert told[0][0] <= 1_000
    assert told[-1] == (whole, whole)


def test_a_paused_download_is_listed_and_goes_on_by_range(hub: Hub, cache: Path) -> None:
    pause(NAME, cache, hub, size=10_000)
    hub.asked.clear()
    download_model(NAME, cache)
    assert hub.ranges_asked() == ["bytes=10000-"]
    assert fetched(NAME, cache) == 0
    assert {info.name: info.installed for info in list_models(cache)}[NAME]


def test_two_paused_downloads_do_not_disturb_each_other(hub: Hub, cache: Path) -> None:
    pause(NAME, cache, hub, size=10_000)
    pause(OTHER, cache, hub, size=20_000)
    download_model(NAME, cache)
    assert fetched(OTHER, cache) == 20_000
    discard_download(OTHER, cache)
    assert paused_downloads(cache / DOWNLOADS) == {}
    with pytest.raises(ModelError, match="No download of 'small/other' is paused"):
        discard_download(OTHER, cache)


def test_what_one_server_began_a_mirror_ends(
    hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    pause(NAME, cache, hub, size=10_000)
    with hub_server() as mirror:
        mirror.files = dict(hub.files)
        hub.asked.clear()
        download_model(NAME, cache, network=Network(mirror=mirror.address))
        assert mirror.ranges_asked() == ["bytes=10000-"]
        assert set(mirror.tokens) == {""}  # it is for the hub
        assert hub.asked == []


def test_a_proxy_is_gone_through(hub: Hub, cache: Path) -> None:
    network = Network(mirror="http://hub.example", proxy=hub.address)
    assert download_model(NAME, cache, network=network).dim == 16
    assert set(hub.hosts) == {"hub.example"}


def test_a_token_is_for_the_hub_and_not_for_where_it_points(
    hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with hub_server() as store:
        store.files["/far/away"] = hub.files[WEIGHTS_PATH]
        hub.moved[WEIGHTS_PATH] = f"{store.address}/far/away"
        download_model(NAME, cache)
        assert "Bearer hf_secret" in hub.tokens
        assert store.ranges_asked() == [""]
        assert set(store.tokens) == {""}


def test_a_wrong_checksum_is_noticed_and_nothing_of_it_is_kept(hub: Hub, cache: Path) -> None:
    hub.checksums[WEIGHTS_PATH] = "0" * 64
    with pytest.raises(ModelDownloadError, match=r"damaged, its checksum is wrong: try again"):
        download_model(NAME, cache)
    assert not list((cache / DOWNLOADS).glob("*"))
    hub.checksums.clear()
    assert download_model(NAME, cache).dim == 16


def test_a_damaged_part_of_a_paused_download_is_noticed(hub: Hub, cache: Path) -> None:
    pause(NAME, cache, hub, size=10_000)
    (part,) = (cache / DOWNLOADS).glob("*.part")
    part.write_bytes(b"\0" * part.stat().st_size)
    with pytest.raises(ModelDownloadError, match="checksum is wrong"):
        download_model(NAME, cache)
    assert download_model(NAME, cache).dim == 16


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, r"has no someone/small \(404\)"),
        (500, r"cannot be reached \(500 "),
    ],
)
def test_a_hub_that_refuses_is_said_in_a_sentence(
    status: int, said: str, hub: Hub, cache: Path
) -> None:
    hub.statuses[WEIGHTS_PATH] = status
    hub.words[WEIGHTS_PATH] = "RepoNotFound" if status == 401 else ""
    with pytest.raises(ModelDownloadError, match=said):
        download_model(NAME, cache)
    assert not list(cache.rglob("*.part*"))


def test_terms_that_must_be_accepted_are_said(hub: Hub, cache: Path) -> None:
    hub.statuses[WEIGHTS_PATH] = 403
    hub.words[WEIGHTS_PATH] = "GatedRepo"
    with pytest.raises(ModelDownloadError, match="accept them on its page"):
        download_model(NAME, cache)


def test_a_file_that_is_gone_half_way_is_said_and_what_came_stays(hub: Hub, cache: Path) -> None:
    pause(NAME, cache, hub, size=10_000)
    del hub.files[WEIGHTS_PATH]
    with pytest.raises(ModelDownloadError, match=r"\(404\): choose another model"):
        download_model(NAME, cache)
    assert fetched(NAME, cache) == 10_000


# Full disks


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


def test_a_disk_that_fills_up_is_said_and_the_download_goes_on_when_there_is_room(
    hub: Hub, disk: Path
) -> None:
    hub.piece = 20_000
    filler = disk / "photos of others"
    with pytest.raises(ModelDownloadError, match=r"No space left on device.*make room"):
        download_model(NAME, disk / "models", progress=lambda *_: fill_up(filler))
    done = fetched(NAME, disk / "models")
    assert done > 0
    with pytest.raises(ModelDownloadError, match="MB left and the model needs"):
        download_model(NAME, disk / "models")
    filler.unlink()
    hub.asked.clear()
    download_model(NAME, disk / "models")
    assert hub.ranges_asked() == [f"bytes={done}-"]


def test_a_file_that_may_not_grow_is_said_and_the_download_goes_on_later(
    hub: Hub, cache: Path
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(ModelDownloadError, match=r"File too large.*make room"):
            download_model(NAME, cache)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert fetched(NAME, cache) == 50_000
    hub.asked.clear()
    download_model(NAME, cache)
    assert hub.ranges_asked() == ["bytes=50000-"]


def test_a_disk_that_is_full_after_the_download_costs_no_second_download(
    hub: Hub, disk: Path
) -> None:
    filler = disk / "photos of others"

    def fill_at_the_end(done: int, total: int | None) -> None:
        if done == total:
            fill_up(filler)

    with pytest.raises(ModelError, match=r"cannot be stored .*No space left"):
        download_model(NAME, disk / "models", progress=fill_at_the_end)
    assert fetched(NAME, disk / "models") == len(hub.files[WEIGHTS_PATH])
    assert not list((disk / "models").glob(".new-*"))
    filler.unlink()
    hub.asked.clear()
    assert download_model(NAME, disk / "models") == find_model(NAME, disk / "models")
    assert hub.ranges_asked() == []


def test_a_mirror_that_is_not_there_is_named(
    hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hub.address
    with hub_server() as gone:
        use_hub(gone.address, monkeypatch)
    with pytest.raises(ModelDownloadError, match="name a mirror or a proxy"):
        download_model(NAME, cache)
