/* 稿件. On the page: after a one-click fix the focus stays at its paragraph or goes to the next of its habit, which stays open. In the edit form:
   what is typed is kept every few seconds, also when the session ends or the network fails, and blocks are moved without asking the server. */
"use strict";

(function () {
  /* --- the page --- */
  let place = null;
  let habit = null;
  let member = -1;
  let rule = "";
  document.addEventListener("htmx:beforeRequest", function (event) {
    const named = event.target.querySelector && event.target.querySelector("input[name=rule]");
    rule = named ? named.value : "";
    const field = event.target.querySelector && event.target.querySelector("input[name=place]");
    place = field ? field.value : null;
    const group = event.target.closest && event.target.closest("details.habit[open]");
    habit = group ? group.id : null;
    member = group ? Array.from(group.querySelectorAll(".remark")).indexOf(event.target.closest(".remark")) : -1;
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    const group = habit !== null && event.target.id === "text" && document.getElementById(habit);
    if (group) {
      group.open = true;
      const members = group.querySelectorAll(".remark");
      const button = member >= 0 && members.length ? control(members[Math.min(member, members.length - 1)]) : null;
      if (button) {
        button.focus({ preventScroll: false });
      }
      habit = null;
    }
    const block = place !== null && event.target.id === "text" && document.getElementById("block-" + place);
    if (block) {
      const next = control(block.querySelector(".remark")) || block;
      next.tabIndex = next === block ? -1 : next.tabIndex;
      next.focus({ preventScroll: false });
      place = null;
    }
    if (event.target.id === "text" && document.activeElement === document.body) {
      focusOn(event.target);
    }
  });
  /* What is pressed first at a remark: the button that mends it, else its line. */
  function control(remark) {
    return remark && (remark.querySelector(":scope > form button") || remark.querySelector(":scope > details > summary"));
  }
  /* Where what had the focus is gone and its habit too: the next finding of the rule, else the next of all, else the text. */
  function focusOn(text) {
    const same = rule ? text.querySelector(".remark:has(input[name=rule][value='" + rule + "'])") : null;
    const next = control(same) || control(text.querySelector(".remark")) || text;
    if (next === text) {
      text.tabIndex = -1;
    }
    next.focus({ preventScroll: false });
  }

  /* --- the edit form --- */
  const form = document.getElementById("edit");
  if (!form) {
    return;
  }
  const WAIT = 2000;
  const LONGEST_WAIT = 6000;
  const kept = document.getElementById("kept");
  const blocks = document.getElementById("blocks");
  const copyName = "unsaved " + form.dataset.person + " " + form.dataset.keep;
  let timer = null;
  let firstChange = 0;
  let dirty = false;
  let leaving = false;

  function tell(text, bad) {
    kept.textContent = text;
    kept.classList.toggle("bad", Boolean(bad));
  }

  function fields() {
    return new URLSearchParams(new FormData(form));
  }

  /* What could not be sent is stored in this browser until it can. */
  function keepHere(body) {
    try {
      localStorage.setItem(copyName, body);
      return true;
    } catch (error) {
      return false;
    }
  }

  function useToken(token) {
    for (const input of document.querySelectorAll("input[name=csrf]")) {
      input.value = token;
    }
  }

  /* A new session has another token, which the page of now holds. null: nobody is logged in. */
  async function freshToken() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("form#edit input[name=csrf], .tools input[name=csrf]");
    return answer.ok && !new URL(answer.url).pathname.startsWith("/login") && token ? token.value : null;
  }

  async function send(body) {
    return fetch(form.dataset.keep, { method: "POST", body: body, headers: { "HX-Request": "true" } });
  }

  /* True once the server has stored it. */
  async function keep(body) {
    clearTimeout(timer);
    timer = null;
    firstChange = 0;
    body = body || fields();
    try {
      let answer = await send(body);
      if (answer.status === 401 || answer.status === 403) {
        const token = await freshToken();
        if (token !== null) {
          useToken(token);
          body.set("csrf", token);
          answer = await send(body);
        }
      }
      if (answer.ok) {
        dirty = false;
        localStorage.removeItem(copyName);
        tell("");
        kept.innerHTML = await answer.text();
        return true;
      }
      const here = keepHere(body.toString()) ? "已先存在这台电脑上，" : "";
      if (answer.status === 401 || answer.status === 403) {
        tell("登录已过期。输入的内容还在本页，" + here + "请先", true);
        const link = document.createElement("a");
        link.href = "/login";
        link.target = "_blank";
        link.textContent = "在新窗口登录";
        kept.append(link, "，再回来接着改。");
      } else {
        tell("没有暂存成功，" + here + "请稍后再保存。", true);
      }
    } catch (error) {
      const here = keepHere(body.toString()) ? "已先存在这台电脑上" : "请不要关闭本页";
      tell("连不上审稿台。输入的内容还在本页，" + here + "。", true);
    }
    return false;
  }

  function changed() {
    dirty = true;
    const now = Date.now();
    firstChange = firstChange || now;
    clearTimeout(timer);
    timer = setTimeout(keep, Math.max(0, Math.min(WAIT, firstChange + LONGEST_WAIT - now)));
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden" && dirty && !leaving) {
      keep();
    }
  });
  window.addEventListener("beforeunload", function (event) {
    if (dirty && !leaving) {
      event.preventDefault();
    }
  });

  /* Saving asks first whether there still is a session: otherwise the form would be gone with it. */
  form.addEventListener("submit", function (event) {
    if (leaving) {
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    keep().then(function (taken) {
      if (taken) {
        leaving = true;
        form.requestSubmit(button);
      } else {
        kept.scrollIntoView({ block: "nearest" });
      }
    });
  });
  window.addEventListener("pageshow", function () {
    leaving = false;
  });

  /* Stored here the last time: sent now, and then offered by the page. */
  const left = localStorage.getItem(copyName);
  if (left) {
    const body = new URLSearchParams(left);
    body.set("csrf", form.elements.csrf.value);
    keep(body).then(function (taken) {
      if (taken) {
        leaving = true;
        location.reload();
      }
    });
  }

  /* --- blocks --- */
  function newBlock() {
    const numbers = Array.from(blocks.querySelectorAll("[data-key^=n]"), (one) => Number(one.dataset.key.slice(1)));
    const key = "n" + (Math.max(0, ...numbers) + 1);
    const block = document.getElementById("new-block").content.firstElementChild.cloneNode(true);
    block.dataset.key = key;
    block.id = "edit-" + key;
    for (const part of block.querySelectorAll("[name], button")) {
      part.name = part.name.replace("KEY", key);
      part.value = part.value.replace("KEY", key);
    }
    return block;
  }

  function remove(block) {
    const gone = document.createElement("p");
    gone.className = "gone muted";
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "plain";
    undo.textContent = "撤销";
    gone.append("已删去一块。", undo);
    undo.addEventListener("click", function () {
      gone.replaceWith(block);
      changed();
      block.querySelector("textarea, input:not([type=hidden])").focus();
    });
    block.replaceWith(gone);
    undo.focus();
    changed();
  }

  form.addEventListener("click", function (event) {
    const button = event.target.closest("button[name=do]");
    const [what, key] = button ? button.value.split(":") : [];
    if (key === undefined || what.startsWith("row-") || what.startsWith("column-")) {
      return;  /* the server changes tables: it knows their merged cells */
    }
    event.preventDefault();
    const block = document.getElementById("edit-" + key);
    if (what === "add") {
      const added = newBlock();
      if (block) {
        (button.closest(".edit-block") ? block : blocks.lastElementChild).after(added);
      } else {
        blocks.append(added);
      }
      added.querySelector("textarea").focus();
      changed();
    } else if (what === "remove") {
      remove(block);
    } else {
      const other = what === "up" ? block.previousElementSibling : block.nextElementSibling;
      if (other) {
        other[what === "up" ? "before" : "after"](block);
        changed();
        button.focus();
      }
    }
  });
})();
