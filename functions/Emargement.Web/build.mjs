// Bundles Scripts/*.ts (one entry a page) and Styles/site.css into the folder given, under names that carry a hash of the content.
import { readdirSync } from "node:fs";
import { build } from "esbuild";

const scripts = readdirSync("Scripts").filter(name => name.endsWith(".ts")).map(name => `Scripts/${name}`);

await build({
  entryPoints: [...scripts, "Styles/site.css", "Styles/icons.svg"],
  outdir: process.argv[2],
  bundle: true,
  minify: true,
  format: "esm",
  splitting: true,
  target: ["chrome92", "firefox98", "safari15.4"],
  legalComments: "inline",
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "copy" },
  publicPath: "/assets",
  logLevel: "warning",
});
