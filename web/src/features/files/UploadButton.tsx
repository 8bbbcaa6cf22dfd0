import { useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { toastDone, toastError } from "@/ui/toast";
import { PathText } from "./Diff";
import { below, upload } from "./queries";

/** Sends files from the person's device into the open folder; asks before it replaces one. */
export function UploadButton({ folder, path }: { folder: string | undefined; path: string | undefined }) {
  const { t } = useTranslation("files");
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState<File[]>([]);
  const send = async (files: File[]) => {
    setBusy(true);
    const there: File[] = [];
    for (const file of files) {
      try {
        await upload(folder, below(path, file.name), file, false);
        toastDone(t("uploaded", { name: file.name }));
      } catch (error) {
        if (error instanceof ApiError && error.code === "files.path_taken") there.push(file);
        else toastError(error);
      }
    }
    setBusy(false);
    setTaken(there);
    await cache.invalidateQueries({ queryKey: ["files"] });
  };
  const replace = async () => {
    for (const file of taken) await upload(folder, below(path, file.name), file, true);
    setTaken([]);
    await cache.invalidateQueries({ queryKey: ["files"] });
    toastDone(t("replaced"));
  };
  return (
    <>
      <Button icon={<Upload size={16} aria-hidden />} loading={busy} onClick={() => input.current?.click()}>{t("upload")}</Button>
      <input
        ref={input} type="file" multiple hidden aria-label={t("upload")}
        onChange={(event) => { const files = [...(event.currentTarget.files ?? [])]; event.currentTarget.value = ""; void send(files); }}
      />
      <ConfirmDialog
        opened={taken.length > 0} onClose={() => setTaken([])} title={t("replace_title")} confirm={t("replace")} onConfirm={replace}
        text={<>{t("replace_text")}<ul>{taken.map((file) => <li key={file.name}><PathText>{file.name}</PathText></li>)}</ul></>}
      />
    </>
  );
}
