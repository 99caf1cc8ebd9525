"""Sparse precision matrices by scikit-learn's graphical lasso.

/usr/bin/python3 test/golden/graphical-lasso.py > test/golden/graphical-lasso.json
"""
import json

import numpy as np
from sklearn.covariance import graphical_lasso

random = np.random.RandomState(2)
cases = []
for p, alpha in ((4, 0.05), (8, 0.2), (8, 0.01)):
    X = random.normal(size=(40, p)) @ random.normal(size=(p, p))
    S = np.round(np.cov(X, rowvar=False) / p, 6)
    _, precision = graphical_lasso(S, alpha, tol=1e-10, enet_tol=1e-12, max_iter=2000)
    cases.append({'p': p, 'alpha': alpha, 'covariance': S.ravel().tolist(), 'precision': precision.ravel().tolist()})
print(json.dumps(cases))
