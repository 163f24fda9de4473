import { expect, test } from "vitest";
import { parseCsv } from "./csv";
import { readImport } from "./import-file";

test("quotes hold commas, line breaks and quotes; blank lines are nothing", () => {
  const text = 'a,"b,1","say ""hi""\nthere"\r\n\r\nc,,d';
  expect(parseCsv(text)).toEqual([
    ["a", "b,1", 'say "hi"\nthere'],
    ["c", "", "d"],
  ]);
});

test("a table names its columns, in any order, and each wrong row says why", () => {
  const rows = readImport(
    'Priority,Title,Labels,Due_date\nHIGH,Pay rent,"home;money",2030-01-31\nurgent,Call,,\nlow,,,\nlow,Walk,,31.01.2030',
  );
  expect(rows[0]?.task).toEqual({
    title: "Pay rent",
    priority: "high",
    labels: ["home", "money"],
    due_date: "2030-01-31",
  });
  expect(rows.map(({ line, task }) => [line, task !== null])).toEqual([
    [2, true],
    [3, false],
    [4, false],
    [5, false],
  ]);
});

test("lines of text are titles, without the marks of a list", () => {
  const rows = readImport("- Pay rent\n\n[ ] Call the plumber\n3. Buy milk, bread");
  expect(rows.map(({ title }) => title)).toEqual([
    "Pay rent",
    "Call the plumber",
    "Buy milk, bread",
  ]);
});

test("an export brings its tasks, and what is none says so", () => {
  const task = { id: 7, title: "Old", status: "completed", completed_at: "2029-12-28T16:30:00Z" };
  expect(readImport(JSON.stringify({ format: 1, tasks: [task] }))[0]?.task).toEqual({
    title: "Old",
    status: "completed",
    completed_at: "2029-12-28T16:30:00Z",
  });
  expect(readImport('{"tasks": [')[0]?.task).toBeNull();
});
