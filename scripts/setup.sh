#!/bin/sh
# Get a checkout ready to run.
#
#   sh scripts/setup.sh native        the libraries that the PDF report needs, by apt where that is allowed
#   sh scripts/setup.sh browser       the Chromium that tests look at the dashboard with, by apt where that is allowed
#   sh scripts/setup.sh venv          .venv with this project and its tools, at the versions of constraints.txt
#   sh scripts/setup.sh fonts         what scripts/build_fonts.py needs besides
#
# PYTHON chooses the interpreter. What is already there is left alone, without a look at the network.
set -eu

cd "$(dirname "$0")/.."
VENV=.venv
OLDEST=3.11
NATIVE_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0"

say() { printf '%s\n' "$*" >&2; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1; }

can_make_venv() { "$1" -c 'import venv, ensurepip' </dev/null >/dev/null 2>&1; }

# Prints the interpreter to build with: the first that is new enough and can make a venv, else the first new enough.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        if new_enough "$PYTHON"; then
            echo "$PYTHON"
            return 0
        fi
        say "PYTHON=$PYTHON: 无法运行或版本低于 $OLDEST / cannot be run, or is older than $OLDEST."
        return 1
    fi
    fallback=
    for candidate in python3.13 python3.12 python3.11 python3; do
        new_enough "$candidate" || continue
        if can_make_venv "$candidate"; then
            echo "$candidate"
            return 0
        fi
        fallback=${fallback:-$candidate}
    done
    if [ -z "$fallback" ]; then
        say "需要 Python $OLDEST 或更高版本 / Python $OLDEST or later is needed;" \
            "found: $(python3 --version 2>&1 || echo none)."
        say "安装后重试，或用 make PYTHON=/path/to/python3 指定 / Install it, or name one: make PYTHON=/path/to/python3"
        return 1
    fi
    echo "$fallback"
}

may_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# Tries with the package lists that are there, and fetches new ones only when that fails.
apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$@" </dev/null >&2 && return 0
    apt-get update -qq </dev/null >&2 || true
    apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$@" </dev/null >&2
}

# The names under which WeasyPrint looks for them, by system.
native_there() {
    "$1" -c '
import ctypes, sys
names = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
}
for tries in names.values():
    for name in tries:
        try:
            ctypes.CDLL(name)
            break
        except OSError:
            continue
    else:
        sys.exit(1)
' </dev/null >/dev/null 2>&1
}

native() {
    python=$VENV/bin/python
    [ -x "$python" ] || python=$(find_python)
    native_there "$python" && return 0
    if may_apt; then
        say "正在安装 PDF 所需的系统库 / Installing what the PDF needs: $NATIVE_PACKAGES"
        # shellcheck disable=SC2086
        apt_install $NATIVE_PACKAGES || true
        native_there "$python" && return 0
    fi
    say "缺少 PDF 所需的系统库 Pango；其他功能不受影响。"
    say "Pango is missing, so no PDF can be written; everything else works. To get it:"
    say "  Debian, Ubuntu, UOS, Kylin:  sudo apt-get install $NATIVE_PACKAGES"
    say "  openEuler, Kylin Server:     sudo dnf install pango"
    say "  macOS:                       brew install pango"
}

browser_there() {
    [ -n "${PLSP_CHROMIUM:-}" ] && return 0
    for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

# Only tests need it, and they say so where they leave it out: never a reason to fail.
browser() {
    browser_there && return 0
    if may_apt; then
        say "正在安装测试看板用的浏览器 / Installing the browser that tests the dashboard: chromium"
        apt_install chromium || true
        browser_there && return 0
    fi
    say "没有Chromium，看板的浏览器测试将跳过 / No Chromium: the dashboard's browser tests will be skipped."
}

make_venv() {
    python=$(find_python)
    if ! can_make_venv "$python"; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        if may_apt; then
            say "正在安装 venv 模块 / Installing the venv module: python$version-venv"
            apt_install "python$version-venv" || apt_install python3-venv || true
        fi
        if ! can_make_venv "$python"; then
            say "$python 缺少 venv 模块 / lacks the venv module. To get it:"
            say "  sudo apt-get install python$version-venv"
            return 1
        fi
    fi
    say "$("$python" --version): $VENV"
    "$python" -m venv --clear "$VENV"
    # An old pip writes a start script that imports `re`, which costs more than all of `plsp-audit --version`.
    pip_install pip || true
}

# True when the venv holds this checkout, the tools, and the pinned version of everything that is pinned and installed.
up_to_date() {
    "$VENV/bin/python" - <<'PY' >/dev/null 2>&1
import re, sys, tomllib
from importlib.metadata import distribution, distributions
from pathlib import Path

def key(name):
    return re.sub(r"[-_.]+", "-", name).lower()

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
have = {key(d.metadata["Name"]): d.version for d in distributions()}
lines = Path("constraints.txt").read_text(encoding="utf-8").splitlines()
pins = dict(line.split(";")[0].strip().split("==") for line in lines if "==" in line and not line.startswith("#"))
sys.path = [p for p in sys.path if p]
import plsp_audit

ours = distribution("plsp-audit")
scripts = {e.name: e.value for e in ours.entry_points if e.group == "console_scripts"}
sys.exit(
    not all(key(re.split(r"[^\w.-]", item)[0]) in have for item in wanted)
    or any(have.get(key(name), version) != version for name, version in pins.items() if name != "pip")
    or not Path(plsp_audit.__file__).resolve().is_relative_to(Path("src").resolve())
    or scripts != project["scripts"]
    or ours.version != plsp_audit.__version__
)
PY
}

# The build backend is pinned like everything else; older and newer pip read different variables for it.
pip_install() {
    PIP_CONSTRAINT=$PWD/constraints.txt PIP_BUILD_CONSTRAINT=$PWD/constraints.txt PIP_ROOT_USER_ACTION=ignore \
        "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input -c constraints.txt "$@" \
        </dev/null >&2
}

venv() {
    # One without pip was cut short while it was made.
    if new_enough "$VENV/bin/python" && "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
        up_to_date && return 0
    else
        make_venv
    fi
    say "正在安装依赖，首次约需一两分钟 / Installing dependencies, a minute or two the first time ..."
    pip_install -e ".[dev]" || {
        say "依赖安装失败：请检查网络，或先准备好离线安装包（pip download）并设置 PIP_FIND_LINKS。"
        say "Installing failed: check the network, or prepare a folder with 'pip download' and name it in PIP_FIND_LINKS."
        return 1
    }
}

case "${1:-}" in
    native) native ;;
    browser) browser ;;
    venv) venv ;;
    fonts) pip_install -e ".[fonts]" ;;
    *)
        say "usage: sh scripts/setup.sh native | browser | venv | fonts"
        exit 2
        ;;
esac
