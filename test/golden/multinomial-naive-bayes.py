"""Golden values of multinomial naive Bayes: scikit-learn's MultinomialNB.

  /usr/bin/python3 test/golden/multinomial-naive-bayes.py > test/golden/multinomial-naive-bayes.json
"""
import json
import numpy as np
import sklearn
from sklearn.naive_bayes import MultinomialNB

rng = np.random.default_rng(3)
n, d, k = 90, 8, 3
y = rng.integers(0, k, n)
rates = rng.gamma(1, 1, (k, d))
X, T = rng.poisson(rates[y]), rng.poisson(rates[rng.integers(0, k, 12)])
X[:, 4] = 0
weights = rng.integers(1, 4, n).astype(float)
cases = []
for classes in (2, 3):
    target = np.minimum(y, classes - 1)
    for alpha, prior, w in [(1.0, True, None), (0.01, True, None), (1.0, False, None), (0.5, True, weights)]:
        model = MultinomialNB(alpha=alpha, fit_prior=prior).fit(X, target, sample_weight=w)
        cases.append({'classes': classes, 'alpha': alpha, 'fitPrior': prior, 'weights': w is not None,
                      'probabilities': model.predict_proba(T).ravel().tolist()})
print(json.dumps({'sklearn': sklearn.__version__, 'X': X.tolist(), 'y': y.tolist(), 'T': T.tolist(),
                  'weights': weights.tolist(), 'cases': cases}))
