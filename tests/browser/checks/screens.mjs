// Screenshots of the chosen pages, to be looked at: three widths, both schemes, first screen and whole page.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { each, open, withPage } from '../lib/browser.mjs';
import { encoded } from '../lib/site.mjs';

const SIZES = [{ width: 360, height: 780 }, { width: 768, height: 1024 }, { width: 1440, height: 900 }];
const SCHEMES = ['light', 'dark'];
// Beyond this Chromium's own surface ends, and the picture repeats itself.
const TALLEST = 16_000;

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function screens({ chosen, browser, server, screensDir }) {
  await mkdir(screensDir, { recursive: true });
  const views = SIZES.flatMap(size => SCHEMES.map(scheme => ({ size, scheme })));
  await each(views, view => shootAll(browser, server, chosen, screensDir, view));
  return { unit: 'pages', checked: chosen.length, faults: [] };
}

function shootAll(browser, server, chosen, dir, { size, scheme }) {
  return withPage(browser, { colorScheme: scheme, viewport: size }, async page => {
    for (const name of chosen) {
      await open(page, server.base + encoded(name));
      const stem = path.join(dir, `${flat(name)}.${size.width}.${scheme}`);
      await page.screenshot({ path: `${stem}.first.png` });
      const height = Math.min(TALLEST, await page.evaluate(() => document.documentElement.scrollHeight));
      await page.screenshot({ path: `${stem}.full.png`, fullPage: true, clip: { x: 0, y: 0, width: size.width, height } });
    }
  });
}

/** `actors/x/index.html` to `actors.x`; the home page is `home`. */
const flat = name => name.replace(/(^|\/)index\.html$/, '').replace(/\.html$/, '').replaceAll('/', '.') || 'home';
