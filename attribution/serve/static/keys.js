// Keys. In the text letters are written, so there only keys that write nothing do anything; outside it, those of the report.
import { byId } from "./dom.js";

// ``does`` has what is done, by name; see main.js.
export const startKeys = (does) => {
  const help = byId("keys");
  const field = byId("text");
  const outside = {
    j: () => does.step(1, { focus: true }),
    k: () => does.step(-1, { focus: true }),
    f: does.toFilters,
    "/": does.toFilters,
    s: does.toSources,
    m: does.toggleMarks,
    d: () => byId("theme").click(),
    "?": () => help.showModal(),
  };
  byId("help").addEventListener("click", () => help.showModal());
  const press = (event) => {
    const inText = document.activeElement === field;
    const isCombined = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === "F8") does.step(event.shiftKey ? -1 : 1, { inText });
    else if (event.key === "F6") (inText ? does.toList : does.toText)();
    else if (event.key === "Escape") does.goBack();
    else if (event.key === "." && (event.ctrlKey || event.metaKey) && inText) does.toNote();
    else if (isCombined || inText || document.activeElement?.localName === "select") return false;
    else if (does.moveInFilters(event)) return true;
    else if (Object.hasOwn(outside, event.key)) outside[event.key]();
    else return false;
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (!help.open && !event.isComposing && press(event)) event.preventDefault();
  });
};
