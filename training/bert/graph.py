"""Writes an ONNX graph node by node."""

from collections.abc import Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 20
IR_VERSION = 10
# The domain of ONNX Runtime's own operators.
MICROSOFT = "com.microsoft"

Shape = list[str | int]
Attribute = float | Sequence[int]
"""Of a node."""


class Graph:
    """Collects nodes and constants; what it writes depends on nothing but the calls."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """Stores a tensor under `name` and returns the name."""
        if name in self._constants:
            raise ValueError(f"The constant {name} is already there.")
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def number(self, value: float) -> str:
        """A float32 scalar, stored once."""
        return self._shared(f"number:{value!r}", np.array(value, np.float32))

    def zero_point(self, value: int) -> str:
        """A uint8 scalar, stored once."""
        return self._shared(f"zero_point:{value}", np.array(value, np.uint8))

    def integers(self, *values: int) -> str:
        """An int64 vector (a shape, axes), stored once."""
        return self._shared(f"integers:{values}", np.array(values, np.int64))

    def node(self, operator: str, *inputs: str, domain: str = "", **attributes: Attribute) -> str:
        """Adds a node with one output and returns the output's name."""
        return self.nodes(operator, *inputs, outputs=1, domain=domain, **attributes)[0]

    def nodes(
        self, operator: str, *inputs: str, outputs: int, domain: str = "", **attributes: Attribute
    ) -> list[str]:
        """Adds a node with several outputs and returns their names."""
        name = f"{operator}_{len(self._nodes)}"
        names = [f"{name}:{output}" for output in range(outputs)]
        node = helper.make_node(operator, inputs, names, name, domain=domain)
        node.attribute.extend(helper.make_attribute(*item) for item in attributes.items())
        self._nodes.append(node)
        return names

    def named(self, value: str, name: str) -> str:
        """Gives a value the name under which the model hands it out."""
        self._nodes.append(helper.make_node("Identity", [value], [name], f"{name}:named"))
        return name

    def model(
        self,
        *,
        sources: Sequence[str],
        target: str,
        target_shape: Shape,
        vectors: Sequence[str] = (),
        float_sources: Sequence[tuple[str, Shape]] = (),
        more_targets: Sequence[tuple[str, Shape]] = (),
    ) -> onnx.ModelProto:
        """The graph from int64 `sources`, shape (batch, tokens), and int64 `vectors`, shape (n,),
        to float32 `target`: what the last node gives. `more_targets` are float32 too, and have been
        `named`."""
        self._nodes[-1].output[0] = target
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [
                helper.make_tensor_value_info(source, TensorProto.INT64, ["batch", "tokens"])
                for source in sources
            ]
            + [
                helper.make_tensor_value_info(vector, TensorProto.INT64, [f"{vector}:n"])
                for vector in vectors
            ]
            + _floats(float_sources),
            _floats([(target, target_shape), *more_targets]),
            list(self._constants.values()),
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(
            graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="onrecord"
        )

    def _shared(self, name: str, values: NDArray[np.generic]) -> str:
        if name not in self._constants:
            self.constant(name, values)
        return name


def _floats(values: Sequence[tuple[str, Shape]]) -> list[onnx.ValueInfoProto]:
    return [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in values]
