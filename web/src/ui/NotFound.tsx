import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "./EmptyState";

export function NotFound() {
  const { t } = useTranslation();
  return <EmptyState heading="h1" icon={Compass} title={t("not_found.title")} text={t("not_found.text")} action={<Link to="/">{t("not_found.home")}</Link>} />;
}
