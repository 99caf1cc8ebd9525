"""Reference values of scikit-learn and scipy for test/ml/metrics: python3 metrics.py writes metrics.json next to it."""
import json
import pathlib
import random

import numpy as np
from scipy.stats import norm
from sklearn.calibration import calibration_curve
from sklearn.metrics import (accuracy_score, average_precision_score, brier_score_loss, confusion_matrix, f1_score,
                             precision_recall_curve, precision_recall_fscore_support, roc_auc_score, roc_curve)


def scored(n, decimals, share, seed):
    draw = random.Random(seed)
    rows = []
    for _ in range(n):
        positive = draw.random() < share
        bell = sum(draw.random() for _ in range(3)) / 3
        rows.append((round(0.25 + 0.75 * bell if positive else 0.75 * bell, decimals), int(positive)))
    return rows


def binary(name, rows):
    values = np.array([value for value, _ in rows])
    y = np.array([positive for _, positive in rows])
    fpr, tpr, thresholds = roc_curve(y, values, drop_intermediate=True)
    precision, recall, levels = precision_recall_curve(y, values)
    at = {}
    for threshold in (0.25, 0.5, 0.75):
        called = (values > threshold).astype(int)
        p, r, f1, _ = precision_recall_fscore_support(y, called, average="binary", zero_division=0)
        tn, fp, fn, tp = confusion_matrix(y, called, labels=[0, 1]).ravel()
        at[str(threshold)] = {
            "truePositives": int(tp), "falsePositives": int(fp), "falseNegatives": int(fn), "trueNegatives": int(tn),
            "accuracy": accuracy_score(y, called), "precision": p, "recall": r, "f1": f1,
            "f1Macro": f1_score(y, called, average="macro", zero_division=0),
            "f1Micro": f1_score(y, called, average="micro", zero_division=0),
        }
    share, mean = calibration_curve(y, values, n_bins=10)
    return {
        "name": name, "values": values.tolist(), "positive": y.tolist(),
        "rocAuc": roc_auc_score(y, values), "averagePrecision": average_precision_score(y, values),
        "brier": brier_score_loss(y, values),
        "roc": {"falsePositiveRate": fpr.tolist(), "truePositiveRate": tpr.tolist()},
        # scikit-learn lists recall descending and ends with the point (0, 1) of no alert.
        "precisionRecall": {"recall": recall[-2::-1].tolist(), "precision": precision[-2::-1].tolist(),
                            "reached": levels[::-1].tolist()},
        "recallAtFpr": {str(m): float(tpr_all(y, values, m)) for m in (0, 0.001, 0.01, 0.05, 0.1, 0.5, 1)},
        "at": at, "calibration": {"maliciousShare": share.tolist(), "meanProbability": mean.tolist()},
    }


def tpr_all(y, values, limit):
    fpr, tpr, _ = roc_curve(y, values, drop_intermediate=False)
    return tpr[fpr <= limit].max()


def multiclass(name, truth, predicted, k):
    labels = list(range(k))
    p, r, f1, support = precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=0)
    return {
        "name": name, "truth": truth, "predicted": predicted, "k": k,
        "matrix": confusion_matrix(truth, predicted, labels=labels).ravel().tolist(),
        "accuracy": accuracy_score(truth, predicted),
        "f1Macro": f1_score(truth, predicted, average="macro", zero_division=0),
        "f1Micro": f1_score(truth, predicted, average="micro", zero_division=0),
        "precision": p.tolist(), "recall": r.tolist(), "f1": f1.tolist(), "instances": support.tolist(),
    }


def classes(n, k, seed, absent=()):
    draw = random.Random(seed)
    pool = [c for c in range(k) if c not in absent]
    truth = [draw.choice(pool) for _ in range(n)]
    predicted = [c if draw.random() < 0.7 else draw.choice(pool) for c in truth]
    return truth, predicted


def main():
    document = {
        "binary": [
            binary("distinct values", scored(400, 12, 0.3, 1)),
            binary("heavy ties", scored(600, 1, 0.4, 2)),
            binary("few positives", scored(500, 3, 0.02, 3)),
            binary("many positives", scored(300, 2, 0.95, 4)),
            binary("all equal", [(0.6, i % 3 == 0) for i in range(30)]),
            binary("perfect", [(0.9, 1)] * 5 + [(0.1, 0)] * 7),
            binary("inverted", [(0.1, 1)] * 5 + [(0.9, 0)] * 7),
        ],
        "multiclass": [
            multiclass("five classes", *classes(300, 5, 1), 5),
            multiclass("a class that does not occur", *classes(100, 5, 2, absent=(3,)), 5),
            multiclass("a class never predicted", [0, 0, 1, 1, 2, 2], [0, 0, 1, 0, 1, 1], 3),
            multiclass("a class only predicted", [0, 0, 1, 1], [0, 2, 1, 2], 3),
            multiclass("two classes", *classes(80, 2, 3), 2),
        ],
        "normalQuantile": [[p, float(norm.ppf(p))] for p in
                           (1e-300, 1e-20, 1e-9, 1e-5, 0.001, 0.025, 0.07, 0.08, 0.3, 0.5, 0.6, 0.9, 0.95, 0.975, 0.9999)],
    }
    text = json.dumps(document, default=lambda number: number.item())
    pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")


main()
