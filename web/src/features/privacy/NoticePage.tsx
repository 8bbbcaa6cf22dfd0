import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Gate } from "@/features/identity/Gate";
import { NoticeText } from "./Notice";
import classes from "./privacy.module.css";

/** `/privacy`: the notice for someone who is not signed in. */
export function NoticePage() {
  const { t } = useTranslation("privacy");
  return (
    <Gate title={t("notice")} intro={t("notice_intro")} wide>
      <div className={classes.stack}>
        <NoticeText heading="h2" />
        <p><Link to="/sign-in">{t("back")}</Link></p>
      </div>
    </Gate>
  );
}
