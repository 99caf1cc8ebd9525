"""Golden values of the kernel machines: decision values of scikit-learn's SVC and OneClassSVM on standardised features.

  /usr/bin/python3 test/golden/svm.py > test/golden/svm.json
"""
import json
import numpy as np
import sklearn
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, OneClassSVM

rng = np.random.default_rng(5)
n, d, m = 160, 6, 25


def make(rows):
    X = np.round(rng.normal(size=(rows, d)) * [1, 10, 0.1, 3, 1, 1] + [0, 5, 1, -2, 100, 0], 4)
    X[:, 3] = np.where(rng.random(rows) < 0.7, 7, X[:, 3])  # mostly one value that is not 0
    X[:, 5] = rng.poisson(0.4, rows)  # mostly 0
    return X


X, T = make(n), make(m)
y = ((X[:, 0] ** 2 + (0.1 * X[:, 1] - 0.5) ** 2 + 0.5 * X[:, 5] + rng.normal(0, 0.5, n)) > 1.5).astype(int)
X[n - 20:] = X[:20]  # equal rows, some with another label
y[n - 5:] = 1 - y[:5]
y3 = y + (X[:, 4] > 100.5)
weights = rng.integers(1, 4, n).astype(float)
scaler = StandardScaler().fit(X)
weighted = StandardScaler().fit(X, sample_weight=weights)
plain = {'kernel': 'rbf', 'gamma': 'scale', 'degree': 3, 'coef0': 0.0, 'standardise': True}


def values(model, scale, w=None, target=None):
    """Decision values of the other rows; of one-class machines too, whose fit takes no target."""
    given = [scale(X)] if target is None else [scale(X), target]
    return model.fit(*given, sample_weight=w).decision_function(scale(T)).tolist()


variants = [
    {'C': 1.0}, {'C': 0.01}, {'C': 100.0}, {'C': 1.0, 'gamma': 'auto'}, {'C': 1.0, 'gamma': 0.7},
    {'C': 1.0, 'kernel': 'linear'}, {'C': 0.5, 'kernel': 'poly'}, {'C': 0.5, 'kernel': 'poly', 'degree': 2, 'coef0': 1.0},
    {'C': 0.5, 'kernel': 'sigmoid', 'gamma': 0.05, 'coef0': -0.5}, {'C': 1.0, 'standardise': False},
    {'C': 1.0, 'kernel': 'poly', 'coef0': 1.0, 'gamma': 0.001, 'degree': 2, 'standardise': False},
]
cases = []
for variant in variants:
    params = {**plain, **variant}
    how = {key: params[key] for key in ('C', 'kernel', 'gamma', 'degree', 'coef0')}
    for w in (None, weights):
        if w is not None and not params['standardise']:
            continue
        scale = (lambda A: A) if not params['standardise'] else (scaler if w is None else weighted).transform
        if w is not None and how['gamma'] == 'scale':
            how['gamma'] = params['gamma'] = 1 / d
        exact = SVC(**how, tol=1e-8 if how['kernel'] == 'rbf' else 1e-6)
        cases.append({'params': params, 'weights': w is not None, 'decisions': values(exact, scale, w, y),
                      'default': values(SVC(**how, tol=1e-3), scale, w, y)})

classes = []
for k in range(3):
    classes.append(values(SVC(C=1.0, tol=1e-8), scaler.transform, None, (y3 == k).astype(int)))

detectors = []
for variant in [{'nu': 0.5}, {'nu': 0.1}, {'nu': 0.03, 'gamma': 0.5}, {'nu': 0.2, 'kernel': 'linear'},
                {'nu': 0.2, 'kernel': 'poly', 'coef0': 1.0}]:  # a sigmoid has several optima here
    params = {**plain, **variant}
    how = {key: params[key] for key in ('nu', 'kernel', 'gamma', 'degree', 'coef0')}
    detectors.append({'params': params, 'weights': False,
                      'decisions': values(OneClassSVM(**how, tol=1e-8 if how['kernel'] == 'rbf' else 1e-5), scaler.transform)})
how = {'nu': 0.3, 'gamma': 0.2}
detectors.append({'params': {**plain, **how}, 'weights': True,
                  'decisions': values(OneClassSVM(**how, tol=1e-8), weighted.transform, weights)})

print(json.dumps({'sklearn': sklearn.__version__, 'X': X.tolist(), 'y': y.tolist(), 'y3': y3.tolist(),
                  'weights': weights.tolist(), 'T': T.tolist(), 'cases': cases, 'classes': classes,
                  'detectors': detectors}))
