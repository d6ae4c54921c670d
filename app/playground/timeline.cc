#include "app/playground/timeline.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/playground/format.h"
#include "app/playground/replay.h"
#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

constexpr float kChartHeight = 84;
constexpr float kCellHeight = 22;
constexpr int kMostCells = 20;  // more are too narrow to press

struct Range {
  float low = 0;
  float high = 0;
};

float units(Micros amount) { return static_cast<float>(to_double(amount)); }

// The sums of a step's positive and negative terms.
Range stack_of(const RewardTerms& terms) {
  Range range;
  for (const NamedTerm& term : reward_term_names()) {
    const float amount = units(terms.*term.amount);
    if (amount > 0) range.high += amount;
    else range.low += amount;
  }
  return range;
}

Range chart_range(const Episode& episode, Range range = {-0.04f, 0.12f}) {
  Micros sum = 0;
  for (const StepRecord& step : episode.steps()) {
    sum += step.result.terms.total();
    const Range stack = stack_of(step.result.terms);
    range.low = std::min({range.low, units(sum), stack.low});
    range.high = std::max({range.high, units(sum), stack.high});
  }
  return range;
}

struct Chart {
  ImVec2 min;
  ImVec2 max;
  Range range;
  int slots = 1;

  float slot_width() const { return (max.x - min.x) / static_cast<float>(slots); }
  float x(std::size_t slot) const { return min.x + slot_width() * static_cast<float>(slot); }
  float y(float value) const {
    return max.y - (max.y - min.y) * (value - range.low) / (range.high - range.low);
  }
};

// Paints a step's terms on top of each other: positive ones from zero up, negative ones down.
void paint_stack(Ui& ui, const RewardTerms& terms, const Chart& chart, float left, float right,
                 bool shown) {
  Range top;
  for (const NamedTerm& term : reward_term_names()) {
    const float amount = units(terms.*term.amount);
    if (amount == 0) continue;
    float& end = amount > 0 ? top.high : top.low;
    const float from = chart.y(end);
    end += amount;
    const float to = chart.y(end);
    fill(ImVec2(left, std::min(from, to)), ImVec2(right, std::max(from, to)),
         faded(term_color(ui, term.name), shown ? 1.0f : 0.7f));
  }
}

void paint_steps(Ui& ui, const EpisodeView& seen, const Chart& chart) {
  const std::vector<StepRecord>& steps = seen.episode.steps();
  const float inset = std::max(1.0f, std::floor(chart.slot_width() * 0.2f));
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool shown = seen.step == i;
    if (shown)
      fill(ImVec2(chart.x(i), chart.min.y), ImVec2(chart.x(i + 1), chart.max.y), ui.color.raised,
           ui.px(3));
    paint_stack(ui, steps[i].result.terms, chart, chart.x(i) + inset, chart.x(i + 1) - inset,
                shown);
  }
}

// Paints what an action would have paid as an outline, in the place of the next step.
void paint_what_if(Ui& ui, const Replay& replay, const Chart& chart) {
  if (!replay.what_if()) return;
  const Micros pays_exactly = replay.what_if()->result.terms.total();
  const float pays = units(pays_exactly);
  const float inset = std::max(1.0f, std::floor(chart.slot_width() * 0.2f));
  const ImVec2 min(chart.x(replay.step()) + inset, chart.y(std::max(pays, 0.0f)) - 1);
  const ImVec2 max(chart.x(replay.step() + 1) - inset, chart.y(std::min(pays, 0.0f)) + 1);
  fill(min, max, faded(ui.color.accent, 0.18f), ui.px(3));
  frame(min, max, ui.color.accent_text, ui.px(3), ui.px(1.5f));
  mark_area(ui, "reward.what_if", signed_amount(pays_exactly), min, max);
}

// Paints the returns of the other runs as lines.
void paint_others(Ui& ui, const Replay& replay, const Chart& chart) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < replay.runs().size(); ++i) {
    if (i == replay.chosen() && replay.runs().size() == 1) continue;
    Micros sum = 0;
    list.PathLineTo(ImVec2(chart.x(0), chart.y(0)));
    const std::vector<StepRecord>& steps = replay.runs()[i].whole.steps();
    for (std::size_t step = 0; step < steps.size(); ++step) {
      sum += steps[step].result.terms.total();
      list.PathLineTo(ImVec2(chart.x(step) + chart.slot_width() / 2, chart.y(units(sum))));
    }
    const Color color = i == replay.chosen() ? ui.color.accent : ui.color.muted;
    list.PathStroke(u32(faded(color, 0.5f)), 0, ui.px(1.5f));
  }
}

void paint_return(Ui& ui, const Episode& episode, const Chart& chart) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  Micros sum = 0;
  std::vector<ImVec2> points;
  ImVec2 last(chart.x(0), chart.y(0));
  list.PathLineTo(last);
  for (std::size_t i = 0; i < episode.steps().size(); ++i) {
    sum += episode.steps()[i].result.terms.total();
    last = ImVec2(chart.x(i) + chart.slot_width() / 2, chart.y(units(sum)));
    list.PathLineTo(last);
    points.push_back(last);
  }
  list.PathStroke(u32(ui.color.accent_text), 0, ui.px(2));
  for (const ImVec2& point : points)
    list.AddCircleFilled(point, ui.px(2), u32(ui.color.accent_text));
  if (!episode.steps().empty()) list.AddCircleFilled(last, ui.px(3.5f), u32(ui.color.accent_text));
}

void chart_press(Ui& ui, const std::vector<StepRecord>& steps, Commands& commands,
                 const Chart& chart) {
  const Press area =
      press(ui, "reward.chart", "Reward of each step",
            ImVec2(chart.max.x - chart.min.x, chart.max.y - chart.min.y), !steps.empty());
  const float slot = (ImGui::GetIO().MousePos.x - chart.min.x) / chart.slot_width();
  const auto step = static_cast<std::size_t>(std::max(0.0f, slot));
  if (!area.hovered || step >= steps.size()) return;
  const StepRecord& record = steps[step];
  tooltip(ui, "Step " + std::to_string(step + 1) + ", " + record.action.action_type + ": " +
                  signed_amount(record.result.terms.total()));
  if (area.pressed) commands.show(step);
}

void empty_chart(Ui& ui, const Chart& chart) {
  const float zero = std::floor(chart.y(0));
  for (int i = 0; i < chart.slots; ++i)
    fill(ImVec2(chart.x(static_cast<std::size_t>(i)) + ui.px(2), zero),
         ImVec2(chart.x(static_cast<std::size_t>(i) + 1) - ui.px(2), zero + ui.px(2)),
         ui.color.line, 1);
  const char* note = "No step yet";
  const ImVec2 size = measure(FontRole::kCaption, note);
  paint_text(ui, ImVec2((chart.min.x + chart.max.x - size.x) / 2, zero - ui.px(10) - size.y),
             FontRole::kCaption, ui.color.muted, note);
}

// Draws a step's cell: D, S, Q or A, in red if the step failed.
void step_cell(Ui& ui, const EpisodeView& seen, Commands& commands, const Chart& chart,
               std::size_t index) {
  const StepRecord& step = seen.episode.steps()[index];
  const bool shown = seen.step == index;
  const bool failed = !step.result.observation.error.empty();
  ImGui::SetCursorScreenPos(ImVec2(std::floor(chart.x(index)), chart.max.y + ui.px(space::kTiny)));
  const float width = std::floor(chart.x(index + 1)) - std::floor(chart.x(index)) - ui.px(2);
  const std::string label = "Step " + std::to_string(index + 1) + ", " + step.action.action_type +
                            ": " + outcome_text(step) + ", " +
                            signed_amount(step.result.terms.total());
  const Press cell =
      press(ui, "timeline." + std::to_string(index + 1), label, ImVec2(width, ui.px(kCellHeight)));
  tooltip(ui, label);
  const Tone tone = failed ? Tone::kBad : shown ? Tone::kAccent : Tone::kNeutral;
  fill(cell.min, cell.max, tone_soft(ui, tone), ui.px(4));
  if (shown) frame(cell.min, cell.max, tone_text(ui, tone), ui.px(4));
  paint_line(ui, (cell.min.x + cell.max.x) / 2, (cell.min.y + cell.max.y) / 2, FontRole::kLabel,
             tone_text(ui, tone), action_letter(step.action), Align::kMiddle);
  if (cell.pressed) commands.show(index);
}

void cells(Ui& ui, const EpisodeView& seen, Commands& commands, const Chart& chart) {
  const std::size_t taken = seen.episode.steps().size();
  if (chart.slots > kMostCells) return;
  const float top = chart.max.y + ui.px(space::kTiny);
  for (std::size_t i = 0; i < static_cast<std::size_t>(chart.slots); ++i) {
    if (i < taken) step_cell(ui, seen, commands, chart, i);
    else
      fill(ImVec2(std::floor(chart.x(i)), top),
           ImVec2(std::floor(chart.x(i + 1)) - ui.px(2), top + ui.px(kCellHeight)),
           faded(ui.color.raised, 0.6f), ui.px(4));
  }
  ImGui::SetCursorScreenPos(ImVec2(chart.min.x, top + ui.px(kCellHeight)));
  ImGui::Dummy(ImVec2(1, 0));
}

}  // namespace

Color term_color(const Ui& ui, std::string_view name) {
  if (name == "executed") return ui.color.code_function;
  if (name == "new_information") return ui.color.code_number;
  if (name == "repeat") return ui.color.bad;
  if (name == "progress") return ui.color.accent;
  if (name == "terminal") return ui.color.good;
  return name == "clip" ? ui.color.text : ui.color.muted;
}

void timeline(Ui& ui, const EpisodeView& seen, Commands& commands) {
  const Episode& episode = seen.episode;
  Chart c;
  c.min = ImGui::GetCursorScreenPos();
  c.max = ImVec2(c.min.x + content_width(), c.min.y + ui.px(kChartHeight));
  c.range = chart_range(episode);
  c.slots =
      std::max(1, std::max(std::min(episode.options().step_budget, 15), episode.step_count()));
  const Replay* replay = seen.replay;
  if (replay != nullptr) {
    for (const Run& run : replay->runs()) {
      c.range = chart_range(run.whole, c.range);
      c.slots = std::max(c.slots, run.whole.step_count());
    }
    if (replay->what_if())
      c.range.high = std::max(c.range.high, units(replay->what_if()->result.terms.total()));
  }
  chart_press(ui, episode.steps(), commands, c);
  if (episode.steps().empty() && replay == nullptr) {
    empty_chart(ui, c);
  } else {
    paint_steps(ui, seen, c);
    const float zero = std::floor(c.y(0));
    fill(ImVec2(c.min.x, zero), ImVec2(c.max.x, zero + 1), ui.color.outline);
    if (replay != nullptr) {
      paint_others(ui, *replay, c);
      paint_what_if(ui, *replay, c);
    }
    paint_return(ui, episode, c);
  }
  cells(ui, seen, commands, c);
}

}  // namespace sqlenv::ui
