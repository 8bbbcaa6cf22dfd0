import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Model, ModelCall } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Num } from "@/ui/Bidi";
import { EmptyState } from "@/ui/EmptyState";
import { count, duration, money } from "@/ui/format";
import { List, Row } from "@/ui/List";
import { RelativeTime } from "@/ui/RelativeTime";
import classes from "./Usage.module.css";
import { fewPages, useFollowCalls } from "./following";
import { nameOf } from "./names";
import { callsQuery } from "./queries";

const TONES = { running: "plain", ok: "good", cut: "warn", stopped: "plain", failed: "bad", refused: "warn" } as const;

/** The latest requests to models, each with its tokens, time and cost, and why that model was asked. */
export function Calls({ models }: { models: Model[] }) {
  const { t } = useTranslation("models");
  const query = useInfiniteQuery({ ...callsQuery, refetchInterval: fewPages });
  useFollowCalls(callsQuery.queryKey);
  const tokens = (call: ModelCall) => (call.input_tokens === null && call.output_tokens === null ? null : `${count(call.input_tokens ?? 0)} → ${count(call.output_tokens ?? 0)}`);
  return (
    <List query={query} label={t("usage.recent")} keyOf={({ id }) => id} empty={<EmptyState title={t("usage.no_calls")} />}>
      {(call) => (
        <Row
          title={<><bdi>{nameOf(call.model, models)}</bdi> {call.outcome !== "ok" && <Badge tone={TONES[call.outcome]}>{t(`outcome.${call.outcome}`)}</Badge>}{call.cache === "hit" && <Badge tone="good">{t("usage.kept")}</Badge>}</>}
          detail={<>
            <RelativeTime at={call.at} />
            <span>{t(`feature.${call.feature}`, { defaultValue: call.feature })}</span>
            {tokens(call) && <span>{t("usage.tokens")} <Num>{tokens(call)}</Num></span>}
            {call.latency_ms !== null && <span>{t("usage.took")} <Num>{duration(call.latency_ms)}</Num></span>}
            {call.first_token_ms !== null && <span>{t("usage.first_token")} <Num>{duration(call.first_token_ms)}</Num></span>}
            {call.error_code && <code>{call.error_code}</code>}
            {call.reason && <details className={classes.why}><summary>{t("usage.why")}</summary><p dir="auto">{call.reason}</p></details>}
          </>}
          aside={<Cost call={call} />}
        />
      )}
    </List>
  );
}

function Cost({ call }: { call: ModelCall }) {
  const { t } = useTranslation("models");
  if (call.outcome === "refused") return t("usage.not_sent");
  if (call.cache === "hit") return <><Num>{money("0")}</Num>{call.saved !== null && <small className={classes.estimated}>{t("usage.saved", { amount: money(call.saved) })}</small>}</>;
  if (call.cost === null) return call.outcome === "running" || call.outcome === "failed" ? "—" : t("usage.unknown_price");
  return <><Num>{call.estimated ? "≈ " : ""}{money(call.cost)}</Num>{call.estimated && <small className={classes.estimated} title={t("usage.estimated")}>{t("usage.estimated_short")}</small>}</>;
}
