"""Texts: the same tokens and the same vectors as open_clip, without torch."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import pytest
import torch

from core.embedding.models import CONFIG_FILE, Model, find_model, read_model
from core.embedding.text import numpy_text_encoder
from core.embedding.tokenizer import clip_tokenizer
from core.errors import ModelError
from tests.helpers.small_models import TEXT, small_config, stored_model

ODD = [
    "",
    "   ",
    "a dog",
    "🐶 dog 🐕‍🦺!",
    "&lt;b&gt; caf&eacute; &amp;amp;amp; x",
    "海边的日落",
    "日本語テキスト123",
    "naïve café ﬁne",
    "schÃ¶n",
    "tab\tand\nnew\r\nlines",
    "it's we'll they'd I'm DON'T",
    "don’t “quote”",
    "ſ's İstanbul ǅ ß ẞ ª º",
    "１２３ ½ ² Ⅷ ٣",
    "e\u0301 \u200bzero\u200dwidth\u00a0nbsp\u3000ideographic",
    "\x1b[31mred\x1b[0m \x00\x07bell\x1c\x1dx",
    "<start_of_text> in <end_of_text> the middle",
    "!!!???... a_b-c/d\\e {}[]()",
    "x" * 3000,
    "many words " * 300,
]


def random_texts(count: int) -> list[str]:
    """Texts of characters from everywhere in Unicode, control characters included."""
    chance = random.Random(7)
    ranges = [(1, 127), (32, 127), (0xA0, 0x250), (0x300, 0x500), (0x4E00, 0x4F00)]
    ranges += [(0x2000, 0x2200), (0x1F300, 0x1F700), (0xFF00, 0xFFEF)]
    texts = []
    for _ in range(count):
        low, high = chance.choice(ranges), chance.choice(ranges)
        signs = [chance.randrange(*chance.choice([low, high])) for _ in range(chance.randrange(30))]
        texts.append("".join(map(chr, signs)))
    return texts


def reference(model: Model, texts: list[str]) -> np.ndarray[Any, Any]:
    """What open_clip itself makes of the texts."""
    clip = open_clip.create_model(f"local-dir:{model.weights.parent}").eval()
    tokenize = open_clip.get_tokenizer(f"local-dir:{model.weights.parent}")
    with torch.inference_mode():
        features: np.ndarray[Any, Any] = clip.encode_text(tokenize(texts), normalize=True).numpy()
    return features


def test_tokens_are_those_of_open_clip() -> None:
    theirs, ours = open_clip.SimpleTokenizer(), clip_tokenizer()
    for text in ODD + random_texts(2000):
        assert ours.encode(text) == theirs.encode(text), repr(text)


def test_tokens_of_real_captions_are_those_of_open_clip(shared: Path) -> None:
    theirs, ours = open_clip.SimpleTokenizer(), clip_tokenizer()
    for file in sorted((shared / "text").glob("captions_*.txt")):
        for caption in file.read_text("utf-8").splitlines()[:1500]:
            assert ours.encode(caption) == theirs.encode(caption), caption


def test_a_long_text_is_cut_at_the_context_length_and_still_ends() -> None:
    tokenizer = clip_tokenizer()
    sequence = tokenizer.sequence("many words " * 300, 12)
    assert len(sequence) == 12
    assert (sequence[0], sequence[-1]) == (tokenizer.start, tokenizer.end)


@pytest.mark.timeout(60)  # it would take hours, were every letter merged
def test_a_text_of_a_million_letters_is_cut_in_good_time() -> None:
    tokenizer = clip_tokenizer()
    chance = random.Random(1)
    word = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=4100))
    for text in (word * 250, f"{word[:20]} " * 50_000):
        assert len(tokenizer.sequence(text, 77)) == 77


def test_the_starter_model_embeds_texts_as_open_clip_does(tmp_path: Path) -> None:
    model = find_model("starter", tmp_path)
    encoder = numpy_text_encoder(model)
    assert encoder is not None
    texts = ODD + random_texts(30)
    ours = encoder.encode_texts(texts)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    assert np.abs(ours - reference(model, texts)).max() <= 1e-4


def test_the_text_tower_of_vit_b_32_is_computed_as_open_clip_does(tmp_path: Path) -> None:
    full_size = {"context_length": 77, "width": 512, "heads": 8, "layers": 12}
    model = stored_model(tmp_path / "m", small_config(text=full_size))
    encoder = numpy_text_encoder(model)
    assert encoder is not None
    assert np.abs(encoder.encode_texts(ODD) - reference(model, ODD)).max() <= 1e-4


@pytest.mark.parametrize(
    "variant",
    [
        {"custom_text": True},
        {"quick_gelu": True},
        {"custom_text": True, "text": {"no_causal_mask": True}},
        {"text": {"proj_bias": True}},
        {"text": {"act_kwargs": {"approximate": "tanh"}, "norm_kwargs": {"eps": 1e-3}}},
    ],
    ids=str,
)
def test_the_ways_in_which_text_towers_differ(variant: dict[str, Any], tmp_path: Path) -> None:
    model = stored_model(tmp_path / "m", small_config(**variant))
    encoder = numpy_text_encoder(model)
    assert encoder is not None
    assert np.abs(encoder.encode_texts(ODD) - reference(model, ODD)).max() <= 1e-4


def test_half_precision_weights_give_nearly_the_same(tmp_path: Path) -> None:
    model = stored_model(tmp_path / "m", small_config())
    exact = numpy_text_encoder(model)
    weights = open_clip.factory.load_state_dict(str(model.weights))
    import safetensors.torch

    for dtype in (torch.float16, torch.bfloat16):
        halved = {name: value.to(dtype) for name, value in weights.items()}
        safetensors.torch.save_file(halved, tmp_path / "m" / "open_clip_model.safetensors")
        half = numpy_text_encoder(read_model(tmp_path / "m", "half"))
        assert exact is not None
        assert half is not None
        likeness = (exact.encode_texts(ODD) * half.encode_texts(ODD)).sum(axis=1)
        assert likeness.min() > 0.999


@pytest.mark.parametrize(
    "text",
    [
        {"hf_model_name": "some/bert"},
        {"hf_tokenizer_name": "some/tokenizer"},
        {"pool_type": "last"},
        {"embed_cls": True},
        {"ls_init_value": 0.1},
        {"something_new": 1},
    ],
    ids=str,
)
def test_a_tower_that_numpy_cannot_compute_is_left_to_torch(
    text: dict[str, Any], tmp_path: Path
) -> None:
    model = stored_model(tmp_path / "m", small_config())
    config = small_config(text=text)
    (tmp_path / "m" / CONFIG_FILE).write_text(json.dumps({"model_cfg": config}))
    assert numpy_text_encoder(read_model(tmp_path / "m", model.name)) is None


def test_a_text_is_embedded_alike_alone_and_among_others(tmp_path: Path) -> None:
    encoder = numpy_text_encoder(find_model("starter", tmp_path))
    assert encoder is not None
    among = encoder.encode_texts(["a dog", "a red tent by a lake", "a cat", "snow"])
    np.testing.assert_allclose(encoder.encode_texts(["a cat"])[0], among[2], atol=1e-5)
    assert encoder.encode_texts([]).shape == (0, among.shape[1])


def test_a_search_imports_no_torch() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from core.embedding.models import find_model, list_models\n"
        "from core.embedding.text import numpy_text_encoder\n"
        "from core.embedding.worker import EmbeddingWorker\n"
        "list_models(Path('nowhere')); model = find_model('starter', Path('nowhere'))\n"
        "worker = EmbeddingWorker(model)\n"
        "assert worker.encode_texts(['a dog']).result().shape == (1, model.dim)\n"
        "worker.close()\n"
        "print({'torch', 'open_clip', 'timm', 'ftfy', 'regex', 'huggingface_hub'} & {*sys.modules})"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        check=False,
        capture_output=True,
        text=True,
        cwd=root,
    )
    assert (done.stdout.strip(), done.stderr) == ("set()", "")


@pytest.mark.parametrize("kept", [0, 4, 200, -100])
def test_cut_off_weights_are_said_to_be_so(kept: int, tmp_path: Path) -> None:
    model = stored_model(tmp_path / "m", small_config())
    model.weights.write_bytes(model.weights.read_bytes()[:kept])
    with pytest.raises(ModelError, match="install the model again"):
        numpy_text_encoder(model)


def test_weights_without_the_tower_are_left_to_torch(tmp_path: Path) -> None:
    model = stored_model(tmp_path / "m", small_config(text={"layers": 1}))
    deeper = json.dumps({"model_cfg": small_config(text=TEXT | {"width": 48})})
    (tmp_path / "m" / CONFIG_FILE).write_text(deeper)
    assert numpy_text_encoder(read_model(tmp_path / "m", model.name)) is None
