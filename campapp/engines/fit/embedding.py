"""A sentence-embedding model as a further witness: off unless `CAMPAPP_FIT_MODEL` names the folder of one.

A model only weighs pairs that words have already joined, so each fit still has words for its reason. Whoever has
another kind of model writes a class with `name` and `vectors` (see `Model`) and gives it to `weighed`.
"""

import os
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from campapp.engines.fit.tables import Floats
from campapp.engines.frame.errors import BadInput

FOLDER = "CAMPAPP_FIT_MODEL"
SHARE = 0.5
"""The part of a fit that a model tells where there is one."""
_BATCH = 32
_LONGEST = 512


class Model(Protocol):
    """What a plug-in offers."""

    name: str

    def vectors(self, texts: Sequence[str]) -> Floats:
        """A row for each text, of length 1; texts of one meaning, in whatever language, point one way."""


class LocalModel:
    """A transformer in a local folder: `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`, its token
    vectors averaged. Needs the extra `fit-model` (onnxruntime, tokenizers); nothing is fetched from a network.

    Raises:
        BadInput: a file or the extra is missing.
    """

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        places = (folder / "model.onnx", folder / "onnx" / "model.onnx")
        network = next((file for file in places if file.exists()), None)
        if network is None or not (folder / "tokenizer.json").exists():
            raise BadInput("$", f"{FOLDER}: {folder} has no model.onnx and tokenizer.json")
        self._session = _extra("onnxruntime").InferenceSession(
            str(network), providers=["CPUExecutionProvider"]
        )
        self._tokenizer = _extra("tokenizers").Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.enable_padding()
        self._inputs = {each.name for each in self._session.get_inputs()}

    def vectors(self, texts: Sequence[str]) -> Floats:
        parts = [self._batch(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, 1))

    def _batch(self, texts: Sequence[str]) -> Floats:
        encoded = self._tokenizer.encode_batch(list(texts))
        mask = np.array([each.attention_mask for each in encoded], np.int64)
        given = {
            "input_ids": np.array([each.ids for each in encoded], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        tokens = self._session.run(None, {key: value for key, value in given.items() if key in self._inputs})[
            0
        ]
        means = (tokens * mask[:, :, None]).sum(axis=1) / np.maximum(mask.sum(axis=1, keepdims=True), 1)
        sizes = np.linalg.norm(means, axis=1, keepdims=True)
        return np.asarray(means / np.where(sizes > 0, sizes, 1.0), np.float64)


def _extra(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise BadInput("$", f"{FOLDER} is set, but {name} is missing: install campapp[fit-model]") from None


@lru_cache(maxsize=1)
def _loaded(folder: str) -> Model:
    return LocalModel(Path(folder))


def chosen() -> Model | None:
    """The model that the surroundings name; None, the default, without one."""
    folder = os.environ.get(FOLDER)
    return _loaded(folder) if folder else None


def weighed(fits: Floats, needs: Floats, projects: Floats) -> Floats:
    """Likenesses, with a model's vectors of needs and projects as half of each that is above 0."""
    told = np.clip(needs @ projects.T, 0.0, 1.0)
    return np.where(fits > 0, fits + SHARE * (told - fits), 0.0)
