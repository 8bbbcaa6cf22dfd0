import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { peopleQuery } from "@/features/identity/people";
import { Num } from "@/ui/Bidi";
import { Segments } from "@/ui/Choice";
import { count, money, short } from "@/ui/format";
import { Share } from "@/ui/Meter";
import { useMay } from "@/ui/Need";
import { Section } from "@/ui/Page";
import { type Column, Table } from "@/ui/Table";
import { nameOf } from "./names";
import { modelsQuery } from "./queries";
import { type Split, type SplitTotals, type Totals, type Used, bySplit, sum } from "./totals";
import classes from "./Usage.module.css";

export type Measure = "cost" | "tokens" | "calls";
export const VALUE: Record<Measure, (totals: Totals) => number> = { cost: (totals) => totals.cost, tokens: (totals) => totals.input + totals.output, calls: (totals) => totals.calls };
export const TEXT: Record<Measure, (value: number) => string> = { cost: (value) => money(String(value)), tokens: short, calls: count };

/** What is known of the cost, and how many calls it leaves out. */
export function costOf(totals: Totals, t: TFunction<"models">): ReactNode {
  return <>{totals.priced ? <Num>{money(String(totals.cost))}</Num> : t("unknown")}{totals.priced && totals.unknown > 0 && <small>{t("usage.and_unknown", { count: totals.unknown })}</small>}</>;
}

/** Tells whose use a row is, by name, once the names are there. */
export function usePersonOf(asked: boolean): (id: string | undefined) => string {
  const { t } = useTranslation("models");
  const may = useMay();
  const { data: people } = useQuery({ ...peopleQuery, enabled: asked && may("users:read") });
  return (id) => (people === undefined ? (id ?? "").slice(0, 8) : (people.find((person) => person.id === id)?.name ?? t("usage.person_gone")));
}

/** Which models, features or people took how much of what the bars show. */
export function Shares({ rows, measure, people }: { rows: Used[]; measure: Measure; people: boolean }) {
  const { t } = useTranslation("models");
  const { data: models = [] } = useQuery(modelsQuery);
  const [split, setSplit] = useState<Split>(people ? "person_id" : "model");
  const personOf = usePersonOf(people);
  const whole = VALUE[measure](sum(rows));
  const heads = { model: t("model"), feature: t("usage.feature"), person_id: t("usage.person") };
  const labels = { model: t("usage.by_model"), feature: t("usage.by_feature"), person_id: t("usage.by_person") };
  const title = (of: string) => {
    if (split === "model") return nameOf(of, models);
    if (split === "person_id") return personOf(of);
    return t(`feature.${of}`, { defaultValue: of });
  };
  const columns: Column<SplitTotals>[] = [
    { key: "of", title: heads[split], cell: ({ of }) => <bdi>{title(of)}</bdi> },
    { key: "share", title: `${t("usage.share")} · ${t(`usage.${measure}`)}`, numeric: true, cell: (totals) => <Share part={VALUE[measure](totals)} whole={whole} /> },
    { key: "calls", title: t("usage.calls"), numeric: true, cell: (totals) => <Num>{count(totals.calls)}</Num> },
    { key: "input", title: t("usage.input"), numeric: true, cell: (totals) => <Num>{short(totals.input)}</Num> },
    { key: "output", title: t("usage.output"), numeric: true, cell: (totals) => <Num>{short(totals.output)}</Num> },
    { key: "cost", title: t("usage.cost"), numeric: true, cell: (totals) => <span className={classes.cost}>{costOf(totals, t)}</span> },
  ];
  const splits: Split[] = people ? ["person_id", "model", "feature"] : ["model", "feature"];
  return (
    <Section title={t("usage.shares")} actions={<Segments label={t("usage.split")} value={split} options={splits.map((value) => ({ value, label: labels[value] }))} onChange={(value) => setSplit(value as Split)} />}>
      <Table label={labels[split]} columns={columns} rows={bySplit(rows, split, VALUE[measure])} keyOf={({ of }) => of} />
    </Section>
  );
}
