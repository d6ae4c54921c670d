// The browser's side of page_library.h.
// Emscripten copies the functions by their text, so none may be an arrow at its top.
mergeInto(LibraryManager.library, {
  // The text copied last, for the copy event that follows a key.
  $pageCopied: { text: "", at: 0 },

  page_is_mac: function() {
    return /^(Mac|iP)/.test(navigator.platform);
  },

  page_set_cursor: function(element, cursor) {
    document.querySelector(UTF8ToString(element)).style.cursor = UTF8ToString(cursor);
  },

  // A media query speaks up once, when its own ratio stops being the right one.
  page_watch_pixel_ratio: function() {
    const watch = () => {
      const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      query.addEventListener("change", () => { watch(); Module["_sqlenv_page_wake"](); },
                             { once: true });
    };
    watch();
  },

  page_watch_clipboard__deps: ["$pageCopied"],
  page_watch_clipboard: function() {
    document.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
      const bytes = new TextEncoder().encode(text);
      const address = Module["_malloc"](Math.max(bytes.length, 1));
      if (address === 0) return;
      HEAPU8.set(bytes, address);
      Module["_sqlenv_page_paste"](address, bytes.length);
      Module["_free"](address);
      event.preventDefault();
    });
    const give = (event) => {
      if (performance.now() - pageCopied.at > 1000) return;
      event.clipboardData.setData("text/plain", pageCopied.text);
      event.preventDefault();
    };
    document.addEventListener("beforecopy", (event) => event.preventDefault());
    document.addEventListener("copy", give);
    document.addEventListener("cut", give);
  },

  // A key's copy event comes by itself. Otherwise the clipboard's interface is asked; where it is
  // missing (no TLS) or forbidden (a frame), the command raises a copy event.
  page_copy__deps: ["$pageCopied"],
  page_copy: function(text, size, by_key) {
    pageCopied.text = new TextDecoder().decode(HEAPU8.subarray(text, text + size));
    pageCopied.at = performance.now();
    if (by_key) return;
    const policy = document.featurePolicy;
    const allowed = navigator.clipboard && (!policy || policy.allowsFeature("clipboard-write"));
    const command = () => document.execCommand("copy");
    if (allowed) navigator.clipboard.writeText(pageCopied.text).catch(command);
    else command();
  },

  page_save: function(name, contents, size) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([HEAPU8.slice(contents, contents + size)]));
    link.download = UTF8ToString(name);
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  },

  page_open_database: function() {
    Module["onOpen"]();
  },

  page_show_context: function(lost) {
    Module["onGraphics"](!lost);
  },
});
