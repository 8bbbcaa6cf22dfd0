import classes from "./Meter.module.css";

interface MeterProps {
  /** What is measured, and how it stands in words, for screen readers. */
  label: string;
  text: string;
  spent: number;
  /** Drawn lighter, after what is spent. */
  reserved?: number;
  limit: number;
  tone?: "plain" | "warn" | "bad";
}

/** How much of a limit is used, from the start edge; what is beyond it fills it whole. */
export function Meter({ label, text, spent, reserved = 0, limit, tone = "plain" }: MeterProps) {
  const used = partOf(spent, limit);
  return (
    <span role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={limit} aria-valuenow={Math.min(spent, limit)} aria-valuetext={text} className={classes.track} data-tone={tone}>
      <Fill spent={used} reserved={Math.min(100 - used, limit > 0 ? partOf(reserved, limit) : 0)} />
    </span>
  );
}

/** A share of a whole, as a bar and in per cent. */
export function Share({ part, whole }: { part: number; whole: number }) {
  const share = whole > 0 ? part / whole : 0;
  return (
    <span className={classes.share}>
      <span className={classes.track} aria-hidden><Fill spent={partOf(part, whole || 1)} /></span>
      <span className={`num ${classes.num}`}>{percent(share)}</span>
    </span>
  );
}

function Fill({ spent, reserved = 0 }: { spent: number; reserved?: number }) {
  return (
    <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden className="flip">
      <rect className={classes.spent} width={spent} height="1" />
      <rect className={classes.reserved} x={spent} width={reserved} height="1" />
    </svg>
  );
}

/** Out of 100; what is not nothing can always be seen. Of nothing, all is used. */
function partOf(value: number, whole: number): number {
  if (whole <= 0) return 100;
  return value > 0 ? Math.min(100, Math.max(1, (value / whole) * 100)) : 0;
}

/** A part of one in per cent: what is not nothing is not told as nothing. */
export function percent(share: number): string {
  return share > 0 && share < 0.01 ? "<1%" : `${Math.round(share * 100)}%`;
}
