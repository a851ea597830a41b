"""Cumulative incidence of events, from the times at which trials say that they first came.

Every trial is watched to the horizon, or to its ending where the scenario says so; what had not come by then never comes. So nothing
is censored, and the Aalen-Johansen estimate (O. O. Aalen and S. Johansen, Scand. J. Stat. 5, 1978) of each of several events is the share
of the trials in which it has come by a day: counted, not estimated through a hazard."""

from truce_results import np

Z_95 = 1.959963984540054


def wilson(share, trials):
    """(low, high) of the score interval, 95 %: E. B. Wilson, JASA 22 (1927), 209-212."""
    share = np.asarray(share, dtype=float)
    centre = share + Z_95 ** 2 / (2 * trials)
    half = Z_95 * np.sqrt(share * (1 - share) / trials + Z_95 ** 2 / (4 * trials ** 2))
    whole = 1 + Z_95 ** 2 / trials
    return np.maximum((centre - half) / whole, 0), np.minimum((centre + half) / whole, 1)


def only_first(times):
    """{event: [trial]} of events of which only the first in each trial counts: the others never came."""
    table = np.array(list(times.values()), dtype=float)
    table = np.where(np.isnan(table), np.inf, table)
    first = table.argmin(axis=0)
    return {name: np.where((first == row) & np.isfinite(table[row]), table[row], np.nan)
            for row, name in enumerate(times)}


def incidence(times, days):
    """[day] share of the trials in which the event has come by then; NaN is a trial where it never did."""
    came = np.sort(times[np.isfinite(times)])
    return np.searchsorted(came, days, side="right") / len(times)
