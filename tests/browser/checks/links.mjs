// Every link of the site leads somewhere, at any path of any host and from file://, and nothing comes from elsewhere.
//
// 1. Read every page, style sheet, SVG and XML file, and resolve each reference to a file of the site.
// 2. Resolve each fragment to an id of the page that it points into.
// 3. Ask a server under a sub-path for every target.
// 4. Open the chosen pages in Chromium, from file:// and under the sub-path: no request elsewhere, none that fails,
//    no console error, nothing that the page's own Content-Security-Policy forbids, no dead link in the live document.

import http from 'node:http';
import path from 'node:path';
import { each } from '../lib/browser.mjs';
import { distinct, fault } from '../lib/fault.mjs';
import { liveFaults } from '../lib/live.mjs';
import { readCss, readPage } from '../lib/parse.mjs';
import { isAbsolute, resolve } from '../lib/resolve.mjs';
import { encoded, fileAt, readText } from '../lib/site.mjs';

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
 * references already counted as faults, or allowed in 404.html alone, which a browser would meet again.
 */
async function readAll(site) {
  const found = { read: 0, faults: [], ids: new Map(), fragments: [], targets: new Map(), judged: [] };
  for (const file of site.files.keys()) {
    const references = await readReferences(site, file, found);
    if (!references) continue;
    found.read++;
    for (const reference of references) {
      const target = resolve(site, file, reference);
      if (!target) continue;
      note(found, file, reference, target);
    }
  }
  return found;
}

function note(found, file, reference, target) {
  if (target.fault || isAbsolute(reference.url)) found.judged.push({ file, url: reference.url });
  if (target.fault) return void found.faults.push(target.fault);
  if (!found.targets.has(target.file)) found.targets.set(target.file, { file, line: reference.line });
  if (target.fragment) found.fragments.push({ file, reference, target });
}

async function readReferences(site, file, found) {
  const extension = path.extname(file);
  if (extension === '.css') return readCss(await readText(site, file)).filter(r => !r.url.startsWith('#'));
  if (extension === '.xml') return readXml(await readText(site, file), found, site, file);
  if (extension !== '.html' && extension !== '.svg') return null;
  const page = readPage(await readText(site, file));
  found.ids.set(file, page.ids);
  if (page.base && file !== '404.html') found.faults.push(fault(file, page.base.line, 'base', `<base href="${page.base.url}"> ties every link to one place`));
  return page.references.filter(r => !(r.from === '<style>' && r.url.startsWith('#')));
}

/** Feeds and sitemaps name pages by their public URLs: those of this site must exist. */
function readXml(text, found, site, file) {
  const { own } = site;
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
