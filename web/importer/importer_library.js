// The browser's side of importer.h.
mergeInto(LibraryManager.library, {
  importer_told: function(questions, of) {
    postMessage({ "questions": questions, "of": of });
  },
});
