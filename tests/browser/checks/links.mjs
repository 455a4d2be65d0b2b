// Every link of the site leads somewhere, at any path of any host and from file://, and nothing comes from elsewhere.
//
// 1. Read every page, style sheet, SVG and XML file, and resolve each reference to a file of the site.
// 2. Resolve each fragment to an id of the page that it points into.
// 3. Ask a server under a sub-path for every target.
// 4. Open the chosen pages in Chromium, from file:// and under the sub-path: no request elsewhere, none that fails,
//    no console error, nothing that the page's own Content-Security-Policy forbids, no dead link in the live document.

import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { each, open, withPage } from '../lib/browser.mjs';
import { distinct, fault } from '../lib/fault.mjs';
import { readCss, readPage } from '../lib/parse.mjs';
import { resolve } from '../lib/resolve.mjs';
import { fileAt, readText } from '../lib/site.mjs';

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function links({ site, chosen, browser, server }) {
  const found = await readAll(site);
  const faults = [
    ...found.faults,
    ...deadFragments(found),
    ...await deadOverHttp(server, found.targets),
    ...await liveFaults({ site, chosen, browser, server, judged: found.judged }),
  ];
  return { unit: 'files', checked: found.read, faults: distinct(faults) };
}

/**
 * What the files say. `targets` maps each file that something leads to, to the first place that does; `judged` are the
 * references already found at fault, which a browser would meet again.
 */
async function readAll(site) {
  const own = await ownUrl(site);
  const found = { read: 0, faults: [], ids: new Map(), fragments: [], targets: new Map(), judged: [] };
  for (const file of site.files.keys()) {
    const references = await readReferences(site, own, file, found);
    if (!references) continue;
    found.read++;
    for (const reference of references) {
      const target = resolve(site, own, file, reference);
      if (!target) continue;
      note(found, file, reference, target);
    }
  }
  return found;
}

function note(found, file, reference, target) {
  if (target.fault) {
    found.faults.push(target.fault);
    found.judged.push({ file, url: reference.url });
    return;
  }
  if (!found.targets.has(target.file)) found.targets.set(target.file, { file, line: reference.line });
  if (target.fragment) found.fragments.push({ file, reference, target });
}

/** The site's public URL, as the canonical link of the home page states it. */
async function ownUrl(site) {
  if (!site.files.has('index.html')) return undefined;
  const { canonical } = readPage(await readText(site, 'index.html'));
  return canonical && URL.canParse(canonical) ? new URL('.', canonical).href : undefined;
}

async function readReferences(site, own, file, found) {
  const extension = path.extname(file);
  if (extension === '.css') return readCss(await readText(site, file)).filter(r => !r.url.startsWith('#'));
  if (extension === '.xml') return readXml(await readText(site, file), own, found, site, file);
  if (extension !== '.html' && extension !== '.svg') return null;
  const page = readPage(await readText(site, file));
  found.ids.set(file, page.ids);
  if (page.base && file !== '404.html') found.faults.push(fault(file, page.base.line, 'base', `<base href="${page.base.url}"> ties every link to one place`));
  return page.references.filter(r => !(r.from === '<style>' && r.url.startsWith('#')));
}

/** Feeds and sitemaps name pages by their public URLs: those of this site must exist. */
function readXml(text, own, found, site, file) {
  for (const [, inElement, inAttribute] of own ? text.matchAll(/<loc>\s*([^<\s]+)\s*<\/loc>|<link\b[^>]*\shref="([^"]*)"/g) : []) {
    const url = (inElement ?? inAttribute).replaceAll('&amp;', '&');
    if (!url.startsWith(own)) continue;
    const name = fileAt(own, url);
    const exists = site.files.has(name) || site.files.has(`${name}index.html`);
    if (!exists) found.faults.push(fault(file, undefined, 'dead-link', `${url}: no such file`));
  }
  return [];
}

function deadFragments({ ids, fragments }) {
  const dead = ({ target }) => ids.has(target.file) && target.fragment !== 'top' && !ids.get(target.file).has(target.fragment);
  return fragments.filter(dead).map(({ file, reference, target }) =>
    fault(file, reference.line, 'dead-fragment', `${reference.from} ${reference.url}: no id "${target.fragment}" in ${target.file}`));
}

async function deadOverHttp(server, targets) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const results = await each([...targets], async ([target, from]) => {
    const status = await head(agent, server.base + encoded(target));
    return status === 200 ? null : fault(from.file, from.line, 'dead-link', `${target}: HTTP ${status}`);
  }, 8);
  agent.destroy();
  return results.filter(Boolean);
}

const head = (agent, url) => new Promise((done, failed) =>
  http.request(url, { method: 'HEAD', agent }, response => { response.resume(); done(response.statusCode); }).on('error', failed).end());

// In Chromium.

async function liveFaults({ site, chosen, browser, server, judged }) {
  const transports = [['file://', `${pathToFileURL(site.dir).href}/`], ['HTTP', server.base]].map(([name, base]) =>
    ({ name, base, judged: new Set(judged.map(({ file, url }) => absolute(url, base + encoded(file)))) }));
  const found = await each(transports, transport => withPage(browser, {}, async (_, context) => {
    await context.addInitScript(recordViolations);
    const faults = [];
    for (const name of chosen) faults.push(...await visit(site, context, transport, name));
    return faults;
  }));
  return merge(found.flat());
}

/** A tab of its own for each page, so that what comes late is not laid at another's door. */
async function visit(site, context, transport, name) {
  const faults = [];
  const say = (code, message) => faults.push({ page: name, code, message: message.replaceAll(transport.base, ''), transport: transport.name });
  const page = await context.newPage();
  watch(page, transport, say);
  await open(page, transport.base + encoded(name)).catch(error => say('failed-request', error.message.split('\n')[0]));
  for (const violation of await page.evaluate(() => globalThis.__violations ?? [])) say('csp', violation);
  for (const url of await liveLinks(page)) if (isDead(site, transport, url)) say('dead-link', `${url}: scripts write this link; no such file`);
  await page.close();
  return faults;
}

/** Runs in the page, before any script of its own. */
function recordViolations() {
  globalThis.__violations = [];
  document.addEventListener('securitypolicyviolation', event =>
    globalThis.__violations.push(`${event.effectiveDirective} forbids ${event.blockedURI}${event.sample ? ` (${event.sample})` : ''}`));
}

function watch(page, { base, judged }, say) {
  const isNew = url => !judged.has(absolute(url, base));
  page.on('console', message => message.type() === 'error' && !isEcho(message.text()) && say('console-error', message.text()));
  page.on('pageerror', error => say('console-error', error.message));
  page.on('request', request => isElsewhere(request.url(), base) && isNew(request.url()) && say('third-party', `requests ${request.url()}`));
  page.on('requestfailed', request => hasFailed(request, base) && isNew(request.url()) && say('failed-request', `${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', response => response.status() >= 400 && isNew(response.url()) && say('failed-request', `${response.url()}: HTTP ${response.status()}`));
}

/** What goes elsewhere fails because we cut it off; what the policy forbids is counted as a violation; the rest was dropped by its page. */
const hasFailed = (request, base) => !isElsewhere(request.url(), base) && !/csp|ERR_ABORTED/i.test(request.failure()?.errorText ?? '');
const absolute = (url, base) => (URL.canParse(url, base) ? new URL(url, base).href.split('#')[0] : url);
const encoded = file => file.split('/').map(encodeURIComponent).join('/');

/** Chromium repeats on the console what is counted already as a request or a violation. */
const isEcho = text => text.startsWith('Failed to load resource') || /Content[ -]Security[ -]Policy|blocked by CORS policy/.test(text);
const isElsewhere = (url, base) => !url.startsWith(base) && !/^(data|blob|about):/.test(url);

const liveLinks = page => page.evaluate(() => [...new Set([...document.links].map(link => link.href))]);

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
