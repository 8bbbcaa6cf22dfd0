import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { ChartColumn, Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/features/identity/queries";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/Choice";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { count, short } from "@/ui/format";
import { ListSkeleton } from "@/ui/List";
import { useMay } from "@/ui/Need";
import { Notice } from "@/ui/Notice";
import { Section } from "@/ui/Page";
import { Bars } from "@/ui/Bars";
import { saveCsv, toCsv } from "@/ui/csv";
import { Calls } from "./Calls";
import { type Measure, Shares, TEXT, VALUE, costOf, usePersonOf } from "./Shares";
import { Kept } from "./Kept";
import { EVERY_MS, useFollowCalls } from "./following";
import { nameOf } from "./names";
import { everyonesUsageQuery, modelsQuery, usageQuery } from "./queries";
import { type Used, byDay, lastDays, sum, today } from "./totals";
import classes from "./Usage.module.css";

const RANGES = [7, 30, 90];

/** What one's models were used for and what that cost. */
export function UsagePage() {
  const { t } = useTranslation(["models", "cache"]); // all of the page's words, so that none of it vanishes once more
  const may = useMay();
  return (
    <SettingsPage title={t("usage.title")} intro={t("usage.intro")} scope="models:read">
      {may("models:read") && <OverDays />}
    </SettingsPage>
  );
}

function OverDays() {
  const { t } = useTranslation("models");
  const me = useMe();
  const may = useMay();
  const [days, setDays] = useState(30);
  const [whose, setWhose] = useState<"mine" | "everyone">("mine");
  const everyone = whose === "everyone";
  const mine = useQuery({ ...usageQuery(days), placeholderData: keepPreviousData, enabled: !everyone });
  const all = useQuery({ ...everyonesUsageQuery(days), placeholderData: keepPreviousData, enabled: everyone, refetchInterval: EVERY_MS });
  const { data, isPending, error, refetch }: UseQueryResult<{ items: Used[]; whole: boolean }> = everyone ? all : mine;
  const { data: models = [] } = useQuery(modelsQuery);
  const personOf = usePersonOf(everyone);
  useFollowCalls(["models", "usage"]);
  const shown = lastDays(me.preferences.time_zone, days);
  // So many days are so many hours for the server: the part of a day before them is left out.
  const rows = (data?.items ?? []).filter(({ day }) => day >= shown[0]!);
  const save = () => {
    const head = [t("usage.day"), ...(everyone ? [t("usage.person")] : []), t("model"), t("usage.feature"), t("usage.calls"), t("usage.input_tokens"), t("usage.output_tokens"), t("usage.cost_usd"), t("usage.unknown_calls")];
    const lines = rows.map((row) => [row.day, ...(everyone ? [personOf(row.person_id)] : []), nameOf(row.model, models), row.feature, row.calls, row.input_tokens, row.output_tokens, row.cost, row.unknown_cost_calls]);
    saveCsv(`gitu-usage-${everyone ? "everyone-" : ""}${today(me.preferences.time_zone)}-${days}d.csv`, toCsv(head, lines));
  };
  const last = days === RANGES.at(-1);
  return (
    <>
      <div className={classes.toolbar}>
        <div className={classes.choices}>
          {may("models:usage_all") && <Segments label={t("usage.whose")} value={whose} options={[{ value: "mine", label: t("usage.mine") }, { value: "everyone", label: t("usage.everyone") }]} onChange={(value) => setWhose(value as typeof whose)} />}
          <Segments label={t("usage.range")} value={String(days)} options={RANGES.map((range) => ({ value: String(range), label: t("usage.days", { count: range }) }))} onChange={(value) => setDays(Number(value))} />
        </div>
        {rows.length > 0 && <Button variant="default" icon={<Download size={16} aria-hidden />} onClick={save}>{t("usage.export")}</Button>}
      </div>
      {isPending && <ListSkeleton />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && !data.whole && <Notice tone="warn">{t("usage.not_whole")}</Notice>}
      {data && rows.length === 0 && <EmptyState icon={ChartColumn} title={t(last ? "usage.empty" : "usage.none")} text={t(last ? "usage.empty_text" : "usage.none_text")} />}
      {/* The split of one's own has no people in it: each begins anew. */}
      {rows.length > 0 && <Shown key={whose} rows={rows} days={shown} people={everyone} />}
      {!everyone && <Kept days={shown} />}
      {!everyone && <Section title={t("usage.recent")}><Calls models={models} /></Section>}
    </>
  );
}

function Shown({ rows, days, people }: { rows: Used[]; days: string[]; people: boolean }) {
  const { t } = useTranslation("models");
  const whole = sum(rows);
  // One's own models cost nothing: then there are tokens to look at.
  const [measure, setMeasure] = useState<Measure>(whole.cost > 0 ? "cost" : "tokens");
  return (
    <>
      <dl className={classes.tiles}>
        <div><dt>{t("usage.cost")}</dt><dd>{costOf(whole, t)}</dd></div>
        <div><dt>{t("usage.calls")}</dt><dd><Num>{count(whole.calls)}</Num></dd></div>
        <div><dt>{t("usage.tokens")}</dt><dd><Num>{short(whole.input + whole.output)}</Num></dd></div>
      </dl>
      <Section
        title={t("usage.by_day")}
        actions={<Segments label={t("usage.measure")} value={measure} options={[{ value: "cost", label: t("usage.cost") }, { value: "tokens", label: t("usage.tokens") }, { value: "calls", label: t("usage.calls") }]} onChange={(value) => setMeasure(value as Measure)} />}
      >
        <Bars label={t("usage.by_day")} bars={byDay(rows, days).map(({ day, totals }) => ({ day, value: VALUE[measure](totals) }))} text={TEXT[measure]} />
      </Section>
      <Shares rows={rows} measure={measure} people={people} />
    </>
  );
}
