"""ONNX Runtime, set up the way every model here runs on it."""

import onnxruntime

from service.domain.errors import ModelUnavailable


def open_session(model: bytes) -> onnxruntime.InferenceSession:
    """A session on the processor that runs each call in the calling thread alone.

    Two calls at once, a thread each, embed more than one call on two threads, and do not slow
    down when the other core is busy; threads that wait for one another do, most of all when they
    spin (docs/decisions/0003-embedder-on-onnx-runtime.md).
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Level "extended" would fuse Add and LayerNormalization into an operator ten times slower.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    # A memory plan is kept for each input shape ever seen, and texts come in every length.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime raises a class of its own for each status
        raise ModelUnavailable(f"ONNX Runtime cannot load the model: {error}") from error
