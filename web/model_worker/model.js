// The dialog by which a visitor has a language model play the question on the stage, and the worker in
// which it does (model_worker.js). The page loads it when it is first wanted: boot.js calls playModels()
// once, and show() of what it gives each time. What was entered stays in the dialog until the page goes;
// nothing of it is kept.
window.playModels = (page) => {
  "use strict";

  const style = document.createElement("style");
  style.textContent = `
    #model { width: min(480px, calc(100vw - 32px)); padding: 24px; border: 1px solid var(--line);
      border-radius: 12px; background: var(--panel); color: var(--text); font: inherit;
      box-shadow: 0 16px 48px #0005; }
    #model::backdrop { background: color-mix(in srgb, var(--back) 60%, transparent); }
    #model h2 { font-size: 19px; }
    #model p { margin: 0 0 16px; color: var(--dim); }
    #model label { display: block; margin: 0 0 12px; color: var(--dim); }
    #model label input:not([type=radio]) { display: block; box-sizing: border-box; width: 100%; margin: 4px 0 0;
      padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--back);
      color: var(--text); font: inherit; }
    #model small { display: block; margin: -6px 0 14px; color: var(--dim); font-size: 12.5px; }
    #model fieldset { display: block; margin: 0 0 16px; padding: 0; border: 0; }
    #model legend { position: static; clip-path: none; margin: 0 0 6px; padding: 0; color: var(--dim); }
    #model fieldset label { display: flex; gap: 8px; align-items: baseline; margin: 0 0 6px; }
    #model fieldset b { color: var(--text); font-weight: 600; }
    #model .why { padding: 12px 14px; border-radius: 8px; background: #d6304a1f; color: var(--text);
      overflow-wrap: anywhere; }
    #model .buttons { margin: 0; justify-content: flex-end; }`;
  document.head.append(style);

  const dialog = document.createElement("dialog");
  dialog.id = "model";
  dialog.setAttribute("aria-labelledby", "model-title");
  dialog.innerHTML = `
    <h2 id="model-title">Let a language model play</h2>
    <p class="what">It plays this question from its beginning and sees what an agent sees. Any server with OpenAI's interface
      that allows this page will do: llama.cpp, vLLM, Ollama, a hosted one.</p>
    <p class="why" role="alert" hidden></p>
    <form autocomplete="off">
      <label>Address <input name="address" required inputmode="url" spellcheck="false" autocapitalize="off"
        placeholder="http://localhost:8080/v1"></label>
      <label>Model <input name="name" spellcheck="false" autocapitalize="off"
        placeholder="Its name there; llama.cpp needs none"></label>
      <label>Key <input name="key" type="password" autocomplete="off" placeholder="If the server asks for one"></label>
      <small>The key is kept in memory only, until this page is closed, and goes to this address alone.</small>
      <fieldset><legend>Dialect</legend>
        <label><input type="radio" name="dialect" value="chat" checked>
          <span><b>Chat</b> suits models that were tuned to follow instructions: messages and tools</span></label>
        <label><input type="radio" name="dialect" value="compact">
          <span><b>Compact</b> suits small models that continue a text: one line an action</span></label></fieldset>
      <p class="buttons"><button type="button" class="quiet close">Close</button><button>Let it play</button></p>
    </form>`;
  document.body.append(dialog);
  const find = (selector) => dialog.querySelector(selector);

  let worker = null;   // of the model that was chosen last
  let playing = null;  // of the one that plays

  function show_why(text) {
    find(".why").textContent = text;
    find(".why").hidden = text === "";
    find(".what").hidden = text !== "";
  }

  function drop_chosen() {
    if (worker !== playing) worker?.terminate();
    worker = playing;
  }

  function close() {
    drop_chosen();
    dialog.close();
    page.closed();
  }

  function choose({ address, name, key, dialect }) {
    show_why("");
    drop_chosen();
    try {
      worker = new Worker(page.address("model_worker.js"));
    } catch (error) {
      return show_why(`This browser does not let the page speak to models (${error.message}).`);
    }
    const mine = worker;
    mine.onerror = (event) => {
      event.preventDefault();
      const why = "What speaks to models did not load. Check the connection and try again.";
      if (mine === playing) page.tell("", "", "", "", why, "");
      else show_why(why);
    };
    mine.onmessage = ({ data }) => {
      if (mine === worker && data.error) return show_why(data.error.message);
      if (mine === worker && data.ready) return start(name);
      if (mine === playing) page.tell(...(data.turn ?? ["", "", "", ""]), data.problem ?? "", data.note ?? "");
    };
    mine.postMessage({ choose: { address, model: name, key, compact: dialect === "compact" }, page: location.origin,
                       wasm: page.address("model_worker.wasm") });
  }

  function start(name) {
    playing = worker;
    close();
    page.play(name.trim() || "Model");
  }

  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    choose(Object.fromEntries(new FormData(event.target)));
  });
  find(".close").addEventListener("click", close);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(); });

  return {
    // `why` says why the last one could not begin; empty if it could.
    show(why) {
      show_why(why);
      if (!dialog.open) dialog.showModal();
      find("[name=address]").focus();
    },
    // A question of core/wire/policy_json.h, for the one that plays.
    ask(question) { playing.postMessage({ ask: question }); },
    stop() {
      playing?.terminate();
      playing = null;
    },
  };
};
