import { count } from "../count";

export const search = {
  title: "Search",
  label: "Search tasks",
  lead: "Titles and descriptions",
  placeholder: "Words, or a “phrase in quotes”",
  clear: "Clear the search",
  results: "Results",
  found: (n: number, hasMore: boolean) =>
    n === 0 ? "Nothing found" : count(n, "result", hasMore ? "results and more" : "results"),
  more: "More results",
  searching: "Searching…",
  offline: "You’re offline, so only what this device knows was searched.",
  incomplete: "The server didn’t answer, so only what is loaded here was searched.",
  nothing: (query: string) => `Nothing matches “${query}”`,
  nothingLead: "Try fewer words, or the beginning of one.",
  startTitle: "Find anything you wrote down",
  startLead: "Words in titles and descriptions, in any order. Quotes keep a phrase together.",
  startAction: "See all tasks",
  recent: "Recent searches",
  forget: "Forget these",
};
