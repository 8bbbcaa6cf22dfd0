/** Light, dark or as the device: kept on <html>, so that the first paint (index.html) and every style agree. */
import { useSyncExternalStore } from "react";
import type { ThemeChoice } from "@/api/types";
import { recall, remember } from "@/app/i18n";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function stored(): ThemeChoice {
  const value = recall("gitu.theme");
  return value === "light" || value === "dark" ? value : "system";
}
let choice = stored();

/** What is shown now. */
export function resolved(): "light" | "dark" {
  return choice === "system" ? (dark.matches ? "dark" : "light") : choice;
}
function show(): void {
  document.documentElement.dataset.mantineColorScheme = resolved();
  for (const listener of listeners) listener();
}
export function setTheme(next: ThemeChoice): void {
  choice = next;
  remember("gitu.theme", next);
  show();
}
dark.addEventListener("change", show);
window.addEventListener("storage", (event) => { if (event.key === "gitu.theme") { choice = stored(); show(); } });

const subscribe = (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener); }; };
export const useTheme = (): ThemeChoice => useSyncExternalStore(subscribe, () => choice);
export const useScheme = (): "light" | "dark" => useSyncExternalStore(subscribe, resolved);
