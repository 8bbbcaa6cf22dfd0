import { describe, expect, it } from "vitest";
import { piecesOf, topOf } from "../src/features/models/nodes/series";

describe("a plot over time", () => {
  it("breaks the line where nothing was measured", () => {
    const points = [{ at: 0, value: 1 }, { at: 10, value: 2 }, { at: 20, value: null }, { at: 30, value: 4 }, { at: 60, value: 4 }];
    const pieces = piecesOf(points, 0, 100, 4, 10);
    expect(pieces.map((piece) => piece.map(({ x, y }) => [x, y]))).toEqual([[[0, 75], [10, 50]], [[30, 0]], [[60, 0]]]);
  });

  it("leaves out what lies beyond it, and draws nothing high where all is nothing", () => {
    expect(piecesOf([{ at: 5, value: 1 }, { at: 200, value: 1 }], 100, 190, 1, 10)).toEqual([]);
    expect(piecesOf([{ at: 1, value: 0 }], 0, 10, 0, 1)[0]![0]!.y).toBe(100);
  });

  it("ends at a round number above all values", () => {
    expect([0, 0.7, 1, 3, 12, 51, 730].map(topOf)).toEqual([1, 1, 1, 5, 20, 100, 1000]);
  });
});
