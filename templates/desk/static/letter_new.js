/* 新增稿件: what Word has on the clipboard keeps its tables; files are dropped or pasted. The form works without. */
"use strict";

(function () {
  const form = document.getElementById("new-letter");
  const text = form.elements.text;
  const html = form.elements.html;
  const files = form.elements.file;
  const format = document.getElementById("f-text-format");

  /* The HTML is sent only while the text is what was pasted with it: the reader takes one of the two. */
  let pasted = "";

  function forget() {
    html.value = "";
    pasted = "";
    format.textContent = "";
  }

  function add(more) {
    const all = new DataTransfer();
    for (const file of [...files.files, ...more]) {
      all.items.add(file);
    }
    files.files = all.files;
    files.dispatchEvent(new Event("change", { bubbles: true }));
  }

  text.addEventListener("paste", function (event) {
    const board = event.clipboardData;
    const page = board.getData("text/html");
    if (!page && board.files.length) {
      event.preventDefault();
      add(board.files);
      return;
    }
    const isWhole = text.value.trim() === "" || (text.selectionStart === 0 && text.selectionEnd === text.value.length);
    forget();
    if (page && isWhole) {
      setTimeout(function () {
        html.value = page;
        pasted = text.value;
        format.textContent = "表格和编号会一并读入；改动文字后只读文字。";
      }, 0);
    }
  });
  text.addEventListener("input", function () {
    if (html.value && text.value !== pasted) {
      forget();
    }
  });

  document.addEventListener("dragover", function (event) {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      form.classList.add("dropping");
    }
  });
  document.addEventListener("dragleave", function (event) {
    if (!event.relatedTarget) {
      form.classList.remove("dropping");
    }
  });
  document.addEventListener("drop", function (event) {
    form.classList.remove("dropping");
    if (event.dataTransfer.files.length) {
      event.preventDefault();
      add(event.dataTransfer.files);
    }
  });
})();
