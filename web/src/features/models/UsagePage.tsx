import { useQuery } from "@tanstack/react-query";
import { ChartColumn } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/features/identity/queries";
import { SettingsPage } from "@/features/settings/SettingsPage";
import type { UsageRow } from "@/api/types";
import { Num } from "@/ui/Bidi";
import { Segments } from "@/ui/Choice";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { count, money, short } from "@/ui/format";
import { ListSkeleton } from "@/ui/List";
import { useMay } from "@/ui/Need";
import { Section } from "@/ui/Page";
import { type Column, Table } from "@/ui/Table";
import { Bars } from "@/ui/Bars";
import { Calls } from "./Calls";
import { nameOf } from "./names";
import { modelsQuery, usageQuery } from "./queries";
import { type Totals, byDay, byModel, sum } from "./totals";
import classes from "./Usage.module.css";

/** What one's models were used for and what that cost. */
export function UsagePage() {
  const { t } = useTranslation("models");
  const may = useMay();
  return (
    <SettingsPage title={t("usage.title")} intro={t("usage.intro")} scope="models:read">
      {may("models:read") && <Month />}
    </SettingsPage>
  );
}

function Month() {
  const { t } = useTranslation("models");
  const { data, isPending, error, refetch } = useQuery(usageQuery);
  if (isPending) return <ListSkeleton />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) return <EmptyState icon={ChartColumn} title={t("usage.empty")} text={t("usage.empty_text")} />;
  return <Shown rows={data} />;
}

type Measure = "cost" | "tokens" | "calls";
const VALUE: Record<Measure, (totals: Totals) => number> = { cost: (totals) => totals.cost, tokens: (totals) => totals.input + totals.output, calls: (totals) => totals.calls };
const TEXT: Record<Measure, (value: number) => string> = { cost: (value) => money(String(value)), tokens: short, calls: count };

function Shown({ rows }: { rows: UsageRow[] }) {
  const { t } = useTranslation("models");
  const me = useMe();
  const { data: models = [] } = useQuery(modelsQuery);
  const whole = sum(rows);
  // One's own models cost nothing: then there are tokens to look at.
  const [measure, setMeasure] = useState<Measure>(whole.cost > 0 ? "cost" : "tokens");
  const cost = (totals: Totals) => (
    <>{totals.priced ? <Num>{money(String(totals.cost))}</Num> : t("unknown")}{totals.priced && totals.unknown > 0 && <small>{t("usage.and_unknown", { count: totals.unknown })}</small>}</>
  );
  const columns: Column<Totals & { model: string }>[] = [
    { key: "model", title: t("model"), cell: ({ model }) => <bdi>{nameOf(model, models)}</bdi> },
    { key: "calls", title: t("usage.calls"), numeric: true, cell: (totals) => <Num>{count(totals.calls)}</Num> },
    { key: "input", title: t("usage.input"), numeric: true, cell: (totals) => <Num>{short(totals.input)}</Num> },
    { key: "output", title: t("usage.output"), numeric: true, cell: (totals) => <Num>{short(totals.output)}</Num> },
    { key: "cost", title: t("usage.cost"), numeric: true, cell: (totals) => <span className={classes.cost}>{cost(totals)}</span> },
  ];
  return (
    <>
      <dl className={classes.tiles}>
        <div><dt>{t("usage.cost")}</dt><dd>{cost(whole)}</dd></div>
        <div><dt>{t("usage.calls")}</dt><dd><Num>{count(whole.calls)}</Num></dd></div>
        <div><dt>{t("usage.tokens")}</dt><dd><Num>{short(whole.input + whole.output)}</Num></dd></div>
      </dl>
      <Section
        title={t("usage.by_day")}
        actions={<Segments label={t("usage.measure")} value={measure} options={[{ value: "cost", label: t("usage.cost") }, { value: "tokens", label: t("usage.tokens") }, { value: "calls", label: t("usage.calls") }]} onChange={(value) => setMeasure(value as Measure)} />}
      >
        <Bars label={t("usage.by_day")} bars={byDay(rows, me.preferences.time_zone).map(({ day, totals }) => ({ day, value: VALUE[measure](totals) }))} text={TEXT[measure]} />
      </Section>
      <Section title={t("usage.by_model")}><Table label={t("usage.by_model")} columns={columns} rows={byModel(rows)} keyOf={({ model }) => model} /></Section>
      <Section title={t("usage.recent")}><Calls models={models} /></Section>
    </>
  );
}
