"""Golden values of HDBSCAN, by brute force: no table, index or shortcut.

The full matrix of mutual reachability, its least spanning tree by scipy, the hierarchy split from the top at each distance
with all edges of that distance at once, and the clusters with the most excess of mass (Campello, Moulavi and Sander,
PAKDD 2013, section 3; McInnes and Healy 2017), the whole never being one. Equal rows are dense beyond measure: a density
is at most 1e9.

Run with a Python that has scipy: python3 test/golden/hdbscan.py
"""

import json
import pathlib

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial.distance import cdist

draws = np.random.default_rng(11)
DENSEST = 1e9


def reachability(points, samples, metric):
    distance = np.round(cdist(points, points, metric), 10)
    np.fill_diagonal(distance, 0)
    core = np.sort(distance, axis=1)[:, samples - 1]
    return np.maximum(distance, np.maximum.outer(core, core))


def tree_edges(reach):
    # Ranks in place of distances: scipy takes a 0 for no edge.
    values, rank = np.unique(reach, return_inverse=True)
    tree = minimum_spanning_tree(csr_matrix(rank.reshape(reach.shape) + 1.0)).tocoo()
    return tree.row, tree.col, values[tree.data.astype(int) - 1]


def density(distance):
    return min(DENSEST, 1 / distance) if distance > 0 else DENSEST


def components(members, edges):
    """Sets of members that the edges hold together."""
    place = {row: k for k, row in enumerate(members)}
    a, b = [place[x] for x, _, _ in edges], [place[y] for _, y, _ in edges]
    graph = csr_matrix((np.ones(len(edges)), (a, b)), shape=(len(members), len(members)))
    count, of = connected_components(graph, directed=False)
    return [[row for row, own in zip(members, of) if own == c] for c in range(count)]


def grow(members, edges, birth, least):
    """The cluster that is born with these members: (members, stability, clusters within)."""
    everyone, stability = list(members), 0.0
    while True:
        if not edges:
            return everyone, stability + len(members) * (DENSEST - birth), []
        height = max(weight for _, _, weight in edges)
        here = density(height)
        below = [edge for edge in edges if edge[2] < height]
        parts = components(members, below)
        large = [part for part in parts if len(part) >= least]
        if len(large) == 1:
            stability += (len(members) - len(large[0])) * (here - birth)
            members = large[0]
            inside = set(members)
            edges = [edge for edge in below if edge[0] in inside]
            continue
        stability += len(members) * (here - birth)
        within = []
        for part in large:
            inside = set(part)
            within.append(grow(part, [edge for edge in below if edge[0] in inside], here, least))
        return everyone, stability, within


def best(cluster):
    """(excess of mass, sets of members)"""
    members, stability, within = cluster
    below = [best(child) for child in within]
    mass = sum(own for own, _ in below)
    if not within or stability >= mass:
        return stability, [members]
    return mass, [chosen for _, some in below for chosen in some]


def hdbscan(points, least, samples, metric):
    n = len(points)
    edges = [(int(a), int(b), float(w)) for a, b, w in zip(*tree_edges(reachability(points, samples, metric)))]
    _, _, within = grow(list(range(n)), edges, 0.0, least)
    found = np.full(n, -1)
    for c, members in enumerate(chosen for child in within for chosen in best(child)[1]):
        found[members] = c
    return found.tolist()


def clouds(*parts):
    return np.round(np.concatenate([draws.normal(centre, spread, (rows, len(centre))) for rows, centre, spread in parts]), 3)


corners = np.array([[x, y] for x in range(0, 60, 6) for y in range(0, 60, 12)], dtype=float)
datasets = {
    "densities": np.concatenate(
        [clouds((80, (0, 0), 0.2), (80, (6, 6), 1), (60, (6, -4), 0.5)), np.round(draws.uniform(-12, 12, (40, 2)), 3)]
    ),
    "nested": clouds((50, (0, 0, 0), 0.3), (50, (2, 0, 0), 0.3), (50, (0, 2, 0), 0.3), (60, (15, 15, 15), 2)),
    "one cloud": clouds((120, (0, 0), 1)),
    "noise": np.round(draws.uniform(0, 100, (100, 3)), 3),
    "ties": draws.integers(0, 14, (160, 2)).astype(float),
    "grid": np.concatenate([corners, [[x + 200, y] for x in range(8) for y in range(8)]]),
    "duplicates": np.concatenate([np.repeat(corners[:12], 9, axis=0), np.repeat(corners[20:40], 2, axis=0), corners[40:]]),
}
words = draws.poisson(np.repeat(draws.gamma(0.3, 3, (4, 12)), 40, axis=0)).astype(float)
words[words.sum(axis=1) == 0, 0] = 1

runs = [
    {"name": name, "metric": "euclidean", "minClusterSize": least, "minSamples": samples,
     "cluster": hdbscan(points, least, samples, "euclidean")}
    for name, points in datasets.items()
    for least, samples in ((5, 5), (12, 3), (20, 1), (3, 8))
]
runs += [
    {"name": "words", "metric": "cosine", "minClusterSize": least, "minSamples": samples,
     "cluster": hdbscan(words, least, samples, "cosine")}
    for least, samples in ((5, 5), (10, 2))
]
result = {"datasets": {name: points.tolist() for name, points in {**datasets, "words": words}.items()}, "runs": runs}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
for run in runs:
    print(run["name"], run["minClusterSize"], run["minSamples"], sorted(np.bincount(np.array(run["cluster"]) + 1)[1:]), run["cluster"].count(-1))
