/** Dollars as people type them, and how a budget stands in numbers; as numbers they are for showing only. */
import type { Budget } from "@/api/types";

const MOST = 1_000_000;
const ARABIC = "٠١٢٣٤٥٦٧٨٩";

/** `12.50` or `١٢٫٥٠` → as the server takes it; null for what is no amount up to a million. A comma may mean two things. */
export function amountOf(text: string): string | null {
  const latin = text.trim().replace(/^\$\s*/, "").replace(/[٠-٩]/g, (digit) => String(ARABIC.indexOf(digit))).replace("٫", ".");
  return /^\d{1,7}(?:\.\d{1,6})?$/.test(latin) && Number(latin) <= MOST ? latin : null;
}

export interface Standing { spent: number; reserved: number; left: number; limit: number; tone: "plain" | "warn" | "bad" }

export function standingOf({ spent, reserved, limit, percent }: Budget): Standing {
  const left = Math.max(0, Number(limit) - Number(spent) - Number(reserved));
  return { spent: Number(spent), reserved: Number(reserved), left, limit: Number(limit), tone: percent >= 100 ? "bad" : percent >= 80 ? "warn" : "plain" };
}
