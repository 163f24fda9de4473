import { QueryClientProvider, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { Suspense, useEffect } from "react";
import { Outlet, ScrollRestoration } from "react-router";
import { SessionGuard } from "@/features/auth/ui/session-guard";
import { completedTasksQuery, type LoadState, openTasksQuery } from "@/features/tasks/model/load";
import { ConflictHost } from "@/features/tasks/ui/conflict-host";
import { keepEarlyKeys } from "@/shared/actions/early-keys";
import { queryClient } from "@/shared/api/query-client";
import { messages } from "@/shared/i18n/messages";
import { importWithRetry } from "@/shared/lib/import-with-retry";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { useStore } from "@/shared/lib/store";
import { PHONE, useMediaQuery } from "@/shared/lib/use-media-query";
import { usePainted } from "@/shared/lib/use-painted";
import { sessionStore } from "@/shared/session/session";
import { BottomBar } from "./bottom-bar";
import { OfflineBanner } from "./offline-banner";
import { QuickAddHost } from "./quick-add-host";
import { SideNav } from "./side-nav";

const Late = lazyWithRetry(() => import("./late").then((module) => module.Late));

export function AppLayout() {
  const { user } = useStore(sessionStore);
  // Between signing out and the sign-in page there must be no frame with old rows.
  if (!user) return null;
  // Another person in the same tab starts from nothing: no state of the last survives.
  return (
    <QueryClientProvider key={user.id} client={queryClient}>
      <QuickAddHost />
      <Shell />
      <SessionGuard />
      <ConflictHost />
      <ScrollRestoration getKey={(location) => location.pathname} />
    </QueryClientProvider>
  );
}

function Shell() {
  const isShown = useFirstTasks();
  useLiveData(isShown);
  useEffect(keepEarlyKeys, []);
  const isPhone = useMediaQuery(PHONE);
  return (
    <>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 font-semibold text-on-accent focus:translate-y-0"
      >
        {messages.app.skip}
      </a>
      <div className="flex min-h-dvh phone:pb-[calc(62px+env(safe-area-inset-bottom))]">
        {!isPhone && <SideNav />}
        <div className="flex min-w-0 flex-1 flex-col">
          <OfflineBanner />
          <div className="flex min-w-0 flex-1">
            <Outlet />
          </div>
        </div>
      </div>
      {isPhone && <BottomBar />}
      {isShown && (
        <Suspense fallback={null}>
          <Late />
        </Suspense>
      )}
    </>
  );
}

/** Whether the first tasks have been painted. */
function useFirstTasks(): boolean {
  // The navigation counts on every page, so the open tasks are loaded on every page.
  const open = useQuery(openTasksQuery);
  const completed = useQuery({ ...completedTasksQuery, enabled: false });
  return usePainted(!isFirstComing(open) && !isFirstComing(completed));
}

function isFirstComing({ data, fetchStatus }: UseQueryResult<LoadState>): boolean {
  return data === undefined && fetchStatus !== "idle";
}

/** The socket, and what follows it, for as long as somebody is signed in. */
function useLiveData(isShown: boolean): void {
  useEffect(() => {
    if (!isShown) return;
    let stop: (() => void) | null = null;
    let isOver = false;
    const start = ({ startLive }: typeof import("./live")) => {
      if (!isOver) stop = startLive();
    };
    importWithRetry(() => import("./live")).then(start, () => undefined);
    return () => {
      isOver = true;
      stop?.();
    };
  }, [isShown]);
}
