// What the page gains with a script; without it everything can be read and reached.
// In order: the colour scheme (before the first paint), side notes, what stands behind a note, the pane, previews, contents, tables, days.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const media = (query) => matchMedia(query);

  // The words, and where files are from the site's root, stand before this script, once for all pages (the program's `theme::statics`).
  // Attributes of a theme's own templates come before them.
  const says = globalThis.sourcebookSays || {};
  const toRoot = (document.currentScript?.getAttribute("src") || "").replace(/assets\/[^/]*$/, "");
  const previewSays = () => ({ ...says.preview, ...$("#preview").dataset });

  // Storage may be refused (file:, private windows): the choice then lasts for the page.
  const store = (value) => {
    try { return value === undefined ? localStorage.getItem("scheme") : localStorage.setItem("scheme", value); } catch { return null; }
  };
  const scheme = store();
  if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;

  const svg = (size, inside) => `<svg viewBox="0 0 20 20" width="${size}" height="${size}" aria-hidden="true">${inside}</svg>`;
  /** An element with attributes and children. */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.append(...children);
    return element;
  };

  // What a script is needed for is made here, so that nothing stands in the page that cannot work: first the two tools.
  function tools() {
    const box = $(".tools");
    if (!box) return;
    const { find, light } = { ...says, ...box.dataset };
    if ($("#search")) {
      const button = make("button", { class: "find", type: "button", "data-search": "search", hidden: "" });
      button.innerHTML = svg(16, '<path d="M8.5 2.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM13 13l4.5 4.5" fill="none" stroke="currentColor" stroke-width="1.5"/>');
      button.append(" ", make("span", {}, find));
      box.append(button);
    }
    const button = make("button", { class: "scheme", type: "button", "data-scheme": "", "aria-label": light, title: light });
    button.innerHTML = svg(20, '<circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/>');
    box.append(button);
  }

  // The face of the text, asked for before the stylesheet that names it is read. From file:// a browser lets no preload in.
  const font = document.currentScript?.dataset.font || (says.font && toRoot + says.font);
  if (font && location.protocol.startsWith("http")) document.head.append(make("link", { rel: "preload", as: "font", type: "font/woff2", href: font, crossorigin: "" }));

  function schemeSwitch() {
    const button = $("[data-scheme][type=button]");
    if (!button) return;
    const dark = () => (root.dataset.scheme || (media("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    button.hidden = false;
    button.setAttribute("aria-pressed", dark());
    button.addEventListener("click", () => {
      root.dataset.scheme = dark() ? "light" : "dark";
      button.setAttribute("aria-pressed", dark());
      store(root.dataset.scheme);
    });
  }

  // On a narrow screen the sections are one line that scrolls: the current one is brought into it.
  function currentSection() {
    const nav = $(".mainnav");
    const here = nav && $("[aria-current]", nav);
    if (here && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
  }

  // Side notes: a note stands in the margin at the height of its first mark, below the one before it; one that would
  // drift far is left to the preview. Screen readers and the keyboard keep the note at the foot of the page.
  function sideNotes() {
    const wide = media("(min-width: 62.01rem)");
    const lay = () => {
      for (const old of all(".side")) old.remove();
      if (wide.matches) all("[data-sidenotes]").forEach(layIn);
    };
    const layIn = (prose) => {
      const top = prose.getBoundingClientRect().top;
      // In the margin stands the infobox too, and below an opening whole sections: a note goes beside its text or not at all.
      const opening = prose.closest(".opening");
      const blocks = [...all(".set-card, .table", prose), ...(opening ? all(".infobox", opening) : [])].map((block) => block.getBoundingClientRect());
      const end = opening ? prose.offsetHeight + 24 : Infinity;
      const seen = new Set();
      const far = 5.6 * parseFloat(getComputedStyle(root).fontSize);
      let free = -Infinity;
      for (const mark of all("sup.note a", prose)) {
        const note = mark.hash && document.getElementById(mark.hash.slice(1));
        if (!note || seen.has(mark.hash)) continue;
        const side = document.createElement("div");
        side.className = "side";
        side.dataset.note = mark.hash.slice(1);
        side.setAttribute("aria-hidden", "true");
        const number = document.createElement("b");
        number.textContent = mark.textContent;
        side.append(number, ...shortOf(note));
        for (const link of all("a", side)) link.tabIndex = -1;
        prose.append(side);
        const wanted = mark.getBoundingClientRect().top - top - 4;
        let at = Math.max(wanted, free);
        for (const block of blocks) if (at + side.offsetHeight > block.top - top && at < block.bottom - top) at = block.bottom - top + 8;
        if (at - wanted > far || at + side.offsetHeight > end) { side.remove(); continue; }
        seen.add(mark.hash);
        side.style.top = `${at}px`;
        free = at + side.offsetHeight + 12;
      }
    };
    /** A note as it stands in the margin: its short form, else all but the way back. */
    const shortOf = (note) => {
      const holder = document.createElement("template");
      if (note.dataset.short) holder.innerHTML = note.dataset.short;
      else holder.content.append(...[...($(".note-text", note) || root).cloneNode(true).childNodes].filter((node) => !node.matches?.(".back")));
      return holder.content.childNodes;
    };
    lay();
    wide.addEventListener("change", lay);
    let width = innerWidth;
    addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; lay(); } });
    // The stylesheet may come after the text, and the fonts after both.
    addEventListener("load", lay);
    if (document.fonts) document.fonts.ready.then(lay);
  }

  /** The marks of the sentence that a mark stands in: from the one that bears its address to the next that bears one. */
  function sentenceOf(mark) {
    const marks = all("sup.note", mark.closest(BLOCK) || mark.parentElement);
    let first = marks.indexOf(mark);
    while (first > 0 && !marks[first].id) first -= 1;
    let end = first + 1;
    while (end < marks.length && !marks[end].id) end += 1;
    return marks.slice(first, end);
  }
  const BLOCK = "p, li, td, th, dd, blockquote";

  // What the page brings to stand behind its notes (docs/theming.md): nothing is fetched, from file:// neither.
  let brought;
  function behind() {
    if (brought) return brought;
    const { dataset = {} } = $("[data-behind]") || {};
    try { brought = { ...JSON.parse(dataset.behind), words: dataset }; } catch { brought = { notes: {} }; }
    return brought;
  }

  /** From the speaker to the page that was read. */
  function chains(number) {
    const { notes, steps, words } = behind();
    const step = (of) => {
      const [at, locator] = [].concat(of);
      const [name, address] = steps[at];
      return make("li", {}, address ? make("a", { href: address }, name) : name, locator ? `, ${locator}` : "");
    };
    const list = ((notes[number] || {}).chain || []).filter((chain) => chain.length > 1);
    return list.map((chain) => make("ol", { class: "chain", "aria-label": words.chain }, ...chain.map(step)));
  }

  /** What is answered to the questions that some notes answer: each question once, and whose line is which note's. */
  function others(numbers) {
    const { notes, questions, words } = behind();
    const asked = new Map();
    for (const number of numbers) {
      for (const [at, line, value, differs] of (notes[number] || {}).answers || []) {
        if (!asked.has(at)) asked.set(at, []);
        asked.get(at).push({ number, line, value, differs });
      }
    }
    return [...asked].map(([at, own]) => {
      const [label, address, lines] = questions[at];
      const row = (value, voices, mine) => {
        const item = make("li", mine.length ? { class: "is-own" } : {}, make("b", {}, value), " ", make("span", { class: "quiet" }, voices));
        for (const number of new Set(mine.map((answer) => answer.number))) item.append(" ", make("b", { class: "number", title: words.here }, number));
        const { differs } = mine.find((answer) => answer.differs) || {};
        if (differs) item.append(" ", make("span", { class: "contest" }, differs));
        return item;
      };
      const rows = lines.map(([value, voices], n) => row(value, voices, own.filter(({ line }) => line === n)));
      const beyond = own.filter(({ line }) => line < 0).map((answer) => row(answer.value, "", [answer]));
      return make("div", { class: "others" }, make("p", {}, make("a", { class: "question", href: address }, label)), make("ul", {}, ...rows, ...beyond));
    });
  }

  /** All notes of a sentence, what stands behind them, and the way to share it: the one object of margin, preview and sheet. */
  function evidenceOf(marks) {
    const { copy } = previewSays();
    const holder = make("div");
    const numbers = [...new Set(marks.flatMap((mark) => all("a[href^='#note-']", mark)).map((mark) => mark.hash.slice(6)))];
    for (const number of numbers) {
      const text = $(".note-text", document.getElementById(`note-${number}`) || make("p"));
      if (!text) continue;
      const own = text.cloneNode(true);
      for (const node of all("[id]", own)) node.removeAttribute("id");
      holder.append(make("div", { class: "preview-note" }, make("b", { class: "number" }, number), " ", own, ...chains(number)));
    }
    if (!holder.childElementCount) return null;
    holder.append(...others(numbers));
    if (marks[0].id && copy) holder.append(sharing(marks[0].id));
    return holder;
  }

  /** The address of a sentence goes to the address bar and, where the browser lets it, to the clipboard. */
  function sharing(id) {
    const { copy, copied } = previewSays();
    const button = make("button", { type: "button", class: "preview-copy" }, copy);
    button.addEventListener("click", async () => {
      const url = new URL(`#${id}`, location.href).href;
      try { history.replaceState(history.state, "", `#${id}`); } catch { /* Some readers allow none. */ }
      try {
        await navigator.clipboard.writeText(url);
        button.textContent = copied;
      } catch { button.replaceWith(make("a", { href: `#${id}` }, url)); }
    });
    return make("p", { class: "preview-share" }, button);
  }

  // Where there is a margin for it, the pane follows reading: beside the sentence under the eye, or under the pointer, stands
  // what it rests on, over the side notes. It repeats what the notes say; the keyboard has the preview, in the same place.
  const roomy = media("(min-width: 68.75rem)");
  const pane = { box: null, show: () => {}, hide: () => {} };
  function followReading() {
    const groups = [];
    for (const prose of all("[data-sidenotes]")) {
      for (const mark of all("sup.note", prose)) {
        if (mark.closest(".set-card, .side") || !$("a[href^='#note-']", mark)) continue;
        const block = mark.closest(BLOCK) || prose;
        const last = groups.at(-1);
        if (last && last.block === block && !mark.id) last.marks.push(mark); else groups.push({ prose, block, marks: [mark] });
      }
    }
    if (!groups.length) return;
    const box = make("div", { class: "pane", "aria-hidden": "true" });
    // The free margin beside the text, in which the pane stays on the screen as long as its sentence serves.
    const space = make("div");
    const rail = make("div", { class: "pane-rail", "aria-hidden": "true" }, space, box);
    pane.box = box;
    let now = null, before = null, timer = 0, waiting = false;

    /** Between which heights the margin is free, around a height. */
    function room(prose, at) {
      const wide = all(".set-card, .table", prose).concat(prose.closest(".opening") ? all(".infobox", prose.closest(".opening")) : []);
      let [from, to] = [-Infinity, Infinity];
      for (const { top, bottom } of wide.map((block) => block.getBoundingClientRect())) {
        if (bottom <= at + 40) from = Math.max(from, bottom + 8);
        else to = Math.min(to, top - 8);
      }
      return [from, to];
    }

    function hide() {
      if (!now) return;
      for (const mark of now.marks) all("a", mark).forEach((link) => link.classList.remove("is-lit"));
      rail.remove();
      now = null;
      cover();
    }

    /** Side notes that the pane stands over are not seen. */
    function cover() {
      const { top: at, bottom: end } = now ? box.getBoundingClientRect() : { top: 0, bottom: 0 };
      for (const side of all(".side")) {
        const { top, bottom } = now ? side.getBoundingClientRect() : { top: 0, bottom: 0 };
        side.classList.toggle("is-under", Boolean(now) && bottom > at - 8 && top < end + 8);
      }
    }

    function show(group) {
      if (group === now) return;
      hide();
      const content = roomy.matches && group && $("#preview").hidden && evidenceOf(group.marks);
      if (!content) return;
      const { prose, marks } = group;
      const { top: start, bottom: end } = prose.getBoundingClientRect();
      const anchor = marks[0].getBoundingClientRect().top - 6;
      const [from, to] = room(prose, anchor);
      for (const link of all("a, button", content)) link.tabIndex = -1;
      box.replaceChildren(content);
      box.style.maxHeight = `${Math.min(innerHeight - 32, to - from)}px`;
      prose.append(rail);
      const height = box.offsetHeight;
      if (to - from < Math.min(height, 160)) { rail.remove(); return; }
      const at = Math.max(from, 16, Math.min(anchor, innerHeight - 16 - height, to - height));
      const top = Math.max(from, Math.min(at, start));
      rail.style.top = `${top - start}px`;
      rail.style.height = `${Math.min(to, Math.max(end, at + height)) - top}px`;
      space.style.height = `${at - top}px`;
      for (const mark of marks) all("a", mark).forEach((link) => link.classList.add("is-lit"));
      now = group;
      cover();
    }

    /** The sentence at a point: the first whose last mark comes after it, if its block has begun. */
    function groupAt(x, y) {
      for (const group of groups) {
        const end = group.marks.at(-1).getBoundingClientRect();
        if (end.bottom + 6 < y || (end.top - 10 < y && end.right < x)) { before = group; continue; }
        return group.block.getBoundingClientRect().top <= y ? group : null;
      }
      return null;
    }
    const inView = (group) => group && group.marks.some((mark) => { const { top } = mark.getBoundingClientRect(); return top > 0 && top < innerHeight; });

    function follow() {
      waiting = false;
      before = null;
      const prose = groups[0].prose.getBoundingClientRect();
      const found = groupAt(prose.left, innerHeight * 0.36);
      // Between two such sentences the last one serves, as long as it is on the screen.
      const next = found || (inView(before) && before);
      if (!next) hide(); else if (next === now) cover(); else show(next);
    }
    pane.show = (link) => {
      const group = groups.find(({ marks }) => marks.some((mark) => mark.contains(link)));
      if (group) show(group);
      return group !== undefined && now === group;
    };
    pane.hide = hide;
    const soon = () => { if (!waiting && roomy.matches) { waiting = true; requestAnimationFrame(follow); } };
    addEventListener("scroll", () => { clearTimeout(timer); soon(); }, { passive: true });
    addEventListener("resize", () => { hide(); soon(); }, { passive: true });
    addEventListener("load", soon);
    document.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || !roomy.matches || (!event.movementX && !event.movementY)) return;
      clearTimeout(timer);
      const { target, clientX, clientY } = event;
      if (!(target instanceof Element) || box.contains(target) || !target.closest("[data-sidenotes]") || target.closest(".set-card, .side")) return;
      timer = setTimeout(() => { const group = target.closest(BLOCK) && groupAt(clientX, clientY); if (group && group.block === target.closest(BLOCK)) show(group); }, 160);
    }, { passive: true });
    follow();
  }

  // Previews: one card for all, set after its link so that the Tab key walks into it.
  function previews() {
    const card = $("#preview");
    if (!card) return;
    card.setAttribute("role", "dialog");
    if (!card.hasAttribute("aria-label")) card.setAttribute("aria-label", previewSays().label || "");
    const body = make("div", { class: "preview-body" });
    card.replaceChildren(body, make("button", { type: "button", class: "preview-close", "aria-label": previewSays().close || "" }, "×"));
    const home = card.parentElement;
    const pages = new Map();
    const canFetch = location.protocol.startsWith("http");
    // An article is read, not previewed.
    const kinds = "a.actor, a.event, a.place, a.source, a.question, a.claim";
    // What the keyboard opened, only the keyboard closes: a page that scrolls under a resting pointer must not.
    let owner = null, timer = 0, touched = false, quiet = false, byKey = false;
    // What an address opened stays until it is closed.
    let pinned = false;

    /** How far right of a text its margin begins. */
    function besideOf(prose) {
      const style = getComputedStyle(root);
      const rem = parseFloat(style.fontSize);
      return Math.min(prose.clientWidth, (parseFloat(style.getPropertyValue("--measure")) + parseFloat(style.getPropertyValue("--gutter"))) * rem);
    }
    const later = (act, wait) => { clearTimeout(timer); timer = setTimeout(act, wait); };
    const ours = (node) => node instanceof Node && (card.contains(node) || (owner && owner.contains(node)));

    function close(refocus) {
      clearTimeout(timer);
      if (!owner) return;
      const link = owner;
      const inside = card.contains(document.activeElement);
      link.removeAttribute("aria-expanded");
      owner = null;
      pinned = false;
      card.hidden = true;
      home.append(card);
      light(link, false);
      if (refocus && inside) { quiet = true; link.focus(); quiet = false; }
    }

    function light(link, on) {
      link.classList.toggle("is-lit", on);
      const side = link.hash && $(`.side[data-note="${CSS.escape(link.hash.slice(1))}"]`);
      if (side) side.classList.toggle("is-lit", on);
      return side && side.offsetParent !== null;
    }

    function place(link) {
      if (media("(max-width: 40rem)").matches) { card.style.left = card.style.top = ""; return; }
      const at = link.getClientRects()[0] || link.getBoundingClientRect();
      const prose = roomy.matches && isNote(link) && link.closest("[data-sidenotes]");
      card.classList.toggle("is-beside", Boolean(prose));
      const box = card.getBoundingClientRect();
      if (prose) {
        card.style.left = `${Math.min(prose.getBoundingClientRect().left + besideOf(prose), root.clientWidth - box.width - 16)}px`;
        card.style.top = `${Math.max(16, Math.min(at.top - 6, innerHeight - box.height - 16))}px`;
        return;
      }
      const left = Math.max(16, Math.min(at.left - 16, root.clientWidth - box.width - 16));
      const below = at.bottom + 10;
      const top = below + box.height < innerHeight || at.top < box.height + 18 ? below : at.top - box.height - 10;
      card.style.left = `${left}px`;
      card.style.top = `${top}px`;
    }

    function show(link, content) {
      if (!content) return;
      if (owner && owner !== link) close();
      pane.hide();
      owner = link;
      body.replaceChildren(content);
      link.setAttribute("aria-expanded", "true");
      (link.closest("sup") || link).after(card);
      card.hidden = false;
      place(link);
    }

    /** The address of a sentence opens its notes. */
    function opened() {
      const mark = location.hash.startsWith("#s-") && document.getElementById(location.hash.slice(1));
      const link = mark && mark.matches("sup.note") && $("a[href^='#note-']", mark);
      if (!link) return;
      show(link, evidenceOf(sentenceOf(link.closest("sup"))));
      pinned = true;
    }

    async function pageOf(link) {
      const url = link.href.split("#")[0];
      if (!canFetch || new URL(url).origin !== location.origin || url === location.href.split("#")[0]) return null;
      if (!pages.has(url)) {
        pages.set(url, upTo(url, " data-previewed").then((text) => cardOf(text, url)).catch(() => null));
      }
      const content = await pages.get(url);
      return content && content.cloneNode(true);
    }

    /** A page, read no further than a preview needs. */
    async function upTo(url, end) {
      const answer = await fetch(url);
      if (!answer.ok) return "";
      if (!answer.body || !window.TextDecoderStream) return answer.text();
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        text += part.value;
        const at = text.indexOf(end);
        if (at >= 0) { reader.cancel().catch(() => {}); return text.slice(0, at); }
      }
      return text;
    }

    function cardOf(text, url) {
      const parts = all("[data-preview]", new DOMParser().parseFromString(text, "text/html"));
      if (!parts.length) return null;
      const holder = document.createElement("div");
      for (const part of parts) holder.append(document.importNode(part, true));
      for (const title of all("h1", holder)) {
        const line = document.createElement("p");
        line.className = "preview-title";
        line.append(...title.childNodes);
        title.replaceWith(line);
      }
      for (const node of all("sup, template", holder)) node.remove();
      for (const node of all("[id], [aria-labelledby], [data-preview]", holder)) ["id", "aria-labelledby", "data-preview"].forEach((name) => node.removeAttribute(name));
      for (const link of all("a[href]", holder)) link.href = new URL(link.getAttribute("href"), url).href;
      return holder;
    }

    const isNote = (link) => link.matches("sup.note > a");
    async function want(link, byPointer) {
      if (isNote(link)) {
        // Beside a margin the pointer has the pane, and the keyboard a card in its place, which it can walk into.
        const beside = byPointer ? pane.show(link) || light(link, true) : !roomy.matches && light(link, true);
        if (!beside) show(link, evidenceOf(sentenceOf(link.closest("sup"))));
        return;
      }
      let still = true;
      const left = () => { still = false; };
      link.addEventListener("pointerleave", left, { once: true });
      link.addEventListener("blur", left, { once: true });
      const content = await pageOf(link);
      if (still) show(link, content);
    }
    const linkAt = (event) => event.target instanceof Element && !card.contains(event.target) && event.target.closest(`sup.note > a[href^='#'], main :is(${kinds})`);

    document.addEventListener("pointermove", () => { if (!card.contains(document.activeElement)) byKey = false; }, { passive: true });
    document.addEventListener("pointerdown", (event) => {
      touched = event.pointerType === "touch";
      if (owner && !ours(event.target)) close();
    });
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch" || byKey) return;
      if (ours(event.target)) { clearTimeout(timer); return; }
      const link = linkAt(event);
      if (link) later(() => want(link, true), isNote(link) ? 120 : 350);
      else if (!pinned) later(() => { if (!card.contains(document.activeElement)) close(); }, 250);
    });
    document.addEventListener("pointerout", (event) => { const link = linkAt(event); if (link && link !== owner) light(link, false); });
    document.addEventListener("focusin", (event) => {
      if (quiet || ours(event.target)) return;
      const link = linkAt(event);
      if (link && link.matches(":focus-visible") && !touched) later(() => want(link), 350);
      else if (!pinned) close();
    });
    // A tap on a mark opens the note where one reads; Enter and a click still go to the foot of the page.
    document.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest(".preview-close")) { close(true); return; }
      const link = linkAt(event);
      if (!link || !isNote(link) || !touched || event.detail === 0) return;
      event.preventDefault();
      if (owner === link) close(); else show(link, evidenceOf(sentenceOf(link.closest("sup"))));
    });
    document.addEventListener("keydown", (event) => { touched = false; if (event.key === "Escape") close(true); else if (event.key === "Tab") byKey = true; });
    addEventListener("scroll", () => { if (owner && (byKey || pinned)) place(owner); else if (owner && !media("(max-width: 40rem)").matches) close(); }, { passive: true });
    addEventListener("resize", () => { if (owner && pinned) place(owner); else close(); }, { passive: true });
    addEventListener("hashchange", opened);
    addEventListener("load", opened);
  }

  // Contents: open where there is room, and the part being read is marked.
  function contents() {
    const box = $(".toc details");
    if (!box) return;
    const room = media("(min-width: 84rem)");
    // What the reader opened stays open.
    if (room.matches) box.open = true;
    room.addEventListener("change", () => { box.open = room.matches; });
    const links = new Map(all("a", box).map((link) => [link.hash.slice(1), link]));
    const heads = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    const mark = () => {
      let now = null;
      for (const head of heads) if (head.getBoundingClientRect().top < innerHeight / 3) now = head.id;
      for (const [id, link] of links) if (id === now) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    };
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }

  // Tables: a click on a header sorts; tables and lists: a word in the box filters; accents and apostrophes do not matter.
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[\u2018\u2019\u02bc]/g, "'").replace(/\s+/g, " ").toLowerCase();
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell ? (cell.dataset.value ?? cell.textContent.trim()) : "";
  };

  function sortable(table) {
    const heads = all("thead th", table);
    if (!table.tBodies[0] || table.tBodies[0].rows.length < 3) return;
    const compare = new Intl.Collator(root.lang, { numeric: true }).compare;
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const number = head.classList.contains("num");
        const was = head.getAttribute("aria-sort");
        const down = was ? was === "ascending" : number;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...table.tBodies[0].rows].map((row) => [valueOf(row, column), row]);
        // What has no value comes last either way.
        rows.sort(([a], [b]) => (a === "") - (b === "") || compare(a, b) * (down ? -1 : 1));
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  }

  function filter(of) {
    const list = document.getElementById(of.dataset.filter);
    const box = of.closest(".filter");
    if (!list || !box) return;
    const input = of.matches("input") ? of : make("input", { type: "search", "data-filter": of.dataset.filter, autocomplete: "off", spellcheck: "false" });
    if (input !== of) box.append(make("label", {}, box.dataset.label, " ", input), " ", make("output", { "aria-live": "polite" }));
    const has = (row) => (row.dataset.facets || "").split(";").map((names) => names.split(" "));
    const rows = [...(list.tBodies ? list.tBodies[0].rows : all(".cards > li", list))].map((row) => [fold(row.textContent), row, has(row)]);
    const count = $("output", box);
    const selects = facets(box, rows);
    if (box.dataset.part) box.append(make("p", {}, box.dataset.part));
    box.hidden = false;
    const choose = () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      const wanted = selects.map((select) => select.value);
      const isAsked = words.length > 0 || wanted.some(Boolean);
      let shown = 0;
      for (const [text, row, names] of rows) {
        row.hidden = !words.every((word) => text.includes(word)) || !wanted.every((name, facet) => !name || names[facet].includes(name));
        if (!row.hidden) shown += 1;
      }
      // Folded parts open where they hold something, and close again when nothing is asked for.
      all(".fold", list).forEach((fold) => {
        fold.hidden = !$("li:not([hidden])", fold);
        fold.open = isAsked;
      });
      count.textContent = isAsked ? `${shown} / ${rows.length}` : "";
    };
    input.addEventListener("input", choose);
    for (const select of selects) select.addEventListener("change", choose);
    // A browser that comes back to the page keeps what was chosen.
    addEventListener("pageshow", choose);
  }

  /** A list of choices for each facet of the rows, each name with how many rows have it. */
  function facets(box, rows) {
    const compare = new Intl.Collator(root.lang, { numeric: true }).compare;
    return JSON.parse(box.dataset.choices || "[]").map(([label, names], facet) => {
      const count = names.map(() => 0);
      for (const [, , has] of rows) for (const name of has[facet] || []) if (name) count[name] += 1;
      const options = names.map((name, n) => [name, n]).sort(([a], [b]) => compare(a, b)).map(([name, n]) => make("option", { value: n }, `${name} (${count[n]})`));
      const select = make("select", { autocomplete: "off" }, make("option", { value: "" }, box.dataset.any), ...options);
      $("output", box).before(make("label", { class: "facet" }, label, " ", select), " ");
      return select;
    });
  }

  // Any day leads to the last one before it, or on it, on which anything changed; the page then says which was asked for.
  function anyDay(box) {
    const days = all("[data-day]", box).map((item) => ({ day: item.dataset.day, link: $("a", item), label: $(".date", item).textContent }));
    if (!days.length) return;
    const input = make("input", { type: "date" });
    const told = make("output", { "aria-live": "polite" });
    const form = make("form", {}, make("label", {}, box.dataset.label, " ", input), " ", make("button", { type: "submit" }, box.dataset.show), " ", told);
    const long = (day) => new Intl.DateTimeFormat(root.lang === "en" ? "en-GB" : root.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`)).replace(/^1 (?=\p{L}+ \d+$)/u, root.lang === "fr" ? "1er " : "1 ");
    const tell = (words, day, label) => { told.textContent = words.replace("{day}", long(day)).replace("{date}", label); };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!input.value) { input.focus(); return; }
      const known = days.findLast(({ day }) => day <= input.value);
      if (known) location.href = `${known.link.href}#day=${input.value}`;
      else tell(box.dataset.before, input.value, days[0].label);
    });
    const arrive = () => {
      const asked = (/^#day=(\d{4}-\d\d-\d\d)$/.exec(location.hash) || [])[1];
      const here = days.find(({ link }) => link.href === location.href.split("#")[0]);
      if (!asked || !here || Number.isNaN(Date.parse(asked))) return;
      input.value = asked;
      const known = days.findLast(({ day }) => day <= asked);
      // An address that somebody wrote by hand leads to where that day stands.
      if (known !== here) { if (known) location.replace(`${known.link.href}#day=${asked}`); return; }
      if (asked === here.day) told.textContent = ""; else tell(box.dataset.chosen, asked, here.label);
    };
    box.prepend(form);
    arrive();
    addEventListener("hashchange", arrive);
  }

  addEventListener("load", currentSection);
  document.addEventListener("DOMContentLoaded", () => {
    tools();
    schemeSwitch();
    contents();
    sideNotes();
    previews();
    followReading();
    all("table[data-sortable]").forEach(sortable);
    all("[data-filter]").forEach(filter);
    all(".any-day").forEach(anyDay);
  });
})();
