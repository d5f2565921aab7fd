"""The engine runs where Django is not: in a notebook, a batch, another program."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# In a process of its own, since here Django is long imported. None in sys.modules makes an import fail.
IMPORT_ALL = """
import importlib, pkgutil, sys
for name in ("django", "openpyxl", "xlsxwriter"):
    sys.modules[name] = None
import portfolio.engine
for module in pkgutil.walk_packages(portfolio.engine.__path__, "portfolio.engine."):
    importlib.import_module(module.name)
    print(module.name)
"""


def test_every_engine_module_imports_without_django():
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL], cwd=ROOT, env={}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "portfolio.engine.terms" in done.stdout.split()


def test_the_package_itself_stays_empty():
    assert (ROOT / "portfolio" / "__init__.py").read_text() == ""
    assert (ROOT / "portfolio" / "engine" / "__init__.py").read_text() == ""
