"""Anomaly scores of scikit-learn's isolation forest for its own trees. Writes isolation-forest.json beside this script.

Trees are written as secuml keeps them: breadth-first, inner nodes with a feature and a threshold, leaves with the number
of training rows in them.
"""
import json
import pathlib

import numpy as np
from sklearn.ensemble import IsolationForest

rng = np.random.RandomState(3)
# Halves and quarters: exact in the single precision that scikit-learn's trees see.
X = np.round(rng.normal(size=(60, 3)) * 4) / 4
X[:4] += 6
forest = IsolationForest(n_estimators=12, max_samples=32, contamination=0.1, random_state=5).fit(X)


def breadth_first(tree):
    order = [0]
    for node in order:
        if tree.children_left[node] >= 0:
            order += [tree.children_left[node], tree.children_right[node]]
    leaves = [node for node in order if tree.children_left[node] < 0]
    return {
        'feature': [int(tree.feature[n]) if tree.children_left[n] >= 0 else ~leaves.index(n) for n in order],
        'threshold': [float(tree.threshold[n]) for n in order if tree.children_left[n] >= 0],
        'rows': [int(tree.n_node_samples[n]) for n in leaves],
    }


golden = {
    'X': X.tolist(),
    'sampleSize': 32,
    'trees': [breadth_first(tree.tree_) for tree in forest.estimators_],
    'scores': (-forest.score_samples(X)).tolist(),
    'threshold': float(-forest.offset_),
    'alerts': np.flatnonzero(forest.predict(X) == -1).tolist(),
}
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(golden) + '\n')
