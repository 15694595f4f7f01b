/* The pin on the camera page: drag it, or move it with the arrow keys; it fills the two fields of
   the form, and heading and width draw the wedge the camera sees. The fields are the form: without
   this script everything can be typed. */
(function () {
  "use strict";

  var METRES_PER_DEGREE = 111320;
  var WEDGE_METRES = 25;
  var CLOSE = 18;
  var ARROWS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
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
  var map = L.map(ground, { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, preferCanvas: true, scrollWheelZoom: false });
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution(escaped(settings.attribution));
  map.setView(start || [Number(settings.latitude), Number(settings.longitude)], start ? CLOSE : Number(settings.zoom));
  draw();

  var icon = L.divIcon({
    className: "pin-map__marker",
    html: '<svg class="pin-map__pin" viewBox="0 0 34 44" aria-hidden="true" focusable="false"><path d="M17 42C17 42 31 26 31 16A14 14 0 1 0 3 16C3 26 17 42 17 42Z"/><circle cx="17" cy="16" r="5"/></svg>',
    iconSize: [34, 44],
    iconAnchor: [17, 42]
  });
  var wedge = L.polygon([], { color: "#1d2f45", weight: 2, fillColor: "#ffbf3f", fillOpacity: 0.45, interactive: false }).addTo(map);
  var pin = L.marker(start || map.getCenter(), { icon: icon, draggable: true, autoPan: true, keyboard: true }).addTo(map);
  var element = pin.getElement();
  element.setAttribute("aria-label", "Pin of your camera");
  element.setAttribute("aria-describedby", "pin-map-hint");
  if (!start) pin.setOpacity(0.6);

  pin.on("drag", function () { settle(pin.getLatLng()); });
  pin.on("dragend", function () { say(); });
  map.on("click", function (event) { move(event.latlng); });
  element.addEventListener("keydown", function (event) {
    var step = ARROWS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
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
    });
  });
  ["heading", "view_angle"].forEach(function (name) {
    if (field(name)) field(name).addEventListener("input", function () { turn(); say(); });
  });
  turn();
  say();
  section.dataset.ready = "yes";

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

  function turn() {
    var heading = number("heading");
    wedge.setLatLngs(heading === null || !here() ? [] : corners(heading, number("view_angle") || 90));
  }

  function corners(heading, width) {
    var at = pin.getLatLng(), points = width >= 360 ? [] : [at];
    for (var step = 0; step <= 24; step += 1) {
      var angle = (heading - width / 2 + width * step / 24) * Math.PI / 180;
      var across = METRES_PER_DEGREE * Math.cos(at.lat * Math.PI / 180);
      points.push([at.lat + WEDGE_METRES * Math.cos(angle) / METRES_PER_DEGREE, at.lng + WEDGE_METRES * Math.sin(angle) / across]);
    }
    return points;
  }

  function say() {
    var there = here(), heading = number("heading");
    var words = there ? "Pin at " + there.lat.toFixed(5) + ", " + there.lng.toFixed(5) : "No place yet: move the pin, or select the map where the camera is.";
    if (there && heading !== null) words += ", looking " + compass[Math.round(heading / 45) % 8];
    section.querySelector(".pin-map__where").textContent = words;
  }

  function draw() {
    if (settings.provider === "xyz" && settings.tiles) {
      L.tileLayer(settings.tiles, { maxZoom: 19 }).addTo(map);
      return;
    }
    load("outline.geojson").then(function () {
      if (settings.provider !== "geojson") return;
      load("base.geojson").then(function () { load("buildings.geojson"); });
    });
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
