import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Num } from "@/ui/Bidi";
import classes from "./Nodes.module.css";
import { type Measured, piecesOf, topOf } from "./series";

interface PlotProps { label: string; points: Measured[]; /** Milliseconds. */ from: number; to: number; step: number; text: (value: number) => string; clock: (at: number) => string }

/** A line over time, oldest at the start edge. Pointer or arrow keys choose a moment, whose value stands above. */
export function Plot({ label, points, from, to, step, text, clock }: PlotProps) {
  const { t } = useTranslation("nodes");
  const [chosen, setChosen] = useState<number | null>(null);
  const most = topOf(Math.max(...points.map(({ value }) => value ?? 0), 0));
  const pieces = piecesOf(points, from, to, most, step);
  const placed = pieces.flat();
  const last = placed.length - 1;
  const shown = placed[Math.min(chosen ?? last, last)];
  if (!shown) return <figure className={classes.plot}><figcaption className={classes.reading}><span>{label}</span><span>{t("not_measured")}</span></figcaption></figure>;
  const at = placed.indexOf(shown);
  const onKeyDown = (event: KeyboardEvent) => {
    const ahead = document.documentElement.dir === "rtl" ? -1 : 1;
    const next = { ArrowRight: at + ahead, ArrowLeft: at - ahead, Home: 0, End: last }[event.key];
    if (next === undefined || !placed[next]) return;
    event.preventDefault();
    setChosen(next);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = ((event.clientX - box.left) / box.width) * 100;
    const wanted = document.documentElement.dir === "rtl" ? 100 - share : share;
    setChosen(placed.reduce((best, { x }, index) => (Math.abs(x - wanted) < Math.abs(placed[best]!.x - wanted) ? index : best), 0));
  };
  return (
    <figure className={classes.plot}>
      <figcaption className={classes.reading}><span>{label} · <Num>{clock(shown.at)}</Num></span><strong><Num>{text(shown.value)}</Num></strong></figcaption>
      <div
        className={classes.field} role="slider" tabIndex={0} aria-label={label} aria-valuemin={0} aria-valuemax={last} aria-valuenow={at} aria-valuetext={`${clock(shown.at)}: ${text(shown.value)}`}
        onKeyDown={onKeyDown} onPointerMove={onPointerMove} onPointerLeave={() => setChosen(null)}
      >
        <span className={classes.top} aria-hidden><Num>{text(most)}</Num></span>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden className="flip">
          {pieces.map((piece) => <path key={piece[0]!.at} d={pathOf(piece)} />)}
          {chosen !== null && <line x1={shown.x} x2={shown.x} y1="0" y2="100" />}
        </svg>
      </div>
      <div className={classes.axis} aria-hidden><Num>{clock(from)}</Num><Num>{clock(to)}</Num></div>
    </figure>
  );
}

/** A single point is drawn as a short dash. */
function pathOf(piece: { x: number; y: number }[]): string {
  const [first] = piece;
  return piece.length === 1 ? `M${first!.x - 0.4} ${first!.y}H${first!.x + 0.4}` : `M${piece.map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`).join("L")}`;
}
