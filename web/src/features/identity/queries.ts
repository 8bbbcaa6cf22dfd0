import { queryOptions, useQuery } from "@tanstack/react-query";
import { ApiError, call, client } from "@/api/client";
import { pagedQuery } from "@/api/query";
import type { Me } from "@/api/types";

/** Who is signed in, or null. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  staleTime: 5 * 60_000,
  queryFn: async (): Promise<Me | null> => {
    try {
      return await call(client.GET("/me"));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

export const instanceQuery = queryOptions({
  queryKey: ["instance"],
  staleTime: 60_000,
  queryFn: () => call(client.GET("/instance")),
});

export const secondFactorQuery = queryOptions({ queryKey: ["second-factor"], queryFn: () => call(client.GET("/me/second-factor")) });
export const openIdLinksQuery = queryOptions({ queryKey: ["openid-links"], queryFn: async () => (await call(client.GET("/me/openid"))).items });
export const openIdProviderQuery = queryOptions({ queryKey: ["openid-provider"], queryFn: () => call(client.GET("/instance/openid")) });
/** Asked anew each time: what one can confirm with may have changed a moment ago. */
export const confirmationQuery = queryOptions({ queryKey: ["confirmation"], gcTime: 0, staleTime: 0, queryFn: () => call(client.GET("/me/confirmation")) });
export const passkeysQuery = pagedQuery(["passkeys"], (cursor) => call(client.GET("/me/passkeys", { params: { query: { cursor } } })));

/** The person signed in. Only for screens under the app layout, which waits for it. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error("useMe outside the signed-in layout");
  return data;
}
