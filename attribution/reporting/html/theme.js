"use strict";
// Runs in the head, so that nothing flashes: says that scripts run, and takes up the look chosen before.
document.documentElement.classList.add("js");
(() => {
  const root = document.documentElement;
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  try {
    const stored = localStorage.getItem("attrib-theme");
    if (stored === "dark" || stored === "light") root.dataset.theme = stored;
  } catch { /* a browser may forbid storage to local files */ }
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    const tell = () => button.setAttribute("aria-pressed", String(dark()));
    tell();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      try { localStorage.setItem("attrib-theme", root.dataset.theme); } catch { /* as above */ }
      tell();
    });
  });
})();
