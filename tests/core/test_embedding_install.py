"""Installing models: whole or not at all, and one sentence when it cannot be done."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import huggingface_hub
import numpy as np
import open_clip
import pytest
import safetensors.torch
import torch
from filelock import FileLock

from core.embedding import download
from core.embedding.encoder import load_encoder
from core.embedding.install import check_packages, download_model, import_model, remove_model
from core.embedding.models import (
    CONFIG_FILE,
    STARTER,
    WEIGHTS_FILE,
    find_model,
    list_models,
    model_folder,
)
from core.embedding.precision import probe_pictures
from core.errors import ModelDownloadError, ModelError, UnsafeModelError
from tests.helpers.hub_server import Hub, hub_server
from tests.helpers.small_models import small_clip, small_config, store

pytestmark = pytest.mark.usefixtures("torch_at_hand")

CONFIG = small_config()
NAME = "small/made_up"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def checkpoint(tmp_path: Path) -> bytes:
    """The bytes of a small model's safetensors file."""
    store(small_clip(CONFIG), tmp_path / "source", CONFIG)
    return (tmp_path / "source" / WEIGHTS_FILE).read_bytes()


@pytest.fixture
def hub(tmp_path: Path, checkpoint: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub that offers the small model, which open_clip's registry knows as small/made_up."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(download, "PAUSE", 0.001)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    with hub_server() as hub:
        use_hub(hub.address, monkeypatch)
        hub.put("someone/small", WEIGHTS_FILE, checkpoint)
        weights = {
            "made_up": {"hf_hub": "someone/small/", "interpolation": "bilinear"},
            "elsewhere": {"url": f"{hub.address}/weights/small.pt"},
            "gone": {"hf_hub": "someone/nothing/"},
            "quick": {"hf_hub": "someone/small/", "quick_gelu": True},
        }
        monkeypatch.setitem(open_clip.pretrained._PRETRAINED, "small", weights)
        monkeypatch.setitem(open_clip.factory._MODEL_CONFIGS, "small", CONFIG)
        yield hub


def use_hub(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What HF_ENDPOINT does, which huggingface_hub reads once, when it is imported."""
    template = address + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", address)
    monkeypatch.setattr(huggingface_hub.constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)


def nothing_left(cache: Path) -> bool:
    """Whether the folder of models holds no model and no half of one."""
    return not [file for file in cache.rglob("*") if file.suffix in {".safetensors", ".json"}]


def test_a_model_is_downloaded_by_name_and_embeds(hub: Hub, cache: Path) -> None:
    steps: list[tuple[int, int | None]] = []
    model = download_model(NAME, cache, progress=lambda done, total: steps.append((done, total)))
    size = len(hub.files[f"/someone/small/resolve/main/{WEIGHTS_FILE}"])
    assert steps[-1] == (size, size)
    assert [done for done, _ in steps] == sorted({done for done, _ in steps})
    assert model == find_model(NAME, cache)
    assert model.dim == 16
    assert model.model_input.interpolation == "bilinear"
    assert model.key == f"{NAME}@{hashlib.sha256(model.weights.read_bytes()).hexdigest()[:12]}"
    encoder = load_encoder(model, device="cpu", cache=cache)
    assert encoder.encode_images(probe_pictures(32)).shape == (4, 16)
    assert not (cache / "downloads").exists()
    assert {info.name: info.installed for info in list_models(cache)}[NAME]


def test_an_installed_model_is_not_asked_for_again(hub: Hub, cache: Path) -> None:
    first = download_model(NAME, cache)
    hub.asked.clear()
    assert download_model(NAME, cache) == first
    assert hub.asked == []


def test_a_transfer_that_breaks_off_is_taken_up_where_it_was(hub: Hub, cache: Path) -> None:
    hub.cuts, hub.cut_after = 2, 10_000
    download_model(NAME, cache)
    assert hub.ranges_asked() == ["", "bytes=10000-", "bytes=20000-"]


def test_the_next_call_goes_on_where_the_last_one_failed(hub: Hub, cache: Path) -> None:
    hub.cuts, hub.cut_after = 1, 30_000
    path = f"/someone/small/resolve/main/{WEIGHTS_FILE}"

    def cut_the_line(done: int, _: int | None) -> None:
        if done >= 30_000:
            hub.statuses[path] = 503

    with pytest.raises(ModelDownloadError, match=r"broke off after 0\.0 of .* MB"):
        download_model(NAME, cache, progress=cut_the_line)
    assert nothing_left(cache)
    hub.statuses.clear()
    hub.asked.clear()
    model = download_model(NAME, cache)
    assert hub.ranges_asked() == ["bytes=30000-"]
    assert load_encoder(model, device="cpu", cache=cache).encode_texts(["a"]).shape == (1, 16)


def test_a_server_without_ranges_is_asked_for_all_of_it_again(hub: Hub, cache: Path) -> None:
    hub.cuts, hub.cut_after, hub.ranges = 1, 10_000, False
    assert download_model(NAME, cache).dim == 16


def test_a_cancelled_download_stops_and_can_go_on(hub: Hub, cache: Path) -> None:
    done = 0

    def count(now: int, _: int | None) -> None:
        nonlocal done
        done = now

    with pytest.raises(ModelDownloadError, match="stopped"):
        download_model(NAME, cache, progress=count, cancel=lambda: done > 0)
    assert nothing_left(cache)
    hub.asked.clear()
    download_model(NAME, cache)
    assert hub.ranges_asked() in ([f"bytes={done}-"], [])


def test_a_mirror_is_named_in_hf_endpoint(hub: Hub) -> None:
    code = (
        "from core.embedding.hub import find_on_hub\n"
        f"print(find_on_hub('someone/small', ['{WEIGHTS_FILE}']).url)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"HF_ENDPOINT": hub.address},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith(hub.address), done.stderr


def test_what_another_program_downloaded_is_used(hub: Hub, cache: Path, tmp_path: Path) -> None:
    code = f"import huggingface_hub as h; h.hf_hub_download('someone/small', '{WEIGHTS_FILE}')"
    places = {"HF_ENDPOINT": hub.address, "HF_HUB_CACHE": str(tmp_path / "hub")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | places,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    hub.asked.clear()
    download_model(NAME, cache)
    assert hub.asked == []
    assert list((tmp_path / "hub").rglob(WEIGHTS_FILE))  # it is theirs, and stays


def test_weights_at_a_plain_address_are_converted(hub: Hub, cache: Path, tmp_path: Path) -> None:
    torch.save({"state_dict": small_clip(CONFIG).state_dict()}, tmp_path / "small.pt")
    hub.files["/weights/small.pt"] = (tmp_path / "small.pt").read_bytes()
    hub.cuts, hub.cut_after = 1, 5_000
    model = download_model("small/elsewhere", cache)
    assert hub.ranges_asked() == ["", "bytes=5000-"]
    assert "visual.proj" in safetensors.torch.load_file(model.weights)


def test_weights_trained_with_quick_gelu_are_used_with_it(hub: Hub, cache: Path) -> None:
    assert hub.address
    assert download_model("small/quick", cache).config["quick_gelu"] is True


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("small/gone", r"has no open_clip_model.safetensors or .* \(404\)"),
        ("small/unheard_of", "choose from: made_up, elsewhere, gone, quick"),
        ("ViT-B-23/laion2b_s34b_b79k", "near it: ViT-B-32"),
        ("nonsense", "write ARCHITECTURE/WEIGHTS"),
        ("small/elsewhere", r"does not give the model \(404"),
    ],
)
def test_a_model_that_is_not_there_is_said_in_a_sentence(
    name: str, said: str, hub: Hub, cache: Path
) -> None:
    assert hub.address
    with pytest.raises(ModelError, match=said):
        download_model(name, cache)
    assert nothing_left(cache)


def test_a_server_that_is_gone_is_said_in_a_sentence(
    hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hub.address
    with hub_server() as gone:
        use_hub(gone.address, monkeypatch)
    with pytest.raises(ModelDownloadError, match=r"cannot be reached .* --mirror"):
        download_model(NAME, cache)


def test_a_server_that_vanishes_half_way_is_said_in_a_sentence(hub: Hub, cache: Path) -> None:
    hub.cuts, hub.cut_after = 99, 0
    with pytest.raises(ModelDownloadError, match="cannot be reached"):
        download_model(NAME, cache)
    assert nothing_left(cache)


def test_damaged_content_is_noticed_and_fetched_anew(
    hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hub.address
    monkeypatch.setattr(download, "file_sha256", lambda _: "0" * 64)
    with pytest.raises(ModelDownloadError, match="checksum"):
        download_model(NAME, cache)
    monkeypatch.undo()
    assert nothing_left(cache)
    assert not list((cache / "downloads").glob("*"))


def test_a_full_disk_is_said_before_anything_is_fetched(
    hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = download.shutil.disk_usage  # type: ignore[attr-defined]
    monkeypatch.setattr(
        download.shutil,  # type: ignore[attr-defined]
        "disk_usage",
        lambda folder: real(folder)._replace(free=1000),
    )
    with pytest.raises(ModelDownloadError, match="make room"):
        download_model(NAME, cache)
    assert hub.ranges_asked() == []


def test_one_installation_at_a_time(hub: Hub, cache: Path) -> None:
    assert hub.address
    cache.mkdir()
    with (
        FileLock(cache / "installing.lock"),
        pytest.raises(ModelError, match="Another Souvenir is installing"),
    ):
        download_model(NAME, cache)


def test_a_model_that_needs_a_missing_package_says_so_before_the_download() -> None:
    with pytest.raises(ModelError, match="transformers"):
        check_packages({"text_cfg": {"hf_tokenizer_name": "someone/words"}})


@pytest.mark.parametrize("suffix", [".safetensors", ".pt", ".pth", ".bin"])
def test_a_checkpoint_is_imported_and_stored_as_safetensors(
    suffix: str, tmp_path: Path, cache: Path
) -> None:
    file = tmp_path / f"mine{suffix}"
    clip = small_clip(CONFIG)
    (tmp_path / CONFIG_FILE).write_text(
        json.dumps({"model_cfg": CONFIG, "preprocess_cfg": {"resize_mode": "squash"}})
    )
    if suffix == ".safetensors":
        safetensors.torch.save_file(dict(clip.state_dict()), file)
    else:
        weights = {f"module.{name}": value for name, value in clip.state_dict().items()}
        torch.save({"epoch": 3, "state_dict": weights, "optimizer": {"lr": 0.1}}, file)
    model = import_model(file, cache)
    assert model.name == "local:mine"
    assert model.model_input.resize_mode == "squash"
    assert model == find_model("local:mine", cache)
    assert [path for path in (cache, *cache.rglob("*")) if path.stat().st_mode & 0o077] == []
    encoder = load_encoder(model, device="cpu", cache=cache)
    pictures = probe_pictures(32)
    with torch.inference_mode():
        mean, std = (torch.tensor(part).view(1, 3, 1, 1) for part in (model.mean, model.std))
        pixels = torch.from_numpy(pictures).permute(0, 3, 1, 2) / 255
        theirs = clip.encode_image((pixels - mean) / std, normalize=True)  # type: ignore[operator]
    assert (encoder.encode_images(pictures) * theirs.numpy()).sum(axis=1).min() > 0.999
    assert file.exists()


def test_half_precision_stays_half(tmp_path: Path, cache: Path, hub: Hub) -> None:
    assert hub.address
    halves = {name: value.half() for name, value in small_clip(CONFIG).state_dict().items()}
    torch.save(halves, tmp_path / "half.pt")
    model = import_model(tmp_path / "half.pt", cache, arch="small", name="my model")
    assert model.name == "local:my model"
    stored = safetensors.torch.load_file(model.weights)
    assert stored["visual.proj"].dtype == torch.float16


class Trap:
    """What a malicious checkpoint holds: unpickled, it would run a command."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"touch '{self.mark}'",)


def test_a_pickle_with_code_in_it_is_refused_and_not_run(
    hub: Hub, tmp_path: Path, cache: Path
) -> None:
    assert hub.address
    trap = Trap(tmp_path / "ran")
    torch.save({"state_dict": small_clip(CONFIG).state_dict(), "x": trap}, tmp_path / "a.pt")
    (tmp_path / "b.bin").write_bytes(pickle.dumps({"x": trap}))
    with pytest.raises(UnsafeModelError, match=r"posix\.system"):
        import_model(tmp_path / "a.pt", cache, arch="small")
    with pytest.raises(UnsafeModelError, match="could run code"):
        import_model(tmp_path / "b.bin", cache, arch="small")
    assert not (tmp_path / "ran").exists()
    assert nothing_left(cache)


def test_a_torchscript_program_is_refused(hub: Hub, tmp_path: Path, cache: Path) -> None:
    assert hub.address
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the format is old, and still found
        torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), tmp_path / "program.pt")
    with pytest.raises(UnsafeModelError, match="TorchScript"):
        import_model(tmp_path / "program.pt", cache, arch="small")


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
@pytest.mark.parametrize("damage", ["cut off", "nonsense", "empty"])
def test_a_damaged_checkpoint_is_said_to_be_so(
    suffix: str, damage: str, hub: Hub, tmp_path: Path, cache: Path, checkpoint: bytes
) -> None:
    assert hub.address
    file = tmp_path / f"bad{suffix}"
    if suffix == ".pt":
        torch.save(small_clip(CONFIG).state_dict(), file)
        checkpoint = file.read_bytes()
    content = {"cut off": checkpoint[: len(checkpoint) // 2], "nonsense": b"hello " * 99}
    file.write_bytes(content.get(damage, b""))
    with pytest.raises(ModelError, match=r"^bad.*(get it again|do not fit)"):
        import_model(file, cache, arch="small")
    assert nothing_left(cache)


def test_weights_of_another_architecture_are_refused(tmp_path: Path, cache: Path) -> None:
    torch.save(small_clip(small_config(text={"layers": 1})).state_dict(), tmp_path / "m.pt")
    (tmp_path / CONFIG_FILE).write_text(json.dumps({"model_cfg": CONFIG}))
    with pytest.raises(ModelError, match="do not fit the architecture"):
        import_model(tmp_path / "m.pt", cache)
    assert nothing_left(cache)


@pytest.mark.parametrize(
    ("file", "arch", "said"),
    [
        ("none.pt", None, "There is no file"),
        ("notes.txt", None, "is no checkpoint"),
        ("alone.pt", None, "Which architecture is alone.pt"),
        ("alone.pt", "ViT-B-23", "near it: ViT-B-32"),
    ],
)
def test_what_an_import_lacks_is_said(
    file: str, arch: str | None, said: str, tmp_path: Path, cache: Path
) -> None:
    for present in ("notes.txt", "alone.pt"):
        (tmp_path / present).write_bytes(b"x")
    with pytest.raises(ModelError, match=said):
        import_model(tmp_path / file, cache, arch=arch)


def test_a_description_that_makes_no_sense_is_said_to_be_so(tmp_path: Path, cache: Path) -> None:
    torch.save(small_clip(CONFIG).state_dict(), tmp_path / "m.pt")
    described: list[Any] = [{"model_cfg": {}}, {"model_cfg": []}, [1], CONFIG | {"unknown": 1}]
    for nonsense in described:
        (tmp_path / CONFIG_FILE).write_text(json.dumps(nonsense))
        with pytest.raises(ModelError):
            import_model(tmp_path / "m.pt", cache)
    assert nothing_left(cache)


def test_a_name_is_given_once_and_a_model_can_be_removed(
    hub: Hub, tmp_path: Path, cache: Path
) -> None:
    assert hub.address
    torch.save(small_clip(CONFIG).state_dict(), tmp_path / "m.pt")
    import_model(tmp_path / "m.pt", cache, arch="small", name="local:mine")
    with pytest.raises(ModelError, match="already"):
        import_model(tmp_path / "m.pt", cache, arch="small", name="mine")
    remove_model("local:mine", cache)
    with pytest.raises(ModelError, match="no imported model"):
        find_model("local:mine", cache)
    with pytest.raises(ModelError, match="not installed"):
        remove_model("local:mine", cache)
    assert nothing_left(cache)


def test_the_starter_stays_and_other_weights_make_another_key(cache: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be removed"):
        remove_model(STARTER, cache)
    keys = set()
    for seed in (1, 2):
        store(small_clip(CONFIG, seed), tmp_path / str(seed), CONFIG)
        file = tmp_path / str(seed) / WEIGHTS_FILE
        keys.add(import_model(file, cache, name=f"seed {seed}").key.partition("@")[2])
    assert len(keys) == 2


def test_the_list_names_starter_recommended_and_imported_models(
    tmp_path: Path, cache: Path
) -> None:
    store(small_clip(CONFIG), tmp_path / "source", CONFIG)
    import_model(tmp_path / "source" / WEIGHTS_FILE, cache, name="mine")
    infos = {info.name: info for info in list_models(cache)}
    assert next(iter(infos)) == STARTER
    assert infos[STARTER].installed
    assert not infos["ViT-B-32/laion2b_s34b_b79k"].installed
    assert infos["local:mine"].installed
    assert infos["local:mine"].bytes > 10_000
    for name in (name for name, info in infos.items() if not info.installed):
        architecture, weights = name.split("/")
        assert open_clip.get_pretrained_cfg(architecture, weights)


def test_a_damaged_description_hides_a_model_and_says_so(tmp_path: Path, cache: Path) -> None:
    store(small_clip(CONFIG), tmp_path / "source", CONFIG)
    model = import_model(tmp_path / "source" / WEIGHTS_FILE, cache, name="mine")
    described = model_folder(model.name, cache) / CONFIG_FILE
    for damage in ("{", "[]", '{"model_cfg": 3}'):
        described.write_text(damage)
        assert "local:mine" not in {info.name for info in list_models(cache)}
        with pytest.raises(ModelError, match="install"):
            find_model(model.name, cache)


def test_a_name_cannot_leave_the_folder_of_models(cache: Path) -> None:
    for name in ("local:../../etc", "../x/y", "local:..", "local:/etc/passwd"):
        assert model_folder(name, cache).parent == cache / "installed"
        assert model_folder(name, cache).name not in {"", ".", ".."}


def test_probe_pictures_are_always_the_same() -> None:
    assert np.array_equal(probe_pictures(24), probe_pictures(24))
