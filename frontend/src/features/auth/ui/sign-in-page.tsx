import { Link, useLocation } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { AuthCard } from "./auth-card";
import { SignInForm } from "./sign-in-form";

const t = messages.auth;

export function SignInPage() {
  const { search } = useLocation();
  return (
    <AuthCard heading={t.signInHeading} lead={t.signInLead}>
      <title>{messages.app.title(t.signInTitle)}</title>
      <SignInForm />
      <p className="mt-5 text-center text-[13px]">
        <Link to="/password/forgot" className="font-semibold text-accent hover:underline">
          {t.forgot}
        </Link>
      </p>
      <p className="mt-3 text-center text-[13px] text-ink-3">
        {t.newHere}{" "}
        <Link
          to={{ pathname: "/register", search }}
          className="font-semibold text-accent hover:underline"
        >
          {t.createAccount}
        </Link>
      </p>
    </AuthCard>
  );
}
