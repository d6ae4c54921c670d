// What the module of the importer asks of the worker that it runs in; written in
// importer_library.js.
#pragma once

extern "C" {

// Tells the page how far the work is: `questions` made of `of`, 0 while the file is looked through.
void importer_told(int questions, int of);

}  // extern "C"
