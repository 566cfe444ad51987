/* The HTML view in a real browser, used as a reader uses it: with mouse, keyboard and printer.
 * node browser.js CHROMIUM PAGE.html SEARCH NAME DRAG_MS   prints TAP lines.
 * SEARCH finds the node NAME, which has an edge with a sentence; a drag is answered within DRAG_MS. */
'use strict';
const { chromium } = require('playwright-core');
const [executablePath, path, search, name, dragMs] = process.argv.slice(2);
const WAIT = { timeout: 20000 }, STEPS = 40;

const ok = (good, what) => console.log((good ? 'ok' : 'not ok') + ' - export: in a browser: ' + what);

/* In the page: a place where the pointer says what it is over, as the tip tells; at is 'node' or 'edge'. */
const spot = (page, at) => page.evaluate(kind => {
  const canvas = document.getElementById('canvas'), tip = document.getElementById('tip'), box = canvas.getBoundingClientRect();
  const from = (most, i) => Math.round(most / 2 + (i % 2 ? -1 : 1) * Math.ceil(i / 2) * 5); // outward from the middle
  for (let i = 0, y; (y = from(box.height, i)) > 8; i++) for (let k = 0, x; (x = from(box.width, k)) > 8; k++) {
    canvas.dispatchEvent(new MouseEvent('mousemove', { clientX: box.left + x, clientY: box.top + y, bubbles: true, view: window }));
    if (!tip.hidden && /\([^)]*\)$/.test(tip.textContent) === (kind === 'node') && !/ — /.test(tip.textContent) === (kind === 'node'))
      return { x: box.left + x, y: box.top + y, says: tip.textContent };
  }
  return null;
}, at);
const text = (page, id) => page.locator('#' + id).textContent(WAIT);
const shown = (page, id) => page.locator('#' + id).isVisible();
const count = async page => (await text(page, 'subtitle')).match(/(\d+) (?:knopen|nodes) · (\d+)/).slice(1).map(Number);
const pixels = page => page.evaluate(() => {
  const canvas = document.getElementById('canvas');
  return Array.from(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.filter((v, i) => i % 997 === 0)).join();
});
const settled = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));

async function searching(page) {
  await page.keyboard.press('/');
  ok(await page.evaluate(() => document.activeElement.id === 'search'), '/ goes to the search');
  await page.keyboard.type('zzzz niets');
  ok(/^(Niets gevonden|Nothing found)$/.test(await text(page, 'hits')), 'what is not there is not found');
  await page.fill('#search', '');
  await page.keyboard.type(search);
  ok((await text(page, 'hits')).includes(name), 'search finds a node');
  await page.keyboard.press('Enter');
  ok(await shown(page, 'card') && (await page.locator('#card h1').textContent()) === name, 'Enter shows its card');
}
async function sentences(page) {
  const edges = page.locator('#card li button'), n = await edges.count();
  ok(n > 0, 'the card lists its edges');
  let said = '';
  for (let i = 0; i < n && !said; i++) {
    await page.locator('#card li button').nth(i).click();
    if (await page.locator('#card blockquote').count()) said = await page.locator('#card blockquote').first().innerText();
    else await page.locator('#card > button:not(.close)').first().click(); // back to an end of it
  }
  ok(/\S.{9,}\n\S/.test(said), 'a click on an edge of the card shows its sentence and document');
  await page.keyboard.press('Escape');
  ok(!await shown(page, 'card'), 'Esc closes the card');
}
async function clicking(page) {
  for (const kind of ['node', 'edge']) {
    const at = await spot(page, kind);
    if (at) await page.mouse.click(at.x, at.y);
    const card = at && await shown(page, 'card') ? await text(page, 'card') : '';
    const names = at ? (kind === 'node' ? [at.says.replace(/ \([^)]*\)$/, '')] : at.says.split(/ — \S+ [—→] ?| — \S+ →/)) : [];
    ok(names.length > 0 && names.every(part => card.includes(part.trim())), 'a click in the picture shows the card of that ' + kind);
    await page.keyboard.press('Escape');
  }
}
async function filtering(page) {
  for (const [list, which] of [['types', 0], ['relations', 1]]) {
    const before = await count(page), was = await pixels(page), box = page.locator('#' + list + ' input').first();
    await box.uncheck();
    await settled(page);
    ok((await count(page))[which] < before[which] && (await pixels(page)) !== was, 'the filter of ' + list + ' hides');
    await box.check();
    await settled(page);
    ok((await count(page)).join() === before.join(), 'and shows again');
  }
}
async function walking(page) {
  await page.fill('#search', search);
  await page.keyboard.press('Enter');
  const seen = new Set([await page.locator('#card h1').textContent()]);
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
    await page.keyboard.press(key);
    seen.add(await page.locator('#card h1').textContent());
  }
  ok(seen.size > 1, 'arrows walk to a neighbour');
  await page.keyboard.press('Escape');
  for (const key of ['+', '-', 'ArrowLeft']) {
    const was = await pixels(page);
    await page.keyboard.press(key);
    await settled(page);
    ok((await pixels(page)) !== was, key + ' moves the picture');
  }
  await page.keyboard.press('0');
  const reached = new Set();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement.id || document.activeElement.type));
  }
  ok(['search', 'fit', 'language', 'checkbox'].every(id => reached.has(id)), 'Tab reaches search, buttons and filters');
}
async function speaking(page) {
  const first = await text(page, 'types-title');
  ok(await page.evaluate(() => document.documentElement.lang) === 'nl' && first === 'Soorten', 'a Dutch browser gets Dutch');
  await page.click('#language');
  ok(await page.evaluate(() => document.documentElement.lang) === 'en' && (await text(page, 'types-title')) === 'Types', 'English on request');
  ok(!/undefined/.test(await page.evaluate(() => document.body.innerText)), 'and every word of it');
  await page.click('#language');
}
async function printing(page) {
  await page.emulateMedia({ media: 'print' });
  ok(!await shown(page, 'tools') && await shown(page, 'types') && await shown(page, 'title'), 'on paper: title and legend, no buttons');
  const pdf = await page.pdf({ format: 'A4', landscape: true });
  ok(pdf.length > 20000 && pdf.subarray(0, 5).toString() === '%PDF-', 'it prints');
  await page.emulateMedia({ media: null });
}
async function dragging(page) {
  await page.keyboard.press('0');
  await settled(page);
  const at = await spot(page, 'node'), was = await pixels(page);
  await page.mouse.move(at.x, at.y);
  await page.evaluate(() => { // from the event's own time to the end of the frame that shows it
    window.times = [];
    window.addEventListener('mousemove', event => requestAnimationFrame(() => setTimeout(() => {
      window.times.push(performance.now() - event.timeStamp);
    }, 0)), true);
  });
  await page.mouse.down();
  for (let i = 1; i <= STEPS; i++) {
    await page.mouse.move(at.x + 3 * i, at.y + 2 * i);
    await page.waitForFunction(n => window.times.length >= n, i, WAIT);
  }
  await page.mouse.up();
  await settled(page);
  const times = (await page.evaluate(() => window.times)).sort((p, q) => p - q), part = p => times[Math.floor(p * (times.length - 1))];
  console.log('# drag: median %s ms, nine of ten within %s ms, longest %s ms', part(.5).toFixed(1), part(.9).toFixed(1), part(1).toFixed(1));
  ok((await pixels(page)) !== was, 'a drag moves the picture');
  ok(part(.9) < dragMs, 'a drag is answered within ' + dragMs + ' ms');
}
async function visit(browser) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'nl-NL' });
  const page = await context.newPage(), complaints = [], requests = [];
  page.on('console', message => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', error => complaints.push(error.stack));
  context.on('request', request => requests.push(request.url()));
  await page.goto('file://' + path, { waitUntil: 'load', timeout: 60000 });
  for (const part of [searching, sentences, clicking, filtering, walking, speaking, printing, dragging]) await part(page);
  ok(!await page.locator('main b, main img, main svg, header b').count(), 'no name became markup');
  ok(requests.length === 1 && requests[0].endsWith(path), 'no request leaves the file ' + requests.slice(1).join(' '));
  ok(!complaints.length, 'no error in the console ' + complaints.join(' | '));
}
(async () => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  const alarm = setTimeout(() => browser.close(), 150000);
  try { await visit(browser); } catch (error) { ok(false, 'all of it: ' + String(error.stack).split('\n').slice(0, 3).join(' | ')); }
  clearTimeout(alarm);
  await browser.close();
})();
