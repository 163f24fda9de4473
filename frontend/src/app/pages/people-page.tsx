import { PeopleView } from "@/features/people/ui/people-view";
import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { sessionStore } from "@/shared/session/session";
import { NotFoundPage } from "../not-found-page";
import { PageFrame } from "./page-frame";

/** Of everybody's accounts: a member learns no more than that there is nothing here. */
export function PeoplePage() {
  const { user } = useStore(sessionStore);
  if (!user || user.role === "member") return <NotFoundPage />;
  const { title, leadAdmin, leadStaff } = messages.people;
  return (
    <PageFrame title={title} lead={user.role === "admin" ? leadAdmin : leadStaff}>
      <PeopleView me={user} />
    </PageFrame>
  );
}
