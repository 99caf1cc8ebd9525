"""Golden values of label propagation and label spreading: scikit-learn, iterated until nothing changes.

Run with a Python that has scikit-learn: python3 test/golden/label-propagation.py
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler
from sklearn.semi_supervised import LabelPropagation, LabelSpreading

warnings.simplefilter("ignore")
draws = np.random.default_rng(11)
centres = np.array([[0, 0, 0], [3, 20, 0.1], [-2, 10, 0.4]])
truth = np.arange(90) % 3
x = np.round(centres[truth] + draws.normal(size=(90, 3)) * [1, 10, 0.1], 5)
test = np.round(centres[np.arange(20) % 3] + draws.normal(size=(20, 3)) * [1, 10, 0.1], 5)
# scikit-learn knows rows without a label by -1.
y = np.where(np.arange(90) < 12, truth, -1)
scaler = StandardScaler().fit(x)
X, T = scaler.transform(x), scaler.transform(test)


def neighbours(k):
    """The graph of neighbours both ways, those that are each other's twice; of new rows the neighbours alone."""

    def kernel(training, rows):
        search = NearestNeighbors().fit(training)
        if rows is not training and rows is not None:
            return search.kneighbors_graph(rows, k).toarray().T
        links = NearestNeighbors().fit(training).kneighbors_graph(None, k).toarray()
        return links + links.T

    return kernel


sets = []
for labels in (y, np.where(y == 2, -1, y)):
    for kernel in ("rbf", "knn"):
        for method, alpha in (("propagation", 0), ("spreading", 0.2), ("spreading", 0.95)):
            options = {"kernel": neighbours(5) if kernel == "knn" else "rbf", "gamma": 1.5, "max_iter": 200000, "tol": 1e-14}
            model = LabelPropagation(**options) if method == "propagation" else LabelSpreading(alpha=alpha, **options)
            model.fit(X, labels)
            sets.append(
                {
                    "method": method,
                    "alpha": alpha,
                    "kernel": kernel,
                    "classes": int(labels.max()) + 1,
                    "y": labels.tolist(),
                    "training": model.label_distributions_.tolist(),
                    "new": model.predict_proba(T).tolist(),
                }
            )

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"x": x.tolist(), "testX": test.tolist(), "sets": sets}) + "\n")
