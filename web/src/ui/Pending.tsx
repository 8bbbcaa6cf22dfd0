import classes from "./ui.module.css";

/** Shown while a screen or its data is on its way, after a short grace so that fast screens never flash. */
export function Pending() {
  return <div className={classes.pending} role="status" aria-label="…"><span className={classes.dots} aria-hidden /></div>;
}
