// Writes plotly.min.js, the same in brotli, and the licences of what is in it, to a folder.
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const folder = process.argv[2];
if (!folder) throw new Error("usage: node build.mjs FOLDER (found no folder)");

const plotly = JSON.parse(readFileSync("node_modules/plotly.js/package.json", "utf8"));
const result = await build({
  entryPoints: ["entry.cjs"],
  write: false,
  metafile: true,
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "Plotly",
  target: "es2020",
  legalComments: "none",
  banner: {
    js: `/* plotly.js ${plotly.version} (scatter only), MIT licence; plotly.licences.txt names all that is in it. */`,
  },
  // As Plotly's own build sets them.
  define: { global: "window", "define.amd": "false", "process.env.NODE_DEBUG": "false" },
  alias: { regl: "@plotly/regl", stream: "stream-browserify" },
  // Styles of maps, which are not in the bundle.
  loader: { ".css": "empty" },
  logLevel: "warning",
});

const script = result.outputFiles[0].contents;
writeFileSync(join(folder, "plotly.min.js"), script);
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
writeFileSync(join(folder, "plotly.min.js.br"), brotliCompressSync(script, quality));

const packages = new Set();
for (const [input, { bytesInOutput }] of Object.entries(
  Object.values(result.metafile.outputs)[0].inputs,
)) {
  if (bytesInOutput === 0) continue;
  const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.add(found[1]);
}
const licences = [...packages].sort().map((place) => {
  const { name, version, license } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const file = readdirSync(place).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const words = file ? readFileSync(join(place, file), "utf8").trim() : "(no licence file)";
  return `${name} ${version} (${license ?? "licence not stated"})\n\n${words}\n`;
});
writeFileSync(join(folder, "plotly.licences.txt"), licences.join(`\n${"-".repeat(72)}\n\n`));
