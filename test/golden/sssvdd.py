"""Semi-supervised support vector data description by the formula, minimised by scipy: test/golden/sssvdd.json.

    /usr/bin/python3 test/golden/sssvdd.py > test/golden/sssvdd.json

The objective is written over R, c and the margin, as in Goernitz et al. (2013), with the hinge whose corner is rounded by
a hundredth of the number of features, and minimised by BFGS from several starts; the best is kept.
"""
import json

import numpy as np
from scipy.optimize import minimize


def hinge(t, corner):
    return np.where(t <= -corner, -t, np.where(t >= corner, 0.0, (corner - t) ** 2 / (4 * corner)))


def fit(X, label, nu_u, nu_l, kappa, rng):
    d = X.shape[1]
    corner = 0.01 * d
    side = np.where(label == 1, -1.0, 1.0)
    unlabelled = label == -1
    known = ~unlabelled
    margin = known.any()

    def objective(v):
        c, r2, gamma = v[:d], v[d] ** 2, v[d + 1] if margin else 0.0
        inside = r2 - ((X - c) ** 2).sum(axis=1)
        value = r2 + nu_u / unlabelled.sum() * hinge(inside[unlabelled], corner).sum()
        if margin:
            value += -kappa * gamma
            value += nu_l / known.sum() * hinge(side[known] * inside[known] - gamma, corner).sum()
        return value

    best = None
    for _ in range(6):
        start = np.concatenate([X[known | unlabelled].mean(axis=0) + 0.1 * rng.normal(size=d), [np.sqrt(d), 1.0]])
        for _ in range(4):
            found = minimize(objective, start, method="BFGS", options={"gtol": 1e-9, "maxiter": 5000})
            start = found.x
        if best is None or found.fun < best.fun:
            best = found
    c = best.x[:d]
    r2 = best.x[d] ** 2
    return {"value": float(best.fun), "squaredRadius": float(r2), "centre": c.tolist(),
            "scores": (((X - c) ** 2).sum(axis=1) - r2).tolist()}


rng = np.random.default_rng(11)
n, d = 60, 3
raw = rng.normal(size=(n, d)) * [1, 10, 0.1] + [0, 5, -2]
raw[:12] += [4, 30, 0.2]
raw = np.round(raw, 3)
label = np.full(n, -1)
label[:5] = 1
label[12:20] = 0
X = (raw - raw.mean(axis=0)) / raw.std(axis=0)
cases = []
for name, own, params in [
    ("both labels", label, (10, 10, 0.5)),
    ("one label", np.where(label == 1, -1, label), (4, 2, 0.9)),
    ("only malicious", np.where(label == 0, -1, label), (3, 5, 0.2)),
    ("no labels", np.full(n, -1), (5, 1, 0.5)),
]:
    nu_u, nu_l, kappa = params
    cases.append({"name": name, "label": own.tolist(), "nuU": nu_u, "nuL": nu_l, "kappa": kappa,
                  **fit(X, own, nu_u, nu_l, kappa, rng)})
print(json.dumps({"X": raw.tolist(), "cases": cases}))
