/* Choosing cameras in the list: counts them, and one box for all. Without this the boxes still work. */
(function () {
  "use strict";

  var form = document.getElementById("pick");
  if (!form) { return; }
  var boxes = Array.prototype.slice.call(form.querySelectorAll("input[name=camera]"));
  var every = document.getElementById("select-all");
  var said = document.getElementById("chosen");

  function count() {
    var chosen = boxes.filter(function (box) { return box.checked; }).length;
    said.textContent = chosen + " " + said.dataset.word;
    every.checked = chosen === boxes.length;
    every.indeterminate = chosen > 0 && chosen < boxes.length;
  }

  every.closest("label").hidden = false;
  every.addEventListener("change", function () {
    boxes.forEach(function (box) { box.checked = every.checked; });
    count();
    document.dispatchEvent(new Event("chosen"));
  });
  form.addEventListener("change", function (event) { if (event.target !== every) { count(); } });
  window.addEventListener("pageshow", function () { count(); document.dispatchEvent(new Event("chosen")); });
  count();
}());
