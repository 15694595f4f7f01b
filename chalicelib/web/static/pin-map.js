/* The pin on the camera page: drag it, or move it with the arrow keys. Heading and width draw the
   wedge the camera sees; the arrow at its front and the dot at its edge turn and widen it, with
   the mouse or as sliders with the keys. The fields are the form: without this script everything
   can be typed. */
(function () {
  "use strict";

  var METRES_PER_DEGREE = 111320;
  var CLOSE = 18, HOUSES = 17;
  var housesAsked = false;
  var REACH = 78, EDGE = 46;
  var USUAL_WIDTH = 90, TURN = 5, FINE = 1;
  var ARROWS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  var SLIDES = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };
  var STREET = { color: "#ffffff", opacity: 1 };
  var STYLES = {
    boundary: { fillColor: "#f4f1eb", color: "#8d8478", weight: 2, dashArray: "3 5", fillOpacity: 1 },
    park: { fillColor: "#dfe8d3", stroke: false, fillOpacity: 1 },
    water: { fillColor: "#cddfe9", color: "#cddfe9", weight: 5, fillOpacity: 1 },
    building: { fillColor: "#e2dcd1", color: "#c4bcae", weight: 0.6, fillOpacity: 1 }
  };
  var SAME = { creek: "water", river: "water", lake: "water", pond: "water", outline: "boundary", area: "boundary" };

  var section = document.getElementById("put-the-pin");
  if (!section || !window.L) return;
  var settings = section.dataset;
  var compass = settings.compass.split("|");
  var field = function (name) { return document.getElementById(name); };
  var number = function (name) {
    var input = field(name);
    var value = input && input.value.trim() !== "" ? Number(input.value) : NaN;
    return isFinite(value) ? value : null;
  };

  section.hidden = false;
  var start = here();
  var ground = document.getElementById("pin-map-ground");
  var map = L.map(ground, { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, preferCanvas: true, scrollWheelZoom: false, zoomControl: false });
  L.control.zoom({ zoomInTitle: settings.zoomIn, zoomOutTitle: settings.zoomOut }).addTo(map);
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution(escaped(settings.attribution));
  map.setView(start || [Number(settings.latitude), Number(settings.longitude)], start ? CLOSE : Number(settings.zoom));
  draw();

  var wedge = L.polygon([], { color: "#1d2f45", weight: 2, fillColor: "#ffbf3f", fillOpacity: 0.45, interactive: false }).addTo(map);
  var pin = marker("pin-map__marker", [34, 44], [17, 42], '<svg class="pin-map__pin" viewBox="0 0 34 44" aria-hidden="true" focusable="false"><path d="M17 42C17 42 31 26 31 16A14 14 0 1 0 3 16C3 26 17 42 17 42Z"/><circle cx="17" cy="16" r="5"/></svg>', start || map.getCenter());
  var element = pin.getElement();
  element.setAttribute("aria-label", settings.pin);
  element.setAttribute("aria-describedby", "pin-map-hint");
  if (!start) pin.setOpacity(0.6);
  var arrow = null, edge = null;
  if (field("heading") && field("view_angle")) addHandles();

  pin.on("drag", function () { settle(pin.getLatLng()); });
  pin.on("dragend", say);
  map.on("click", function (event) { move(event.latlng); });
  map.on("zoomend", turn);
  element.addEventListener("keydown", function (event) {
    var step = ARROWS[event.key];
    if (!step) return;
    quietly(event);
    var metres = event.shiftKey ? 10 : 1;
    var at = pin.getLatLng();
    var across = METRES_PER_DEGREE * Math.cos(at.lat * Math.PI / 180);
    move(L.latLng(at.lat + step[0] * metres / METRES_PER_DEGREE, at.lng + step[1] * metres / across));
    if (!map.getBounds().pad(-0.1).contains(pin.getLatLng())) map.panTo(pin.getLatLng(), { animate: false });
  });
  ["latitude", "longitude"].forEach(function (name) {
    field(name).addEventListener("change", function () {
      var there = here();
      if (!there) return;
      pin.setLatLng(there).setOpacity(1);
      map.setView(there, Math.max(map.getZoom(), CLOSE), { animate: false });
      turn();
      say();
    });
  });
  turn();
  say();
  section.dataset.ready = "yes";

  function marker(className, size, anchor, html, at) {
    var icon = L.divIcon({ className: className, html: html, iconSize: size, iconAnchor: anchor });
    return L.marker(at, { icon: icon, draggable: true, autoPan: true, keyboard: true }).addTo(map);
  }

  function addHandles() {
    arrow = handle("arrow", '<path d="M12 3 L20 19 L12 15 L4 19 Z"/>', settings.direction, function (angle) { set("heading", angle); }, function (by) {
      set("heading", (number("heading") || 0) + by);
    });
    edge = handle("edge", '<circle cx="12" cy="12" r="7"/>', settings.width, function (angle) {
      var off = Math.abs((angle - number("heading") + 540) % 360 - 180);
      set("view_angle", Math.max(2 * off, 1));
    }, function (by) { set("view_angle", (number("view_angle") || USUAL_WIDTH) + by); });
    ["heading", "view_angle"].forEach(function (name) {
      field(name).addEventListener("input", function () { turn(); say(); });
    });
  }

  /* A handle on the wedge: dragging says an angle, a key by how many degrees. */
  function handle(name, shape, label, drag, slide) {
    var made = marker("pin-map__handle pin-map__handle--" + name, [28, 28], [14, 14], '<svg class="pin-map__grip" viewBox="0 0 24 24" aria-hidden="true" focusable="false">' + shape + "</svg>", pin.getLatLng());
    var grip = made.getElement();
    grip.setAttribute("role", "slider");
    grip.setAttribute("aria-label", label);
    made.on("drag", function () {
      drag(angleTo(made.getLatLng()));
      turn(made);
    });
    made.on("dragend", function () { turn(); say(); });
    made.on("click", function (event) { L.DomEvent.stop(event); });
    grip.addEventListener("keydown", function (event) {
      if (!SLIDES[event.key]) return;
      quietly(event);
      slide(SLIDES[event.key] * (event.shiftKey ? FINE : TURN));
      turn();
      say();
    });
    return made;
  }

  function quietly(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  /* Headings go round; a width stops at its ends. */
  function set(name, degrees) {
    var whole = Math.round(degrees);
    field(name).value = name === "heading" ? (whole % 360 + 360) % 360 : Math.min(Math.max(whole, 1), 360);
  }

  function angleTo(place) {
    var to = map.latLngToLayerPoint(place), from = map.latLngToLayerPoint(pin.getLatLng());
    return Math.atan2(to.x - from.x, from.y - to.y) * 180 / Math.PI;
  }

  function here() {
    var latitude = number("latitude"), longitude = number("longitude");
    var fits = latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    return fits ? L.latLng(latitude, longitude) : null;
  }

  function move(to) {
    pin.setLatLng(to);
    settle(to);
    say();
  }

  function settle(at) {
    pin.setOpacity(1);
    field("latitude").value = at.lat.toFixed(6);
    field("longitude").value = at.lng.toFixed(6);
    turn();
  }

  function turn(dragged) {
    var heading = number("heading"), width = number("view_angle") || USUAL_WIDTH;
    wedge.setLatLngs(heading === null || !here() ? [] : corners(heading, width));
    if (!arrow) return;
    place(arrow, here() ? point(heading || 0, REACH) : null, dragged);
    place(edge, here() && heading !== null ? point(heading + Math.min(width, 359) / 2, EDGE) : null, dragged);
    value(arrow, heading === null ? 0 : heading, 359, heading === null ? settings.unset : filled(settings.degreesDirection, { degrees: heading, direction: towards(heading) }));
    value(edge, width, 360, filled(settings.degrees, { degrees: width }));
    var shape = arrow.getElement().querySelector("path");
    shape.setAttribute("transform", "rotate(" + (heading || 0) + " 12 12)");
    arrow.setOpacity(heading === null ? 0.7 : 1);
  }

  /* A handle without a place is out of sight, and out of the way of the keyboard. */
  function place(made, at, dragged) {
    var element = made.getElement();
    element.hidden = at === null;
    element.tabIndex = at === null ? -1 : 0;
    if (at !== null && made !== dragged) made.setLatLng(at);
  }

  function value(made, now, most, text) {
    var element = made.getElement();
    element.setAttribute("aria-valuemin", most === 360 ? "1" : "0");
    element.setAttribute("aria-valuemax", most);
    element.setAttribute("aria-valuenow", now);
    element.setAttribute("aria-valuetext", text);
  }

  /* So many pixels from the pin: the wedge shows a direction, not how far a camera sees. */
  function point(degrees, pixels) {
    var angle = degrees * Math.PI / 180, from = map.latLngToLayerPoint(pin.getLatLng());
    return map.layerPointToLatLng(from.add([pixels * Math.sin(angle), -pixels * Math.cos(angle)]));
  }

  function corners(heading, width) {
    var points = width >= 360 ? [] : [pin.getLatLng()];
    for (var step = 0; step <= 24; step += 1) points.push(point(heading - width / 2 + width * step / 24, REACH - 14));
    return points;
  }

  function towards(heading) {
    return compass[Math.round(heading / 45) % 8];
  }

  function filled(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function say() {
    var there = here(), heading = number("heading"), words = [settings.nowhere];
    if (there) words = [filled(settings.at, { place: there.lat.toFixed(5) + ", " + there.lng.toFixed(5) })];
    if (there && heading !== null) words.push(filled(settings.looking, { direction: towards(heading) }));
    section.querySelector(".pin-map__where").textContent = words.join(" ");
  }

  function draw() {
    if (settings.provider === "xyz" && settings.tiles) {
      L.tileLayer(settings.tiles, { maxZoom: 19 }).addTo(map);
      return;
    }
    load("outline.geojson").then(function () {
      if (settings.provider !== "geojson") return;
      load("base.geojson").then(function () { houses(); map.on("zoomend", houses); });
    });
  }

  // Houses weigh more than all else together, and from further away nobody sees them.
  function houses() {
    if (housesAsked || map.getZoom() < HOUSES) return;
    housesAsked = true;
    load("buildings.geojson");
  }

  function load(name) {
    return fetch(settings.ground + name).then(function (answer) { return answer.json(); }).then(function (data) {
      var edges = { filter: isLine, style: function () { return { color: "#cfc8bb", weight: 11, opacity: 1 }; } };
      if (name === "base.geojson") L.geoJSON(data, quiet(edges)).addTo(map);
      L.geoJSON(data, quiet({ style: function (feature) { return look(feature, name); } })).addTo(map);
      wedge.bringToFront();
    }).catch(function () { section.dataset.ground = "missing"; });
  }

  function quiet(options) {
    options.interactive = false;
    return options;
  }

  function isLine(feature) {
    return feature.geometry.type.indexOf("Line") >= 0 && !(SAME[feature.properties.kind] || STYLES[feature.properties.kind]);
  }

  function look(feature, name) {
    if (name === "outline.geojson") return STYLES.boundary;
    var kind = feature.properties.kind;
    var style = STYLES[SAME[kind] || kind];
    if (name === "buildings.geojson") return STYLES.building;
    if (style === STYLES.boundary) return { stroke: false, fill: false };
    return style || { color: STREET.color, opacity: 1, weight: 9 };
  }

  function escaped(text) {
    var holder = document.createElement("span");
    holder.textContent = text;
    return holder.innerHTML;
  }
})();
