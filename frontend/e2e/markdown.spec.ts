import { expect, test } from "./support/test";

const description = `## Plan

Ask **Ada**, see [the offer](https://example.org/offer) and [a trap](javascript:alert(1)).

![Picture](https://example.org/x.png)

<img src=x onerror="window.pwned = true"> <script>window.pwned = true</script>

| a | b |
|---|---|
| 1 | 2 |
`;

test("a description is read as Markdown, with no HTML and no way out but safe links", async ({
  home,
  api,
  tasks,
  isMobile,
  expectAccessible,
}) => {
  const id = await api.addTask({ title: "Renovate", description });
  await tasks.goto(`/tasks?task=${id}`);
  const panel = tasks.panel();
  await expect(panel.getByRole("heading", { name: "Plan" })).toBeVisible();
  await expect(panel.locator("strong")).toHaveText("Ada");
  const link = panel.getByRole("link", { name: "the offer" });
  await expect(link).toHaveAttribute("href", "https://example.org/offer");
  await expect(link).toHaveAttribute("rel", /noopener/);
  await expect(panel.getByText("a trap")).toBeVisible();
  await expect(panel.getByRole("link", { name: "a trap" })).toHaveCount(0);
  await expect(panel.getByRole("link", { name: "Picture" })).toHaveCount(1);
  await expect(panel.locator("img, script")).toHaveCount(0);
  await expect(panel.getByText("<script>window.pwned = true</script>")).toBeVisible();
  expect(await home.evaluate(() => "pwned" in window)).toBe(false);
  await expectAccessible(home, isMobile ? "[data-layer]" : "aside");
});

test("a press or the switch writes, Esc saves and reads, and only the next one closes", async ({
  home,
  api,
  tasks,
  isMobile,
  expectAccessible,
}) => {
  const id = await api.addTask({ title: "Renovate", description: "*Old* words" });
  await tasks.goto("/tasks");
  const panel = await tasks.open("Renovate");
  await panel.getByRole("button", { name: "Write" }).click();
  const field = panel.getByLabel("Description");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("*Old* words");
  await expectAccessible(home, isMobile ? "[data-layer]" : "aside");
  await field.fill("**New** words");
  await field.press("Escape");
  await expect(panel.locator("strong")).toHaveText("New");
  await expect.poll(async () => (await api.task(id)).description).toBe("**New** words");
  await panel.getByText("words").click();
  await expect(field).toBeFocused();
  await panel.getByRole("button", { name: "Preview" }).click();
  await expect(panel.locator("strong")).toHaveText("New");
  await home.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});
