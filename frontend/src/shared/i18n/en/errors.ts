export const errors = {
  loadTitle: "This could not be loaded",
  loadLead: "Your tasks are safe on the server. Try again in a moment.",
  network: "The server can’t be reached. Check your connection and try again.",
  server: "The server had a problem. Try again in a moment.",
  reference: (id: string) => `Reference: ${id}`,
  retry: "Try again",
  crashedTitle: "Something broke on this page",
  crashedLead: "The rest still works. Reloading usually helps.",
  reload: "Reload",
  chunkTitle: "There is a new version",
  chunkLead: "Reload to get it. What you saved or typed stays.",
};
