"""Making a model's weights from a checkpoint, and trying the model: in a process of its own.

Files of models come from strangers. What they make their packages do happens in a process that has
no network, takes no more memory than the file explains, and whose end hurts nobody.
"""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

from core.embedding.encoder import try_model
from core.embedding.encoder_process import process_context
from core.embedding.models import WEIGHTS_FILE, describe_model, read_config
from core.embedding.offline import stay_offline
from core.embedding.openclip import checkpoints
from core.embedding.weights import open_weights
from core.errors import ModelError, SouvenirError
from core.imaging.processes import settle_in

log = logging.getLogger(__name__)

# Of a checkpoint are in memory at most: twice in the model (half precision grows), as it was read,
# twice as it is stored, and what torch takes while it works.
COPIES = 12
LEAST_MEMORY = 1 << 30  # bytes beyond what torch takes when it is imported


def build_weights(folder: Path, name: str, checkpoint: Path | None) -> None:
    """Store `checkpoint` as the weights of the model described in `folder`, and try the model.

    None: the weights are there, and are only tried. Raises ModelError, and OSError for the disk.
    Blocks for seconds.
    """
    context = process_context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(theirs, folder, name, checkpoint), name="souvenir-builder", daemon=True
    )
    try:
        process.start()
        theirs.close()
        problem: Exception | None = ours.recv()
    except EOFError as error:
        process.join()
        log.exception("the process that builds a model ended with exit code %s", process.exitcode)
        raise ModelError(
            f"The program that tries the model '{name}' stopped unexpectedly: close other programs"
            " if memory is short, or choose another model."
        ) from error
    finally:
        ours.close()
        if process.pid is not None:
            process.kill()
            process.join()
            process.close()
    if problem is not None:
        raise problem


def _work(connection: Connection, folder: Path, name: str, checkpoint: Path | None) -> None:
    """The process."""
    settle_in(0)
    stay_offline()
    problem = _problem(folder, name, checkpoint)
    with suppress(OSError):  # nobody asks any more
        connection.send(problem)


def _problem(folder: Path, name: str, checkpoint: Path | None) -> Exception | None:
    """What is wrong with the model, so that it can be sent; None where nothing is."""
    try:
        _build(folder, name, checkpoint)
    except (SouvenirError, OSError) as error:
        return error
    except MemoryError:
        return ModelError(
            f"The model '{name}' takes more memory than its file explains, or than there is: close"
            " other programs, or choose another model."
        )
    except Exception as error:
        log.info("a model cannot be built", exc_info=True)
        return ModelError(
            f"The model '{name}' cannot be used ({checkpoints.first_line(error)}): choose another"
            " one."
        )
    return None


def _build(folder: Path, name: str, checkpoint: Path | None) -> None:
    described = read_config(folder)
    config = described["model_cfg"]
    weights = folder / WEIGHTS_FILE
    _limit_memory((checkpoint or weights).stat().st_size)
    if checkpoints.lacks_text_files(config, folder):
        checkpoints.save_text_files(config, folder)
    if checkpoint is not None:
        checkpoints.convert_checkpoint(folder, checkpoint, weights)
    open_weights(weights)
    try_model(describe_model(name, "", config, described.get("preprocess_cfg", {}), weights))


def _limit_memory(file_bytes: int) -> None:
    """Bound what this process may take from here on, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    checkpoints.load_packages()  # what they take is theirs
    wanted = LEAST_MEMORY + COPIES * file_bytes
    limit = min(wanted, max(LEAST_MEMORY, psutil.virtual_memory().available))
    used = _own_bytes()
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        limit += used
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _own_bytes() -> int:
    """The memory of its own that this process has by now, whether it uses it or not."""
    with suppress(OSError, ValueError, IndexError):
        status = Path("/proc/self/status").read_text("ascii")
        return int(status.partition("VmData:")[2].split()[0]) * 1024
    return 0
