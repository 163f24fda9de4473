import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { ApiToken, NewApiToken } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatAgo, formatInstant } from "@/shared/lib/format-date";
import { useStore } from "@/shared/lib/store";
import { sessionStore } from "@/shared/session/session";
import { ConfirmButton } from "@/shared/ui/confirm-button";
import { LoadError } from "@/shared/ui/load-error";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { listTokens, revokeToken } from "../api";
import { SettingsGroup } from "./settings-group";
import { TokenForm } from "./token-form";
import { TokenSecret } from "./token-secret";

const t = messages.settings.tokens;
const KEY = queryKeys.settings.tokens;

export function Settings() {
  const [made, setMade] = useState<NewApiToken | null>(null);
  const onMade = (token: NewApiToken) => {
    setMade(token);
    void refresh();
  };
  return (
    <>
      <SettingsGroup title={t.newTitle} lead={t.newLead}>
        {made && <TokenSecret token={made} onClose={() => setMade(null)} />}
        <TokenForm onMade={onMade} />
      </SettingsGroup>
      <SettingsGroup title={t.listTitle}>
        <TokenList />
      </SettingsGroup>
    </>
  );
}

function refresh(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: KEY });
}

function TokenList() {
  const query = useQuery({ queryKey: KEY, queryFn: listTokens, staleTime: 0 });
  if (!query.data) {
    if (query.error) return <LoadError error={query.error} retry={() => void query.refetch()} />;
    return <SkeletonRows />;
  }
  if (query.data.length === 0) return <p className="text-ink-2">{t.none}</p>;
  return (
    <ul aria-label={t.listTitle} className="border-t border-line">
      {query.data.map((token) => (
        <TokenRow key={token.id} token={token} />
      ))}
    </ul>
  );
}

function TokenRow({ token }: { readonly token: ApiToken }) {
  const zone = useStore(sessionStore).user?.time_zone;
  const { name, scope, expires_at, last_used_at } = token;
  const isOver = expires_at !== null && Date.parse(expires_at) <= Date.now();
  return (
    <li className="flex items-center gap-3 border-b border-line py-3">
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{name}</p>
        <p className="text-[12.5px] text-ink-3">
          {t.scopes[scope]}
          {" · "}
          {expires_at ? t.until(formatInstant(expires_at, zone), isOver) : t.forever}
          {" · "}
          {last_used_at ? t.lastUsed(formatAgo(last_used_at)) : t.neverUsed}
        </p>
      </div>
      <ConfirmButton
        aria-label={t.revokeOf(name)}
        question={{
          title: t.revokeTitle,
          lead: t.revokeLead(name),
          action: t.revoke,
          run: () => revokeToken(token.id).then(refresh),
          doneText: t.revoked(name),
        }}
      >
        {t.revoke}
      </ConfirmButton>
    </li>
  );
}
