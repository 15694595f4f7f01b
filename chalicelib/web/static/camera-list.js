// Reads a chosen spreadsheet file into the box of the page: nothing is sent before the button is.
"use strict";

(() => {
  const part = document.getElementById("list-file");
  const box = part && document.getElementById(part.dataset.for);
  if (!box || !window.TextDecoder) {
    return;
  }
  const input = part.querySelector("input");
  const said = part.querySelector("[role=alert]");
  part.hidden = false;

  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) {
      return;
    }
    const text = file.size > 1e6 ? "" : decoded(await file.arrayBuffer());
    // A workbook is an archive, which begins with PK.
    const usable = text !== "" && !text.startsWith("PK") && !text.includes("\u0000");
    said.hidden = usable;
    said.textContent = usable ? "" : part.dataset.unreadable;
    if (usable) {
      box.value = text;
      box.focus();
    }
  });

  // Spreadsheet programs write UTF-8, UTF-16 or the old code page of western Windows.
  function decoded(buffer) {
    const [first, second] = new Uint8Array(buffer);
    if (first === 0xff && second === 0xfe) {
      return new TextDecoder("utf-16le").decode(buffer);
    }
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(buffer);
    } catch {
      return new TextDecoder("windows-1252").decode(buffer);
    }
  }
})();
