import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, expect, test, vi } from "vitest";
import { sessionStore, signOut } from "@/shared/session/session";
import { makeAnswer } from "@/test/factories";
import { problem } from "@/test/problems";
import { server } from "@/test/server";
import { RegisterForm } from "./register-form";
import { SignInForm } from "./sign-in-form";

const REGISTER = "*/api/auth/register/";
const TOKEN = "*/api/auth/token/";

afterEach(async () => {
  server.use(http.post("*/api/auth/logout/", () => new HttpResponse(null, { status: 204 })));
  await signOut();
});

async function fillRegistration(): Promise<void> {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("Username"), "ada");
  await user.type(screen.getByLabelText("E-mail"), "ada@example.org");
  await user.type(screen.getByLabelText("Password"), "correct horse");
  await user.click(screen.getByRole("button", { name: "Create account" }));
}

test("registering sends the browser's time zone and signs in", async () => {
  let sent: unknown;
  server.use(
    http.post(REGISTER, async ({ request }) => {
      sent = await request.json();
      expect(request.headers.get("X-Auth-Mode")).toBe("cookie");
      return HttpResponse.json(makeAnswer("access"), { status: 201 });
    }),
  );
  render(<RegisterForm />);
  await fillRegistration();
  await vi.waitFor(() => expect(sessionStore.get().status).toBe("active"));
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(sent).toMatchObject({ username: "ada", email: "ada@example.org", time_zone });
});

test("the API's complaints stand at their fields, the first one focused", async () => {
  const errors = [
    { pointer: "/username", code: "unique", detail: "Somebody has this name." },
    { pointer: "/password", code: "invalid", detail: "Too common." },
  ];
  server.use(http.post(REGISTER, () => problem(400, "validation_error", { errors })));
  render(<RegisterForm />);
  await fillRegistration();
  const username = screen.getByLabelText("Username");
  await vi.waitFor(() => expect(username).toHaveAccessibleDescription("Somebody has this name."));
  expect(username).toBeInvalid();
  expect(username).toHaveFocus();
  expect(screen.getByLabelText("Password")).toHaveAccessibleDescription("Too common.");
  expect(screen.getByLabelText("E-mail")).toBeValid();
});

test("nothing is sent while something is missing", async () => {
  render(<RegisterForm />);
  await userEvent.click(screen.getByRole("button", { name: "Create account" }));
  expect(await screen.findByText("Choose a username.")).toBeVisible();
});

test("a password is masked, can be shown, pasted, and kept by a password manager", async () => {
  const user = userEvent.setup();
  render(<SignInForm />);
  const field = screen.getByLabelText("Password");
  expect(field).toHaveAttribute("type", "password");
  expect(field).toHaveAttribute("autocomplete", "current-password");
  await user.click(field);
  await user.paste("correct horse");
  expect(field).toHaveValue("correct horse");
  await user.click(screen.getByRole("button", { name: "Show password" }));
  expect(field).toHaveAttribute("type", "text");
});

test.each([
  [401, "invalid_credentials", "don’t match"],
  [429, "throttled", "Too many tries"],
  [503, "service_unavailable", "server had a problem"],
])("signing in answered by %i says what to do", async (status, code, words) => {
  server.use(http.post(TOKEN, () => problem(status, code)));
  render(<SignInForm />);
  await userEvent.type(screen.getByLabelText("Username or e-mail"), "ada");
  await userEvent.type(screen.getByLabelText("Password"), "wrong");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  await vi.waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent(words));
  expect(sessionStore.get().status).not.toBe("active");
});
