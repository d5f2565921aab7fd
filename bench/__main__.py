"""The one door to the benchmarks: `python -m bench NAME` runs `bench/NAME.py`, which prints one table."""

import importlib
import sys
from pathlib import Path

HELPERS = {"__init__", "__main__", "pairs"}
names = sorted({path.stem for path in Path(__file__).parent.glob("*.py")} - HELPERS)

if len(sys.argv) != 2 or sys.argv[1] not in names:
    sys.exit(f"usage: python -m bench {' | '.join(names)}")
importlib.import_module(f"bench.{sys.argv[1]}").main()
