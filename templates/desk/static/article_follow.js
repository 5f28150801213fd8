/* 稿件: the tab that is shown is marked for those who do not see it; the original in its frame scrolls along with the text, or with the
   fields of the edit form, by paragraph, else by proportion. It can be switched off, and stays so in this browser. */
"use strict";

(function () {
  const tabs = document.querySelector(".article-tabs");
  function mark() {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    for (const link of tabs.querySelectorAll("a[href^='#']")) {
      const panel = document.querySelector(link.getAttribute("href"));
      const current = target ? panel === target || panel.contains(target) : link.hash === "#text";
      if (current) {
        link.setAttribute("aria-current", "true");
      } else {
        link.removeAttribute("aria-current");
      }
    }
  }
  if (tabs) {
    mark();
    window.addEventListener("hashchange", mark);
  }

  const frame = document.querySelector(".original iframe");
  const bar = document.querySelector(".original .bar");
  if (!frame) {
    return;
  }
  const name = "original stays";
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = localStorage.getItem(name) === null;
  label.className = "follow";
  label.append(box, " 随正文滚动");
  bar.append(label);

  const longest = 16;
  function wordsOf(block) {
    const field = block.querySelector("textarea");
    const shown = block.querySelector("p, h3, td, th");
    const copy = shown ? shown.cloneNode(true) : null;
    for (const number of copy ? copy.querySelectorAll("a.ref") : []) {
      number.remove();
    }
    const text = field ? field.value : copy ? copy.textContent : "";
    return text.replace(/\s+/g, "").slice(0, longest);
  }

  function follow() {
    const whole = document.querySelector("#text .paper") || document.getElementById("blocks");
    if (!box.checked || !whole || getComputedStyle(frame.parentElement).position !== "sticky") {
      return;
    }
    const line = 80;
    const area = whole.getBoundingClientRect();
    const block = Array.from(whole.querySelectorAll(".block, .edit-block")).find(function (one) {
      return one.getBoundingClientRect().bottom > line;
    });
    const part = Math.min(1, Math.max(0, (line - area.top) / Math.max(1, area.height - innerHeight)));
    frame.contentWindow.postMessage({ words: area.top < line && block ? wordsOf(block) : "", part: part }, "*");
  }

  let waiting = false;
  function soon() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(function () {
        waiting = false;
        follow();
      });
    }
  }
  window.addEventListener("scroll", soon, { passive: true });
  box.addEventListener("change", function () {
    if (box.checked) {
      localStorage.removeItem(name);
    } else {
      localStorage.setItem(name, "1");
    }
    soon();
  });
})();
