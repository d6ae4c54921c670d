// A server's episodes in the picture view: plays one, or watches the sessions that others play. The
// page loads this when it is first wanted: open.js calls connectServer() once, then connect() of what
// it gives for each server, and tell() with what the player does.
//
// A page cannot give a WebSocket a token, and an episode there ends with its connection. So this
// speaks HTTP: MCP with a session of its own, which takes a place on the server like any other and
// outlives a connection that breaks.
window.connectServer = (page) => {
  "use strict";

  // In seconds.
  const pollTime = 1;
  const beatTime = 3;
  const retryTimes = [1, 2, 4, 8, 15];
  const answerTime = 15;  // longer than a server lets a query run

  // ------------------------------------------------------------------ what is shown

  const encoder = new TextEncoder();
  const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

  function packed(seen) {
    const fields = [seen.title, seen.state, seen.question, seen.schema, seen.left, seen.first,
                    +seen.bad, +seen.plays, +seen.acts];
    for (const list of [seen.choices, seen.rows]) {
      fields.push(list.length);
      for (const [id, label] of list) fields.push(id, label);
    }
    fields.push(seen.steps.length);
    for (const { action, observation, reward } of seen.steps)
      fields.push(action.action_type, action.argument, observation.result, observation.error,
                  typeof reward === "number" ? Math.round(reward * 1e6) : "");
    return fields.map((field) => `${encoder.encode(field).length}:${field}`).join("");
  }

  // ------------------------------------------------------------------ asking

  // What ends a connection for good, in a sentence that says what to do.
  class Refused extends Error {}
  class Lost extends Error {}
  class Gone extends Error {}  // the session

  class Server {
    constructor({ address, token }) {
      this.address = address;
      this.token = token;
      this.ended = new AbortController();
    }

    headers(body) {
      return { ...(this.token && { Authorization: `Bearer ${this.token}` }),
               ...(body && { "Content-Type": "application/json" }) };
    }

    async ask(path, body) {
      let response, text;
      try {
        response = await fetch(this.address + path, {
          method: body ? "POST" : "GET", body, headers: this.headers(body), cache: "no-store",
          signal: AbortSignal.any([this.ended.signal, AbortSignal.timeout(answerTime * 1000)]),
        });
        text = await response.text();
      } catch (error) {
        throw new Lost(error.message);
      }
      if (response.status >= 502 && response.status <= 504) throw new Lost(`${response.status}`);
      let data = null;
      try {
        data = JSON.parse(text);
      } catch { /* said below */ }
      if (response.ok && data) return data;
      const said = typeof data?.detail === "string" ? data.detail : `${response.status} ${response.statusText}`;
      if (response.status === 401)
        throw new Refused(this.token ? `The server does not take this token: ${said}` : "The server asks for a token.");
      if (response.status === 403) throw new Refused(`The server refuses this: ${said}`);
      if (response.status === 429) throw new Refused("The server refuses this: too many requests from this address. Try again in a moment.");
      if (response.status === 404 && typeof data?.detail === "string" && path.includes("session=")) throw new Gone(said);
      throw new Refused(`This does not look like a server of SQLEnv: ${this.address}${path.split("?")[0]} answered ${said}`);
    }

    async call(method, params) {
      const { result, error } = await this.ask("/mcp", JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
      if (!error) return result;
      if (error.code === -32000)
        throw new Refused(`The server is full: ${error.message}. Try again when a session has ended, or start it with --max-sessions.`);
      if (error.code === -32602 && /session/i.test(error.message)) throw new Gone(error.message);
      throw new Refused(`The server answered: ${error.message}`);
    }

    // Browsers do not say why a request failed; whether anything answers at all can be found out.
    async whyNot() {
      const { origin, protocol, hostname } = new URL(this.address);
      const local = /^(localhost|127\.|\[::1\])/.test(hostname);
      if (location.protocol === "https:" && protocol === "http:" && !local)
        return "This page came by https, so the browser lets it speak to https servers and this machine alone. Give an https address, or open the page that the server itself serves.";
      const answers = origin !== location.origin &&
        await fetch(`${this.address}/health`, { mode: "no-cors", signal: AbortSignal.timeout(3000) }).then(() => true, () => false);
      if (answers)
        return `The server answers, but does not let this page ask: start it with --allow-origin ${location.origin}`;
      return `${this.address} does not answer. Is the server running there (sqlenv serve), is the port right, and nothing in between?`;
    }
  }

  // ------------------------------------------------------------------ one connection

  class Link {
    constructor(wanted) {
      this.wanted = wanted;
      this.server = new Server(wanted);
      this.seen = { title: "", state: "", question: "", schema: "", left: 0, first: 1, bad: false,
                    plays: false, acts: false, choices: [], rows: [], steps: [] };
      this.last = "";
      this.timer = 0;
      this.turn = 0;
      this.over = false;
    }

    show(change) {
      if (this.over) return;
      Object.assign(this.seen, { bad: false, choices: [], rows: [], acts: false }, change);
      const text = packed(this.seen);
      if (text !== this.last) page.transcript(text);
      this.last = text;
    }

    later(seconds, work) {
      clearTimeout(this.timer);
      if (!this.over) this.timer = setTimeout(() => this.attempt(work), seconds * 1000);
    }

    // Does something that asks the server, and says what went wrong with it.
    async attempt(work) {
      clearTimeout(this.timer);
      this.work = work;
      const turn = ++this.turn;  // what was under way before is not waited for any more
      try {
        await work.call(this);
        if (turn !== this.turn) return;
        this.tries = 0;
        this.begun = true;
      } catch (error) {
        if (this.over || turn !== this.turn) return;
        if (error instanceof Lost) return this.lost(work);
        if (error instanceof Gone) return this.gone(error.message);
        const token = /token/.test(error.message) ? [["token", "Give a token"]] : [];
        this.show({ bad: true, state: error.message, choices: [...token, ["retry", "Try again"]] });
      }
    }

    async lost(work) {
      if (!this.begun) {
        const state = await this.server.whyNot();
        return this.show({ bad: true, state, choices: [["retry", "Try again"]] });
      }
      this.tries = (this.tries ?? 0) + 1;
      const wait = retryTimes[Math.min(this.tries, retryTimes.length) - 1];
      this.show({ bad: true, choices: [["retry", "Try now"]],
                  state: `The connection is lost. Attempt ${this.tries + 1} follows in ${plural(wait, "second")}.` });
      this.later(wait, this.resume ?? work);
    }

    choose(id) {
      if (id === "token") page.ask(this.wanted);
      if (id !== "retry") return;
      this.show({ state: this.begun ? "Trying again …" : `Connecting to ${this.server.address} …` });
      this.attempt(this.begun ? this.resume ?? this.work : this.work);
    }

    end() {
      this.over = true;
      clearTimeout(this.timer);
      this.server.ended.abort();
    }
  }

  // ------------------------------------------------------------------ playing

  const tools = { DESCRIBE: ["describe", "table"], SAMPLE: ["sample", "table"], QUERY: ["query", "sql"],
                  ANSWER: ["answer", "value"] };

  class Play extends Link {
    constructor(wanted) {
      super(wanted);
      Object.assign(this.seen, { title: `Playing on ${wanted.address}`, plays: true });
      this.begin(`Connecting to ${wanted.address} …`);
    }

    // The seed is drawn here, so that the same episode can be begun again. The server's session is
    // used again, too, if it still has it.
    begin(state, { options, steps = [] } = {}) {
      this.options = options ?? { seed: Math.floor(Math.random() * 2 ** 32), ...this.wanted.options };
      this.script = steps;
      this.show({ state });
      this.attempt(async () => {
        this.unsure = true;
        await this.reset().catch(async (error) => {
          if (!(error instanceof Gone)) throw error;
          this.session = (await this.server.call("openenv/session/create", {})).session_id;
          await this.reset();
        });
        const { question } = this.seen;
        for (const { action } of steps) await this.step(action);
        this.unsure = false;
        const same = steps.every(({ observation }, i) => observation.question === question &&
          observation.result === this.seen.steps[i].observation.result);
        this.script = null;
        if (steps.length === 0) this.ready("Connected. The server plays this episode.");
        else if (same) this.ready("Connected again: the episode is where it was.");
        else this.ready("Connected again, but the server now comes to something else. Does it have other questions?");
      });
    }

    async reset() {
      if (!this.session) throw new Gone();
      this.take(await this.tool("reset", this.options), []);
    }

    async step(action) {
      const [name, argument] = tools[action.action_type];
      const step = await this.tool(name, { [argument]: action.argument });
      this.take(step, [...this.seen.steps, { action, ...step }]);
    }

    async tool(name, given) {
      const { structured_content: step } =
        await this.server.call("tools/call", { name, arguments: given, session_id: this.session });
      return step;
    }

    take({ observation }, steps) {
      const { question, schema_info: schema, budget_remaining: left } = observation;
      this.show({ question, schema, left, steps, state: this.seen.state });
    }

    act(action) {
      this.show({ state: "The server plays the step …" });
      this.attempt(async () => {
        this.unsure = true;
        await this.step(action);
        this.unsure = false;
        this.ready("Connected. The server plays this episode.");
      });
    }

    ready(state) {
      const last = this.seen.steps.at(-1);
      const total = this.seen.steps.reduce((sum, { reward }) => sum + reward, 0);
      if (last?.done) state = `The episode is over: ${last.reward > 0.5 ? "right" : "not right"}, ${total.toFixed(3)} in total.`;
      this.show({ state, acts: !last?.done,
                  choices: last?.done ? [["again", "Play it again"], ["next", "Another question"]] : [] });
      this.resume = this.beat;
      this.later(beatTime, this.beat);
    }

    // Whether the server and the session are still there.
    async beat() {
      const { turn } = this;
      await this.server.call("ping", { session_id: this.session });
      if (turn !== this.turn) return;
      if (!this.tries) this.later(beatTime, this.beat);
      else if (this.unsure) this.offer("Connected again. Whether the last step was played is not known.");
      else this.ready("Connected again: the server has kept the episode.");
    }

    gone() {
      this.offer("Connected again, but the server does not have the episode any more: it was started anew, or dropped what was unused.");
    }

    offer(state) {
      const { length } = this.script ?? this.seen.steps;
      this.show({ bad: true, state, choices: [
        ["replay", length === 0 ? "Begin it again" : `Play the same ${plural(length, "step")} again`],
        ["next", "Another question"]] });
    }

    choose(id) {
      super.choose(id);
      const { options } = this;
      if (id === "again") this.begin("The server begins the episode …", { options });
      if (id === "next") this.begin("The server begins an episode …");
      if (id === "replay")
        this.begin("The server plays the same steps …", { options, steps: this.script ?? this.seen.steps });
    }

    end() {
      super.end();
      if (!this.session) return;
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "openenv/session/close",
                                    params: { session_id: this.session } });
      fetch(`${this.server.address}/mcp`, { method: "POST", headers: this.server.headers(true), body,
                                            keepalive: true }).catch(() => {});
    }
  }

  // ------------------------------------------------------------------ watching

  class Watch extends Link {
    constructor(wanted) {
      super(wanted);
      this.seen.title = `Watching ${wanted.address}`;
      this.shown_again = 0;
      this.note = "";
      this.show({ state: `Connecting to ${wanted.address} …` });
      this.attempt(this.list);
    }

    // Whether another server answers than did before, whose sessions are others.
    other({ server }) {
      const other = this.id !== undefined && this.id !== server;
      this.id = server;
      return other;
    }

    // Said for some seconds.
    again() {
      if (this.tries) this.shown_again = 4;
      return this.shown_again-- > 0 ? "Connected again. " : "";
    }

    async list() {
      const { turn } = this;
      const answer = await this.server.ask("/watch");
      if (turn !== this.turn) return;
      const { sessions } = answer;
      if (this.other(answer)) this.note = "The server was started anew. ";
      const rows = sessions.map(({ session, question, step_count, done, ended }) =>
        [`session.${session}`, `${session}: ${question} · ${ended ? "left" : done ? "over" : plural(step_count, "step")}`]);
      const count = rows.length === 0 ? "No session plays yet. It will stand here when one does."
        : `${plural(rows.length, "session")}. Choose one to watch it.`;
      this.show({ rows, question: "", schema: "", steps: [], state: this.again() + this.note + count });
      this.later(pollTime, this.list);
    }

    async follow() {
      const { seen, turn } = this;
      const after = seen.first - 1 + seen.steps.length;
      const answer = await this.server.ask(`/watch?session=${this.session}&episode=${this.episode}&after=${after}`);
      if (turn !== this.turn) return;
      if (this.other(answer)) {
        this.note = "The server was started anew. ";
        return this.list();
      }
      const { episode, question, schema_info: schema, budget_remaining: left, done, ended, steps } = answer.session;
      const kept = episode === this.episode ? seen.steps : [];
      this.episode = episode;
      const all = [...kept, ...steps.map(({ action_type, argument, result, error, reward }) =>
        ({ action: { action_type, argument }, observation: { result, error }, reward }))];
      const last = steps.at(-1)?.step ?? (kept.length === 0 ? 0 : after);
      const how = ended ? "It has left." : done ? "Its episode is over." : "It is playing.";
      this.show({ question, schema, left, steps: all, first: last - all.length + 1, choices: [["list", "All sessions"]],
                  state: `${this.again()}Session ${this.session}, episode ${episode}, read only. ${how}` });
      this.later(pollTime, this.follow);
    }

    gone() {
      this.note = `Session ${this.session} is not shown any more. `;
      this.attempt(this.list);
    }

    choose(id) {
      super.choose(id);
      if (id === "list" || id.startsWith("session.")) this.note = "";
      if (id === "list") this.attempt(this.list);
      if (!id.startsWith("session.")) return;
      this.session = Number(id.slice(8));
      this.episode = 0;
      Object.assign(this.seen, { steps: [], first: 1 });
      this.attempt(this.follow);
    }
  }

  // ------------------------------------------------------------------ what the page calls

  let link = null;
  window.addEventListener("pagehide", () => link?.end());

  return {
    // {address, token, watch, options}: options are those of a reset.
    connect(wanted) {
      link?.end();
      const address = wanted.address.trim().replace(/\/+$/, "");
      const full = { ...wanted, address: /^https?:\/\//.test(address) ? address : `http://${address}` };
      link = wanted.watch ? new Watch(full) : new Play(full);
    },
    tell(text) {
      if (text === "leave") {
        link?.end();
        link = null;
      } else if (text.includes("\n")) {
        const at = text.indexOf("\n");
        link?.act({ action_type: text.slice(0, at), argument: text.slice(at + 1) });
      } else {
        link?.choose(text);
      }
    },
  };
};
