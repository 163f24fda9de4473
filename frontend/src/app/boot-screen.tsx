import { messages } from "@/shared/i18n/messages";
import { Logo } from "@/shared/ui/logo";

/** The same as the static shell in index.html, so that nothing jumps when React takes over. */
export function BootScreen() {
  return (
    <div className="boot">
      <Logo />
      <p>{messages.app.name}</p>
    </div>
  );
}
