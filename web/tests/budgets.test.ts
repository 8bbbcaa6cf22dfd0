import { describe, expect, it } from "vitest";
import { itemsUpTo } from "../src/api/query";
import type { Budget } from "../src/api/types";
import { fewPages } from "../src/features/models/following";
import { amountOf, standingOf } from "../src/features/models/budgets/amount";
import { titled } from "../src/features/models/budgets/names";
import { toCsv } from "../src/ui/csv";
import { percent } from "../src/ui/Meter";

describe("an amount", () => {
  it.each([["12.50", "12.50"], [" $ 3 ", "3"], ["١٢٫٥", "12.5"], ["0", "0"], ["1000000", "1000000"]])("is read from %j", (text, amount) => expect(amountOf(text)).toBe(amount));
  it.each(["", "1,000", "-1", "1e3", "12.", ".5", "1000000.01", "ten", "1 2"])("is not %j", (text) => expect(amountOf(text)).toBeNull());
});

const budget = (changes: Partial<Budget>): Budget => ({ id: "b", kind: "person", subject: "", person_id: "p", period: "day", limit: "10", hard: true, by_admin: false, may_change: true, spent: "4", reserved: "1", lost: "0", percent: 40, resets_at: null, created_at: "2026-11-20T00:00:00Z", ...changes });

describe("how a budget stands", () => {
  it("leaves what is neither spent nor set aside", () => expect(standingOf(budget({}))).toEqual({ spent: 4, reserved: 1, left: 5, limit: 10, tone: "plain" }));
  it("warns from four fifths on, and never leaves less than nothing", () => {
    expect(standingOf(budget({ spent: "8", percent: 80 })).tone).toBe("warn");
    expect(standingOf(budget({ spent: "12", percent: 120 }))).toMatchObject({ left: 0, tone: "bad" });
  });
  it("is called with a capital only as a title", () => expect([titled("your daily budget"), titled("ميزانيتك اليومية")]).toEqual(["Your daily budget", "ميزانيتك اليومية"]));
});

describe("a share", () => {
  it("is not told as nothing while it is something", () => expect([0, 0.001, 0.5, 1].map(percent)).toEqual(["0%", "<1%", "50%", "100%"]));
});

describe("a table for spreadsheets", () => {
  it("keeps commas, quotes and lines within their cell", () => {
    expect(toCsv(["model", "calls"], [['say "hi", twice', 2], ["two\nlines", null]])).toBe('"model","calls"\r\n"say ""hi"", twice",2\r\n"two\nlines",\r\n');
  });
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])("never runs %j", (text) => expect(toCsv([], [[text]])).toContain(`"'${text}"`));
  it("leaves numbers as they are", () => expect(toCsv([], [["0.00042", -3]])).toBe('\r\n"0.00042",-3\r\n'));
});

describe("a list that may be long", () => {
  const endless = (cursor: string | undefined) => Promise.resolve({ items: [Number(cursor ?? 0)], next_cursor: String(Number(cursor ?? 0) + 1) });
  it("is read up to a bound, and says that there is more", async () => expect(await itemsUpTo(endless, 3)).toEqual({ items: [0, 1, 2], whole: false }));
  it("is whole where it ends", async () => expect(await itemsUpTo(() => Promise.resolve({ items: [1], next_cursor: null }), 1)).toEqual({ items: [1], whole: true }));
  it("is read again by itself only while it is short", () => {
    expect(fewPages({ state: { data: { pages: [1, 2, 3] } } })).toBeGreaterThan(0);
    expect(fewPages({ state: { data: { pages: [1, 2, 3, 4] } } })).toBe(false);
  });
});
