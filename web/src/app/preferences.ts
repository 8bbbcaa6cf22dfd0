/** Language and theme: applied at once, remembered on the device, saved on the account when signed in. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { call, client } from "@/api/client";
import type { Me, Preferences } from "@/api/types";
import { setTheme, useTheme } from "@/theme/scheme";
import { currentLanguage, setLanguage } from "./i18n";

export function usePreferences() {
  const cache = useQueryClient();
  const theme = useTheme();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (changes: Partial<Preferences>) => call(client.PATCH("/me/preferences", { body: changes })),
    onSuccess: (me) => cache.setQueryData(["me"], me),
  });
  /** `save: false` only shows the change, as when the account's own choice is taken over. */
  const apply = useCallback((changes: Partial<Preferences>, { save = true } = {}) => {
    if (changes.language) {
      const other = changes.language !== currentLanguage();
      // Some of what was read of models is written by the server, in the language it was asked in.
      void setLanguage(changes.language).then(() => (other ? cache.invalidateQueries({ queryKey: ["models"] }) : undefined));
    }
    if (changes.theme) setTheme(changes.theme);
    if (save && cache.getQueryData<Me | null>(["me"])) mutate(changes);
  }, [cache, mutate]);
  return { theme, apply, saving: isPending, error };
}
