import { afterEach, expect, test, vi } from "vitest";
import { toastQueue } from "@/shared/ui/toast";
import { canUndo, offerUndo, undoLast } from "./undo";

afterEach(() => {
  while (canUndo()) undoLast();
  toastQueue.set([]);
});

test("the last thing is undone first, and each once", () => {
  const [first, second] = [vi.fn(), vi.fn()];
  offerUndo("First", first);
  offerUndo("Second", second);
  undoLast();
  expect([first, second].map((run) => run.mock.calls.length)).toEqual([0, 1]);
  // The button of a toast that is still on its way out is no second undo.
  toastQueue.get()[1]?.action?.run();
  undoLast();
  undoLast();
  expect([first, second].map((run) => run.mock.calls.length)).toEqual([1, 1]);
});

test("the toast undoes what it tells of, not what came last", () => {
  const [first, second] = [vi.fn(), vi.fn()];
  offerUndo("First", first);
  offerUndo("Second", second);
  toastQueue.get()[0]?.action?.run();
  expect([first, second].map((run) => run.mock.calls.length)).toEqual([1, 0]);
});

test("what failed can't be undone", () => {
  const run = vi.fn();
  const withdraw = offerUndo("Failed", run);
  withdraw();
  expect(canUndo()).toBe(false);
  withdraw();
  undoLast();
  expect(run).not.toHaveBeenCalled();
});
