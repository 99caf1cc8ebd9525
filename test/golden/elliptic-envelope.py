"""Golden values of the elliptic envelope: scikit-learn's centre and distances, and the least determinant it finds.

Run with a Python that has scikit-learn: python3 test/golden/elliptic-envelope.py
"""

import json
import pathlib

import numpy as np
from sklearn.covariance import EllipticEnvelope

draws = np.random.default_rng(11)
sets = []
for n, outliers, p in ((60, 8, 2), (150, 20, 4)):
    mix = draws.normal(size=(p, p))
    x = draws.normal(size=(n, p)) @ mix
    x[:outliers] = x[:outliers] * 0.3 + 15
    x = np.round(x, 5)
    test = np.round(draws.normal(size=(20, p)) * 3, 5)
    # Of all rows nothing is left to chance. Else a start may end in a support that is not the least: the best of many.
    model = EllipticEnvelope(support_fraction=1, random_state=0).fit(x)
    supports = [EllipticEnvelope(random_state=seed).fit(x).raw_support_ for seed in range(30)]
    least = min(np.linalg.slogdet(np.cov(x[support].T, bias=True))[1] for support in supports)
    sets.append(
        {
            "x": x.tolist(),
            "testX": test.tolist(),
            "logDeterminant": float(least),
            "location": model.location_.tolist(),
            "decisions": (-model.decision_function(test)).tolist(),
        }
    )

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(sets) + "\n")
