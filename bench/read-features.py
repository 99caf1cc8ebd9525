"""Pairs bench/read-features.mjs with pandas.read_csv (Debian's python3-pandas), after `npm install`:
    /usr/bin/python3 bench/read-features.py FEATURES.csv [FEATURES.csv ...]
CPU seconds, the best of three runs inside one process for both, and ratios. Numbers with more digits than pandas keeps
are read exactly by ours and not by pandas (float_precision=None); its exact way is shown too.
"""
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas


def read_cpu(path, **options):
    best = float("inf")
    for _ in range(3):
        before = time.process_time()
        pandas.read_csv(path, **options)
        best = min(best, time.process_time() - before)
    return best


def main(paths):
    here = Path(__file__).parent
    script = Path(tempfile.mkdtemp()) / "read-features.mjs"
    subprocess.run([here.parent / "node_modules/.bin/esbuild", here / "read-features.mjs", "--bundle", "--format=esm",
                    "--platform=node", "--log-level=error", f"--outfile={script}"], check=True)
    for path in paths:
        theirs = read_cpu(path)
        exact = read_cpu(path, float_precision="round_trip")
        ours = json.loads(subprocess.run(["node", str(script), path], check=True, stdout=subprocess.PIPE).stdout)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{path}: {ours['rows']} x {ours['columns']}, kept {ours['kind']}")
        print(f"  pandas {theirs:.3f} s, exact {exact:.3f} s, peak {peak} MiB")
        print(f"  ours   {ours['best']:.3f} s = {ours['best'] / theirs:.2f}x (first run {ours['first'] / theirs:.2f}x,"
              f" hash {ours['hashing']:.3f} s, store {ours['storing']:.3f} s), peak {ours['peakMiB']} MiB")
        print(f"  cache  {ours['fromCache']:.3f} s = {ours['fromCache'] / theirs:.3f}x")


main(sys.argv[1:])
