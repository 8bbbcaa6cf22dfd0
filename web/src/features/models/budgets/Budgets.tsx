import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Pencil, Plus, Trash2, Wallet } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { Budget } from "@/api/types";
import { useMe } from "@/features/identity/queries";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { Badge } from "@/ui/Badge";
import { Isolate, Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import button from "@/ui/Button.module.css";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { money } from "@/ui/format";
import { List, Row } from "@/ui/List";
import { Menu, MenuItem } from "@/ui/Menu";
import { Meter } from "@/ui/Meter";
import { useMay } from "@/ui/Need";
import { ExactTime } from "@/ui/RelativeTime";
import { toastDone } from "@/ui/toast";
import { fewPages, useFollowCalls } from "../following";
import { AddBudget, ChangeBudget } from "./BudgetDialogs";
import classes from "./Budgets.module.css";
import { standingOf } from "./amount";
import { useNames } from "./names";
import { budgetsQuery } from "./queries";

/** What may be spent on models, by whom and for what, and how much of it is. */
export function Budgets() {
  const { t } = useTranslation("budgets");
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const add = may("models:budget") && <Button icon={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t("add")}</Button>;
  return (
    <SettingsPage title={t("title")} intro={t("intro")} scope="models:read" actions={add}>
      {may("models:read") && <BudgetList />}
      {adding && <AddBudget onClose={() => setAdding(false)} />}
    </SettingsPage>
  );
}

function BudgetList() {
  const { t } = useTranslation("budgets");
  const cache = useQueryClient();
  const may = useMay();
  const query = useInfiniteQuery({ ...budgetsQuery(may("models:budget_all")), refetchInterval: fewPages });
  useFollowCalls(["models", "budgets"]);
  const nameOf = useNames(query.data?.pages.flatMap(({ items }) => items) ?? []);
  const [changing, setChanging] = useState<Budget | null>(null);
  const [leaving, setLeaving] = useState<Budget | null>(null);
  const remove = async ({ id }: Budget) => {
    await call(client.DELETE("/models/budgets/{budget_id}", { params: { path: { budget_id: id } } }));
    await cache.invalidateQueries({ queryKey: ["models", "budgets"] });
    toastDone(t("deleted"));
  };
  const empty = <EmptyState icon={Wallet} title={t("empty")} text={t(may("models:budget") ? "empty_text" : "empty_text_guest")} />;
  return (
    <>
      <List query={query} label={t("title")} keyOf={({ id }) => id} rows={2} empty={empty}>
        {(budget) => <BudgetRow budget={budget} name={nameOf(budget)} onChange={() => setChanging(budget)} onDelete={() => setLeaving(budget)} />}
      </List>
      {changing && <ChangeBudget budget={changing} name={nameOf(changing)} onClose={() => setChanging(null)} />}
      <ConfirmDialog
        opened={leaving !== null} onClose={() => setLeaving(null)} title={t("delete_confirm")} confirm={t("common:delete")}
        text={leaving && <><Isolate>{nameOf(leaving)}</Isolate>{": "}{t("delete_text")}</>} onConfirm={() => remove(leaving!)}
      />
    </>
  );
}

function BudgetRow({ budget, name, onChange, onDelete }: { budget: Budget; name: string; onChange: () => void; onDelete: () => void }) {
  const { t } = useTranslation("budgets");
  const { spent, reserved, left, limit, tone } = standingOf(budget);
  const may = useMay()("models:budget") && budget.may_change;
  const words = { spent: money(budget.spent), limit: money(budget.limit), left: money(String(left)) };
  return (
    <div className={classes.budget}>
      <div className={classes.line}>
        <Row
          title={<>{name} {tone !== "plain" && <Badge tone={tone}>{budget.percent >= 100 ? t("reached") : <Num>{budget.percent}%</Num>}</Badge>} <Badge>{t(budget.hard ? "hard" : "soft")}</Badge></>}
          detail={<>
            <span>{budget.resets_at ? <>{t("anew")} <ExactTime at={budget.resets_at} /></> : t("never_anew")}</span>
            <Setter budget={budget} />
          </>}
          actions={may && (
            <Menu label={t("menu_of", { name })} button={<Ellipsis size={18} aria-hidden />} buttonClass={button.icon} align="end">
              <MenuItem icon={<Pencil size={16} aria-hidden />} onClick={onChange}>{t("change")}</MenuItem>
              <MenuItem icon={<Trash2 size={16} aria-hidden />} danger onClick={onDelete}>{t("common:delete")}</MenuItem>
            </Menu>
          )}
        />
      </div>
      <Meter label={name} text={t("standing", words)} spent={spent} reserved={reserved} limit={limit} tone={tone} />
      <p className={classes.figures}>
        <span className={classes.main}><Num>{words.spent}</Num> {t("spent_of")} <Num>{words.limit}</Num></span>
        {reserved > 0 && <span>{t("reserved")} <Num>{money(budget.reserved)}</Num></span>}
        <span>{t("left")} <Num>{words.left}</Num></span>
      </p>
      {Number(budget.lost) > 0 && <p className={classes.lost}><Num>{money(budget.lost)}</Num> {t("lost")}</p>}
    </div>
  );
}

/** Who set it, and whose calls it counts where the name does not say. */
function Setter({ budget }: { budget: Budget }) {
  const { t } = useTranslation("budgets");
  const me = useMe();
  return (
    <>
      <span>{t(budget.by_admin ? "by_admin" : "by_you")}</span>
      {budget.kind === "everyone" && <span>{t("your_part")}</span>}
      {budget.kind === "feature" && <span>{t(budget.person_id === null ? "counts_everyone" : budget.person_id === me.id ? "counts_you" : "counts_person")}</span>}
    </>
  );
}
