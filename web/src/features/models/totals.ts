/** Sums over the rows of usage. Amounts come as decimal strings; as numbers they are for showing only. */
import type { UsageRow } from "@/api/types";

export interface Totals { calls: number; input: number; output: number; cost: number; /** Some price was known. */ priced: boolean; /** Calls whose price nobody knows. */ unknown: number }

export function sum(rows: UsageRow[]): Totals {
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

/** The last days up to today in the person's zone, oldest first, those without use too. */
export function byDay(rows: UsageRow[], timeZone: string, days = 30, now = new Date()): { day: string; totals: Totals }[] {
  const last = Date.parse(`${today(timeZone, now)}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(last - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10);
    return { day, totals: sum(rows.filter((row) => row.day === day)) };
  });
}

/** By model, the most used first. */
export function byModel(rows: UsageRow[]): (Totals & { model: string })[] {
  return [...new Set(rows.map(({ model }) => model))]
    .map((model) => Object.assign(sum(rows.filter((row) => row.model === model)), { model }))
    .toSorted((one, other) => other.calls - one.calls);
}
