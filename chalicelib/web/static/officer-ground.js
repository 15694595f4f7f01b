/* The ground of an officer's map: streets, water, buildings or just the force's outline.
   Everything comes from our own origin, so no tile firm learns where officers look. */
(function () {
  "use strict";

  var BUILDINGS_FROM = 16;
  var NAMES_FROM = 15;
  var NAME_GAP_PX = 130;
  var AREAS = {
    outline: { fillColor: "#f4f1eb", color: "#8d8478", weight: 2, dashArray: "3 5", fillOpacity: 1 },
    park: { fillColor: "#dfe8d3", stroke: false, fillOpacity: 1 },
    yard: { fillColor: "#ece5d6", stroke: false, fillOpacity: 1 },
    water: { fillColor: "#cddfe9", color: "#cddfe9", weight: 4, fillOpacity: 1 }
  };
  var BUILDING = { fillColor: "#e2dcd1", color: "#cbc4b6", weight: 0.6, fillOpacity: 1 };
  var ROADS = [
    ["minor", { fill: "#ffffff", edge: "#d6d0c5", metres: 9 }],
    ["middle", { fill: "#fdf3d3", edge: "#dbd2b6", metres: 12 }],
    ["major", { fill: "#fbdfa6", edge: "#d9c596", metres: 15 }]
  ];
  var SAME = {
    boundary: "outline", creek: "water", river: "water", lake: "water", pond: "water",
    cemetery: "park", field: "park", school: "yard", house: "building", shop: "building",
    street: "minor", road: "minor", main: "middle", highway: "major"
  };

  function make(element, settings) {
    var map = L.map(element, {
      zoomControl: false, maxZoom: 19, minZoom: 8, fadeAnimation: false,
      zoomAnimation: false, markerZoomAnimation: false, inertia: false
    });
    L.control.zoom({ position: "bottomright" }).addTo(map);
    L.control.scale({ position: "bottomright", imperial: settings.units === "feet", metric: settings.units !== "feet" }).addTo(map);
    map.attributionControl.setPrefix(false);
    /* No gliding: keys pressed quickly all count, and a place is set where the cross stands. */
    map.panBy = function (offset) { return L.Map.prototype.panBy.call(map, offset, { animate: false }); };
    map.setView(settings.centre, settings.zoom);
    ["areas", "buildings", "roads", "names", "region", "views"].forEach(function (name, index) {
      var pane = map.createPane(name);
      pane.style.zIndex = String(201 + 10 * index);
      pane.style.pointerEvents = "none";
    });
    lay(map, settings);
    return map;
  }

  function lay(map, settings) {
    if (settings.attribution) { map.attributionControl.addAttribution(settings.attribution); }
    if (settings.tiles) { L.tileLayer(settings.tiles, { maxZoom: 19 }).addTo(map); }
    settings.ground.forEach(function (address) {
      fetch(address, { credentials: "omit" })
        .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status))); })
        .then(function (collection) { draw(map, collection.features || [collection]); })
        .catch(function () { map.getContainer().dataset.ground = "missing"; });
    });
  }

  function sortOf(feature) {
    var properties = feature.properties || {};
    var word = properties.rank || properties.kind;
    return SAME[word] || (AREAS[word] ? word : "outline");
  }

  function draw(map, features) {
    var bySort = {};
    features.forEach(function (feature) {
      var sort = sortOf(feature);
      (bySort[sort] = bySort[sort] || []).push(feature);
    });
    var areas = L.canvas({ pane: "areas", padding: 0.2 });
    Object.keys(AREAS).forEach(function (sort) {
      shapes(bySort[sort], areas, AREAS[sort]).addTo(map);
    });
    drawBuildings(map, bySort.building);
    drawRoads(map, bySort);
    nameStreets(map, (bySort.major || []).concat(bySort.middle || [], bySort.minor || []));
    map.getContainer().dataset.ground = "ready";
  }

  function shapes(features, renderer, style) {
    return L.geoJSON(features || [], {
      interactive: false,
      style: function (feature) {
        var open = /LineString/.test(feature.geometry.type);
        return Object.assign({ renderer: renderer, pane: renderer.options.pane }, style, open ? { fill: false } : {});
      }
    });
  }

  function drawBuildings(map, features) {
    if (!features) { return; }
    var layer = shapes(features, L.canvas({ pane: "buildings", padding: 0.1 }), BUILDING);
    function show() { if (map.getZoom() >= BUILDINGS_FROM) { layer.addTo(map); } else { layer.remove(); } }
    map.on("zoomend", show);
    show();
  }

  /* All edges first, then all fills: crossings show no seam. */
  function drawRoads(map, bySort) {
    var renderer = L.canvas({ pane: "roads", padding: 0.2 });
    var drawn = [];
    ["edge", "fill"].forEach(function (part) {
      ROADS.forEach(function (road) {
        var layer = shapes(bySort[road[0]], renderer, { color: road[1][part], lineCap: "round" }).addTo(map);
        drawn.push({ layer: layer, metres: road[1].metres, more: part === "edge" ? 2 : 0 });
      });
    });
    function widen() {
      var perPixel = metresPerPixel(map);
      drawn.forEach(function (one) { one.layer.setStyle({ weight: Math.max(one.metres / perPixel, 1.2) + one.more }); });
    }
    map.on("zoomend", widen);
    widen();
  }

  function metresPerPixel(map, latitude) {
    var at = latitude === undefined ? map.getCenter().lat : latitude;
    return 40075016.7 * Math.cos(at * Math.PI / 180) / Math.pow(2, map.getZoom() + 8);
  }

  /* Each street's name once, at the middle of the piece nearest to the middle of what is seen. */
  function nameStreets(map, features) {
    var names = L.layerGroup().addTo(map);
    var streets = features.filter(function (feature) { return feature.properties.name; }).map(function (feature) {
      return { name: feature.properties.name, middles: middles(feature.geometry) };
    });
    function write() {
      names.clearLayers();
      if (map.getZoom() < NAMES_FROM) { return; }
      var written = [];
      var size = map.getSize();
      var seen = L.bounds([50, 20], size.subtract([50, 20]));
      streets.forEach(function (street) {
        var best = nearest(map, street.middles, seen, size.divideBy(2), written);
        if (!best) { return; }
        written.push(best.pixel);
        names.addLayer(label({ name: street.name, at: best.at }));
      });
    }
    map.on("moveend", write);
    write();
  }

  function middles(geometry) {
    var lines = geometry.type === "MultiLineString" ? geometry.coordinates : [geometry.coordinates];
    var found = [];
    lines.forEach(function (line) {
      for (var i = 1; i < line.length; i += 1) {
        found.push(L.latLng((line[i - 1][1] + line[i][1]) / 2, (line[i - 1][0] + line[i][0]) / 2));
      }
    });
    return found;
  }

  function nearest(map, places, seen, middle, written) {
    var best = null;
    places.forEach(function (at) {
      var pixel = map.latLngToContainerPoint(at);
      var away = pixel.distanceTo(middle);
      if (!seen.contains(pixel) || (best && away >= best.away)) { return; }
      if (written.some(function (one) { return Math.abs(one.x - pixel.x) < NAME_GAP_PX && Math.abs(one.y - pixel.y) < 40; })) { return; }
      best = { at: at, pixel: pixel, away: away };
    });
    return best;
  }

  function label(place) {
    var words = document.createElement("span");
    words.textContent = place.name;
    words.setAttribute("aria-hidden", "true");
    return L.marker(place.at, {
      pane: "names", interactive: false, keyboard: false,
      icon: L.divIcon({ className: "map-street", html: words, iconSize: [0, 0] })
    });
  }

  window.officerMap = {
    make: make, metresPerPixel: metresPerPixel,
    settings: function (id) { return JSON.parse(document.getElementById(id).textContent); }
  };
}());
