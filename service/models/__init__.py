"""Models behind the ports. Weights are checked before use, and nothing is sent to their makers."""

import os

# Nothing about drafts leaves the machine. Since 1.29 ONNX Runtime's wheels for Linux and macOS
# report usage to their maker unless this is set before the import (microsoft/onnxruntime#29843).
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
