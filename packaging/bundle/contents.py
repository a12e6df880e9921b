"""What goes into the bundle, and what is left out: only what Souvenir can come to need goes in.

What torch, timm and the others import was found by looking at sys.modules once every kind of model
had run: the starter, open_clip's own transformers, and int8. `souvenir --selftest` in the bundle
is the proof.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

# Compilers, exporters, tests, and what trains or works on several machines.
UNUSED_MODULES = (
    "IPython",
    "hf_xet",  # downloads are our own
    "jinja2",
    "matplotlib",
    "networkx",
    "open_clip_train",
    "pandas",
    "pip",
    "pkg_resources",
    "pytest",
    "readline",  # what is typed at a prompt, which there is none of; it is under the GPL
    "scipy",
    "setuptools",
    "tkinter",
    "triton",
    "huggingface_hub.cli",
    "huggingface_hub.inference",
    "huggingface_hub.serialization",
    "lxml.html",
    "lxml.isoschematron",
    "lxml.objectify",
    "lxml.sax",
    "mpmath.tests",
    "numpy.distutils",
    "numpy.f2py",
    "numpy.testing",
    "sympy.parsing.autolev",
    "sympy.physics",
    "sympy.stats",
    "sympy.testing",
    "timm.loss",
    "timm.optim",
    "timm.scheduler",
    "timm.task",
    "torch._export.serde",
    "torch._inductor.autoheuristic",
    "torch._inductor.codegen",
    "torch._inductor.compile_worker",
    "torch._inductor.fx_passes",
    "torch._inductor.kernel",
    "torch._inductor.package",
    "torch._vendor.quack",
    "torch.ao.ns",
    "torch.ao.pruning",
    "torch.ao.quantization.fx",
    "torch.ao.quantization.pt2e",
    "torch.contrib",
    "torch.distributed._tools",
    "torch.distributed.checkpoint",
    "torch.distributed.elastic",
    "torch.distributed.launcher",
    "torch.distributed.optim",
    "torch.distributed.pipelining",
    "torch.testing._internal",
    "torch.utils.benchmark",
    "torch.utils.bottleneck",
    "torch.utils.hipify",
    "torch.utils.tensorboard",
    "torch.utils.viz",
    "torchvision.transforms.v2",
)
# Inside one of the above, and needed.
USED_MODULES = (
    "torch.testing._internal",
    "torch.testing._internal.common_dtype",
    "torch.testing._internal.distributed",
    "torch.testing._internal.distributed.fake_pg",
    "torch.testing._internal.logging_tensor",
)
# Packages that import their own modules by name.
DYNAMIC = ("anyio", "core", "huggingface_hub", "timm", "torch", "watchdog")
# Modules that read their own source when they are imported.
WITH_SOURCE = (
    "anyio",
    "torch._dynamo._trace_wrapped_higher_order_op",
    "torch._dynamo.config",
    "torch._dynamo.variables.streams",
    "torch._export.config",
    "torch._functorch.config",
    "torch._inductor.config",
    "torch._library.custom_ops",
    "torch._native.registry",
    "torch.compiler.config",
    "torch.distributed._functional_collectives",
    "torch.distributed.config",
    "torch.distributed.tensor._collective_utils",
    "torch.functional",
    "torch.fx.experimental._config",
    "torch.nn.functional",
    "torch.nn.modules.rnn",
    "torch.onnx.ops._impl",
    "torch.onnx.ops._symbolic_impl",
    "torch.utils._debug_mode._mode",
    "torchvision._meta_registrations",
    "torchvision.models.densenet",
)

# Files, by their place in the bundle, that nothing opens. Qt: what its plugins for other devices,
# printers, QML and databases bring along; Qt's own network is used within this computer only.
UNUSED_FILES = tuple(
    re.compile(pattern)
    for pattern in (
        r"PySide6/Qt/plugins/(designer|egldeviceintegrations|generic|networkinformation|tls)/",
        r"PySide6/Qt/plugins/(printsupport|qmllint|qmltooling|sqldrivers|vectorimageformats)/",
        r"PySide6/Qt/plugins/wayland-graphics-integration-server/",
        r"PySide6/Qt/plugins/platforms/libq(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc)\.so",
        r"PySide6/Qt/plugins/platformthemes/libqgtk3\.so",
        r"PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin\.so",
        r"PySide6/Qt/plugins/imageformats/libq(pdf|tga|wbmp|icns|tiff)\.so",
        r"PySide6/Qt/lib/libQt6(Egl|Pdf|Qml|Quick|Sql|VirtualKeyboard|Lottie|PrintSupport)",
        r"PySide6/Qt/translations/(?!qtbase_zh_CN)",
        r"PySide6/Qt/qml/",
        r"resources/translations/.*\.ts$",  # what translators write; the window reads the .qm
        r"torchvision/(_C|image)",
        r"torchvision\.libs/",
        # What every desktop has, and what its own drivers and settings fit to.
        r"lib(stdc\+\+|gcc_s|fontconfig|freetype|glib-2|gio-2|gobject-2|gmodule-2|gthread-2)",
        r"lib(dbus-1|systemd|X11|X11-xcb|xcb|Xau|Xdmcp|Xext|Xrender|wayland-[a-z]+|mvec)\.so",
        r".*\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url\.json)$",
    )
)
# torch's libraries that only its own tests load.
TEST_LIBRARY = re.compile(r"lib(aoti_custom_ops|backend_with_compiler|jitbackend_test|torchbind)")

Entry = tuple[str, str, str]


def is_used(module: str) -> bool:
    """Whether a module goes into the bundle."""
    if module in USED_MODULES:
        return True
    return not any(module == part or module.startswith(f"{part}.") for part in UNUSED_MODULES)


def is_needed(place: str) -> bool:
    """Whether a file goes into the bundle; `place`: where it would lie, on any system."""
    return not any(
        pattern.match(PurePosixPath(*Path(place).parts).as_posix()) for pattern in UNUSED_FILES
    )


def without_loose_links(entries: list[Entry]) -> list[Entry]:
    """PyInstaller's (place, source, kind) without links to files that are left out."""
    places = {PurePosixPath(place).as_posix() for place, _source, _kind in entries}
    return [
        (place, source, kind)
        for place, source, kind in entries
        if kind != "SYMLINK" or (PurePosixPath(place).parent / source).as_posix() in places
    ]


def folder_of(package: str) -> Path:
    """Where an installed package lies; it is not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed here", name=package)
    return Path(spec.origin).parent


def modules_of(package: str) -> Iterator[str]:
    """Names of all modules in an installed package, read off its files."""
    folder = folder_of(package)
    for file in sorted(folder.rglob("*.py")):
        parts = file.relative_to(folder).with_suffix("").parts
        if parts[-1] == "__init__":
            parts = parts[:-1]
        if all(part.isidentifier() or part[:4].isdigit() for part in parts):
            yield ".".join((package, *parts))


def hidden_modules(modules: Callable[[str], Iterator[str]] = modules_of) -> list[str]:
    """Modules that are imported by names which PyInstaller cannot see."""
    return [name for package in DYNAMIC for name in modules(package) if is_used(name)]


def excluded_modules(modules: Callable[[str], Iterator[str]] = modules_of) -> list[str]:
    """Modules that must not come in, whoever imports them."""
    whole = [name for name in UNUSED_MODULES if name not in USED_MODULES]
    return whole + [name for name in modules("torch") if not is_used(name)]


def torch_libraries() -> list[tuple[str, str]]:
    """The shared libraries of torch as (file, folder in the bundle)."""
    folder = folder_of("torch")
    found = [
        file
        for file in sorted((folder / "lib").iterdir())
        if re.search(r"\.(so|dylib|dll)(\.|$)", file.name) and not TEST_LIBRARY.match(file.name)
    ]
    # torch looks for this program when it is imported, though it never runs here.
    manager = folder / "bin" / "torch_shm_manager"
    return [
        *((str(file), "torch/lib") for file in found),
        *([(str(manager), "torch/bin")] if manager.exists() else []),
    ]


def cuda_libraries() -> list[tuple[str, str]]:
    """NVIDIA's libraries as (file, folder in the bundle), where torch was built for CUDA."""
    packages = folder_of("torch").parent
    found = sorted((packages / "nvidia").rglob("*.so*"))
    return [(str(file), file.parent.relative_to(packages).as_posix()) for file in found]
