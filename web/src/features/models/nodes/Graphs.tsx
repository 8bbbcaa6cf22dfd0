import { keepPreviousData, useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Segments } from "@/ui/Choice";
import { ErrorState } from "@/ui/ErrorState";
import { count, duration } from "@/ui/format";
import { ListSkeleton } from "@/ui/List";
import classes from "./Nodes.module.css";
import { Plot } from "./Plot";
import { historyQuery } from "./queries";

const HOURS = [1, 24, 168];
const EVERY_MS = 30_000;

/** Latency and throughput of the last hour, day or week; asked for once they are looked at. */
export function Graphs({ name, start }: { name: string; start: boolean }) {
  const { t } = useTranslation("nodes");
  const [open, setOpen] = useState(start);
  return (
    <details className={classes.graphs} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("graphs")}</summary>
      {open && <Drawn name={name} />}
    </details>
  );
}

function Drawn({ name }: { name: string }) {
  const { t } = useTranslation("nodes");
  const [hours, setHours] = useState(1);
  const { data, dataUpdatedAt, isPending, error, refetch } = useQuery({ ...historyQuery(name, hours), placeholderData: keepPreviousData, refetchInterval: EVERY_MS });
  if (isPending) return <ListSkeleton rows={1} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const clock = (at: number) => new Intl.DateTimeFormat(`${i18next.language}-u-nu-latn`, hours > 24 ? { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  const frame = { from: dataUpdatedAt - hours * 3_600_000, to: dataUpdatedAt, step: data.step_s * 1000, clock };
  const measured = data.points;
  const points = (pick: (point: (typeof measured)[number]) => number | null) => measured.map((point) => ({ at: Date.parse(point.at), value: pick(point) }));
  return (
    <>
      <div className={classes.range}><Segments label={t("range")} value={String(hours)} options={HOURS.map((value) => ({ value: String(value), label: t(`hours.${value}`) }))} onChange={(value) => setHours(Number(value))} /></div>
      <div className={classes.plots}>
        <Plot label={t("plot.latency")} points={points(({ latency_ms }) => latency_ms)} text={(value) => (value < 10 ? `${value.toFixed(1)} ms` : duration(value))} {...frame} />
        <Plot label={t("plot.tokens")} points={points(({ tokens_per_s }) => tokens_per_s)} text={(value) => count(Math.round(value * 10) / 10)} {...frame} />
      </div>
    </>
  );
}
