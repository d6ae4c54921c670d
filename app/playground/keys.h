// The keys that act on the whole playground, when no field takes them.
#pragma once

#include "app/playground/action_panel.h"
#include "app/playground/commands.h"
#include "app/playground/dialogs.h"
#include "app/playground/schema_panel.h"
#include "app/playground/session.h"
#include "app/playground/stage.h"

namespace sqlenv::ui {

struct KeyParts {
  Stage& stage;
  Session& session;
  Commands& commands;
  ActionPanel& action;
  SchemaPanel& schema;
  Dialogs& dialogs;
};

// Does what the keys of this frame mean. After the panels, so that what was typed in the same frame
// is already in the draft.
void take_keys(const KeyParts& parts);

}  // namespace sqlenv::ui
