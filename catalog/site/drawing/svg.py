"""SVG as text: elements whose every attribute and text is escaped, and numbers short enough to send to a phone."""

from markupsafe import Markup, escape


def element(tag: str, *inside: str | Markup, **attributes: str | float) -> Markup:
    """An element; an underscore in an attribute's name is a hyphen, one at its end is left away."""
    said = Markup("").join(
        Markup(' {}="{}"').format(_attribute(name), coordinate(value) if isinstance(value, int | float) else value)
        for name, value in attributes.items()
    )
    content = Markup("").join(escape(one) for one in inside)
    return Markup("<{0}{1}>{2}</{0}>").format(tag, said, content)


def coordinate(value: float) -> str:
    """A number with one digit behind the point at most."""
    return f"{round(value, 1) + 0.0:g}"


def drawing(name: str, title: str, description: str, width: float, height: float, *inside: Markup) -> Markup:
    """A whole picture with what it is and what it shows in words; `name` is the page's own, for the ids."""
    return element(
        "svg",
        element("title", title, id=f"{name}-judul"),
        element("desc", description, id=f"{name}-isi"),
        *inside,
        viewBox=f"0 0 {coordinate(width)} {coordinate(height)}",
        role="img",
        aria_labelledby=f"{name}-judul {name}-isi",
    )


def _attribute(name: str) -> str:
    if name == "viewBox":
        return name
    return name.rstrip("_").replace("_", "-")
