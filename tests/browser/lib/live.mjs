// What a site does when Chromium opens it: over two transports, from file:// and from a server under a sub-path.
//
// 1. Open each chosen page and record its requests, its console and what its own policy forbids.
// 2. Look up each link of the live document, where scripts may have written some.
// 3. Open an address that does not exist, and see how the 404 page fares there.

import { pathToFileURL } from 'node:url';
import { each, open, withPage } from './browser.mjs';
import { fault } from './fault.mjs';
import { encoded, fileAt } from './site.mjs';

const LOST = 'no/such/page/';

/**
 * `judged`: references already counted as faults, or allowed, which the browser would meet again.
 * @returns {Promise<import('./fault.mjs').Fault[]>}
 */
export async function liveFaults({ site, chosen, browser, server, judged }) {
  const transports = [['file://', `${pathToFileURL(site.dir).href}/`], ['HTTP', server.base]].map(([name, base]) =>
    ({ name, base, judged: new Set(judged.map(({ file, url }) => absolute(url, base + encoded(file)))) }));
  const found = await each(transports, transport => withPage(browser, {}, async (_, context) => {
    await context.addInitScript(recordViolations);
    const faults = [];
    for (const name of chosen) faults.push(...await visit(site, context, transport, name, transport.base + encoded(name)));
    if (hasLost(site, transport)) faults.push(...await visit(site, context, transport, '404.html', transport.base + LOST));
    return faults;
  }));
  return merge(found.flat());
}

/** A host shows 404.html at any depth: with a public URL to build on, it must look and lead right there too. */
const hasLost = (site, { name }) => name === 'HTTP' && site.own !== undefined && site.files.has('404.html');

/** A tab of its own for each page, so that what comes late is not laid at another's door. */
async function visit(site, context, transport, name, url) {
  const faults = [];
  const say = (code, message) => faults.push({ page: name, code, message: message.replaceAll(transport.base, ''), transport: transport.name });
  const page = await context.newPage();
  const homes = name === '404.html' && site.own ? [transport.base, new URL(new URL(site.own).pathname, transport.base).href] : [transport.base];
  watch(page, transport, homes, say);
  await open(page, url).catch(error => say('failed-request', error.message.split('\n')[0]));
  for (const violation of await page.evaluate(() => globalThis.__violations ?? [])) say('csp', violation);
  for (const link of await liveLinks(page)) if (isDead(site, transport, link)) say('dead-link', `${link} in the live document: no such file`);
  await page.close();
  return faults;
}

/** Runs in the page, before any script of its own. */
function recordViolations() {
  globalThis.__violations = [];
  document.addEventListener('securitypolicyviolation', event =>
    globalThis.__violations.push(`${event.effectiveDirective} forbids ${event.blockedURI}${event.sample ? ` (${event.sample})` : ''}`));
}

/** `homes`: where the site may load from. */
function watch(page, { base, judged }, homes, say) {
  const isNew = url => !judged.has(absolute(url, base));
  page.on('console', message => message.type() === 'error' && !isEcho(message.text()) && say('console-error', message.text()));
  page.on('pageerror', error => say('console-error', error.message));
  const isRefused = response => response.status() >= 400 && response.url() !== base + LOST;
  page.on('request', request => isElsewhere(request.url(), homes) && isNew(request.url()) && say('third-party', `requests ${request.url()}`));
  page.on('requestfailed', request => hasFailed(request, homes) && isNew(request.url()) && say('failed-request', `${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', response => isRefused(response) && isNew(response.url()) && say('failed-request', `${response.url()}: HTTP ${response.status()}`));
}

/** What goes elsewhere fails because we cut it off; what the policy forbids is counted as a violation; the rest was dropped by its page. */
const hasFailed = (request, homes) => !isElsewhere(request.url(), homes) && !/csp|ERR_ABORTED/i.test(request.failure()?.errorText ?? '');
const absolute = (url, base) => (URL.canParse(url, base) ? new URL(url, base).href.split('#')[0] : url);

/** Chromium repeats on the console what is counted already as a request or a violation. */
const isEcho = text => text.startsWith('Failed to load resource') || /Content[ -]Security[ -]Policy|blocked by CORS policy/.test(text);
const isElsewhere = (url, homes) => !homes.some(home => url.startsWith(home)) && !/^(data|blob|about):/.test(url);

/** But those within the document: a host may show it at any address, and the ids of each file are looked up as it is read. */
const liveLinks = page => page.evaluate(() => {
  const own = location.href.split('#')[0];
  return [...new Set([...document.links].map(link => link.href).filter(href => !href.startsWith(`${own}#`)))];
});

function isDead(site, { base, judged }, url) {
  return url.startsWith(base) && !judged.has(absolute(url, base)) && !site.files.has(fileAt(base, url));
}

/** A fault met over both transports is one; one that only a single transport shows says which. */
function merge(faults) {
  const met = new Map();
  for (const f of faults) {
    const key = `${f.page} ${f.code} ${f.message}`;
    if (!met.has(key)) met.set(key, { ...f, transports: new Set() });
    met.get(key).transports.add(f.transport);
  }
  return [...met.values()].map(f => fault(f.page, undefined, f.code, f.transports.size > 1 ? f.message : `${f.message} (only over ${f.transport})`));
}
