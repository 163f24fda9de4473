import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { sessionStore } from "@/shared/session/session";
import { EmailForm } from "./email-form";
import { ProfileForm } from "./profile-form";
import { SettingsGroup } from "./settings-group";

const t = messages.settings.profile;

export function Settings() {
  const { user } = useStore(sessionStore);
  if (!user) return null;
  return (
    <>
      <SettingsGroup title={t.you}>
        <ProfileForm user={user} />
      </SettingsGroup>
      <SettingsGroup title={t.emailTitle} lead={t.emailLead}>
        <EmailForm user={user} />
      </SettingsGroup>
    </>
  );
}
