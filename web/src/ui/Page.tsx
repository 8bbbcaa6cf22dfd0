import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { Fragment, type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Page.module.css";

export interface Crumb { label: string; to: string }
interface PageProps {
  title: string;
  /** One line under the title that says what this screen is for. */
  intro?: ReactNode;
  actions?: ReactNode;
  crumbs?: Crumb[];
  /** `reading` keeps lines short (forms, prose); `wide` fills the space (tables). */
  width?: "reading" | "wide";
  children: ReactNode;
}

/** The frame of every screen but the chat: breadcrumbs, title, actions, content. */
export function Page({ title, intro, actions, crumbs, width = "reading", children }: PageProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Gitu`;
    return () => { document.title = "Gitu"; };
  }, [title]);
  return (
    <div className={classes.page} data-width={width}>
      {crumbs && crumbs.length > 0 && (
        <nav aria-label={t("breadcrumbs")} className={classes.crumbs}>
          {crumbs.map((crumb) => (
            <Fragment key={crumb.to}>
              <Link to={crumb.to}>{crumb.label}</Link>
              <ChevronRight size={14} aria-hidden className="flip" />
            </Fragment>
          ))}
          <span aria-current="page">{title}</span>
        </nav>
      )}
      <header className={classes.header}>
        <div className={classes.heading}>
          <h1 dir="auto">{title}</h1>
          {intro && <p>{intro}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A titled block inside a page. */
export function Section({ title, intro, actions, children }: { title: string; intro?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <header className={classes.header}>
        <div className={classes.heading}>
          <h2>{title}</h2>
          {intro && <p>{intro}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}
