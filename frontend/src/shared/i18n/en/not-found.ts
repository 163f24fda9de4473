export const notFound = {
  title: "There is nothing here",
  lead: "The address may be old or mistyped.",
  action: "Go to Today",
};
