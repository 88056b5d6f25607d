// Who carries the story: the sources with how many claims each carries, and what no source carries.
import { all, byId, copyOf, element, shape } from "./dom.js";

export class Ledger {
  constructor(onFollow) {
    this.root = byId("carriers");
    this.followed = null; // the row whose words are lit, by its name
    this.rows = [];
    this.shown = "";
    this.root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      this.followed = this.followed === button.dataset.name ? null : button.dataset.name;
      this.press();
      onFollow(this.row);
    });
  }

  show(view) {
    this.rows = view.rows;
    if (!this.row) this.followed = null;
    const shown = JSON.stringify([view.rows, view.claims]);
    if (shown !== this.shown) {
      this.shown = shown;
      const had = this.root.contains(document.activeElement) ? document.activeElement.dataset.name : null;
      this.root.replaceChildren(...view.rows.map((row) => this.item(row, view.claims)));
      byId("sources").hidden = view.rows.length === 0;
      if (had !== null) (all("button", this.root).find((button) => button.dataset.name === had) || all("button", this.root)[0])?.focus({ preventScroll: true });
    }
    this.press();
  }

  item(row, claims) {
    const made = copyOf("row-template");
    const name = made.querySelector(".name");
    name.textContent = row.name;
    name.classList.toggle("unlisted", !row.entry);
    made.querySelector("small").textContent = row.kind;
    made.querySelector(".amount").textContent = row.claims;
    made.querySelector(".meter").classList.add(row.carrier);
    made.querySelector(".fill").setAttribute("width", ((row.claims / claims) * 100).toFixed(1));
    made.querySelector("button").dataset.name = row.name;
    return made;
  }

  press() {
    for (const button of all("button", this.root)) {
      const isFollowed = button.dataset.name === this.followed;
      button.setAttribute("aria-pressed", String(isFollowed));
      button.closest("li").classList.toggle("chosen", isFollowed);
    }
  }

  release() {
    this.followed = null;
    this.press();
  }

  get row() {
    return this.rows.find((row) => row.name === this.followed) || null;
  }
}

// The bar of who answers for which share of the claims, in the fills of the report.
export const showShares = (view) => {
  const parts = [shape("rect", { class: "track", width: 100, height: 12 })];
  let at = 0;
  for (const [carrier, share] of view.shares) {
    parts.push(shape("rect", { class: `share ${carrier}`, x: (at * 100).toFixed(1), width: (share * 100).toFixed(1), height: 12 }));
    at += share;
  }
  byId("shares").replaceChildren(...parts);
};

export const showProblems = (view) => {
  const told = [...view.notices.map((notice) => ["", notice]), ...view.problems];
  byId("problems").hidden = told.length === 0;
  byId("problem-list").replaceChildren(
    ...told.map(([place, message]) => element("li", "words", element("span", "where", place), " ", message)),
  );
};
