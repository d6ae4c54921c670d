#include "core/wire/share.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace sqlenv {
namespace {

constexpr char kVersionMark = '1';
constexpr std::size_t kDigestDigits = 16;
constexpr std::size_t kDigestPrefix = 7;  // "sha256:"
constexpr std::size_t kMaxActions = 1000;
constexpr std::size_t kMaxLinkName = 255;

// What a text is expected to repeat. Changing it is another version.
constexpr std::string_view kDictionary =
    "[[\"\", \"]]\", NULL, INNER LEFT JOIN  USING (_name) AS T1 ON T1.id = T2.id UNION EXCEPT "
    "INTERSECT SELECT  IN (SELECT  NOT IN (SELECT DISTINCT SELECT MAX(SELECT MIN(SELECT AVG(SELECT "
    "SUM( AND  OR  LIKE '% IS NOT NULL BETWEEN  HAVING COUNT(*) >  GROUP BY  ORDER BY COUNT(*) "
    "DESC "
    "LIMIT 1 ASC LIMIT  WHERE SELECT COUNT(*) FROM SELECT * FROM  strictv2starter_train_0";

std::string_view beginning_of(std::string_view digest) {
  return digest.substr(std::min(kDigestPrefix, digest.size()), kDigestDigits);
}

Error bad_share(const std::string& what) {
  return {ErrorCode::kBadSave, "this link holds no episode: " + what};
}

std::uint32_t checksum(std::string_view bytes) {  // FNV-1a
  std::uint32_t sum = 2166136261u;
  for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 16777619u;
  return sum;
}

// Fields
// ------------------------------------------------------------------------------------------

void put_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

void put_text(std::string& out, std::string_view text) {
  put_number(out, text.size());
  out += text;
}

// Reads fields from the front. After the first that is not there, failed() and nothing but zeros.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : left_(bytes) {}

  std::uint64_t number(std::uint64_t most = ~std::uint64_t{0}) {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && !left_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      if (shift == 63 && byte > 1) break;
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value <= most ? value : fail_with_zero();
    }
    return fail_with_zero();
  }

  std::string text(std::size_t most = kMaxSharedBytes) {
    const auto size = static_cast<std::size_t>(number(std::min(most, left_.size())));
    if (size > left_.size()) fail_with_zero();
    const std::string value(left_.substr(0, failed_ ? 0 : size));
    left_.remove_prefix(value.size());
    if (valid_utf8_bytes(value) != value.size()) fail_with_zero();
    return failed_ ? "" : value;
  }

  bool failed() const { return failed_; }
  bool at_end() const { return left_.empty(); }

 private:
  std::uint64_t fail_with_zero() {
    failed_ = true;
    return 0;
  }

  std::string_view left_;
  bool failed_ = false;
};

std::string fields_of(const Episode& episode, std::size_t step) {
  const ResetOptions& options = episode.options();
  std::string out;
  put_text(out, episode.task().question->id);
  put_text(out, episode.task().pack->name);
  put_text(out, options.reward);
  put_text(out, options.verifier);
  put_text(out, beginning_of(episode.task().pack->digest));
  put_number(out, options.seed);
  put_number(out, static_cast<std::uint64_t>(options.step_budget));
  put_number(out, step);
  put_number(out, share_state(episode));
  put_number(out, episode.steps().size());
  for (const StepRecord& record : episode.steps()) {
    // The usual spellings are a digit; any other is one more than they are, and the text.
    std::uint64_t kind = 0;
    while (kind < 4 && action_name(static_cast<ActionKind>(kind)) != record.action.action_type)
      ++kind;
    put_number(out, kind);
    if (kind == 4) put_text(out, record.action.action_type);
    put_text(out, record.action.argument);
  }
  return out;
}

std::optional<SharedEpisode> shared_of(std::string_view bytes) {
  Fields in(bytes);
  SharedEpisode shared;
  shared.options.filter.question_id = in.text(kMaxLinkName);
  shared.options.filter.pack = in.text(kMaxLinkName);
  shared.options.reward = in.text(kMaxLinkName);
  shared.options.verifier = in.text(kMaxLinkName);
  shared.pack_digest = in.text(kDigestDigits);
  shared.options.seed = in.number();
  shared.options.step_budget = static_cast<int>(in.number(kMaxActions));
  shared.step = static_cast<std::size_t>(in.number(kMaxActions));
  shared.state = static_cast<std::uint32_t>(in.number(~std::uint32_t{0}));
  const std::uint64_t count = in.number(kMaxActions);
  for (std::uint64_t i = 0; i < count && !in.failed(); ++i) {
    Action& action = shared.actions.emplace_back();
    const std::uint64_t kind = in.number(4);
    action.action_type =
        kind == 4 ? in.text() : std::string(action_name(static_cast<ActionKind>(kind)));
    action.argument = in.text();
  }
  if (in.failed() || !in.at_end() || shared.step > shared.actions.size()) return std::nullopt;
  return shared;
}

// Compression: runs of n + 1 bytes as they are (n < 128), and copies of n - 125 bytes (n ≥ 128)
// from a distance behind, which may reach into the dictionary.
// ------------------------------------------------------------------------------------------

constexpr std::size_t kLeastCopy = 4;
constexpr std::size_t kMostCopy = 255 - 128 + kLeastCopy - 1;
constexpr std::size_t kLongestRun = 128;
constexpr int kCandidates = 32;

class Packer {
 public:
  explicit Packer(std::string_view bytes)
      : all_(std::string(kDictionary) + std::string(bytes)), before_(all_.size()) {
    last_.fill(kNowhere);
  }

  std::string pack() {
    std::size_t run = kDictionary.size();
    for (std::size_t at = 0; at < run; ++at) remember(at);
    for (std::size_t at = run; at < all_.size();) {
      const std::size_t length = find(at);
      if (length == 0) {
        remember(at++);
        continue;
      }
      put_run(run, at);
      out_ += static_cast<char>(128 + length - kLeastCopy);
      put_number(out_, at - found_);
      for (const std::size_t end = at + length; at < end; ++at) remember(at);
      run = at;
    }
    put_run(run, all_.size());
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kNowhere = ~std::size_t{0};

  std::size_t slot(std::size_t at) const {
    return checksum(std::string_view(all_).substr(at, kLeastCopy)) >> 20;
  }

  void remember(std::size_t at) {
    if (at + kLeastCopy > all_.size()) return;
    before_[at] = last_[slot(at)];
    last_[slot(at)] = at;
  }

  // The longest copy for this place, which begins at found_; 0: none.
  std::size_t find(std::size_t at) {
    std::size_t best = 0;
    if (at + kLeastCopy > all_.size()) return 0;
    const std::size_t most = std::min(kMostCopy, all_.size() - at);
    std::size_t from = last_[slot(at)];
    for (int i = 0; i < kCandidates && from != kNowhere; ++i, from = before_[from]) {
      std::size_t length = 0;
      while (length < most && all_[from + length] == all_[at + length]) ++length;
      if (length <= best) continue;
      best = length;
      found_ = from;
    }
    return best < kLeastCopy ? 0 : best;
  }

  void put_run(std::size_t from, std::size_t to) {
    while (from < to) {
      const std::size_t size = std::min(kLongestRun, to - from);
      out_ += static_cast<char>(size - 1);
      out_.append(all_, from, size);
      from += size;
    }
  }

  std::string all_;
  std::vector<std::size_t> before_;        // the place before that has the same slot
  std::array<std::size_t, 1 << 12> last_;  // of each slot
  std::size_t found_ = 0;
  std::string out_;
};

std::optional<std::string> unpack(std::string_view packed) {
  std::string all(kDictionary);
  const std::size_t most = kDictionary.size() + kMaxSharedBytes;
  for (std::size_t at = 0; at < packed.size();) {
    const std::size_t code = static_cast<unsigned char>(packed[at++]);
    if (code < 128) {
      const std::string_view run = packed.substr(at, code + 1);
      if (run.size() != code + 1) return std::nullopt;
      all += run;
      at += run.size();
    } else {
      std::size_t distance = 0;
      for (int shift = 0;; shift += 7) {
        if (at == packed.size() || shift > 14) return std::nullopt;
        const auto byte = static_cast<unsigned char>(packed[at++]);
        distance |= static_cast<std::size_t>(byte & 0x7F) << shift;
        if (byte < 0x80) break;
      }
      if (distance == 0 || distance > all.size()) return std::nullopt;
      for (std::size_t i = code - 128 + kLeastCopy; i > 0; --i) all += all[all.size() - distance];
    }
    if (all.size() > most) return std::nullopt;
  }
  return all.substr(kDictionary.size());
}

// Base64url
// ------------------------------------------------------------------------------------------

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_letters(std::string_view bytes) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6) out += kLetters[bits >> (held - 6) & 63];
  }
  if (held > 0) out += kLetters[bits << (6 - held) & 63];
  return out;
}

std::optional<std::string> from_letters(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const std::size_t value = kLetters.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held);
  }
  if (held >= 6 || (bits & ((1u << held) - 1)) != 0) return std::nullopt;
  return out;
}

}  // namespace

std::uint32_t share_state(const Episode& episode) {
  std::string all;
  for (const StepRecord& step : episode.steps()) {
    const Observation& seen = step.result.observation;
    put_text(all, seen.schema_info);
    put_text(all, seen.result);
    put_text(all, seen.error);
    put_number(all, static_cast<std::uint64_t>(step.result.terms.total()));
  }
  return checksum(all);
}

std::optional<std::string> share_text(const Episode& episode, std::size_t step) {
  const std::string fields = fields_of(episode, step);
  if (fields.size() > kMaxSharedBytes) return std::nullopt;
  const std::uint32_t sum = checksum(fields);
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(sum >> shift);
  return kVersionMark + to_letters(bytes + Packer(fields).pack());
}

Result<SharedEpisode> read_share(std::string_view text) {
  if (text.empty() || text.front() != kVersionMark)
    return fail(bad_share("it is of another version of SQLEnv. Load the page anew."));
  if (text.size() > 2 * kMaxSharedBytes) return fail(bad_share("it is too long."));
  const Error damaged = bad_share("it is damaged or cut off. Ask for it again.");
  const std::optional<std::string> bytes = from_letters(text.substr(1));
  if (!bytes || bytes->size() < 4) return fail(damaged);
  const std::optional<std::string> fields = unpack(std::string_view(*bytes).substr(4));
  if (!fields) return fail(damaged);
  const std::uint32_t sum = checksum(*fields);
  for (std::size_t i = 0; i < 4; ++i)
    if (static_cast<unsigned char>((*bytes)[i]) != (sum >> (8 * i) & 255)) return fail(damaged);
  std::optional<SharedEpisode> shared = shared_of(*fields);
  if (!shared) return fail(damaged);
  return std::move(*shared);
}

std::optional<std::string_view> share_in_link(std::string_view link) {
  const std::size_t mark = link.find(kShareMark);
  if (mark == std::string_view::npos) return std::nullopt;
  return link.substr(mark + kShareMark.size());
}

Result<Episode> start_shared(Environment& environment, const SharedEpisode& shared) {
  const std::string& name = *shared.options.filter.pack;
  const Pack* pack = environment.catalog().find_pack(name);
  if (pack == nullptr)
    return fail(ErrorCode::kNotFound, "it was played on the pack \"" + shorten(name, 60) +
                                          "\", which is not loaded here.");
  if (beginning_of(pack->digest) != shared.pack_digest)
    return fail(ErrorCode::kMismatch, "it was played on another edition of the pack " + pack->name +
                                          ", whose digest began with " +
                                          shorten(shared.pack_digest, 60) + ".");
  return environment.reset(shared.options);
}

}  // namespace sqlenv
