"""Run the benchmark named first on the command line."""

import importlib
import sys
from pathlib import Path

names = sorted(
    path.stem for path in Path(__file__).parent.glob("*.py") if "\ndef main(" in path.read_text()
)
if len(sys.argv) < 2 or sys.argv[1] not in names:  # noqa: PLR2004 - the program and a name
    sys.exit(f"Which benchmark? One of: {', '.join(names)}")
name = sys.argv.pop(1)
sys.exit(importlib.import_module(f"bench.{name}").main())
