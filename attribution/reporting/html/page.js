"use strict";
// Every page reads well without this script. It runs in the head, so that nothing flashes. All text stays where the page
// wrote it: notes are cloned, nothing is parsed.
const root = document.documentElement;
root.classList.add("js");
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const words = (text) => (text || "").split(" ").filter(Boolean);
const say = (text) => { document.getElementById("status").textContent = text; };

// --- the look ---
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
try {
  const stored = localStorage.getItem("attrib-theme");
  if (stored === "dark" || stored === "light") root.dataset.theme = stored;
} catch { /* a browser may forbid storage to local files */ }
const startTheme = () => {
  const button = document.getElementById("theme");
  const tell = () => button.setAttribute("aria-pressed", String(isDark()));
  tell();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("attrib-theme", root.dataset.theme); } catch { /* as above */ }
    tell();
  });
};

// --- filters: what belongs to no group that is pressed is hidden ---
const startFilters = (changed) => {
  const buttons = all("[data-filter]");
  const targets = all("[data-groups]");
  const filter = (name) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.filter === name));
    for (const target of targets) target.hidden = name !== "" && !words(target.dataset.groups).includes(name);
    root.classList.toggle("filtered", name !== "");
    const button = buttons.find((one) => one.dataset.filter === name);
    if (button) say(`${button.firstChild.textContent.trim()}: ${button.querySelector(".count").textContent}`);
    changed?.();
  };
  for (const button of buttons) button.addEventListener("click", () => filter(button.dataset.filter));
  const focus = () => (buttons.find((one) => one.getAttribute("aria-pressed") === "true") || buttons[0])?.focus();
  const arrow = (event) => {
    const here = buttons.indexOf(document.activeElement);
    if (here < 0 || (event.key !== "ArrowRight" && event.key !== "ArrowLeft")) return false;
    buttons[(here + (event.key === "ArrowRight" ? 1 : buttons.length - 1)) % buttons.length].focus();
    return true;
  };
  const filtered = () => buttons.some((one) => one.dataset.filter && one.getAttribute("aria-pressed") === "true");
  return { filter, filtered, focus, arrow };
};

// --- the order of drafts ---
const startSorting = () => {
  const choice = document.getElementById("sort");
  const list = document.querySelector(".drafts");
  if (!choice) return;
  const given = [...list.children];
  choice.addEventListener("change", () => {
    const name = choice.value;
    const value = (entry) => entry.dataset[name];
    const compare = name === "name"
      ? (one, other) => value(one).localeCompare(value(other), "en", { numeric: true })
      : (one, other) => value(other) - value(one);
    list.append(...[...given].sort(compare));
    say(`Sorted: ${choice.selectedOptions[0].textContent}`);
  });
};

// --- the report ---
const startReport = (filters) => {
  const draft = document.getElementById("draft");
  const panel = document.getElementById("panel");
  const panelBody = panel.querySelector(".panel-body");
  const place = panel.querySelector(".panel-place");
  const keys = document.getElementById("keys");
  const brief = document.getElementById("brief");
  const wide = matchMedia("(min-width: 46rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const items = new Map(all(".item").map((item) => [item.dataset.point, item]));
  const notes = new Map(all(".note").map((note) => [note.dataset.note, note]));
  const pieces = all("[data-points], [data-claims], [data-sources], [data-cues], [data-hedges]", draft);
  const marks = new Map(all(".mark", draft).map((mark) => [mark.dataset.point, mark]));
  const rows = all(".carriers li");
  const ofPoint = (point) => pieces.filter((piece) => words(piece.dataset.points).includes(point));
  const ofClaim = (claim) => pieces.filter((piece) => words(piece.dataset.claims).includes(claim));
  let chosen = null; // the point (a number) or the claim (an identifier) whose note is shown
  let from = null; // the mark that was pressed by key, and to which Escape leads back

  brief.open = wide.matches;
  wide.addEventListener("change", () => { release(); brief.open = wide.matches; });
  addEventListener("beforeprint", () => { brief.open = true; });

  // What is chosen, with its words in the text and, of a claim, who says it and what signals that.
  const light = (stop) => {
    for (const piece of all(".chosen, .speaks, .signals", draft)) piece.classList.remove("chosen", "speaks", "signals");
    if (stop === null) return;
    for (const piece of items.has(stop) ? ofPoint(stop) : ofClaim(stop)) piece.classList.add("chosen");
    marks.get(stop)?.classList.add("chosen");
    const claims = items.has(stop) ? words(items.get(stop).dataset.claims) : [stop];
    const told = claims.map((claim) => notes.get(claim)).filter(Boolean);
    const chain = new Set(told.flatMap((note) => words(note.dataset.chain)));
    const doubts = new Set(told.flatMap((note) => words(note.dataset.doubts)));
    for (const piece of pieces) {
      const speaks = "speaks" in piece.dataset && words(piece.dataset.sources).some((id) => chain.has(id));
      const signals = words(piece.dataset.cues).some((id) => chain.has(id)) || words(piece.dataset.hedges).some((id) => doubts.has(id));
      piece.classList.toggle("speaks", speaks);
      piece.classList.toggle("signals", signals && !speaks);
    }
  };
  const seen = () => [...items.keys()].filter((point) => !items.get(point).hidden);
  const fold = (but) => {
    for (const open of all(".look-list details[open]")) if (open !== but) open.open = false;
  };
  const show = (stop) => {
    chosen = stop;
    light(stop);
    const item = items.get(stop);
    const inList = item && wide.matches;
    fold(inList ? item.firstElementChild : null);
    if (inList) item.firstElementChild.open = true;
    panel.hidden = stop === null || Boolean(inList);
    root.classList.toggle("sheet-up", !panel.hidden);
    if (inList) item.scrollIntoView({ block: "nearest" });
    if (panel.hidden) return;
    const copy = (item || notes.get(stop)).cloneNode(true);
    for (const one of [copy, ...all("[id], [name]", copy)]) { one.removeAttribute("id"); one.removeAttribute("name"); }
    copy.hidden = false;
    for (const one of all("details", copy)) one.open = Boolean(item);
    const list = document.createElement("ul");
    list.append(copy);
    panelBody.replaceChildren(list);
    panel.scrollTop = 0;
    place.textContent = item ? `${seen().indexOf(stop) + 1} of ${seen().length}` : "";
    for (const button of all("[data-step]", panel)) button.hidden = !item;
  };
  const bringIntoView = (stop) => {
    const piece = marks.get(stop) || ofClaim(stop)[0];
    if (!piece) return;
    const box = (ofPoint(stop)[0] || piece).getBoundingClientRect();
    const top = 60;
    const bottom = panel.hidden || wide.matches ? innerHeight - 60 : innerHeight - panel.offsetHeight - 40;
    if (box.top >= top && box.bottom <= bottom) return;
    scrollBy({ top: box.top - (wide.matches ? innerHeight * 0.35 : top + 20), behavior: still.matches ? "auto" : "smooth" });
  };
  const choose = (stop) => {
    show(stop);
    bringIntoView(stop);
    const told = items.has(stop) ? items.get(stop).querySelector(".why") : notes.get(stop).querySelector(".carrier");
    say(`${items.has(stop) ? `Note ${stop}` : "Claim"}: ${told.textContent}`);
  };
  const release = () => {
    const back = from || (panel.contains(document.activeElement) ? marks.get(chosen) : null);
    from = null;
    back?.focus({ preventScroll: true });
    show(null);
  };
  const step = (by, focus) => {
    const among = seen();
    if (!among.length) return;
    const here = among.indexOf(chosen);
    const next = here < 0 ? (by > 0 ? 0 : among.length - 1) : here + by;
    if (next < 0 || next >= among.length) {
      say(by > 0 ? "That was the last one" : "That was the first one");
      return;
    }
    choose(among[next]);
    if (focus) (marks.get(among[next]) || items.get(among[next]).querySelector("summary")).focus({ preventScroll: true });
  };

  // A source lights its words and dims the others.
  const follow = (row) => {
    for (const other of rows) {
      other.classList.toggle("chosen", other === row);
      other.querySelector("a").setAttribute("aria-pressed", String(other === row));
    }
    const kept = new Set(row ? words(row.dataset.claims) : []);
    root.classList.toggle("sifted", row !== null);
    for (const piece of pieces) {
      const named = Boolean(row?.dataset.entity) && words(piece.dataset.sources).includes(row.dataset.entity);
      piece.classList.toggle("lit", words(piece.dataset.claims).some((claim) => kept.has(claim)));
      piece.classList.toggle("speaker-of", named);
    }
    if (!row) return;
    release();
    if (!wide.matches) brief.open = false;
    say(`${row.querySelector(".name").textContent}: ${kept.size} claims`);
    const visible = all(".lit", draft).some((piece) => {
      const box = piece.getBoundingClientRect();
      return box.top > 40 && box.bottom < innerHeight;
    });
    if (!visible) bringIntoView([...kept][0]);
  };
  const followed = () => rows.find((row) => row.classList.contains("chosen"));
  for (const row of rows) {
    const link = row.querySelector("a");
    link.setAttribute("role", "button");
    link.setAttribute("aria-pressed", "false");
    const press = (event) => {
      event.preventDefault();
      follow(row === followed() ? null : row);
    };
    row.addEventListener("click", press);
    link.addEventListener("keydown", (event) => { if (event.key === " ") press(event); });
  }

  // Pointing and pressing.
  const stopAt = (target) => {
    const piece = target.closest?.("[data-point], [data-points], [data-claims]");
    if (!piece || !draft.contains(piece)) return null;
    const point = piece.dataset.point || (root.classList.contains("bare") ? null : words(piece.dataset.points).find((one) => !items.get(one).hidden));
    return point || words(piece.dataset.claims)[0] || null;
  };
  draft.addEventListener("click", (event) => {
    const stop = stopAt(event.target);
    if (stop === null || (!items.has(stop) && !notes.has(stop))) return release();
    if (String(getSelection())) return;
    event.preventDefault();
    if (stop === chosen) release();
    else choose(stop);
    // Pressed by key: on to the note, where it can be read line by line; Escape leads back.
    if (event.detail === 0 && chosen) {
      from = event.target;
      (panel.hidden ? items.get(chosen).querySelector("summary") : panel).focus({ preventScroll: true });
    }
  });
  const point = (stop) => {
    for (const one of all(".pointed")) one.classList.remove("pointed");
    if (!items.has(stop)) return;
    items.get(stop).classList.add("pointed");
    for (const piece of ofPoint(stop)) piece.classList.add("pointed");
  };
  draft.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") point(stopAt(event.target)); });
  draft.addEventListener("pointerleave", () => point(null));
  for (const [stop, item] of items) {
    item.addEventListener("pointerenter", () => point(stop));
    item.addEventListener("pointerleave", () => point(null));
    item.querySelector("summary").addEventListener("click", (event) => {
      if (!wide.matches) return; // folds and unfolds by itself
      event.preventDefault();
      if (stop === chosen) release();
      else choose(stop);
    });
    item.querySelector(".to-words")?.addEventListener("click", (event) => {
      event.preventDefault();
      if (!wide.matches) brief.open = false;
      choose(stop);
    });
  }
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.step) step(Number(button.dataset.step), false);
    else if (button) release();
    else if (event.target.closest(".to-words, .number")) {
      event.preventDefault();
      bringIntoView(chosen);
    } else if (event.target.closest(".item summary")) event.preventDefault();
  });

  // Filters, marks and keys.
  const sifted = () => {
    const kept = new Set(seen());
    for (const piece of all("[data-points]", draft)) piece.classList.toggle("off", !words(piece.dataset.points).some((one) => kept.has(one)));
    for (const [stop, mark] of marks) mark.classList.toggle("off", !kept.has(stop));
    if (items.has(chosen) && !kept.has(chosen)) release();
  };
  const bare = document.getElementById("marks");
  const toggleMarks = () => {
    const off = root.classList.toggle("bare");
    bare.setAttribute("aria-pressed", String(!off));
    say(off ? "Marks off" : "Marks on");
  };
  bare.addEventListener("click", toggleMarks);
  document.getElementById("help").addEventListener("click", () => keys.showModal());
  const does = {
    j: () => step(1, true),
    k: () => step(-1, true),
    f: () => { brief.open = true; filters.focus(); },
    s: () => { brief.open = true; (followed() || rows[0])?.querySelector("a").focus(); },
    m: toggleMarks,
    d: () => document.getElementById("theme").click(),
    "?": () => keys.showModal(),
    Escape: () => {
      if (chosen !== null) release();
      else if (followed()) follow(null);
      else if (filters.filtered()) filters.filter("");
    },
  };
  does["/"] = does.f;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (filters.arrow(event)) event.preventDefault();
    else if (Object.hasOwn(does, event.key)) {
      event.preventDefault();
      does[event.key]();
    }
  });

  // A link to a point, a claim or a note shows it.
  const arrive = () => {
    const name = location.hash.slice(1);
    const stop = name.replace(/^(look|point|note)-/, "");
    if (items.has(stop) || notes.has(stop)) choose(stop);
  };
  addEventListener("hashchange", arrive);
  // The browser's own scrolling to the place comes first.
  addEventListener("load", () => requestAnimationFrame(arrive));
  return sifted;
};

document.addEventListener("DOMContentLoaded", () => {
  startTheme();
  startSorting();
  let sifted = null;
  const filters = startFilters(() => sifted?.());
  if (document.body.classList.contains("report")) sifted = startReport(filters);
});
