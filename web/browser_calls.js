// The browser's side of browser_calls.h.
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

  // Hands a text to an exported function.
  $pageSend: function(name, text) {
    const bytes = new TextEncoder().encode(text);
    const address = Module["_malloc"](Math.max(bytes.length, 1));
    if (address === 0) return;
    HEAPU8.set(bytes, address);
    Module[name](address, bytes.length);
    Module["_free"](address);
  },

  // What a key types comes by the key itself and is kept from the agent; here is the rest.
  page_watch_text__deps: ["$pageSend"],
  page_watch_text: function() {
    const agent = document.getElementById("agent");
    const take = () => {
      const text = agent.value;
      agent.value = "";
      agent.classList.remove("composing");
      if (text !== "") pageSend("_sqlenv_page_type", text);
    };
    agent.addEventListener("input", (event) => {
      agent.classList.toggle("composing", event.isComposing);
      if (!event.isComposing) take();
    });
    agent.addEventListener("compositionend", take);
    // Keyboards on a screen ask for these without a key that has a name.
    const keys = { deleteContentBackward: "Backspace", insertLineBreak: "Enter" };
    agent.addEventListener("beforeinput", (event) => {
      const key = keys[event.inputType];
      if (key === undefined || event.isComposing) return;
      event.preventDefault();
      for (const kind of ["keydown", "keyup"])
        agent.dispatchEvent(new KeyboardEvent(kind, { key, code: key, bubbles: true }));
    });
  },

  page_watch_clipboard__deps: ["$pageCopied", "$pageSend"],
  page_watch_clipboard: function() {
    const elsewhere = (event) => event.target instanceof Element && !event.target.closest("#stage");
    document.addEventListener("paste", (event) => {
      if (elsewhere(event)) return;
      pageSend("_sqlenv_page_paste",
               event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n"));
      event.preventDefault();
    });
    const give = (event) => {
      if (elsewhere(event) || performance.now() - pageCopied.at > 1000) return;
      event.clipboardData.setData("text/plain", pageCopied.text);
      event.preventDefault();
    };
    document.addEventListener("beforecopy", (event) => {
      if (!elsewhere(event)) event.preventDefault();
    });
    document.addEventListener("copy", give);
    document.addEventListener("cut", give);
  },

  // A key's copy event comes by itself. Otherwise the clipboard's interface is asked; where it is
  // missing (no TLS) or forbidden (a frame), the command raises a copy event.
  page_copy__deps: ["$pageCopied", "$pageGive"],
  page_copy: function(text, size, by_key) {
    pageGive(new TextDecoder().decode(HEAPU8.subarray(text, text + size)), by_key);
  },

  page_share__deps: ["$pageGive"],
  page_share: function(text, size) {
    pageGive(location.href.split("#")[0] + "#e=" + UTF8ToString(text, size));
  },

  $pageGive__deps: ["$pageCopied"],
  $pageGive: function(text, by_key) {
    pageCopied.text = text;
    pageCopied.at = performance.now();
    if (by_key) return;
    const policy = document.featurePolicy;
    const allowed = navigator.clipboard && (!policy || policy.allowsFeature("clipboard-write"));
    const command = () => document.execCommand("copy");
    if (allowed) navigator.clipboard.writeText(pageCopied.text).catch(command);
    else command();
  },

  $pageSave: function(name, blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  },

  page_save__deps: ["$pageSave"],
  page_save: function(name, contents, size) {
    pageSave(UTF8ToString(name), new Blob([HEAPU8.slice(contents, contents + size)]));
  },

  // A WebGL canvas can be read only within the task that has drawn on it.
  page_picture__deps: ["$pageSave"],
  page_picture: function(panel) {
    const name = UTF8ToString(panel);
    setTimeout(() => {
      Module["_sqlenv_ui_draw"]();
      const shown = JSON.parse(Module["sqlenv"]["call"]("ui_snapshot"));
      const place = shown["playground"]["items"].find((item) => item["id"] === "panel." + name);
      const ratio = shown["pixel_ratio"];
      const part = document.createElement("canvas");
      part.width = place["w"] * ratio;
      part.height = place["h"] * ratio;
      part.getContext("2d").drawImage(document.getElementById("canvas"), -place["x"] * ratio, -place["y"] * ratio);
      part.toBlob((blob) => pageSave(`sqlenv-${name}.png`, blob));
    });
  },

  page_open_episode: function(name, begin, end) {
    Module["onEpisode"](UTF8ToString(name), begin, end);
  },

  page_keep_settings: function(text, size) {
    Module["onSettings"](UTF8ToString(text, size));
  },

  page_ask_policy: function(json, size) {
    Module["onPolicy"](UTF8ToString(json, size));
  },

  page_choose_model: function(why) {
    Module["onModel"](UTF8ToString(why));
  },

  page_ask_model: function(json, size) {
    Module["onAskModel"](UTF8ToString(json, size));
  },

  page_stop_model: function() {
    Module["onStopModel"]();
  },

  page_act_on_server: function(action_type, argument, size) {
    Module["onAct"](UTF8ToString(action_type), UTF8ToString(argument, size));
  },

  page_choose_on_server: function(id) {
    Module["onChoose"](UTF8ToString(id));
  },

  page_open_database: function() {
    Module["onOpen"]();
  },

  page_show_change: function() {
    setTimeout(Module["onChange"]);
  },

  page_edit_text: function(on, x, y, line_height) {
    const agent = document.getElementById("agent");
    const canvas = document.getElementById("canvas");
    const active = document.activeElement;
    if (on) {
      agent.style.transform = `translate(${x}px, ${y}px)`;
      agent.style.minHeight = line_height + "px";
    }
    if (active !== agent && active !== canvas && active !== document.body) return;
    const wanted = on ? agent : canvas;
    if (active !== wanted && (on || active === agent)) wanted.focus({ preventScroll: true });
  },

  page_show_context: function(lost) {
    Module["onGraphics"](!lost);
  },
});
