// A walk through a site in Chromium: from the home page along every link, each page opened once.

import { fileAt, readText } from './site.mjs';
import { readPage } from './parse.mjs';

const LOST = 'no/such/page/';
const TABS = 3;

/**
 * `lost`: the host shows 404.html for what is not there; it is opened too, and its links followed.
 * @returns {Promise<{faults: string[], opened: number}>}
 */
export async function walk(browser, base, site, { lost = false }) {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  await context.addInitScript(() => {
    globalThis.__violations = [];
    document.addEventListener('securitypolicyviolation', event => globalThis.__violations.push(`${event.effectiveDirective} forbids ${event.blockedURI}`));
  });
  const state = { base, site, context, faults: new Set(), opened: new Set(), known: new Set(), waiting: [] };
  reach(state, `${base}index.html`, 'the start');
  if (lost) state.waiting.push(base + LOST);
  await Promise.all(Array.from({ length: TABS }, () => tab(state)));
  for (const page of await expected(site)) {
    if (!state.opened.has(page)) state.faults.add(`${page}: no link leads here`);
  }
  await context.close();
  return { faults: [...state.faults].sort(), opened: state.opened.size };
}

/** Every page but those that no page leads to: the page for nothing, and old addresses. */
async function expected(site) {
  const pages = site.pages.filter(page => page !== '404.html');
  const all = await Promise.all(pages.map(async page => [page, readPage(await readText(site, page)).refresh]));
  return all.filter(([, refresh]) => !refresh).map(([page]) => page);
}

/** Notes a link: a page of the site is to be opened, any other file asked for, what leads outside left alone. */
function reach(state, url, from) {
  const address = url.split('#')[0];
  if (!address.startsWith(state.base) || state.known.has(address)) return;
  state.known.add(address);
  const name = fileAt(state.base, address);
  const file = name === '' || name?.endsWith('/') ? `${name}index.html` : name;
  if (!state.site.files.has(file)) state.faults.add(`${from}: ${address.slice(state.base.length)}: no such file`);
  else state.waiting.push(address);
}

async function tab(state) {
  const page = await state.context.newPage();
  let at = '';
  const say = what => state.faults.add(`${at}: ${what}`.replaceAll(state.base, ''));
  page.on('console', message => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && say(message.text()));
  page.on('pageerror', error => say(error.message));
  page.on('requestfailed', request => !/ERR_ABORTED/.test(request.failure()?.errorText ?? '') && say(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', response => {
    const isLost = response.url() === state.base + LOST;
    if (response.status() >= 400 && !isLost) say(`${response.url()}: HTTP ${response.status()}`);
    if (isLost && response.status() !== 404) say(`${LOST}: HTTP ${response.status()}`);
  });
  for (let idle = 0; idle < 40;) {
    const url = state.waiting.shift();
    if (!url) { idle++; await page.waitForTimeout(50); continue; }
    idle = 0;
    at = url;
    await visit(state, page, url, say);
  }
  await page.close();
}

async function visit(state, page, url, say) {
  const isPage = /(\/|\.html)$/.test(url);
  if (!isPage) return url.startsWith('file:') ? undefined : ask(state, url, say);
  const gone = await page.goto(url, { waitUntil: 'load', timeout: 30_000 }).then(() => null, error => error);
  if (gone) return say(gone.message.split('\n')[0]);
  const name = fileAt(state.base, url);
  state.opened.add(name === '' || name.endsWith('/') ? `${name}index.html` : name);
  const { links, violations, dead } = await page.evaluate(() => {
    const own = location.href.split('#')[0];
    const here = [...document.links].filter(link => link.href.split('#')[0] === own && link.hash);
    return {
      links: [...new Set([...document.links].map(link => link.href))].filter(href => href.split('#')[0] !== own),
      violations: globalThis.__violations,
      dead: here.filter(link => !document.getElementById(decodeURIComponent(link.hash.slice(1)))).map(link => link.hash),
    };
  });
  violations.forEach(say);
  dead.forEach(hash => say(`${hash}: no such place`));
  links.forEach(href => reach(state, href, url.replace(state.base, '')));
}

async function ask(state, url, say) {
  const response = await state.context.request.get(url);
  if (response.status() !== 200) say(`HTTP ${response.status()}`);
}

