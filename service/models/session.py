"""Sets up ONNX Runtime, in the same way for every model."""

import onnxruntime

from service.domain.errors import ModelUnavailable


def open_session(model: bytes) -> onnxruntime.InferenceSession:
    """A session on the CPU that runs each call in the calling thread alone.

    Two calls with a thread each embed more texts than one call with two threads, and they do not
    slow down when the other core is busy. Threads that wait for each other do, most of all when
    they spin (docs/decisions/0003-embedder-on-onnx-runtime.md).
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Level "extended" would fuse Add and LayerNormalization into an operator ten times slower.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    # A memory plan would be kept for each input shape, and texts have every length.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime has an exception class for each status
        raise ModelUnavailable(f"ONNX Runtime cannot load the model: {error}") from error
