"""Run the benchmark named first on the command line."""

import importlib
import sys
from pathlib import Path

if len(sys.argv) < 2:  # noqa: PLR2004 - the program and a name
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    sys.exit(f"Which benchmark? One of: {', '.join(name for name in names if name != 'store')}")
name = sys.argv.pop(1)
sys.exit(importlib.import_module(f"bench.{name}").main())
