import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronRight, Pencil, RotateCcw } from "lucide-react";
import { Suspense, lazy, memo } from "react";
import { useTranslation } from "react-i18next";
import type { Message, Part } from "@/api/types";
import { modelsQuery } from "@/features/models/queries";
import { BidiText } from "@/ui/Bidi";
import { Button, IconButton } from "@/ui/Button";
import button from "@/ui/Button.module.css";
import { CopyButton } from "@/ui/CopyField";
import { money } from "@/ui/format";
import { Notice } from "@/ui/Notice";
import { revealed } from "@/ui/revealed";
import classes from "./Message.module.css";
import { ToolCall } from "./ToolCall";
import { textOf } from "./messages";

// A new conversation is there before it; until it has come, an answer shows as it was written.
const Markdown = lazy(() => import("@/ui/Markdown").then((module) => ({ default: module.Markdown })));
const ApprovalCard = lazy(() => import("./ApprovalCard").then((module) => ({ default: module.ApprovalCard })));
/** What is to be read with care. */
const WARNINGS = new Set(["assistant.unproven"]);
/** What a budget refused. */
const OF_BUDGETS = new Set(["models.budget_reached", "models.price_unknown"]);

interface MessageProps { message: Message; /** The newest, so that it can be asked again. */ last: boolean; onEdit: (message: Message) => void; onAgain: (message: Message) => void }

/** One message. Drawn again only when it changes itself, however many stand around it. */
export const MessageView = memo(function MessageView(props: MessageProps) {
  return props.message.role === "person" ? <Person {...props} /> : <Answer {...props} />;
}, (before, after) => before.message === after.message && before.last === after.last);

export function PersonText({ text, pending = false }: { text: string; pending?: boolean }) {
  return <div className={classes.bubble} data-pending={pending || undefined}><BidiText text={text} /></div>;
}

function Person({ message, onEdit }: MessageProps) {
  const { t } = useTranslation("assistant");
  return (
    <article className={classes.person} aria-label={t("you")}>
      <PersonText text={textOf(message)} />
      <footer className={classes.tools}>
        <CopyButton text={() => textOf(message)} />
        <IconButton label={t("edit_message")} small onClick={() => onEdit(message)}><Pencil size={15} aria-hidden /></IconButton>
      </footer>
    </article>
  );
}

function Answer({ message, last, onAgain }: MessageProps) {
  const { t } = useTranslation("assistant");
  const streaming = message.status === "streaming";
  const text = textOf(message);
  return (
    <article className={classes.answer} aria-label={message.role === "command" ? t("command_result") : t("assistant")} aria-busy={streaming}>
      {message.parts.map((part, index) => <PartView key={index} part={part} growing={streaming && index === message.parts.length - 1} />)}
      {streaming && <Working parts={message.parts} />}
      <Ending message={message} onAgain={() => onAgain(message)} />
      {!streaming && (
        <footer className={classes.tools} data-last={last || undefined}>
          {text && <CopyButton text={text} label={t("copy_answer")} />}
          {last && message.role === "assistant" && <IconButton label={t("regenerate")} small onClick={() => onAgain(message)}><RotateCcw size={15} aria-hidden /></IconButton>}
          <Facts message={message} />
        </footer>
      )}
    </article>
  );
}

function PartView({ part, growing }: { part: Part; growing: boolean }) {
  const { t } = useTranslation("assistant");
  switch (part.type) {
    case "text": return part.text.trim() ? <Suspense fallback={<BidiText text={part.text} />}><Markdown text={part.text} growing={growing} /></Suspense> : null;
    case "reasoning":
      return part.text.trim() ? (
        <details className={classes.reasoning}>
          <summary><ChevronRight size={14} aria-hidden className="flip" />{growing ? t("thinking") : t("thought")}</summary>
          <BidiText text={part.text.trim()} />
        </details>
      ) : null;
    case "tool_call":
      return <><ToolCall part={part} />{part.status === "held" && part.approval_id && <Suspense fallback={null}><ApprovalCard approvalId={part.approval_id} /></Suspense>}</>;
    case "notice": return <Notice tone={WARNINGS.has(part.code) ? "warn" : "plain"}>{part.text}</Notice>;
    case "table": return <ResultTable part={part} />;
    default: return null;
  }
}

/** A sign of life until the first word, and while a tool or the next step is awaited. */
function Working({ parts }: { parts: Part[] }) {
  const { t } = useTranslation("assistant");
  const last = parts.at(-1);
  if (last?.type === "text" && last.text) return null;
  return <span className={classes.working} role="img" aria-label={t("working")}><i /><i /><i /></span>;
}

function Ending({ message, onAgain }: { message: Message; onAgain: () => void }) {
  const { t } = useTranslation("assistant");
  const retry = <>
    <Button variant="default" onClick={onAgain}>{t("common:retry")}</Button>
    {OF_BUDGETS.has(message.error?.code ?? "") && <Link to="/settings/budgets" className={button.button} data-variant="default">{t("see_budgets")}</Link>}
  </>;
  if (message.status === "stopped") return <p className={classes.stopped}>{t("stopped")}</p>;
  if (message.status === "cut") return <Notice tone="warn" title={t("cut")} actions={retry}>{message.error?.detail ?? t("cut_text")}</Notice>;
  if (message.status === "failed") return <Notice tone="bad" title={t("failed")} actions={retry}>{message.error?.detail ?? t("failed_text")}</Notice>;
  return null;
}

/** Which model answered and what it cost. */
function Facts({ message: { model, usage } }: { message: Message }) {
  const { t } = useTranslation("assistant");
  const { data: models } = useQuery(modelsQuery);
  const name = models?.find(({ id }) => id === model)?.name ?? model?.split("/").pop();
  if (!name && !usage) return null;
  return (
    <span className={classes.facts}>
      {name && <bdi>{name}</bdi>}
      {usage && <span title={t("tokens", { input: usage.input_tokens, output: usage.output_tokens })}>{usage.cost === null ? t("cost_unknown") : <span className="num">{money(usage.cost)}</span>}</span>}
    </span>
  );
}

function ResultTable({ part }: { part: Extract<Part, { type: "table" }> }) {
  const { t, i18n } = useTranslation("assistant");
  if (part.rows.length === 0) return <p className={classes.stopped}>{t("nothing_found")}</p>;
  return (
    <section className={classes.table} tabIndex={0} aria-label={t("command_result")}>
      <table>
        <thead><tr>{part.columns.map(({ key, title }) => <th key={key} dir="auto" scope="col">{title}</th>)}</tr></thead>
        <tbody>{part.rows.map((row, index) => <tr key={index}>{part.columns.map(({ key }) => <td key={key} dir="auto">{revealed(cell(row[key], i18n.language))}</td>)}</tr>)}</tbody>
      </table>
    </section>
  );
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function cell(value: unknown, language: string): string {
  if (value === null || value === undefined) return "—";
  if (typeof value === "string" && ISO_TIME.test(value)) return new Date(value).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
