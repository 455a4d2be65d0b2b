// The chosen pages obey WCAG 2.2 AA and common good practice, as far as axe-core can see: both schemes, narrow and wide.

import axeCore from 'axe-core';
import { each, open, withPage } from '../lib/browser.mjs';
import { distinct, fault } from '../lib/fault.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const SCHEMES = ['light', 'dark'];
const WIDTHS = [320, 1440];

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function axe({ chosen, browser, server }) {
  const views = chosen.flatMap(page => SCHEMES.flatMap(scheme => WIDTHS.map(width => ({ page, scheme, width }))));
  const found = await each(views, view => look(browser, server, view));
  return { unit: 'pages', checked: chosen.length, faults: merge(found.flat(), views.length / chosen.length) };
}

function look(browser, server, { page: name, scheme, width }) {
  return withPage(browser, { colorScheme: scheme, viewport: { width, height: 900 } }, async page => {
    await open(page, server.base + name);
    // Evaluated through the debugger, which the page's policy does not bind; so the policy stays in force.
    await page.evaluate(axeCore.source);
    const violations = await page.evaluate(async tags => {
      const result = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
      return result.violations.flatMap(v => v.nodes.map(n => ({ id: v.id, help: v.help, target: n.target.flat().join(' '), summary: n.failureSummary })));
    }, TAGS);
    return violations.map(v => ({ page: name, code: v.id, view: `${scheme} ${width}`, target: v.target, help: v.help, detail: detail(v) }));
  });
}

/** The measured part of a summary (a contrast, a size), which says more than the rule's title. */
const detail = v => v.summary.split('\n').slice(1).map(line => line.trim()).join('; ');

/** One fault for each element and rule, with the views that show it. */
function merge(found, views) {
  const met = new Map();
  for (const f of found) {
    const key = `${f.page} ${f.code} ${f.target}`;
    if (!met.has(key)) met.set(key, { ...f, views: [] });
    met.get(key).views.push(f.view);
  }
  return distinct([...met.values()].map(f => {
    const seen = f.views.length === views ? '' : ` [${f.views.join(', ')}]`;
    return fault(f.page, undefined, f.code, `${f.target}: ${f.help}${seen}: ${f.detail}`);
  }));
}
