// The desk: sources to read, with what claims use of them, and records made of what is selected.
//
// 1. The secret of the run stands behind `#` in the address; it goes with every request, and out of the address bar.
// 2. The server tells of each change; the list, the text and the names follow.
// 3. A sentence is under the cursor: the document's own selection, so that what is selected by hand and by key is one.
// 4. A key opens a form (fields.js), which shows its edit before it is written.

import { open } from '/fields.js';

const $ = id => document.getElementById(id);
const encoder = new TextEncoder();
const bytes = text => encoder.encode(text).length;

let words = {};
let known = [];
let current = { number: 0 };
let view = null;
let lastClaim = '';
let checker = '';
let waitingIsOpen = false;

// 1. What is asked.

const secret = (() => {
  const given = location.hash.slice(1);
  try {
    if (given) sessionStorage.setItem('secret', given);
    history.replaceState(null, '', '/');
    return given || sessionStorage.getItem('secret') || '';
  } catch { return given; }
})();

/** Asks the server; a body makes it a POST. An answer has `error` where it is none. */
export async function ask(what, body) {
  const isFile = body instanceof Blob;
  const type = isFile ? 'application/octet-stream' : 'application/json';
  const headers = { 'x-sourcebook-secret': secret, ...(body ? { 'content-type': type } : {}) };
  try {
    const response = await fetch(`/api/${what}`, { method: body ? 'POST' : 'GET', headers, body: isFile || !body ? body : JSON.stringify(body) });
    if (response.headers.get('content-type') === 'application/json') return await response.json();
    return { error: response.status === 403 ? 'no-secret' : 'failed' };
  } catch { return { error: 'gone' }; }
}

/** A word of the interface, with its parts. */
export function t(key, parts = {}) {
  const found = key.split('.').reduce((tree, name) => tree?.[name], words);
  const text = typeof found === 'string' ? found : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
}

export const names = () => known;

export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

const say = text => { $('status').textContent = text; };

// 2. What the server tells.

async function start() {
  const first = await ask('words');
  if (first.error) {
    // Without an answer there are no words: in all languages of the interface.
    $('main').append(make('p', { className: 'lost', textContent:
      'Open the address that the terminal shows. — Ouvrez l’adresse que montre le terminal. — Öffnen Sie die Adresse, die das Terminal zeigt.' }));
    return;
  }
  words = first.words ?? {};
  document.documentElement.lang = first.language;
  document.title = `${first.title} · ${t('title')}`;
  $('title').textContent = first.title || 'sourcebook';
  $('undo').addEventListener('click', undo);
  $('help').addEventListener('click', help);
  $('help').ariaLabel = t('keys.title');
  $('list').ariaLabel = t('sources');
  $('panel').ariaLabel = t('panel');
  let state = await ask('state');
  for (;;) {
    if (state.error) {
      say(t(`fault.${state.error}`));
      await new Promise(done => setTimeout(done, 1000));
      state = await ask('state');
      continue;
    }
    const isNew = state.number !== current.number;
    current = state;
    if (isNew) await show();
    document.body.dataset.number = String(current.number);
    state = await ask(`state?after=${state.number}`);
  }
}

async function show() {
  $('undo').hidden = !current.undo;
  $('undo').textContent = current.undo ? t('undo', { what: current.undo }) : '';
  $('faults').hidden = current.faults.length === 0;
  $('faults').replaceChildren(...current.faults.map(({ text }) => make('pre', { textContent: text })));
  const got = await ask('names');
  if (!got.error) known = got;
  list();
  if (!view && current.sources?.length) await openSource(current.sources.find(source => source.state === 'ready')?.id ?? current.sources[0].id, true);
  else if (view?.source) await openSource(view.source, false);
}

const percent = (part, share) => {
  const whole = share.used + share.aside + share.open;
  return whole === 0 ? 0 : Math.round(part * 100 / whole);
};

function bar(share) {
  const used = percent(share.used, share), aside = percent(share.aside, share);
  const label = t('share', { used, aside, open: Math.max(0, 100 - used - aside), n: share.open_sentences });
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 100 6');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  for (const [name, x, width] of [['all', 0, 100], ['used', 0, used], ['aside', used, aside]]) {
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [key, value] of Object.entries({ class: name, x, y: 0, width, height: 6 })) rect.setAttribute(key, value);
    svg.append(rect);
  }
  return [svg, make('small', { textContent: label })];
}

function list() {
  const entry = (isOpen, text, use, ...more) => {
    const button = make('button', { type: 'button' }, text, ...more);
    if (isOpen) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', use);
    return make('li', {}, button);
  };
  const sources = (current.sources ?? []).map(({ id, title, state, why, share }) => {
    const told = share ? bar(share) : [make('small', { textContent: why ? `${t(`state.${state}`)}: ${why}` : t(`state.${state}`) })];
    return entry(view?.source === id, title, () => openSource(id, true), ...told);
  });
  const articles = (current.articles ?? []).map(({ path, title }) => entry(view?.article === path, title, () => openArticle(path)));
  const file = make('input', { type: 'file', id: 'file' });
  file.addEventListener('change', () => { if (file.files[0]) drop(file.files[0]); });
  const add = make('p', { className: 'add' }, make('label', { htmlFor: 'file', textContent: t('drop') }), file);
  const focused = document.activeElement?.closest('#list li');
  const at = focused ? [...$('list').querySelectorAll('li')].indexOf(focused) : -1;
  $('list').replaceChildren(make('h2', { textContent: t('sources') }), make('ul', {}, ...sources), add,
    make('h2', { textContent: t('articles') }), make('ul', {}, ...articles), ...waiting());
  $('list').querySelectorAll('li')[at]?.querySelector('button').focus();
}

/** Records that wait for a second pair of eyes, folded: a button signs a check, the link shows what is checked. */
function waiting() {
  const { total = 0, records = [] } = current.waiting ?? {};
  if (total === 0) return [];
  const line = ({ id, label, why, page }) => {
    const sign = make('button', { type: 'button', className: 'sign' }, t('waiting.sign'), make('small', { textContent: t(`waiting.${why}`) }));
    sign.ariaLabel = `${t('waiting.sign')}: ${label}`;
    sign.addEventListener('click', () => check(id));
    return make('li', {}, make('a', { href: page, target: '_blank', rel: 'noopener', textContent: label }), sign);
  };
  const all = make('details', { id: 'waiting', open: waitingIsOpen }, make('summary', { textContent: t('waiting.title', { n: total }) }), make('ul', {}, ...records.map(line)));
  if (total > records.length) all.append(make('p', { textContent: t('waiting.more', { n: total - records.length }) }));
  all.addEventListener('toggle', () => { waitingIsOpen = all.open; });
  return [all];
}

async function check(id) {
  const answer = await ask('form', { makes: 'check', words: id });
  if (answer.error) { say(t(`fault.${answer.error}`)); return; }
  for (const field of answer.fields) if (field.key === 'checker') field.value = checker;
  open($('panel'), answer, {}, result => {
    if (result) checker = result.checker;
    told(result);
    $('waiting')?.querySelector('summary').focus();
  });
}

// 3. A text, and what is under the cursor.

async function openSource(id, isOther) {
  const look = await ask(`source?id=${encodeURIComponent(id)}`);
  // What the rules say comes after what was written, and changes nothing here: what is selected stays so.
  const key = JSON.stringify(look);
  if (!isOther && view?.key === key) { list(); return; }
  const before = isOther ? { top: 0, sentence: null } : { top: scrollY, sentence: view?.sentence ?? null };
  view = { source: id, sentence: before.sentence, key };
  const main = $('main');
  if (look.error) {
    main.replaceChildren(make('p', { className: 'lost', textContent: t(`fault.${look.error}`) }));
    list();
    return;
  }
  const focusIn = main.contains(document.activeElement);
  const text = make('div', { id: 'text', tabIndex: 0, lang: look.language ?? '' });
  text.setAttribute('role', 'document');
  text.setAttribute('aria-label', look.title);
  for (const paragraph of look.paragraphs) text.append(paragraphOf(paragraph, look.claims));
  const legend = make('p', { className: 'legend' }, ...['used', 'aside', 'open'].map(name => make('span', { className: name, textContent: t(`legend.${name}`) })));
  main.replaceChildren(make('h2', {}, make('a', { href: look.page, target: '_blank', rel: 'noopener', textContent: look.title })),
    make('div', { className: 'share' }, ...bar(look.share)), legend, text);
  text.addEventListener('keydown', keyed);
  text.addEventListener('pointerup', () => { view.sentence = sentenceAt(getSelection().focusNode) ?? view.sentence; });
  list();
  scrollTo(0, before.top);
  if (isOther || focusIn) text.focus({ preventScroll: true });
  if (before.sentence !== null && $('panel').hidden) select(before.sentence);
}

function paragraphOf({ place, part, voice, pieces }, claims) {
  const body = make(part === 'heading' ? 'h3' : 'p');
  pieces.forEach((piece, n) => {
    const span = make('span', { textContent: piece.text });
    span.dataset.at = piece.at;
    if (piece.sentence !== null) { span.dataset.sentence = piece.sentence; span.classList.add(piece.state); }
    if (piece.claims.length > 0) span.classList.add('quoted');
    body.append(span);
    for (const claim of piece.claims) {
      if (pieces[n + 1]?.claims.includes(claim)) continue;
      const { id, statement, speakers, page } = claims[claim];
      const title = [speakers.join(', '), statement].filter(Boolean).join(': ');
      body.append(make('a', { className: 'ref', href: page, target: '_blank', rel: 'noopener', title, textContent: claim + 1, ariaLabel: `${id}: ${title}` }));
    }
  });
  const where = make('span', { className: 'place', textContent: [place, voice].filter(Boolean).join(' ') || (part === 'story' ? '' : t(`part.${part}`)) });
  return make('div', { className: `paragraph ${part}` }, where, body);
}

const spans = () => [...document.querySelectorAll('#text [data-at]')];
const ofSentence = n => [...document.querySelectorAll(`#text [data-sentence="${n}"]`)];
const sentenceAt = node => {
  const span = (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.('[data-sentence]');
  return span ? Number(span.dataset.sentence) : null;
};

/** Puts the cursor on a sentence. */
function select(n) {
  const found = ofSentence(n);
  if (found.length === 0) return;
  view.sentence = n;
  getSelection().setBaseAndExtent(found[0].firstChild, 0, found.at(-1).firstChild, found.at(-1).textContent.length);
  found[0].scrollIntoView({ block: 'nearest' });
}

const step = (by, isWanted = () => true) => {
  const all = [...new Set([...document.querySelectorAll('#text [data-sentence]')].map(span => Number(span.dataset.sentence)))];
  const at = view.sentence === null ? (by > 0 ? -1 : all.length) : all.indexOf(view.sentence);
  for (let n = at + by; n >= 0 && n < all.length; n += by) if (isWanted(all[n])) { select(all[n]); return; }
  say(t('no-more'));
};

const isOpen = n => ofSentence(n)[0]?.classList.contains('open');

/** The selection in bytes of the text, and its words; nothing where it is none of the text's. */
function selected() {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const touched = spans().filter(span => range.intersectsNode(span));
  if (touched.length === 0) return null;
  const offset = (span, container, at, otherwise) => bytes(span.textContent.slice(0, container.parentElement === span ? at : otherwise));
  const [first, last] = [touched[0], touched.at(-1)];
  const begin = Number(first.dataset.at) + offset(first, range.startContainer, range.startOffset, 0);
  const end = Number(last.dataset.at) + offset(last, range.endContainer, range.endOffset, last.textContent.length);
  const text = touched.map(span => span.textContent.slice(range.startContainer.parentElement === span ? range.startOffset : 0,
    range.endContainer.parentElement === span ? range.endOffset : undefined)).join('');
  return begin < end ? { start: begin, end, words: text.trim() } : null;
}

/** Moves an end of the selection by a word. */
function stretch(isEnd, direction) {
  const selection = getSelection();
  if (selection.rangeCount === 0) return;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  if (isEnd) selection.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
  else selection.setBaseAndExtent(endContainer, endOffset, startContainer, startOffset);
  selection.modify('extend', direction, 'word');
}

// 4. Keys, and what they open.

const RECORDS = { a: 'actor', e: 'event', p: 'place', w: 'question' };

function keyed(event) {
  const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
  const done = use => { event.preventDefault(); use(); };
  if (metaKey || altKey) return;
  if (ctrlKey) {
    if (key === 'ArrowRight') done(() => stretch(false, 'forward'));
    else if (key === 'ArrowLeft') done(() => stretch(false, 'backward'));
    else if (key === 'z') done(undo);
    return;
  }
  if (shiftKey && key === 'ArrowRight') return done(() => stretch(true, 'forward'));
  if (shiftKey && key === 'ArrowLeft') return done(() => stretch(true, 'backward'));
  if (shiftKey && key === 'ArrowDown') {
    return done(() => { const selection = getSelection(); selection.modify('extend', 'forward', 'sentence'); });
  }
  if (event.target.tagName === 'A' && key === 'Enter') return;
  switch (key) {
    case 'ArrowDown': case 'j': return done(() => step(1));
    case 'ArrowUp': case 'k': return done(() => step(-1));
    case 'n': return done(() => step(1, isOpen));
    case 'N': return done(() => step(-1, isOpen));
    case 'Enter': return done(() => form('claim'));
    case 'x': return done(() => form('aside'));
    case 'u': return done(undo);
    case '?': return done(help);
    case 's': return done(() => ($('list').querySelector('[aria-current]') ?? $('list').querySelector('button'))?.focus());
    default: if (RECORDS[key]) done(() => form(RECORDS[key]));
  }
}

async function form(makes) {
  const part = selected();
  if (!part && (makes === 'claim' || makes === 'aside')) { say(t('select-first')); return; }
  const answer = await ask('form', { makes, source: view.source, ...part });
  if (answer.error) { say(t(`fault.${answer.error}`)); return; }
  const anchor = getSelection().rangeCount ? getSelection().getRangeAt(0).cloneRange() : null;
  open($('panel'), answer, {}, result => {
    $('text')?.focus({ preventScroll: true });
    if (anchor?.startContainer.isConnected) getSelection().setBaseAndExtent(anchor.startContainer, anchor.startOffset, anchor.endContainer, anchor.endOffset);
    else if (view.sentence !== null) select(view.sentence);
    told(result);
  });
}

function told(result) {
  if (!result) return;
  if (result.makes === 'claim') lastClaim = result.told.split(':')[0];
  say(t('written', { what: result.told, place: `${result.path}:${result.line}` }));
}

async function undo() {
  const answer = await ask('undo', {});
  say(answer.error ? t(`fault.${answer.error}`) : t('undone', { what: answer.told, place: answer.path }));
}

async function drop(file) {
  const answer = await ask(`file?name=${encodeURIComponent(file.name)}`, file);
  if (answer.error || answer.fault) {
    say(answer.error ? t(`fault.${answer.error}`) : t(`fault.${answer.fault.why}`, { word: answer.fault.word }));
    return;
  }
  open($('panel'), answer.form, { dropped: answer.dropped }, result => {
    told(result);
    if (result) view = { source: result.told, sentence: null };
    $('list').querySelector('button')?.focus();
  });
}

async function openArticle(path) {
  const answer = await ask(`article?path=${encodeURIComponent(path)}`);
  if (answer.error) { say(t(`fault.${answer.error}`)); return; }
  view = { article: path, sentence: null };
  const area = make('textarea', { id: 'article', readOnly: true, value: answer.text, spellcheck: false, rows: 40 });
  area.setAttribute('aria-describedby', 'article-help');
  area.setAttribute('aria-label', path);
  const cite = async () => {
    const answerForm = await ask('form', { makes: 'cite', article: path, at: caret(answer.text, area.selectionStart), words: lastClaim });
    if (answerForm.error) { say(t(`fault.${answerForm.error}`)); return; }
    const at = area.selectionStart;
    open($('panel'), answerForm, {}, async result => {
      if (result) await openArticle(path);
      const again = $('article');
      again?.focus();
      again?.setSelectionRange(at, at);
      told(result);
    });
  };
  area.addEventListener('keydown', event => {
    if (event.key === 'Enter') { event.preventDefault(); cite(); }
    if (event.key === 'Escape') { event.preventDefault(); $('list').querySelector('[aria-current]')?.focus(); }
  });
  const title = make('h2', {}, make('a', { href: answer.page, target: '_blank', rel: 'noopener', textContent: path }));
  $('main').replaceChildren(title, make('p', { id: 'article-help', textContent: t('article-help') }), area);
  list();
  area.focus();
}

/** A place in a text area, which has one sign for each line end, in bytes of the file. */
function caret(text, at) {
  let n = 0;
  for (let seen = 0; seen < at; seen += 1) n += text.startsWith('\r\n', n) ? 2 : 1;
  return bytes(text.slice(0, n));
}

function help() {
  const keys = $('keys');
  keys.hidden = !keys.hidden;
  $('help').setAttribute('aria-expanded', String(!keys.hidden));
  const rows = Object.entries(words.keys?.list ?? {}).flatMap(([, line]) => {
    const [key, meaning] = line.split(' | ');
    return [make('dt', {}, make('kbd', { textContent: key })), make('dd', { textContent: meaning })];
  });
  keys.replaceChildren(make('h2', { textContent: t('keys.title') }), make('dl', {}, ...rows));
}

addEventListener('dragover', event => event.preventDefault());
addEventListener('drop', event => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) drop(event.dataTransfer.files[0]);
});

start();
