// Logs in to the demo's shop by its phone, both in Chromium: node log-in.mjs BASE CHROMIUM FOLDER
// Pictures of each state are left in FOLDER. Ends with 1 when anything was not as it must be.
// Whoever runs it stops or starts the server on the same address when a line says `server stop` or `server start`, and
// answers with a line when that is done.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const [base, executablePath, folder] = process.argv.slice(2);
const ARGUMENTS = ['--no-sandbox', '--disable-gpu'];
const SHORT = { timeout: 15_000 };
const faults = [];

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function server(verb) {
  console.log(`server ${verb}`);
  const { done } = await answers.next();
  assert.ok(!done, 'nobody is there to ' + verb + ' the server');
}

function launch(...more) {
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...more] });
}

async function opened(browser, path, width = 900) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`${path}: ${error.message}`));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(`${path}: ${message.text()}`);
  });
  await page.goto(base + path);
  return page;
}

async function loginPage(browser, query = '') {
  const page = await opened(browser, '/demo/portal' + query);
  await page.waitForSelector('#login svg', SHORT);
  return page;
}

async function phone(browser, user) {
  const page = await opened(browser, '/demo/phone', 480);
  await page.waitForFunction(() => document.querySelectorAll('#user option').length > 1, null, SHORT);
  if (user) await page.selectOption('#user', user);
  await page.click('#enter');
  await page.waitForSelector('#scan:not([hidden])', SHORT);
  return page;
}

const picture = (page, name, type = 'png') => page.screenshot({ path: join(folder, `${name}.${type}`), type });

/** The phone sees the screen and nothing else. */
async function scan(device, page, name) {
  await picture(page, name);
  await device.setInputFiles('#picture', join(folder, `${name}.png`));
}

const asked = (device) => device.waitForSelector('#question:not([hidden])', SHORT);
const says = (page, id, text) =>
  page.waitForFunction(([it, part]) => document.getElementById(it).textContent.includes(part), [id, text], SHORT);

async function accepted(browser, device) {
  const page = await loginPage(browser);
  await scan(device, page, 'accept-1-waiting');
  await asked(device);
  await picture(device, 'accept-2-phone');
  await says(page, 'login', 'Scanned');
  await picture(page, 'accept-3-scanned');
  await device.click('#accept');
  await page.waitForURL('**/demo/portal/account', SHORT);
  await says(page, 'who', 'You are logged in as M392380');
  await picture(page, 'accept-4-account');
  await says(device, 'result', 'You have logged in');
}

async function denied(browser, device) {
  const page = await loginPage(browser, '?mode=rotating');
  await scan(device, page, 'deny-1-rotating');
  await asked(device);
  await device.click('#deny');
  await says(page, 'login', 'denied');
  await picture(page, 'deny-2-page');
  await says(device, 'result', 'You have denied it');
}

async function secondDevice(browser, device, other) {
  const page = await loginPage(browser);
  await scan(device, page, 'second-1');
  await asked(device);
  await other.setInputFiles('#picture', join(folder, 'second-1.png'));
  await says(other, 'result', '9029');
  await picture(other, 'second-2-other-phone');
  await device.click('#accept');
  await page.waitForURL('**/demo/portal/account', SHORT);
}

async function numbers(browser, device) {
  const page = await loginPage(browser, '?type=qr-high&mode=rotating');
  await scan(device, page, 'number-1');
  await asked(device);
  await says(page, 'login', 'Scanned');
  const shown = (await page.textContent('.watchword-number', SHORT)).trim();
  await picture(page, 'number-2-page');
  await device.fill('#number', shown === '10' ? '11' : '10');
  await device.click('#accept');
  await says(device, 'result', 'One try is left');
  await picture(device, 'number-3-phone');
  await device.fill('#number', shown);
  await device.click('#accept');
  await page.waitForURL('**/demo/portal/account', SHORT);
}

async function wrongNumber(browser, device) {
  const page = await loginPage(browser, '?type=qr-high&mode=rotating');
  await scan(device, page, 'wrong-1');
  await asked(device);
  await says(page, 'login', 'Scanned');
  const shown = (await page.textContent('.watchword-number', SHORT)).trim();
  for (let i = 0; i < 2; i++) {
    await device.fill('#number', shown === '10' ? '11' : '10');
    await device.click('#accept');
    if (i === 0) await says(device, 'result', 'One try is left');
  }
  await says(device, 'result', '10015');
  await picture(page, 'wrong-2-page');
  assert.ok(!page.url().endsWith('/account'));
}

async function expired(browser, device) {
  const page = await loginPage(browser, '?type=qr-short');
  await picture(page, 'expired-1');
  const before = await page.getAttribute('#login svg path', 'd').catch(() => null);
  await page.waitForFunction(
    (old) => document.querySelector('#login svg path')?.getAttribute('d') !== old || !document.querySelector('#login svg'),
    before, { timeout: 40_000 });
  await picture(page, 'expired-2-renewed');
  await device.setInputFiles('#picture', join(folder, 'expired-1.png'));
  await says(device, 'result', '10013');
  await picture(device, 'expired-3-phone');
}

async function languages(browser) {
  for (const language of ['fr', 'ar']) {
    const page = await loginPage(browser, `?language=${language}`);
    await picture(page, `language-${language}`);
    assert.equal(await page.evaluate(() => document.getElementById('login').dir), language === 'ar' ? 'rtl' : 'ltr');
  }
}

/** The server stops before the scan, and again between the scan and the answer. */
async function restarted(browser, device) {
  const page = await loginPage(browser, '?mode=rotating');
  await picture(page, 'restart-1-waiting');
  await server('stop');
  await page.waitForFunction(() => /lost/.test(document.querySelector('.watchword-notice').textContent), null, SHORT);
  // What cannot be renewed must not look as if it could be scanned.
  await page.waitForSelector('.watchword-code[data-stale="true"]', SHORT);
  await picture(page, 'restart-2-away');
  await server('start');
  await page.waitForSelector('.watchword-notice:empty', { ...SHORT, state: 'attached' });
  await page.waitForSelector('.watchword-code[data-stale="false"]', SHORT);
  await scan(device, page, 'restart-3-back');
  await asked(device);
  await says(page, 'login', 'Scanned');
  await server('stop');
  await says(page, 'login', 'The connection is lost');
  await picture(page, 'restart-4-scanned-away');
  await server('start');
  await page.waitForSelector('.watchword-notice:empty', { ...SHORT, state: 'attached' });
  await picture(page, 'restart-5-scanned-back');
  await device.click('#accept');
  await page.waitForURL('**/demo/portal/account', SHORT);
  await says(page, 'who', 'You are logged in as M392380');
  await picture(page, 'restart-6-account');
  await says(device, 'result', 'You have logged in');
  await picture(device, 'restart-7-phone');
}

/** Chromium's fake camera shows a film of one picture. */
async function byCamera(browser) {
  const page = await loginPage(browser);
  await page.setViewportSize({ width: 640, height: 480 });
  await page.locator('#login svg').scrollIntoViewIfNeeded();
  const film = join(folder, 'camera.mjpeg');
  const frame = await page.screenshot({ type: 'jpeg', quality: 95 });
  await writeFile(film, Buffer.concat(Array(5).fill(frame)));
  const other = await launch(
    '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`);
  try {
    const device = await phone(other, 'M392380');
    await device.click('#camera');
    await asked(device);
    await device.click('#accept');
    await page.waitForURL('**/demo/portal/account', SHORT);
  } finally {
    await other.close();
  }
}

const browser = await launch();
try {
  const device = await phone(browser, 'M392380');
  const other = await phone(browser, 'M392380');
  for (const [name, story] of Object.entries({ accepted, denied, secondDevice, numbers, wrongNumber, expired, languages, byCamera, restarted })) {
    const start = performance.now();
    try {
      await story(browser, device, other);
      console.log(`ok ${name} ${Math.round(performance.now() - start)} ms`);
    } catch (error) {
      faults.push(`${name}: ${error.message} (the phone says: ${await device.textContent('#result')})`);
      console.log(`not ok ${name}`);
      await device.reload();
      await device.waitForFunction(() => document.querySelectorAll('#user option').length > 1, null, SHORT);
      await device.selectOption('#user', 'M392380');
      await device.click('#enter');
      await device.waitForSelector('#scan:not([hidden])', SHORT);
    }
  }
} finally {
  await browser.close();
  await answers.return();
}
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
