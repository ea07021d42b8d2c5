"""Checks a file as an editor's plugin would: by a client of LanguageTool's."""

import json
import sys
from pathlib import Path

from language_tool_python import LanguageTool  # type: ignore[import-not-found]

service, file = sys.argv[1:]
with LanguageTool("en-US", remote_server=service) as tool:
    matches = tool.check(Path(file).read_text(encoding="utf-8"))
print(json.dumps({match.rule_id: match.matched_text for match in matches}))
