// The page reads well without this script. It brings the note on a claim to where the reader looks, dims what a filter
// or a source leaves out, and takes keys. All text stays where the page wrote it: notes are cloned, nothing is parsed.
document.addEventListener("DOMContentLoaded", () => {
  const root = document.documentElement;
  const draft = document.getElementById("draft");
  const panel = document.getElementById("panel");
  const panelBody = panel.querySelector(".panel-body");
  const hint = panelBody.firstElementChild;
  const place = panel.querySelector(".panel-place");
  const status = document.getElementById("status");
  const keys = document.getElementById("keys");
  const notesSection = document.getElementById("notes");
  const unfold = notesSection.querySelector(".unfold");
  const strip = document.querySelector(".strip svg");
  const view = strip.querySelector(".view");
  const filters = [...document.querySelectorAll("[data-filter]")];
  const rows = [...document.querySelectorAll(".ledger tr[data-claims]")];
  const notes = new Map([...document.querySelectorAll(".notes-list .note")].map((note) => [note.dataset.stop, note]));
  const stops = [...notes.keys()];
  const pieces = [...draft.querySelectorAll("[data-claims], .badge[data-stop]")];
  const lines = [...strip.querySelectorAll("a[data-stop]")];
  const badges = new Map([...draft.querySelectorAll(".badge")].map((badge) => [badge.dataset.stop, badge]));
  const narrow = matchMedia("(max-width: 60rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const words = (text) => (text || "").split(" ").filter(Boolean);
  const stopsOf = (piece) => (piece.dataset.stop ? [piece.dataset.stop] : words(piece.dataset.claims));
  const piecesOf = new Map(stops.map((stop) => [stop, []]));
  for (const piece of pieces) for (const stop of stopsOf(piece)) piecesOf.get(stop).push(piece);

  let chosen = null; // the stop whose note is shown
  let pinned = null; // the stop that stays when the pointer moves on
  let lit = null; // the stops that a filter or a source keeps; null: all
  let hovering = 0;

  // --- the note on a claim ---
  const mark = (stop) => {
    for (const piece of draft.querySelectorAll(".chosen, .speaks, .signals")) piece.classList.remove("chosen", "speaks", "signals");
    for (const line of lines) line.classList.toggle("chosen", line.dataset.stop === stop);
    if (!stop) return;
    for (const piece of piecesOf.get(stop)) piece.classList.add("chosen");
    const note = notes.get(stop);
    const chain = new Set(words(note.dataset.chain));
    const hedges = new Set(words(note.dataset.hedges));
    for (const piece of draft.querySelectorAll("[data-source], [data-cue], [data-hedge]")) {
      const speaks = piece.classList.contains("is-source") && words(piece.dataset.source).some((id) => chain.has(id));
      const signals = words(piece.dataset.cue).some((id) => chain.has(id)) || words(piece.dataset.hedge).some((id) => hedges.has(id));
      piece.classList.toggle("speaks", speaks);
      piece.classList.toggle("signals", signals && !speaks);
    }
  };
  const show = (stop) => {
    if (stop === chosen) return;
    chosen = stop;
    mark(stop);
    panel.classList.toggle("full", stop !== null);
    root.classList.toggle("sheet-up", stop !== null);
    if (stop === null) {
      panelBody.replaceChildren(hint);
      return;
    }
    const copy = notes.get(stop).cloneNode(true);
    copy.removeAttribute("id");
    for (const inner of copy.querySelectorAll("[id]")) inner.removeAttribute("id");
    panelBody.replaceChildren(copy);
    panel.scrollTop = 0;
    place.textContent = `${stops.indexOf(stop) + 1} of ${stops.length}`;
  };
  const bringIntoView = (stop) => {
    const box = piecesOf.get(stop)[0].getBoundingClientRect();
    const top = 80;
    const bottom = narrow.matches && panel.classList.contains("full") ? innerHeight - panel.offsetHeight - 40 : innerHeight - 80;
    if (box.top >= top && box.bottom <= bottom) return;
    const target = narrow.matches ? top + 20 : innerHeight * 0.35;
    scrollBy({ top: box.top - target, behavior: still.matches ? "auto" : "smooth" });
  };
  const pin = (stop, focus) => {
    pinned = stop;
    show(stop);
    bringIntoView(stop);
    if (focus) badges.get(stop).focus({ preventScroll: true });
    const note = notes.get(stop);
    const who = [...note.querySelectorAll(".chain .who")].map((one) => one.textContent).join(", through ");
    const score = note.dataset.score ? `, sourcing ${note.dataset.score}` : "";
    status.textContent = `${note.getAttribute("aria-label")}${score}${who ? `, ${who}` : ""}`;
  };
  const release = () => {
    if (panel.contains(document.activeElement)) badges.get(pinned)?.focus({ preventScroll: true });
    pinned = null;
    show(null);
    status.textContent = "Closed";
  };
  const step = (by, focus = true) => {
    const among = lit ? stops.filter((stop) => lit.has(stop)) : stops;
    if (!among.length) return;
    let next;
    if (chosen === null) next = by > 0 ? 0 : among.length - 1;
    else if (among.includes(chosen)) next = among.indexOf(chosen) + by;
    else {
      const here = stops.indexOf(chosen);
      const after = among.findIndex((stop) => stops.indexOf(stop) > here);
      next = by > 0 ? after : (after < 0 ? among.length : after) - 1;
      if (by > 0 && after < 0) next = among.length;
    }
    if (next < 0 || next >= among.length) {
      status.textContent = by > 0 ? "That was the last claim" : "That was the first claim";
      return;
    }
    pin(among[next], focus);
  };

  // --- what is lit ---
  const sift = (kept, told) => {
    lit = kept;
    for (const piece of draft.querySelectorAll(".named")) piece.classList.remove("named", "lit");
    root.classList.toggle("sifted", kept !== null);
    for (const piece of [...pieces, ...lines]) piece.classList.toggle("lit", kept !== null && stopsOf(piece).some((stop) => kept.has(stop)));
    status.textContent = told;
  };
  const press = (button) => {
    for (const other of filters) other.setAttribute("aria-pressed", String(other === button));
  };
  const choose = (row) => {
    for (const other of rows) {
      other.classList.toggle("chosen", other === row);
      other.querySelector("a").setAttribute("aria-pressed", String(other === row));
    }
  };
  const filter = (button) => {
    choose(null);
    press(button);
    const name = button.dataset.filter;
    if (name === "all") return sift(null, "All claims");
    const kept = new Set(stops.filter((stop) => words(notes.get(stop).dataset.groups).includes(name)));
    sift(kept, `${button.firstChild.textContent}: ${kept.size} of ${stops.length}`);
    if (pinned && !kept.has(pinned)) release();
  };
  const showAll = () => filter(filters[0]);
  const follow = (row) => {
    if (row.classList.contains("chosen")) return showAll();
    press(null);
    choose(row);
    const kept = new Set(words(row.dataset.claims));
    sift(kept, `${row.querySelector(".name").textContent}: ${kept.size} claims`);
    for (const piece of draft.querySelectorAll("[data-source]")) {
      if (row.dataset.entity && words(piece.dataset.source).includes(row.dataset.entity)) piece.classList.add("lit", "named");
    }
    if (pinned && !kept.has(pinned)) release();
    const [first] = kept;
    const anyInView = pieces.some((piece) => {
      const box = piece.getBoundingClientRect();
      return piece.classList.contains("lit") && box.top > 60 && box.bottom < innerHeight;
    });
    if (!anyInView) bringIntoView(first);
  };
  for (const button of filters) button.addEventListener("click", () => filter(button));
  for (const row of rows) {
    const link = row.querySelector("a");
    link.setAttribute("role", "button");
    link.setAttribute("aria-pressed", "false");
    row.addEventListener("click", (event) => {
      event.preventDefault();
      follow(row);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      follow(row);
    });
  }

  // --- pointing and tapping ---
  const stopAt = (target) => {
    const piece = target.closest?.("[data-claims], .badge");
    return piece && draft.contains(piece) ? stopsOf(piece)[0] : null;
  };
  const stopBefore = (flag) => {
    const inside = [...(flag.closest(".sentence")?.querySelectorAll("[data-claims]") || [])];
    const before = inside.filter((piece) => piece.compareDocumentPosition(flag) & Node.DOCUMENT_POSITION_FOLLOWING);
    const piece = before.at(-1) || inside[0];
    return piece ? stopsOf(piece)[0] : null;
  };
  draft.addEventListener("click", (event) => {
    const flag = event.target.closest(".flag");
    const stop = flag ? stopBefore(flag) : stopAt(event.target);
    if (flag && !stop) return; // its link leads to the list of findings
    if (stop && !String(getSelection())) {
      event.preventDefault();
      if (stop === pinned && narrow.matches && !flag) release();
      else pin(stop, false);
      // Pressed by key: on to the note, where it can be read line by line; Escape leads back.
      if (event.detail === 0 && pinned) panel.focus({ preventScroll: true });
    } else if (!stop && pinned) release();
  });
  draft.addEventListener("focusin", (event) => {
    const stop = event.target.closest(".badge")?.dataset.stop;
    if (stop && stop !== pinned && event.target.matches(":focus-visible")) pin(stop, false);
  });
  draft.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || pinned || narrow.matches) return;
    const stop = stopAt(event.target);
    clearTimeout(hovering);
    if (stop) hovering = setTimeout(() => pinned || show(stop), 60);
  });
  draft.addEventListener("pointerleave", () => clearTimeout(hovering));
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.step) step(Number(button.dataset.step), false);
    else if (button) release();
    else if (event.target.closest(".number")) {
      event.preventDefault();
      bringIntoView(chosen);
    }
  });

  // --- the strip ---
  const height = strip.viewBox.baseVal.height;
  const layOut = () => {
    const whole = draft.getBoundingClientRect();
    if (!whole.height) return;
    strip.parentElement.style.setProperty("--tall", `${whole.height}px`);
    for (const line of lines) {
      const own = piecesOf.get(line.dataset.stop).map((piece) => piece.getBoundingClientRect());
      const top = Math.min(...own.map((box) => box.top)) - whole.top;
      const bottom = Math.max(...own.map((box) => box.bottom)) - whole.top;
      const rect = line.querySelector("rect");
      rect.setAttribute("y", ((top / whole.height) * height).toFixed(1));
      rect.setAttribute("height", Math.max(4, ((bottom - top) / whole.height) * height - 2).toFixed(1));
    }
    scrolled();
  };
  const scrolled = () => {
    const whole = draft.getBoundingClientRect();
    const top = Math.max(0, Math.min(1, -(whole.top - 60) / whole.height));
    const bottom = Math.max(0, Math.min(1, (innerHeight - whole.top) / whole.height));
    view.setAttribute("y", (top * height).toFixed(1));
    view.setAttribute("height", Math.max(0, (bottom - top) * height).toFixed(1));
  };
  strip.addEventListener("click", (event) => {
    event.preventDefault();
    const box = strip.getBoundingClientRect();
    const at = ((event.clientY - box.top) / box.height) * height;
    const distance = (line) => {
      const rect = line.querySelector("rect");
      const top = Number(rect.getAttribute("y"));
      return Math.max(top - at, at - top - Number(rect.getAttribute("height")), 0);
    };
    const among = lit ? lines.filter((line) => lit.has(line.dataset.stop)) : lines;
    if (!among.length) return;
    pin(among.reduce((best, line) => (distance(line) < distance(best) ? line : best)).dataset.stop, false);
  });
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; scrolled(); });
  }, { passive: true });
  new ResizeObserver(layOut).observe(draft);

  // --- keys and buttons ---
  const marks = document.getElementById("marks");
  const toggleMarks = () => {
    const plain = root.classList.toggle("plain");
    marks.setAttribute("aria-pressed", String(!plain));
    status.textContent = plain ? "Marks off" : "Marks on";
  };
  marks.addEventListener("click", toggleMarks);
  document.getElementById("help").addEventListener("click", () => keys.showModal());
  unfold.addEventListener("click", () => {
    const open = notesSection.classList.toggle("open");
    unfold.setAttribute("aria-expanded", String(open));
    unfold.textContent = open ? "Show none" : "Show all";
  });
  const amongFilters = (event) => {
    const here = filters.indexOf(document.activeElement);
    if (here < 0 || (event.key !== "ArrowRight" && event.key !== "ArrowLeft")) return false;
    filters[(here + (event.key === "ArrowRight" ? 1 : filters.length - 1)) % filters.length].focus();
    return true;
  };
  const does = {
    j: () => step(1),
    k: () => step(-1),
    f: () => (filters.find((one) => one.getAttribute("aria-pressed") === "true") || filters[0]).focus(),
    s: () => (rows.find((one) => one.classList.contains("chosen")) || rows[0])?.querySelector("a").focus(),
    m: toggleMarks,
    d: () => document.getElementById("theme").click(),
    "?": () => keys.showModal(),
    Escape: () => (chosen ? release() : lit && showAll()),
  };
  does["/"] = does.f;
  // Arrows scroll the page, unless a claim of the article has been chosen by key or focus.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    const onBadge = document.activeElement?.classList.contains("badge");
    const key = onBadge && event.key === "ArrowDown" ? "j" : onBadge && event.key === "ArrowUp" ? "k" : event.key;
    if (amongFilters(event)) event.preventDefault();
    else if (Object.hasOwn(does, key)) {
      event.preventDefault();
      does[key]();
    }
  });

  // A link to a claim or to a note shows the note.
  const arrive = () => {
    const stop = location.hash.slice(1).replace(/^note-/, "");
    if (notes.has(stop)) pin(stop, false);
  };
  addEventListener("hashchange", arrive);
  // The browser's own scrolling to the place comes first: what is brought into view is then the claim's beginning.
  addEventListener("load", () => requestAnimationFrame(arrive));
});
