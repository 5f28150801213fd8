/* What every page does beyond its forms: says so when the server cannot be reached, and does not send a form twice. */
"use strict";

(function () {
  function say(text) {
    const line = document.createElement("p");
    line.className = "said bad";
    line.textContent = text;
    const place = document.getElementById("messages");
    place.replaceChildren(line);
    place.scrollIntoView({ block: "nearest" });
  }

  function unreachable() {
    say("连不上审稿台，刚才的操作没有完成。请检查网络，然后再试一次；页面上填写的内容还在。");
  }

  document.addEventListener("htmx:sendError", unreachable);
  document.addEventListener("htmx:timeout", unreachable);
  window.addEventListener("offline", unreachable);
  window.addEventListener("online", function () {
    document.getElementById("messages").replaceChildren();
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target.id === "messages") {
      event.detail.target.scrollIntoView({ block: "nearest" });
    }
  });

  /* A second click on a slow connection would post again. The buttons come back when the page does (back-forward cache). */
  document.addEventListener("submit", function (event) {
    if (event.defaultPrevented || event.target.method !== "post" || "download" in event.target.dataset) {
      return;
    }
    setTimeout(function () {
      for (const button of event.target.querySelectorAll("button:not([type=button])")) {
        button.disabled = true;
      }
    }, 0);
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      for (const button of document.querySelectorAll("button:disabled")) {
        button.disabled = false;
      }
    }
  });

  /* One open menu at a time, and Escape closes it. */
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.switch[open], details.confirm[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
  });
})();
