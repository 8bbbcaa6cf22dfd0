/** Sums over the rows of usage. Amounts come as decimal strings; as numbers they are for showing only. */
import type { CacheDay, PersonUsageRow, UsageRow } from "@/api/types";

/** A row of one's own use, or of everyone's with whose it is. */
export type Used = UsageRow & Partial<PersonUsageRow>;

export interface Totals { calls: number; input: number; output: number; cost: number; /** Some price was known. */ priced: boolean; /** Calls whose price nobody knows. */ unknown: number }

export function sum(rows: Used[]): Totals {
  const totals: Totals = { calls: 0, input: 0, output: 0, cost: 0, priced: false, unknown: 0 };
  for (const row of rows) {
    totals.calls += row.calls;
    totals.input += row.input_tokens;
    totals.output += row.output_tokens;
    totals.unknown += row.unknown_cost_calls;
    if (row.cost === null) continue;
    totals.cost += Number(row.cost);
    totals.priced = true;
  }
  return totals;
}

/** The day it is in a zone, as `YYYY-MM-DD`. */
export function today(timeZone: string, now = new Date()): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
}

/** The last days up to today in the person's zone, oldest first. */
export function lastDays(timeZone: string, days: number, now = new Date()): string[] {
  const last = Date.parse(`${today(timeZone, now)}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) => new Date(last - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10));
}

function groupBy(rows: Used[], key: "day" | Split): Map<string, Used[]> {
  const groups = new Map<string, Used[]>();
  for (const row of rows) {
    const of = row[key] ?? "";
    const group = groups.get(of);
    if (group) group.push(row);
    else groups.set(of, [row]);
  }
  return groups;
}

/** Of each of these days, those without use too. */
export function byDay(rows: Used[], days: string[]): { day: string; totals: Totals }[] {
  const grouped = groupBy(rows, "day");
  return days.map((day) => ({ day, totals: sum(grouped.get(day) ?? []) }));
}

export type Split = "model" | "feature" | "person_id";
export type SplitTotals = Totals & { of: string };

/** By model, feature or person, the greatest by `value` first, then the most used. */
export function bySplit(rows: Used[], split: Split, value: (totals: Totals) => number = ({ calls }) => calls): SplitTotals[] {
  return [...groupBy(rows, split)].map(([of, its]) => Object.assign(sum(its), { of })).toSorted((one, other) => value(other) - value(one) || other.calls - one.calls);
}

/** What kept answers did over some days. */
export interface KeptTotals { hits: number; misses: number; saved: number; /** Hits of which nobody knows what they saved. */ unknown: number; tokens: number; input: number; cached: number }

export function keptTotals(days: CacheDay[]): KeptTotals {
  const totals: KeptTotals = { hits: 0, misses: 0, saved: 0, unknown: 0, tokens: 0, input: 0, cached: 0 };
  for (const day of days) {
    totals.hits += day.hits;
    totals.misses += day.misses;
    totals.saved += Number(day.saved);
    totals.unknown += day.unknown_saved;
    totals.tokens += day.saved_tokens;
    totals.input += day.input_tokens;
    totals.cached += day.cached_tokens;
  }
  return totals;
}

/** Of one: the share of hits, nothing where there was nothing. */
export function shareOf(hits: number, misses: number): number {
  return hits + misses > 0 ? hits / (hits + misses) : 0;
}
