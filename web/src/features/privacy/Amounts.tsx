import { useTranslation } from "react-i18next";
import type { ErasurePreview } from "@/api/types";
import classes from "./privacy.module.css";

/** What goes and what stays, kind by kind, with the reason for what stays. */
export function Amounts({ going, staying, heading: Heading = "h3" }: Pick<ErasurePreview, "going" | "staying"> & { heading?: "h2" | "h3" }) {
  const { t } = useTranslation("privacy");
  const amount = (rows: number, files: number) => [rows > 0 && t("rows", { count: rows }), files > 0 && t("files", { count: files })].filter(Boolean).join(" · ");
  return (
    <>
      <Heading>{t("goes")}</Heading>
      <ul className={classes.amounts} aria-label={t("goes")}>
        {going.map(({ kind, title, rows, files }) => <li key={kind}><span>{title}</span><span>{amount(rows, files)}</span></li>)}
      </ul>
      <Heading>{t("stays")}</Heading>
      <ul className={classes.amounts} aria-label={t("stays")}>
        {staying.map(({ kind, title, rows, why }) => <li key={kind}><span>{title}</span><span>{amount(rows, 0)}</span><p>{why}</p></li>)}
      </ul>
    </>
  );
}
