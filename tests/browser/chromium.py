"""Drives headless Chromium over its debugging pipe (Chrome DevTools Protocol): no driver, no network, no library."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
PATIENCE = 60.0
"""Seconds to wait for an answer before the test fails; a slow machine is no fault of the page."""

KEY_CODES = {
    "Backspace": 8,
    "Tab": 9,
    "Enter": 13,
    "Escape": 27,
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
    "F6": 117,
    "F8": 119,
}
MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}


def find_chromium() -> str | None:
    """The browser that CHROMIUM names, or the first found on the path."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, (named, *PROGRAMS) if named else PROGRAMS)), None)


class Chromium:
    """A browser with one page in it."""

    def __init__(self, program: str, profile: Path) -> None:
        to_browser, commands = os.pipe()
        answers, from_browser = os.pipe()
        # The browser reads file 3 and writes file 4, whatever numbers the pipes have here.
        script = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
        self._process = subprocess.Popen(
            ["bash", "-c", script, program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(to_browser, from_browser),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._commands = os.fdopen(commands, "wb", buffering=0)
        self._answers = os.fdopen(answers, "rb", buffering=0)
        self._messages: Queue[dict[str, Any]] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._number = 0
        self._session: str | None = None
        self._scripted = True
        self.events: list[dict[str, Any]] = []
        """What the page told since it was opened: requests, errors, policy violations."""
        (target,) = [info for info in self.call("Target.getTargets")["targetInfos"] if info["type"] == "page"]
        attached = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Chromium:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session = None
        try:
            self.call("Browser.close")
            self._process.wait(PATIENCE)
        except (OSError, RuntimeError, TimeoutError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._commands.close()
        self._reader.join(PATIENCE)
        self._answers.close()

    def _read(self) -> None:
        rest = b""
        while chunk := self._answers.read(65536):
            *complete, rest = (rest + chunk).split(b"\0")
            for message in complete:
                self._messages.put(json.loads(message))

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command of the protocol and give its answer; what comes before it is kept in ``events``."""
        self._number += 1
        number = self._number
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        self._commands.write(json.dumps(message).encode() + b"\0")
        answer = self._await(lambda message: message.get("id") == number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _await(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            try:
                message = self._messages.get(timeout=PATIENCE)
            except Empty:
                raise TimeoutError("the browser does not answer") from None
            if "method" in message:
                self.events.append(message)
            if wanted(message):
                return message

    def open(self, path: Path, fragment: str = "") -> None:
        """Load a file and wait until it is there."""
        self._go("about:blank")  # else a link to another place in the same file would load nothing
        self._go(path.as_uri() + fragment)
        self.settle()

    def hear(self, wanted: Callable[[dict[str, Any]], bool]) -> None:
        """Wait for an event, unless it has been told since the page was opened."""
        if not any(map(wanted, self.events)):
            self._await(wanted)

    def visit(self, address: str) -> None:
        """Load an address and wait until it is there."""
        self._go("about:blank")
        self._go(address)
        self.settle()

    def new_tab(self) -> str:
        """Open another tab, which the other methods are about from now on; gives the session of the last one."""
        before, self._session = self._session, None
        target = self.call("Target.createTarget", url="about:blank")
        self.use(self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"])
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        assert before is not None
        return before

    def use(self, session: str) -> None:
        """Make the tab of a session the one that the other methods are about."""
        self._session = session
        self.call("Page.bringToFront")

    @property
    def session(self) -> str:
        """The session of the tab that the methods are about."""
        assert self._session is not None
        return self._session

    def _go(self, address: str) -> None:
        self.events.clear()
        self.call("Page.navigate", url=address)
        self._await_load()

    def _await_load(self) -> None:
        """Wait for the load event of the page that was asked for since ``events`` was cleared."""
        if not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._await(lambda message: message.get("method") == "Page.loadEventFired")

    def run(self, script: str) -> Any:
        """The value of an expression of the page's script; a promise is waited for."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def settle(self) -> None:
        """Wait for the page to be drawn, and for what moves on it to stand still."""
        if not self._scripted:
            return
        self.run(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => "
            "Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => 0))).then(done))))"
            ".then(() => true)"
        )

    def size(self, width: int, height: int, *, touch: bool = False) -> None:
        """Make the window this large; with ``touch`` it is a phone's."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=touch)
        self.call("Emulation.setTouchEmulationEnabled", enabled=touch)

    def media(self, kind: str = "", **features: str) -> None:
        """Show the page as for a medium (print), or for a reader's preferences (prefers_color_scheme="dark")."""
        preferences = {"prefers_color_scheme": "light", "prefers_reduced_motion": "reduce", **features}
        listed = [{"name": name.replace("_", "-"), "value": value} for name, value in preferences.items()]
        self.call("Emulation.setEmulatedMedia", media=kind, features=listed)

    def scripts(self, allowed: bool) -> None:
        """Whether pages opened from now on may run scripts of their own."""
        self.call("Emulation.setScriptExecutionDisabled", value=not allowed)
        self._scripted = allowed

    def press(self, key: str, *modifiers: str, command: str = "") -> None:
        """Press and release a key, named as in KeyboardEvent.key, while modifiers are held.

        ``command`` is what the browser's own shortcut does with it, such as undo.
        """
        held = {"modifiers": sum(MODIFIERS[modifier] for modifier in modifiers)}
        is_text = len(key) == 1 and not {"Control", "Alt"} & set(modifiers)
        text = {"text": "\r"} if key == "Enter" else {"text": key} if is_text else {}
        named = {"windowsVirtualKeyCode": KEY_CODES[key]} if key in KEY_CODES else {}
        commands = {"commands": [command]} if command else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text, **named, **held, **commands)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, **named, **held)
        self.settle()

    def paste(self, text: str) -> None:
        """Insert a text at the caret at once, as an input method or a paste does."""
        self.call("Input.insertText", text=text)
        self.settle()

    def wait_for(self, condition: str) -> None:
        """Wait until an expression of the page's script is true."""
        script = f"""new Promise((done, fail) => {{
            const end = performance.now() + {PATIENCE * 900:.0f};
            const look = () => {{
                if ({condition}) done(true);
                else if (performance.now() > end) fail(new Error("in vain: " + {json.dumps(condition)}));
                else requestAnimationFrame(look);
            }};
            look();
        }})"""
        self.run(script)

    def middle(self, selector: str) -> tuple[float, float]:
        """The middle of the first line of an element, brought into the window if need be."""
        script = f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            element.scrollIntoView({{block: "center", behavior: "instant"}});
            const box = element.getClientRects()[0];
            return [box.left + box.width / 2, box.top + box.height / 2];
        }})()"""
        x, y = self.run(script)
        return x, y

    def move(self, selector: str) -> None:
        """Point at an element with the mouse."""
        x, y = self.middle(selector)
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        self.settle()

    def click(self, selector: str) -> None:
        """Click an element with the mouse, where it stands on the screen; a link to another page needs ``follow``."""
        self._click(selector)
        self.settle()

    def follow(self, selector: str) -> None:
        """Click a link to another page with the mouse and wait until that page is there."""
        self.events.clear()
        self._click(selector)
        self._await_load()
        self.settle()

    def _click(self, selector: str) -> None:
        x, y = self.middle(selector)
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def tap(self, selector: str) -> None:
        """Tap an element with a finger."""
        x, y = self.middle(selector)
        self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        self.settle()

    def screenshot(self, path: Path) -> None:
        """Write what is seen as PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def pdf(self) -> bytes:
        """The page as printed."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])
