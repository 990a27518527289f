from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise


def day_ranges(days: Sequence[date], most: int = 16) -> list[tuple[date, date]]:
    """The fewest closed ranges that hold all `days`, at most `most`: the widest gaps between days stay out.

    >>> day_ranges([date(2013, 1, 1), date(2013, 1, 2), date(2013, 6, 1)])
    [(datetime.date(2013, 1, 1), datetime.date(2013, 1, 2)), (datetime.date(2013, 6, 1), datetime.date(2013, 6, 1))]
    """
    ordered = sorted(set(days))
    if not ordered:
        return []
    gaps = [(after - before, index) for index, (before, after) in enumerate(pairwise(ordered)) if after - before > timedelta(days=1)]
    cuts = sorted(index for _, index in sorted(gaps, reverse=True)[: most - 1])
    starts = [ordered[0], *(ordered[cut + 1] for cut in cuts)]
    ends = [*(ordered[cut] for cut in cuts), ordered[-1]]
    return list(zip(starts, ends, strict=True))
