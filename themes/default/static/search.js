// The quick search: `/` or the button opens it, results come as one types. The index is made with the site (see the
// program's `search` module) and comes as scripts that call sourcebookSearch, which works from file:// too. Only the parts
// that a query needs are loaded. Nothing that is typed is kept.
(() => {
  "use strict";
  const SHOWN = 5;
  const DIGITS = "!#$%'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
  const make = (tag, attributes, ...children) => { const e = document.createElement(tag); for (const a in attributes) e.setAttribute(a, attributes[a]); e.append(...children); return e; };
  // As in script.js: what stands before the scripts, and the way to the site's root.
  const says = globalThis.sourcebookSays || {};
  const root = (document.currentScript?.getAttribute("src") || "").replace(/assets\/[^/]*$/, "");
  const start = () => { const words = document.querySelector("#search"); if (words && globalThis.HTMLDialogElement) search(built(words)); };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();

  /** The dialog, in the place of the element that has its words. */
  const built = (words) => {
    const said = { ...says.search, root, index: root + (says.search?.index || ""), ...words.dataset };
    const { title, hint, close, results, shortcut } = said;
    const dialog = make("dialog", { class: "search", id: "search", "aria-label": title },
      make("div", { class: "search-field" },
        make("input", { type: "text", enterkeyhint: "search", role: "combobox", "aria-label": title, "aria-expanded": false, "aria-controls": "search-results", "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "off", spellcheck: false, placeholder: hint }),
        make("button", { type: "button", class: "search-close", "aria-label": close }, "×")),
      make("p", { class: "search-state", role: "status" }),
      make("div", { id: "search-results", role: "listbox", "aria-label": results }),
      make("p", { class: "search-key" }, make("label", {}, make("input", { type: "checkbox", checked: "" }), " ", shortcut)));
    Object.assign(dialog.dataset, said);
    words.replaceWith(dialog);
    return dialog;
  };

  // 1. Words as the index has them.
  const letters = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i" };
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\p{M}/gu, "").replace(/[œæßøłđı]/g, (c) => letters[c]);
  const singular = (word) => [...word].length > 3 ? word.replace(/[sx]$/, "") : word;
  // Figures in groups of three are one word, whatever stands between the groups.
  const figures = /(?<!\d)\d{1,3}(?:[ .,'’]\d{3}(?!\d))+/g;
  const runs = /[\p{Alphabetic}\p{N}]+/gu;
  const shown = /(?<!\d)\d{1,3}(?:[\s.,'’]\d{3}(?!\d))+|[\p{Alphabetic}\p{N}]+/gu;
  /** How many letters two words are apart, two that changed places being one; more than `most` is told as more. */
  const apart = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let [before, last] = [[], [...Array(b.length + 1).keys()]];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[b.length];
  };
  const words = (text, stop) => {
    const all = fold(text).replace(figures, (figure) => figure.replace(/\D/g, "")).match(runs) ?? [];
    const telling = all.filter((word) => !stop.has(word));
    return (telling.length ? telling : all.slice(-1)).map(singular);
  };

  function search(dialog) {
    const input = dialog.querySelector("[role=combobox]");
    const list = dialog.querySelector("[role=listbox]");
    const state = dialog.querySelector("[role=status]");
    const key = dialog.querySelector("[type=checkbox]");
    const button = document.querySelector("[data-search]");
    let options = [], active = -1, turn = 0;

    // 2. Parts of the index, each loaded once; a part that failed is asked for again.
    const parts = new Map(), waiting = new Map();
    globalThis.sourcebookSearch = (part, n, value) => waiting.get(`${part}-${n}`)?.(value);
    const load = (part, n, url) => {
      const name = `${part}-${n}`;
      if (!parts.has(name)) parts.set(name, new Promise((done, failed) => {
        waiting.set(name, done);
        const script = document.createElement("script");
        script.src = url;
        script.onerror = () => { parts.delete(name); failed(new Error(url)); };
        script.onload = () => script.remove();
        document.head.append(script);
      }));
      return parts.get(name);
    };
    const head = () => load("head", 0, dialog.dataset.index);
    const beside = (part, n, { version }) => load(part, n, dialog.dataset.index.replace(/index\.js$/, `${part}-${n}.js?${version}`));

    // 3. Entries that hold words with a beginning: by number, the better the match the higher.
    const read = (file) => file.index ??= (() => {
      let word = "";
      const all = file[0].match(/[A-Z][^A-Z]*/g)?.map((part) => (word = [...word].slice(0, part.charCodeAt(0) - 65).join("") + part.slice(1))) ?? [];
      return [all, file[1].split(" ")];
    })();
    const collect = (into, digits, whole) => {
      let value = 0, entry = -1;
      for (const c of digits) {
        const digit = DIGITS.indexOf(c);
        value = value * 45 + digit % 45;
        if (digit >= 45) continue;
        entry += 1 + (value >> 1);
        into.set(entry, Math.max(into.get(entry) ?? 0, (value & 1 ? 1 : 4) + whole));
        value = 0;
      }
    };
    const holding = async (word, top) => {
      const found = new Map();
      for (let n = 0; n < top.words.length; n++) {
        const next = top.words.slice(n + 1).find(Boolean);
        if (next && next <= word || top.words[n] > word && !top.words[n].startsWith(word)) continue;
        const [all, lists] = read(await beside("words", n, top));
        all.forEach((one, i) => { if (one.startsWith(word)) collect(found, lists[i], one === word); });
      }
      return found;
    };
    /** The word of the index nearest to one that begins none: a letter or two apart, and of the same beginning. */
    const near = async (word, top) => {
      const most = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
      let best, least = most + 1;
      for (let n = 0; most && n < top.words.length; n++) {
        const next = top.words.slice(n + 1).find(Boolean);
        if (next && next <= word[0] || top.words[n] > word[0] && !top.words[n].startsWith(word[0])) continue;
        for (const one of read(await beside("words", n, top))[0]) {
          const distance = one[0] === word[0] ? apart(word, one, most) : most + 1;
          if (distance < least) [best, least] = [one, distance];
        }
      }
      return best;
    };
    /** In place of a query that finds nothing: each word as it is or as the index has it, left out where it has none like it. */
    const nearest = async (query, top) => {
      const words = (await Promise.all(query.map(async (word) => (await holding(word, top)).size ? word : near(word, top)))).filter(Boolean);
      for (const some of [words, ...words.map((word) => [word])]) {
        const found = some.length ? await find(some, top) : [];
        if (found.length) return [some, found];
      }
      return [query, []];
    };
    const find = async (query, top) => {
      const each = await Promise.all(query.map((word) => holding(word, top)));
      return [...each[0] ?? []].flatMap(([entry, score]) => {
        const scores = each.slice(1).map((found) => found.get(entry));
        return scores.every(Boolean) ? [[entry, scores.reduce((a, b) => a + b, score)]] : [];
      });
    };

    // 4. Results by kind, the best of each.
    const marked = (text, query) => {
      const out = [];
      let from = 0;
      for (const { 0: run, index } of text.matchAll(shown)) {
        const folded = /^\d/.test(run) ? run.replace(/\D/g, "") || fold(run) : fold(run), word = query.find((w) => folded.startsWith(w));
        if (!word) continue;
        const to = index + (folded.length === run.length ? word.length : run.length);
        out.push(text.slice(from, index), make("mark", {}, text.slice(index, to)));
        from = to;
      }
      return [...out, text.slice(from)];
    };
    const show = async () => {
      const mine = ++turn;
      try {
        const top = await head();
        const typed = words(input.value, new Set(top.stop.split(" ")));
        const whole = await find(typed, top);
        const [query, found] = whole.length || !typed.length ? [typed, whole] : await nearest(typed, top);
        const groups = [];
        let first = 0;
        for (const [label, folder, count] of top.kinds) {
          const hits = found.filter(([entry]) => entry >= first && entry < first + count).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
          if (hits.length) groups.push({ label, folder, hits });
          first += count;
        }
        const limit = groups.length === 1 ? 4 * SHOWN : SHOWN;
        const shown = await Promise.all(groups.map(({ label, folder, hits }, g) => group(label, folder, hits, limit, g, query, top)));
        if (mine !== turn) return;
        list.replaceChildren(...shown);
        number(0);
        const { none, one, many, inTexts } = dialog.dataset;
        const told = query !== typed && found.length ? dialog.dataset.nearest.replace("{words}", query.join(" ")) : !query.length ? "" : !found.length ? none : found.length === 1 ? one : many.replace("{n}", found.length);
        const searches = query.length && texts;
        state.textContent = searches && !found.length ? "" : told;
        if (!searches) return;
        const [hits, rows, more] = await inPages(input.value, new Set(options.map((option) => option.href))).catch(() => [0, []]);
        if (mine !== turn) return;
        if (rows.length) list.append(groupOf(dialog.dataset.texts, rows, "texts", more));
        number(active);
        state.textContent = !hits ? told : `${found.length ? told : ""} ${inTexts.replace("{n}", hits)}`.trim();
      } catch { if (mine === turn) { list.replaceChildren(); options = []; go(-1); state.textContent = dialog.dataset.failed; } }
    };
    const group = async (label, folder, hits, limit, g, query, top) => {
      const rows = await Promise.all(hits.slice(0, limit).map(async ([entry]) => {
        const flat = await beside("labels", Math.floor(entry / top.labels), top);
        const [path, name, who] = flat.slice(entry % top.labels * 3, entry % top.labels * 3 + 3);
        const row = make("a", { role: "option", tabindex: -1, "aria-selected": false, href: `${dialog.dataset.root}${folder}${path}/index.html` }, make("span", { class: "label" }, ...marked(name, query)));
        if (who) row.append(" ", make("small", {}, ...marked(who, query)));
        return row;
      }));
      return groupOf(label, rows, g, hits.length - limit);
    };
    const groupOf = (label, rows, name, more) => {
      const box = make("div", { role: "group", "aria-labelledby": `search-kind-${name}` }, make("p", { class: "kicker", id: `search-kind-${name}`, role: "presentation" }, label), ...rows);
      if (more > 0) box.append(make("p", { class: "more-results", "aria-hidden": true }, dialog.dataset.more.replace("{n}", more)));
      return box;
    };
    /** Gives every option its number, and marks one. */
    const number = (chosen) => {
      options = [...list.querySelectorAll("[role=option]")];
      options.forEach((option, i) => { option.id = `search-${i}`; });
      input.setAttribute("aria-expanded", options.length > 0);
      go(options.length ? Math.max(chosen, 0) : -1);
    };

    // 5. After them, where the site has that index: what stands in the texts, by Pagefind. A browser loads no module from file://.
    let texts = location.protocol === "file:" ? undefined : dialog.dataset.full, engine;
    /** As the index of the texts has words: apart after an apostrophe, and figures in groups of three. */
    const asIndexed = (text) => text.replace(/[’'](?=\p{L})/gu, "’ ").replace(/(?<!\d)\d{1,3}(?:[\s.,'’]\d{3}(?!\d))+|\d{4,}/gu, (figure) => /^(1\d{3}|20\d{2})$/.test(figure) ? figure : figure.replace(/\D/g, "").replace(/\B(?=(\d{3})+$)/g, " "));
    const inPages = async (typed, shown) => {
      engine ??= import(new URL(texts, location.href).href).then(async (it) => { await it.options({ excerptLength: 24 }); return it; });
      const found = await (await engine.catch((error) => { engine = undefined; throw error; })).debouncedSearch(asIndexed(typed), {}, 150);
      const results = found?.results ?? [], rows = [];
      let at = 0;
      while (at < results.length && rows.length < SHOWN) {
        const result = results[at++];
        const { raw_url, meta, excerpt } = await result.data();
        const row = make("a", { role: "option", tabindex: -1, "aria-selected": false, href: dialog.dataset.root + raw_url }, make("span", { class: "label" }, meta.title), " ", make("small", {}, `${meta.kind}. `, ...lit(excerpt.replace(/’ (?=(?:<mark>)?\p{L})/gu, "’"))));
        if (!shown.has(row.href)) rows.push(row);
      }
      return [results.length, rows, results.length - at];
    };
    /** An excerpt as text: of its elements only the mark is taken over. */
    const lit = (html) => [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map((node) => node.nodeName === "MARK" ? make("mark", {}, node.textContent) : node.textContent);

    // 6. The keyboard, all the way: the field keeps the focus, the arrows choose, Enter opens, Escape closes.
    const go = (n) => {
      options[active]?.setAttribute("aria-selected", false);
      active = n;
      const option = options[active];
      option?.setAttribute("aria-selected", true);
      option?.scrollIntoView({ block: "nearest" });
      if (option) input.setAttribute("aria-activedescendant", option.id); else input.removeAttribute("aria-activedescendant");
    };
    const open = () => { if (!dialog.open) { dialog.showModal(); input.focus(); input.select(); head().catch(() => {}); } };
    input.addEventListener("input", show);
    input.addEventListener("keydown", (e) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (step && options.length) { e.preventDefault(); go((active + step + options.length) % options.length); }
      else if (e.key === "Enter") { e.preventDefault(); options[active]?.click(); }
      else if (e.key === "Escape") { e.preventDefault(); dialog.close(); }
    });
    dialog.querySelector(".search-close").addEventListener("click", () => dialog.close());
    // A click beside the box closes it; a link within the page as well.
    dialog.addEventListener("click", (e) => { if (e.target === dialog || e.target.closest("a")) dialog.close(); });
    button.hidden = false;
    button.addEventListener("click", open);

    // 7. The key can be turned off (WCAG 2.2, 2.1.4); that alone is kept.
    try { key.checked = localStorage.getItem("search-key") !== "off"; } catch { /* private window */ }
    key.addEventListener("change", () => { try { localStorage.setItem("search-key", key.checked ? "on" : "off"); } catch { /* private window */ } });
    document.addEventListener("keydown", (e) => {
      if (e.key !== "/" || !key.checked || e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, textarea, select, [contenteditable]")) return;
      e.preventDefault();
      open();
    });
  }
})();
