// Links: any text is refused or read, and an episode that is read and played gives a link that is
// read as the same actions. An input that begins with a blank is a list of arguments instead, which
// a link must preserve.
#include "core/wire/share.h"
#include "tests/fuzz/fuzz.h"

namespace sqlenv {
namespace {

void check_text(std::string_view text) {
  const Result<SharedEpisode> shared = read_share(text);
  if (!shared) {
    SQLENV_CHECK(!shared.error().message.empty());
    return;
  }
  Result<Episode> episode = start_shared(fuzz::environment(), *shared);
  if (!episode || shared->actions.size() > 20) return;
  for (const Action& action : shared->actions) episode->step(action);
  const Result<SharedEpisode> again = read_share(*share_text(*episode, 0));
  SQLENV_CHECK(again && again->actions.size() == episode->steps().size());
}

void check_arguments(std::string_view text) {
  ResetOptions options;
  options.step_budget = 1000;
  Episode episode = *fuzz::environment().reset(options);
  while (!text.empty() && !episode.done()) {
    const std::string_view argument = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(argument.size() + 1, text.size()));
    episode.step({argument.size() % 3 == 0 ? "sample" : "SAMPLE", std::string(argument)});
  }
  const std::optional<std::string> link = share_text(episode, episode.steps().size());
  if (!link) return;
  const Result<SharedEpisode> shared = read_share(*link);
  SQLENV_CHECK(shared && shared->actions.size() == episode.steps().size());
  SQLENV_CHECK(shared->state == share_state(episode));
  for (std::size_t i = 0; i < shared->actions.size(); ++i)
    SQLENV_CHECK(shared->actions[i] == episode.steps()[i].action);
}

}  // namespace
}  // namespace sqlenv

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = sqlenv::fuzz::text_of(data, size);
  if (!text.empty() && text.front() == ' ') sqlenv::check_arguments(text.substr(1));
  else sqlenv::check_text(text);
  return 0;
}
