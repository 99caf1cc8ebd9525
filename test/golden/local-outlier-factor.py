"""Golden values of local outlier factors: scikit-learn on standardised features without ties, and with equal rows.

Run with a Python that has scikit-learn: python3 test/golden/local-outlier-factor.py
"""

import json
import pathlib

import numpy as np
from sklearn.neighbors import LocalOutlierFactor
from sklearn.preprocessing import StandardScaler

draws = np.random.default_rng(5)


def table(n):
    return np.round(draws.normal(size=(n, 3)) * [1, 10, 0.1], 5)


plain = np.vstack([table(50), table(20) * 0.1 + 3, [[8, -40, 1], [-6, 3, 0.7]]])
# Four equal rows far off and one beside them: with three neighbours each, it does not matter which of them are taken.
equal = np.vstack([plain[:40], [[20, 200, 2]] * 4, [[20.5, 200, 2]]])
test = table(25) * 1.5
sets = []
for x, counts in ((plain, (1, 5, 20)), (equal, (3,))):
    scaler = StandardScaler().fit(x)
    for neighbors in counts:
        transductive = LocalOutlierFactor(neighbors, contamination=0.1).fit(scaler.transform(x))
        novelty = LocalOutlierFactor(neighbors, novelty=True).fit(scaler.transform(x))
        sets.append(
            {
                "nNeighbors": neighbors,
                "x": x.tolist(),
                "testX": test.tolist(),
                "training": (-transductive.negative_outlier_factor_).tolist(),
                "threshold": -transductive.offset_,
                "new": (-novelty.score_samples(scaler.transform(test))).tolist(),
            }
        )

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(sets) + "\n")
