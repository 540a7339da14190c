"""Quick imports leave nothing behind and lose nothing."""

import json
import subprocess
import sys

LOOK = """
import json, sys
from slackwater import quick
found = quick.nbformat()
import jsonschema
note = found.v4.new_notebook(cells=[found.v4.new_code_cell("1", id="a")])
found.validate(note)
faulty = json.loads(json.dumps(note)); faulty["cells"][0]["cell_type"] = "poem"
try:
    found.validate(faulty)
except found.ValidationError:
    refused = True
print(json.dumps([refused, "rfc3987_syntax" in sys.modules, found is sys.modules["nbformat"]]))
"""


def test_nbformat_is_whole_and_the_grammar_can_still_be_had():
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [True, False, True]
    again = "import sys; from slackwater import quick; quick.nbformat(); import importlib.util; " \
            "print(importlib.util.find_spec('rfc3987_syntax') is not None or 'absent')"
    assert subprocess.run([sys.executable, "-c", again], capture_output=True, text=True, check=True).stdout.strip() in (
        "True", "absent")
