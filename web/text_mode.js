// Text mode: the screen's episode as a page of its own, for keyboards, screen readers, search and
// translation, and for browsers without WebGL. It is bound to the same core as the canvas, by the
// functions of text_view.h, and keeps nothing of its own but what is being written.
function createTextMode(root, api, hooks) {
  "use strict";

  const kinds = {
    DESCRIBE: "Columns of a table", SAMPLE: "Rows of a table",
    QUERY: "A SELECT of your own", ANSWER: "Ends the episode",
  };
  const pageRows = 100;

  // h("p.class", {attribute: value}, child…): an element; on… attributes are listeners.
  function h(tag, attributes = {}, ...children) {
    const [name, ...classes] = tag.split(".");
    const element = document.createElement(name);
    if (classes.length) element.className = classes.join(" ");
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false) element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
  const read = () => JSON.parse(api.call("ui_text"));
  let state = read();
  let shown = -2;  // the step whose rows are on the page, -1 for the expected ones, -2 for none
  let seen = "";   // the episode and how far it was when last drawn

  // ------------------------------------------------------------------ what stays

  const part = {};
  const keep = (name, element) => (part[name] = element);
  const section = (name, title, ...more) =>
    h("section.card", { "aria-labelledby": `text-${name}` }, h("h2", { id: `text-${name}` }, title),
      ...more, keep(name, h("div")));
  function field(label, control) {
    control.id = `text-field-${label}`;
    return h("div.field", {}, h("label", { for: control.id }, label), control);
  }

  function kindChoice() {
    return h("fieldset", {}, h("legend", {}, "Action"), ...Object.entries(kinds).map(([kind, note]) =>
      h("label.kind", {}, h("input", { type: "radio", name: "kind", value: kind, onchange: chooseKind,
                                       checked: kind === "DESCRIBE" }),
        h("b", {}, kind), h("small", {}, note))));
  }

  function actionForm() {
    keep("table", h("select"));
    keep("words", h("textarea", { rows: 4, spellcheck: "false", autocapitalize: "off",
                                  autocomplete: "off" }));
    keep("tableField", field("Table", part.table));
    keep("wordsField", field("Query", part.words));
    keep("run", h("button", { type: "submit" }, "Run"));
    keep("use", h("button.quiet", { type: "button", onclick: useResult }, "Answer with this result"));
    return keep("form", h("form", { onsubmit: run, onkeydown: runByKey }, kindChoice(),
      part.tableField, part.wordsField, h("p.buttons", {}, part.run)));
  }

  function choiceForm() {
    const { packs } = JSON.parse(api.catalog());
    const names = packs.flatMap((pack) => pack.databases.map((database) => database.name));
    const option = (value, text = value) => h("option", { value }, text);
    keep("database", h("select", {}, option("", "Any database"), ...names.map((name) => option(name))));
    keep("difficulty", h("select", {}, option("", "Any difficulty"),
      ...["easy", "medium", "hard", "extra"].filter((level) => packs.some((pack) =>
        pack.questions.some((question) => question.difficulty === level))).map((level) => option(level))));
    return h("form.row", { onsubmit: choose }, field("Database", part.database),
      field("Difficulty", part.difficulty), h("button.quiet", { type: "submit" }, "New question"));
  }

  function settingsForm() {
    const select = (name, label, options) => field(label, keep(name, h("select",
      { onchange: (event) => hooks.change(name, event.target.value) }, ...options.map(([value, text]) =>
        h("option", { value }, text)))));
    return h("form.row", { onsubmit: (event) => event.preventDefault() },
      select("theme", "Colours", [["light", "Light"], ["dark", "Dark"]]),
      select("scale", "Size", [80, 90, 100, 110, 125, 150, 175, 200, 250].map((size) => [`${size}`, `${size} %`])),
      select("reduced_motion", "Motion", [["0", "Full"], ["1", "Reduced"]]));
  }

  root.append(
    h("header", {}, document.querySelector("#cover svg").cloneNode(true), h("h1", {}, "SQLEnv"),
      h("span.grow"), ...(hooks.graphics ? [h("button.quiet", { type: "button", onclick: hooks.leave,
        title: "F2" }, "Graphic view")] : [])),
    h("main", {},
      h("div.work", {},
        section("question", "Question"),
        keep("verdictCard", section("verdict", "Verdict")),
        keep("actionCard", h("section.card", { "aria-labelledby": "text-action" },
          h("h2", { id: "text-action" }, "Next step"), actionForm())),
        section("result", "Result"),
        section("history", "Steps")),
      h("aside", {}, section("schema", "Database"), section("reward", "Reward"),
        h("section.card", { "aria-labelledby": "text-new" }, h("h2", { id: "text-new" }, "Another question"),
          choiceForm()),
        h("section.card", { "aria-labelledby": "text-settings" },
          h("h2", { id: "text-settings" }, "Settings"), settingsForm()))));

  // ------------------------------------------------------------------ what the player does

  const kind = () => part.form.elements.kind.value;
  const byTable = () => kind() === "DESCRIBE" || kind() === "SAMPLE";
  const drafts = { QUERY: "", ANSWER: "" };

  function chooseKind() {
    const words = !byTable();
    part.tableField.hidden = words;
    part.wordsField.hidden = !words;
    if (!words) return;
    part.wordsField.firstChild.textContent = kind() === "QUERY" ? "Query" : "Answer";
    part.words.value = drafts[kind()];
    part.words.classList.toggle("code", kind() === "QUERY");
  }

  function setKind(value, text) {
    drafts[value] = text;
    part.form.elements.kind.value = value;
    chooseKind();
    part.words.focus();
  }

  function run(event) {
    event.preventDefault();
    if (part.run.textContent === "Stop") return hooks.stop();
    const argument = byTable() ? part.table.value : part.words.value;
    if (state.done || argument.trim() === "") return part.words.focus();
    if (!byTable()) drafts[kind()] = argument;
    const long = hooks.act("ui_step", JSON.stringify({ action_type: kind(), argument }));
    if (long !== null) return stopOrWait(long);
    if (state.done) part.again.focus();
  }

  async function stopOrWait(long) {
    part.run.textContent = "Stop";
    await long;
    part.run.textContent = "Run";
  }

  function runByKey(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(event);
  }

  function begin(what) {
    hooks.act(what);
    part.questionText.focus();
  }

  function choose(event) {
    event.preventDefault();
    const options = {};
    if (part.database.value) options.database = part.database.value;
    if (part.difficulty.value) options.difficulty = part.difficulty.value;
    hooks.act("ui_start", JSON.stringify(options));
    part.questionText.focus();
  }

  const rowsOf = (step, from, count) => JSON.parse(api.call("ui_rows", step, from, count));
  const plain = (cell) => Array.isArray(cell) ? JSON.parse(/^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(cell[0])
    && Math.abs(cell[0]) < 2 ** 53 ? cell[0] : JSON.stringify(cell[0])) : cell;

  // A single cell as it is, a column as a list, more as rows.
  function useResult() {
    const { columns, rows } = rowsOf(shown, 0, 1000);
    const cells = rows.map((row) => row.map(plain));
    const single = columns.length === 1;
    const value = single && cells.length === 1 ? cells[0][0] : single ? cells.map(([cell]) => cell) : cells;
    setKind("ANSWER", typeof value === "string" ? value : JSON.stringify(value));
  }

  // ------------------------------------------------------------------ what is drawn anew

  function cell(value) {
    if (value === null) return h("td.null", {}, "NULL");
    return Array.isArray(value) ? h("td.number", {}, value[0]) : h("td", {}, value);
  }

  // The first rows as a table, and a button for more.
  function table(step, count, caption) {
    const { columns, rows } = rowsOf(step, 0, pageRows);
    const line = (row) => h("tr", {}, ...row.map(cell));
    const body = h("tbody", {}, ...rows.map(line));
    let drawn = rows.length;
    const more = h("button.quiet", { type: "button", onclick: () => {
      const next = rowsOf(step, drawn, pageRows).rows;
      body.append(...next.map(line));
      drawn += next.length;
      label();
    } });
    const label = () => {
      more.textContent = `Show more of ${plural(count, "row")}`;
      more.hidden = drawn >= count;
    };
    label();
    return [h("div.scroll", { tabindex: "0", role: "region", "aria-label": caption },
      h("table", {}, h("caption", {}, caption),
        h("thead", {}, h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, name)))), body)), more];
  }

  function drawQuestion() {
    const badge = (text) => h("span.badge", {}, text);
    part.question.replaceChildren(
      keep("questionText", h("p.question", { tabindex: "-1" }, state.question)),
      h("p.badges", {}, badge(state.database), badge(state.difficulty),
        h("span.dim", {}, state.done ? `${state.budget - state.left} of ${plural(state.budget, "step")} used`
          : `${state.left} of ${plural(state.budget, "step")} left`)),
      ...(state.notice ? [h("p.error", {}, state.notice)] : []));
  }

  function drawSchema() {
    part.schema.replaceChildren(...state.tables.map((entry) => entry.columns === undefined
      ? h("p.unseen", {}, h("code", {}, entry.name), h("small", {}, "not described"))
      : h("details", { open: true }, h("summary", {}, h("code", {}, entry.name), " ",
          h("small", {}, entry.rows ?? "view")),
        h("ul", {}, ...entry.columns.map(([name, type, key, references]) =>
          h("li", {}, h("code", {}, name), " ", h("small", {}, [type, key, references && `→ ${references}`]
            .filter(Boolean).join(", ").toLowerCase())))))));
  }

  function drawResult() {
    const step = state.steps[shown];
    const what = (text) => h("p.dim", {}, text);
    if (step === undefined) return part.result.replaceChildren(what("Nothing yet: describe a table to begin."));
    const parts = [h("p.what", {}, h("b", {}, `${shown + 1}. ${step.kind}`), " ", h("code", {}, step.argument))];
    if (step.error) parts.push(h("p.error", {}, h("b", {}, "Error: "), step.error));
    else if (step.kind === "DESCRIBE") parts.push(...table(shown, step.rows, `${step.argument}: ${plural(step.rows, "column")}`));
    else if (step.rows !== undefined) {
      parts.push(...table(shown, step.rows, plural(step.rows, "row")));
      if (!state.done && step.rows > 0 && step.rows <= 1000) parts.push(h("p.buttons", {}, part.use));
    } else parts.push(what(step.outcome));
    part.result.replaceChildren(...parts);
  }

  const amount = (text) => h(`td.number.${text[0] === "+" ? "good" : text[0] === "−" ? "bad" : "zero"}`, {}, text);

  function drawReward() {
    const step = state.steps[shown] ?? state.steps.at(-1);
    part.reward.replaceChildren(h("p.total", {}, h("b", {}, state.total), " ", h("small", {}, "so far")));
    if (step === undefined) return;
    part.reward.append(h("table", {}, h("caption", {}, `Step ${state.steps.indexOf(step) + 1}: ${step.kind}`),
      h("tbody", {}, ...step.terms.map(([name, value]) =>
        h("tr", {}, h("th", { scope: "row" }, name), amount(value))),
      h("tr.sum", {}, h("th", { scope: "row" }, "This step"), amount(step.reward)),
      h("tr", {}, h("th", { scope: "row" }, "Sum so far"), amount(step.running)))));
  }

  function drawHistory() {
    if (state.steps.length === 0) return part.history.replaceChildren(h("p.dim", {}, "No step was taken yet."));
    part.history.replaceChildren(h("ol", {}, ...state.steps.map((step, index) =>
      h("li", {}, h("button.step", { type: "button", "aria-current": index === shown && "true",
        onclick: () => { show(index); part.history.querySelectorAll("button")[index].focus(); } },
        h("span.number", {}, String(index + 1)), h("b", {}, step.kind), " ", h("code", {}, step.argument), " ",
        h("small", { class: step.error ? "bad" : "dim" }, step.outcome), " ",
        h(`span.number.${step.reward[0] === "−" ? "bad" : "good"}`, {}, step.reward))))));
  }

  function drawVerdict() {
    const { verdict } = state;
    part.verdictCard.hidden = !verdict;
    part.actionCard.hidden = Boolean(verdict);
    if (!verdict) return;
    part.verdictCard.classList.toggle("won", verdict.won);
    part.verdict.replaceChildren(
      h("p.title", {}, h("b", {}, `${verdict.won ? "✓" : "✗"} ${verdict.title}`), " ", h("span.badge", {}, verdict.reason)),
      h("p", {}, verdict.detail),
      h("p.buttons", {}, keep("again", h("button", { type: "button", onclick: () => begin("ui_next_question") }, "Next question")),
        h("button.quiet", { type: "button", onclick: () => begin("ui_play_again") }, "Play again")),
      h("h3", {}, "Query that gives the expected rows"), h("pre", { tabindex: "0" }, verdict.sql),
      ...table(-1, verdict.rows, `Expected: ${plural(verdict.rows, "row")}`));
  }

  function drawTables() {
    const before = part.table.value;
    part.table.replaceChildren(...state.tables.map(({ name }) => h("option", { value: name }, name)));
    if (state.tables.some(({ name }) => name === before)) part.table.value = before;
  }

  function show(step) {
    shown = step;
    drawResult();
    drawReward();
    drawHistory();
  }

  function draw() {
    const first = state.steps.length === 0;
    if (first) Object.assign(drafts, { QUERY: "", ANSWER: "" });
    drawQuestion();
    drawTables();
    drawSchema();
    drawVerdict();
    if (first) part.form.elements.kind.value = "DESCRIBE";
    chooseKind();
    show(state.steps.length - 1);
  }

  // ------------------------------------------------------------------ announcements

  // One step, or the beginning, in a sentence or two.
  function sentence() {
    const step = state.steps.at(-1);
    if (step === undefined) return `New question: ${state.question} ${plural(state.budget, "step")}.`;
    const head = `Step ${state.steps.length} of ${state.budget}. ${step.kind}: ${step.error || step.outcome}.`;
    const terms = step.terms.length > 1 ? ` (${step.terms.map((term) => term.join(" ")).join(", ")})` : "";
    const paid = ` Reward ${step.reward}${terms}.`;
    if (!state.verdict) return `${head}${paid} ${plural(state.left, "step")} left.`;
    return `${head}${paid} ${state.verdict.title}. ${state.verdict.detail} Total ${state.total}.`;
  }

  return {
    // Follows the episode; answers what is to be announced, nothing if that was announced before.
    update() {
      state = read();
      const now = JSON.stringify([state.question_id, state.steps.map((step) => step.argument), state.left, state.notice]);
      if (now === seen) return "";
      seen = now;
      if (state.question_id === undefined) return state.notice;
      if (!root.hidden) draw();
      return state.notice || sentence();
    },
    open() {
      root.hidden = false;
      state = read();
      for (const name of ["theme", "scale", "reduced_motion"]) part[name].value = hooks.settings[name];
      if (state.question_id !== undefined) draw();
      (part.questionText ?? root).focus();
    },
  };
}
