"""Runs every Python example of the guides for analysts against a running service, as it stands there.

Usage: run_documentation.py ADDRESS FEED_KEY. The key must name fact_verdict_current and fact_verdict_monthly.
"""

import os
import pathlib
import re
import sys

address = sys.argv[1].rstrip("/")
os.environ["STM_KEY"] = sys.argv[2]
docs = pathlib.Path(__file__).parents[3] / "api" / "docs"
for guide in ("nl/analist.md", "en/analyst.md"):
    names = {}
    for example in re.findall(r"```python\n(.*?)```", (docs / guide).read_text(), re.DOTALL):
        exec(example.replace("https://…", address), names)
    frames = {name: len(value) for name, value in names.items() if hasattr(value, "columns")}
    # Since the moment before nothing changed; everything else holds something.
    empty = [name for name, rows in frames.items() if rows == 0 and name not in ("changes", "anders")]
    if empty or not frames:
        sys.exit(f"{guide}: nothing in {empty}")
    print(f"{guide}: {frames}")
