"""A publisher of its own: releases every candidate of a pickled list, one after the other, once it is told to begin."""

import pickle
import sys
from pathlib import Path

from flows.release import release

if __name__ == "__main__":
    waiting = pickle.loads(Path(sys.argv[1]).read_bytes())
    sys.stdin.readline()
    for one in waiting:
        release(one.work, one.candidate)
