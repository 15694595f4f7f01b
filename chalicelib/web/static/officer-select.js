/* Choosing cameras in the list: counts them and the minutes asked for, and one box for all that are
   on the map. Without this the boxes still work. */
(function () {
  "use strict";

  var form = document.getElementById("pick");
  if (!form) { return; }
  var boxes = Array.prototype.slice.call(form.querySelectorAll("input[name=camera]"));
  var every = document.getElementById("select-all");
  var said = document.getElementById("chosen");
  var placed = boxes.filter(function (box) { return !box.closest(".uncertain"); });

  function count() {
    var chosen = boxes.filter(function (box) { return box.checked; });
    var minutes = chosen.reduce(function (sum, box) { return sum + Number(box.dataset.minutes); }, 0);
    var here = placed.filter(function (box) { return box.checked; }).length;
    said.textContent = chosen.length
      ? chosen.length + " selected, " + minutes.toLocaleString("en") + " camera-minutes"
      : said.dataset.none;
    every.checked = here === placed.length;
    every.indeterminate = here > 0 && here < placed.length;
  }

  every.closest("label").hidden = placed.length === 0;
  every.addEventListener("change", function () {
    placed.forEach(function (box) { box.checked = every.checked; });
    count();
    document.dispatchEvent(new Event("chosen"));
  });
  form.addEventListener("change", function (event) { if (event.target !== every) { count(); } });
  window.addEventListener("pageshow", function () { count(); document.dispatchEvent(new Event("chosen")); });
  count();
}());
