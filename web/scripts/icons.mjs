/** Draws the PNG icons of public/ from our mark. Run by hand after the mark changes: `node scripts/icons.mjs`. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const target = join(dirname(dirname(fileURLToPath(import.meta.url))), "public");
const mark = `<path d="M26.5 11.2A11.5 11.5 0 1 0 27.5 16H17" fill="none" stroke="#1b8a75" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/><circle cx="17" cy="16" r="2.6" fill="#1f1e1b"/>`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
for (const [name, size, margin] of [["icon-192", 192, 4], ["icon-512", 512, 4], ["icon-maskable-512", 512, 10]]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const box = `${-margin} ${-margin} ${32 + 2 * margin} ${32 + 2 * margin}`;
  await page.setContent(`<style>body{margin:0;background:#fbfaf8}svg{display:block;width:100vw;height:100vh}</style><svg viewBox="${box}">${mark}</svg>`);
  await page.screenshot({ path: join(target, `${name}.png`) });
  await page.close();
}
await browser.close();
