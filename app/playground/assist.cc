#include "app/playground/assist.h"

#include "app/playground/sql_layout.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace sqlenv::ui {
namespace {

constexpr int kShownRows = 8;

bool modified() {
  const ImGuiIO& io = ImGui::GetIO();
  return io.KeyCtrl || io.KeySuper || io.KeyAlt || io.KeyShift;
}

Color kind_color(const Ui& ui, CandidateKind kind) {
  switch (kind) {
    case CandidateKind::kKeyword: return ui.color.code_keyword;
    case CandidateKind::kFunction: return ui.color.code_function;
    case CandidateKind::kTable:
    case CandidateKind::kColumn: return ui.color.text;
  }
  return ui.color.text;
}

std::string kind_note(const Candidate& candidate) {
  switch (candidate.kind) {
    case CandidateKind::kTable: return "table";
    case CandidateKind::kColumn: return candidate.note.empty() ? "column" : candidate.note;
    case CandidateKind::kFunction: return "function";
    case CandidateKind::kKeyword: return "keyword";
  }
  return "";
}

}  // namespace

void Assist::know(std::vector<KnownTable> tables, std::vector<std::string> played) {
  tables_ = std::move(tables);
  played_ = std::move(played);
  recalled_.reset();
}

void Assist::reset() {
  leave();
  recalled_.reset();
  insertion_.reset();
  replacement_.reset();
  selection_.clear();
  text_.clear();
}

void Assist::leave() {
  completion_.candidates.clear();
  hovered_ = -1;
}

bool Assist::wants_keyboard() { return std::exchange(wants_keyboard_, false); }

// Whether the key was pressed. The field does not see it then.
bool Assist::take(ImGuiKey key) {
  if (!ImGui::IsKeyPressed(key, true)) return false;
  ImGui::GetKeyData(key)->Down = false;
  taken_.push_back(key);
  return true;
}

void Assist::end_frame() {
  for (const ImGuiKey key : taken_) ImGui::GetKeyData(key)->Down = true;
  taken_.clear();
}

void Assist::begin_frame(ImGuiID field) {
  typed_ = false;
  if (field == 0 || ImGui::GetActiveID() != field) return;
  typed_ = ImGui::GetIO().InputQueueCharacters.Size > 0;
  history_keys();
  if (!open()) return;
  // The press takes the keyboard from the field, which closes the list.
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && hovered_ >= 0) {
    accept(hovered_);
    wants_keyboard_ = true;
    return;
  }
  list_keys(field);
}

void Assist::list_keys(ImGuiID field) {
  // ImGui would use these keys to move the focus before the field is drawn.
  ImGui::SetKeyOwner(ImGuiKey_Tab, field);
  ImGui::SetKeyOwner(ImGuiKey_Escape, field);
  if (modified()) return;
  if (take(ImGuiKey_Escape)) return leave();
  if (take(ImGuiKey_DownArrow)) move(1);
  if (take(ImGuiKey_UpArrow)) move(-1);
  if (take(ImGuiKey_Tab)) return accept(std::max(0, chosen_));
  if (chosen_ >= 0 && (take(ImGuiKey_Enter) || take(ImGuiKey_KeypadEnter))) accept(chosen_);
}

void Assist::move(int by) {
  const int count = static_cast<int>(completion_.candidates.size());
  chosen_ = chosen_ < 0 ? (by > 0 ? 0 : count - 1) : (chosen_ + by + count) % count;
  first_ = std::clamp(first_, std::max(0, chosen_ - kShownRows + 1), chosen_);
}

void Assist::accept(int index) {
  const Candidate& candidate = completion_.candidates[static_cast<std::size_t>(index)];
  insertion_ = Insertion{completion_.begin, caret_, candidate.text};
  leave();
}

// Ctrl+Up and Ctrl+Down go through the queries played. After the last comes the unplayed text.
void Assist::history_keys() {
  const ImGuiIO& io = ImGui::GetIO();
  if (!(io.KeyCtrl || io.KeySuper) || io.KeyAlt || io.KeyShift || played_.empty()) return;
  const std::size_t at = recalled_.value_or(played_.size());
  if (take(ImGuiKey_UpArrow) && at > 0) {
    if (!recalled_) kept_ = text_;
    recalled_ = at - 1;
    replacement_ = played_[*recalled_];
  } else if (take(ImGuiKey_DownArrow) && recalled_) {
    recalled_ = at + 1;
    if (*recalled_ == played_.size()) recalled_.reset();
    replacement_ = recalled_ ? played_[*recalled_] : kept_;
  }
}

void Assist::apply_insertion(ImGuiInputTextCallbackData& data) {
  const auto length = static_cast<std::size_t>(data.BufTextLen);
  const std::size_t end = std::min(insertion_->end, length);
  const std::size_t begin = std::min(insertion_->begin, end);
  data.DeleteChars(static_cast<int>(begin), static_cast<int>(end - begin));
  data.InsertChars(static_cast<int>(begin), insertion_->text.c_str());
  data.CursorPos = static_cast<int>(begin + insertion_->text.size());
  data.ClearSelection();
}

void Assist::edit(ImGuiInputTextCallbackData& data) {
  bool ours = true;
  if (replacement_) {
    data.DeleteChars(0, data.BufTextLen);
    data.InsertChars(0, replacement_->c_str());
    data.ClearSelection();
  } else if (insertion_) {
    apply_insertion(data);
  } else {
    ours = false;
  }
  replacement_.reset();
  insertion_.reset();
  follow(data, ours);
}

void Assist::follow(const ImGuiInputTextCallbackData& data, bool ours) {
  const std::string now =
      without_soft_breaks(std::string(data.Buf, static_cast<std::size_t>(data.BufTextLen)));
  const auto caret = static_cast<std::size_t>(data.CursorPos);
  const auto [low, high] = std::minmax(data.SelectionStart, data.SelectionEnd);
  selection_ = now.substr(static_cast<std::size_t>(low), static_cast<std::size_t>(high - low));
  const bool changed = now != text_;
  if (changed && !ours) recalled_.reset();
  if (ours || (!changed && caret != caret_)) leave();
  if (changed && !ours && (typed_ || open())) {
    completion_ = complete_sql(now, caret, tables_);
    if (!typed_ && completion_.begin == caret) leave();
    chosen_ = completion_.begin == caret ? -1 : 0;
    first_ = 0;
  }
  if (changed) text_ = now;
  caret_ = caret;
}

void Assist::row(Ui& ui, int index, float width) {
  const Candidate& candidate = completion_.candidates[static_cast<std::size_t>(index)];
  const Press area = press(ui, "completion." + std::to_string(index), candidate.label,
                           ImVec2(width, ui.px(ui.narrow ? 38 : 26)));
  // ImGui reports no hovered item while the field is active, so the list looks for itself.
  const bool hovered = ImGui::IsMouseHoveringRect(area.min, area.max);
  if (hovered) hovered_ = index;
  const bool chosen = index == chosen_;
  if (chosen) fill(area.min, area.max, ui.color.accent_soft, ui.px(kChipRounding));
  else if (hovered) fill(area.min, area.max, ui.color.raised, ui.px(kChipRounding));
  const float middle = (area.min.y + area.max.y) / 2;
  const std::string note =
      fitted(FontRole::kCaption, kind_note(candidate), std::max(ui.px(40), width * 0.4f));
  const ImVec2 note_size = measure(FontRole::kCaption, note);
  paint_line(ui, area.max.x - ui.px(9), middle, FontRole::kCaption, ui.color.muted, note,
             Align::kRight);
  const Color color = chosen ? ui.color.accent_text : kind_color(ui, candidate.kind);
  paint_line(ui, area.min.x + ui.px(9), middle, FontRole::kMono, color,
             fitted(FontRole::kMono, candidate.label, width - note_size.x - ui.px(34)));
}

void Assist::list(Ui& ui, ImVec2 caret, float line) {
  if (!open()) return;
  float widest = 0;
  for (const Candidate& candidate : completion_.candidates)
    widest = std::max(widest, measure(FontRole::kMono, candidate.label).x +
                                  measure(FontRole::kCaption, kind_note(candidate)).x);
  const ImVec2 window = ImGui::GetMainViewport()->Size;
  const int count = static_cast<int>(completion_.candidates.size());
  const int shown = std::min(count, kShownRows);
  const float edge = ui.px(5);
  const float width = std::ceil(
      std::min(std::clamp(widest + ui.px(42), ui.px(200), ui.px(380)), window.x - 4 * edge));
  const float height = static_cast<float>(shown) * ui.px(ui.narrow ? 38 : 26);
  ImVec2 at(caret.x - ui.px(14), caret.y + ui.px(5));
  if (at.y + height + 2 * edge > window.y) at.y = caret.y - line - height - 2 * edge - ui.px(5);
  at.x = std::clamp(at.x, edge, std::max(edge, window.x - width - 3 * edge));
  ImGui::SetNextWindowPos(ImVec2(std::floor(at.x), std::max(0.0f, std::floor(at.y))));
  ImGui::SetNextWindowSize(ImVec2(width + 2 * edge, height + 2 * edge));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(edge, edge));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(10));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, vec4(ui.color.surface));
  ImGui::PushStyleColor(ImGuiCol_Border, vec4(ui.color.outline));
  hovered_ = -1;
  const bool visible = ImGui::Begin(
      "##completion", nullptr,
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
          ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav);
  if (visible) {
    const ImVec2 min = ImGui::GetWindowPos();
    mark_area(ui, "completion", "Completion", min,
              ImVec2(min.x + width + 2 * edge, min.y + height + 2 * edge));
    if (ImGui::IsWindowHovered() && ImGui::GetIO().MouseWheel != 0)
      first_ -= static_cast<int>(std::copysign(1.0f, ImGui::GetIO().MouseWheel));
    first_ = std::clamp(first_, 0, count - shown);
    const int first = first_;
    for (int i = first; i < first + shown && open(); ++i) row(ui, i, width);
  }
  ImGui::End();
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar(3);
}

}  // namespace sqlenv::ui
