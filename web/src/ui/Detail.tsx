import type { ReactNode } from "react";
import classes from "./Detail.module.css";

/** The facts of one thing, name by name. Empty values show as a dash, so that nothing seems forgotten. */
export function Detail({ items }: { items: { label: string; value: ReactNode }[] }) {
  return (
    <dl className={classes.detail}>
      {items.map(({ label, value }) => (
        <div key={label}><dt>{label}</dt><dd>{typeof value === "string" ? <bdi>{value}</bdi> : (value ?? "—")}</dd></div>
      ))}
    </dl>
  );
}
