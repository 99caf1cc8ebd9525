"""secuml projection against pandas and scikit-learn: read, standardise, two principal components, write; whole processes in
turns.

/usr/bin/python3 bench/projection.py --data DIR [--runs N] [--solver auto|full]
DIR holds datasets as DIR/<project>/<dataset>. Prints CPU seconds (all threads and children), wall seconds and peak memory
of both, and the ratios ours / theirs. Only ratios of one run mean anything. By itself scikit-learn takes a randomised
solver above 500 rows or columns, which is not exact; `--solver full` is, as ours. Our side measures trustworthiness and class
separation, and draws hexagons, too. Needs Debian's python3-sklearn and python3-pandas.
"""
import argparse
import glob
import os
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'dist', 'secuml.js')


def theirs(folder, output, solver):
    import pandas
    from sklearn.decomposition import PCA
    from sklearn.preprocessing import StandardScaler

    [file] = [name for name in sorted(glob.glob(folder + '/features/*.csv*')) if '_description' not in name]
    features = pandas.read_csv(file)
    X = StandardScaler().fit_transform(features.drop(columns='instance_id').to_numpy(dtype=float))
    found = PCA(2, random_state=0, svd_solver=solver).fit(X)
    pandas.DataFrame(found.transform(X)).to_csv(output + '/coordinates.csv')


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
    parser.add_argument('--solver', default='auto')
    parser.add_argument('--theirs', nargs=2, help='the work of the Python tools alone, in this process')
    options = parser.parse_args()
    if options.theirs:
        return theirs(*options.theirs, options.solver)
    print('| dataset | CPU s ours / theirs | ratio | wall s | ratio | peak MB | ratio |\n|---|---|---|---|---|---|---|')
    with tempfile.TemporaryDirectory() as output:
        for folder in sorted(glob.glob(os.path.join(options.data, '*', '*', 'features'))):
            folder = os.path.dirname(folder)
            project, dataset = folder.split(os.sep)[-2:]
            ours = ['node', PROGRAM, 'projection', project, dataset, '--components', '2', '--input-dir', options.data]
            ours += ['--output-dir', output, '--db-rows', 'none', '--quiet']
            peer = ['/usr/bin/python3', os.path.abspath(__file__), '--theirs', folder, output, '--solver', options.solver]
            pairs = [(measured(ours), measured(peer)) for _ in range(options.runs)]
            a, b = best([pair[0] for pair in pairs]), best([pair[1] for pair in pairs])
            cells = [f'{a[k]:.{p}f} / {b[k]:.{p}f} | **{a[k] / b[k]:.2f}**' for k, p in (('cpu', 1), ('wall', 1), ('memory', 0))]
            print(f'| {dataset} | ' + ' | '.join(cells) + ' |', flush=True)


main()
