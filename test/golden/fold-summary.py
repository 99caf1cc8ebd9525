"""Golden values of Student's quantiles and of corrected resampled t intervals, from SciPy.

Run with a Python that has SciPy: python3 test/golden/fold-summary.py
"""

import json
import pathlib

import numpy as np
from scipy.stats import t

degrees = [1, 2, 3, 4, 5, 9, 10, 29, 99, 1000]
quantiles = [
    {"level": level, "degrees": d, "quantile": t.ppf(0.5 + level / 2, d)} for d in degrees for level in (0, 0.5, 0.95, 0.99)
]

draws = np.random.default_rng(7)
folds = []
for k in (2, 3, 4, 10):
    values = np.round(draws.uniform(0.8, 1, size=k), 6)
    share = 1 / (k - 1)
    std = values.std(ddof=1)
    half = t.ppf(0.975, k - 1) * np.sqrt(1 / k + share) * std
    mean = values.mean()
    folds.append({"values": values.tolist(), "share": share, "mean": mean, "std": std, "low": mean - half, "high": mean + half})

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"quantiles": quantiles, "folds": folds}) + "\n")
