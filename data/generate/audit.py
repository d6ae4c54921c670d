"""The rules that databases and questions of the pack keep; a check gives a list of complaints."""

import re
import sqlite3

import sql_shape

MAX_SQL_BYTES = 150_000
MAX_ROWS = 30
QUESTIONS_PER_SPLIT = {"train": 35, "eval": 15}
FLOAT_DECIMALS = 4
# Whatever else SQLite offers may be missing, or differ, in another build of it.
ALLOWED_FUNCTIONS = {"avg", "count", "sum", "min", "max", "round", "abs", "lower", "upper", "trim",
                     "substr", "length", "instr", "replace", "like", "coalesce", "nullif", "iif",
                     "rank", "dense_rank", "row_number", "lag", "lead"}
ORDER_WORDS = re.compile(r"\b(first|last|in order|alphabetical\w*|ascending|descending)\b", re.I)
ROUND_WORDS = re.compile(r"\bround\b.*\bdecimals?\b", re.I)
# What an answer may ignore is one sentence of its own, not a clause of the question.
FOLDED_TEXT = re.compile(r"\b(LOWER|UPPER)\(TRIM\(")
IGNORE_WORDS = re.compile(r"\bignore case and spaces\b", re.I)
CLAUSES = re.compile(r"\b(however|whichever|whatever|whether or not|going by|on file|blanks)\b", re.I)
PYTHON_TYPES = {"integer": int, "float": float, "string": str}


def load(sql_text):
    connection = sqlite3.connect(":memory:", cached_statements=0)
    connection.executescript(sql_text)
    return connection


def table_names(connection):
    return [name for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
        "ORDER BY rowid")]


def row_counts(connection):
    return {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]
            for name in table_names(connection)}


def read_by(connection, sql):
    """The tables that `sql` reads, by SQLite's authorizer, and the functions it calls."""
    tables, functions = set(), set()

    def note(action, first, second, *_):
        if action == sqlite3.SQLITE_READ:
            tables.add(first)
        elif action == sqlite3.SQLITE_FUNCTION:
            functions.add(second.lower())
        elif action not in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE):
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    connection.set_authorizer(note)
    try:
        connection.execute(sql).fetchall()
    finally:
        connection.set_authorizer(None)
    return sorted(tables & set(table_names(connection))), functions


def canonical(rows):
    return sorted(rows, key=lambda row: [(str(type(cell)), cell) for cell in row])


def is_ordered(sql):
    return sql_shape.outer_position(sql, "ORDER", "BY")[0] >= 0


def run_gold(connection, sql):
    """The rows of a gold query; sorted where the query leaves the order open."""
    rows = connection.execute(sql).fetchall()
    return rows if is_ordered(sql) else canonical(rows)


def as_answer(rows, answer_type):
    """The JSON value of a result; check_result reports one that does not fit its type."""
    if answer_type == "table":
        return [list(row) for row in rows]
    if answer_type == "list":
        return [row[0] for row in rows]
    return rows[0][0] if rows else None


def check_database(sql_text, connection):
    complaints = []
    if len(sql_text.encode()) > MAX_SQL_BYTES:
        complaints.append(f"the SQL text is larger than {MAX_SQL_BYTES} bytes")
    if "\r" in sql_text or not sql_text.endswith(";\n"):
        complaints.append("the SQL text does not end its lines plainly")
    for row in connection.execute("PRAGMA foreign_key_check"):
        complaints.append(f"foreign key broken: {row}")
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        complaints.append("integrity check failed")
    counts = row_counts(connection)
    if not 3 <= len(counts) <= 9 or not 300 <= sum(counts.values()) <= 3000:
        complaints.append(f"unexpected size: {counts}")
    for name in counts:
        if not any(row[5] for row in connection.execute(f'PRAGMA table_info("{name}")')):
            complaints.append(f"{name} has no primary key")
    return complaints


def check_result(rows, answer_type):
    width = len(rows[0]) if rows else 0
    if not rows:
        return ["the result is empty"]
    complaints = []
    cells = [cell for row in rows for cell in row]
    if any(cell is None for cell in cells):
        complaints.append("NULL in the result")
    if any(isinstance(cell, str) and cell != cell.strip() for cell in cells):
        complaints.append("padded text in the result")
    if any(isinstance(cell, float) and cell != round(cell, FLOAT_DECIMALS) for cell in cells):
        complaints.append("a real that is not rounded")
    if len(set(rows)) < len(rows):
        complaints.append("the same row twice")
    if answer_type in PYTHON_TYPES:
        if len(cells) != 1 or type(cells[0]) is not PYTHON_TYPES[answer_type]:
            complaints.append(f"not one {answer_type}: {rows[:3]}")
    elif answer_type == "list":
        if width != 1 or not 2 <= len(rows) <= MAX_ROWS:
            complaints.append(f"not a list of 2 to {MAX_ROWS}: {len(rows)} rows, {width} columns")
    elif answer_type != "table" or width < 2 or len(rows) > MAX_ROWS:
        complaints.append(f"not a table: {answer_type}, {len(rows)} rows, {width} columns")
    return complaints


def check_order(connection, sql):
    """The order asked for, and the cut at LIMIT, must leave no choice."""
    inner = [word for word in sql_shape.words(sql) if word.depth > 0 and word.text == "LIMIT"]
    if inner:
        return ["LIMIT in a subquery"]
    keys = sql_shape.order_keys(sql)
    if keys is None:
        return ["LIMIT without ORDER BY"] if "LIMIT" in sql_shape.texts(sql) else []
    try:
        rows = connection.execute(keys.probe).fetchall()
    except sqlite3.Error as error:
        return [f"the order keys cannot be read ({error}); spell them out in ORDER BY"]
    sorted_by = [row[-keys.count :] for row in rows]
    complaints = []
    if any(cell is None for key in sorted_by for cell in key):
        complaints.append("NULL among the order keys")
    shown = sorted_by if keys.limit is None else sorted_by[: keys.limit + 1]
    if any(one == next_one for one, next_one in zip(shown, shown[1:])):
        complaints.append("a tie in the order, or at LIMIT")
    return complaints


def load_reversed(sql_text):
    """The same rows stored in the opposite order, with no key or index to restore it."""
    connection = load(sql_text)
    for name in table_names(connection):
        connection.executescript(
            f"ALTER TABLE {name} RENAME TO forward;"
            f"CREATE TABLE {name} AS SELECT * FROM forward ORDER BY rowid DESC;"
            "DROP TABLE forward;")
    return connection


def check_stability(sql_text, connection, sql):
    """Neither the order of scanning nor the last bit of a division may show in the result."""
    complaints = []
    if run_gold(load_reversed(sql_text), sql) != run_gold(connection, sql):
        complaints.append("the result depends on the order of scanning")
    if "ROUND" in sql_shape.texts(sql):
        complaints += check_rounding(sql_text, sql)
    return complaints


def check_rounding(sql_text, sql):
    near_half = []

    def watched_round(value, digits):
        if value is None:
            return None
        scaled = abs(value) * 10**digits
        if abs(scaled - int(scaled) - 0.5) < 1e-6:
            near_half.append(value)
        return round(value, digits)

    connection = load(sql_text)
    connection.create_function("round", 2, watched_round)
    connection.execute(sql).fetchall()
    return [f"ROUND of a value half-way between two: {value}" for value in near_half]


def check_text(question):
    text, sql = question["question_text"], question["gold_sql"]
    complaints = []
    if text != text.strip() or text[-1:] not in ("?", "."):
        complaints.append("the question is not a sentence")
    if "ROUND" in sql_shape.texts(sql) and not ROUND_WORDS.search(text):
        complaints.append("the rounding is not said in the question")
    if FOLDED_TEXT.search(sql) and not IGNORE_WORDS.search(text):
        complaints.append("the question does not say: ignore case and spaces")
    clause = CLAUSES.search(text)
    if clause:
        complaints.append(f'"{clause[0]}" belongs in a plain sentence behind the question')
    if question["answer_type"] in ("list", "table") and is_ordered(sql):
        if not ORDER_WORDS.search(text):
            complaints.append("the order is not said in the question")
    return complaints


def check_question(sql_text, connection, question):
    """Complaints about one question record, each opening with its id."""
    sql = question["gold_sql"]
    tables, functions = read_by(connection, sql)
    rows = run_gold(connection, sql)
    complaints = check_result(rows, question["answer_type"])
    if as_answer(rows, question["answer_type"]) != question["gold_answer"]:
        complaints.append("gold_answer is not what gold_sql gives")
    if tables != question["tables_involved"]:
        complaints.append(f"tables_involved should be {tables}")
    if sql_shape.difficulty(sql, tables) != question["difficulty"]:
        complaints.append(f"difficulty should be {sql_shape.difficulty(sql, tables)}")
    hidden = {name.lower() for name in sql_shape.names_in_from(sql)}
    hidden = hidden & set(table_names(connection)) - set(tables)
    if hidden:
        complaints.append(f"the authorizer does not see {sorted(hidden)}: join with ON, not USING")
    if functions - ALLOWED_FUNCTIONS:
        complaints.append(f"functions not allowed: {sorted(functions - ALLOWED_FUNCTIONS)}")
    if '"' in sql or ";" in sql:
        complaints.append("double quotes or a semicolon in the SQL")
    complaints += check_order(connection, sql)
    complaints += check_stability(sql_text, connection, sql)
    complaints += check_text(question)
    return [f"{question['question_id']}: {complaint}" for complaint in complaints]


def likeness(one, other):
    a, b = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(a & b) / len(a | b)


def skeleton(sql):
    """The query with its constants blanked."""
    return [("?" if token[0] in "'0123456789" else token) for token in sql_shape.texts(sql)]


def check_set(name, questions):
    """Complaints about the questions of one database taken together."""
    complaints = []
    for split, share in QUESTIONS_PER_SPLIT.items():
        ids = [q["question_id"] for q in questions if q["split"] == split]
        if ids != [f"{name}_{split}_{number:03}" for number in range(1, share + 1)]:
            complaints.append(f"{name}: ids of {split} should be 001 to {share:03}: {ids}")
    for i, one in enumerate(questions):
        for other in questions[i + 1 :]:
            if (likeness(one["question_text"], other["question_text"]) > 0.7
                    or skeleton(one["gold_sql"]) == skeleton(other["gold_sql"])):
                complaints.append(f"{one['question_id']} and {other['question_id']} are too alike")
    return complaints
