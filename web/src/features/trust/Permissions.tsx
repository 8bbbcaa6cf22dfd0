import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Bot, KeyRound, Plus, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { Approval, Grant } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/Choice";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { List } from "@/ui/List";
import { Need, useMay } from "@/ui/Need";
import { Page, Section } from "@/ui/Page";
import { ExactTime, RelativeTime } from "@/ui/RelativeTime";
import { revealed } from "@/ui/revealed";
import { CreateGrant } from "./CreateGrant";
import { LimitsInWords } from "./EffectView";
import { Asker, RequestCard, Touched } from "./RequestCard";
import { approvalsQuery, grantsQuery } from "./queries";
import classes from "./trust.module.css";

/** What may act for the person without asking, what waits for their word, and what they decided. */
export function Permissions() {
  const { t } = useTranslation("trust");
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const add = may("grants:write") && <Button icon={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t("grants.add")}</Button>;
  return (
    <Page title={t("permissions.title")} intro={t("permissions.intro")}>
      <Need scope="approvals:read">
        <Section title={t("approvals.pending")}><Pending /></Section>
        {may("grants:read") && <Section title={t("grants.title")} intro={t("grants.intro")} actions={add}><Grants /></Section>}
        <Section title={t("approvals.history")}><History /></Section>
      </Need>
      {adding && <CreateGrant onClose={() => setAdding(false)} />}
    </Page>
  );
}

function Pending() {
  const { t } = useTranslation("trust");
  const query = useInfiniteQuery(approvalsQuery("pending"));
  return (
    <List query={query} label={t("approvals.pending")} keyOf={({ id }) => id} rows={1} empty={<EmptyState icon={ShieldCheck} title={t("approvals.none")} text={t("approvals.none_text")} />}>
      {(approval) => <div className={classes.request}><RequestCard approval={approval} /></div>}
    </List>
  );
}

function History() {
  const { t } = useTranslation("trust");
  const query = useInfiniteQuery(approvalsQuery("decided"));
  return (
    <List query={query} label={t("approvals.history")} keyOf={({ id }) => id} rows={3} empty={<EmptyState title={t("approvals.no_history")} />}>
      {(approval) => <Decided approval={approval} />}
    </List>
  );
}

const TONES = { pending: "warn", approved: "good", denied: "bad", expired: "plain", failed: "bad" } as const;

/** One request of the past: what was asked, by whom, and what became of it; unfolds to all it would do. */
function Decided({ approval }: { approval: Approval }) {
  const { t } = useTranslation("trust");
  return (
    <div className={classes.request}>
      <div className={classes.head}>
        <strong><bdi>{revealed(approval.title)}</bdi></strong>
        <Badge tone={approval.running ? "warn" : TONES[approval.state]}>{approval.running ? t("approval_state.running") : t(`approval_state.${approval.state}`)}</Badge>
      </div>
      <Asker approval={approval} />
      {approval.decided_at && <p className={classes.who}>{t("approvals.decided")} <RelativeTime at={approval.decided_at} /></p>}
      {approval.error_code && <p className={classes.who}>{t("detail.error")} <code>{approval.error_code}</code></p>}
      <details>
        <summary>{t("approvals.what")}</summary>
        <div className={classes.touched}><Touched approval={approval} folded /></div>
      </details>
    </div>
  );
}

function Grants() {
  const { t } = useTranslation("trust");
  const cache = useQueryClient();
  const [state, setState] = useState<"active" | "all">("active");
  const [leaving, setLeaving] = useState<Grant | null>(null);
  const query = useInfiniteQuery(grantsQuery(state));
  const revoke = async (grant: Grant) => {
    await call(client.DELETE("/grants/{grant_id}", { params: { path: { grant_id: grant.id } } }));
    await cache.invalidateQueries({ queryKey: ["grants"] });
  };
  return (
    <>
      <Segments label={t("grants.which")} value={state} options={[{ value: "active", label: t("grants.active") }, { value: "all", label: t("grants.all") }]} onChange={(value) => setState(value === "all" ? "all" : "active")} />
      <List query={query} label={t("grants.title")} keyOf={({ id }) => id} rows={2} empty={<EmptyState icon={ShieldCheck} title={t("grants.none")} text={t("grants.none_text")} />}>
        {(grant) => <GrantRow grant={grant} onRevoke={() => setLeaving(grant)} />}
      </List>
      <ConfirmDialog
        opened={leaving !== null} onClose={() => setLeaving(null)} title={t("grants.confirm")} confirm={t("grants.revoke")}
        text={<><bdi>{revealed(leaving?.title ?? "")}</bdi>{": "}{t("grants.confirm_text")}</>} onConfirm={() => revoke(leaving!)}
      />
    </>
  );
}

const GRANT_TONES = { active: "good", expired: "plain", revoked: "plain" } as const;

/** One permission in words: what, for whom, how far, why, until when, and when it was last used. */
function GrantRow({ grant, onRevoke }: { grant: Grant; onRevoke: () => void }) {
  const { t } = useTranslation("trust");
  const may = useMay();
  const Icon = grant.delegate === "agent" ? Bot : KeyRound;
  return (
    <div className={classes.request}>
      <div className={classes.head}>
        <strong><bdi>{revealed(grant.title)}</bdi></strong>
        <Badge tone={GRANT_TONES[grant.state]}>{t(`grants.${grant.state}`)}</Badge>
      </div>
      <p className={classes.who}>
        <span><Icon size={14} aria-hidden className={classes.delegate} /> <bdi>{revealed(grant.delegate_name)}</bdi></span>
        <code>{revealed(grant.covers)}</code>
        {grant.session_id && <span>{t("grants.in_session")}</span>}
      </p>
      <LimitsInWords limits={grant.limits} />
      {grant.after_outside && <p className={classes.who}>{t("grants.after_outside")}</p>}
      {grant.reason && <p className={classes.why}>{t("grants.why")} <bdi>{revealed(grant.reason)}</bdi></p>}
      <p className={classes.who}>
        <span>{t(`grants.by_${grant.origin}`)} <RelativeTime at={grant.created_at} /></span>
        <span>{until(grant, t("grants.until"), t("grants.ended"), t("grants.no_end"))}</span>
        <span>{grant.last_used_at ? <>{t("grants.last_used")} <RelativeTime at={grant.last_used_at} /></> : t("grants.never_used")}</span>
      </p>
      {grant.state === "active" && may("grants:write") && <div><Button variant="default" onClick={onRevoke} aria-label={t("grants.revoke_of", { title: grant.title })}>{t("grants.revoke")}</Button></div>}
    </div>
  );
}

function until(grant: Grant, inForce: string, ended: string, never: string) {
  const end = grant.revoked_at ?? grant.expires_at;
  if (!end) return never;
  return <>{grant.state === "active" ? inForce : ended} <ExactTime at={end} /></>;
}
