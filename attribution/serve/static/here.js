// Who says what stands at the caret, and how sure the text is: a strip below the text, which unfolds.
import { all, byId, element } from "./dom.js";

const measures = (note) => {
  const body = element("tbody");
  for (const measure of note.measures) {
    const head = element("th", "", measure.name);
    head.scope = "row";
    const total = element("tr", "total", head, element("td", "", measure.value));
    body.append(total);
    for (const ground of measure.grounds) {
      const told = element("td", "words", ground.words);
      const row = element("tr", "", told);
      if (ground.effect) row.append(element("td", "effect", ground.effect));
      else told.colSpan = 2;
      body.append(row);
    }
  }
  return element("table", "factors", body);
};

// What it means that these answer for the claim, where there is no name to tell.
const meaning = (note) => note.measures.find((measure) => measure.name === "carrier")?.grounds[0]?.words || "";

// Who answers for a claim, by which words it is hedged.
const told = (note) => {
  const hedges = note.hedges.length ? `hedged by ${note.hedges.map((hedge) => `“${hedge}”`).join(", ")}` : "";
  return [note.says || meaning(note), hedges].filter(Boolean).join("; ");
};
export const whoSays = (note) => element("p", "who-says", element("span", `carrier ${note.carrier}`, note.label), " ", element("span", "words", told(note)));

const sureness = (note) => {
  const value = (name) => note.measures.find((measure) => measure.name === name)?.value;
  return [["support", "support"], ["certainty", "certainty"]].map(([name, label]) => value(name) && `${label} ${value(name)}`).filter(Boolean).join(" · ");
};

export class Here {
  constructor() {
    this.root = byId("here");
    this.shown = null;
  }

  // Show a claim's note, or nothing.
  show(note) {
    const key = note && JSON.stringify(note);
    if (key === this.shown) return;
    this.shown = key;
    this.root.hidden = !note;
    if (!note) return;
    this.root.className = `here js-only ${note.carrier}`;
    this.root.querySelector(".carrier").textContent = note.label;
    this.root.querySelector(".carrier").className = `carrier ${note.carrier}`;
    this.root.querySelector(".says").textContent = told(note);
    const parts = [element("blockquote", "words", note.words)];
    if (sureness(note)) parts.push(element("p", "doubts", sureness(note)));
    if (note.measures.length) parts.push(measures(note));
    this.root.querySelector(".here-body").replaceChildren(...parts);
  }
}
