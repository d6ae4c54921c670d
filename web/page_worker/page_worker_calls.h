// What the page worker's module asks of the worker that it runs in; written in
// page_worker_calls.js.
#pragma once

extern "C" {

// Tells the page how far the work is: `questions` made of `of`, 0 while the file is looked through.
void page_worker_told(int questions, int of);

}  // extern "C"
