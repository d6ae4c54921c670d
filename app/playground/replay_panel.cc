// The bar over the columns while an episode is looked at: its runs as rows of cells that are
// dragged through, and what can be done from here.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/playground/format.h"
#include "app/playground/panels.h"
#include "app/playground/widgets.h"
#include "core/wire/share.h"
#include "core/wire/trajectory.h"

namespace sqlenv::ui {
namespace {

constexpr std::size_t kLongestLink = 8000;
constexpr float kLeastCell = 14;  // that has room for a letter

// Places controls one after another, in rows where one is full.
class Flow {
 public:
  Flow(Ui& ui, ImVec2 at, float width, float height)
      : ui_(ui), from_(at), at_(at), right_(at.x + width), height_(height) {}

  ImVec2 place(float width) {
    if (at_.x > from_.x && at_.x + width > right_)
      at_ = ImVec2(from_.x, at_.y + height_ + ui_.px(space::kTiny));
    const ImVec2 here = at_;
    ImGui::SetCursorScreenPos(here);
    at_.x += width + ui_.px(space::kSmall);
    return here;
  }
  bool put(Button spec, const char* note = "") {
    if (ui_.narrow && !spec.label.empty()) spec.icon = Icon::kNone;  // words need the room
    place(button_width(ui_, spec));
    const bool pressed = button(ui_, spec);
    if (*note != '\0') tooltip(ui_, note);
    return pressed;
  }
  void words(FontRole role, Color color, const std::string& text) {
    const float width = std::min(measure(role, text).x, right_ - from_.x);
    const ImVec2 at = place(width);
    paint_text(ui_, ImVec2(at.x, at.y + (height_ - line_height(role)) / 2), role, color,
               fitted(role, text, width));
  }
  float bottom() const { return at_.y + height_; }

 private:
  Ui& ui_;
  ImVec2 from_;
  ImVec2 at_;
  float right_;
  float height_;
};

Button small(std::string_view id, std::string_view label, Icon icon, bool enabled = true) {
  return {.id = id, .label = label, .icon = icon, .enabled = enabled, .compact = true};
}

Tone tone_of(const StepRecord& step) {
  if (!step.result.observation.error.empty()) return Tone::kBad;
  if (!step.result.done) return Tone::kNeutral;
  return step.result.terms.terminal > 0 ? Tone::kGood : Tone::kBad;
}

void paint_cells(Ui& ui, const Run& run, ImVec2 min, float each, float height, std::size_t until) {
  for (std::size_t i = 0; i < run.whole.steps().size(); ++i) {
    const StepRecord& step = run.whole.steps()[i];
    const float left = min.x + each * static_cast<float>(i);
    const ImVec2 to(std::max(left + 1, left + each - ui.px(2)), min.y + height);
    const bool past = i < until;
    const Tone tone = tone_of(step);
    fill(ImVec2(left, min.y), to, faded(tone_soft(ui, tone), past ? 1.0f : 0.45f), ui.px(4));
    if (i + 1 == until) frame(ImVec2(left, min.y), to, ui.color.accent, ui.px(4), ui.px(2));
    if (each < ui.px(kLeastCell)) continue;
    const std::optional<ActionKind> kind = action_kind(step.action.action_type);
    const std::string letter = kind ? std::string(action_name(*kind).substr(0, 1)) : "?";
    const ImVec2 size = measure(FontRole::kLabel, letter);
    paint_text(ui, ImVec2((left + to.x - size.x) / 2, min.y + (height - size.y) / 2),
               FontRole::kLabel, tone_text(ui, tone), letter);
  }
}

// A run's name, its cells and its return. Pressing and dragging along the cells goes there.
void run_row(Ui& ui, Model& model, std::size_t index, ImVec2 at, float width, std::size_t slots) {
  const Replay& replay = *model.replay();
  const Run& run = replay.runs[index];
  const bool chosen = replay.chosen == index;
  const float height = ui.px(ui.narrow ? 32 : 24);
  const float name = ui.px(ui.narrow ? 76 : 132);
  const std::string total = signed_amount(run.whole.total_reward());
  const float value = ui.px(72);
  if (chosen)
    paint_text(ui, ImVec2(at.x, at.y + (height - line_height(FontRole::kStrong)) / 2),
               FontRole::kStrong, ui.color.accent_text,
               fitted(FontRole::kStrong, run.name, name - ui.px(8)));
  else
    paint_text(ui, ImVec2(at.x, at.y + (height - line_height(FontRole::kBody)) / 2),
               FontRole::kBody, ui.color.text, fitted(FontRole::kBody, run.name, name - ui.px(8)));
  const float room = width - name - value;
  const float each =
      std::min(ui.px(44), room / static_cast<float>(std::max<std::size_t>(slots, 1)));
  ImGui::SetCursorScreenPos(ImVec2(at.x + name, at.y));
  const std::string id = "replay.run." + std::to_string(index + 1);
  const std::string label =
      run.name + ", " + counted(run.whole.steps().size(), "step") + ", " + total;
  const Press area = press(ui, id, label, ImVec2(room, height));
  paint_cells(ui, run, area.min, each, height, chosen ? replay.step : 0);
  if (!chosen) {
    if (const auto parted = parting(replay.run().whole, run.whole)) {
      const float x = area.min.x + each * static_cast<float>(*parted) - ui.px(2);
      fill(ImVec2(x, at.y - ui.px(2)), ImVec2(x + ui.px(2), at.y + height + ui.px(2)),
           ui.color.accent);
    }
  }
  tooltip(ui, label);
  paint_text(ui,
             ImVec2(at.x + width - measure(FontRole::kMono, total).x,
                    at.y + (height - line_height(FontRole::kMono)) / 2),
             FontRole::kMono, run.whole.total_reward() < 0 ? ui.color.bad : ui.color.text, total);
  if (!area.pressed && !area.held) return;
  const float cell = (ImGui::GetIO().MousePos.x - area.min.x) / each;
  const auto step = static_cast<std::size_t>(std::max(0.0f, cell)) + 1;
  const bool moved = !chosen || std::min(step, run.whole.steps().size()) != replay.step;
  if (!moved || ImGui::GetIO().MousePos.x < area.min.x) return;
  model.later([index, step](Model& m) {
    if (m.replay() != nullptr && m.replay()->chosen != index) m.choose_run(index);
    m.go_to(step);
  });
}

std::string where(const Replay& replay) {
  return replay.step == 0
             ? "Before the first of " + counted(replay.length(), "step")
             : "Step " + std::to_string(replay.step) + " of " + std::to_string(replay.length());
}

void note(const Model& model, Views& views, std::string text) {
  views.saved_note = std::move(text);
  views.saved_changes = model.changes();
}

// Without a place for files, to the clipboard.
void save(const Model& model, Views& views, const char* ending, const std::string& contents,
          const char* why = "") {
  const Episode& episode = *model.episode();
  if (!views.host.save_file) ImGui::SetClipboardText(contents.c_str());
  note(model, views,
       why + (views.host.save_file
                  ? views.host.save_file(episode.task().question->id + ending, contents)
                  : std::string("Copied")));
}

// Steps, and going on by itself.
void walk(Model& model, Flow& flow) {
  const Replay& replay = *model.replay();
  const auto go = [&](std::size_t step) { model.later([step](Model& m) { m.go_to(step); }); };
  if (flow.put(small("replay.back", "←", Icon::kNone, replay.step > 0), "One step back"))
    go(replay.step - 1);
  if (flow.put(small("replay.play", replay.plays ? "Pause" : "Play",
                     replay.plays ? Icon::kStop : Icon::kPlay)))
    model.later([on = !replay.plays, speed = replay.speed](Model& m) { m.play_replay(on, speed); });
  if (flow.put(small("replay.forth", "→", Icon::kNone, replay.step < replay.length()),
               "One step on"))
    go(replay.step + 1);
  const std::string speed = "×" + std::to_string(replay.speed);
  if (flow.put(small("replay.speed", speed, Icon::kNone), "Steps a second"))
    model.later([on = replay.plays, next = replay.speed == 8 ? 1 : replay.speed * 2](Model& m) {
      m.play_replay(on, next);
    });
}

void policies(Ui& ui, Model& model, Flow& flow) {
  if (!model.policy_at_work().empty())
    return flow.words(FontRole::kCaption, ui.color.muted, "Playing: " + model.policy_at_work());
  const Replay& replay = *model.replay();
  if (replay.runs.size() >= kMostRuns) return;
  const auto add = [&](const char* id, const char* label, const char* policy, const char* note) {
    if (flow.put(small(id, label, Icon::kPlus), note))
      model.later([policy](Model& m) { m.add_policy(policy); });
  };
  if (model.knows_policies()) {
    add("replay.random", "Random", "random", "What random actions come to here");
    add("replay.explorer", "Explorer", "explorer", "What the rule-based player does here");
  }
  if (replay.run().whole.done())
    add("replay.oracle", "Oracle", "oracle", "The least that one needs who knows the answer");
}

// What the tour says, and where it goes on.
float tour_part(Ui& ui, Model& model, ImVec2 at, float width) {
  const std::size_t place = *model.tour();
  const std::string caption = model.tour_caption();
  paint_text(ui, at, FontRole::kStrong, ui.color.text, caption, width);
  const ImVec2 below(at.x, at.y + measure(FontRole::kStrong, caption, width).y);
  mark_area(ui, "tour.caption", caption, at, ImVec2(at.x + width, below.y));
  const float y = below.y + ui.px(space::kSmall);
  Flow flow(ui, ImVec2(at.x, y), width, ui.px(ui.narrow ? 34 : 26));
  const auto go = [&](std::size_t to) { model.later([to](Model& m) { m.tour_to(to); }); };
  Button next = small("tour.next", "Next", Icon::kArrowRight);
  next.icon_last = true;
  next.kind = ButtonKind::kPrimary;
  if (flow.put(next, "Right")) go(place + 1);
  if (flow.put(small("tour.back", "Back", Icon::kNone, place > 0), "Left")) go(place - 1);
  if (flow.put(small("tour.leave", "Leave the tour", Icon::kCross), "Escape"))
    model.later([](Model& m) { m.leave_replay(); });
  return flow.bottom();
}

void controls(Ui& ui, Model& model, Views& views, Flow& flow) {
  const Replay& replay = *model.replay();
  walk(model, flow);
  flow.words(FontRole::kCaption, ui.color.muted, where(replay));
  const auto close = [&] {
    if (flow.put(small("replay.close", ui.narrow ? "" : "Close", Icon::kCross),
                 "Leaves the replay: the question anew"))
      model.later([](Model& m) { m.leave_replay(); });
  };
  if (ui.narrow) close();
  if (flow.put(small("replay.branch", ui.narrow ? "Play on" : "Play on from here",
                     Icon::kArrowRight, !model.episode()->done()),
               "A new episode from this step"))
    model.later([](Model& m) { m.branch(); });
  policies(ui, model, flow);
  if (flow.put(small("replay.link", "Copy link", Icon::kCopy), "To this episode at this step"))
    share_link(model, views);
  if (flow.put(small("replay.save", "Trajectory", Icon::kDownload), "As a file of JSON Lines"))
    save(model, views, ".jsonl", trajectory_jsonl(replay.run().whole));
  if (flow.put(small("replay.report", "Report", Icon::kDownload), "As Markdown"))
    save(model, views, ".md", report_markdown(replay.run().whole));
  if (views.host.save_picture && flow.put(small("replay.picture", "Picture", Icon::kDownload),
                                          "As PNG, of all or of one panel"))
    views.wants_picture = true;
  if (!ui.narrow) close();
  if (!views.saved_note.empty() && views.saved_changes == model.changes())
    flow.words(FontRole::kCaption, ui.color.muted, views.saved_note);
}

float contents(Ui& ui, Model& model, Views& views, ImVec2 at, float width) {
  const float small_height = ui.px(ui.narrow ? 34 : 26);
  if (model.loading()) {
    Flow flow(ui, at, width, small_height);
    flow.words(FontRole::kBody, ui.color.text, "Playing the recorded steps again …");
    return flow.bottom();
  }
  const Replay& replay = *model.replay();
  std::size_t slots = 0;
  for (const Run& run : replay.runs) slots = std::max(slots, run.whole.steps().size());
  for (std::size_t i = 0; i < replay.runs.size(); ++i) {
    run_row(ui, model, i, at, width, slots);
    at.y += ui.px(ui.narrow ? 32 : 24) + ui.px(space::kTiny);
  }
  if (const std::string& warning = replay.run().warning; !warning.empty()) {
    at.y += warning_box(ui, "replay.warning", warning, at, width) + ui.px(space::kSmall);
  }
  at.y += ui.px(space::kTiny);
  if (model.tour()) return tour_part(ui, model, at, width);
  Flow flow(ui, at, width, small_height);
  controls(ui, model, views, flow);
  return flow.bottom();
}

}  // namespace

void share_link(const Model& model, Views& views) {
  const Replay* replay = model.replay();
  const Episode& whole = replay != nullptr ? replay->run().whole : *model.episode();
  const std::size_t step = replay != nullptr ? replay->step : whole.steps().size();
  const std::optional<std::string> text = share_text(whole, step);
  if (!text || text->size() > kLongestLink)
    return save(model, views, ".jsonl", trajectory_jsonl(whole), "Too long for a link. ");
  if (!views.host.share_link) ImGui::SetClipboardText((std::string(kShareMark) + *text).c_str());
  note(model, views, views.host.share_link ? views.host.share_link(*text) : "Copied");
}

void replay_bar(Ui& ui, Model& model, Views& views, float margin) {
  if (model.replay() == nullptr && !model.loading()) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float padding = ui.px(space::kMedium);
  const ImVec2 min(at.x + margin, at.y + margin);
  const float width = content_width() - 2 * margin;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.ChannelsSplit(2);
  list.ChannelsSetCurrent(1);
  const float bottom =
      contents(ui, model, views, ImVec2(min.x + padding, min.y + padding), width - 2 * padding) +
      padding;
  list.ChannelsSetCurrent(0);
  const ImVec2 max(min.x + width, bottom);
  fill(min, max, ui.color.surface, ui.px(kCardRounding));
  frame(min, max, ui.color.accent, ui.px(kCardRounding));
  list.ChannelsMerge();
  mark_area(ui, "replay.card", "Replay", min, max);
  ui.add_panel("replay", min, max);
  ImGui::SetCursorScreenPos(ImVec2(at.x, max.y));
}

}  // namespace sqlenv::ui
