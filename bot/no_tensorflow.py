"""Rasa 3.6 imports TensorFlow even where no component of the model uses it: 5 seconds and 300 MB for nothing.

`spare()` puts an empty stand-in in its place before Rasa is imported. Whoever puts DIET or TED into config.yml gets the
real one: `wanted_by()` looks. After `no_more()` any use of the stand-in is an error, never a silent wrong result.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import tarfile
import types
from pathlib import Path
from typing import Any, ClassVar, Optional

PACKAGES = frozenset({"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras", "jax"})
USERS = (
    "DIETClassifier",
    "TEDPolicy",
    "UnexpecTEDIntentPolicy",
    "ResponseSelector",
    "ConveRTFeaturizer",
    "LanguageModelFeaturizer",
)
"""The components of Rasa 3.6.21 that compute with TensorFlow."""

_closed = False


class TensorFlowWanted(RuntimeError):
    """Something computes with TensorFlow although no component of the model is known to."""


class Hollow(type):
    """A class for every name anybody asks of TensorFlow: good for `class X(tf.keras.Layer)` and `@tf.function`."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return hollow(name)

    def __call__(cls, *args: Any, **more: Any) -> Any:
        if _closed:
            raise TensorFlowWanted(f"{cls.__name__} was asked for, but TensorFlow was left out at start.")
        return super().__call__()


def hollow(name: str) -> Hollow:
    """A decorator made of it gives back what it was put on; `Union[...]` and `Tensor[...]` are itself."""
    return Hollow(
        name,
        (),
        {
            "__call__": lambda self, what=None, *args, **more: what,
            "__class_getitem__": classmethod(lambda cls, key: cls),
        },
    )


class StandIn(types.ModuleType):
    """A package in which every name is hollow."""

    __path__: ClassVar["list[str]"] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        setattr(self, name, hollow(name))
        return getattr(self, name)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers for TensorFlow before Python looks on disk."""

    def find_spec(
        self, name: str, path: Any = None, target: Any = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if name.split(".")[0] in PACKAGES:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return StandIn(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        return None


def spare() -> None:
    """Leaves TensorFlow out of this process. Comes before the first import of Rasa."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, Finder())


def no_more() -> None:
    """From here on the stand-in raises TensorFlowWanted when something calls it."""
    global _closed
    _closed = True


def wanted_by(model: Path) -> bool:
    """Whether a component of this trained model computes with TensorFlow."""
    with tarfile.open(model) as packed:
        for part in packed:
            if Path(part.name).name == "metadata.json":
                found = packed.extractfile(part)
                text = found.read().decode("utf-8") if found else ""
                return any(name in text for name in USERS)
    return True
