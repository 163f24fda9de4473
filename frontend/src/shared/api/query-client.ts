import { QueryClient } from "@tanstack/react-query";
import { forgetOwn } from "@/shared/lib/own-storage";
import { onForget } from "@/shared/session/session";
import { isTransient } from "./errors";

const MAX_RETRIES = 1;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The socket says what changed; asking again by age would only repeat it.
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < MAX_RETRIES && isTransient(error),
        retryDelay: 600,
      },
    },
  });
}

export const queryClient = createQueryClient();

// Whoever signs in next must not see a row of the last, in whichever tab.
onForget(() => {
  queryClient.clear();
  forgetOwn();
});
