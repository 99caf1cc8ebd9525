"""Golden values of histogram gradient boosting: scikit-learn's, on data whose values all have a bin of their own.

  /usr/bin/python3 test/golden/gradient-boosting.py > test/golden/gradient-boosting.json
"""
import json
import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier

rng = np.random.default_rng(5)
n, d = 400, 6
X = rng.integers(0, 40, (n, d)).astype(float)
signal = X[:, 0] / 20 + np.where(X[:, 1] > 25, 1.2, 0) - X[:, 2] * X[:, 3] / 500 + rng.normal(0, 0.7, n)
y = (signal > 1).astype(int)
three = np.digitize(signal, [0.5, 1.5])
missing = X.copy()
missing[rng.random((n, d)) < 0.15] = np.nan
missing[(y == 1) & (rng.random(n) < 0.5), 4] = np.nan
weights = rng.integers(1, 4, n).astype(float)


def fit(name, X, y, sample_weight=None, **params):
    model = HistGradientBoostingClassifier(max_iter=20, early_stopping=False, **params).fit(X, y, sample_weight)
    return {
        'name': name,
        'params': params,
        'missing': bool(np.isnan(X).any()),
        'classes': int(y.max()) + 1,
        'weighted': sample_weight is not None,
        'probabilities': np.round(model.predict_proba(X), 12).tolist(),
    }


print(json.dumps({
    'sklearn': sklearn.__version__,
    'X': X.tolist(),
    'missing': [[None if np.isnan(v) else v for v in row] for row in missing],
    'y': y.tolist(),
    'three': three.tolist(),
    'weights': weights.tolist(),
    'cases': [
        fit('defaults', X, y),
        fit('few leaves, regularised', X, y, max_leaf_nodes=5, l2_regularization=3.0, learning_rate=0.3),
        fit('shallow', X, y, max_depth=2, min_samples_leaf=5),
        fit('missing values', missing, y),
        fit('weights', X, y, weights, min_samples_leaf=10),
        fit('three classes', X, three, max_leaf_nodes=7),
    ],
}))
