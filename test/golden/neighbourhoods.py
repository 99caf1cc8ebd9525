"""Affinities of t-SNE on neighbours, its divergence's gradient, and trustworthiness, by scikit-learn.

/usr/bin/python3 test/golden/neighbourhoods.py > test/golden/neighbourhoods.json
"""
import json

import numpy as np
from sklearn.manifold import trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities_nn, _kl_divergence
from sklearn.neighbors import NearestNeighbors

random = np.random.RandomState(0)
n, d, k, perplexity = 60, 5, 30, 10
X = np.round(random.normal(size=(n, d)) + 4 * random.normal(size=(4, d))[random.randint(0, 4, n)], 3)
graph = NearestNeighbors(n_neighbors=k).fit(X).kneighbors_graph(mode='distance')
graph.data **= 2
P = _joint_probabilities_nn(graph, perplexity, 0).toarray()
Y = np.round(random.normal(size=(n, 2)), 3)
upper = P[np.triu_indices(n, 1)]
_, gradient = _kl_divergence(Y.ravel(), np.maximum(P[np.triu_indices(n, 1)], 1e-300), 1, n, 2)
print(json.dumps({
    'X': X.tolist(), 'k': k, 'perplexity': perplexity, 'P': P.ravel().tolist(), 'Y': Y.ravel().tolist(),
    'gradient': gradient.ravel().tolist(),
    'trustworthiness': {str(m): trustworthiness(X, Y, n_neighbors=m) for m in (3, 5, 12)},
}))
