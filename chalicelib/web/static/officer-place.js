/* Choosing the place on the map before searching. The text field stays the form: the map only
   writes a point into it. By key: arrows move the map, Enter puts the pin at its middle. */
(function () {
  "use strict";

  var holder = document.getElementById("place-map");
  var field = document.getElementById("place");
  if (!holder || !field || !window.L) { return; }

  document.querySelector(".finder").classList.add("finder--map");
  var settings = officerMap.settings("ground");
  var map = officerMap.make(holder, settings);
  var said = document.getElementById("place-said");
  var pin = null;
  var edge = null;
  var at = pointIn(field.value) || settings.point;

  function pointIn(text) {
    var found = /^\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
    return found ? [Number(found[1]), Number(found[2])] : null;
  }

  function radius() {
    var chosen = document.querySelector("input[name=radius_m]:checked");
    return chosen ? Number(chosen.value) : 0;
  }

  function draw() {
    if (pin) { pin.remove(); }
    if (edge) { edge.remove(); }
    pin = edge = null;
    if (!at) { return; }
    pin = officerMap.scene(at).addTo(map);
    if (radius()) { edge = officerMap.circle(at, radius()).addTo(map); }
  }

  function put(place) {
    at = [Number(place.lat.toFixed(6)), Number(place.lng.toFixed(6))];
    field.value = at.join(", ");
    said.textContent = holder.dataset.moved + " " + field.value;
    draw();
  }

  map.on("click", function (event) { put(event.latlng); });
  holder.addEventListener("keydown", function (event) {
    if (event.target !== holder || event.key !== "Enter") { return; }
    event.preventDefault();
    put(map.getCenter());
  });
  field.addEventListener("change", function () {
    at = pointIn(field.value);
    if (at) { map.panTo(at, { animate: false }); }
    draw();
  });
  document.addEventListener("change", function (event) {
    if (event.target.name === "radius_m") { draw(); }
  });
  if (at) { map.setView(at, Math.max(settings.zoom, 16)); }
  draw();
  holder.dataset.ready = "yes";
}());
