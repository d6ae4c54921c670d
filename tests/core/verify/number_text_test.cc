// Decimal numbers and Unicode text, on which the comparison of answers relies.
#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/decimal.h"
#include "core/base/random.h"
#include "core/base/unicode.h"

namespace sqlenv {
namespace {

TEST(Decimal, ReadsToTheNearestDouble) {
  EXPECT_EQ(parse_decimal("0.1"), 0.1);
  EXPECT_EQ(parse_decimal("-12.5e-1"), -1.25);
  EXPECT_EQ(parse_decimal("9007199254740993"), 9007199254740992.0);  // half-way: to even
  EXPECT_EQ(parse_decimal("9007199254740995"), 9007199254740996.0);
  EXPECT_EQ(parse_decimal("9007199254740993" + std::string(900, '0') + "1e-901"),
            9007199254740994.0);
  EXPECT_EQ(parse_decimal("2.4703282292062327e-324"), 0.0);
  EXPECT_EQ(parse_decimal("2.4703282292062328e-324"), std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(parse_decimal("2.2250738585072011e-308"), 2.2250738585072011e-308);
  EXPECT_EQ(parse_decimal("1.7976931348623158e308"), std::numeric_limits<double>::max());
  EXPECT_EQ(parse_decimal("1.7976931348623159e308"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse_decimal("1e99999999999999999999"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse_decimal("1e-99999999999999999999"), 0.0);
  EXPECT_EQ(parse_decimal("0e99999999999999999999"), 0.0);
  EXPECT_TRUE(std::signbit(parse_decimal("-0").value()));
  for (const char* bad : {"", ".", "+", "e1", "1e", "1e+", "--1", "1.2.3", " 1", "1 ", "0x1", "inf",
                          "nan", "1,5", "1_0"})
    EXPECT_EQ(parse_decimal(bad), std::nullopt) << bad;
}

double double_of(std::uint64_t bits) {
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

TEST(Decimal, EveryDoubleIsWrittenAndReadBack) {
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const double value = double_of(random.next());
    if (std::isnan(value) || std::isinf(value)) continue;
    EXPECT_EQ(parse_decimal(shortest_decimal(value)), value);
    const double subnormal = double_of(random.next() >> (12 + i % 50));
    EXPECT_EQ(parse_decimal(shortest_decimal(subnormal)), subnormal);
  }
  EXPECT_EQ(shortest_decimal(0.1), "0.1");
  EXPECT_EQ(shortest_decimal(3), "3.0");
  EXPECT_EQ(shortest_decimal(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(shortest_decimal(1e300), "1e+300");
  EXPECT_EQ(shortest_decimal(-std::numeric_limits<double>::infinity()), "-Infinity");
}

TEST(Decimal, TheLocaleDoesNotMatter) {
  const char* chosen = nullptr;
  for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE"})
    if (chosen == nullptr) chosen = std::setlocale(LC_NUMERIC, name);
  if (chosen == nullptr) GTEST_SKIP() << "no locale with a decimal comma is installed";
  EXPECT_EQ(parse_decimal("0.5"), 0.5);
  EXPECT_EQ(shortest_decimal(0.5), "0.5");
  std::setlocale(LC_NUMERIC, "C");
}

TEST(Unicode, NormalisationFormC) {
  EXPECT_EQ(to_nfc("Zoe\u0308"), "Zoë");
  EXPECT_EQ(to_nfc("\u212B"), "\u00C5");                // Ångström sign
  EXPECT_EQ(to_nfc("q\u0307\u0323"), "q\u0323\u0307");  // marks in the order of their classes
  EXPECT_EQ(to_nfc("s\u0307\u0323"), "\u1E69");         // composed over another mark
  EXPECT_EQ(to_nfc("\u0958"), "\u0915\u093C");          // excluded from composition
  EXPECT_EQ(to_nfc("\u1112\u1161\u11AB\u1100\u1173\u11AF"), "한글");
  EXPECT_EQ(to_nfc("が"), "が");
  EXPECT_EQ(to_nfc("\u304B\u3099"), "が");
  EXPECT_EQ(to_nfc("\u0301a"), "\u0301a");
  EXPECT_EQ(to_nfc("plain, ñ and 🙂"), "plain, ñ and 🙂");
  EXPECT_EQ(to_nfc("a\xff"), "a\uFFFD");
  for (const char* text : {"Zoe\u0308", "q\u0307\u0323", "\u0958\u0301", "\u1112\u1161"})
    EXPECT_EQ(to_nfc(to_nfc(text)), to_nfc(text));
}

TEST(Unicode, SmallLetters) {
  EXPECT_EQ(to_lower_unicode("ÀÉ ΑΣ ЖЯ Ǆ Ａ ß 1"), "àé ασ жя ǆ ａ ß 1");
  EXPECT_EQ(to_lower_unicode("ĀāĂ"), "āāă");
}

TEST(Unicode, HalvesOfPairsAreReplaced) {
  std::string out;
  for (const std::uint32_t code : {0x41U, 0xE9U, 0x20ACU, 0x1F642U, 0xD800U, 0x110000U})
    append_utf8(out, code);
  EXPECT_EQ(out, "Aé€🙂\uFFFD\uFFFD");
  EXPECT_EQ(code_points("Aé€🙂"), (std::vector<std::uint32_t>{0x41, 0xE9, 0x20AC, 0x1F642}));
}

}  // namespace
}  // namespace sqlenv
