"""What corrections teach on photos that no model was trained on: the measured ones, in halves.

The starter was trained on the photos that are corrected in the other table, and knows them better
than any person's. Here corrections are of one half of the photos kept from it, and what they teach
is measured on the other; then the other way round, and again with other halves. The mean of a label
over those says more than any one of them, for few photos fit it in each.
"""

from __future__ import annotations

import numpy as np

from benchmarks.quality.metrics import Floats
from benchmarks.quality.report import Line, Table
from benchmarks.tagging.choosing import Named
from benchmarks.tagging.correcting import COLUMNS, STOPS, WAYS, figures, teach
from benchmarks.tagging.shelf import Shelf, judges_of, shelve
from core.search.prompts import Prompts

_TIMES = 3
_WAY = "as Teach proposes"


def corrections_of_new_photos(model: str, prompts: Prompts, vectors: Floats, named: Named) -> Table:
    """A table of what 0, 5, 20 and 100 corrections reach; `vectors`, (n, dim), are new to `model`.

    Counted are labels that fit photos of both halves.
    """
    found = np.full((2 * _TIMES, len(named.names), len(STOPS)), np.nan)
    for time in range(_TIMES):
        order = np.random.default_rng(time).permutation(len(vectors))
        halves = np.sort(order[::2]), np.sort(order[1::2])
        for way, (ours, theirs) in enumerate((halves, halves[::-1])):
            taught = shelve(prompts, vectors[ours])
            ruler = taught.ruler
            held = Shelf(ruler, vectors[theirs], ruler.calibration.levels(vectors[theirs]))
            fits, wanted = named.only(ours).fits, named.only(theirs).fits
            for row, judge in enumerate(judges_of(prompts, named.names)):
                if fits[row].any() and wanted[row].any():
                    course = teach(judge, WAYS[_WAY], taught, fits[row], held, wanted[row])
                    found[2 * time + way, row] = course.precision
    means = np.nanmean(found[:, ~np.isnan(found).all(axis=(0, 2))], axis=0)
    return Table(
        "Labels taught by corrections of photos new to the model",
        COLUMNS,
        (Line(_WAY, model, figures(means)),),
        f"photos kept from training, in halves {_TIMES} times: one half is corrected, the other"
        " measured, and the other way round; each label counts with its mean",
    )
