"""Compare the readers for as long as asked: `python -m tests.property.fuzz_fast SECONDS [FIRST_SEED]`."""

from __future__ import annotations

import random
import sys
import time

from plsp_audit.loading.fast import GAVE_UP, read_fast
from plsp_audit.loading.reference import read_yaml
from plsp_audit.loading.tree import read_tree
from plsp_audit.model.problem import InputError
from tests.property.yamlish import anything, samples


def main(seconds: float, seed: int) -> int:
    good, first, dared = samples(), seed, 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        text = anything(random.Random(seed), good)
        quick = read_fast(text)
        try:
            if quick is GAVE_UP:
                read_tree(text, "f")
            else:
                dared += 1
                slow = read_yaml(text, "f")
                if repr(quick) != repr(slow):
                    print(f"seed {seed}: {text!r}\nquick {quick!r}\nslow  {slow!r}")
                    return 1
        except InputError as error:
            if quick is not GAVE_UP:
                print(f"seed {seed}: {text!r}\nquick {quick!r}\nslow  {error}")
                return 1
        seed += 1
    print(f"{seed - first} texts, {dared} of them read quickly, no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
