"""Teaches the judge in one exact step, and tells how it would do on examples had it never seen them."""

from __future__ import annotations

from typing import Dict, List, NamedTuple, Sequence, Tuple

import numpy as np
from scipy.linalg import lapack
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix

from bot.judge import LONG, NEIGHBOURS, SHARES, Judge, alike
from bot.tfidf import Weigher

CALM = 1.0  # how much the judge distrusts a single example
ROWS = 512
MANY = 2000  # examples; with fewer all are asked
FEW = 50  # stories; with fewer there is one temperature for all
ASKED = 0.5  # of the examples are left out and asked; half of them takes an eighth of the work of all


class Lesson(NamedTuple):
    """What the judge says of an example when that example is left out, for a fair sample of them (`asked`)."""

    names: List[str]
    asked: np.ndarray  # index into the examples; all below have one row for each of these
    answers: np.ndarray  # index into names
    scores: np.ndarray
    warmth: np.ndarray  # the temperature that goes with each example's length
    nearness: np.ndarray


def table(weigher: Weigher, texts: Sequence[str]) -> csr_matrix:
    """One sparse row of words and letter groups per text."""
    rows = [weigher.weigh(text) for text in texts]
    starts = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in rows])])
    data = np.concatenate([weights for _, weights in rows]).astype(np.float32)
    return csr_matrix(
        (data, np.concatenate([columns for columns, _ in rows]), starts),
        shape=(len(texts), len(weigher.rarity)),
    )


def likeness(minilm: np.ndarray, e5: np.ndarray, parts: csr_matrix) -> Tuple[np.ndarray, np.ndarray]:
    """How alike every two examples are, and each one's nearness to its three nearest others.

    The first is symmetric and only its upper half is sure to be filled.
    """
    count = len(e5)
    whole = np.zeros((count, count), dtype=np.float32)
    nearness = np.empty(count, dtype=np.float32)
    for start in range(0, count, ROWS):
        here = slice(start, min(start + ROWS, count))
        cosines = e5[here] @ e5.T
        block = whole[here, start:]
        block += SHARES["same"] + SHARES["e5"] * alike(cosines[:, start:])
        block += SHARES["minilm"] * alike(minilm[here] @ minilm[start:].T)
        block += SHARES["parts"] * (parts[here] @ parts[start:].T).toarray()
        cosines[np.arange(here.stop - start), np.arange(start, here.stop)] = -1
        top = min(NEIGHBOURS, count - 1)
        nearness[here] = np.partition(cosines, -top, axis=1)[:, -top:].mean(axis=1)
    return whole, nearness


def solved(matrix: np.ndarray, truth: np.ndarray, asked: int) -> Tuple[np.ndarray, np.ndarray]:
    """`matrix`^-1 `truth`, and the last `asked` numbers on the diagonal of `matrix`^-1, by Cholesky.

    `matrix` is symmetric; its upper half is read and the whole is used up. The inverse itself is never made:
    the last numbers of its diagonal need only the last corner of the factor.
    """
    factor, failed = lapack.spotrf(matrix.T, lower=1, overwrite_a=1, clean=1)
    if failed:
        raise ArithmeticError("the examples' likeness is not positive; CALM is too small")
    say, _ = lapack.spotrs(factor, truth, lower=1)
    corner = np.asfortranarray(factor[len(truth) - asked :, len(truth) - asked :])
    unlocked, _ = lapack.strtri(corner, lower=1, overwrite_c=1)
    return say, np.einsum("ij,ij->j", unlocked, unlocked)


def temperature_for(scores: np.ndarray, answers: np.ndarray) -> float:
    """The divisor that makes the stated chances true on examples left out."""

    def loss(temperature: float) -> float:
        scaled = scores / temperature
        top = scaled.max(axis=1, keepdims=True)
        sums = np.log(np.exp(scaled - top).sum(axis=1)) + top[:, 0]
        return float((sums - scaled[np.arange(len(answers)), answers]).mean())

    return float(minimize_scalar(loss, bounds=(0.02, 2.0), method="bounded").x)


def teach(minilm: np.ndarray, e5: np.ndarray, texts: List[str], labels: List[str]) -> Tuple[Judge, Lesson]:
    """The judge, and how it does on examples left out (exact, from the same Cholesky factor)."""
    order = np.random.default_rng(0).permutation(len(texts))  # those who are asked stand last
    minilm, e5 = minilm[order], e5[order]
    texts = [texts[i] for i in order]
    names, answers = np.unique([labels[i] for i in order], return_inverse=True)
    middle = e5.mean(axis=0)
    centred = e5 - middle
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    weigher = Weigher.learn(texts)
    parts = table(weigher, texts)
    whole, nearness = likeness(minilm, centred, parts)
    counts = np.bincount(answers)
    trust = np.sqrt(len(texts) / len(names) / counts[answers])
    whole[np.diag_indices(len(texts))] += (CALM / trust).astype(np.float32)
    truth = np.zeros((len(texts), len(names)), dtype=np.float32)
    truth[np.arange(len(texts)), answers] = 1
    asked = max(int(len(texts) * ASKED), min(len(texts), MANY))
    say, diagonal = solved(whole, truth, asked)
    numbers: Dict[str, np.ndarray] = {
        "minilm": minilm.astype(np.float16),
        "e5": centred.astype(np.float16),
        "middle": middle.astype(np.float32),
        "say": say.astype(np.float32),
        "parts": (parts.T @ say).astype(np.float16),
        "rarity": weigher.rarity,
    }
    last = slice(len(texts) - asked, None)
    left_out = truth[last] - say[last] / diagonal[:, None]
    long = np.array([len(text.split()) >= LONG for text in texts[last]])
    plain = temperature_for(left_out[~long], answers[last][~long])
    story = temperature_for(left_out[long], answers[last][long]) if long.sum() >= FEW else plain
    judge = Judge(numbers, [str(name) for name in names], weigher.vocabulary, plain, story)
    warmth = np.where(long, story, plain)
    return judge, Lesson(judge.names, order[last], answers[last], left_out, warmth, nearness[last])
