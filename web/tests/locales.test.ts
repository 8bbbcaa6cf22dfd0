import { fileURLToPath } from "node:url";
import { readFileSync, readdirSync } from "node:fs";
import { globSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../src/", import.meta.url));
const PLURAL = /_(zero|one|two|few|many|other)$/;
const FORMS = { en: ["one", "other"], ar: ["zero", "one", "two", "few", "many", "other"] };
type Texts = { [key: string]: string | Texts };

function flatten(texts: Texts, before = "", into = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") into.set(before + key, value);
    else flatten(value, `${before}${key}.`, into);
  }
  return into;
}
function read(language: "en" | "ar", feature: string): Map<string, string> {
  return flatten(JSON.parse(readFileSync(`${root}locales/${language}/${feature}`, "utf8")) as Texts);
}
function bases(texts: Map<string, string>): string[] {
  return [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, "")))].sort();
}
function places(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!).filter((name) => name !== "count").sort();
}

const features = readdirSync(`${root}locales/en`);

describe("the texts of the two languages", () => {
  it("come in the same files", () => {
    expect(readdirSync(`${root}locales/ar`).sort()).toEqual([...features].sort());
  });

  describe.each(features)("%s", (feature) => {
    const english = read("en", feature);
    const arabic = read("ar", feature);

    it("has the same keys in both", () => {
      expect(bases(arabic)).toEqual(bases(english));
    });

    it("leaves nothing empty", () => {
      expect([...english, ...arabic].filter(([, text]) => !text.trim())).toEqual([]);
    });

    it.each(["en", "ar"] as const)("has every plural form that %s needs", (language) => {
      const texts = language === "en" ? english : arabic;
      const counted = new Set([...texts.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, "")));
      const missing = [...counted].flatMap((key) => FORMS[language].map((form) => `${key}_${form}`)).filter((key) => !texts.has(key));
      expect(missing).toEqual([]);
    });

    it("fills the same places in both", () => {
      const wrong = [...english].filter(([key, text]) => arabic.has(key) && !PLURAL.test(key) && String(places(text)) !== String(places(arabic.get(key)!)));
      expect(wrong).toEqual([]);
    });

    it("is written in Arabic where it should be", () => {
      const latin = [...arabic].filter(([, text]) => /[A-Za-z]{3}/.test(text) && !/[\u0600-\u06FF]/.test(text));
      expect(latin).toEqual([]);
    });
  });

  it("have every key the screens ask for", () => {
    const missing: string[] = [];
    for (const file of globSync("**/*.{ts,tsx}", { cwd: root })) {
      const source = readFileSync(root + file, "utf8");
      const own = /useTranslation\("(\w+)"\)/.exec(source)?.[1] ?? "common";
      for (const [, key] of source.matchAll(/\bt\(\s*"([^"]+)"/g)) {
        const [feature, name] = key!.includes(":") ? (key!.split(":") as [string, string]) : [own, key!];
        const texts = features.includes(`${feature}.json`) ? read("en", `${feature}.json`) : new Map<string, string>();
        if (!texts.has(name) && !texts.has(`${name}_other`)) missing.push(`${file}: ${feature}:${name}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
