// The report of an error: a row that the address names is written into the prepared message, where it says "…", and
// the release in which the reader saw it, where that is not the current one.
(function () {
  "use strict";
  var BLANK = "…";
  var RELEASE = /^\d{4}-\d{2}-\d{2}-[0-9a-f]{8}$/;
  var section = document.querySelector("[data-ask]");
  if (!section) return;

  function fill() {
    var asked = new URLSearchParams(location.search);
    var row = asked.get("baris");
    if (!row) return;
    var current = section.getAttribute("data-ask");
    var seen = asked.get("rilis");
    if (!RELEASE.test(seen)) seen = current;
    var banner = section.querySelector("[data-ask-row]");
    banner.querySelector("code").textContent = row;
    banner.hidden = false;
    var text = section.querySelector("[data-ask-text]");
    text.textContent = text.textContent.split(current).join(seen).replace(BLANK, function () { return row; });
    section.querySelectorAll("a[data-ask-way]").forEach(function (link) {
      var blank = encodeURIComponent(BLANK);
      var href = link.getAttribute("href").split(current).join(seen);
      link.href = href.replace(blank, function () { return encodeURIComponent(row); });
    });
  }

  fill();
})();
