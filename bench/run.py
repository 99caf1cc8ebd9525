"""Whole jobs of secuml paired with scikit-learn, xgboost or ranger, each a process, one after the other in one run.

  npm run bench [-- --data DIR] [--only TEXT] [--repeat N] [--markdown]

Prints the figures of quality of both, CPU seconds (all threads and child processes), wall seconds, peak memory, and the
ratios ours / theirs. Our side writes its files, but no rows into the database: the other side has none. Only ratios of one run mean anything: machines drift. DIR holds further datasets as
DIR/<project>/<dataset>; jobs whose data is not there are named at the end. Needs Debian's python3-sklearn and
python3-pandas, for the histogram boosting xgboost (python3-xgboost), and for the rows against ranger r-cran-ranger and
r-cran-data.table; without these they are named at the end.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(here)
# Debian's own, which has scikit-learn; another one may come first in the path.
DEBIAN_PYTHON = '/usr/bin/python3'
program = os.path.join(root, 'dist', 'secuml.js')

GRID = ['--param', 'C=0.01,0.1,1,10,100', '--param', 'penalty=l1,l2', '--tuning-folds', '4']
MAIL = ('SpamHam', 'spamassassin')
LING = ('SpamHam', 'lingspam')
NSL = ('NSLKDD', 'train20')
CLAMP = ('PE', 'ClaMP')
SITES = ('Phishing', 'uci_websites')
SCALE = ('Scale', 'rows100k')

RANGER = 'random forest 100 / ranger'

# The grid on the mails is left out: scikit-learn's liblinear did not end within 15 minutes of CPU there.
# (name, model, training data, test dataset of the same project or None for a split by id, grid)
JOBS = [
    ('LR grid', 'logistic-regression', LING, None, True),
    ('LR grid', 'logistic-regression', NSL, 'test', True),
    ('LR, C=1', 'logistic-regression', MAIL, None, False),
    ('LR, C=1', 'logistic-regression', LING, None, False),
    ('LR, C=1', 'logistic-regression', NSL, 'test', False),
    ('LR, C=1', 'logistic-regression', SCALE, None, False),
    ('Gaussian NB', 'gaussian-naive-bayes', MAIL, None, False),
    ('Gaussian NB', 'gaussian-naive-bayes', LING, None, False),
    ('Gaussian NB', 'gaussian-naive-bayes', NSL, 'test', False),
    ('multinomial NB', 'multinomial-naive-bayes', MAIL, None, False),
    ('multinomial NB', 'multinomial-naive-bayes', LING, None, False),
    ('decision tree', 'decision-tree', MAIL, None, False),
    ('decision tree', 'decision-tree', LING, None, False),
    ('decision tree', 'decision-tree', NSL, 'test', False),
    ('random forest 100', 'random-forest', MAIL, None, False),
    ('random forest 100', 'random-forest', LING, None, False),
    ('random forest 100', 'random-forest', NSL, 'test', False),
    ('random forest 100', 'random-forest', SCALE, None, False),
    (RANGER, 'random-forest', LING, None, False),
    (RANGER, 'random-forest', NSL, 'test', False),
    (RANGER, 'random-forest', SCALE, None, False),
    ('gradient boosting 100', 'gradient-boosting', LING, None, False),
    ('gradient boosting 100', 'gradient-boosting', NSL, 'test', False),
    ('hist boosting 100 / xgboost', 'hist-gradient-boosting', NSL, 'test', False),
    ('hist boosting 100 / xgboost', 'hist-gradient-boosting', SCALE, None, False),
    ('linear SVM, C=1', 'linear-svm', LING, None, False),
    ('linear SVM, C=1', 'linear-svm', NSL, 'test', False),
    ('isolation forest 100', 'isolation-forest', NSL, 'test', False),
    ('5 nearest neighbours', 'k-nearest-neighbours', NSL, 'test', False),
    ('local outlier factor', 'local-outlier-factor', CLAMP, None, False),
    ('elliptic envelope', 'elliptic-envelope', CLAMP, None, False),
    ('elliptic envelope', 'elliptic-envelope', SITES, None, False),
    ('SVM, RBF, C=1', 'svm', LING, None, False),
    ('SVM, RBF, C=1', 'svm', NSL, 'test', False),
    ('one-class SVM', 'one-class-svm', NSL, 'test', False),
]


def run(command):
    """Runs a command; its output, CPU seconds, wall seconds and peak bytes, children included."""
    started = time.time()
    # Threads that wait do not spin: on a busy machine spinning would be most of xgboost's CPU.
    environment = {**os.environ, 'OMP_WAIT_POLICY': 'passive'}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f'failed: {" ".join(command)}')
    return {
        'figures': json.loads(output),
        'cpu': usage.ru_utime + usage.ru_stime,
        'wall': time.time() - started,
        'memory': usage.ru_maxrss * 1024,
    }


def held_out_ids(folder, scratch):
    """A file with the ids of about a tenth of the rows: row i is a test row iff i * 2654435761 mod 2^32 < 2^32 / 10."""
    with open(os.path.join(folder, 'idents.csv')) as file:
        ids = [line.split(',')[0] for line in file.read().splitlines()[1:]]
    path = os.path.join(scratch, folder.strip('/').replace('/', '_') + '.ids.csv')
    with open(path, 'w') as file:
        file.write('instance_id\n')
        file.writelines(f'{id}\n' for i, id in enumerate(ids) if i * 2654435761 % 2**32 < 2**32 / 10)
    return path


def stage_seconds(document, stage):
    """Wall seconds of a stage of ours."""
    return sum(part['seconds'] for part in document['run']['durations'] if part['stage'] == stage)


def print_training(job, runs):
    """Says, beside the table, what the training alone took: the shortest of each."""
    ours, theirs = (min(side) for side in zip(*runs))
    print(f'{job[0]} on {job[2][1]}, the training alone: {ours:.2f} / {theirs:.2f} s of wall', file=sys.stderr)


def has_ranger():
    if shutil.which('Rscript') is None:
        return False
    check = 'quit(status = !all(sapply(c("ranger", "data.table"), requireNamespace, quietly = TRUE)))'
    return subprocess.run(['Rscript', '-e', check], capture_output=True).returncode == 0


def pair(job, inputs, scratch, repeat):
    name, model, (project, dataset), test, grid = job
    folder = os.path.join(inputs, project, dataset)
    ids = None if test else held_out_ids(folder, scratch)
    where = ['--test-dir', os.path.join(inputs, project, test)] if test else ['--test-ids', ids]
    script = ['Rscript', 'ranger.R'] if name == RANGER else [DEBIAN_PYTHON, 'peer.py']
    peer = [script[0], os.path.join(here, script[1])]
    theirs_command = [*peer, model, folder, *where, *(['--grid'] if grid else [])]
    ours_command = ['node', program, 'classify', project, dataset, '--model', model, '--input-dir', inputs,
                    '--output-dir', os.path.join(scratch, 'output_data'), '--json', '--quiet',
                    '--no-training-detection', '--db-rows', 'none',
                    *(['--validation-dataset', test] if test else ['--test-ids', ids]),
                    *(GRID if grid else ['--no-tuning'])]
    # Taking turns, so that a drift of the machine hits both; the fastest of each counts.
    runs = [(run(ours_command), run(theirs_command)) for _ in range(repeat)]
    ours, theirs = (min(side, key=lambda result: result['cpu']) for side in zip(*runs))
    if name == RANGER:
        print_training(job, [(stage_seconds(ours['figures'], 'training'), theirs['figures'].pop('training'))
                             for ours, theirs in runs])
    headline = ours['figures']['headline']
    ours['figures'] = {name: headline.get(name if '.' in name else f'test.{name}') for name in theirs['figures']}
    return ours, theirs


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--data', help='folder with further datasets')
    arguments.add_argument('--only', default='', help='jobs whose name, model or dataset contains this')
    arguments.add_argument('--repeat', type=int, default=1)
    options = arguments.parse_args()
    left_out = []
    print('| job | data | ROC AUC ours / theirs | F1 | accuracy | tuning AUC | CPU s | ratio | wall s | ratio | peak MB | ratio |')
    print('|---|---|---|---|---|---|---|---|---|---|---|---|')
    with tempfile.TemporaryDirectory() as scratch:
        for job in JOBS:
            name, model, (project, dataset), test, _ = job
            if options.only not in f'{name} {model} {project}/{dataset}':
                continue
            if name == RANGER and not has_ranger():
                left_out.append(f'{name} on {project}/{dataset}: no R with ranger and data.table')
                continue
            candidates = [os.path.join(root, 'input_data'), *([options.data] if options.data else [])]
            wanted = [dataset, *([test] if test else [])]
            inputs = next((c for c in candidates if all(os.path.isdir(f'{c}/{project}/{d}') for d in wanted)), None)
            if inputs is None:
                left_out.append(f'{name} on {project}/{dataset}: no data')
                continue
            ours, theirs = pair(job, inputs, scratch, options.repeat)
            row = [name, f'{dataset}{" → " + test if test else ""}']
            for figure in ['rocAuc', 'f1', 'accuracy', 'tuning.rocAuc']:
                both = [side['figures'].get(figure) for side in (ours, theirs)]
                row.append(' / '.join('–' if value is None else f'{value:.4f}' for value in both))
            for measure, unit in [('cpu', 1), ('wall', 1), ('memory', 1e6)]:
                digits = 0 if unit > 1 else 1
                row.append(f'{ours[measure] / unit:.{digits}f} / {theirs[measure] / unit:.{digits}f}')
                row.append(f'**{ours[measure] / theirs[measure]:.2f}**')
            print('| ' + ' | '.join(row) + ' |', flush=True)
    for job in left_out:
        print(f'left out: {job}')


main()
