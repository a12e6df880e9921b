#!/bin/sh
# Makes the bundle: one folder with Souvenir, its Python and everything it loads.
#
#   sh packaging/bundle.sh          for any processor, without CUDA: build/bundle/cpu/souvenir
#   sh packaging/bundle.sh gpu      with CUDA:                        build/bundle/gpu/souvenir
#
# The environment that it is made in stays in build/bundle, so that the next time is quick. pip takes
# packages from where it is configured to. Run it in the project's root.
set -eu

variant=${1:-cpu}
place=build/bundle/$variant
python=$place/env/bin/python
here=packaging/bundle

fail() {
    echo "$1" >&2
    exit 1
}

case $variant in
    cpu | gpu) ;;
    *) fail "There is no variant '$variant': take cpu or gpu." ;;
esac

# What is built at the same commit is the same.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 0)
fi
export SOURCE_DATE_EPOCH
export PYTHONHASHSEED=0
export PIP_DISABLE_PIP_VERSION_CHECK=1
export PIP_NO_INPUT=1

missing=$(sh packaging/setup.sh --missing | tr '\n' ' ' | sed 's/ $//')
[ -z "$missing" ] || fail "Building lacks $missing: install it with your system's package manager."

constraints=$here/constraints-$variant.txt
if ! cmp -s "$constraints" "$place/env/made-of.txt"; then
    echo "Making the environment $place/env …"
    ${PYTHON:-python3} -m venv --clear "$place/env"
    install="$python -m pip install --quiet --no-compile --constraint $constraints"
    if [ "$variant" = cpu ]; then
        $install torch
        # torchvision's own wheel may be for CUDA: its compiled part is left out of the bundle.
        $install --no-deps torchvision
    fi
    $install . pyinstaller
    cp "$constraints" "$place/env/made-of.txt"
fi
if [ "$variant" = cpu ]; then
    "$python" -c 'import sys, torch; sys.exit(torch.version.cuda is not None)' || fail \
        "pip found a torch with CUDA, which is six times as large: have it find PyTorch's wheels for the CPU (PIP_EXTRA_INDEX_URL or PIP_FIND_LINKS), remove $place, and try again."
fi
"$python" -m pip install --quiet --no-compile --force-reinstall --no-deps .
rm -rf build/lib build/bdist.*
"$python" packaging/icons.py build/bundle/icons >/dev/null

# Not by `python -m`, which would find the sources here before what is installed.
"$place/env/bin/pyinstaller" --noconfirm --log-level WARN \
    --distpath "$place/dist" --workpath "$place/work" $here/souvenir.spec

# Symbols that only a debugger reads: 90 MB in torch. Libraries that a wheel's maker has moved about
# (*.libs) do not survive strip.
if [ "$(uname)" = Linux ]; then
    find "$place/dist/souvenir" -type f \( -name '*.so' -o -name '*.so.*' \) \
        -not -path '*.libs/*' -not -path '*/PySide6/*' -not -path '*/shiboken6/*' \
        -exec strip --strip-unneeded {} +
    "$python" packaging/linux/prune.py "$place/dist/souvenir"
    "$python" packaging/linux/smaller_libraries.py "$place/dist/souvenir"
fi
"$python" packaging/inventory.py "$place/work/souvenir/contents.json" "$place/dist/souvenir"
rm -rf "$place/souvenir"
mv "$place/dist/souvenir" "$place/souvenir"
if [ -d "$place/dist/Souvenir.app" ]; then
    rm -rf "$place/Souvenir.app"
    mv "$place/dist/Souvenir.app" "$place/Souvenir.app"
fi
