import { Outlet, useLocation } from "react-router";
import { sectionOf } from "@/features/settings/model/sections";
import { SettingsNav } from "@/features/settings/ui/settings-nav";
import { messages } from "@/shared/i18n/messages";
import { PageFrame } from "./page-frame";

export function SettingsPage() {
  const section = sectionOf(useLocation().pathname);
  const { title, lead } = messages.settings.sections[section];
  return (
    <PageFrame title={title} lead={lead} beside={<SettingsNav current={section} />}>
      <div className="mt-6 pb-10">
        <Outlet />
      </div>
    </PageFrame>
  );
}
