// The desk's form: fields with what is offered, an edit shown as a diff while it is typed, and written by Enter.

import { ask, make, names, t } from '/desk.js';

/** How long typing rests before the edit is worked out again, in ms. */
const REST = 250;

/** Fields that most records need; the others stand below them, folded. */
const FIRST = ['statement', 'by', 'question', 'answer', 'second', 'quote', 'translation', 'because', 'claim', 'name', 'type', 'title',
  'date', 'place', 'text', 'kind', 'unit', 'author', 'publisher', 'published', 'url', 'checker', 'day', 'remark'];

const KINDS = { actor: ['actor'], actors: ['actor'], place: ['place', 'actor'], question: ['question'], claim: ['claim'],
  anything: ['actor', 'event', 'place', 'claim'] };

/**
 * Opens a form in the panel. `done` is told what was written, or nothing if the writer went away.
 */
export function open(panel, form, extra, done) {
  const inputs = new Map();
  const state = { wanted: 0, shown: null, timer: 0, busy: false };
  const heading = make('h2', { id: 'panel-title', textContent: t(`makes.${form.makes}`) });
  const told = make('p', { className: 'told' });
  const fault = make('p', { className: 'fault', role: 'alert', hidden: true });
  const first = make('div', { className: 'fields' });
  const rest = make('div', { className: 'fields' });
  const more = make('details', {}, make('summary', { textContent: t('more') }), rest);
  const diff = make('div', { className: 'diff', tabIndex: 0 });
  diff.setAttribute('role', 'group');
  diff.setAttribute('aria-label', t('diff'));
  const found = make('ul', { className: 'found' });
  const submit = make('button', { type: 'submit', textContent: t('write') });
  const close = make('button', { type: 'button', textContent: t('close') });
  const foot = make('div', { className: 'foot' }, fault, make('div', { className: 'buttons' }, submit, close), found, diff);
  const element = make('form', { noValidate: true }, heading, first, told, more, foot);
  element.setAttribute('aria-labelledby', 'panel-title');
  let number = 0;

  for (const field of form.fields) {
    if (field.shape === 'kept') { inputs.set(field.key, { get: () => field.value }); continue; }
    if (field.shape === 'told') {
      inputs.set(field.key, { get: () => field.value });
      const words = field.key === 'marks' || field.key === 'found' ? t(`${field.key}.${field.value}`) : field.value.replaceAll('\n', ' · ');
      if (words) told.append(make('span', { className: `of-${field.key}`, textContent: words }));
      continue;
    }
    const built = build(field);
    inputs.set(field.key, built);
    const chips = make('div', { className: 'chips' });
    // An answer brings its question with it.
    if (field.shape !== 'choice' && field.shape !== 'question') {
      // What is filled in already need not be offered.
      for (const option of field.options.filter(({ value }) => value !== field.value).slice(0, 3)) {
        number += 1;
        chips.append(chip(number, field, option, inputs, form));
      }
    }
    const label = make('label', { htmlFor: built.input.id, textContent: t(`field.${field.key}`) });
    (FIRST.includes(field.key) && (field.key !== 'second' || field.options.length > 0) ? first : rest).append(make('div', { className: `field of-${field.key}` }, label, ...built.elements, chips));
  }
  more.hidden = rest.childElementCount === 0;
  panel.replaceChildren(element);
  panel.hidden = false;

  const values = () => Object.fromEntries([...inputs].map(([key, { get }]) => [key, get()]));
  const tell = (why, field) => {
    fault.hidden = !why;
    fault.textContent = why;
    for (const { input } of inputs.values()) input?.removeAttribute('aria-invalid');
    const input = field && inputs.get(field)?.input;
    if (!input) return;
    input.setAttribute('aria-invalid', 'true');
    if (more.contains(input)) more.open = true;
  };

  /** Works the edit out and shows it; gives what may be written. */
  const propose = async () => {
    const wanted = ++state.wanted;
    const answer = await ask('propose', { makes: form.makes, values: values(), ...extra });
    if (wanted !== state.wanted) return null;
    state.shown = wanted;
    diff.replaceChildren();
    found.replaceChildren();
    submit.disabled = false;
    if (answer.error) { tell(t(`fault.${answer.error}`)); return null; }
    if (answer.fault) { tell(t(`fault.${answer.fault.why}`, { word: answer.fault.word }), answer.fault.field); return null; }
    tell('');
    diff.append(make('p', { className: 'path', textContent: answer.path }));
    const lines = make('pre');
    for (const { sign, number: line, text } of answer.diff) {
      const name = { '+': 'ins', '-': 'del', ' ': 'span' }[sign];
      lines.append(make(name, { textContent: `${String(line).padStart(4)} ${sign} ${text}\n` }));
    }
    diff.append(lines);
    for (const { code, is_fault: is, message, place, help } of answer.found) {
      const item = make('li', { className: is ? 'is-fault' : '' }, make('strong', { textContent: code }), ` ${message}`);
      if (place) item.append(make('small', { textContent: ` ${place}` }));
      for (const advice of help) item.append(make('br'), make('small', { textContent: advice }));
      found.append(item);
    }
    return answer.token;
  };
  let ready = propose();
  const later = () => {
    clearTimeout(state.timer);
    ready = null;
    state.timer = setTimeout(() => { ready = propose(); }, REST);
  };
  element.addEventListener('input', later);
  element.addEventListener('chosen', event => { answerOf(event.detail, form, inputs); later(); });

  const finish = result => {
    clearTimeout(state.timer);
    state.wanted += 1;
    panel.hidden = true;
    panel.replaceChildren();
    done(result);
  };
  element.addEventListener('submit', async event => {
    event.preventDefault();
    if (state.busy) return;
    state.busy = true;
    clearTimeout(state.timer);
    // What is not shown yet is shown first: only what was shown can be written.
    const token = await (ready ?? propose());
    const answer = token ? await ask('apply', { token }) : null;
    state.busy = false;
    if (answer && !answer.error) return finish({ ...answer, id: inputs.get('id')?.get(), checker: inputs.get('checker')?.get(), makes: form.makes });
    if (answer) tell(t(`fault.${answer.error}`));
    ready = null;
    element.querySelector('[aria-invalid]')?.focus();
  });
  close.addEventListener('click', () => finish(null));
  element.addEventListener('keydown', event => {
    const isText = event.target.tagName === 'TEXTAREA';
    if (event.key === 'Escape' && !event.defaultPrevented) { event.preventDefault(); finish(null); }
    else if (event.key === 'Enter' && isText && !event.shiftKey && !event.isComposing) { event.preventDefault(); element.requestSubmit(); }
    else if (event.altKey && /^[1-9]$/.test(event.key)) {
      const chosen = element.querySelector(`[data-chip="${event.key}"]`);
      if (chosen) { event.preventDefault(); chosen.click(); }
    }
  });
  const start = element.querySelector('textarea, input');
  start?.focus();
  start?.select?.();
}

/** A question that was chosen brings the answer that stands in the words. */
function answerOf(key, form, inputs) {
  if (key !== 'question') return;
  const answer = inputs.get('answer');
  const offered = form.fields.find(field => field.key === 'answer')?.options ?? [];
  const match = offered.find(option => option.label === inputs.get('question').get());
  if (match && answer && !answer.get()) answer.set(match.value);
}

/** An offer, and the number by which the keyboard takes it. */
function chip(number, field, option, inputs, form) {
  const question = form.fields.find(({ key }) => key === 'question')?.options.find(({ value }) => value === option.label);
  const named = option.label === option.value ? option.value : `${option.label} (${option.value})`;
  const own = field.key === 'answer' ? `${option.value} — ${question?.label ?? option.label}` : named;
  const button = make('button', { type: 'button', tabIndex: -1, title: option.value }, make('kbd', { textContent: `Alt ${number}` }), ` ${own}`);
  button.dataset.chip = String(number);
  button.addEventListener('click', () => {
    inputs.get(field.key).set(option.value);
    if (field.key === 'answer') inputs.get('question')?.set(option.label);
    button.dispatchEvent(new CustomEvent('chosen', { bubbles: true, detail: field.key }));
  });
  return button;
}

let count = 0;

function build(field) {
  count += 1;
  const id = `field-${count}`;
  if (field.shape === 'choice') {
    const input = make('select', { id }, ...field.options.map(({ value, label }) =>
      make('option', { value, textContent: value === '' ? t(`none.${field.key}`) : label })));
    input.value = field.value;
    return { input, elements: [input], get: () => input.value, set: value => { input.value = value; } };
  }
  if (field.shape === 'text') {
    const input = make('textarea', { id, rows: 3, value: field.value });
    return { input, elements: [input], get: () => input.value, set: value => { input.value = value; } };
  }
  const input = make('input', { id, value: field.value, autocomplete: 'off', spellcheck: field.shape === 'line' });
  const elements = KINDS[field.shape] ? [input, named(input, field)] : [input];
  return { input, elements, get: () => input.value, set: value => { input.value = value; } };
}

/** A list of the records that answer to what is typed (the pattern "combobox" of WAI-ARIA). */
function named(input, field) {
  const list = make('ul', { id: `${input.id}-list`, hidden: true });
  const kinds = KINDS[field.shape];
  const isMany = field.shape === 'actors' || field.shape === 'anything';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', t(`field.${field.key}`));
  for (const [key, value] of Object.entries({ role: 'combobox', 'aria-controls': list.id, 'aria-expanded': 'false', 'aria-autocomplete': 'list' })) {
    input.setAttribute(key, value);
  }
  let active = -1;
  const hide = () => { list.hidden = true; active = -1; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); };
  const last = () => (isMany ? input.value.split(',').at(-1) : input.value).trim();
  const take = option => {
    const before = isMany ? input.value.split(',').slice(0, -1).map(part => part.trim()) : [];
    input.value = [...before, option.dataset.id].join(', ');
    hide();
    input.dispatchEvent(new CustomEvent('chosen', { bubbles: true, detail: field.key }));
  };
  const mark = at => {
    active = at;
    [...list.children].forEach((option, n) => option.setAttribute('aria-selected', String(n === at)));
    const option = list.children[at];
    if (option) { input.setAttribute('aria-activedescendant', option.id); option.scrollIntoView({ block: 'nearest' }); }
  };
  const show = typed => {
    const offered = typed ? [] : field.options.map(({ value, label }) => [value, '', label, []]);
    const found = typed ? search(typed, kinds) : offered;
    list.replaceChildren(...found.map(([id, kind, label], n) => {
      const option = make('li', { id: `${list.id}-${n}` }, label, make('small', { textContent: ` ${id}${kind && kinds.length > 1 ? ` · ${kind}` : ''}` }));
      option.setAttribute('role', 'option');
      option.dataset.id = id;
      option.addEventListener('pointerdown', event => { event.preventDefault(); take(option); });
      return option;
    }));
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    mark(found.length > 0 && typed ? 0 : -1);
  };
  input.addEventListener('input', () => show(last()));
  input.addEventListener('blur', () => {
    // What was typed and means one record is that record.
    if (!list.hidden && active >= 0) take(list.children[active]); else hide();
  });
  input.addEventListener('keydown', event => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && list.hidden) { event.preventDefault(); show(last()); }
    else if (move) { event.preventDefault(); mark((active + move + list.childElementCount) % list.childElementCount); }
    else if (event.key === 'Enter' && !list.hidden && active >= 0) { event.preventDefault(); take(list.children[active]); }
    else if (event.key === 'Escape' && !list.hidden) { event.preventDefault(); hide(); }
  });
  return list;
}

const level = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Records by the beginnings of the words of their names, other names and ids. */
function search(typed, kinds) {
  const wanted = level(typed).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const found = [];
  for (const entry of names()) {
    const [id, kind, label, others] = entry;
    if (!kinds.includes(kind)) continue;
    const words = level([id, label, ...others].join(' ')).split(/[^\p{L}\p{N}]+/u);
    if (!wanted.every(part => words.some(word => word.startsWith(part)))) continue;
    found.push([id.startsWith(typed) || level(label).startsWith(level(typed)) ? 0 : 1, entry]);
  }
  found.sort((a, b) => a[0] - b[0]);
  return found.slice(0, 8).map(([, entry]) => entry);
}
