"""What a gold query looks like: its words, its difficulty, the features it uses, its order keys.

The reading is by words and depth of brackets, which is enough for the queries of this pack.
"""

import re
from collections import namedtuple

Word = namedtuple("Word", "text start end depth")

TOKEN = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|[A-Za-z_]\w*|\d+(?:\.\d+)?|[^\s]")
SET_OPERATIONS = {"UNION", "INTERSECT", "EXCEPT"}


def words(sql):
    """The tokens of `sql`; names and keywords in capitals, strings as they are."""
    depth = 0
    found = []
    for match in TOKEN.finditer(sql):
        text = match.group()
        if text == ")":
            depth -= 1
        found.append(Word(text if text[0] in "'\"" else text.upper(), match.start(), match.end(),
                          depth))
        if text == "(":
            depth += 1
    return found


def texts(sql):
    return [word.text for word in words(sql)]


def has_phrase(tokens, *phrase):
    return any(tuple(tokens[i : i + len(phrase)]) == phrase for i in range(len(tokens)))


def is_anti_join(tokens):
    return (has_phrase(tokens, "NOT", "EXISTS") or has_phrase(tokens, "NOT", "IN", "(", "SELECT")
            or "EXCEPT" in tokens
            or (has_phrase(tokens, "LEFT", "JOIN") and has_phrase(tokens, "IS", "NULL")))


def names_in_from(sql):
    """The names that follow FROM and JOIN, in capitals: tables, and the names of WITH queries."""
    tokens = texts(sql)
    return {following for token, following in zip(tokens, tokens[1:])
            if token in ("FROM", "JOIN") and following != "("}


def difficulty(sql, tables):
    """The rule of data/README.md."""
    tokens = texts(sql)
    layered = tokens.count("SELECT") > 1 or "OVER" in tokens or is_anti_join(tokens)
    if len(tables) >= 3 or (len(tables) == 2 and layered):
        return "hard"
    if len(tables) == 2 or layered or "GROUP" in tokens:
        return "medium"
    return "easy"


def features(sql, answer, date_columns):
    """The rows of the coverage table that a question counts in."""
    tokens = texts(sql)
    operations = sum(token in SET_OPERATIONS for token in tokens)
    tests = {
        "join": "JOIN" in tokens,
        "group by": "GROUP" in tokens,
        "having": "HAVING" in tokens,
        "nested": tokens.count("SELECT") > 1 + operations,
        "set operation": operations > 0,
        "anti-join": is_anti_join(tokens),
        "order and limit": "LIMIT" in tokens,
        "date as text": any(column.upper() in tokens for column in date_columns),
        "messy text": "TRIM" in tokens or "LOWER" in tokens,
        "NULL logic": has_phrase(tokens, "IS", "NULL") or has_phrase(tokens, "NOT", "NULL"),
        "window": "OVER" in tokens,
        "percentage": "100.0" in tokens,
        "non-ASCII answer": not str(answer).isascii(),
    }
    return [name for name, present in tests.items() if present]


def outer_position(sql, *phrase):
    """Where `phrase` begins and ends outside all brackets; (-1, -1) if it does not occur."""
    outer = [word for word in words(sql) if word.depth == 0]
    for i in range(len(outer) - len(phrase) + 1):
        if tuple(word.text for word in outer[i : i + len(phrase)]) == phrase:
            return outer[i].start, outer[i + len(phrase) - 1].end
    return -1, -1


def split_terms(text):
    terms, start = [], 0
    for word in words(text):
        if word.text == "," and word.depth == 0:
            terms.append(text[start : word.start])
            start = word.end
    return [re.sub(r"\s+(ASC|DESC)\s*$", "", term.strip(), flags=re.I)
            for term in terms + [text[start:]]]


OrderKeys = namedtuple("OrderKeys", "probe count limit")


def order_keys(sql):
    """How to see the sort keys of a query whose outermost SELECT has ORDER BY; None if it has none.

    `probe` is the query without LIMIT, with its `count` keys as the last columns of each row.
    """
    begin, end = outer_position(sql, "ORDER", "BY")
    if begin < 0:
        return None
    limit_begin, limit_end = outer_position(sql, "LIMIT")
    last = limit_begin if limit_begin >= 0 else len(sql)
    terms = split_terms(sql[end:last])
    source, _ = outer_position(sql, "FROM")
    probe = sql[:source] + ", " + ", ".join(terms) + " " + sql[source:last]
    limit = int(sql[limit_end:]) if limit_begin >= 0 else None
    return OrderKeys(probe, len(terms), limit)
