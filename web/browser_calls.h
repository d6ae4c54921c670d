// What the page's C++ asks of the browser beyond html5.h; written in browser_calls.js.
#pragma once

#include <cstddef>

extern "C" {

// Whether this is an Apple machine, where Cmd takes the place of Ctrl.
bool page_is_mac();

// Sets the CSS cursor of the element with this selector.
void page_set_cursor(const char* element, const char* cursor);

// Calls sqlenv_page_wake() whenever the device pixel ratio changes.
void page_watch_pixel_ratio();

// Passes the browser's paste events to sqlenv_page_paste(), and gives its copy events what
// page_copy() kept for them.
void page_watch_clipboard();

// Passes what is composed, picked or dictated into the text agent to sqlenv_page_type().
void page_watch_text();

// Puts a text on the system clipboard. Works inside an event of the user's only; `by_key` says that
// it is a key that means "copy" or "cut", after which the browser itself asks for the text.
void page_copy(const char* text, std::size_t size, bool by_key);

// Has the browser download a file of these contents.
void page_save(const char* name, const char* contents, std::size_t size);

// Has the browser download a picture of a panel, drawn anew once this call into the module is over.
void page_picture(const char* panel);

// Has the page read these bytes of the evaluation's file that was shown last, and show them as
// trajectories of this name.
void page_open_episode(const char* name, double begin, double end);

// Keeps the text of the settings for the next visit.
void page_keep_settings(const char* text, std::size_t size);

// Puts the page's address with "#e=" and this text on the clipboard, as page_copy() does.
void page_share(const char* text, std::size_t size);

// Has the worker's module answer a question of core/wire/policy_json.h; sqlenv_ui_policy() is then
// called.
void page_ask_policy(const char* json, std::size_t size);

// Asks which language model is to play, saying why the last one could not; empty if it could.
void page_choose_model(const char* why_not);

// Has the chosen model answer a question of core/wire/policy_json.h; sqlenv_ui_model() is then
// called. page_stop_model() gives that up.
void page_ask_model(const char* json, std::size_t size);
void page_stop_model();

// Passes on what the player does with a server's episode: an action, or the id of a choice.
void page_act_on_server(const char* action_type, const char* argument, std::size_t size);
void page_choose_on_server(const char* id);

// Shows what opens a database of the visitor's own.
void page_open_database();

// Tells the page that the graphics context was lost or came back.
void page_show_context(bool lost);

// Tells the page, once this call into the module is over, that what is shown changed.
void page_show_change();

// Gives the keyboard to the text agent, whose place is that of the caret, or back to the canvas.
// Both do nothing while the user has put the focus elsewhere.
void page_edit_text(bool on, float x, float y, float line_height);

}  // extern "C"
