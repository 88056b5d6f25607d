// Small helpers. All text goes in as text: nothing on this page is parsed as markup.
export const byId = (id) => document.getElementById(id);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const words = (text) => (text || "").split(" ").filter(Boolean);
export const copyOf = (template) => byId(template).content.firstElementChild.cloneNode(true);
export const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// An element with a class and what it holds: elements, and words.
export const element = (tag, className = "", ...content) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
};

// An element of a drawing, with its attributes.
export const shape = (tag, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

// Tells those who hear the page; what is said twice in a row is heard once.
export const say = (text) => { byId("status").textContent = text; };
