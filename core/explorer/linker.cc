#include "core/explorer/linker.h"

#include <algorithm>
#include <set>

#include "core/base/english.h"
#include "core/base/text.h"
#include "core/explorer/likeness.h"
#include "core/explorer/vocabulary.h"

namespace sqlenv {
namespace {

using Kind = QuestionToken::Kind;

constexpr std::size_t kLongestSpan = 6;

bool is_filler(const std::string& word) {
  return word == "ref" || word == "the" || word == "of" || word == "tbl" || word == "data" ||
         word == "list" || word == "has";
}

// Words at which names that run together are split.
std::vector<std::string> known_words(const std::vector<QuestionToken>& tokens,
                                     const SchemaView& schema) {
  std::vector<std::string> words;
  for (const QuestionToken& token : tokens)
    if (token.kind == Kind::kWord && token.lower.size() >= 3 && !is_stop_word(token.lower))
      words.push_back(singular(token.lower));
  for (const SeenTable& table : schema.tables())
    for (const std::string& word : identifier_words(table.name)) words.push_back(singular(word));
  return words;
}

struct Name {
  std::vector<std::string> words;
  std::vector<double> weights;
  std::vector<std::size_t> positions;  // of the words, in the Likeness
};

Name table_name(const std::string& name, const std::vector<std::string>& known) {
  Name out;
  out.words = identifier_words(name, known);
  for (const std::string& word : out.words) out.weights.push_back(is_filler(word) ? 0.1 : 1);
  return out;
}

// A column's name, in which the words of its table weigh little.
Name column_name(const std::string& name, const Name& table,
                 const std::vector<std::string>& known) {
  Name out;
  out.words = identifier_words(name, known);
  double all = 0;
  for (const std::string& word : out.words) {
    bool of_table = false;
    for (const std::string& other : table.words) of_table |= singular(word) == singular(other);
    const bool kind = out.words.size() > 1 && &word == &out.words.back() &&
                      (word == "code" || word == "id" || word == "number" || word == "name");
    out.weights.push_back(of_table ? 0.25 : is_filler(word) ? 0.1 : kind ? 0.8 : 1);
    all += out.weights.back();
  }
  if (all < 0.9) std::fill(out.weights.begin(), out.weights.end(), 1.0);
  return out;
}

class SpanMatcher {
 public:
  SpanMatcher(const std::vector<QuestionToken>& tokens, const Likeness& likeness, std::size_t begin,
              std::size_t length)
      : tokens_(tokens), likeness_(likeness), begin_(begin), length_(length) {}

  // The share of the name that the span covers; 0 if the name lacks a word of the span.
  double score(const Name& name) const {
    if (!match(begin_, name, {})) return 0;
    std::vector<bool> used(name.words.size(), false);
    double said = 0;
    double all = 0;
    for (double weight : name.weights) all += weight;
    for (std::size_t i = begin_; i < begin_ + length_; ++i) {
      const bool article = tokens_[i].lower == "a" || tokens_[i].lower == "the";
      if (article && i > begin_) continue;
      const std::optional<std::size_t> best = match(i, name, used);
      if (!best) return 0;
      used[*best] = true;
      said += name.weights[*best] * likeness_.of(name.positions[*best], i);
    }
    return all == 0 ? 0 : said / all;
  }

  bool has_word_of(const Name& name) const {
    for (std::size_t i = begin_; i < begin_ + length_; ++i)
      for (std::size_t position : name.positions)
        if (length_ > 1 && likeness_.of(position, i) == 1) return true;
    return false;
  }

 private:
  // The unused word of the name that is most like the token. An empty `used` allows all.
  std::optional<std::size_t> match(std::size_t token, const Name& name,
                                   const std::vector<bool>& used) const {
    std::optional<std::size_t> best;
    double best_likeness = 0;
    for (std::size_t w = 0; w < name.words.size(); ++w) {
      if (!used.empty() && used[w]) continue;
      const double likeness = likeness_.of(name.positions[w], token);
      if (likeness > best_likeness) {
        best_likeness = likeness;
        best = w;
      }
    }
    return best;
  }

  const std::vector<QuestionToken>& tokens_;
  const Likeness& likeness_;
  std::size_t begin_;
  std::size_t length_;
};

// Whether a span may begin or end with the token: stop words may not, except some that names have.
bool may_link(const QuestionToken& token) {
  if (token.kind != Kind::kWord) return false;
  for (std::string_view word : {"name", "names", "id", "ids", "number", "numbers", "order", "count",
                                "average", "total", "maximum", "minimum", "where", "when", "who"})
    if (token.lower == word) return word != "where" && word != "when" && word != "who";
  return !is_stop_word(token.lower);
}

std::string phrase_of(const std::vector<QuestionToken>& tokens, std::size_t begin,
                      std::size_t length) {
  std::vector<std::string> words;
  for (std::size_t i = begin; i < begin + length; ++i) words.push_back(to_lower(tokens[i].text));
  return join(words, " ");
}

// Forms in which the database may spell a phrase.
std::vector<std::string> forms_of(const std::string& phrase) {
  std::vector<std::string> forms = {phrase};
  const std::size_t blank = phrase.rfind(' ');
  const std::size_t last = blank == std::string::npos ? 0 : blank + 1;
  const std::string one = phrase.substr(0, last) + singular(std::string_view(phrase).substr(last));
  if (one != phrase) forms.push_back(one);
  for (std::string_view sex : {"female", "male"})
    if (singular(phrase) == sex) forms.emplace_back(sex.substr(0, 1));
  if (const std::string_view country = country_of(phrase); !country.empty())
    forms.emplace_back(country);
  return forms;
}

bool names_a_sex(const Name& name) {
  return std::any_of(name.words.begin(), name.words.end(),
                     [](const std::string& word) { return word == "sex" || word == "gender"; });
}

class Linker {
 public:
  Linker(const std::vector<QuestionToken>& tokens, const SchemaView& schema, const Survey& survey)
      : tokens_(tokens), schema_(schema), survey_(survey), known_(known_words(tokens, schema)) {
    for (const SeenTable& table : schema.tables()) {
      names_.push_back(table_name(table.name, known_));
      std::vector<Name> columns;
      for (const SeenColumn& column : table.columns)
        columns.push_back(column_name(column.name, names_.back(), known_));
      columns_.push_back(std::move(columns));
    }
    for (Name& table : names_) place(table);
    for (std::vector<Name>& columns : columns_)
      for (Name& column : columns) place(column);
    likeness_.compare(tokens);
  }

  std::vector<Item> link() {
    std::vector<Item> items;
    for (std::size_t at = 0; at < tokens_.size();) {
      std::size_t length = 1;
      items.push_back(best_item(at, length));
      at += length;
    }
    return items;
  }

 private:
  void place(Name& name) {
    for (const std::string& word : name.words) name.positions.push_back(likeness_.add(word));
  }

  // The item that starts at `at`: a value, else the best name, else the word itself.
  Item best_item(std::size_t at, std::size_t& length) {
    Item item = plain_item(at);
    const std::size_t longest = longest_span(at);
    for (std::size_t n = longest; n >= 1; --n) {
      Item value = plain_item(at, n);
      add_values(value, at, n);
      if (value.values.empty() || (n == 1 && names_win(at, value))) continue;
      length = n;
      if (n == 1) add_names(value, at, 1);
      return value;
    }
    if (item.kind == Kind::kWord) add_best_names(item, at, longest, length);
    return item;
  }

  std::size_t longest_span(std::size_t at) const {
    std::size_t n = 0;
    while (n < kLongestSpan && at + n < tokens_.size() &&
           (n == 0 || (tokens_[at + n].kind != Kind::kPunctuation &&
                       tokens_[at + n].kind != Kind::kQuoted && tokens_[at].kind != Kind::kQuoted)))
      ++n;
    return n;
  }

  Item plain_item(std::size_t at, std::size_t length = 1) const {
    Item item;
    item.kind = tokens_[at].kind;
    item.lower = length == 1 ? tokens_[at].lower : phrase_of(tokens_, at, length);
    item.text = tokens_[at].text;
    for (std::size_t i = at + 1; i < at + length; ++i) item.text += " " + tokens_[i].text;
    item.capital = tokens_[at].capital;
    item.sentence_start = tokens_[at].sentence_start;
    return item;
  }

  // Whether a word that is both a value and a name is more likely the name.
  bool names_win(std::size_t at, const Item& value) {
    const QuestionToken& token = tokens_[at];
    if (token.kind != Kind::kWord) return false;
    if (is_stop_word(token.lower) && !(token.capital && !token.sentence_start)) return true;
    if (token.capital && !token.sentence_start) return false;
    Item named = plain_item(at);
    add_names(named, at, 1);
    const double best = std::max(named.tables.empty() ? 0 : named.tables[0].score,
                                 named.columns.empty() ? 0 : named.columns[0].score);
    const bool stored_capital =
        std::all_of(value.values.begin(), value.values.end(), [](const ValueLink& link) {
          return !link.stored.empty() && link.stored[0] >= 'A' && link.stored[0] <= 'Z';
        });
    return best >= (stored_capital && !token.capital ? 0.4 : 0.8);
  }

  void add_values(Item& item, std::size_t at, std::size_t length) const {
    if (item.kind == Kind::kPunctuation) return;
    if (item.kind == Kind::kNumber && length == 1) return;
    const std::vector<std::string> forms = forms_of(phrase_of(tokens_, at, length));
    for (std::size_t t = 0; t < schema_.tables().size(); ++t)
      for (std::size_t c = 0; c < schema_.tables()[t].columns.size(); ++c)
        for (const std::string& stored : survey_.facts({t, c}).matches) {
          const std::string lower = to_lower(trim(stored));
          if (std::find(forms.begin(), forms.end(), lower) == forms.end()) continue;
          const bool letter_of_sex = (item.lower == "female" || item.lower == "male") &&
                                     stored.size() == 1 && names_a_sex(columns_[t][c]);
          if (letter_of_sex) item.values.push_back({{t, c}, stored, false});
          // Short codes must match in case: "sea" is not SEA.
          if (stored.size() <= 3 && stored != lower && stored != item.text &&
              item.kind != Kind::kQuoted)
            continue;
          if (!letter_of_sex) item.values.push_back({{t, c}, stored, stored == item.text});
        }
    keep_nearest_forms(item, forms);
  }

  // Keeps only values spelled like the phrase if there are any: "Spanish" is Spain only if no value
  // is "Spanish".
  static void keep_nearest_forms(Item& item, const std::vector<std::string>& forms) {
    const auto said = [&](const ValueLink& link) {
      return to_lower(trim(link.stored)) == forms[0];
    };
    if (std::none_of(item.values.begin(), item.values.end(), said)) return;
    std::erase_if(item.values, [&](const ValueLink& link) { return !said(link); });
  }

  void add_names(Item& item, std::size_t at, std::size_t length) const {
    const SpanMatcher span(tokens_, likeness_, at, length);
    for (std::size_t t = 0; t < names_.size(); ++t) {
      // A table named by a synonym gives way to a column.
      double score_of_table = span.score(names_[t]);
      if (length == 1 && names_[t].words.size() == 1 && score_of_table < 0.95)
        score_of_table *= 0.72;
      if (score_of_table >= 0.3) item.tables.push_back({t, score_of_table});
      for (std::size_t c = 0; c < columns_[t].size(); ++c)
        if (const double score = span.score(columns_[t][c]); score >= 0.3)
          item.columns.push_back({{t, c}, score + (span.has_word_of(names_[t]) ? 0.1 : 0)});
    }
    const auto better = [](const auto& a, const auto& b) { return a.score > b.score; };
    std::stable_sort(item.tables.begin(), item.tables.end(), better);
    std::stable_sort(item.columns.begin(), item.columns.end(), better);
  }

  void add_best_names(Item& item, std::size_t at, std::size_t longest, std::size_t& length) const {
    if (!may_link(tokens_[at])) return;
    for (std::size_t n = std::min<std::size_t>(longest, 4); n >= 1; --n) {
      if (!may_link(tokens_[at + n - 1])) continue;
      Item candidate = plain_item(at, n);
      add_names(candidate, at, n);
      if (candidate.tables.empty() && candidate.columns.empty()) continue;
      item = std::move(candidate);
      length = n;
      return;
    }
  }

  const std::vector<QuestionToken>& tokens_;
  const SchemaView& schema_;
  const Survey& survey_;
  std::vector<std::string> known_;
  std::vector<Name> names_;
  std::vector<std::vector<Name>> columns_;
  Likeness likeness_;
};

}  // namespace

std::vector<std::string> value_phrases(const std::vector<QuestionToken>& tokens) {
  std::vector<std::string> phrases;
  std::set<std::string> seen;
  const auto add = [&](const std::string& phrase) {
    for (std::string& form : forms_of(phrase))
      if (seen.insert(form).second) phrases.push_back(std::move(form));
  };
  for (std::size_t at = 0; at < tokens.size(); ++at)
    for (std::size_t n = 1; n <= 5 && at + n <= tokens.size(); ++n) {
      if (tokens[at + n - 1].kind == Kind::kPunctuation) break;
      if (tokens[at + n - 1].kind == Kind::kQuoted && n > 1) break;
      const bool glue = n == 1 && is_stop_word(tokens[at].lower) && !tokens[at].capital &&
                        tokens[at].kind == Kind::kWord;
      if (!glue) add(phrase_of(tokens, at, n));
      if (tokens[at].kind == Kind::kQuoted) break;
    }
  return phrases;
}

std::vector<Item> link_question(const std::vector<QuestionToken>& tokens, const SchemaView& schema,
                                const Survey& survey) {
  return Linker(tokens, schema, survey).link();
}

double table_relevance(const std::vector<QuestionToken>& tokens, std::string_view table) {
  double sum = 0;
  const std::vector<std::string> words = identifier_words(table);
  for (const std::string& word : words) {
    double best = 0;
    for (const QuestionToken& token : tokens)
      if (token.kind == Kind::kWord && may_link(token))
        best = std::max(best, word_likeness(word, token.lower));
    sum += best;
  }
  return words.empty() ? 0 : sum / static_cast<double>(words.size());
}

}  // namespace sqlenv
