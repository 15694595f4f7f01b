// Writes the vendored files of chalicelib/web/static and their manifest, vendor.json.
// Usage: npm ci --ignore-scripts && npm run build     (needed only when package.json changes)

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGES = join(HERE, "node_modules");
const STATIC = join(HERE, "../../chalicelib/web/static");
const LOCK = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8"));

const read = (...parts) => readFileSync(join(PACKAGES, ...parts), "utf8");

function core() {
  const built = sass.compile(join(HERE, "core.scss"), {
    loadPaths: [PACKAGES],
    style: "compressed",
    quietDeps: true,
  });
  return `/* GOV.UK Frontend, MIT licence: see govuk-frontend.LICENSE.txt */\n${built.css}\n`;
}

function components() {
  const built = esbuild.buildSync({
    absWorkingDir: HERE,
    entryPoints: ["govuk.entry.mjs"],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    write: false,
    banner: { js: "/* GOV.UK Frontend, MIT licence: see govuk-frontend.LICENSE.txt */" },
  });
  return built.outputFiles[0].text;
}

// Leaflet's PNG icons stay out: we draw our own pins, and only text passes through the gateway.
function leafletStyle() {
  return read("leaflet/dist/leaflet.css").replace(/url\(images\/[^)]*\)/g, "none");
}

const FILES = [
  ["core.css", "govuk-frontend", "MIT", core],
  ["govuk.js", "govuk-frontend", "MIT", components],
  // The package comes without its licence's text; ours is a copy from its repository.
  [
    "govuk-frontend.LICENSE.txt",
    "govuk-frontend",
    "MIT",
    () => readFileSync(join(HERE, "licences/govuk-frontend.LICENSE.txt"), "utf8"),
  ],
  [
    "leaflet.js",
    "leaflet",
    "BSD-2-Clause",
    () => read("leaflet/dist/leaflet.js").replace(/\n\/\/# sourceMappingURL=.*\n?$/, "\n"),
  ],
  ["leaflet.css", "leaflet", "BSD-2-Clause", leafletStyle],
  ["leaflet.LICENSE.txt", "leaflet", "BSD-2-Clause", () => read("leaflet/LICENSE")],
];

function entry([name, source, licence, make]) {
  const text = make();
  writeFileSync(join(STATIC, name), text);
  const locked = LOCK.packages[`node_modules/${source}`];
  return {
    file: name,
    package: source,
    version: locked.version,
    licence,
    sha256: createHash("sha256").update(text).digest("hex"),
    integrity: locked.integrity,
  };
}

mkdirSync(STATIC, { recursive: true });
const manifest = FILES.map(entry);
writeFileSync(join(STATIC, "vendor.json"), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(manifest.map(({ file, version }) => `${file} ${version}`).join("\n"));
