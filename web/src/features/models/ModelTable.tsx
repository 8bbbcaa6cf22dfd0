import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Model } from "@/api/types";
import { Badge } from "@/ui/Badge";
import { Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/Field";
import { money, short } from "@/ui/format";
import { type Column, Table } from "@/ui/Table";
import classes from "./Connections.module.css";

const STEP = 20;

/** Every model one may use with its window and prices; a price nobody knows is said to be unknown. */
export function ModelTable({ models }: { models: Model[] }) {
  const { t } = useTranslation("models");
  const [search, setSearch] = useState("");
  const [most, setMost] = useState(STEP);
  const wanted = search.trim().toLowerCase();
  const found = models.filter(({ name, connection_name }) => !wanted || `${name} ${connection_name}`.toLowerCase().includes(wanted));
  const price = (value: string | null) => (value === null ? <span className={classes.soft}>{t("unknown")}</span> : <Num>{money(value)}</Num>);
  const columns: Column<Model>[] = [
    { key: "name", title: t("model"), cell: (model) => <><bdi>{model.name}</bdi> {model.local && <Badge>{t("local")}</Badge>}</> },
    { key: "connection", title: t("connection"), cell: (model) => <bdi>{model.connection_name}</bdi> },
    { key: "window", title: t("window"), numeric: true, cell: (model) => (model.context_window === null ? <span className={classes.soft}>{t("unknown")}</span> : <Num>{short(model.context_window)}</Num>) },
    { key: "input", title: t("input_price"), numeric: true, cell: (model) => price(model.input_price) },
    { key: "output", title: t("output_price"), numeric: true, cell: (model) => price(model.output_price) },
  ];
  return (
    <div>
      {models.length > STEP && (
        <div className={classes.search}><TextField type="search" label={t("search_models")} dir="auto" value={search} onChange={(event) => { setSearch(event.currentTarget.value); setMost(STEP); }} /></div>
      )}
      {found.length === 0 ? <p className={classes.soft} role="status">{t("no_match")}</p> : <Table label={t("prices_title")} columns={columns} rows={found.slice(0, most)} keyOf={({ id }) => id} />}
      {found.length > most && <div className={classes.more}><Button variant="default" onClick={() => setMost(most + 50)}>{t("common:load_more")}</Button></div>}
    </div>
  );
}
