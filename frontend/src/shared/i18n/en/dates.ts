export const dates = {
  named: { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" } as Readonly<Record<number, string>>,
};
