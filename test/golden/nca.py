"""Neighbourhood components analysis by scikit-learn: the objective it reaches from the principal components.

/usr/bin/python3 test/golden/nca.py > test/golden/nca.json
"""
import json

import numpy as np
from sklearn.neighbors import NeighborhoodComponentsAnalysis

random = np.random.RandomState(1)
n, d = 80, 5
y = random.randint(0, 3, n)
X = random.normal(size=(n, d)) * [4, 3, 2, 1, 1]
X[:, 3:] += 2 * random.normal(size=(3, 2))[y]
X -= X.mean(axis=0)
U, s, Vt = np.linalg.svd(X, full_matrices=False)
X = np.round(U * s * np.sqrt(n * d / (s**2).sum()), 6)  # principal components, mean square 1


def objective(A):
    Z = X @ A.T
    D = ((Z[:, None] - Z[None]) ** 2).sum(axis=2)
    np.fill_diagonal(D, np.inf)
    P = np.exp(D.min(axis=1, keepdims=True) - D)
    P /= P.sum(axis=1, keepdims=True)
    return float((P * (y[:, None] == y[None])).sum() / n)


some = random.normal(size=(2, d))
model = NeighborhoodComponentsAnalysis(2, init=np.eye(2, d), max_iter=500, tol=1e-9).fit(X, y)
print(json.dumps({'points': X.ravel().tolist(), 'classes': y.tolist(), 'd': d, 'some': some.ravel().tolist(),
                  'objectiveOfSome': objective(some), 'reached': objective(model.components_)}))
