/** Amounts and measures as text in the page's language; figures stay Latin, as in code and on invoices here. */
import i18next from "i18next";

function locale(): string {
  return `${i18next.language || "en"}-u-nu-latn`;
}

/** US dollars given as a decimal string: small amounts keep four figures after the point, so that they don't show as zero. */
export function money(amount: string): string {
  const value = Number(amount);
  const digits = value !== 0 && Math.abs(value) < 1 ? 4 : 2;
  // A price stands alone in its cell or is isolated there, so the English order reads right in both languages.
  return `$${new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: digits }).format(value)}`;
}

export function count(value: number): string {
  return new Intl.NumberFormat("en").format(value);
}

/** 128,000 → 128K; for windows and sums of tokens. */
export function short(value: number): string {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** 1,234 → 1.2 kB, in steps of a thousand. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = Math.min(units.length - 1, value < 1000 ? 0 : Math.floor(Math.log10(value) / 3));
  return `${new Intl.NumberFormat("en", { maximumFractionDigits: 1 }).format(value / 1000 ** step)} ${units[step]}`;
}

/** Milliseconds: 231 ms, 1.4 s. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Whether a moment has gone by. */
export function isPast(at: string): boolean {
  return Date.parse(at) < Date.now();
}

/** A calendar day `YYYY-MM-DD`, which has no zone: 21 Nov. */
export function day(date: string, options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" }): string {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}
