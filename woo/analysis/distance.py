"""Measures how many edits apart two words are, as both engines do in a fuzzy query."""


def within_edits(one: str, other: str, most: int) -> bool:
    """Tell whether at most `most` edits turn one word into the other.

    An edit adds, drops or replaces a letter, or swaps two neighbours (optimal string alignment: no letter is edited
    twice).
    """
    if abs(len(one) - len(other)) > most:
        return False
    if (
        len(set(one).difference(other)) > most
    ):  # an edit takes away one letter at most; this turns down nearly all
        return False
    if one == other:
        return True
    before: list[int] = []
    row = list(range(len(other) + 1))
    for down, letter in enumerate(one, start=1):
        new = [down]
        for across, sign in enumerate(other, start=1):
            cost = min(row[across] + 1, new[-1] + 1, row[across - 1] + (letter != sign))
            swapped = down > 1 and across > 1 and letter == other[across - 2] and one[down - 2] == sign
            new.append(min(cost, before[across - 2] + 1) if swapped else cost)
        if min(new) > most and (not before or min(row) > most):
            return False
        before, row = row, new
    return row[-1] <= most
