import { describe, expect, it } from "vitest";
import type { CacheDay, Model, UsageRow } from "../src/api/types";
import { nameOf } from "../src/features/models/names";
import { byDay, bySplit, keptTotals, lastDays, shareOf, sum, today } from "../src/features/models/totals";
import { rolesToGive } from "../src/features/settings/Invite";
import { duration, money, short } from "../src/ui/format";

const row = (changes: Partial<UsageRow>): UsageRow => ({ day: "2026-11-20", model: "c/small", feature: "assistant", calls: 1, input_tokens: 100, output_tokens: 10, cost: "0.5", unknown_cost_calls: 0, ...changes });

describe("usage", () => {
  it("counts calls of unknown price apart from what is known", () => {
    expect(sum([row({}), row({ cost: null, unknown_cost_calls: 1 })])).toEqual({ calls: 2, input: 200, output: 20, cost: 0.5, priced: true, unknown: 1 });
    expect(sum([row({ cost: null, unknown_cost_calls: 1 })]).priced).toBe(false);
  });

  it("shows every day up to today, also those without use", () => {
    const days = byDay([row({})], lastDays("UTC", 3, new Date("2026-11-21T12:00:00Z")));
    expect(days.map(({ day, totals }) => [day, totals.calls])).toEqual([["2026-11-19", 0], ["2026-11-20", 1], ["2026-11-21", 0]]);
  });

  it("ends on the day it is where the person lives", () => {
    const late = new Date("2026-11-21T22:30:00Z");
    expect([today("Asia/Riyadh", late), today("America/New_York", late)]).toEqual(["2026-11-22", "2026-11-21"]);
  });

  it("names the most used model first", () => {
    expect(bySplit([row({}), row({ model: "c/large", calls: 5 })], "model").map(({ of }) => of)).toEqual(["c/large", "c/small"]);
  });

  it("names first what cost most, where cost is looked at", () => {
    const rows = [row({ calls: 9, cost: "0.1" }), row({ model: "c/large", cost: "3" })];
    expect(bySplit(rows, "model", ({ cost }) => cost).map(({ of }) => of)).toEqual(["c/large", "c/small"]);
  });

  it("is split by feature, each with its own sum", () => {
    const split = bySplit([row({}), row({ model: "c/large", calls: 2 }), row({ feature: "titles" })], "feature");
    expect(split.map(({ of, calls, cost }) => [of, calls, cost])).toEqual([["assistant", 3, 1], ["titles", 1, 0.5]]);
  });

  it("is split by person where it is everyone's", () => {
    const rows = [{ ...row({}), person_id: "a" }, { ...row({ calls: 4 }), person_id: "b" }];
    expect(bySplit(rows, "person_id").map(({ of, calls }) => [of, calls])).toEqual([["b", 4], ["a", 1]]);
  });
});

describe("what is measured", () => {
  it("keeps small amounts from showing as zero", () => {
    expect(["0", "0.00042", "0.15", "12.5", "1234"].map(money)).toEqual(["$0.00", "$0.0004", "$0.15", "$12.50", "$1,234.00"]);
  });

  it("is short where it is long", () => {
    expect([duration(231), duration(1449), short(128_000)]).toEqual(["231 ms", "1.4 s", "128K"]);
  });
});

describe("a model that is gone", () => {
  it("is still named after the connection's part of its id", () => expect(nameOf("0197/openai/gpt-small", [] as Model[])).toBe("openai/gpt-small"));
});

describe("an invitation", () => {
  it("makes admins only when the owner gives it", () => {
    expect(rolesToGive("owner")).toContain("admin");
    expect(rolesToGive("admin")).not.toContain("admin");
  });
});

describe("kept answers", () => {
  const day = (changes: Partial<CacheDay>): CacheDay => ({ day: "2026-11-20", hits: 3, misses: 1, saved: "0.25", unknown_saved: 0, saved_tokens: 90, input_tokens: 40, cached_tokens: 10, ...changes });

  it("sums what they did, and counts apart what nobody knows the price of", () => {
    expect(keptTotals([day({}), day({ hits: 1, saved: "0", unknown_saved: 1 })])).toEqual({ hits: 4, misses: 2, saved: 0.25, unknown: 1, tokens: 180, input: 80, cached: 20 });
  });

  it("has no share of nothing", () => {
    expect([shareOf(3, 1), shareOf(0, 0), shareOf(0, 2)]).toEqual([0.75, 0, 0]);
  });
});
