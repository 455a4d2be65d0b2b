// How much room things take, in the theme's own face and in those that the checks bring.
//
// - A question with at most four answers that are shown says all in 2.5 screens at 1280 px and 4 at 360 (a screen: 1000 px
//   high); the home page names an article within its first two screens.
// - The title of the dossier takes at most a third of the first screen, on the narrowest with text at 200 %.
// - No word is broken but where hyphenation or a hyphen of its own allows it.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { each, open, withPage } from '../lib/browser.mjs';
import { FACES } from '../lib/faces.mjs';
import { distinct, fault } from '../lib/fault.mjs';
import { encoded } from '../lib/site.mjs';

const SCREEN = 1000;
const ANSWERS = 4;
const VIEWS = [
  { face: 'own', width: 1280, text: 1, screens: 2.5 }, { face: 'own', width: 768, text: 1 }, { face: 'own', width: 360, text: 1, screens: 4 },
  { face: 'own', width: 320, text: 2 }, ...FACES.slice(1).map(face => ({ face, width: 320, text: 1 })),
];
/** A phone's first screen, for what stands at its head. */
const PHONE = 640;

/** @returns {Promise<import('../lib/fault.mjs').Result>} */
export async function sizes({ site, chosen, browser, server }) {
  const pages = [...new Set([...chosen, ...await questions(site)])];
  const found = await each(VIEWS, view => measureAll(browser, server, pages, view));
  return { unit: 'pages', checked: pages.length, faults: distinct(found.flat()) };
}

/** Every question's page that shows so few answers. */
async function questions(site) {
  const found = [];
  for (const file of site.pages.filter(f => /^questions\/[^/]+\/index\.html$/.test(f))) {
    const shown = (await readFile(path.join(site.dir, file), 'utf8')).match(/<li data-answer=/g)?.length ?? 0;
    if (shown > 0 && shown <= ANSWERS) found.push(file);
  }
  return found;
}

function measureAll(browser, server, pages, view) {
  const { face, width, text, screens } = view;
  return withPage(browser, { face, viewport: { width, height: SCREEN } }, async (page, context) => {
    const debug = await context.newCDPSession(page);
    await debug.send('Page.setFontSizes', { fontSizes: { standard: 16 * text, fixed: 13 * text } });
    const faults = [];
    const where = `at ${width} px${text > 1 ? `, text at ${text * 100} %` : ''}${face === 'own' ? '' : `, in ${face}`}`;
    for (const name of pages) {
      await open(page, server.base + encoded(name));
      const { height, answers, brand, article, broken } = await page.evaluate(measure);
      const say = (code, message) => faults.push(fault(name, undefined, code, `${where}: ${message}`));
      const tell = n => (n / SCREEN).toFixed(1);
      // Faces that no theme asked for are for what must not break; how long a page is, is the theme's own.
      if (screens && answers > 0 && answers <= ANSWERS && height > screens * SCREEN) say('long-question', `${answers} answers in ${tell(height)} screens, more than ${screens}`);
      if (screens && article !== null && article > 2 * SCREEN) say('late-article', `the first article is named after ${tell(article)} screens`);
      if (brand > PHONE / 3) say('tall-brand', `the title of the dossier takes ${Math.round(brand)} px of the first screen`);
      if (text === 1) for (const word of broken) say('broken-word', `"${word}" is broken`);
    }
    return faults;
  });
}

/** Runs in the page. */
function measure() {
  const style = document.createElement('style');
  // Hyphenation breaks words as it should; what breaks without it does not.
  style.textContent = '*, *::before, *::after { hyphens: manual !important }';
  const { scrollHeight: height } = document.documentElement;
  const brand = document.querySelector('.brand')?.getBoundingClientRect().height ?? 0;
  const link = document.querySelector('.page-home main a.article[href*="articles/"]');
  document.documentElement.append(style);
  const broken = new Set(), range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const around = node.parentElement;
    if (!around.checkVisibility({ visibilityProperty: true }) || around.closest('svg, pre, code, .hash, [hidden]')) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{N}]{2,}/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const tops = [...range.getClientRects()].filter(box => box.width > 0).map(box => Math.round(box.top));
      if (new Set(tops).size > 1) broken.add(word);
    }
  }
  style.remove();
  return { height, answers: document.querySelectorAll('main li[data-answer]').length, brand,
    article: link ? link.getBoundingClientRect().top + scrollY : null, broken: [...broken].slice(0, 5) };
}
