import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { BrushCleaning, Layers } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { CacheReport } from "@/api/types";
import { Bars } from "@/ui/Bars";
import { Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { bytes, count, money, short } from "@/ui/format";
import { ListSkeleton } from "@/ui/List";
import { percent } from "@/ui/Meter";
import { useMay } from "@/ui/Need";
import { Notice } from "@/ui/Notice";
import { Section } from "@/ui/Page";
import { toastDone } from "@/ui/toast";
import { useFollowCalls } from "./following";
import { cacheQuery } from "./queries";
import { keptTotals, shareOf } from "./totals";
import classes from "./Usage.module.css";

/** How many requests were answered by answers from before, and what that saved. */
export function Kept({ days }: { days: string[] }) {
  const { t } = useTranslation("cache");
  const { data, isPending, error, refetch } = useQuery({ ...cacheQuery(days.length), placeholderData: keepPreviousData });
  useFollowCalls(["models", "cache"]);
  return (
    <Section title={t("title")} intro={t("intro")}>
      {isPending && <ListSkeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && <Shown report={data} days={days} />}
    </Section>
  );
}

function Shown({ report, days }: { report: CacheReport; days: string[] }) {
  const { t } = useTranslation("cache");
  const byDay = new Map(report.days.map((one) => [one.day, one]));
  const totals = keptTotals(report.days.filter(({ day }) => day >= days[0]!));
  return (
    <>
      {report.where === "off" && <Notice>{t("off")}</Notice>}
      {totals.hits + totals.misses === 0 && report.where !== "off" && <EmptyState icon={Layers} title={t("empty")} text={t("empty_text")} />}
      {(totals.hits + totals.misses > 0 || totals.cached > 0) && (
        <dl className={classes.kept}>
          <div><dt>{t("rate")}</dt><dd><Num>{percent(shareOf(totals.hits, totals.misses))}</Num><small>{t("rate_of", { hits: count(totals.hits), all: count(totals.hits + totals.misses) })}</small></dd></div>
          <div><dt>{t("saved")}</dt><dd><Num>{money(String(totals.saved))}</Num>{totals.unknown > 0 && <small>{t("and_unknown", { count: totals.unknown })}</small>}</dd></div>
          <div><dt>{t("saved_tokens")}</dt><dd><Num>{short(totals.tokens)}</Num></dd></div>
          <div><dt>{t("by_provider")}</dt><dd><Num>{percent(totals.input > 0 ? totals.cached / totals.input : 0)}</Num><small>{t("by_provider_text")}</small></dd></div>
        </dl>
      )}
      {totals.hits + totals.misses > 0 && <Bars label={t("by_day")} bars={days.map((day) => ({ day, value: shareOf(byDay.get(day)?.hits ?? 0, byDay.get(day)?.misses ?? 0) }))} text={percent} limit={1} />}
      {report.where !== "off" && <Now report={report} />}
    </>
  );
}

/** What is kept at this moment, and the way to forget it. */
function Now({ report }: { report: CacheReport }) {
  const { t } = useTranslation("cache");
  const cache = useQueryClient();
  const may = useMay();
  const [clearing, setClearing] = useState<"own" | "all" | null>(null);
  const clear = async (instance: boolean) => {
    await call(client.POST("/models/cache/clear", { body: { instance } }));
    await cache.invalidateQueries({ queryKey: ["models", "cache"] });
    toastDone(t("cleared"));
  };
  const { entries, size, hours, where } = report;
  const what = where === "redis" ? "now_redis" : "now_memory";
  const all = clearing === "all";
  return (
    <div className={classes.now}>
      <p>{entries === 0 ? t("now_memory_zero") : <>{t(what, { count: entries, size: bytes(size) })} {t("hours", { count: hours })}</>}</p>
      {may("models:cache") && entries > 0 && <Button variant="default" icon={<BrushCleaning size={16} aria-hidden />} onClick={() => setClearing("own")}>{t("clear")}</Button>}
      {may("models:cache") && may("models:share") && <Button variant="default" onClick={() => setClearing("all")}>{t("clear_all")}</Button>}
      <ConfirmDialog
        opened={clearing !== null} onClose={() => setClearing(null)} title={t(all ? "clear_all_confirm" : "clear_confirm")}
        text={t(all ? "clear_all_text" : "clear_text")} confirm={t(all ? "clear_all" : "clear")} onConfirm={() => clear(all)}
      />
    </div>
  );
}
