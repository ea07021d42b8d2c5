#!/bin/sh
# Takes out of an installed environment what the service never reads at run time, and compiles what
# it imports. What each step saves stands beside it; docs/decisions/0029-deploying.md has the sum.
#
#   image/slim.sh ENVIRONMENT       for instance /opt/onrecord; its packages are not compiled yet
set -eu
environment=$1
cd "$environment"/lib/python3*/site-packages

# Packages' own tests, and what only a compiler or a type checker reads: 30 MB.
find . -type d \( -name tests -o -name include -o -name includes \) -prune -exec rm -r {} +
find . -type f \( -name '*.pyi' -o -name '*.py[xd]' -o -name '*.[cha]' -o -name '*.cpp' \) -delete

# Symbols and tables for debuggers: 60 MB, most of it in numkong. numpy's are left alone: they were
# patched after linking, and strip may break those.
find . -name '*.so' -not -path './numpy*' -exec strip --strip-unneeded {} +

# ONNX Runtime for programs in C, a second time, and its tools for making models: 45 MB.
rm -r onnxruntime/capi/libonnxruntime.so.* \
      onnxruntime/backend onnxruntime/datasets onnxruntime/quantization onnxruntime/tools \
      onnxruntime/transformers

# Languages of the world, by which courlan may sort links when asked for one; nobody asks: 31 MB.
find babel/locale-data -type f -not -name root.dat -not -name en.dat -delete

# Bytecode of what is imported, 20 MB; of everything it would be 60. What a rare path imports beside
# it is compiled in memory there. Bytecode is bound to its source by hash, not by time, so that a
# build is the same again.
export PYTHONDONTWRITEBYTECODE=1
"$environment"/bin/python -I - <<'PYTHON'
import importlib, pkgutil, py_compile, sys
import service

for module in pkgutil.walk_packages(service.__path__, "service."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
for module in list(sys.modules.values()):
    source = getattr(module, "__file__", None) or ""
    if source.startswith(sys.prefix) and source.endswith(".py"):
        py_compile.compile(source, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
PYTHON
