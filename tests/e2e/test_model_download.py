"""A download that dies with the program goes on where it was after the next start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from core.embedding.models import WEIGHTS_FILE
from core.embedding.partial import DOWNLOADS, paused_downloads
from tests.helpers.hub_server import hub_server
from tests.helpers.patience import PATIENCE, until
from tests.helpers.small_hub import CONFIG, NAME, small_checkpoint

ROOT = Path(__file__).resolve().parents[2]
# `souvenir`, with the small model in open_clip's registry.
PROGRAM = f"""
import sys
import open_clip
open_clip.pretrained._PRETRAINED["small"] = {{"made_up": {{"hf_hub": "someone/small/"}}}}
open_clip.factory._MODEL_CONFIGS["small"] = {CONFIG!r}
from core.cli.entry import main
sys.exit(main(sys.argv[1:]))
"""
HELD, WRITTEN = 64_000, 48_000  # bytes sent; those of them that no buffer can hold back


def test_a_killed_download_goes_on_after_the_next_start(tmp_path: Path) -> None:
    models = tmp_path / "models"
    checkpoint = small_checkpoint(tmp_path / "source")
    with hub_server() as hub:
        hub.put("someone/small", WEIGHTS_FILE, checkpoint)
        places = {
            "HF_ENDPOINT": hub.address,
            "HF_HOME": str(tmp_path / "hub"),
            "NO_PROXY": "127.0.0.1",
            "SOUVENIR_LIBRARY": str(tmp_path / "library"),
            "SOUVENIR_MODELS": str(models),
        }

        def start(*words: str) -> subprocess.Popen[str]:
            return subprocess.Popen(
                [sys.executable, "-c", PROGRAM, "models", *words],
                env=os.environ | places,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )

        def fetched() -> int:
            partial = paused_downloads(models / DOWNLOADS).get(NAME)
            return partial.done if partial is not None else 0

        hub.hold_after = HELD
        killed = start("download", NAME)
        until(lambda: killed.poll() is not None or fetched() >= WRITTEN)
        killed.kill()
        remarks = killed.communicate()
        done = fetched()
        assert WRITTEN <= done <= HELD < len(checkpoint), remarks

        listed, _ = start("list", "--json").communicate(timeout=PATIENCE)
        (info,) = [model for model in json.loads(listed) if model["name"] == NAME]
        assert (info["installed"], info["fetched_bytes"]) == (False, done)

        hub.go_on()
        hub.asked.clear()
        said, told = start("download", NAME, "--json").communicate(timeout=PATIENCE)
        assert json.loads(said) == {"name": NAME, "installed": True}, told
        path = f"/someone/small/resolve/main/{WEIGHTS_FILE}"
        assert hub.asked == [("HEAD", path, ""), ("GET", path, f"bytes={done}-")]  # nothing else
        assert fetched() == 0
