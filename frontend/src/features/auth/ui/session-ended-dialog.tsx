import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { sessionStore, signOut } from "@/shared/session/session";
import { Button } from "@/shared/ui/button";
import { Sheet } from "@/shared/ui/sheet";
import { SignInForm } from "./sign-in-form";

const t = messages.auth;

/** Over the page, not instead of it: what was being typed stays underneath. */
export function SessionEndedDialog() {
  const { user } = useStore(sessionStore);
  if (!user) return null;
  return (
    <Sheet label={t.endedTitle} place="center" isModalOnly onClose={() => undefined}>
      <div className="p-6">
        <h2 className="text-lg font-semibold">{t.endedTitle}</h2>
        <p className="mt-1 mb-5 text-ink-2">{t.endedLead(user.username)}</p>
        <SignInForm username={user.username} />
        <Button variant="ghost" className="mt-3 w-full" onClick={() => void signOut()}>
          {t.someoneElse}
        </Button>
      </div>
    </Sheet>
  );
}
