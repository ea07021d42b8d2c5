"""Models behind the ports. Weights are checked before they are used, and nothing phones home."""

import os

# Drafts stay home, and so does all about them. Since 1.29 ONNX Runtime's wheels for Linux and macOS
# report usage to their maker unless this is set before the import (microsoft/onnxruntime#29843).
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
