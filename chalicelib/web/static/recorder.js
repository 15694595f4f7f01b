/* Notes how long ago a recorder's time was typed. The page alone knows only that it was read some
   time since it was sent; the age makes the comparison as good as a few seconds. It is measured by
   the browser's own running time, so a wrong clock in this device does no harm. */
(function () {
  "use strict";

  var MOST_S = 3600;

  document.querySelectorAll("[data-recorder-clock]").forEach(function (fields) {
    var age = fields.querySelector("[data-recorder-age]");
    var form = age && age.form;
    var typedAt = null;
    if (!form) return;

    fields.addEventListener("input", function (event) {
      if (event.target.type === "text") typedAt = performance.now();
    });
    form.addEventListener("submit", function () {
      var seconds = typedAt === null ? MOST_S : Math.round((performance.now() - typedAt) / 1000);
      age.value = seconds < MOST_S ? String(seconds) : "";
    });
  });
})();
