/* Shows the fields of the shape that is chosen; without this all of them are there, each headed. */
(function () {
  "use strict";

  var form = document.getElementById("search");
  if (!form) { return; }
  var choices = Array.from(form.querySelectorAll("input[name=shape]"));
  form.classList.add("shapes--one");

  function show() {
    var chosen = choices.find(function (choice) { return choice.checked; }) || choices[0];
    document.querySelectorAll("[data-shape]").forEach(function (part) {
      part.hidden = part.dataset.shape.split(" ").indexOf(chosen.value) < 0;
    });
  }

  form.addEventListener("change", function (event) { if (event.target.name === "shape") { show(); } });
  window.addEventListener("pageshow", show);
  show();
}());
