// One headless Chromium for the whole run, cut off from everything but loopback and files.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Missing } from './fault.mjs';
import { styleOf } from './faces.mjs';

const BINARIES = process.env.CHROMIUM ? [process.env.CHROMIUM] : ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--font-render-hinting=none'];
// Names resolve to nothing, so that no request leaves the machine, whoever makes it; loopback stays.
const NO_NETWORK = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1';

/** A browser with a fresh profile, removed with it. */
export async function launch() {
  const executablePath = BINARIES.find(binary => existsSync(binary));
  if (!executablePath) throw new Missing('no Chromium: install the package chromium, or set CHROMIUM to its path');
  const args = [...FLAGS, NO_NETWORK, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return chromium.launch({ executablePath, headless: true, args }).catch(error => {
    throw new Missing(`Chromium does not start: ${error.message}`);
  });
}

/** The style that a page is given once it is open, by page. */
const styles = new WeakMap();

/** Opens `url` and waits until fonts, layout and the page's own scripts have settled. Gives the HTTP response, if any. */
export async function open(page, url) {
  const response = await page.goto(url, { waitUntil: 'load', timeout: 30_000 });
  if (styles.has(page)) await page.addStyleTag({ content: styles.get(page) });
  await page.evaluate(() => document.fonts.ready.then(() => new Promise(done => setTimeout(done, 50))));
  return response;
}

/** Runs `work` on every item, two at a time (the browser has its own processes), in any order; gives results in order. */
export async function each(items, work, width = 2) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => { while (next < items.length) { const i = next++; results[i] = await work(items[i]); } };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

/**
 * Gives `use` a page of its own in a fresh context, closed whatever happens. With another `face` than the theme's own, the
 * page's policy is set aside, which would not let the face in.
 */
export async function withPage(browser, { face = 'own', ...options }, use) {
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: face !== 'own', ...options });
  try {
    const page = await context.newPage();
    if (face !== 'own') styles.set(page, await styleOf(face));
    return await use(page, context);
  } finally { await context.close(); }
}
