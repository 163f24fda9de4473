import { expect, test } from "vitest";
import { isPublicPath, nextPath, signInPath } from "./paths";

test.each([
  ["?next=%2Ftasks%3Ftask%3D7", "/tasks?task=7"],
  ["", "/"],
  ["?next=https%3A%2F%2Fevil.example", "/"],
  ["?next=%2F%2Fevil.example", "/"],
  ["?next=%2F%5Cevil.example", "/"],
  ["?next=javascript%3Aalert(1)", "/"],
])("after signing in at %s comes %s", (search, path) => {
  expect(nextPath(search)).toBe(path);
});

test("the way to sign-in remembers where somebody wanted to go", () => {
  const path = signInPath(new URL("http://tasks.test/tasks?task=7"));
  expect(nextPath(path.slice("/login".length))).toBe("/tasks?task=7");
  expect(signInPath(new URL("http://tasks.test/"))).toBe("/login");
});

test("only sign-in and registration are for nobody", () => {
  expect(["/login", "/register/", "/", "/logins", "/tasks"].filter(isPublicPath)).toEqual([
    "/login",
    "/register/",
  ]);
});
