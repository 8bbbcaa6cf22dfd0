import { CircleAlert, Info } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./Notice.module.css";

interface NoticeProps { tone?: "plain" | "good" | "warn" | "bad"; title?: string; actions?: ReactNode; children?: ReactNode }

/** A message inside a screen. Bad ones are read out at once. */
export function Notice({ tone = "plain", title, actions, children }: NoticeProps) {
  const Icon = tone === "bad" || tone === "warn" ? CircleAlert : Info;
  return (
    <div className={classes.notice} data-tone={tone} role={tone === "bad" ? "alert" : undefined}>
      <Icon size={16} aria-hidden />
      <div className={classes.body}>
        {title && <strong dir="auto">{title}</strong>}
        {children && <div dir="auto">{children}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
