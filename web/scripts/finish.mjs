/** After the build: the hash of the inline script for the server's Content-Security-Policy, and the copy the server serves. */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(web, "dist");
const served = join(web, "..", "src", "gitu", "doors", "http", "static");

const html = readFileSync(join(dist, "index.html"), "utf8");
const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, code]) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`);
if (scripts.length !== 1) throw new Error(`index.html holds ${scripts.length} inline scripts; the boot script should be the only one`);

/**
 * `policy` is ready to send. Styles stay 'unsafe-inline': the page's skeleton is styled in place, and no value of
 * a style comes from outside. `blob:` images are previews of the person's own files.
 */
const policy = [
  "default-src 'self'", `script-src 'self' ${scripts.join(" ")}`, "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self'",
  "connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join("; ");
writeFileSync(join(dist, "csp.json"), `${JSON.stringify({ script_hashes: scripts, policy }, null, 2)}\n`);

// The manifest of chunks is for the size check only.
if (existsSync(join(dist, ".vite"))) { cpSync(join(dist, ".vite", "manifest.json"), join(web, "node_modules", ".gitu-manifest.json")); rmSync(join(dist, ".vite"), { recursive: true }); }

rmSync(served, { recursive: true, force: true });
mkdirSync(dirname(served), { recursive: true });
cpSync(dist, served, { recursive: true });

// Compressed once, here, as small as it gets; the server picks what the browser can read.
for (const name of readdirSync(served, { recursive: true })) {
  const path = join(served, name);
  if (!/\.(?:js|css|html|svg|webmanifest)$/.test(name) || !statSync(path).isFile()) continue;
  const plain = readFileSync(path);
  for (const [ending, packed] of [[".br", brotliCompressSync(plain)], [".gz", gzipSync(plain, { level: 9 })]]) {
    if (packed.length < plain.length) writeFileSync(path + ending, packed);
  }
}
console.log(`served from ${served}`);
