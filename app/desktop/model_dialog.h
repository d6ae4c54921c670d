// ModelDialog: where the player says which language model is to play: its server's address, its
// name, a key and the dialect. What was entered stays for the next time, in memory alone. Drawn
// over the playground. One thread.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "app/playground/ui.h"
#include "core/agent/dialect.h"

namespace sqlenv::desktop {

struct ModelChoice {
  std::string address;
  std::string model;  // its name on the server; may be empty
  std::string key;    // may be empty
  Dialect dialect = Dialect::kChat;
};

class ModelDialog {
 public:
  // Has the model play. Returns why it cannot; empty if it can.
  using Start = std::function<std::string(const ModelChoice&)>;

  explicit ModelDialog(Start start) : start_(std::move(start)) {}

  // Sets what the fields hold.
  void enter(ModelChoice choice) { choice_ = std::move(choice); }

  // Opens with the next frame. `why_not` is shown; empty for nothing.
  void show(std::string why_not);
  void draw(ui::Ui& ui);

 private:
  void contents(ui::Ui& ui);
  void fields(ui::Ui& ui);
  void dialect(ui::Ui& ui);
  void buttons(ui::Ui& ui);
  void start();

  Start start_;
  ModelChoice choice_;
  std::string why_not_;
  bool asked_ = false;
};

}  // namespace sqlenv::desktop
