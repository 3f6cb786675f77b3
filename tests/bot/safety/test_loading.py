from __future__ import annotations

import subprocess
import sys

PROBE = """
import sys
import bot.safety
bot.safety.assess(["I have chest pain"], bot.safety.load_rules(), None)
print(",".join(name for name in ("yaml", "pydantic", "numpy", "bot.safety.compile") if name in sys.modules))
"""


def test_run_time_needs_the_standard_library_alone() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
