/* Choosing a place, an area or a route on the map. It only writes the text fields, which stay the
   form: one "latitude, longitude" a line. Lines it cannot read, such as addresses, it leaves alone.
   By key: arrows move the map, Enter sets a place in its middle, Backspace takes the last one
   back, Ctrl+Enter ends, Escape leaves for the field. */
(function () {
  "use strict";

  var TWICE_MS = 450;
  var TWICE_PX = 10;
  var PLACE = /^\s*([+-]?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*$/;
  var LEAST = { circle: 1, area: 3, route: 2 };
  var NAMES = { area: ["corner", "corners"], route: ["place", "places"] };
  var holder = document.getElementById("map");
  if (!holder || !window.L) { return; }

  document.querySelector(".finder").classList.add("finder--map");
  var settings = officerMap.settings("map-data");
  var map = officerMap.make(holder, settings);
  var drawn = L.layerGroup().addTo(map);
  var handles = L.layerGroup().addTo(map);
  var fields = { circle: byId("place"), area: byId("area"), route: byId("route") };
  var buttons = { undo: byId("draw-undo"), clear: byId("draw-clear"), end: byId("draw-end") };
  var said = byId("draw-said");
  var size = byId("draw-size");
  var ended = false;
  var before = { at: 0, pixel: null };

  function byId(id) { return document.getElementById(id); }
  function chosen(name) { return (document.querySelector("input[name=" + name + "]:checked") || {}).value; }
  function shape() { return chosen("shape") || "circle"; }

  function read(text) {
    var found = PLACE.exec(text);
    var at = found && [Number(found[1]), Number(found[2])];
    return at && Math.abs(at[0]) <= 90 && Math.abs(at[1]) <= 180 ? at : null;
  }

  function lines() {
    return fields[shape()].value.split("\n").filter(function (line) { return line.trim(); });
  }

  function points() { return lines().map(read).filter(Boolean); }

  function write(texts) {
    fields[shape()].value = texts.join("\n");
    paint();
  }

  function textOf(latlng) {
    var at = latlng.wrap();
    return at.lat.toFixed(6) + ", " + at.lng.toFixed(6);
  }

  function say(words) { said.textContent = words; }

  function tally() {
    var count = lines().length;
    return count + " " + NAMES[shape()][count === 1 ? 0 : 1];
  }

  /* --- what the hand or the keys do ----------------------------------------------------------- */

  function add(latlng) {
    if (shape() === "circle") {
      write([textOf(latlng)]);
      return say("Pin at " + fields.circle.value);
    }
    if (ended) { return say("This is finished. Undo takes the last one back, Clear begins again."); }
    write(lines().concat(textOf(latlng)));
    say(tally() + ". The last is at " + textOf(latlng));
  }

  function undo() {
    ended = false;
    write(shape() === "circle" ? [] : lines().slice(0, -1));
    say(shape() === "circle" ? "The pin is gone" : "Taken back. " + tally());
  }

  function clear() {
    ended = false;
    write([]);
    say("Cleared");
  }

  function end() {
    if (shape() === "circle") { return; }
    if (lines().length < LEAST[shape()]) { return say(tally() + ". At least " + LEAST[shape()] + " are needed"); }
    ended = true;
    paint();
    say("Finished: " + tally() + (size.textContent ? ", " + size.textContent : ""));
  }

  /* A second click on the same spot ends, be it on the map or on the mark the first one made. */
  function twice(event) {
    var again = before.pixel && event.originalEvent.timeStamp - before.at < TWICE_MS &&
      before.pixel.distanceTo(event.containerPoint) < TWICE_PX;
    before = { at: event.originalEvent.timeStamp, pixel: event.containerPoint };
    return again;
  }

  map.doubleClickZoom.disable();
  map.on("click", function (event) {
    if (twice(event) && shape() !== "circle") { end(); } else { add(event.latlng); }
  });
  holder.addEventListener("keydown", function (event) {
    var deeds = { Enter: event.ctrlKey || event.metaKey ? end : function () { add(map.getCenter()); }, Backspace: undo, Escape: leave };
    if (event.target !== holder || !deeds[event.key]) { return; }
    event.preventDefault();
    deeds[event.key]();
  });

  function leave() { fields[shape()].focus(); }

  buttons.undo.addEventListener("click", undo);
  buttons.clear.addEventListener("click", clear);
  buttons.end.addEventListener("click", end);

  /* --- what is seen --------------------------------------------------------------------------- */

  function region(places) {
    var kind = shape();
    if (places.length < LEAST[kind]) { return null; }
    if (kind === "circle") { return { kind: kind, centre: places[0], radius: Number(chosen("radius_m")) || 1 }; }
    if (kind === "area") { return { kind: kind, rings: [places] }; }
    return { kind: kind, line: places, half_width: Number(chosen("half_width_m")) || 1 };
  }

  function outline() {
    var places = points();
    var found = region(places);
    drawn.clearLayers();
    if (found) {
      drawn.addLayer(officerRegion.draw(found));
      if (found.kind === "circle") { officerRegion.marks(found).forEach(function (mark) { drawn.addLayer(mark); }); }
    } else if (places.length > 1) {
      drawn.addLayer(L.polyline(places, { pane: "region", interactive: false, color: "#0b0c0c", weight: 2.5, dashArray: "9 6" }));
    }
    measure(found);
  }

  function measure(found) {
    var kind = shape();
    var is = 0;
    if (found && kind === "area") { is = officerRegion.sizeOf(found.rings[0]); }
    if (found && kind === "route") { is = officerRegion.lengthOf(found.line); }
    var words = kind === "area" ? officerRegion.sizeWords : officerRegion.lengthWords;
    var most = kind === "area" ? settings.area_max_m2 : settings.route_max_m;
    size.classList.toggle("urgent", is > most);
    size.textContent = is ? words(is, settings.units) + (is > most ? ", more than " + words(most, settings.units) : "") : "";
  }

  function handle(line, number) {
    var at = read(line);
    if (!at) { return; }
    var dot = document.createElement("span");
    dot.textContent = number + 1;
    var mark = L.marker(at, {
      draggable: true, keyboard: false, autoPan: true,
      icon: L.divIcon({ className: "map-corner", html: dot, iconSize: [32, 32] })
    });
    mark.on("drag", function () {
      var texts = lines();
      texts[number] = textOf(mark.getLatLng());
      fields[shape()].value = texts.join("\n");
      outline();
    });
    mark.on("dragend", function () { say("Moved: " + NAMES[shape()][0] + " " + (number + 1) + " to " + textOf(mark.getLatLng())); });
    mark.on("click", function (event) {
      event.containerPoint = map.mouseEventToContainerPoint(event.originalEvent);
      if (twice(event) || (number === 0 && shape() === "area")) { end(); }
    });
    handles.addLayer(mark);
  }

  function paint() {
    outline();
    handles.clearLayers();
    if (shape() !== "circle") { lines().forEach(handle); }
    var none = lines().length === 0;
    buttons.undo.disabled = buttons.clear.disabled = none;
    buttons.end.disabled = ended || lines().length < LEAST[shape()];
    byId("draw-unread").hidden = shape() === "circle" || lines().every(read);
    holder.classList.toggle("map--drawing", !ended);
  }

  /* What is there already counts as finished, unless it was just typed. */
  function begin() {
    ended = lines().length >= LEAST[shape()];
    show();
  }

  function show() {
    paint();
    var places = points();
    var found = region(places);
    if (found) { map.fitBounds(officerRegion.draw(found).getBounds(), { padding: [40, 76], maxZoom: 17, animate: false }); }
    else if (places.length) { map.panTo(places[places.length - 1], { animate: false }); }
  }

  document.addEventListener("change", function (event) {
    if (event.target.name === "shape") { begin(); }
    if (event.target === fields[shape()]) { show(); }
    if (event.target.name === "radius_m" || event.target.name === "half_width_m") { outline(); }
  });
  window.addEventListener("pageshow", begin);
  begin();
  holder.dataset.ready = "yes";
}());
