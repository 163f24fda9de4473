import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef } from "react";
import { expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/errors";
import { QuickAdd, type QuickTask } from "./quick-add";

type OnAdd = (task: QuickTask) => Promise<unknown>;

function Example({ onAdd, due = null }: { readonly onAdd: OnAdd; readonly due?: string | null }) {
  return <QuickAdd field={useRef(null)} defaultDue={due} onAdd={onAdd} />;
}

const field = () => screen.getByLabelText("Add a task");

test("Enter saves and stays for the next one", async () => {
  const onAdd = vi.fn<OnAdd>(() => Promise.resolve());
  render(<Example onAdd={onAdd} due="2026-11-23" />);
  await userEvent.type(field(), "  Pay rent {Enter}Call home{Enter}");
  expect(onAdd.mock.calls.map(([task]) => task.title)).toEqual(["Pay rent", "Call home"]);
  expect(onAdd).toHaveBeenCalledWith({
    title: "Pay rent",
    priority: "medium",
    due_date: "2026-11-23",
    due_time: null,
  });
  expect(field()).toHaveValue("");
  expect(field()).toHaveFocus();
});

test("nothing but spaces is no task", async () => {
  const onAdd = vi.fn<OnAdd>(() => Promise.resolve());
  render(<Example onAdd={onAdd} />);
  await userEvent.type(field(), "   {Enter}");
  expect(onAdd).not.toHaveBeenCalled();
});

test("a title that is too long is said to be, and not sent", async () => {
  const onAdd = vi.fn<OnAdd>(() => Promise.resolve());
  render(<Example onAdd={onAdd} />);
  await userEvent.click(field());
  await userEvent.paste("x".repeat(201));
  await userEvent.keyboard("{Enter}");
  expect(onAdd).not.toHaveBeenCalled();
  expect(field()).toHaveAccessibleDescription("A title has at most 200 characters.");
});

test("refused text comes back to where it was typed", async () => {
  const errors = [{ pointer: "/title", code: "invalid", detail: "Not that word." }];
  const refused = new ApiError({ title: "", status: 400, code: "validation_error", errors });
  render(<Example onAdd={() => Promise.reject(refused)} />);
  await userEvent.type(field(), "Forbidden{Enter}");
  expect(field()).toHaveValue("Forbidden");
  expect(field()).toHaveAccessibleDescription("Not that word.");
});

test("refused text does not replace the next one being typed", async () => {
  const errors = [{ pointer: "/title", code: "invalid", detail: "Not that word." }];
  const refused = new ApiError({ title: "", status: 400, code: "validation_error", errors });
  let refuse: () => void = () => undefined;
  const held = new Promise<never>((_, reject) => {
    refuse = () => reject(refused);
  });
  render(<Example onAdd={() => held} />);
  await userEvent.type(field(), "Forbidden{Enter}Next");
  refuse();
  await vi.waitFor(() => expect(field()).toHaveAccessibleDescription("Not that word."));
  expect(field()).toHaveValue("Next");
});
