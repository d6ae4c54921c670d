#include "app/playground/reward_panel.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/playground/format.h"
#include "app/playground/timeline.h"
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

// Paints a bar from the middle: to the right what is earned, to the left what is lost.
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

// The scale of all rows of one step.
struct Scale {
  Micros longest = kLeastLongest;  // the amount whose bar fills its half
  std::size_t decimals = 2;
  float grown = 1;  // part of their length that bars have while they grow
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
  const float name_width = ui.px(118);
  const std::string value = aligned_amount(amount, scale.decimals);
  const std::string longest = "+0." + std::string(std::max<std::size_t>(scale.decimals, 4), '0');
  const float value_width = measure(FontRole::kMono, longest).x;
  fill(ImVec2(at.x, middle - ui.px(4)), ImVec2(at.x + ui.px(8), middle + ui.px(4)),
       faded(term_color(ui, name), amount == 0 ? 0.35f : 1.0f), ui.px(2));
  paint_line(ui, at.x + ui.px(14), middle, FontRole::kCaption,
             amount == 0 ? ui.color.muted : ui.color.text, spaced(name));
  paint_line(ui, at.x + width, middle, FontRole::kMono, tone_text(ui, amount_tone(amount)), value,
             Align::kRight);
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
  const float middle = at.y + height / 2;
  paint_line(ui, at.x, middle, FontRole::kStrong, ui.color.text, "This step");
  paint_line(ui, at.x + width, middle, FontRole::kMono,
             total == 0 ? ui.color.text : tone_text(ui, amount_tone(total)),
             aligned_amount(total, decimals), Align::kRight);
  ImGui::Dummy(ImVec2(width, height));
  mark_item(ui, "reward.step", "This step " + signed_amount(total));
}

// The step's sum, written out
// ------------------------------------------------------------------------------

std::string plain(Micros amount) { return signed_amount(std::abs(amount)).substr(1); }

// The sum of a step's terms, such as "0.02 + 0.01 − 0.02 + 0.15 × 0.50", before it is clipped.
std::string written_sum(const RewardTerms& step) {
  std::string out;
  for (const NamedTerm& term : reward_term_names()) {
    const Micros amount = step.*term.amount;
    if (amount == 0 || term.amount == &RewardTerms::clip) continue;
    if (!out.empty()) out += amount < 0 ? " − " : " + ";
    else if (amount < 0) out += "−";
    const Micros share = std::abs(amount) * 100 / 15;
    if (term.amount == &RewardTerms::progress) out += "0.15 × " + plain(share);
    else out += plain(amount);
  }
  return out.empty() ? "0.00" : out;
}

std::string formula(const Episode& episode, const RewardTerms& step) {
  const RewardPreset& preset = *find_reward_preset(episode.options().reward);
  std::string out = written_sum(step) + " = " + signed_amount(step.total() - step.clip);
  if (step.clip == 0) return out;
  return out + (preset.clip == RewardPreset::Clip::kStep ? ", kept within " : ", the sum within ") +
         signed_amount(preset.clip_low) + " … " + signed_amount(preset.clip_high) + ": " +
         signed_amount(step.total());
}

void return_line(Ui& ui, const Episode& episode) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = line_height(FontRole::kHeading);
  paint_line(ui, at.x, at.y + height / 2, FontRole::kStrong, ui.color.text, "Reward");
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

void reward_panel(Ui& ui, const EpisodeView* seen, Commands& commands) {
  begin_card(ui, "reward", ImVec2(content_width(), 0));
  if (seen != nullptr) {
    return_line(ui, seen->episode);
    gap(ui, space::kMedium);
    timeline(ui, *seen, commands);
    gap(ui, space::kMedium);
    const StepRecord* shown = seen->shown_step();
    const RewardTerms step = shown == nullptr ? RewardTerms{} : shown->result.terms;
    const Scale scale = scale_of(step, ui.moved);
    for (const NamedTerm& term : reward_term_names())
      amount_row(ui, term.name, step.*term.amount, scale);
    gap(ui, space::kTiny);
    hairline(ui);
    gap(ui, space::kTiny);
    sum_line(ui, step.total(), scale.decimals);
    // A sum of one term says nothing new.
    if (written_sum(step).find(' ') != std::string::npos) {
      const std::string sum = formula(seen->episode, step);
      wrapped_text(ui, FontRole::kCaption, ui.color.muted, sum);
      mark_item(ui, "reward.formula", sum);
    }
  }
  end_card();
}

}  // namespace sqlenv::ui
