// What the page worker's module calls in the worker that it runs in; written in
// page_worker_calls.js.
#pragma once

extern "C" {

// Shows the page how far a pack is: `questions` made of `of`, 0 while the file is looked through.
void page_worker_progress(int questions, int of);

}  // extern "C"
