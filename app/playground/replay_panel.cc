#include "app/playground/replay_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/playground/format.h"
#include "app/playground/tour.h"
#include "app/playground/widgets.h"
#include "core/base/text.h"
#include "core/wire/trajectory.h"

namespace sqlenv::ui {
namespace {

constexpr float kLeastCell = 14;  // width with room for a letter

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
    paint_line(ui_, at.x, at.y + height_ / 2, role, color, fitted(role, text, width));
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
    paint_line(ui, (left + to.x) / 2, min.y + height / 2, FontRole::kLabel, tone_text(ui, tone),
               action_letter(step.action), Align::kMiddle);
  }
}

// Draws a run's name, a cell for each step and its return. Pressing a cell, or dragging over the
// cells, goes to that step.
void run_row(Ui& ui, const Replay& replay, Commands& commands, std::size_t index, ImVec2 at,
             float width, std::size_t slots) {
  const Run& run = replay.runs()[index];
  const bool chosen = replay.chosen() == index;
  const float height = ui.px(ui.narrow ? 32 : 24);
  const float name = ui.px(ui.narrow ? 76 : 132);
  const std::string total = signed_amount(run.whole.total_reward());
  const float value = ui.px(72);
  const FontRole role = chosen ? FontRole::kStrong : FontRole::kBody;
  const float middle = at.y + height / 2;
  paint_line(ui, at.x, middle, role, chosen ? ui.color.accent_text : ui.color.text,
             fitted(role, run.name, name - ui.px(8)));
  const float room = width - name - value;
  const float each =
      std::min(ui.px(44), room / static_cast<float>(std::max<std::size_t>(slots, 1)));
  ImGui::SetCursorScreenPos(ImVec2(at.x + name, at.y));
  const std::string id = "replay.run." + std::to_string(index + 1);
  const std::string label =
      run.name + ", " + counted(run.whole.steps().size(), "step") + ", " + total;
  const Press area = press(ui, id, label, ImVec2(room, height));
  paint_cells(ui, run, area.min, each, height, chosen ? replay.step() : 0);
  if (!chosen) {
    if (const auto parted = parting(replay.run().whole, run.whole)) {
      const float x = area.min.x + each * static_cast<float>(*parted) - ui.px(2);
      fill(ImVec2(x, at.y - ui.px(2)), ImVec2(x + ui.px(2), at.y + height + ui.px(2)),
           ui.color.accent);
    }
  }
  tooltip(ui, label);
  paint_line(ui, at.x + width, middle, FontRole::kMono,
             run.whole.total_reward() < 0 ? ui.color.bad : ui.color.text, total, Align::kRight);
  if (!area.pressed && !area.held) return;
  const float cell = (ImGui::GetIO().MousePos.x - area.min.x) / each;
  const auto step = static_cast<std::size_t>(std::max(0.0f, cell)) + 1;
  const bool moved = !chosen || std::min(step, run.whole.steps().size()) != replay.step();
  if (!moved || ImGui::GetIO().MousePos.x < area.min.x) return;
  commands.in_replay([index, step](Replay& looked_at) {
    if (looked_at.chosen() != index) looked_at.choose_run(index);
    looked_at.go_to(step);
  });
}

std::string where(const Replay& replay) {
  if (replay.length() == 0) return "No step yet";
  return replay.step() == 0
             ? "Before the first of " + counted(replay.length(), "step")
             : "Step " + std::to_string(replay.step()) + " of " + std::to_string(replay.length());
}

// Draws the buttons that walk through the replay.
void walk(const Replay& replay, Commands& commands, Flow& flow) {
  const auto go = [&](std::size_t step) {
    commands.in_replay([step](Replay& looked_at) { looked_at.go_to(step); });
  };
  const auto pace = [&](bool plays, int speed) {
    commands.in_replay([plays, speed](Replay& looked_at) { looked_at.set_pace(plays, speed); });
  };
  if (flow.put(small("replay.back", "←", Icon::kNone, replay.step() > 0), "One step back"))
    go(replay.step() - 1);
  if (flow.put(small("replay.play", replay.plays() ? "Pause" : "Play",
                     replay.plays() ? Icon::kStop : Icon::kPlay)))
    pace(!replay.plays(), replay.speed());
  if (flow.put(small("replay.forth", "→", Icon::kNone, replay.step() < replay.length()),
               "One step on"))
    go(replay.step() + 1);
  const std::string speed = "×" + std::to_string(replay.speed());
  if (flow.put(small("replay.speed", speed, Icon::kNone), "Steps a second"))
    pace(replay.plays(), replay.speed() == 8 ? 1 : replay.speed() * 2);
}

// Says what the model does, with a button that stops it.
void model_at_work(Ui& ui, const Replay& replay, Commands& commands, Flow& flow) {
  const Run& run = replay.runs().back();
  const std::string next = "step " + std::to_string(run.whole.steps().size() + 1);
  const std::string& note = replay.model()->note();
  flow.words(FontRole::kCaption, ui.color.accent_text,
             note.empty() ? shorten(run.name, 40) + " writes " + next + " …" : note);
  if (flow.put(small("replay.stop", "Stop", Icon::kStop), "Ends its play; its steps stay"))
    commands.in_replay([](Replay& looked_at) { looked_at.stop_model(); });
}

void policies(Ui& ui, const Replay& replay, const ReplayParts& parts, Flow& flow) {
  if (const std::string* policy = replay.policy_at_work())
    return flow.words(FontRole::kCaption, ui.color.muted, "Playing: " + *policy);
  if (replay.model() != nullptr) return model_at_work(ui, replay, parts.commands, flow);
  if (!replay.can_add()) return;
  const auto add = [&](const char* id, const char* label, const char* policy, const char* note) {
    if (flow.put(small(id, label, Icon::kPlus), note))
      parts.commands.in_replay([policy](Replay& looked_at) { looked_at.add_policy(policy); });
  };
  if (parts.host.ask_policy) {
    add("replay.random", "Random", "random", "What random actions come to here");
    add("replay.explorer", "Explorer", "explorer", "What the rule-based player does here");
  }
  if (replay.run().whole.done())
    add("replay.oracle", "Oracle", "oracle", "The least that one needs who knows the answer");
  if (parts.host.choose_model &&
      flow.put(small("replay.model", "Model", Icon::kPlus), "What a language model does here"))
    parts.host.choose_model("");
}

// Draws the tour's caption and its buttons.
float tour_part(Ui& ui, std::size_t place, Commands& commands, ImVec2 at, float width) {
  const std::string caption = tour_caption(place);
  paint_text(ui, at, FontRole::kStrong, ui.color.text, caption, width);
  const ImVec2 below(at.x, at.y + measure(FontRole::kStrong, caption, width).y);
  mark_area(ui, "tour.caption", caption, at, ImVec2(at.x + width, below.y));
  const float y = below.y + ui.px(space::kSmall);
  Flow flow(ui, ImVec2(at.x, y), width, ui.compact_height());
  const auto go = [&](std::size_t to) {
    commands.later([to](Stage& stage) { stage.tour_to(to); });
  };
  Button next = small("tour.next", "Next", Icon::kArrowRight);
  next.icon_last = true;
  next.kind = ButtonKind::kPrimary;
  if (flow.put(next, "Right")) go(place + 1);
  if (flow.put(small("tour.back", "Back", Icon::kNone, place > 0), "Left")) go(place - 1);
  if (flow.put(small("tour.leave", "Leave the tour", Icon::kCross), "Escape"))
    commands.later([](Stage& stage) { stage.play_again(); });
  return flow.bottom();
}

void controls(Ui& ui, const Replay& replay, const ReplayParts& parts, Flow& flow) {
  walk(replay, parts.commands, flow);
  flow.words(FontRole::kCaption, ui.color.muted, where(replay));
  const auto close = [&] {
    if (flow.put(
            small("replay.close", ui.narrow ? "" : "Close", Icon::kCross),
            replay.unfinished() ? "Back to your episode" : "Leaves the replay: the question anew"))
      parts.commands.later([](Stage& stage) { stage.close_replay(); });
  };
  if (ui.narrow) close();
  if (flow.put(small("replay.branch", "Play on", Icon::kArrowRight, !replay.view().episode.done()),
               "A new episode from this step"))
    parts.commands.later([](Stage& stage) { stage.branch(); });
  policies(ui, replay, parts, flow);
  if (flow.put(small("replay.link", "Link", Icon::kCopy),
               "Copies a link to this episode at this step"))
    parts.files.share(replay.view());
  const std::string name = replay.run().whole.task().question->id;
  if (flow.put(small("replay.save", "Trajectory", Icon::kDownload), "As a file of JSON Lines"))
    parts.files.save(name + ".jsonl", trajectory_jsonl(replay.run().whole));
  if (flow.put(small("replay.report", "Report", Icon::kDownload), "As Markdown"))
    parts.files.save(name + ".md", report_markdown(replay.run().whole));
  if (parts.host.save_picture && flow.put(small("replay.picture", "Picture", Icon::kDownload),
                                          "As PNG, of all or of one panel"))
    parts.pictures.opens = true;
  if (!ui.narrow) close();
  if (const std::string& note = parts.files.note(); !note.empty())
    flow.words(FontRole::kCaption, ui.color.muted, note);
}

float contents(Ui& ui, const Replay* replay_or_none, const ReplayParts& parts, ImVec2 at,
               float width) {
  const float small_height = ui.compact_height();
  if (replay_or_none == nullptr) {
    Flow flow(ui, at, width, small_height);
    flow.words(FontRole::kBody, ui.color.text, "Playing the recorded steps again …");
    return flow.bottom();
  }
  const Replay& replay = *replay_or_none;
  std::size_t slots = 0;
  for (const Run& run : replay.runs()) slots = std::max(slots, run.whole.steps().size());
  for (std::size_t i = 0; i < replay.runs().size(); ++i) {
    run_row(ui, replay, parts.commands, i, at, width, slots);
    at.y += ui.px(ui.narrow ? 32 : 24) + ui.px(space::kTiny);
  }
  if (const std::string& warning = replay.run().warning; !warning.empty()) {
    at.y += warning_box(ui, "replay.warning", warning, at, width) + ui.px(space::kSmall);
  }
  at.y += ui.px(space::kTiny);
  if (replay.tour()) return tour_part(ui, *replay.tour(), parts.commands, at, width);
  Flow flow(ui, at, width, small_height);
  controls(ui, replay, parts, flow);
  return flow.bottom();
}

}  // namespace

void replay_bar(Ui& ui, const Replay* replay, const ReplayParts& parts, float margin) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float padding = ui.px(space::kMedium);
  const ImVec2 min(at.x + margin, at.y + margin);
  const float width = content_width() - 2 * margin;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.ChannelsSplit(2);
  list.ChannelsSetCurrent(1);
  const float bottom =
      contents(ui, replay, parts, ImVec2(min.x + padding, min.y + padding), width - 2 * padding) +
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
