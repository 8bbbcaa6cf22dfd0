/** Writes src/api/schema.d.ts from an OpenAPI file: `npm run api -- ../openapi.json`. Paths lose their `/api/v1`, as the client adds it. */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const source = process.argv[2];
if (!source) {
  console.error("Name the OpenAPI file: npm run api -- path/to/openapi.json");
  process.exit(2);
}
const spec = JSON.parse(readFileSync(source, "utf8"));
spec.paths = Object.fromEntries(Object.entries(spec.paths).filter(([path]) => path.startsWith("/api/v1/")).map(([path, item]) => [path.slice("/api/v1".length), item]));
// A default is what the server takes when nothing is sent, so a sender may leave the field out.
const target = join(dirname(dirname(fileURLToPath(import.meta.url))), "src", "api", "schema.d.ts");
writeFileSync(target, `/** Generated from the server's OpenAPI by \`npm run api\`; not edited by hand. */\n${astToString(await openapiTS(spec, { defaultNonNullable: false }))}`);
console.log(`wrote ${target}`);
