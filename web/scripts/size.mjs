/** Fails when a route's JavaScript outgrows its budget. Counts what the browser fetches for it, gzipped, in kB of 1,000 bytes. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
/** Route → the modules it loads on its own, and its budget in kB. English texts count, being JavaScript chunks. */
const ROUTES = {
  "shell (sign-in)": { entries: ["src/features/identity/SignIn.tsx", "src/locales/en/identity.json"], budget: 160 },
  "chat with Markdown": { entries: ["src/app/Shell.tsx", "src/features/assistant/ChatPage.tsx", "src/ui/Markdown.tsx", "src/locales/en/assistant.json"], budget: 220 },
};
/** No route may pass this, whatever is added later. */
const ANY_ROUTE = 300;

/** Sizes by route: `[{name, kB, budget, css}]`. */
export function measure() {
  const manifest = JSON.parse(readFileSync(join(web, "node_modules", ".gitu-manifest.json"), "utf8"));
  const weights = new Map();
  const weigh = (file) => {
    if (!weights.has(file)) weights.set(file, gzipSync(readFileSync(join(web, "dist", file)), { level: 9 }).length);
    return weights.get(file);
  };
  const collect = (key, files, seen) => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`No chunk for ${key}: build first, or mend its name in scripts/size.mjs`);
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const child of chunk.imports ?? []) collect(child, files, seen);
  };
  const weighRoute = (name, entries, budget) => {
    const files = new Set();
    const seen = new Set();
    for (const key of ["index.html", "src/locales/en/common.json", ...entries]) collect(key, files, seen);
    const sum = (ending) => [...files].filter((file) => file.endsWith(ending)).reduce((total, file) => total + weigh(file), 0) / 1000;
    return { name, kB: sum(".js"), css: sum(".css"), budget };
  };
  const named = Object.entries(ROUTES).map(([name, { entries, budget }]) => weighRoute(name, entries, budget));
  const covered = new Set(Object.values(ROUTES).flatMap(({ entries }) => entries));
  const others = Object.keys(manifest)
    .filter((key) => /^src\/features\/.*\.tsx$/.test(key) && manifest[key].isDynamicEntry && !covered.has(key))
    .map((key) => weighRoute(key.replace("src/features/", ""), ["src/app/Shell.tsx", key], ANY_ROUTE));
  return [...named, ...others];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let over = 0;
  for (const { name, kB, css, budget } of measure()) {
    const bad = kB > budget;
    over += Number(bad);
    console.log(`${bad ? "OVER" : "ok  "} ${name.padEnd(34)} ${kB.toFixed(1).padStart(6)} kB of ${budget} (css ${css.toFixed(1)})`);
  }
  if (over > 0) process.exit(1);
}
