// Files that are opened, dropped or pasted, and those that a draft is saved as. What is opened is a copy of its text.
import { all, byId, say } from "./dom.js";
import { Trouble, exported, open } from "./client.js";

const EXTENSIONS = { text: "txt", markdown: "md", html: "html" };

// ``takeFile`` is given what a file holds, ``draft`` gives the draft as it is, ``saved`` hears that its text is safe, and
// ``tellTrouble`` what went wrong.
export const startFiles = ({ takeFile, draft, saved, tellTrouble }) => {
  const tried = async (action) => {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      tellTrouble(error.message);
    }
  };
  const openFile = (file) => file && tried(async () => takeFile(await open(file)));

  const chooser = byId("file");
  byId("open").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    openFile(chooser.files[0]);
    chooser.value = "";
  });

  // What is dragged over an element within another leaves the other: only the first and the last count.
  let over = 0;
  const drop = byId("drop");
  const holdsFile = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  const dragged = (by) => (event) => {
    if (!holdsFile(event)) return;
    over += by;
    drop.hidden = over <= 0;
  };
  addEventListener("dragenter", dragged(1));
  addEventListener("dragleave", dragged(-1));
  addEventListener("dragover", (event) => { if (holdsFile(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    over = 0;
    drop.hidden = true;
    if (!holdsFile(event)) return;
    event.preventDefault();
    openFile(event.dataTransfer.files[0]);
  });
  byId("text").addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.files[0];
    if (!pasted || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    openFile(pasted);
  });

  const menu = byId("save");
  const download = (content, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  const save = (form) => tried(async () => {
    menu.open = false;
    const { text, format, name } = draft();
    const stem = name.replace(/\.[^.]*$/, "") || "draft";
    if (form === "text") {
      download(new Blob([text], { type: "text/plain" }), `${stem}.${EXTENSIONS[format]}`);
      saved();
    } else download(await exported(draft(), form), `${stem}.${form}`);
    say("Saved");
  });
  for (const button of all("[data-save]", menu)) button.addEventListener("click", () => save(button.dataset.save));
  addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
};
