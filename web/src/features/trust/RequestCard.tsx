import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { Hand } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call, client, sentence } from "@/api/client";
import type { Approval } from "@/api/types";
import { actionsQuery } from "@/features/assistant/queries";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { useMay } from "@/ui/Need";
import { Notice } from "@/ui/Notice";
import { ExactTime, RelativeTime } from "@/ui/RelativeTime";
import { revealed } from "@/ui/revealed";
import { EffectView } from "./EffectView";
import { type Choice, RememberFields, asRemember, firstChoice } from "./RememberFields";
import classes from "./Request.module.css";
import { isEmpty } from "./limits";

interface RequestCardProps {
  approval: Approval;
  /** Takes the focus when it comes, unless the person is writing. */
  calling?: boolean;
  onDecided?: (approval: Approval) => void;
}

/**
 * Something waits for a yes or a no: exactly what will happen, who asks, how long the question stands, and the answers.
 * No button is the default one: Enter answers only where the focus was moved to an answer by hand.
 */
export function RequestCard({ approval, calling = false, onDecided }: RequestCardProps) {
  const { t } = useTranslation("trust");
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!calling) return;
    if (isIdle()) card.current?.focus({ preventScroll: true });
    // A conversation keeps its end in sight; of a card that is taller than the screen one reads the beginning first.
    const timer = setTimeout(() => { if (card.current && card.current.offsetHeight > window.innerHeight * 0.6) card.current.scrollIntoView({ block: "start" }); }, 150);
    return () => clearTimeout(timer);
  }, [calling]);
  return (
    <section ref={card} className={classes.card} tabIndex={-1} aria-label={t("card.wanted")}>
      <header className={classes.wanted}><Hand size={16} aria-hidden /><strong>{t("card.wanted")}</strong>{approval.risk === "dangerous" && <Badge tone="bad">{t("approvals.dangerous")}</Badge>}</header>
      <p className={classes.title}><bdi>{revealed(approval.title)}</bdi></p>
      <Asker approval={approval} />
      <Outside sources={approval.outside} />
      <Touched approval={approval} />
      <Answers approval={approval} onDecided={onDecided} />
    </section>
  );
}

/** Nobody is in the middle of writing or of another window. */
function isIdle(): boolean {
  const at = document.activeElement;
  if (document.querySelector("dialog[open], :popover-open")) return false;
  if (at instanceof HTMLTextAreaElement || at instanceof HTMLInputElement) return at.value === "";
  return at === null || at === document.body || at.id === "content";
}

export function Asker({ approval }: { approval: Approval }) {
  const { t } = useTranslation("trust");
  return (
    <p className={classes.who}>
      <span>{t("approvals.asked_by")} {t(`actor.${approval.requested_by}`, { defaultValue: approval.requested_by })}{approval.delegate !== "agent" && <> · <bdi>{revealed(approval.delegate_name)}</bdi></>}</span>
      <span><RelativeTime at={approval.created_at} /></span>
      {approval.state === "pending" && <span>{t("card.stands_until")} <ExactTime at={approval.expires_at} /></span>}
      <code>{revealed(approval.action)}</code>
    </p>
  );
}

/** What was read from outside before: it may be what asks. */
function Outside({ sources }: { sources: string[] }) {
  const { t } = useTranslation("trust");
  const { data: actions } = useQuery({ ...actionsQuery, enabled: sources.length > 0 });
  if (sources.length === 0) return null;
  return (
    <Notice tone="warn" title={t("card.outside")}>
      {t("card.outside_text")}
      <ul className={classes.sources}>{sources.map((source) => <li key={source}><bdi>{actions?.find(({ name }) => name === source)?.summary ?? source}</bdi> <code>{source}</code></li>)}</ul>
    </Notice>
  );
}

/** The effect in sight, the input unfolded on demand; without an effect the input is all there is to see. */
export function Touched({ approval, folded = false }: { approval: Approval; folded?: boolean }) {
  const { t } = useTranslation("trust");
  return (
    <>
      <EffectView effect={approval.effect} />
      <details open={isEmpty(approval.effect) && !folded} className={classes.input}>
        <summary>{t("approvals.input")}</summary>
        <pre tabIndex={0} aria-label={t("approvals.input")}><code>{revealed(JSON.stringify(approval.input, null, 2))}</code></pre>
      </details>
    </>
  );
}

const LIMIT_FIELD = /remember\.(?:limits\.)?(until|paths|hosts|recipients|commands|most|limits)/;

/** The server's words at the fields they are about; the rest as one sentence. */
function placed(error: unknown): { errors: Record<string, string>; rest: string | null } {
  if (!(error instanceof ApiError)) return { errors: {}, rest: sentence(error) };
  const named = error.fields.map(({ path, message }) => [LIMIT_FIELD.exec(path)?.[1], message] as const);
  const errors = Object.fromEntries(named.filter(([name]) => name && name !== "limits")) as Record<string, string>;
  return { errors, rest: Object.keys(errors).length > 0 && Object.keys(errors).length === named.length ? null : sentence(error) };
}

/** What became of a request that was answered, in a sentence. */
function cameOf(t: TFunction<"trust">, approval: Approval): string {
  if (approval.running) return t("card.runs");
  if (approval.state === "pending") return t("approval_state.pending");
  return t(approval.error_code === "action.outcome_unknown" ? "card.was_cut" : `card.was_${approval.state}`);
}

function Answers({ approval, onDecided }: { approval: Approval; onDecided?: (approval: Approval) => void }) {
  const { t } = useTranslation("trust");
  const cache = useQueryClient();
  const may = useMay();
  const [choice, setChoice] = useState<Choice>(() => firstChoice(approval));
  const [busy, setBusy] = useState<"approve" | "deny" | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  if (approval.state !== "pending") return <p className={classes.decided} role="status">{cameOf(t, approval)} {approval.error_code && <code>{approval.error_code}</code>}</p>;
  if (!may("approvals:decide")) return <p className={classes.decided}>{t("card.not_yours")}</p>;

  const decide = async (answer: "approve" | "deny") => {
    setBusy(answer);
    setFailure(null);
    setErrors({});
    const params = { path: { approval_id: approval.id } };
    try {
      const remember = asRemember(choice, approval.effect);
      const decided = await (answer === "approve"
        ? call(client.POST("/approvals/{approval_id}/approve", { params, body: remember ? { remember } : null }))
        : call(client.POST("/approvals/{approval_id}/deny", { params })));
      onDecided?.(decided.approval);
    } catch (error) {
      const told = placed(error);
      setErrors(told.errors);
      setFailure(told.rest);
    } finally {
      await Promise.all([cache.invalidateQueries({ queryKey: ["approvals"] }), cache.invalidateQueries({ queryKey: ["grants"] })]);
      setBusy(null);
    }
  };
  return (
    <>
      <RememberFields approval={approval} choice={choice} errors={errors} onChange={setChoice} />
      {failure && <Notice tone="bad">{failure}</Notice>}
      <div className={classes.answers}>
        <Button loading={busy === "approve"} disabled={busy !== null} onClick={() => void decide("approve")}>{t(`approve.${choice.howLong}`)}</Button>
        <Button variant="default" loading={busy === "deny"} disabled={busy !== null} onClick={() => void decide("deny")}>{t("approvals.deny")}</Button>
      </div>
    </>
  );
}
