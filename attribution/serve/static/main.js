// The page to write in. The text is checked while it is written; what is found is shown as marks behind the words, as a
// list beside them and, for the claim at the caret, as a strip below.
import { all, byId, capital, count, say, words } from "./dom.js";
import { Checker, token } from "./client.js";
import { difference, movedView } from "./edits.js";
import { Editor } from "./editor.js";
import { startFiles } from "./files.js";
import { Here, whoSays } from "./here.js";
import { startKeys } from "./keys.js";
import { Layer } from "./layer.js";
import { Ledger, showProblems, showShares } from "./ledger.js";
import { List, itemOf, numberIn } from "./list.js";

const EMPTY = { headline: "", counts: "", words: 0, claims: 0, entries: [], kinds: [], rows: [], shares: [], notes: [], problems: [], notices: [], marks: [] };
const LONGEST = 300_000; // characters of a text that is mirrored; the server reads fewer
const QUIET = 1_500; // milliseconds without news after which the number of places is told to those who hear the page

const root = document.documentElement;
const wide = matchMedia("(min-width: 46rem)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const brief = byId("brief");
const panel = byId("panel");
const format = byId("format");

let view = EMPTY; // what was found, moved along with the text
let text = ""; // the text that the view and the layer are of
let name = "";
let opening = []; // notices about the file that was opened
let chosen = null; // the number of the point whose note is shown
let isSaved = true;
let isFileTrouble = false; // whether what is told went wrong with a file; it stays until the text is changed
let changes = 0; // how often the text has changed; tests and measurements ask for it, and of which change the marks are
let toldHeadline = "";
let telling = 0;

token();

// Whether there are no words to be read yet.
const isBlank = () => !/[\p{L}\p{N}]/u.test(editor.text);
const entryOf = (point) => view.entries.find((entry) => entry.item.number === Number(point)) || null;
const draft = () => ({ text: editor.text, format: format.value, name });

// --- what is shown ---

const layer = new Layer(byId("layer"));
const here = new Here();
const list = new List(() => {
  const seen = new Set(list.seen);
  if (chosen !== null && !seen.has(chosen)) release();
  decorate();
  say(`${list.group === "" ? "All" : list.filters.querySelector(`[data-filter="${list.group}"]`).firstChild.textContent.trim()}: ${seen.size}`);
});
const ledger = new Ledger((row) => {
  decorate();
  if (!row) return;
  say(`${row.name}: ${count(row.carried.length, "claim")}`);
  if (!wide.matches) brief.open = false;
  bringIntoView(layer.pieces.find((piece) => piece.classList.contains("lit")));
});

// The classes of the pieces: what is chosen, who says it and how that is told, whom the reader follows, what is left out.
const decorate = () => {
  const seen = new Set(list.seen.map(String));
  const entry = chosen === null ? null : entryOf(chosen);
  const claims = new Set(entry ? entry.item.claims : []);
  const notes = view.notes.filter((note) => claims.has(note.id));
  const chain = new Set(notes.flatMap((note) => words(note.attributions)));
  const doubts = new Set(notes.flatMap((note) => words(note.doubts)));
  const row = ledger.row;
  const kept = new Set(row ? row.carried : []);
  for (const piece of layer.pieces) {
    const { points, claims: inClaims, sources, cues, hedges } = piece.dataset;
    const speaks = "speaks" in piece.dataset && words(sources).some((id) => chain.has(id));
    const classes = piece.classList;
    classes.toggle("chosen", chosen !== null && words(points).includes(String(chosen)));
    classes.toggle("speaks", speaks);
    classes.toggle("signals", !speaks && (words(cues).some((id) => chain.has(id)) || words(hedges).some((id) => doubts.has(id))));
    classes.toggle("lit", words(inClaims).some((id) => kept.has(id)) || Boolean(row?.id) && words(sources).includes(row.id));
    classes.toggle("off", Boolean(points) && !words(points).some((point) => seen.has(point)));
  }
};

const showMarks = () => {
  const isLong = text.length > LONGEST;
  root.classList.toggle("too-long", isLong);
  if (isLong) return layer.clear();
  const first = new Map();
  for (const { item, start } of view.entries) if (start !== null) first.set(start, [first.get(start), item.number].filter(Boolean).join("·"));
  layer.show(text, view.marks, first);
  decorate();
};

// The note of the claim at a place: the innermost there, or the one that the words of a source or a cue there belong to.
const noteAt = (offset) => {
  const near = view.marks.filter((mark) => mark.start <= offset && offset <= mark.end);
  const mark = near.find((one) => offset < one.end) || near[0];
  if (!mark) return null;
  const [claim] = words(mark.claims);
  const told = new Set([...words(mark.cues), ...words(mark.sources)]);
  return view.notes.find((note) => (claim ? note.id === claim : words(note.attributions).some((id) => told.has(id)))) || null;
};

// Of the claim at the caret; outside the text, of the one that the chosen point is about.
const showHere = () => {
  if (here.root.contains(document.activeElement)) return; // it is being read
  if (editor.field === document.activeElement || chosen === null) return here.show(noteAt(editor.caret));
  const [claim] = entryOf(chosen).item.claims;
  here.show(view.notes.find((note) => note.id === claim) || null);
};

const show = (entry) => {
  list.show(view, entry ? entry.item.number : null, chosen);
  chosen = entry ? entry.item.number : null;
  ledger.show(view);
  showShares(view);
  showProblems({ ...view, notices: [...opening, ...view.notices] });
  byId("headline").textContent = view.headline;
  byId("counts").textContent = view.counts;
  byId("nothing").hidden = view.entries.length > 0;
  showMarks();
  showPanel();
  showHere();
};

const showStart = () => {
  const isEmpty = editor.text.trim() === "";
  byId("start").hidden = !isEmpty;
  brief.hidden = view === EMPTY && byId("trouble").hidden;
  root.classList.toggle("empty", isEmpty);
  byId("facts").textContent = count(words(editor.text.replace(/\s+/g, " ")).length, "word");
  byId("name").textContent = name || "New draft";
  document.title = `${name || "A draft"} – attrib`;
};

const tell = (headline) => {
  clearTimeout(telling);
  telling = setTimeout(() => {
    if (headline !== toldHeadline) say(headline);
    toldHeadline = headline;
  }, QUIET);
};

const tellTrouble = (trouble) => {
  byId("trouble").textContent = capital(trouble);
  byId("trouble").hidden = false;
  brief.open = true;
  showStart();
};

// --- the text ---

const checker = new Checker(
  (found, sent, took) => {
    // The text may have changed since; the entry that was open stays open, wherever it is now.
    if (isBlank()) return;
    const edit = difference(sent.text, text);
    const earlier = chosen === null ? null : entryOf(chosen);
    const current = sent.text === text ? found : movedView(found, edit);
    const number = numberIn(current, earlier);
    byId("trouble").hidden = !isFileTrouble;
    view = current;
    show(number === null ? null : entryOf(number));
    showStart();
    tell(view.headline);
    Object.assign(byId("sheet").dataset, { shown: sent.text === text ? changes : "", took: Math.round(took) });
  },
  (trouble) => {
    view = EMPTY;
    show(null);
    byId("headline").textContent = "Not checked";
    byId("nothing").hidden = true;
    tellTrouble(trouble);
  },
);

const changed = () => {
  const next = editor.text;
  if (next === text) return; // some browsers tell of one edit several times
  isFileTrouble = false;
  changes += 1;
  byId("sheet").dataset.changes = changes;
  if (view !== EMPTY) view = movedView(view, difference(text, next));
  text = next;
  isSaved = text.trim() === "";
  if (isBlank()) {
    checker.forget();
    view = EMPTY;
    if (text === "") opening = [];
    byId("trouble").hidden = true;
    show(null);
  } else {
    showMarks();
    checker.changed(draft());
  }
  showStart();
};

const editor = new Editor(changed);

// --- choosing a point ---

const bringIntoView = (piece) => {
  if (!piece) return;
  const box = piece.getClientRects()[0];
  const bottom = panel.hidden ? innerHeight - 90 : innerHeight - panel.offsetHeight - 40;
  if (!box || (box.top >= 70 && box.bottom <= bottom)) return;
  scrollBy({ top: box.top - Math.min(innerHeight * 0.35, bottom / 2), behavior: still.matches ? "auto" : "smooth" });
};

const showPanel = () => {
  const entry = chosen === null || wide.matches ? null : entryOf(chosen);
  panel.hidden = !entry;
  root.classList.toggle("sheet-up", Boolean(entry));
  if (!entry) return;
  const copy = itemOf(entry);
  copy.removeAttribute("id");
  copy.firstElementChild.removeAttribute("name");
  copy.firstElementChild.open = true;
  const note = view.notes.find(({ id }) => id === entry.item.claims[0]);
  if (note) copy.querySelector(".foot").before(whoSays(note));
  panel.querySelector(".panel-body").replaceChildren(copy);
  const seen = list.seen;
  panel.querySelector(".panel-place").textContent = `${seen.indexOf(chosen) + 1} of ${seen.length}`;
};

const choose = (point, { focus = false } = {}) => {
  chosen = Number(point);
  const entry = entryOf(chosen);
  if (list.item(chosen).hidden) list.filter("");
  list.unfold(chosen);
  decorate();
  showPanel();
  showHere();
  const item = list.item(chosen);
  if (wide.matches) item.scrollIntoView({ block: "nearest" });
  bringIntoView(layer.root.querySelector(`.point.flagged[data-points~="${chosen}"]`));
  say(`Note ${chosen}: ${entry.item.advice[0].message}`);
  if (focus) (panel.hidden ? item.querySelector("summary") : panel).focus({ preventScroll: true });
};

const release = () => {
  if (panel.contains(document.activeElement)) editor.field.focus({ preventScroll: true });
  chosen = null;
  list.unfold(null);
  decorate();
  showPanel();
};

const pointAt = (offset) => {
  const seen = new Set(list.seen);
  const marks = view.marks.filter((mark) => mark.points && mark.start <= offset && offset <= mark.end);
  const numbers = [...marks.filter((mark) => mark.flagged), ...marks].flatMap((mark) => words(mark.points).map(Number));
  return numbers.find((number) => seen.has(number)) ?? null;
};

// The next or last point in the order of the list; from the text, in the order of the text from the caret on.
const step = (by, { inText = false, focus = false } = {}) => {
  const seen = list.seen;
  if (!seen.length) return say("Nothing to look at");
  let next;
  if (inText) {
    const places = view.entries.filter((entry) => entry.start !== null && seen.includes(entry.item.number)).sort((one, other) => one.start - other.start);
    if (!places.length) return say("Nothing to look at in the text");
    const ahead = by > 0 ? places.find((entry) => entry.start > editor.caret) || places[0] : places.findLast((entry) => entry.start < editor.caret) || places.at(-1);
    editor.goTo(ahead.start);
    next = ahead.item.number;
  } else {
    const at = seen.indexOf(chosen);
    const place = at < 0 ? (by > 0 ? 0 : seen.length - 1) : at + by;
    if (place < 0 || place >= seen.length) return say(by > 0 ? "That was the last one" : "That was the first one");
    next = seen[place];
  }
  choose(next, { focus });
};

const mend = (point, place) => {
  const fix = entryOf(point)?.fixes[place];
  if (!fix) return;
  if (editor.mend(fix.edits)) say(`Done: ${fix.title}`);
  else say("These words have changed meanwhile");
};

const toWords = (point) => {
  const entry = entryOf(point);
  if (!wide.matches) brief.open = false;
  if (entry?.start === null) return;
  editor.goTo(entry.start);
  choose(point);
};

const press = (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.fix) return mend(button.dataset.point, Number(button.dataset.fix));
  if (button?.dataset.toWords) return toWords(button.dataset.toWords);
  const summary = event.target.closest(".item > details > summary");
  if (!summary) return;
  event.preventDefault();
  const point = Number(summary.closest(".item").dataset.point);
  if (panel.contains(summary)) return;
  if (!wide.matches) {
    // Folds and unfolds in the list, which covers the text.
    list.unfold(summary.parentElement.open ? null : point);
    chosen = summary.parentElement.open ? point : null;
    decorate();
  } else if (point === chosen) release();
  else choose(point);
};
list.root.addEventListener("click", press);
panel.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.step) step(Number(button.dataset.step));
  else if (button && "close" in button.dataset) release();
  else press(event);
});

// --- pointing and pressing in the text ---

const seenPoint = (piece) => words(piece?.dataset.points).map(Number).find((number) => list.seen.includes(number)) ?? null;

editor.field.addEventListener("click", (event) => {
  if (editor.field.selectionStart !== editor.field.selectionEnd) return;
  const piece = root.classList.contains("bare") ? null : layer.at(event.clientX, event.clientY);
  const point = seenPoint(piece);
  if (point !== null) choose(point);
  else if (chosen !== null) release();
});
const pointed = (point) => {
  for (const item of all(".item.pointed")) item.classList.remove("pointed");
  for (const piece of all(".pointed", layer.root)) piece.classList.remove("pointed");
  if (point === null) return;
  list.item(point)?.classList.add("pointed");
  for (const piece of all(`.point[data-points~="${point}"]`, layer.root)) piece.classList.add("pointed");
};
editor.field.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse" && !event.buttons) pointed(seenPoint(layer.at(event.clientX, event.clientY))); });
editor.field.addEventListener("pointerleave", () => pointed(null));
list.root.addEventListener("pointerover", (event) => pointed(event.target.closest(".item")?.dataset.point ?? null));
list.root.addEventListener("pointerleave", () => pointed(null));
document.addEventListener("selectionchange", showHere);
editor.field.addEventListener("focus", showHere);
byId("sheet").addEventListener("click", (event) => { if (event.target === byId("sheet")) editor.field.focus(); });

format.addEventListener("change", () => { if (!isBlank()) checker.changed(draft()); });

// --- the look, and keys ---

const bare = byId("marks");
const toggleMarks = () => {
  const off = root.classList.toggle("bare");
  bare.setAttribute("aria-pressed", String(!off));
  say(off ? "Marks off" : "Marks on");
};
bare.addEventListener("click", toggleMarks);
brief.open = wide.matches;
wide.addEventListener("change", () => {
  brief.open = wide.matches;
  showPanel();
});

startFiles({
  draft,
  saved: () => { isSaved = true; },
  tellTrouble: (trouble) => {
    isFileTrouble = true;
    tellTrouble(trouble);
  },
  takeFile: (opened) => {
    checker.forget();
    name = opened.name;
    format.value = opened.format;
    opening = opened.notices;
    release();
    editor.replaceAll(opened.text);
    isSaved = true;
    showStart();
    say(`${name} is open`);
  },
});

startKeys({
  step,
  toggleMarks,
  moveInFilters: (event) => list.arrow(event),
  toText: () => editor.field.focus(),
  toList: () => {
    brief.open = true;
    (list.item(chosen) || list.root.querySelector(".item:not([hidden])"))?.querySelector("summary").focus();
  },
  toFilters: () => {
    brief.open = true;
    list.focusFilter();
  },
  toSources: () => {
    brief.open = true;
    all("button", ledger.root)[0]?.focus();
  },
  toNote: () => {
    const point = pointAt(editor.caret);
    if (point !== null) return choose(point, { focus: true });
    if (here.root.hidden) return say("Nothing to look at here");
    here.root.open = true;
    here.root.querySelector("summary").focus();
  },
  goBack: () => {
    if (byId("save").open) byId("save").open = false;
    else if (chosen !== null) {
      release();
      editor.field.focus({ preventScroll: true });
    } else if (ledger.row) {
      ledger.release();
      decorate();
    } else if (list.group) list.filter("");
    else editor.field.focus({ preventScroll: true });
  },
});
addEventListener("beforeunload", (event) => { if (!isSaved) event.preventDefault(); });
byId("sample").addEventListener("click", () => {
  editor.replaceAll(byId("sample-text").content.textContent.trim() + "\n");
  isSaved = true;
});

showStart();
