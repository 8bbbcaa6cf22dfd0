import { queryClient } from "@/api/query";

let leaving = false;

/** Goes to the sign-in screen and then forgets all that was seen: the screens that go need it until they are gone. */
export async function leave(toSignIn: () => Promise<void>): Promise<void> {
  if (leaving) return;
  leaving = true;
  try {
    await toSignIn();
    queryClient.clear();
  } finally {
    leaving = false;
  }
}
