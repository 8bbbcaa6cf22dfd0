import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { Model } from "@/api/types";
import { isWay } from "@/features/models/names";
import { defaultsQuery } from "@/features/models/queries";
import { Menu, MenuItem, MenuLabel } from "@/ui/Menu";
import classes from "./Composer.module.css";

/** Which model answers in this conversation; “default” follows the settings. */
export function ModelPicker({ models, model, onModel }: { models: Model[]; model: string | null; onModel: (id: string | null) => void }) {
  const { t } = useTranslation("assistant");
  const { data: defaults } = useQuery({ ...defaultsQuery, enabled: models.length > 0 });
  if (models.length === 0) return <span />;
  const nameOf = (id: string | null | undefined) => models.find((one) => one.id === id)?.name ?? id?.split("/").slice(1).join("/");
  const shown = nameOf(model) ?? nameOf(defaults?.default) ?? t("default_model");
  const ways = models.filter(isWay);
  const others = models.filter((one) => !isWay(one));
  const connections = [...new Set(others.map(({ connection_name }) => connection_name))];
  const entry = ({ id, name }: Model) => <MenuItem key={id} checked={model === id} onClick={() => onModel(id)}><bdi>{name}</bdi></MenuItem>;
  return (
    <Menu side="above" label={t("choose_model", { model: shown })} buttonClass={classes.model} button={<><bdi className="clip">{shown}</bdi><ChevronDown size={14} aria-hidden /></>}>
      <MenuItem checked={model === null} hint={<bdi>{nameOf(defaults?.default)}</bdi>} onClick={() => onModel(null)}>{t("default_model")}</MenuItem>
      {ways.length > 0 && <><MenuLabel>{t("ways")}</MenuLabel>{ways.map(entry)}</>}
      {connections.map((connection) => (
        <Fragment key={connection}>
          <MenuLabel><bdi>{connection}</bdi></MenuLabel>
          {others.filter(({ connection_name }) => connection_name === connection).map(entry)}
        </Fragment>
      ))}
    </Menu>
  );
}
