import { useQuery } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { Session } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatAgo, formatInstant } from "@/shared/lib/format-date";
import { useStore } from "@/shared/lib/store";
import { sessionStore } from "@/shared/session/session";
import { ConfirmButton } from "@/shared/ui/confirm-button";
import { LoadError } from "@/shared/ui/load-error";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { endOneSession, endOtherSessions, listSessions } from "../api";
import { deviceOf } from "../model/device";

const t = messages.settings.sessions;
const KEY = queryKeys.settings.sessions;

export function Settings() {
  // Signing in elsewhere happens all the time; the list must never look older than that.
  const query = useQuery({ queryKey: KEY, queryFn: listSessions, staleTime: 0 });
  if (!query.data) {
    if (query.error) return <LoadError error={query.error} retry={() => void query.refetch()} />;
    return <SkeletonRows />;
  }
  const others = query.data.filter((session) => !session.is_current).length;
  return (
    <>
      <ul aria-label={t.listLabel} className="border-t border-line">
        {query.data.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {others > 0 ? <EndOthers count={others} /> : <p className="mt-4 text-ink-2">{t.onlyThis}</p>}
    </>
  );
}

function EndOthers({ count }: { readonly count: number }) {
  return (
    <ConfirmButton
      variant="danger"
      className="mt-5"
      question={{
        title: t.endOthersTitle,
        lead: t.endOthersLead(count),
        action: t.endOthers,
        run: () => endOtherSessions().then(refresh),
        doneText: t.endedOthers,
      }}
    >
      {t.endOthers}
    </ConfirmButton>
  );
}

function SessionRow({ session }: { readonly session: Session }) {
  const { browser, system, isHandheld } = deviceOf(session.user_agent);
  const name = t.device(browser, system);
  const Icon = isHandheld ? Smartphone : Monitor;
  return (
    <li className="flex items-center gap-3.5 border-b border-line py-3">
      <Icon className="size-5 shrink-0 text-ink-3" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 font-medium" title={session.user_agent}>
          {name}
          {session.is_current && (
            <span className="rounded-md bg-soft px-2 py-0.5 text-[12px] font-semibold text-accent">
              {t.current}
            </span>
          )}
        </p>
        <SessionFacts session={session} />
      </div>
      {!session.is_current && (
        <ConfirmButton
          aria-label={t.endOf(name)}
          question={{
            title: t.endTitle,
            lead: t.endLead(name),
            action: t.end,
            run: () => endOneSession(session.id).then(refresh),
            doneText: t.ended(name),
          }}
        >
          {t.end}
        </ConfirmButton>
      )}
    </li>
  );
}

function SessionFacts({ session }: { readonly session: Session }) {
  const zone = useStore(sessionStore).user?.time_zone;
  const { ip_address, created_at, last_used_at } = session;
  return (
    <p className="text-[12.5px] text-ink-3">
      {ip_address && <>{ip_address} · </>}
      {t.since(formatInstant(created_at, zone))}
      {!session.is_current && <> · {t.lastUsed(formatAgo(last_used_at))}</>}
    </p>
  );
}

function refresh(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: KEY });
}
