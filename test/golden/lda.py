"""Linear discriminant analysis: by scikit-learn, with shrinkage by scipy (scikit-learn shrinks the scatter of the means
too), and the shrinkage of Ledoit and Wolf.

/usr/bin/python3 test/golden/lda.py > test/golden/lda.json
"""
import json

import numpy as np
from scipy.linalg import eigh
from sklearn.covariance import ledoit_wolf_shrinkage, shrunk_covariance
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

random = np.random.RandomState(5)
n, d = 70, 6
y = random.randint(0, 4, n)
X = np.round(random.normal(size=(n, d)) @ random.normal(size=(d, d)) + 2 * random.normal(size=(4, d))[y], 3)
within = X - np.array([X[y == c].mean(axis=0) for c in range(4)])[y]
between = (X - X.mean(axis=0) - within).T @ (X - X.mean(axis=0) - within) / n
cases = []
for shrinkage in (0.0, 0.1, 0.7):
    if shrinkage:
        _, vectors = eigh(between, shrunk_covariance(within.T @ within / n, shrinkage))
        axes = vectors[:, ::-1][:, :3].T
    else:
        axes = LinearDiscriminantAnalysis(solver='eigen', n_components=3).fit(X, y).scalings_[:, :3].T
    axes = axes * np.sign(axes[np.arange(3), np.abs(axes).argmax(axis=1)])[:, None]
    cases.append({'shrinkage': shrinkage, 'axes': axes.tolist(), 'coordinates': ((X - X.mean(axis=0)) @ axes.T)[:8].tolist()})
share = ledoit_wolf_shrinkage(within, assume_centered=True)
print(json.dumps({'X': X.tolist(), 'y': y.tolist(), 'cases': cases,
                  'ledoitWolf': shrunk_covariance(within.T @ within / n, share).ravel().tolist()}))
