// The preview's part in a page: no build writes it.
//
// 1. Scroll and open details are put back after a reload.
// 2. The server tells the state, at once and after each change: another page is reloaded, another stylesheet swapped.
// 3. Faults lie over the page until they are mended; warnings are a number in a corner.
// 4. Beside each quote, the passage of the capture around it.
//
// The page's policy allows no inline style: all of ours are constructed stylesheets within shadow roots.
(() => {
  'use strict';
  const own = document.currentScript;
  const at = name => new URL(name, own.src).href;
  const path = location.pathname;
  const memory = `sourcebook:${path}`;
  let { page, css, assets } = own.dataset;

  // 1. What the reader did to the page.

  /** A name of `details` that holds while the page around it changes. */
  const nameOf = (details, seen) => {
    const summary = details.querySelector('summary')?.textContent.trim() ?? '';
    const key = details.id || `${details.parentElement.closest('[id]')?.id ?? ''}/${summary}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return `${key}/${seen.get(key)}`;
  };

  const eachDetails = use => {
    const seen = new Map();
    for (const details of document.querySelectorAll('details')) use(details, nameOf(details, seen));
  };

  /** The element that stands nearest to the top of the window, so that a change above it does not move the text. */
  const anchor = () => {
    let best = null;
    for (const element of document.querySelectorAll('main [id]')) {
      if (element.getClientRects().length === 0) continue;
      const top = element.getBoundingClientRect().top;
      if (top > innerHeight / 2) break;
      best = { id: element.id, top };
    }
    return best;
  };

  const remember = () => {
    const open = {};
    eachDetails((details, name) => { open[name] = details.open; });
    const state = { open, anchor: scrollY > 0 ? anchor() : null, x: scrollX, y: scrollY, focus: document.activeElement?.id ?? '' };
    try { sessionStorage.setItem(memory, JSON.stringify(state)); } catch { /* private mode */ }
  };

  const restore = () => {
    let state = null;
    try { state = JSON.parse(sessionStorage.getItem(memory)); sessionStorage.removeItem(memory); } catch { /* nothing was kept */ }
    history.scrollRestoration = 'auto';
    if (!state) return;
    eachDetails((details, name) => { if (name in state.open) details.open = state.open[name]; });
    const place = () => {
      const element = state.anchor && document.getElementById(state.anchor.id);
      const y = element ? scrollY + element.getBoundingClientRect().top - state.anchor.top : state.y;
      scrollTo({ left: state.x, top: y, behavior: 'instant' });
    };
    let moved = false;
    const stop = () => { moved = true; };
    for (const event of ['wheel', 'touchstart', 'keydown', 'pointerdown']) addEventListener(event, stop, { once: true, passive: true });
    const settle = () => { if (!moved) place(); };
    place();
    if (state.focus) document.getElementById(state.focus)?.focus({ preventScroll: true });
    addEventListener('load', () => { settle(); document.fonts.ready.then(settle); }, { once: true });
  };

  const reload = () => {
    remember();
    history.scrollRestoration = 'manual';
    location.reload();
  };

  // 2. What the server tells.

  /** The new stylesheet stands before the old one goes: nothing is ever shown without. */
  const swap = next => {
    const links = [...document.querySelectorAll('link[rel~=stylesheet]')].filter(link => link.href.endsWith(css));
    if (!css || !next || links.length === 0) return reload();
    for (const link of links) {
      const fresh = link.cloneNode();
      fresh.href = link.href.slice(0, -css.length) + next;
      fresh.addEventListener('load', () => link.remove(), { once: true });
      fresh.addEventListener('error', reload, { once: true });
      link.after(fresh);
    }
    css = next;
  };

  let reloading = false;
  const hear = state => {
    show(state);
    if (state.captures) offerPassages();
    if (reloading) return;
    const other = state.page !== null && (state.page !== page || state.assets !== assets);
    if (other) { reloading = true; reload(); } else if (state.page !== null && state.css !== css) swap(state.css);
  };

  let events = null;
  const listen = () => {
    events?.close();
    events = null;
    // A hidden page does not take up one of the browser's few connections; shown again, it hears the state at once.
    if (document.hidden) return;
    events = new EventSource(at(`events?page=${encodeURIComponent(path)}`));
    events.onmessage = event => hear(JSON.parse(event.data));
    events.onerror = () => {
      if (events?.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  };
  document.addEventListener('visibilitychange', listen);
  addEventListener('pageshow', event => { if (event.persisted) listen(); });
  addEventListener('pagehide', () => events?.close());

  // 3. What is wrong.

  const sheet = text => {
    const style = new CSSStyleSheet();
    style.replaceSync(text);
    return style;
  };
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const shadow = (host, style) => {
    const root = host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    return root;
  };

  const PANEL = sheet(`
    :host { all: initial; }
    * { box-sizing: border-box; }
    .faults { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 70vh; overflow: auto; padding: 1rem 1.25rem 1.25rem;
      background: #1d1b1a; color: #f3efe9; border-top: 4px solid #e5534b; font: 14px/1.5 system-ui, sans-serif; }
    .faults[hidden], .count[hidden] { display: none; }
    .warnings { border-top-color: #d9a441; }
    h2 { margin: 0 3rem .5rem 0; font-size: 1rem; }
    ol { margin: 0; padding: 0; list-style: none; }
    li { padding: .6rem 0; border-top: 1px solid #4a4542; }
    a { color: #9ecbff; }
    pre { margin: .25rem 0 0; overflow-x: auto; font: 13px/1.45 ui-monospace, monospace; white-space: pre; }
    button { font: inherit; color: inherit; background: #3a3633; border: 1px solid #6b645f; border-radius: 4px; padding: .15rem .6rem; cursor: pointer; }
    .close { position: absolute; right: 1rem; top: .8rem; }
    .count { position: fixed; right: .75rem; bottom: .75rem; z-index: 2147483646; background: #1d1b1a; color: #ffd479; border-color: #d9a441;
      border-radius: 999px; font: 13px/1.5 system-ui, sans-serif; }
    @media print { :host { display: none; } }
  `);

  let panel = null;
  let closed = '';
  const show = state => {
    if (!panel) {
      if (state.faults.length + state.warnings.length === 0) return;
      const host = make('div', { id: 'sourcebook-faults' });
      panel = shadow(host, PANEL);
      document.body.append(host);
    }
    const focused = panel.activeElement?.className;
    const key = JSON.stringify(state.faults);
    const count = (n, one) => `${n} ${one}${n === 1 ? '' : 's'}`;
    const faults = list(state.faults, count(state.fault_count, 'fault'), 'faults', 'alert');
    const warnings = list(state.warnings, count(state.warning_count, 'warning'), 'faults warnings', 'region');
    const badge = make('button', { className: 'count', type: 'button', textContent: count(state.warning_count, 'warning') });
    faults.hidden = state.faults.length === 0 || closed === key;
    warnings.hidden = true;
    badge.hidden = state.warnings.length === 0 || !faults.hidden;
    badge.onclick = () => { warnings.hidden = !warnings.hidden; };
    faults.querySelector('.close').onclick = () => { closed = key; faults.hidden = true; badge.hidden = state.warnings.length === 0; };
    warnings.querySelector('.close').onclick = () => { warnings.hidden = true; };
    panel.replaceChildren(faults, warnings, badge);
    if (focused) panel.querySelector(`.${focused}`)?.focus({ preventScroll: true });
  };

  const list = (items, title, className, role) => {
    const entry = ({ text, place, href }) => {
      const link = place ? [href ? make('a', { href, textContent: place }) : make('span', { textContent: place })] : [];
      return make('li', {}, ...link, make('pre', { textContent: text }));
    };
    const box = make('div', { className }, make('h2', { textContent: title }),
      make('button', { className: 'close', type: 'button', textContent: '×', ariaLabel: 'close' }), make('ol', {}, ...items.map(entry)));
    box.setAttribute('role', role);
    return box;
  };

  // 4. The capture around a quote.

  const PASSAGE = sheet(`
    :host { display: block; margin: .25rem 0; }
    button { font: 12px/1.4 system-ui, sans-serif; color: inherit; background: none; border: 1px dashed currentColor; border-radius: 4px; opacity: .7; cursor: pointer; }
    .text { font: 13px/1.5 system-ui, sans-serif; white-space: pre-line; margin: .4rem 0; padding: .6rem .8rem; border-left: 3px dashed currentColor; max-height: 24rem; overflow: auto; }
    .text[hidden] { display: none; }
    mark { background: #ffe58a; color: #000; }
    @media print { :host { display: none; } }
  `);

  let offered = false;
  const offerPassages = () => {
    if (offered) return;
    offered = true;
    for (const evidence of document.querySelectorAll('.evidence')) {
      const quote = evidence.querySelector('blockquote');
      const source = evidence.querySelector('a.source');
      if (quote && source) offer(evidence, quote, source);
    }
  };

  const offer = (evidence, quote, source) => {
    const host = make('div', { className: 'sourcebook-passage' });
    const root = shadow(host, PASSAGE);
    const text = make('div', { className: 'text', hidden: true });
    const button = make('button', { type: 'button', textContent: 'capture' });
    button.setAttribute('aria-expanded', 'false');
    root.append(button, text);
    evidence.append(host);
    let asked = false;
    button.onclick = async () => {
      text.hidden = !text.hidden;
      button.setAttribute('aria-expanded', String(!text.hidden));
      if (asked) return;
      asked = true;
      const folder = new URL(source.href).pathname.replace(/index\.html$/, '');
      const locator = evidence.querySelector('.locator')?.textContent.trim();
      const query = new URLSearchParams({ source: folder, quote: quote.textContent.trim(), ...(locator ? { locator } : {}) });
      const response = await fetch(at(`evidence?${query}`));
      if (!response.ok) { text.textContent = await response.text(); return; }
      const { state, pieces, place } = await response.json();
      text.replaceChildren(...pieces.map(piece => piece.quoted ? make('mark', { textContent: piece.text }) : piece.text));
      if (pieces.length === 0) text.textContent = state;
      if (place) button.textContent = `capture, ${place}`;
    };
  };

  restore();
  listen();
})();
