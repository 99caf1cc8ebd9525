"""Reference values of numpy, scipy and scikit-learn for statistics of features: python3 statistics.py writes
statistics.json next to it."""
import json
import pathlib

import numpy as np
from scipy.stats import chi2 as chi2_law
from scipy.stats import f as f_law
from scipy.stats import f_oneway, kstwobign, kurtosis, ks_2samp, mannwhitneyu, skew
from scipy.special import digamma
from scipy.spatial.distance import jensenshannon
from sklearn.feature_selection import chi2, mutual_info_classif
from sklearn.metrics import mutual_info_score, roc_auc_score

rng = np.random.default_rng(7)
n = 240
y = (rng.random(n) < 0.4).astype(int)
family = np.where(y == 1, rng.integers(0, 3, n), 3 + rng.integers(0, 2, n))
columns = {
    'normal': rng.normal(size=n) + y,
    'shifted': 1e6 + rng.exponential(size=n) * (1 + family),
    'count': rng.poisson(2 + 2 * y).astype(float),
    'binary': (rng.random(n) < 0.2 + 0.5 * y).astype(float),
    'holes': np.where(rng.random(n) < 0.15, np.nan, rng.gamma(2.0, size=n) * (1 + family)),
    'constant': np.full(n, 3.5),
}


def number(x):
    return float(x) if np.isfinite(x) else None


def describe(x, y, family):
    here = ~np.isnan(x)
    present, labels, families = x[here], y[here], family[here]
    a, b = present[labels == 1], present[labels == 0]
    constant = present.min() == present.max()
    result = {
        'count': len(present), 'distinct': len(np.unique(present)), 'zeros': int((present == 0).sum()),
        'min': present.min(), 'max': present.max(), 'mean': present.mean(), 'std': present.std(ddof=1),
        'percentiles': np.percentile(present, [1, 5, 25, 50, 75, 95, 99]).tolist(),
        'skewness': None if constant else skew(present), 'kurtosis': None if constant else kurtosis(present),
        'variance': present.var(ddof=1),
        'rocAuc': roc_auc_score(labels, present),
        'ks': ks_2samp(a, b).statistic,
        'discreteInformation': mutual_info_score(labels, present),
    }
    en = np.sqrt(len(a) * len(b) / (len(a) + len(b)))
    result['ksP'] = kstwobign.sf(result['ks'] * en)
    result['rocAucP'] = 1.0 if constant else mannwhitneyu(a, b, method='asymptotic', use_continuity=False).pvalue
    for name, classes in (('', labels), ('Families', families)):
        if not constant:
            # scikit-learn's f_classif, less the digits it loses where the mean is large.
            f, p = f_oneway(*[present[classes == k] for k in np.unique(classes)])
            result['anova' + name], result['anovaP' + name] = f, p
        result['chi2' + name], result['chi2P' + name] = (float(v[0]) for v in chi2(np.abs(present)[:, None], classes))
        # Without ties, and about its mean, the noise is of no account; with ties it is chance, and nothing to compare with.
        if len(np.unique(present)) == len(present):
            result['neighbourInformation' + name] = mutual_info_classif(present[:, None] - present.mean(), classes, random_state=0)[0]
    return {key: value if isinstance(value, list) else (None if value is None else number(value)) for key, value in result.items()}


def contingency_v(x, classes):
    values, codes = np.unique(x, return_inverse=True)
    kinds = np.unique(classes)
    table = np.array([[np.sum((codes == i) & (classes == k)) for k in kinds] for i in range(len(values))], dtype=float)
    expected = table.sum(1, keepdims=True) * table.sum(0, keepdims=True) / table.sum()
    statistic = ((table - expected) ** 2 / expected).sum()
    return np.sqrt(statistic / table.sum() / (min(table.shape) - 1))


def drift(reference, other, edges):
    p, q = np.histogram(reference, edges)[0] / len(reference), np.histogram(other, edges)[0] / len(other)
    return {'jensenShannon': jensenshannon(p, q, 2) ** 2, 'ks': ks_2samp(reference, other).statistic}


holes = columns['holes']
both = ~np.isnan(holes)
out = {
    'label': y.tolist(), 'family': family.tolist(),
    'columns': {k: [None if np.isnan(v) else v for v in c.tolist()] for k, c in columns.items()},
    'described': {k: describe(c, y, family) for k, c in columns.items()},
    'cramersV': {k: [contingency_v(columns[k], y), contingency_v(columns[k], family)] for k in ('count', 'binary')},
    'correlation': {
        'normal, count': np.corrcoef(columns['normal'], columns['count'])[0, 1],
        'shifted, normal': np.corrcoef(columns['shifted'], columns['normal'])[0, 1],
        'holes, normal': np.corrcoef(holes[both], columns['normal'][both])[0, 1],
    },
    'drift': drift(columns['normal'], columns['normal'][::2] * 1.2 + 0.3, np.linspace(-6, 8, 15)),
    'tails': {
        'chiSquared': [[x, k, chi2_law.sf(x, k)] for x in (0.0, 0.3, 2.0, 31.0, 700.0) for k in (1, 2, 7, 40)],
        'f': [[x, a, b, f_law.sf(x, a, b)] for x in (0.0, 0.2, 1.0, 9.0, 400.0) for a, b in ((1, 12), (3, 200), (20, 25000))],
        'kolmogorov': [[x, kstwobign.sf(x)] for x in (0.1, 0.4, 0.8, 0.99, 1.0, 1.4, 3.0, 6.0)],
        'digamma': [[m, digamma(m)] for m in (1, 2, 3, 10, 31, 32, 33, 1000, 123456)],
    },
}
path = pathlib.Path(__file__).with_suffix('.json')
path.write_text(json.dumps(out) + '\n')
