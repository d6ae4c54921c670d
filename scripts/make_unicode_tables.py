#!/usr/bin/env python3
"""Writes core/base/unicode_tables.cc from Python's own Unicode data.

Run it by hand to move to a newer Unicode:  scripts/make_unicode_tables.py
"""

import sys
import unicodedata
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "core" / "base" / "unicode_tables.cc"
HANGUL = range(0xAC00, 0xD7A4)  # composed by arithmetic, not by table


def characters():
    for code in range(sys.maxunicode + 1):
        if not 0xD800 <= code <= 0xDFFF and code not in HANGUL:
            yield code, chr(code)


def decompositions():
    for code, character in characters():
        parts = unicodedata.decomposition(character)
        if parts and not parts.startswith("<"):
            first, second = (*(int(part, 16) for part in parts.split()), 0)[:2]
            composes = unicodedata.normalize("NFC", unicodedata.normalize("NFD", character)) == character
            yield code, first, second, int(second != 0 and composes)


def class_ranges():
    ranges = []
    for code, character in characters():
        order = unicodedata.combining(character)
        if not order:
            continue
        if ranges and ranges[-1][1] == code - 1 and ranges[-1][2] == order:
            ranges[-1][1] = code
        else:
            ranges.append([code, code, order])
    return ranges


def lower_ranges():
    """Runs of letters at a distance of one or two code points whose small letter is as far away."""
    ranges = []
    for code, character in characters():
        small = character.lower()
        if len(small) != 1 or small == character:
            continue
        delta = ord(small) - code
        last = ranges[-1] if ranges else None
        if last and last[2] == delta and code - last[1] in (1, 2) and last[3] in (0, code - last[1]):
            last[1], last[3] = code, code - last[1]
        else:
            ranges.append([code, code, delta, 0])
    return [(first, last, delta, step or 1) for first, last, delta, step in ranges]


def table(kind, name, rows):
    rows = ["{" + ", ".join(f"0x{n:X}" if i < 3 and n >= 0 and kind != "ClassRange" or i < 2 and n >= 0
                            else str(n) for i, n in enumerate(row)) + "}" for row in rows]
    lines, line = [], "   "
    for row in rows:
        if len(line) + len(row) + 2 > 100:
            lines.append(line)
            line = "   "
        line += f" {row},"
    lines.append(line)
    return (f"const {kind} {name}[] = {{\n" + "\n".join(lines) + "\n};\n"
            f"const std::size_t {name}Size = std::size({name});\n")


TEXT = f"""// Made by scripts/make_unicode_tables.py from Unicode {unicodedata.unidata_version}. Do not edit.
#include "core/base/unicode_tables.h"

#include <iterator>

namespace sqlenv {{

// clang-format off
{table("Decomposition", "kDecompositions", decompositions())}
{table("ClassRange", "kClassRanges", class_ranges())}
{table("LowerRange", "kLowerRanges", lower_ranges())}// clang-format on

}}  // namespace sqlenv
"""

TARGET.write_text(TEXT)
