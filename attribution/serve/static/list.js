// What to look at, as the report lists it, with how to mend it; and the filters above it.
import { all, byId, capital, copyOf, element, words } from "./dom.js";

export const groupOf = (entry) => entry.item.kind;

// The same matter in two views: what its rule is about, where it begins.
const sameMatter = (one, other) => groupOf(one) === groupOf(other) && one.item.advice[0].rule === other.item.advice[0].rule && one.start === other.start;

// The number that an entry of an earlier view, moved along with the text, has in the new one; null if it is gone.
export const numberIn = (view, earlier) => {
  if (!earlier) return null;
  const exact = view.entries.find((entry) => sameMatter(entry, earlier));
  const near = exact || view.entries.find((entry) => entry.start !== null && earlier.start !== null && groupOf(entry) === groupOf(earlier) && entry.start < earlier.end && earlier.start < entry.end);
  return near ? near.item.number : null;
};

const advice = (told, isFirst) => {
  const parts = [];
  if (!isFirst) parts.push(element("p", "why words", capital(told.message)));
  parts.push(element("p", "mend words", told.help));
  if (told.good) {
    const example = element("dl", "example");
    for (const [name, text] of [["Instead of", told.bad], ["write", told.good]]) example.append(element("div", "", element("dt", "", name), element("dd", "", text)));
    parts.push(example);
  }
  return parts;
};

const foot = (entry) => {
  const { item } = entry;
  const made = element("p", "foot", element("span", "label", item.label));
  if (entry.start !== null) {
    const link = element("button", "to-words", item.where);
    link.type = "button";
    link.dataset.toWords = item.number;
    made.append(" · ", link);
  }
  for (const { rule, page } of item.advice.filter((told) => told.rule)) {
    if (page) {
      const link = element("a", "rule", rule);
      Object.assign(link, { href: page, rel: "noreferrer", target: "_blank" });
      made.append(" · ", link);
    } else made.append(" · ", element("span", "rule", rule));
  }
  return made;
};

// An entry of the list; its buttons tell by their data what they do.
export const itemOf = (entry) => {
  const { item, fixes } = entry;
  const made = copyOf("item-template");
  made.id = `look-${item.number}`;
  made.classList.add(`g${item.gravity}`);
  Object.assign(made.dataset, { point: item.number, groups: item.kind });
  made.querySelector(".number").textContent = item.number;
  made.querySelector(".why").textContent = capital(item.advice[0].message);
  const quoted = made.querySelector("q");
  if (item.words) quoted.textContent = item.words;
  else quoted.remove();
  const more = made.querySelector(".more");
  item.advice.forEach((told, place) => more.append(...advice(told, place === 0)));
  if (fixes.length) {
    const buttons = element("p", "fixes");
    fixes.forEach((fix, place) => {
      const button = element("button", fix.safe ? "safe" : "", fix.title);
      button.type = "button";
      Object.assign(button.dataset, { point: item.number, fix: place });
      buttons.append(button);
    });
    more.append(buttons);
  }
  more.append(foot(entry));
  return made;
};

// Which control of the list has the focus, so that it has it again in a new list.
const focused = (list) => {
  const here = document.activeElement?.closest?.(".item");
  if (!here || !list.contains(here)) return null;
  return { point: here.dataset.point, place: all("summary, button, a", here).indexOf(document.activeElement) };
};

export class List {
  constructor(onFilter) {
    this.root = byId("list");
    this.filters = byId("filters");
    this.group = "";
    this.shown = "";
    this.onFilter = onFilter;
    this.filters.addEventListener("click", (event) => {
      const button = event.target.closest("[data-filter]");
      if (button) this.filter(button.dataset.filter);
    });
  }

  // Show a view's entries; ``open`` is the number of the one that is unfolded, ``was`` the number that it had before.
  show(view, open, was) {
    const shown = JSON.stringify([view.entries.map(({ item, fixes }) => [item, fixes.map((fix) => fix.title)]), view.kinds]);
    if (shown !== this.shown) {
      this.shown = shown;
      const focus = focused(this.root);
      this.root.replaceChildren(...view.entries.map(itemOf));
      this.showFilters(view);
      if (focus) {
        const item = this.item(Number(focus.point) === was ? open : focus.point) || this.root.querySelector(".item");
        const controls = item ? all("summary, button, a", item) : [];
        (controls[focus.place] || controls[0] || byId("text")).focus({ preventScroll: true });
      }
    }
    this.unfold(open);
    this.sift();
  }

  showFilters(view) {
    if (!view.kinds.some(([kind]) => kind === this.group)) this.group = "";
    const had = this.filters.contains(document.activeElement) ? document.activeElement.dataset.filter : null;
    const buttons = [["", "All", view.entries.length], ...view.kinds].map(([kind, label, number]) => {
      const button = element("button", "", `${label} `, element("span", "count", String(number)));
      button.type = "button";
      button.dataset.filter = kind;
      return button;
    });
    this.filters.replaceChildren(...buttons);
    this.filters.hidden = view.kinds.length < 2;
    if (had !== null) this.focusFilter(had);
  }

  focusFilter(kind = this.group) {
    const buttons = all("button", this.filters);
    (buttons.find((button) => button.dataset.filter === kind) || buttons[0])?.focus();
  }

  arrow(event) {
    const buttons = all("button", this.filters);
    const here = buttons.indexOf(document.activeElement);
    if (here < 0 || (event.key !== "ArrowRight" && event.key !== "ArrowLeft")) return false;
    buttons[(here + (event.key === "ArrowRight" ? 1 : buttons.length - 1)) % buttons.length].focus();
    return true;
  }

  filter(kind) {
    this.group = kind;
    this.sift();
    this.onFilter();
  }

  sift() {
    for (const button of all("button", this.filters)) button.setAttribute("aria-pressed", String(button.dataset.filter === this.group));
    for (const item of this.root.children) item.hidden = this.group !== "" && !words(item.dataset.groups).includes(this.group);
  }

  item(point) {
    return point === null ? null : this.root.querySelector(`[data-point="${point}"].item`);
  }

  unfold(point) {
    const wanted = this.item(point)?.firstElementChild;
    for (const details of all("details", this.root)) if (details.open !== (details === wanted)) details.open = details === wanted;
  }

  // The numbers of the entries that are seen, in the order of the list.
  get seen() {
    return [...this.root.children].filter((item) => !item.hidden).map((item) => Number(item.dataset.point));
  }
}
