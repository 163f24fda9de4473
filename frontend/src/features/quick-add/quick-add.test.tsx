import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef } from "react";
import { expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/errors";
import { QuickAdd, type QuickTask } from "./quick-add";

type OnAdd = (task: QuickTask) => Promise<unknown>;

function Example({ onAdd, due = null }: { readonly onAdd: OnAdd; readonly due?: string | null }) {
  return (
    <QuickAdd field={useRef(null)} defaultDue={due} onAdd={onAdd} onAddMany={async () => []} />
  );
}

const field = () => screen.getByLabelText("Add a task");

test("Enter saves and stays for the next one", async () => {
  const onAdd = vi.fn<OnAdd>(() => Promise.resolve());
  render(<Example onAdd={onAdd} due="2026-11-23" />);
  await userEvent.type(field(), "  Pay rent {Enter}Call home{Enter}");
  await vi.waitFor(() =>
    expect(onAdd.mock.calls.map(([task]) => task.title)).toEqual(["Pay rent", "Call home"]),
  );
  expect(onAdd).toHaveBeenCalledWith({
    title: "Pay rent",
    priority: "medium",
    due_date: "2026-11-23",
    due_time: null,
    labels: [],
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

test("what was understood shows before it is saved, and is saved", async () => {
  const onAdd = vi.fn<OnAdd>(() => Promise.resolve());
  render(<Example onAdd={onAdd} />);
  await userEvent.type(field(), 'Pay rent 2199-01-02 !high #home #"two words"');
  const chips = await screen.findByRole("list", { name: "Understood" });
  expect(chips).toHaveTextContent("Due 2 Jan 2199Priority Highhometwo words");
  await userEvent.keyboard("{Enter}");
  await vi.waitFor(() =>
    expect(onAdd).toHaveBeenCalledWith({
      title: "Pay rent",
      priority: "high",
      due_date: "2199-01-02",
      due_time: null,
      labels: ["home", "two words"],
    }),
  );
  expect(chips).not.toBeInTheDocument();
});

test("Backspace at the end of a chip takes it back to text, and it stays text", async () => {
  const onAdd = vi.fn<OnAdd>(() => Promise.resolve());
  render(<Example onAdd={onAdd} />);
  await userEvent.type(field(), "Read tomorrow");
  const due = await screen.findByRole("list", { name: "Understood" });
  await userEvent.keyboard("{Backspace}");
  expect(field()).toHaveValue("Read tomorrow");
  expect(due).not.toBeInTheDocument();
  await userEvent.keyboard("{Backspace}w !low{Enter}");
  await vi.waitFor(() => expect(onAdd).toHaveBeenCalledOnce());
  expect(onAdd.mock.calls[0]?.[0]).toMatchObject({
    title: "Read tomorrow",
    due_date: null,
    priority: "low",
  });
});

test("a chip's own button takes it back, and the line keeps the focus", async () => {
  render(<Example onAdd={() => Promise.resolve()} />);
  await userEvent.type(field(), "Call Bob !high now");
  await userEvent.click(await screen.findByRole("button", { name: "Keep “!high” as text" }));
  expect(screen.queryByRole("list")).not.toBeInTheDocument();
  expect(field()).toHaveValue("Call Bob !high now");
  expect(field()).toHaveFocus();
});

test("marks alone are no task, and the line stays as it was", async () => {
  const onAdd = vi.fn<OnAdd>(() => Promise.resolve());
  render(<Example onAdd={onAdd} />);
  await userEvent.type(field(), "tomorrow !high{Enter}");
  await vi.waitFor(() => expect(field()).toHaveAccessibleDescription(/^What is to be done/));
  expect(field()).toHaveValue("tomorrow !high");
  expect(onAdd).not.toHaveBeenCalled();
});

test("a title that is too long is said to be, and not sent", async () => {
  const onAdd = vi.fn<OnAdd>(() => Promise.resolve());
  render(<Example onAdd={onAdd} />);
  await userEvent.click(field());
  await userEvent.paste("x".repeat(201));
  await userEvent.keyboard("{Enter}");
  expect(onAdd).not.toHaveBeenCalled();
  await vi.waitFor(() =>
    expect(field()).toHaveAccessibleDescription("A title has at most 200 characters."),
  );
});

test("refused text comes back to where it was typed", async () => {
  const errors = [{ pointer: "/title", code: "invalid", detail: "Not that word." }];
  const refused = new ApiError({ title: "", status: 400, code: "validation_error", errors });
  render(<Example onAdd={() => Promise.reject(refused)} />);
  await userEvent.type(field(), "Forbidden{Enter}");
  await vi.waitFor(() => expect(field()).toHaveValue("Forbidden"));
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
