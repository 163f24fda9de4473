import { expect, test } from "./support/test";

test.beforeEach(async ({ home: _signedIn, api, tasks }) => {
  await api.addTask({ title: "Write", due_date: "2020-01-01", priority: "high", labels: ["work"] });
  await api.addTask({ title: "Review", due_date: "2199-03-01", status: "in_progress" });
  await api.addTask({
    title: "Think",
    description: "About **nothing**\n\n- [x] One\n- [ ] Two",
    due_date: "2199-03-02",
    due_time: "17:30",
    labels: ["home"],
  });
  await tasks.goto("/tasks");
  await expect(tasks.link("Think")).toBeVisible();
});

test("a list reads as groups of rows, each with what is known of it", async ({ home }) => {
  await expect(home.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "All tasks" [level=1]
      - paragraph: 3 open tasks
      - button "Filter"
      - button "View"
      - combobox "Add a task"
      - button "Due date"
      - 'button "Priority: Medium"'
      - region "Overdue 1":
        - heading "Overdue 1" [level=2]
        - list "Overdue tasks":
          - listitem:
            - checkbox "Select “Write”"
            - button "Complete “Write”"
            - link "Write"
            - button "More for “Write”"
            - link "work":
              - /url: /tasks?label=work
            - text: "due 1 Jan 2020 , late Priority: High"
      - region "Later 2":
        - heading "Later 2" [level=2]
        - list "Later tasks":
          - listitem:
            - checkbox "Select “Review”"
            - button "Complete “Review”"
            - link "Review , In progress"
            - button "More for “Review”"
            - text: "due 1 Mar 2199 Priority: Medium"
          - listitem:
            - checkbox "Select “Think”"
            - button "Complete “Think”"
            - link "Think"
            - button "More for “Think”"
            - text: "Checklist: 1 of 2"
            - link "home":
              - /url: /tasks?label=home
            - text: "due 2 Mar 2199 Priority: Medium"
  `);
});

test("an open task reads as its title, its properties and what was written", async ({ tasks }) => {
  const panel = await tasks.open("Think");
  await expect(panel).toMatchAriaSnapshot(`
    - complementary "Task details":
      - article:
        - heading "Think" [level=2]
        - 'button "Status: Pending"'
        - button "Copy link"
        - button "Move to trash"
        - button "Close"
        - textbox "Title": Think
        - term: Due
        - definition:
          - 'button "Set due date: 2 Mar 2199, 17:30"'
        - term: Priority
        - definition:
          - 'button "Priority: Medium"'
        - term: Labels
        - definition:
          - link "home":
            - /url: /tasks?label=home
          - button "Remove label home"
          - combobox "Add label"
        - text: 1 of 2
        - group "Write or preview":
          - button "Write"
          - button "Preview" [pressed]
        - paragraph:
          - text: About
          - strong: nothing
        - list:
          - listitem:
            - checkbox "One" [checked]
            - paragraph: One
          - listitem:
            - checkbox "Two"
            - paragraph: Two
        - term: Created
        - definition:
          - time: /\\d+:\\d+/
        - term: Updated
        - definition:
          - time: /\\d+:\\d+/
        - heading "History" [level=3]:
          - button "History"
  `);
});
