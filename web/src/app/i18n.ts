/** Two languages, one file per feature and language, fetched when a screen first needs it. */
import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "@/api/types";

const files = import.meta.glob<Record<string, unknown>>("../locales/*/*.json", { import: "default" });

const backend: BackendModule = {
  type: "backend",
  init() {},
  read(language, namespace, done) {
    const load = files[`../locales/${language}/${namespace}.json`];
    if (!load) return done(new Error(`No texts for ${namespace} in ${language}`), null);
    load().then((texts) => done(null, texts), (error: unknown) => done(error as Error, null));
  },
};

export function currentLanguage(): Language {
  return document.documentElement.lang === "ar" ? "ar" : "en";
}

/** Resolves once the texts that every screen shares are there, and those of the first one where it is known. */
export async function startI18n(first: string[] = []): Promise<void> {
  await i18next.use(backend).use(initReactI18next).init({
    lng: currentLanguage(), fallbackLng: false, supportedLngs: ["en", "ar"], load: "currentOnly",
    ns: ["common", ...first], defaultNS: "common", interpolation: { escapeValue: false }, returnNull: false,
    react: { useSuspense: true },
  });
}

/** Switches the page's language and direction at once and remembers it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  remember("gitu.language", language);
  if (i18next.language === language) return;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
}

/** Storage may be blocked; the choice then lasts as long as the page. */
export function remember(key: string, value: string): void {
  try { localStorage.setItem(key, value); } catch { /* nothing to do: see above */ }
}
export function recall(key: string): string | null {
  try { return localStorage.getItem(key); } catch { return null; }
}
