// Asks the server. The token comes with the address, behind #, and stays in this tab.
const KEY = "attrib-token";

let held = "";
export const token = () => {
  const given = location.hash.slice(1);
  if (/^[\w.~-]{16,}$/.test(given)) {
    held = given;
    try { sessionStorage.setItem(KEY, given); } catch { /* a browser may forbid it: then until the page is loaded again */ }
    history.replaceState(null, "", location.pathname);
  }
  try { return held || sessionStorage.getItem(KEY) || ""; } catch { return held; }
};

// What went wrong, in words for people.
export class Trouble extends Error {}

const ask = async (path, body, type, signal) => {
  const headers = { authorization: `Bearer ${token()}` };
  if (type) headers["content-type"] = type;
  let answer;
  try {
    answer = await fetch(path, { method: "POST", body, headers, signal, cache: "no-store" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble("The server does not answer. Is attrib serve still running?");
  }
  if (answer.ok) return answer;
  if (answer.status === 401) throw new Trouble("This tab is not known to the server. Open the address that attrib serve has printed, with what stands behind #.");
  const told = await answer.json().catch(() => null);
  throw new Trouble(told?.detail || `The server answers with an error (${answer.status}).`);
};

const JSON_TYPE = "application/json";
// Halves of characters, which a paste may bring, are no text; U+FFFD is as wide.
const sent = (draft) => JSON.stringify({ ...draft, text: draft.text.replace(/\p{Surrogate}/gu, "\ufffd") });

export const check = async (draft, signal) => {
  try {
    return await (await ask("/page/check", sent(draft), JSON_TYPE, signal)).json();
  } catch (error) {
    // A text without a name is called draft by the server.
    if (error instanceof Trouble && !draft.name) error.message = error.message.replace(/^draft\.\w+:/, "This text");
    throw error;
  }
};
export const open = async (file) => (await ask(`/page/open?name=${encodeURIComponent(file.name)}`, file, file.type)).json();
export const exported = async (draft, form) => (await ask(`/page/export/${form}`, sent(draft), JSON_TYPE)).blob();

const SLOW = 500; // milliseconds of an answer for which it is better to wait until nobody types
const REST = 300;

// Has the newest draft checked, one request at a time: what is typed meanwhile is sent when the answer has come.
export class Checker {
  constructor(onView, onTrouble) {
    this.onView = onView;
    this.onTrouble = onTrouble;
    this.waiting = null;
    this.running = null;
    this.took = 0;
  }

  changed(draft) {
    this.waiting = draft;
    if (!this.running) this.run();
  }

  // Give up what is under way: another draft altogether is to be checked.
  forget() {
    this.waiting = null;
    const given = this.running;
    if (!given) return;
    this.running = new AbortController();
    given.abort();
  }

  async run() {
    this.running = new AbortController();
    while (this.waiting) {
      if (this.took > SLOW) await this.rest();
      const draft = this.waiting;
      this.waiting = null;
      if (!draft) break;
      const started = performance.now();
      try {
        const view = await check(draft, this.running.signal);
        this.took = performance.now() - started;
        this.onView(view, draft, this.took);
      } catch (error) {
        if (error.name === "AbortError") continue;
        if (error instanceof Trouble) this.onTrouble(error.message, draft);
        else throw error;
      }
    }
    this.running = null;
  }

  async rest() {
    let seen;
    do {
      seen = this.waiting;
      await new Promise((done) => setTimeout(done, REST));
    } while (this.waiting && this.waiting !== seen);
  }
}
