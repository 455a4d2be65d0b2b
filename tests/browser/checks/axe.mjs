// The chosen pages obey WCAG 2.2 AA and common good practice, as far as axe-core can see: both schemes, narrow and wide;
// narrow also in faces that the checks bring.

import axeCore from 'axe-core/axe.min.js';
import { each, open, withPage } from '../lib/browser.mjs';
import { FACES } from '../lib/faces.mjs';
import { distinct, fault } from '../lib/fault.mjs';
import { encoded } from '../lib/site.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const VIEWS = ['light', 'dark'].flatMap(scheme => [320, 1440].map(width => ({ scheme, width, face: 'own' })));
const BROUGHT = FACES.slice(1).map(face => ({ scheme: 'light', width: 320, face }));

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function axe({ chosen, browser, server }) {
  const found = await each([...VIEWS, ...BROUGHT], view => lookAtAll(browser, server, chosen, view));
  return { unit: 'pages', checked: chosen.length, faults: merge(found.flat()) };
}

/** One view, one tab, page after page: a new tab for each page would take longer than the look itself. */
function lookAtAll(browser, server, chosen, { scheme, width, face }) {
  return withPage(browser, { face, colorScheme: scheme, viewport: { width, height: 900 } }, async page => {
    const found = [];
    for (const name of chosen) {
      const violations = await look(page, server.base + encoded(name));
      found.push(...violations.map(v => ({ page: name, view: `${scheme} ${width}${face === 'own' ? '' : ` ${face}`}`, ...v })));
    }
    return found;
  });
}

async function look(page, url) {
  await open(page, url);
  // Evaluated through the debugger, which the page's policy does not bind; so the policy stays in force.
  await page.evaluate(axeCore.source);
  return page.evaluate(async tags => {
    const { violations } = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return violations.flatMap(v => v.nodes.map(n => ({ code: v.id, help: v.help, target: n.target.flat().join(' '), summary: n.failureSummary })));
  }, TAGS);
}

/** The measured part of a summary (a contrast, a size), which says more than the rule's title. */
const detail = v => v.summary.split('\n').slice(1).map(line => line.trim()).join('; ');

/** One fault for each element and rule, with the views that show it. */
function merge(found) {
  const met = new Map();
  for (const f of found) {
    const key = `${f.page} ${f.code} ${f.target}`;
    if (!met.has(key)) met.set(key, { ...f, views: [] });
    met.get(key).views.push(f.view);
  }
  return distinct([...met.values()].map(f => {
    const seen = f.views.length === VIEWS.length + BROUGHT.length ? '' : ` [${f.views.join(', ')}]`;
    return fault(f.page, undefined, f.code, `${f.target}: ${f.help}${seen}: ${detail(f)}`);
  }));
}
