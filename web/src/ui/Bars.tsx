import { type KeyboardEvent, useRef, useState } from "react";
import { Num } from "./Bidi";
import { day as written } from "./format";
import classes from "./Bars.module.css";

interface BarsProps { label: string; bars: { /** `YYYY-MM-DD` */ day: string; value: number }[]; /** A value as people read it. */ text: (value: number) => string; /** What the highest bar can be; the highest there is by default. */ limit?: number }

/** One bar for each day, oldest at the start edge. Pointer or arrow keys choose a day, whose value stands above. */
export function Bars({ label, bars, text, limit }: BarsProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const row = useRef<HTMLDivElement>(null);
  const most = limit ?? Math.max(...bars.map(({ value }) => value), 0);
  const last = bars.length - 1;
  const at = Math.min(chosen ?? last, last);
  const shown = bars[at];
  const onKeyDown = (event: KeyboardEvent) => {
    const ahead = document.documentElement.dir === "rtl" ? -1 : 1;
    const next = { ArrowRight: at + ahead, ArrowLeft: at - ahead, Home: 0, End: last }[event.key];
    if (next === undefined || !bars[next]) return;
    event.preventDefault();
    setChosen(next);
    row.current?.querySelectorAll("button")[next]?.focus();
  };
  if (!shown) return null;
  return (
    <figure className={classes.figure} aria-label={label}>
      <figcaption className={classes.reading} aria-live="polite"><span>{written(shown.day, { day: "numeric", month: "long" })}</span><strong><Num>{text(shown.value)}</Num></strong></figcaption>
      <div className={classes.plot}>
        <span className={classes.top} aria-hidden><Num>{text(most)}</Num></span>
        <div ref={row} className={classes.bars} role="toolbar" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown} onPointerLeave={() => setChosen(null)}>
          {bars.map(({ day, value }, index) => (
            <button
              key={day} type="button" tabIndex={index === at ? 0 : -1} data-chosen={index === at || undefined} aria-label={`${written(day)}: ${text(value)}`}
              onPointerEnter={() => setChosen(index)} onFocus={() => setChosen(index)} onClick={() => setChosen(index)}
            >
              <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden><rect x="0" width="10" y={100 - heightOf(value, most)} height={heightOf(value, most)} /></svg>
            </button>
          ))}
        </div>
      </div>
      <div className={classes.axis} aria-hidden><span>{written(bars[0]!.day)}</span><span>{written(bars[last]!.day)}</span></div>
    </figure>
  );
}

/** Out of 100; what is not nothing can always be seen. */
function heightOf(value: number, most: number): number {
  return value > 0 && most > 0 ? Math.max(2, (value / most) * 100) : 0;
}
