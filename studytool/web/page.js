// What is typed goes to the program at once, without a click; when it has ended, Enter opens it again.
addEventListener("load", () => document.querySelector(".xterm-helper-textarea")?.focus());
new MutationObserver(() => {
  if (document.body.classList.contains("-closed")) document.querySelector("#ended a").focus();
}).observe(document.documentElement, { attributes: true, attributeFilter: ["class"], subtree: true });
