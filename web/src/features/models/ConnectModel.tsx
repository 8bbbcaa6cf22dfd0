import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { HardDrive, KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, client, sentence } from "@/api/client";
import type { Connection, ConnectionCreate, ConnectionTest, DiscoveredModel, Provider } from "@/api/types";
import { Num } from "@/ui/Bidi";
import { Button } from "@/ui/Button";
import { Check, SelectField } from "@/ui/Choice";
import { PasswordField, TextField } from "@/ui/Field";
import { Form } from "@/ui/Form";
import { Notice } from "@/ui/Notice";
import { useMay } from "@/ui/Need";
import { Row } from "@/ui/List";
import list from "@/ui/List.module.css";
import { BedrockKey, isWhole } from "./BedrockKey";
import classes from "./ConnectModel.module.css";
import { defaultsQuery, discoveredQuery, instanceDefaultsQuery, modelsQuery } from "./queries";

export const PROVIDERS: { value: Provider; label: string; keyHint?: string }[] = [
  { value: "openai", label: "OpenAI", keyHint: "sk-…" },
  { value: "anthropic", label: "Anthropic", keyHint: "sk-ant-…" },
  { value: "google", label: "Google Gemini", keyHint: "AIza…" },
  { value: "mistral", label: "Mistral" },
  { value: "groq", label: "Groq", keyHint: "gsk_…" },
  { value: "openrouter", label: "OpenRouter", keyHint: "sk-or-…" },
  { value: "bedrock", label: "Amazon Bedrock" },
  { value: "openai_compatible", label: "OpenAI-compatible URL" },
];

/** A region of AWS by its name, or an address. */
export const isPlace = (text: string) => /^([a-z]{2,4}(-[a-z]+)+-\d+|https?:\/\/\S+)$/.test(text.trim());

interface ConnectModelProps {
  /** Called once a model answers and is the default, or the person goes on without choosing. */
  onDone: (connection: Connection) => void;
  submit?: string;
}

/** Connects a model: what was found on this machine, or a provider with a key or URL; tests it; chooses the default. */
export function ConnectModel({ onDone }: ConnectModelProps) {
  const cache = useQueryClient();
  const may = useMay();
  const [connected, setConnected] = useState<{ connection: Connection; test: ConnectionTest } | null>(null);

  const test = async (connection: Connection): Promise<ConnectionTest> => {
    const result = await call(client.POST("/models/connections/{connection_id}/test", { params: { path: { connection_id: connection.id } } }));
    await cache.invalidateQueries({ queryKey: ["models"] });
    if (result.ok) setConnected({ connection, test: result });
    return result;
  };

  if (connected) return <ChooseDefault {...connected} onDone={() => onDone(connected.connection)} />;
  return (
    <div className={classes.connect}>
      {may("models:share") && <Discovered test={test} />}
      <ProviderForm test={test} />
    </div>
  );
}

type TestIt = (connection: Connection) => Promise<ConnectionTest>;

function Discovered({ test }: { test: TestIt }) {
  const { t } = useTranslation("models");
  const { data: offers = [] } = useQuery(discoveredQuery);
  const [busy, setBusy] = useState<DiscoveredModel | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  if (offers.length === 0) return null;

  const adopt = async (offer: DiscoveredModel) => {
    setBusy(offer);
    setFailure(null);
    try {
      const connection = await call(client.POST("/models/discovered/adopt", { body: { provider: offer.provider, base_url: offer.base_url, source: offer.source } }));
      const result = await test(connection);
      if (!result.ok) setFailure(result.error?.detail ?? t("test_failed"));
    } catch (error) {
      setFailure(sentence(error));
    } finally {
      setBusy(null);
    }
  };
  return (
    <section>
      <h2 className={classes.title}>{t("found")}</h2>
      <ul className={list.list} aria-label={t("found")}>
        {offers.map((offer) => (
          <li key={`${offer.source}-${offer.provider}-${offer.base_url}`} className={list.row}>
            <Row
              icon={offer.source === "local" ? <HardDrive size={18} aria-hidden /> : <KeyRound size={18} aria-hidden />}
              title={offer.name}
              detail={<>
                <span>{offer.source === "local" ? <Num>{offer.base_url}</Num> : <>{t("from_environment")} <Num>{offer.variable}</Num></>}</span>
                {offer.models.length > 0 && <span>{t("model_count", { count: offer.models.length })}</span>}
              </>}
              actions={<Button variant="default" loading={busy === offer} disabled={busy !== null && busy !== offer} onClick={() => void adopt(offer)}>{t("connect")}</Button>}
            />
          </li>
        ))}
      </ul>
      {failure && <Notice tone="bad">{failure}</Notice>}
      <p className={classes.or}>{t("or_provider")}</p>
    </section>
  );
}

function ProviderForm({ test }: { test: TestIt }) {
  const { t } = useTranslation("models");
  const [failed, setFailed] = useState<{ connection: Connection; reason: string } | null>(null);
  const share = useMay()("models:share");
  const form = useForm({
    initialValues: { provider: "openai" as Provider, base_url: "", api_key: "", shared: share },
    validate: {
      base_url: (value, { provider }) => {
        if (provider === "bedrock") return isPlace(value) ? null : t("region_invalid");
        return provider === "openai_compatible" && !/^https?:\/\/\S+$/.test(value.trim()) ? t("url_invalid") : null;
      },
      api_key: (value, { provider }) => (provider === "openai_compatible" || (value.trim() && (provider !== "bedrock" || isWhole(value))) ? null : t("key_missing")),
    },
  });
  const { provider } = form.values;
  const own = provider === "openai_compatible";
  const bedrock = provider === "bedrock";
  const known = PROVIDERS.find(({ value }) => value === provider)!;

  const connect = async (values: typeof form.values) => {
    setFailed(null);
    const place = values.base_url.trim();
    const name = own ? new URL(place).host : bedrock ? `${known.label} (${place.startsWith("http") ? new URL(place).host : place})` : known.label;
    const body: Omit<ConnectionCreate, "provider"> = { name, shared: values.shared };
    if (place) body.base_url = place;
    if (values.api_key.trim()) body.api_key = values.api_key.trim();
    // A second try mends the connection that failed, rather than leaving a broken one behind.
    const connection = failed && failed.connection.provider === provider
      ? await call(client.PATCH("/models/connections/{connection_id}", { params: { path: { connection_id: failed.connection.id } }, body }))
      : await call(client.POST("/models/connections", { body: { ...body, provider } }));
    const result = await test(connection);
    if (!result.ok) setFailed({ connection, reason: result.error?.detail ?? t("test_failed") });
  };
  return (
    <Form form={form} submit={t("connect_and_test")} onSubmit={connect}>
      <SelectField
        label={t("provider")} options={PROVIDERS.map(({ value, label }) => ({ value, label: value === "openai_compatible" ? t("own_url") : label }))}
        value={provider} onChange={(value) => form.setValues({ provider: value as Provider, base_url: "", api_key: "" })}
      />
      {own && <TextField label={t("url")} description={t("url_hint")} placeholder="http://127.0.0.1:11434/v1" dir="ltr" inputMode="url" spellCheck={false} {...form.getInputProps("base_url")} />}
      {bedrock && <TextField label={t("region")} description={t("region_hint")} placeholder="eu-central-1" dir="ltr" spellCheck={false} {...form.getInputProps("base_url")} />}
      {bedrock ? <BedrockKey label={t("key")} description={t("key_hint")} value={form.values.api_key} error={form.errors.api_key} onChange={(key) => form.setFieldValue("api_key", key)} /> : (
        <PasswordField
          label={own ? t("key_optional") : t("key")} description={t("key_hint")} placeholder={known.keyHint} autoComplete="off"
          revealLabel={t("show_key")} {...form.getInputProps("api_key")}
        />
      )}
      {share && <Check label={t("share_with_all")} checked={form.values.shared} onChange={(shared) => form.setFieldValue("shared", shared)} />}
      {failed && <Notice tone="bad" title={t("test_failed")}>{failed.reason}</Notice>}
    </Form>
  );
}

function ChooseDefault({ connection, test, onDone }: { connection: Connection; test: ConnectionTest; onDone: () => void }) {
  const { t } = useTranslation("models");
  const cache = useQueryClient();
  const { data: models = [] } = useQuery(modelsQuery);
  const own = models.filter((model) => model.connection_id === connection.id);
  const form = useForm({ initialValues: { model: "" } });
  const chosen = form.values.model || own[0]?.id || "";
  const save = async () => {
    // What everyone may use becomes everyone's default; what is one's own, one's own default.
    const before = await cache.ensureQueryData(connection.shared ? instanceDefaultsQuery : defaultsQuery);
    const fallbacks = before.fallbacks.filter((id) => id !== chosen);
    if (chosen) await call(client.PUT("/models/defaults", { body: { default: chosen, fallbacks, ...(connection.shared && { instance: true }) } }));
    await cache.invalidateQueries({ queryKey: defaultsQuery.queryKey });
    onDone();
  };
  return (
    <div className={classes.connect}>
      <Notice tone="good" title={t("connected", { name: connection.name })}>
        {t("model_count", { count: test.models.length })} · <Num>{Math.round(test.latency_ms)} ms</Num>
      </Notice>
      <Form form={form} submit={t("use_model")} onSubmit={save}>
        <SelectField label={t("default_model")} description={t("default_hint")} options={own.map((model) => ({ value: model.id, label: model.name }))} value={chosen} onChange={(model) => form.setFieldValue("model", model)} />
      </Form>
    </div>
  );
}
