/* The cameras of a search on the map: the same set, numbers and choice as in the list. */
(function () {
  "use strict";

  var PIN_PX = 28;
  var MOST_PINS = 200;
  var VIEW_M = 25;
  var holder = document.getElementById("map");
  if (!holder || !window.L) { return; }

  document.querySelector(".finder").classList.add("finder--map");
  var settings = officerMap.settings("map-data");
  var map = officerMap.make(holder, settings);
  var region = officerRegion.draw(settings.region);
  var views = L.layerGroup().addTo(map);
  var viewCanvas = L.canvas({ pane: "views", padding: 0.2 });
  var pins = L.layerGroup().addTo(map);
  var cameras = settings.cameras.map(function (camera) {
    camera.box = document.getElementById("camera-" + camera.number);
    camera.row = camera.box.closest(".hit");
    return camera;
  });
  var drawn = [];
  map.fitBounds(around(), { paddingTopLeft: [20, 20], paddingBottomRight: [20, 60], animate: false });
  region.addTo(map);
  officerRegion.marks(settings.region).forEach(function (mark) { mark.addTo(map); });

  /* Cameras that look in from further off are seen too. */
  function around() {
    var bounds = L.latLngBounds(region.getBounds().getSouthWest(), region.getBounds().getNorthEast());
    cameras.forEach(function (camera) { bounds.extend(camera.at); });
    return bounds;
  }

  /* Pins that would overlap become one, "8·9", in the middle of what it holds. */
  function groups() {
    var found = cameras.slice(0, MOST_PINS).map(function (camera) {
      return { pixel: map.latLngToLayerPoint(camera.at), cameras: [camera], width: PIN_PX };
    });
    var i = 0;
    while (i < found.length) {
      var other = found.findIndex(function (group, j) { return j !== i && overlap(found[i], group); });
      if (other < 0) { i += 1; continue; }
      join(found[Math.min(i, other)], found.splice(Math.max(i, other), 1)[0]);
      i = 0;
    }
    return found;
  }

  function overlap(one, other) {
    return Math.abs(one.pixel.x - other.pixel.x) < (one.width + other.width) / 2 + 2 && Math.abs(one.pixel.y - other.pixel.y) < PIN_PX + 2;
  }

  function join(group, other) {
    var here = group.cameras.length;
    var there = other.cameras.length;
    group.pixel = group.pixel.multiplyBy(here).add(other.pixel.multiplyBy(there)).divideBy(here + there);
    group.cameras = group.cameras.concat(other.cameras).sort(function (a, b) { return a.number - b.number; });
    group.width = Math.max(PIN_PX, 12 + 8.5 * digits(group).length);
  }

  function digits(group) {
    var numbers = group.cameras.map(function (camera) { return camera.number; });
    return numbers.length > 3 ? numbers.slice(0, 2).join("·") + "·+" + (numbers.length - 2) : numbers.join("·");
  }

  function place(group) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = digits(group);
    button.addEventListener("click", function () { choose(group); });
    button.addEventListener("mouseenter", function () { light(group, true); });
    button.addEventListener("mouseleave", function () { light(group, false); });
    button.addEventListener("focus", function () { light(group, true); });
    button.addEventListener("blur", function () { light(group, false); });
    L.DomEvent.disableClickPropagation(button);
    var gone = group.cameras.every(function (camera) { return camera.gone; });
    group.button = button;
    group.marker = L.marker(map.layerPointToLatLng(group.pixel), {
      keyboard: false, interactive: false, zIndexOffset: 1000 - group.cameras[0].number,
      icon: L.divIcon({ className: "map-pin" + (gone ? " map-pin--gone" : ""), html: button, iconSize: [group.width, PIN_PX] })
    });
    pins.addLayer(group.marker);
    return group;
  }

  function choose(group) {
    var every = group.cameras.every(function (camera) { return camera.box.checked; });
    group.cameras.forEach(function (camera) { camera.box.checked = !every; });
    group.cameras[0].box.dispatchEvent(new Event("change", { bubbles: true }));
    group.cameras[0].row.scrollIntoView({ block: "nearest" });
  }

  function light(group, on) {
    group.cameras.forEach(function (camera) { camera.row.classList.toggle("hit--seen", on); });
  }

  function wedge(camera) {
    if (camera.heading === null) { return null; }
    var half = Math.min(camera.angle, 359) / 2;
    var points = [camera.at];
    for (var turn = -half; turn <= half; turn += Math.max(half / 8, 1)) {
      points.push(officerRegion.away(camera.at, camera.heading + turn, camera.reach || VIEW_M));
    }
    return L.polygon(points, { renderer: viewCanvas, pane: "views", interactive: false });
  }

  function colours(camera) {
    if (camera.gone) { return { color: "#8b8f92", weight: 1, fillColor: "#b5b8ba", fillOpacity: 0.3 }; }
    return camera.box.checked
      ? { color: "#946b00", weight: 1.2, fillColor: "#eeb62b", fillOpacity: 0.65 }
      : { color: "#a99a72", weight: 1, fillColor: "#f0d692", fillOpacity: 0.5 };
  }

  function paint() {
    drawn.forEach(function (group) {
      var chosen = group.cameras.filter(function (camera) { return camera.box.checked; });
      var all = chosen.length === group.cameras.length;
      var names = group.cameras.map(function (camera) { return camera.label; });
      group.button.setAttribute("aria-pressed", String(all));
      group.button.toggleAttribute("data-some", chosen.length > 0);
      group.button.setAttribute("aria-label", group.button.textContent + " " + names.join("; "));
    });
    cameras.forEach(function (camera) { if (camera.view) { camera.view.setStyle(colours(camera)); } });
  }

  function placeAll() {
    pins.clearLayers();
    drawn = groups().map(place);
    paint();
  }

  cameras.forEach(function (camera) {
    camera.view = wedge(camera);
    if (camera.view) { views.addLayer(camera.view); }
    camera.row.addEventListener("mouseenter", function () { point(camera, true); });
    camera.row.addEventListener("mouseleave", function () { point(camera, false); });
  });

  function point(camera, on) {
    drawn.forEach(function (group) {
      if (group.cameras.indexOf(camera) < 0 || !group.marker.getElement()) { return; }
      group.marker.getElement().classList.toggle("map-pin--seen", on);
      group.marker.setZIndexOffset(on ? 5000 : 1000 - group.cameras[0].number);
    });
  }

  map.on("zoomend", placeAll);
  document.addEventListener("change", paint);
  document.addEventListener("chosen", paint);
  placeAll();
  holder.dataset.ready = "yes";
}());
