import { type KeyboardEvent, type ReactNode, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import button from "./Button.module.css";
import { CopyButton } from "./CopyField";
import { Dialog } from "./Dialog";
import classes from "./Markdown.module.css";
import { Notice } from "./Notice";
import { claimedHost, partsOf } from "./markdownText";

interface OutsideLinkProps { href: string; /** The link's own words. */ text: string; /** Shown beside them, where they don't name it. */ host: string; children: ReactNode }

/**
 * A link that leaves Gitu only after its whole address was shown: what is read here could be carried away in it.
 * It has no `href`, so that no preview, middle click or fetching ahead goes there unasked.
 */
export function OutsideLink({ href, text, host, children }: OutsideLinkProps) {
  const [asking, setAsking] = useState(false);
  const press = (event: KeyboardEvent) => { if (event.key === "Enter") { event.preventDefault(); setAsking(true); } };
  return (
    <>
      <span role="link" tabIndex={0} className={classes.outside} onClick={() => setAsking(true)} onKeyDown={press}>
        <bdi>{children}</bdi>{host && <>{" "}<span className={classes.host} dir="ltr">({host})</span></>}
      </span>
      {asking && createPortal(<Leave href={href} text={text} onClose={() => setAsking(false)} />, document.body)}
    </>
  );
}

function Leave({ href, text, onClose }: { href: string; text: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { before, host, after } = partsOf(href);
  const claimed = claimedHost(text);
  const other = claimed !== null && host !== "" && host.replace(/:\d+$/, "") !== claimed && !host.endsWith(`.${claimed}`) && `www.${host}` !== claimed;
  return (
    <Dialog opened onClose={onClose} title={host ? t("outside.title") : t("outside.mail_title")}>
      <div className={classes.leave}>
        <p>{host ? t("outside.text") : t("outside.mail_text")}</p>
        {other && <Notice tone="warn">{t("outside.other")} <bdi>{claimed}</bdi></Notice>}
        {/(?:^|\.)xn--/.test(host) && <Notice tone="warn">{t("outside.letters")}</Notice>}
        <pre className={classes.address} dir="ltr" tabIndex={0} aria-label={t("outside.address")}><code>{before}<strong>{host}</strong>{after}</code></pre>
        <div className={classes.leaveButtons}>
          <CopyButton text={href} label={t("outside.copy")} />
          <Button variant="default" onClick={onClose} data-autofocus>{t("cancel")}</Button>
          <a className={button.button} data-variant="primary" href={href} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer" onClick={onClose}>{t("outside.open")}</a>
        </div>
      </div>
    </Dialog>
  );
}
