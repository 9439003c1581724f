#!/bin/sh
# bundle.sh TOOLS_PYTHON PROGRAM_PYTHON: make dist/PhotoSearch of what PROGRAM_PYTHON has, with the
# PyInstaller that TOOLS_PYTHON has (of the same minor version).
set -e
cd "$(dirname "$0")/../.."
tools=$("$1" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
# The program's own packages come first; only what they lack is taken from the tools.
PYTHONPATH="$("$2" -c 'import sysconfig; print(sysconfig.get_path("purelib"))'):$tools" \
    "$2" -m PyInstaller --noconfirm --log-level WARN --workpath build/pyinstaller \
    packaging/pyinstaller/photosearch.spec
