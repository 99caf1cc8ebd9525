"""Golden values of clustering indices, from scikit-learn.

Run with a Python that has scikit-learn: python3 test/golden/clustering.py
"""

import json
import pathlib

import numpy as np
from sklearn.cluster import DBSCAN, AgglomerativeClustering, KMeans
from sklearn.metrics import (
    adjusted_mutual_info_score,
    adjusted_rand_score,
    homogeneity_completeness_v_measure,
    silhouette_samples,
)
from sklearn.mixture import GaussianMixture

draws = np.random.default_rng(5)


def agreement(classes, clusters):
    homogeneity, completeness, v_measure = homogeneity_completeness_v_measure(classes, clusters)
    return {
        "homogeneity": homogeneity,
        "completeness": completeness,
        "vMeasure": v_measure,
        "adjustedRand": adjusted_rand_score(classes, clusters),
        "adjustedMutualInformation": adjusted_mutual_info_score(classes, clusters),
    }


groupings = []
for n, classes, clusters, noise in ((40, 2, 3, 0.2), (300, 7, 5, 0.5), (1000, 23, 10, 0.1), (500, 2, 60, 1), (30, 1, 1, 0), (30, 1, 4, 1), (30, 5, 1, 1)):
    truth = draws.integers(0, classes, n)
    found = np.where(draws.random(n) < noise, draws.integers(-1 if clusters > 2 else 0, clusters, n), truth % clusters)
    groupings.append({"classes": truth.tolist(), "clusters": found.tolist(), "agreement": agreement(truth, found)})
same = draws.integers(0, 4, 50)
groupings.append({"classes": same.tolist(), "clusters": (same * 7 % 5).tolist(), "agreement": agreement(same, same * 7 % 5)})

points = np.round(np.concatenate([draws.normal(c, 1, (25, 4)) for c in (0, 3, 7)]), 4)
points[:, 3] = np.where(draws.random(75) < 0.8, 0, points[:, 3])
found = np.concatenate([draws.integers(0, 3, 74), [3]])
best = KMeans(5, n_init=50, random_state=0, tol=0).fit(points)
clouds = np.round(np.concatenate([draws.multivariate_normal([c, -c, 0], np.diag([1, 2, 0.5]) + 0.4, 80) for c in (0, 9, 20)]), 4)
mixtures = []
for kind, name in (("diag", "diagonal"), ("full", "full"), ("tied", "tied")):
    mixture = GaussianMixture(3, covariance_type=kind, tol=1e-10, max_iter=500, random_state=0).fit(clouds)
    mixtures.append(
        {"covariance": name, "logLikelihood": mixture.score(clouds), "bic": mixture.bic(clouds), "cluster": mixture.predict(clouds).tolist()}
    )
spread = np.round(draws.normal(0, 1, (150, 2)), 3)
rings = np.concatenate([spread, spread[:20], spread[:10]])
result = {
    "clouds": clouds.tolist(),
    "mixtures": mixtures,
    "rings": rings.tolist(),
    "dbscan": [
        {"eps": eps, "minSamples": least, "cluster": DBSCAN(eps=eps, min_samples=least).fit(rings).labels_.tolist()}
        for eps, least in ((0.15, 3), (0.25, 5), (0.4, 8), (0.1, 1))
    ],
    "agglomerative": [
        {"linkage": linkage, "clusters": k, "cluster": AgglomerativeClustering(k, linkage=linkage).fit(spread).labels_.tolist()}
        for linkage in ("ward", "complete", "average", "single")
        for k in (2, 7)
    ],
    "groupings": groupings,
    "silhouettes": {
        "points": points.tolist(),
        "clusters": found.tolist(),
        "mean": silhouette_samples(points, found).mean(),
        "byCluster": [silhouette_samples(points, found)[found == c].mean() for c in range(4)],
    },
    "kmeans": {"clusters": 5, "inertia": best.inertia_},
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result) + "\n")
