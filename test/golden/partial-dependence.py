"""Golden values of partial dependence: python3 test/golden/partial-dependence.py > test/golden/partial-dependence.json"""
import json

import numpy as np
from sklearn.inspection import partial_dependence
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

rng = np.random.RandomState(5)
X = np.round(rng.normal(size=(80, 4)), 3)
X[:, 2] = (X[:, 2] > 0.5).astype(float)
y = (X[:, 0] * X[:, 1] + 0.8 * X[:, 2] + 0.5 * X[:, 3] + 0.4 * rng.normal(size=80) > 0.3).astype(int)
models = {
    "logistic-regression": make_pipeline(StandardScaler(), LogisticRegression(C=1, solver="newton-cholesky", tol=1e-12)),
    "decision-tree": DecisionTreeClassifier(max_depth=4, random_state=0),
}
found = {}
for name, model in models.items():
    model.fit(X, y)
    found[name] = []
    for j in range(4):
        told = partial_dependence(
            model, X, [j], method="brute", kind="both", response_method="predict_proba", grid_resolution=12
        )
        found[name].append({
            "grid": told["values"][0].tolist(),
            "average": told["average"][0].tolist(),
            "individual": told["individual"][0][:10].tolist(),
        })

print(json.dumps({"X": X.tolist(), "y": y.tolist(), "models": found}))
