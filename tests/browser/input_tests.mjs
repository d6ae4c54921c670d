// Clipboard, keys that stay the browser's, wheel, touch, and a graphics context that is lost.

import assert from "node:assert/strict";

import { Player } from "./player.mjs";

const question = "?question=concert_singer_train_001&seed=7";
const words = "é 日本語 🙂 ß Ø";

async function copies_and_pastes({ browser, url }) {
  const player = await Player.open(browser, url + question,
                                   { permissions: ["clipboard-read", "clipboard-write"] });
  await player.ready();
  const clipboard = () => player.page.evaluate(() => navigator.clipboard.readText());
  const sql = `SELECT '${words}' AS words\n-- zweite Zeile`;
  await player.page.evaluate((text) => navigator.clipboard.writeText(text.replace("\n", "\r\n")), sql);
  await player.click("action.kind.query");
  await player.click("action.editor");
  await player.press("Control+V");
  await player.press("Control+A");
  await player.press("Control+C");
  assert.equal(await clipboard(), sql, "copied");
  await player.page.evaluate(() => navigator.clipboard.writeText("something else"));
  await player.press("Control+X");
  assert.equal(await clipboard(), sql, "cut");
  await player.press("Control+V");
  await player.press("Control+Enter");
  await player.answer("23");
  const trajectory = await player.trajectory();
  assert.equal(trajectory[1].action.argument, sql);
  assert.match(trajectory[1].observation.result, new RegExp(words));
  player.check_clean();
}

// Presses a key as a keyboard with such keys sends it; playwright itself has American keys alone.
async function press_letters(player, text) {
  const session = await player.context.newCDPSession(player.page);
  for (const letter of text) {
    await session.send("Input.dispatchKeyEvent", { type: "keyDown", key: letter, text: letter });
    await session.send("Input.dispatchKeyEvent", { type: "keyUp", key: letter });
  }
  await player.settle();
}

async function types_any_letter({ browser, url }) {
  const player = await (await Player.open(browser, url + question)).ready();
  await player.click("action.kind.answer");
  await player.click("action.editor");
  await press_letters(player, "Zürich – Łódź Київ €");
  await player.click("action.run");
  assert.equal((await player.trajectory())[1].action.argument, "Zürich – Łódź Київ €");
  player.check_clean();
}

// Whether the page lets the browser act on a key: what dispatchEvent() returns for a made-up one.
async function leaves_the_browsers_keys({ browser, url }) {
  const player = await (await Player.open(browser, url + question)).ready();
  const left = (init) => player.page.evaluate((event) => document.getElementById("canvas").dispatchEvent(
    new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...event })), init);
  const ctrl = { ctrlKey: true };
  for (const init of [
    { code: "F5", key: "F5" }, { code: "F11", key: "F11" }, { code: "F12", key: "F12" },
    ...["r", "l", "t", "w", "n", "f", "p", "c", "v", "x"].map(
      (key) => ({ code: `Key${key.toUpperCase()}`, key, ...ctrl })),
    { code: "Equal", key: "+", ...ctrl }, { code: "Minus", key: "-", ...ctrl },
    { code: "Digit0", key: "0", ...ctrl }, { code: "KeyR", key: "r", metaKey: true },
    { code: "KeyI", key: "I", ctrlKey: true, shiftKey: true },
    { code: "ArrowLeft", key: "ArrowLeft", altKey: true },
    { code: "Insert", key: "Insert", shiftKey: true },
  ]) assert.equal(await left(init), true, `${JSON.stringify(init)} is taken from the browser`);
  for (const init of [
    { code: "Tab", key: "Tab" }, { code: "Space", key: " " }, { code: "Slash", key: "/" },
    { code: "Quote", key: "'" }, { code: "Backspace", key: "Backspace" },
    { code: "ArrowDown", key: "ArrowDown" }, { code: "KeyA", key: "a", ...ctrl },
    { code: "KeyZ", key: "z", ...ctrl }, { code: "Enter", key: "Enter", ...ctrl },
    { code: "KeyQ", key: "@", ctrlKey: true, altKey: true },
  ]) assert.equal(await left(init), false, `${JSON.stringify(init)} is left to the browser`);
  // Escape opens the way out for the next Tab.
  await left({ code: "Escape", key: "Escape" });
  assert.equal(await left({ code: "Tab", key: "Tab" }), true);
  assert.equal(await left({ code: "Tab", key: "Tab" }), false);
}

// Letters go by their names on the keyboard's layout, and no key stays down when the focus leaves.
async function knows_layouts({ browser, url }) {
  const player = await (await Player.open(browser, url + question)).ready();
  await player.click("action.kind.query");
  await player.click("action.editor");
  await player.type("SELECT 1");
  const send = (type, init) => player.page.evaluate(([kind, event]) => document.getElementById("canvas")
    .dispatchEvent(new KeyboardEvent(kind, { bubbles: true, cancelable: true, ...event })), [type, init]);
  // Ctrl+Z where Z is at the place of Y undoes what was typed.
  for (let times = 0; times < 8; ++times) {
    await send("keydown", { code: "KeyY", key: "z", ctrlKey: true });
    await send("keyup", { code: "KeyY", key: "z", ctrlKey: true });
    await player.settle();
  }
  assert.equal((await player.item("action.run")).enabled, false, "the editor is not empty");
  await send("keydown", { code: "ControlLeft", key: "Control", ctrlKey: true });
  await player.page.evaluate(() => document.activeElement.blur());
  await player.page.evaluate(() => document.getElementById("canvas").focus());
  await player.settle();
  await player.click("action.editor");
  await player.type("SELECT 2");
  assert.equal((await player.item("action.run")).enabled, true, "Ctrl is still down");
}

async function scrolls({ browser, url }) {
  const player = await (await Player.open(browser, url + question, { width: 390, height: 844 })).ready();
  const before = await player.item("action.run");
  for (const y of [500, 700]) {
    await player.page.mouse.move(200, y);
    await player.settle();
    await player.page.mouse.wheel(0, 120);
    await player.settle();
    const after = await player.item("action.run");
    assert.ok(after.y < before.y - 20, `the wheel at ${y} scrolled from ${before.y} to ${after.y}`);
    await player.page.mouse.wheel(0, -1200);
    await player.settle();
  }
}

async function takes_touch({ browser, url, shot }) {
  const player = await Player.open(browser, url + question,
                                   { width: 390, height: 844, ratio: 3, hasTouch: true, isMobile: true });
  await player.ready();
  const kind = await player.item("action.kind.answer");
  await player.page.touchscreen.tap(kind.x + kind.w / 2, kind.y + kind.h / 2);
  await player.settle();
  await player.item("answer.use_result");
  const before = await player.item("action.run");
  const session = await player.context.newCDPSession(player.page);
  const finger = (type, y) => session.send("Input.dispatchTouchEvent", {
    type, touchPoints: type === "touchEnd" ? [] : [{ x: 180, y, id: 1 }],
  });
  // Sent without waiting in between: a finger that rests too long takes hold instead of scrolling,
  // and on a busy machine every answer takes its time.
  const sent = [finger("touchStart", 760)];
  for (let y = 750; y >= 560; y -= 10) sent.push(finger("touchMove", y));
  sent.push(finger("touchEnd", 0));
  await Promise.all(sent);
  await player.settle();
  const after = await player.find("action.run");
  const moved = before.y - after.y;
  assert.ok(moved > 100 && moved < 260, `a drag of 200 px scrolled ${moved} px`);
  assert.equal((await player.snapshot()).playground.step_count, 0, "scrolling pressed nothing");
  await player.page.screenshot({ path: shot("touch-scrolled") });
  // Two fingers scroll as one does.
  const two = (type, y) => session.send("Input.dispatchTouchEvent", {
    type, touchPoints: type === "touchEnd" ? [] : [{ x: 140, y, id: 1 }, { x: 220, y, id: 2 }],
  });
  const back = [two("touchStart", 400)];
  for (let y = 410; y <= 600; y += 10) back.push(two("touchMove", y));
  back.push(two("touchEnd", 0));
  await Promise.all(back);
  await player.settle();
  const returned = (await player.find("action.run")).y - after.y;
  assert.ok(returned > 100 && returned < 260, `two fingers scrolled ${returned} px`);
  // A tap into a field brings the keyboard of the phone: within the event the agent has the focus.
  const editor = await player.item("action.editor");
  await player.page.touchscreen.tap(editor.x + editor.w / 2, editor.y + editor.h / 2);
  assert.equal(await player.page.evaluate(() => document.activeElement.id), "agent");
  player.check_clean();
}

// An input method composes; a phone's keyboard and an emoji picker insert without a key.
async function takes_composed_text({ browser, url, shot }) {
  const player = await (await Player.open(browser, url + question)).ready();
  const { page } = player;
  const focus = () => page.evaluate(() => document.activeElement.id);
  assert.equal(await focus(), "canvas");
  await player.click("action.kind.answer");
  await player.click("action.editor");
  assert.equal(await focus(), "agent");
  const session = await player.context.newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById("agent")).opacity), "1");
  await page.screenshot({ path: shot("composing") });
  await session.send("Input.insertText", { text: "日本語" });
  await page.keyboard.insertText(" 🙂é");
  await player.settle();
  assert.equal(await page.inputValue("#agent"), "");
  await page.evaluate(() => document.getElementById("agent").dispatchEvent(
    new InputEvent("beforeinput", { inputType: "deleteContentBackward", bubbles: true, cancelable: true })));
  await player.settle();
  await player.click("action.run");
  assert.equal((await player.trajectory())[1].action.argument, "日本語 🙂");
  assert.equal(await focus(), "canvas");
  player.check_clean();
}

async function survives_a_lost_context({ browser, url, shot }) {
  const player = await (await Player.open(browser, url + question)).ready();
  // After many frames in which little changes, painting the whole anew must give the same picture.
  await player.click("schema.vocalist");
  await player.query("SELECT * FROM vocalist");
  await player.page.mouse.move(640, 650);
  for (let turn = 0; turn < 5; ++turn) {
    await player.page.mouse.wheel(0, 60);
    await player.settle();
  }
  await player.click("action.kind.describe");
  await player.click("action.kind.query");
  await player.page.mouse.move(640, 790);
  await player.rest();
  const before = await player.page.screenshot();
  await player.page.evaluate(() => {
    window.lose = document.getElementById("canvas").getContext("webgl2").getExtension("WEBGL_lose_context");
    window.lose.loseContext();
  });
  await player.page.waitForSelector("#trouble h2", { state: "visible" });
  await player.page.screenshot({ path: shot("trouble-lost-context") });
  await player.page.evaluate(() => window.lose.restoreContext());
  await player.page.waitForSelector("#trouble", { state: "hidden" });
  await player.rest();
  assert.ok(before.equals(await player.page.screenshot()), "the picture is not the same as before");
  await player.query("SELECT 1");
  assert.equal((await player.snapshot()).playground.step_count, 3);
}

export const tests = [
  { name: "copies, cuts and pastes any text", run: copies_and_pastes, alone: true },
  { name: "types any letter", run: types_any_letter },
  { name: "takes composed text", run: takes_composed_text },
  { name: "leaves the browser its keys", run: leaves_the_browsers_keys },
  { name: "knows layouts and forgets keys", run: knows_layouts },
  { name: "scrolls by the wheel", run: scrolls },
  { name: "takes touch", run: takes_touch, alone: true },
  { name: "survives a lost graphics context", run: survives_a_lost_context },
];
