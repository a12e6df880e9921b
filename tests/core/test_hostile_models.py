"""Models from strangers: their names are no paths, their descriptions lead nowhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import open_clip
import pytest
from PIL import Image

from core.embedding.architecture import check_architecture, check_text_files
from core.embedding.install import import_model, remove_model
from core.embedding.models import (
    CONFIG_FILE,
    WEIGHTS_FILE,
    find_model,
    installed_folder,
    list_models,
    model_folder,
)
from core.embedding.openclip import checkpoints
from core.errors import ModelError, UnsafeModelError
from tests.helpers.commands import on_library
from tests.helpers.hub_server import Hub, hub_server
from tests.helpers.small_models import CONVOLUTIONS, small_clip, small_config, store

pytestmark = pytest.mark.usefixtures("torch_at_hand")

ROOT = Path(__file__).resolve().parents[2]
HUB_NAMES = ("hf-hub:evil/model", "hf_hub:evil/model", "local-dir:/etc", "evil/model", "//host/x")
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with a small model."""
    config = small_config()
    store(small_clip(config), tmp_path / "source", config)
    return tmp_path / "source"


def describe(folder: Path, change: Change) -> None:
    """Change the model_cfg in a folder."""
    stored = json.loads((folder / CONFIG_FILE).read_text("utf-8"))
    change(stored["model_cfg"])
    (folder / CONFIG_FILE).write_text(json.dumps(stored), "utf-8")


def nothing_left(cache: Path) -> bool:
    """Whether there is no model in `cache`, and no part of one."""
    left = [*cache.glob(".*"), *(cache / "installed").glob("*")]
    return not left


# Names


@pytest.mark.parametrize(
    "name", ["..", ".", "", "/", "...", "local:..", "local:.", "../installed", "*", "one/../one"]
)
def test_a_name_is_looked_up_in_what_is_installed(source: Path, cache: Path, name: str) -> None:
    import_model(source, cache, name="one")
    kept = sorted(cache.rglob("*"))
    with pytest.raises(ModelError, match="not installed"):
        remove_model(name, cache)
    with pytest.raises(ModelError, match=r"no model|no imported model|not installed"):
        find_model(name, cache)
    assert sorted(cache.rglob("*")) == kept


def test_the_command_removes_no_other_model(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = on_library(tmp_path / "library", capsys)
    assert run("models", "import", source, "--name", "one")[0] == 0
    for name in ("..", "local:..", "/", ""):
        code, _, remark = run("models", "remove", name)
        assert code == 1
        assert "is not installed" in remark
    assert installed_folder("local:one", tmp_path / "models") is not None
    assert run("models", "remove", "one")[0] == 0
    assert installed_folder("local:one", tmp_path / "models") is None


def test_models_whose_folders_would_have_one_name_are_two(source: Path, cache: Path) -> None:
    import_model(source, cache, name="a b")
    import_model(source, cache, name="a_b")
    assert find_model("local:a b", cache).weights != find_model("local:a_b", cache).weights
    remove_model("local:a_b", cache)
    assert find_model("local:a b", cache).name == "local:a b"
    with pytest.raises(ModelError, match="no imported model"):
        find_model("local:a_b", cache)


def test_a_damaged_model_can_be_removed_by_its_name(source: Path, cache: Path) -> None:
    import_model(source, cache, name="one")
    (model_folder("local:one", cache) / CONFIG_FILE).write_text("{", "utf-8")
    remove_model("local:one", cache)
    assert not list((cache / "installed").iterdir())


def test_a_copy_cannot_give_itself_a_name_that_is_a_path(source: Path, cache: Path) -> None:
    import_model(source, cache, name="one")
    copy = model_folder("local:one", cache)
    stored = json.loads((copy / CONFIG_FILE).read_text("utf-8"))
    stored["souvenir"]["name"] = "local:../../../\x1b[31mx"
    (copy / CONFIG_FILE).write_text(json.dumps(stored), "utf-8")
    assert import_model(copy, cache / "other").name == "local:local--one"


def test_a_checksum_that_is_a_path_makes_no_file(source: Path, cache: Path) -> None:
    import_model(source, cache, name="one")
    folder = model_folder("local:one", cache)
    stored = json.loads((folder / CONFIG_FILE).read_text("utf-8"))
    stored["souvenir"]["sha256"] = "../../../abc"
    (folder / CONFIG_FILE).write_text(json.dumps(stored), "utf-8")
    with pytest.raises(ModelError, match="its checksum is none"):
        find_model("local:one", cache)


# Descriptions that lead somewhere


def of_vision(**settings: Any) -> Change:
    return lambda config: config["vision_cfg"].update(settings)


def of_text(**settings: Any) -> Change:
    return lambda config: config["text_cfg"].update(settings)


PLACES: dict[str, Change] = {
    **{name: of_vision(timm_model_name=name) for name in HUB_NAMES},
    "a web address": of_text(hf_model_name="https://evil.example/model"),
    "a path": of_text(hf_model_name="/etc"),
    "a path upwards": of_text(hf_tokenizer_name="../../etc"),
    "a tokenizer by scheme": of_text(hf_tokenizer_name="hf-hub:evil/model"),
    "some setting": of_vision(timm_pool="hf-hub:evil/model"),
    "on top": lambda config: config.update(pretrained="https://evil.example/weights.pt"),
    "image weights": of_vision(pretrained_image_path="/etc/passwd"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_description_that_leads_somewhere_is_refused(
    source: Path, cache: Path, place: str
) -> None:
    describe(source, PLACES[place])
    with pytest.raises(UnsafeModelError, match="refused because its description leads to"):
        import_model(source, cache)
    assert nothing_left(cache)


@pytest.mark.parametrize("place", PLACES)
def test_a_model_that_is_there_in_such_a_state_is_not_opened(
    source: Path, cache: Path, place: str
) -> None:
    import_model(source, cache, name="one")
    describe(model_folder("local:one", cache), PLACES[place])
    with pytest.raises(UnsafeModelError, match=r"is not opened .*models remove"):
        find_model("local:one", cache)
    assert "local:one" in {info.name for info in list_models(cache)}  # it can be removed
    remove_model("local:one", cache)


@pytest.mark.parametrize("name", [*HUB_NAMES, "hf-hub:evil-model", "../ViT-B-32"])
def test_an_architecture_is_one_that_open_clip_knows(source: Path, cache: Path, name: str) -> None:
    with pytest.raises(ModelError, match="open_clip knows no architecture"):
        import_model(source / WEIGHTS_FILE, cache, arch=name)
    with pytest.raises(ModelError, match="open_clip knows no architecture"):
        checkpoints.registry_entry(name, "weights")


@pytest.mark.parametrize(
    "settings",
    [{"trust_remote_code": True}, {"cache_dir": "x"}, {"force_download": True}, {"a": {}}, []],
)
def test_settings_of_a_tokenizer_are_few(source: Path, cache: Path, settings: object) -> None:
    describe(source, of_text(tokenizer_kwargs=settings))
    with pytest.raises(ModelError, match="tokenizer_kwargs holds what is not known"):
        import_model(source, cache)


@pytest.mark.parametrize("file", ["config.json", "tokenizer_config.json"])
def test_files_of_a_tokenizer_load_no_programs(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text('{"auto_map": {"AutoConfig": "evil--code.Config"}}', "utf-8")
    with pytest.raises(ValueError, match="auto_map"):
        check_text_files(tmp_path)
    (tmp_path / file).write_text('{"attn_implementation": "evil/kernel"}', "utf-8")
    with pytest.raises(ValueError, match="evil/kernel"):
        check_text_files(tmp_path)
    (tmp_path / file).write_text('{"model_type": "xlm-roberta", "hidden_size": 768}', "utf-8")
    check_text_files(tmp_path)


def test_a_model_with_such_files_is_refused(source: Path, cache: Path) -> None:
    describe(source, of_text(hf_tokenizer_name="someone/words"))
    (source / "tokenizer_config.json").write_text('{"auto_map": {"A": "evil--code.B"}}', "utf-8")
    # The package 'transformers' may be missing: what is refused is refused before it is needed.
    with pytest.raises(ModelError, match=r"auto_map|'transformers'"):
        import_model(source, cache)


def test_all_of_open_clips_own_architectures_pass() -> None:
    for name in open_clip.list_models():
        check_architecture(checkpoints.architecture_config(name))


# Descriptions of what no model is


ODD: dict[str, Change] = {
    "embed_dim is 1,000,000,000": lambda config: config.update(embed_dim=10**9),
    "embed_dim is not a number": lambda config: config.update(embed_dim="16"),
    "image_size is 1,000,000": of_vision(image_size=10**6),
    "image_size is -32": of_vision(image_size=-32),
    "patches of 1 are not supported": of_vision(image_size=2000, patch_size=1),
    "layers is 100,000": of_vision(layers=10**5),
    "layers is not": of_text(layers=True),
    "width is 1,000,000": of_text(width=10**6),
    "vocab_size is beyond all measure": of_text(vocab_size=10**40),
    "mlp_ratio is no number": of_vision(mlp_ratio=float("1e999")),
    "init_logit_scale is neither": lambda config: config.update(init_logit_scale=1e300),
    "vision_cfg is no table": lambda config: config.update(vision_cfg=[]),
    "norm_kwargs holds": of_vision(norm_kwargs={"eps": {}, "deep": 1}),
    "text_cfg is missing": lambda config: config.pop("text_cfg"),
}


@pytest.mark.parametrize("said", ODD)
def test_a_description_of_what_no_model_is_is_refused(source: Path, cache: Path, said: str) -> None:
    describe(source, ODD[said])
    with pytest.raises(ModelError, match=rf"is not what open_clip writes .*{said}|cannot be read"):
        import_model(source, cache)
    assert nothing_left(cache)


@pytest.mark.parametrize(
    "text", ["[" * 200_000, '{"a":' * 200_000, '{"model_cfg": NaN}', "{" + " " * (5 << 20) + "}"]
)
def test_a_description_that_is_no_small_table_is_refused(
    source: Path, cache: Path, text: str
) -> None:
    (source / CONFIG_FILE).write_text(text, "utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        import_model(source, cache)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_description_that_is_a_pipe_is_not_waited_for(source: Path, cache: Path) -> None:
    import_model(source, cache, name="one")
    described = model_folder("local:one", cache) / CONFIG_FILE
    described.unlink()
    os.mkfifo(described)
    assert "local:one" not in {info.name for info in list_models(cache)}
    with pytest.raises(ModelError):
        find_model("local:one", cache)


def test_a_model_much_larger_than_its_file_is_not_built(source: Path, cache: Path) -> None:
    describe(source, of_text(width=8192, heads=64, layers=64))  # 200 GB
    with pytest.raises(ModelError, match="do not fit the architecture"):
        import_model(source, cache)
    assert nothing_left(cache)


def test_nor_is_one_whose_size_only_its_name_says(source: Path, cache: Path) -> None:
    name = "eva02_enormous_patch14_clip_224"  # 17 GB
    describe(
        source, lambda config: config.update(vision_cfg=CONVOLUTIONS | {"timm_model_name": name})
    )
    with pytest.raises(ModelError, match="too little memory"):
        import_model(source, cache)
    assert nothing_left(cache)


# Models that do not work


def test_an_architecture_that_is_not_known_is_refused_at_import(source: Path, cache: Path) -> None:
    describe(source, of_vision(timm_model_name="no_such_model"))
    with pytest.raises(ModelError, match="open_clip cannot load"):
        import_model(source, cache)
    assert nothing_left(cache)


def test_weights_that_make_no_numbers_are_refused_at_import(tmp_path: Path, cache: Path) -> None:
    config = small_config()
    clip = small_clip(config)
    clip.state_dict()["visual.proj"].fill_(float("nan"))
    store(clip, tmp_path / "source", config)
    with pytest.raises(ModelError, match="makes no vectors of 16 usual numbers"):
        import_model(tmp_path / "source", cache)
    assert nothing_left(cache)


def test_a_copy_is_tried_as_well(source: Path, tmp_path: Path, cache: Path) -> None:
    import_model(source, tmp_path / "other", name="one")
    copy = model_folder("local:one", tmp_path / "other")
    describe(copy, of_vision(width=128))
    with pytest.raises(ModelError, match="open_clip cannot load"):
        import_model(copy, cache)
    assert nothing_left(cache)


# The network


@pytest.fixture
def hub() -> Iterator[Hub]:
    with hub_server() as hub:
        yield hub


def run_on(hub: Hub, tmp_path: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program of Python for which this is the Hugging Face hub."""
    places = {
        "HF_ENDPOINT": hub.address,
        "HF_HOME": str(tmp_path / "hub"),
        "NO_PROXY": "127.0.0.1",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
    }
    return subprocess.run(
        [sys.executable, *map(str, words)],
        env=os.environ | places,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_command_asks_the_hub_for_what_a_model_names(
    source: Path, cache: Path, hub: Hub, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (64, 48), "red").save(tmp_path / "photos" / "red.png")
    import_model(source, cache, name="one")
    for folder in (source, model_folder("local:one", cache)):
        describe(folder, of_vision(timm_model_name="hf-hub:evil/model"))
    for words in (
        ("models", "import", source, "--name", "two"),
        ("models", "import", source / WEIGHTS_FILE, "--arch", "hf-hub:evil/model"),
        ("--model", "local:one", "index", tmp_path / "photos"),
        ("--model", "local:one", "search", "a dog"),
        ("models", "measure", "local:one"),
    ):
        done = run_on(hub, tmp_path, "-m", "app", *words)
        assert done.returncode == 1, done.stderr
        assert "hf-hub:evil" in done.stderr
    assert hub.asked == []


TRYING = """
import multiprocessing, sys, urllib.request
from multiprocessing.shared_memory import SharedMemory
from core.embedding import building, encoder_process

def ask(*_, **__):
    import huggingface_hub
    try:
        huggingface_hub.hf_hub_download("evil/model", "config.json")
    except Exception as error:
        print(type(error).__name__)
    urllib.request.urlopen(sys.argv[1])

ours, theirs = multiprocessing.Pipe()
if sys.argv[2] == "encoder":
    encoder_process.load_encoder = ask
    memory = SharedMemory(create=True, size=1)
    encoder_process._serve(theirs, memory.name, None, "cpu", None)
    memory.close()
    memory.unlink()
else:
    building._build = ask
    building._work(theirs, None, "one", None)
print(ours.recv())
"""


@pytest.mark.parametrize("process", ["encoder", "builder"])
def test_processes_that_load_models_have_no_network(hub: Hub, tmp_path: Path, process: str) -> None:
    done = run_on(hub, tmp_path, "-c", TRYING, hub.address, process)
    assert "LocalEntryNotFoundError" in done.stdout, done.stderr  # the hub's library knows
    assert "no business on the network" in done.stdout  # and who does not ask it cannot either
    assert hub.asked == []


# Models that read words with transformers


@pytest.fixture
def multilingual(tmp_path: Path) -> Path:
    """A folder with a small model whose text tower and tokenizer are those of transformers."""
    transformers = pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")
    folder = tmp_path / "multilingual"
    folder.mkdir()
    words = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "dog": 4}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="<unk>"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    marks = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **marks).save_pretrained(
        folder
    )
    transformers.XLMRobertaConfig(
        vocab_size=50,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=40,
    ).save_pretrained(folder)
    text = {
        "hf_model_name": str(folder),
        "hf_model_pretrained": False,
        "hf_tokenizer_name": "someone/words",
        "context_length": 20,
    }
    config = small_config() | {"text_cfg": text, "custom_text": True}
    clip = small_clip(config)
    text["hf_model_name"] = "someone/tower"
    store(clip, folder, config)
    return folder


def test_what_reads_its_words_comes_from_its_folder(
    multilingual: Path, cache: Path, hub: Hub, tmp_path: Path
) -> None:
    import_model(multilingual, cache, name="one")
    found = run_on(hub, tmp_path, "-m", "app", "--model", "local:one", "embed", "--text", "dog")
    assert "16 numbers" in found.stdout, found.stderr
    assert hub.asked == []


def test_without_its_files_it_is_refused_and_nobody_is_asked(
    multilingual: Path, cache: Path
) -> None:
    (multilingual / "config.json").unlink()
    with pytest.raises(ModelError, match=r"cannot be had .*beside the one to import"):
        import_model(multilingual, cache, name="one")
    assert nothing_left(cache)
    (multilingual / "config.json").write_text('{"auto_map": {"A": "evil--code.B"}}', "utf-8")
    with pytest.raises(ModelError, match="auto_map"):
        import_model(multilingual, cache, name="one")
    assert nothing_left(cache)
