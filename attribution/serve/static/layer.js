// The marks behind the text. The text itself stays in a textarea, with its caret, undo, input methods and screen readers;
// this layer has the same words in the same places, invisible, and shows marks under them. A line of the text is an
// element of its own, and only lines that have changed are written again.
import { all, element } from "./dom.js";

const NAMES = ["points", "claims", "sources", "cues", "hedges"];

export class Layer {
  constructor(root) {
    this.root = root;
    this.keys = [];
  }

  // Show a text with its marks, which are in text order and do not overlap. ``first`` has for each position where the
  // words of a point begin its number.
  show(text, marks, first) {
    const lines = text.split("\n");
    const keys = [];
    const contents = [];
    let start = 0;
    let next = 0;
    for (const line of lines) {
      const end = start + line.length;
      const pieces = [];
      while (next < marks.length && marks[next].end <= start) next += 1;
      for (let at = next; at < marks.length && marks[at].start < end; at += 1) {
        const mark = marks[at];
        const from = Math.max(mark.start, start);
        const to = Math.min(mark.end, end);
        if (from < to) pieces.push({ mark, from: from - start, to: to - start, pin: first.get(mark.start) });
      }
      keys.push(line + "\0" + JSON.stringify(pieces.map(({ mark, from, to, pin }) => [from, to, pin, mark.flagged, mark.gravity, mark.speaks, ...NAMES.map((name) => mark[name])])));
      contents.push([line, pieces]);
      start = end + 1;
    }
    let same = 0;
    const most = Math.min(keys.length, this.keys.length);
    while (same < most && keys[same] === this.keys[same]) same += 1;
    let after = 0;
    while (after < most - same && keys.at(-1 - after) === this.keys.at(-1 - after)) after += 1;
    const old = [...this.root.children].slice(same, this.keys.length - after);
    const made = contents.slice(same, keys.length - after).map(([line, pieces]) => this.line(line, pieces));
    const behind = this.root.children[this.keys.length - after] || null;
    for (const one of old) one.remove();
    for (const one of made) this.root.insertBefore(one, behind);
    this.keys = keys;
  }

  line(text, pieces) {
    const made = element("div", "line");
    let at = 0;
    for (const { mark, from, to, pin } of pieces) {
      if (from > at) made.append(text.slice(at, from));
      const piece = element("span", mark.points ? `point g${mark.gravity || 0}${mark.flagged ? " flagged" : ""}` : "");
      for (const name of NAMES) if (mark[name]) piece.dataset[name] = mark[name];
      if (mark.speaks) piece.dataset.speaks = "";
      if (pin && mark.flagged) {
        const number = element("span", "pin");
        number.dataset.point = pin;
        piece.append(number);
      }
      piece.append(text.slice(from, to));
      made.append(piece);
      at = to;
    }
    if (at < text.length) made.append(text.slice(at));
    return made;
  }

  clear() {
    this.root.replaceChildren();
    this.keys = [];
  }

  get pieces() {
    return all("span:not(.pin)", this.root);
  }

  // The piece that is seen at a place of the window.
  at(x, y) {
    return document.elementsFromPoint(x, y).find((one) => one.localName === "span" && this.root.contains(one)) || null;
  }
}
