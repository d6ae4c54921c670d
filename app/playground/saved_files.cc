#include "app/playground/saved_files.h"

#include <imgui.h>

#include <optional>

#include "app/playground/replay.h"
#include "core/wire/share.h"
#include "core/wire/trajectory.h"

namespace sqlenv::ui {
namespace {

constexpr std::size_t kLongestLink = 8000;
const std::string kNoNote;

}  // namespace

void SavedFiles::set_note(std::string note) {
  note_ = std::move(note);
  changes_ = session_.changes;
}

const std::string& SavedFiles::note() const {
  return changes_ == session_.changes ? note_ : kNoNote;
}

void SavedFiles::save(const std::string& name, std::string contents, const std::string& copied) {
  if (session_.host.save_file) return set_note(session_.host.save_file(name, std::move(contents)));
  ImGui::SetClipboardText(contents.c_str());
  set_note(copied);
}

void SavedFiles::share(const EpisodeView& seen) {
  const Episode& whole = seen.replay != nullptr ? seen.replay->run().whole : seen.episode;
  const std::size_t step = seen.episode.steps().size();
  const std::optional<std::string> text = share_text(whole, step);
  if (!text || text->size() > kLongestLink) {
    save(whole.task().question->id + ".jsonl", trajectory_jsonl(whole));
    return set_note("Too long for a link. " + note_);
  }
  if (session_.host.share_link) return set_note(session_.host.share_link(*text));
  ImGui::SetClipboardText((std::string(kShareMark) + *text).c_str());
  set_note("Copied");
}

}  // namespace sqlenv::ui
