"""What benches of models are told alike: which models, on which device, what is kept where."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from core.embedding.models import STARTER, Model, find_model, full_name, read_model
from core.paths import default_model_cache


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give a bench the options --model, --model-folder, --out, --device and --cache."""
    parser.add_argument(
        "--model",
        metavar="NAME",
        action="append",
        default=[],
        help="an installed model; several are compared (default: the starter)",
    )
    parser.add_argument(
        "--model-folder",
        metavar="FOLDER",
        type=Path,
        action="append",
        default=[],
        help="a folder with open_clip_config.json and open_clip_model.safetensors, not installed",
    )
    parser.add_argument(
        "--out", metavar="FOLDER", type=Path, help="write text, Markdown, JSON, PNG"
    )
    parser.add_argument("--device", default="auto", help="auto, cuda, mps or cpu")
    parser.add_argument(
        "--cache",
        metavar="FOLDER",
        type=Path,
        default=Path(tempfile.gettempdir(), "souvenir-benchmarks", "quality"),
        help="where embeddings are kept between runs (default: %(default)s)",
    )


def chosen_models(arguments: argparse.Namespace) -> list[Model]:
    """The models that a bench was asked for, installed ones first; raises SouvenirError."""
    cache = default_model_cache()
    models = [find_model(full_name(name, cache), cache) for name in arguments.model]
    models += [read_model(folder, folder.resolve().name) for folder in arguments.model_folder]
    return models or [find_model(STARTER, cache)]
