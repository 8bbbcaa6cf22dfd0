import { useTranslation } from "react-i18next";
import type { FilePreview } from "@/api/types";
import { Num } from "@/ui/Bidi";
import { bytes } from "@/ui/format";
import classes from "./files.module.css";

/** A path: left to right in every language, and apart from the sentence around it. */
export function PathText({ children }: { children: string }) {
  return <bdi dir="ltr" className={classes.path}>{children}</bdi>;
}

/** What a change does: the lines that come and go, or for what is no text how its size changes. */
export function Diff({ preview }: { preview: FilePreview }) {
  const { t } = useTranslation("files");
  const { diff, added, removed, diff_cut, size_before, size_after } = preview;
  return (
    <div className={classes.stack}>
      {diff ? (
        <pre className={classes.diff} tabIndex={0} aria-label={t("diff.label")}>
          {diff.split("\n").map((line, index) => <code key={index} data-line={/^(\+\+\+|---) /.test(line) ? undefined : line[0]}>{line || " "}</code>)}
        </pre>
      ) : <p className={classes.muted}>{t("diff.none")}</p>}
      <p className={classes.muted}>
        {t("diff.lines")} <Num>+{added} −{removed}</Num>
        {" · "}{t("diff.size")} <Num>{size_before === null ? "–" : bytes(size_before)} → {size_after === null ? "–" : bytes(size_after)}</Num>
        {diff_cut && <>{" · "}{t("diff.cut")}</>}
      </p>
    </div>
  );
}
