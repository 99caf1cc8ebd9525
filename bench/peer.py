"""The side of scikit-learn (or xgboost) of a job, as a process of its own: read, standardise, tune or fit, evaluate, write.

python3 bench/peer.py MODEL TRAIN_DIR (--test-ids FILE | --test-dir DIR) [--grid]
Prints one JSON line with the figures of the test rows.
"""
import argparse
import glob
import json
import warnings

import numpy as np
import pandas
from sklearn.covariance import EllipticEnvelope
from sklearn.ensemble import GradientBoostingClassifier, IsolationForest, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score, roc_auc_score
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, LocalOutlierFactor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC, OneClassSVM
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings('ignore')

MODELS = {
    'logistic-regression': lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=10000)),
    'gaussian-naive-bayes': lambda: make_pipeline(StandardScaler(), GaussianNB()),
    'multinomial-naive-bayes': lambda: MultinomialNB(),
    'decision-tree': lambda: DecisionTreeClassifier(random_state=0),
    'random-forest': lambda: RandomForestClassifier(100, n_jobs=2, random_state=0),
    'gradient-boosting': lambda: GradientBoostingClassifier(subsample=0.1, random_state=0),
    'hist-gradient-boosting': lambda: xgboost_classifier(),
    # The primal solver is the documentation's advice where rows are more than columns, and the faster one here.
    'linear-svm': lambda: make_pipeline(StandardScaler(), LinearSVC(dual=False)),
    'isolation-forest': lambda: IsolationForest(n_estimators=100, n_jobs=2, random_state=0),
    'k-nearest-neighbours': lambda: make_pipeline(StandardScaler(), KNeighborsClassifier(n_jobs=2)),
    'local-outlier-factor': lambda: make_pipeline(StandardScaler(), LocalOutlierFactor(novelty=True, n_jobs=2)),
    'svm': lambda: make_pipeline(StandardScaler(), SVC()),
    'elliptic-envelope': lambda: make_pipeline(StandardScaler(), EllipticEnvelope(random_state=0)),
    'one-class-svm': lambda: make_pipeline(StandardScaler(), OneClassSVM()),
}

# They say -1 of what is unusual, and their scores fall.
DETECTORS = ('isolation-forest', 'local-outlier-factor', 'one-class-svm', 'elliptic-envelope')


def xgboost_classifier():
    from xgboost import XGBClassifier  # here alone: the other jobs do not pay for loading it

    return XGBClassifier(n_estimators=100, tree_method='hist', n_jobs=2)


def read(folder):
    """Features, labels and ids of a dataset's folder, in the order of the features file."""
    [file] = [name for name in sorted(glob.glob(folder + '/features/*.csv*')) if '_description' not in name]
    features = pandas.read_csv(file, index_col=0)
    labels = pandas.read_csv(folder + '/labels/true_labels.csv', index_col=0).loc[features.index, 'label']
    return features.to_numpy(float), (labels == 'malicious').to_numpy(int), features.index.to_numpy()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('model', choices=MODELS)
    arguments.add_argument('train')
    arguments.add_argument('--test-ids')
    arguments.add_argument('--test-dir')
    arguments.add_argument('--grid', action='store_true')
    options = arguments.parse_args()

    X, y, ids = read(options.train)
    if options.test_dir:
        X_test, y_test, _ = read(options.test_dir)
    else:
        outside = np.isin(ids, pandas.read_csv(options.test_ids)['instance_id'])
        X, y, X_test, y_test = X[~outside], y[~outside], X[outside], y[outside]
    model = MODELS[options.model]()
    if options.grid:
        model = make_pipeline(StandardScaler(), LogisticRegression(solver='liblinear', max_iter=1000))
        grid = {'logisticregression__C': [0.01, 0.1, 1, 10, 100], 'logisticregression__penalty': ['l1', 'l2']}
        model = GridSearchCV(model, grid, scoring='roc_auc', cv=StratifiedKFold(4), n_jobs=2)
    model.fit(X, y)
    decides = options.model in ('logistic-regression', 'linear-svm', 'svm')
    called = model.predict(X_test)
    if options.model in DETECTORS:  # its unusual is our malicious
        scores, called = -model.decision_function(X_test), called == -1
    else:
        scores = model.decision_function(X_test) if decides else model.predict_proba(X_test)[:, 1]
    figures = {
        'rocAuc': roc_auc_score(y_test, scores),
        'averagePrecision': average_precision_score(y_test, scores),
        'f1': f1_score(y_test, called),
        'accuracy': accuracy_score(y_test, called),
    }
    if options.grid:
        figures['tuning.rocAuc'] = model.best_score_
    print(json.dumps(figures))


main()
