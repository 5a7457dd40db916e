#!/bin/sh
# What Python's packages need of the system: brought by apt where that is allowed, else named in one line to type.
# Usage: PYTHON=python3 tools/system-packages.sh book|test
# Never asks and never fails: without Pango the book is built without its PDF, and the tests say what they lack.
python=${PYTHON:-python3}
packages=""
has_library() { "$python" -c "import ctypes.util, sys; sys.exit(not ctypes.util.find_library('$1'))"; }
"$python" -c "import ensurepip, venv" 2>/dev/null || packages="$packages python3-venv"
has_library pangoft2-1.0 || packages="$packages libpango-1.0-0 libpangoft2-1.0-0"
if [ "$1" = test ] && ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null \
  && ! command -v google-chrome >/dev/null; then
  packages="$packages chromium"
fi
# a second browser, which the tests do without where a system does not have it
more=""
[ "$1" = test ] && ! command -v firefox-esr >/dev/null && ! command -v firefox >/dev/null && more=firefox-esr
[ -n "$packages$more" ] || exit 0

if command -v apt-get >/dev/null; then
  as_root=""
  [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
  if [ -z "$as_root" ] || sudo -n true 2>/dev/null; then
    echo "installing with apt:$packages $more"
    # shellcheck disable=SC2086 (a list of words)
    get() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $1 >/dev/null; }
    if $as_root apt-get update -qq && { [ -z "$packages" ] || get "$packages"; }; then
      [ -z "$more" ] || get "$more" 2>/dev/null || echo "without $more: its tests are skipped"
      exit 0
    fi
  fi
  [ -n "$packages" ] || exit 0
  echo "to have everything, type: sudo apt-get install -y$packages" >&2
elif command -v brew >/dev/null; then
  echo "to have everything, type: brew install pango && brew install --cask chromium" >&2
else
  echo "to have everything, install Pango (on Windows: the GTK runtime that WeasyPrint's documentation names)" \
    "and, for the tests, Chromium or Chrome" >&2
fi
