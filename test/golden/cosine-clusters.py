"""Golden values of clustering by cosines: DBSCAN and agglomerative clustering of scikit-learn, and spherical k-means
(Dhillon and Modha 2001) as the best of two hundred plain starts.

Run with a Python that has scikit-learn: python3 test/golden/cosine-clusters.py
"""

import json
import pathlib

import numpy as np
from sklearn.cluster import DBSCAN, AgglomerativeClustering

draws = np.random.default_rng(17)
words = draws.poisson(np.repeat(draws.gamma(0.4, 3, (4, 15)), 30, axis=0)).astype(float)
# No two distances alike: ties are broken by the order of the rows.
words = np.round(words + draws.uniform(0, 0.2, words.shape), 4)
unit = words / np.linalg.norm(words, axis=1, keepdims=True)


def spherical(k):
    """The least sum over the rows of 1 - cosine with the direction of their cluster."""
    best = np.inf
    for _ in range(200):
        centres = unit[draws.choice(len(unit), k, replace=False)]
        for _ in range(100):
            found = (unit @ centres.T).argmax(axis=1)
            sums = np.array([unit[found == c].sum(axis=0) if (found == c).any() else centres[c] for c in range(k)])
            centres = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        best = min(best, (1 - (unit @ centres.T).max(axis=1)).sum())
    return best


result = {
    "words": words.tolist(),
    "spherical": [{"clusters": k, "lost": spherical(k)} for k in (3, 4, 6)],
    "dbscan": [
        {"eps": eps, "minSamples": least, "cluster": DBSCAN(eps=eps, min_samples=least, metric="cosine").fit(words).labels_.tolist()}
        for eps, least in ((0.05, 3), (0.1, 5), (0.2, 8))
    ],
    "agglomerative": [
        {"linkage": linkage, "clusters": k,
         "cluster": AgglomerativeClustering(k, metric="cosine", linkage=linkage).fit(words).labels_.tolist()}
        for linkage in ("complete", "average", "single")
        for k in (3, 6)
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
