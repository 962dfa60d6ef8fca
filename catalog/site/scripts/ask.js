// The report of an error: a row that the address names is written into the prepared message, where it says "…".
(function () {
  "use strict";
  var BLANK = "…";
  var section = document.querySelector("[data-ask]");
  if (!section) return;

  function fill() {
    var asked = new URLSearchParams(location.search);
    var row = asked.get("baris");
    if (!row) return;
    var banner = section.querySelector("[data-ask-row]");
    banner.querySelector("code").textContent = row;
    banner.hidden = false;
    var text = section.querySelector("[data-ask-text]");
    text.textContent = text.textContent.replace(BLANK, function () { return row; });
    section.querySelectorAll("a[data-ask-way]").forEach(function (link) {
      var blank = encodeURIComponent(BLANK);
      link.href = link.getAttribute("href").replace(blank, function () { return encodeURIComponent(row); });
    });
  }

  fill();
})();
