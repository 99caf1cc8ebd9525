"""Golden values of the gap statistic (Tibshirani, Walther and Hastie 2001, choice b): numpy, and k-means of scikit-learn,
with a hundred references.

Run with a Python that has scikit-learn: python3 test/golden/gap-statistic.py
"""

import json
import pathlib

import numpy as np
from sklearn.cluster import KMeans

draws = np.random.default_rng(23)
MOST, REFERENCES = 7, 100


def log_dispersion(points, k):
    return np.log(KMeans(k, n_init=10, random_state=0, tol=0).fit(points).inertia_)


def gaps(points):
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    along = centred @ axes.T
    boxes = [draws.uniform(along.min(axis=0), along.max(axis=0), along.shape) @ axes for _ in range(REFERENCES)]
    found = []
    for k in range(1, MOST + 1):
        apart = np.array([log_dispersion(box, k) for box in boxes])
        found.append({"clusters": k, "gap": apart.mean() - log_dispersion(points, k), "deviation": apart.std()})
    return found


slanted = np.array([[1, 0.8, 0], [0, 0.5, 0], [0, 0, 0.7]])
datasets = {
    "four clouds": np.concatenate([draws.normal(centre, 1, (40, 3)) for centre in ((0, 0, 0), (9, 0, 0), (0, 9, 3), (9, 9, 9))]),
    "one cloud": draws.uniform(0, 1, (150, 3)),
    "two slanted clouds": np.concatenate([draws.normal(0, 1, (70, 3)) @ slanted, draws.normal(0, 1, (70, 3)) @ slanted + [8, -4, 0]]),
}
datasets = {name: np.round(points, 4) for name, points in datasets.items()}
result = [{"name": name, "points": points.tolist(), "gaps": gaps(points)} for name, points in datasets.items()]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
for one in result:
    print(one["name"], [round(g["gap"], 3) for g in one["gaps"]])
