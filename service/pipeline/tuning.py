"""The numbers in the code that a judgement rests on."""

from importlib import import_module
from pkgutil import walk_packages

from service import pipeline


def thresholds() -> dict[str, float]:
    """Every number that a module of the pipeline has under a name in capitals, by that name, also
    where a draft alone needs it: found rather than listed, as a list would lack the next one."""
    return {
        f"{module.name}.{name}": value
        for module in walk_packages(pipeline.__path__, f"{pipeline.__name__}.")
        for name, value in vars(import_module(module.name)).items()
        if name.isupper() and isinstance(value, int | float)
    }
