"""Logistic regression paired with scikit-learn, whole processes, on one machine in one run.

Run after `npm run build`:
  python3 bench/logistic-regression.py grid TRAIN_DIR [TEST_DIR] [--test-ids FILE]
  python3 bench/logistic-regression.py fit TRAIN_DIR
Both sides read the CSV, standardise, search C x penalty over four stratified folds (grid) or fit once (fit), and score
the test rows. Prints both sides' figures and the ratios of CPU seconds and of peak memory. Needs python3-sklearn.
"""
import glob
import json
import os
import resource
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))


def peer(job, train_folder, test_folder, test_ids):
    """scikit-learn's side: liblinear over the grid (2 jobs), lbfgs for one fit."""
    import warnings

    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
    from sklearn.model_selection import GridSearchCV, StratifiedKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    warnings.filterwarnings('ignore')

    def read(folder):
        X = np.loadtxt(glob.glob(folder + '/features/*.csv')[0], delimiter=',', skiprows=1)[:, 1:]
        with open(folder + '/labels/true_labels.csv') as file:
            y = np.array([line.split(',')[1] == 'malicious' for line in file.read().splitlines()[1:]], dtype=int)
        return X, y

    X, y = read(train_folder)
    reading = sum(os.times()[:2])
    test = read(test_folder) if test_folder else (X, y)
    if test_ids:
        inside = np.ones(len(y), bool)
        inside[np.loadtxt(test_ids, skiprows=1, dtype=int)] = False
        test = X[~inside], y[~inside]
        X, y = X[inside], y[inside]
    before = cpu()
    if job == 'grid':
        model = make_pipeline(StandardScaler(), LogisticRegression(solver='liblinear', random_state=0))
        grid = {'logisticregression__C': [0.01, 0.1, 1, 10, 100], 'logisticregression__penalty': ['l1', 'l2']}
        model = GridSearchCV(model, grid, scoring='roc_auc', cv=StratifiedKFold(4), n_jobs=2)
    else:
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(X, y)
    scores = model.decision_function(test[0])
    result = {'auc': roc_auc_score(test[1], scores), 'f1': f1_score(test[1], scores > 0),
              'accuracy': accuracy_score(test[1], scores > 0)}
    if job == 'grid':
        result |= {'cvAuc': model.best_score_, 'chosen': str(model.best_params_)}
        del model
        from joblib.externals.loky import get_reusable_executor
        get_reusable_executor().shutdown(wait=True)
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    result |= {'readingCpu': reading, 'trainingCpu': cpu() - before, 'cpu': cpu(), 'peakMiB': max(peaks) // 1024}
    print(json.dumps(result))


def cpu():
    return sum(os.times()[:4])


def run(command):
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


if sys.argv[1] == 'peer':
    peer(*(value or None for value in sys.argv[2:6]))
    sys.exit()
arguments = sys.argv[1:]
ids = ''
if '--test-ids' in arguments:
    at = arguments.index('--test-ids')
    ids = arguments[at + 1]
    del arguments[at:at + 2]
job, folder, test = arguments + [''] * (3 - len(arguments))
ours = run(['node', here + '/logistic-regression.mjs', job, folder] + [test] * bool(test)
           + ['--test-ids', ids] * bool(ids))
theirs = run([sys.executable, __file__, 'peer', job, folder, test, ids])
print('ours  ', ours)
print('theirs', theirs)
for name in ('cpu', 'trainingCpu', 'peakMiB'):
    print(f'{name}: ratio {ours[name] / theirs[name]:.3f}')
