"""The scripts that every face plays: each must end with done, or the server gives no trajectory."""

from __future__ import annotations

import json
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def golden(name: str) -> tuple[dict, list[dict]]:
    options = json.loads((GOLDEN / f"{name}.reset.json").read_text(encoding="utf-8"))
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return options, [json.loads(line) for line in lines if line.strip()]


def query(sql: str) -> dict:
    return {"action_type": "QUERY", "argument": sql}


NUMBERS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
)

# SQL whose result would show a difference in arithmetic, digits, memory, order or limits.
TORTURE = [
    "SELECT 0.1 + 0.2, 1.0 / 3, 2.0 / 3, 1e308 * 10, -1e308 * 10, 5e-324, 1e-400",
    "SELECT 9007199254740993, 9223372036854775807, -9223372036854775808, 9223372036854775807 + 1",
    "SELECT 123456789.123456789, 1e15, 1e16, 123456789012345678, 0.1e-6, 100.0, -0.0",
    "SELECT '1.7976931348623157e308' + 0, '4.35' * 100, '0.1' + '0.7', CAST('2.675' AS REAL) * 1000",
    "SELECT round(2.675, 2), round(-2.5), round(1e20, 3), round(0.5), round(1.005, 2), round(4.35, 1)",
    "SELECT printf('%.20f|%e|%g|%08.3f|%+d|%x|%,d', 0.1, 12345.678, 1e-7, 3.14159, 42, 255, 1234567)",
    NUMBERS + "SELECT sum(i * 0.1), avg(i * 0.1), total(1.0 / i), sum(1.0 / (i * i)) FROM n",
    NUMBERS + "SELECT group_concat(i * 0.7, ',') FROM n",
    NUMBERS + "SELECT i, i * i * 1.0 / 7 FROM n ORDER BY i % 7, i DESC",
    NUMBERS + "SELECT i % 5 AS k, count(*), min(i), max(i), avg(i) FROM n GROUP BY k HAVING count(*) > 3",
    NUMBERS + "SELECT i, sum(i) OVER (ORDER BY i ROWS 3 PRECEDING), ntile(4) OVER (ORDER BY i DESC), "
    "percent_rank() OVER (ORDER BY i % 10), cume_dist() OVER (ORDER BY i % 10) FROM n LIMIT 50",
    NUMBERS + "SELECT count(*) FROM n AS a JOIN n AS b ON a.i % 17 = b.i % 19 WHERE a.i < b.i",
    "SELECT julianday('2024-02-29 12:34:56.789'), strftime('%s %f %j %W', '2024-12-31 23:59:59.999')",
    "SELECT date('2024-01-31', '+1 month'), datetime(1e9, 'unixepoch'), time('now'), date('0000-01-01')",
    "SELECT unixepoch('2038-01-19 03:14:08'), julianday('now'), CURRENT_DATE, timediff('2024-03-01', '2023-02-28')",
    "SELECT upper('straße É'), lower('ÀÉ'), length('日本🙂'), substr('日本🙂x', 2, 2), instr('añb', 'b')",
    "SELECT hex('é🙂'), unicode('日'), char(26085, 128578), quote('it''s'), quote(x'00ff'), typeof(x'')",
    "SELECT 'abc' LIKE 'A%', 'É' LIKE 'é', 'abc' GLOB 'a*c', 'a_c' LIKE 'a\\_c' ESCAPE '\\'",
    "SELECT json('{\"a\": [1, 2.50, 1e3, null, \"é\"]}'), json_extract('[0.1, 2]', '$[0]') * 3",
    "SELECT key, value, type FROM json_tree('{\"a\": [1, {\"b\": 2.5}], \"c\": null}')",
    "SELECT json_group_array(value * 1.1) FROM json_each('[1, 2, 3, 4.4]')",
    "SELECT json('{broken')",
    "SELECT 7 / 2, -7 / 2, 7 % -3, 7.5 % 2, 1 / 0, 5 << 61, ~5, 3 | 4, 6 & 3, 'a' || NULL",
    "SELECT CAST('12abc' AS INTEGER), CAST(1e30 AS INTEGER), CAST(3.99 AS INTEGER), '10' < 9, '10' < '9'",
    "SELECT NULL = NULL, NULL IS NULL, NULL IN (1), 1 IN (NULL, 1), coalesce(NULL, 'x'), nullif(1, 1)",
    "VALUES (1, 'a'), (2.0, NULL), (x'ff', '🙂')",
    "SELECT * FROM (SELECT 3 AS x UNION SELECT 1 UNION ALL SELECT 3 EXCEPT SELECT 2) ORDER BY x DESC",
    "SELECT max(1, 2.0), min('a', 'B'), abs(-9223372036854775808)",
    "SELECT replace(hex(zeroblob(20)), '00', 'é'), trim('  x '), ltrim('xxa', 'x'), soundex('Robert')",
    "SELECT zeroblob(300000)",
    "SELECT length(group_concat(hex(zeroblob(1000)), '')) FROM (" + NUMBERS + "SELECT i FROM n)",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
    "SELECT count(*) FROM (SELECT DISTINCT hex(zeroblob(50000)) || i FROM n)",
    "SELECT " + "(" * 150 + "1" + ")" * 150,
    "SELECT " + "+".join(["1"] * 180),
    "SELECT " + "+".join(["1"] * 400),
    "SELECT random()",
    "SELECT sqlite_version(), sqlite_source_id()",
    "SELECT changes(), total_changes(), last_insert_rowid()",
    "SELECT name, type FROM sqlite_schema ORDER BY rowid",
    "SELECT 'ends with a zero' || char(0) || 'x'",
    "SELECT \"a string in double quotes\"",
    "SELECT * FROM pragma_table_info('x')",
    "EXPLAIN QUERY PLAN SELECT 1",
    "SELECT count(*) FROM generate_series(1, 3)",
]


def torture(tables: list[str], final: str) -> list[dict]:
    actions: list[dict] = []
    for table in tables:
        for kind in ("DESCRIBE", "SAMPLE"):
            actions.append({"action_type": kind, "argument": table})
        actions.append(query(f'SELECT * FROM "{table}"'))
        actions.append(query(f'SELECT count(*), count(DISTINCT rowid) FROM "{table}"'))
    actions += [query(sql) for sql in TORTURE]
    return [*actions, {"action_type": "ANSWER", "argument": final}]


CONCERT_SINGER = [
    {"action_type": "DESCRIBE", "argument": "Singer"},
    {"action_type": "SAMPLE", "argument": "concert"},
    query("SELECT Country, count(*), avg(Age) FROM singer GROUP BY Country ORDER BY 2 DESC, 1"),
    query("SELECT name FROM stadium WHERE capacity > \"high\""),
    query("SELECT s.Name, sum(s.Capacity * 1.0 / 7) FROM stadium AS s JOIN concert USING (Stadium_ID)"),
    query("SELECT count(*) FROM singer"),
    {"action_type": "ANSWER", "argument": "6"},
]

WORLD = [
    {"action_type": "DESCRIBE", "argument": "country"},
    {"action_type": "SAMPLE", "argument": "CITY"},
    {"action_type": "SAMPLE", "argument": "cities"},
    query("SELECT Continent, sum(Population), avg(LifeExpectancy), avg(GNP / nullif(GNPOld, 0)) "
          "FROM country GROUP BY Continent"),
    query("SELECT Name, LocalName FROM country WHERE Name <> LocalName ORDER BY LocalName"),
    query("SELECT c.Name, l.Language, l.Percentage * c.Population / 100.0 AS speakers FROM country AS c "
          "JOIN countrylanguage AS l ON l.CountryCode = c.Code ORDER BY speakers DESC LIMIT 30"),
    query("SELECT count(*) FROM city AS a, city AS b, city AS c"),
    {"action_type": "ANSWER", "argument": "[[\"Aruba\", 1], [\"France\", 2.5]]"},
]
