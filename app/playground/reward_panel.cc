#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/playground/format.h"
#include "app/playground/panels.h"
#include "app/playground/widgets.h"

namespace sqlenv::ui {
namespace {

constexpr Micros kLeastLongest = 50'000;  // of the bars, so that small terms look small

Tone amount_tone(Micros amount) {
  return amount > 0 ? Tone::kGood : amount < 0 ? Tone::kBad : Tone::kNeutral;
}

const char* term_meaning(std::string_view name) {
  if (name == "executed") return "The action ran without an error.";
  if (name == "new_information") return "A query returned a result that was not seen before.";
  if (name == "repeat") return "The same action was played before.";
  if (name == "step_cost") return "Every step before the answer costs this.";
  if (name == "progress")
    return "The query's result came nearer to the expected rows, or went away from them.";
  if (name == "clip") return "What was added or taken to keep the step within its limits.";
  if (name == "terminal") return "The answer was right.";
  return "";
}

// A bar from the middle: to the right what is earned, to the left what is lost.
void paint_bar(Ui& ui, ImVec2 min, ImVec2 max, Micros amount, Micros longest, float grown) {
  const float middle = std::floor((min.x + max.x) / 2);
  const float half = (max.x - min.x) / 2;
  fill(ImVec2(middle, min.y - ui.px(8)), ImVec2(middle + 1, max.y + ui.px(8)), ui.color.outline);
  if (amount == 0) return;
  const float part = static_cast<float>(amount) / static_cast<float>(longest);
  const float length = std::max(ui.px(2), half * std::abs(part) * grown);
  const Color color = tone_text(ui, amount_tone(amount));
  if (amount > 0)
    fill(ImVec2(middle + 1, min.y), ImVec2(middle + 1 + length, max.y), color, ui.px(2));
  else fill(ImVec2(middle - length, min.y), ImVec2(middle, max.y), color, ui.px(2));
}

// How the rows of one step are drawn.
struct Scale {
  Micros longest = kLeastLongest;  // the amount whose bar fills its half
  std::size_t decimals = 2;
  float grown = 1;  // of their length, while bars grow
};

Scale scale_of(const RewardTerms& step, float grown) {
  Scale scale;
  scale.grown = grown;
  scale.decimals = decimals_of(step.total());
  for (const NamedTerm& term : reward_term_names()) {
    scale.longest = std::max(scale.longest, std::abs(step.*term.amount));
    scale.decimals = std::max(scale.decimals, decimals_of(step.*term.amount));
  }
  return scale;
}

void amount_row(Ui& ui, std::string_view name, Micros amount, const Scale& scale) {
  const float height = ui.px(24);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = content_width();
  const float middle = at.y + height / 2;
  const float name_width = ui.px(108);
  const std::string value = aligned_amount(amount, scale.decimals);
  const float value_width = measure(FontRole::kMono, "+0.0000").x;
  paint_text(ui, ImVec2(at.x, middle - line_height(FontRole::kCaption) / 2), FontRole::kCaption,
             amount == 0 ? ui.color.muted : ui.color.text, spaced(name));
  paint_text(ui,
             ImVec2(at.x + width - measure(FontRole::kMono, value).x,
                    middle - line_height(FontRole::kMono) / 2),
             FontRole::kMono, tone_text(ui, amount_tone(amount)), value);
  paint_bar(ui, ImVec2(at.x + name_width, std::floor(middle - ui.px(4))),
            ImVec2(at.x + width - value_width - ui.px(10), std::floor(middle + ui.px(4))), amount,
            scale.longest, scale.grown);
  ImGui::Dummy(ImVec2(width, height));
  mark_item(ui, "reward." + std::string(name), std::string(name) + " " + signed_amount(amount));
  tooltip(ui, term_meaning(name));
}

void sum_line(Ui& ui, Micros total, std::size_t decimals) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = content_width();
  const float height = ui.px(26);
  paint_text(ui, ImVec2(at.x, at.y + (height - line_height(FontRole::kStrong)) / 2),
             FontRole::kStrong, ui.color.text, "This step");
  const std::string value = aligned_amount(total, decimals);
  const ImVec2 size = measure(FontRole::kMono, value);
  paint_text(ui, ImVec2(at.x + width - size.x, at.y + (height - size.y) / 2), FontRole::kMono,
             total == 0 ? ui.color.text : tone_text(ui, amount_tone(total)), value);
  ImGui::Dummy(ImVec2(width, height));
  mark_item(ui, "reward.step", "This step " + signed_amount(total));
}

// The chart: a bar for each step's reward and a line for what they add up to
// -------------------------

struct Range {
  float low = 0;
  float high = 0;
};

float units(Micros amount) { return static_cast<float>(to_double(amount)); }

Range chart_range(const Episode& episode) {
  Range range{-0.04f, 0.12f};
  Micros sum = 0;
  for (const StepRecord& step : episode.steps()) {
    sum += step.result.terms.total();
    range.low = std::min({range.low, units(sum), units(step.result.terms.total())});
    range.high = std::max({range.high, units(sum), units(step.result.terms.total())});
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

void paint_steps(Ui& ui, const Model& model, const Chart& chart) {
  const std::vector<StepRecord>& steps = model.episode()->steps();
  const float inset = std::max(1.0f, std::floor(chart.slot_width() * 0.22f));
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Micros amount = steps[i].result.terms.total();
    const float y = chart.y(units(amount));
    const float zero = chart.y(0);
    const Color color = tone_text(ui, amount_tone(amount));
    const bool shown = model.shown() && *model.shown() == i;
    if (shown)
      fill(ImVec2(chart.x(i), chart.min.y), ImVec2(chart.x(i + 1), chart.max.y), ui.color.raised,
           ui.px(3));
    fill(ImVec2(chart.x(i) + inset, std::min({y, zero, zero - 1})),
         ImVec2(chart.x(i + 1) - inset, std::max(y, zero)), faded(color, shown ? 1.0f : 0.55f), 1);
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

void chart_press(Ui& ui, Model& model, const Chart& chart) {
  const Press area = press(ui, "reward.chart", "Reward of each step",
                           ImVec2(chart.max.x - chart.min.x, chart.max.y - chart.min.y),
                           !model.episode()->steps().empty());
  const float slot = (ImGui::GetIO().MousePos.x - chart.min.x) / chart.slot_width();
  const auto step = static_cast<std::size_t>(std::max(0.0f, slot));
  if (!area.hovered || step >= model.episode()->steps().size()) return;
  const StepRecord& record = model.episode()->steps()[step];
  tooltip(ui, "Step " + std::to_string(step + 1) + ", " + record.action.action_type + ": " +
                  signed_amount(record.result.terms.total()));
  if (area.pressed) model.later([step](Model& m) { m.show(step); });
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

void chart(Ui& ui, Model& model) {
  const Episode& episode = *model.episode();
  Chart c;
  c.min = ImGui::GetCursorScreenPos();
  c.max = ImVec2(c.min.x + content_width(), c.min.y + ui.px(72));
  c.range = chart_range(episode);
  c.slots =
      std::max(1, std::max(std::min(episode.options().step_budget, 15), episode.step_count()));
  chart_press(ui, model, c);
  if (episode.steps().empty()) return empty_chart(ui, c);
  paint_steps(ui, model, c);
  const float zero = std::floor(c.y(0));
  fill(ImVec2(c.min.x, zero), ImVec2(c.max.x, zero + 1), ui.color.outline);
  paint_return(ui, episode, c);
}

void return_line(Ui& ui, const Episode& episode) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = line_height(FontRole::kHeading);
  paint_text(ui, ImVec2(at.x, at.y + (height - line_height(FontRole::kStrong)) / 2),
             FontRole::kStrong, ui.color.text, "Reward");
  const std::string value = signed_amount(episode.total_reward());
  const ImVec2 size = measure(FontRole::kHeading, value);
  const float x = at.x + content_width() - size.x;
  paint_text(ui, ImVec2(x, at.y), FontRole::kHeading, ui.color.text, value);
  const char* when = episode.done() ? "in total" : "so far";
  const ImVec2 label = measure(FontRole::kCaption, when);
  paint_text(ui, ImVec2(x - label.x - ui.px(8), at.y + (height - label.y) / 2 + ui.px(1)),
             FontRole::kCaption, ui.color.muted, when);
  ImGui::Dummy(ImVec2(1, height));
  mark_area(ui, "reward.total", value, at, ImVec2(at.x + content_width(), at.y + height));
}

}  // namespace

void reward_panel(Ui& ui, Model& model, Views& views) {
  begin_card(ui, "reward", ImVec2(content_width(), 0));
  if (model.episode() != nullptr) {
    return_line(ui, *model.episode());
    gap(ui, space::kMedium);
    chart(ui, model);
    gap(ui, space::kMedium);
    const StepRecord* shown = model.shown_step();
    const RewardTerms step = shown == nullptr ? RewardTerms{} : shown->result.terms;
    const Scale scale = scale_of(step, views.moved());
    for (const NamedTerm& term : reward_term_names())
      amount_row(ui, term.name, step.*term.amount, scale);
    gap(ui, space::kTiny);
    hairline(ui);
    gap(ui, space::kTiny);
    sum_line(ui, step.total(), scale.decimals);
  }
  end_card();
}

}  // namespace sqlenv::ui
