// Where a reference leads, by the rules of a browser and of a site that must work at any path of any host.

import { fault } from './fault.mjs';

// Any path of two segments would do: a site that works here works under every path.
const ROOT = 'http://site.invalid/a/b/';
const SAFE = new Set(['http:', 'https:', 'mailto:']);

/**
 * @param {import('./site.mjs').Site} site
 * @param {string} file  the file in which the reference stands
 * @param {import('./parse.mjs').Reference} reference
 * @returns {{fault: import('./fault.mjs').Fault} | {file: string, fragment: string} | null}  null: it leads outside, as it may
 */
export function resolve(site, file, reference) {
  const wrong = (code, message) => ({ fault: fault(file, reference.line, code, `${reference.from} ${reference.url}: ${message}`) });
  const { url } = reference;
  if (url === '' || url === '#') return wrong('empty-link', 'leads nowhere');
  if (isAbsolute(url)) {
    const inside = insideOwn(site.own, url);
    if (inside === null) return outside(reference, wrong);
    if (reference.kind === 'name') return null;
    // A host shows 404.html at any depth, where no relative link holds.
    if (file !== '404.html') return wrong('absolute-link', 'must be relative');
    return locate(site, new URL(inside, ROOT), wrong);
  }
  return locate(site, new URL(url, ROOT + file.split('/').map(encodeURIComponent).join('/')), wrong);
}

export const isAbsolute = url => /^([a-z][a-z0-9+.-]*:|[/\\])/i.test(url);

/** The part of an absolute URL below the site's own; null if it is elsewhere. */
function insideOwn(own, url) {
  if (!own) return null;
  const full = URL.canParse(url, own) ? new URL(url, own).href : '';
  return full.startsWith(own) ? full.slice(own.length) : null;
}

function outside({ url, kind }, wrong) {
  if (/^[/\\](?![/\\])/.test(url)) return wrong('absolute-link', 'must be relative');
  const scheme = /^[/\\]/.test(url) ? 'https:' : url.slice(0, url.indexOf(':') + 1).toLowerCase();
  if (kind === 'load') return scheme === 'data:' ? null : wrong('third-party', 'the page would fetch this from elsewhere');
  return SAFE.has(scheme) ? null : wrong('unsafe-scheme', 'is not http, https or mailto');
}

function locate(site, target, wrong) {
  if (!target.href.startsWith(ROOT)) return wrong('leaves-site', 'leads above the site');
  let name, fragment;
  try {
    name = decodeURIComponent(target.pathname.slice(new URL(ROOT).pathname.length));
    fragment = decodeURIComponent(target.hash.slice(1).replace(/:~:.*$/, ''));
  } catch { return wrong('dead-link', 'has a broken % escape'); }
  if (site.files.has(name)) return { file: name, fragment };
  const index = name === '' || name.endsWith('/') ? `${name}index.html` : `${name}/index.html`;
  if (site.files.has(index)) return wrong('folder-link', `opens a list of files, or nothing, from file://; write ${index}`);
  return wrong('dead-link', 'no such file');
}
