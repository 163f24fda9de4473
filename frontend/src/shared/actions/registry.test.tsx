import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { CommandId } from "./commands";
import { availableCommands, startKeyboard } from "./keyboard";
import { type CommandOptions, runCommand, useCommand } from "./registry";
import { setSingleKeys } from "./single-keys";

interface ExampleProps extends CommandOptions {
  readonly id: CommandId;
  readonly run: () => void;
}

function Example({ id, run, ...options }: ExampleProps) {
  useCommand(id, run, options);
  return null;
}

let stop: () => void;
beforeAll(() => {
  stop = startKeyboard();
});
afterAll(() => stop());
afterEach(() => setSingleKeys(true));

test("the last mounted that can carries a command out, by key and by name", async () => {
  const [outer, inner, never] = [vi.fn(), vi.fn(), vi.fn()];
  const { rerender } = render(<Example id="task.complete" run={outer} />);
  rerender(
    <>
      <Example id="task.complete" run={outer} />
      <Example id="task.complete" run={inner} />
      <Example id="task.complete" run={never} isEnabled={() => false} />
    </>,
  );
  await userEvent.keyboard("e");
  expect(runCommand("task.complete")).toBe(true);
  expect([outer, inner, never].map((run) => run.mock.calls.length)).toEqual([0, 2, 0]);
  rerender(<Example id="task.complete" run={outer} />);
  await userEvent.keyboard("e");
  expect(outer).toHaveBeenCalledOnce();
});

test("a page comes before the layout around it, though both mount at once", async () => {
  const [page, layout] = [vi.fn(), vi.fn()];
  function Layout() {
    useCommand("task.add", layout);
    return <Example id="task.add" run={page} />;
  }
  render(<Layout />);
  await userEvent.keyboard("q");
  expect(page).toHaveBeenCalledOnce();
  expect(layout).not.toHaveBeenCalled();
});

test("only what can be done now is offered", () => {
  render(<Example id="go.board" run={vi.fn()} />);
  render(<Example id="go.trash" run={vi.fn()} isEnabled={false} />);
  expect(availableCommands()).toEqual(["go.board"]);
  expect(runCommand("go.trash")).toBe(false);
});

test("letters after one another, with nothing done by the second alone", async () => {
  const [go, complete, add] = [vi.fn(), vi.fn(), vi.fn()];
  render(<Example id="go.board" run={go} />);
  render(<Example id="task.complete" run={complete} />);
  render(<Example id="task.add" run={add} />);
  await userEvent.keyboard("gb");
  expect(go).toHaveBeenCalledOnce();
  await userEvent.keyboard("ge");
  expect(complete).not.toHaveBeenCalled();
  await userEvent.keyboard("e");
  expect(complete).toHaveBeenCalledOnce();
});

test("a sequence that is not finished in time is forgotten", async () => {
  const go = vi.fn();
  render(<Example id="go.board" run={go} />);
  await userEvent.keyboard("g");
  const late = new KeyboardEvent("keydown", { key: "b", bubbles: true });
  Object.defineProperty(late, "timeStamp", { value: performance.now() + 10_000 });
  document.body.dispatchEvent(late);
  expect(go).not.toHaveBeenCalled();
});

test("never while typing, composing, or behind a layer", async () => {
  const [run, palette] = [vi.fn(), vi.fn()];
  render(<Example id="task.complete" run={run} />);
  render(<Example id="palette.open" run={palette} />);
  render(
    <>
      <input aria-label="field" />
      <textarea aria-label="text" />
      <select aria-label="choice" />
      {/* biome-ignore lint/a11y/useSemanticElements: it stands for any editor */}
      <div role="textbox" tabIndex={0} contentEditable aria-label="rich" />
    </>,
  );
  for (const name of ["field", "text", "choice", "rich"]) {
    screen.getByLabelText(name).focus();
    await userEvent.keyboard("e");
  }
  (document.activeElement as HTMLElement).blur();
  const composing = { key: "e", isComposing: true, bubbles: true };
  document.body.dispatchEvent(new KeyboardEvent("keydown", composing));
  render(<div data-layer />);
  await userEvent.keyboard("e");
  expect(run).not.toHaveBeenCalled();
});

test("a layer may leave the keys of one group to what it holds, unless another lies above", async () => {
  const [run, next] = [vi.fn(), vi.fn()];
  render(<Example id="task.complete" run={run} />);
  render(<Example id="list.next" run={next} />);
  render(<div data-layer="task" />);
  await userEvent.keyboard("ej");
  expect(run).toHaveBeenCalledOnce();
  expect(next).not.toHaveBeenCalled();
  render(<div data-layer />);
  await userEvent.keyboard("e");
  expect(run).toHaveBeenCalledOnce();
});

test("a chord that no field has a use for works in one", async () => {
  const palette = vi.fn();
  render(<Example id="palette.open" run={palette} />);
  render(<input aria-label="field" />);
  screen.getByLabelText("field").focus();
  await userEvent.keyboard("{Control>}k{/Control}");
  expect(palette).toHaveBeenCalledOnce();
});

test("single keys can be switched off, chords and arrows stay", async () => {
  const [complete, go, palette, next] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
  render(<Example id="task.complete" run={complete} />);
  render(<Example id="go.board" run={go} />);
  render(<Example id="palette.open" run={palette} />);
  render(<Example id="list.next" run={next} />);
  render(
    <div data-arrow-keys>
      <button type="button">row</button>
    </div>,
  );
  screen.getByText("row").focus();
  setSingleKeys(false);
  await userEvent.keyboard("egbj{Control>}k{/Control}{ArrowDown}");
  expect([complete, go, palette, next].map((run) => run.mock.calls.length)).toEqual([0, 0, 1, 1]);
});

test("arrows scroll the page outside of lists, and Enter presses what has the focus", async () => {
  const [next, open] = [vi.fn(), vi.fn()];
  render(<Example id="list.next" run={next} />);
  render(<Example id="list.open" run={open} />);
  render(<button type="button">plain</button>);
  screen.getByText("plain").focus();
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(next).not.toHaveBeenCalled();
  expect(open).not.toHaveBeenCalled();
});

test("a key held down repeats moving, and nothing else", () => {
  const [next, complete] = [vi.fn(), vi.fn()];
  render(<Example id="list.next" run={next} />);
  render(<Example id="task.complete" run={complete} />);
  for (const key of ["j", "e"]) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, repeat: true, bubbles: true }));
  }
  expect(next).toHaveBeenCalledOnce();
  expect(complete).not.toHaveBeenCalled();
});
