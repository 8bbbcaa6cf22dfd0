import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { sentence } from "@/api/client";
import { RequestCard } from "@/features/trust/RequestCard";
import { approvalQuery } from "@/features/trust/queries";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { useTranslation } from "react-i18next";
import { refreshNewest } from "./messages";

/** The request that a call in this conversation waits for. */
export function ApprovalCard({ approvalId }: { approvalId: string }) {
  const { t } = useTranslation("assistant");
  const cache = useQueryClient();
  const { sessionId } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(approvalQuery(approvalId));
  if (error) return <Notice tone="bad" actions={<Button variant="default" onClick={() => void refetch()}>{t("common:retry")}</Button>}>{sentence(error)}</Notice>;
  if (!data) return null;
  return <RequestCard approval={data} calling onDecided={() => { if (sessionId) void refreshNewest(cache, sessionId).catch(() => undefined); }} />;
}
