import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { Model, ModelDefaults } from "@/api/types";
import { Num } from "@/ui/Bidi";
import { IconButton } from "@/ui/Button";
import { Segments, SelectField } from "@/ui/Choice";
import { ErrorState } from "@/ui/ErrorState";
import { ListSkeleton } from "@/ui/List";
import { useMay } from "@/ui/Need";
import { toastDone, toastError } from "@/ui/toast";
import classes from "./Connections.module.css";
import { isWay, nameOf } from "./names";
import { defaultsQuery, instanceDefaultsQuery } from "./queries";

const MOST_FALLBACKS = 8;

/** The default model and those that step in for it, in order; for everyone or for oneself. */
export function Defaults({ models }: { models: Model[] }) {
  const { t } = useTranslation("models");
  const may = useMay();
  const [whose, setWhose] = useState(may("models:share") ? "all" : "me");
  const all = whose === "all";
  const query = useQuery(all ? instanceDefaultsQuery : defaultsQuery);
  return (
    <div className={classes.stack}>
      {may("models:share") && <Segments label={t("whose_default")} value={whose} options={[{ value: "all", label: t("for_everyone") }, { value: "me", label: t("for_me") }]} onChange={setWhose} />}
      {query.isPending && <ListSkeleton rows={2} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Chain key={whose} all={all} defaults={query.data} models={models} />}
    </div>
  );
}

function Chain({ all, defaults, models }: { all: boolean; defaults: ModelDefaults; models: Model[] }) {
  const { t } = useTranslation("models");
  const cache = useQueryClient();
  const may = useMay();
  const list = useRef<HTMLOListElement>(null);
  const key = all ? instanceDefaultsQuery.queryKey : defaultsQuery.queryKey;
  const save = useMutation({
    mutationFn: (next: ModelDefaults) => call(client.PUT("/models/defaults", { body: { ...next, ...(all && { instance: true }) } })),
    onMutate: (next) => { cache.setQueryData(key, next); },
    onError: (error) => { toastError(error); void cache.invalidateQueries({ queryKey: key }); },
    onSuccess: (saved) => {
      cache.setQueryData(key, saved);
      toastDone(t("common:saved"));
      if (all) void cache.invalidateQueries({ queryKey: defaultsQuery.queryKey, exact: true });
    },
  });
  const place = (model: Model) => (isWay(model) ? t("ways") : model.connection_name);
  const options = (chosen: (string | null)[]) => models.filter(({ id }) => !chosen.includes(id)).map((model) => ({ value: model.id, label: model.name, group: place(model) }));
  const { fallbacks } = defaults;
  const move = (from: number, to: number) => {
    const next = [...fallbacks];
    next.splice(to, 0, ...next.splice(from, 1));
    save.mutate({ ...defaults, fallbacks: next });
    // The focus goes with the model that moved, so that it can be moved on.
    requestAnimationFrame(() => list.current?.children[to]?.querySelector<HTMLElement>(to < from ? "[data-up]:not(:disabled), [data-down]" : "[data-down]:not(:disabled), [data-up]")?.focus());
  };
  const fixed = !may("models:choose");
  // A default that is no longer among the models still shows, so that it can be seen and changed.
  const gone = defaults.default && !models.some(({ id }) => id === defaults.default) ? [{ value: defaults.default, label: `${nameOf(defaults.default, models)} (${t("gone")})` }] : [];
  return (
    <>
      <SelectField
        label={t("default_model")} disabled={fixed} value={defaults.default ?? ""} options={[...(defaults.default ? [] : [{ value: "", label: t("choose") }]), ...gone, ...options([])]}
        onChange={(value) => save.mutate({ default: value || null, fallbacks: fallbacks.filter((id) => id !== value) })}
      />
      <div>
        <h3 className={classes.sub}>{t("fallbacks")}</h3>
        <p className={classes.hint}>{t("fallbacks_hint")}</p>
      </div>
      {fallbacks.length > 0 && (
        <ol ref={list} className={classes.chain} aria-label={t("fallbacks")}>
          {fallbacks.map((id, index) => {
            const name = nameOf(id, models);
            const model = models.find((one) => one.id === id);
            return (
              <li key={id}>
                <span className={classes.place}><Num>{index + 1}</Num></span>
                <span className={classes.model}><bdi>{name}</bdi><small>{model ? place(model) : t("gone")}</small></span>
                {!fixed && <>
                  <IconButton label={t("move_up", { name })} data-up disabled={index === 0} onClick={() => move(index, index - 1)}><ArrowUp size={16} aria-hidden /></IconButton>
                  <IconButton label={t("move_down", { name })} data-down disabled={index === fallbacks.length - 1} onClick={() => move(index, index + 1)}><ArrowDown size={16} aria-hidden /></IconButton>
                  <IconButton label={t("remove_fallback", { name })} onClick={() => save.mutate({ ...defaults, fallbacks: fallbacks.filter((other) => other !== id) })}><X size={16} aria-hidden /></IconButton>
                </>}
              </li>
            );
          })}
        </ol>
      )}
      {!fixed && fallbacks.length < MOST_FALLBACKS && (
        <SelectField
          label={t("add_fallback")} quiet value="" options={[{ value: "", label: t("add_fallback") }, ...options([defaults.default, ...fallbacks])]}
          onChange={(value) => value && save.mutate({ ...defaults, fallbacks: [...fallbacks, value] })}
        />
      )}
    </>
  );
}
