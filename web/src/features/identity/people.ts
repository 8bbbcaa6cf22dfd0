import { queryOptions } from "@tanstack/react-query";
import { call, client } from "@/api/client";
import { everyItem } from "@/api/query";

/** Everyone with an account here, for those who may see them. */
export const peopleQuery = queryOptions({ queryKey: ["users", "all"], queryFn: () => everyItem((cursor) => call(client.GET("/users", { params: { query: { cursor, limit: 100 } } }))) });
