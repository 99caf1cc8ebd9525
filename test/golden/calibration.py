"""Golden values of calibration, and of the objectives of tuning on tied values.

  /usr/bin/python3 test/golden/calibration.py > test/golden/calibration.json
"""
import json
import numpy as np
from scipy.optimize import minimize
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score, precision_recall_curve, roc_auc_score, roc_curve
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(5)


def platt(values, y):
    """The sigmoid of greatest likelihood for Platt's targets, by another minimiser than ours."""
    positives = y.sum()
    t = np.where(y == 1, (positives + 1) / (positives + 2), 1 / (len(y) - positives + 2))

    def loss(ab):
        logit = ab[0] * values + ab[1]
        p = 1 / (1 + np.exp(-logit))
        return np.sum(np.logaddexp(0, logit) - t * logit), np.array([np.sum(values * (p - t)), np.sum(p - t)])
    return minimize(loss, np.array([0.0, 0.0]), jac=True, method='BFGS', options={'gtol': 1e-10, 'maxiter': 10_000}).x


def sample(n, decimals, k=2):
    y = rng.integers(0, k, n)
    return np.round(rng.normal(size=n) + 0.9 * (y > 0), decimals), (y > 0).astype(int)


curves = []
for n, decimals in ((40, 6), (200, 1), (500, 3)):
    values, y = sample(n, decimals)
    asked = np.round(np.linspace(values.min() - 1, values.max() + 1, 37), 4)
    slope, intercept = platt(values, y)
    isotonic = IsotonicRegression(out_of_bounds='clip', y_min=0, y_max=1).fit(values, y)
    curves.append({'values': values.tolist(), 'y': y.tolist(), 'slope': slope, 'intercept': intercept,
                   'asked': asked.tolist(), 'isotonic': isotonic.predict(asked).tolist()})

n, d, folds = 240, 4, 4
models = []
for k in (2, 3):
    y = rng.integers(0, k, n)
    X = np.round(rng.normal(size=(n, d)) + y[:, None] * [1, 0.5, -0.4, 0], 4)
    fold = np.arange(n) % folds
    parts = [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(folds)]
    asked = np.round(rng.normal(size=(30, d)) * 2, 4)
    for name in ('k-nearest-neighbours',) + (('logistic-regression',) if k == 2 else ()):
        for method in ('sigmoid', 'isotonic'):
            if name == 'k-nearest-neighbours':
                model = KNeighborsClassifier(5)
            else:
                model = LogisticRegression(C=1, tol=1e-12, max_iter=100_000)
            fitted = CalibratedClassifierCV(make_pipeline(StandardScaler(), model), method=method, cv=parts, ensemble=False).fit(X, y)
            models.append({'model': name, 'method': method, 'k': k, 'X': X.tolist(), 'y': y.tolist(),
                           'folds': fold.tolist(), 'asked': asked.tolist(),
                           'probabilities': fitted.predict_proba(asked).tolist()})

objectives = []
for n, decimals, share in ((60, 1, 0.5), (300, 2, 0.1), (400, 1, 0.3)):
    y = (rng.random(n) < share).astype(int)
    values = np.round(np.clip(rng.normal(size=n) * 0.2 + 0.35 + 0.25 * y, 0, 1), decimals)
    fpr, tpr, _ = roc_curve(y, values, drop_intermediate=False)
    precision, recall, _ = precision_recall_curve(y, values)
    called = (values > 0.5).astype(int)
    # The discount 2^-rank, averaged over the orders of tied rows.
    order = np.argsort(-values, kind='stable')
    gain = np.empty(n)
    discount = 2.0 ** -np.arange(n)
    for value in np.unique(values):
        tied = values[order] == value
        gain[tied] = discount[tied].mean()
    objectives.append({
        'values': values.tolist(), 'y': y.tolist(), 'roc-auc': roc_auc_score(y, values),
        'average-precision': average_precision_score(y, values), 'accuracy': accuracy_score(y, called),
        'f1': f1_score(y, called), 'ndcg': float((gain * y[order]).sum() / discount.sum()),
        'dr-at-fpr': {str(at): float(tpr[fpr <= at].max()) for at in (0, 0.01, 0.05, 0.2)},
        'dr-at-fdr': {str(at): float(recall[1 - precision <= at + 1e-12].max()) for at in (0, 0.05, 0.1, 0.3)}})
print(json.dumps({'sklearn': sklearn.__version__, 'curves': curves, 'models': models, 'objectives': objectives}))
