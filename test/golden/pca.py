"""Principal components by scikit-learn: tall, wide, and of more columns than are decomposed whole.

python3 test/golden/pca.py > test/golden/pca.json
"""
import json

import numpy as np
from sklearn.decomposition import PCA


def case(n, d, k, seed, zeros=0.0):
    random = np.random.RandomState(seed)
    factors = random.normal(size=(n, 5)) @ random.normal(size=(5, d)) * np.linspace(1, 0.1, d)
    X = factors + 0.3 * random.normal(size=(n, d)) + random.normal(size=d)
    X = np.round(np.where(random.uniform(size=X.shape) < zeros, 0, X), 2)
    found = PCA(n_components=k, svd_solver='full').fit(X)
    axes = found.components_.copy()
    signs = np.sign(axes[np.arange(k), np.abs(axes).argmax(axis=1)])
    return {
        'X': X.tolist(),
        'k': k,
        'explained': found.explained_variance_.tolist(),
        'total': float(X.var(axis=0, ddof=1).sum()),
        'axes': (axes * signs[:, None]).tolist(),
        'coordinates': (found.transform(X) * signs)[:10].tolist(),
    }


print(json.dumps({'tall': case(60, 7, 7, 0), 'wide': case(12, 30, 6, 1), 'sparse': case(80, 12, 4, 2, 0.7), 'large': case(300, 270, 3, 3)}))
