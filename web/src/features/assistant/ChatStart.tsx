import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/features/identity/queries";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Logo } from "@/ui/Logo";
import { Pending } from "@/ui/Pending";
import classes from "./Chat.module.css";
import { commandOf } from "./commands";
import { actionsQuery } from "./queries";

const ConnectModel = lazy(() => import("@/features/models/ConnectModel").then((module) => ({ default: module.ConnectModel })));

interface ChatStartProps {
  noModel: boolean;
  /** The conversation has a title of its own above. */
  titled: boolean;
  onAsk: (text: string) => void;
  /** Puts the beginning of a question into the composer. */
  onStarter: (text: string) => void;
}

/** The empty chat: a greeting, what one can ask and first questions, or how to connect a model and what works without one. */
export function ChatStart({ noModel, titled, onAsk, onStarter }: ChatStartProps) {
  const { t } = useTranslation("assistant");
  const me = useMe();
  const Heading = titled ? "h2" : "h1";
  return (
    <div className={classes.start}>
      <Logo size={36} />
      <Heading>{noModel ? t("no_model_title") : t("greeting", { name: me.name.split(" ")[0] })}</Heading>
      {noModel ? <NoModel onAsk={onAsk} /> : (
        <>
          <p>{t("start_text")}</p>
          <ul className={classes.suggestions}>
            <li><button type="button" onClick={() => onAsk(t("suggest_abilities"))}>{t("suggest_abilities")}</button></li>
            {(["suggest_explain", "suggest_write", "suggest_plan"] as const).map((key) => <li key={key}><button type="button" onClick={() => onStarter(`${t(key)} `)}>{t(key)}</button></li>)}
          </ul>
        </>
      )}
    </div>
  );
}

function NoModel({ onAsk }: { onAsk: (text: string) => void }) {
  const { t } = useTranslation("assistant");
  const cache = useQueryClient();
  const [opened, setOpened] = useState(false);
  const { data: actions = [] } = useQuery(actionsQuery);
  const examples = actions.filter(({ risk, input_schema }) => risk === "read" && !input_schema.required?.length).slice(0, 3);
  const done = () => { setOpened(false); void cache.invalidateQueries({ queryKey: ["models"] }); };
  return (
    <>
      <p>{t("no_model_text")}</p>
      <Button onClick={() => setOpened(true)}>{t("connect_model")}</Button>
      {examples.length > 0 && (
        <ul className={classes.suggestions}>
          {examples.map((action) => <li key={action.name}><button type="button" onClick={() => onAsk(commandOf(action))}><code>{commandOf(action)}</code><span dir="auto">{action.summary}</span></button></li>)}
        </ul>
      )}
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t("connect_model")}>
        <Suspense fallback={<Pending />}><ConnectModel onDone={done} /></Suspense>
      </Dialog>
    </>
  );
}
