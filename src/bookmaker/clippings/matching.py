"""The best way to give each of some things one of others, where every pair has its points (the assignment problem)."""

from collections.abc import Mapping, Sequence

#: Larger tables are matched greedily: the pairs with the most points first.
_MOST = 120
_NEVER = -1e9


def best_pairs(points: Mapping[tuple[int, int], float], least: float) -> dict[int, int]:
    """The pairs whose points add up to most, one thing to one other; a pair with less than `least` is none.

    `points` are those of (one, other); pairs that are not in it are none. The Hungarian method (Kuhn 1955, in the form
    of Jonker and Volgenant 1987), cubic in the number of rows.
    """
    rows = sorted({one for one, _ in points})
    columns = sorted({other for _, other in points})
    if not rows:
        return {}
    if len(rows) > _MOST or len(columns) > _MOST:
        return _greedy(points, least)
    # A row may also go to a column of its own that is worth `least`: to nobody.
    costs = [
        [-points.get((one, other), _NEVER) for other in columns] + [-least if one == own else 1e9 for own in rows]
        for one in rows
    ]
    return {rows[row]: columns[column] for row, column in _hungarian(costs).items() if column < len(columns)}


def _greedy(points: Mapping[tuple[int, int], float], least: float) -> dict[int, int]:
    ranked = sorted((pair for pair in points.items() if pair[1] > least), key=lambda pair: (-pair[1], pair[0]))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (row, column), _ in ranked:
        if row not in found and column not in taken:
            found[row] = column
            taken.add(column)
    return found


def _hungarian(costs: Sequence[Sequence[float]]) -> dict[int, int]:
    """The cheapest column for every row; there are at least as many columns."""
    rows, columns = len(costs), len(costs[0])
    row_potential, column_potential = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)  # owner[column] is its row, counted from 1
    for row in range(1, rows + 1):
        owner[0] = row
        column = 0
        least, way, used = [1e18] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while True:
            used[column] = True
            current, delta, following = owner[column], 1e18, 0
            for other in range(1, columns + 1):
                if used[other]:
                    continue
                cost = costs[current - 1][other - 1] - row_potential[current] - column_potential[other]
                if cost < least[other]:
                    least[other], way[other] = cost, column
                if least[other] < delta:
                    delta, following = least[other], other
            for other in range(columns + 1):
                if used[other]:
                    row_potential[owner[other]] += delta
                    column_potential[other] -= delta
                else:
                    least[other] -= delta
            column = following
            if not owner[column]:
                break
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    return {owner[column] - 1: column - 1 for column in range(1, columns + 1) if owner[column]}
