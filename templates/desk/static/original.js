/* In the sandboxed frame: draws the .docx that lies in the page, once. What the file links to leads nowhere. */
"use strict";

(function () {
  const said = document.getElementById("said");
  const paper = document.getElementById("paper");
  const text = document.getElementById("file").content.textContent;
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

  function fit() {
    const sheet = paper.querySelector("section.docx");
    if (sheet) {
      paper.style.zoom = 1;
      paper.style.zoom = Math.min(1, document.documentElement.clientWidth / (sheet.offsetWidth + 24));
    }
  }

  docx
    .renderAsync(bytes.buffer, paper, null, {
      ignoreFonts: true,
      renderAltChunks: false,
      useBase64URL: true,
      experimental: false,
    })
    .then(function () {
      for (const link of paper.querySelectorAll("[href]")) {
        link.removeAttribute("href");
      }
      said.remove();
      fit();
      window.addEventListener("resize", fit);
    })
    .catch(function () {
      paper.replaceChildren();
      said.textContent = "这份原件在这里显示不出来：请点上面的“版面图”，或下载后用 Word 打开。";
    });
})();
