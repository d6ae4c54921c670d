// Player: one open page, played with a real mouse and a real keyboard.
//
// Where to press is read from the page's own snapshot of the last frame, never from a picture. A page
// draws only when something happens, so each move of the mouse is given its frames before the next.

import assert from "node:assert/strict";

export class Player {
  // `address` may carry a query. Errors of the page and requests to other origins are kept for
  // check_clean().
  static async open(browser, address, { width = 1280, height = 800, ratio = 1, ...more } = {}) {
    const context = await browser.newContext({
      serviceWorkers: "block",
      viewport: { width, height },
      deviceScaleFactor: ratio,
      ...more,
    });
    const player = new Player(context, await context.newPage(), address);
    await player.page.goto(address);
    return player;
  }

  constructor(context, page, address) {
    this.context = context;
    this.page = page;
    this.frame = page;  // or the inner frame that holds the playground
    this.complaints = [];
    const origin = address.startsWith("file:") ? address : new URL(address).origin;
    page.on("console", (message) => {
      if (message.text() === "Service Worker registration blocked by Playwright") return;
      if (["error", "warning"].includes(message.type())) this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url()))
        this.complaints.push(`a request to ${request.url()}`);
    });
  }

  close() {
    return this.context.close();
  }

  check_clean() {
    assert.deepEqual(this.complaints, []);
  }

  // ------------------------------------------------------------------ what the page shows

  async ready() {
    await this.started();
    await this.settle();
    return this;
  }

  // Without the canvas, in text mode, there is nothing to settle.
  async started() {
    await this.frame.waitForFunction(() => window.sqlenv?.ready);
    await this.frame.evaluate(() => window.sqlenv.ready);
    return this;
  }

  async snapshot() {
    return JSON.parse(await this.frame.evaluate(() => sqlenv.ui_snapshot()));
  }

  async items() {
    return (await this.snapshot()).playground.items;
  }

  async find(id) {
    return (await this.items()).find((item) => item.id === id);
  }

  async item(id) {
    const items = await this.items();
    const found = items.find((item) => item.id === id && item.visible !== false);
    assert.ok(found, `there is no ${id} on the screen, only ${items.map((item) => item.id).join(" ")}`);
    return found;
  }

  // Waits until nothing moves any more: no frame is asked for. The browser is given a frame first, as
  // it may hold input back for it.
  async settle() {
    await this.wait_for("idle");
  }

  // Also until what appears on hovering has appeared.
  async rest() {
    await this.wait_for("settled");
  }

  async wait_for(flag) {
    await this.frame.evaluate(async (name) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      await frame();
      for (let tries = 0; !JSON.parse(sqlenv.ui_snapshot())[name]; ++tries) {
        if (tries > 2000) throw new Error("the page does not come to rest");
        await frame();
      }
    }, flag);
  }

  async next_frame() {
    const before = (await this.snapshot()).frames;
    await this.frame.waitForFunction((frames) => JSON.parse(sqlenv.ui_snapshot()).frames > frames, before);
  }

  async trajectory() {
    const text = await this.frame.evaluate(() => sqlenv.ui_trajectory());
    return text.trimEnd().split("\n").map((line) => JSON.parse(line));
  }

  // ------------------------------------------------------------------ what the player does

  async click(id) {
    await this.settle();
    const item = await this.item(id);
    assert.ok(item.enabled, `${id} is not enabled`);
    const frame = this.frame === this.page ? { x: 0, y: 0 } : await this.frame_place();
    await this.page.mouse.move(frame.x + item.x + item.w / 2, frame.y + item.y + item.h / 2);
    await this.settle();
    await this.page.mouse.down();
    await this.next_frame();
    await this.page.mouse.up();
    await this.settle();
  }

  async frame_place() {
    const { x, y } = await (await this.frame.frameElement()).boundingBox();
    return { x, y };
  }

  async press(key) {
    await this.page.keyboard.press(key);
    await this.settle();
  }

  async type(text) {
    await this.page.keyboard.type(text);
    await this.settle();
  }

  async query(sql) {
    await this.click("action.kind.query");
    await this.click("action.editor");
    await this.press("Control+A");
    await this.type(sql);
    await this.press("Control+Enter");
    // A query may go on over several frames.
    while ((await this.items()).some((item) => item.id === "action.progress")) await this.next_frame();
  }

  async answer(text) {
    await this.click("action.kind.answer");
    await this.click("action.editor");
    await this.press("Control+A");
    await this.type(text);
    await this.click("action.run");
  }
}
