import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Navigate, useRouter, useSearch } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client, sentence } from "@/api/client";
import type { Me, WaitingStep } from "@/api/types";
import { Button } from "@/ui/Button";
import { PasswordField, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Notice } from "@/ui/Notice";
import { CodeStep } from "./CodeStep";
import { Gate } from "./Gate";
import classes from "./identity.module.css";
import { OpenIdButton } from "./OpenIdButton";
import { askPasskey, passkeysWork } from "./passkey";
import { instanceQuery } from "./queries";

const PROBLEMS = new Set(["auth.openid_cancelled", "auth.sign_up_closed", "auth.openid_state", "auth.openid_taken", "auth.provider_failed", "auth.link_invalid"]);

/** What an OpenID provider's page led back with, in the fragment: a second step, or what went wrong. */
function whatCameBack(): { step?: string; problem?: string } {
  const [name, value] = window.location.hash.slice(1).split("=");
  return value && (name === "step" || name === "problem") ? { [name]: value } : {};
}

/** By name and password, then a code where one is set up; or by a passkey alone. */
export function SignIn() {
  const { t } = useTranslation("identity");
  const router = useRouter();
  const cache = useQueryClient();
  const { next } = useSearch({ from: "/sign-in" });
  const { data: instance } = useQuery(instanceQuery);
  const [back] = useState(whatCameBack);
  const [step, setStep] = useState<{ ticket: string } | null>(back.step ? { ticket: back.step } : null);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { login: "", password: "" },
    validate: { login: (value) => (value.trim() ? null : t("login_missing")), password: (value) => (value ? null : t("password_missing")) },
  });
  // It leaves the address once the screen stands; before that, this may be drawn anew.
  useEffect(() => { if (window.location.hash) window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search); }, []);
  if (instance?.state === "owner_needed") return <Navigate to="/welcome" replace />;

  const signedIn = (me: Me) => {
    cache.setQueryData(["me"], me);
    router.history.replace(next ?? "/");
  };
  const signIn = async ({ login, password }: { login: string; password: string }) => {
    const answer: Me | WaitingStep = await call(client.POST("/auth/sign-in", { body: { login: login.trim(), password } }));
    if ("ticket" in answer) setStep(answer);
    else signedIn(answer);
  };
  if (step) return <CodeStep ticket={step.ticket} onSigned={signedIn} onBack={() => setStep(null)} />;
  return (
    <Gate title={t("sign_in")} intro={instance && instance.name !== "Gitu" ? <bdi>{instance.name}</bdi> : undefined}>
      {back.problem && <Notice tone="bad">{t(`problem.${PROBLEMS.has(back.problem) ? back.problem.replace("auth.", "") : "other"}`)}</Notice>}
      <Form form={form} onSubmit={signIn} submit={t("sign_in")} block>
        <TextField label={t("login")} name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus key={form.key("login")} {...form.getInputProps("login")} />
        <PasswordField label={t("password")} name="password" autoComplete="current-password" revealLabel={t("show_password")} key={form.key("password")} {...form.getInputProps("password")} />
      </Form>
      {(passkeysWork() || instance?.openid) && (
        <div className={classes.otherWays}>
          {passkeysWork() && <PasskeyButton onSigned={signedIn} />}
          {instance?.openid && <OpenIdButton name={instance.openid} next={next} />}
        </div>
      )}
      <p className={classes.aside}>
        {instance?.sign_up === "open" ? <Link to="/join">{t("create_account")}</Link> : t("by_invitation")}
      </p>
      <p className={classes.aside}><Link to="/privacy">{t("privacy")}</Link></p>
    </Gate>
  );
}

function PasskeyButton({ onSigned }: { onSigned: (me: Me) => void }) {
  const { t } = useTranslation("identity");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const signIn = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const { ticket, options } = await call(client.POST("/auth/passkey/options"));
      const credential = await askPasskey(options);
      if (credential) onSigned(await call(client.POST("/auth/passkey", { body: { ticket, credential } })));
    } catch (error) {
      setFailure(sentence(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="default" block loading={busy} icon={<KeyRound size={16} aria-hidden />} onClick={() => void signIn()}>{t("with_passkey")}</Button>
      {failure && <Notice tone="bad">{failure}</Notice>}
    </>
  );
}
