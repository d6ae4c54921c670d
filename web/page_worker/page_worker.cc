// The module that makes a pack of a visitor's own database, in a worker of the page, which loads it
// only when a file was chosen. page_worker.js fills the file in at sqlenv_worker_begin(), calls
// sqlenv_worker_run() once, and posts what sqlenv_worker_texts() and sqlenv_worker_image() hold.
// One module opens one file. It also holds the policies that the page has no room for: they see
// what sqlenv_worker_policy() is told of an episode that the page plays. And it lists the episodes
// of an evaluation's file, which is given to sqlenv_index_add() in pieces.
#include <emscripten/emscripten.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "core/explorer/builtin_policies.h"
#include "core/task/archive_writer.h"
#include "core/task/user_pack.h"
#include "core/wire/evaluation_index.h"
#include "core/wire/pack_json.h"
#include "web/json_text.h"
#include "web/page_worker/page_worker_calls.h"

namespace sqlenv::web {
namespace {

struct PageWorker {
  std::string file;    // its bytes, as they come
  std::string answer;  // of the last call
  std::string texts;   // the pack without its database, as a tar archive
  Pack pack;
  std::unique_ptr<Policy> policy;
  EvaluationIndex index;
};

PageWorker& page_worker() {
  static PageWorker the_worker;
  return the_worker;
}

Result<std::string> texts_of(const Pack& pack) {
  const PackDatabase& database = pack.databases.front();
  PackManifest manifest;
  manifest.name = pack.name;
  manifest.title = pack.title;
  manifest.databases = {{database.name, "database.sqlite", database.title, database.description}};
  manifest.question_files = {"questions.json"};
  std::string archive;
  ArchiveWriter writer([&archive](std::string_view bytes) { archive += bytes; });
  if (auto ok = writer.add("pack.json", pack_manifest_json(manifest)); !ok) return fail(ok.error());
  if (auto ok = writer.add("questions.json", questions_json(pack.questions)); !ok)
    return fail(ok.error());
  writer.finish();
  return archive;
}

Result<void> run(std::string name) {
  PageWorker& self = page_worker();
  int told = -1;
  Result<Pack> pack = user_pack({std::move(name), std::move(self.file)}, [&](UserPackStage stage) {
    if (stage.questions > told) page_worker_told(told = stage.questions, stage.of);
    return false;
  });
  if (!pack) return fail(pack.error());
  self.pack = std::move(*pack);
  Result<std::string> texts = texts_of(self.pack);
  if (!texts) return fail(texts.error());
  self.texts = std::move(*texts);
  return {};
}

std::string answer_of(const Result<void>& done) {
  if (!done)
    return "{" + json_member("code", code_name(done.error().code)) + "," +
           json_member("refusal", done.error().message) + "}";
  const std::string& image = page_worker().pack.databases.front().image.bytes();
  return "{\"texts\":" + std::to_string(page_worker().texts.size()) +
         ",\"image\":" + std::to_string(image.size()) + "}";
}

// The next of some fields, each "length:bytes".
std::string next_field(std::string_view& bytes) {
  const std::size_t colon = bytes.find(':');
  const auto size =
      static_cast<std::size_t>(std::atoi(std::string(bytes.substr(0, colon)).c_str()));
  const std::string field(bytes.substr(colon + 1, size));
  bytes.remove_prefix(colon + 1 + size);
  return field;
}

std::string ask(std::string_view bytes) {
  const std::string policy = next_field(bytes);
  const std::uint64_t seed = std::strtoull(next_field(bytes).c_str(), nullptr, 10);
  const bool first = !next_field(bytes).empty();
  Observation seen;
  for (std::string* text : {&seen.question, &seen.schema_info, &seen.result, &seen.error})
    *text = next_field(bytes);
  for (int* number : {&seen.step_count, &seen.budget_remaining})
    *number = std::atoi(next_field(bytes).c_str());
  std::unique_ptr<Policy>& player = page_worker().policy;
  if (first) {
    player = builtin_policies().make(policy).value();
    player->begin(seen, seed);
  }
  if (player == nullptr) return "{}";
  const Action action = player->act(seen);
  return "{" + json_member("action_type", action.action_type) + "," +
         json_member("argument", action.argument) + "}";
}

const char* listed() {
  page_worker().answer.clear();
  for (const EpisodeSummary& episode : page_worker().index.take())
    page_worker().answer += summary_line(episode);
  return page_worker().answer.data();
}

}  // namespace
}  // namespace sqlenv::web

using sqlenv::web::page_worker;

extern "C" {

// Room for a file of `size` bytes.
EMSCRIPTEN_KEEPALIVE char* sqlenv_worker_begin(std::size_t size) {
  page_worker().file.assign(size, '\0');
  return page_worker().file.data();
}

// {"texts", "image"}, the sizes of what the other two give, or {"code", "refusal"}.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_worker_run(const char* name, std::size_t size) {
  page_worker().answer = sqlenv::web::answer_of(sqlenv::web::run({name, size}));
  return page_worker().answer.data();
}

// What the policy does next, as an action; page.cc writes the bytes. {} if no episode was begun.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_worker_policy(const char* bytes, std::size_t size) {
  page_worker().answer = sqlenv::web::ask({bytes, size});
  return page_worker().answer.data();
}

// The episodes that these bytes of the file, or its end, complete: a summary_line() each.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_index_add(const char* bytes, std::size_t size) {
  page_worker().index.add({bytes, size});
  return sqlenv::web::listed();
}

EMSCRIPTEN_KEEPALIVE const char* sqlenv_index_end() {
  page_worker().index.finish();
  return sqlenv::web::listed();
}

// What was wrong with the file; nothing if nothing was.
EMSCRIPTEN_KEEPALIVE const char* sqlenv_index_problems() {
  page_worker().answer = page_worker().index.problems();
  return page_worker().answer.data();
}

// Of what the functions above answer.
EMSCRIPTEN_KEEPALIVE std::size_t sqlenv_worker_answer_size() { return page_worker().answer.size(); }

EMSCRIPTEN_KEEPALIVE const char* sqlenv_worker_texts() { return page_worker().texts.data(); }

EMSCRIPTEN_KEEPALIVE const char* sqlenv_worker_image() {
  return page_worker().pack.databases.front().image.bytes().data();
}

}  // extern "C"
