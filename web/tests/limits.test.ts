import { describe, expect, it } from "vitest";
import type { Effect } from "../src/api/types";
import { exactly, isEmpty, limitsOf, wider } from "../src/features/trust/limits";
import { revealed } from "../src/ui/revealed";

const nothing: Effect = { paths: [], hosts: [], recipients: [], command: null, amount: null, diff: null };

describe("limits", () => {
  it("begin with exactly what a request touches", () => {
    const effect: Effect = { ...nothing, paths: ["/home/amal/a.txt"], command: "git status", amount: { amount: "12.50", currency: "SAR" } };
    expect(limitsOf(exactly(effect), effect.command)).toEqual({ paths: ["/home/amal/a.txt"], hosts: [], recipients: [], commands: ["git status"], most: { amount: "12.50", currency: "SAR" } });
  });

  it("can be widened to the folder, the host, the domain and the command's first words", () => {
    const effect: Effect = { ...nothing, paths: ["/home/amal/a.txt", "/etc"], hosts: ["api.bank.example:443", "10.0.0.1"], recipients: ["a@b.example"], command: "git status -s" };
    expect(wider(effect, "paths")).toEqual(["/home/amal"]);
    expect(wider(effect, "hosts")).toEqual(["api.bank.example", "*.api.bank.example"]);
    expect(wider(effect, "recipients")).toEqual(["*@b.example"]);
    expect(wider(effect, "commands")).toEqual(["git status *", "git *"]);
  });

  it("stay exact for a command that is more than plain words", () => {
    expect(wider({ ...nothing, command: "ls | sh" }, "commands")).toEqual([]);
    const several = "echo one\necho two";
    expect(limitsOf(exactly({ ...nothing, command: several }), several).commands).toEqual([several]);
  });

  it("tell a request that stays within Gitu from one that does not", () => {
    expect(isEmpty(nothing)).toBe(true);
    expect(isEmpty({ ...nothing, diff: "+a" })).toBe(false);
  });
});

describe("what must be read exactly", () => {
  it("shows characters that are not seen or that turn the order around", () => {
    expect(revealed("a\u202Eb\u200B\u0007")).toBe("a⟨U+202E⟩b⟨U+200B⟩⟨U+0007⟩");
    expect(revealed("تقرير مارس.txt\n\tend")).toBe("تقرير مارس.txt\n\tend");
  });

  it("writes out what can carry text unseen: tags, selectors, fillers, joiners", () => {
    expect(revealed("a\u{E0041}\u{E0100}\u3164\uFE01\u200D\u00AD")).toBe("a⟨U+E0041⟩⟨U+E0100⟩⟨U+3164⟩⟨U+FE01⟩⟨U+200D⟩⟨U+00AD⟩");
    expect(revealed("☂️ umbrella\r\nend")).toBe("☂️ umbrella\nend");
  });
});
