// No page scrolls sideways: on the narrowest screen, with text at twice its size, or both. And the text does grow.

import { each, open, withPage } from '../lib/browser.mjs';
import { FACES } from '../lib/faces.mjs';
import { distinct, fault } from '../lib/fault.mjs';
import { encoded } from '../lib/site.mjs';

const VIEWS = [{ width: 320, text: 1 }, { width: 320, text: 2 }, { width: 1280, text: 2 }, { width: 3840, text: 1 },
  ...FACES.slice(1).flatMap(face => [{ width: 320, text: 1, face }, { width: 320, text: 2, face }])];

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function overflow({ chosen, browser, server }) {
  const views = await each(VIEWS, view => measureAll(browser, server, chosen, view));
  const faults = chosen.flatMap((name, i) => judge(name, views.map(measures => measures[i])));
  return { unit: 'pages', checked: chosen.length, faults: distinct(faults) };
}

/** One view, page after page. The reader's font size is set as the browser's settings set it, so `em` in media queries follows. */
function measureAll(browser, server, chosen, { width, text, face }) {
  return withPage(browser, { face, viewport: { width, height: 900 } }, async (page, context) => {
    const debug = await context.newCDPSession(page);
    await debug.send('Page.setFontSizes', { fontSizes: { standard: 16 * text, fixed: 13 * text } });
    const measures = [];
    for (const name of chosen) {
      await open(page, server.base + encoded(name));
      measures.push(await page.evaluate(sideways));
    }
    return measures;
  });
}

function judge(name, measures) {
  const faults = [];
  VIEWS.forEach(({ width, text, face }, i) => {
    const { over, culprits } = measures[i];
    const view = `at ${width} px, text at ${text * 100} %${face ? `, in ${face}` : ''}`;
    // What sticks out in the theme's own face is told once.
    const own = VIEWS.findIndex(v => !v.face && v.width === width && v.text === text);
    if (over > 0 && (own === i || measures[own].over <= 0)) faults.push(fault(name, undefined, 'scrolls-sideways', `${view}: ${over} px too wide: ${culprits.join(', ') || 'no element found'}`));
  });
  const [normal, twice] = measures.map(m => m.size);
  if (twice < 1.5 * normal) faults.push(fault(name, undefined, 'fixed-text', `text stays at ${twice} px when the reader asks for twice its size (sizes in px?)`));
  return faults;
}

/** Runs in the page: how many pixels too wide, and the innermost elements that stick out. */
function sideways() {
  const root = document.documentElement;
  const limit = root.clientWidth;
  const scrolls = element => element !== root && element !== document.body && getComputedStyle(element).overflowX !== 'visible';
  const clipped = element => { for (let e = element.parentElement; e; e = e.parentElement) if (scrolls(e)) return true; return false; };
  const right = element => { const box = element.getBoundingClientRect(); return scrolls(element) ? box.right : Math.max(box.right, box.left + element.scrollWidth); };
  const sticksOut = element => right(element) > limit + 1 && !clipped(element);
  const wide = [...document.body.querySelectorAll('*')].filter(sticksOut);
  const innermost = wide.filter(element => ![...element.children].some(child => wide.includes(child)));
  const name = e => e.localName + (e.id ? `#${e.id}` : '') + [...e.classList].map(c => `.${c}`).join('');
  const main = document.querySelector('main p') ?? document.body;
  return { over: root.scrollWidth - limit, culprits: [...new Set(innermost.map(name))].slice(0, 5), size: parseFloat(getComputedStyle(main).fontSize) };
}
