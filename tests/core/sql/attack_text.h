// Long and repetitive SQL texts, for attacks.
#pragma once

#include <functional>
#include <string>

namespace sqlenv::test {

using Part = std::function<std::string(int)>;

inline std::string list(int count, const std::string& separator, const Part& part) {
  std::string text;
  for (int i = 0; i < count; ++i) text += (i == 0 ? "" : separator) + part(i);
  return text;
}

inline std::string numbered(const char* before, int i, const char* after = "") {
  return before + std::to_string(i) + after;
}

inline std::string nested(const std::string& open, int depth, const std::string& inner,
                          const std::string& close) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += open;
  text += inner;
  for (int i = 0; i < depth; ++i) text += close;
  return text;
}

// Joins the pieces by `by` as a flat tree, since a chain would be too deep.
inline std::string balanced(int first, int count, const std::string& by, const Part& part) {
  if (count == 1) return part(first);
  const int half = count / 2;
  return "(" + balanced(first, half, by, part) + by +
         balanced(first + half, count - half, by, part) + ")";
}

// The tables t0, t1, …, each made of the one before it by `body`.
inline std::string chain(int length, const std::function<std::string(const std::string&)>& body) {
  return "WITH t0 AS (SELECT 1 AS x), " +
         list(
             length, ", ",
             [&](int i) { return numbered("t", i + 1) + " AS (" + body(numbered("t", i)) + ")"; }) +
         " SELECT count(*) FROM " + numbered("t", length);
}

}  // namespace sqlenv::test
