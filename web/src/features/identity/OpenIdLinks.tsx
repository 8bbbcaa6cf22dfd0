import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { OpenIdLink } from "@/api/types";
import { Isolate } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Detail } from "@/ui/Detail";
import { ErrorState } from "@/ui/ErrorState";
import { ListSkeleton } from "@/ui/List";
import { useMay } from "@/ui/Need";
import { Section } from "@/ui/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { toastDone } from "@/ui/toast";
import classes from "./identity.module.css";
import { OpenIdButton } from "./OpenIdButton";
import { instanceQuery, openIdLinksQuery } from "./queries";

/** Accounts elsewhere that sign the person in; nothing where this Gitu has no provider and none was linked. */
export function OpenIdLinks() {
  const { t } = useTranslation("identity");
  const { data: instance } = useQuery(instanceQuery);
  const links = useQuery(openIdLinksQuery);
  const cache = useQueryClient();
  const may = useMay()("factors:write");
  const [leaving, setLeaving] = useState<OpenIdLink | null>(null);
  if (!instance?.openid && !links.data?.length) return null;
  const unlink = async (link: OpenIdLink) => {
    await call(client.DELETE("/me/openid/{link_id}", { params: { path: { link_id: link.id } } }));
    await cache.invalidateQueries({ queryKey: ["openid-links"] });
    toastDone(t("openid_unlinked"));
  };
  const name = (link: OpenIdLink) => link.email ?? new URL(link.issuer).host;
  return (
    <Section title={t("openid")} intro={t("openid_intro")}>
      <div className={classes.stack}>
        {links.isPending && <ListSkeleton rows={1} />}
        {links.error && <ErrorState error={links.error} onRetry={() => void links.refetch()} />}
        {links.data?.map((link) => (
          <div key={link.id} className={classes.stack}>
            <Detail items={[{ label: t("openid_account"), value: name(link) }, { label: t("last_used"), value: link.last_used_at ? <RelativeTime at={link.last_used_at} /> : t("never_used") }]} />
            {may && <div><Button variant="default" icon={<Link2 size={16} aria-hidden />} onClick={() => setLeaving(link)} aria-label={t("openid_unlink_of", { name: name(link) })}>{t("openid_unlink")}</Button></div>}
          </div>
        ))}
        {links.data?.length === 0 && instance?.openid && may && <div className={classes.buttons}><OpenIdButton name={instance.openid} next="/settings/sign-in" link /></div>}
      </div>
      <ConfirmDialog
        opened={leaving !== null} onClose={() => setLeaving(null)} title={t("openid_unlink_confirm")} confirm={t("openid_unlink")}
        text={<><Isolate>{leaving && name(leaving)}</Isolate>{": "}{t("passkey_confirm_short")}</>} onConfirm={() => unlink(leaving!)}
      />
    </Section>
  );
}
