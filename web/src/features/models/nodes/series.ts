/** A time series as points on a plot: where nothing was measured, the line breaks. */
export interface Measured { at: number; value: number | null }
export interface Placed { x: number; y: number; at: number; value: number }

/** The pieces of the line in a box of 100 by 100, `from` to `to` in milliseconds; neighbours further apart than one and a half steps are not joined. */
export function piecesOf(points: Measured[], from: number, to: number, most: number, step: number): Placed[][] {
  const pieces: Placed[][] = [];
  let before: Placed | undefined;
  for (const { at, value } of points) {
    if (value === null || at < from - step || at > to) { before = undefined; continue; }
    const placed = { x: Math.max(0, ((at - from) / (to - from)) * 100), y: most > 0 ? 100 - (value / most) * 100 : 100, at, value };
    if (before && at - before.at <= step * 1.5) pieces.at(-1)!.push(placed);
    else pieces.push([placed]);
    before = placed;
  }
  return pieces;
}

/** The smallest of 1, 2, 5, 10, 20 … that is not below the value: the top of the plot. */
export function topOf(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10);
}
