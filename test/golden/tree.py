"""Golden values of decision trees, forests and Gaussian naive Bayes: run with Debian's python3-sklearn, writes JSON beside.

The data are made here, on a grid of multiples of 1/1024, so that they are the same as 32-bit floats (scikit-learn's)
and as doubles (ours). Trees are kept where scikit-learn gives the same one for every random_state: where none of their
splits is as good as another.
"""

import json
import pathlib

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

here = pathlib.Path(__file__).parent


def grid(values):
    return np.round(values * 1024) / 1024


def make(rows, columns, classes, seed):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, classes, rows)
    centres = rng.normal(0, 1.2, (classes, columns))
    x = grid(centres[y] + rng.normal(0, 1.5, (rows, columns)))
    x[:, -1] = rng.integers(0, 2, rows)
    x[:, -2] = 3.0
    weights = rng.integers(1, 4, rows).astype(float)
    return x, y, weights


def save(name, value):
    (here / name).write_text(json.dumps(value) + "\n")


def case(rows, columns, classes, seed):
    x, y, w = make(rows, columns, classes, seed)
    half = rows // 2
    return x[:half], y[:half], w[:half], x[half:], y[half:]


trees, forests, bayes = [], [], []
for classes, seed in ((2, 1), (4, 2)):
    x, y, w, tx, ty = case(500, 6, classes, seed)
    data = {"x": x.tolist(), "y": y.tolist(), "weights": w.tolist(), "testX": tx.tolist(), "testY": ty.tolist()}
    fits = []
    for params in (
        {"criterion": "gini", "max_depth": 2},
        {"criterion": "gini", "max_depth": 3},
        {"criterion": "entropy", "max_depth": 2},
        {"criterion": "entropy", "max_depth": 3},
        {"criterion": "gini", "min_samples_leaf": 20},
        {"criterion": "entropy", "min_samples_leaf": 30},
        {"criterion": "gini", "min_samples_split": 80},
        {"criterion": "gini", "min_impurity_decrease": 0.01},
        {"criterion": "gini", "min_impurity_decrease": 0.02},
        {"criterion": "gini", "max_leaf_nodes": 6},
    ):
        for weighted in (False, True):
            same = [DecisionTreeClassifier(random_state=s, **params).fit(x, y, w if weighted else None) for s in range(20)]
            m = same[0]
            if any((o.predict_proba(tx) != m.predict_proba(tx)).any() or (o.feature_importances_ - m.feature_importances_).any() for o in same):
                continue
            fits.append({
                "params": params,
                "weighted": weighted,
                "nodes": int(m.tree_.node_count),
                "rootFeature": int(m.tree_.feature[0]),
                "rootThreshold": float(m.tree_.threshold[0]),
                "probabilities": m.predict_proba(tx[:60]).tolist(),
                "importances": m.feature_importances_.tolist(),
            })
    trees.append({**data, "testX": tx[:60].tolist(), "testY": ty[:60].tolist(), "classCount": classes, "fits": fits})

    aucs = []
    for s in range(20):
        p = RandomForestClassifier(50, random_state=s).fit(x, y).predict_proba(tx)
        aucs.append(float(roc_auc_score(ty, p[:, 1] if classes == 2 else p, multi_class="ovr")))
    importances = RandomForestClassifier(2000, random_state=0).fit(x, y).feature_importances_
    forests.append({**data, "classCount": classes, "aucs": aucs, "importances": importances.tolist()})

    scaler = StandardScaler().fit(x)
    fits = []
    for weighted in (False, True):
        scaler = StandardScaler().fit(x, sample_weight=w if weighted else None)
        m = GaussianNB(var_smoothing=1e-9).fit(scaler.transform(x), y, w if weighted else None)
        fits.append({"weighted": weighted, "probabilities": m.predict_proba(scaler.transform(tx)).tolist()})
    bayes.append({**data, "classCount": classes, "fits": fits})

save("tree.json", trees)
save("forest.json", forests)
save("naive-bayes.json", bayes)
