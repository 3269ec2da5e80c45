"""The judge's one step of learning, beside the plain sums it stands for."""
# ruff: noqa: PT009

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
from scipy.sparse import csr_matrix

from bot import learn
from bot.encoders import kept

COUNT, WIDTH = 40, 8


def rows(seed, spread=1.0):
    found = np.random.default_rng(seed).normal(scale=spread, size=(COUNT, WIDTH)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


class TestLearning(unittest.TestCase):
    def test_solving_the_upper_half_is_solving_the_whole(self):
        whole = rows(1) @ rows(1).T + np.eye(COUNT, dtype=np.float32)
        truth = np.eye(COUNT, 3, dtype=np.float32)
        inverse = np.linalg.inv(whole.astype(np.float64))
        say, diagonal = learn.solved(np.triu(whole), truth, 15)
        np.testing.assert_allclose(say, inverse @ truth, atol=1e-5)
        np.testing.assert_allclose(diagonal, np.diag(inverse)[-15:], atol=1e-5)

    def test_likeness_is_every_share_of_every_pair(self):
        minilm, e5, parts = rows(2), rows(3), np.abs(rows(4))
        minilm[:5] = 0
        before, learn.ROWS = learn.ROWS, 7  # so that blocks end inside
        try:
            whole, nearness = learn.likeness(minilm, e5, csr_matrix(parts))
        finally:
            learn.ROWS = before
        cosines = e5 @ e5.T
        expected = 0.1 + 6 * learn.alike(cosines) + 3 * learn.alike(minilm @ minilm.T) + parts @ parts.T
        upper = np.triu_indices(COUNT)
        np.testing.assert_allclose(whole[upper], expected[upper], atol=1e-4)
        np.fill_diagonal(cosines, -1)
        np.testing.assert_allclose(nearness, np.sort(cosines, axis=1)[:, -3:].mean(axis=1), atol=1e-5)

    def test_all_of_a_few_are_asked_and_told_by_their_own_place(self):
        texts = [
            f"how much is it {number}" if number % 2 else f"a person now {number}" for number in range(COUNT)
        ]
        labels = ["balance" if number % 2 else "person" for number in range(COUNT)]
        _, lesson = learn.teach(rows(5), rows(6), texts, labels)
        self.assertEqual(sorted(lesson.asked), list(range(COUNT)))
        self.assertEqual([lesson.names[i] for i in lesson.answers], [labels[i] for i in lesson.asked])
        self.assertEqual(lesson.scores.shape, (COUNT, 2))


class Encoder:
    def __init__(self):
        self.asked = []

    def vector(self, text):
        self.asked.append(text)
        return rows(len(text))[0]


class TestKept(unittest.TestCase):
    def test_a_kept_vector_is_the_very_one_that_was_taught_first(self):
        encoder = Encoder()
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(kept.weights, "PLACE", Path(folder)):
            first = kept.vectors(encoder, ["a", "abc", "a"], "e5")
            again = kept.vectors(encoder, ["a", "abc", "a"], "e5")
        np.testing.assert_array_equal(first, again)
        self.assertEqual(sorted(encoder.asked), ["a", "abc"])


if __name__ == "__main__":
    unittest.main()
