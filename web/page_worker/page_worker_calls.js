// The browser's side of page_worker_calls.h.
mergeInto(LibraryManager.library, {
  page_worker_progress: function(questions, of) {
    postMessage({ "questions": questions, "of": of });
  },
});
