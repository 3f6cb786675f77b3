// The terminal in the page and its connection to the chat.

import {
  askToKeep, fillTheTools, hideBanner, offerLink, paintPage, saveFile, showEnd, writeClipboard,
} from "./page.js";
import { FitAddon } from "./vendor/addon-fit.mjs";
import { Unicode11Addon } from "./vendor/addon-unicode11.mjs";
import { Terminal } from "./vendor/xterm.mjs";

const CHUNK = 16 * 1024;
const COLUMNS = 50;
const TEXT = { least: 10, most: 32 };
const FONT = "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";
const KEYS = {
  escape: "\x1b", tab: "\t", up: "\x1b[A", down: "\x1b[B",
  "page-up": "\x1b[5~", "page-down": "\x1b[6~", commands: "\x10",
};

const place = document.getElementById("terminal");
const bytes = new TextEncoder();

// The renderer makes style elements of its own; the page's policy lets in only those that carry its nonce.
const nonce = document.querySelector("link[nonce]").nonce;
const create = document.createElement.bind(document);
document.createElement = (name, options) => {
  const element = create(name, options);
  if (String(name).toLowerCase() === "style") element.nonce = nonce;
  return element;
};

Terminal.strings.promptLabel = "Your question";
const terminal = new Terminal({
  allowProposedApi: true,
  cursorBlink: false,
  fontFamily: FONT,
  fontSize: firstFontSize(),
  logLevel: "off",
  scrollback: 0,
  theme: { background: "#00000000" },
});
const fit = new FitAddon();
terminal.loadAddon(fit);
terminal.loadAddon(new Unicode11Addon());
terminal.unicode.activeVersion = "11";
terminal.open(place);
fit.fit();

const light = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
const wanted = new URLSearchParams({ columns: terminal.cols, rows: terminal.rows, colours: light });
const address = new URL(`connection?${wanted}`, import.meta.url);
address.protocol = address.protocol.replace("http", "ws");
const socket = new WebSocket(address);
socket.binaryType = "arraybuffer";

socket.addEventListener("open", () => {
  note("resize", terminal.cols, terminal.rows);
  note(document.hasFocus() ? "focus" : "blur");
  terminal.focus();
});
socket.addEventListener("message", ({ data }) => {
  if (typeof data === "string") heed(...JSON.parse(data));
  else terminal.write(new Uint8Array(data));
});
socket.addEventListener("close", ({ code }) => {
  terminal.options.disableStdin = true;
  hideBanner();
  showEnd(code);
});

function heed(kind, ...rest) {
  if (kind === "idle") askToKeep(rest[0], () => { note("stay"); terminal.focus(); });
  else if (kind === "link") offerLink(rest[0], () => terminal.focus());
  else if (kind === "file") saveFile(...rest);
}

function note(...values) {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(values));
}

// Typing goes out as bytes, in pieces: a paste may be longer than one message may be.
function type(text) {
  if (socket.readyState !== WebSocket.OPEN) return;
  const all = bytes.encode(text);
  for (let at = 0; at < all.length; at += CHUNK) socket.send(all.subarray(at, at + CHUNK));
}

terminal.onData((text) => { hideBanner("idle"); type(text); });
terminal.onResize(({ cols, rows }) => note("resize", cols, rows));
terminal.onRender(() => paintPage(colourAt(0, 0), colourAt(0, terminal.rows >> 1)));
terminal.textarea.addEventListener("focus", () => note("focus"));
terminal.textarea.addEventListener("blur", () => note("blur"));
new ResizeObserver(() => fit.fit()).observe(place);

// The chat may put text on the clipboard; it never reads from there.
terminal.parser.registerOscHandler(52, (payload) => {
  const encoded = payload.slice(payload.indexOf(";") + 1);
  if (encoded !== "?") writeClipboard(decoded(encoded), () => terminal.focus());
  return true;
});

function decoded(base64) {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
}

// Keys that are no typing: copy what is selected, paste, a new line, and out of the terminal by F6.
terminal.attachCustomKeyEventHandler((event) => {
  const key = event.key.toLowerCase();
  const control = event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey;
  if (control && (key === "v" || (key === "c" && terminal.hasSelection()))) return false;
  const own = { f6: () => document.getElementById("smaller").focus(), enter: () => type("\n") };
  if (key !== "f6" && !(key === "enter" && event.shiftKey)) return true;
  if (event.type === "keydown") own[key]();
  event.preventDefault();
  return false;
});
document.querySelector("header").addEventListener("keydown", (event) => {
  if (event.key !== "F6" && event.key !== "Escape") return;
  event.preventDefault();
  terminal.focus();
});

fillTheTools({
  resize(by) {
    const size = terminal.options.fontSize + by;
    if (size < TEXT.least || size > TEXT.most) return;
    terminal.options.fontSize = size;
    fit.fit();
  },
  read(aloud) {
    terminal.options.screenReaderMode = aloud;
  },
  press(name) {
    type(KEYS[name]);
    terminal.focus();
  },
});

// A finger that moves turns the wheel: the chat scrolls as it does with a mouse.
let touched = 0;
place.addEventListener("touchstart", ({ touches }) => { touched = touches[0].clientY; }, { passive: true });
place.addEventListener("touchmove", (event) => {
  const finger = event.touches[0];
  const step = terminal.options.fontSize * 1.5;
  if (Math.abs(touched - finger.clientY) < step) return;
  const wheel = { deltaY: touched > finger.clientY ? step : -step, clientX: finger.clientX, clientY: finger.clientY };
  event.target.dispatchEvent(new WheelEvent("wheel", { ...wheel, bubbles: true, cancelable: true }));
  touched = finger.clientY;
}, { passive: true });

// So large that a narrow screen still holds a line of text.
function firstFontSize() {
  return Math.max(11, Math.min(16, Math.floor(place.clientWidth / (COLUMNS * 0.61))));
}

function colourAt(column, row) {
  const cell = terminal.buffer.active.getLine(row)?.getCell(column);
  return cell?.isBgRGB() ? cell.getBgColor() : null;
}
