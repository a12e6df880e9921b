#!/bin/sh
# Sets up .venv with Souvenir and everything its development needs; `make setup` runs it.
#
#   sh packaging/setup.sh            set up
#   sh packaging/setup.sh --missing  only name the Debian packages that set-up lacks, one per line
#
# PYTHON names the Python to use; otherwise the first of python3 and python3.11 … python3.14 that
# is new enough is taken. Run it in the project's root.
set -eu

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
has_venv='import ensurepip, venv'
has_headers='import pathlib, sys, sysconfig
sys.exit(not (pathlib.Path(sysconfig.get_paths()["include"]) / "Python.h").exists())'

fail() {
    echo "$1" >&2
    exit 1
}

find_python() {
    for name in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14}; do
        if "$name" -c "$new_enough" 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

# Debian names packages after the version for every Python but its own.
package_prefix() {
    case "$python" in
        */python3.*) basename "$python" ;;
        *) echo python3 ;;
    esac
}

missing_packages() {
    if [ -z "$python" ]; then
        # A python3 that is too old stays the system's own; 3.11 is then a package beside it.
        name=python3
        command -v python3 >/dev/null && name=python3.11
        printf '%s\n' "$name" "$name-venv" "$name-dev"
    else
        "$python" -c "$has_venv" 2>/dev/null || echo "$(package_prefix)-venv"
        "$python" -c "$has_headers" || echo "$(package_prefix)-dev"
    fi
    [ -n "$compiler" ] || echo g++
}

python=$(find_python)
compiler=$(command -v "${CXX:-c++}" || command -v g++ || command -v clang++ || true)

if [ "${1:-}" = --missing ]; then
    missing_packages
    exit 0
fi

missing=$(missing_packages | tr '\n' ' ' | sed 's/ $//')
if [ -n "$missing" ]; then
    if command -v apt-get >/dev/null; then
        how="install it with: sudo apt-get install $missing"
    elif [ "$(uname)" = Darwin ]; then
        how="install Xcode's command line tools with 'xcode-select --install', and Python from python.org"
    else
        how="install it with your system's package manager"
    fi
    [ -n "$python" ] || fail "Souvenir needs Python 3.11 or newer, with venv and headers; $how."
    fail "Setting up lacks $missing (a C++ compiler and Python's headers build hnswlib); $how."
fi

# An environment whose Python has gone (an upgrade, a moved folder) is made anew.
if ! .venv/bin/python -c "$new_enough" 2>/dev/null; then
    echo "Making the environment .venv with $python …"
    "$python" -m venv --clear .venv
fi
echo "Installing Souvenir and what it needs into .venv (about 6 GB, some minutes the first time) …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --editable '.[dev]'
touch .venv/.ready
echo "Souvenir is set up: .venv/bin/souvenir --help"
