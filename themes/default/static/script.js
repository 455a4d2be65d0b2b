// What a page can do beyond reading. Without this file everything is there: notes at the foot, plain tables, links.
(() => {
  "use strict";
  const root = document.documentElement;

  // 1. The chosen scheme, before the first paint.
  const store = { get: () => { try { return localStorage.getItem("scheme"); } catch { return null; } }, set: (v) => { try { localStorage.setItem("scheme", v); } catch { /* private window */ } } };
  if (store.get()) root.dataset.scheme = store.get();

  const ready = () => { scheme(); tables(); filters(); sideNotes(); contents(); previews(); };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready); else ready();

  // 2. Light or dark, by hand.
  function scheme() {
    const button = document.querySelector("[data-scheme]:not(html)");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.scheme ? root.dataset.scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.scheme = dark ? "light" : "dark";
      store.set(root.dataset.scheme);
    });
  }

  // 3. Tables sort by their heads.
  function tables() {
    const collator = new Intl.Collator(root.lang, { numeric: true, sensitivity: "base" });
    const key = (row, i) => { const cell = row.cells[i]; return cell ? cell.dataset.sort ?? cell.textContent.trim() : ""; };
    for (const table of document.querySelectorAll("table[data-sortable]")) {
      const body = table.tBodies[0];
      if (!body || body.rows.length < 3) continue;
      [...table.tHead.rows[0].cells].forEach((head, i) => {
        const button = document.createElement("button");
        button.type = "button";
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const up = head.getAttribute("aria-sort") !== "ascending";
          for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
          head.setAttribute("aria-sort", up ? "ascending" : "descending");
          const rows = [...body.rows].sort((a, b) => collator.compare(key(a, i), key(b, i)) * (up ? 1 : -1));
          body.append(...rows);
        });
      });
    }
  }

  // 4. Indexes filter by what is typed, without accents and case.
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, " ").toLowerCase();
  function filters() {
    for (const input of document.querySelectorAll("[data-filter]")) {
      const rows = [...document.querySelectorAll("main tbody tr")].map((row) => [row, fold(row.textContent)]);
      if (!rows.length) continue;
      const box = input.closest("[hidden]");
      if (box) box.hidden = false;
      const output = box?.querySelector("output");
      input.addEventListener("input", () => {
        const words = fold(input.value).split(/\s+/).filter(Boolean);
        let shown = 0;
        for (const [row, text] of rows) {
          row.hidden = !words.every((word) => text.includes(word));
          shown += !row.hidden;
        }
        if (output) output.textContent = words.length ? `${shown} / ${rows.length}` : "";
      });
    }
  }

  // 5. Notes stand in the margin at the height of their marks, where there is a margin and room in it.
  const note = (mark) => document.getElementById(mark.hash.slice(1));
  function sideNotes() {
    const wide = matchMedia("(min-width: 62.01rem)");
    const lay = () => {
      for (const old of document.querySelectorAll(".side")) old.remove();
      if (!wide.matches) return;
      for (const prose of document.querySelectorAll("[data-sidenotes]")) layIn(prose);
    };
    const layIn = (prose) => {
      const top = prose.getBoundingClientRect().top;
      const blocks = [...prose.querySelectorAll(".set-card, .table")].map((b) => b.getBoundingClientRect()).map((r) => [r.top - top, r.bottom - top]);
      const seen = new Set();
      let free = -Infinity;
      for (const mark of prose.querySelectorAll("sup.note a")) {
        const target = note(mark);
        const template = target?.querySelector("template");
        if (!template || seen.has(mark.hash)) continue;
        const aside = document.createElement("div");
        aside.className = "side";
        aside.setAttribute("aria-hidden", "true");
        const number = document.createElement("b");
        number.textContent = mark.textContent;
        aside.append(number, template.content.cloneNode(true));
        for (const link of aside.querySelectorAll("a")) link.tabIndex = -1;
        const wanted = mark.getBoundingClientRect().top - top - 4;
        prose.append(aside);
        let at = Math.max(wanted, free);
        for (const [start, end] of blocks) if (at + aside.offsetHeight > start && at < end) at = end + 8;
        // A note that would drift far from its mark is left to the preview.
        if (at - wanted > 90) { aside.remove(); continue; }
        seen.add(mark.hash);
        aside.style.top = `${at}px`;
        free = at + aside.offsetHeight + 10;
      }
    };
    lay();
    wide.addEventListener("change", lay);
    let width = innerWidth;
    addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; lay(); } });
    document.fonts?.ready.then(lay);
  }

  // 6. Contents follow the reading.
  function contents() {
    const links = new Map([...document.querySelectorAll(".toc a")].map((a) => [a.hash.slice(1), a]));
    if (!links.size || !("IntersectionObserver" in window)) return;
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) {
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id)?.setAttribute("aria-current", "location");
      }
    }, { rootMargin: "0px 0px -70% 0px" });
    for (const id of links.keys()) { const heading = document.getElementById(id); if (heading) watch.observe(heading); }
  }

  // 7. Previews: a note, or the head of a record's page, beside what leads to it.
  function previews() {
    const box = document.getElementById("preview");
    if (!box) return;
    const body = box.querySelector(".preview-body");
    const pages = new Map();
    let timer = 0, owner = null;
    const records = "main a.actor, main a.event, main a.source, main a.question, main a.place, main a.claim";

    const hide = () => { clearTimeout(timer); if (owner) owner.removeAttribute("aria-describedby"); owner = null; box.hidden = true; };
    const show = (link, content) => {
      owner = link;
      body.replaceChildren(content);
      for (const id of body.querySelectorAll("[id]")) id.removeAttribute("id");
      box.hidden = false;
      const at = link.getBoundingClientRect();
      const left = Math.min(Math.max(at.left + scrollX - 24, 12), scrollX + root.clientWidth - box.offsetWidth - 12);
      const below = at.bottom + box.offsetHeight + 12 < innerHeight || at.top < box.offsetHeight + 12;
      box.style.left = `${left}px`;
      box.style.top = `${scrollY + (below ? at.bottom + 8 : at.top - box.offsetHeight - 8)}px`;
    };
    const fragmentOf = (node) => { const copy = document.createElement("div"); copy.append(...[...node.childNodes].map((n) => n.cloneNode(true))); return copy; };
    const open = async (link) => {
      if (link.getAttribute("role") === "doc-noteref") {
        const text = note(link)?.querySelector(".note-text");
        if (text) show(link, fragmentOf(text));
        return;
      }
      if (!location.protocol.startsWith("http")) return;
      const url = link.href.split("#")[0];
      if (url === location.href.split("#")[0]) return;
      if (!pages.has(url)) pages.set(url, fetch(url).then((r) => (r.ok ? r.text() : "")).then((html) => new DOMParser().parseFromString(html, "text/html")));
      const page = await pages.get(url);
      const parts = [...page.querySelectorAll("[data-preview]")];
      if (!parts.length || !link.matches(":hover, :focus-visible")) return;
      const copy = document.createElement("div");
      for (const part of parts) copy.append(document.importNode(part, true));
      for (const a of copy.querySelectorAll("a[href]")) a.href = new URL(a.getAttribute("href"), url).href;
      for (const h of copy.querySelectorAll("h1, h2")) { const p = document.createElement("p"); p.className = "title"; p.append(...h.childNodes); h.replaceWith(p); }
      show(link, copy);
    };
    const soon = (link) => { clearTimeout(timer); timer = setTimeout(() => open(link).catch(() => {}), 220); };
    const later = () => { clearTimeout(timer); timer = setTimeout(hide, 260); };
    const marks = (target) => target.closest?.(`sup.note a, ${records}`);

    document.addEventListener("pointerover", (e) => { if (e.pointerType === "touch") return; const link = marks(e.target); if (link && link !== owner) soon(link); else if (box.contains(e.target)) clearTimeout(timer); });
    document.addEventListener("pointerout", (e) => { if (e.pointerType !== "touch" && (marks(e.target) || box.contains(e.target))) later(); });
    document.addEventListener("focusin", (e) => { const link = marks(e.target); if (link?.matches("sup.note a:focus-visible")) open(link); else if (owner && !box.contains(e.target)) hide(); });
    document.addEventListener("keydown", (e) => { if (e.key === "Escape" && !box.hidden) { const back = owner; hide(); back?.focus(); } });
    document.addEventListener("click", (e) => {
      const mark = e.target.closest?.("sup.note a");
      if (mark && matchMedia("(hover: none)").matches) { e.preventDefault(); if (owner === mark) hide(); else open(mark); }
      else if (!box.contains(e.target)) hide();
    });
    box.querySelector(".preview-close").addEventListener("click", () => { const back = owner; hide(); back?.focus(); });
  }
})();
