import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client, sentence } from "@/api/client";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

interface OpenIdButtonProps { name: string; /** Where to go afterwards. */ next?: string; /** The token of a link to join with. */ invitation?: string; /** Link it to the account that is signed in. */ link?: boolean }

/** Leaves for the provider's page, in this window. */
export function OpenIdButton({ name, next = "/", invitation, link }: OpenIdButtonProps) {
  const { t } = useTranslation("identity");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const go = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const body = { next, invitation: invitation || null };
      const { url } = await call(link ? client.POST("/me/openid/start", { body }) : client.POST("/auth/openid/start", { body }));
      window.location.assign(url);
    } catch (error) {
      setFailure(sentence(error));
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="default" block={!link} loading={busy} onClick={() => void go()}>{t(link ? "openid_link" : invitation ? "openid_join" : "openid_sign_in", { name })}</Button>
      {failure && <Notice tone="bad">{failure}</Notice>}
    </>
  );
}
