"""Golden values of the linear support vector machine: liblinear's through scikit-learn where the intercept is penalised,
scipy's minimiser where it is not.

  /usr/bin/python3 test/golden/linear-svm.py > test/golden/linear-svm.json
"""
import json
import numpy as np
import scipy.optimize
import sklearn
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

rng = np.random.default_rng(11)
n, d = 150, 5
X = np.round(rng.normal(size=(n, d)) * [1, 10, 0.1, 3, 1] + [0, 5, 1, -2, 100], 6)
signal = X[:, 0] + 0.2 * X[:, 1] - 3 * X[:, 2] + rng.normal(0, 1, n)
y = (signal > np.median(signal) + 0.5).astype(int)
weights = rng.integers(1, 4, n).astype(float)
Z = StandardScaler().fit_transform(X)
t = 2 * y - 1


def unpenalised(C, w):
    def objective(beta):
        slack = np.maximum(0, 1 - t * (Z @ beta[:d] + beta[d]))
        gradient = -2 * C * w * slack * t
        return (0.5 * beta[:d] @ beta[:d] + C * np.sum(w * slack**2),
                np.append(Z.T @ gradient + beta[:d], gradient.sum()))
    return scipy.optimize.minimize(objective, np.zeros(d + 1), jac=True, method='BFGS', options={'gtol': 1e-10, 'maxiter': 10_000}).x


cases = []
for C in (0.01, 1, 10):
    model = LinearSVC(dual=False, C=C, tol=1e-12, max_iter=100_000).fit(Z, y)
    cases.append({'C': C, 'interceptPenalty': True, 'beta': [*model.coef_[0], model.intercept_[0]]})
    cases.append({'C': C, 'interceptPenalty': False, 'beta': unpenalised(C, np.ones(n)).tolist()})
print(json.dumps({'sklearn': sklearn.__version__, 'X': X.tolist(), 'y': y.tolist(), 'cases': cases}))
