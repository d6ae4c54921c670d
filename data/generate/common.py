"""What every database generator shares: dice that fall alike everywhere, and SQL text.

Only random.Random.random() is promised to give the same numbers in every Python version, so Dice
builds the rest on it. A script made here is CREATE TABLE and INSERT statements, nothing else.
"""

import random

ROWS_PER_INSERT = 200


class Dice:
    """A seeded source of choices; the seed is an integer."""

    def __init__(self, seed):
        self._source = random.Random(seed)

    def fraction(self):
        return self._source.random()

    def chance(self, probability):
        return self._source.random() < probability

    def integer(self, low, high):
        """A whole number from low to high, both included."""
        return low + int(self._source.random() * (high - low + 1))

    def pick(self, options):
        return options[self.integer(0, len(options) - 1)]

    def weighted(self, options):
        """One of [(value, weight), ...]."""
        point = self._source.random() * sum(weight for _, weight in options)
        for value, weight in options:
            point -= weight
            if point < 0:
                return value
        return options[-1][0]

    def sample(self, options, count):
        """`count` different members, in random order."""
        pool = list(options)
        for i in range(count):
            j = self.integer(i, len(pool) - 1)
            pool[i], pool[j] = pool[j], pool[i]
        return pool[:count]


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


class Table:
    """A table to be written: its name, its columns and constraints as SQL, and its rows."""

    def __init__(self, name, columns, constraints=()):
        self.name = name
        self.columns = columns
        self.constraints = constraints
        self.rows = []

    def add(self, *row):
        assert len(row) == len(self.columns), (self.name, row)
        self.rows.append(row)

    def sql(self):
        lines = [f"  {name} {kind}" for name, kind in self.columns]
        lines += [f"  {constraint}" for constraint in self.constraints]
        text = f"CREATE TABLE {self.name} (\n" + ",\n".join(lines) + "\n);\n"
        names = ", ".join(name for name, _ in self.columns)
        for start in range(0, len(self.rows), ROWS_PER_INSERT):
            chunk = self.rows[start : start + ROWS_PER_INSERT]
            values = ",\n".join("(" + ",".join(map(literal, row)) + ")" for row in chunk)
            text += f"INSERT INTO {self.name} ({names}) VALUES\n{values};\n"
        return text


def script(database, tables):
    """The whole text of data/databases/<database>.sql."""
    head = (
        f"-- Database {database} of the starter pack.\n"
        f"-- Written by data/generate/{database}.py; change that file, not this one.\n"
    )
    return head + "".join("\n" + table.sql() for table in tables)
