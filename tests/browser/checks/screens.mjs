// Screenshots of the chosen pages, to be looked at: three widths, both schemes, first screen and whole page.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { each, open, withPage } from '../lib/browser.mjs';
import { distinct, fault } from '../lib/fault.mjs';

const SIZES = [{ width: 360, height: 780 }, { width: 768, height: 1024 }, { width: 1440, height: 900 }];
const SCHEMES = ['light', 'dark'];
// Beyond this Chromium's own surface ends, and the picture repeats itself.
const TALLEST = 16_000;

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function screens({ chosen, browser, server, screensDir }) {
  await mkdir(screensDir, { recursive: true });
  const views = chosen.flatMap(page => SIZES.flatMap(size => SCHEMES.map(scheme => ({ page, size, scheme }))));
  const found = await each(views, view => shoot(browser, server, screensDir, view));
  return { unit: 'pages', checked: chosen.length, faults: distinct(found.filter(Boolean)) };
}

function shoot(browser, server, dir, { page: name, size, scheme }) {
  return withPage(browser, { colorScheme: scheme, viewport: size }, async page => {
    await open(page, server.base + name);
    const stem = path.join(dir, `${flat(name)}.${size.width}.${scheme}`);
    await page.screenshot({ path: `${stem}.first.png` });
    const height = Math.min(TALLEST, await page.evaluate(() => document.documentElement.scrollHeight));
    await page.screenshot({ path: `${stem}.full.png`, fullPage: true, clip: { x: 0, y: 0, width: size.width, height } });
    return null;
  }).catch(error => fault(name, undefined, 'no-picture', error.message.split('\n')[0]));
}

/** `actors/x/index.html` to `actors.x`; the home page is `home`. */
const flat = name => name.replace(/(^|\/)index\.html$/, '').replace(/\.html$/, '').replaceAll('/', '.') || 'home';
