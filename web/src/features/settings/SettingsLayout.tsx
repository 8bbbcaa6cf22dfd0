import { Link, Outlet } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Page } from "@/ui/Page";
import { useMay } from "@/ui/Need";
import { SECTIONS } from "./sections";
import classes from "./SettingsLayout.module.css";

const GROUPS = ["you", "assistant", "gitu"] as const;

function useGroups() {
  const may = useMay();
  return GROUPS.map((group) => ({ group, sections: SECTIONS.filter((section) => section.group === group && may(section.scope)) })).filter(({ sections }) => sections.length > 0);
}

/** The settings: their sections at the start edge, one of them beside it; on narrow screens one after the other. */
export function SettingsLayout() {
  const { t } = useTranslation("settings");
  return (
    <div className={classes.layout}>
      <nav className={classes.nav} aria-label={t("title")}>
        {useGroups().map(({ group, sections }) => (
          <div key={group}>
            <h2>{t(`group.${group}`)}</h2>
            {sections.map(({ to, label, icon: Icon }) => <Link key={to} to={to} className={classes.link}><Icon size={16} aria-hidden />{t(label)}</Link>)}
          </div>
        ))}
      </nav>
      <div className={classes.content}><Outlet /></div>
    </div>
  );
}

/** The list of sections as a screen of its own: what `/settings` is on a phone. */
export function SettingsIndex() {
  const { t } = useTranslation("settings");
  return (
    <Page title={t("title")}>
      {useGroups().map(({ group, sections }) => (
        <section key={group} className={classes.group}>
          <h2>{t(`group.${group}`)}</h2>
          <ul>
            {sections.map(({ to, label, icon: Icon }) => (
              <li key={to}><Link to={to}><Icon size={18} aria-hidden /><span>{t(label)}</span><ChevronRight size={16} aria-hidden className="flip" /></Link></li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  );
}
