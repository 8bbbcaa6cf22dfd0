import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./ui.module.css";

interface EmptyStateProps { icon?: LucideIcon; title: string; text?: ReactNode; action?: ReactNode; /** Where nothing else is the screen's title. */ heading?: "h1" | "h2" }

/** Says what will stand here and how to make the first one. */
export function EmptyState({ icon: Icon, title, text, action, heading: Heading = "h2" }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      {Icon && <Icon size={28} strokeWidth={1.5} aria-hidden className={classes.stateIcon} />}
      <Heading className={classes.stateTitle}>{title}</Heading>
      {text && <p className={classes.stateText}>{text}</p>}
      {action}
    </div>
  );
}
