"""What charts are called and say of themselves, in the reader's language; the titles of fields are the contract's."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal
from markupsafe import Markup

from catalog.charts.documents import Chart
from catalog.site import words
from schemas.contracts import Dataset, Language

NOTHING, DASH = "\N{EN DASH}", " \N{EN DASH} "
LONGEST = 60
"""Letters of a cell beside a bar or a line."""
_PERIODS = {"day": ("hari", "day"), "month": ("bulan", "month"), "year": ("tahun", "year")}
_DATES = {"day": ("d MMMM y", "d MMM y"), "month": ("MMMM y", "MMM y"), "year": ("y", "y")}


@dataclass(frozen=True, slots=True)
class Teller:
    """Says things of one chart of one dataset to one reader."""

    dataset: Dataset
    chart: Chart
    language: Language

    def t(self, indonesian: str, english: str, **facts: object) -> Markup:
        return words.t(indonesian, english, language=self.language, **facts)

    def field(self, name: str | None) -> str:
        """A field's title; its name where an older contract's field is meant."""
        known = {field.name: field for field in self.dataset.public_fields}
        return known[name].title.in_language(self.language) if name in known else str(name)

    def number(self, value: float) -> str:
        """In full, to six digits behind the point."""
        return format_decimal(value, format="#,##0.######", locale=words.LOCALES[self.language])

    def short(self, value: float) -> str:
        """As an axis has room for: `1,2 jt`."""
        if abs(value) < 10_000:
            return self.number(value)
        return format_compact_decimal(value, locale=words.LOCALES[self.language], fraction_digits=1)

    def period(self, label: str, short: int = 0) -> str:
        """A period in words; `short` as an axis has room for."""
        step = self.chart.step or {4: "year", 7: "month", 10: "day"}.get(len(label), "")
        if step not in _DATES or not label[:4].isdigit():
            return label
        if step == "year":
            return label
        first = date.fromisoformat(f"{label}-01"[:10])
        return format_date(first, _DATES[step][short], locale=words.LOCALES[self.language])

    def cell(self, text: str | None) -> str:
        """A cell as a label: yes and no in words, very long ones cut."""
        if text in ("true", "false"):
            return str(self.t("Ya", "Yes") if text == "true" else self.t("Tidak", "No"))
        said = NOTHING if text is None else text
        return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"

    def title(self) -> Markup:
        """What the chart shows."""
        chart = self.chart
        if chart.kind == "histogram":
            return self.t("Sebaran {field}", "Distribution of {field}", field=self.field(chart.by))
        what = self._what()
        if chart.kind == "bars":
            last = f", {self.period(chart.at)}" if chart.at else ""
            return self.t(
                "{what} menurut {by}{last}", "{what} by {by}{last}", what=what, by=self.field(chart.by), last=last
            )
        if chart.split:
            return self.t("{what} menurut {by}", "{what} by {by}", what=what, by=self.field(chart.split))
        if chart.aggregate == "value":
            return self.t("{what} dari waktu ke waktu", "{what} over time", what=what)
        names = _PERIODS[chart.step or "year"]
        return self.t(
            "{what} per {period}", "{what} per {english_period}", what=what, period=names[0], english_period=names[1]
        )

    def figures(self) -> Markup:
        """What the figures are, as the head of their column."""
        return self._what()

    def _what(self) -> Markup:
        field = self.field(self.chart.measure)
        if self.chart.aggregate == "sum":
            return self.t("Total {field}", "Total of {field}", field=field)
        if self.chart.aggregate == "mean":
            return self.t("Rata-rata {field}", "Average of {field}", field=field)
        if self.chart.aggregate == "value":
            return Markup("{}").format(field)
        return self.t("Jumlah baris", "Number of rows")

    def unit(self) -> str | None:
        """The unit of the figures; none where rows are counted."""
        name = self.chart.by if self.chart.kind == "histogram" else self.chart.measure
        known = {field.name: field for field in self.dataset.public_fields}
        return known[name].unit if name in known else None

    def method(self) -> Markup:
        """How rows became figures, and which rows."""
        return Markup(" ").join(one for one in (self._working(), *self._account()) if one)

    def _working(self) -> Markup:
        chart = self.chart
        by = self.field(chart.by)
        if chart.kind == "histogram":
            return self.t(
                "Baris data dihitung di setiap kelas nilai; kelas terakhir memuat semua nilai sesudahnya.",
                "Rows are counted in each class of values; the last class holds all values after it.",
            )
        if chart.kind == "line" and chart.aggregate in ("count", "sum", "mean"):
            return self.t(
                "Dikelompokkan menurut {by}; {how}. Periode pertama dan terakhir mungkin tidak lengkap.",
                "Grouped by {by}; {how}. The first and the last period may be incomplete.",
                by=by,
                how=self._how(),
            )
        if chart.aggregate == "value":
            return self.t(
                "Nilai seperti tertulis di data, tanpa dijumlahkan.", "Values as the data state them, not added up."
            )
        return self.t("Dikelompokkan menurut {by}; {how}.", "Grouped by {by}; {how}.", by=by, how=self._how())

    def _how(self) -> Markup:
        if self.chart.aggregate == "sum":
            return self.t("nilainya dijumlahkan", "values are added up")
        if self.chart.aggregate == "mean":
            return self.t("nilainya dirata-rata per baris", "values are averaged over rows")
        return self.t("barisnya dihitung", "rows are counted")

    def _account(self) -> tuple[Markup | None, ...]:
        chart = self.chart
        whole = chart.rows + chart.missing + chart.elsewhere
        used = self.t(
            "Memakai {rows} dari {whole} baris.",
            "Uses {rows} of {whole} rows.",
            rows=self.number(chart.rows),
            whole=self.number(whole),
        )
        elsewhere = self.t(
            "{rows} baris lain di luar yang digambar.",
            "{rows} other rows are not part of the drawing.",
            rows=self.number(chart.elsewhere),
        )
        missing = self.t(
            "{rows} baris tanpa nilai tidak ikut.",
            "{rows} rows without a value are left out.",
            rows=self.number(chart.missing),
        )
        return used, elsewhere if chart.elsewhere else None, missing if chart.missing else None
