#!/usr/bin/env python3
"""Cuts a font file down to the characters that the interface shows.

What goes: glyphs outside the ranges below, hinting, kerning and every other layout feature (Dear
ImGui places glyphs by their advance alone). What stays of the name table is the copyright and the
licence, which a copy must carry. Equal input gives equal bytes: no time stamps.
"""

import argparse
import sys

from fontTools import subset

# First and last code point of each range.
RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A
    (0x0192, 0x0192),  # florin
    (0x01CD, 0x01DC),  # Pinyin
    (0x0218, 0x021B),  # Romanian
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E80, 0x1E9E),  # Welsh letters, capital sharp s
    (0x2010, 0x205E),  # general punctuation
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letter-like: numero, trademark, ohm
    (0x2150, 0x215F),  # fractions
    (0x2190, 0x2199), (0x21D0, 0x21D5),  # arrows
    (0x2200, 0x2248),  # mathematical operators: what schools teach, not what logicians draw
    (0x2260, 0x2265),  # comparisons
    (0x2318, 0x2327),  # key caps: command, option
    (0x232B, 0x232B),  # erase to the left
    (0x23CE, 0x23CF),  # return, eject
    (0x2500, 0x259F),  # box drawing, blocks
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2605, 0x2606),  # stars
    (0x2713, 0x2718),  # check marks and crosses
    (0xFFFD, 0xFFFD),  # replacement character
)

# What titles, labels and questions are written with: letters, punctuation, a few signs.
LETTERS = (
    (0x0020, 0x007E), (0x00A0, 0x017F), (0x0218, 0x021B), (0x0370, 0x03FF), (0x0400, 0x052F),
    (0x1E80, 0x1E9E), (0x2010, 0x205E), (0x20A0, 0x20BF), (0x2190, 0x2193), (0x2212, 0x2212),
    (0x2264, 0x2265), (0xFFFD, 0xFFFD),
)  # fmt: skip

# Name records: copyright, family, style, full name, PostScript name, licence, its address.
KEPT_NAMES = (0, 1, 2, 4, 6, 13, 14)


def subset_options():
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = list(KEPT_NAMES)
    options.name_languages = [0x409]
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG", "STAT", "gasp"]
    return options


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", help="an OpenType or TrueType font file")
    parser.add_argument("target", help="where to write the smaller font")
    parser.add_argument("--letters", action="store_true", help="without symbols")
    arguments = parser.parse_args()

    options = subset_options()
    font = subset.load_font(arguments.source, options)
    subsetter = subset.Subsetter(options)
    ranges = LETTERS if arguments.letters else RANGES
    subsetter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
    subsetter.subset(font)
    subset.save_font(font, arguments.target, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
