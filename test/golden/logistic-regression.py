"""Golden values of logistic regression from scikit-learn; writes logistic-regression.json beside itself.

Run: python3 test/golden/logistic-regression.py (Debian's python3-sklearn 1.2.1).
Coefficients are those of features standardised by StandardScaler (with the sample weights where there are any).
"""
import json
import os
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings('ignore')
rng = np.random.RandomState(20)


def dense_set():
    """Correlated columns of very different scales, one constant column, noisy labels."""
    n = 150
    base = rng.randn(n, 3)
    X = np.column_stack([
        base[:, 0], base[:, 0] + 0.05 * rng.randn(n), 1e9 + 1e6 * base[:, 1], 1e-6 * base[:, 2],
        np.full(n, 0.1), (rng.rand(n) < 0.1).astype(float), np.exp(2 * rng.randn(n)),
    ])
    logit = 1.5 * base[:, 0] - base[:, 1] + 2 * X[:, 5] + 0.5
    return X, (rng.rand(n) < 1 / (1 + np.exp(-logit))).astype(int)


def sparse_set():
    """Word counts: more columns than a dense solver likes, mostly zeros."""
    n, d = 120, 60
    X = rng.poisson(rng.gamma(0.3, 0.5, size=d), size=(n, d)).astype(float)
    X[:, 5] = 0
    logit = X @ (rng.randn(d) * (rng.rand(d) < 0.2)) - 0.5
    return X, (rng.rand(n) < 1 / (1 + np.exp(-logit))).astype(int)


def families_set():
    """Four classes, one of them with a single row."""
    n = 120
    y = np.repeat([0, 1, 2], 40)
    X = rng.randn(n, 4) + np.array([[0, 0, 0, 0], [1.5, 0, 1, 0], [0, 2, -1, 0]])[y]
    y[7] = 3
    X[7] += 6
    return X, y


def standardised(X, weights=None):
    return StandardScaler().fit(X, sample_weight=weights).transform(X)


def l2(Z, y, C, weights=None):
    model = LogisticRegression(C=C, solver='newton-cg', tol=1e-8, max_iter=10000)
    model.fit(Z, y, sample_weight=weights)
    return {'kind': 'l2', 'C': C, 'coefficients': model.coef_.tolist(), 'intercepts': model.intercept_.tolist()}


def l1(Z, y, C, weights=None):
    model = LogisticRegression(C=C, penalty='l1', solver='saga', tol=1e-12, max_iter=200000)
    model.fit(Z, y, sample_weight=weights)
    return {'kind': 'l1', 'C': C, 'coefficients': model.coef_.tolist(), 'intercepts': model.intercept_.tolist()}


def liblinear(Z, y, C, penalty, weights=None):
    model = LogisticRegression(C=C, penalty=penalty, solver='liblinear', tol=1e-10, max_iter=100000)
    model.fit(Z, y, sample_weight=weights)
    return {'kind': penalty, 'interceptPenalty': True, 'C': C, 'coefficients': model.coef_.tolist(),
            'intercepts': model.intercept_.tolist()}


def one_versus_rest(Z, y, C):
    model = LogisticRegression(C=C, solver='newton-cg', tol=1e-8, max_iter=10000, multi_class='ovr').fit(Z, y)
    return {'kind': 'l2', 'C': C, 'coefficients': model.coef_.tolist(), 'intercepts': model.intercept_.tolist(),
            'probabilities': model.predict_proba(Z[:20]).tolist()}


def case(name, X, y, fits, weights=None):
    return {'name': name, 'X': X.tolist(), 'y': y.tolist(),
            'weights': None if weights is None else weights.tolist(), 'fits': fits}


cases = []
X, y = dense_set()
Z = standardised(X)
cases.append(case('dense', X, y, [l2(Z, y, C) for C in (0.001, 0.1, 1, 100)] + [l1(Z, y, C) for C in (0.1, 1, 10)]
                  + [liblinear(Z, y, C, p) for C in (0.1, 10) for p in ('l1', 'l2')]))
weights = np.round(rng.gamma(1, 1, size=len(y)) + 0.05, 3)
Z = standardised(X, weights)
cases.append(case('weighted', X, y, [l2(Z, y, 1, weights), l1(Z, y, 1, weights)], weights))
X, y = sparse_set()
Z = standardised(X)
cases.append(case('sparse', X, y, [l2(Z, y, C) for C in (0.01, 1, 10)] + [l1(Z, y, C) for C in (0.1, 1)]
                  + [liblinear(Z, y, 1, p) for p in ('l1', 'l2')]))
X, y = families_set()
cases.append(case('families', X, y, [one_versus_rest(standardised(X), y, C) for C in (0.1, 1)]))

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'logistic-regression.json')
with open(path, 'w') as file:
    json.dump(cases, file)
    file.write('\n')
