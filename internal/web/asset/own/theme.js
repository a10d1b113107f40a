// Runs before the page is drawn, so that nothing flashes: follows the system's
// choice of light and dark unless the person has made one.
"use strict";
{
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => { if (root.dataset.theme === "auto") root.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  dark.addEventListener("change", follow);
  follow();
  root.classList.add("js");
  if ("PublicKeyCredential" in window) root.classList.add("passkeys");
}
