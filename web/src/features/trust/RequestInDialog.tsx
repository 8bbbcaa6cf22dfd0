import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { ErrorState } from "@/ui/ErrorState";
import { ListSkeleton } from "@/ui/List";
import classes from "./Request.module.css";
import { RequestCard } from "./RequestCard";
import { approvalQuery } from "./queries";

/** The card of one request in a window of its own; it goes with the answer. */
export function RequestInDialog({ approvalId, onClose }: { approvalId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery(approvalQuery(approvalId));
  return (
    <div className={classes.inDialog}>
      {query.isPending && <ListSkeleton rows={1} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <RequestCard approval={query.data} onDecided={onClose} />}
      <div><Button variant="subtle" onClick={onClose} data-autofocus>{t("waiting.later")}</Button></div>
    </div>
  );
}
