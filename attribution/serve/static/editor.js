// The text itself, in a textarea: its caret, its undo, input methods and screen readers are the browser's own.
import { byId } from "./dom.js";

export class Editor {
  constructor(onChange) {
    this.field = byId("text");
    this.field.addEventListener("input", onChange);
  }

  get text() { return this.field.value; }
  get caret() { return this.field.selectionStart; }

  // Write in place of a stretch, as if by hand, so that it can be undone.
  replace(start, end, replacement) {
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(start, end);
    const command = replacement ? ["insertText", false, replacement] : ["delete"];
    if (start === end && !replacement) return;
    if (document.execCommand(...command)) return;
    this.field.setRangeText(replacement, start, end, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  replaceAll(text) {
    this.replace(0, this.text.length, text);
    this.field.setSelectionRange(0, 0);
  }

  // Make edits that belong together; false if the words to replace are not there any more.
  mend(edits) {
    if (edits.some(({ start, end, text }) => this.text.slice(start, end) !== text)) return false;
    for (const { start, end, replacement } of [...edits].sort((one, other) => other.start - one.start)) this.replace(start, end, replacement);
    return true;
  }

  goTo(offset) {
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(offset, offset);
  }
}
