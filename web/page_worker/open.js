// The dialog by which a visitor opens a file (a database of their own, trajectories to replay, or an
// evaluation's many) or connects to a server. The page loads it when it is first wanted: boot.js calls
// openDatabases() once, and show() of what it gives each time.
window.openDatabases = (page) => {
  "use strict";

  // A worker's copy, the page's and what is being handed over must fit into a browser's memory.
  const mostBytes = 200e6;
  const megabytes = (count) => (count / 1e6).toFixed(count < 1e7 ? 1 : 0);

  const style = document.createElement("style");
  style.textContent = `
    #open { width: min(480px, calc(100vw - 32px)); padding: 24px; border: 1px solid var(--line);
      border-radius: 12px; background: var(--panel); color: var(--text); font: inherit;
      box-shadow: 0 16px 48px #0005; }
    #open::backdrop { background: color-mix(in srgb, var(--back) 60%, transparent); }
    #open h2 { font-size: 19px; }
    #open p { margin: 0 0 16px; color: var(--dim); }
    #open .field { margin: 4px 0 20px; padding: 22px 16px; border: 1.5px dashed color-mix(in srgb, var(--dim) 55%, transparent);
      border-radius: 10px; text-align: center; }
    #open.over .field { border-color: var(--mark); background: var(--back); }
    #open .field p { margin: 0 0 14px; }
    #open .why { padding: 12px 14px; border-radius: 8px; background: #d6304a1f; color: var(--text);
      overflow-wrap: anywhere; }
    #open .state { color: var(--text); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    #open .bar { height: 4px; margin: 0 0 24px; border-radius: 2px; background: var(--line); overflow: hidden; }
    #open .bar i { display: block; height: 100%; background: var(--accent); transform-origin: left;
      transition: transform 120ms linear; }
    #open form { margin: 0 0 20px; }
    #open form p { margin: 0 0 8px; }
    #open form div { display: flex; flex-wrap: wrap; gap: 8px; }
    #open form input { flex: 1 1 180px; min-width: 0; padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px;
      background: var(--back); color: var(--text); font: inherit; }
    #open .buttons { margin: 0; justify-content: flex-end; }`;
  document.head.append(style);

  const dialog = document.createElement("dialog");
  dialog.id = "open";
  dialog.setAttribute("aria-labelledby", "open-title");
  dialog.innerHTML = `
    <h2 id="open-title">Open a database, a trajectory or a server</h2>
    <p>Questions about a database are made here, in your browser; a trajectory is replayed. The file stays on this machine: nothing is uploaded.</p>
    <p class="why" role="alert" hidden></p>
    <div class="choosing">
      <div class="field"><p>Drop a SQLite file here, of up to 200&nbsp;MB, or a .jsonl file of trajectories, as many as it holds</p>
        <button type="button" class="choose">Choose a file</button></div>
      <input type="file" hidden aria-label="A SQLite file or trajectories" accept=".jsonl,.sqlite,.sqlite3,.db,.db3,.s3db,application/vnd.sqlite3,application/octet-stream">
    </div>
    <div class="working" hidden>
      <p class="state" aria-live="polite"></p>
      <div class="bar" role="progressbar" aria-label="Opening" aria-valuemin="0" aria-valuemax="100"><i></i></div>
    </div>
    <form><p>Or play on an API server, or watch what others play there</p>
      <div><input name="address" required aria-label="Address of a server" placeholder="http://localhost:8000">
        <input name="token" type="password" autocomplete="off" aria-label="Token" placeholder="Token, if it asks for one">
        <button>Play on it</button><button class="quiet" value="watch">Watch it</button></div></form>
    <p class="buttons"><button type="button" class="anyway quiet" hidden>Open it as it stands</button>
      <button type="button" class="quiet close">Close</button></p>`;
  document.body.append(dialog);
  const find = (selector) => dialog.querySelector(selector);
  const input = find("input");

  let worker = null;
  let held = null;  // a file that is opened only if the visitor insists
  let listing = null;     // the file whose episodes are being listed, and how much was read
  let evaluation = null;  // the file whose episodes were listed last

  function show_state(working) {
    find(".working").hidden = !working;
    find(".choosing").hidden = working;
    find("form").hidden = working;
    find(".close").textContent = working ? "Stop" : "Close";
    find(".anyway").hidden = held === null;
  }

  function progress(text, part) {
    if (find(".state").textContent !== text) find(".state").textContent = text;
    find(".bar").setAttribute("aria-valuenow", String(Math.floor(part * 100)));
    find(".bar i").style.transform = `scaleX(${Math.max(part, 0.02)})`;
  }

  function refuse(name, why) {
    stop();
    find(".why").textContent = `${name}: ${why}`;
    find(".why").hidden = false;
    show_state(false);
    find(held === null ? ".choose" : ".anyway").focus();
  }

  function stop() {
    worker?.terminate();
    worker = null;
    listing = null;
  }

  function close() {
    stop();
    held = null;
    find(".why").hidden = true;
    show_state(false);
    dialog.close();
    page.closed();
  }

  // Reading is half of the way for large files, and next to nothing for small ones.
  function follow(file, { read, questions, of }) {
    if (read !== undefined)
      progress(`Reading ${file.name}: ${megabytes(read)} of ${megabytes(file.size)} MB`, read / file.size / 3);
    else if (questions === 0) progress(`Checking ${file.name}`, 0.34);
    else progress(`Making questions: ${questions} of ${of}`, 0.36 + 0.64 * questions / of);
  }

  function finish(file, { texts, image }) {
    progress(`Opening ${file.name}`, 1);
    // A frame later, so that this is seen.
    requestAnimationFrame(() => setTimeout(() => {
      const { error } = page.add(texts, image);
      if (error) refuse(file.name, error.message);
      else close();
    }));
  }

  // Checks what the size and the first bytes show.
  async function why_not(file, anyway) {
    if (file.size > mostBytes)
      return `it has ${megabytes(file.size)} MB, and a page can hold at most 200 MB. Open it with the desktop ` +
             "program (sqlenv-playground FILE), or take a part of it.";
    const head = new Uint8Array(await file.slice(0, 20).arrayBuffer());
    const is_database = new TextDecoder().decode(head.slice(0, 15)) === "SQLite format 3";
    if (!is_database || anyway || (head[18] !== 2 && head[19] !== 2)) return "";
    held = file;
    return "it is in write-ahead mode: its last changes may lie in a second file beside it, ending in -wal, " +
           "which a page cannot see. Have them written first: sqlite3 FILE \"PRAGMA journal_mode=DELETE\"";
  }

  // ------------------------------------------------------------------ trajectories

  // A few of one task are replayed; any others are listed.
  async function open_trajectories(file) {
    if (file.size > page.mostReplayBytes) return list(file);
    let text;
    try {
      text = await file.text();
    } catch {
      return refuse(file.name, "it cannot be read. Choose it anew.");
    }
    if (!page.isReplay(text)) return list(file);
    close();
    page.replay(file.name, text);
  }

  function list(file) {
    show_state(true);
    find(".close").focus();
    progress(`Reading ${file.name}`, 0);
    listing = { file, read: 0 };
    page.listBegin(file.name);
    start_worker(file, { index: file }, (data) => {
      if (data.problems !== undefined) return finish_list(data.problems);
      page.listAdd(data.summaries);
      listing.read = data.read;
      progress(`Reading ${file.name}: ${megabytes(data.read)} of ${megabytes(file.size)} MB`, data.read / file.size);
    });
  }

  function finish_list(note) {
    evaluation = listing.file;
    page.listShow(note);
    close();
  }

  // ------------------------------------------------------------------ files

  // `take` has each message that is no error.
  function start_worker(file, message, take) {
    try {
      const mine = worker = new Worker(page.address("page_worker.js"));
      worker.onerror = (event) => {
        event.preventDefault();
        refuse(file.name, "what opens files did not load. Check the connection and try again.");
      };
      worker.onmessage = ({ data }) => {
        if (worker !== mine) return;
        if (data.error) return refuse(file.name, data.error.message);
        take(data);
      };
      worker.postMessage({ ...message, wasm: page.address("page_worker.wasm") });
    } catch (error) {
      refuse(file.name, `this browser does not let the page work on it (${error.message}).`);
    }
  }

  async function open(file, anyway = false) {
    stop();
    if (/\.jsonl$/i.test(file.name)) return open_trajectories(file);
    held = null;
    find(".why").hidden = true;
    let why;
    try {
      why = await why_not(file, anyway);
    } catch {
      why = "it cannot be read. Is it a folder? Choose a file.";
    }
    if (why !== "") return refuse(file.name, why);
    show_state(true);
    find(".close").focus();
    progress(`Reading ${file.name}`, 0);
    start_worker(file, { file }, (data) => {
      if (data.image === undefined) return follow(file, data);
      stop();
      finish(file, data);
    });
  }

  // ------------------------------------------------------------------ servers

  let live = null;        // the worker that is connected to one
  let address = "";       // of it
  let farewell = null;    // what to fetch when the visitor leaves it

  function connect(wanted) {
    leave();
    address = wanted.address;
    if (page.inText()) page.notify("A server's episodes are in the graphic view: press F2.");
    const mine = live = new Worker(page.address("page_worker.js"));
    mine.onerror = (event) => {
      event.preventDefault();
      page.notify("What speaks to servers did not load. Check the connection and try again.");
    };
    mine.onmessage = ({ data }) => {
      if (live !== mine) return;
      if (data.error) return refuse_server(data.error.message);
      farewell = data.farewell;
      if (data.transcript) page.transcript(data.transcript);
    };
    mine.postMessage({ connect: { token: "", watch: false, reset: "", ...wanted }, page: location.origin,
                       wasm: page.address("page_worker.wasm") });
  }

  // The server gets back what it holds, even where the page is being closed.
  function leave() {
    live?.terminate();
    live = null;
    if (farewell) fetch(farewell.url, { ...farewell, keepalive: true }).catch(() => {});
    farewell = null;
  }

  function refuse_server(why) {
    leave();
    ask_server(address);
    refuse(address, why);
  }

  function ask_server(address) {
    find("[name=address]").value = address;
    if (!dialog.open) dialog.showModal();
    find(address ? "[name=token]" : ".choose").focus();
  }

  window.addEventListener("pagehide", leave);
  if (/^http/.test(location.protocol)) find("[name=address]").value = location.origin;
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const { address, token } = event.target.elements;
    close();
    connect({ address: address.value, token: token.value, watch: event.submitter?.value === "watch" });
  });

  find(".choose").addEventListener("click", () => input.click());
  find(".anyway").addEventListener("click", () => open(held, true));
  find(".close").addEventListener("click", () => {
    if (worker === null) return close();
    if (listing?.read > 0)
      return finish_list(`Stopped after ${megabytes(listing.read)} of ${megabytes(listing.file.size)} MB.`);
    stop();
    show_state(false);
    find(".choose").focus();
  });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  input.addEventListener("change", () => {
    if (input.files.length > 0) open(input.files[0]);
    input.value = "";  // or the same file could not be chosen again
  });
  const over = (event, on) => dialog.classList.toggle("over", on);
  for (const kind of ["dragenter", "dragover"]) window.addEventListener(kind, (event) => over(event, true));
  for (const kind of ["dragleave", "drop"]) window.addEventListener(kind, (event) => over(event, false));
  show_state(false);

  return {
    // A file, {address, watch, reset} of a server, or nothing: to be asked for one.
    show(file) {
      if (file?.address) return connect(file);
      document.documentElement.dataset.theme = page.theme();
      if (!dialog.open) dialog.showModal();
      if (file) open(file);
      else if (worker === null) find(".choose").focus();
    },
    // What the player does with a server's episode.
    act(action) { live?.postMessage({ act: action }); },
    choose(id) {
      if (id === "leave") leave();
      else if (id === "token") ask_server(address);
      else live?.postMessage({ choose: id });
    },

    // Opens one of those that were listed last: these bytes of their file.
    async episode(name, begin, end) {
      try {
        page.replay(name, await evaluation.slice(begin, end).text());
      } catch {
        page.notify(`${evaluation.name} cannot be read any more. Open it anew.`);
      }
    },
  };
};
