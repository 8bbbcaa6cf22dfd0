import type { ReactNode } from "react";
import classes from "./Badge.module.css";

/** One word on a thing's state; the word says it, the colour only helps. */
export function Badge({ tone = "plain", children }: { tone?: "plain" | "good" | "warn" | "bad"; children: ReactNode }) {
  return <span className={classes.badge} data-tone={tone}>{children}</span>;
}
