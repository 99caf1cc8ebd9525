"""Golden values of permutation importance: python3 test/golden/permutation-importance.py > test/golden/permutation-importance.json"""
import json

import numpy as np
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.utils import check_random_state

rng = np.random.RandomState(3)
X = np.round(rng.normal(size=(60, 4)), 3)
X[:, 2] = (X[:, 2] > 0.8).astype(float)
y = (X[:, 0] + 0.6 * X[:, 2] + 0.7 * rng.normal(size=60) > 0.2).astype(int)
model = LogisticRegression().fit(X, y)
repeats = 4
found = permutation_importance(model, X, y, scoring="roc_auc", n_repeats=repeats, random_state=7)

# The permutations that it draws: the same for each column, each applied to the column that the last one left.
seed = check_random_state(7).randint(np.iinfo(np.int32).max + 1)
state = check_random_state(seed)
index = np.arange(60)
whole = np.arange(60)
permutations = []
for _ in range(repeats):
    state.shuffle(index)
    whole = whole[index]
    permutations.append(whole.tolist())
base = roc_auc_score(y, model.decision_function(X))
for j in range(4):
    for r, p in enumerate(permutations):
        Z = X.copy()
        Z[:, j] = X[p, j]
        assert abs(base - roc_auc_score(y, model.decision_function(Z)) - found.importances[j, r]) < 1e-12

print(json.dumps({
    "X": X.tolist(), "y": y.tolist(), "coefficients": model.coef_[0].tolist(), "intercept": model.intercept_[0],
    "permutations": permutations, "importances": found.importances.tolist(),
}))
