// Without JavaScript everything can be read and reached, from file://, the poorest host there is.
//
// 1. Text that scripts put into `main` is there without them; text in `main` that only they would show is a fault.
// 2. Every link is a link, and the ones that a reader sees can be followed by a click.
//
// Controls (buttons, forms, dialogs, popovers, live regions) may need a script: they are not text.

import { pathToFileURL } from 'node:url';
import { open, withPage } from '../lib/browser.mjs';
import { distinct, fault } from '../lib/fault.mjs';
import { encoded, fileAt } from '../lib/site.mjs';

const CLICKS = 2;
const PATIENCE = 10_000; // ms, for a click and for what it opens

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function nojs({ site, chosen, browser, patience = PATIENCE }) {
  const base = `${pathToFileURL(site.dir).href}/`;
  const faults = await withPage(browser, {}, scripted => withPage(browser, { javaScriptEnabled: false }, async plain => {
    const found = [];
    for (const name of chosen) found.push(...await compare(site, scripted, plain, base, name, patience));
    return found;
  }));
  return { unit: 'pages', checked: chosen.length, faults: distinct(faults) };
}

async function compare(site, scripted, plain, base, name, patience) {
  const url = base + encoded(name);
  await Promise.all([open(scripted, url), plain.goto(url, { waitUntil: 'load' })]);
  const [withScripts, without] = [await scripted.evaluate(readText), await plain.evaluate(readText)];
  const onPaper = await readOnPaper(plain);
  const links = await plain.evaluate(readLinks, base);
  const inside = links.visible.filter(href => isPage(site, base, new URL(href, url).href));
  const all = without.all.join(' ');
  return [
    ...(without.all.length === 0 ? [fault(name, undefined, 'no-text', 'has no text without JavaScript')] : []),
    ...withScripts.all.filter(text => !all.includes(text)).map(text => fault(name, undefined, 'scripted-text', `only scripts write: ${text.slice(0, 80)}`)),
    ...without.hidden.filter(text => onPaper.hidden.includes(text) && !without.shown.includes(text)).map(text => fault(name, undefined, 'hidden-text', `only scripts show: ${text.slice(0, 80)}`)),
    ...links.dead.map(link => fault(name, undefined, 'scripted-link', `only scripts follow: ${link}`)),
    ...await follow(plain, url, name, inside, patience),
  ];
}

/** Runs in the page: each run of text in `main`, those that a reader can see, and those that nothing but a script can show. */
function readText() {
  const control = 'button, form, dialog, [popover], [role=dialog], [role=search], [role=status], [aria-live], [role=tooltip], [aria-hidden=true], script, style, template, noscript';
  const tidy = text => text.replace(/\s+/g, ' ').trim();
  const main = document.querySelector('main') ?? document.body;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const all = [], shown = [], hidden = [];
  for (let node; (node = walker.nextNode());) {
    const text = tidy(node.data), parent = node.parentElement;
    if (!text || parent.closest(control)) continue;
    all.push(text);
    // What is folded in `details` opens by itself; `svg` titles and the like have no box by nature.
    const isShown = parent.closest('details:not([open]), svg') || parent.getClientRects().length > 0 || parent.checkVisibility();
    (isShown ? shown : hidden).push(text);
  }
  return { all, shown, hidden };
}

/** Text that only the printed page shows is shown. */
async function readOnPaper(page) {
  await page.emulateMedia({ media: 'print' });
  const text = await page.evaluate(readText);
  await page.emulateMedia({ media: 'screen' });
  return text;
}

/** Runs in the page: links without a destination (`links` judges destinations), and the visible ones that lead to another page of the site. */
function readLinks(base) {
  const label = a => a.outerHTML.slice(0, 100);
  const anchors = [...document.querySelectorAll('a, [role=link]')];
  const isDead = a => !a.hasAttribute('href') && (a.hasAttribute('onclick') || a.hasAttribute('role') || a.hasAttribute('data-href'));
  const here = location.href.split('#')[0];
  // A link of a drawing has an SVGAnimatedString there.
  const to = a => typeof a.href === 'string' ? a.href : new URL(a.getAttribute('href') ?? '', location.href).href;
  const inside = a => to(a).startsWith(base) && !a.hasAttribute('download') && /\.html($|[?#])/.test(to(a)) && to(a).split('#')[0] !== here;
  const visible = anchors.filter(a => a.localName === 'a' && a.hasAttribute('href') && inside(a) && a.getClientRects().length > 0 && a.checkVisibility());
  return { dead: anchors.filter(isDead).map(label), visible: [...new Set(visible.map(a => a.getAttribute('href')))] };
}

/** Links that lead nowhere are counted by `links`. */
const isPage = (site, base, url) => site.files.has(fileAt(base, url));

/** Clicks a few links, spread over the page, as a reader would. */
async function follow(page, url, name, hrefs, patience) {
  const step = Math.max(1, Math.floor(hrefs.length / CLICKS));
  const faults = [];
  for (const href of hrefs.filter((_, i) => i % step === 0).slice(0, CLICKS)) {
    const failed = await click(page, href, new URL(href, url).href, patience);
    if (failed) faults.push(fault(name, undefined, 'dead-click', `${href}: ${failed}`));
    await page.goto(url, { waitUntil: 'load' });
  }
  return faults;
}

async function click(page, href, target, timeout) {
  try {
    // A mark in a drawing may lie under another; what a drawing shows stands in its list, too.
    // A card for other people's pages opens its links in a tab of their own.
    const apart = await page.locator('base[target=_blank]').count() > 0;
    const opened = apart ? page.context().waitForEvent('page', { timeout }) : page;
    await page.locator(`a[href=${JSON.stringify(href)}]:not([aria-hidden] a):visible`).first().click({ timeout, noWaitAfter: true });
    const there = await opened;
    await there.waitForURL(target, { timeout });
    const empty = (await there.evaluate(() => document.body.innerText.trim())) === '';
    if (apart) await there.close();
    return empty ? 'an empty page' : null;
  } catch (error) { return error.message.split('\n')[0]; }
}
