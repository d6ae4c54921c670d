// The desktop program's dialog in which a language model is chosen.
#include "app/desktop/model_dialog.h"

#include <gtest/gtest.h>

#include "tests/core/test_packs.h"
#include "tests/playground/headless.h"

namespace sqlenv::ui::test {
namespace {

class ModelDialogTest : public testing::Test {
 protected:
  ModelDialogTest() { ui_.start("zoo_train_001"); }

  Host host() {
    Host host;
    host.choose_model = [this](const std::string& why_not) { dialog_.show(why_not); };
    host.draw_over = [this](Ui& ui) { dialog_.draw(ui); };
    return host;
  }

  std::vector<desktop::ModelChoice> started_;
  std::string why_not_;
  desktop::ModelDialog dialog_{[this](const desktop::ModelChoice& choice) {
    started_.push_back(choice);
    return why_not_;
  }};
  Headless ui_{sqlenv::test::small_catalog(), host()};
};

TEST_F(ModelDialogTest, GivesWhatWasEntered) {
  ui_.click("question.model");
  EXPECT_FALSE(ui_.find("model.play")->enabled) << "an address is wanted";
  ui_.type("http://localhost:8080");
  ui_.click("model.name");
  ui_.type("small-1");
  ui_.click("model.key");
  ui_.type("sk-secret-77");
  ui_.click("model.compact");
  ui_.click("model.play");
  ASSERT_EQ(started_.size(), 1u);
  EXPECT_EQ(started_[0].address, "http://localhost:8080");
  EXPECT_EQ(started_[0].model, "small-1");
  EXPECT_EQ(started_[0].key, "sk-secret-77");
  EXPECT_EQ(started_[0].dialect, Dialect::kCompact);
  EXPECT_FALSE(ui_.find("model.play").has_value()) << "the dialog is gone";
}

TEST_F(ModelDialogTest, TheKeyIsNotShown) {
  ui_.click("question.model");
  EXPECT_TRUE(holds(ui_.texts(), "memory only")) << ui_.texts();
  ui_.click("model.key");
  ui_.type("sk-secret-77");
  ui_.settle();
  EXPECT_FALSE(holds(ui_.texts(), "sk-secret"));
  EXPECT_FALSE(holds(ui_.playground().snapshot_json(), "sk-secret"));
  EXPECT_FALSE(holds(settings_text(ui_.playground().settings()), "sk-secret"));
}

TEST_F(ModelDialogTest, SaysWhichModelsADialectSuits) {
  ui_.click("question.model");
  EXPECT_TRUE(holds(ui_.texts(), "follow instructions")) << ui_.texts();
  ui_.click("model.compact");
  EXPECT_TRUE(holds(ui_.texts(), "small models that continue a text")) << ui_.texts();
}

TEST_F(ModelDialogTest, ARefusalStaysAndSaysWhy) {
  ui_.click("question.model");
  ui_.type("localhost");
  why_not_ = "The model's address must begin with http:// or https://.";
  ui_.key(ImGuiKey_Enter);
  EXPECT_EQ(ui_.find("model.refusal")->label, why_not_);
  why_not_.clear();
  ui_.click("model.play");
  EXPECT_EQ(started_.size(), 2u);
  EXPECT_FALSE(ui_.find("model.refusal").has_value());
}

TEST_F(ModelDialogTest, KeepsWhatWasEnteredForTheNextTime) {
  ui_.click("question.model");
  ui_.type("http://localhost:8080");
  ui_.click("model.close");
  EXPECT_FALSE(ui_.find("model.address").has_value());
  dialog_.show("The server refuses the key.");
  ui_.settle();
  EXPECT_EQ(ui_.find("model.refusal")->label, "The server refuses the key.");
  ui_.click("model.play");
  ASSERT_EQ(started_.size(), 1u);
  EXPECT_EQ(started_[0].address, "http://localhost:8080");
  ui_.click("question.model");
  ui_.key(ImGuiKey_Escape);
  EXPECT_FALSE(ui_.find("model.address").has_value());
}

TEST_F(ModelDialogTest, FitsIntoAPhonesWindow) {
  ui_.resize(ImVec2(360, 640));
  ui_.click("question.model");
  dialog_.show("The server answers, but does not let anybody ask; give it the key that it wants.");
  ui_.settle();
  for (const char* id : {"model.refusal", "model.address", "model.name", "model.key",
                         "model.compact", "model.close", "model.play"}) {
    SCOPED_TRACE(id);
    const std::optional<Item> item = ui_.find(id);
    ASSERT_TRUE(item.has_value());
    EXPECT_TRUE(item->visible);
    EXPECT_LE(item->x + item->w, 360);
    EXPECT_LE(item->y + item->h, 640);
  }
}

}  // namespace
}  // namespace sqlenv::ui::test
