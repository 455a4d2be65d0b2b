// Without JavaScript everything can be read and reached, from file://, the poorest host there is.
//
// 1. Text that scripts put into `main` is there without them; text in `main` that only they would show is a fault.
// 2. Every link is a link, and the ones that a reader sees can be followed by a click.
//
// Controls (buttons, forms, dialogs, popovers, live regions) may need a script: they are not text.

import { pathToFileURL } from 'node:url';
import { each, open, withPage } from '../lib/browser.mjs';
import { distinct, fault } from '../lib/fault.mjs';

const CLICKS = 3;

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function nojs({ site, chosen, browser }) {
  const base = `${pathToFileURL(site.dir).href}/`;
  const found = await each(chosen, name => compare(browser, base, name));
  return { unit: 'pages', checked: chosen.length, faults: distinct(found.flat()) };
}

async function compare(browser, base, name) {
  const scripted = await withPage(browser, {}, async page => { await open(page, base + name); return page.evaluate(readText); });
  return withPage(browser, { javaScriptEnabled: false }, async page => {
    await page.goto(base + name, { waitUntil: 'load' });
    const plain = await page.evaluate(readText);
    const links = await page.evaluate(readLinks);
    const all = plain.all.join(' ');
    return [
      ...(plain.all.length === 0 ? [fault(name, undefined, 'no-text', 'has no text without JavaScript')] : []),
      ...scripted.all.filter(text => !all.includes(text)).map(text => fault(name, undefined, 'scripted-text', `only scripts write: ${text}`)),
      ...plain.hidden.map(text => fault(name, undefined, 'hidden-text', `only scripts show: ${text}`)),
      ...links.dead.map(link => fault(name, undefined, 'scripted-link', `only scripts follow: ${link}`)),
      ...await follow(page, base + name, links.visible),
    ];
  });
}

/** Runs in the page: each run of text in `main`, and those that nothing but a script can show. */
function readText() {
  const control = 'button, form, dialog, [popover], [role=dialog], [role=search], [role=status], [aria-live], [role=tooltip], script, style, template, noscript';
  const tidy = text => text.replace(/\s+/g, ' ').trim();
  const main = document.querySelector('main') ?? document.body;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const all = [], hidden = [];
  for (let node; (node = walker.nextNode());) {
    const text = tidy(node.data), parent = node.parentElement;
    if (!text || parent.closest(control)) continue;
    all.push(text);
    // What is folded in `details` opens by itself; `svg` titles and the like have no box by nature.
    if (!parent.closest('details:not([open]), svg') && parent.getClientRects().length === 0 && !parent.checkVisibility()) hidden.push(text.slice(0, 80));
  }
  return { all, hidden };
}

/** Runs in the page: links without a destination, and the visible ones that lead to another page of the site. */
function readLinks() {
  const label = a => a.outerHTML.slice(0, 100);
  const anchors = [...document.querySelectorAll('a, [role=link]')];
  const isDead = a => !a.hasAttribute('href') && (a.hasAttribute('onclick') || a.hasAttribute('role') || a.hasAttribute('data-href')) || /^(javascript:|#?$)/.test(a.getAttribute('href') ?? 'none');
  const here = location.href.split('#')[0];
  const inside = a => a.protocol === location.protocol && !a.hasAttribute('download') && /\.html($|[?#])/.test(a.href) && a.href.split('#')[0] !== here;
  const visible = anchors.filter(a => a.localName === 'a' && a.hasAttribute('href') && inside(a) && a.getClientRects().length > 0 && a.checkVisibility());
  return { dead: anchors.filter(isDead).map(label), visible: [...new Set(visible.map(a => a.getAttribute('href')))] };
}

/** Clicks the first few links, spread over the page, as a reader would. */
async function follow(page, url, hrefs) {
  const step = Math.max(1, Math.floor(hrefs.length / CLICKS));
  const faults = [];
  for (const href of hrefs.filter((_, i) => i % step === 0).slice(0, CLICKS)) {
    const target = new URL(href, url).href;
    const failed = await click(page, href, target);
    if (failed) faults.push(fault(decodeURI(url).split('/').at(-1), undefined, 'dead-click', `${href}: ${failed}`));
    await page.goto(url, { waitUntil: 'load' });
  }
  return faults;
}

async function click(page, href, target) {
  try {
    await page.locator(`a[href=${JSON.stringify(href)}]:visible`).first().click({ timeout: 3000, noWaitAfter: true });
    await page.waitForURL(target, { timeout: 3000 });
    return (await page.evaluate(() => document.body.innerText.trim())) === '' ? 'an empty page' : null;
  } catch (error) { return error.message.split('\n')[0]; }
}
