/* Sends files in parts straight to the bucket. Each part is hashed here, and our server signs an
   address that takes exactly those bytes. Three lanes; pause; continue after a broken connection
   or, when the same file is chosen again, after a reload. Without this script a plain form does. */
(function () {
  "use strict";

  var LANES = 3;
  var STALLED_MS = 45000;
  var SAY_EVERY_MS = 5000;
  var TRIES_BEFORE_WAIT = 3;
  var LONGEST_WAIT_MS = 30000;
  var REFUSED = [400, 404, 409, 410, 413, 415, 422, 429];

  var root = document.getElementById("uploader");
  var list = document.getElementById("clips");
  if (!root || !list || !window.crypto || !window.crypto.subtle) return;
  var said = document.getElementById("uploader-said");
  var texts = JSON.parse(root.dataset.texts);
  var input = document.getElementById("files");
  var running = 0;
  var lock = null;
  root.hidden = false;
  root.dataset.ready = "yes";

  input.addEventListener("change", function () {
    Array.prototype.forEach.call(input.files, function (file) { new Upload(file).begin(); });
    input.value = "";
  });
  window.addEventListener("beforeunload", function (event) {
    if (running > 0) event.preventDefault();
  });

  function Upload(file) {
    this.file = file;
    this.done = {};
    this.sending = {};
    this.open = [];
    this.paused = false;
    this.over = false;
    this.lastSaid = 0;
    this.startedAt = 0;
    this.sentHere = 0;
    this.row = row(file);
    this.bind();
  }

  Upload.prototype.bind = function () {
    var self = this;
    this.row.pause.addEventListener("click", function () { self.paused ? self.resume() : self.pause(); });
    this.row.remove.addEventListener("click", function () { self.remove(); });
  };

  Upload.prototype.begin = function () {
    var self = this;
    var known = waiting(this.file);
    count(1);
    this.startedAt = Date.now();
    var slot = known ? this.continued(known) : this.fresh();
    slot.then(function () { self.run(); }, function (error) { self.fail(error); });
  };

  Upload.prototype.fresh = function () {
    var self = this;
    var body = { name: this.file.name, size: this.file.size, type: this.file.type };
    return call(root.dataset.path, body).then(function (slot) { self.take(slot.id, slot.part_size); });
  };

  Upload.prototype.continued = function (known) {
    var self = this;
    this.take(known.dataset.clip, Number(known.dataset.partSize));
    known.remove();
    return call(this.path("progress")).then(function (answer) {
      answer.parts.forEach(function (part) { self.done[part] = true; });
      self.open = self.open.filter(function (part) { return !self.done[part]; });
    });
  };

  Upload.prototype.take = function (id, partSize) {
    this.id = id;
    remember(id, this.file);
    Object.assign(this.row.item.dataset, { clip: id, name: this.file.name, size: this.file.size, partSize: partSize });
    this.partSize = partSize;
    this.parts = Math.max(1, Math.ceil(this.file.size / partSize));
    this.open = [];
    for (var part = 1; part <= this.parts; part += 1) this.open.push(part);
  };

  Upload.prototype.path = function (verb) {
    return root.dataset.path + "/" + this.id + "/" + verb;
  };

  Upload.prototype.run = function () {
    var self = this;
    var lanes = [];
    for (var lane = 0; lane < LANES; lane += 1) lanes.push(this.lane({ buffer: null }));
    Promise.all(lanes).then(function () {
      /* Lanes from before a short pause may end while others still send. */
      if (!self.paused && !self.over && Object.keys(self.done).length === self.parts) return self.finish();
    }).catch(function (error) { self.fail(error); });
  };

  Upload.prototype.lane = function (own) {
    var self = this;
    if (this.paused || this.over || this.open.length === 0) return Promise.resolve();
    var part = this.open.shift();
    return this.send(part, 1, own).then(function () { return self.lane(own); }, function (error) {
      self.open.unshift(part);
      if (!self.paused && !self.over) throw error;
    });
  };

  Upload.prototype.send = function (part, attempt, own) {
    var self = this;
    var from = (part - 1) * this.partSize;
    var piece = this.file.slice(from, Math.min(this.file.size, from + this.partSize));
    return read(piece, own).then(function (bytes) {
      return crypto.subtle.digest("SHA-256", bytes).then(function (digest) {
        var body = { number: part, size: bytes.byteLength, sha256: base64(digest) };
        return call(self.path("parts"), body).then(function (grant) {
          if (self.paused || self.over) throw new Error("stopped");
          return self.put(part, grant, bytes);
        });
      });
    }).then(function () {
      self.done[part] = true;
      self.sentHere += piece.size;
      self.connected();
    }).catch(function (error) {
      delete self.sending[part];
      if (self.paused || self.over || error.final) throw error;
      if (attempt >= TRIES_BEFORE_WAIT) self.disconnected();
      return wait(attempt).then(function () {
        if (self.paused || self.over) throw error;
        return self.send(part, attempt + 1, own);
      });
    });
  };

  Upload.prototype.put = function (part, grant, bytes) {
    var self = this;
    return new Promise(function (resolve, reject) {
      var request = new XMLHttpRequest();
      var dog = null;
      var watch = function () {
        clearTimeout(dog);
        dog = setTimeout(function () { request.abort(); }, STALLED_MS);
      };
      request.open("PUT", grant.url);
      Object.keys(grant.headers).forEach(function (name) { request.setRequestHeader(name, grant.headers[name]); });
      request.upload.onprogress = function (event) {
        watch();
        self.sending[part] = { request: request, sent: event.loaded };
        self.show();
      };
      request.onloadend = function () {
        clearTimeout(dog);
        delete self.sending[part];
        request.status === 200 ? resolve() : reject(new Error("part " + request.status));
      };
      self.sending[part] = { request: request, sent: 0 };
      watch();
      request.send(bytes);
    });
  };

  Upload.prototype.finish = function () {
    var self = this;
    if (this.finishing) return undefined;
    this.finishing = true;
    return persistent(function () { return call(self.path("complete"), {}); }).then(function () {
      forget(self.id);
      self.over = true;
      count(-1);
      self.row.item.classList.remove("clip--waiting");
      self.row.bar.hidden = true;
      self.row.pause.hidden = true;
      self.row.words.innerHTML = "";
      self.row.words.appendChild(make("strong", "govuk-tag govuk-tag--blue", texts.checking));
      announce(filled(texts.sent, { name: self.file.name }));
    });
  };

  Upload.prototype.pause = function () {
    this.paused = true;
    count(-1);
    this.stop();
    this.row.pause.firstChild.data = texts.resume;
    this.row.words.textContent = filled(texts.pausedAt, { percent: this.percent() + "%" });
    announce(filled(texts.paused, { name: this.file.name }));
  };

  Upload.prototype.resume = function () {
    this.paused = false;
    count(1);
    this.startedAt = Date.now();
    this.sentHere = 0;
    this.row.pause.firstChild.data = texts.pause;
    this.show();
    this.id ? this.run() : this.begin();
  };

  Upload.prototype.remove = function () {
    if (!this.over && !this.paused) count(-1);
    this.over = true;
    this.stop();
    if (this.id) forget(this.id);
    if (this.id) call(this.path("remove"), {}).catch(function () { /* the sweep clears it up */ });
    this.row.item.remove();
    announce(filled(texts.removed, { name: this.file.name }));
    input.focus();
  };

  Upload.prototype.stop = function () {
    var sending = this.sending;
    Object.keys(sending).forEach(function (part) { sending[part].request.abort(); });
  };

  Upload.prototype.fail = function (error) {
    if (this.over || this.paused) return;
    this.over = true;
    count(-1);
    this.stop();
    this.row.item.classList.add("clip--waiting");
    if (this.id) this.row.item.dataset.open = "";
    this.row.bar.hidden = true;
    this.row.pause.hidden = true;
    this.row.words.textContent = error.sentence || texts.failed;
    announce(this.file.name + ": " + this.row.words.textContent);
  };

  Upload.prototype.disconnected = function () {
    this.row.item.classList.add("clip--waiting");
    this.row.words.textContent = "";
    this.row.words.appendChild(make("strong", "", texts.lost));
    this.row.words.appendChild(document.createTextNode(" " + texts.continues + " " + texts.closed));
    announce(texts.lost + " " + texts.continues);
    this.lost = true;
  };

  Upload.prototype.connected = function () {
    this.lost = false;
    this.row.item.classList.remove("clip--waiting");
    this.show();
  };

  Upload.prototype.bytes = function () {
    var self = this;
    var total = Object.keys(this.done).reduce(function (sum, part) {
      return sum + Math.min(self.partSize, self.file.size - (part - 1) * self.partSize);
    }, 0);
    Object.keys(this.sending).forEach(function (part) { total += self.sending[part].sent; });
    return Math.min(total, this.file.size);
  };

  Upload.prototype.percent = function () {
    return Math.floor(100 * this.bytes() / this.file.size);
  };

  Upload.prototype.show = function () {
    if (this.paused || this.over || this.lost || !this.partSize) return;
    var percent = this.percent();
    this.row.bar.value = percent;
    if (Date.now() - this.lastSaid < SAY_EVERY_MS && percent < 100 && this.lastSaid) return;
    this.lastSaid = Date.now();
    this.row.words.textContent = this.left(percent + "%");
  };

  Upload.prototype.left = function (percent) {
    var seconds = (Date.now() - this.startedAt) / 1000;
    var rate = this.sentHere / seconds;
    if (seconds < 4 || !rate) return percent;
    var minutes = Math.ceil((this.file.size - this.bytes()) / rate / 60);
    return filled(minutes <= 1 ? texts.nearly : texts.left, { percent: percent, minutes: minutes });
  };

  function row(file) {
    var item = make("li", "clip");
    var head = item.appendChild(make("div", "clip__head"));
    head.appendChild(make("span", "clip__name", file.name));
    head.appendChild(make("span", "clip__size", size(file.size)));
    var bar = item.appendChild(make("progress", "clip__bar"));
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", filled(texts.progress, { name: file.name }));
    var words = item.appendChild(make("p", "clip__said govuk-body", texts.starting));
    var buttons = item.appendChild(make("div", "clip__buttons"));
    var pause = button(buttons, texts.pause, file.name);
    var remove = button(buttons, texts.remove, file.name);
    list.appendChild(item);
    return { item: item, bar: bar, words: words, pause: pause, remove: remove };
  }

  function button(parent, text, name) {
    var made = make("button", "govuk-button govuk-button--secondary", text);
    made.type = "button";
    made.appendChild(make("span", "govuk-visually-hidden", " " + name));
    return parent.appendChild(made);
  }

  function make(tag, classes, text) {
    var made = document.createElement(tag);
    made.className = classes;
    if (text) made.appendChild(document.createTextNode(text));
    return made;
  }

  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }

  function waiting(file) {
    return Array.prototype.find.call(list.querySelectorAll("[data-open]"), function (one) {
      return one.dataset.name === file.name && Number(one.dataset.size) === file.size && unchanged(one.dataset.clip, file);
    });
  }

  /* The moment a file was last changed stays in this browser; elsewhere name and size must do. */
  function remember(id, file) {
    try { localStorage.setItem("clip-" + id, file.lastModified); } catch (error) { /* storage is off */ }
  }

  function unchanged(id, file) {
    try {
      var known = localStorage.getItem("clip-" + id);
      return known === null || Number(known) === file.lastModified;
    } catch (error) { return true; }
  }

  function forget(id) {
    try { localStorage.removeItem("clip-" + id); } catch (error) { /* storage is off */ }
  }

  /* Fills the lane's one buffer: a new one for each part would pile up in a phone's memory. */
  function read(piece, own) {
    var reader;
    try {
      reader = piece.stream().getReader({ mode: "byob" });
    } catch (error) {
      return piece.arrayBuffer().then(function (whole) { return new Uint8Array(whole); });
    }
    if (!own.buffer || own.buffer.byteLength < piece.size) own.buffer = new ArrayBuffer(piece.size);
    var fill = function (at) {
      if (at === piece.size) return Promise.resolve(new Uint8Array(own.buffer, 0, at));
      return reader.read(new Uint8Array(own.buffer, at, piece.size - at)).then(function (got) {
        if (got.done) throw new Error("the file ended early");
        own.buffer = got.value.buffer;
        return fill(at + got.value.byteLength);
      });
    };
    return fill(0).catch(function (error) {
      error.final = true;
      error.sentence = texts.changed;
      throw error;
    });
  }

  function call(path, body) {
    var options = { headers: { Accept: "application/json" }, credentials: "same-origin" };
    if (body) {
      options.method = "POST";
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
    }
    var patience = new AbortController();
    var dog = setTimeout(function () { patience.abort(); }, STALLED_MS);
    options.signal = patience.signal;
    return fetch(path, options).finally(function () { clearTimeout(dog); }).then(function (answer) {
      return answer.json().catch(function () { return {}; }).then(function (content) {
        if (answer.ok) return content;
        var error = new Error("answer " + answer.status);
        error.final = REFUSED.indexOf(answer.status) >= 0;
        error.sentence = content.detail;
        throw error;
      });
    });
  }

  function persistent(act) {
    var attempt = 0;
    var again = function () {
      attempt += 1;
      return act().catch(function (error) {
        if (error.final || attempt > 8) throw error;
        return wait(attempt).then(again);
      });
    };
    return again();
  }

  function wait(attempt) {
    var longest = Math.min(LONGEST_WAIT_MS, 500 * Math.pow(2, attempt));
    return new Promise(function (resolve) { setTimeout(resolve, longest * (0.5 + Math.random() / 2)); });
  }

  function base64(buffer) {
    return btoa(String.fromCharCode.apply(null, new Uint8Array(buffer)));
  }

  function size(bytes) {
    var units = ["KB", "MB", "GB", "TB"], unit = -1;
    do { bytes /= 1000; unit += 1; } while (bytes >= 1000 && unit < 3);
    return (bytes >= 10 ? bytes.toFixed(0) : bytes.toFixed(1)) + " " + units[unit];
  }

  function announce(words) {
    said.textContent = words;
  }

  function count(change) {
    running += change;
    if (!navigator.wakeLock) return;
    if (running > 0 && !lock) {
      lock = navigator.wakeLock.request("screen").catch(function () { lock = null; });
    } else if (running === 0 && lock) {
      Promise.resolve(lock).then(function (held) { if (held) held.release(); });
      lock = null;
    }
  }
})();
