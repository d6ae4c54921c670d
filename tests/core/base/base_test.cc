#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/base/fingerprint.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/base/visible_text.h"

namespace sqlenv {
namespace {

std::string sha256(const std::string& text) {
  Sha256 hash;
  hash.update(text);
  return hash.hex();
}

// Examples of FIPS 180-4.
TEST(Sha256, PublishedVectors) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheSameAsTheWhole) {
  const std::string text(200, 'x');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256 hash;
    hash.update(text.substr(0, cut));
    hash.update(text.substr(cut));
    ASSERT_EQ(hash.hex(), sha256(text)) << cut;
  }
}

// The reference sequence of SplitMix64 for seed 1234567.
TEST(Random, ReferenceSequence) {
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317ULL);
  EXPECT_EQ(random.next(), 3203168211198807973ULL);
  EXPECT_EQ(random.next(), 9817491932198370423ULL);
}

TEST(Random, BelowStaysBelowAndReachesEverything) {
  Random random(7);
  std::map<std::uint64_t, int> seen;
  for (int i = 0; i < 6000; ++i) ++seen[random.below(6)];
  ASSERT_EQ(seen.size(), 6u);
  for (const auto& [value, count] : seen) {
    EXPECT_LT(value, 6u);
    EXPECT_NEAR(count, 1000, 150);
  }
  EXPECT_EQ(random.below(1), 0u);
}

TEST(Text, TrimAndCollapse) {
  EXPECT_EQ(trim(" \t\n a b \r\n"), "a b");
  EXPECT_EQ(trim(" \n "), "");
  EXPECT_EQ(collapse_spaces("  a \n\t b  c "), "a b c");
  EXPECT_EQ(collapse_spaces("   "), "");
}

TEST(Text, ShortenNeverCutsInsideACharacter) {
  const std::string text = "aé日🙂";
  EXPECT_EQ(shorten(text, text.size()), text);
  for (std::size_t bytes = 0; bytes < text.size(); ++bytes) {
    const std::string cut = shorten(text, bytes);
    EXPECT_EQ(valid_utf8(cut), cut) << bytes;
    EXPECT_LE(cut.size(), bytes + 3) << bytes;
  }
}

TEST(Text, ValidUtf8ReplacesOnlyWhatIsIllFormed) {
  EXPECT_EQ(valid_utf8("aé日🙂"), "aé日🙂");
  EXPECT_EQ(valid_utf8("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(valid_utf8("\xC0\xAF"), "\uFFFD\uFFFD");                 // overlong slash
  EXPECT_EQ(valid_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");       // lone surrogate
  EXPECT_EQ(valid_utf8("\xF5\x80\x80\x80").substr(0, 3), "\uFFFD");  // beyond U+10FFFF
  EXPECT_EQ(valid_utf8("x\xE6\x97"), "x\uFFFD\uFFFD");               // cut short
}

TEST(Text, NearestName) {
  const std::vector<std::string> names = {"singer", "concert", "stadium"};
  EXPECT_EQ(nearest_name("Singers", names), "singer");
  EXPECT_EQ(nearest_name("stadum", names), "stadium");
  EXPECT_EQ(nearest_name("aeroplane", names), std::nullopt);
  EXPECT_EQ(nearest_name("", names), std::nullopt);
  EXPECT_EQ(nearest_name(std::string(100'000, 'x'), names), std::nullopt);
}

TEST(Error, CodesHaveDistinctNames) {
  std::map<std::string, int> names;
  for (int code = 0; code <= static_cast<int>(ErrorCode::kInternal); ++code)
    ++names[std::string(code_name(static_cast<ErrorCode>(code)))];
  for (const auto& [name, count] : names) EXPECT_EQ(count, 1) << name;
  EXPECT_EQ((Error{ErrorCode::kNoSuchTable, "x"}).to_string(), "NO_SUCH_TABLE: x");
}

TEST(Fingerprint, TellsSequencesApart) {
  const auto of = [](const std::vector<std::string>& texts) {
    Fingerprint print;
    for (const std::string& text : texts) print.add(text);
    return print;
  };
  EXPECT_EQ(of({"ab", "c"}), of({"ab", "c"}));
  std::set<Fingerprint> seen;
  Random random(5);
  for (int i = 0; i < 20'000; ++i) {
    // A weak hash would confuse numbers that differ in a few bits, or texts cut from one another.
    std::string text(static_cast<std::size_t>(random.below(40)),
                     static_cast<char>('a' + random.below(2)));
    EXPECT_TRUE(seen.insert(of({text, std::to_string(i)})).second);
  }
  EXPECT_TRUE(seen.insert(of({"ab", "c"})).second);
  EXPECT_TRUE(seen.insert(of({"a", "bc"})).second);
  EXPECT_TRUE(seen.insert(of({"abc"})).second);
  EXPECT_TRUE(seen.insert(of({"abc", ""})).second);
  EXPECT_TRUE(seen.insert(of({std::string("abc\0", 4)})).second);
}

TEST(VisibleText, CharactersThatSteerATerminalAreNamed) {
  EXPECT_EQ(visible_controls("plain\ttext\n"), "plain\ttext\n");
  EXPECT_EQ(visible_controls("é 漢 😀 \u00a0"), "é 漢 😀 \u00a0");
  EXPECT_EQ(visible_controls("\x1b[31m\r\a\x7f"), "\\x1b[31m\\x0d\\x07\\x7f");
  EXPECT_EQ(visible_controls(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(visible_controls("\u009b2J \u0085"), "\\u009b2J \\u0085");
  EXPECT_EQ(visible_controls("\u202a\u202e\u2066\u2069\u200e\u061c"),
            "\\u202a\\u202e\\u2066\\u2069\\u200e\\u061c");
  EXPECT_EQ(visible_controls("\u2028\u2029\u202f"), "\\u2028\\u2029\u202f");
  EXPECT_EQ(visible_controls("\x9b\xe2\x80"), "\\x9b\\xe2\\x80");
}

}  // namespace
}  // namespace sqlenv
