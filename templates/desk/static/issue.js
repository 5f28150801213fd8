/* 本期: dragging and keys, and the pages that follow every change. Everything here is also a form of the page. */
"use strict";

(function () {
  const SOON = 400; /* ms, while pages are being laid out */
  const NOW_AND_THEN = 2000; /* whatever others change is seen after that */
  const AWAY = 10 * 60 * 1000; /* who has not touched anything for so long is away */

  let touched = Date.now();
  let dragging = false;
  let lost = false;
  let timer = 0;

  const board = function () { return document.getElementById("board"); };
  const pages = function () { return document.getElementById("pages"); };
  const base = function () { return board().dataset.base; };

  function tell(text, tone) {
    const line = document.createElement("p");
    line.className = "said " + tone;
    line.textContent = text;
    document.getElementById("told").replaceChildren(line);
  }

  /* A word about what was done goes away by itself, with its 撤销; not under the pointer, and not with the focus in it.
     By a timer: where the person wants no motion, an animation would end at once. */
  const SHOWN = 10 * 1000;
  let leaving = 0;
  function leave() {
    const told = document.getElementById("told");
    if (told.matches(":hover, :focus-within")) {
      leaving = setTimeout(leave, SHOWN / 5);
    } else if (told.querySelector(".good")) {
      told.replaceChildren();
    }
  }
  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(function () {
      clearTimeout(leaving);
      leaving = setTimeout(leave, SHOWN);
    }).observe(document.getElementById("told"), { childList: true });
  });

  /* --- dragging --- */

  function layout() {
    const values = [];
    for (const list of board().querySelectorAll("ol.rows")) {
      for (const row of list.querySelectorAll("li.row[data-id]")) {
        values.push([row.dataset.id, row.dataset.version, list.dataset.section].join(":"));
      }
    }
    return values;
  }

  function dropped(event) {
    dragging = false;
    if (event.from === event.to && event.oldIndex === event.newIndex) {
      return;
    }
    const undo = function () {
      event.from.insertBefore(event.item, event.from.children[event.oldIndex + (event.from === event.to && event.oldIndex > event.newIndex ? 1 : 0)] || null);
    };
    board().dataset.moved = event.item.id;
    board().addEventListener("htmx:sendError", undo, { once: true });
    htmx.ajax("POST", base() + "/arrange", { source: board(), target: "#board", swap: "outerHTML", values: { article: layout() } });
  }

  function makeSortable() {
    if (typeof Sortable === "undefined") {
      return;
    }
    for (const list of board().querySelectorAll("ol.rows")) {
      Sortable.create(list, {
        group: "issue",
        handle: ".grip",
        draggable: "li.row",
        forceFallback: true,
        fallbackTolerance: 4,
        animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
        onStart: function () { dragging = true; },
        onEnd: dropped,
      });
    }
  }

  /* --- keys: Alt+arrow moves the article on which the focus is --- */

  document.addEventListener("keydown", function (event) {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown") || !(event.target instanceof Element)) {
      return;
    }
    const row = event.target.closest("#board li.row[data-id]");
    if (!row) {
      return;
    }
    event.preventDefault();
    const button = row.querySelector("button[value=" + (event.key === "ArrowUp" ? "up" : "down") + "]");
    if (button.disabled) {
      tell(event.key === "ArrowUp" ? "已在最前面" : "已在最后面", "");
    } else {
      board().dataset.moved = row.id;
      button.click();
    }
  });

  /* --- after a swap: what was open is opened again, what had the focus gets it back --- */

  /* An action answers with the whole list; a decision with the one row it was about, or with nothing in its place. */
  const isRow = function (target) { return target.classList.contains("row"); };
  const isOurs = function (target) { return target.id === "board" || isRow(target); };

  let kept = { picked: [], open: [], focus: "", row: "", neighbour: "" };
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (!isOurs(event.detail.target)) {
      return;
    }
    /* htmx lends the new rows the attributes of the old ones for a moment; the policy forbids style among them. */
    for (const one of board().querySelectorAll("[style]")) {
      one.removeAttribute("style");
    }
    const active = document.activeElement;
    const row = active && board().contains(active) ? active.closest("li.row") : null;
    kept = {
      picked: Array.from(board().querySelectorAll(".pick:checked"), function (one) { return one.value; }),
      open: Array.from(board().querySelectorAll("details[open][id]"), function (one) { return one.id; }),
      focus: board().dataset.moved || (active && board().contains(active) ? active.id : ""),
      row: row ? row.id : "",
      neighbour: row ? (row.nextElementSibling || row.previousElementSibling || row).id : "",
    };
  });
  function focusAgain() {
    const wanted = document.getElementById(kept.focus);
    const row = document.getElementById(kept.row) || document.getElementById(kept.neighbour);
    if (wanted && !wanted.disabled) {
      wanted.focus({ preventScroll: false });
    } else if (row) {
      row.focus();
    }
  }
  document.addEventListener("htmx:afterSwap", function (event) {
    if (!isOurs(event.detail.target)) {
      return;
    }
    if (!isRow(event.detail.target)) {
      makeSortable();
    }
    /* An article that has changed has another value: it is to be looked at before it is ticked again. */
    for (const box of board().querySelectorAll(".pick")) {
      box.checked = kept.picked.includes(box.value);
    }
    for (const id of kept.open) {
      const one = document.getElementById(id);
      if (one) { one.open = true; }
    }
    focusAgain();
    delete board().dataset.moved;
    document.getElementById("stale").hidden = true;
    look(SOON);
  });

  /* The counts and what is not in the issue follow the row: at once where it has left its list. */
  document.addEventListener("htmx:afterRequest", function (event) {
    if (!isRow(event.detail.target) || !event.detail.successful) {
      return;
    }
    board().dataset.own = "yes";
    if (document.getElementById(event.detail.target.id)) {
      look(SOON);
    } else {
      focusAgain();
      renew();
    }
  });

  /* Settling sets the attributes of the rows; the element with the focus may lose it by that. */
  document.addEventListener("htmx:afterSettle", function (event) {
    if (isOurs(event.target) && document.activeElement === document.body) {
      focusAgain();
    }
  });

  /* The download of the Word file makes a draft; the answer is the file, so the page asks what has changed. */
  document.addEventListener("submit", function (event) {
    if ("download" in event.target.dataset) {
      look(SOON);
    }
  });

  /* --- the pages follow --- */

  function isBusy() {
    const typing = document.activeElement && document.activeElement.matches("#board input:not([type=hidden]), #board select, #board textarea");
    return dragging || typing || board().querySelector(".pick:checked") || board().matches(".htmx-request, :has(.htmx-request)") || board().querySelector("details.more[open], details.confirm[open], details.prepare[open]");
  }

  function follow() {
    const mark = pages().dataset.mark;
    if (mark === board().dataset.mark) {
      return;
    }
    if (!isBusy()) {
      renew();
    } else if (!board().dataset.own) {
      document.getElementById("stale").hidden = false;
    }
  }

  function renew() {
    htmx.ajax("GET", base() + "/list", { source: board(), target: "#board", swap: "outerHTML" });
  }

  async function ask() {
    const shown = pages().dataset;
    const query = new URLSearchParams({ key: shown.key, mark: shown.mark, state: shown.state });
    const answer = await fetch(base() + "/preview?" + query, { headers: { "HX-Request": "true", "HX-Current-URL": location.href } });
    if (answer.redirected || answer.status === 401) {
      location.reload();
      return;
    }
    if (answer.status === 200) {
      const text = await answer.text();
      if (pages().dataset.key === shown.key && pages().dataset.state === shown.state) {
        const made = document.createElement("template");
        made.innerHTML = text;
        pages().replaceWith(made.content.querySelector("#pages"));
        htmx.process(pages());
      }
    } else if (answer.status !== 204) {
      throw new Error(String(answer.status));
    }
    follow();
    if (lost) {
      lost = false;
      document.getElementById("told").replaceChildren();
    }
  }

  function look(after) {
    clearTimeout(timer);
    timer = setTimeout(async function () {
      if (document.visibilityState === "visible" && Date.now() - touched < AWAY) {
        try {
          await ask();
        } catch {
          lost = true;
          tell("连不上服务，正在重试。没有保存的改动请等连上后再做。", "warn");
        }
      }
      look(pages().dataset.state === "waiting" ? SOON : NOW_AND_THEN);
    }, after);
  }

  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    document.addEventListener(kind, function () { touched = Date.now(); }, { passive: true });
  }
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible") {
      touched = Date.now();
      look(0);
    }
  });

  document.addEventListener("DOMContentLoaded", function () {
    makeSortable();
    look(pages().dataset.state === "waiting" ? SOON : NOW_AND_THEN);
  });
})();
