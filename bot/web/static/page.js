// What stands around the terminal: the tools, the line of messages, the dialog at the end, files and colours.

const banner = document.getElementById("banner");
const offers = document.getElementById("offers");

export function fillTheTools({ resize, read, press }) {
  document.getElementById("smaller").addEventListener("click", () => resize(-1));
  document.getElementById("larger").addEventListener("click", () => resize(1));
  const reader = document.getElementById("reader");
  reader.addEventListener("click", () => {
    const on = reader.getAttribute("aria-pressed") !== "true";
    reader.setAttribute("aria-pressed", String(on));
    read(on);
  });
  for (const button of document.querySelectorAll("#keys button")) {
    button.addEventListener("click", () => press(button.dataset.key));
  }
}

// Show a message with something to do about it; no text takes the message away.
function say(text, ...controls) {
  banner.hidden = !text;
  banner.dataset.about = "";
  banner.querySelector("p").textContent = text;
  offers.replaceChildren(...controls);
}

export function hideBanner(about) {
  if (about === undefined || banner.dataset.about === about) say("");
}

export function askToKeep(seconds, stay) {
  const text = `Nobody has typed for a while. The chat ends in ${Math.round(seconds)} seconds.`;
  say(text, control("Stay", () => { say(""); stay(); }));
  banner.dataset.about = "idle";
}

// A page elsewhere is opened only by the reader's own click.
export function offerLink(address, done) {
  const link = document.createElement("a");
  Object.assign(link, { href: address, target: "_blank", rel: "noopener noreferrer", textContent: address });
  link.addEventListener("click", () => say(""));
  say("This leads to the internet:", link, closing(done));
}

export function saveFile(name, mime, base64) {
  const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: mime }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

export async function writeClipboard(text, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    Object.assign(field, { value: text, readOnly: true, rows: 3 });
    field.setAttribute("aria-label", "Text to copy");
    say("The browser did not allow copying. Copy it from here:", field, closing(done));
    field.select();
  }
}

// What was said can still be read after most ends; the dialog then leaves the offer to start again.
export function showEnd(code) {
  const { endings, lostTitle, lostText } = document.body.dataset;
  const [title, text, covers] = JSON.parse(endings)[code] ?? [lostTitle, lostText, false];
  document.getElementById("terminal").classList.toggle("covered", covers);
  document.getElementById("ended-title").textContent = title;
  document.getElementById("ended-text").textContent = text;
  document.getElementById("again").addEventListener("click", () => location.reload());
  document.getElementById("read").hidden = covers;
  const dialog = document.getElementById("ended");
  dialog.addEventListener("close", () => say(`${title}.`, control("Start again", () => location.reload())));
  dialog.showModal();
}

// The page takes the colours that the chat has at its edge: the corner for what is around, the middle behind it.
export function paintPage(corner, middle) {
  if (corner === null || middle === null) return;
  const root = document.documentElement;
  const light = 0.299 * (corner >> 16) + 0.587 * ((corner >> 8) & 255) + 0.114 * (corner & 255) > 140;
  root.classList.toggle("light", light);
  root.classList.toggle("dark", !light);
  root.style.setProperty("--page", hex(corner));
  root.style.setProperty("--behind", hex(middle));
}

function hex(colour) {
  return `#${colour.toString(16).padStart(6, "0")}`;
}

function control(label, act) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: label });
  button.addEventListener("click", act);
  return button;
}

function closing(done) {
  return control("Close", () => { say(""); done(); });
}
