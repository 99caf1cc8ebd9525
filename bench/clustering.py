"""secuml cluster against pandas and scikit-learn: the same clusters and indices, whole processes in turns.

python3 bench/clustering.py --data DIR [--runs N]
DIR holds datasets as DIR/<project>/<dataset>. Prints inertia, CPU seconds (all threads and children) and wall seconds of
both, and the ratios ours / theirs. Only ratios of one run mean anything. Needs Debian's python3-sklearn and python3-pandas.
"""
import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, '..', 'dist', 'secuml.js')
# (algorithm, what it is told, project, dataset)
JOBS = [
    ('kmeans', '10', 'SpamHam', 'lingspam'),
    ('kmeans', '10', 'NSLKDD', 'train20'),
    ('kmeans', '10', 'PE', 'ClaMP'),
    ('kmeans', '10', 'Scale', 'rows100k'),
    ('gaussian-mixture', '4', 'NSLKDD', 'train20'),
    ('dbscan', '0.5', 'NSLKDD', 'train20'),
    ('dbscan', '2', 'NSLKDD', 'train20'),
]


def theirs(folder, algorithm, told):
    """Reads, standardises, clusters, judges; the silhouette of 10,000 rows, as ours."""
    import numpy as np
    import pandas
    from sklearn import metrics
    from sklearn.cluster import DBSCAN, KMeans
    from sklearn.mixture import GaussianMixture
    from sklearn.preprocessing import StandardScaler

    [file] = [name for name in sorted(glob.glob(folder + '/features/*.csv*')) if '_description' not in name]
    X = pandas.read_csv(file).drop(columns='instance_id').to_numpy(dtype=float)
    labels = pandas.read_csv(folder + '/labels/true_labels.csv')['label']
    X = StandardScaler().fit_transform(X[:, X.std(axis=0) > 0])
    if algorithm == 'kmeans':
        found = KMeans(int(told), n_init=10, random_state=0).fit_predict(X)
    elif algorithm == 'dbscan':
        found = DBSCAN(eps=float(told)).fit_predict(X)
    else:
        found = GaussianMixture(int(told), random_state=1).fit_predict(X)
    kept = np.flatnonzero(found >= 0)
    metrics.silhouette_score(X[kept], found[kept], sample_size=min(10_000, len(kept)), random_state=0)
    metrics.homogeneity_completeness_v_measure(labels, found)
    metrics.adjusted_rand_score(labels, found), metrics.adjusted_mutual_info_score(labels, found)
    inertia = sum(((X[found == c] - X[found == c].mean(axis=0)) ** 2).sum() for c in np.unique(found[kept]))
    print(json.dumps({'headline': {'inertia': inertia}}))


def measured(command):
    began = time.time()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    printed = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f'failed: {" ".join(command)}')
    inertia = json.loads(printed)['headline']['inertia']
    return {'inertia': inertia, 'cpu': usage.ru_utime + usage.ru_stime, 'wall': time.time() - began}


def best(runs):
    return {name: min(run[name] for run in runs) for name in runs[0]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data')
    parser.add_argument('--runs', type=int, default=3)
    parser.add_argument('--theirs', nargs=3, help='the work of the Python tools alone, in this process')
    options = parser.parse_args()
    if options.theirs:
        return theirs(*options.theirs)
    print('| job | data | inertia ours / theirs | CPU s | ratio | wall s | ratio |\n|---|---|---|---|---|---|---|')
    with tempfile.TemporaryDirectory() as output:
        for algorithm, told, project, dataset in JOBS:
            folder = os.path.join(options.data, project, dataset)
            if not os.path.isdir(folder):
                print(f'no {project}/{dataset} in {options.data}', file=sys.stderr)
                continue
            ours = ['node', PROGRAM, 'cluster', project, dataset, '--input-dir', options.data, '--output-dir', output]
            ours += ['--algorithm', algorithm, '--db-rows', 'none', '--quiet', '--json']
            ours += ['--param', f'eps={told}'] if algorithm == 'dbscan' else ['--clusters', told]
            ours += ['--param', 'covariance=full'] if algorithm == 'gaussian-mixture' else []
            peer = ['/usr/bin/python3', os.path.abspath(__file__), '--theirs', folder, algorithm, told]
            pairs = [(measured(ours), measured(peer)) for _ in range(options.runs)]
            a, b = best([pair[0] for pair in pairs]), best([pair[1] for pair in pairs])
            cells = [f'{a[k]:.1f} / {b[k]:.1f} | **{a[k] / b[k]:.2f}**' for k in ('cpu', 'wall')]
            print(f"| {algorithm} {told} | {dataset} | {a['inertia']:.0f} / {b['inertia']:.0f} | {' | '.join(cells)} |", flush=True)


main()
