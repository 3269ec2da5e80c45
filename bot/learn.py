"""Teaches a Head: logistic regression on embeddings and words, its temperature found on examples kept aside."""

from __future__ import annotations

from typing import Dict, List, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.head import Head
from bot.tfidf import Weigher

SETTINGS: Dict[str, float] = {"strength": 12.0, "scale": 0.5, "dense_scale": 3.0, "least": 2}


def table(weigher: Weigher, texts: Sequence[str], scale: float) -> csr_matrix:
    """One sparse row per text."""
    rows = [weigher.weigh(text) for text in texts]
    starts = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in rows])])
    columns = np.concatenate([columns for columns, _ in rows])
    weights = np.concatenate([weights for _, weights in rows]) * scale
    return csr_matrix((weights, columns, starts), shape=(len(texts), len(weigher.rarity)))


def regression(matrix: csr_matrix, labels: Sequence[str], strength: float) -> LogisticRegression:
    model = LogisticRegression(C=strength, max_iter=300, tol=1e-3, class_weight="balanced", random_state=7)
    return model.fit(matrix, labels)


def temperature_for(logits: np.ndarray, labels: np.ndarray) -> float:
    """The divisor that makes the stated chances true on rows the model has not seen."""
    def loss(temperature: float) -> float:
        scaled = logits / temperature
        top = scaled.max(axis=1, keepdims=True)
        sums = np.log(np.exp(scaled - top).sum(axis=1)) + top[:, 0]
        return float((sums - scaled[np.arange(len(labels)), labels]).mean())
    return float(minimize_scalar(loss, bounds=(0.2, 5.0), method="bounded").x)


def features(vectors: np.ndarray, texts: Sequence[str], weigher: Weigher, settings: Dict[str, float]) -> csr_matrix:
    dense = csr_matrix(vectors * settings["dense_scale"])
    return hstack([dense, table(weigher, texts, settings["scale"])]).tocsr()


def folds(matrix: csr_matrix, labels: np.ndarray, settings: Dict[str, float], parts: int = 4,
          rounds: int = 1) -> Tuple[np.ndarray, np.ndarray, LogisticRegression]:
    """Logits for rows a model has not seen: `rounds` of `parts` folds. Gives (rows, logits, last model)."""
    rows: List[np.ndarray] = []
    logits: List[np.ndarray] = []
    splitter = StratifiedKFold(parts, shuffle=True, random_state=7)
    for number, (inside, outside) in enumerate(splitter.split(matrix, labels)):
        if number >= rounds:
            break
        model = regression(matrix[inside], labels[inside], settings["strength"])
        rows.append(outside)
        logits.append(model.decision_function(matrix[outside]))
    return np.concatenate(rows), np.concatenate(logits), model


def teach(vectors: np.ndarray, texts: List[str], labels: List[str], settings: Dict[str, float]) -> Head:
    """A trained Head. Every intent needs at least four examples for its temperature to be measured."""
    answers = np.array(labels)
    weigher = Weigher.learn(texts, int(settings["least"]))
    matrix = features(vectors, texts, weigher, settings)
    temperature = 1.0
    if min(np.unique(answers, return_counts=True)[1]) >= 4:
        rows, logits, model = folds(matrix, answers, settings)
        temperature = temperature_for(logits, np.searchsorted(model.classes_, answers[rows]))
    model = regression(matrix, answers, settings["strength"])
    width = vectors.shape[1]
    weights = model.coef_.T.astype(np.float32)
    parts = {"dense": weights[:width] * np.float32(settings["dense_scale"]),
             "sparse": weights[width:].astype(np.float16), "bias": model.intercept_.astype(np.float32),
             "rarity": weigher.rarity, "examples": vectors[answers != "out_of_scope"].astype(np.float32)}
    return Head(parts, [str(name) for name in model.classes_], weigher.vocabulary,
                float(settings["scale"]), temperature)
