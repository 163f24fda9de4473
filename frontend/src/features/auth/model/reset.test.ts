import { expect, test } from "vitest";
import { readResetLink } from "./reset";

test.each([
  ["#uid=MQ&token=abc-123", { uid: "MQ", token: "abc-123" }],
  ["#token=abc-123", null],
  ["#uid=MQ", null],
  ["#uid=&token=", null],
  ["", null],
])("the link's end %s says %j", (hash, link) => {
  expect(readResetLink(hash)).toEqual(link);
});
