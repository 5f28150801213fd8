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
      for (const button of document.querySelectorAll("button:disabled:not(.no-enter)")) {
        button.disabled = false;
      }
    }
  });

  /* Something happens at once, however slow the line is: a bar runs at the top until the answer is there. */
  function busy(is) {
    document.documentElement.classList.toggle("busy", is);
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.detail.requestConfig.verb !== "get") {
      busy(true);
    }
  });
  document.addEventListener("htmx:afterRequest", function () { busy(false); });
  document.addEventListener("submit", function (event) {
    if (!event.defaultPrevented && !("download" in event.target.dataset)) {
      busy(true);
    }
  });
  /* A link to a file leaves the page where it is, and is marked as a download. */
  function leavesPage(link) {
    const isOfThisPage = link.pathname + link.search === location.pathname + location.search;
    return !link.target && !link.hasAttribute("download") && link.origin === location.origin && !isOfThisPage;
  }
  document.addEventListener("click", function (event) {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const elsewhere = event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey;
    if (link && !elsewhere && leavesPage(link)) {
      busy(true);
    }
  });
  window.addEventListener("pageshow", function () { busy(false); });

  /* Browsers word what is wrong with a field in the language of the browser; the desk is Chinese. */
  function problemOf(field) {
    const validity = field.validity;
    if (validity.valueMissing) {
      return field.tagName === "SELECT" ? "请选一项。" : field.type === "file" ? "请选文件。" : "请填写这一项。";
    }
    if (validity.tooShort) { return "至少要 " + field.minLength + " 个字。"; }
    if (validity.tooLong) { return "最多 " + field.maxLength + " 个字。"; }
    if (validity.rangeUnderflow) { return "不能小于 " + field.min + "。"; }
    if (validity.rangeOverflow) { return "不能大于 " + field.max + "。"; }
    return "请按提示的样子填写。";
  }
  document.addEventListener("invalid", function (event) {
    if (!event.target.validity.customError) {
      event.target.setCustomValidity(problemOf(event.target));
    }
  }, true);
  document.addEventListener("input", function (event) {
    if (event.target.setCustomValidity) {
      event.target.setCustomValidity("");
    }
  });

  /* Browsers word a field for files in their own language as well: a button of ours, and the names of what was chosen. */
  function nameFiles(field) {
    field.nextElementSibling.nextElementSibling.textContent = Array.from(field.files, function (file) { return file.name; }).join("、");
  }
  function wordFileFields() {
    for (const field of document.querySelectorAll("input[type=file]:not(.unseen)")) {
      const choose = document.createElement("label");
      choose.className = "button second";
      choose.htmlFor = field.id;
      choose.textContent = "选择文件…";
      const names = document.createElement("span");
      names.className = "file-names";
      field.classList.add("unseen");
      field.after(choose, names);
      nameFiles(field);
    }
  }
  wordFileFields();
  document.addEventListener("htmx:load", wordFileFields);
  document.addEventListener("change", function (event) {
    if (event.target.type === "file") {
      nameFiles(event.target);
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
