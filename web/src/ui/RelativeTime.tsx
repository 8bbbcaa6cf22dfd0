import i18next from "i18next";
import { useEffect, useState } from "react";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [["year", 31_536_000], ["month", 2_592_000], ["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60]];

/** “3 minutes ago” in the page's language; `now` and `at` in milliseconds. */
export function relative(at: number, now: number, language: string): string {
  const seconds = Math.round((at - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  for (const [unit, size] of STEPS) if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(0, "second");
}

/** A moment as distance from now, kept fresh; the exact time on hover and for screen readers. */
export function RelativeTime({ at }: { at: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const date = new Date(at);
  const language = i18next.language;
  const exact = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(date);
  return <time dateTime={at} title={exact}>{relative(date.getTime(), Math.max(now, date.getTime()), language)}</time>;
}

/** A moment written out in the page's language and the device's zone; to the second where things follow each other fast. */
export function ExactTime({ at, seconds = false }: { at: string; seconds?: boolean }) {
  return <time dateTime={at}>{new Intl.DateTimeFormat(i18next.language, { dateStyle: "medium", timeStyle: seconds ? "medium" : "short" }).format(new Date(at))}</time>;
}
