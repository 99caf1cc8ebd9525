"""secuml stats against pandas, scipy and scikit-learn: the same figures and scores of every feature, whole processes in turns.

python3 bench/feature-statistics.py --data DIR [--runs N]
DIR holds datasets as DIR/<project>/<dataset>. Prints CPU seconds (all threads and children), wall seconds and peak memory
of both, and the ratios ours / theirs. Only ratios of one run mean anything. Needs Debian's python3-sklearn and python3-pandas.
"""
import argparse
import glob
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, '..', 'dist', 'secuml.js')


def theirs(folder):
    """What a careful analyst would compute with the Python tools; neighbour mutual information too."""
    import numpy as np
    import pandas
    from scipy import stats
    from sklearn.feature_selection import chi2, f_classif, mutual_info_classif
    from sklearn.metrics import roc_auc_score

    [file] = [name for name in sorted(glob.glob(folder + '/features/*.csv*')) if '_description' not in name]
    features = pandas.read_csv(file)
    labels = pandas.read_csv(folder + '/labels/true_labels.csv').set_index('instance_id').loc[features['instance_id']]
    X = features.drop(columns='instance_id')
    y = (labels['label'] == 'malicious').to_numpy(dtype=int)
    X.describe(percentiles=[0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99])
    X.skew(), X.kurtosis(), X.nunique(), (X == 0).sum()
    values = X.to_numpy(dtype=float)
    binary = [len(np.unique(column)) <= 2 for column in values.T]
    f_classif(values, y)
    chi2(values[:, (values >= 0).all(axis=0)], y)
    mutual_info_classif(values, y, discrete_features=np.array(binary), random_state=0)
    for column in values.T:
        roc_auc_score(y, column)
        stats.ks_2samp(column[y == 1], column[y == 0])
        for group in (column, column[y == 1], column[y == 0]):
            np.histogram(group, bins='fd' if np.ptp(group) and len(np.unique(group)) > 20 else 10)
    np.corrcoef(values, rowvar=False)


def measured(command):
    began = time.time()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f'failed: {" ".join(command)}\n{child.stderr.read().decode()}')
    return {'cpu': usage.ru_utime + usage.ru_stime, 'wall': time.time() - began, 'memory': usage.ru_maxrss / 1024}


def best(runs):
    return {name: min(run[name] for run in runs) for name in runs[0]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data')
    parser.add_argument('--runs', type=int, default=3)
    parser.add_argument('--theirs', help='the work of the Python tools alone, in this process')
    options = parser.parse_args()
    if options.theirs:
        return theirs(options.theirs)
    print('| dataset | CPU s ours / theirs | ratio | wall s | ratio | peak MB | ratio |\n|---|---|---|---|---|---|---|')
    with tempfile.TemporaryDirectory() as output:
        for project, dataset in (('SpamHam', 'lingspam'), ('NSLKDD', 'train20'), ('PE', 'ClaMP')):
            folder = os.path.join(options.data, project, dataset)
            if not os.path.isdir(folder):
                print(f'no {project}/{dataset} in {options.data}', file=sys.stderr)
                continue
            ours = ['node', PROGRAM, 'stats', project, dataset, '--input-dir', options.data, '--output-dir', output]
            ours += ['--db-rows', 'none', '--quiet']
            peer = ['/usr/bin/python3', os.path.abspath(__file__), '--theirs', folder]
            pairs = [(measured(ours), measured(peer)) for _ in range(options.runs)]
            a, b = best([pair[0] for pair in pairs]), best([pair[1] for pair in pairs])
            cells = [f'{a[k]:.{p}f} / {b[k]:.{p}f} | **{a[k] / b[k]:.2f}**' for k, p in (('cpu', 1), ('wall', 1), ('memory', 0))]
            print(f'| {dataset} | ' + ' | '.join(cells) + ' |', flush=True)


main()
