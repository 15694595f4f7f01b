/* What is searched, as it looks on the map: a circle, an area with its holes, or a strip along a
   route. All in metres on the ground, so that what is drawn is what is searched. */
(function () {
  "use strict";

  var INK = "#0b0c0c";
  var SHADE = "#6d7354";
  var EDGE = { pane: "region", interactive: false, color: INK, weight: 2.5, dashArray: "9 6", fillColor: SHADE, fillOpacity: 0.1 };
  var EDGE_PX = 2.5;
  var DEGREE_M = 111320;
  var FOOT_M = 0.3048;
  var MILE_M = 1609.344;
  var ACRE_M2 = 4046.856;

  function away(from, bearing, metres) {
    var radians = Math.PI / 180;
    var north = metres * Math.cos(bearing * radians) / DEGREE_M;
    var east = metres * Math.sin(bearing * radians) / (DEGREE_M * Math.cos(from[0] * radians));
    return [from[0] + north, from[1] + east];
  }

  function circle(centre, radius) {
    var points = [];
    for (var bearing = 0; bearing < 360; bearing += 4) { points.push(away(centre, bearing, radius)); }
    return area([points]);
  }

  function area(rings) { return L.polygon(rings, Object.assign({ smoothFactor: 0.5 }, EDGE)); }

  /* Each line paints over the one before, or cuts it out: what is left is the strip's true edge,
     however the route crosses itself. */
  var Cutting = L.Canvas.extend({
    /* A frame asked for before this was removed may still come: Leaflet forgets some of them. */
    _redraw: function () { if (this._ctx) { L.Canvas.prototype._redraw.call(this); } },
    _fillStroke: function (context, layer) {
      context.globalCompositeOperation = layer.options.composite || "source-over";
      L.Canvas.prototype._fillStroke.call(this, context, layer);
      context.globalCompositeOperation = "source-over";
    }
  });

  var Strip = L.FeatureGroup.extend({
    initialize: function (line, halfWidth) {
      var renderer = new Cutting({ pane: "region", padding: 0.3 });
      var shared = { renderer: renderer, pane: "region", interactive: false, noClip: true, smoothFactor: 0.5, opacity: 1 };
      this._canvas = renderer;
      this._halfWidth = halfWidth;
      this._latitude = line[0][0];
      L.FeatureGroup.prototype.initialize.call(this, [
        L.polyline(line, Object.assign({ color: INK }, shared)),
        L.polyline(line, Object.assign({ color: INK, composite: "destination-out" }, shared)),
        L.polyline(line, Object.assign({ color: SHADE }, shared, { opacity: 0.13 })),
        L.polyline(line, Object.assign({ color: INK }, shared, { weight: 2, dashArray: "2 6" }))
      ]);
    },
    onAdd: function (map) {
      this._widen({ target: map });
      L.FeatureGroup.prototype.onAdd.call(this, map);
      map.on("zoomend", this._widen, this);
    },
    onRemove: function (map) {
      map.off("zoomend", this._widen, this);
      L.FeatureGroup.prototype.onRemove.call(this, map);
      this._canvas.remove();
    },
    getBounds: function () {
      var bounds = L.latLngBounds([]);
      this.eachLayer(function (layer) {
        layer.getLatLngs().forEach(function (at) {
          [0, 90, 180, 270].forEach(function (bearing) { bounds.extend(away([at.lat, at.lng], bearing, this._halfWidth)); }, this);
        }, this);
      }, this);
      return bounds;
    },
    _widen: function (event) {
      var wide = 2 * this._halfWidth / officerMap.metresPerPixel(event.target, this._latitude);
      var layers = this.getLayers();
      layers[0].setStyle({ weight: wide + EDGE_PX });
      layers[1].setStyle({ weight: Math.max(wide - EDGE_PX, 1) });
      layers[2].setStyle({ weight: Math.max(wide - EDGE_PX, 1) });
    }
  });

  function icon(kind, width, height, shapes) {
    var namespace = "http://www.w3.org/2000/svg";
    var drawing = document.createElementNS(namespace, "svg");
    drawing.setAttribute("viewBox", "0 0 " + width + " " + height);
    drawing.setAttribute("aria-hidden", "true");
    shapes.forEach(function (shape) {
      var element = document.createElementNS(namespace, "path");
      Object.keys(shape).forEach(function (name) { element.setAttribute(name, shape[name]); });
      drawing.appendChild(element);
    });
    return { className: kind, html: drawing, iconSize: [width, height] };
  }

  function marker(at, look, anchor) {
    look.iconAnchor = anchor;
    return L.marker(at, { interactive: false, keyboard: false, zIndexOffset: -1000, icon: L.divIcon(look) });
  }

  /* Where it happened, or where a route sets off. */
  function scene(at) {
    var pin = { d: "M16 38C12 31 3 24 3 15a13 13 0 0 1 26 0c0 9-9 16-13 23z", fill: "#d4351c", stroke: "#fff", "stroke-width": "3" };
    return marker(at, icon("map-scene", 32, 40, [pin]), [16, 38]);
  }

  /* Where a route ends: a ring, with an arrow as the way goes. */
  function end(line) {
    var last = line[line.length - 1];
    var before = line[line.length - 2];
    var east = (last[1] - before[1]) * Math.cos(last[0] * Math.PI / 180);
    var turn = Math.atan2(east, last[0] - before[0]) * 180 / Math.PI;
    var arrow = { d: "M14 3 22 24 14 19 6 24z", fill: INK, stroke: "#fff", "stroke-width": "2", transform: "rotate(" + turn.toFixed(1) + " 14 14)" };
    return marker(last, icon("map-scene", 28, 28, [arrow]), [14, 14]);
  }

  /* Return the layer of a region as the server describes it. */
  function draw(region) {
    if (region.kind === "circle") { return circle(region.centre, region.radius); }
    if (region.kind === "area") { return area(region.rings); }
    return new Strip(region.line, region.half_width);
  }

  function marks(region) {
    if (region.kind === "circle") { return [scene(region.centre)]; }
    return region.kind === "route" ? [end(region.line), scene(region.line[0])] : [];
  }

  function lengthOf(line) {
    return line.slice(1).reduce(function (sum, at, i) { return sum + L.latLng(line[i]).distanceTo(at); }, 0);
  }

  /* The shoelace formula on the plane at the first corner: good to a few thousandths here. */
  function sizeOf(ring) {
    var east = DEGREE_M * Math.cos(ring[0][0] * Math.PI / 180);
    var twice = ring.reduce(function (sum, at, i) {
      var next = ring[(i + 1) % ring.length];
      return sum + (at[1] - ring[0][1]) * (next[0] - ring[0][0]) - (next[1] - ring[0][1]) * (at[0] - ring[0][0]);
    }, 0);
    return Math.abs(twice) / 2 * east * DEGREE_M;
  }

  function lengthWords(metres, units) {
    var feet = metres / FOOT_M;
    if (units !== "feet") { return metres < 995 ? Math.round(metres / 10) * 10 + " m" : (metres / 1000).toFixed(1) + " km"; }
    return feet < 5275 ? (Math.round(feet / 10) * 10).toLocaleString("en") + " ft" : (metres / MILE_M).toFixed(1) + " miles";
  }

  function sizeWords(squareMetres, units) {
    if (units !== "feet") { return squareMetres < 1e5 ? (squareMetres / 1e4).toFixed(1) + " hectares" : (squareMetres / 1e6).toFixed(2) + " km²"; }
    return squareMetres < 2e5 ? (squareMetres / ACRE_M2).toFixed(1) + " acres" : (squareMetres / MILE_M / MILE_M).toFixed(2) + " square miles";
  }

  window.officerRegion = {
    away: away, draw: draw, marks: marks, lengthOf: lengthOf, sizeOf: sizeOf, lengthWords: lengthWords, sizeWords: sizeWords
  };
}());
