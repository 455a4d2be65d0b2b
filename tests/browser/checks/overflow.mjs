// No page scrolls sideways: on the narrowest screen, with text at twice its size, or both. And the text does grow.

import { each, open, withPage } from '../lib/browser.mjs';
import { distinct, fault } from '../lib/fault.mjs';

const VIEWS = [{ width: 320, text: 1 }, { width: 320, text: 2 }, { width: 1280, text: 2 }, { width: 3840, text: 1 }];

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function overflow({ chosen, browser, server }) {
  const found = await each(chosen, name => measure(browser, server, name));
  return { unit: 'pages', checked: chosen.length, faults: distinct(found.flat()) };
}

function measure(browser, server, name) {
  return withPage(browser, {}, async (page, context) => {
    const faults = [];
    const sizes = new Map();
    const debug = await context.newCDPSession(page);
    for (const { width, text } of VIEWS) {
      await page.setViewportSize({ width, height: 900 });
      await debug.send('Page.setFontSizes', { fontSizes: { standard: 16 * text, fixed: 13 * text } });
      await open(page, server.base + name);
      const { over, culprits, size } = await page.evaluate(sideways);
      sizes.set(`${width} ${text}`, size);
      const view = `at ${width} px, text at ${text * 100} %`;
      if (over > 0) faults.push(fault(name, undefined, 'scrolls-sideways', `${view}: ${over} px too wide: ${culprits.join(', ') || 'no element found'}`));
    }
    if (sizes.get('320 2') < 1.5 * sizes.get('320 1')) faults.push(fault(name, undefined, 'fixed-text', 'text keeps its size when the reader asks for twice (sizes in px?)'));
    return faults;
  });
}

/** Runs in the page: how many pixels too wide, and the innermost elements that stick out. */
function sideways() {
  const root = document.documentElement;
  const limit = root.clientWidth;
  const scrolls = element => element !== root && element !== document.body && getComputedStyle(element).overflowX !== 'visible';
  const clipped = element => { for (let e = element.parentElement; e; e = e.parentElement) if (scrolls(e)) return true; return false; };
  const sticksOut = element => element.getBoundingClientRect().right > limit + 1 && !clipped(element);
  const wide = [...document.body.querySelectorAll('*')].filter(sticksOut);
  const innermost = wide.filter(element => ![...element.children].some(child => wide.includes(child)));
  const name = e => e.localName + (e.id ? `#${e.id}` : '') + [...e.classList].map(c => `.${c}`).join('');
  const main = document.querySelector('main p') ?? document.body;
  return { over: root.scrollWidth - limit, culprits: [...new Set(innermost.map(name))].slice(0, 5), size: parseFloat(getComputedStyle(main).fontSize) };
}
