"""Golden values of k nearest neighbours: scikit-learn on standardised features without ties.

Run with a Python that has scikit-learn: python3 test/golden/k-nearest-neighbours.py
"""

import json
import pathlib

import numpy as np
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

draws = np.random.default_rng(3)
sets = []
for class_count in (2, 3):
    x = np.round(draws.normal(size=(60, 4)) * [1, 10, 0.1, 5], 4)
    y = draws.integers(0, class_count, size=60)
    x[:, 0] += y
    test = np.round(draws.normal(size=(25, 4)) * [1, 10, 0.1, 5], 4)
    scaler = StandardScaler().fit(x)
    fits = []
    for neighbors in (1, 5, 11):
        for weights in ("uniform", "distance"):
            model = KNeighborsClassifier(neighbors, weights=weights).fit(scaler.transform(x), y)
            probabilities = model.predict_proba(scaler.transform(test))
            fits.append({"nNeighbors": neighbors, "weights": weights, "probabilities": probabilities.tolist()})
    sets.append({"classCount": class_count, "x": x.tolist(), "y": y.tolist(), "testX": test.tolist(), "fits": fits})

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(sets) + "\n")
