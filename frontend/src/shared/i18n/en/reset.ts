export const reset = {
  forgotTitle: "Forgot your password?",
  forgotHeading: "Forgot your password?",
  forgotLead: "Tell us your e-mail address, and we send you a link to set a new one.",
  send: "Send the link",
  sending: "Sending…",
  sentHeading: "Look into your mail",
  sent: (email: string) =>
    `If ${email} belongs to an account, a link is on its way. It works once, within an hour. Nothing there? Look at the spam folder, too.`,
  askAgain: "Use another address",
  backToSignIn: "Back to sign-in",
  resetTitle: "Set a new password",
  headings: {
    asking: "Set a new password",
    done: "Your password is set",
    spent: "This link doesn’t work any more",
  },
  resetLead: "It ends every session and revokes all API tokens.",
  newPassword: "New password",
  set: "Set password",
  setting: "Setting…",
  done: "Every session was ended, here as well. Sign in with the new password.",
  spent:
    "It was used already, has run out after an hour, or was not copied whole. Nothing has changed.",
  newLink: "Send me a new link",
};
