/* Keeps the letter beside the form as owners would get it now. The Preview button does the same. */
(function () {
  "use strict";

  var WAIT_MS = 700;
  var form = document.getElementById("write");
  var letter = document.getElementById("letter");
  if (!form || !letter || !window.fetch) { return; }
  var timer = 0;
  var asked = 0;

  function fetchLetter() {
    var mine = ++asked;
    fetch(form.dataset.preview, {
      method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin",
      headers: { "Content-Type": "application/x-www-form-urlencoded" }
    }).then(function (answer) {
      return answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)));
    }).then(function (content) {
      if (mine !== asked) { return; }
      letter.querySelector("[data-part=subject]").textContent = content.subject;
      letter.querySelector("[data-part=body]").textContent = content.body;
      letter.classList.remove("letter--stale");
    }).catch(function () { letter.classList.add("letter--stale"); });
  }

  form.addEventListener("input", function () {
    letter.classList.add("letter--stale");
    window.clearTimeout(timer);
    timer = window.setTimeout(fetchLetter, WAIT_MS);
  });
  /* Somebody may have begun to write before this script was there. */
  if (Array.from(form.elements).some(function (field) {
    return field.defaultValue !== undefined && field.value !== field.defaultValue;
  })) { fetchLetter(); }
  letter.dataset.ready = "yes";
}());
