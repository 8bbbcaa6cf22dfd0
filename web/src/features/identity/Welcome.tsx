import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client } from "@/api/client";
import type { Language, NewPerson } from "@/api/types";
import { usePreferences } from "@/app/preferences";
import { Button } from "@/ui/Button";
import { Pending } from "@/ui/Pending";
import { Gate } from "./Gate";
import classes from "./identity.module.css";
import { PersonForm, tokenFrom } from "./PersonForm";
import { instanceQuery, meQuery } from "./queries";

const ConnectModel = lazy(() => import("@/features/models/ConnectModel").then((module) => ({ default: module.ConnectModel })));

/** The first run: who owns this place, then which model answers. The second step can wait. */
export function Welcome() {
  const { t } = useTranslation("identity");
  const { data: me } = useQuery(meQuery);
  const { data: instance } = useQuery(instanceQuery);
  const navigate = useNavigate();
  const toChat = () => void navigate({ to: "/", replace: true });

  if (me) {
    return (
      <Gate wide title={t("connect_title")} intro={t("connect_intro")}>
        <Suspense fallback={<Pending />}><ConnectModel onDone={toChat} /></Suspense>
        <p className={classes.aside}><Button variant="subtle" onClick={toChat}>{t("connect_later")}</Button></p>
      </Gate>
    );
  }
  if (instance?.state === "ready") {
    return (
      <Gate title={t("already_set_up")} intro={t("already_set_up_text")}>
        <p className={classes.aside}><Link to="/sign-in">{t("sign_in")}</Link></p>
      </Gate>
    );
  }
  return <OwnerStep />;
}

function OwnerStep() {
  const { t } = useTranslation("identity");
  const cache = useQueryClient();
  const [token] = useState(() => tokenFrom(window.location.hash));
  const setUp = async (person: NewPerson & { token: string }) => {
    const me = await call(client.POST("/auth/setup", { body: person }));
    // The token is spent: it has no place in the history any more.
    window.history.replaceState(window.history.state, "", window.location.pathname);
    cache.setQueryData(["me"], me);
    void cache.invalidateQueries({ queryKey: ["instance"] });
  };
  return (
    <Gate title={t("welcome_title")} intro={t("welcome_intro")}>
      <LanguageChoice />
      <PersonForm token={token} askToken={!token} submit={t("continue")} onSubmit={setUp} />
    </Gate>
  );
}

const LANGUAGES: { value: Language; name: string }[] = [{ value: "en", name: "English" }, { value: "ar", name: "العربية" }];

function LanguageChoice() {
  const { t, i18n } = useTranslation("identity");
  const { apply } = usePreferences();
  return (
    <fieldset className={classes.languages}>
      <legend>{t("language")}</legend>
      {LANGUAGES.map(({ value, name }) => (
        <label key={value} lang={value}>
          <input type="radio" name="language" checked={i18n.language === value} onChange={() => apply({ language: value })} />{name}
        </label>
      ))}
    </fieldset>
  );
}
