import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { NewPerson } from "@/api/types";
import { Gate } from "./Gate";
import classes from "./identity.module.css";
import { OpenIdButton } from "./OpenIdButton";
import { PersonForm, tokenFrom } from "./PersonForm";
import { instanceQuery } from "./queries";

/** `/join#TOKEN`: the token stays in the fragment, which browsers never send. Without one, an open instance signs people up. */
export function Join() {
  const { t } = useTranslation("identity");
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [token] = useState(() => tokenFrom(window.location.hash));
  const { data: instance } = useQuery(instanceQuery);
  const open = !token && instance?.sign_up === "open";
  const join = async ({ token, ...person }: NewPerson & { token: string }) => {
    const me = await call(open ? client.POST("/auth/sign-up", { body: person }) : client.POST("/auth/accept-invitation", { body: { ...person, token } }));
    cache.setQueryData(["me"], me);
    await navigate({ to: "/", replace: true });
  };
  return (
    <Gate title={t("join_title")} intro={t("join_intro", { name: instance?.name ?? "Gitu" })}>
      <PersonForm key={String(open)} token={token} askToken={!token && !open} submit={t("join")} onSubmit={join} />
      {instance?.openid && (token || open) && <div className={classes.otherWays}><OpenIdButton name={instance.openid} invitation={token} /></div>}
      <p className={classes.aside}>{t("have_account")} <Link to="/sign-in">{t("sign_in")}</Link></p>
    </Gate>
  );
}
