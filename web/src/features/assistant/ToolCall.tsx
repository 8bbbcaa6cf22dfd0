import { Link } from "@tanstack/react-router";
import { Check, ChevronRight, CircleAlert, Globe, Hand, LoaderCircle, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ToolPart } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { CodeBlock } from "@/ui/CodeBlock";
import { CopyButton } from "@/ui/CopyField";
import { Notice } from "@/ui/Notice";
import { duration } from "@/ui/format";
import { revealed } from "@/ui/revealed";
import classes from "./ToolCall.module.css";

const ICONS = { running: LoaderCircle, done: Check, failed: CircleAlert, held: Hand } as const;

/** `assistant__list_sessions` → “assistant list sessions”, until the server's own title is there. */
function humanised(name: string): string { return name.replaceAll(/[_.-]+/g, " ").trim(); }

function written(value: unknown): string { return typeof value === "string" ? value : JSON.stringify(value, null, 2); }

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

/** A tool call in one line; unfolds to what went in and what came out, where that came from, and the proof that it ran. */
export function ToolCall({ part }: { part: ToolPart }) {
  const { t } = useTranslation("assistant");
  const Icon = ICONS[part.status];
  const outside = part.origin === "outside";
  return (
    <details className={classes.tool} data-status={part.status} data-origin={part.origin}>
      <summary>
        <Icon size={15} aria-hidden className={classes.icon} />
        <span className="clip" dir="auto">{revealed(part.title || humanised(part.name))}</span>
        {outside && <span className={classes.origin}><Badge tone="warn"><Globe size={11} aria-hidden /> {t("from_outside")}</Badge></span>}
        {part.receipt && <span className={classes.receipt} title={t("has_receipt")}><ShieldCheck size={14} role="img" aria-label={t("has_receipt")} /></span>}
        <span className={classes.state}>{t(`tool_${part.status}`)}{part.duration_ms ? <> · <span className="num">{duration(part.duration_ms)}</span></> : null}</span>
        <ChevronRight size={14} aria-hidden className={`${classes.chevron} flip`} />
      </summary>
      <div className={classes.body}>
        <code className={classes.name}>{revealed(part.name)}</code>
        {part.receipt && <Receipt id={part.receipt} action={part.name.replace("__", ".")} />}
        {part.error && <p className={classes.error} dir="auto">{revealed(part.error)}</p>}
        {!isEmpty(part.input) && <CodeBlock code={revealed(written(part.input))} language="json" label={t("tool_input")} />}
        {outside && !isEmpty(part.output) && <Notice tone="warn">{t("outside_text")}</Notice>}
        {!isEmpty(part.output) && <CodeBlock code={written(part.output)} language="json" label={outside ? t("tool_output_outside") : t("tool_output")} />}
      </div>
    </details>
  );
}

/** The proof that an action ran, and the way to its entry in the log. */
function Receipt({ id, action }: { id: string; action: string }) {
  const { t } = useTranslation("assistant");
  return (
    <p className={classes.proof}>
      <ShieldCheck size={14} aria-hidden /><span>{t("receipt")}</span> <code>{id}</code> <CopyButton text={id} label={t("copy_receipt")} />
      <Link to="/activity" search={{ action }}>{t("receipt_in_activity")}</Link>
    </p>
  );
}
