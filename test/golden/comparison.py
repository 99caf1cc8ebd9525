"""Reference values of scipy and numpy for comparing classifiers: python3 comparison.py writes comparison.json next to it."""
import json
import pathlib
import random

import numpy as np
from scipy.stats import binom, chi2, norm
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score, roc_auc_score


def mcnemar(b, c):
    """The formulas of statsmodels.stats.contingency_tables.mcnemar, and the mid-p value."""
    n, k = b + c, min(b, c)
    exact = min(1.0, 2 * binom.cdf(k, n, 0.5))
    statistic = (abs(b - c) - 1) ** 2 / n if n else 0.0
    return {'b': b, 'c': c, 'exact': exact, 'midP': min(1.0, 2 * binom.cdf(k, n, 0.5) - binom.pmf(k, n, 0.5)),
            'statistic': statistic, 'chiSquared': chi2.sf(statistic, 1)}


def delong(first, second, y):
    """DeLong, DeLong and Clarke-Pearson 1988, by all pairs and covariance matrices."""
    def placements(values):
        x, z = values[y == 1], values[y == 0]
        psi = (x[:, None] > z[None, :]) + 0.5 * (x[:, None] == z[None, :])
        return psi.mean(axis=1), psi.mean(axis=0)
    v10, v01 = zip(placements(first), placements(second))
    s10, s01 = np.cov(np.array(v10)), np.cov(np.array(v01))
    s = s10 / (y == 1).sum() + s01 / (y == 0).sum()
    contrast = np.array([-1.0, 1.0])
    variance = contrast @ s @ contrast
    areas = [roc_auc_score(y, first), roc_auc_score(y, second)]
    difference = areas[1] - areas[0]
    half = norm.ppf(0.975) * np.sqrt(variance)
    return {'first': areas[0], 'second': areas[1], 'difference': difference, 'low': difference - half,
            'high': difference + half, 'pValue': 2 * norm.sf(abs(difference) / np.sqrt(variance))}


def figures(values, threshold, y, rows):
    called, truth = values[rows] > threshold, y[rows]
    return [average_precision_score(truth, values[rows]), (called == truth).mean(), f1_score(truth, called),
            precision_score(truth, called), recall_score(truth, called)]


def bootstrap(first, second, y, thresholds, replicates):
    """Row by row, stratified, both scores of a row together."""
    draw = np.random.default_rng(11)
    positive, negative = np.flatnonzero(y == 1), np.flatnonzero(y == 0)
    differences = []
    for _ in range(replicates):
        rows = np.concatenate([draw.choice(positive, len(positive)), draw.choice(negative, len(negative))])
        differences.append(np.subtract(figures(second, thresholds[1], y, rows), figures(first, thresholds[0], y, rows)))
    low, high = np.percentile(differences, [2.5, 97.5], axis=0)
    return {'low': low.tolist(), 'high': high.tolist()}


def scored(n, seed):
    draw = random.Random(seed)
    rows = []
    for _ in range(n):
        positive = draw.random() < 0.3
        common = draw.gauss(1.2 if positive else 0, 1)
        rows.append((round(common + draw.gauss(0, 0.7), 2), round(common + draw.gauss(0.3 if positive else 0, 0.4), 2), int(positive)))
    return rows


rows = scored(400, 5)
first, second, y = (np.array([row[k] for row in rows]) for k in range(3))
golden = {
    'tails': [{'z': z, 'p': norm.sf(z)} for z in (0, 0.1, 0.5, 1, 1.96, 2.4999, 2.5, 3, 5, 8, 20, 37)],
    'mcnemar': [mcnemar(b, c) for b, c in ((0, 0), (0, 1), (1, 1), (5, 5), (3, 10), (10, 3), (59, 6), (400, 300), (500, 500),
                                           (501, 500), (700, 600), (40_000, 41_000), (0, 1300))],
    'pair': {'first': first.tolist(), 'second': second.tolist(), 'positive': y.tolist(), 'thresholds': [0.9, 1.1],
             'delong': delong(first, second, y),
             'figures': [figures(values, threshold, y, np.arange(len(y))) for values, threshold in ((first, 0.9), (second, 1.1))],
             'bootstrap': bootstrap(first, second, y, [0.9, 1.1], 4000)},
}
path = pathlib.Path(__file__).with_suffix('.json')
path.write_text(json.dumps(golden, default=float) + '\n')
